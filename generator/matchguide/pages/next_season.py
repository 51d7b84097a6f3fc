"""Where this season is not applied in: what to build for the next one, by the reader's own marks; whom to ask."""

from collections import Counter

from matchguide.pages.chosen import Chosen
from matchguide.pages.said import Said
from matchguide.pages.words import Words
from matchguide.plan.against import lacking
from matchguide.plan.facts import Facts
from matchguide.plan.letters import plan as planned_letters
from matchguide.plan.phase import AGAIN
from matchguide.plan.situation import Situation


def marked(s: Situation) -> list[str]:
    """The backups that the reader marks high enough for a plan and has not ruled out, the highest mark first."""
    marks = s.profile.backups.enjoyment
    high = [
        x
        for x, mark in marks.items()
        if mark >= s.goal.number("mark_planned") and s.could_rank(x) and s.content.cards[x].kind == "backup"
    ]
    return sorted(high, key=lambda x: (-marks[x], x))


def to_build(s: Situation, facts: Facts) -> list[str]:
    """Of them what a next season may plan, as far as the record of today says."""
    return [x for x in marked(s) if lacking(s, x, facts) is None]


def lines(s: Situation, facts: Facts, chosen: Chosen, words: Words, most: int) -> list[str]:
    """What the marks say for the next season; and of what more than a mark keeps out, why;
    `most` lines."""
    build = to_build(s, facts)
    named = [_named(x, s, words) for x in build]
    broad = s.goal.table.broad_order
    unmarked = [
        words.name(x).lower()
        for x in broad
        if s.may_be_named(x) and s.stated_enjoyment(x) is None and lacking(s, x, facts) is None
    ]
    built = any(x in broad for x in build)
    marks = bool(s.profile.backups.enjoyment)
    said = [chosen.say("next-marks", build=named, marked=marks, unmarked=unmarked, broad_built=built)]
    left = [(x, reason) for x in marked(s) if (reason := lacking(s, x, facts))]
    for x, reason in left[: most - 1]:
        said.append(chosen.say("next-marks-left", named=_named(x, s, words), because=words.text(reason)))
    return said


def names(s: Situation, facts: Facts, words: Words) -> list[str]:
    """What a next season may plan, by name."""
    return [words.name(x).lower() for x in to_build(s, facts)]


def sent_without_a_mark(s: Situation, facts: Facts, planned: tuple[str, ...], chosen: Chosen, most: int) -> list[str]:
    """Asks for the mark of each backup that met the reader or was applied to, that they gave none and the advice
    for another season leaves out for it: interviews first, `most` of them. Nothing where nothing is advised for
    another season."""
    if facts["phase"] not in AGAIN or not planned:
        return []
    met = Counter(i.specialty for i in s.profile.interviews)
    tried = dict.fromkeys((*met, *s.applied_to))
    asked = [
        x
        for x in tried
        if s.content.cards[x].kind == "backup"
        and x not in planned
        and s.may_be_named(x)
        and s.stated_enjoyment(x) is None
        and lacking(s, x, facts) is None
    ]
    return [chosen.say("next-mark-asked", specialty=x, met=met[x], sent=s.applied_to.get(x, 0)) for x in asked[:most]]


def whom_to_ask(s: Situation, facts: Facts, words: Words, most: int) -> list[str]:
    """Whom to ask for a letter: where the reader was seen in the US, then who stands for what is to be built; never a
    kind of doctor whose letter is in hand or promised."""
    stays = (x for x in s.profile.experience.us_clinical if x.specialty in s.content.cards)
    asked = {x.specialty: x.where for x in stays if not s.letters_of(x.specialty)}
    seen = [
        words.said("next-whom-at", who=words.a_person(x), where=Said(where)) if where else words.a_person(x)
        for x, where in asked.items()
    ]
    others = [words.a_person(x) for x in to_build(s, facts) if x not in asked and not s.letters_of(x)]
    return list(dict.fromkeys([*seen, *others]))[:most]


def letters(s: Situation, facts: Facts, chosen: Chosen, words: Words, most: int) -> list[str]:
    """Whose letter goes to which specialty that a next season may plan, the goal first where it is one, and whose is
    missing there first; `most` lines."""
    said = []
    goal = (s.goal.specialty,) if facts["level"] in ("strong", "middle") and not facts["radiologist_at_home"] else ()
    for x in (*goal, *to_build(s, facts))[:most] if s.profile.letters else ():
        (own,) = planned_letters(s, (x,), (x,), asking=False)
        first = s.goal.letters.rules[x].first
        who = {
            neutral: [Said(s.profile.letters[u.index].writer) for u in own.use if (u.version == "neutral") == neutral]
            for neutral in (False, True)
        }
        (asked,) = planned_letters(s, (x,), (x,), asking=True)
        again = [Said(str(m.because[0].values["writer"])) for m in asked.missing if m.second_version]
        lacking = [] if s.letters_of(*first) else [words.a_person(kind) for kind in first]
        said.append(
            chosen.say("next-letters", specialty=x, now=who[False], neutral=who[True], again=again, lacking=lacking)
        )
    return [line for line in said if line]


def _named(specialty: str, s: Situation, words: Words) -> str:
    return words.said("own-mark-named", specialty=specialty, own=s.profile.backups.enjoyment[specialty])

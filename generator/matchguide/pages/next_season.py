"""Where this season is not applied in: what to build for the next one, by the reader's own marks; whom to ask."""

from collections import Counter
from collections.abc import Iterable

from matchguide.pages.chosen import Chosen
from matchguide.pages.half import named_writer
from matchguide.pages.said import Said
from matchguide.pages.words import Words
from matchguide.plan import counts
from matchguide.plan.against import lacking
from matchguide.plan.choice import facts_of
from matchguide.plan.facts import Facts
from matchguide.plan.letters import of_one
from matchguide.plan.phase import AGAIN
from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.plan.types import Applications, Plan


def marked(s: Situation) -> list[str]:
    """The backups that the reader marks high enough for a plan and has not ruled out, the highest mark first."""
    marks = s.backup_marks
    high = [x for x, mark in marks.items() if mark >= s.goal.number("mark_planned") and s.could_rank(x)]
    return sorted(high, key=lambda x: (-marks[x], x))


def to_build(s: Situation, facts: Facts) -> list[str]:
    """Of them what a next season may plan, as far as the record of today says: the one marked highest, then the broad
    one (of equal marks the one that takes most people like the reader), then the others."""
    open_ones = [x for x in marked(s) if lacking(s, x, facts) is None]
    order, marks = s.goal.table.broad_order, s.profile.backups.enjoyment
    broad = sorted((x for x in open_ones if x in order), key=lambda x: (-marks[x], order.index(x)))[:1]
    top = marks[open_ones[0]] if open_ones else 0
    first = broad if broad and marks[broad[0]] == top else open_ones[:1]
    return list(dict.fromkeys([*first, *broad, *open_ones]))


def goal_fits(s: Situation, facts: Facts) -> bool:
    """Whether a next season may be built for the goal itself: the record carries it, somebody in radiology has seen
    the reader, and reading images is not marked low."""
    level, planned = facts["level"], s.goal.count("mark_planned")
    low = any((s.stated_enjoyment(x) or planned) < planned for x in s.content.with_trait(RADIOLOGY))
    if facts["radiologist_at_home"] or low:
        return False
    seen = s.letters_of(RADIOLOGY) or s.weeks_in(RADIOLOGY) or s.research_weeks_in(RADIOLOGY)
    return level == "strong" or (level == "middle" and bool(seen))


def backups(s: Situation, facts: Facts) -> list[str]:
    """The two to build for, where there are two: beside the goal what reads images, else what is marked highest; then
    the broad one."""
    build, broad = to_build(s, facts), s.goal.table.broad_order
    reads = [x for x in build if x in s.content.with_trait(RADIOLOGY)] if goal_fits(s, facts) else []
    first = (reads or build)[:1]
    return [*first, *(x for x in build if x in broad and not set(first) & set(broad))][: len(first) + 1]


def lines(s: Situation, facts: Facts, chosen: Chosen, words: Words, closed: int) -> list[str]:
    """What the marks say for the next season; radiology, where it has no mark; and of the first `closed` that more
    than a mark keeps out, why."""
    build, named_first = to_build(s, facts), backups(s, facts)
    broad = s.goal.table.broad_order
    named = [_named(x, s, words) for x in named_first]
    others = [_named(x, s, words) for x in build if x not in named_first]
    goal = goal_fits(s, facts)
    unmarked = [
        words.name(x).lower()
        for x in broad
        if s.may_be_named(x) and s.stated_enjoyment(x) is None and lacking(s, x, facts) is None
    ]
    built = any(x in broad for x in build)
    marks = bool(s.profile.backups.enjoyment)
    said = [
        chosen.say(
            "next-marks", build=named, others=others, goal=goal, marked=marks, unmarked=unmarked, broad_built=built
        )
    ]
    reads = [x for x in s.content.with_trait(RADIOLOGY) if s.content.cards[x].kind == "backup" and s.could_rank(x)]
    open_ones = reads if facts["level"] != "none" else []  # what limits close, no mark opens
    unread = [x for x in open_ones if s.stated_enjoyment(x) is None]
    said += [chosen.say("next-marks-reads", specialty=x, short=lacking(s, x, facts) is not None) for x in unread[:1]]
    left = [(x, reason) for x in marked(s) if (reason := lacking(s, x, facts))]
    for x, reason in left[:closed]:
        said.append(chosen.say("next-marks-left", named=_named(x, s, words), because=words.text(reason)))
    return said


def names(s: Situation, facts: Facts, words: Words) -> list[str]:
    """What a next season may plan first, by name; the goal by its short one."""
    goal = [words.abbr(s.goal.specialty)] if goal_fits(s, facts) else []
    return [*goal, *(words.name(x).lower() for x in backups(s, facts))]


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
    goal = (s.goal.specialty,) if goal_fits(s, facts) else ()
    for x in (*goal, *to_build(s, facts))[:most] if s.profile.letters else ():
        own = of_one(s, x, asking=False)
        first = s.goal.letters.rules[x].first
        who = {
            neutral: [
                named_writer(s.profile.letters[u.index], words)
                for u in own.use
                if (u.version == "neutral") == neutral
            ]
            for neutral in (False, True)
        }
        asked = of_one(s, x, asking=True)
        again = [Said(m.writer or "") for m in asked.missing if m.second_version]
        meant = [named_writer(one, words) for one in s.letters_to_ask if s.is_a(one.specialty, *first)]
        lacking = [] if s.letters_of(*first) else meant or [words.a_person(kind) for kind in first]
        said.append(
            chosen.say("next-letters", specialty=x, now=who[False], neutral=who[True], again=again, lacking=lacking)
        )
    return [line for line in said if line]


def applications(plan: Plan, s: Situation, facts: Facts) -> list[Applications]:
    """For another season: how many programs of each specialty of our advice, and their fees at this year's prices."""
    if facts["phase"] not in AGAIN or plan.combination.source != "advice":
        return []
    chosen = facts_of(s, plan.combination.roles, plan.combination.specialties)
    return [a for a in counts.plan(s, plan.combination, chosen, {}).applications if a.planned]


def few_sent(wanted: Iterable[Applications], s: Situation, words: Words) -> list[str]:
    """Where the reader sent fewer applications than the lower end of our range for another season."""
    sent = s.applied_to
    few = (a for a in wanted if 0 < sent.get(a.specialty, 0) < min(a.low, a.planned))
    return [words.said("few-sent", specialty=a.specialty, number=sent[a.specialty], planned=a.planned) for a in few]


def _named(specialty: str, s: Situation, words: Words) -> str:
    return words.said("own-mark-named", specialty=specialty, own=s.profile.backups.enjoyment[specialty])

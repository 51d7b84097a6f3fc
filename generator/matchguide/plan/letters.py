"""Which letter goes where: at most so many a program, count before kind, by the table in the goal's letters.yml."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from matchguide.content.goal import LetterRule, LetterWorth
from matchguide.plan.reasons import Reason, Ref, evidence, season, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.plan.types import LetterMissing, LetterPlan, LetterUse
from matchguide.profile.model import Letter
from matchguide.profile.values import PartialDate

IsA = Callable[..., bool]  # Situation.is_a
UNREAD = ("exploring", "building", "applying")  # the stages before programs read


def worth(letter: Letter, rule: LetterRule, points: LetterWorth, is_a: IsA) -> int:
    """How much a letter helps at a specialty; 0 where it must not go.

    Kind decides first (first, then, fill), a US writer within a kind, a letter in hand before a promised one.
    """
    kind = letter.specialty
    if is_a(kind, *rule.never):
        return 0
    if is_a(kind, *rule.first):
        base = points.first
    elif is_a(kind, *rule.then):
        base = points.then
    elif is_a(kind, *rule.fill):
        base = points.fill
    elif is_a(kind, *rule.neutral) and letter.neutral_version:
        base = points.neutral
    else:
        return 0
    return base + points.from_us * int(bool(letter.us)) + points.received * int(letter.status == "received")


def best(letters: tuple[Letter, ...], rule: LetterRule, points: LetterWorth, is_a: IsA, most: int) -> tuple[int, ...]:
    """The places in `letters` of the best, at most `most`. The caps nest, so taking the best first is optimal
    (tested against exhaustive search)."""
    value = [worth(x, rule, points, is_a) for x in letters]
    taken: list[int] = []
    for i in sorted(range(len(letters)), key=lambda i: (-value[i], i)):
        if value[i] <= 0 or len(taken) == most:
            break
        if not _full(rule, [letters[j].specialty for j in taken], letters[i].specialty, is_a):
            taken.append(i)
    return tuple(taken)


def would_help(s: Situation, letter: Letter, specialty: str) -> bool:
    """Whether a letter, once there and in both versions, could go to a specialty."""
    there = letter.model_copy(update={"status": "received", "neutral_version": True})
    rule = s.goal.letters.rules.get(specialty)
    return rule is not None and worth(there, rule, s.goal.letters.worth, s.is_a) > 0


def room_for(s: Situation, letter: Letter, own: LetterPlan) -> bool:
    """Whether one more letter of its kind may go to a specialty, beside those there now or in a second version."""
    second = [s.profile.letters[i].specialty for i in own.second_versions]
    going = [u.specialty for u in own.use] + second
    return not _full(s.goal.letters.rules[own.specialty], going, letter.specialty, s.is_a)


def wins_goal(s: Situation, letter: Letter, applied: tuple[str, ...]) -> bool:
    """Whether a US writer of the goal's own is still to be asked, where the plan leaves the goal out."""
    return letter in s.goal_writers_to_ask and s.goal.specialty not in applied


def spare(s: Situation, own: LetterPlan) -> set[int]:
    """Of the profile's letters those that would go to a specialty in place of one that is only asked for there."""
    if all(m.second_version for m in own.missing):
        return set()
    rule, points, letters = s.goal.letters.rules[own.specialty], s.goal.letters.worth, s.letters
    good = best(letters, rule, points, s.is_a, s.goal.count("letters_most"))
    return {s.profile.letters.index(letters[i]) for i in good} - {u.index for u in own.use}


def two_versions(s: Situation, kind: str, where: Iterable[str]) -> bool:
    """Whether a writer of a kind is asked for a version without their specialty too: where one of the specialties
    that the letter goes to reads no other."""
    return any(s.is_a(kind, *s.goal.letters.rules[x].neutral) for x in where)


def may_win(s: Situation, specialty: str) -> bool:
    """Whether a letter can still win something there: where somebody has invited the reader, an interview that is
    ahead, a specialty that may still invite, or a first year that more programs are asked for."""
    if not s.profile.interviews or s.stage in UNREAD:
        return True
    mine = [i for i in s.profile.interviews if i.specialty == specialty]
    ahead = any(i.date is None or i.date.last >= s.on for i in mine)
    if s.content.cards[specialty].kind == "first-year" and s.advanced_interviews and not s.has_first_year:
        # More first years are asked for up to our aim, as on the page of programs.
        return ahead or len(s.years_met) < s.advanced_interviews + s.advanced_interviews
    if mine:
        return ahead
    end = s.season.day("late_closes") + dt.timedelta(days=s.goal.count("invitations_days"))
    return s.on < end


def next_interview(s: Situation, specialty: str) -> dt.date | None:
    """The day of the next interview in a specialty before which a letter can still arrive; None where none is."""
    ahead = (i.date.first for i in s.profile.interviews if i.specialty == specialty and i.date)
    asked, _ = ask_by(s)
    soonest = asked.last + dt.timedelta(days=s.goal.count("days_to_ask"))
    return min((day for day in ahead if day > soonest), default=None)


def short_by(s: Situation, specialties: tuple[str, ...]) -> PartialDate:
    """Our date to have asked for a further letter: before the next interview in one of them if that comes first."""
    days = [day - dt.timedelta(days=1) for x in specialties if (day := next_interview(s, x))]
    ours, _ = ask_by(s)
    return PartialDate.of(min(days)) if days and min(days) < ours.last else ours


def short(s: Situation, letters: tuple[LetterPlan, ...]) -> tuple[str, ...]:
    """Once applications are out: where fewer letters than usual go, and one more can still win something."""
    needed = s.goal.count("letters_needed")
    return tuple(
        x.specialty
        for x in letters
        if len(x.use) < needed
        and in_time(s, x.specialty)
        and x.specialty not in s.soap_closed_by_marks
        and not s.marked_never(x.specialty)
    )


def in_time(s: Situation, specialty: str) -> bool:
    """Whether a letter that is asked for now can win something: not where it comes after the last interview of whom
    nobody else will invite there."""
    mine = [i for i in s.profile.interviews if i.specialty == specialty]
    dated = bool(mine) and all(i.date for i in mine)
    more = s.content.cards[specialty].kind == "first-year" and s.advanced_interviews > 0
    return may_win(s, specialty) and not (dated and not more and next_interview(s, specialty) is None)


def _full(rule: LetterRule, kinds: list[str], kind: str, is_a: IsA) -> bool:
    """Whether one more letter of a kind would be above its cap."""
    return any(is_a(kind, k) and sum(is_a(x, k) for x in kinds) >= cap for k, cap in rule.at_most.items())


def plan(
    s: Situation, specialties: tuple[str, ...], sent: tuple[str, ...], *, asking: bool
) -> tuple[LetterPlan, ...]:
    """For each specialty and first year: the letters to send, and those to ask for, by when. A letter asked for on
    account of one that is really `sent` to serves the others too, before a further writer is named. Once applications
    are closed nothing is `asking` any more."""
    own = tuple(_for(s, x, asking=asking) for x in specialties)
    if not asking:
        return own
    asked: dict[str, LetterMissing] = {}
    for m in (m for x in own if x.specialty in sent for m in x.missing if not m.second_version):
        asked.setdefault(m.specialty, m)
    return tuple(_filled(s, x, asked) for x in own)


def of_one(s: Situation, specialty: str, *, asking: bool) -> LetterPlan:
    """The letters of one specialty by itself, as if nothing else were applied to."""
    return plan(s, (specialty,), (specialty,), asking=asking)[0]


def to_complete(s: Situation, own: LetterPlan) -> tuple[list[LetterMissing], list[LetterMissing]]:
    """What brings a specialty by itself to the usual number of letters: second versions of those that are there, and
    new ones, each writer or kind once and no more than it lacks."""
    missing = of_one(s, own.specialty, asking=True).missing
    fresh: dict[str, LetterMissing] = {}
    for m in missing:
        if not m.second_version:
            fresh.setdefault(m.writer or m.specialty, m)
    lacks = max(0, s.goal.count("letters_needed") - len(own.use))
    return [m for m in missing if m.second_version], list(fresh.values())[:lacks]


def _filled(s: Situation, own: LetterPlan, asked: Mapping[str, LetterMissing]) -> LetterPlan:
    """A specialty's letters filled up to the usual number: from those asked for elsewhere, the same writer where one
    is named, else from home. Radiology's letters go to each of its specialties, before a further clinician's."""
    rule, points = s.goal.letters.rules[own.specialty], s.goal.letters.worth
    by, overdue = ask_by(s)
    refs = _rests_on(s)
    missing, use = list(own.missing), list(own.use)
    kinds = {m.specialty for m in missing if not m.second_version}
    there = [u.specialty for u in own.use] + [m.specialty for m in missing]
    needed, most = _needed(s), s.goal.count("letters_most")
    value = {k: worth(_asked_for(k), rule, points, s.is_a) for k in asked if k not in kinds}

    def ask_named(*, also_below: bool) -> None:
        """The writers whom the reader means to ask: those better than who is asked elsewhere, or all who would do."""
        for index, named in _to_ask(s, tuple(missing)):
            mine = worth(named.model_copy(update={"status": "promised"}), rule, points, s.is_a)
            better = also_below or all(mine > v for v in value.values())
            if len(there) < needed and mine and better and not _full(rule, there, named.specialty, s.is_a):
                reason = why("letter-ask-named", *refs, index=index, writer=named.writer, specialty=own.specialty)
                missing.append(LetterMissing(named.specialty, by, overdue, (reason,)))
                there.append(named.specialty)

    ask_named(also_below=False)
    for kind in sorted(value, key=lambda k: -value[k]):
        if not value[kind] or _full(rule, there, kind, s.is_a) or _a_stranger(s, kind, rule):
            continue
        both = s.is_a(own.specialty, RADIOLOGY) and s.is_a(kind, RADIOLOGY)
        if both and len(there) == most and sum(not s.is_a(u.specialty, RADIOLOGY) for u in use) > 1:
            there.remove(use.pop().specialty)  # one clinician stays
        if len(there) >= (most if both else needed):
            continue
        neutral = s.is_a(kind, RADIOLOGY) and not s.is_a(own.specialty, RADIOLOGY)
        who = {k: v for k, v in asked[kind].because[0].values.items() if k in ("index", "writer")}
        reason = why("letter-ask-shared", *refs, specialty=own.specialty, kind=kind, neutral=neutral, **who)
        missing.append(LetterMissing(kind, by, overdue, (reason,)))
        there.append(kind)
    ask_named(also_below=True)
    third = why("letter-ask-third", *refs, *evidence("eras-limits"), specialty=own.specialty)
    more = why("letter-ask-more", *refs, *evidence("eras-limits"), specialty=own.specialty)
    for n in range(max(0, needed - len(there))):
        missing.append(LetterMissing("another" if n else "other", by, overdue, (more if n else third,)))
    return LetterPlan(own.specialty, tuple(use), tuple(missing))


def _a_stranger(s: Situation, kind: str, rule: LetterRule) -> bool:
    """Whether nobody of a kind that only fills a place saw the reader in the US, where other clinicians did."""
    seen = [x for x in s.profile.experience.us_clinical if x.kind != "research" and s.is_a(x.specialty, "clinical")]
    known = {*(x.specialty for x in seen), *(x.specialty for x in s.profile.letters)}
    met = any(s.is_a(x, kind) for x in known)
    near = [x for x in (*rule.first, *rule.then) if x in s.content.cards]
    return bool(seen) and not met and not s.is_a(kind, *near)


def _to_ask(s: Situation, missing: tuple[LetterMissing, ...]) -> tuple[tuple[int, Letter], ...]:
    """Writers whom the reader means to ask and who are not named among the missing yet, a US writer first."""
    named = {m.because[0].values.get("index") for m in missing}
    left = [(i, x) for i, x in s.letters_listed if x.status == "to ask" and i not in named]
    return tuple(sorted(left, key=lambda one: not one[1].us))


def _asked_for(kind: str) -> Letter:
    """A letter still to be asked for, in both versions."""
    return Letter.model_validate({"from": "-", "specialty": kind, "status": "promised", "neutral_version": True})


def _for(s: Situation, specialty: str, *, asking: bool) -> LetterPlan:
    rule = s.goal.letters.rules[specialty]
    letters = s.letters
    use = tuple(
        LetterUse(
            letters[i].writer,
            letters[i].specialty,
            str(letters[i].status),
            _version(s, letters[i], specialty),
            s.profile.letters.index(letters[i]),
        )
        for i in best(letters, rule, s.goal.letters.worth, s.is_a, s.goal.count("letters_most"))
    )
    missing = _missing(s, specialty, rule, use) if asking else ()  # no place is kept for a letter nobody is asked for
    room = s.goal.count("letters_most") - sum(not m.second_version for m in missing)
    use = use[:room]  # a letter of the specialty's own comes before the least of the others
    kinds = [*(u.specialty for u in use), *(m.specialty for m in missing)]
    near = [x for x in kinds if s.is_a(x, *rule.first, *rule.then)]
    if near:
        others = [u for u in use if u.specialty not in near]
        use = tuple(u for u in use if u not in others[s.goal.letters.others :])
    return LetterPlan(specialty, use, missing)


def _version(s: Situation, letter: Letter, specialty: str) -> Literal["radiology", "neutral", "own"]:
    """Only a version that there is: where a letter that names radiology may go as it is (surgery), it does."""
    if not s.is_a(letter.specialty, RADIOLOGY):
        return "own"
    return "neutral" if not s.is_a(specialty, RADIOLOGY) and letter.neutral_version else "radiology"


def ask_by(s: Situation) -> tuple[PartialDate, bool]:
    """Our date to have asked every writer; once it is past, a week from today, and before programs read; where the
    day to decide on the goal lies in that week, so long before it that an answer can come."""
    ours = s.season.before("ask_letters")
    if s.on <= ours.last:
        return ours, False
    week = s.on + dt.timedelta(days=s.goal.count("days_to_ask"))
    decide = s.season.day("decide_ir")
    if s.on < decide <= week:
        week = max(s.on, decide - dt.timedelta(days=s.goal.count("days_to_answer")))
    before = s.season.day("review_from") - dt.timedelta(days=1)
    return PartialDate.of(min(week, before) if s.on <= before else week), True


def _rests_on(s: Situation) -> tuple[Ref, ...]:
    """What a request rests on; our date for it only until programs read, since afterwards it is another season's."""
    return (*line("letters"), *(season("ask_letters") if s.on < s.season.day("review_from") else ()))


def _needed(s: Situation) -> int:
    """How many letters to have beside that of a US program director, who is asked by a rule of its own."""
    return s.goal.count("letters_needed") - int(bool(s.us_years))


def _missing(s: Situation, specialty: str, rule: LetterRule, use: tuple[LetterUse, ...]) -> tuple[LetterMissing, ...]:
    """What to ask for on account of this specialty alone: its own kind, a clinician, a second one of radiology, or a
    second version of one that is there."""
    by, overdue = ask_by(s)
    refs = _rests_on(s)
    needed, most = _needed(s), s.goal.count("letters_most")
    out: list[LetterMissing] = []

    def ask(kind: str, reason: Reason) -> None:
        out.append(LetterMissing(kind, by, overdue, (reason,)))

    def ask_of(kind: str, reason: Reason, *also: str) -> None:
        """Whom the reader names for it, or for what else would do, else the kind."""
        to_ask = _to_ask(s, tuple(out))
        named = next(((i, x) for k in (kind, *also) for i, x in to_ask if s.is_a(x.specialty, k)), None)
        if named:
            index, letter = named
            reason = why("letter-ask-named", *refs, index=index, writer=letter.writer, specialty=specialty)
        ask(letter.specialty if named else kind, reason)

    own = [u for u in use if s.is_a(u.specialty, *rule.first)]
    wanted = rule.at_least.get(specialty, 1)
    letters = s.profile.letters
    # Somebody named who would do is better than somebody unnamed; the goal needs its own.
    kinds = (rule.first,) if specialty == s.goal.specialty else (rule.first, rule.then)
    named = [i for k in kinds for i, x in s.letters_listed if x.status == "to ask" and s.is_a(x.specialty, *k)]
    for _ in range(wanted - len(own)):
        kind = rule.first[0]
        if named:
            index = named.pop(0)
            writer, kind = letters[index].writer, letters[index].specialty
            ask(kind, why("letter-ask-named", *refs, index=index, writer=writer, specialty=specialty))
        else:
            ask(kind, why("letter-ask-kind", *refs, specialty=specialty, kind=kind))
    # A program director in the US writes about patients, and is asked by a rule of its own.
    clinical = bool(s.us_years) or any(
        s.is_a(x, "clinical") for x in (*(u.specialty for u in use), *(m.specialty for m in out))
    )
    if rule.clinical and not clinical and len(use) + len(out) < most:
        ask_of(rule.clinical, why("letter-ask-clinical", *refs, specialty=specialty))
    if rule.second and len(use) + len(out) < needed:
        ask_of(rule.second, why("letter-ask-second", *refs, specialty=specialty), RADIOLOGY)
    # A letter from the US and one in hand first: either can come in a second version.
    for letter in sorted(s.letters, key=lambda x: (not x.us, x.status != "received")):
        other = s.is_a(letter.specialty, *rule.neutral) and not letter.neutral_version
        room = not _full(rule, [u.specialty for u in use], letter.specialty, s.is_a)
        if other and room and len(use) + len(out) < needed:
            index = letters.index(letter)
            reason = why("letter-neutral", *refs, index=index, writer=letter.writer, specialty=specialty)
            ask(letter.specialty, reason)
            break
    return tuple(out)

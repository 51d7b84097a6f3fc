"""From judged programs to a list: which to apply to within the planned numbers, which signal goes where, what to ask
first, and what is still missing."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from matchguide.plan import signals
from matchguide.plan.facts import Facts
from matchguide.plan.reasons import Reason, why
from matchguide.plan.situation import Situation
from matchguide.plan.types import (
    Applications,
    Combination,
    Gap,
    Judged,
    ListedProgram,
    ProgramSignal,
    Signals,
)
from matchguide.plan.verdicts import refs
from matchguide.programs.cells import plain
from matchguide.programs.doubles import hospital

NO_MORE = ("declined", "rejected")
_ANY = {"yes": ("gold", "silver")}  # where there is one kind, whatever the reader calls it


@dataclass(frozen=True)
class ProgramList:
    programs: tuple[ListedProgram, ...] = ()
    questions: tuple[int, ...] = ()
    gaps: tuple[Gap, ...] = ()
    next_of: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # what comes next in each specialty


def usable(s: Situation, judged: Sequence[Judged]) -> Mapping[str, int]:
    """How many programs of each specialty can be applied to: none that is closed, and each once."""
    twice = again(s)
    out: dict[str, int] = defaultdict(int)
    for i, j in enumerate(judged):
        if j.verdict != "closed" and j.listed.specialty and i not in twice and j.listed.interview not in NO_MORE:
            out[j.listed.specialty] += 1
    return out


def again(s: Situation) -> Mapping[int, int]:
    """The later entries of what surely is one program, each with its first."""
    return {d.again: d.first for d in reversed(s.table.doubles) if d.sure}


def plan(
    s: Situation,
    judged: Sequence[Judged],
    combination: Combination,
    applications: Sequence[Applications],
    allotments: Sequence[Signals],
    facts: Facts,
) -> ProgramList:
    """The list for the specialties applied to. Every program keeps its place, also those that are left out."""
    twice = again(s)
    order: dict[str, list[int]] = {a.specialty: [] for a in applications}
    for i in sorted(range(len(judged)), key=lambda i: _first(judged[i], i)):
        j = judged[i]
        free = j.verdict != "closed" and i not in twice and j.listed.interview not in NO_MORE
        if free and j.listed.specialty in order:
            order[j.listed.specialty].append(i)
    planned = {a.specialty: a.planned for a in applications}
    taken = {i for x, places in order.items() for i in places[: planned[x]]}
    neighbors = _one_hospital(s, judged, taken)
    signaled = _signals(s, judged, taken, combination, allotments, facts, neighbors)
    joint = _joint(s, judged, taken)
    out = []
    for i, j in enumerate(judged):
        places = order.get(j.listed.specialty or "", [])
        place = places.index(i) + 1 if i in taken else None
        because = list(_why(s, judged, i, taken, twice, planned, place, len(places)))
        signal: ProgramSignal | None = None
        if i in signaled:
            signal, reason = signaled[i]
            because.append(reason)
        elif j.listed.signal and allotments:
            id = "program-signal-too-many" if i in taken else "program-signal-wasted"
            because.append(why(id, *refs(j.listed)))
        if i in joint:
            because.append(why("program-advanced", *refs(j.listed), other_programs=joint[i]))
        if names := neighbors.get(i):
            because.append(why("program-one-hospital", *refs(j.listed), other_programs=names))
        out.append(ListedProgram(j, i in taken, signal, tuple(because), place))
    gaps = tuple(
        Gap(x, planned[x], len(places))
        for x, places in order.items()
        if s.brought.programs and len(places) < planned[x]
    )
    left = {x: tuple(places[planned[x] :]) for x, places in order.items()}
    return ProgramList(tuple(out), tuple(_questions(s, judged, order, twice)), gaps, left)


def _first(j: Judged, i: int) -> tuple[bool, int, bool, int]:
    """What comes first: what the reader already signals, more reasons, no open question, the order of the table."""
    return (j.listed.signal is None, -j.score, j.verdict == "ask", i)


def _why(
    s: Situation,
    judged: Sequence[Judged],
    i: int,
    taken: set[int],
    twice: Mapping[int, int],
    planned: Mapping[str, int],
    place: int | None,
    of: int,
) -> Iterator[Reason]:
    """Why a program is on the list or not."""
    j = judged[i]
    p = j.listed
    grounds = refs(p)
    if i in twice:
        first = judged[twice[i]].listed
        row = None if first.place.in_profile else first.place.row
        yield why("program-out-double", *grounds, program=first.name, row=row)
    elif not planned:
        pass  # no list is made: applications are over, or none are planned
    elif j.verdict == "closed":
        yield why(f"program-out-closed-{j.decides}", *grounds)
    elif p.specialty is None:
        yield why("program-out-no-specialty", *grounds)
    elif p.specialty not in planned:
        yield why("program-out-not-in-plan", *grounds, specialty=p.specialty)
    elif p.interview in NO_MORE:
        yield why("program-out-over", *grounds, state=p.interview)
    elif i in taken:
        yield why("program-in", *grounds, place=place, planned=planned[p.specialty], specialty=p.specialty)
        for gate in j.questions:
            yield why(f"program-in-if-{gate}", *grounds)
    else:
        yield why("program-out-number", *grounds, planned=planned[p.specialty], of=of, specialty=p.specialty)
    if j.old and p.checked:
        yield why("program-old", *grounds, checked=p.checked)


def _signals(
    s: Situation,
    judged: Sequence[Judged],
    taken: set[int],
    combination: Combination,
    allotments: Sequence[Signals],
    facts: Facts,
    neighbors: Mapping[int, Sequence[str]],
) -> dict[int, tuple[ProgramSignal, Reason]]:
    """Which program gets which signal: the reader's own stay; then ties, then fit; gates open, not all in a city."""
    out: dict[int, tuple[ProgramSignal, Reason]] = {}
    for group in allotments:
        kinds = list(_kinds(s, combination, group, facts))
        left = {kind: sum(n for k, n, _ in kinds if k == kind) for kind, _, _ in kinds}
        members = [i for i in sorted(taken) if judged[i].listed.specialty in group.specialties]
        cities: dict[str, int] = defaultdict(int)
        most = max(1, math.floor((group.total or sum(left.values())) * s.goal.number("signals_in_one_city")))
        used: dict[tuple[ProgramSignal, str], int] = defaultdict(int)
        # What the reader decided stays, however it is split; where they gave too many, what speaks for it decides.
        for i in sorted(members, key=lambda i: (judged[i].verdict != "open", *_for_a_signal(judged[i], i))):
            p = judged[i].listed
            kind = next((k for k in left if p.signal in (k, *_ANY.get(k, ()))), None)
            if kind and left[kind] > 0:
                out[i] = (kind, why("program-signal-yours", *refs(p), kind=kind))
                left[kind] -= 1
                used[kind, str(p.specialty)] += 1
                cities[_city(judged[i])] += 1
        for kind, number, specialties in kinds:
            number = min(number - sum(used[kind, x] for x in specialties), left[kind])
            free = [
                i
                for i in members
                if i not in out
                and judged[i].listed.specialty in specialties
                and judged[i].verdict == "open"
                and not judged[i].listed.signal
                and not (i in neighbors and _second_at_home(s, judged[i]))
            ]
            for i in sorted(free, key=lambda i: _for_a_signal(judged[i], i)):
                city = _city(judged[i])
                if number <= 0:
                    break
                if city and cities[city] >= most:
                    continue
                best = "tie" if judged[i].listed.tie else "fit" if judged[i].score > 0 else "any"
                out[i] = (kind, why(f"program-signal-{best}", *refs(judged[i].listed), kind=kind))
                cities[city] += 1
                left[kind] -= 1
                number -= 1
    return out


def _for_a_signal(j: Judged, i: int) -> tuple[bool, int, int]:
    """What gets a signal first: a tie, more reasons, the order of the table."""
    return (not j.listed.tie, -j.score, i)


def _second_at_home(s: Situation, j: Judged) -> bool:
    """The goal's program of a hospital with another one of the list, where nobody of the goal knows the reader: its
    signal goes to the other."""
    return j.listed.specialty == s.goal.specialty and not j.listed.tie


def _kinds(
    s: Situation, combination: Combination, group: Signals, facts: Facts
) -> Iterator[tuple[ProgramSignal, int, tuple[str, ...]]]:
    """Each kind of signal of an allotment with its number and the specialties it goes to: first years only where
    there is nothing else."""
    whole = tuple(x for x in group.specialties if s.content.cards[x].kind != "first-year") or group.specialties
    if group.gold is None:
        if group.total:
            yield "yes", group.total, whole
        return
    goal = s.goal.specialty
    rest = tuple(x for x in whole if x != goal)
    if goal not in group.specialties:
        yield "gold", group.gold, whole
        yield "silver", group.silver or 0, whole
        return
    parts = signals.split(s, combination, group.specialties, facts)
    yield "gold", parts["gold_goal"], (goal,)
    yield "gold", parts["gold_rest"], rest
    yield "silver", parts["silver_goal"], (goal,)
    yield "silver", parts["silver_rest"], rest


def _city(j: Judged) -> str:
    return f"{j.listed.city}, {j.listed.state}".casefold() if j.listed.city else ""


def _one_hospital(s: Situation, judged: Sequence[Judged], taken: set[int]) -> dict[int, list[str]]:
    """For each program on the list, the names of those of other specialties at the same hospital."""
    words = s.content.table_words
    groups: dict[tuple[frozenset[str], str | None], list[int]] = defaultdict(list)
    for i in sorted(taken):
        if name := hospital(judged[i].listed, words):
            groups[name, judged[i].listed.state].append(i)
    out: dict[int, list[str]] = {}
    for places in groups.values():
        for i in places:
            mine = judged[i].listed
            others = [judged[k].listed for k in places if judged[k].listed.specialty != mine.specialty]
            if others:
                out[i] = [p.name if p.name != mine.name else s.content.cards[str(p.specialty)].name for p in others]
    return out


def _joint(s: Situation, judged: Sequence[Judged], taken: set[int]) -> dict[int, list[str]]:
    """For each program on the list that starts in the second year, the first years on it that are joint with it."""
    if s.has_first_year:
        return {}
    words = s.content.table_words
    years = [judged[i].listed for i in sorted(taken) if judged[i].listed.start == "preliminary"]
    out: dict[int, list[str]] = {}
    for i in sorted(taken):
        p = judged[i].listed
        later = p.start == "advanced" or (p.start is None and s.starts_in_second_year(str(p.specialty)))
        if later and not p.joint_first_year:
            name = hospital(p, words)
            joint = [y.name for y in years if name and name <= set(plain(y.joint_first_year or "").split())]
            out[i] = joint
    return out


def _questions(
    s: Situation, judged: Sequence[Judged], order: Mapping[str, list[int]], twice: Mapping[int, int]
) -> list[int]:
    """What to ask, worth most first: more reasons, fewer questions. A box that was not ticked is worth a question
    where the fit is strong."""
    strong = s.goal.number("strong_fit")
    asked = [i for places in order.values() for i in places if judged[i].questions]
    asked += [
        i
        for i, j in enumerate(judged)
        if j.verdict == "closed"
        and j.score >= strong
        and j.listed.specialty in order
        and i not in twice
        and [g.because[0].id for g in j.gates if g.state == "closed"] == ["program-visa-ticked"]
    ]
    return sorted(asked, key=lambda i: (-judged[i].score, len(judged[i].questions), i))

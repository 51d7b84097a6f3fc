"""Three things shown on the reader's own rank list, by running the Match on it: a cleverer order, a line left out,
and an advanced place without a first year. Which programs want the reader is set; everybody else stays out of it."""

from collections.abc import Iterable, Sequence, Set
from itertools import pairwise

from matchguide.plan.algorithm import Outcome, match
from matchguide.plan.types import RankLine, RankNote, Shown

ME = "me"


def shown(lines: Sequence[RankLine], noted: Sequence[RankNote] = ()) -> tuple[Shown, ...]:
    """What the reader's list shows, as far as it has the lines for it. Lines that can never bring a place are left
    out; an order that is asked about in a note is not held up as the right one."""
    good = [line for line in lines if line.reachable]
    asked = {(n, note.n) for note in noted if note.id == "unlike-marks" for n in note.lines}
    asked |= {(note.n, line.n) for note in noted if note.id == "year-above" for line in good}
    return (*_order(good, asked), *_left_out(good), *_no_first_year(good))


def _run(lines: Sequence[RankLine], willing: Iterable[str]) -> tuple[str, str | None] | None:
    out: Outcome = match({ME: [(x.program, x.years_read) for x in lines]}, {p: (1, [ME]) for p in willing})
    return out[ME]


def _order(lines: Sequence[RankLine], asked: Set[tuple[int, int]]) -> Iterable[Shown]:
    """Two lines that follow each other, the lower put first: where both programs want the reader it loses the better
    place, and where only one does it gains nothing. The first such pair that is not asked about."""
    for i, (upper, lower) in enumerate(pairwise(lines)):
        if (upper.n, lower.n) in asked or (upper.years_read and not lower.years_read):
            continue  # a whole training above a place that still needs its first year is another wish
        turned = [*lines[:i], lower, upper, *lines[i + 1 :][1:]]
        both = {upper.program, lower.program}
        mine, clever = _run(lines, both), _run(turned, both)
        alone = [(_run(lines, {p}), _run(turned, {p})) for p in sorted(both)]
        worse = mine and clever and mine[0] == upper.program and clever[0] == lower.program
        if worse and all(a == b for a, b in alone):
            yield Shown("order", upper.n, lower.n, upper.program, lower.program, ())
            return


def _left_out(lines: Sequence[RankLine]) -> Iterable[Shown]:
    """The last line left out: where only that program wants the reader, they have no place."""
    if not lines:
        return
    last = lines[-1]
    with_it, without = _run(lines, {last.program}), _run(lines[:-1], {last.program})
    if with_it and with_it[0] == last.program and without is None:
        yield Shown("left-out", last.n, None, last.program, None, ())


def _no_first_year(lines: Sequence[RankLine]) -> Iterable[Shown]:
    """The first line with first years: the program takes the reader, none of its first years does, and the line
    below would."""
    for i, line in enumerate(lines):
        if not line.years_read:
            continue
        below = next(iter(lines[i + 1 :]), None)
        willing = {line.program, *({below.program} if below else ())}
        if _run(lines[i:], willing) == (line.program, None):
            yield Shown(
                "no-first-year",
                line.n,
                below.n if below else None,
                line.program,
                below.program if below else None,
                line.years_read,
            )
            return

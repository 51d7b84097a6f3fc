"""Three things shown on the reader's own rank list, by running the Match on it: a cleverer order, a line left out,
and an advanced place without a first year. Which programs want the reader is set; everybody else stays out of it."""

from collections.abc import Iterable, Sequence

from matchguide.plan.algorithm import Outcome, match
from matchguide.plan.types import RankLine, Shown

ME = "me"


def shown(lines: Sequence[RankLine]) -> tuple[Shown, ...]:
    """What the reader's list shows, as far as it has the lines for it. Lines that can never bring a place are left
    out."""
    good = [line for line in lines if line.reachable]
    return (*_order(good), *_left_out(good), *_no_first_year(good))


def _run(lines: Sequence[RankLine], willing: Iterable[str]) -> tuple[str, str | None] | None:
    out: Outcome = match({ME: [(x.program, x.first_years) for x in lines]}, {p: (1, [ME]) for p in willing})
    return out[ME]


def _order(lines: Sequence[RankLine]) -> Iterable[Shown]:
    """The second line put first: where both programs want the reader it loses the better place, and where only one
    does it gains nothing."""
    if len(lines) < len(("first", "second")):
        return
    first, second, *rest = lines
    turned = [second, first, *rest]
    both = {first.program, second.program}
    mine, clever = _run(lines, both), _run(turned, both)
    alone = [(_run(lines, {p}), _run(turned, {p})) for p in sorted(both)]
    worse = mine and clever and mine[0] == first.program and clever[0] == second.program
    if worse and all(a == b for a, b in alone):
        yield Shown("order", first.n, second.n, first.program, second.program, ())


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
        if not line.first_years:
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
                line.first_years,
            )
            return

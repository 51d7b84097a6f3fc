"""What the reader may not mean on a rank list whose lines can work: it is told or asked, and nothing is moved."""

from collections.abc import Iterator, Sequence

from matchguide.plan.situation import Situation
from matchguide.plan.types import RankLine, RankNote


def notes(s: Situation, lines: Sequence[RankLine]) -> tuple[RankNote, ...]:
    """Every note, from the top line to the last."""
    good = [x for x in lines if x.reachable]
    found = [n for x in good for n in (*_year_above(s, x, good), *_unlike_marks(s, x, good), *_lowest(s, x))]
    found += [n for x in good if "no-first-year" in x.problems for n in _link_year(s, x, good)]
    return tuple(sorted(found, key=lambda note: note.n))


def _liked(s: Situation, line: RankLine) -> int | None:
    return next((i.liked for i in s.profile.interviews if i.program == line.program), None)


def _year_above(s: Situation, line: RankLine, lines: Sequence[RankLine]) -> Iterator[RankNote]:
    """A first year with whole trainings below it: if it takes the reader, they are never read."""
    below = [x for x in lines if x.n > line.n and x.specialty and not x.year]
    if line.year and below:
        later = tuple(x.program for x in below if x.specialty and s.begins_later(x.program, x.specialty))
        names, numbers = tuple(x.program for x in below), tuple(x.n for x in below)
        best = max((_liked(s, x) or 0 for x in below), default=0)
        liked = best if best > (_liked(s, line) or best) else None  # a training below that is liked better
        yield RankNote("year-above", line.n, line.program, names, numbers, later, liked=liked)


def _unlike_marks(s: Situation, line: RankLine, lines: Sequence[RankLine]) -> Iterator[RankNote]:
    """A line below others of its kind that the reader marked lower: first years and whole trainings are not
    compared, since a year liked better is still one year."""
    mine = _liked(s, line)
    if mine is None:
        return
    kind = [x for x in lines if x.n < line.n and x.year == line.year]
    above = [x for x in kind if (mark := _liked(s, x)) is not None and mark < mine]
    if above:
        names, numbers = tuple(x.program for x in above), tuple(x.n for x in above)
        yield RankNote("unlike-marks", line.n, line.program, names, numbers, liked=mine)


def _lowest(s: Situation, line: RankLine) -> Iterator[RankNote]:
    """A line in a specialty that has the lowest mark there is, or else at a program marked too low for a plan."""
    never = s.goal.count("mark_never")
    own = line.specialty or ""
    kinds = (own, s.goal.first_years.ruled_out_with.get(own, own))
    marked = next((x for x in kinds if s.stated_enjoyment(x) == never), None)
    met = _liked(s, line)
    if marked:
        yield RankNote("lowest-specialty", line.n, line.program, (), liked=never, specialty=marked, met=met)
    elif met is not None and met < s.goal.count("mark_planned"):
        yield RankNote("lowest-program", line.n, line.program, (), liked=met)


def _link_year(s: Situation, line: RankLine, lines: Sequence[RankLine]) -> Iterator[RankNote]:
    """The first years that met the reader, for a line that has none; those that stand above it must come down."""
    met = tuple(i.program for i in s.years_met)
    above = [x for x in lines if x.n < line.n and x.program in met]
    yield RankNote("link-year", line.n, line.program, met, tuple(x.n for x in above), tuple(x.program for x in above))

"""The reader's rank list as it would read once its faults are mended; their order of trainings stays."""

from collections.abc import Sequence
from dataclasses import replace

from matchguide.plan.situation import Situation
from matchguide.plan.types import RankLine, RankNote

BEYOND_US = {"no-such-program", "not-interviewed", "first-year-on-categorical"}  # only the reader can mend these


def mended(s: Situation, lines: Sequence[RankLine], noted: Sequence[RankNote]) -> tuple[RankLine, ...]:
    """Trainings in the reader's own order, the first years that they ranked or that met them linked to each that
    starts in the second year, and the ranked first years below everything else (evidence supplemental-linked,
    preliminary-on-primary). Empty where nothing is to be mended, or a line has a fault that only they can mend."""
    faults = {p for x in lines for p in x.problems}
    asked = any(note.id == "year-above" for note in noted)
    if faults & BEYOND_US or not (faults or asked):
        return ()
    good = [x for x in lines if x.reachable]
    years = [x for x in good if x.year]
    met = s.years_met
    never = s.goal.count("mark_never")
    programs = dict.fromkeys([*(x.program for x in years), *(i.program for i in met)])
    liked = {i.program: i.liked or 0 for i in met}
    link = tuple(p for p in sorted(programs, key=lambda p: -liked.get(p, 0)) if liked.get(p) != never)
    out = [
        replace(x, first_years=link) if "no-first-year" in x.problems and link else x for x in good if not x.year
    ] + years
    mine = [(x.program, x.first_years) for x in lines]
    return () if [(x.program, x.first_years) for x in out] == mine else tuple(out)

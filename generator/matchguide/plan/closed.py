"""What is closed to this reader, decided once; every page follows it."""

from matchguide.plan.reasons import evidence, season, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import Situation
from matchguide.plan.types import Closed, Combination, VisaPlan


def plan(s: Situation, combination: Combination, visa: VisaPlan) -> tuple[Closed, ...]:
    """Visa roads with a closed gate, specialties ruled out or unbearable, US stays, deadlines gone."""
    out: list[Closed] = []
    for road in visa.roads:
        if road.first_closed:
            gate = next(g for g in road.gates if g.gate == road.first_closed)
            out.append(Closed(f"visa:{road.visa}", gate.because))
    if visa.restriction:
        refs = (*line("visa.citizenships"), *evidence("entry-restrictions"))
        if not s.in_the_us:
            out.append(Closed("us-stays", (why("closed-us-stays", *refs),)))
    for x in s.profile.backups.ruled_out:
        out.append(Closed(f"specialty:{x}", (why("closed-ruled-out", *line("backups.ruled_out")),)))
    for x, mark in sorted(s.profile.backups.enjoyment.items()):
        if mark == s.goal.number("mark_never") and x not in s.profile.backups.ruled_out:
            out.append(Closed(f"specialty:{x}", (why("closed-enjoyment", *line(f"backups.enjoyment.{x}")),)))
    if combination.level in ("weak", "none") and s.goal.specialty not in combination.specialties:
        out.append(Closed(f"specialty:{s.goal.specialty}", combination.because[:1]))
    if s.on > s.season.day("rank_lists_due") and s.stage in ("match week", "after"):
        out.append(Closed("rank-list", (why("closed-rank-list", *season("rank_lists_due")),)))
    return tuple(out)

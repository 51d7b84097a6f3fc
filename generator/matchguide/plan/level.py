"""How an applicant stands for the goal: its points, each met or not, and the level they come to."""

from matchguide.plan.facts import Facts
from matchguide.plan.rows import first_true
from matchguide.plan.situation import Situation
from matchguide.plan.types import Level


def points(s: Situation) -> tuple[tuple[str, bool], ...]:
    """The points of the goal's standing.yml, in its order."""
    facts = Facts(s)
    return tuple((point.id, facts.true(point.when)) for point in s.goal.standing.points)


def level(s: Situation) -> Level:
    """strong, middle, weak or none: the first true row of the goal's levels. Its last row is always true."""
    facts = Facts(s, {"points_met": sum(met for _, met in points(s))})
    row = first_true(s.goal.standing.levels, facts)
    return row.level if row else "weak"

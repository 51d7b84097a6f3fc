"""Which phase the reader is in: the first true row of content/phases.yml. What happened outweighs the day."""

from matchguide.plan.facts import Facts
from matchguide.plan.rows import first_true
from matchguide.plan.situation import Situation

COUNTING = ("preparing", "late")
DECIDED = ("matched", "partly matched")


def phase(s: Situation) -> str:
    """One of content.phases.PHASES. The last row is always true (checked at load)."""
    row = first_true(s.content.phases, Facts(s))
    return row.phase if row else "preparing"


def still_counting(s: Situation, now: str) -> bool:
    """Whether counts and fees still make sense: before applications went out, and before late ones stop paying."""
    late = s.season.has("late_closes") and s.on >= s.season.day("late_closes")
    return now in COUNTING and not s.has_applied() and not late

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
    """Whether counts and fees still make sense: until programs begin to read; then, until late applications stop
    paying, only for who says that nothing was sent."""
    if now not in COUNTING or s.has_applied():
        return False
    over = "late_closes" if s.applied_nothing else "review_from"
    return not (s.season.has(over) and s.on >= s.season.day(over))

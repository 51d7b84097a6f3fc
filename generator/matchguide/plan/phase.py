"""Which phase the reader is in: the first true row of content/phases.yml. What happened outweighs the day."""

from matchguide.plan.facts import Facts
from matchguide.plan.rows import first_true
from matchguide.plan.situation import Situation

COUNTING = ("preparing", "late")
MAY_STILL_INVITE = ("late", "interviewing")
DECIDED = ("matched", "partly matched")
AGAIN = ("unmatched", "next season")  # for another season the advice stands, and its day is not known yet


def phase(s: Situation) -> str:
    """One of content.phases.PHASES. The last row is always true (checked at load)."""
    row = first_true(s.content.phases, Facts(s))
    return row.phase if row else "preparing"


def letters_still_asked(s: Situation, now: str) -> bool:
    """Whether further letters are named once counting is over: while late applications are read, and for another
    season."""
    return now in AGAIN or (now == "late" and not s.has_applied() and not _over(s, "late_closes"))


def still_counting(s: Situation, now: str) -> bool:
    """Whether counts and fees still make sense: until programs begin to read; then, until late applications stop
    paying, only for who says that nothing was sent."""
    if now not in COUNTING or s.has_applied():
        return False
    return not _over(s, "late_closes" if s.applied_nothing else "review_from")


def _over(s: Situation, event: str) -> bool:
    """Whether a day of the season has come; a season without it goes on."""
    return s.season.has(event) and s.on >= s.season.day(event)

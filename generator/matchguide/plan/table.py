"""The decision table of a goal: gates first, then the rows, top to bottom."""

from matchguide.plan.choice import Choice
from matchguide.plan.facts import Facts
from matchguide.plan.rows import first_true, reason
from matchguide.plan.situation import Situation

BROAD = "broad backup"


def decide(s: Situation) -> Choice:
    """Who stands where for this applicant: the first closed gate answers "not this year", else the first true row."""
    facts = Facts(s)
    gate = first_true(s.goal.gates.not_this_year, facts)
    if gate:
        return Choice(None, None, None, (reason(gate.because, facts),))
    row = first_true(s.goal.table.rows, facts)
    if row is None:
        return Choice(None, None, None, ())
    first, close, broad = (facts["broad_backup"] if p == BROAD else p for p in (row.first, row.close, row.broad))
    broad = None if broad in (first, close) else broad
    return Choice(first, close, broad, tuple(reason(b, facts) for b in row.because))

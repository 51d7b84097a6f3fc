"""The counts of the reader's application form beside those of people who ranked the same specialty first."""

from dataclasses import dataclass

from matchguide.content.evidence import Evidence
from matchguide.plan.situation import Situation

COUNTED = (
    "publications",
    "presentations",
    "abstracts",
    "work",
    "volunteer",
)  # as the profile and the items name them


@dataclass(frozen=True)
class Counted:
    """One kind of entry: how many the reader lists, and where the marks of both groups stand."""

    kind: str
    yours: int
    matched: str
    others: str


def form_beside(s: Situation, evidence: Evidence, outcomes: str) -> list[Counted]:
    """Each count that the reader told; none where a group is too small for marks. `outcomes` as in `stand`."""
    items = (f"{outcomes}-form.matched", f"{outcomes}-form.not_matched")
    small = s.goal.number("small_group")
    if not all(evidence.has(f"{item}.n") and evidence.number(f"{item}.n") >= small for item in items):
        return []
    told = ((kind, getattr(s.profile.experience.totals, kind)) for kind in COUNTED)
    return [Counted(kind, n, *(f"{item}.{kind}" for item in items)) for kind, n in told if n is not None]

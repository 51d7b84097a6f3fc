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
    """One kind of entry: how many the reader lists, and where the marks of those who matched stand."""

    kind: str
    yours: int
    matched: str


def form_beside(s: Situation, evidence: Evidence, outcomes: str) -> list[Counted]:
    """Each count that the reader told; none where the group is too small for marks. `outcomes` as in `stand`."""
    item = f"{outcomes}-form.matched"
    if not evidence.has(f"{item}.n") or evidence.number(f"{item}.n") < s.goal.number("small_group"):
        return []
    told = ((kind, getattr(s.profile.experience.totals, kind)) for kind in COUNTED)
    return [Counted(kind, n, f"{item}.{kind}") for kind, n in told if n is not None]


def published_enough(counted: list[Counted], evidence: Evidence) -> bool:
    """Whether the reader lists more publications than the median of those who matched."""
    return any(c.kind == "publications" and c.yours > evidence.number(f"{c.matched}.median") for c in counted)

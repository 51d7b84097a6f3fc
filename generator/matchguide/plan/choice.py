"""One answer to "which specialties": who stands where, and why. The specialties that the decision rules name."""

from dataclasses import dataclass

from matchguide.plan.reasons import Reason
from matchguide.plan.situation import Situation

IR, DR, IM, GS = "interventional-radiology", "diagnostic-radiology", "internal-medicine", "general-surgery"
ANESTHESIOLOGY, PMR = "anesthesiology", "physical-medicine-rehabilitation"


@dataclass(frozen=True)
class Choice:
    """One answer of the table: who stands where, and why."""

    first: str | None
    close: str | None
    broad: str | None
    because: tuple[Reason, ...]

    @property
    def places(self) -> tuple[str | None, str | None, str | None]:
        return (self.first, self.close, self.broad)

    @property
    def specialties(self) -> tuple[str, ...]:
        return tuple(p for p in self.places if p)


def name(s: Situation, choice: Choice) -> str:
    return "+".join(s.content.cards[p].short for p in choice.specialties) or "not-this-year"

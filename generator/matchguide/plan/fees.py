"""ERAS program fees: priced by specialty, in steps (AAMC, 2026 season)."""

from collections.abc import Mapping
from dataclasses import dataclass

from matchguide.content.evidence import Evidence

# A preliminary track may be priced on top of its specialty's count; the source does not settle it (advice.md).
ON_TOP_OF = {"preliminary-medicine": "internal-medicine", "preliminary-surgery": "general-surgery"}


@dataclass(frozen=True)
class Prices:
    """The first `until` programs of a specialty cost `first` dollars each, every later one `later`."""

    until: int
    first: int
    later: int

    def cost(self, count: int, before: int = 0) -> int:
        """Dollars for `count` more programs where `before` are already applied to."""
        total = before + count
        return self._all(total) - self._all(before)

    def _all(self, count: int) -> int:
        cheap = min(count, self.until)
        return cheap * self.first + (count - cheap) * self.later


def prices(evidence: Evidence, item: str) -> Prices:
    value = evidence.value(item)
    return Prices(value["first_step_until"], value["first_step_each"], value["later_each"])


def upper(prices: Prices, counts: Mapping[str, int]) -> dict[str, int]:
    """Dollars for each specialty when preliminary tracks are priced on top of their specialty."""
    return {s: prices.cost(n, counts.get(ON_TOP_OF.get(s, ""), 0)) for s, n in counts.items()}


def lower(prices: Prices, counts: Mapping[str, int]) -> dict[str, int]:
    """Dollars for each specialty when every track has a first step of its own."""
    return {s: prices.cost(n) for s, n in counts.items()}

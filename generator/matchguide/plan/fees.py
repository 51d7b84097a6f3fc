"""ERAS program fees: priced by specialty, in steps (AAMC, 2026 season)."""

from collections.abc import Mapping
from dataclasses import dataclass

from matchguide.content.cards import Card
from matchguide.content.evidence import Evidence


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
    """The prices of an item of evidence. Raises KeyError where it has none."""
    value = evidence.value(item)
    return Prices(value["first_step_until"], value["first_step_each"], value["later_each"])


def tracks(cards: Mapping[str, Card]) -> dict[str, str]:
    """First years that may be priced on top of a specialty's count, with that specialty; the source of the fees does
    not settle it."""
    return {c.id: c.track_of for c in cards.values() if c.track_of}


def upper(prices: Prices, counts: Mapping[str, int], on_top_of: Mapping[str, str]) -> dict[str, int]:
    """Dollars for each specialty when tracks are priced on top of their specialty."""
    return {s: prices.cost(n, counts.get(on_top_of.get(s, ""), 0)) for s, n in counts.items()}


def lower(prices: Prices, counts: Mapping[str, int]) -> dict[str, int]:
    """Dollars for each specialty when every track has a first step of its own."""
    return {s: prices.cost(n) for s, n in counts.items()}

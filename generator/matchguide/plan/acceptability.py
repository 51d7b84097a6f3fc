"""How firm an order is: stochastic multicriteria acceptability analysis over weights and unknown scores.

Everything is counted in whole numbers below 2^53 and added in one order, so that the same algorithm in the
browser gives the same result to the last digit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SCALE = 1000  # a score of 4 is 4000
SEED = 20270319


class Xorshift:
    """Marsaglia's 32-bit xorshift: the same numbers in Python and JavaScript."""

    def __init__(self, seed: int = SEED) -> None:
        self.state = seed & 0xFFFFFFFF

    def next(self) -> int:
        """The next whole number of the sequence, below 2**32, the same on every machine."""
        x = self.state
        x ^= (x << 13) & 0xFFFFFFFF
        x ^= x >> 17
        x ^= (x << 5) & 0xFFFFFFFF
        self.state = x
        return x


@dataclass(frozen=True)
class Row:
    """One specialty's scores in thousandths, each a range (equal ends where the score is known)."""

    specialty: str
    ranges: tuple[tuple[int, int], ...]


def weighted(ranges: Sequence[tuple[int, int]], weights: Sequence[float]) -> float:
    """The weighted mean of the middles, 0 to 4; all-zero weights mean equal ones."""
    total = sum(weights)
    if total <= 0:
        weights, total = [1.0] * len(weights), float(len(weights))
    return sum(w * (low + high) / 2 for w, (low, high) in zip(weights, ranges, strict=True)) / total / SCALE


def first_in(rows: Sequence[Row], draws: int, seed: int = SEED) -> tuple[float, ...]:
    """The share of draws in which each row comes first; ties are split. Weights are uniform on the simplex
    (the gaps between sorted uniform numbers), unknown scores uniform on their range. Sums to 1."""
    if not rows:
        return ()
    random = Xorshift(seed)
    criteria = len(rows[0].ranges)
    wins = [0.0] * len(rows)
    step = random.next
    unknown = [[j for j, (low, high) in enumerate(r.ranges) if low != high] for r in rows]
    plain = [[low for low, _ in r.ranges] for r in rows]
    for _ in range(draws):
        cuts = sorted([step() >> 12 for _ in range(criteria - 1)])
        weights = [b - a for a, b in zip([0, *cuts], [*cuts, 1 << 20], strict=True)]
        best, holders = -1, [0]
        for i, row in enumerate(rows):
            scores = plain[i]
            if unknown[i]:
                scores = scores.copy()
                for j in unknown[i]:
                    low, high = row.ranges[j]
                    scores[j] = low + step() % (high - low + 1)
            total = 0
            for w, v in zip(weights, scores, strict=True):
                total += w * v
            if total > best:
                best, holders = total, [i]
            elif total == best:
                holders.append(i)
        for i in holders:
            wins[i] += 1 / len(holders)
    return tuple(w / draws for w in wins)

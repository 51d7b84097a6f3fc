"""How firm an order is: stochastic multicriteria acceptability analysis over weights and unknown scores.

Everything is counted in whole numbers below 2^53 and added in one order, so that the same algorithm in the
browser gives the same result to the last digit.
"""

import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import sub
from typing import TypeAlias

SCALE = 1000  # a score of 4 is 4000
SEED = 20270319
_LANE, _TOP = "Q", 1 << 63  # 64 bits: a total is below 2^53, so no lane runs over into the next

Numbers: TypeAlias = "array[int]"


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
    (the gaps between sorted uniform numbers), unknown scores uniform on their range. Sums to 1.

    All draws are computed at once, each in a lane of one large number; what was drawn is the same for everybody."""
    if not rows:
        return ()
    unknown = [[j for j, (low, high) in enumerate(r.ranges) if low != high] for r in rows]
    count = sum(map(len, unknown))
    drawn = _drawn(len(rows[0].ranges), count, draws, seed)
    totals, k = [], 0
    for row, open_scores in zip(rows, unknown, strict=True):
        total = sum(lanes * low for lanes, (low, high) in zip(drawn.lanes, row.ranges, strict=True) if low == high)
        for j in open_scores:
            total += _products(len(row.ranges), count, draws, seed, j, k, *row.ranges[j])
            k += 1
        totals.append(total)
    return tuple(w / draws for w in _wins(totals, draws))


def _wins(totals: Sequence[int], draws: int) -> list[float]:
    """How often each row has the largest total; where several have it, a part for each."""
    top, below_top = _tops(draws)
    best = totals[0]
    for total in totals[1:]:
        larger = ((total | top) - best) & top  # set in each lane where this row has at least as much
        best ^= (best ^ total) & (larger - (larger >> _TOP.bit_length() - 1))
    below = [(best - total + below_top) & top for total in totals]
    wins = [float(draws - lanes.bit_count()) for lanes in below]
    if sum(wins) == draws:
        return wins
    wins = [0.0] * len(totals)
    for behind in zip(*(_unpacked(lanes, draws) for lanes in below), strict=True):
        share = 1 / behind.count(0)
        for i, lost in enumerate(behind):
            if not lost:
                wins[i] += share
    return wins


@lru_cache(maxsize=32)
def _tops(draws: int) -> tuple[int, int]:
    """The highest bit of each lane, and all bits below it."""
    top = _packed(array(_LANE, [_TOP]) * draws)
    return top, top - (top >> _TOP.bit_length() - 1)


@dataclass(frozen=True)
class _Drawn:
    """What a seed gives to so many criteria and unknown scores: in `lanes` each criterion's weights of all draws,
    packed; `weights` the same one by one; `rest` the numbers for each unknown score."""

    lanes: tuple[int, ...]
    weights: tuple[Numbers, ...]
    rest: tuple[Numbers, ...]


@lru_cache(maxsize=32)
def _drawn(criteria: int, unknown: int, draws: int, seed: int) -> _Drawn:
    cuts, each = criteria - 1, criteria - 1 + unknown
    stream = _stream(seed, each * draws)[: each * draws]
    in_order = map(sorted, zip(*([n >> 12 for n in stream[i::each]] for i in range(cuts)), strict=True))
    ends = list(zip(*((0, *cut, 1 << 20) for cut in in_order), strict=True)) or [(0,) * draws, (1 << 20,) * draws]
    weights = tuple(array(_LANE, map(sub, b, a)) for a, b in pairwise(ends))
    rest = tuple(stream[cuts + k :: each] for k in range(unknown))
    return _Drawn(tuple(map(_packed, weights)), weights, rest)


_streams: dict[int, tuple[Xorshift, Numbers]] = {}


def _stream(seed: int, count: int) -> Numbers:
    """At least so many numbers of a seed; they are drawn once and kept."""
    random, numbers = _streams.setdefault(seed, (Xorshift(seed), array(_LANE)))
    step = random.next
    numbers.extend(step() for _ in range(count - len(numbers)))
    return numbers


@lru_cache(maxsize=512)
def _products(criteria: int, unknown: int, draws: int, seed: int, j: int, k: int, low: int, high: int) -> int:
    """The weight of a criterion times the kth unknown score, in each draw."""
    drawn, span = _drawn(criteria, unknown, draws, seed), high - low + 1
    return _packed(array(_LANE, [w * (low + r % span) for w, r in zip(drawn.weights[j], drawn.rest[k], strict=True)]))


def _packed(numbers: Numbers) -> int:
    return int.from_bytes(numbers.tobytes(), sys.byteorder)


def _unpacked(lanes: int, draws: int) -> Numbers:
    numbers = array(_LANE)
    numbers.frombytes(lanes.to_bytes(numbers.itemsize * draws, sys.byteorder))
    return numbers

"""The best set of programs for a sum where fees rise and programs of one specialty fail together: what `fee_steps`
answers for independent chances, with the common factor of `outlook` at its fixed values. No chance is drawn.

Whatever programs have in common, one more adds less the longer the list is. So a set that was found step by step and
improved by exchanges has a bound: its worth, and the most that the money could buy on top. Where few different sets
exist (programs of one specialty, one chance and one worth are alike) each is looked at, and the answer is exact. Else
it is the best that was found, and is never called the best there is.
"""

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import mul
from typing import NamedTuple

from matchguide.plan.fee_steps import Best
from matchguide.plan.fees import Prices
from matchguide.plan.outlook import NODES, Bet, given, outlook

_NOTHING = 1e-12  # less than this is no gain: it is rounding
_MOST_SETS = 1_000  # that are all looked at; counted, not timed: every machine gives the same answer
_MOST_EXCHANGES = 100  # that are tried


def best_together(
    bets: Sequence[Bet], prices: Prices, budget: int, together: float, sent: frozenset[int] = frozenset()
) -> Best:
    """The set of programs of the greatest expected worth that costs at most `budget`, where each specialty has fee
    steps of its own and `together` (0 to below 1) of what decides is common to its programs. Each bet is one program.
    `sent` are applied to already: they are in the set, paid before, and count for the steps. No set is worth more
    than `at_most`, which is `expected` where the answer is exact. Raises ValueError for what is no chance."""
    if any(b.number != 1 for b in bets):
        raise ValueError("each bet is one program")
    outlook(bets, together)  # refuses what is no chance
    choice = _Choice(bets, prices, budget, together, sent)
    if math.prod(len(places) + 1 for places in choice.alike) <= _MOST_SETS:
        members = max(choice.every_set(), key=choice.rank)
        at_most = 0.0
    else:
        members, at_most = choice.searched()
    value = choice.value(members)
    return Best(tuple(sorted(members)), value, choice.cost(members), max(value, at_most))


class _Choice:
    """What is chosen from, and what stays the same whatever is chosen."""

    def __init__(
        self, bets: Sequence[Bet], prices: Prices, budget: int, together: float, sent: frozenset[int]
    ) -> None:
        self.bets, self.prices, self.budget, self.together, self.sent = bets, prices, budget, together, sent
        self.before = Counter(bets[i].specialty for i in sent)
        worths = sorted({b.worth for b in bets if b.worth > 0})
        self.steps = tuple(b - a for a, b in itertools.pairwise((0.0, *worths)))
        level = {w: k for k, w in enumerate(worths, 1)}
        self.level = tuple(level.get(b.worth, 0) for b in bets)
        self.taken = tuple(given(b.chance, together) for b in bets)
        self.missed = tuple(tuple(1 - p for p in of_one) for of_one in self.taken)
        self.specialties = tuple(dict.fromkeys(b.specialty for b in bets))
        kinds: dict[tuple[str, float, float], list[int]] = {}
        for i, b in enumerate(bets):
            if i not in sent and b.chance and b.worth > 0:
                kinds.setdefault((b.specialty, b.chance, b.worth), []).append(i)
        self.alike = tuple(tuple(places) for places in kinds.values())

    def value(self, members: frozenset[int]) -> float:
        """The expected worth of the best place."""
        kinds = Counter((b.specialty, b.chance, b.worth) for b in map(self.bets.__getitem__, members))
        return outlook([Bet(x, n, chance, worth) for (x, chance, worth), n in kinds.items()], self.together).worth

    def cost(self, members: frozenset[int]) -> int:
        """Dollars for what is not sent already."""
        counts = Counter(self.bets[i].specialty for i in members - self.sent)
        return sum(self.prices.cost(n, self.before[x]) for x, n in counts.items())

    def rank(self, members: frozenset[int]) -> tuple[float, int, tuple[int, ...]]:
        """Of equal sets the cheapest, then that of the lowest indices."""
        return round(self.value(members), 12), -self.cost(members), tuple(-i for i in sorted(members))

    def every_set(self) -> Iterator[frozenset[int]]:
        """Every different set within the budget; of programs alike the first."""
        for numbers in itertools.product(*(range(len(places) + 1) for places in self.alike)):
            chosen = (i for places, n in zip(self.alike, numbers, strict=True) for i in places[:n])
            if self.cost(members := self.sent.union(chosen)) <= self.budget:
                yield members

    # Where there are too many

    def searched(self) -> tuple[frozenset[int], float]:
        """The best set that was found, and what none can pass."""
        found = [self._filled(self.sent, a_dollar=a_dollar) for a_dollar in (True, False)]
        members = self._exchanged(max(found, key=lambda f: f.value))
        return members.members, min(f.at_most for f in (*found, members))

    def _filled(self, start: frozenset[int], *, a_dollar: bool) -> "_Found":
        """A set filled up with what adds most, or most for a dollar, and the lowest bound on the way."""
        members, at_most, spent = start, math.inf, self.cost(start)
        counts = Counter(self.bets[i].specialty for i in start - self.sent)
        while True:
            value, gains = self._worth_and_gains(members)
            at_most = min(at_most, self._bound(value, gains))
            best, found, price = 0.0, -1, 0
            next_price = {x: self.prices.cost(1, self.before[x] + counts[x]) for x in self.specialties}
            for i, gain in gains.items():
                costs = next_price[self.bets[i].specialty]
                worth = gain / costs if a_dollar and costs else gain
                if gain > _NOTHING and worth > best + _NOTHING and spent + costs <= self.budget:
                    best, found, price = worth, i, costs
            if found < 0:
                return _Found(members, value, at_most)
            spent += price
            counts[self.bets[found].specialty] += 1
            members |= {found}

    def _exchanged(self, found: "_Found") -> "_Found":
        """The set after taking one out and filling up anew, where that is worth more; of programs alike one is
        tried."""
        tried, better = 0, True
        while better:
            better = False
            for i in [places[0] for places in self.alike if found.members.issuperset(places[:1])]:
                if tried == _MOST_EXCHANGES:
                    return found
                tried += 1
                other = self._filled(found.members - {i}, a_dollar=False)
                if other.value > found.value + _NOTHING:
                    found, better = _Found(other.members, other.value, min(found.at_most, other.at_most)), True
                    break
        return found

    def _worth_and_gains(self, members: frozenset[int]) -> tuple[float, Mapping[int, float]]:
        """The expected worth of a set, and what each program that is not in it would add: at each worth that it
        reaches, where nothing as good takes the applicant without it."""
        none: list[list[list[float]]] = []  # in each specialty, at each worth and each value of the factor
        for x in self.specialties:
            at: list[list[int]] = [[] for _ in range(len(self.steps) + 1)]
            for i in members:
                if self.bets[i].specialty == x:
                    at[self.level[i]].append(i)
            now = [1.0] * NODES
            levels = []
            for here in reversed(at[1:]):
                for i in here:
                    now = list(map(mul, now, self.missed[i]))
                levels.append(now)
            none.append(levels[::-1])
        mean = [[sum(q) / NODES for q in levels] for levels in none]
        without = [math.prod(m) for m in zip(*mean, strict=True)]
        value = math.fsum(step * (1 - w) for step, w in zip(self.steps, without, strict=True))
        added: dict[str, list[list[float]]] = {}
        for at_x, x in enumerate(self.specialties):
            others = [m for at_y, m in enumerate(mean) if at_y != at_x]
            so_far, sums = [0.0] * NODES, []
            for k, step in enumerate(self.steps):
                weight = step * math.prod(m[k] for m in others) / NODES
                so_far = [s + weight * q for s, q in zip(so_far, none[at_x][k], strict=True)]
                sums.append(so_far)
            added[x] = sums
        gains = {
            i: sum(map(mul, self.taken[i], added[self.bets[i].specialty][self.level[i] - 1]))
            for places in self.alike
            for i in places
            if i not in members
        }
        return value, gains

    def _bound(self, value: float, gains: Mapping[int, float]) -> float:
        """The worth of a set and the most that the whole budget could add to it, if nothing added lessened the next:
        dollar for dollar, with a part of the last program."""
        of: dict[str, list[float]] = {}
        for i, gain in gains.items():
            of.setdefault(self.bets[i].specialty, []).append(gain)
        offers = [
            (gain, self.prices.cost(1, self.before[x] + n))
            for x, mine in of.items()
            for n, gain in enumerate(sorted(mine, reverse=True))
        ]
        left = float(self.budget)
        for gain, price in sorted(offers, key=lambda o: -o[0] / o[1] if o[1] else -math.inf):
            part = min(1.0, left / price) if price else 1.0
            value += part * gain
            left -= part * price
        return value


class _Found(NamedTuple):
    members: frozenset[int]
    value: float
    at_most: float

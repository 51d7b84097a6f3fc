"""The best set of programs for a sum where fees rise and programs of one specialty fail together: what `fee_steps`
answers for independent chances, with the common factor of `outlook` at its fixed values. No chance is drawn.

Of two programs of one specialty and one worth the likelier one is never the worse choice, whatever else is chosen. So
of each such row only how many are taken is open. The answer is exact where no specialty reaches into the worths of
another, which is what an order of wishes says; and for a small sum, where so few sets are left that each is tried.
Else it is the best that was found step by step and improved by exchanges, and is never called the best there is.
Whatever programs have in common, one more adds less the longer the list is, so it has a bound: its worth, and what
the money could buy on top at most.
"""

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import mul
from typing import NamedTuple

from matchguide.plan.fee_steps import Best
from matchguide.plan.fees import Prices
from matchguide.plan.outlook import NODES, Bet, given, outlook

_NOTHING = 1e-12  # less than this is no gain: it is rounding
_MOST_LOOKED_AT = 100_000  # sets times worths; counted, not timed: every machine gives the same answer
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
    members, at_most = choice.in_blocks() or choice.of_all() or choice.searched()
    value = choice.value(members)
    return Best(tuple(sorted(members)), value, choice.cost(members), max(value, at_most))


class _Choice:
    """What is chosen from, and what stays the same whatever is chosen."""

    def __init__(
        self, bets: Sequence[Bet], prices: Prices, budget: int, together: float, sent: frozenset[int]
    ) -> None:
        self.bets, self.prices, self.budget, self.together, self.sent = bets, prices, budget, together, sent
        self.before = Counter(bets[i].specialty for i in sent)
        self.worths = sorted({b.worth for b in bets if b.worth > 0})
        self.steps = tuple(b - a for a, b in itertools.pairwise((0.0, *self.worths)))
        level = {w: k for k, w in enumerate(self.worths, 1)}
        self.level = tuple(level.get(b.worth, 0) for b in bets)
        self.taken = tuple(tuple(p * b.place for p in given(b.chance, together)) for b in bets)
        self.missed = tuple(tuple(1 - p for p in of_one) for of_one in self.taken)
        self.specialties = tuple(dict.fromkeys(b.specialty for b in bets))
        kinds: dict[Bet, list[int]] = {}
        for i, b in enumerate(bets):
            if i not in sent and b.chance and b.place and b.worth > 0:
                kinds.setdefault(b, []).append(i)
        self.alike = tuple(tuple(places) for places in kinds.values())

    def value(self, members: frozenset[int]) -> float:
        """The expected worth of the best place."""
        kinds = Counter(map(self.bets.__getitem__, members))
        return outlook([replace(b, number=n) for b, n in kinds.items()], self.together).worth

    def cost(self, members: frozenset[int]) -> int:
        """Dollars for what is not sent already."""
        counts = Counter(self.bets[i].specialty for i in members - self.sent)
        return sum(self.prices.cost(n, self.before[x]) for x, n in counts.items())

    # Where no specialty reaches into the worths of another

    def in_blocks(self) -> tuple[frozenset[int], float] | None:
        """The best set, and that no other is worth more, where every place of one specialty is worth as much as each
        of the next, or more; else None. What lies below a specialty counts only by its worth and cost, and with more
        worth below no choice above it is worth less."""
        blocks = self._blocks()
        if blocks is None:
            return None
        states: list[_State] = [_State(0, 0.0, tuple(self.sent))]
        for block in blocks:
            parts = list(self._parts(block.specialty, block.rows))
            if len(states) * len(parts) > _MOST_LOOKED_AT:
                return None
            grown = [
                _State(
                    below.cost + part.cost,
                    self._above(below.value, block.levels, part),
                    (*below.chosen, *part.chosen),
                )
                for below in states
                for part in parts
                if below.cost + part.cost <= self.budget
            ]
            states = []
            for state in sorted(grown, key=lambda g: (g.cost, -g.value, sorted(g.chosen))):
                if not states or state.value > states[-1].value + _NOTHING:
                    states.append(state)
        return frozenset(states[-1].chosen), 0.0

    def _blocks(self) -> list["_Block"] | None:
        """The specialties from the least worth up, each with its rows and worths; None where one reaches into
        another, or has too many choices."""
        blocks = []
        for x in self.specialties:
            levels = sorted({k for b, k in zip(self.bets, self.level, strict=True) if b.specialty == x and k})
            rows = self._rows(x)
            if math.prod(len(row) + 1 for row in rows) > _MOST_LOOKED_AT:
                return None
            if levels:
                blocks.append(_Block(levels[0], levels[-1], x, levels, rows))
        blocks.sort()
        return None if any(a.highest > b.lowest for a, b in itertools.pairwise(blocks)) else blocks

    def _above(self, below: float, levels: Sequence[int], part: "_Part") -> float:
        """The worth with what is chosen in a specialty above what lies below it."""
        value = below
        for k in levels:
            worth = self.worths[k - 1]
            value += (worth - below) * (1 - part.none[k - 1])
            below = worth
        return value

    # Where few sets are left

    def of_all(self) -> tuple[frozenset[int], float] | None:
        """The best set, and that no other is worth more; None where too many would have to be looked at. Of equal
        sets the cheapest, then that of the lowest indices."""
        rows = [self._rows(x) for x in self.specialties]
        if self._sets(rows) * len(self.steps) > _MOST_LOOKED_AT:
            return None
        sets = list(self._together([list(self._parts(x, of)) for x, of in zip(self.specialties, rows, strict=True)]))
        worth = [self._worth([part.none for part in of]) for of in sets]
        least = max(worth) - _NOTHING
        _, members = min(
            (sum(p.cost for p in of), sorted(itertools.chain(self.sent, *(p.chosen for p in of))))
            for of, value in zip(sets, worth, strict=True)
            if value >= least
        )
        return frozenset(members), 0.0

    def _sets(self, rows: Sequence[Sequence[Sequence[int]]]) -> int:
        """How many sets of the first of each row the budget allows; where they are too many, fewer than there are."""
        by_cost: Counter[int] = Counter([0])
        for x, of in zip(self.specialties, rows, strict=True):
            ways = [1]  # to take none, one, two ...
            for row in of:
                ways = [
                    sum(ways[max(0, n - len(row)) : n + 1])
                    for n in range(min(len(ways) + len(row), self._most(x) + 1))
                ]
            grown: Counter[int] = Counter()
            for spent, number in by_cost.items():
                for n, more in enumerate(ways):
                    if spent + self._price(x, n) <= self.budget:
                        grown[spent + self._price(x, n)] += number * more
            by_cost = grown
            if by_cost.total() * len(self.steps) > _MOST_LOOKED_AT:
                break
        return by_cost.total()

    def _worth(self, none: Sequence[Sequence[float]]) -> float:
        """The expected worth of the best place, by the chance at each worth that none of a specialty takes them."""
        without = map(math.prod, zip(*none, strict=True))
        return math.fsum(step * (1 - w) for step, w in zip(self.steps, without, strict=True))

    def _most(self, specialty: str) -> int:
        """How many programs of a specialty the budget would buy, if it bought no others."""
        every = sum(b.specialty == specialty for b in self.bets)
        return next(n for n in range(every, -1, -1) if not n or self._price(specialty, n) <= self.budget)

    def _rows(self, specialty: str) -> list[list[int]]:
        """The programs of a specialty in rows of one worth, in each the likelier one first."""
        rows: list[list[int]] = []
        mine = (i for places in self.alike for i in places if self.bets[i].specialty == specialty)
        for i in sorted(mine, key=lambda i: (self.level[i], [-p for p in self.taken[i]], i)):
            last = rows[-1][-1] if rows else i
            likelier = all(p >= q for p, q in zip(self.taken[last], self.taken[i], strict=True))
            if rows and self.level[last] == self.level[i] and likelier:
                rows[-1].append(i)
            else:
                rows.append([i])
        return rows

    def _parts(self, specialty: str, rows: Sequence[Sequence[int]]) -> Iterator["_Part"]:
        """Every choice within a specialty that the budget allows."""
        sent = [i for i in self.sent if self.bets[i].specialty == specialty]
        for numbers in _numbers([len(row) for row in rows], self._most(specialty)):
            chosen = [i for row, n in zip(rows, numbers, strict=True) for i in row[:n]]
            yield _Part(self._price(specialty, len(chosen)), tuple(chosen), self._none([*sent, *chosen]))

    def _price(self, specialty: str, number: int) -> int:
        return self.prices.cost(number, self.before[specialty])

    def _none(self, members: Sequence[int]) -> tuple[float, ...]:
        """For each worth, the chance that none of a specialty's programs worth as much takes the applicant."""
        at: dict[int, list[int]] = {}
        for i in members:
            at.setdefault(self.level[i], []).append(i)
        out, now, mean = [], [1.0] * NODES, 1.0
        for k in range(len(self.steps), 0, -1):
            if k in at:
                for i in at[k]:
                    now = list(map(mul, now, self.missed[i]))
                mean = sum(now) / NODES
            out.append(mean)
        return tuple(reversed(out))

    def _together(self, parts: Sequence[Sequence["_Part"]], spent: int = 0) -> Iterator[tuple["_Part", ...]]:
        """Every way to choose in each specialty within the budget."""
        if not parts:
            yield ()
            return
        for part in parts[0]:
            if spent + part.cost <= self.budget:
                yield from ((part, *rest) for rest in self._together(parts[1:], spent + part.cost))

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
        value = self._worth(mean)
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


class _Block(NamedTuple):
    """A specialty, what its places are worth, and its programs in rows."""

    lowest: int
    highest: int
    specialty: str
    levels: list[int]
    rows: list[list[int]]


class _State(NamedTuple):
    """What is chosen in the specialties so far: its cost, expected worth and programs."""

    cost: int
    value: float
    chosen: tuple[int, ...]


class _Part(NamedTuple):
    """What is chosen in one specialty: its cost, the programs, and for each worth the chance that none takes the
    applicant."""

    cost: int
    chosen: tuple[int, ...]
    none: tuple[float, ...]


def _numbers(most: Sequence[int], left: int) -> Iterator[tuple[int, ...]]:
    """Every way to take from each row, and no more than so many in all."""
    if not most:
        yield ()
        return
    for n in range(min(most[0], left) + 1):
        yield from ((n, *rest) for rest in _numbers(most[1:], left - n))


class _Found(NamedTuple):
    members: frozenset[int]
    value: float
    at_most: float

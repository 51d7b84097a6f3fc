"""The best set of programs for a sum where fees rise with the number of a specialty: its first programs cost less
each than later ones. Two answers need not be nested: a larger sum may leave out what a smaller one bought.

Exact where every place of one specialty is worth more than every place of the next, which is what an order of wishes
says: below a specialty only the value and the money spent matter, and inside it cost depends on the number alone, so
the best sets of growing number are found one by one (Chade & Smith 2006). Exact too where worths are mixed and few
states arise. Else the best that was found, with a bound no set can pass.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matchguide.plan.fees import Prices
from matchguide.plan.portfolio import best

_NOTHING = 1e-12  # less than this is no gain: it is rounding
_MOST_STATES = 20_000  # counted, not timed: every machine gives the same answer
_PASSES = 20  # of exchanging one program for another


@dataclass(frozen=True)
class Best:
    """Indices, ascending; their expected worth and cost; and what no set within the budget can pass (`at_most` is
    `expected` where the answer is exact)."""

    indices: tuple[int, ...]
    expected: float
    cost: int
    at_most: float


@dataclass(frozen=True)
class _One:
    i: int
    chance: float
    worth: float
    specialty: str


_State = tuple[int, float, int]  # spent, expected worth, members as bits with the lowest index first


def best_with_steps(
    chances: Sequence[float],
    worth: Sequence[float],
    specialties: Sequence[str],
    prices: Prices,
    budget: int,
    sent: frozenset[int] = frozenset(),
) -> Best:
    """The set of the greatest expected worth that costs at most `budget`, where each specialty has fee steps of its
    own. `sent` are applied to already: they are in the set, paid before, and count for the steps. Raises ValueError
    for what is no chance."""
    if not len(chances) == len(worth) == len(specialties):
        raise ValueError("chances, worth and specialties are not of one length")
    if not all(0 <= chance <= 1 for chance in chances):
        raise ValueError("a chance is a number from 0 to 1")
    ones = sorted(
        (_One(i, chances[i], worth[i], specialties[i]) for i in range(len(chances))), key=lambda x: (x.worth, -x.i)
    )
    before = {x: sum(specialties[i] == x for i in sent) for x in dict.fromkeys(specialties)}
    last = len(chances) - 1
    blocks = _blocks(ones)
    state: _State | None = None
    if blocks and not sent:
        state = _by_blocks(blocks, prices, budget, last)
    else:
        state = _by_states(ones, prices, budget, last, sent, before)
    if state is not None:
        spent, value, members = state
        return Best(_indices(members, last), value, spent, value)
    found = _by_search(ones, prices, budget, sent, before)
    value = _value(ones, found)
    spent = _cost(ones, found, sent, prices, before)
    return Best(tuple(sorted(found)), value, spent, max(value, _bound(ones, prices, budget, sent, before)))


def _indices(members: int, last: int) -> tuple[int, ...]:
    return tuple(i for i in range(last + 1) if members >> (last - i) & 1)


def _blocks(ones: Sequence[_One]) -> list[list[_One]]:
    """The specialties from the least worth up, where none reaches into the next; else nothing."""
    blocks: list[list[_One]] = []
    seen: set[str] = set()
    for one in ones:
        if blocks and blocks[-1][0].specialty == one.specialty:
            blocks[-1].append(one)
        elif one.specialty in seen:
            return []
        else:
            seen.add(one.specialty)
            blocks.append([one])
    return blocks


def _by_blocks(blocks: Sequence[Sequence[_One]], prices: Prices, budget: int, last: int) -> _State:
    states: list[_State] = [(0, 0.0, 0)]
    for block in blocks:
        most = next((n for n in range(len(block), 0, -1) if prices.cost(n) <= budget), 0)
        grown = list(states)
        for spent, value, members in states:
            for number, (more, added) in enumerate(_chain(block, value, most, last), 1):
                cost = spent + prices.cost(number)
                if cost > budget:
                    break
                grown.append((cost, more, members | added))
        states = _undominated(grown)
    return states[-1]


def _chain(block: Sequence[_One], outside: float, most: int, last: int) -> Iterator[tuple[float, int]]:
    """The best sets of one, two, three ... programs of a specialty above an outside worth, each with its value."""
    below = [outside] * len(block)  # the value of what is chosen below each program
    above = [1.0] * len(block)  # that nothing chosen above each takes the applicant
    chosen = [False] * len(block)
    value, members = outside, 0
    for _ in range(most):
        top, gain = -1, _NOTHING
        for k, one in enumerate(block):
            if not chosen[k]:
                more = above[k] * one.chance * (one.worth - below[k])
                if more > gain + _NOTHING or (top >= 0 and more > gain - _NOTHING and one.i < block[top].i):
                    top, gain = k, more
        if top < 0:
            return
        chosen[top] = True
        value += gain
        members |= 1 << (last - block[top].i)
        for k in range(top):
            above[k] *= 1 - block[top].chance
        v = outside
        for k, one in enumerate(block):
            below[k] = v
            if chosen[k]:
                v = one.chance * one.worth + (1 - one.chance) * v
        yield value, members


def _undominated(states: Sequence[_State]) -> list[_State]:
    """By price, each worth more than every cheaper one; of equals the cheapest, then the lowest indices."""
    kept: list[_State] = []
    for one in sorted(states, key=lambda s: (s[0], -s[1], -s[2])):
        if not kept or one[1] > kept[-1][1] + _NOTHING:
            kept.append(one)
        elif one[0] == kept[-1][0] and abs(one[1] - kept[-1][1]) <= _NOTHING and one[2] > kept[-1][2]:
            kept[-1] = one
    return kept


def _by_states(
    ones: Sequence[_One],
    prices: Prices,
    budget: int,
    last: int,
    sent: frozenset[int],
    before: dict[str, int],
) -> _State | None:
    """Programs from the least worth up. What later fees depend on is how many of each specialty are bought that has
    programs to come: for each such count the undominated sets are enough. None where there are too many."""
    order = list(before)
    left = {x: sum(one.specialty == x for one in ones) for x in order}
    states: dict[tuple[int, ...], list[_State]] = {tuple(0 for _ in order): [(0, 0.0, 0)]}
    for one in ones:
        at = order.index(one.specialty)
        left[one.specialty] -= 1
        grown: dict[tuple[int, ...], list[_State]] = {}
        for counts, held in states.items():
            keep = held
            if one.i in sent:
                keep = [
                    (s, one.chance * one.worth + (1 - one.chance) * v, m | 1 << (last - one.i)) for s, v, m in held
                ]
            else:
                price = prices.cost(1, before[one.specialty] + counts[at])
                added = [
                    (s + price, one.chance * one.worth + (1 - one.chance) * v, m | 1 << (last - one.i))
                    for s, v, m in held
                    if s + price <= budget
                ]
                if added:
                    more = counts[at] + 1 if left[one.specialty] else 0
                    grown.setdefault((*counts[:at], more, *counts[at + 1 :]), []).extend(added)
            same = counts if left[one.specialty] else (*counts[:at], 0, *counts[at + 1 :])
            grown.setdefault(same, []).extend(keep)
        states = {counts: _undominated(held) for counts, held in grown.items()}
        if sum(map(len, states.values())) > _MOST_STATES:
            return None
    return _undominated([s for held in states.values() for s in held])[-1]


# Where neither is possible: greedy by gain and by gain a dollar, then one for another, against a bound.


def _by_search(
    ones: Sequence[_One], prices: Prices, budget: int, sent: frozenset[int], before: dict[str, int]
) -> frozenset[int]:
    starts = (_greedy(ones, prices, budget, sent, before, a_dollar=each) for each in (True, False))
    return max(
        (_exchanged(ones, prices, budget, sent, before, start) for start in starts), key=lambda s: _value(ones, s)
    )


def _value(ones: Sequence[_One], members: frozenset[int]) -> float:
    v = 0.0
    for one in ones:
        if one.i in members:
            v = one.chance * one.worth + (1 - one.chance) * v
    return v


def _counts(ones: Sequence[_One], members: frozenset[int], sent: frozenset[int]) -> dict[str, int]:
    out: dict[str, int] = {}
    for one in ones:
        if one.i in members and one.i not in sent:
            out[one.specialty] = out.get(one.specialty, 0) + 1
    return out


def _cost(
    ones: Sequence[_One], members: frozenset[int], sent: frozenset[int], prices: Prices, before: dict[str, int]
) -> int:
    return sum(prices.cost(n, before[x]) for x, n in _counts(ones, members, sent).items())


def _greedy(
    ones: Sequence[_One],
    prices: Prices,
    budget: int,
    sent: frozenset[int],
    before: dict[str, int],
    *,
    a_dollar: bool,
    start: frozenset[int] = frozenset(),
) -> frozenset[int]:
    members = set(start | sent)
    counts = _counts(ones, frozenset(members), sent)
    spent = sum(prices.cost(n, before[x]) for x, n in counts.items())
    while True:
        above = [1.0] * len(ones)
        for k in range(len(ones) - 1, 0, -1):
            above[k - 1] = above[k] * (1 - ones[k].chance if ones[k].i in members else 1)
        v, found = 0.0, (0.0, -1, 0)
        for k, one in enumerate(ones):
            if one.i in members:
                v = one.chance * one.worth + (1 - one.chance) * v
                continue
            price = prices.cost(1, before[one.specialty] + counts.get(one.specialty, 0))
            gain = above[k] * one.chance * (one.worth - v)
            worth = gain / price if a_dollar and price else gain
            if gain > _NOTHING and spent + price <= budget and worth > found[0]:
                found = (worth, k, price)
        if found[1] < 0:
            return frozenset(members)
        one = ones[found[1]]
        members.add(one.i)
        counts[one.specialty] = counts.get(one.specialty, 0) + 1
        spent += found[2]


def _exchanged(
    ones: Sequence[_One],
    prices: Prices,
    budget: int,
    sent: frozenset[int],
    before: dict[str, int],
    members: frozenset[int],
) -> frozenset[int]:
    """The set after taking one out and filling up anew, as long as that is worth more."""
    value = _value(ones, members)
    for _ in range(_PASSES):
        better = None
        for i in sorted(members - sent):
            other = _greedy(ones, prices, budget, sent, before, a_dollar=False, start=members - {i})
            if (more := _value(ones, other)) > value + _NOTHING:
                better, value = other, more
                break
        if better is None:
            break
        members = better
    return members


def _bound(ones: Sequence[_One], prices: Prices, budget: int, sent: frozenset[int], before: dict[str, int]) -> float:
    """What no set can pass: with every program at one price between the two, and as much more money as that may
    overcharge."""
    free = [one for one in ones if one.i not in sent]
    forced = [one for one in ones if one.i in sent]
    chances = [one.chance for one in (*free, *forced)]
    worth = [one.worth for one in (*free, *forced)]
    out = float("inf")
    for price in sorted({prices.first, (prices.first + prices.later) // 2, prices.later}):
        cheap = sum(max(0, prices.until - n) for n in before.values())
        more = budget + cheap * (price - prices.first)
        fees = [float(price)] * len(free) + [0.0] * len(forced)
        out = min(out, best(chances, worth, fees, more)[1])
    return out

"""Which programs to apply to with a sum of money, where each takes an applicant with a chance of its own.

The applicant goes to the best program that takes them, so a set is worth E[max]. Read from the lowest worth up, a
program with chance f and worth t turns the value v of what stands below it into f*t + (1-f)*v. That grows with v: of
two sets at one price the better one stays the better one, whatever comes on top, and a list of sets without dominated
ones is exact for any fees. Chances are assumptions of the reader, never figures of ours, and independent here;
programs of one specialty fail together more often than that.
"""

from collections.abc import Sequence

_NOTHING = 1e-12  # less than this is no gain: it is rounding
_CENT = 1e-9  # sums of fees may differ by so much from the budget


def best(
    chances: Sequence[float], worth: Sequence[float], fees: Sequence[float] | float, budget: float
) -> tuple[tuple[int, ...], float]:
    """The set of programs with the greatest expected worth within a budget, exact for independent chances.

    `chances` in 0..1 that a program takes the applicant if their list reaches it, the worth of its place (any unit),
    fees and budget in dollars; one number of fees stands for all. Answers with the indices, ascending, and the
    expected worth. Of equal sets the cheapest, then that of the lowest indices. Raises ValueError for what is no
    chance or fee."""
    prices = list(map(float, fees)) if isinstance(fees, Sequence) else [float(fees)] * len(chances)
    if not len(chances) == len(worth) == len(prices):
        raise ValueError("chances, worth and fees are not of one length")
    if not all(0 <= chance <= 1 for chance in chances):
        raise ValueError("a chance is a number from 0 to 1")
    if not all(price >= 0 for price in prices):
        raise ValueError("a fee is 0 or more")
    last = len(chances) - 1
    sets: list[tuple[float, float, int]] = [(0.0, 0.0, 0)]  # spent, expected worth, members as bits, the lowest first
    for i in sorted(range(len(chances)), key=lambda i: (worth[i], -i)):
        gained = [
            (spent + prices[i], chances[i] * worth[i] + (1 - chances[i]) * value, members | 1 << (last - i))
            for spent, value, members in sets
            if spent + prices[i] <= budget + _CENT
        ]
        sets = _undominated(sets, gained)
    _, value, members = sets[-1]
    return tuple(i for i in range(len(chances)) if members >> (last - i) & 1), value


def _undominated(
    without: list[tuple[float, float, int]], gained: list[tuple[float, float, int]]
) -> list[tuple[float, float, int]]:
    """Both lists in one, by price, each set worth more than every cheaper one."""
    kept: list[tuple[float, float, int]] = []
    for one in sorted((*without, *gained), key=lambda s: (s[0], -s[1], -s[2])):
        if not kept or one[1] > kept[-1][1] + _NOTHING:
            kept.append(one)
        elif abs(one[0] - kept[-1][0]) <= _CENT and abs(one[1] - kept[-1][1]) <= _NOTHING and one[2] > kept[-1][2]:
            kept[-1] = one
    return kept

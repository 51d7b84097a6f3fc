"""What a set of applications is worth when programs of one specialty fail together: a file that one refuses is
likelier to be refused by the next. No chance is drawn: how strong it looks to a specialty has a few fixed values.

A place takes two things: an interview, and to be ranked high enough when the list of those interviews reaches the
program. What programs have in common decides the interviews; after each, the place is taken to depend on it alone. So
a list of n interviews ends with a place with chance 1 - (1 - place)^n, and the best place is that of the programs
that invited the applicant and would take them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import NormalDist

NODES = 9  # values of the common factor, each as likely
_NORMAL = NormalDist()


@dataclass(frozen=True)
class Bet:
    """`number` programs of a specialty alike: the chance that each invites the applicant, and what its place is worth
    to them. A list is made of interviews, and not each leads to a place: `place` is the chance that a program takes
    whom it has invited, if their list reaches it. 1 where `chance` is that of the place itself."""

    specialty: str
    number: int
    chance: float
    worth: float
    place: float = 1.0


@dataclass(frozen=True)
class Outlook:
    """The expected worth of the best place, and the chance of no place at all."""

    worth: float
    nothing: float


def outlook(bets: Sequence[Bet], together: float) -> Outlook:
    """By chances that are assumed. `together`, from 0 to below 1, is how much of what decides is common to the
    programs of a specialty; specialties are independent of each other. Raises ValueError for what is no chance."""
    if not 0 <= together < 1:
        raise ValueError("how much is common is a number from 0 to below 1")
    if not all(0 <= b.chance <= 1 and 0 <= b.place <= 1 for b in bets):
        raise ValueError("a chance is a number from 0 to 1")
    levels = sorted({b.worth for b in bets if b.number and b.worth > 0}, reverse=True)
    by_specialty: dict[str, list[Bet]] = {}
    for b in bets:
        by_specialty.setdefault(b.specialty, []).append(b)
    worth, before = 0.0, 1.0
    for level in levels:
        none = math.prod(
            _nothing(tuple(x for x in mine if x.worth >= level), together) for mine in by_specialty.values()
        )
        worth += level * (before - none)
        before = none
    return Outlook(worth, math.prod(_nothing(tuple(mine), together) for mine in by_specialty.values()))


@lru_cache(maxsize=4096)
def _nothing(bets: tuple[Bet, ...], together: float) -> float:
    """The chance that none of a specialty's programs takes the applicant."""
    out = 0.0
    for node in range(NODES):
        out += math.prod((1 - given(b.chance, together)[node] * b.place) ** b.number for b in bets)
    return out / NODES


@lru_cache(maxsize=4096)
def given(chance: float, together: float) -> tuple[float, ...]:
    """A chance at each value of the common factor; on average it is the chance itself."""
    if not together or chance in (0, 1):
        return (chance,) * NODES
    bar = _NORMAL.inv_cdf(chance)
    points = (_NORMAL.inv_cdf((node + 0.5) / NODES) for node in range(NODES))
    found = [_NORMAL.cdf((bar + math.sqrt(together) * z) / math.sqrt(1 - together)) for z in points]
    scale = chance * NODES / sum(found)
    return tuple(min(1.0, p * scale) for p in found)


def turns(
    sent: Sequence[Bet], one: Sequence[Bet], other: Sequence[Bet], together: float, most: float
) -> float | None:
    """By what the chances of `other` would have to be multiplied, at most `most` times or as little as one in `most`,
    for it to be worth as much as `one` on top of what is sent; None where nothing between turns it."""

    def better(times: float) -> bool:
        scaled = [b if b.chance == 1 else replace(b, chance=min(1.0, b.chance * times)) for b in (*sent, *other)]
        mine = {b.specialty for b in other}
        base = [x if x.specialty in mine else y for x, y in zip(scaled, (*sent, *other), strict=True)]
        kept = base[: len(sent)]
        return outlook(base, together).worth > outlook([*kept, *one], together).worth

    low, high = 1 / most, most
    if better(low) == better(high):
        return None
    for _ in range(40):
        middle = math.sqrt(low * high)
        if better(middle) == better(high):
            high = middle
        else:
            low = middle
    return high

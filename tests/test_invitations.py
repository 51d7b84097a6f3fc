"""From applications to interviews, and from interviews to a place: against every outcome of small drawn cases, and
against the rank lists that were published."""

import itertools
import math
import random

import pytest

from matchguide.plan.invitations import at_most, invitations
from matchguide.plan.outlook import NODES, Bet, given, outlook
from support import content

pytestmark = pytest.mark.fast


def drawn(seed: str) -> tuple[list[float], float]:
    r = random.Random(seed)
    return [r.choice([0.0, 0.05, 0.3, round(r.random(), 2), 1.0]) for _ in range(r.randint(0, 6))], r.choice(
        [0, 0.3, 0.8]
    )


@pytest.mark.parametrize("seed", range(60))
def test_the_number_of_interviews_is_that_of_all_outcomes(seed: int) -> None:
    chances, together = drawn(f"interviews {seed}")
    by_hand = [0.0] * (len(chances) + 1)
    for node in range(NODES):
        for invited in itertools.product((True, False), repeat=len(chances)):
            at_node = (given(chance, together)[node] for chance in chances)
            by_hand[sum(invited)] += math.prod(p if yes else 1 - p for p, yes in zip(at_node, invited, strict=True))
    assert invitations(chances, together) == pytest.approx([x / NODES for x in by_hand])


@pytest.mark.parametrize("seed", range(60))
def test_a_place_is_an_interview_and_then_a_program_that_takes_whom_it_saw(seed: int) -> None:
    """A list of n interviews ends without a place where none of the n would take the applicant."""
    chances, together = drawn(f"places {seed}")
    place = random.Random(f"place {seed}").random()
    numbers = invitations(chances, together)
    nothing = outlook([Bet("A", 1, chance, 1.0, place) for chance in chances], together).nothing
    assert nothing == pytest.approx(sum(p * (1 - place) ** n for n, p in enumerate(numbers)))


def test_programs_that_decide_alike_invite_all_or_hardly_anybody() -> None:
    alone, alike = invitations([0.1] * 80, 0.0), invitations([0.1] * 80, 0.3)
    assert sum(n * p for n, p in enumerate(alike)) == pytest.approx(8)
    assert at_most(alike, 0.1) < at_most(alone, 0.1) < 8 < at_most(alone, 0.9) < at_most(alike, 0.9)


def lengths(ranks: dict[str, float]) -> list[float]:
    """The lengths of a group's lists as far as their quarters tell: each quarter spread evenly between its marks, the
    longest up to twice the last one."""
    marks = [1, ranks["q1"], ranks["median"], ranks["q3"], 2 * ranks["q3"]]
    return [a + (b - a) * k / 10 for a, b in itertools.pairwise(marks) for k in range(11)]


def test_the_chance_after_an_interview_goes_with_how_often_people_matched_by_the_length_of_their_list() -> None:
    """Where enough people ranked a specialty first, as many match as did, at a chance within the range we assume."""
    known = content()
    low, _, high = known.goals["interventional-radiology"].programs.place_after_interview.chances
    outcomes = known.seasons[2027].evidence.outcomes
    enough = 100
    seen = 0
    for card in known.cards.values():
        item = f"{outcomes}-{card.short}-ranks"
        if not all(known.evidence.has(f"{item}.{group}.q1") for group in ("matched", "not_matched")):
            continue
        groups = [known.evidence.value(f"{item}.{group}") for group in ("matched", "not_matched")]
        people = sum(g["n"] for g in groups)
        if people < enough:
            continue
        seen += 1

        def matched(place: float, groups: list[dict[str, float]] = groups) -> float:
            taken = [(g["n"], [1 - (1 - place) ** n for n in lengths(g)]) for g in groups]
            return sum(n * sum(each) / len(each) for n, each in taken)

        assert matched(low) <= 1.05 * groups[0]["n"]
        assert matched(high) >= 0.95 * groups[0]["n"]
    assert seen

"""What a set of applications is worth when programs of one specialty fail together."""

import itertools
import math
import random
from statistics import NormalDist

import pytest

from matchguide.plan.outlook import Bet, outlook, turns
from test_portfolio import expected, instances

pytestmark = pytest.mark.fast

ONE_SCORE = next(i for i in instances("portfolio_steps.yml") if i["id"] == "own_7_one_score_decides")


@pytest.mark.parametrize("seed", range(60))
def test_without_anything_in_common_it_is_the_value_of_independent_programs(seed: int) -> None:
    r = random.Random(f"outlook {seed}")
    chances = [round(r.random(), 3) for _ in range(r.randint(1, 7))]
    worth = [float(r.randint(1, 9)) for _ in chances]
    bets = [Bet(r.choice("ABC"), 1, f, t) for f, t in zip(chances, worth, strict=True)]
    found = outlook(bets, 0.0)
    assert found.worth == pytest.approx(expected(chances, worth, tuple(range(len(chances)))))
    assert found.nothing == pytest.approx(math.prod(1 - f for f in chances))


def pair(together: float) -> tuple[int, int]:
    """The best two of the instance in which one score decides."""
    chances, worth = ONE_SCORE["f_same_marginals"], ONE_SCORE["t"]
    every = itertools.combinations(range(3), 2)
    return max(every, key=lambda two: outlook([Bet("A", 1, chances[i], worth[i]) for i in two], together).worth)


def test_where_programs_fail_together_the_best_list_reaches_up_and_down() -> None:
    assert [i + 1 for i in pair(0.0)] == ONE_SCORE["optimal_independent_1based"]
    assert [i + 1 for i in pair(0.98)] == ONE_SCORE["optimal_1based"]


def test_failing_together_makes_no_place_likelier_and_leaves_each_chance() -> None:
    many = [Bet("A", 40, 0.02, 1.0)]
    assert outlook(many, 0.3).nothing > outlook(many, 0.0).nothing
    assert outlook([Bet("A", 1, 0.02, 1.0)], 0.3).nothing == pytest.approx(0.98)
    apart = [Bet("A", 20, 0.02, 1.0), Bet("B", 20, 0.02, 1.0)]
    assert outlook(apart, 0.3).nothing < outlook(many, 0.3).nothing


@pytest.mark.parametrize(("number", "chance", "together"), [(10, 0.05, 0.3), (60, 0.015, 0.3), (30, 0.04, 0.15)])
def test_fixed_values_come_close_to_what_drawing_gives(number: int, chance: float, together: float) -> None:
    """Drawn with a seed here, and only here: how strong a file is, then every program."""
    r, normal = random.Random(7), NormalDist()
    bar = normal.inv_cdf(chance)
    draws, none = 20_000, 0
    for _ in range(draws):
        z = r.gauss(0, 1)
        given = normal.cdf((bar + math.sqrt(together) * z) / math.sqrt(1 - together))
        none += r.random() < (1 - given) ** number
    assert outlook([Bet("A", number, chance, 1.0)], together).nothing == pytest.approx(none / draws, abs=0.03)


def test_what_turns_the_answer_is_found_or_nothing_is_said() -> None:
    one, other = [Bet("A", 10, 0.02, 3.0)], [Bet("B", 10, 0.02, 2.0)]
    times = turns([], one, other, 0.3, 5.0)
    assert times is not None
    scaled = [Bet("B", 10, 0.02 * times, 2.0)]
    assert outlook(scaled, 0.3).worth == pytest.approx(outlook(one, 0.3).worth, rel=1e-6)
    assert turns([], one, [Bet("B", 1, 0.0001, 1.0)], 0.3, 5.0) is None


@pytest.mark.parametrize(("bets", "together"), [([Bet("A", 1, 1.5, 1.0)], 0.3), ([Bet("A", 1, 0.5, 1.0)], 1.0)])
def test_what_is_no_chance_is_refused(bets: list[Bet], together: float) -> None:
    with pytest.raises(ValueError, match="number from 0"):
        outlook(bets, together)

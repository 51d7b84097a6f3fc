"""The best set for a sum where fees rise: the worked instances, and every set of small drawn cases."""

import itertools
import random

import pytest

from matchguide.plan import fee_steps
from matchguide.plan.fee_steps import best_with_steps
from matchguide.plan.fees import Prices
from test_portfolio import expected, instances

pytestmark = pytest.mark.fast

STEPS = {i["id"]: i for i in instances("portfolio_steps.yml") if "steps" in i}
ERAS = Prices(30, 11, 30)


def prices_of(one: dict[str, object]) -> Prices:
    steps = one["steps"]
    assert isinstance(steps, dict)
    return Prices(steps["after"], steps["first"], steps["then"])


@pytest.mark.parametrize("id", [id for id, one in STEPS.items() if "f" in one])
def test_worked_instances(id: str) -> None:
    one = STEPS[id]
    found = best_with_steps(one["f"], one["t"], one["specialty"], prices_of(one), one["budget"])
    assert [i + 1 for i in found.indices] == one["optimal_1based"]
    assert found.expected == pytest.approx(one["value"], abs=1e-6)
    assert found.cost == one["cost"]


@pytest.mark.parametrize("id", [id for id, one in STEPS.items() if "groups" in one])
def test_worked_instances_of_many_programs(id: str) -> None:
    one = STEPS[id]
    every = [g for g in one["groups"] for _ in range(g["n"])]
    chances, worth, kinds = [g["f"] for g in every], [g["t"] for g in every], [g["specialty"] for g in every]
    for answer in one["answers"]:
        found = best_with_steps(chances, worth, kinds, prices_of(one), answer["budget"])
        counts = [sum(kinds[i] == g["specialty"] for i in found.indices) for g in one["groups"]]
        assert counts == answer["counts"]
        assert found.cost == answer["cost"]
        assert found.expected == pytest.approx(answer["value"], abs=1e-6)


def test_a_larger_sum_may_leave_out_what_a_smaller_one_bought() -> None:
    one = STEPS["own_3_step_two_specialties_41"]
    small = best_with_steps(one["f"], one["t"], one["specialty"], prices_of(one), 22)
    large = best_with_steps(one["f"], one["t"], one["specialty"], prices_of(one), 41)
    assert (small.indices, large.indices) == ((0, 2), (0, 1))


def drawn(seed: str) -> tuple[list[float], list[float], list[str], Prices, int]:
    r = random.Random(seed)
    n = r.randint(1, 8)
    kinds = [r.choice("ABC"[: r.choice([1, 2, 3])]) for _ in range(n)]
    if r.random() < 0.5:  # in blocks
        worth = [{"A": 20, "B": 10, "C": 5}[k] + r.choice([0, 1, 2]) for k in kinds]
    else:
        worth = [float(r.choice([1, 2, 5, r.randint(1, 30)])) for _ in range(n)]
    chances = [round(r.choice([0.0, 1.0, r.random(), r.random(), r.random()]), 3) for _ in range(n)]
    return (
        chances,
        [float(t) for t in worth],
        kinds,
        Prices(r.choice([1, 2, 3]), 11, 30),
        r.choice([0, 11, 33, 41, 74, 120]),
    )


def every_set(
    chances: list[float], worth: list[float], kinds: list[str], prices: Prices, budget: int, sent: frozenset[int]
) -> float:
    most = 0.0
    others = [i for i in range(len(chances)) if i not in sent]
    for size in range(len(others) + 1):
        for more in itertools.combinations(others, size):
            cost = sum(
                prices.cost(sum(kinds[i] == k for i in more), sum(kinds[i] == k for i in sent)) for k in set(kinds)
            )
            if cost <= budget:
                most = max(most, expected(chances, worth, (*sorted(sent), *more)))
    return most


@pytest.mark.parametrize("seed", range(500))
def test_no_set_of_a_small_case_is_better(seed: int) -> None:
    chances, worth, kinds, prices, budget = drawn(f"steps {seed}")
    found = best_with_steps(chances, worth, kinds, prices, budget)
    assert found.expected == pytest.approx(expected(chances, worth, found.indices), abs=1e-9)
    assert found.cost <= budget
    assert found.expected == pytest.approx(every_set(chances, worth, kinds, prices, budget, frozenset()), abs=1e-6)
    assert found.at_most == found.expected


@pytest.mark.parametrize("seed", range(150))
def test_what_is_sent_already_stays_and_counts_for_the_steps(seed: int) -> None:
    chances, worth, kinds, prices, budget = drawn(f"sent {seed}")
    sent = frozenset(i for i in range(len(chances)) if i % 3 == 0)
    found = best_with_steps(chances, worth, kinds, prices, budget, sent)
    assert sent <= set(found.indices)
    assert found.expected == pytest.approx(every_set(chances, worth, kinds, prices, budget, sent), abs=1e-6)


@pytest.mark.parametrize("seed", range(150))
def test_where_it_is_not_exact_the_answer_lies_below_its_bound(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chances, worth, kinds, prices, budget = drawn(f"search {seed}")
    monkeypatch.setattr(fee_steps, "_MOST_STATES", 0)
    monkeypatch.setattr(fee_steps, "_blocks", lambda ones: [])
    found = best_with_steps(chances, worth, kinds, prices, budget)
    best = every_set(chances, worth, kinds, prices, budget, frozenset())
    assert found.expected - 1e-9 <= best <= found.at_most + 1e-9
    assert found.expected == pytest.approx(expected(chances, worth, found.indices), abs=1e-9)
    assert found.expected >= 0.85 * best


def test_two_hundred_programs_in_five_specialties() -> None:
    """In blocks the answer is exact; mixed it is within a thousandth of what no set can pass."""
    r = random.Random("two hundred")
    kinds = [k for k in "ABCDE" for _ in range(40)]
    chances = [r.choice([0.01, 0.02, 0.05]) for _ in kinds]
    blocks = [100.0 - 20 * "ABCDE".index(k) + r.choice([0, 1, 2]) for k in kinds]
    found = best_with_steps(chances, blocks, kinds, ERAS, 4000)
    assert found.at_most == found.expected
    assert found.cost <= 4000
    mixed = [float(r.randint(1, 100)) for _ in kinds]
    found = best_with_steps(chances, mixed, kinds, ERAS, 1500)
    assert found.cost <= 1500
    assert found.at_most - found.expected <= 0.001 * found.expected

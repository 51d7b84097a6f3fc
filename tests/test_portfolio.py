"""The best set of programs for a sum of money: the published examples, and every set of small drawn cases."""

import itertools
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from matchguide.plan.portfolio import best

pytestmark = pytest.mark.fast

VECTORS = Path(__file__).parent / "vectors"


def instances(file: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((VECTORS / file).read_text(encoding="utf-8"))["instances"]
    return found


PUBLISHED = {i["id"]: i for i in instances("portfolio_published.yml")}


def expected(chances: list[float], worth: list[float], members: tuple[int, ...]) -> float:
    value = 0.0
    for i in sorted(members, key=lambda i: worth[i]):
        value = chances[i] * worth[i] + (1 - chances[i]) * value
    return value


@pytest.mark.parametrize("id", [id for id, i in PUBLISHED.items() if "optimal_1based" in i])
def test_published_examples(id: str) -> None:
    one = PUBLISHED[id]
    fees = one.get("g", 1)
    budget = one.get("budget", one.get("h"))
    indices, value = best(one["f"], one["t"], fees, budget)
    assert [i + 1 for i in indices] == one["optimal_1based"]
    if "value" in one:
        assert value == pytest.approx(one["value"], abs=1e-6)


@pytest.mark.parametrize("id", [id for id, i in PUBLISHED.items() if "value_by_h" in i])
def test_published_examples_of_equal_fees(id: str) -> None:
    one = PUBLISHED[id]
    for number, value in enumerate(one["value_by_h"], 1):
        indices, found = best(one["f"], one["t"], 1, number)
        assert found == pytest.approx(value, abs=1e-6)
        assert {i + 1 for i in indices} == set(one["order_1based"][:number])


@pytest.mark.parametrize("seed", range(500))
def test_no_set_of_a_small_case_is_better(seed: int) -> None:
    r = random.Random(f"portfolio {seed}")
    n = r.randint(1, 8)
    chances = [round(r.choice([0.0, 1.0, r.random(), r.random(), r.random()]), 3) for _ in range(n)]
    worth = [float(r.choice([0, 1, 2, 5, r.randint(0, 100)])) for _ in range(n)]
    fees = [float(r.choice([11, 11, 30, r.randint(0, 40)])) for _ in range(n)]
    budget = r.choice([0, 11, 22, 41, 60, 200])
    indices, value = best(chances, worth, fees, budget)
    assert list(indices) == sorted(set(indices))
    assert sum(fees[i] for i in indices) <= budget
    assert value == pytest.approx(expected(chances, worth, indices), abs=1e-9)
    every = (
        (expected(chances, worth, members), -sum(fees[i] for i in members))
        for size in range(n + 1)
        for members in itertools.combinations(range(n), size)
        if sum(fees[i] for i in members) <= budget
    )
    assert value == pytest.approx(max(value for value, _ in every), abs=1e-6)


def test_of_equal_sets_the_cheapest_then_the_first() -> None:
    assert best([0.5, 0.5], [10, 10], [30, 11], 30) == ((1,), 5.0)
    assert best([0.5, 0.5, 0.5], [10, 10, 10], 11, 22)[0] == (0, 1)
    assert best([1.0, 0.5], [10, 10], 11, 22)[0] == (0,), "a second one adds nothing"


def test_nothing_to_choose_from_and_no_money() -> None:
    assert best([], [], 11, 100) == ((), 0.0)
    assert best([0.5], [10], 11, 10) == ((), 0.0)
    assert best([0.5], [10], [11], -1) == ((), 0.0)


@pytest.mark.parametrize(
    ("chances", "worth", "fees"), [([1.2], [1], 1), ([0.5], [1, 2], 1), ([0.5], [1], [-1]), ([0.5], [1], [1, 1])]
)
def test_what_is_no_chance_or_fee_is_refused(chances: list[float], worth: list[float], fees: Any) -> None:
    with pytest.raises(ValueError, match=r"chance|length|fee"):
        best(chances, worth, fees, 100)

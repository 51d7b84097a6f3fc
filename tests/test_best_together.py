"""The best set where programs of one specialty fail together: every value of the common factors, every outcome and
every set of small drawn cases; and that large ones end soon, with what no set can pass."""

import itertools
import math
import random
from dataclasses import replace
from statistics import NormalDist

import pytest

from matchguide.plan import best_together as module
from matchguide.plan.best_together import best_together
from matchguide.plan.fee_steps import best_with_steps
from matchguide.plan.fees import Prices
from matchguide.plan.outlook import NODES, Bet, outlook

pytestmark = pytest.mark.fast

ERAS = Prices(30, 11, 30)
NORMAL = NormalDist()


def at_each_value(chance: float, together: float) -> list[float]:
    """The chance where the file looks weak, middling, strong: by the normal distribution, and on average itself."""
    if not together or chance in (0, 1):
        return [chance] * NODES
    values = [NORMAL.inv_cdf((k + 0.5) / NODES) for k in range(NODES)]
    raw = [NORMAL.cdf((NORMAL.inv_cdf(chance) + math.sqrt(together) * z) / math.sqrt(1 - together)) for z in values]
    return [min(1.0, p * chance / (sum(raw) / NODES)) for p in raw]


def worth_by_outcomes(bets: list[Bet], together: float) -> float:
    """The expected worth of the best place, with nothing clever: each value of each factor, each set of programs that
    would take the applicant: those that invite, and of these the ones that would rank them high enough."""
    names = sorted({b.specialty for b in bets})
    chances = [at_each_value(b.chance, together) for b in bets]
    total = 0.0
    for nodes in itertools.product(range(NODES), repeat=len(names)):
        given = [of_one[nodes[names.index(b.specialty)]] * b.place for b, of_one in zip(bets, chances, strict=True)]
        for takes in itertools.product((True, False), repeat=len(bets)):
            p = math.prod(g if yes else 1 - g for g, yes in zip(given, takes, strict=True))
            total += p * max((b.worth for b, yes in zip(bets, takes, strict=True) if yes), default=0.0)
    return total / NODES ** len(names)


def drawn(seed: str, most: int, specialties: str = "AB") -> tuple[list[Bet], Prices, int, float, frozenset[int]]:
    r = random.Random(seed)
    bets = [
        Bet(
            r.choice(specialties),
            1,
            r.choice([0.0, 0.05, 0.3, round(r.random(), 2), 1.0]),
            float(r.choice([0, 1, 3, 5])) + r.choice([0, 0.25]),
            r.choice([1.0, 1.0, 0.2, round(r.random(), 2)]),
        )
        for _ in range(r.randint(1, most))
    ]
    sent = frozenset(i for i in range(len(bets)) if r.random() < 0.25)
    return (
        bets,
        Prices(r.choice([1, 2, 3]), 11, 30),
        r.choice([0, 11, 22, 41, 74, 120]),
        r.choice([0, 0.3, 0.8]),
        sent,
    )


@pytest.mark.parametrize("seed", range(60))
def test_the_worth_of_a_set_is_that_of_all_its_outcomes(seed: int) -> None:
    bets, _, _, together, _ = drawn(f"outcomes {seed}", 4)
    assert outlook(bets, together).worth == pytest.approx(worth_by_outcomes(bets, together), abs=1e-9)


def every_set(
    bets: list[Bet], prices: Prices, budget: int, together: float, sent: frozenset[int]
) -> list[tuple[float, frozenset[int]]]:
    out = []
    others = [i for i in range(len(bets)) if i not in sent]
    for size in range(len(others) + 1):
        for more in itertools.combinations(others, size):
            names = {b.specialty for b in bets}
            counts = {x: [sum(bets[i].specialty == x for i in of) for of in (more, sent)] for x in names}
            if sum(prices.cost(n, before) for n, before in counts.values()) <= budget:
                members = sent | set(more)
                out.append((outlook([bets[i] for i in sorted(members)], together).worth, members))
    return out


@pytest.mark.parametrize("seed", range(120))
def test_no_set_of_a_small_case_is_better(seed: int) -> None:
    bets, prices, budget, together, sent = drawn(f"sets {seed}", 8, "ABC")
    found = best_together(bets, prices, budget, together, sent)
    assert sent <= set(found.indices)
    assert found.cost <= budget
    assert found.expected == pytest.approx(max(every_set(bets, prices, budget, together, sent))[0], abs=1e-9)
    assert found.expected == pytest.approx(outlook([bets[i] for i in found.indices], together).worth, abs=1e-9)
    assert found.at_most == found.expected


@pytest.mark.parametrize("seed", range(80))
def test_where_no_specialty_reaches_into_another_no_set_is_better_whatever_the_sum(seed: int) -> None:
    bets, prices, budget, together, sent = drawn(f"blocks {seed}", 9, "ABC")
    base = {"A": 5.0, "B": 3.0, "C": 1.5}
    bets = [replace(b, worth=base[b.specialty] + (b.worth % 1) * 2) for b in bets]
    choice = module._Choice(bets, prices, budget, together, sent)
    found = choice.in_blocks()
    assert found
    best = max(every_set(bets, prices, budget, together, sent))[0]
    assert choice.value(found[0]) == pytest.approx(best, abs=1e-9)
    assert choice.cost(found[0]) <= budget
    assert sent <= found[0]


@pytest.mark.parametrize("seed", range(150))
def test_what_is_found_step_by_step_lies_close_below_the_best_and_the_best_below_the_bound(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_LOOKED_AT", 0)
    bets, prices, budget, together, sent = drawn(f"steps {seed}", 8, "ABC")
    found = best_together(bets, prices, budget, together, sent)
    best = max(every_set(bets, prices, budget, together, sent))[0]
    assert found.expected - 1e-9 <= best <= found.at_most + 1e-9
    assert found.cost <= budget
    assert found.expected >= 0.95 * best


@pytest.mark.parametrize("seed", range(40))
def test_with_nothing_in_common_it_is_the_answer_for_independent_chances(seed: int) -> None:
    bets, prices, budget, _, sent = drawn(f"independent {seed}", 8)
    alone = best_with_steps(
        [b.chance * b.place for b in bets], [b.worth for b in bets], [b.specialty for b in bets], prices, budget, sent
    )
    assert best_together(bets, prices, budget, 0.0, sent).expected == pytest.approx(alone.expected, abs=1e-9)


def test_where_programs_of_one_specialty_fail_together_the_money_is_spread() -> None:
    """Six places, alike in worth: A's programs take the applicant a little more often. Alone all six go to A."""
    bets = [Bet("A", 1, 0.31, 1.0)] * 6 + [Bet("B", 1, 0.30, 1.0)] * 6
    alone = best_together(bets, Prices(6, 10, 10), 60, 0.0)
    assert alone.indices == (0, 1, 2, 3, 4, 5)
    apart = best_together(bets, Prices(6, 10, 10), 60, 0.5)
    assert apart.indices == (0, 1, 2, 6, 7, 8)


@pytest.mark.parametrize("worths", ["in blocks", "mixed"])
@pytest.mark.parametrize("budget", [1500, 2500])
def test_two_hundred_programs_in_five_specialties_end_near_their_bound(worths: str, budget: int) -> None:
    r = random.Random("two hundred")
    kinds = [k for k in "ABCDE" for _ in range(40)]
    worth = [100.0 - 20 * "ABCDE".index(k) if worths == "in blocks" else float(r.randint(1, 100)) for k in kinds]
    bets = [Bet(k, 1, r.choice([0.01, 0.02, 0.05]), t) for k, t in zip(kinds, worth, strict=True)]
    found = best_together(bets, ERAS, budget, 0.3)
    assert found.cost <= budget
    assert found.expected <= found.at_most <= 1.03 * found.expected
    assert worths == "mixed" or found.at_most == found.expected


@pytest.mark.parametrize("together", [0.0, 0.3])
@pytest.mark.parametrize("seed", range(6))
def test_a_small_sum_on_top_of_a_long_list_is_spent_in_the_best_way_there_is(seed: int, together: float) -> None:
    """Hundreds of programs and three words of chance, and ten applications: exact, and no other set of ten is better
    by one exchange."""
    r = random.Random(f"a small sum {seed}")
    kinds = [k for k in "ABC" for _ in range(100)]
    bets = [Bet(k, 1, r.choice([0.04, 0.075, 0.2]), {"A": 5.0, "B": 3.5, "C": 3.0}[k], 0.2) for k in kinds]
    sent = frozenset(i for i in range(len(bets)) if i % 100 < 70)
    found = best_together(bets, ERAS, 300, together, sent)
    assert found.at_most == found.expected
    members = set(found.indices)
    for out in members - sent:
        for into in {bets[i]: i for i in range(len(bets)) if i not in members}.values():
            other = outlook([bets[i] for i in members - {out} | {into}], together).worth
            assert other <= found.expected + 1e-12


def test_what_is_no_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        best_together([Bet("A", 1, 1.5, 1.0)], ERAS, 100, 0.3)
    with pytest.raises(ValueError, match="one program"):
        best_together([Bet("A", 2, 0.5, 1.0)], ERAS, 100, 0.3)

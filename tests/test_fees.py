"""ERAS fees: the publisher's own worked examples, the article's arithmetic, and the two bounds."""

import datetime as dt
import re
from collections.abc import Mapping

import pytest

from matchguide.plan.fees import Prices, lower, prices, tracks
from matchguide.plan.fees import upper as upper_of
from people import guide_of
from support import content, merged, plan_of, profile_file

pytestmark = pytest.mark.fast

# AAMC, "Fees for the 2026 ERAS Season": the page's own examples.
AAMC = [
    ({"emergency-medicine": 30}, 330),
    ({"internal-medicine": 43, "diagnostic-radiology": 7}, 797),
    ({"internal-medicine": 32, "emergency-medicine": 32}, 780),
]


def price() -> Prices:
    return prices(content().evidence, content().seasons[2027].evidence.fees)


def upper(price: Prices, counts: Mapping[str, int]) -> dict[str, int]:
    return upper_of(price, counts, tracks(content().cards))


def total(counts: Mapping[str, int]) -> int:
    return sum(upper(price(), counts).values())


@pytest.mark.parametrize(("counts", "dollars"), AAMC)
def test_the_publishers_worked_examples(counts: Mapping[str, int], dollars: int) -> None:
    assert total(counts) == dollars
    assert sum(lower(price(), counts).values()) == dollars


def test_the_prices_are_the_seasons() -> None:
    assert (price().until, price().first, price().later) == (30, 11, 30)


@pytest.mark.parametrize(
    ("count", "dollars"), [(0, 0), (1, 11), (29, 319), (30, 330), (31, 360), (60, 1230), (80, 1830), (100, 2430)]
)
def test_one_specialty(count: int, dollars: int) -> None:
    assert price().cost(count) == dollars


def test_the_price_of_more_where_some_are_applied_to_already() -> None:
    assert price().cost(10, before=80) == 300
    assert price().cost(10, before=25) == 5 * 11 + 5 * 30
    assert price().cost(10, before=0) == 110


def test_the_smallest_numbers_of_the_article_just_fit_four_thousand_dollars() -> None:
    counts = {
        "interventional-radiology": 28,
        "diagnostic-radiology": 60,
        "internal-medicine": 80,
        "preliminary-surgery": 30,
        "preliminary-medicine": 10,
    }
    assert upper(price(), counts) == {
        "interventional-radiology": 308,
        "diagnostic-radiology": 1230,
        "internal-medicine": 1830,
        "preliminary-surgery": 330,
        "preliminary-medicine": 300,
    }
    assert total(counts) == 3998


def test_the_larger_numbers_are_far_over_and_both_bounds_are_known() -> None:
    counts = {
        "interventional-radiology": 40,
        "diagnostic-radiology": 75,
        "internal-medicine": 100,
        "preliminary-surgery": 25,
        "preliminary-medicine": 15,
    }
    assert total(counts) == 5465
    assert sum(lower(price(), counts).values()) == 5180


def test_preliminary_surgery_is_priced_on_top_of_surgery() -> None:
    assert total({"general-surgery": 35, "preliminary-surgery": 30}) == 480 + 900
    assert sum(lower(price(), {"general-surgery": 35, "preliminary-surgery": 30}).values()) == 480 + 330


def test_a_preliminary_track_alone_starts_from_its_own_first_step() -> None:
    assert total({"preliminary-medicine": 15, "preliminary-surgery": 30}) == 165 + 330


def test_the_plan_adds_up_and_prices_the_next_ten() -> None:
    plan = plan_of(profile_file("amara.yml"))
    assert plan.fees_usd == sum(a.fee_usd for a in plan.applications) == 3998
    assert plan.fees_low_usd == sum(a.fee_low_usd for a in plan.applications) == 3808
    next_ten = {a.specialty: a.next_ten_usd for a in plan.applications}
    assert next_ten["interventional-radiology"] == 2 * 11 + 8 * 30
    assert next_ten["internal-medicine"] == 300
    assert next_ten["preliminary-medicine"] == 300


@pytest.mark.parametrize("budget", [1500, 2500, 3000, 4000, 5000])
def test_as_many_programs_fewer_as_pay_for_the_rest_of_the_season_and_not_one_more(budget: int) -> None:
    """Counted by the steps of the price: the last programs of a specialty cost more than the first."""
    data = merged(profile_file("amara.yml"), {"limits": {"budget_usd": budget}})
    _, plan, guide = guide_of(data, dt.date(2026, 6, 15))
    home = "\n".join(b.template for b in guide.page("index").blocks)
    least = re.search(r"the season costs \$([\d,]+) at least", home)
    assert least, "Amara's season costs more than these budgets"
    over = int(least[1].replace(",", "")) - budget
    most = max(a.planned for a in plan.applications)
    pays = [n for n in range(1, most) if price().cost(n, most - n) >= over]
    said = re.search(r"(\d+) [\w ]+ programs? fewer would pay for the least of it", home)
    assert (int(said[1]) if said else None) == (pays[0] if pays else None)

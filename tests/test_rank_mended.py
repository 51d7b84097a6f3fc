"""The mended rank list: it never brings less than the list as it stood, whoever wants the reader."""

import datetime as dt
from itertools import chain, combinations
from typing import Any

import pytest

from matchguide.plan.algorithm import match
from matchguide.plan.types import Plan
from support import plan_of

pytestmark = pytest.mark.fast

FEBRUARY = dt.date(2027, 2, 20)
MET = {
    "Lakeside": "diagnostic-radiology",
    "Hilltop": "internal-medicine",
    "Harbor": "preliminary-medicine",
    "Bay": "preliminary-surgery",
}


def plan_for(*lines: str, liked: dict[str, int] | None = None) -> Plan:
    """A plan with a rank list; `Lakeside+Harbor` is Lakeside with Harbor linked to it."""
    interviews: list[dict[str, Any]] = [
        {"program": p, "specialty": x, "date": "2026-12-01", "liked": (liked or {}).get(p, 3)} for p, x in MET.items()
    ]
    ranked = [{"program": x.split("+")[0], "first_years": x.split("+")[1:]} for x in lines]
    sent = {"diagnostic-radiology": 40, "internal-medicine": 40}
    base = {
        "version": 1,
        "applicant": {"status": "non-us-img", "graduated": 2023},
        "goal": {"specialty": "interventional-radiology", "season": 2027},
        "season_so_far": {"applied": sent},
        "interviews": interviews,
        "rank_list": ranked,
    }
    return plan_of(base, FEBRUARY)


def read(plan: Plan) -> list[str]:
    return ["+".join((x.program, *x.first_years)) for x in plan.rank.mended]


def brings(lines: list[tuple[str, tuple[str, ...]]], willing: tuple[str, ...]) -> tuple[str, str | None] | None:
    return match({"me": lines}, {p: (1, ["me"]) for p in willing})["me"]


def test_years_are_linked_and_stand_below_everything() -> None:
    plan = plan_for("Harbor", "Bay", "Lakeside", "Hilltop", liked={"Bay": 5, "Harbor": 4})
    assert read(plan) == ["Lakeside+Bay+Harbor", "Hilltop", "Harbor", "Bay"]


def test_a_list_without_a_fault_is_left_alone() -> None:
    assert read(plan_for("Lakeside+Harbor+Bay", "Hilltop")) == []


def test_a_year_that_met_the_reader_is_linked_though_they_did_not_rank_it() -> None:
    assert read(plan_for("Lakeside", "Hilltop")) == ["Lakeside+Harbor+Bay", "Hilltop"]


def test_a_year_marked_lowest_is_not_linked() -> None:
    assert read(plan_for("Lakeside", liked={"Bay": 1})) == ["Lakeside+Harbor"]


def test_a_program_that_we_do_not_know_is_for_the_reader_to_mend() -> None:
    assert read(plan_for("Lakeside", "Nowhere")) == []


def test_mended_it_brings_a_whole_training_whenever_the_old_list_did() -> None:
    plan = plan_for("Harbor", "Lakeside", "Bay", "Hilltop")
    old = [(x.program, x.first_years) for x in plan.rank.lines]
    new = [(x.program, x.first_years) for x in plan.rank.mended]
    better = 0
    for willing in chain.from_iterable(combinations(MET, n) for n in range(len(MET) + 1)):
        before, after = brings(old, willing), brings(new, willing)
        assert bool(after) >= bool(before), willing
        whole = ("Lakeside", "Hilltop")
        if before and before[0] in whole:
            assert after is not None, willing
            assert after[0] in whole, willing
            assert not before[1] or after[1], willing
        better += bool(after and after[0] in whole and not (before and before[0] in whole))
    assert better > 0

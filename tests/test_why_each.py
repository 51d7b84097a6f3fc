"""The table of Why and Home's cards say of each specialty what this reader has for it."""

import datetime as dt
import re
from typing import Any

import pytest

from people import guide_of
from support import content

pytestmark = pytest.mark.fast

JUNE = dt.date(2026, 6, 15)


def reader(ck: Any, marks: dict[str, int], **more: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "applicant": {"status": "non-us-img", "school_country": "Egypt", "graduated": 2022},
        "visa": {"needs": "j1", "citizenships": ["Egypt"], "birth_country": "Egypt", "residence_country": "Egypt"},
        "exams": {
            "step1": {"result": "pass", "attempts": 1},
            "step2_ck": {"score": ck, "attempts": 1} if ck else {"result": "not taken"},
        },
        "goal": {"specialty": "interventional-radiology", "season": 2027, "if_unmatched": "can_wait"},
        "backups": {"enjoyment": marks},
        **more,
    }


def row(data: dict[str, Any], label: str) -> list[str]:
    _, _, made = guide_of(data, JUNE)
    page = next(p for p in made.pages if p.id == "why-a-backup")
    text = "\n".join(block.template for block in page.blocks)
    line = next(x for x in text.splitlines() if x.startswith("| ") and re.match(rf"\| *{label}", x))
    return [cell.strip() for cell in line.strip("| ").split("|")][1:]


def test_marks_are_the_readers_and_none_is_invented() -> None:
    letters = [
        {"from": "Dr. Ada", "specialty": "diagnostic-radiology", "us": True, "status": "received"},
        {"from": "Dr. Bo", "specialty": "interventional-radiology", "us": True, "status": "received"},
    ]
    goal = {"specialty": "interventional-radiology", "season": 2027, "if_unmatched": "must_start"}
    data = reader(255, {"diagnostic-radiology": 4}, letters=letters, goal=goal)
    assert row(data, "Your mark") == ["your goal", "4 of 5", "none yet"]
    assert row(data, "Letters from its field")[:2] == ["1", "2"], "a letter of IR counts in radiology too"


@pytest.mark.parametrize("ck", range(200, 290, 3))
def test_a_score_is_told_where_it_lies(ck: int) -> None:
    matched = content().evidence.value("charting-2026-im-ck.matched")
    others = content().evidence.value("charting-2026-im-ck.not_matched")
    if ck > matched["q3"]:
        wanted = "highest quarter"
    elif ck == matched["median"]:
        wanted = "middle half, at its center"
    elif ck > matched["median"]:
        wanted = "middle half, upper part"
    elif ck >= matched["q1"]:
        wanted = "middle half, lower part"
    else:
        wanted = "lowest quarter" if ck >= others["q1"] else "lowest quarter, and of the others"
    assert row(reader(ck, {"internal-medicine": 4}), f"Your {ck}")[-1] == wanted


def test_letters_and_weeks_are_those_of_the_profile() -> None:
    data = reader(
        250,
        {"internal-medicine": 4},
        letters=[
            {"from": "Dr. Ada", "specialty": "internal-medicine", "us": True, "status": "received"},
            {"from": "Dr. Bo", "specialty": "internal-medicine", "us": True, "status": "to ask"},
        ],
        experience={
            "us_clinical": [{"specialty": "internal-medicine", "kind": "observership", "weeks": 8, "year": 2026}]
        },
    )
    assert row(data, "Letters from its field")[-1] == "1"
    assert row(data, "Your weeks in it in the US")[-1] == "8"


@pytest.mark.parametrize("sent", ["preliminary-surgery", "preliminary-medicine", "transitional-year"])
@pytest.mark.parametrize("day", ["2026-10-20", "2026-12-10", "2027-02-20"])
def test_who_looks_only_for_a_first_year_has_a_home(sent: str, day: str) -> None:
    """Nothing is published of who matched to a first year: nothing is compared, and the guide is there."""
    met = [{"program": "Hill Valley Hospital", "specialty": sent}]
    data = reader(230, {"general-surgery": 2}, season_so_far={"applied": {sent: 30}}, interviews=met)
    _, plan, made = guide_of(data, dt.date.fromisoformat(day))
    home = next(p for p in made.pages if p.id == "index")
    assert sent in plan.combination.specialties
    assert "Why this" in "\n".join(b.template for b in home.blocks)


def asks_family_medicine(ck: int, marks: dict[str, int]) -> bool:
    return "family-medicine" in guide_of(reader(ck, marks), JUNE)[1].combination.specialties


def test_a_guessed_broad_backup_gives_way_to_one_that_is_marked_and_fits_the_score() -> None:
    assert asks_family_medicine(228, {"family-medicine": 3})
    assert not asks_family_medicine(228, {"family-medicine": 3, "internal-medicine": 3})
    assert not asks_family_medicine(262, {"family-medicine": 3})
    assert not asks_family_medicine(228, {"family-medicine": 2})

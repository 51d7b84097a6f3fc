"""Whom the reader names for a letter and has not asked, and who saw them where they say they were: asked first, and
the same on every page."""

import datetime as dt
import html
import re
from typing import Any

import pytest

from matchguide.render.markdown import page_html
from people import draw, guide_of
from support import merged, profile_file

pytestmark = pytest.mark.fast

JUNE, OCTOBER, NOVEMBER = dt.date(2026, 6, 28), dt.date(2026, 10, 28), dt.date(2026, 11, 12)
NOBODY_IN_RADIOLOGY: dict[str, Any] = {
    "applicant": {"status": "non-us-img", "school_country": "Nepal", "graduated": 2021},
    "visa": {"needs": "j1", "citizenships": ["Nepal"]},
    "exams": {"step1": {"result": "pass"}, "step2_ck": {"result": "pass", "score": 236}, "ecfmg_certified": True},
    "goal": {"specialty": "interventional-radiology", "season": 2027, "if_unmatched": "must_start"},
    "backups": {"enjoyment": {"diagnostic-radiology": 3, "internal-medicine": 3}},
    "experience": {"us_clinical": []},
    "letters": [
        {"from": "Dr. Okafor", "specialty": "diagnostic-radiology", "us": True, "status": "to ask"},
        {"from": "Dr. Nguyen", "specialty": "internal-medicine", "us": True, "status": "received"},
        {"from": "Dr. Zhou", "specialty": "internal-medicine", "us": True, "status": "received"},
    ],
}


def page(data: dict[str, Any], on: dt.date, id: str) -> str:
    return html.unescape(page_html(guide_of(data, on)[2].page(id)))


def test_a_radiologist_who_can_bring_radiology_in_is_asked_now_on_every_page() -> None:
    letters = page(NOBODY_IN_RADIOLOGY, JUNE, "letters")
    assert "one promise can bring in diagnostic radiology" in letters
    assert "Ask if another one does not come" not in letters
    assert "No specialty of this plan needs it" not in letters
    assert "Ask the radiologist whom you named for a letter" in page(NOBODY_IN_RADIOLOGY, JUNE, "checklists")
    for id in ("index", "why-a-backup"):
        assert "nobody in US radiology who has seen your work" not in page(NOBODY_IN_RADIOLOGY, JUNE, id)


def test_while_programs_read_whom_they_have_not_asked_is_a_task() -> None:
    assert "Ask the one writer in your profile" in page(NOBODY_IN_RADIOLOGY, OCTOBER, "checklists")
    asked = merged(NOBODY_IN_RADIOLOGY, {})
    asked["letters"] = [x | {"status": "received"} for x in asked["letters"]]
    assert "Ask the one writer in your profile" not in page(asked, OCTOBER, "checklists")


def test_any_clinician_is_looked_for_where_nobody_writes_from_yet() -> None:
    data = merged(profile_file("amara.yml"), {"backups": {"enjoyment": {"family-medicine": 5}}})
    data["backups"] = {"enjoyment": {"family-medicine": 5, "diagnostic-radiology": 2}}
    data["letters"] = [{"from": "Dr. Santos", "specialty": "family-medicine", "us": True, "status": "received"}]
    stay = {
        "specialty": "internal-medicine",
        "kind": "observership",
        "weeks": 8,
        "where": "Hill Valley",
        "year": 2026,
    }
    data["experience"] = {"us_clinical": [stay]}
    letters = page(data, JUNE, "letters")
    assert letters.count("first ask who saw you there") == 1
    assert "Hill Valley" in letters


def test_a_surgeon_is_not_asked_for_a_year_that_was_ruled_out_and_is_for_one_whose_interview_is_ahead() -> None:
    data = profile_file("interviewing.yml")
    assert "general-surgery" in data["backups"]["ruled_out"]
    assert "Preliminary Surgery" not in page(data, dt.date(2026, 12, 8), "letters")
    met = [
        {"program": f"Program {n}", "specialty": x, "date": day}
        for n, (x, day) in enumerate(
            [
                ("diagnostic-radiology", "2026-11-10"),
                ("preliminary-surgery", "2026-12-21"),
                ("preliminary-medicine", "2026-11-11"),
            ]
        )
    ]
    surgeon = {"from": "Dr. Stone", "specialty": "general-surgery", "us": True, "status": "to ask"}
    ahead = merged(NOBODY_IN_RADIOLOGY, {"season_so_far": {"applied": {"diagnostic-radiology": 20}}})
    ahead |= {"interviews": met, "letters": [surgeon]}
    letters = page(ahead, NOVEMBER, "letters")
    late = "\n".join(re.findall(r"<strong>[^<]*</strong> a new letter seldom brings", letters)).lower()
    assert "preliminary medicine" in late
    assert "preliminary surgery" not in late


ONE_TO_ASK_FOR_A_YEAR: dict[str, Any] = {
    "letters": [
        {"from": "Dr. Yilmaz", "specialty": "diagnostic-radiology", "us": False, "status": "promised"},
        {"from": "Dr. Barros", "specialty": "interventional-radiology", "us": False, "status": "to ask"},
        {"from": "Dr. Danso", "specialty": "diagnostic-radiology", "us": True, "status": "received"},
    ],
    "season_so_far": {"applied": {"diagnostic-radiology": 80, "internal-medicine": 110}},
    "interviews": [
        {"program": "Program A", "specialty": "preliminary-medicine", "date": "2026-12-28", "liked": 4},
        {"program": "Program B", "specialty": "preliminary-surgery", "date": "2026-11-23", "liked": 3},
    ],
}


def test_every_writer_listed_has_a_line() -> None:
    """A name with nothing under it tells nobody what to do with the letter (a blind reader's, 923008)."""
    theirs = (merged(NOBODY_IN_RADIOLOGY, ONE_TO_ASK_FOR_A_YEAR), dt.date(2026, 12, 8))
    bare, seen = [], 0
    for data, on in (theirs, *map(draw, range(60))):
        for page in guide_of(data, on)[2].pages:
            if page.id == "letters":
                cards = re.split(r"<h3[^>]*>", page_html(page))[1:]
                seen += len(cards)
                bare += [f"{on}: {x[:80]}" for x in cards if not re.search(r"<(li|p)\b", x.split("<h2")[0])]
    assert not bare, "\n".join(bare)
    assert seen > 100

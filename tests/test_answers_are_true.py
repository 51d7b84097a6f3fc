"""What an interview page lets its reader say aloud is true: no invented place, witness, exam or visa."""

import datetime as dt
import html
import re
from typing import Any

import pytest

from matchguide.content import expressions
from matchguide.plan.facts import Facts
from matchguide.plan.situation import read
from matchguide.render.markdown import page_html
from people import Data, draw, guide_of
from support import JUNE, content, merged, profile_file, profile_of, quick_content

pytestmark = pytest.mark.fast

ON = dt.date(2026, 6, 15)
AMARA = profile_file("amara.yml")


def interviews(data: Data, on: dt.date = ON) -> str:
    """The text of every interview page of a guide."""
    _, _, guide = guide_of(data, on)
    return "\n".join(html.unescape(page_html(p)) for p in guide.pages if p.id.startswith("interviews"))


def yours(text: str) -> str:
    return "\n".join(re.findall(r"<strong>Yours\?</strong> .*", text))


@pytest.mark.parametrize("seed", range(12))
def test_an_answer_names_no_place_and_no_witness_of_its_own(seed: int) -> None:
    data, on = draw(seed)
    said = yours(interviews(data, on))
    country = (data.get("applicant") or {}).get("school_country")
    names = {str(x["from"]) for x in data.get("letters") or () if isinstance(x, dict) and "from" in x}
    assert not [x for x in (country, *names) if x and len(str(x)) > 1 and str(x) in said]


def test_the_school_is_not_where_a_story_was_and_the_writer_has_not_seen_it() -> None:
    told = merged(AMARA, {"applicant": {"school_country": "Peru"}})
    hall = {"from": "Dr. Hall", "specialty": "interventional-radiology", "us": True, "status": "received"}
    told["letters"] = [hall]
    said = yours(interviews(told))
    assert "Peru" not in said
    assert "Dr. Hall" not in said
    assert "The bleeding patient" in said, "what was told does stand in the answers"


def test_stays_of_one_place_are_added_up() -> None:
    at = {"specialty": "interventional-radiology", "kind": "externship", "weeks": 2, "where": "Mercy Clinic"}
    told = merged(AMARA, {"experience": {"us_clinical": [{**at, "year": 2024}, {**at, "year": 2026}]}})
    said = yours(interviews(told))
    assert "4 weeks" in said
    assert "2 weeks" not in said


def test_a_kind_of_stay_in_doubt_is_not_said_aloud_where_two_are_added_up() -> None:
    at = {"specialty": "interventional-radiology", "kind": "elective", "weeks": 2, "where": "Mercy Clinic"}
    after = merged(AMARA, {"experience": {"us_clinical": [{**at, "year": 2024}, {**at, "year": 2026}]}})
    before = merged(after, {"applicant": {"graduated": 2026}})
    assert "4 weeks" in yours(interviews(after))
    assert "elective" not in yours(interviews(after))
    assert "elective" in yours(interviews(before))


def test_who_failed_is_given_no_answer_of_a_first_attempt() -> None:
    failed = merged(AMARA, {"exams": {"step2_ck": {"attempts": 2}}})
    said = interviews(failed)
    assert "I see a failed attempt" in said
    assert "first attempt" not in said
    assert "I see a failed attempt" not in interviews(AMARA)


@pytest.mark.parametrize(("needs", "never"), [("either", "I need a J-1"), ("h1b", "I need a J-1"), ("j1", "an H-1B")])
def test_the_visa_answer_is_the_readers_visa(needs: str, never: str) -> None:
    said = interviews(merged(AMARA, {"visa": {"needs": needs}}))
    answers = "\n".join(re.findall(r"“What is your visa situation\?”.*?</button>", said, re.S))
    assert answers
    assert never not in answers


def test_who_has_no_radiology_on_the_form_is_not_asked_about_it() -> None:
    bare = {**AMARA, "experience": {"us_clinical": [], "research": []}, "letters": []}
    assert "Your file points to radiology" in interviews(AMARA)
    wrote = {"specialty": "diagnostic-radiology", "us": False, "status": "received"}
    two = [{"from": name, **wrote} for name in ("Dr. Ada", "Dr. Bo")]
    assert "Your file points to radiology" not in interviews({**bare, "letters": two[:1]})
    assert "Your file points to radiology" in interviews({**bare, "letters": two}), "letters show it too"
    assert "Your file points to radiology" not in interviews(bare)
    assert "Why this specialty?" in interviews(bare)


@pytest.mark.parametrize(
    ("exams", "known"),
    [
        ({"step1": {"result": "pass", "attempts": 1}, "step2_ck": {"score": 250, "attempts": 1}}, True),
        ({"step1": {"result": "pass", "attempts": 2}, "step2_ck": {"score": 250, "attempts": 1}}, False),
        ({"step1": {"result": "pass"}, "step2_ck": {"score": 250}}, None),
        ({}, None),
    ],
)
def test_a_first_attempt_is_ticked_only_where_it_was_said(exams: dict[str, Any], known: bool | None) -> None:
    profile = profile_of({**AMARA, "exams": exams})
    facts = Facts(read(profile, quick_content(), content().seasons[2027], JUNE))
    assert expressions.evaluate("first_attempts", facts).value is known


def test_a_start_that_was_only_assumed_is_a_question_on_the_card() -> None:
    line = "You must start training in the July after this Match and cannot risk a year."
    unsaid = {**AMARA, "goal": {k: v for k, v in AMARA["goal"].items() if k != "if_unmatched"}}
    marks = []
    for data in (AMARA, unsaid):
        _, plan, guide = guide_of(data, ON)
        assert "internal-medicine" in {*plan.combination.specialties}
        card = next(html.unescape(page_html(p)) for p in guide.pages if p.id == "specialty-internal-medicine")
        marks.append(re.search(r"<li>(?:(?!<li>).)*?" + re.escape(line), card, re.S)[0])  # type: ignore[index]
    assert "mark-yes" in marks[0]
    assert "mark-ask" in marks[1]

"""SOAP as this reader could use it: what they mark and it hardly has, what is in hand and what was only promised, and
what today would be for who may have sent nothing."""

import copy
import datetime as dt
import html
import re
from typing import Any

import pytest

from matchguide.render.markdown import page_html
from people import guide_of

pytestmark = pytest.mark.fast

OCTOBER, NOVEMBER, FEBRUARY = dt.date(2026, 10, 5), dt.date(2026, 11, 12), dt.date(2027, 2, 4)
READER: dict[str, Any] = {
    "applicant": {"status": "non-us-img", "school_country": "Nepal", "graduated": 2022},
    "visa": {"needs": "j1", "citizenships": ["Nepal"]},
    "exams": {"step1": {"result": "pass"}, "step2_ck": {"result": "pass", "score": 246}, "ecfmg_certified": True},
    "goal": {"specialty": "interventional-radiology", "season": 2027, "if_unmatched": "must_start"},
    "backups": {
        "enjoyment": {"diagnostic-radiology": 3, "internal-medicine": 3, "anesthesiology": 3, "pathology": 3}
    },
    "experience": {
        "us_clinical": [
            {"specialty": "interventional-radiology", "kind": "externship", "weeks": 12, "where": "Mercy Clinic"}
        ]
    },
    "letters": [
        {"from": "Dr. Zhou", "specialty": "internal-medicine", "us": True, "status": "promised"},
        {"from": "Dr. Rai", "specialty": "internal-medicine", "us": False, "status": "received"},
    ],
}


def page(on: dt.date, id: str, **changed: Any) -> str:
    data = copy.deepcopy(READER) | changed
    text = html.unescape(re.sub(r"<[^>]+>", " ", page_html(guide_of(data, on)[2].page(id))))
    return " ".join(text.split())


def test_what_is_marked_and_hardly_there_is_said() -> None:
    march = page(FEBRUARY, "if-unmatched", season_so_far={"applied": {"diagnostic-radiology": 40}})
    assert "Yours, hardly there: anesthesiology (none listed in 2024)" in march
    assert "yours too: radiology and pathology" in march
    unmarked = page(FEBRUARY, "if-unmatched", backups={"enjoyment": {"internal-medicine": 3}})
    assert "hardly there" not in unmarked
    assert "marked too" not in unmarked


def test_each_kind_that_is_to_be_sent_to_has_its_half_page() -> None:
    sent = {"applied": {"diagnostic-radiology": 40}}
    assert "Pathology" in page(FEBRUARY, "statements", season_so_far=sent)


def test_hands_on_weeks_in_the_goal_count_as_seen_with_patients() -> None:
    march = page(FEBRUARY, "if-unmatched", season_so_far={"applied": {"internal-medicine": 60}})
    assert "12 weeks of interventional radiology at Mercy Clinic" in march
    watched = copy.deepcopy(READER["experience"])
    watched["us_clinical"][0]["kind"] = "observership"
    march = page(FEBRUARY, "if-unmatched", season_so_far={"applied": {"internal-medicine": 60}}, experience=watched)
    assert "12 weeks of interventional radiology at Mercy Clinic" not in march


def test_a_promised_letter_is_not_counted_as_one_in_hand() -> None:
    home = page(FEBRUARY, "index", season_so_far={"applied": {"internal-medicine": 60}})
    assert "2 letters for it, 1 of them only promised" in home


def test_who_may_have_sent_nothing_is_told_what_today_would_be() -> None:
    home, programs = page(OCTOBER, "index"), page(OCTOBER, "programs")
    told = re.search(r"today that would be (\d+) applications, \$([\d,]+)", home)
    assert told
    plan = guide_of(copy.deepcopy(READER) | {"season_so_far": {"applied": "nothing"}}, OCTOBER)[1]
    years = ("preliminary-surgery", "preliminary-medicine", "transitional-year")  # only once radiology invites
    today = [a for a in plan.applications if a.specialty not in years]
    assert int(told[1]) == sum(a.planned for a in today)
    assert told[2] == f"{sum(a.fee_usd for a in today):,}"
    assert "If you sent nothing, our count for today" in programs
    for on, changed in ((NOVEMBER, {}), (OCTOBER, {"season_so_far": {"applied": {"internal-medicine": 60}}})):
        assert "today that would be" not in page(on, "index", **changed)
        assert "our count for today" not in page(on, "programs", **changed)


def test_the_letter_that_would_change_the_plan_is_named_with_its_place() -> None:
    alone = {"enjoyment": {"diagnostic-radiology": 1, "internal-medicine": 4}}
    june = dt.date(2026, 6, 28)
    assert (
        "The letter that would change your plan You list 12 weeks of interventional radiology at Mercy Clinic"
        in page(june, "letters", backups=alone)
    )
    nowhere = page(june, "letters", backups=alone, experience={"us_clinical": []})
    assert "would change your plan" not in nowhere


SOAP_APPLICATIONS = 45


@pytest.mark.parametrize(
    ("marks", "few"),
    [
        ({"internal-medicine": 3}, 0),
        ({"internal-medicine": 4, "pathology": 4}, 1),
        ({"internal-medicine": 3, "psychiatry": 5, "neurology": 3, "general-surgery": 5}, 3),
        ({"pathology": 3}, 1),
    ],
)
def test_the_applications_of_soap_add_up(marks: dict[str, int], few: int) -> None:
    march = page(
        FEBRUARY, "if-unmatched", season_so_far={"applied": {"internal-medicine": 60}}, backups={"enjoyment": marks}
    )
    divided = re.search(r"Our judgment, of 45 ?: (.*?) between the rounds", march)
    assert divided, march
    each = 2 * few if few else 0
    assert sum(map(int, re.findall(r"\d+", divided[1]))) + each == SOAP_APPLICATIONS, march
    assert f"Send 2 {'to each' if few > 1 else 'there'}" in march or not few


def test_the_doctor_who_is_missing_is_looked_for_where_the_reader_worked() -> None:
    there = {"specialty": "pathology", "kind": "observership", "weeks": 6, "where": "City Hospital"}
    sent = {"applied": {"pathology": 40}}
    march = page(FEBRUARY, "if-unmatched", season_so_far=sent, experience={"us_clinical": [there]})
    assert "a pathologist (of your 6 weeks of pathology at City Hospital ) for pathology" in march
    assert "(of your" not in page(FEBRUARY, "if-unmatched", season_so_far=sent)

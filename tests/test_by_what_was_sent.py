"""What stopped programs, whose letters are asked for and what a restriction leaves, by what this reader sent, holds
and where they are: never by a plan that they did not follow."""

import datetime as dt
import html
from typing import Any

import pytest

from matchguide.render.markdown import page_html
from people import guide_of
from support import merged

pytestmark = pytest.mark.fast

OCTOBER, JUNE = dt.date(2026, 10, 5), dt.date(2027, 6, 10)
SEPTEMBER, APRIL = dt.date(2026, 9, 10), dt.date(2027, 4, 20)
LOW_SCORE: dict[str, Any] = {
    "applicant": {"status": "non-us-img", "school_country": "Nepal", "graduated": 2025},
    "visa": {"needs": "j1"},
    "exams": {"step1": {"result": "pass"}, "step2_ck": {"result": "pass", "score": 224}},
    "goal": {"specialty": "interventional-radiology", "season": 2027, "if_unmatched": "can_wait"},
    "backups": {"enjoyment": {"diagnostic-radiology": 5, "internal-medicine": 3}},
    "letters": [
        {"from": "Dr. Abebe", "specialty": "general-surgery", "status": "received"},
        {"from": "Dr. Zhou", "specialty": "interventional-radiology", "us": True, "status": "received"},
    ],
}


def page(data: dict[str, Any], on: dt.date, id: str) -> str:
    return html.unescape(page_html(guide_of(data, on)[2].page(id)))


def ids(data: dict[str, Any], on: dt.date) -> set[str]:
    return {p.id for p in guide_of(data, on)[2].pages}


def test_what_stopped_programs_is_measured_by_those_that_read_the_application() -> None:
    sent = {"applied": {"internal-medicine": 20, "neurology": 20}, "result": "not matched"}
    said = page(merged(LOW_SCORE, {"season_so_far": sent}), JUNE, "index")
    why = said.split("what may have stopped programs")[1].split("Change what you can")[0]
    assert "even of the unmatched in internal medicine" in why
    assert "20 applications in internal medicine (we would" in why
    assert "diagnostic radiology" not in why
    many = {"applied": {"diagnostic-radiology": 100}, "result": "not matched"}
    said = page(merged(LOW_SCORE, {"season_so_far": many}), JUNE, "index")
    why = said.split("what may have stopped programs")[1].split("Change what you can")[0]
    assert "even of the unmatched in diagnostic radiology" in why
    assert "applications in" not in why


def test_who_may_have_applied_is_asked_for_letters_now_and_the_same_on_every_page() -> None:
    stay = {"specialty": "interventional-radiology", "kind": "externship", "weeks": 8}
    data = merged(
        LOW_SCORE,
        {
            "applicant": {"status": "us-img"},
            "visa": {"needs": "none", "citizenships": ["United States"]},
            "exams": {"step2_ck": {"score": 236}},
            "experience": {"us_clinical": [stay]},
            "letters": [{"from": "Dr. Mwangi", "specialty": "internal-medicine", "status": "received"}],
        },
    )
    letters = page(data, OCTOBER, "letters")
    assert "before July" not in letters
    assert "ask now" in letters
    assert "For the next season" in letters
    assert "Dr. Mwangi" in letters.split("For the next season")[1]
    assert "Ask now for letters until you have three" in page(data, OCTOBER, "checklists")
    assert {"specialty-diagnostic-radiology", "specialty-internal-medicine"} <= ids(data, OCTOBER), (
        "both to build for"
    )
    nothing = merged(data, {"season_so_far": {"applied": "nothing"}})
    assert "Ask now for letters" not in page(nothing, OCTOBER, "checklists"), "no SOAP without an application"


def test_under_a_restriction_in_the_us_nothing_is_told_of_home_and_the_check_comes_first() -> None:
    data = merged(
        LOW_SCORE,
        {
            "visa": {"citizenships": ["Sudan"], "residence_country": "Sudan", "holds": ["in the US now"]},
            "exams": {"step2_ck": {"score": 239}, "step3": {"result": "fail"}},
            "backups": {"enjoyment": {"internal-medicine": 5}},
            "letters": [
                {"from": x, "specialty": "internal-medicine", "us": True, "status": "received"} for x in "ABC"
            ],
        },
    )
    assert "training at home" not in page(data, SEPTEMBER, "visas")
    assert "At home or in another country" not in page(data, SEPTEMBER, "if-unmatched")
    assert "the Pathway) you may pay" not in page(data, SEPTEMBER, "programs"), "who sat Step 3 is certified"
    tasks = page(data, SEPTEMBER, "checklists")
    assert "Every letter writer asked" not in tasks
    assert tasks.index("whether the restriction reaches you") < tasks.index("applications sent")
    assert "Send complete applications before" not in page(data, SEPTEMBER, "index")
    abroad = merged(data, {"visa": {"holds": []}})
    assert "training at home" in page(abroad, SEPTEMBER, "visas")


def test_a_match_in_what_is_marked_low_names_what_is_marked_higher() -> None:
    place = {"program": "City Hospital", "specialty": "internal-medicine", "start": "pgy1"}
    data = merged(LOW_SCORE, {"season_so_far": {"result": "matched", "place": place}})
    data["backups"] = {"enjoyment": {"internal-medicine": 1, "family-medicine": 5, "neurology": 2}}
    said = page(data, APRIL, "index")
    assert "You gave internal medicine 1 of 5, and more to family medicine" in said
    assert "a new Statement of Need" in said
    data["backups"] = {"enjoyment": {"internal-medicine": 4, "family-medicine": 5}}
    assert "and more to" not in page(data, APRIL, "index")


def test_a_visa_is_ticked_only_where_citizenships_are_known() -> None:
    told = page(LOW_SCORE, SEPTEMBER, "specialty-diagnostic-radiology")
    line = next(x for x in told.split("<li") if "You can take a J-1" in x)
    assert "yes" not in line
    data = merged(LOW_SCORE, {"visa": {"citizenships": ["Nepal"], "residence_country": "Nepal"}})
    told = page(data, SEPTEMBER, "specialty-diagnostic-radiology")
    assert "yes" in next(x for x in told.split("<li") if "You can take a J-1" in x)


def test_why_the_goal_is_left_out_is_not_money_where_money_would_not_bring_it() -> None:
    data = merged(
        LOW_SCORE,
        {
            "visa": {"citizenships": ["Nepal"]},
            "exams": {"step1": {"score": 214}, "step2_ck": {"score": None}},
            "backups": {"enjoyment": {"diagnostic-radiology": 3, "internal-medicine": 5}},
            "experience": {
                "us_clinical": [{"specialty": "interventional-radiology", "kind": "research", "weeks": 26}]
            },
            "letters": [{"from": x, "specialty": "internal-medicine", "status": "promised"} for x in "ABC"],
            "limits": {"budget_usd": 1500},
        },
    )
    home = page(data, SEPTEMBER, "index")
    reason = home[home.index("And IR?") :].split("why-a-backup.md#flips")[0]
    assert "does not support IR" in reason
    assert "$1,500" not in reason
    why = page(data, SEPTEMBER, "why-a-backup")
    other = next(x for x in why.split("<li") if "Diagnostic Radiology (your 3" in x)
    assert "of your $1,500 nothing is left" in other


def test_a_resident_on_a_j1_reads_of_going_on_and_not_of_coming() -> None:
    place = {"program": "City Hospital", "specialty": "preliminary-surgery", "start": "pgy1"}
    data = merged(
        LOW_SCORE,
        {
            "visa": {"needs": "either", "citizenships": ["Nepal"]},
            "backups": {"enjoyment": {"diagnostic-radiology": 1, "internal-medicine": 3, "neurology": 4}},
            "season_so_far": {"applied": {"neurology": 20}, "result": "first year only", "place": place},
        },
    )
    data["us_training"] = [{"specialty": "preliminary-surgery", "start": "2026-07", "end": "2027-06", "visa": "j1"}]
    visas = page(data, APRIL, "visas")
    assert "DS-160" not in visas
    assert "Buy no flight" not in visas
    h1b = visas.split("H-1B, step by step")[1]
    assert "years at home, or a waiver" in h1b.split("certificate")[0]
    assert "Book the visa appointment" not in page(data, APRIL, "checklists")
    half = page(data, APRIL, "if-unmatched")
    assert "It is a second single year for you" in half
    assert "Beside neurology, by your marks: internal medicine" in half.replace("</strong>", "").replace(
        "<strong>", ""
    )
    newcomer = {k: v for k, v in data.items() if k != "us_training"}
    assert "DS-160" in page(newcomer, APRIL, "visas")
    assert "Book the visa appointment" in page(newcomer, APRIL, "checklists")


def test_who_invited_saw_a_score_only_where_that_specialty_invited() -> None:
    met = {"program": "North", "specialty": "preliminary-medicine", "date": "2026-12-20"}
    data = merged(LOW_SCORE, {"season_so_far": {"applied": {"diagnostic-radiology": 45}}, "interviews": [met]})
    on = dt.date(2026, 12, 8)
    assert "has seen it" not in page(data, on, "index")
    data["interviews"] = [met | {"specialty": "diagnostic-radiology", "program": "Bay"}, met]
    assert "has seen it" in page(data, on, "index")


def test_what_was_applied_to_without_a_mark_is_named_in_soap() -> None:
    march = dt.date(2027, 3, 3)
    sent = merged(LOW_SCORE, {"season_so_far": {"applied": {"neurology": 20, "internal-medicine": 60}}})
    soap = page(sent, march, "if-unmatched")
    assert "neurology" in soap.split("but yours too:")[1].split("Send there")[0]
    never = merged(sent, {"backups": {"enjoyment": {"neurology": 1}}})
    assert "but yours too" not in page(never, march, "if-unmatched")


def test_a_score_is_measured_in_what_would_be_chosen_before_what_is_marked_low() -> None:
    sent = {"applied": {"diagnostic-radiology": 80, "internal-medicine": 100}, "result": "not matched"}
    data = merged(LOW_SCORE, {"season_so_far": sent, "backups": {"enjoyment": {"diagnostic-radiology": 1}}})
    said = page(data, JUNE, "index").split("what may have stopped programs")[1].split("Change what you can")[0]
    assert "even of the unmatched in internal medicine" in said


def test_half_matched_who_applied_only_to_what_they_mark_low_reads_of_what_they_mark() -> None:
    place = {"program": "City Hospital", "specialty": "preliminary-surgery", "start": "pgy1"}
    sent = {"applied": {"internal-medicine": 80}, "result": "first year only", "place": place}
    data = merged(LOW_SCORE, {"season_so_far": sent})
    data["backups"] = {"enjoyment": {"diagnostic-radiology": 3, "internal-medicine": 1}}
    assert "and marked diagnostic radiology (3 of 5)" in page(data, APRIL, "index")
    data["backups"] = {"enjoyment": {"diagnostic-radiology": 3, "internal-medicine": 3}}
    assert "and marked" not in page(data, APRIL, "index")


def test_in_soap_nobody_is_to_be_asked_and_the_certificate_is_looked_up_on_the_monday() -> None:
    monday = dt.date(2027, 3, 15)
    place = {"program": "City Hospital", "specialty": "diagnostic-radiology", "start": "pgy2"}
    met = [{"program": "North", "specialty": "preliminary-surgery", "date": "2026-12-20"}]
    data = merged(
        LOW_SCORE,
        {
            "visa": {"needs": "either", "citizenships": ["Nepal"]},
            "season_so_far": {"applied": {"diagnostic-radiology": 80}, "result": "advanced only", "place": place},
            "interviews": met,
        },
    )
    half = page(data, monday, "if-unmatched")
    assert "ask the program of your place whether it takes J-1" not in half
    assert "North" in half.split("Until Thursday")[1].split("<li")[0]
    tasks = guide_of(data, monday)[1].timeline
    due = [t.when.first for t in tasks if t.id == "matched-certificate-unknown"]
    assert due == [monday]
    assert "ask the program of your place whether it takes J-1" in page(data, APRIL, "if-unmatched")


def test_under_a_closed_visa_no_count_of_today_stands_beside_send_nothing() -> None:
    data = merged(
        LOW_SCORE,
        {
            "exams": {"step2_ck": {"score": 240}},
            "backups": {"enjoyment": {"internal-medicine": 5}},
            "letters": [{"from": x, "specialty": "internal-medicine", "status": "received"} for x in "ABC"],
        },
    )
    data["visa"] = {"needs": "j1", "citizenships": ["Nepal"], "residence_country": "Nepal"}
    on = dt.date(2026, 10, 20)
    assert "If you sent nothing" in page(data, on, "programs")
    closed = merged(data, {"visa": {"citizenships": ["Sudan"], "residence_country": "Sudan"}})
    assert "our count for today" not in page(closed, on, "programs")


def test_who_has_more_publications_than_most_is_not_told_to_publish_first() -> None:
    data = merged(LOW_SCORE, {"experience": {"totals": {"publications": 1}}})
    assert "Research you can finish" in page(data, dt.date(2026, 6, 15), "strengthening")
    data["experience"] = {"totals": {"publications": 40}}
    assert "Research you can finish" not in page(data, dt.date(2026, 6, 15), "strengthening")

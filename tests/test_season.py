"""Seasons: stages by the day; uncertain dates stay so; deadlines count back from the first day of a month."""

import datetime as dt
from pathlib import Path

import pytest

from matchguide import paths
from matchguide.content import season as seasons
from matchguide.content.season import Season
from matchguide.mistakes import MistakesFound
from matchguide.plan.make import make
from matchguide.plan.types import Moment, Plan
from matchguide.profile.values import PartialDate
from support import content, plan_of, profile_file, profile_in, profile_of

pytestmark = pytest.mark.fast

HEAD = """
season: 2030
evidence:
  fees: eras-fees-2026
  signals: signals-2025
  outcomes: charting-2026
  positions: positions-2025
  places: places-2025
  first_years: first-years-2025
  unfilled: radiology-2025
  soap: soap-2024
"""
STAGES = """
stages: {exploring: 2029-04-01, building: 2029-09-01, applying: 2029-10-16, interviewing: 2030-01-31,
  ranking: 2030-03-01, match week: 2030-03-20}
"""
EVENTS = "events: [{id: match_day, when: 2030-03-15, text: Match Day}]\n"


def season() -> Season:
    return content().seasons[2027]


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        ("2025-12-01", "exploring"),
        ("2026-03-31", "exploring"),
        ("2026-04-01", "building"),
        ("2026-06-15", "building"),
        ("2026-09-02", "building"),
        ("2026-09-03", "applying"),
        ("2026-10-15", "applying"),
        ("2026-10-16", "interviewing"),
        ("2027-01-30", "interviewing"),
        ("2027-01-31", "ranking"),
        ("2027-03-03", "ranking"),
        ("2027-03-04", "match week"),
        ("2027-03-19", "match week"),
        ("2027-03-20", "after"),
        ("2028-01-01", "after"),
    ],
)
def test_stages(day: str, stage: str) -> None:
    assert season().stage(dt.date.fromisoformat(day)) == stage


def test_match_week_is_where_the_calendar_puts_it() -> None:
    monday, friday = season().day("match_week"), season().day("match_day")
    assert (monday, monday.strftime("%A")) == (dt.date(2027, 3, 15), "Monday")
    assert (friday, friday.strftime("%A")) == (dt.date(2027, 3, 19), "Friday")


def test_an_uncertain_month_is_never_called_certain() -> None:
    for event in season().events:
        if not event.when.is_day:
            assert not event.is_certain, event.id
            assert not event.ours, f"{event.id}: a date of our own is a day"


def test_what_others_set_is_certain_only_where_the_file_says_so() -> None:
    assert {e.id for e in season().events if e.is_certain and not e.ours} == {
        "start_of_training",
        "start_of_training_later",
        "start_of_first_year",
    }


def test_a_date_is_ours_or_its_source_is_evidence() -> None:
    for event in season().events:
        assert event.ours or event.source is None or content().evidence.has(event.source), event.id


def test_our_deadlines_lie_before_what_they_are_for() -> None:
    day = season().day
    assert day("ask_letters") < day("letters_in") < dt.date(2026, 9, 24)
    assert day("ck_sat") <= day("letters_in") - dt.timedelta(days=28)
    assert day("decide_ir") < day("letters_in")
    assert day("certify_list") < day("rank_lists_due")
    assert day("pathway_apply") == dt.date(2026, 8, 1), "an uncertain month counts from its first day"


def test_events_are_named_once() -> None:
    ids = [e.id for e in season().events]
    assert len(ids) == len(set(ids))


# ---- the timeline of a plan


def timeline(name: str, on: dt.date) -> dict[str, Moment]:
    return {m.id: m for m in plan_of(profile_file(name), on).timeline}


def test_the_timeline_is_in_order_and_says_what_is_past() -> None:
    moments = plan_of(profile_file("amara.yml"), dt.date(2026, 9, 1)).timeline
    days = [m.when.first for m in moments if m.when.is_day]
    assert days == sorted(days)
    ids = [m.id for m in moments]
    assert ids.index("submit_from") < ids.index("letters_in") < ids.index("review_from"), "early, then late September"
    by_id = {m.id: m for m in moments}
    assert by_id["program_list"].past
    assert by_id["statements_done"].past
    assert by_id["mspe_sent"].past
    assert not by_id["submit_from"].past
    assert not by_id["review_from"].past
    assert not by_id["letters_in"].past


def test_a_day_is_not_past_on_the_day_itself() -> None:
    assert not timeline("amara.yml", dt.date(2026, 7, 10))["program_list"].past
    assert timeline("amara.yml", dt.date(2026, 7, 11))["program_list"].past


def test_letters_are_asked_by_our_date_and_after_it_within_a_week() -> None:
    def asked(plan: Plan) -> set[tuple[dt.date, bool]]:
        return {(m.by.last, m.overdue) for letters in plan.letters for m in letters.missing}

    assert asked(plan_of(profile_file("amara.yml"), dt.date(2026, 6, 15))) == {(dt.date(2026, 7, 20), False)}
    assert asked(plan_of(profile_file("amara.yml"), dt.date(2026, 8, 1))) == {(dt.date(2026, 8, 8), True)}


def test_a_date_counted_back_from_a_month_is_a_month() -> None:
    """Of the next season only months are known; a day would be invented, and out of order beside them."""
    season = seasons.after(content().seasons[2027])
    plan = make(profile_of(profile_file("smallest.yml")), content(), season, dt.date(2027, 6, 1))
    counted = {r.id for r in content().rules if r.due and not season.event(r.due.before).when.is_day}
    told = [m for m in plan.timeline if m.id in counted]
    assert len(told) > 5
    assert not any(m.when.is_day for m in told)
    assert not any(m.by.is_day for letters in plan.letters for m in letters.missing)
    order = [m.id for m in plan.timeline]
    assert order.index("statements_done") < order.index("letters_in"), "statements in August, letters in September"


def test_the_timeline_holds_the_readers_own_dates_and_only_what_concerns_them() -> None:
    surgeon = timeline("drawn-to-surgery.yml", dt.date(2027, 1, 20))
    assert surgeon["interview-general-surgery-2026-11-12"].when == PartialDate(2026, 11, 12)
    assert surgeon["interview-general-surgery-2026-11-12"].past
    assert "ck_sat" not in surgeon
    assert "exam-step2_ck" not in surgeon
    assert surgeon["rank-need"].when == PartialDate(2027, 3, 12), "once lists are made it is asked before Match Week"
    assert "statement_of_need" not in timeline("needs-h1b.yml", dt.date(2026, 6, 15))
    assert "pathway_apply" not in timeline("needs-h1b.yml", dt.date(2026, 6, 15)), "certified already"
    assert "decide_ir" not in timeline("weak-radiology.yml", dt.date(2026, 6, 15)), "no IR to decide on"


# ---- choosing a season


@pytest.mark.parametrize(
    ("same_day", "kept"),
    [
        (["preliminary-surgery", "diagnostic-radiology"], 1),
        (["internal-medicine", "diagnostic-radiology"], 1),
        (["internal-medicine", "internal-medicine"], None),
        (["diagnostic-radiology", "pathology"], None),
    ],
    ids=["the only training", "the only one in its specialty", "two of one specialty", "each the only one"],
)
def test_of_interviews_on_one_day_the_only_one_of_a_training_is_kept(same_day: list[str], kept: int | None) -> None:
    met = [{"program": f"Program {n}", "specialty": x, "date": "2026-11-14"} for n, x in enumerate(same_day)] + [
        {"program": "Another", "specialty": "internal-medicine", "date": "2026-11-25"}
    ]
    so_far = {"applied": dict.fromkeys(same_day, 20)}
    plan = plan_of({**profile_file("amara.yml"), "season_so_far": so_far, "interviews": met}, dt.date(2026, 11, 12))
    moved = [m.reason for m in plan.timeline if m.reason.id == "moment-move"]
    assert [x.values["keep"] for x in moved] == ["" if kept is None else f"Program {kept}"]


def test_the_season_asked_for_or_the_next_that_is_not_over() -> None:
    assert seasons.choose(content().seasons, 2027, dt.date(2026, 6, 15)).season == 2027
    assert seasons.choose(content().seasons, None, dt.date(2026, 6, 15)).season == 2027
    assert seasons.choose(content().seasons, None, dt.date(2029, 6, 15)).season == max(content().seasons)


def test_a_season_without_a_file_is_refused_with_the_nearest() -> None:
    with pytest.raises(MistakesFound) as found:
        profile_in("goal: {specialty: interventional-radiology, season: 2035}\n")
    text = found.value.text()
    assert text.startswith("profile.yml:1:")
    assert "goal.season: 2035" in text
    assert f"write season: {max(content().seasons)}" in text


def test_a_new_season_is_a_new_file(tmp_path: Path) -> None:
    (tmp_path / "2030.yml").write_text(HEAD + STAGES + EVENTS)
    found = seasons.load(tmp_path)[2030]
    assert found.stage(dt.date(2029, 9, 1)) == "applying"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (HEAD + STAGES.replace("exploring", "dreaming") + EVENTS, "the stages are not these"),
        (HEAD + STAGES.replace("2029-09-01", "2029-12-01") + EVENTS, "out of order"),
        (HEAD + STAGES + EVENTS.replace("2030-03-15", "in spring"), "a date is a day"),
        (HEAD + STAGES + EVENTS.replace("text: Match Day", "txt: Match Day"), "events[0]"),
        (HEAD + EVENTS, "stages"),
    ],
)
def test_a_broken_season_file_names_itself(tmp_path: Path, text: str, part: str) -> None:
    (tmp_path / "2030.yml").write_text(text)
    with pytest.raises(MistakesFound) as found:
        seasons.load(tmp_path)
    assert str(tmp_path / "2030.yml") in found.value.text()
    assert part in found.value.text()


def test_the_evidence_a_season_names_is_there() -> None:
    for path in (paths.CONTENT / "seasons").glob("*.yml"):
        chosen = content().seasons[int(path.stem)]
        items = content().evidence.items
        assert chosen.evidence.fees in items
        assert chosen.evidence.signals in items
        for card in content().cards.values():
            if card.kind != "first-year":
                assert f"{chosen.evidence.outcomes}-{card.short}" in items, card.id

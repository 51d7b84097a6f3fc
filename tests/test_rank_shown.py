"""What running the Match on the reader's own list shows, and the table's part in a rank list."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matchguide.plan.rank_shown import shown
from matchguide.plan.types import RankLine, RankNote
from matchguide.session import Session
from support import PROFILES, plan_of, profile_file
from test_program_list import plan_with
from test_program_verdicts import table_of

pytestmark = pytest.mark.fast

FEBRUARY = dt.date(2027, 2, 10)


def line(n: int, program: str, *first_years: str, reachable: bool = True) -> RankLine:
    return RankLine(n, program, "diagnostic-radiology", None, first_years, reachable, ())


def test_a_list_shows_order_length_and_the_place_without_a_first_year() -> None:
    found = {x.id: x for x in shown([line(1, "Lakeside", "Harbor", "Bay"), line(2, "Hilltop"), line(3, "Plover")])}
    assert set(found) == {"order", "left-out", "no-first-year"}
    assert (found["order"].program, found["order"].other_program) == ("Hilltop", "Plover"), "both whole trainings"
    assert (found["left-out"].n, found["left-out"].program) == (3, "Plover")
    no_year = found["no-first-year"]
    assert (no_year.program, no_year.other_program, no_year.first_years) == ("Lakeside", "Hilltop", ("Harbor", "Bay"))


def test_a_short_list_shows_what_it_can() -> None:
    assert shown([]) == ()
    assert [x.id for x in shown([line(1, "Lakeside")])] == ["left-out"]
    assert [x.id for x in shown([line(1, "Lakeside", "Harbor")])] == ["left-out", "no-first-year"]


def test_a_first_year_linked_to_a_place_that_has_its_own_is_not_read() -> None:
    """It is no place without a first year, in what the list shows and in what happens at the line."""
    whole = replace(line(1, "Lakeside", "Harbor"), start="pgy1", problems=("first-year-on-categorical",))
    assert [x.id for x in shown([whole, line(2, "Hilltop")])] == ["order", "left-out"]
    data = profile_file("ranking.yml")
    walks = {w.id for w in plan_of(data, FEBRUARY).rank.walks if w.program == "Dunmore Radiology"}
    assert walks == {"taken", "refused"}


def test_a_dead_line_shows_nothing() -> None:
    lines = [line(1, "Lakeside"), line(2, "Lakeside", "Harbor", reachable=False)]
    assert [(x.id, x.n) for x in shown(lines)] == [("left-out", 1)]


def test_a_first_year_of_the_list_below_is_read_by_itself() -> None:
    """Harbor stands under Lakeside and on the list: it does not count as a line below that would want the reader."""
    found = {x.id for x in shown([line(1, "Lakeside", "Harbor"), line(2, "Harbor")])}
    assert "no-first-year" not in found


def test_an_order_that_is_asked_about_is_not_held_up_as_right() -> None:
    """Line 1 is one year above a training, line 3 is liked less than line 4: neither order is praised."""
    year = RankNote("year-above", 1, "Bay", ("Elm",), (2,))
    unlike = RankNote("unlike-marks", 4, "Oak", ("Harbor",), (3,), liked=5)
    lines = [line(1, "Bay"), line(2, "Elm"), line(3, "Harbor"), line(4, "Oak")]
    praised = [(x.n, x.other) for x in shown(lines, (year, unlike)) if x.id == "order"]
    assert praised == [(2, 3)]
    assert not [x for x in shown(lines[2:], (unlike,)) if x.id == "order"]


def test_a_line_without_a_first_year_names_what_to_link_and_what_must_come_down() -> None:
    ranked: dict[str, Any] = {
        "interviews": [
            {"program": "Bay", "specialty": "preliminary-surgery", "date": "2026-11-20", "liked": 2},
            {"program": "Alder", "specialty": "diagnostic-radiology", "date": "2026-12-01", "liked": 4},
        ],
        "rank_list": [{"program": "Bay"}, {"program": "Alder"}],
    }
    plan = plan_with(table_of(b"Program,Specialty,State,J1,Start\nAlder,DR,NY,yes,\n"), ranked, FEBRUARY)
    note = next(x for x in plan.rank.notes if x.id == "link-year")
    assert (note.n, note.others, note.lines, note.later) == (2, ("Bay",), (1,), ("Bay",))
    assert plan.rank.lines[1].assumed_later


def test_an_interview_that_the_table_tells_of_counts_for_the_rank_list() -> None:
    raw = b"Program,Specialty,State,J1,Interview date,Status\nAlder,DR,NY,yes,2026-12-01,done\nBirch,DR,NY,yes,,\n"
    ranked: dict[str, Any] = {"rank_list": [{"program": "Alder"}, {"program": "Birch"}]}
    plan = plan_with(table_of(raw), ranked, FEBRUARY)
    problems = [set(x.problems) for x in plan.rank.lines]
    assert "not-interviewed" not in problems[0]
    assert "not-interviewed" in problems[1]


def test_interviews_of_the_table_are_interviews_everywhere(tmp_path: Path) -> None:
    table = "Program,Specialty,State,J1,Interview date,Status,Liked\nAlder,DR,NY,yes,2026-12-01,done,5\n"
    (tmp_path / "list.csv").write_text(f"{table}Birch,DR,NY,yes,,,\n", encoding="utf-8")
    text = (PROFILES / "amara.yml").read_text(encoding="utf-8")
    (tmp_path / "me.yml").write_text(f"{text}\nprograms_file: list.csv\n", encoding="utf-8")
    session = Session(tmp_path / "me.yml", dt.date(2026, 12, 8))
    assert [(i.program, i.liked) for i in session.profile.interviews] == [("Alder", 5)]
    assert session.plan.combination.source == "interviews"
    page = next(p for p in session.guide.pages if p.id == "rank-list")
    assert any("Alder" in str(block.slots) for block in page.blocks)

"""Two made-up tables with the verdict of every row, and rules of the gates that no row of them shows."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from matchguide.plan import situation, visa
from matchguide.plan.verdicts import Judged, judge
from matchguide.programs import read
from matchguide.programs.listed import EMPTY, Table
from support import content, merged, profile_of

pytestmark = pytest.mark.fast

TABLES = Path(__file__).parent / "tables"
EXPECTED = yaml.safe_load((TABLES / "expected.yml").read_text(encoding="utf-8"))
# The applicant that the expected verdicts are for.
WHO: dict[str, Any] = {
    "goal": {"specialty": "interventional-radiology", "season": 2027},
    "applicant": {"graduated": 2023},
    "visa": {"needs": "j1"},
    "exams": {"step1": {"result": "pass", "attempts": 1}, "step2_ck": {"score": 245, "attempts": 1}},
    "experience": {"us_clinical": [{"specialty": "interventional-radiology", "kind": "observership", "weeks": 4}]},
}
JUNE = dt.date(2026, 6, 15)


def names() -> read.Names:
    known = content()
    called = {c.id: (c.name, c.abbreviation, c.also) for c in known.cards.values()}
    return read.names(known.table_words, called)


def table_of(raw: bytes, name: str = "programs.csv") -> Table:
    return read.table(raw, name, content().table_words, names())


def judged(table: Table, but: dict[str, Any] | None = None, on: dt.date = JUNE) -> tuple[Judged, ...]:
    known = content()
    s = situation.read(profile_of(merged(WHO, but or {})), known, known.seasons[2027], on, table)
    return judge(s, visa.plan(s))


@pytest.mark.parametrize("name", EXPECTED["tables"])
def test_every_row_of_a_made_up_table_has_its_expected_verdict(name: str) -> None:
    expected = EXPECTED["tables"][name]
    table = table_of((TABLES / name).read_bytes(), name)
    found = {j.listed.place.row: (j.verdict, j.decides) for j in judged(table)}
    assert len(found) == expected["programs"]
    wrong = [
        (row["row"], row["name"], found.get(row["row"]), (row["verdict"], row["decides"]))
        for row in expected["rows"]
        if found.get(row["row"]) != (row["verdict"], row["decides"])
    ]
    assert not wrong
    assert [
        [table.programs[d.first].place.row, table.programs[d.again].place.row] for d in table.doubles
    ] == expected["duplicates"]


def row(columns: str, cells: str, **but: Any) -> Judged:
    return judged(table_of(f"Program,Specialty,{columns}\nAlder,IM,{cells}\n".encode()), but)[0]


@pytest.mark.parametrize(
    ("needs", "j1", "h1b", "verdict"),
    [
        ("j1", "yes", "no", "open"),
        ("j1", "no", "yes", "closed"),
        ("j1", "", "yes", "ask"),
        ("h1b", "yes", "no", "closed"),
        ("h1b", "no", "yes", "open"),
        ("either", "no", "yes", "open"),
        ("either", "no", "", "ask"),
        ("either", "no", "no", "closed"),
        ("none", "no", "no", "open"),
    ],
)
def test_the_visa_gate_looks_at_the_readers_own_roads(needs: str, j1: str, h1b: str, verdict: str) -> None:
    but = {"visa": {"needs": needs, **({"ground": "citizen"} if needs == "none" else {})}}
    assert row("J1,H1B", f"{j1},{h1b}", **but).verdict == verdict


def test_the_readers_own_restriction_closes_no_program() -> None:
    but = {"visa": {"needs": "j1", "citizenships": ["Iran"]}}
    assert row("J1", "yes", **but).verdict == "open"
    assert row("J1", "no", **but).verdict == "closed"


def test_what_the_reader_did_not_say_closes_nothing() -> None:
    silent = {"applicant": {"graduated": None}, "exams": {"step2_ck": {"score": None}}}
    one = row("J1,Years limit,CK min", "yes,1,270", **silent)
    assert one.verdict == "open"
    assert {g.gate: g.state for g in one.gates if g.state == "unknown"} == {
        "years": "unknown",
        "attempts": "unknown",
        "ck_floor": "unknown",
    }


def test_a_failed_attempt_counts_an_exam_or_all_of_them() -> None:
    failed = {"exams": {"step1": {"result": "pass", "attempts": 2}}}
    assert row("J1,Attempts", "yes,1", **failed).verdict == "closed"
    assert row("J1,Attempts", "yes,2", **failed).verdict == "open"
    assert row("J1,Attempts", "yes,2 total", **failed).decides == "attempts"
    assert row("J1,Attempts", "yes,3 total", **failed).verdict == "open"
    assert row("J1,Attempts", "yes,1 failure", **failed).verdict == "open"


def test_a_decade_is_not_held_against_the_reader() -> None:
    but = {"exams": {"step2_ck": {"score": "240s"}}}
    assert row("J1,CK min", "yes,245", **but).verdict == "open"
    assert row("J1,CK min", "yes,250", **but).verdict == "closed"


@pytest.mark.parametrize(
    ("wanted", "kind", "verdict"),
    [
        ("required", None, "closed"),
        ("required", "observership", "ask"),
        ("required", "externship", "open"),
        ("hands-on only required", "observership", "closed"),
        ("hands-on required", "elective", "open"),
        ("preferred", None, "open"),
        ("2 months required", "elective", "closed"),
        ("1 month", "elective", "open"),
    ],
)
def test_required_us_experience(wanted: str, kind: str | None, verdict: str) -> None:
    stays = [{"specialty": "internal-medicine", "kind": kind, "weeks": 4}] if kind else []
    assert row("J1,USCE", f"yes,{wanted}", experience={"us_clinical": stays}).verdict == verdict


def test_us_experience_that_the_reader_did_not_tell_is_asked() -> None:
    assert row("J1,USCE", "yes,required", experience=None).verdict == "ask"


def test_places_for_physicians_open_to_who_did_a_first_year() -> None:
    year = {"us_training": [{"specialty": "preliminary-surgery", "start": "2025-07", "end": "2026-06"}]}
    assert row("J1,Start", "yes,R").decides == "start"
    assert row("J1,Start", "yes,R", **year).verdict == "open"


def test_a_share_of_nothing_lowers_the_score_and_never_closes() -> None:
    many, none = row("J1,Non-US IMG %", "yes,60%"), row("J1,Non-US IMG %", "yes,0%")
    assert none.verdict == "open"
    assert many.score > row("J1", "yes").score > none.score


@pytest.mark.parametrize(
    ("columns", "cells", "id"),
    [
        ("Tie", "I rotated there", "tie"),
        ("Tie", "x", "tie"),
        ("Alumni of my school", "2 residents", "alumni"),
        ("Somewhere Alumni", "x", "alumni"),
        ("Somewhere Alumni", "0", None),
        ("Would live there", "yes", "place"),
        ("Joint prelim?", "Y", None),
        ("Liked", "5", "liked"),
        ("Kind", "C", "community"),
        ("ESIR", "Y", None),
    ],
)
def test_what_speaks_for_a_program_is_a_reason_where_it_counts(columns: str, cells: str, id: str | None) -> None:
    """ESIR and a joint first year say nothing in internal medicine."""
    one = row(f"J1,{columns}", f"yes,{cells}")
    assert [r.id for r in one.fit] == ([f"program-fit-{id}"] if id else [])
    assert (one.score > 0) == bool(id)


def test_a_box_not_ticked_in_an_export_is_told_as_that() -> None:
    assert row("J1,H1B", "False,True").gates[0].because[0].id == "program-visa-ticked"
    assert row("J1,H1B", "no,yes").gates[0].because[0].id == "program-visa-other"


def cells_shown(one: Judged, gate: str) -> list[object]:
    """The cells of the table that stand beside a gate."""
    found = next(g for g in one.gates if g.gate == gate)
    return [r.values["cell"] for r in found.because if r.id == "program-row"]


def test_the_cell_beside_a_gate_is_the_one_that_says_it() -> None:
    assert cells_shown(row("J1,H1B", ",Y"), "visa") == [], "the H-1B's cell says nothing of the J-1"
    assert cells_shown(row("J1,H1B", "n,Y"), "visa") == ["n"]
    assert cells_shown(row("Visa", "J1/H1b"), "visa") == ["J1/H1b"]
    assert cells_shown(row("J1,CK min", "yes,>230"), "ck_floor") == [">230"]


def test_a_score_that_must_be_passed_is_told_as_that() -> None:
    for cell, above in ((">230", True), ("230", False)):
        floor = next(g for g in row("J1,CK min", f"yes,{cell}").gates if g.gate == "ck_floor")
        assert (floor.because[0].values["floor"], floor.because[0].values["above"]) == (230, above)


@pytest.mark.parametrize(
    ("columns", "cells", "gate"),
    [
        ("J1", "perhaps so", "visa"),
        ("Visa", "perhaps so", "visa"),
        ("J1,Years limit", "yes,some", "years"),
        ("J1,Attempts", "yes,some", "attempts"),
        ("J1,CK min", "yes,23O", "ck_floor"),
        ("J1,USCE", "yes,see page", "us_experience"),
    ],
)
def test_a_cell_that_is_not_understood_is_not_called_silence(columns: str, cells: str, gate: str) -> None:
    one = row(columns, cells)
    found = next(g for g in one.gates if g.gate == gate)
    assert (found.state, found.because[0].id) == ("unknown", f"program-unread-{gate}")
    assert cells_shown(one, gate) == [cells.split(",")[-1]]
    assert one.verdict == ("ask" if gate == "visa" else "open")


def test_programs_of_the_profile_are_judged_too_and_say_which_line() -> None:
    one = judged(EMPTY, {"programs": [{"name": "Alder", "specialty": "internal-medicine", "j1": "asked"}]})[0]
    assert (one.verdict, one.decides) == ("ask", "visa")
    assert one.gates[0].because[0].refs[0].name == "programs[0]"

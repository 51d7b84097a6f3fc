"""What cannot be true of a season, of training or of a couple is told with file, line, column and field; commands end
with 2 and write nothing."""

import datetime as dt
from pathlib import Path

import pytest

from matchguide.cli.main import main
from matchguide.mistakes import MistakesFound
from matchguide.session import Session
from support import GOAL, profile_in

pytestmark = pytest.mark.fast

RESULT = "season_so_far: {result: not matched}\n"


def told(text: str) -> MistakesFound:
    with pytest.raises(MistakesFound) as found:
        profile_in(GOAL + text)
    return found.value


BAD = {
    "a US residency that ends before it starts": (
        "us_training: [{specialty: preliminary-surgery, start: 2027-07, end: 2026-06}]",
        "us_training[0].end",
        ["2026-06 is before start"],
    ),
    "a residency abroad that ends before it starts": (
        "applicant: {trained: [{specialty: diagnostic-radiology, started: 2022, completed: 2019}]}",
        "applicant.trained[0].completed",
        ["2019 is before started"],
    ),
    "a residency left before it starts": (
        "applicant: {trained: [{specialty: diagnostic-radiology, started: 2022, left: 2019}]}",
        "applicant.trained[0].left",
        ["2019 is before started"],
    ),
    "a residency left after it was completed": (
        "applicant: {trained: [{specialty: diagnostic-radiology, completed: 2019, left: 2021}]}",
        "applicant.trained[0].left",
        ["2021 is after completed"],
    ),
    "a place of a specialty nobody knows": (
        "season_so_far: {result: matched, place: {specialty: radiology}}",
        "season_so_far.place.specialty",
        ["radiology is not a specialty known here", "Did you mean: diagnostic-radiology?"],
    ),
    "a place without a result": (
        "season_so_far: {place: {specialty: diagnostic-radiology}}",
        "season_so_far.place",
        ["stands without a result", "first year only"],
    ),
    "a place, and not matched": (
        "season_so_far: {result: not matched, place: {specialty: internal-medicine}}",
        "season_so_far.result",
        ["does not go with a place", "SOAP"],
    ),
    "first year only, at a place that is none": (
        "season_so_far: {result: first year only, place: {specialty: Diagnostic Radiology}}",
        "season_so_far.place.specialty",
        ["is not a first year", "preliminary-surgery"],
    ),
    "first year only, in the second year": (
        "season_so_far: {result: first year only, place: {specialty: preliminary-surgery, start: pgy2}}",
        "season_so_far.place.start",
        ["does not go with first year only"],
    ),
    "advanced only, at a first year": (
        "season_so_far: {result: advanced only, place: {specialty: transitional-year}}",
        "season_so_far.place.specialty",
        ["does not go with advanced only"],
    ),
    "advanced only, from the first year on": (
        "season_so_far: {result: advanced only, place: {specialty: diagnostic-radiology, start: pgy1}}",
        "season_so_far.place.start",
        ["does not go with advanced only"],
    ),
    "matched, to a first year alone": (
        "season_so_far: {result: matched, place: {specialty: preliminary-medicine}}",
        "season_so_far.place.specialty",
        ["is a first year alone", "result: first year only"],
    ),
    "a number of applications that is none": (
        "season_so_far: {applied: {diagnostic-radiology: many}}",
        "season_so_far.applied.diagnostic-radiology",
        ["many is not a number of programs"],
    ),
    "applications to a specialty nobody knows": (
        "season_so_far: {applied: {radiology: 40}}",
        "season_so_far.applied.radiology",
        ["Did you mean: diagnostic-radiology?"],
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_told_with_its_place(name: str) -> None:
    text, field, parts = BAD[name]
    found = told(text + "\n")
    assert [m.field for m in found.mistakes] == [field]
    [mistake] = found.mistakes
    assert mistake.line == 2
    assert mistake.column > 1
    assert all(part in found.text() for part in parts), found.text()
    assert field.split(".")[0] in found.text(redact=True)


def test_a_couple_of_nobody_is_told() -> None:
    with pytest.raises(MistakesFound) as found:
        profile_in("goal: {specialty: interventional-radiology, couple: {specialty: }}\n")
    [mistake] = found.value.mistakes
    assert (mistake.field, mistake.line, mistake.column) == ("goal.couple", 1, 45)
    assert "says nothing about the other person" in found.value.text()


def test_several_are_told_at_once() -> None:
    found = told(
        "applicant: {trained: [{specialty: other, started: 2020, completed: 2018, left: 2019}]}\n"
        "us_training: [{specialty: transitional-year, start: 2026-07, end: 2025-06}]\n"
        "exams: {oet: passed}\n"
        "season_so_far: {place: {specialty: pathology}}\n"
    )
    assert [m.field for m in found.mistakes] == [
        "applicant.trained[0].completed",
        "applicant.trained[0].left",
        "us_training[0].end",
        "exams.oet",
        "season_so_far.place",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "applicant: {trained: [{specialty: diagnostic-radiology, started: 2024, completed: 2030}]}",
        "us_training: [{specialty: preliminary-surgery, start: 2026-07, end: 2026-07-15}]",
        "season_so_far: {result: matched}",
        "season_so_far: {result: first year only, place: {specialty: preliminary-surgery, start: pgy1}}",
        "season_so_far: {result: advanced only, place: {specialty: diagnostic-radiology, start: pgy2}}",
        "season_so_far: {applied: yes}",
        "backups: {ruled_out: [family-medicine]}\ninterviews: [{program: A, specialty: family-medicine}]",
    ],
)
def test_what_may_be_so_is_read(text: str) -> None:
    profile_in(GOAL + text + "\n")


# ---- what only the day shows


def on(tmp_path: Path, text: str, day: str) -> Session:
    file = tmp_path / "me.yml"
    file.write_text(text, encoding="utf-8")
    return Session(file, dt.date.fromisoformat(day))


def refused(tmp_path: Path, text: str, day: str) -> MistakesFound:
    with pytest.raises(MistakesFound) as found:
        _ = on(tmp_path, text, day).profile
    return found.value


def test_a_result_before_match_week_is_told(tmp_path: Path) -> None:
    found = refused(tmp_path, GOAL + RESULT, "2027-03-14")
    [mistake] = found.mistakes
    assert (mistake.field, mistake.line, mistake.column) == ("season_so_far.result", 2, 25)
    said = found.text()
    assert "not matched is not known before Monday of Match Week, 15 March 2027" in said
    assert "history: {previous_matches: 1}" in said, "a result of an earlier Match is sent there"
    hidden = found.text(redact=True)
    assert "not matched" not in hidden
    assert "2027" not in hidden


def test_from_monday_of_match_week_on_it_is_read(tmp_path: Path) -> None:
    assert on(tmp_path, GOAL + RESULT, "2027-03-15").plan.phase == "match week"


def test_a_season_that_is_over_goes_to_history(tmp_path: Path) -> None:
    assert on(tmp_path, GOAL + RESULT, "2027-09-20").plan.phase == "next season", "the next one still runs"
    found = refused(tmp_path, GOAL + RESULT, "2028-06-01")
    assert [m.field for m in found.mistakes] == ["season_so_far.result"]
    assert "belongs to the Match of 2027" in found.text()
    assert "history: {previous_matches: 1}" in found.text()
    found = refused(tmp_path, GOAL + "season_so_far: {applied: {pathology: 3}}\n", "2028-06-01")
    assert [m.field for m in found.mistakes] == ["season_so_far.applied"]


def test_every_command_tells_it_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "me.yml"
    file.write_text(GOAL + RESULT, encoding="utf-8")
    password = tmp_path / "password"
    password.write_text("collage-clunky-blabber-drudge-seventeen-deserving", encoding="utf-8")
    day = ["--on", "2027-02-10"]
    for command in (
        ["check", str(file)],
        ["plan", str(file)],
        ["build", str(file), "-o", str(tmp_path / "out")],
        ["pdf", str(file), "-o", str(tmp_path / "out.pdf")],
        ["publish", str(file), "-o", str(tmp_path / "out"), "--password-file", str(password)],
        ["eject", str(file), str(tmp_path / "out")],
    ):
        assert main([*command, *day]) == 2, command
        said = capsys.readouterr().err
        assert "me.yml:2:25  season_so_far.result: not matched is not known" in said, command
    assert {p.name for p in tmp_path.iterdir()} == {"me.yml", "password"}


# ---- asked about, not refused


def test_an_interview_in_a_specialty_ruled_out_is_asked_about(tmp_path: Path) -> None:
    session = on(
        tmp_path,
        GOAL + "backups: {ruled_out: [family-medicine]}\n"
        "interviews: [{program: Alder, specialty: family-medicine}, {program: Birch, specialty: family-medicine}]\n",
        "2026-11-25",
    )
    asked = [a for a in session.plan.assumptions if a.field == "backups.ruled_out"]
    assert [a.origin for a in asked] == ["unknown"], "once, however many interviews"
    guide = session.guide
    profile = "\n".join(b.template for b in guide.page("profile").blocks)
    assert "You have an interview in family medicine, and you ruled it out" in profile
    home = "\n".join(b.template for b in guide.page("index").blocks)
    assert "the specialties you ruled out" in home

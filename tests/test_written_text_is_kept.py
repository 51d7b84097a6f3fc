"""What YAML would lose or change without a word, and what an editor does not show: kept as written, or told with
its place."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from examples import DAY
from matchguide.cli.main import main
from matchguide.mistakes import MistakesFound
from matchguide.session import Session
from support import GOAL, profile_in


def told(text: str) -> MistakesFound:
    with pytest.raises(MistakesFound) as found:
        profile_in(GOAL + text)
    return found.value


@pytest.mark.parametrize(
    "name", ["Null", "NULL", "007", ".5", "1_000", "0x1F", "1.50", "+49", "1:30", "2026-11-30", "1e5"]
)
def test_text_is_kept_as_it_is_written(name: str) -> None:
    profile = profile_in(
        GOAL + f"applicant: {{name: {name}}}\nrank_list: [{{program: {name}, first_years: [{name}]}}]\n"
        f"letters: [{{from: {name}, specialty: other}}]\n"
    )
    assert profile.applicant.name == name
    assert (profile.rank_list[0].program, profile.rank_list[0].first_years) == (name, (name,))
    assert profile.letters[0].writer == name


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_nothing_is_nothing(nothing: str) -> None:
    assert profile_in(GOAL + f"applicant:\n  name: {nothing}\n").applicant.name is None
    assert profile_in(GOAL + f"visa:\n  needs: {nothing}\n").visa.needs is None


@pytest.mark.parametrize(
    ("text", "line", "column", "lost"),
    [
        (
            "experience:\n  us_clinical:\n    - specialty: other\n      where: #1 City Hospital\n",
            5,
            14,
            "#1 City Hospital",
        ),
        ("stories:\n  - title: Patient #4\n", 3, 20, "#4"),
        ("letters:\n  - {from: Dr. A #2,\n     specialty: other}\n", 3, 18, "#2,"),
        ("rank_list:\n  - program: #1 choice\n", 3, 14, "#1 choice"),
        ("rank_list:\n  - program: A\n    first_years:\n      - B\n      - #2 B\n", 6, 9, "#2 B"),
    ],
)
def test_what_a_number_sign_cuts_off_is_told(text: str, line: int, column: int, lost: str) -> None:
    found = told(text)
    assert [(m.line, m.column, m.found) for m in found.mistakes if "comment" in m.problem] == [(line, column, lost)]


@pytest.mark.parametrize(
    "text",
    ["applicant:\n  name: A # my name\n", "applicant:\n  name:   # later\n", "applicant: {graduated: 2022} #ok\n"],
)
def test_a_comment_is_a_comment(text: str) -> None:
    profile_in(GOAL + text)


@pytest.mark.parametrize("written", ["'4000'", '"4000"', "' 4000 '", "4000.0", "04000"])
def test_a_number_in_quotes_is_understood(written: str) -> None:
    assert profile_in(GOAL + f"limits: {{budget_usd: {written}}}\n").limits.budget_usd == 4000


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("goal: {specialty: interventional-radiology, season: '2031'}\n", "goal.season"),
        (GOAL + "applicant: {graduated: '2028'}\n", "applicant.graduated"),
        (
            GOAL + "backups: {enjoyment: {interventional-radiology: '1'}}\n",
            "backups.enjoyment.interventional-radiology",
        ),
    ],
)
def test_a_number_in_quotes_is_held_against_the_other_lines_too(text: str, field: str) -> None:
    with pytest.raises(MistakesFound) as found:
        profile_in(text)
    assert [m.field for m in found.value.mistakes] == [field]


@pytest.mark.parametrize("written", ["'yes'", "'True'", "'no'"])
def test_yes_in_quotes_is_understood(written: str) -> None:
    assert profile_in(GOAL + f"exams: {{ecfmg_certified: {written}}}\n").exams.ecfmg_certified is (
        "no" not in written
    )


@pytest.mark.parametrize("char", ["\u200b", "\u00ad", "\u202e", "\ufeff", "\u00a0", "\u2060"])
def test_an_invisible_character_in_a_key_is_shown(char: str) -> None:
    said = told(f"applicant: {{na{char}me: A}}\n").text()
    assert f"applicant.na<U+{ord(char):04X}>me" in said
    assert char not in said


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\x85"])
def test_line_numbers_are_those_of_an_editor(char: str) -> None:
    text = f"stories:\n  - title: One{char}two{char}three\n    text: 'a{char}b'\nlimits: {{budget_usd: many}}\n"
    found = told(text)
    assert [(m.line, m.column) for m in found.mistakes] == [(5, 22)]
    profile = profile_in(GOAL + text.replace("many", "5"))
    assert profile.stories[0].title == f"One{char}two{char}three"


def test_a_specialty_in_two_spellings_is_told() -> None:
    assert "stands here twice" in told("backups: {enjoyment: {Pathology: 3, pathology: 5}}\n").text()


ESCAPES = '"\\e[31mred\\e]0;title\\a \\x9b2J \\u202eturned"'
BAD = [
    f"applicant: {{name: {ESCAPES}}}\nlimits: {{budget_usd: {ESCAPES}}}\n",
    f"applicant: {{{ESCAPES}: 1}}\n",
    f"backups: {{enjoyment: {{{ESCAPES}: 1}}}}\n",
    f"visa: {{citizenships: [{ESCAPES}]}}\n",
]
SHAPELESS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


@pytest.mark.parametrize("text", BAD)
def test_no_escape_reaches_the_terminal(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "me.yml"
    file.write_text(GOAL + text)
    assert main(["check", str(file)]) == 2
    assert not SHAPELESS.search(capsys.readouterr().err)


@pytest.mark.parametrize("command", [["plan"], ["plan", "--json"]])
def test_no_escape_of_a_good_profile_either(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "me.yml"
    file.write_text(
        GOAL + f"letters: [{{from: {ESCAPES}, specialty: internal-medicine, us: true, status: promised}}]\n"
        f"interviews: [{{program: {ESCAPES}, specialty: internal-medicine, date: 2026-11-30}}]\n"
        f"applicant: {{name: {ESCAPES}}}\n"
    )
    assert main([command[0], str(file), *command[1:], "--on", DAY.isoformat()]) == 0
    out = capsys.readouterr().out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", out)


def test_a_fault_of_ours_brings_no_escape(tmp_path: Path) -> None:
    file = tmp_path / "me.yml"
    file.write_text(GOAL)
    code = (
        "import sys; import matchguide.cli.main as m\n"
        "def bad(args): raise RuntimeError('\\x1b[31m' + chr(0x9b))\n"
        "m._run = bad\n"
        f"sys.exit(m.main(['check', {str(file)!r}]))"
    )
    import os

    env = {k: v for k, v in os.environ.items() if k != "CI"}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=env)
    assert ran.returncode == 1
    assert "RuntimeError" in ran.stderr
    assert not SHAPELESS.search(ran.stderr)


def test_old_line_ends_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "me.yml"
    file.write_bytes(GOAL.replace("\n", "\r").encode() + b"applicant: {name: A}\r")
    assert Session(file, DAY).profile.applicant.name == "A"

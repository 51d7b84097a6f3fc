"""The advisor's page: who needs what first, and why; what changed; and whatever people wrote is text in it."""

import csv
import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import pytest

from cohorts import IR, cohort, folders, person, rows, written
from matchguide import paths
from matchguide.cli.main import main
from matchguide.cohort.line import line
from matchguide.content import store
from matchguide.profile.dates import dated
from matchguide.session import Session
from support import profile_file

DR, IM = "diagnostic-radiology", "internal-medicine"
US = {"needs": "none", "citizenships": ["United States"]}
PASSED = {"step1": {"result": "pass"}, "step2_ck": {"score": 250}}


def reasons(data: dict[str, Any], on: str, tmp_path: Path) -> dict[str, dt.date]:
    """Why somebody needs their advisor on a day, and since when it hurts."""
    written(tmp_path / "one", {"me.yml": data})
    session = Session(tmp_path / "one" / "me.yml", dt.date.fromisoformat(on))
    return {r.id: r.day for r in line(session, name=False).risks}


def letters(n: int) -> list[dict[str, Any]]:
    return [{"from": f"Dr. {x}", "specialty": DR, "us": True, "status": "received"} for x in "ABCD"[:n]]


@pytest.mark.parametrize(
    ("reason", "on", "with_it", "without"),
    [
        ("restricted", "2026-06-15", {"visa": {"needs": "j1", "citizenships": ["Iran"]}}, {"visa": US}),
        ("citizenship-unknown", "2026-06-15", {"visa": {"needs": "j1"}}, {"visa": US}),
        (
            "exams-late",
            "2026-08-25",
            {"exams": {"step1": {"result": "pass"}, "step2_ck": {"score": "not taken"}}},
            {"exams": PASSED},
        ),
        (
            "oet-late",
            "2027-02-20",
            {"exams": {**PASSED, "oet": "not taken"}, "interviews": [{"program": "A", "specialty": IM}]},
            {"exams": {**PASSED, "ecfmg_certified": True}, "interviews": [{"program": "A", "specialty": IM}]},
        ),
        ("letters", "2026-08-01", {"letters": letters(2)}, {"letters": letters(3)}),
        ("letters-unknown", "2026-10-05", {}, {"letters": letters(3)}),
        (
            "no-broad-backup",
            "2026-06-15",
            {"backups": {"open_to": [DR]}, "exams": PASSED, "visa": US},
            {"exams": PASSED, "visa": US},
        ),
        ("over-budget", "2026-06-15", {"limits": {"budget_usd": 400}}, {"limits": {"budget_usd": 60_000}}),
        (
            "first-years",
            "2026-12-08",
            {"interviews": [{"program": "A", "specialty": DR}]},
            {
                "interviews": [
                    {"program": "A", "specialty": DR},
                    {"program": "B", "specialty": "preliminary-medicine"},
                ]
            },
        ),
        (
            "no-interviews",
            "2026-12-08",
            {"visa": US},
            {"visa": US, "interviews": [{"program": "A", "specialty": IM}]},
        ),
        (
            "only-first-years",
            "2027-01-14",
            {
                "season_so_far": {"applied": {DR: 20, IM: 45}},
                "interviews": [{"program": "A", "specialty": "preliminary-medicine"}],
            },
            {
                "season_so_far": {"applied": {DR: 20, IM: 45}},
                "interviews": [
                    {"program": "A", "specialty": "preliminary-medicine"},
                    {"program": "B", "specialty": IM},
                ],
            },
        ),
        (
            "rank-list",
            "2027-02-20",
            {
                "interviews": [{"program": "A", "specialty": IM}],
                "rank_list": [{"program": "A"}, {"program": "A"}],
            },
            {"interviews": [{"program": "A", "specialty": IM}], "rank_list": [{"program": "A"}]},
        ),
        (
            "soap",
            "2027-03-16",
            {"season_so_far": {"applied": {IM: 80}, "result": "not matched"}},
            {"season_so_far": {"applied": {IM: 80}, "result": "matched"}},
        ),
    ],
)
def test_a_reason_is_told_where_it_is_true_and_nowhere_else(
    reason: str, on: str, with_it: dict[str, Any], without: dict[str, Any], tmp_path: Path
) -> None:
    assert reason in reasons(person("Ana", **with_it), on, tmp_path / "with")
    assert reason not in reasons(person("Ana", **without), on, tmp_path / "without")


def test_what_is_too_late_already_hurts_today(tmp_path: Path) -> None:
    applied: dict[str, Any] = {"visa": {**US}, "season_so_far": {"applied": {DR: 20, IM: 45}}}
    oet = {"exams": {**PASSED, "oet": "not taken"}, "interviews": [{"program": "A", "specialty": IM}]}
    on = dt.date(2027, 1, 14)
    assert reasons(person("Ana", **applied, **oet), on.isoformat(), tmp_path / "oet")["oet-late"] == on
    alone = reasons(person("Ana", **applied, exams=PASSED), "2026-12-20", tmp_path / "none")
    assert next(iter(alone)) == "no-interviews", "no interview at all is told before what kind is missing"
    assert alone["no-interviews"] == dt.date(2026, 12, 20)


def test_letters_nobody_spoke_of_are_not_asked_for_when_programs_have_read(tmp_path: Path) -> None:
    assert "letters-unknown" not in reasons(person("Ana", visa=US, exams=PASSED), "2027-01-14", tmp_path)


def test_who_names_what_lifts_a_restriction_is_not_told(tmp_path: Path) -> None:
    visa = {"needs": "j1", "citizenships": ["Iran"], "holds": ["in the US now"]}
    assert "restricted" not in reasons(person("Ana", visa=visa), "2026-06-15", tmp_path)


def test_the_soonest_pain_stands_on_top(tmp_path: Path) -> None:
    people = {
        "c-none.yml": person(visa=US, exams=PASSED, letters=letters(4), limits={"budget_usd": 60_000}),
        "b-later.yml": person(visa=US, exams=PASSED, letters=letters(2), limits={"budget_usd": 60_000}),
        "a-sooner.yml": person(visa=US, exams=PASSED, letters=letters(2), limits={"budget_usd": 400}),
    }
    written(tmp_path / "in", people)
    assert cohort(tmp_path / "in", "-o", tmp_path / "out") == 0
    lines = rows(tmp_path / "out" / "cohort.csv")
    assert [Path(x["file"]).name for x in lines] == ["a-sooner.yml", "b-later.yml", "c-none.yml"]
    assert [x["needs"] for x in lines] == ["over-budget; letters", "letters", ""]
    season = store.load(paths.CONTENT).seasons[2027]
    assert lines[1]["day"] == season.day("letters_in").isoformat()
    assert int(lines[1]["days"]) == (season.day("letters_in") - dt.date(2026, 6, 15)).days
    page = (tmp_path / "out" / "index.html").read_text()
    assert page.index("a-sooner") < page.index("b-later") < page.index("c-none")
    assert f"2 of 3 letters, and {lines[1]['days']} days left." in page
    assert dated(season.day("letters_in")) in page


def test_what_changed_since_last_time(tmp_path: Path) -> None:
    out = tmp_path / "out"
    home = written(tmp_path / "in", {"a.yml": person(visa=US, letters=letters(2), limits={"budget_usd": 60_000})})
    assert cohort(home, "-o", out) == 0
    assert "Nothing to compare with" in (out / "index.html").read_text()
    written(home, {"a.yml": person(visa=US, letters=letters(3), limits={"budget_usd": 400}), "b.yml": person()})
    assert cohort(home, "-o", out, on="2026-06-20") == 0
    page = (out / "index.html").read_text()
    assert "Compared with the plans of 15 June 2026: 1 person." in page
    assert "New in the cohort: 1 person." in page
    assert "New: over the budget (1)." in page
    assert "Gone: fewer than three letters (1)." in page
    new = next(x["new"] for x in rows(out / "cohort.csv") if x["file"].endswith("a.yml"))
    assert new == "New: Over the budget. Gone: Fewer than three letters. Plan before: IR + DR + IM."


HOSTILE = '<img src=x onerror=alert(1)>"&amp;{{7*7}}$summary'


def test_whatever_people_wrote_is_text(tmp_path: Path) -> None:
    home = written(tmp_path / "in", {"<b>a&'\"$x.yml": person(HOSTILE), "=cmd.yml": person("=HYPERLINK(1)")})
    assert cohort(home, "-o", tmp_path / "out", "--names") == 0
    page = (tmp_path / "out" / "index.html").read_text()
    assert "<img" not in page
    assert "<b>a" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;&quot;&amp;amp;{{7*7}}$summary" in page
    for row in csv.reader(io.StringIO((tmp_path / "out" / "cohort.csv").read_text("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row), row
    assert cohort(home, "-o", tmp_path / "out") == 0
    assert "HYPERLINK" not in (tmp_path / "out" / "index.html").read_text(), "names only where they are asked for"


def test_the_page_asks_nothing_of_anybody(tmp_path: Path, browser: Any) -> None:
    people = {f"{n}.yml": person(visa=US, letters=letters(n % 4), limits={"budget_usd": 60_000}) for n in range(8)}
    written(tmp_path / "in", people)
    assert cohort(tmp_path / "in", "-o", tmp_path / "out") == 0
    text = (tmp_path / "out" / "index.html").read_text()
    assert '<meta name="robots" content="noindex' in text
    for width, scheme in ((360, "light"), (768, "dark"), (1366, "light")):
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        told: list[str] = []
        page.on("console", lambda message, told=told: told.append(message.text))
        page.on("request", lambda request, told=told: told.append(request.url))
        page.goto((tmp_path / "out" / "index.html").as_uri())
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(wide), f"sideways at {width}"
        page.select_option("#by-reason", "letters")
        assert page.locator("#people tbody tr:visible").count() == 6
        assert page.locator("#shown").inner_text() == "6 of 8 lines are shown."
        page.fill("#by-name", "5")
        assert page.locator("#people tbody tr:visible").count() == 1
        page.click("#show-all")
        assert page.locator("#people tbody tr:visible").count() == 8
        assert told == [(tmp_path / "out" / "index.html").as_uri()], "nothing but the page itself"
        page.click("#people tbody tr:first-child th a")
        assert "Match 2027" in page.title()
        page.close()


# ---- one person


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    home = written(tmp_path / "in", {"ana.yml": person("Ana"), "bo.yml": person("Bo")})
    assert cohort(home, "-o", tmp_path / "out", "--seal", tmp_path / "keys.csv", "--single") == 0
    return tmp_path / "out"


def test_forgetting_takes_folder_line_and_passphrase(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, other = (folders(kept)[f"{x}.yml"].name for x in ("ana", "bo"))
    assert main(["cohort", "-o", str(kept), "--mentor", "ana"]) == 0
    assert main(["cohort", "-o", str(kept), "--forget", "ana"]) == 2
    assert "--seal" in capsys.readouterr().err
    assert main(["cohort", "-o", str(kept), "--forget", "ana", "--seal", str(kept.parent / "keys.csv")]) == 0
    left = [p for p in kept.rglob("*") if folder in p.as_posix()]
    assert left == []
    for listed in (kept / "people.csv", kept / "cohort.csv", kept / "index.html", kept.parent / "keys.csv"):
        text = listed.read_text("utf-8-sig")
        assert folder not in text
        assert other in text
    assert (kept / other / "index.html").is_file()
    assert main(["cohort", "-o", str(kept), "--forget", "nobody"]) == 2


def test_what_others_put_into_a_forgotten_folder_stays(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folders(kept)["ana.yml"]
    (folder / "notes.txt").write_text("mine")
    assert main(["cohort", "-o", str(kept), "--forget", "ana", "--seal", str(kept.parent / "keys.csv")]) == 2
    assert (folder / "notes.txt").read_text() == "mine"


def test_passphrases_are_drawn_once(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys, home = kept.parent / "keys.csv", kept.parent / "in"
    before = keys.read_text()
    sealed = {p: p.read_bytes() for p in (kept / "sealed").rglob("head")}
    assert cohort(home, "-o", kept, "--seal", keys, "--single") == 0
    assert keys.read_text() == before
    assert {p: p.read_bytes() for p in (kept / "sealed").rglob("head")} == sealed, "nothing is sealed again"
    written(home, {"cy.yml": person("Cy")})
    assert cohort(home, "-o", kept, "--seal", keys, "--single") == 0
    assert set(before.splitlines()) < set(keys.read_text().splitlines())
    keys.chmod(0o644)
    assert cohort(home, "-o", kept, "--seal", keys) == 2
    assert "chmod 600" in capsys.readouterr().err
    other = kept.parent / "letter.txt"
    other.write_text("Dear all")
    assert cohort(home, "-o", kept, "--seal", other) == 2
    assert other.read_text() == "Dear all"
    inside = folders(kept)["bo.yml"] / "keys.csv"
    assert cohort(home, "-o", kept, "--seal", inside) == 2
    assert not inside.exists()


def test_the_mentors_copy_leaves_out_what_is_not_theirs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = {
        **profile_file("amara.yml"),
        "exams": {
            "step1": {"result": "pass", "score": 213, "attempts": 2},
            "step2_ck": {"score": 247},
            "oet": "fail",
        },
        "visa": {"needs": "j1", "citizenships": ["Iran"], "birth_country": "Syria", "residence_country": "Cuba"},
        "limits": {"budget_usd": 4321},
        "stories": [{"title": "STORYTITLE", "fits": [IR], "text": "STORYTEXT"}],
        "applicant": {
            **profile_file("amara.yml")["applicant"],
            "name": "Amara <b>Silva</b>",
            "school_country": "Iran",
        },
    }
    written(tmp_path / "in", {"amara.yml": data})
    assert cohort(tmp_path / "in", "-o", tmp_path / "out") == 0
    capsys.readouterr()
    assert main(["cohort", "-o", str(tmp_path / "out"), "--mentor", "amara", "--on", "2026-06-15"]) == 0
    path = Path(capsys.readouterr().out.strip())
    text = path.read_text()
    words = re.sub(r"<(style|script)>.*?</\1>|sha256-[^']*'|matchguide:mentor-copy:\S+", "", text, flags=re.S)
    for secret in (
        "213",
        "247",
        "Iran",
        "Syria",
        "Cuba",
        "4321",
        "4,321",
        "STORY",
        "J-1",
        "visa need",
        "Step 2",
        "fees",
    ):
        assert secret not in words, secret
    assert "Amara &lt;b&gt;Silva&lt;/b&gt;" in words
    assert "an internist" in words
    assert not list(path.parent.rglob("plan.json"))

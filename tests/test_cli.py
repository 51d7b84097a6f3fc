"""The commands from outside: what is written where, and with which exit code."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from examples import ROOT
from matchguide.cli.main import main

AMARA = str(ROOT / "profiles" / "amara.yml")
ON = ["--on", "2026-06-15"]


def test_plan_json_has_the_names_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", AMARA, "--json", *ON]) == 0
    out = capsys.readouterr()
    plan = json.loads(out.out)
    assert out.err == ""
    for key in (
        "schema",
        "season",
        "on",
        "stage",
        "combination",
        "fit",
        "applications",
        "fees_usd",
        "budget_usd",
        "letters",
        "signals",
        "statements",
        "visa",
        "first_years",
        "advice",
        "closed",
        "timeline",
        "assumptions",
    ):
        assert key in plan
    assert plan["combination"]["id"] == "ir+dr+im"
    assert plan["combination"]["roles"] == {
        "first": "interventional-radiology",
        "close": "diagnostic-radiology",
        "broad": "internal-medicine",
    }
    assert plan["fees_usd"] == sum(a["fee_usd"] for a in plan["applications"]) <= plan["budget_usd"]
    assert {f["specialty"] for f in plan["fit"]}.isdisjoint({"interventional-radiology", "general-surgery"})
    for fit in plan["fit"]:
        assert set(fit["principles"]) == {"alignment", "realism", "visa", "satisfaction", "pathways_back"}
    assert abs(sum(f["first_in"] for f in plan["fit"]) - 1) < 1e-9
    for reason in plan["combination"]["because"]:
        assert reason["text"]
        assert all(set(ref) <= {"profile", "evidence", "season"} for ref in reason["refs"])
    text = json.dumps(plan)
    assert "[[" not in text
    assert "\\ue000" not in text


def test_mistakes_exit_with_2_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    bad = tmp_path / "bad.yml"
    bad.write_text("goal: {specialty: interventional-radiology}\nexams:\n  step2_ck: {score: 2440}\n")
    for command in (["check", str(bad)], ["plan", str(bad)], ["build", str(bad), "-o", str(tmp_path / "g")]):
        assert main(command) == 2
        err = capsys.readouterr().err
        assert f"{bad}:3:21  exams.step2_ck.score: 2440 is not a Step 2 CK score." in err
        assert "Traceback" not in err
    assert not (tmp_path / "g").exists()


def test_in_ci_values_are_hidden(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text("goal: {specialty: interventional-radiology}\nexams:\n  step2_ck: {score: 2440}\n")
    monkeypatch.delenv("CI", raising=False)
    assert main(["check", str(bad), "--redact"]) == 2
    first = capsys.readouterr().err
    monkeypatch.setenv("CI", "true")
    assert main(["check", str(bad)]) == 2
    for err in (first, capsys.readouterr().err):
        assert "2440" not in err
        assert "exams.step2_ck.score" in err


def test_check_tells_of_every_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert main(["check", AMARA, str(tmp_path / "missing.yml")]) == 2
    out = capsys.readouterr()
    assert "no mistakes" in out.out
    assert "missing.yml" in out.err


def test_init_writes_nothing_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "me")]) == 0
    assert main(["check", str(tmp_path / "me" / "profile.yml")]) == 0
    (tmp_path / "me" / "profile.yml").write_text("mine")
    assert main(["init", str(tmp_path / "me")]) == 2
    assert (tmp_path / "me" / "profile.yml").read_text() == "mine"
    capsys.readouterr()


def test_a_season_without_a_file_says_which_there_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.yml"
    path.write_text("goal: {specialty: interventional-radiology, season: 2031}\n")
    assert main(["plan", str(path), *ON]) == 2
    err = capsys.readouterr().err
    assert "2027" in err
    assert "goal.season" in err


def test_a_day_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", AMARA, "--on", "soon"]) == 2
    assert "2026-06-15" in capsys.readouterr().err


def test_source_date_epoch_is_the_day(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1781481600")
    assert main(["plan", AMARA, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["on"] == "2026-06-15"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_place(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert main(["build", AMARA, *ON, "-o", str(tmp_path / "guide")]) == 2


def test_an_output_inside_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    assert main(["build", AMARA, *ON, "-o", str(tmp_path / "file" / "guide")]) == 2
    assert main(["build", AMARA, *ON, "-o", str(tmp_path / "file")]) == 2
    assert (tmp_path / "file").read_text() == "x"
    assert "Traceback" not in capsys.readouterr().err


def test_a_broken_card_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from matchguide import paths

    shutil.copytree(paths.CONTENT, tmp_path / "content")
    card = tmp_path / "content" / "specialties" / "neurology.md"
    card.write_text(card.read_text().replace("colleagues:", "colleages:"))
    monkeypatch.setattr(paths, "CONTENT", tmp_path / "content")
    assert main(["plan", AMARA, *ON]) == 2
    err = capsys.readouterr().err
    assert "neurology.md" in err
    assert "colleag" in err


def test_check_starts_without_mkdocs() -> None:
    code = f"import sys; from matchguide.cli.main import main; main(['check', {AMARA!r}])"
    code += "; print('mkdocs' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.endswith("False\n")

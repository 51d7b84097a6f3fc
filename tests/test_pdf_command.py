"""`matchguide pdf` and `matchguide build --pdf` from outside: where they write, what they refuse, the same bytes."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from examples import ROOT
from matchguide.cli.main import main

AMARA, SMALLEST = (str(ROOT / "profiles" / f"{name}.yml") for name in ("amara", "smallest"))
ON = ["--on", "2026-06-15"]

Books = Callable[..., bytes]


def sums(folder: Path) -> dict[str, str]:
    files = (p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.mark.parametrize(("zone", "threads"), [("Asia/Colombo", "1"), ("America/Los_Angeles", "2")])
def test_the_same_bytes_in_another_folder_zone_and_thread_count(
    zone: str, threads: str, tmp_path: Path, workbooks: Books
) -> None:
    env = {**os.environ, "TZ": zone, "RAYON_NUM_THREADS": threads, "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "matchguide.cli.main", "pdf", AMARA, *ON]
    ran = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "amara.pdf\n"
    assert (tmp_path / "amara.pdf").read_bytes() == workbooks("amara")
    assert [p.name for p in tmp_path.iterdir()] == ["amara.pdf"]


def test_it_replaces_its_own_workbook(tmp_path: Path, workbooks: Books) -> None:
    target = tmp_path / "book.pdf"
    target.write_bytes(workbooks("amara"))
    assert main(["pdf", SMALLEST, *ON, "-o", str(target)]) == 0
    assert target.read_bytes() == workbooks("smallest")


FOREIGN = {"notes.txt": b"mine", "thesis.pdf": b"%PDF-1.4\n1 0 obj\n", "empty-ish.pdf": b" "}


@pytest.mark.parametrize("file", FOREIGN)
def test_a_file_that_is_not_ours_stays(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / file
    target.write_bytes(FOREIGN[file])
    assert main(["pdf", SMALLEST, *ON, "-o", str(target)]) == 2
    assert target.read_bytes() == FOREIGN[file]
    err = capsys.readouterr().err
    assert "was not written by this matchguide" in err
    assert "-o" in err


@pytest.mark.parametrize("place", ["", "missing/book.pdf", "file/book.pdf"])
def test_a_place_where_nothing_can_be_written(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder, a folder that is not there, and something inside a file: told before any work is done."""
    (tmp_path / "file").write_text("x")
    monkeypatch.setattr("matchguide.cli.pdf.Session", lambda *_: pytest.fail("the work had begun"))
    assert main(["pdf", SMALLEST, *ON, "-o", str(tmp_path / place)]) == 2
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
    assert str(tmp_path / place) in capsys.readouterr().err


def test_a_place_that_turns_out_to_be_closed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, workbooks: Books
) -> None:
    target = tmp_path / "book.pdf"
    target.write_bytes(workbooks("amara"))

    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("matchguide.output.file.put", closed)
    assert main(["pdf", SMALLEST, *ON, "-o", str(target)]) == 2
    assert target.read_bytes() == workbooks("amara")
    assert "Permission denied" in capsys.readouterr().err


def test_a_mistake_in_the_profile_loses_nothing(tmp_path: Path, workbooks: Books) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text("goal: {specialty: interventional-radiology}\nexams:\n  step2_ck: {score: 2440}\n")
    target = tmp_path / "bad.pdf"
    target.write_bytes(workbooks("smallest"))
    assert main(["pdf", str(bad), *ON, "-o", str(target)]) == 2
    assert target.read_bytes() == workbooks("smallest")


def test_an_unknown_paper_is_told_the_known_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    for command in (["pdf", SMALLEST], ["build", SMALLEST, "--pdf"]):
        for paper, told in (("papyrus", "letter, a4"), ("A5", "a4"), ("lettre", "letter")):
            assert main([*command, *ON, "--paper", paper, "-o", str(tmp_path / "x")]) == 2
            err = capsys.readouterr().err
            assert paper in err
            assert told in err
    assert not list(tmp_path.iterdir())


def test_paper_without_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", SMALLEST, *ON, "--paper", "a4", "-o", str(tmp_path / "x")]) == 2
    assert "--pdf" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_characters_without_a_font_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = tmp_path / "me.yml"
    profile.write_text(
        "goal: {specialty: interventional-radiology, season: 2027}\napplicant: {name: Ada 😀}\n", encoding="utf-8"
    )
    monkeypatch.delenv("CI", raising=False)
    assert main(["pdf", str(profile), *ON, "-o", str(tmp_path / "me.pdf")]) == 0
    assert "Emoji: no font has 1 character (😀 U+1F600)" in capsys.readouterr().err
    assert main(["pdf", str(profile), *ON, "--redact", "-o", str(tmp_path / "me.pdf")]) == 0
    err = capsys.readouterr().err
    assert "Emoji: no font has 1 character, printed as" in err
    assert "😀" not in err


def test_the_site_offers_it(tmp_path: Path, workbooks: Books) -> None:
    single = tmp_path / "one.html"
    for name in ("one", "two"):
        assert main(["build", SMALLEST, *ON, "--pdf", "-o", str(tmp_path / name), "--single", str(single)]) == 0
    assert (tmp_path / "one" / "workbook.pdf").read_bytes() == workbooks("smallest")
    assert sums(tmp_path / "one") == sums(tmp_path / "two")
    home = (tmp_path / "one" / "index.html").read_text(encoding="utf-8")
    assert home.count('href="workbook.pdf"') == 1
    assert home.index("-to-do") < home.index("workbook.pdf")
    assert "workbook.pdf" not in single.read_text(encoding="utf-8")  # nothing lies beside a single file
    assert main(["build", SMALLEST, *ON, "-o", str(tmp_path / "plain")]) == 0
    assert not (tmp_path / "plain" / "workbook.pdf").exists()
    assert "workbook.pdf" not in (tmp_path / "plain" / "index.html").read_text(encoding="utf-8")


def test_the_site_offers_the_paper_asked_for(tmp_path: Path, workbooks: Books) -> None:
    assert main(["build", SMALLEST, *ON, "--pdf", "--paper", "a4", "-o", str(tmp_path / "site")]) == 0
    assert (tmp_path / "site" / "workbook.pdf").read_bytes() == workbooks("smallest", "a4")


def test_a_published_site_offers_it_too(tmp_path: Path, workbooks: Books, capsys: pytest.CaptureFixture[str]) -> None:
    """Openly as it is; sealed inside the ciphertext, where not even its name is left in clear."""
    assert main(["publish", SMALLEST, *ON, "--open", "--pdf", "-o", str(tmp_path / "open")]) == 0
    assert (tmp_path / "open" / "workbook.pdf").read_bytes() == workbooks("smallest")
    (tmp_path / "words").write_text("revise-citric-playlist-monsieur-yearling-satchel")
    sizes = []
    for name, more in (("with", ["--pdf"]), ("without", [])):
        command = ["publish", SMALLEST, *ON, *more, "--password-file", str(tmp_path / "words")]
        assert main([*command, "-o", str(tmp_path / name)]) == 0
        sizes.append(sum(p.stat().st_size for p in (tmp_path / name).rglob("*") if p.is_file()))
        assert not list((tmp_path / name).rglob("*.pdf"))
    assert sizes[0] >= sizes[1] + 256 * 1024  # one more piece at least
    capsys.readouterr()

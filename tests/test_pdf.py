"""The workbook on paper: a tagged PDF/UA-1 with the plan's words, the same bytes for the same input."""

import hashlib
import io
from pathlib import Path

import pikepdf
import pytest

from examples import ROOT
from matchguide.cli.main import main

ON = ["--on", "2026-06-15"]


@pytest.fixture(scope="module")
def amara(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "amara.pdf"
    assert main(["pdf", str(ROOT / "profiles/amara.yml"), *ON, "-o", str(path)]) == 0
    return path


def test_it_is_tagged_titled_and_says_what_it_is(amara: Path) -> None:
    with pikepdf.open(amara) as pdf:
        assert pdf.pdf_version == "1.7"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("en")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert "2027" in meta["dc:title"]
        with pdf.open_outline() as outline:
            assert len(outline.root) > 5
        assert len(pdf.pages) > 40
        boxes = {tuple(float(x) for x in page.MediaBox) for page in pdf.pages}
        assert boxes == {(0.0, 0.0, 612.0, 792.0)}
        links = [a for page in pdf.pages for a in page.get("/Annots", [])]
        assert links
        assert all("/Contents" in a for a in links if a.Subtype == "/Link")


def test_the_same_input_gives_the_same_bytes(amara: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "Asia/Colombo")
    assert main(["pdf", str(ROOT / "profiles/amara.yml"), *ON, "-o", "again.pdf"]) == 0
    first, again = (hashlib.sha256(p.read_bytes()).hexdigest() for p in (amara, tmp_path / "again.pdf"))
    assert first == again


def test_a4_and_the_smallest_profile(tmp_path: Path) -> None:
    path = tmp_path / "s.pdf"
    assert main(["pdf", str(ROOT / "profiles/smallest.yml"), *ON, "--paper", "a4", "-o", str(path)]) == 0
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        assert {round(float(page.MediaBox[3])) for page in pdf.pages} == {842}


def test_bad_input_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = str(ROOT / "profiles/smallest.yml")
    assert main(["pdf", profile, *ON, "--paper", "papyrus", "-o", str(tmp_path / "x.pdf")]) == 2
    assert main(["pdf", profile, *ON, "-o", str(tmp_path)]) == 2
    assert not list(tmp_path.iterdir())
    assert "Traceback" not in capsys.readouterr().err

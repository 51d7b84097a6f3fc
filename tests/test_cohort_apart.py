"""Nothing of one person is in what another one gets. `make apart` plants a marker in each of two hundred profiles."""

import io
import os
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from cohorts import cohort, folders, marked, person, rows, written
from matchguide.publish.head import read_head
from matchguide.publish.seal import unseal
from matchguide.publish.site import HEAD, read_site
from pdf_reading import structure

PEOPLE = int(os.environ.get("APART", "6"))


def found(data: bytes) -> set[str]:
    """The markers in some bytes, as they are or as a page or a PDF holds them."""
    text = data.decode("utf-8", "replace")
    return set(re.findall(r"MARKER\d{4}X", re.sub(r"\r?\n[ \t]", "", text)))


def paper(data: bytes) -> bytes:
    def words(element: Any) -> str:
        return element if isinstance(element, str) else "".join(map(words, element.parts))

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return words(structure(pdf)).encode()


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("apart")
    written(home / "in", {f"{n:04}.yml": marked(n) for n in range(PEOPLE)})
    keys = home / "keys.csv"
    assert cohort(home / "in", "-o", home / "out", "--seal", keys, "--single", "--pdf", jobs=2) == 0
    return home / "out"


def test_each_marker_is_in_its_own_folder_only(out: Path) -> None:
    there = folders(out)
    assert len(there) == PEOPLE
    for n in range(PEOPLE):
        own = {f"MARKER{n:04}X"}
        folder = there[f"{n:04}.yml"]
        for path in folder.rglob("*"):
            if path.is_file():
                assert found(path.read_bytes()) <= own, path
        for name in ("index.html", "whole.html", "plan.json", "program-sheet.csv", "search/search_index.js"):
            assert found((folder / name).read_bytes()) == own, name
        assert found(paper((folder / "workbook.pdf").read_bytes())) == own
        assert found((out / "single" / f"{folder.name}.html").read_bytes()) == own


def test_sealed_pieces_hold_their_own_person_and_open_with_their_own_words_only(out: Path) -> None:
    keys = {row["folder"]: row["passphrase"] for row in rows(out.parent / "keys.csv")}
    for n in range(PEOPLE):
        folder = folders(out)[f"{n:04}.yml"].name
        sealed = out / "sealed" / folder
        for path in sealed.rglob("*"):
            assert not path.is_file() or not found(path.read_bytes()), path
        files = unseal(read_site(sealed), keys[folder])
        assert found(files["index.html"]) == {f"MARKER{n:04}X"}
    first, second = list(keys)[:2]
    with pytest.raises(Exception, match="password"):
        unseal(read_site(out / "sealed" / first), keys[second])


def test_page_table_and_list_hold_no_marker(out: Path) -> None:
    for name in ("index.html", "cohort.csv", "people.csv"):
        assert not found((out / name).read_bytes()), name


def test_keys_salts_and_passphrases_differ(out: Path) -> None:
    listed = rows(out.parent / "keys.csv")
    assert (out.parent / "keys.csv").stat().st_mode & 0o777 == 0o600
    assert len({row["passphrase"] for row in listed}) == PEOPLE
    heads = [read_head((out / "sealed" / row["folder"] / HEAD).read_text()) for row in listed]
    assert len({head.salt for head in heads}) == len({head.build for head in heads}) == PEOPLE
    pages = [(out / row["folder"] / "index.html").read_text() for row in listed]
    keys = [re.search(r'name="guide-key" content="(\w+)"', page) for page in pages]
    assert len({key[1] for key in keys if key}) == PEOPLE


def test_the_page_of_all_lies_in_no_folder_that_is_handed_on(out: Path) -> None:
    title = b"Who needs you first"
    holding = [p for p in out.rglob("*.html") if title in p.read_bytes()]
    assert holding == [out / "index.html"]
    assert not list(out.glob("*/people.csv"))
    assert not list(out.glob("*/cohort.csv"))


def test_two_people_of_one_name_are_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = (person("Ana Silva", guide_id=f"drawn-id-{x}", limits={"budget_usd": x}) for x in (1111, 2222))
    written(tmp_path / "in", {"1.yml": one, "2.yml": other, "3.yml": person("Bo"), "4.yml": person("Bo")})
    assert cohort(tmp_path / "in", "-o", tmp_path / "out") == 0
    told = capsys.readouterr().err
    assert "3.yml" in told
    assert "4.yml" in told
    assert "guide_id" in told
    there = folders(tmp_path / "out")
    pages = [(there[f"{n}.yml"] / "index.html").read_text() for n in (1, 2)]
    keys = [re.search(r'name="guide-key" content="(\w+)"', page) for page in pages]
    assert keys[0]
    assert keys[1]
    assert keys[0][1] != keys[1][1]
    assert "1,111" in pages[0] + (there["1.yml"] / "profile.html").read_text()
    assert "2222" not in pages[0]
    assert "1111" not in pages[1]

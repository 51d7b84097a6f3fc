"""The sheet of programs: what the reader wrote, as text; what they did not write, empty."""

import csv
import io
from pathlib import Path

import pytest

from examples import DAY
from matchguide.session import Session

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "﹦1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u2060 =1",
    "\u00ad=1",
    "\u3164=1",
    "  =1",
    "\u034f=1",
    "−1",
]


def rows(session: Session) -> list[list[str]]:
    text = session.guide.assets["program-sheet.csv"].decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def of(text: str, tmp_path: Path) -> Session:
    file = tmp_path / "me.yml"
    quoted = text.replace("'", "''")
    file.write_text(
        "goal: {specialty: interventional-radiology, season: 2027}\n"
        f"programs: [{{name: '{quoted}', specialty: internal-medicine}}]\n",
        encoding="utf-8",
    )
    return Session(file, DAY)


def test_empty_cells_are_empty(tmp_path: Path) -> None:
    listed = [row for row in rows(of("St. Mary's", tmp_path))[1:] if row[1]]
    assert listed
    assert {"", "'"} & {cell for row in listed for cell in row} == {""}


@pytest.mark.parametrize("text", FORMULAS)
def test_no_spreadsheet_computes_what_the_reader_wrote(text: str, tmp_path: Path) -> None:
    name = rows(of(text, tmp_path))[1][1]
    assert name.startswith("'")
    assert name.endswith(text.split()[-1])


@pytest.mark.parametrize("text", ["St. Mary's", "A = B", "Ω-clinic", "３ Hills", "שערי צדק", "東京＝大学"])
def test_a_name_stays_a_name(text: str, tmp_path: Path) -> None:
    assert rows(of(text, tmp_path))[1][1] == text

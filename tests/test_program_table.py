"""Tables of programs as people have them: encodings, separators, headers, cells, and everything that can be wrong."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

import made_up_table
from matchguide.mistakes import MistakesFound
from matchguide.profile.values import PartialDate
from matchguide.programs import read, sheets
from matchguide.programs.listed import AttemptsLimit, Floor, Listed, Table, YearsLimit
from test_program_verdicts import TABLES, table_of

pytestmark = pytest.mark.fast

HEAD = "Program,Specialty,State,J1"


def one(columns: str, cells: str) -> Listed:
    return table_of(f"Program,Specialty,{columns}\nAlder,IM,{cells}\n".encode()).programs[0]


def told(table: Table) -> list[tuple[str, int, str]]:
    return [(n.id, n.row, n.column) for n in table.notes]


# Forms

TEXT = "Program;Specialty;State;J1;Note\nÄlder;IM;NY;yes;José\nBirch;DR;NJ;no;\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_common_form_of_csv_is_read(encoding: str, separator: str, ending: str) -> None:
    raw = TEXT.replace(";", separator).replace("\n", ending).encode(encoding)
    table = table_of(raw)
    assert [(p.name, p.state, p.j1, p.note) for p in table.programs] == [
        ("Älder", "NY", "yes", "José"),
        ("Birch", "NJ", "no", None),
    ]
    assert [n.id for n in table.notes] == (["encoding"] if encoding == "cp1252" else [])


def test_a_line_that_names_the_separator_is_followed() -> None:
    assert table_of(b"sep=;\nProgram;Specialty;J1\nAlder;IM;yes\n").programs[0].j1 == "yes"


@pytest.mark.parametrize("name", ["a_shared_list.csv", "c_tracker.csv"])
def test_the_same_table_as_a_workbook_reads_the_same(name: str) -> None:
    csv = sheets.read((TABLES / name).read_bytes(), name).sheets[0].rows
    from_csv = table_of((TABLES / name).read_bytes())
    from_xlsx = table_of(sheets.as_workbook([("Sheet1", csv)]))

    def plain(p: Listed) -> dict[str, Any]:
        return {k: v for k, v in vars(p).items() if k != "place"}

    assert [plain(p) for p in from_csv.programs] == [plain(p) for p in from_xlsx.programs]


def test_a_header_below_titles_with_line_breaks_and_signs() -> None:
    raw = 'My list\n\n"Program\nName",SPECIALTY,"Sponsors\nJ1 ?",# attempts\nAlder,IM,Y,1\n'
    (p,) = table_of(raw.encode()).programs
    assert (p.name, p.j1, p.attempts_limit, p.place.row) == ("Alder", "yes", AttemptsLimit(1), 4)


def test_columns_we_do_not_know_are_kept_as_they_are() -> None:
    (p,) = table_of(f"{HEAD},My mood,Avg Step 2\nAlder,IM,NY,yes, good ,245\n".encode()).programs
    assert dict(p.more) == {"My mood": "good", "Avg Step 2": "245"}
    assert p.ck_floor is None, "an average is no floor"


def test_two_headers_alike_are_told_and_both_kept() -> None:
    table = table_of(f"{HEAD},Notes,Notes\nAlder,IM,NY,yes,a,b\n".encode())
    assert (table.programs[0].note, dict(table.programs[0].more)) == ("a", {"Notes": "b"})
    assert told(table) == [("header-twice", 1, "Notes")]


def test_titles_states_legends_and_repeated_headers_are_no_programs_and_not_lost() -> None:
    programs = f"NEW YORK,,,\nAlder,IM,,yes\n{HEAD}\nBirch,IM,OH,yes\nCedar,IM,,yes\n"
    raw = f"my title,,,\n{HEAD}\n{programs}* = prematch; x = y,,,\n"
    table = table_of(raw.encode())
    assert [(p.name, p.state) for p in table.programs] == [("Alder", "NY"), ("Birch", "OH"), ("Cedar", None)]
    assert [place.row for place, _ in table.others] == [1, 3, 5, 8]


def test_a_row_with_only_a_name_and_a_name_from_right_to_left_stay() -> None:
    table = table_of(f"{HEAD}\nAlder,,,\nمستشفى,IM,NY,yes\n".encode())
    assert [(p.name, p.specialty) for p in table.programs] == [("Alder", None), ("مستشفى", "internal-medicine")]


def test_three_hundred_columns() -> None:
    head = ",".join(f"extra {i}" for i in range(300))
    (p,) = table_of(f"{HEAD},{head}\nAlder,IM,NY,yes,{','.join('x' * 300)}\n".encode()).programs
    assert len(p.more) == 300


# Cells


@pytest.mark.parametrize(
    ("cell", "limit"),
    [
        ("5", YearsLimit(5)),
        ("5 yrs", YearsLimit(5)),
        ("within 5 years", YearsLimit(5)),
        ("≤5", YearsLimit(5)),
        ("<5", YearsLimit(5, strict=True)),
        ("3 (pref)", YearsLimit()),
        ("no cut off", YearsLimit()),
        ("2020+", YearsLimit(graduated=2020)),
        ("2022 or later", YearsLimit(graduated=2022)),
        ("5 (from grad to July 1)", YearsLimit(5)),
        ("N/A", None),
        ("a few", None),
    ],
)
def test_years(cell: str, limit: YearsLimit | None) -> None:
    assert one("Years limit,J1", f"{cell},yes").years_limit == limit


@pytest.mark.parametrize(
    ("cell", "limit"),
    [
        ("1", AttemptsLimit(1)),
        ("1st", AttemptsLimit(1)),
        ("no attempts", AttemptsLimit(1)),
        ("0 failures", AttemptsLimit(1)),
        ("2 failures", AttemptsLimit(3)),
        ("any", AttemptsLimit()),
        ("2 total", AttemptsLimit(2, total=True)),
        ("-", None),
    ],
)
def test_attempts(cell: str, limit: AttemptsLimit | None) -> None:
    assert one("Attempts,J1", f"{cell},yes").attempts_limit == limit


@pytest.mark.parametrize(
    ("cell", "floor"),
    [
        (">230", Floor(230, strict=True)),
        ("≥ 240", Floor(240)),
        ("220-230", Floor(220)),
        ("24x", Floor(240)),
        ("P", Floor()),
        ("avg 245", Floor()),
        ("no minimum", Floor()),
        ("23O", None),
        ("2300", None),
    ],
)
def test_scores(cell: str, floor: Floor | None) -> None:
    assert one("Min Step 2 Score,J1", f"{cell},yes").ck_floor == floor


@pytest.mark.parametrize(
    ("cell", "visas"),
    [
        ("J1 only", ("yes", "no")),
        ("J1/H1b", ("yes", "yes")),
        ("ECFMG J-1", ("yes", None)),
        ('"J1, H1b (Step 3)"', ("yes", "yes")),
        ("H1B only", ("no", "yes")),
        ("No visa", ("no", "no")),
        ("GC/citizens only", ("no", "no")),
        ("case by case", ("ask", "ask")),
        ("accepts visas", ("ask", "ask")),
        ("J1 - not this year", ("no", None)),
        ("?", ("ask", "ask")),
        ("", (None, None)),
        ("perhaps J1 perhaps not", (None, None)),
    ],
)
def test_one_column_for_both_visas(cell: str, visas: tuple[str | None, str | None]) -> None:
    p = one("Visa,State", f"{cell},NY")
    assert (p.j1, p.h1b) == visas


@pytest.mark.parametrize(
    ("cells", "shares"),
    [
        (["45%", "62,5 %", "~40%", "50-60%", "2 of 12"], [45, 62.5, 40, 55, 100 * 2 / 12]),
        (["0.45", "0.2", "1"], [45, 20, 100]),
        (["45", "0.45", "20"], [45, 45, 20]),
        (["140%", "most", "none", "0"], [None, "yes", "no", 0]),
    ],
)
def test_shares_are_read_by_their_column(cells: list[str], shares: list[Any]) -> None:
    rows = "".join(f'Alder{i},IM,NY,"{cell}"\n' for i, cell in enumerate(cells))
    found = [p.non_us_imgs for p in table_of(f"Program,Specialty,State,Non-US IMG %\n{rows}".encode()).programs]
    assert found == pytest.approx(shares) if all(isinstance(x, int | float) for x in shares) else found == shares


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("9/27/2023", PartialDate(2023, 9, 27)),
        ('"September 28, 2023"', PartialDate(2023, 9, 28)),
        ("12-May-26", PartialDate(2026, 5, 12)),
        ("Aug 2026", PartialDate(2026, 8)),
        ("2026-05-02", PartialDate(2026, 5, 2)),
        ("46154", PartialDate(2026, 5, 12)),
        ("13/5/2026", PartialDate(2026, 5, 13)),
        ("00/00/0000", None),
        ("1/1/1900", None),
        ("10/14", None),
    ],
)
def test_days(cell: str, day: PartialDate | None) -> None:
    assert one("Last checked,J1", f"{cell},yes").checked == day


def test_a_day_that_can_be_two_is_told_and_follows_its_column() -> None:
    rows = "Alder,IM,NY,yes,06/01/26\nBirch,IM,NY,yes,25/01/26\n"
    table = table_of(f"{HEAD},Last checked\n{rows}".encode())
    assert table.programs[0].checked == PartialDate(2026, 1, 6)
    assert told(table) == [("day-two-ways", 2, "Last checked")]


def test_what_was_not_understood_is_told_with_its_row_and_column_and_the_rest_used() -> None:
    raw = f"{HEAD},Years limit,Attempts,CK min,IMG %\nAlder,Dermatology,NY,maybe,5-May,lots,2300,140%\n"
    table = table_of(raw.encode())
    assert sorted(told(table)) == [
        ("day-in-limit", 2, "Years limit"),
        ("not-understood", 2, "Attempts"),
        ("not-understood", 2, "CK min"),
        ("not-understood", 2, "J1"),
        ("share-over", 2, "IMG %"),
        ("specialty-unknown", 2, "Specialty"),
    ]
    (p,) = table.programs
    assert (p.name, p.state, p.said["j1"], p.said["years_limit"]) == ("Alder", "NY", "maybe", "5-May")


def test_the_code_of_the_nrmp_says_specialty_and_kind_of_place() -> None:
    codes = {"9901420A0": ("diagnostic-radiology", "advanced"), "9911440P0": ("preliminary-surgery", "preliminary"),
             "9915999P0": ("transitional-year", "preliminary"), "9903420R0": ("diagnostic-radiology", "physician"),
             "9919140M0": ("internal-medicine", "categorical")}  # fmt: skip
    for code, expected in codes.items():
        (p,) = table_of(f"Program,NRMP code,J1\nAlder,{code},yes\n".encode()).programs
        assert (p.specialty, p.start) == expected


@pytest.mark.parametrize(
    ("first", "again", "sure"),
    [
        ("Alder Medical Center,IM,NY,yes", "Alder Med Ctr,Internal Medicine,NY,yes", True),
        ("St. Birch Hospital,IM,NY,yes", "Saint Birch Hosp,IM,NY,yes", True),
        ("Alder Lake Hospital,IM,NY,yes", "Alder Hospital,IM,NY,yes", False),
        ("Brackenfold Hospital,IM,NY,yes", "Brackenfeld Hospital,IM,NY,yes", False),
        ("Alder Lake Hospital,IM,NY,yes", "Alder Hill Hospital,IM,NY,yes", None),
        ("Alder Hospital,IM,NY,yes", "Alder Hospital,FM,NY,yes", None),
        ("Alder Hospital,IM,NY,yes", "Alder Hospital,IM,NJ,yes", None),
    ],
)
def test_the_same_program_twice_is_told_and_both_stay(first: str, again: str, sure: bool | None) -> None:
    table = table_of(f"{HEAD}\n{first}\n{again}\n".encode())
    assert len(table.programs) == 2
    assert [d.sure for d in table.doubles] == ([] if sure is None else [sure])


# Workbooks


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_numbers_days_formulas_and_merged_names() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Program", "Specialty", "State", "J1", "Max yrs", "Last checked", "Notes"])
    sheet.append(["Alder", "IM", "NY", True, 5, dt.datetime(2026, 5, 12), "=1+1"])
    sheet.append([None, "FM", "NY", "yes", dt.datetime(2026, 3, 5), None, None])
    sheet.merge_cells("A2:A3")
    hidden = book.create_sheet("Old year")
    hidden.append(["Program", "J1", "State"])
    hidden.append(["Gone", "yes", "NY"])
    hidden.sheet_state = "hidden"
    legend = book.create_sheet("Legend")
    legend.append(["x = yes"])
    table = table_of(saved(book), "list.xlsx")
    alder, family = table.programs
    assert (alder.j1, alder.years_limit, alder.checked, alder.note) == (
        "yes", YearsLimit(5), PartialDate(2026, 5, 12), "=1+1"
    )  # fmt: skip
    assert (family.name, family.specialty, family.years_limit) == ("Alder", "family-medicine", None)
    assert {n.id for n in table.notes} == {"hidden-sheet", "sheet-without-header", "day-in-limit"}
    assert next(n for n in table.notes if n.id == "day-in-limit").values["likely"] == "3-5"


def test_a_merged_cell_counts_for_its_rows_and_stands_once_over_its_columns() -> None:
    """Also in a second sheet; and what is left below a merged heading is no value of its own."""
    book = Workbook()
    first, second = book.active, book.create_sheet("DR")
    assert first is not None
    for sheet, name in ((first, "Alder"), (second, "Beech")):
        sheet.append(["Made-up list"])
        sheet.append(["Program", "Start", "J1", "Our notes", "More notes"])
        sheet.append([name, "categorical", "yes", "one note over two", None])
        sheet.append([None, "advanced", "no", None, None])
    first.merge_cells("D3:E3")
    first["F2"], first["F3"], first["A4"] = "City", "Made-up Town", "Cedar"
    first.merge_cells("F3:F4")
    second.merge_cells("A1:E1")
    second.merge_cells("A3:A9000")  # as far as somebody once dragged it
    note = "one note over two</t></is></c>"
    below = '<c r="E3" t="str"><v>left below</v></c>'
    raw = with_sheet(saved(book), lambda text: text.replace(note, note + below).replace('<c r="F4" />', ""))
    table = table_of(raw, "list.xlsx")
    assert [(p.name, p.j1) for p in table.programs] == [
        ("Alder", "yes"), ("Cedar", "no"), ("Beech", "yes"), ("Beech", "no")
    ]  # fmt: skip
    assert table.programs[0].more == {"Our notes": "one note over two"}
    assert table.programs[1].city == "Made-up Town"


def openpyxl_says(raw: bytes) -> list[list[str]]:
    """The cells of the first sheet by the library alone."""
    sheet = load_workbook(io.BytesIO(raw)).worksheets[0]
    return [["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)]


def with_sheet(raw: bytes, change: Callable[[str], str]) -> bytes:
    """A workbook with the text of its sheets changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as given, zipfile.ZipFile(out, "w") as packed:
        for part in given.namelist():
            text = given.read(part)
            is_sheet = part.startswith("xl/worksheets/")
            packed.writestr(part, change(text.decode()).encode() if is_sheet else text)
    return out.getvalue()


def test_texts_that_stand_in_their_cells_are_read_as_the_library_reads_them() -> None:
    """Our own files and most exports write them so, and we read those a shorter way."""
    texts = [
        "A & B <C>",
        " blanks ",
        "two\nlines",
        "١٢ مستشفى",
        "=1+1",
        "12",
        "TRUE",
        "1/2/2026",
        "&amp;",
        "]]>",
        "\u00a0",
    ]
    raw = sheets.as_workbook([("S", [["Program", "J1", *map(str, range(len(texts)))], ["Alder", "yes", *texts]])])
    assert [list(row) for row in sheets.read(raw, "a.xlsx").sheets[0].rows] == openpyxl_says(raw)
    assert openpyxl_says(raw)[1][2:] == texts
    in_two_kinds = with_sheet(raw, lambda text: text.replace("<t>Alder</t>", "<r><t>Al</t></r><r><t>der</t></r>"))
    with_formula = with_sheet(raw, lambda text: text.replace("<is><t>yes</t></is>", "<f>1+1</f><v>2</v>"))
    for other in (in_two_kinds, with_formula):
        assert other != raw
        assert [list(row) for row in sheets.read(other, "a.xlsx").sheets[0].rows] == openpyxl_says(other)


def test_a_sheet_named_after_a_specialty_says_it_for_its_rows() -> None:
    raw = sheets.as_workbook(
        [("IM", [["Program", "J1"], ["Alder", "yes"]]), ("DR", [["Program", "J1"], ["Birch", "no"]])]
    )
    assert [p.specialty for p in table_of(raw).programs] == ["internal-medicine", "diagnostic-radiology"]


def refused(raw: bytes) -> str:
    with pytest.raises(MistakesFound) as error:
        table_of(raw, "programs.xlsx")
    return error.value.text()


def test_what_is_no_table_is_refused_with_what_to_do(tmp_path: Path) -> None:
    assert "password" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "cannot be read" in refused(b"PK\x03\x04 broken")
    assert "no row names the columns" in refused(b"Alder,yes\nBirch,no\n")
    assert "no program stands" in refused(b"Program,J1\n")
    assert "no program stands" in refused(b"")
    assert "too large" in refused(b"x" * (sheets.LARGEST + 1))
    assert "is no table" in refused(b"%PDF-1.7")
    assert "more than 20,000 rows" in refused(b"Program,J1\n" + b"Alder,yes\n" * 20_001)
    assert "quotation mark" in refused(b'Program,J1\n"' + b"x" * 200_000)


ROW = "{},IM,NY,yes,5\n"
COLUMNS = "Program,Specialty,State,J1,Max yrs\n"


def test_a_quotation_mark_that_is_not_closed_loses_no_row_in_silence() -> None:
    """It puts the rows below into one cell. To the end of the file, nothing of them can be read; else it is told.
    A single mark (an inch), and a text over several lines, are no such thing."""
    opened = COLUMNS + ROW.format('"Alder') + ROW.format("Birch") + ROW.format("Cedar")
    assert "quotation mark in row 2 is never closed" in refused(opened.encode())
    closed_later = opened + ROW.format('Dog"wood') + ROW.format("Elm")
    table = table_of(closed_later.encode())
    assert ("rows-in-a-cell", 2, "") in told(table)
    assert table.programs[-1].name == "Elm"
    fine = (
        COLUMNS.replace("\n", ",Notes\n") + '5" Alder,IM,NY,yes,5,\nBirch,IM,NY,yes,5,"kind, and\nmy kind of place"\n'
    )
    table = table_of(fine.encode())
    assert [p.name for p in table.programs] == ['5" Alder', "Birch"]
    assert told(table) == []


def test_a_row_with_only_a_name_is_kept_and_told_and_a_heading_over_columns_is_none() -> None:
    table = table_of((COLUMNS + "Alder,,,,\n" + ROW.format("Birch")).encode())
    assert [(p.name, p.j1) for p in table.programs] == [("Alder", None), ("Birch", "yes")]
    assert told(table) == [("name-only", 2, "")]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Program", "J1", "State"], ["Programs near my uncle"], ["Alder", "yes", "NY"], ["Birch"]):
        sheet.append(row)
    sheet.merge_cells("A2:C2")
    table = table_of(saved(book), "list.xlsx")
    assert [p.name for p in table.programs] == ["Alder", "Birch"]
    assert [text for _, text in table.others] == ["Programs near my uncle"]


@pytest.mark.filterwarnings("error")
def test_days_that_are_none_are_told_by_us_and_by_nobody_else() -> None:
    """1900, before 1900, and a number that no calendar holds: openpyxl warns of the last with a path of its own."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Program", "J1", "State", "Last checked"])
    for day in (dt.datetime(1900, 1, 1), -5, 3_000_000):
        sheet.append(["Alder", "yes", "NY", day])
        sheet.cell(sheet.max_row, 4).number_format = "yyyy-mm-dd"
    table = table_of(saved(book), "list.xlsx")
    assert [row for id, row, column in told(table) if column == "Last checked"] == [2, 3, 4]
    assert [p.checked for p in table.programs] == [None, None, None]


def test_a_workbook_that_unpacks_to_more_than_it_should_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 5_000_000)
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 1_000_000)
    assert "unpacks to" in refused(out.getvalue())


def test_alumni_are_counted_where_it_is_known_that_they_are_of_the_readers_school() -> None:
    """A shared list has a column for each school; which one is the reader's, only they know."""
    assert [one(*cells).alumni for cells in (("Alumni", "x"), ("My school", "Dr. Perera"), ("Alumni", "no"))] == [
        "yes",
        "Dr. Perera",
        None,
    ]
    assert one("Colombo Alumni", "x").alumni == "Colombo Alumni"
    several = table_of(b"Program,Specialty,Colombo Alumni,Kandy Alumni\nAlder,IM,x,3\n")
    assert several.programs[0].alumni is None
    assert several.programs[0].more == {"Colombo Alumni": "x", "Kandy Alumni": "3"}
    assert told(several) == [("several-alumni", 1, "Colombo Alumni, Kandy Alumni")]
    named = table_of(b"Program,Specialty,Colombo Alumni,Alumni of my school\nAlder,IM,x,3\n")
    assert (named.programs[0].alumni, told(named)) == ("3", [])


# Written back


def test_what_looks_like_a_formula_is_written_as_text_and_read_back_as_it_was() -> None:
    cells = ["=1+1", "+1 555 0100", "-", "-5", "@name", "'quoted", "'=x", "plain", "", "\u200b=hidden", "\uff1dwide"]
    raw = sheets.as_csv([["Program", "J1", *map(str, range(len(cells)))], ["Alder", "yes", *cells]])
    text = raw.decode("utf-8-sig")
    assert "'=1+1" in text
    assert ",'-," not in text
    (p,) = table_of(raw).programs
    assert [p.more.get(str(i), "") for i in range(len(cells))] == cells
    book = load_workbook(io.BytesIO(sheets.as_workbook([("S", [["Program", "J1"], ["=1+1", "yes"]])])))
    cell = book["S"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_three_messy_sheets_are_three_hundred_programs() -> None:
    table = table_of(made_up_table.workbook(), "three.xlsx")
    assert len(table.programs) == 300
    assert {p.specialty for p in table.programs} == {
        "internal-medicine", "diagnostic-radiology", "interventional-radiology", "preliminary-surgery",
        "preliminary-medicine", "transitional-year",
    }  # fmt: skip
    assert all(p.ticked for p in table.programs if p.place.sheet == "First years")


def test_a_table_lies_beside_its_profile_and_nowhere_else(tmp_path: Path) -> None:
    profile = tmp_path / "me" / "profile.yml"
    profile.parent.mkdir()
    for name in ("../other.csv", "/etc/passwd", "a/b.csv", "..", "a\\b.csv"):
        with pytest.raises(MistakesFound, match="beside the profile"):
            read.beside(profile, name)
    (tmp_path / "other.csv").write_text("Program,J1\nAlder,yes\n")
    (profile.parent / "list.csv").symlink_to(tmp_path / "other.csv")
    with pytest.raises(MistakesFound, match="link out of the folder"):
        read.beside(profile, "list.csv")
    with pytest.raises(MistakesFound, match="no such table"):
        read.read_file(read.beside(profile, "none.csv"))

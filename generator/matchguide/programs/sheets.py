"""From the bytes of a CSV or XLSX file to rows of text. Nothing in it is executed, and no formula is worked out."""

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from matchguide.mistakes import MistakesFound, mistake
from matchguide.programs.listed import Note

LARGEST = 10_000_000  # bytes; a table of 5,000 programs is two
LARGEST_UNPACKED = 200_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 1_000
LONGEST_CELL = 2_000
_LOOKED_AT = 60  # rows that tell the separator
_FEW = 3  # columns; a line of text may have as many commas

Row = tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """`dates` are the cells (row from 1, column from 0) that the spreadsheet holds as dates, `headings` the rows that
    hold only one cell, merged over several columns."""

    name: str
    rows: tuple[Row, ...]
    dates: frozenset[tuple[int, int]] = frozenset()
    headings: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Sheets:
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...]


def read(raw: bytes, name: str) -> Sheets:
    """The sheets of a file by what it is, whatever its name ends in. Raises MistakesFound."""
    if len(raw) > LARGEST:
        raise mistake(
            name,
            f"this table is too large: more than {LARGEST:,} bytes.",
            allowed="Keep the columns and programs you need, without pictures.",
        )
    if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise mistake(
            name,
            "this workbook has a password, or is in the format of before 2007 (.xls).",
            allowed="Open it, take the password away, and save it as .xlsx or .csv.",
        )
    if raw[:4] == b"PK\x03\x04":
        return _workbook(raw, name)
    if raw[:5].lower() in (b"<html", b"<!doc", b"%pdf-") or raw[:4] == b"\x89PNG":
        raise mistake(name, "this is no table.", allowed="Save it as .xlsx or .csv.")
    return _text(raw, name)


# CSV


def _text(raw: bytes, name: str) -> Sheets:
    text, notes = _decoded(raw)
    text = text.replace("\x00", "")
    first, _, rest = text.partition("\n")
    separator = ""
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        separator, text = first.strip()[4], rest
    csv.field_size_limit(max(LONGEST_CELL * 50, 131_072))
    separator = separator or _separator(text)
    rows: list[Row] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(_holds_rows(cell, separator, max(map(len, rows[:_LOOKED_AT]), default=0)) for cell in row):
                notes.append(Note("rows-in-a-cell", row=len(rows) + 1))
            rows.append(tuple(bare(cell[:LONGEST_CELL]) for cell in row[:MOST_COLUMNS]))
            if len(rows) > MOST_ROWS:
                raise _too_many(name)
    except csv.Error:
        raise mistake(
            name,
            f"cannot be read as a table after row {len(rows)}.",
            allowed="A quotation mark that is opened there and never closed?",
        ) from None
    if notes and notes[-1].row == len(rows) and text.count('"') % 2:
        raise mistake(
            name,
            f"a quotation mark in row {len(rows)} is never closed, so the rows after it cannot be read.",
            allowed="Close it or take it away.",
        )
    return Sheets((Sheet("", tuple(rows)),), tuple(notes))


def _holds_rows(cell: str, separator: str, columns: int) -> bool:
    """Whether a cell holds lines that look like rows: a quotation mark before it was opened and not closed there."""
    return "\n" in cell and columns > _FEW and any(x.count(separator) == columns - 1 for x in cell.splitlines()[1:])


def _too_many(name: str) -> Exception:
    return mistake(name, f"has more than {MOST_ROWS:,} rows.", allowed="Keep the programs you think of.")


def _decoded(raw: bytes) -> tuple[str, list[Note]]:
    """The text in the encoding that fits: a byte order mark, UTF-16 without one, UTF-8, else Windows-1252."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace"), []
    head = raw[:2000]
    if head[1::2].count(0) > len(head) // 4:
        return raw.decode("utf-16-le", errors="replace"), []
    if head[0::2].count(0) > len(head) // 4:
        return raw.decode("utf-16-be", errors="replace"), []
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace"), [Note("encoding")]


def _separator(text: str) -> str:
    """The separator that gives the most cells in rows of one length."""
    start = text[:40_000]
    best, found = (0, 0), ","
    for separator in (",", ";", "\t", "|"):
        try:
            reader = csv.reader(io.StringIO(start, newline=""), delimiter=separator)
            lengths = [len(row) for row in islice(reader, _LOOKED_AT)]
        except csv.Error:
            continue
        length, times = (
            Counter(n for n in lengths if n > 1).most_common(1)[0] if max(lengths, default=0) > 1 else (0, 0)
        )
        if (times * length, length) > best:
            best, found = (times * length, length), separator
    return found


# XLSX


def _workbook(raw: bytes, name: str) -> Sheets:
    broken = mistake(name, "this workbook cannot be read.", allowed="Open it and save it anew as .xlsx, or as .csv.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise broken from None
    if size > LARGEST_UNPACKED:
        raise mistake(name, f"this workbook unpacks to {size:,} bytes.", allowed="Save the sheet you need as .csv.")
    from openpyxl import load_workbook

    try:
        quick, merged = _made_quick(raw)
        sheets: list[Sheet] = []
        notes: list[Note] = []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out we do not read, or tell by its cell
            book = load_workbook(quick, read_only=True, data_only=False, keep_links=False)
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    sheets.append(_sheet(sheet, name, merged.get(_part(sheet), ())))
                else:
                    notes.append(Note("hidden-sheet", str(sheet.title)))
    except MistakesFound:
        raise
    except Exception:  # a stranger's file: openpyxl raises whatever the broken place leads to
        raise broken from None
    return Sheets(tuple(sheets), tuple(notes))


# A text that stands in its cell, without letters of several kinds. Written so by our own files and by most exports.
_TEXT_IN_CELL = re.compile(rb't="inlineStr"><is><t(?: xml:space="preserve")?>([^<]*)</t></is></c>')


_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_Area = tuple[int, int, int, int]  # the first column and row, the last column and row, from 1


def _made_quick(raw: bytes) -> tuple[io.BytesIO, dict[str, tuple[_Area, ...]]]:
    """The same workbook, written so that openpyxl reads it three times as fast (it makes five objects of every text
    that stands in its cell), and the merged cells of each sheet's part: openpyxl tells them only when it reads a
    workbook whole, which takes twice as long."""
    from openpyxl.utils import range_boundaries

    merged: dict[str, tuple[_Area, ...]] = {}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as given, zipfile.ZipFile(out, "w") as quick:
        for part in dict.fromkeys(given.namelist()):
            text = given.read(part)
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                merged[part] = tuple(range_boundaries(area.decode()) for area in _MERGED.findall(text))
                text = _TEXT_IN_CELL.sub(rb't="str"><v>\1</v></c>', text)
            quick.writestr(part, text)
    return out, merged


def _part(sheet: Any) -> str:
    """Where a sheet stands in the workbook."""
    return str(sheet._worksheet_path).lstrip("/")


def _sheet(sheet: Any, name: str, merged: Iterable[_Area]) -> Sheet:
    dates: set[tuple[int, int]] = set()
    rows: list[list[str]] = []
    filled = 0
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = []
        for column, value in enumerate(row[:MOST_COLUMNS]):
            cells.append(_said(value))
            if isinstance(value, dt.date):
                dates.add((number, column))
        rows.append(cells)
        filled += any(cells)
        if filled > MOST_ROWS:
            raise _too_many(name)
    headings = set()
    for left, top, right, bottom in merged:
        _fill(rows, left - 1, top - 1, right, bottom)
        if right > left and top <= len(rows) and sum(map(bool, rows[top - 1])) == 1:
            headings.add(top)
    while rows and not any(rows[-1]):
        rows.pop()
    return Sheet(str(sheet.title), tuple(tuple(row) for row in rows), frozenset(dates), frozenset(headings))


def _fill(rows: list[list[str]], left: int, top: int, right: int, bottom: int) -> None:
    """A merged cell: a name over several rows stands for each that says more, over columns it is a heading."""
    if top >= len(rows) or left >= len(rows[top]):
        return
    said, over_rows = rows[top][left], right - left == 1
    for number in range(top, min(bottom, len(rows))):
        cells = rows[number]
        fill = said if over_rows and any(cells) else ""
        if fill and right <= MOST_COLUMNS:
            cells.extend([""] * (right - len(cells)))
        for column in range(left, min(right, len(cells))):
            cells[column] = said if (number, column) == (top, left) else fill


def _said(value: Any) -> str:
    """A cell as a reader sees it: 5 and not 5.0, a day as 2026-05-12; a formula as its text."""
    if value is None:
        return ""
    if type(value) is str:
        return value[:LONGEST_CELL]
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(getattr(value, "text", value))[:LONGEST_CELL]


# Back


def as_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as CSV that any spreadsheet opens, and that none takes for a formula."""
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerows([[_inert(cell) for cell in row] for row in rows])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\u2212", "\uff1d", "\uff0b", "\uff0d", "\uff20")
MARK = "'"  # before what a spreadsheet would work out; taken away when our own file is read


def _inert(cell: str) -> str:
    """A cell that begins like a formula gets a mark; a lone sign and a number do not."""
    if (
        cell.lstrip("\ufeff\u200b\u200e\u200f ").startswith(_SIGNS)
        and cell.strip() not in _SIGNS
        and not _number(cell)
    ):
        return MARK + cell
    return MARK + cell if cell.startswith(MARK) else cell


def bare(cell: str) -> str:
    """A cell of our own CSV without the mark."""
    return cell[1:] if cell.startswith(MARK) and _inert(cell[1:]) == cell else cell


def _number(cell: str) -> bool:
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


def as_workbook(sheets: Iterable[tuple[str, Iterable[Iterable[str]]]]) -> bytes:
    """Sheets as XLSX; every cell is text, so that no formula and no date comes of it."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    del book[book.sheetnames[0]]
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for r, row in enumerate(rows, 1):
            for c, text in enumerate(row, 1):
                if not text:
                    continue
                cell = sheet.cell(r, c)
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
                cell.data_type = "s"
                if r == 1:
                    cell.font = Font(bold=True)
                    cell.alignment = Alignment(wrap_text=True)
        sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.properties.created = book.properties.modified = dt.datetime(2026, 1, 1)
    book.save(out)
    return out.getvalue()

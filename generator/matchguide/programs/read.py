"""From the bytes of a sheet to a table of programs: everything understood, the rest told."""

import gc
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from matchguide.content.cards import Card
from matchguide.content.programs import TableWords
from matchguide.mistakes import Mistake, MistakesFound, mistake, suggestion
from matchguide.programs import doubles, sheets
from matchguide.programs.cells import Cells, Unclear, fits, plain
from matchguide.programs.columns import Header, Headers
from matchguide.programs.listed import Listed, Note, Place, Table
from matchguide.programs.sheets import Sheet

LONGEST_NAME = 200


@dataclass(frozen=True)
class Names:
    """What the specialties are called: `every` name maps to an id; `in_names` are those that may be found inside the
    name of a program."""

    every: Mapping[str, str]
    in_names: Mapping[str, str]


def names(words: TableWords, called: Mapping[str, tuple[str, str, tuple[str, ...]]]) -> Names:
    """The names by the cards (id -> name, abbreviation, other names) and by content/programs.yml."""
    every: dict[str, str] = {}
    inside: dict[str, str] = {}
    for id, (name, short, also) in called.items():
        for spelling in (id, id.replace("-", " "), name, short, *also):
            every.setdefault(plain(spelling), id)
        inside |= {plain(x): id for x in (name, short)}
    for id, spellings in words.specialties.items():
        every |= {plain(x): id for x in spellings}
        inside |= {plain(x): id for x in spellings}
    return Names(every, inside)


def beside(profile: Path, name: str) -> Path:
    """Where the table of a profile lies: a file beside it, and nothing else. Raises MistakesFound."""
    place = profile.parent / name
    if Path(name).name != name or "\\" in name or name in (".", ".."):
        raise mistake(
            str(profile),
            "is not the name of a file beside the profile.",
            field="programs_file",
            found=name,
            allowed="Put the table into the folder of the profile and write its name alone, such as programs.csv",
        )
    if place.is_symlink() and place.resolve().parent != profile.resolve().parent:
        raise mistake(str(profile), "is a link out of the folder, and is not followed.", field="programs_file")
    return place


def brought(profile: Path, name: str, words: TableWords, cards: Mapping[str, Card]) -> Table:
    """The table that a profile names. Raises MistakesFound."""
    path = beside(profile, name)
    return handed_over(read_file(path), str(path), words, cards)


def handed_over(raw: bytes, file: str, words: TableWords, cards: Mapping[str, Card]) -> Table:
    """A table from its bytes. Raises MistakesFound."""
    called = {c.id: (c.name, c.abbreviation, c.also) for c in cards.values()}
    return table(raw, file, words, names(words, called))


def read_file(path: Path) -> bytes:
    """The bytes of a table. Raises MistakesFound where there is none."""
    try:
        if path.is_dir():
            raise mistake(str(path), "this is a folder, not a table.", field="programs_file")
        with path.open("rb") as file:
            return file.read(sheets.LARGEST + 1)
    except FileNotFoundError:
        beside_it = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
        raise mistake(
            str(path),
            "there is no such table.",
            field="programs_file",
            near=suggestion(path.name, (name for name in beside_it if name.lower().endswith((".csv", ".xlsx")))),
            allowed="It lies beside the profile: write its name, such as programs.csv",
        ) from None
    except OSError as error:
        raise mistake(str(path), f"this table cannot be read ({error.strerror}).") from None


@contextmanager
def _uncollected() -> Iterator[None]:
    """While a table is read: none of its cells holds itself, and looking for such circles among half a million of
    them takes a quarter of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@_uncollected()
def table(raw: bytes, file: str, words: TableWords, known: Names) -> Table:
    """The programs of a CSV or XLSX file. Raises MistakesFound where nothing can be read from it."""
    found = sheets.read(raw, file)
    headers = Headers(words)
    reading = _Reading(words, Cells(words, known.every), known, list(found.notes))
    without: list[str] = []
    for sheet in found.sheets:
        header = headers.find(sheet)
        if header is None:
            if any(cell.strip() for row in sheet.rows for cell in row):
                without.append(sheet.name)
            continue
        reading.sheet(sheet, header, headers)
    if not reading.programs:
        if without:
            raise MistakesFound(
                [
                    Mistake(
                        file,
                        "",
                        "no row names the columns.",
                        "One of the first 30 rows must name the program and something we check, such as: "
                        "Program, Specialty, State, J1, H1B, Years limit",
                    )
                ]
            )
        raise mistake(file, "no program stands in this table.", allowed="One row for each program, below the header.")
    reading.notes += [Note("sheet-without-header", name) for name in without]
    return Table(
        tuple(reading.programs),
        tuple(reading.notes),
        doubles.find(reading.programs, words),
        tuple(dict.fromkeys(reading.kept)),
        tuple(reading.others),
        file,
    )


@dataclass
class _Reading:
    words: TableWords
    cells: Cells
    known: Names
    notes: list[Note]
    programs: list[Listed] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    others: list[tuple[Place, str]] = field(default_factory=list)
    _read: dict[tuple[str, str], tuple[Any, Unclear | None]] = field(default_factory=dict)

    def sheet(self, sheet: Sheet, header: Header, headers: Headers) -> None:
        """Adds the programs of a sheet."""
        self.notes += [Note("header-twice", sheet.name, header.row, name) for name in header.twice]
        self.notes += [
            Note(f"several-{column}", sheet.name, header.row, ", ".join(headers))
            for column, headers in header.several.items()
        ]
        self.kept += header.kept.values()
        head = sheet.rows[header.row - 1]
        columns = self._by_values(sheet, header)
        of_sheet = self.cells.specialty(sheet.name) or self._specialty_in(sheet.name)
        month_first = self._month_first(sheet, header, columns)
        fraction = self._fraction(sheet, header, columns)
        under: str | None = None
        for number, row in enumerate(sheet.rows, 1):
            place = Place(sheet.name, number)
            if number == header.row:
                continue
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            filled = {column: cells[i] for i, column in columns.items() if i < len(cells) and cells[i]}
            more = {name: cells[i] for i, name in header.kept.items() if i < len(cells) and cells[i]}
            heading = number in sheet.headings or not self._a_program(filled, row)
            if number < header.row or headers.is_header(row, head) or heading:
                alone = [cell for cell in cells if cell]
                under = self.cells.state(alone[0]) or under if len(alone) == 1 else under
                self.others.append((place, " ".join(" ".join(row).split())))
                continue
            line = _Line(self, sheet, place, number, columns, header.by_part, head)
            one = line.program(filled, more, month_first=month_first, fraction=fraction)
            if filled.keys() == {"name"} and not more:
                self.notes.append(Note("name-only", sheet.name, number))
            specialty = one.specialty or of_sheet or self._specialty_in(one.name)
            start = one.start or ("preliminary" if specialty in self._first_years else None)
            if start == "preliminary" and specialty in self.words.preliminary:
                specialty = self.words.preliminary[specialty]
            under = under if one.state in (None, under) else None  # the heading is not about this row any more
            state = one.state or under
            if (specialty, start, state) != (one.specialty, one.start, one.state):
                one = replace(one, specialty=specialty, start=start, state=state)
            self.programs.append(one)

    @property
    def _first_years(self) -> frozenset[str]:
        codes = self.words.codes.specialties
        return frozenset({*self.words.preliminary.values(), codes.get("999", "")})

    def _specialty_in(self, text: str) -> str | None:
        """The specialty whose name stands in the name of a program; a short one only in capitals."""
        said = plain(text)
        for name, id in sorted(self.known.in_names.items(), key=lambda x: -len(x[0])):
            if name not in said:
                continue
            short = len(name) <= 3
            pattern = rf"(?<![\w]){re.escape(name.upper() if short else name)}(?![\w])"
            if re.search(pattern, text if short else said):
                return id
        return None

    def _a_program(self, filled: Mapping[str, str], row: Sequence[str]) -> bool:
        """A row that names a program: not a state, a legend or a heading."""
        name = filled.get("name", "")
        if not name or self.cells.says_nothing(name):
            return False
        alone = sum(bool(cell.strip()) for cell in row) == 1
        return not (alone and (self.cells.state(name) or fits(plain(name), self.words.legend)))

    def _values(self, sheet: Sheet, header: Header, columns: Mapping[int, str], name: str) -> list[str]:
        places = [i for i, column in columns.items() if column == name]
        return [row[i] for row in sheet.rows[header.row :] for i in places if i < len(row) and row[i].strip()]

    def _by_values(self, sheet: Sheet, header: Header) -> dict[int, str]:
        """The columns, with "type" taken for what its values are: a kind of hospital or a track."""
        columns = dict(header.columns)
        for place, name in header.columns.items():
            if name == "start" and "kind" not in columns.values():
                values = {plain(x) for x in self._values(sheet, header, {place: name}, name)}
                kinds = [plain(x) for of in self.words.kind.values() for x in of if len(x) > 1]
                if any(kind in values for kind in (*kinds, "u")) and not values & {"p", "a", "advanced"}:
                    columns[place] = "kind"
        return columns

    def _month_first(self, sheet: Sheet, header: Header, columns: Mapping[int, str]) -> dict[str, bool | None]:
        """Whether slashed days of a column begin with the month, where one of its cells can only be read so."""
        out: dict[str, bool | None] = {}
        for name in ("checked", "invited", "interview_date"):
            found: set[bool] = set()
            for value in self._values(sheet, header, columns, name):
                if slashed := re.match(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d", value):
                    if int(slashed[1]) > 12:
                        found.add(False)
                    elif int(slashed[2]) > 12:
                        found.add(True)
            out[name] = found.pop() if len(found) == 1 else None
        return out

    def _fraction(self, sheet: Sheet, header: Header, columns: Mapping[int, str]) -> bool:
        """Whether the shares of a column are written from 0 to 1."""
        numbers = []
        for value in self._values(sheet, header, columns, "non_us_imgs"):
            if re.fullmatch(r"\s*\d+([.,]\d+)?\s*", value):
                numbers.append(float(value.replace(",", ".")))
            elif "%" in value:
                return False
        return any(0 < n < 1 for n in numbers) and all(n <= 1 for n in numbers)

    def cell(self, column: str, text: str, read: Callable[[str], Any]) -> Any:
        """A cell as read, each text of a column once. Raises Unclear."""
        key = (column, text)
        if key not in self._read:
            try:
                self._read[key] = (read(text), None)
            except Unclear as found:
                self._read[key] = (None, found)
        value, unclear = self._read[key]
        if unclear:
            raise unclear
        return value


@dataclass
class _Line:
    """One row on its way to a program."""

    reading: _Reading
    sheet: Sheet
    place: Place
    number: int
    columns: Mapping[int, str]
    by_part: frozenset[int]
    head: Sequence[str]

    def program(
        self, filled: dict[str, str], more: dict[str, str], *, month_first: Mapping[str, bool | None], fraction: bool
    ) -> Listed:
        """The row; what is not understood is told, and left out."""
        cells, words = self.reading.cells, self.reading.words
        self._filled = filled
        self._unread: set[str] = set()
        j1, h1b = self._read("visa", cells.visas) or (None, None)
        j1 = self._read("j1", cells.answer) or j1
        h1b = self._read("h1b", cells.answer) or h1b
        city, state = self._town()
        code, of_code, track = self._code()
        start = self._read("start", lambda x: cells.word(x, words.start)) or track
        interview = self._read("interview", lambda x: cells.word(x, words.interview))
        invited = self._read("invited", lambda x: self._day(x, month_first["invited"], "invited"))
        return Listed(
            name=filled["name"][:LONGEST_NAME],
            place=self.place,
            specialty=self._read("specialty", self._specialty) or of_code,
            city=city,
            state=state,
            start=start,
            kind=self._read("kind", lambda x: cells.word(x, words.kind)),
            j1=j1,
            h1b=h1b,
            ticked=self._ticked(filled),
            non_us_imgs=self._share(fraction),
            years_limit=self._read("years_limit", cells.years_limit, number=True),
            attempts_limit=self._read("attempts_limit", cells.attempts_limit, number=True),
            ck_floor=self._read("ck_floor", cells.ck_floor, number=True),
            us_experience=self._read("us_experience", cells.experience),
            esir=self._read("esir", _yes_or_no(cells)),
            joint_first_year=self._joint(),
            service=self._read("service", lambda x: cells.word(x, words.service)),
            code=code,
            tie=self._words_or_yes("tie"),
            alumni=self._alumni(),
            live=self._read("live", _yes_or_no(cells)),
            signal=self._signal(),
            interview=interview or ("invited" if invited else None),
            interview_date=self._read(
                "interview_date", lambda x: self._day(x, month_first["interview_date"], "interview_date")
            ),
            people=filled.get("people"),
            asked=filled.get("asked"),
            liked=self._liked(),
            chance=self._read("chance", lambda x: cells.word(x, words.chance)),
            checked=self._read("checked", lambda x: self._day(x, month_first["checked"], "checked")),
            accepting=self._read("accepting", cells.answer),
            link=filled.get("link"),
            note=filled.get("note"),
            said=filled,
            more=more,
            unread=frozenset(self._unread),
        )

    def _read(self, column: str, read: Callable[[str], Any], *, number: bool = False) -> Any:
        text = self._filled.get(column)
        if text is None:
            return None
        try:
            if number:
                self._no_day(column, text)
            return self.reading.cell(column, text, read)
        except Unclear as unclear:
            self._tell(unclear.id, column, text=text, **unclear.values)
            self._unread.add(column)
            return None

    def _tell(self, id: str, column: str, **values: Any) -> None:
        header = next((" ".join(self.head[i].split()) for i, name in self.columns.items() if name == column), column)
        self.reading.notes.append(Note(id, self.place.sheet, self.number, header, values))

    def _no_day(self, column: str, text: str) -> None:
        """A range such as 3-5 that the spreadsheet took for a day."""
        place = next((i for i, name in self.columns.items() if name == column), None)
        if (self.number, place) in self.sheet.dates:
            _, first, second = map(int, text.split("-"))
            raise Unclear("day-in-limit", likely=f"{first}-{second}")
        if found := re.fullmatch(r"(\d{1,2})-([a-z]{3})", plain(text)):
            month = self.reading.words.months.get(found[2], 0)
            raise Unclear("day-in-limit", likely="-".join(map(str, sorted((month, int(found[1]))))))

    def _ticked(self, filled: Mapping[str, str]) -> bool:
        """Whether what is said of visas are boxes of an export."""
        said = [plain(filled[x]) for x in ("visa", "j1", "h1b") if x in filled]
        return bool(said) and all(x in self.reading.words.ticked for x in said)

    def _specialty(self, text: str) -> str | None:
        cells = self.reading.cells
        if cells.says_nothing(text):
            return None
        if found := cells.specialty(text):
            return found
        raise Unclear("specialty-unknown")

    def _town(self) -> tuple[str | None, str | None]:
        cells, filled = self.reading.cells, self._filled
        city, state = filled.get("city"), None
        if said := filled.get("state"):
            state = cells.state(said) or (None if cells.says_nothing(said) else said)
        if city and "," in city:
            head, _, tail = city.rpartition(",")
            if found := cells.state(tail):
                city, state = (None if cells.state(head) else head.strip()), state or found
        if city and cells.says_nothing(city):
            city = None
        return city, state

    def _code(self) -> tuple[str | None, str | None, Any]:
        """The NRMP's code, and the specialty and track it stands for."""
        text = self._filled.get("code")
        if not text or self.reading.cells.says_nothing(text):
            return None, None, None
        said = text.replace(" ", "").upper()
        found = re.fullmatch(r"\d{4}(\d{3})([A-Z])\d", said)
        if not found:
            if re.fullmatch(r"\d(\.\d+)?E\+?\d+", said):
                self._tell("code-lost", "code", text=text)
            return text, None, None
        codes = self.reading.words.codes
        return said, codes.specialties.get(found[1]), codes.tracks.get(found[2])

    def _share(self, fraction: bool) -> Any:
        value = self._read("non_us_imgs", self.reading.cells.share)
        text = self._filled.get("non_us_imgs", "")
        if isinstance(value, float) and 0 < value <= 1 and "%" not in text and "of" not in text.lower():
            if fraction:
                return round(value * 100, 1)
            if value < 1:
                self._tell("share-as-fraction", "non_us_imgs", text=text, percent=round(value * 100, 1))
                return round(value * 100, 1)
        if plain(text) in self.reading.words.share["words_without_a_number"]:
            self._tell("share-no-number", "non_us_imgs", text=text)
        return value

    def _joint(self) -> str | None:
        return self._words_or_yes("joint_first_year")

    def _words_or_yes(self, column: str) -> str | None:
        """What a cell says in its own words; "yes" for a plain yes, None for a no or nothing."""
        text = self._filled.get(column)
        if not text:
            return None
        try:
            return "yes" if self.reading.cells.answer(text) == "yes" else None
        except Unclear:
            return text

    def _alumni(self) -> str | None:
        """Who of the reader's school is there, in the words of the table; a tick under a header that may name another
        school is that header."""
        said = self._words_or_yes("alumni")
        place = next((i for i, name in self.columns.items() if name == "alumni"), None)
        if said != "yes" or place not in self.by_part:
            return said
        return " ".join(self.head[place].split())

    def _signal(self) -> Any:
        found = self._read("signal", lambda x: self.reading.cells.word(x, self.reading.words.signal))
        return None if found == "none" else found

    def _liked(self) -> int | None:
        text = self._filled.get("liked")
        if not text or self.reading.cells.says_nothing(text):
            return None
        if found := re.fullmatch(r"([1-5])(?:[.,]0)?(?:\s*/\s*5)?", text.strip()):
            return int(found[1])
        if re.fullmatch(r"[★*]{1,5}", text.strip()):
            return len(text.strip())
        self._tell("not-understood", "liked", text=text)
        return None

    def _day(self, text: str, month_first: bool | None, column: str) -> Any:
        cells = self.reading.cells
        if column == "invited" and fits(plain(text), self.reading.words.yes):
            return True
        try:
            found = cells.day(text, month_first=month_first)
        except Unclear as unclear:
            if column == "invited" and unclear.id == "no-year":
                return True
            raise
        if found is None:
            return None
        day, doubtful = found
        if doubtful and column != "invited":
            self._tell("day-two-ways", column, text=text, read_as=day, by_column=month_first is not None)
        return day


def _yes_or_no(cells: Cells) -> Callable[[str], Any]:
    def read(text: str) -> str | None:
        said = cells.answer(text)
        return said if said in ("yes", "no") else None

    return read

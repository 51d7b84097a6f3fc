"""The private list: which file belongs to which folder. A folder's name is drawn and says nothing about anybody."""

import csv
import io
import os
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from matchguide.mistakes import mistake
from matchguide.pages.sheet import inert_cell
from matchguide.source import read_text

LISTED = "people.csv"
COLUMNS = ("file", "folder")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another
_FIRST = "abcdefghjkmnpqrstuvwxyz"
_LENGTH = 12
_LARGEST = 20_000_000  # bytes: a hundred thousand people


@dataclass(frozen=True)
class Person:
    """`file` is the profile as it was named; `folder` the drawn name."""

    file: str
    folder: str

    @property
    def label(self) -> str:
        """How the advisor's page calls a person: the file's name, and its folder where that is needed to tell."""
        path = Path(self.file)
        return path.parent.name or path.stem if path.stem == "profile" else path.stem


def read(folder: Path) -> tuple[Person, ...]:
    """The people of a cohort's folder, as its list names them; none where there is no list. Raises MistakesFound."""
    path = folder / LISTED
    if not path.exists():
        return ()
    rows = list(csv.reader(io.StringIO(read_text(path, largest=_LARGEST))))
    people = []
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(COLUMNS) or not is_drawn(row[1]):
            raise mistake(f"{path}:{number}", "is not a line of this list.", allowed="A file, and a drawn name.")
        people.append(Person(row[0].removeprefix("'") if row[0][1:2] in "=+-@" else row[0], row[1]))
    return tuple(people)


def written(people: Iterable[Person]) -> bytes:
    """The list as a file."""
    return table(COLUMNS, ((p.file, p.folder) for p in sorted(people, key=lambda p: p.file)))


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a file, in which no spreadsheet takes a cell for a formula."""
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow(columns)
    sheet.writerows([inert_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def is_drawn(name: str) -> bool:
    """Whether a name is one that we draw for folders."""
    return len(name) == _LENGTH and set(name) <= set(_LETTERS)


def draw(taken: Collection[str]) -> str:
    """A name that nobody has."""
    while True:
        name = secrets.choice(_FIRST) + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH - 1))
        if name not in taken:
            return name


def placed(profiles: Sequence[Path], known: Sequence[Person], taken: Collection[str]) -> tuple[Person, ...]:
    """A person for each profile: whoever is on the list keeps the name, the others get one that is not taken. Who is
    meant is told by the file, however the way to it is written."""
    by_place = {os.path.abspath(p.file): p for p in known}
    names = {p.folder for p in known} | {name.casefold() for name in taken}
    out = []
    for path in profiles:
        person = by_place.get(os.path.abspath(path))
        if person is None:
            person = Person(str(path), draw(names))
            names.add(person.folder)
        out.append(Person(str(path), person.folder))
    return tuple(out)


def named(people: Sequence[Person], word: str) -> Person:
    """The one person whom a word means: a folder, a file, or a file's name. Raises MistakesFound."""
    tests = (
        lambda p: p.folder == word or p.file == word or os.path.abspath(p.file) == os.path.abspath(word),
        lambda p: word in (Path(p.file).name, Path(p.file).stem),
    )
    for meant in tests:
        found = [p for p in people if meant(p)]
        if len(found) == 1:
            return found[0]
        if found:
            ways = ", ".join(p.folder for p in found[:5])
            raise mistake(word, "means more than one person.", allowed=f"Name the folder: {ways}")
    raise mistake(word, "is nobody in this cohort.", allowed=f"Name a file or a folder of {LISTED}.")

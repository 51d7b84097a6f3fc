"""One passphrase a person, written once into a file that only its owner can read."""

import csv
import io
import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from matchguide.cohort.people import Person, table
from matchguide.mistakes import MistakesFound, mistake
from matchguide.output.file import put
from matchguide.output.ours import told
from matchguide.publish.passphrase import suggestion
from matchguide.source import read_text

OPTION = "--seal"
COLUMNS = ("file", "folder", "passphrase")
_LARGEST = 20_000_000  # bytes


@dataclass(frozen=True)
class Passphrases:
    """The file's lines as they stand: person's folder to (file, passphrase)."""

    path: Path
    by_folder: dict[str, tuple[str, str]]

    def of(self, folder: str) -> str:
        """The passphrase of a folder. Raises KeyError where it has none."""
        return self.by_folder[folder][1]


def read(path: Path, cohort: Path) -> Passphrases:
    """What an earlier run wrote there; nothing where there is no file. Raises MistakesFound where the place is not
    for this."""
    if path.resolve().is_relative_to(cohort.resolve()) and path.resolve().parent != cohort.resolve():
        raise _refused(path, "lies in a folder that is handed on with a guide.", "Name a place outside the cohort.")
    if path.is_symlink():
        raise _refused(path, "is a link to another place.", f"Name the place itself: {path.resolve()}")
    if path.is_dir():
        raise _refused(path, "is a folder, and a file is due here.", "Name a file, such as keys.csv.")
    if not path.exists():
        if not path.absolute().parent.is_dir():
            raise _refused(path, "lies in a folder that is not there.", "Make the folder first.")
        return Passphrases(path, {})
    rows = list(csv.reader(io.StringIO(read_text(path, largest=_LARGEST))))
    if not rows or tuple(rows[0]) != COLUMNS or any(len(row) != len(COLUMNS) or not row[2] for row in rows):
        raise _refused(path, "holds something that is no list of passphrases.", "Name another file.")
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise _refused(path, "can be read by other people who use this computer.", f"Close it: chmod 600 {path}")
    return Passphrases(path, {row[1]: (row[0], row[2]) for row in rows[1:]})


def with_everybody(known: Passphrases, people: Sequence[Person]) -> Passphrases:
    """The list with a fresh passphrase for everybody who has none, written before anything is sealed with it. Raises
    MistakesFound."""
    out = dict(known.by_folder)
    used = {passphrase for _, passphrase in out.values()}
    for person in people:
        if person.folder not in out:
            while (drawn := suggestion()) in used:
                pass
            used.add(drawn)
            out[person.folder] = (person.file, drawn)
    made = Passphrases(known.path, out)
    if out != known.by_folder:
        _write(made)
    return made


def without(known: Passphrases, folder: str) -> None:
    """Takes somebody's line out of the file. Raises MistakesFound."""
    if folder in known.by_folder:
        _write(Passphrases(known.path, {k: v for k, v in known.by_folder.items() if k != folder}))


def _write(these: Passphrases) -> None:
    with told(these.path):
        put(these.path, table(COLUMNS, _rows(these)), 0o600)


def _rows(these: Passphrases) -> Iterable[tuple[str, str, str]]:
    return sorted((file, folder, phrase) for folder, (file, phrase) in these.by_folder.items())


def _refused(path: Path, problem: str, allowed: str) -> MistakesFound:
    return mistake(OPTION, problem, allowed=allowed, found=str(path))

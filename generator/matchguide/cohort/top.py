"""The few files at the top of a cohort's folder: list, table and the advisor's page. The folder's own list of files
says what we wrote; while a file is being replaced it holds the old and the new hash."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from matchguide.mistakes import mistake
from matchguide.output.file import put
from matchguide.output.ours import LIST, Kind, listing, read_listing, sha256

KIND: Kind = "cohort"
PAGE, TABLE = "index.html", "cohort.csv"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def check(cohort: Path) -> None:
    """Raises MistakesFound unless the place is free, an empty folder, or a cohort of ours whose files nobody
    changed."""
    if cohort.is_symlink():
        allowed = f"Name the place itself: {cohort.resolve()}"
        raise mistake(str(cohort), "is a link to another place.", allowed=allowed)
    if not os.path.lexists(cohort):
        return
    if not cohort.is_dir():
        raise mistake(str(cohort), "is a file, and a folder is due here.", allowed="Name another.")
    if not any(cohort.iterdir()):
        return
    here = read_listing(cohort)
    if here is None:
        raise mistake(
            str(cohort), "holds something that matchguide did not make, so it stays.", allowed="Name another."
        )
    if here.kind != KIND:
        raise mistake(str(cohort), f"is a {here.kind}, and a cohort would take its place.", allowed="Name another.")
    known = _written(cohort)
    for name, sums in known.items():
        place = cohort / name
        if place.is_symlink() or (place.is_file() and sha256(place.read_bytes()) not in sums):
            raise mistake(
                str(place),
                "was changed since matchguide wrote it, so nothing is replaced.",
                allowed="Move it out of the cohort's folder.",
            )


def claim(cohort: Path) -> None:
    """Makes the folder, or marks an empty one, as a cohort of ours: nobody else is to read who is in it. Raises
    OSError."""
    if not cohort.exists():
        cohort.mkdir(mode=0o700)
    if not (cohort / LIST).exists():
        put(cohort / LIST, listing({}, KIND), 0o600)


def write(cohort: Path, files: Mapping[str, bytes]) -> None:
    """Replaces files at the top. Raises OSError, and MistakesFound where another's file stands there."""
    known = _written(cohort)
    for name in files:
        place = cohort / name
        if os.path.lexists(place) and (not place.is_file() or sha256(place.read_bytes()) not in known.get(name, ())):
            raise mistake(str(place), "is not from matchguide, so it stays as it is.", allowed="Move it.")
    both = {name: {*known.get(name, ()), sha256(data)} for name, data in files.items()}
    _list(cohort, {**known, **both})
    for name, data in files.items():
        put(cohort / name, data, 0o600)
    _list(cohort, {**known, **{name: {sha256(data)} for name, data in files.items()}})


def _written(cohort: Path) -> dict[str, set[str]]:
    """Every hash that a file of ours may have, by its name."""
    out: dict[str, set[str]] = {}
    for line in (cohort / LIST).read_text("utf-8").splitlines()[1:]:
        if hit := _LINE.fullmatch(line):
            out.setdefault(hit[2], set()).add(hit[1])
    return out


def _list(cohort: Path, files: Mapping[str, set[str]]) -> None:
    lines = "".join(f"{total}  {name}\n" for name in sorted(files) for total in sorted(files[name]))
    put(cohort / LIST, listing({}, KIND) + lines.encode(), 0o600)

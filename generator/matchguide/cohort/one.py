"""One person of a cohort: a copy for who helps them, and forgotten with everything that was made."""

import datetime as dt
import os
from contextlib import suppress
from pathlib import Path

from matchguide.cohort import kept, leftovers, passphrases, people, top
from matchguide.cohort.job import SEALED, SINGLE
from matchguide.cohort.mentor import KIND, copy
from matchguide.cohort.people import Person
from matchguide.cohort.run import PATIENCE, overview
from matchguide.mistakes import mistake
from matchguide.output.file import write_file
from matchguide.output.folder import remove
from matchguide.output.lock import holding
from matchguide.output.ours import kind_of, read_listing, told
from matchguide.session import Session

MENTOR = "mentor"


def everybody(cohort: Path) -> tuple[Person, ...]:
    """Who is in a cohort: on its list, or remembered. Raises MistakesFound where it is none."""
    here = read_listing(cohort) if cohort.is_dir() else None
    if here is None or here.kind != top.KIND:
        raise mistake(str(cohort), "is no cohort.", allowed="Name the folder that `matchguide cohort` wrote.")
    top.check(cohort)
    listed = people.read(cohort)
    known = {p.folder for p in listed}
    return (*listed, *(Person(k.file, k.folder) for k in kept.read(cohort).values() if k.folder not in known))


def copy_for_mentor(cohort: Path, word: str, on: dt.date) -> Path:
    """Writes the copy for a mentor or letter writer of one person. Returns where it lies. Raises MistakesFound."""
    person = people.named(everybody(cohort), word)
    place = cohort / MENTOR / f"{person.folder}.html"
    with told(cohort), holding(cohort, PATIENCE):
        data = copy(Session(Path(person.file), on))
        place.parent.mkdir(exist_ok=True)
        write_file(place, data, KIND)
    return place


def forget(cohort: Path, word: str, keys: Path | None, on: dt.date) -> None:
    """Takes away whatever was made of one person, and their lines in list, page and passphrases. What others put into
    their folder stays, and is told. Raises MistakesFound."""
    person = people.named(everybody(cohort), word)
    sealed = cohort / SEALED / person.folder
    if keys is None and sealed.exists():
        raise mistake(
            "--forget",
            "this guide is sealed.",
            allowed="Name the file of passphrases too, with --seal: its line goes.",
        )
    known = passphrases.read(keys, cohort) if keys else None
    with told(cohort), holding(cohort, PATIENCE):
        leftovers.finish_all(cohort)
        for folder in (cohort / person.folder, sealed):
            if folder.exists():
                remove(folder)
        for file in (cohort / SINGLE / f"{person.folder}.html", cohort / MENTOR / f"{person.folder}.html"):
            if file.is_file() and not kind_of(file.read_bytes()):
                raise mistake(str(file), "was changed since matchguide wrote it, so it stays.", allowed="Delete it.")
            file.unlink(missing_ok=True)
        for place in (cohort / SEALED, cohort / SINGLE, cohort / MENTOR):
            with suppress(OSError):  # not empty, or not there
                os.rmdir(place)
        if known:
            passphrases.without(known, person.folder)
        kept.forget(cohort, person.folder)
        overview(cohort, on)

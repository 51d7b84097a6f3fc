"""One person of a cohort: forgotten with everything that was made."""

import datetime as dt
import os
from contextlib import suppress
from pathlib import Path

from matchguide.cohort import kept, leftovers, passphrases, people, top
from matchguide.cohort.job import SEALED, SINGLE
from matchguide.cohort.people import Person
from matchguide.cohort.run import PATIENCE, overview
from matchguide.mistakes import mistake
from matchguide.output.folder import remove
from matchguide.output.lock import holding
from matchguide.output.ours import kind_of, read_listing, told


def everybody(cohort: Path) -> tuple[Person, ...]:
    """Who is in a cohort: on its list, or remembered. Raises MistakesFound where it is none."""
    here = read_listing(cohort) if cohort.is_dir() else None
    if here is None or here.kind != top.KIND:
        raise mistake(str(cohort), "is no cohort.", allowed="Name the folder that `matchguide cohort` wrote.")
    top.check(cohort)
    listed = people.read(cohort)
    known = {p.folder for p in listed}
    return (*listed, *(Person(k.file, k.folder) for k in kept.read(cohort).values() if k.folder not in known))


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
        single = cohort / SINGLE / f"{person.folder}.html"
        if single.is_file():
            if not kind_of(single.read_bytes()):
                raise mistake(
                    str(single), "was changed since matchguide wrote it, so it stays.", allowed="Delete it."
                )
            single.unlink()
        for place in (cohort / SEALED, cohort / SINGLE):
            with suppress(OSError):  # not empty, or not there
                os.rmdir(place)
        if known:
            passphrases.without(known, person.folder)
        kept.forget(cohort, person.folder)
        overview(cohort, on)

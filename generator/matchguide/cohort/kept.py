"""What is remembered of each person between runs: a small file each, so that the folders of several machines can be
laid on one another. It lies outside every guide, and only the owner can read it."""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from matchguide.cohort.line import Line
from matchguide.output.file import put

FOLDER = ".cohort"
Product = Literal["guide", "single", "sealed"]


class Kept(BaseModel):
    """`made` holds the fingerprint with which each product was made; `before` what was said on the last earlier day;
    `broken` since when the profile has mistakes, and how many."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    version: Literal[1] = 1
    file: str
    folder: str
    source: str = ""
    made: dict[Product, str] = {}
    key: str = ""  # under which its ticks and calendar entries are kept
    line: Line | None = None
    before: Line | None = None
    broken: dt.date | None = None
    mistakes: int = 0


def read(cohort: Path) -> dict[str, Kept]:
    """Everybody who is remembered, by folder. What cannot be read counts as forgotten, and is made anew."""
    out = {}
    for path in sorted((cohort / FOLDER).glob("*.json")):
        with suppress(ValidationError, OSError):
            kept = Kept.model_validate_json(path.read_bytes())
            out[kept.folder] = kept
    return out


def write(cohort: Path, kept: Kept) -> None:
    """Raises OSError."""
    put(_place(cohort, kept.folder), kept.model_dump_json(exclude_defaults=True).encode(), 0o600)


def forget(cohort: Path, folder: str) -> None:
    """Takes away what was kept of a person, by the name of their folder."""
    _place(cohort, folder).unlink(missing_ok=True)


def prepare(cohort: Path) -> None:
    """Makes the folder of what is remembered."""
    (cohort / FOLDER).mkdir(mode=0o700, exist_ok=True)


def _place(cohort: Path, folder: str) -> Path:
    return cohort / FOLDER / f"{folder}.json"


def after(old: Kept | None, new: Line) -> Line | None:
    """What a new line is compared with: the last one of an earlier day, else what was said before today's first."""
    if old is None or old.line is None:
        return None
    if old.line.on != new.on:
        return old.line
    return old.before or (old.line if old.line != new else None)


def everyone(kept: Iterable[Kept]) -> list[Kept]:
    """Who needs what first: the soonest pain, then whose profile is broken, then more reasons before fewer."""
    return sorted(kept, key=_order)


def _order(k: Kept) -> tuple[dt.date, bool, int, str]:
    line = k.line
    return (
        line.soonest if line else dt.date.max,
        k.broken is None,
        -len(line.risks) if line else 0,
        k.file,
    )

"""The one error type for whatever the person at the keyboard can put right (exit code 2)."""

import difflib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from matchguide import paths
from matchguide.render.plaintext import visible

SOMEBODYS = "profile"  # what a file of the reader is called where its name may not be told
_OPTIONS = frozenset({"password", "MATCHGUIDE_PASSWORD", "MATCHGUIDE_PROFILE", "SOURCE_DATE_EPOCH"})


def public_log() -> bool:
    """Whether everybody may read what is printed: in CI, or where the commands were told so."""
    return bool(os.environ.get("CI") or os.environ.get("MATCHGUIDE_REDACT"))


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong in a file: where, what was found, and what would be right.

    What is the reader's stands in fields of its own, which a redacted message leaves out: the file's name, `field`
    (its parts may be the reader's words), `found` (what stood there), `near` (the right word nearest to it), and
    `problem` where that holds for some values only: then `told` says it for every value. What a redacted message
    says instead of `field` is `public`; `allowed` is the same for every reader. ``line`` and ``column`` count from
    1; 0 means the place is not known. `path` is `field` as its parts; `whose` names a reader's file without its name.
    """

    file: str
    field: str
    problem: str
    allowed: str = ""
    found: str = ""
    line: int = 0
    column: int = 0
    near: str = ""
    told: str = ""
    public: str = ""
    path: tuple[str | int, ...] = ()
    whose: str = SOMEBODYS

    def text(self, *, redact: bool = False) -> str:
        """What is printed: place, field, what is wrong, what is allowed; `redact` leaves out what was found."""
        if redact:
            return self._redacted()
        found = f"{self.found} " if self.found else ""
        help = " ".join(part for part in (self.near, self.allowed) if part)
        return visible(_said(self.file, self, self.field, found + self.problem, help), keep="\n")

    def _redacted(self) -> str:
        ours = _ours(self.file)
        found = "(value hidden) " if self.found else ""
        field = self.field if ours else self.public
        return _said(ours or self.whose, self, field, found + (self.told or self.problem), self.allowed)


def _said(file: str, m: Mistake, field: str, problem: str, help: str) -> str:
    place = file + (f":{m.line}:{m.column}" if m.line else "")
    return f"{place}{f'  {field}:' if field else ':'} {problem}" + (f"\n    {help}" if help else "")


def _ours(file: str) -> str:
    """The name of an option or of a file that matchguide brings; "" for every other file."""
    if file in _OPTIONS or (file.startswith("--") and file[2:].isalpha()) or file == "--password-file":
        return file
    for folder in (paths.CONTENT, paths.TEMPLATES):
        if Path(file).is_relative_to(folder):
            return (folder.name / Path(file).relative_to(folder)).as_posix()
    return ""


class MistakesFound(Exception):
    """Raised with every mistake that one pass could find, in the order of the file."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes, key=lambda m: (m.file, m.line, m.column)))
        super().__init__("\n".join(m.text() for m in self.mistakes))

    def text(self, *, redact: bool = False) -> str:
        """What is printed: place, field, what is wrong, what is allowed; `redact` leaves out what was found."""
        return "\n".join(m.text(redact=redact) for m in self.mistakes)


def mistake(
    file: str, problem: str, *, field: str = "", allowed: str = "", found: str = "", near: str = "", told: str = ""
) -> MistakesFound:
    """A single mistake without a place in the file."""
    return MistakesFound([Mistake(file, field, problem, allowed, found, near=near, told=told)])


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known spelling closest to ``word``, or None where nothing is close."""
    by_fold = {k.casefold(): k for k in known}
    hits = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[hits[0]] if hits else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """ "Did you mean x?" or the empty string."""
    near = nearest(word, known)
    return f"Did you mean: {near}?" if near else ""

"""The one error type for whatever the person at the keyboard can put right (exit code 2)."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong in a file: where, what was found, and what would be right.

    ``line`` and ``column`` count from 1; 0 means the place is not known. ``found`` is what stood there: it is
    left out of redacted messages, because it may be an exam score.
    """

    file: str
    field: str
    problem: str
    allowed: str = ""
    found: str = ""
    line: int = 0
    column: int = 0

    def text(self, *, redact: bool = False) -> str:
        place = self.file + (f":{self.line}:{self.column}" if self.line else "")
        field = f"  {self.field}:" if self.field else ":"
        found = "" if not self.found else ("(value hidden) " if redact else f"{self.found} ")
        help = re.sub(r"Did you mean: [^?]*\? ?", "", self.allowed) if redact else self.allowed  # it tells the value
        allowed = f"\n    {help}" if help else ""
        return f"{place}{field} {found}{self.problem}{allowed}"


class MistakesFound(Exception):
    """Raised with every mistake that one pass could find, in the order of the file."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes, key=lambda m: (m.file, m.line, m.column)))
        super().__init__("\n".join(m.text() for m in self.mistakes))

    def text(self, *, redact: bool = False) -> str:
        return "\n".join(m.text(redact=redact) for m in self.mistakes)

    def in_file(self, file: str) -> "MistakesFound":
        return MistakesFound(replace(m, file=file) for m in self.mistakes)


def mistake(file: str, problem: str, *, field: str = "", allowed: str = "", found: str = "") -> MistakesFound:
    """A single mistake without a place in the file."""
    return MistakesFound([Mistake(file, field, problem, allowed, found)])


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known spelling closest to ``word``, or None where nothing is close."""
    by_fold = {k.casefold(): k for k in known}
    hits = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[hits[0]] if hits else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """ "Did you mean x?" or the empty string."""
    near = nearest(word, known)
    return f"Did you mean: {near}?" if near else ""

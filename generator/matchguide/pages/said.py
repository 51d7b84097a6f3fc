"""The reader's own text on its way through the templates: never itself, always a mark that stands for it.

A mark is letters and digits between two private characters, so Jinja and Markdown carry it through untouched;
what stands in it is put back after Markdown (render/) or as plain text (the JSON). A mark with a "t" stands where
no element may stand, as in a drawing: its text is put back as bare characters.
"""

import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, repeat
from operator import itemgetter
from typing import Any

OPEN, CLOSE, BARE = "\ue000", "\ue001", "t"
MARK = re.compile(f"{OPEN}([0-9a-f]*)({BARE}?){CLOSE}")
SLOT = re.compile(f"{OPEN}([0-9]+)({BARE}?){CLOSE}")


class Said:
    """A text of the reader. Compares equal to the same text; prints as its mark."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return f"{OPEN}{_coded(self.text)}{CLOSE}"

    __html__ = __str__

    def __eq__(self, other: object) -> bool:
        return self.text == (other.text if isinstance(other, Said) else other)

    def __hash__(self) -> int:
        return hash(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __len__(self) -> int:
        return len(self.text)


def wrap(value: Any) -> Any:
    """Plain data with every text in it wrapped; keys stay."""
    if isinstance(value, str):
        return Said(value)
    if isinstance(value, dict):
        return {k: wrap(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [wrap(v) for v in value]
    return value


def _coded(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").hex()


def _told(hit: re.Match[str]) -> str:
    return bytes.fromhex(hit[1]).decode("utf-8", "replace")


def slotted(text: str) -> tuple[str, tuple[str, ...]]:
    """Marks replaced by numbered slots, and what goes into them."""
    slots: list[str] = []

    def number(hit: re.Match[str]) -> str:
        slots.append(_told(hit))
        return f"{OPEN}{len(slots) - 1}{hit[2]}{CLOSE}"

    return MARK.sub(number, text), tuple(slots)


def plain(text: str) -> str:
    """Marks replaced by the text they stand for; only for output that is not HTML."""
    return MARK.sub(_told, text)


class Drawn:
    """A line of text for a drawing: ours, and between marks the reader's. It can be measured and cut at blanks as it
    will be seen, and comes out as markup with bare marks."""

    def __init__(self, text: str) -> None:
        self._letters = _letters(text)

    def lines(self, width: int) -> list["Drawn"]:
        """The words in lines of at most `width` characters; a longer word stands alone."""
        out: list[list[tuple[str, bool]]] = []
        for word in self._words():
            if out and len(out[-1]) + len(word) + 1 <= width:
                out[-1] += [(" ", False), *word]
            else:
                out.append(list(word))
        return [_drawn(line) for line in out]

    def until(self, stop: re.Pattern[str]) -> "Drawn":
        """What stands before the first stop of ours; a stop of the reader's is part of their words."""
        ours = "".join(letter if not theirs else "x" for letter, theirs in self._letters)
        hit = stop.search(ours)
        return _drawn(self._letters[: hit.start()] if hit else self._letters)

    def without_end(self, end: str) -> "Drawn":
        """The same without an end that was drawn by us, as often as it stands there."""
        letters = self._letters
        while letters and letters[-1] == (end, False):
            letters = letters[:-1]
        return _drawn(letters)

    def and_more(self) -> "Drawn":
        """The same, with a sign that something was cut."""
        return _drawn((*self._letters, (" ", False), ("…", False)))

    @property
    def markup(self) -> str:
        """For an SVG's text, title or description."""
        out = ""
        for theirs, letters in groupby(self._letters, key=itemgetter(1)):
            run = "".join(map(itemgetter(0), letters))
            out += f"{OPEN}{_coded(run)}{BARE}{CLOSE}" if theirs else html.escape(run)
        return out

    def _words(self) -> Iterator[list[tuple[str, bool]]]:
        word: list[tuple[str, bool]] = []
        for letter in (*self._letters, (" ", False)):
            if not letter[0].isspace():
                word.append(letter)
            elif word:
                yield word
                word = []


def _drawn(letters: Iterable[tuple[str, bool]]) -> Drawn:
    made = Drawn("")
    made._letters = tuple(letters)
    return made


@lru_cache(maxsize=1_000)
def _letters(text: str) -> tuple[tuple[str, bool], ...]:
    at, out = 0, list[tuple[str, bool]]()
    for hit in MARK.finditer(text):
        out += zip(text[at : hit.start()], repeat(False), strict=False)
        out += zip(_told(hit), repeat(True), strict=False)
        at = hit.end()
    return (*out, *zip(text[at:], repeat(False), strict=False))

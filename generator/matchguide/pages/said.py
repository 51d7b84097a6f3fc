"""The reader's own text on its way through the templates: never itself, always a mark that stands for it.

A mark is letters and digits between two private characters, so Jinja and Markdown carry it through untouched;
what stands in it is put back after Markdown (render/) or as plain text (the JSON).
"""

import re
from typing import Any

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(OPEN + "([0-9a-f]*)" + CLOSE)
SLOT = re.compile(OPEN + "([0-9]+)" + CLOSE)


class Said:
    """A text of the reader. Compares equal to the same text; prints as its mark."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return f"{OPEN}{self.text.encode().hex()}{CLOSE}"

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


def slotted(text: str) -> tuple[str, tuple[str, ...]]:
    """Marks replaced by numbered slots, and what goes into them."""
    slots: list[str] = []

    def number(hit: re.Match[str]) -> str:
        slots.append(bytes.fromhex(hit[1]).decode())
        return f"{OPEN}{len(slots) - 1}{CLOSE}"

    return MARK.sub(number, text), tuple(slots)


def plain(text: str) -> str:
    """Marks replaced by the text they stand for; only for output that is not HTML."""
    return MARK.sub(lambda hit: bytes.fromhex(hit[1]).decode(), text)

"""What a card says, for a reader who needs no visa, or for whom a J-1 is no road."""

import re
from collections.abc import Callable

_OF_A_VISA = re.compile(r"\bJ-1\b|\bH-1B\b|\bvisas?\b|\bwaiver posts?\b|\bsponsor", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"\[\[[^\]|]*\|?")  # names of figures and terms
_HEAD = re.compile(r"\s*- \*\*(?P<head>.+?)\*\*")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z\[])")

Unsaid = Callable[[str], bool]


def without_visas(body: str) -> str:
    """A section without the points whose bold words are of a visa, and without such sentences in the others."""
    return _without(body, _is_of_a_visa)


def without_j1(body: str) -> str:
    """A section without its points and sentences of a J-1 alone."""
    return _without(body, _is_of_a_j1)


def _without(body: str, unsaid: Unsaid) -> str:
    return "\n".join(kept for line in body.split("\n") if (kept := _line(line, unsaid)) is not None)


def _line(line: str, unsaid: Unsaid) -> str | None:
    head = _HEAD.match(line)
    if head and unsaid(head["head"]):
        return None
    if not unsaid(line):
        return line
    start = head.end() if head else 0
    said = _SENTENCES.split(line[start:].strip())
    kept = [sentence for sentence in said if not unsaid(sentence)]
    if not kept and not head:
        return None
    return f"{line[:start]} {' '.join(kept)}".rstrip() if head else " ".join(kept)


def _is_of_a_visa(text: str) -> bool:
    return bool(_OF_A_VISA.search(_NOT_SHOWN.sub("", text)))


def _is_of_a_j1(text: str) -> bool:
    shown = _NOT_SHOWN.sub("", text)
    return "J-1" in shown and "H-1B" not in shown

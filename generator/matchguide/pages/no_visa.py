"""What a card says, for a reader who needs no visa."""

import re

_OF_A_VISA = re.compile(r"\bJ-1\b|\bH-1B\b|\bvisas?\b|\bwaiver posts?\b|\bsponsor", re.IGNORECASE)
_IF_NEEDED = re.compile(r"if you need (?:one|a visa)", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"\[\[[^\]|]*\|?")  # names of figures and terms
_HEAD = re.compile(r"\s*- \*\*(?P<head>.+?)\*\*")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z\[])")


def without_visas(body: str) -> str:
    """A section without the points whose bold words are of a visa, and without such sentences in the others; those
    that say "if you need one" stay."""
    return "\n".join(kept for line in body.split("\n") if (kept := _line(line)) is not None)


def _line(line: str) -> str | None:
    head = _HEAD.match(line)
    if head and _is_of_a_visa(head["head"]):
        return None
    if not _is_of_a_visa(line):
        return line
    start = head.end() if head else 0
    said = _SENTENCES.split(line[start:].strip())
    kept = [sentence for sentence in said if not _is_of_a_visa(sentence)]
    if not kept and not head:
        return None
    return f"{line[:start]} {' '.join(kept)}".rstrip() if head else " ".join(kept)


def _is_of_a_visa(text: str) -> bool:
    shown = _NOT_SHOWN.sub("", text)
    return bool(_OF_A_VISA.search(shown)) and not _IF_NEEDED.search(shown)

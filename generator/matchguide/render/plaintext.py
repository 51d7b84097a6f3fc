"""Text of the reader where there is no markup: titles, calendar, file names, the terminal."""

import re
import unicodedata

CONTROLS = re.compile("[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]+")


def one_line(text: str) -> str:
    """One line without control or direction characters."""
    return " ".join(CONTROLS.sub(" ", text).split())


def visible(text: str, keep: str = "") -> str:
    """The text for a terminal: what has no shape of its own (escapes, controls, direction, zero width) is named, as
    in <U+200B>, except the characters in `keep`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c == " " or c in keep or _has_shape(c) else f"<U+{ord(c):04X}>" for c in text)


def _has_shape(char: str) -> bool:
    return unicodedata.category(char)[0] not in "CZ" and char not in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"

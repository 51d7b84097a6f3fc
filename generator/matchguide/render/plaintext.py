"""Text of the reader where there is no markup: titles, calendar, file names."""

import re

CONTROLS = re.compile("[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]+")


def one_line(text: str) -> str:
    """One line without control or direction characters."""
    return " ".join(CONTROLS.sub(" ", text).split())

"""The sizes of paper a workbook is made for, and the place it may be written to."""

import importlib.util
import platform
import sys
from pathlib import Path

from matchguide.mistakes import mistake, suggestion

PAPERS = {"letter": "us-letter", "a4": "a4"}
_NEEDED = ("typst", "lxml", "fontTools", "justmytype_western_core")
_MARK = b"matchguide"  # among the keywords of every workbook


def paper_size(name: str) -> str:
    """Typst's name of a size. Raises MistakesFound for one that is none of ours."""
    if name not in PAPERS:
        help = suggestion(name, PAPERS) or f"Write one of: {', '.join(PAPERS)}"
        raise mistake("--paper", "is not a paper size.", found=name, allowed=help)
    return PAPERS[name]


def check_installed() -> None:
    """Raises MistakesFound where what prints the workbook is not installed: it is an extra."""
    absent = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if not absent:
        return
    if sys.platform == "win32" and platform.machine() == "ARM64":
        help = "Typst, which prints it, is not made for Windows on ARM. Use the browser's print, or another computer."
    else:
        help = "Run: pip install matchguide[pdf]   (in a checkout: pip install -r requirements-pdf.lock)"
    raise mistake("The workbook (PDF)", f"cannot be printed: {', '.join(absent)} is not installed.", allowed=help)


def check_place(target: Path) -> None:
    """Raises MistakesFound where no workbook can be written, or where a file stands that is none of ours."""
    if target.is_dir():
        raise mistake(str(target), "is a folder.", allowed="Name a file with -o.")
    try:
        held = target.read_bytes() if target.exists() else b""
    except OSError as error:
        raise mistake(str(target), f"cannot be read ({error.strerror}).", allowed="Name another with -o.") from None
    if held and not (held.startswith(b"%PDF-") and _MARK in held):
        raise mistake(
            str(target), "this file is not a workbook of ours, so it stays as it is.", allowed="Name another with -o."
        )
    if not target.absolute().parent.is_dir():
        raise mistake(str(target), "lies in a folder that is not there.", allowed="Name another with -o.")

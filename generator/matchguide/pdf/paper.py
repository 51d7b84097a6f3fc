"""The sizes of paper a workbook is made for, and whether what prints it is installed."""

import importlib.util
import platform
import sys

from matchguide.mistakes import mistake, suggestion

PAPERS = {"letter": "us-letter", "a4": "a4"}
_NEEDED = ("typst", "lxml", "fontTools", "justmytype_western_core")


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

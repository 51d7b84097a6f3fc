"""Progress on stderr: quiet when nobody is watching, without color when NO_COLOR is set."""

import os
import sys


def tell(text: str) -> None:
    """Says a line to who waits, on standard error."""
    if sys.stderr.isatty():
        dim, plain = ("", "") if os.environ.get("NO_COLOR") else ("\033[2m", "\033[0m")
        print(f"{dim}{text}{plain}", file=sys.stderr)

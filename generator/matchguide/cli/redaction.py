"""What may be said where a log may be public: under CI, and with --redact."""

import argparse
import os
import traceback
from pathlib import Path


def redacted(args: argparse.Namespace) -> bool:
    """Whether messages leave out every value of the profile."""
    return bool(args.redact or os.environ.get("CI"))


def fault(error: BaseException) -> str:
    """A fault of ours in one line: its kind and place, without its message, which may hold values."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"matchguide stopped: {type(error).__name__}{place} (details hidden, because this log may be public)"

"""What may be said where a log may be public: under CI, and with --redact. A message then holds names of the schema,
lines, columns and fixed words; how a mistake is told so stands in mistakes.py."""

import argparse
import sys
import traceback
from pathlib import Path
from types import TracebackType

from matchguide.mistakes import SOMEBODYS, public_log
from matchguide.render.plaintext import visible


def redacted(args: argparse.Namespace) -> bool:
    """Whether messages leave out whatever is the reader's."""
    return bool(args.redact or public_log())


def named(path: Path, args: argparse.Namespace, whose: str = SOMEBODYS) -> str:
    """A profile as messages name it: its file's name may be the reader's own."""
    return whose if redacted(args) else visible(str(path))


def fault(error: BaseException) -> str:
    """A fault of ours in one line: its kind and place, without its message, which may hold values."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"matchguide stopped: {type(error).__name__}{place} (details hidden, because this log may be public)"


def told_whole(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The same with everything that may help to mend it, and nothing that a terminal would obey."""
    print(visible("".join(traceback.format_exception(kind, error, trace)).rstrip(), keep="\n"), file=sys.stderr)

"""`matchguide pdf PROFILE [-o FILE] [--paper letter|a4]`."""

import argparse
import os
import sys
from pathlib import Path

from matchguide.cli.progress import tell
from matchguide.mistakes import mistake, suggestion
from matchguide.session import Session, the_day

PAPERS = ("letter", "a4")
MARK = b"matchguide"


def check_ours(target: Path) -> None:
    """Raises MistakesFound where a file stands that is no workbook of ours."""
    try:
        held = target.read_bytes() if target.exists() and not target.is_dir() else b""
    except OSError as error:
        raise mistake(str(target), f"cannot be written ({error.strerror}).", allowed="Name another place.") from None
    if held and not (held.startswith(b"%PDF-") and MARK in held):
        raise mistake(
            str(target), "this file is not a workbook of ours, so it stays as it is.", allowed="Name another with -o."
        )


def run(args: argparse.Namespace) -> int:
    if args.paper not in PAPERS:
        help = suggestion(args.paper, PAPERS) or f"Write one of: {', '.join(PAPERS)}"
        raise mistake("--paper", "is not a paper size.", found=args.paper, allowed=help)
    target = args.output or Path(f"{args.profile.stem}.pdf")
    check_ours(target)
    session = Session(args.profile, the_day(args.on))
    tell(f"Writing the workbook for {args.profile} on {session.on.isoformat()} ...")
    guide = session.guide
    from matchguide.pdf.fonts import missing
    from matchguide.pdf.workbook import workbook
    from matchguide.site.swap import write_file

    made = workbook(guide, session.plan, session.profile, session.words, args.paper, session.on)
    write_file(target, made.data)
    redact = args.redact or bool(os.environ.get("CI"))
    for line in missing(made.replaced, redact=redact):
        print(line, file=sys.stderr)
    print(target)
    return 0

"""`matchguide pdf PROFILE [-o FILE] [--paper letter|a4]`."""

import argparse
import gc
import os
import sys
from pathlib import Path

from matchguide.cli.progress import tell
from matchguide.pdf.paper import check_place, paper_size
from matchguide.session import Session, the_day


def run(args: argparse.Namespace) -> int:
    paper_size(args.paper)
    target = args.output or Path(f"{args.profile.stem}.pdf")
    check_place(target)
    session = Session(args.profile, the_day(args.on))
    tell(f"Writing the workbook for {args.profile} on {session.on.isoformat()} ...")
    gc.disable()  # the work of a second: looking for garbage would cost more than it frees
    try:
        data = made(session, args.paper, redact=args.redact)
    finally:
        gc.enable()
    from matchguide.site.swap import write_file

    write_file(target, data)
    print(target)
    return 0


def made(session: Session, paper: str, *, redact: bool) -> bytes:
    """The workbook of a session. Characters that no font has are told on stderr."""
    guide = session.guide
    from matchguide.pdf.fonts import missing
    from matchguide.pdf.workbook import workbook

    book = workbook(guide, session.plan, session.profile, session.words, paper, session.on, session.templates)
    for line in missing(book.replaced, redact=redact or bool(os.environ.get("CI"))):
        print(line, file=sys.stderr)
    return book.data

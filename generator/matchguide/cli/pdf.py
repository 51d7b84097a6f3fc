"""`matchguide pdf PROFILE [-o FILE] [--paper letter|a4]`, and the workbook for the sites that offer it."""

import argparse
import gc
import sys
from pathlib import Path

from matchguide import paths
from matchguide.cli.progress import tell
from matchguide.cli.redaction import named, redacted
from matchguide.day import the_day
from matchguide.mistakes import mistake
from matchguide.output.file import write_file
from matchguide.output.ours import check_file
from matchguide.pages.guide import Guide
from matchguide.pdf.paper import PAPERS, check_installed, paper_size
from matchguide.render.plaintext import visible
from matchguide.session import Session


def run(args: argparse.Namespace) -> int:
    """Writes the workbook of a profile as a PDF. 0; raises MistakesFound."""
    paper_size(args.paper)
    target = args.output or Path(f"{args.profile.stem}.pdf")
    check_installed()
    check_file(target, "workbook")
    session = Session(args.profile, the_day(args.on))
    tell(f"Writing the workbook for {named(args.profile, args)} on {session.on.isoformat()} ...")
    gc.disable()  # the work of a second: looking for garbage would cost more than it frees
    try:
        data = _made(session, args.paper, redact=redacted(args))
    finally:
        gc.enable()
    write_file(target, data, "workbook")
    hidden = redacted(args) and not args.output  # then its name is that of the profile
    print("The workbook is written, beside this." if hidden else visible(str(target)))
    return 0


def check_offer(args: argparse.Namespace) -> None:
    """Raises MistakesFound for a --paper that is unknown or without --pdf."""
    if args.paper and not args.pdf:
        raise mistake("--paper", "goes with --pdf.", allowed="Add --pdf, or leave --paper out.")
    paper_size(args.paper or next(iter(PAPERS)))
    if args.pdf:
        check_installed()


def offered(session: Session, args: argparse.Namespace) -> Guide:
    """The guide, with the workbook as a download where --pdf asks for it."""
    if not args.pdf:
        return session.guide
    from matchguide.pdf.offer import offering

    data = _made(session, args.paper or next(iter(PAPERS)), redact=redacted(args))
    return offering(session.guide, data, paths.TEMPLATES)


def _made(session: Session, paper: str, *, redact: bool) -> bytes:
    """The workbook of a session. Characters that no font has are told on stderr."""
    guide = session.guide
    from matchguide.pdf.fonts import missing
    from matchguide.pdf.workbook import workbook

    book = workbook(guide, session.plan, session.profile, session.words, paper, session.on, session.templates)
    for line in missing(book.replaced, redact=redact):
        print(line, file=sys.stderr)
    return book.data

"""`matchguide publish PROFILE [-o DIR] [--single FILE] [--password-file FILE] [--site NAME] [--open] [--pdf]`."""

import argparse
import sys
from pathlib import Path

from matchguide import paths
from matchguide.cli.pdf import check_offer, offered
from matchguide.cli.progress import tell
from matchguide.cli.redaction import named, redacted
from matchguide.day import the_day
from matchguide.mistakes import mistake
from matchguide.output.file import write_file
from matchguide.output.ours import check_file, check_folder_ahead, inside
from matchguide.pages.guide import Guide
from matchguide.session import Session

_READABLE = """\
Published openly: everyone who has the address can read all of it: your name, exam results, visa status,
letter writers, rank list, search index, calendar and sheet. Search engines are asked to stay away, no more.
Without --open the guide is sealed with a password."""


def run(args: argparse.Namespace) -> int:
    """Writes a profile's guide sealed with a password, for a public host. 0; raises MistakesFound."""
    if args.open and (args.password_file or args.single):
        raise mistake(
            "--open",
            "publishes without a password, so --password-file and --single do not go with it.",
            allowed="Leave one of them out; one open file is written by: matchguide build --single",
        )
    folder: Path | None = args.output or (None if args.single else Path("public"))
    if folder is not None:
        check_folder_ahead(folder, "guide" if args.open else "sealed guide")
    if args.single and not (folder and inside(args.single, folder)):
        check_file(args.single, "sealed guide")
    check_offer(args)
    session = Session(args.profile, the_day(args.on), since=args.since)
    return _openly(session, folder, args) if args.open and folder else _sealed(session, folder, args)


def _openly(session: Session, folder: Path, args: argparse.Namespace) -> int:
    from matchguide.site.build import build

    build(_guide(session, args), folder)
    print(_READABLE, file=sys.stderr)
    print(folder / "index.html")
    return 0


def _sealed(session: Session, folder: Path | None, args: argparse.Namespace) -> int:
    from matchguide.publish.passphrase import words_of
    from matchguide.publish.secret import get_password
    from matchguide.publish.single import sealed_single
    from matchguide.publish.site import publish
    from matchguide.site.build import site_files

    _ = session.former  # told before a password is asked for
    known = set(words_of(session.profile.model_dump(mode="json")))
    password = get_password(args.password_file, known, redact=redacted(args))
    if folder is not None:
        files = site_files(_guide(session, args))
        publish(files, folder, password, paths.TEMPLATES, name=args.site or "")
        print(folder / "index.html")
    if args.single:
        write_file(args.single, sealed_single(session.guide, password, paths.TEMPLATES), "sealed guide")
        print(args.single)
    return 0


def _guide(session: Session, args: argparse.Namespace) -> Guide:
    tell(f"Writing the guide for {named(session.path, args)} on {session.on.isoformat()} ...")
    return offered(session, args)

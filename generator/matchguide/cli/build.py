"""`matchguide build PROFILE [-o DIR] [--single FILE] [--since OLD] [--pdf]`."""

import argparse

from matchguide import paths
from matchguide.cli.pdf import check_offer, offered
from matchguide.cli.progress import tell
from matchguide.cli.redaction import named
from matchguide.day import the_day
from matchguide.output.file import write_file
from matchguide.output.ours import check_file, check_folder_ahead, inside
from matchguide.session import Session


def run(args: argparse.Namespace) -> int:
    """Writes the guide of a profile as a folder or one file. 0; raises MistakesFound."""
    check_offer(args)
    check_folder_ahead(args.output, "guide")
    if args.single and not inside(args.single, args.output):
        check_file(args.single, "guide")
    session = Session(args.profile, the_day(args.on), since=args.since)
    tell(f"Writing the guide for {named(args.profile, args)} on {session.on.isoformat()} ...")
    guide = offered(session, args)
    from matchguide.site.build import build
    from matchguide.site.single import single

    build(guide, args.output)
    print(args.output / "index.html")
    if args.single:
        write_file(args.single, single(session.guide, paths.TEMPLATES), "guide")
        print(args.single)
    return 0

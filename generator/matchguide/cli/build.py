"""`matchguide build PROFILE [-o DIR] [--single FILE] [--pdf [--paper letter|a4]]`."""

import argparse

from matchguide import paths
from matchguide.cli.pdf import check_offer, offered
from matchguide.cli.progress import tell
from matchguide.cli.redaction import named
from matchguide.session import Session, the_day


def run(args: argparse.Namespace) -> int:
    check_offer(args)
    session = Session(args.profile, the_day(args.on))
    tell(f"Writing the guide for {named(args.profile, args)} on {session.on.isoformat()} ...")
    guide = offered(session, args)
    from matchguide.site.build import build
    from matchguide.site.single import single
    from matchguide.site.swap import write_file

    build(guide, args.output)
    print(args.output / "index.html")
    if args.single:
        write_file(args.single, single(session.guide, paths.TEMPLATES))
        print(args.single)
    return 0

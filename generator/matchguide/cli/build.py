"""`matchguide build PROFILE [-o DIR] [--single FILE]`."""

import argparse

from matchguide import paths
from matchguide.cli.progress import tell
from matchguide.session import Session, the_day


def run(args: argparse.Namespace) -> int:
    session = Session(args.profile, the_day(args.on))
    tell(f"Writing the guide for {args.profile} on {session.on.isoformat()} ...")
    guide = session.guide
    from matchguide.site.build import build
    from matchguide.site.single import single
    from matchguide.site.swap import write_file

    build(guide, args.output)
    print(args.output / "index.html")
    if args.single:
        write_file(args.single, single(guide, paths.TEMPLATES))
        print(args.single)
    return 0

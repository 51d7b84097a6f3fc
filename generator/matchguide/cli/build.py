"""`matchguide build PROFILE [-o DIR] [--single FILE] [--pdf [--paper letter|a4]]`."""

import argparse

from matchguide import paths
from matchguide.cli.progress import tell
from matchguide.mistakes import mistake
from matchguide.session import Session, the_day


def run(args: argparse.Namespace) -> int:
    from matchguide.pdf.paper import PAPERS, paper_size

    if args.paper and not args.pdf:
        raise mistake("--paper", "goes with --pdf.", allowed="Add --pdf, or leave --paper out.")
    paper = args.paper or next(iter(PAPERS))
    paper_size(paper)
    session = Session(args.profile, the_day(args.on))
    tell(f"Writing the guide for {args.profile} on {session.on.isoformat()} ...")
    guide = offered = session.guide
    from matchguide.site.build import build
    from matchguide.site.single import single
    from matchguide.site.swap import write_file

    if args.pdf:
        from matchguide.cli.pdf import made
        from matchguide.pdf.offer import offering

        offered = offering(guide, made(session, paper, redact=args.redact), paths.TEMPLATES)
    build(offered, args.output)
    print(args.output / "index.html")
    if args.single:
        write_file(args.single, single(guide, paths.TEMPLATES))
        print(args.single)
    return 0

"""`matchguide eject PROFILE DIR`: the same pages as a plain project."""

import argparse

from matchguide import paths
from matchguide.day import the_day
from matchguide.output.ours import check_folder_ahead
from matchguide.session import Session


def run(args: argparse.Namespace) -> int:
    """Writes an ordinary MkDocs project of a profile's guide. 0; raises MistakesFound."""
    from matchguide.site.eject import eject

    check_folder_ahead(args.folder, "project")
    session = Session(args.profile, the_day(args.on))
    eject(session.guide, args.folder, paths.TEMPLATES, paths.MKDOCS_YML)
    print(args.folder / "mkdocs.yml")
    return 0

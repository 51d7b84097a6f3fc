"""`matchguide webapp -o DIR`: the generator as a static page that runs in the reader's own browser."""

import argparse
import sys

from matchguide import paths
from matchguide.checks.once import check_once
from matchguide.cli.progress import tell
from matchguide.output.folder import write_folder
from matchguide.output.ours import check_folder_ahead


def run(args: argparse.Namespace) -> int:
    """Writes the app. 0; raises MistakesFound, and then the last good one stays."""
    check_folder_ahead(args.output, "app")
    check_once(paths.CONTENT, paths.TEMPLATES)
    from matchguide.webapp.build import app_files
    from matchguide.webapp.fetch import fetched

    tell("Fetching Python for browsers and the libraries ...")
    with fetched() as found:
        tell("Putting the app together ...")
        files = app_files(found)
    write_folder(args.output, files, "app")
    print(args.output / "index.html")
    total = sum(map(len, files.values()))
    print(f"{len(files)} files, {total / 1e6:.1f} MB. Put the folder on any https:// host.", file=sys.stderr)
    return 0

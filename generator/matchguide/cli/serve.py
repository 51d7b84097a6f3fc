"""`matchguide serve PROFILE`: MkDocs' own server, rebuilding when the profile, content or templates change."""

import argparse
import errno
import logging
import os

from matchguide import paths
from matchguide.cli.redaction import redacted
from matchguide.day import the_day
from matchguide.mistakes import mistake
from matchguide.session import Session


def run(args: argparse.Namespace) -> int:
    """Shows the guide of a profile in the browser, and anew when a file changes. 0; raises MistakesFound."""
    session = Session(args.profile, the_day(args.on))
    _ = session.guide  # mistakes are told before a server starts
    if not args.profile.is_file():
        raise mistake("serve", "needs a file that can be read again when it changes.", allowed="Save it, name it.")
    from mkdocs.commands.serve import serve

    if redacted(args):
        os.environ["MATCHGUIDE_REDACT"] = "1"
        logging.getLogger("mkdocs.livereload").setLevel(logging.WARNING)  # it names every file it watches
    os.environ["MATCHGUIDE_PROFILE"] = str(args.profile.resolve())
    if args.on:
        os.environ["MATCHGUIDE_ON"] = args.on
    try:
        serve(config_file=str(paths.MKDOCS_YML), dev_addr=f"127.0.0.1:{args.port}")
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise mistake("--port", f"{args.port} is taken or closed.", allowed="Name another: --port 8001") from None
        raise
    return 0

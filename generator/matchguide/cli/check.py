"""`matchguide check PROFILE...`: reads, and says what is wrong or that nothing is, and where it would lie open.
With --content: all of content/ and templates/, and with --names what may be used there."""

import argparse
import sys
from pathlib import Path

from matchguide import paths
from matchguide.checks.once import check_once
from matchguide.cli.redaction import redacted
from matchguide.content.lists import known
from matchguide.mistakes import Mistake, MistakesFound, mistake
from matchguide.profile.read import read
from matchguide.publish.exposed import notes, readable_by_others


def run(args: argparse.Namespace) -> int:
    if args.names and not args.content:
        raise mistake("--names", "goes with --content.", allowed="matchguide check --content --names")
    if not args.profiles and not args.content:
        raise mistake("check", "names no profile.", allowed="matchguide check me.yml, or: matchguide check --content")
    if args.content:
        from matchguide.checks.whole import check

        check(paths.CONTENT, paths.TEMPLATES)
        print("content and templates: no mistakes")
    else:
        check_once(paths.CONTENT, paths.TEMPLATES)
    if args.names:
        from matchguide.checks.vocabulary import listed

        print(listed(paths.CONTENT))
    lists = known(paths.CONTENT)
    faults: list[Mistake] = []
    good: list[Path] = []
    for path in args.profiles:
        try:
            read(path, lists)
        except MistakesFound as error:
            faults += error.mistakes
        else:
            good.append(path)
            print(f"{path}: no mistakes")
            for note in notes(path):
                print(note, file=sys.stderr)
    if note := readable_by_others(good, redact=redacted(args)):
        print(note, file=sys.stderr)
    if faults:
        raise MistakesFound(faults)
    return 0

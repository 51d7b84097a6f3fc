"""`matchguide check PROFILE...`: reads, and says what is wrong or that nothing is, and where it would lie open."""

import argparse
import sys

from matchguide import paths
from matchguide.cli.redaction import named
from matchguide.content.lists import known
from matchguide.mistakes import Mistake, MistakesFound
from matchguide.profile.read import read
from matchguide.publish.exposed import notes


def run(args: argparse.Namespace) -> int:
    lists = known(paths.CONTENT)
    faults: list[Mistake] = []
    for path in args.profiles:
        try:
            read(path, lists)
        except MistakesFound as error:
            faults += error.mistakes
        else:
            print(f"{named(path, args)}: no mistakes")
            for note in notes(path, named(path, args)):
                print(note, file=sys.stderr)
    if faults:
        raise MistakesFound(faults)
    return 0

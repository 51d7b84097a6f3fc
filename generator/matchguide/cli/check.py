"""`matchguide check PROFILE...`: reads, and says what is wrong or that nothing is, and where it would lie open."""

import argparse
import sys
from pathlib import Path

from matchguide import paths
from matchguide.cli.redaction import redacted
from matchguide.content.lists import known
from matchguide.mistakes import Mistake, MistakesFound
from matchguide.profile.read import read
from matchguide.publish.exposed import notes, readable_by_others


def run(args: argparse.Namespace) -> int:
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

"""`matchguide check PROFILE...`: reads, and says what is wrong or that nothing is, and where it would lie open."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from matchguide import paths
from matchguide.cli.redaction import named, redacted
from matchguide.content import season as seasons
from matchguide.content.lists import known
from matchguide.mistakes import SOMEBODYS, Mistake, MistakesFound
from matchguide.publish.exposed import notes, readable_by_others
from matchguide.session import read_on, the_day


def run(args: argparse.Namespace) -> int:
    lists, every, on = known(paths.CONTENT), seasons.load(paths.CONTENT / "seasons"), the_day(args.on)
    faults: list[Mistake] = []
    good: list[Path] = []
    for number, path in enumerate(args.profiles, 1):
        whose = SOMEBODYS if len(args.profiles) == 1 else f"{SOMEBODYS} {number}"
        try:
            read_on(path, lists, every, on)
        except MistakesFound as error:
            faults += [replace(m, whose=whose) for m in error.mistakes]
        else:
            good.append(path)
            name = named(path, args, whose)
            print(f"{name}: no mistakes")
            for note in notes(path, name):
                print(note, file=sys.stderr)
    if note := readable_by_others(good, redact=redacted(args)):
        print(note, file=sys.stderr)
    if faults:
        raise MistakesFound(faults)
    return 0

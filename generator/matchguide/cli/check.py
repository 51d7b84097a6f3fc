"""`matchguide check PROFILE...`: reads, and says what is wrong or that nothing is."""

import argparse

from matchguide import paths
from matchguide.content.lists import known
from matchguide.mistakes import Mistake, MistakesFound
from matchguide.profile.read import read


def run(args: argparse.Namespace) -> int:
    lists = known(paths.CONTENT)
    faults: list[Mistake] = []
    for path in args.profiles:
        try:
            read(path, lists)
        except MistakesFound as error:
            faults += error.mistakes
        else:
            print(f"{path}: no mistakes")
    if faults:
        raise MistakesFound(faults)
    return 0

"""`matchguide decisions [GOAL]`: the rules of a goal as Markdown."""

import argparse

from matchguide import paths
from matchguide.checks.once import check_once
from matchguide.content import store
from matchguide.decisions.document import document
from matchguide.mistakes import mistake, suggestion


def run(args: argparse.Namespace) -> int:
    """Prints the decisions of a goal in English, as Markdown. 0; raises MistakesFound."""
    check_once(paths.CONTENT, paths.TEMPLATES)
    content = store.load(paths.CONTENT)
    if args.goal not in content.goals:
        allowed = f"{suggestion(args.goal, content.goals)} Goals: {', '.join(content.goals)}.".strip()
        raise mistake("decisions", "is no goal with a folder.", found=args.goal, allowed=allowed)
    print(document(content, args.goal, paths.TEMPLATES), end="")
    return 0

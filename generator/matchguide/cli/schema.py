"""`matchguide schema`: the JSON Schema of the profile, for editors."""

import argparse
import sys

from matchguide import paths
from matchguide.content.lists import known
from matchguide.profile.schema import as_text


def run(args: argparse.Namespace) -> int:
    """Prints the JSON schema of profiles, for editors. 0."""
    sys.stdout.write(as_text(known(paths.CONTENT)))
    return 0

"""`matchguide init DIR`: a commented profile, mkdocs.yml and all that a new folder needs."""

import argparse
from pathlib import Path

from matchguide import paths
from matchguide.cli.starter import GITIGNORE, MKDOCS, profile
from matchguide.content.lists import known
from matchguide.mistakes import mistake
from matchguide.profile.schema import as_text


def run(args: argparse.Namespace) -> int:
    folder: Path = args.folder
    files = {
        "profile.yml": profile(),
        "profile.schema.json": as_text(known(paths.CONTENT)),
        "mkdocs.yml": MKDOCS,
        "extra/robots.txt": "User-agent: *\nDisallow: /\n",
        ".gitignore": GITIGNORE,
    }
    standing = [name for name in files if (folder / name).exists()]
    if standing:
        raise mistake(
            str(folder),
            f"{', '.join(standing)} would be written over, so nothing was.",
            allowed="Name a new folder.",
        )
    try:
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise mistake(str(folder), f"cannot be written ({error.strerror}).") from None
    print(folder / "profile.yml")
    print(f"Fill it in, then: matchguide build {folder / 'profile.yml'}")
    return 0

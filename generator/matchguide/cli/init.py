"""`matchguide init DIR`: a commented profile, mkdocs.yml and all that a new folder needs."""

import argparse
from contextlib import suppress
from pathlib import Path

from matchguide import paths
from matchguide.cli.starter import GITIGNORE, MKDOCS
from matchguide.content.lists import known
from matchguide.mistakes import mistake
from matchguide.output.file import put
from matchguide.output.folder import made
from matchguide.output.lock import holding
from matchguide.output.ours import told
from matchguide.profile.schema import as_text
from matchguide.profile.starter import profile

_PROFILE = "profile.yml"


def run(args: argparse.Namespace) -> int:
    """Writes a profile to start from. 0; raises MistakesFound where one is there already."""
    folder: Path = args.folder
    files = {
        "profile.schema.json": as_text(known(paths.CONTENT)),
        "mkdocs.yml": MKDOCS,
        "extra/robots.txt": "User-agent: *\nDisallow: /\n",
        ".gitignore": GITIGNORE,
        _PROFILE: profile(),  # last: a folder without it was left half done, and may be finished
    }
    with told(folder), made(folder), holding(folder / _PROFILE):
        missing = _missing(folder, files)
        _write(folder, {name: files[name].encode() for name in missing})
    print(folder / _PROFILE)
    print(f"Fill it in, then: matchguide build {folder / _PROFILE}")
    return 0


def _missing(folder: Path, files: dict[str, str]) -> list[str]:
    """The files to write. Raises MistakesFound where another stands in their place."""
    there = [name for name in files if (folder / name).exists() or (folder / name).is_symlink()]
    theirs = [
        name
        for name in there
        if name == _PROFILE or not (folder / name).is_file() or (folder / name).read_bytes() != files[name].encode()
    ]
    if theirs:
        raise mistake(
            str(folder),
            f"{', '.join(theirs)} would be written over, so nothing was.",
            allowed="Name a new folder.",
        )
    return [name for name in files if name not in there]


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Writes all of them or none."""
    done: list[Path] = []
    try:
        for name, data in files.items():
            place = folder / name
            for parent in reversed([p for p in place.parents if not p.exists()]):
                parent.mkdir()
                done.append(parent)
            done.append(place)
            put(place, data, 0o600 if name == _PROFILE else 0o666)  # nobody else is to read scores and visa status
    except BaseException:
        for place in reversed(done):
            with suppress(OSError):
                place.rmdir() if place.is_dir() else place.unlink(missing_ok=True)
        raise

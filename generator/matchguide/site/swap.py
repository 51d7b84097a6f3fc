"""Putting a finished folder in the place of the last good one, and never touching a folder that is not ours."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matchguide.mistakes import mistake

MARKER = ".matchguide"
_NEW, _OLD = ".matchguide-new-", ".matchguide-old-"


def recover(target: Path) -> None:
    """Undo what an interrupted build left: the last good folder goes back to its place, half ones away."""
    parent = target.parent
    if not parent.is_dir():
        return
    old = sorted(parent.glob(f"{_OLD}{target.name}-*"))
    if old and not target.exists():
        old.pop().rename(target)
    for folder in (*old, *parent.glob(f"{_NEW}{target.name}-*")):
        if (folder / MARKER).is_file() or folder.name.startswith(_NEW):
            shutil.rmtree(folder, ignore_errors=True)


def check_ours(target: Path) -> None:
    """Raises MistakesFound unless the folder is missing, empty, or made by us."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise mistake(str(target), "is not a folder we made.", allowed="Name a new folder with -o.")
    if target.is_dir() and not (target / MARKER).is_file() and any(target.iterdir()):
        raise mistake(
            str(target),
            "this folder holds something that matchguide did not make, so it stays as it is.",
            allowed="Name a new or empty folder with -o.",
        )


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A fresh folder beside the target; when the block ends well it takes the target's place, else nothing
    changes. Raises MistakesFound where the place cannot be written."""
    target = Path(os.path.abspath(target))
    recover(target)
    check_ours(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f"{_NEW}{target.name}-", dir=target.parent))
        fresh.chmod(0o755)
    except OSError as error:
        raise mistake(
            str(target), f"cannot be written ({error.strerror}).", allowed="Name another with -o."
        ) from None
    try:
        yield fresh
        (fresh / MARKER).write_text("This folder is made anew by matchguide; do not keep files here.\n")
        old = None
        if target.exists():
            old = target.parent / f"{_OLD}{target.name}-{os.getpid()}"
            target.rename(old)
        fresh.rename(target)
        if old:
            shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        recover(target)
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def write_file(path: Path, data: bytes) -> None:
    """A file written whole or not at all. Raises MistakesFound where it cannot be written."""
    path = Path(os.path.abspath(path))
    if path.is_dir():
        raise mistake(str(path), "is a folder.", allowed="Name a file.")
    try:
        handle, name = tempfile.mkstemp(prefix=".matchguide-", dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise mistake(str(path), f"cannot be written ({error.strerror}).", allowed="Name another place.") from None

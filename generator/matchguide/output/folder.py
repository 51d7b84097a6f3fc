"""A folder written whole: filled in a hidden neighbor, counted, then put in the place of the last good one. What
others put into that one moves along; a run that was cut short is finished by the next."""

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from matchguide.mistakes import mistake
from matchguide.output.lock import beside, holding
from matchguide.output.ours import (
    LIST,
    Kind,
    check_folder,
    check_folder_ahead,
    edited,
    free,
    listing,
    others,
    read_listing,
    told,
)
from matchguide.output.shared import Shared


def write_folder(
    target: Path,
    files: Mapping[str, bytes],
    kind: Kind,
    *,
    common: Collection[str] = (),
    shared: Shared | None = None,
) -> None:
    """The files (by their paths, with /) as a folder; those that many folders have in `common` by way of `shared`,
    where it is given. Raises MistakesFound, and then the last good folder is as it was."""
    check_folder_ahead(target, kind)
    with told(target):
        target = target.absolute().parent.resolve() / target.name
        with made(target.parent), holding(target):
            finish(target)
            check_folder(target, kind)
            _check_room(target, files)
            try:
                _fill(beside(target, "new"), files, kind, target, shared, common if shared else ())
                _swap(target)
            except BaseException:
                finish(target)
                raise


def finish(target: Path) -> None:
    """Ends what an interrupted run began: the last good folder goes back to its place, or what others had put into
    it moves to the new one; half ones go away. Raises OSError, and MistakesFound where something lies in the way."""
    old, new = beside(target, "old"), beside(target, "new")
    if old.is_dir():
        if target.is_dir() and not any(target.iterdir()):
            target.rmdir()
        if not os.path.lexists(target):
            old.rename(target)
        elif target.is_dir() and read_listing(target):
            _carry(old, target)
            _clear(old)
        else:
            raise mistake(str(target), f"stands where your last guide belongs, now {old}.", allowed="Move it.")
    if new.is_dir():
        _clear(new, half=True)


def remove(target: Path) -> None:
    """Takes a folder of ours away. Raises OSError, and MistakesFound where it holds what we did not write: that
    stays."""
    here = read_listing(target)
    if here is None:
        raise mistake(str(target), "is not from matchguide, so it stays as it is.", allowed="Delete it yourself.")
    with holding(target):
        _clear(target)


def _check_room(target: Path, files: Mapping[str, bytes]) -> None:
    """What others put into the folder must not lie where a file of ours comes."""
    here = read_listing(target) if target.is_dir() else None
    for path in others(target, here.files) if here else ():
        inside = f"{path}/"
        if any(ours == path or ours.startswith(inside) or path.startswith(f"{ours}/") for ours in (*files, LIST)):
            raise mistake(
                str(target),
                f"{path} is not from matchguide and stands where a file of the guide comes, so nothing is replaced.",
                allowed=f"Name another, such as {free(target)}",
            )


def _fill(
    new: Path,
    files: Mapping[str, bytes],
    kind: Kind,
    target: Path,
    shared: Shared | None,
    common: Collection[str],
) -> None:
    os.mkdir(new)
    if target.is_dir():  # what its owner has closed to others stays closed
        os.chmod(new, new.stat().st_mode & target.stat().st_mode & 0o777 | 0o700)
    sums = {path: shared.sum(files[path]) for path in common} if shared else {}
    (new / LIST).write_bytes(listing(files, kind, sums))  # first, so that a half folder is known as ours
    for folder in sorted({path.rpartition("/")[0] for path in files} - {""}):
        (new / folder).mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        if shared and path in common:
            shared.place(data, new / path)
        else:
            (new / path).write_bytes(data)
    there = dict(_sizes(str(new), ""))
    del there[LIST]
    if there != {path: len(data) for path, data in files.items()}:
        raise mistake(str(target), f"{len(files)} files were written, and not all are there.", allowed="Try again.")


def _sizes(folder: str, before: str) -> Iterator[tuple[str, int]]:
    """Every file of a folder and of those in it, with its size."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _sizes(entry.path, f"{before}{entry.name}/")
            elif entry.is_file():
                yield f"{before}{entry.name}", entry.stat().st_size


def _swap(target: Path) -> None:
    old, new = beside(target, "old"), beside(target, "new")
    if os.path.lexists(target):
        target.rename(old)
    new.rename(target)
    if old.is_dir():
        _carry(old, target)
        _clear(old)


def _carry(old: Path, target: Path) -> None:
    """Moves what is not ours."""
    here = read_listing(old)
    for path in others(old, here.files) if here else ():
        place = target / path
        if os.path.lexists(place):
            raise mistake(str(place), f"stands where {old / path} belongs.", allowed="Move one of the two.")
        place.parent.mkdir(parents=True, exist_ok=True)
        (old / path).rename(place)


def _clear(folder: Path, *, half: bool = False) -> None:
    """Takes a folder of ours away; its list goes last, so that the next run can go on. Unless it is a half one, a
    file that was changed meanwhile stays."""
    here = read_listing(folder)
    if here:
        kept = set() if half else set(edited(folder, here.files))
        for path in here.files.keys() - kept:
            (folder / path).unlink(missing_ok=True)
    for place, _, _ in os.walk(folder, topdown=False):
        if Path(place) != folder:
            with suppress(OSError):  # not empty
                os.rmdir(place)
    if {entry.name for entry in folder.iterdir()} <= {LIST}:
        (folder / LIST).unlink(missing_ok=True)
        folder.rmdir()
    else:
        raise mistake(str(folder), "holds something that matchguide did not make.", allowed="Move it or delete it.")


@contextmanager
def made(folder: Path) -> Iterator[None]:
    """The folder with all above it; those that were missing go away again when the block fails."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for place in missing:
            with suppress(OSError):
                place.rmdir()
        raise

"""What matchguide wrote, and whether anybody changed it since: the one place every command asks "may I replace
this?". A folder carries a list of its files with their hashes, a file carries its own hash."""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from matchguide.mistakes import MistakesFound, mistake
from matchguide.output.lock import beside

Kind = Literal["guide", "sealed guide", "project", "workbook", "cohort", "mentor copy", "app"]

LIST = ".matchguide"
FREE_SOME = "Free some space."  # what helps when the disk is full
_LARGEST = 200_000_000  # bytes; a file of ours is a hundredth of it
_FIRST_LINE = "# Written by matchguide, a {}. Written again, it replaces the files below if nobody changed them.\n"
_FIRST = re.compile(r"# Written by matchguide, a ([a-z ]+)\. ")
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_ROUND_1 = b"This folder is made anew by matchguide"
_MARK = re.compile(rb"matchguide:([a-z-]+):sha256:([0-9a-f]{64})")
_NO_SUM = "0" * 64


def sha256(data: bytes) -> str:
    """The hash of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


# ---- Files: the hash is inside


def unsigned(kind: Kind) -> str:
    """The text that `signed` fills in; a PDF takes it among its keywords."""
    return f"matchguide:{kind.replace(' ', '-')}:sha256:{_NO_SUM}"


def signed(data: bytes, kind: Kind) -> bytes:
    """The file with the hash of all its bytes (the hash itself counted as zeros) where `unsigned` stands."""
    empty = unsigned(kind).encode()
    assert empty in data
    return data.replace(empty, empty[: -len(_NO_SUM)] + sha256(data).encode())


def signed_html(page: str, kind: Kind) -> bytes:
    """An HTML page with its hash in the last line."""
    return signed(f"{page}<!-- {unsigned(kind)} -->\n".encode(), kind)


def kind_of(data: bytes) -> str:
    """What kind of file of ours this is; "" where it is none, or somebody changed it."""
    found = {(m[1], m[2]) for m in _MARK.finditer(data)}
    if len(found) != 1:
        return ""
    kind, total = found.pop()
    return kind.decode().replace("-", " ") if sha256(data.replace(total, _NO_SUM.encode())) == total.decode() else ""


# ---- Folders: the list of what we wrote


@dataclass(frozen=True)
class Listing:
    """What a folder of ours held when it was written: its kind, and each file's hash by its path with /."""

    kind: str
    files: Mapping[str, str]


def listing(files: Mapping[str, bytes], kind: Kind, known: Mapping[str, str] | None = None) -> bytes:
    """The list to lie in a folder with these files; hashes that are `known` are not computed again."""
    known = known or {}
    lines = (f"{known.get(path) or sha256(files[path])}  {path}\n" for path in sorted(files))
    return (_FIRST_LINE.format(kind) + "".join(lines)).encode()


def read_listing(folder: Path) -> Listing | None:
    """The list of a folder; None where there is none that can be trusted. Raises OSError."""
    try:
        text = (folder / LIST).read_bytes().decode()
    except (FileNotFoundError, IsADirectoryError, UnicodeDecodeError):
        return None
    first, *lines = text.splitlines()[:100_000] or [""]
    head, found = _FIRST.match(first), [_LINE.fullmatch(line) for line in lines]
    if not head or not text.endswith("\n"):
        return None
    files = {m[2]: m[1] for m in found if m}
    within = all(not p.is_absolute() and ".." not in p.parts for p in map(PurePosixPath, files))
    return Listing(head[1], files) if len(files) == len(lines) and within else None


def edited(folder: Path, files: Mapping[str, str]) -> list[str]:
    """The files of the list that are there but are not as they were written. Raises OSError."""
    real = folder.resolve()
    return [path for path, total in files.items() if not _as_written(real, path, total)]


def _as_written(folder: Path, path: str, total: str) -> bool:
    place = folder / path
    if not os.path.lexists(place):
        return True  # writing it again loses nothing
    through_a_link = place.resolve() != place
    return not through_a_link and place.is_file() and sha256(place.read_bytes()) == total


def others(folder: Path, files: Mapping[str, str]) -> list[str]:
    """What lies in the folder and is not of the list: single files, and folders that hold nothing of the list."""
    ours = {LIST, *files}
    parents = {str(parent) for path in files for parent in PurePosixPath(path).parents}

    def inside(place: Path, before: str) -> Iterator[str]:
        for entry in sorted(os.scandir(place), key=lambda e: e.name):
            path = f"{before}{entry.name}"
            if entry.is_dir(follow_symlinks=False) and path in parents:
                yield from inside(Path(entry.path), f"{path}/")
            elif path not in ours:
                yield path

    return list(inside(folder, ""))


# ---- May this be replaced?


def check_file(path: Path, kind: Kind) -> None:
    """Raises MistakesFound unless the place is free, empty, or holds a file of this kind that we wrote and nobody
    changed; also where its folder is not there."""
    with told(path):
        found = _found(path, stat.S_ISREG, "a file")
        if found is None:
            if not path.absolute().parent.is_dir():
                raise mistake(str(path), "lies in a folder that is not there.", allowed="Make the folder first.")
            return
        held = path.read_bytes() if found.st_size <= _LARGEST else b"?"
        if not held:
            return
        there = kind_of(held)
        if not there:
            changed = " or was changed since" if _MARK.search(held[-4096:]) or _MARK.search(held[:4096]) else ""
            raise _stays(path, f"was not written by this matchguide{changed}, so it stays as it is.")
        _check_kind(path, there, kind)


def check_folder(path: Path, kind: Kind) -> None:
    """Raises MistakesFound unless the place is free, empty, or holds a folder of this kind that we wrote and of
    whose files nobody changed one. What others put beside our files does not matter."""
    with told(path):
        if _found(path, stat.S_ISDIR, "a folder") is None:
            return
        if os.path.ismount(path):
            raise mistake(
                str(path), "is a disk of its own (a mount point).", allowed=f"Name a folder in it: {path / 'guide'}"
            )
        if not any(path.iterdir()):
            return
        here = read_listing(path)
        if here is None:
            raise _stays(path, _why_not_ours(path))
        _check_kind(path, here.kind, kind)
        if changed := edited(path, here.files):
            more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
            raise _stays(path, f"{changed[0]}{more} was changed since matchguide wrote it, so nothing is replaced.")


def check_folder_ahead(path: Path, kind: Kind) -> None:
    """As check_folder, before the work begins and without the lock: what another matchguide is replacing just then is
    not judged here; write_folder does so when its turn has come."""
    before = _stamp(path)
    try:
        check_folder(path, kind)
    except MistakesFound:
        if not os.path.lexists(beside(path, "lock")) and before == _stamp(path):
            raise


def _stamp(path: Path) -> tuple[int, int] | None:
    """Another one for another folder at the same place."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_ino, found.st_ctime_ns


def inside(path: Path, folder: Path) -> bool:
    """Whether a file is to lie in a folder that is written before it, and so can be looked at only then."""
    return path.absolute().is_relative_to(folder.absolute())


def _found(path: Path, is_wanted: Callable[[int], bool], name: str) -> os.stat_result | None:
    """What stands at the place itself, None where nothing does."""
    with suppress(FileNotFoundError, NotADirectoryError):
        beside(path, "lock").lstat()  # told before the work begins where its name is too long
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISLNK(found.st_mode):
        raise mistake(str(path), "is a link to another place.", allowed=f"Name the place itself: {path.resolve()}")
    if not is_wanted(found.st_mode):
        if not (stat.S_ISDIR(found.st_mode) or stat.S_ISREG(found.st_mode)):
            raise mistake(str(path), "is a device or a pipe.", allowed=f"Name {name} of yours.")
        what = "a folder" if stat.S_ISDIR(found.st_mode) else "a file"
        raise _stays(path, f"is {what}, and {name} is due here.")
    return found


def _why_not_ours(path: Path) -> str:
    try:
        first = (path / LIST).read_bytes()
    except OSError:
        return "holds something that matchguide did not make, so it stays as it is."
    if first.startswith(_ROUND_1):
        return (
            "was written by an older matchguide, which kept no list of its files: whether you changed one cannot be "
            "told, so it stays as it is. Delete it if it holds nothing of yours."
        )
    return f"has a damaged list of its files ({LIST}), so it stays as it is."


def _check_kind(path: Path, there: str, kind: Kind) -> None:
    if there == kind:
        return
    if there == "sealed guide":
        raise _stays(path, f"is sealed with a password, and an open {kind} would take its place.")
    raise _stays(path, f"is a {there}, and a {kind} would take its place.")


def _stays(path: Path, problem: str) -> MistakesFound:
    return mistake(str(path), problem, allowed=f"Name another, such as {free(path)}")


def free(path: Path) -> Path:
    """The next name of this kind that nothing stands at: guide-2, guide-2.html."""
    n = 2
    while os.path.lexists(name := path.with_name(f"{path.stem}-{n}{path.suffix}")):
        n += 1
    return name


@contextmanager
def told(path: Path) -> Iterator[None]:
    """With it, whatever the system refuses at a place is told as a mistake, not as a traceback."""
    try:
        yield
    except OSError as error:
        allowed = FREE_SOME if error.errno == errno.ENOSPC else "Name another place."
        raise mistake(str(path), f"cannot be written ({error.strerror or error}).", allowed=allowed) from None

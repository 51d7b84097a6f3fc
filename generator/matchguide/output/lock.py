"""One writer at a time for each output. The system lets go of the lock when its owner ends, however it ends."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from matchguide.mistakes import mistake

PATIENCE = 60.0  # seconds; writing a guide takes less than one


def beside(target: Path, what: str) -> Path:
    """Our hidden neighbor of an output, by a name that no other output has."""
    return target.with_name(f".{target.name}.matchguide-{what}")


@contextmanager
def holding(target: Path, patience: float | None = None) -> Iterator[None]:
    """Nobody else writes to the target meanwhile; waits for whoever does, `patience` seconds or PATIENCE. Raises
    OSError, and MistakesFound when the wait is too long."""
    path = beside(target, "lock")
    end = time.monotonic() + (PATIENCE if patience is None else patience)
    while (handle := _taken(path)) is None:
        if time.monotonic() > end:
            owner = _owner(path)
            raise mistake(
                str(target), f"another matchguide{owner} is writing to it.", allowed="Try again when it is done."
            )
        time.sleep(0.05)
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(handle)
        if sys.platform == "win32":
            with suppress(OSError):  # an open file cannot be deleted there
                path.unlink()


def _taken(path: Path) -> int | None:
    """The open lock file, or None while it is another's."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        _lock(handle)
        if not os.path.samestat(os.fstat(handle), os.stat(path)):
            raise BlockingIOError  # its owner has just taken it away
        with suppress(OSError):  # the name of the owner is only for the message
            os.truncate(handle, 0)
            os.write(handle, str(os.getpid()).encode())
    except (BlockingIOError, FileNotFoundError):
        os.close(handle)
        return None
    except BaseException:
        os.close(handle)
        raise
    return handle


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            raise BlockingIOError from None
    elif sys.platform != "emscripten":
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _owner(path: Path) -> str:
    try:
        return f" (process {int(path.read_text())})"
    except (OSError, ValueError):
        return ""

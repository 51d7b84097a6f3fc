"""A file written whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from matchguide.output.lock import beside, holding
from matchguide.output.ours import Kind, check_file, told


def write_file(path: Path, data: bytes, kind: Kind) -> None:
    """Writes a signed file of this kind. Raises MistakesFound where the place is closed or holds anything but an
    untouched file of the same kind; then that stays."""
    check_file(path, kind)
    with told(path):
        path = path.absolute().parent.resolve() / path.name
        with holding(path):
            check_file(path, kind)
            mode = 0o666 & path.stat().st_mode if path.exists() else 0o666
            put(path, data, mode)


def put(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Writes by way of a hidden neighbor; the umask counts. Raises OSError."""
    new = beside(path, "new")
    try:
        new.unlink(missing_ok=True)  # of a run that was cut short
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        new.replace(path)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise

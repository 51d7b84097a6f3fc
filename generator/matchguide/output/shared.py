"""Files that many outputs have in common: on the disk once, and in each output by a hard link. Where the file system
cannot link, each output gets its copy."""

import os
from contextlib import suppress
from pathlib import Path

from matchguide.output.file import put
from matchguide.output.ours import sha256


class Shared:
    """A folder that holds each such file under the name of its hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sums: dict[bytes, str] = {}
        self._there: dict[str, Path] = {}

    def sum(self, data: bytes) -> str:
        """The hash of a common file, computed once for each."""
        if data not in self._sums:
            self._sums[data] = sha256(data)
        return self._sums[data]

    def place(self, data: bytes, at: Path) -> None:
        """Puts the file at a free place. Raises OSError where it cannot lie there at all."""
        try:
            os.link(self._stored(data), at)
        except (OSError, NotImplementedError):
            at.write_bytes(data)

    def _stored(self, data: bytes) -> Path:
        total = self.sum(data)
        if total not in self._there:
            place = self._folder / total
            with suppress(FileNotFoundError):
                if sha256(place.read_bytes()) != total:  # somebody wrote into a file that is many people's
                    place.unlink()
            if not place.exists():
                self._folder.mkdir(parents=True, exist_ok=True)
                put(place, data)
            self._there[total] = place
        return self._there[total]

"""Packs: many files as one, compressed once. The worker unpacks them in memory."""

import gzip
import io
import tarfile
from collections.abc import Mapping


def tar(files: Mapping[str, bytes]) -> bytes:
    """The files by their paths as a tar archive: the same files give the same bytes."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(files):
            info = tarfile.TarInfo(path)
            info.size = len(files[path])
            archive.addfile(info, io.BytesIO(files[path]))
    return out.getvalue()


def untar(data: bytes) -> dict[str, bytes]:
    """The files of a tar archive by their paths."""
    out = dict[str, bytes]()
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive:
            if member.isfile() and (file := archive.extractfile(member)):
                out[member.name] = file.read()
    return out


def compressed(data: bytes) -> bytes:
    """Gzip, as small as it gets, the same bytes each time."""
    return gzip.compress(data, 9, mtime=0)

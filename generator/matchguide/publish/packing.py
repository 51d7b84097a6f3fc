"""What of a sealed guide needs no cipher: files packed into parts of one size, with their head. The format stands in
FORMAT.md."""

import gzip
import json
import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matchguide.publish.head import CHUNK, MANIFEST_STEP, MOST_CHUNKS, ROUNDS, Head, read_head

FINE_PIECES, PIECES_STEP = 5, 3
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "map": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "woff2": "font/woff2",
}


@dataclass(frozen=True)
class Sealed:
    """The head's text and the sealed parts: nonce, ciphertext and tag of each."""

    head: str
    manifest: bytes
    blobs: tuple[bytes, ...]


@dataclass(frozen=True)
class Packed:
    """The head's text and the parts before they are sealed."""

    head: str
    manifest: bytes
    whole: bytes

    def parts(self) -> Iterator[tuple[bytes, bytes]]:
        """What each part is bound to, and its bytes: the manifest first."""
        yield bound(self.head, "manifest"), self.manifest
        for i in range(len(self.whole) // CHUNK):
            yield bound(self.head, f"blob:{i}"), self.whole[i * CHUNK : (i + 1) * CHUNK]


def bound(head: str, name: str) -> bytes:
    """What a part is bound to, so that none can stand in the place of another."""
    return f"{head}\n{name}".encode()


def _padded(data: bytes, step: int, filler: bytes) -> bytes:
    return data + filler * (-len(data) % step)


def pieces(needed: int) -> int:
    """How many pieces are published where so many are needed: guides differ in size by what they say, and coarse
    steps make most of them alike, with the workbook (PDF) and without."""
    return min(needed + -(needed - FINE_PIECES) % PIECES_STEP, MOST_CHUNKS) if needed > FINE_PIECES else needed


def fewest(files: Mapping[str, bytes]) -> int:
    """How many pieces a site has at least: as many as most guides take, with the workbook (PDF) or without."""
    return pieces(FINE_PIECES + any(path.endswith(".pdf") for path in files))


def pack(
    files: Mapping[str, bytes],
    *,
    salt: bytes | None = None,
    rounds: int = ROUNDS,
    made: float | None = None,
    least: int = 1,
) -> Packed:
    """The files (by their paths, with /) ready to be sealed. A salt is given only to keep a site's key. `made` is the
    moment that tells an older build from a newer one: now, unless told otherwise. There are at least `least` pieces:
    a guide of later months is smaller, and its size is not to tell the month."""
    stream = bytearray()
    entries: list[tuple[str, int, int, int, str]] = []
    for path in sorted(files):
        packed = gzip.compress(files[path], 9, mtime=0)
        kind = _TYPES.get(path.rpartition(".")[2], "application/octet-stream")
        entries.append((path, len(stream), len(packed), len(files[path]), kind))
        stream += packed
    whole = _padded(bytes(stream) or b"\0", CHUNK, b"\0")
    whole += bytes(pieces(max(least, len(whole) // CHUNK)) * CHUNK - len(whole))
    told = {"files": entries, "made": int(time.time() if made is None else made)}
    manifest = _padded(json.dumps(told, separators=(",", ":")).encode(), MANIFEST_STEP, b" ")
    salt = salt or secrets.token_bytes(16)
    head = Head(rounds, salt.hex(), secrets.token_hex(16), len(whole) // CHUNK, len(manifest)).text
    read_head(head)
    return Packed(head, manifest, whole)

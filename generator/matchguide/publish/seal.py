"""Files in, sealed parts out, and back. The format stands in FORMAT.md."""

import gzip
import json
import secrets
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from matchguide.publish.head import CHUNK, MANIFEST_STEP, MOST_CHUNKS, ROUNDS, Head, Refused, read_head

NONCE = 12
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


def key_from(password: str, salt: bytes, rounds: int) -> bytes:
    """The 32-byte key of a password, however its letters are composed."""
    secret = unicodedata.normalize("NFC", password.strip()).encode("utf-8")
    return PBKDF2HMAC(algorithm=SHA256(), length=32, salt=salt, iterations=rounds).derive(secret)


def _padded(data: bytes, step: int, filler: bytes) -> bytes:
    return data + filler * (-len(data) % step)


def pieces(needed: int) -> int:
    """How many pieces are published where so many are needed: guides differ in size by what they say, and coarse
    steps make most of them alike, with the workbook (PDF) and without."""
    return min(needed + -(needed - FINE_PIECES) % PIECES_STEP, MOST_CHUNKS) if needed > FINE_PIECES else needed


def seal(
    files: Mapping[str, bytes],
    password: str,
    *,
    salt: bytes | None = None,
    rounds: int = ROUNDS,
    made: float | None = None,
    least: int = 1,
) -> Sealed:
    """The files (by their paths, with /) sealed for the password. A salt is given only to keep a site's key. `made`
    is the moment that tells an older build from a newer one: now, unless told otherwise. There are at least `least`
    pieces: a guide of later months is smaller, and its size is not to tell the month."""
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
    cipher = AESGCM(key_from(password, salt, rounds))

    def part(name: str, plain: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return nonce + cipher.encrypt(nonce, plain, f"{head}\n{name}".encode())

    blobs = (part(f"blob:{i}", whole[i * CHUNK : (i + 1) * CHUNK]) for i in range(len(whole) // CHUNK))
    return Sealed(head, part("manifest", manifest), tuple(blobs))


def unseal(sealed: Sealed, password: str) -> dict[str, bytes]:
    """The files again, all or none. Raises Refused."""
    head = read_head(sealed.head)
    if len(sealed.blobs) != head.count:
        raise Refused("a chunk is missing or one too many")
    cipher = AESGCM(key_from(password, bytes.fromhex(head.salt), head.rounds))

    def part(name: str, data: bytes, size: int) -> bytes:
        if len(data) != NONCE + size + 16:
            raise Refused(f"{name} is cut or too long")
        try:
            return cipher.decrypt(data[:NONCE], data[NONCE:], f"{sealed.head}\n{name}".encode())
        except InvalidTag:
            raise Refused(f"the password is wrong or {name} was changed") from None

    entries = json.loads(part("manifest", sealed.manifest, head.manifest))["files"]
    stream = b"".join(part(f"blob:{i}", data, head.chunk) for i, data in enumerate(sealed.blobs))
    return {path: gzip.decompress(stream[at : at + size]) for path, at, size, _, _ in entries}

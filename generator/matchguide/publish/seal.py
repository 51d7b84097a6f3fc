"""Files in, sealed parts out, and back. The format stands in FORMAT.md."""

import gzip
import json
import secrets
import unicodedata
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from matchguide.publish.head import ROUNDS, Refused, read_head
from matchguide.publish.packing import Sealed, bound, pack

NONCE = 12


def key_from(password: str, salt: bytes, rounds: int) -> bytes:
    """The 32-byte key of a password, however its letters are composed."""
    secret = unicodedata.normalize("NFC", password.strip()).encode("utf-8")
    return PBKDF2HMAC(algorithm=SHA256(), length=32, salt=salt, iterations=rounds).derive(secret)


def seal(
    files: Mapping[str, bytes],
    password: str,
    *,
    salt: bytes | None = None,
    rounds: int = ROUNDS,
    made: float | None = None,
    least: int = 1,
) -> Sealed:
    """The files (by their paths, with /) packed, and sealed for the password."""
    packed = pack(files, salt=salt, rounds=rounds, made=made, least=least)
    head = read_head(packed.head)
    cipher = AESGCM(key_from(password, bytes.fromhex(head.salt), head.rounds))

    def part(bound_to: bytes, plain: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return nonce + cipher.encrypt(nonce, plain, bound_to)

    manifest, *blobs = (part(*each) for each in packed.parts())
    return Sealed(packed.head, manifest, tuple(blobs))


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
            return cipher.decrypt(data[:NONCE], data[NONCE:], bound(sealed.head, name))
        except InvalidTag:
            raise Refused(f"the password is wrong or {name} was changed") from None

    entries = json.loads(part("manifest", sealed.manifest, head.manifest))["files"]
    stream = b"".join(part(f"blob:{i}", data, head.chunk) for i, data in enumerate(sealed.blobs))
    return {path: gzip.decompress(stream[at : at + size]) for path, at, size, _, _ in entries}

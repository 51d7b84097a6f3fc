"""The clear head of a sealed guide: how it was sealed. Reading one refuses whatever is weaker or unknown."""

import json
import re
from dataclasses import asdict, dataclass

FORMAT, VERSION = "matchguide-sealed", 1
KDF, CIPHER = "PBKDF2-HMAC-SHA256", "AES-256-GCM"
ROUNDS, MOST_ROUNDS = 600_000, 5_000_000
CHUNK, MANIFEST_STEP = 256 * 1024, 64 * 1024
MOST_CHUNKS, MOST_MANIFEST = 1024, 16 * MANIFEST_STEP
LONGEST = 1024
_HEX = re.compile(r"[0-9a-f]{32}\Z")


class Refused(Exception):
    """A sealed guide that is not opened: its head is weaker or unknown, a byte differs, or the password is wrong."""


@dataclass(frozen=True)
class Head:
    """The fields in the order of the text. `salt` and `build` are 16 bytes as hexadecimal digits."""

    rounds: int
    salt: str
    build: str
    count: int
    manifest: int
    format: str = FORMAT
    version: int = VERSION
    kdf: str = KDF
    cipher: str = CIPHER
    chunk: int = CHUNK

    @property
    def text(self) -> str:
        """The head as it is published and bound to every part: JSON without spaces, in a fixed order."""
        values = asdict(self)
        order = ("format", "version", "kdf", "rounds", "salt", "cipher", "build", "count", "chunk", "manifest")
        return json.dumps({key: values[key] for key in order}, separators=(",", ":"))


def read_head(text: str) -> Head:
    """The head from its text. Raises Refused for everything that this version would not have written."""
    if len(text) > LONGEST:
        raise Refused("the head is too long")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("the head is not JSON") from None
    if not isinstance(found, dict) or (found.get("format"), found.get("version")) != (FORMAT, VERSION):
        raise Refused("the format or its version is not known")
    rounds, count, manifest = (found.get(key) for key in ("rounds", "count", "manifest"))
    salt, build = found.get("salt"), found.get("build")
    if type(rounds) is not int or not ROUNDS <= rounds <= MOST_ROUNDS:
        raise Refused("the number of rounds is too small or too large")
    if type(count) is not int or not 1 <= count <= MOST_CHUNKS:
        raise Refused("the number of chunks is not possible")
    if type(manifest) is not int or not 0 < manifest <= MOST_MANIFEST or manifest % MANIFEST_STEP:
        raise Refused("the manifest's size is not possible")
    if not (isinstance(salt, str) and _HEX.match(salt) and isinstance(build, str) and _HEX.match(build)):
        raise Refused("the salt or the build's number is not possible")
    head = Head(rounds, salt, build, count, manifest)
    if head.text != text:
        raise Refused("the head is not written as this version writes it")
    return head

"""A sealed site in a folder, for any static host and any sub-path."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from matchguide.output.folder import write_folder
from matchguide.output.ours import Kind
from matchguide.publish.head import Refused, read_head
from matchguide.publish.packing import Sealed, fewest
from matchguide.publish.seal import seal, unseal
from matchguide.publish.shell import FOLDER, HEAD, PAGE_SCRIPT, page_script, site_of

KIND: Kind = "sealed guide"


def salt_for(target: Path, password: str, name: str = "") -> bytes | None:
    """The salt that keeps the key of a site that is published again with the same password: made from the site's
    name where one is given, else that of the folder it replaces, if this password opens it. None: a fresh one."""
    if name:
        return hashlib.sha256(b"matchguide site\0" + name.encode()).digest()[:16]
    try:
        sealed = read_site(target)
        unseal(sealed, password)
        return bytes.fromhex(read_head(sealed.head).salt)
    except (OSError, UnicodeDecodeError, Refused):
        return None


def read_site(folder: Path) -> Sealed:
    """The sealed parts of a published folder. Raises OSError, UnicodeDecodeError or Refused."""
    text = (folder / HEAD).read_bytes().decode("ascii")
    head = read_head(text)
    parts = folder / FOLDER / head.build
    blobs = tuple((parts / f"{i}.bin").read_bytes() for i in range(head.count))
    return Sealed(text, (parts / "manifest.bin").read_bytes(), blobs)


def write_site(
    files: Mapping[str, bytes], target: Path, password: str, templates: Path, salt: bytes | None
) -> Sealed:
    """Seals the files (by their paths, with /) into the folder. Raises MistakesFound; then the folder stays as it
    is."""
    assert not any(path.startswith(f"{FOLDER}/") for path in files)
    sealed = seal({**files, PAGE_SCRIPT: page_script(templates)}, password, salt=salt, least=fewest(files))
    write_folder(target, site_of(sealed, templates), KIND)
    return sealed


def publish(files: Mapping[str, bytes], target: Path, password: str, templates: Path, *, name: str = "") -> Sealed:
    """The files as a sealed site in `target`. Raises MistakesFound; nothing changes when anything fails."""
    return write_site(files, target, password, templates, salt_for(target, password, name))

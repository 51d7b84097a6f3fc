"""A sealed site in a folder, for any static host and any sub-path."""

import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path

from matchguide.publish.head import Refused, read_head
from matchguide.publish.seal import Sealed, seal, unseal
from matchguide.publish.shell import page_script, unlock_page, worker
from matchguide.site.swap import MARKER, check_ours, replacing

FOLDER = "sealed"
HEAD = f"{FOLDER}/head"
PAGE_SCRIPT = f"{FOLDER}/page.js"


def open_files(build: Callable[[Path], None]) -> dict[str, bytes]:
    """Every file, by its path, that `build` writes into a folder. Raises MistakesFound where it cannot be built."""
    with tempfile.TemporaryDirectory(prefix="matchguide-") as place:
        site = Path(place) / "site"
        build(site)
        found = {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    del found[MARKER]
    return found


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


def write_site(files: dict[str, bytes], target: Path, password: str, templates: Path, salt: bytes | None) -> Sealed:
    """Seals the files into the folder. Raises MistakesFound; a folder that is not ours stays as it is."""
    assert not any(path.startswith(f"{FOLDER}/") for path in files)
    sealed = seal({**files, PAGE_SCRIPT: page_script(templates)}, password, salt=salt)
    shell = unlock_page(templates)
    with replacing(target) as fresh:
        parts = fresh / FOLDER / read_head(sealed.head).build
        parts.mkdir(parents=True)
        (fresh / "index.html").write_bytes(shell)
        (fresh / "404.html").write_bytes(shell)
        (fresh / "sw.js").write_bytes(worker(templates))
        (fresh / "robots.txt").write_bytes(b"User-agent: *\nDisallow: /\n")
        (fresh / ".nojekyll").write_bytes(b"")
        (fresh / HEAD).write_bytes(sealed.head.encode())
        (parts / "manifest.bin").write_bytes(sealed.manifest)
        for i, blob in enumerate(sealed.blobs):
            (parts / f"{i}.bin").write_bytes(blob)
    return sealed


def publish(build: Callable[[Path], None], target: Path, password: str, templates: Path, *, name: str = "") -> Sealed:
    """What `build` writes, as a sealed site in `target`. Raises MistakesFound; nothing changes when anything
    fails."""
    check_ours(target)
    return write_site(open_files(build), target, password, templates, salt_for(target, password, name))

"""One number for a state of content, templates and program: what was checked once need not be checked again. Only the
standard library is used here, because the wheel's build runs this file too."""

import hashlib
from pathlib import Path

CHECKED = (".yml", ".md", ".jinja")
STAMP = "checked"  # beside the content of an installed package: the fingerprint its tests passed with


def fingerprint(package: Path, content: Path, templates: Path) -> str:
    """The hash of every file that the check reads, and of the program that reads them."""
    out = hashlib.sha256()
    for folder, kinds in ((content, CHECKED), (templates, CHECKED), (package, (".py",))):
        for path in sorted(folder.rglob("*")):
            if path.suffix in kinds and "_data" not in path.relative_to(folder).parts:
                name = path.relative_to(folder).as_posix().encode()
                out.update(hashlib.sha256(name).digest() + hashlib.sha256(path.read_bytes()).digest())
    return out.hexdigest()

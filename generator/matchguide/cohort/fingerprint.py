"""What a guide is made from, as one number: the same number, the same guide."""

import datetime as dt
import hashlib
import os
import re
import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from matchguide import paths
from matchguide.programs.sheets import LARGEST as LARGEST_TABLE
from matchguide.source import LARGEST_FILE

_PACKAGE = Path(__file__).resolve().parents[1]
# Libraries whose version shows in a guide's bytes.
_LIBRARIES = ("jinja2", "markdown", "mkdocs", "mkdocs-material", "openpyxl", "pydantic", "pyyaml")
_FOR_PAPER = ("typst", "lxml")


@cache
def of_program() -> str:
    """Content, templates, program and libraries."""
    out = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for library in _LIBRARIES:
        out.update(f"{library} {version(library)}\n".encode())
    for folder, every in ((paths.CONTENT, True), (paths.TEMPLATES, True), (_PACKAGE, False)):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and (every or path.suffix == ".py") and "__pycache__" not in path.parts:
                out.update(path.relative_to(folder).as_posix().encode() + b"\0")
                out.update(hashlib.sha256(path.read_bytes()).digest())
    return out.hexdigest()


_TABLE = re.compile(rb"""^programs_file:[ \t]*["']?([^"'#\r\n/\\]+?)["']?[ \t]*(?:#.*)?\r?$""", re.MULTILINE)


def of_source(profile: Path) -> str:
    """The hash of a profile and of the table it names; of one that is too large to be one, of its beginning. "" where
    it cannot be read."""
    try:
        with profile.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            raw = file.read(LARGEST_FILE + 1)
    except OSError:
        return ""
    out = hashlib.sha256(raw + f"{size}".encode())
    if (named := _TABLE.search(raw)) and len(raw) <= LARGEST_FILE:
        with (
            suppress(OSError, UnicodeDecodeError, ValueError),
            (profile.parent / named[1].decode()).open("rb") as file,
        ):
            out.update(file.read(LARGEST_TABLE + 1))
    return out.hexdigest()


def of_product(source: str, on: dt.date, paper: str, *more: object) -> str:
    """The number of one product: `paper` is that of its workbook, `more` what else decides about its bytes."""
    printed = [version(library) for library in _FOR_PAPER] if paper else []
    said = repr((of_program(), source, on.isoformat(), paper, printed, more))
    return hashlib.sha256(said.encode()).hexdigest()


def shard_of(source: str, count: int) -> int:
    """In which of so many parts a profile falls, from 1: the same on every machine."""
    return int(source[:15] or "0", 16) % count + 1

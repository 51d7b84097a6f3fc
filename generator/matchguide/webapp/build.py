"""The app as files: a page, its scripts and styles, the runtime and the packs, each with its sum in a manifest."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matchguide import paths
from matchguide.profile.plain import as_data
from matchguide.profile.read import read as profile_at
from matchguide.webapp import libraries, ours
from matchguide.webapp.fetch import Fetched
from matchguide.webapp.inside.desk import Desk
from matchguide.webapp.packs import compressed, tar
from matchguide.webapp.questions import questions

_PAGE = paths.TEMPLATES / "webapp"
_EXAMPLE_DAY = "2026-06-15"  # it is written for this one
_PLAIN = (".html", ".css", ".js", ".svg", ".txt", ".webmanifest")
# Of Python's own library, what asks for a terminal, a network, a screen or other processes.
_NEVER = (
    "_pyrepl/",
    "bdb.py",
    "curses/",
    "dbm/",
    "doctest.py",
    "ensurepip/",
    "ftplib.py",
    "idlelib/",
    "imaplib.py",
    "lib2to3/",
    "mailbox.py",
    "multiprocessing/",
    "pdb.py",
    "pickletools.py",
    "poplib.py",
    "profiling/",
    "pydoc.py",
    "pydoc_data/",
    "smtplib.py",
    "sqlite3/",
    "tkinter/",
    "turtle.py",
    "turtledemo/",
    "unittest/",
    "venv/",
    "wsgiref/",
    "xmlrpc/",
)


def app_files(fetched: Fetched) -> dict[str, bytes]:
    """Every file of the app by its path. The same inputs give the same bytes."""
    packed = _runtime(fetched.runtime) | _packs(fetched)
    page = _pages()
    page["questions.json"] = json.dumps(questions(), ensure_ascii=False, separators=(",", ":")).encode()
    page["example.json"] = json.dumps(_example()).encode()
    page["runtime/pyodide.mjs"] = (fetched.runtime / "pyodide.mjs").read_bytes()
    version = _version(packed | page)
    info = json.loads((fetched.runtime / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    listed = {name: {"sum": _sum(data), "size": len(data)} for name, data in sorted(packed.items())}
    manifest = {"version": version, "info": info, "files": listed}
    page["manifest.json"] = json.dumps(manifest, separators=(",", ":")).encode()
    shell = sorted(name for name in page if name not in ("sw.js", "robots.txt", "licences.txt"))
    page["sw.js"] = (
        page["sw.js"]
        .replace(b'"@VERSION@"', json.dumps(version).encode())
        .replace(b'["@SHELL@"]', json.dumps(shell).encode())
    )
    page["licences.txt"] = _licences(fetched)
    return page | packed | {".nojekyll": b""}


def _example() -> dict[str, Any]:
    """A made-up doctor's answers, and the plan made of them."""
    desk = Desk()
    answers = as_data(profile_at(paths.STARTER_PROFILE, desk.content.known))
    asked = json.dumps({"answers": answers, "on": _EXAMPLE_DAY})
    return {"answers": answers, "plan": json.loads(desk.plan(asked))}


def _pages() -> dict[str, bytes]:
    files = (path for path in sorted(_PAGE.rglob("*")) if path.suffix in _PLAIN)
    return {path.relative_to(_PAGE).as_posix(): path.read_bytes() for path in files}


def _runtime(folder: Path) -> dict[str, bytes]:
    return {
        "runtime/wasm.bin": compressed((folder / "pyodide.asm.wasm").read_bytes()),
        "runtime/script.bin": compressed((folder / "pyodide.asm.mjs").read_bytes()),
        "runtime/library.bin": compressed(_library(folder / "python_stdlib.zip")),
    }


def _library(path: Path) -> bytes:
    """Python's own library, less what cannot run here; not packed inside, since the whole is."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as every, zipfile.ZipFile(out, "w") as kept:
        for name in sorted(every.namelist()):
            if not name.endswith("/") and not name.startswith(_NEVER):
                kept.writestr(zipfile.ZipInfo(name), every.read(name))
    return out.getvalue()


def _packs(fetched: Fetched) -> dict[str, bytes]:
    of = libraries.files_of(fetched.wheels, paths.MKDOCS_YML.read_bytes())
    package, knowledge = dict(ours.package()), dict(ours.knowledge())
    late = {name: knowledge.pop(name) for name in list(knowledge) if name.startswith(ours.LATE)}
    whole = {
        "first": of.first | package | knowledge,
        "site": of.site | late | dict(ours.of_sites()),
        "sealing": of.sealing | dict(ours.of_sealing()),
        "tables": of.tables,
    }
    return {f"packs/{name}.bin": compressed(tar(files)) for name, files in whole.items()}


def _licences(fetched: Fetched) -> bytes:
    """The licences of all that is not ours, one after the other."""
    found = dict[str, bytes]()
    for wheel in fetched.wheels:
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if ".dist-info/" in name and any(word in name.upper() for word in ("LICEN", "COPYING", "AUTHORS")):
                    found[name] = archive.read(name)
    own = (_PAGE / "licences.txt").read_bytes()
    return own + b"".join(b"\n\n==== " + name.encode() + b"\n\n" + text for name, text in sorted(found.items()))


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _version(files: Mapping[str, bytes]) -> str:
    return hashlib.sha256("".join(f"{n} {_sum(files[n])}\n" for n in sorted(files)).encode()).hexdigest()[:16]

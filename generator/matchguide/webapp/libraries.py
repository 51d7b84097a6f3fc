"""Which files of the libraries the app brings: what a guide needs, and nothing that is only for terminals, servers or
other languages."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from matchguide.site.theme import never_used

# By distribution: to which pack it belongs. What is needed for the first plan comes first.
_FIRST = (
    "annotated_types",
    "jinja2",
    "markupsafe",
    "pydantic",
    "pydantic_core",
    "pyyaml",
    "typing_extensions",
    "typing_inspection",
)
# Asked for when they are installed, never when a guide is built.
_NOT_AT_ALL = (
    "ghp_import",
    "packaging",
    "paginate",
    "platformdirs",
    "pymdown_extensions",
    "mkdocs_material_extensions",
)
_SEALING = ("xkcdpass", "zxcvbn")
_TABLES = ("et_xmlfile", "openpyxl")
_NEVER_ENDS = (".so", ".pyi", ".c", ".pyx", ".po", ".pot", ".mo", ".exe", ".typed")
_NEVER = (
    "pydantic/v1/",
    "pydantic/mypy.py",
    "mkdocs/themes/mkdocs/",
    "mkdocs/themes/readthedocs/",
    "mkdocs/tests/",
    "mkdocs/contrib/search/lunr-language/",
    "material/extensions/",
    "pygments/lexers/",
    "pygments/styles/",
    "xkcdpass/static/",
    "xkcdpass/examples/",
    "babel/locale-data/",
    "babel/messages/",
    "babel/localtime/",
)
_STILL = (
    "babel/locale-data/root.dat",
    "babel/locale-data/en.dat",
    "babel/locale-data/en_US.dat",
    "xkcdpass/static/eff-long",
    "pygments/lexers/__init__.py",
    "pygments/lexers/_mapping.py",
    "pygments/styles/__init__.py",
    "pygments/styles/_mapping.py",
)
_THEME = "material/templates/"
_ICONS = f"{_THEME}.icons/"
_ICON = re.compile(rb"\bmaterial/[a-z0-9-]+")
_OF_A_DISTRIBUTION = ("METADATA", "entry_points.txt")


@dataclass
class Libraries:
    """Files of the libraries by their paths: for the first plan, for the site, for sealing, for tables in XLSX."""

    first: dict[str, bytes] = field(default_factory=dict)
    site: dict[str, bytes] = field(default_factory=dict)
    sealing: dict[str, bytes] = field(default_factory=dict)
    tables: dict[str, bytes] = field(default_factory=dict)


def files_of(wheels: Iterable[Path], settings: bytes) -> Libraries:
    """What the wheels hold and the app needs; of the icons those that the site's `settings` or templates name."""
    out = Libraries()
    for wheel in wheels:
        name = wheel.name.split("-")[0].lower()
        if name in _NOT_AT_ALL:
            continue
        into = (
            out.first
            if name in _FIRST
            else out.sealing
            if name in _SEALING
            else out.tables
            if name in _TABLES
            else out.site
        )
        into.update(_files(wheel))
    site = out.site
    found = _ICON.findall(settings) + [hit for name, data in site.items() for hit in _icons(name, data)]
    named = {f"{_ICONS}{hit.decode()}.svg" for hit in found}
    out.site = {n: d for n, d in site.items() if not n.startswith(_ICONS) or n in named}
    return out


def _icons(name: str, data: bytes) -> list[bytes]:
    """The icons that a template, or the theme's settings, name."""
    return _ICON.findall(data) if name.startswith("material/templates/") and name.endswith((".html", ".yml")) else []


def _files(wheel: Path) -> Iterator[tuple[str, bytes]]:
    browser = "emscripten" in wheel.name
    with zipfile.ZipFile(wheel) as archive:
        for path in archive.namelist():
            folder, _, name = path.partition("/")
            if path.endswith("/"):
                continue
            if folder.endswith(".dist-info"):
                if name in _OF_A_DISTRIBUTION:
                    data = archive.read(path)
                    yield path, _short(data) if name == "METADATA" else data
                elif "LICEN" in name.upper() or "COPYING" in name.upper():
                    yield path, archive.read(path)
            elif _wanted(path) or (browser and path.endswith(".so")):
                yield path, archive.read(path)


def _wanted(path: str) -> bool:
    if path.startswith(_STILL):
        return True
    if path.startswith(_THEME) and never_used(path.removeprefix(_THEME)):
        return False
    return not (path.endswith(_NEVER_ENDS) or path.startswith(_NEVER) or ".data/" in path)


def _short(metadata: bytes) -> bytes:
    """A distribution's name, version and licence, without its long description."""
    head = metadata.split(b"\n\n", 1)[0].split(b"\n")
    return (
        b"\n".join(line for line in head if line.startswith((b"Metadata-V", b"Name:", b"Version:", b"License")))
        + b"\n"
    )

"""What of matchguide the app brings: the package without its commands, content with its YAML read, templates."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import yaml

from matchguide import paths
from matchguide.publish.dictionary import packed
from matchguide.publish.passphrase import dictionary
from matchguide.source import Loader, text_sum

_PACKAGE = Path(__file__).resolve().parents[1]
# Parts of the package that only commands use, and what is fetched with them.
_COMMANDS = ("cli", "cohort", "decisions", "pdf")
_WITHOUT = ("publish/seal.py", "publish/site.py", "publish/single.py", "publish/exposed.py")
_BUILDING = ("webapp/inside",)  # of webapp itself, this alone runs inside
_TEMPLATES = ("pages", "parts", "words", "home", "labels.yml", "webapp/questions.yml")
_OF_SITES = ("static", "theme")
_OF_SEALING = ("publish",)
_DATA = "matchguide/_data"
LATE = tuple(f"{_DATA}/templates/{part}/" for part in ("pages", "parts", "home"))  # for the guide, not the plan


def package() -> Iterator[tuple[str, bytes]]:
    """The package's own modules by their paths."""
    for path in sorted(_PACKAGE.rglob("*.py")):
        name = path.relative_to(_PACKAGE).as_posix()
        inside = name.startswith(_BUILDING) or name == "webapp/__init__.py"
        left_out = name.startswith((*_COMMANDS, *_WITHOUT)) or (name.startswith("webapp/") and not inside)
        if not left_out and not name.startswith("_data/"):
            yield f"matchguide/{name}", path.read_bytes()
    entry = "[mkdocs.plugins]\nmatchguide = matchguide.site.plugin:MatchguidePlugin\n"
    yield "matchguide-0.dist-info/METADATA", b"Metadata-Version: 2.1\nName: matchguide\nVersion: 0\n"
    yield "matchguide-0.dist-info/entry_points.txt", entry.encode()


def knowledge() -> Iterator[tuple[str, bytes]]:
    """Content, and the templates of pages, by their paths; and what their YAML holds, read."""
    files = list(_folder(paths.CONTENT, "content"))
    for part in _TEMPLATES:
        files += _folder(paths.TEMPLATES / part, f"templates/{part}")
    yield from files
    texts = [text for name, data in files for text in _yaml_of(name, data)]
    read = {text_sum(text): pickle.dumps(yaml.load(text, Loader=Loader), protocol=5) for text in texts}
    yield f"{_DATA}/{paths.READ.name}", pickle.dumps(read, protocol=5)


def of_sites() -> Iterator[tuple[str, bytes]]:
    """What only the site needs: the theme's templates of ours, styles and scripts."""
    for part in _OF_SITES:
        yield from _folder(paths.TEMPLATES / part, f"templates/{part}")
    yield f"{_DATA}/mkdocs.yml", paths.MKDOCS_YML.read_bytes()


def of_sealing() -> Iterator[tuple[str, bytes]]:
    """What only sealing needs: the page that asks for the password, and the words a guesser knows."""
    for part in _OF_SEALING:
        yield from _folder(paths.TEMPLATES / part, f"templates/{part}")
    yield f"{_DATA}/{paths.DICTIONARY.name}", packed(dictionary())


def _folder(place: Path, name: str) -> Iterator[tuple[str, bytes]]:
    if place.is_file():
        yield f"{_DATA}/{name}", place.read_bytes()
    for path in sorted(place.rglob("*")):
        if path.is_file():
            yield f"{_DATA}/{name}/{path.relative_to(place).as_posix()}", path.read_bytes()


def _yaml_of(name: str, data: bytes) -> Iterator[str]:
    """The YAML texts in a file of ours, as they are asked for when it is read."""
    if name.endswith(".yml"):
        yield data.decode("utf-8")
    elif name.endswith(".md"):
        text = data.decode("utf-8")
        parts = text.split("---\n", 2)
        if len(parts) == 3 and not parts[0].strip():
            yield parts[1]

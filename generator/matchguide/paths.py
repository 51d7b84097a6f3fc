"""Where the guide's own files lie: in the checkout while developing, inside the package once installed."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_DATA = _PACKAGE / "_data"
HOME = _DATA if _DATA.is_dir() else _PACKAGE.parents[1]

READ = _DATA / "read"  # brought by the app for browsers: what the YAML texts of ours hold
DICTIONARY = _DATA / "words"  # and the lists that passwords are compared with, packed small

CONTENT = HOME / "content"
TEMPLATES = HOME / "templates"
MKDOCS_YML = HOME / "mkdocs.yml"
STARTER_PROFILE = HOME / "profiles" / "amara.yml"

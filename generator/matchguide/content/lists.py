"""The closed lists a profile is checked against: cheap, so that `check` starts fast."""

from pathlib import Path

import yaml

from matchguide.mistakes import mistake
from matchguide.profile.values import Known
from matchguide.source import Loader, parse, read_text


def specialty_ids(folder: Path) -> tuple[str, ...]:
    """The specialties there are: the names of the cards."""
    return tuple(sorted(p.stem for p in (folder / "specialties").glob("*.md")))


def known(folder: Path) -> Known:
    """Specialties and seasons by the names of their files, countries by content/countries.yml."""
    path = folder / "countries.yml"
    text = read_text(path)
    try:
        data = yaml.load(text, Loader=Loader)
        return Known(
            specialty_ids(folder),
            tuple(map(str, data["names"])),
            tuple(data["aliases"].items()),
            _seasons(folder / "seasons"),
            tuple(sorted(p.name for p in (folder / "goals").glob("*") if p.is_dir())),
        )
    except (yaml.YAMLError, LookupError, TypeError, AttributeError):
        parse(text, str(path))  # the same fault, with our words and its place
        raise mistake(str(path), "names and aliases are due here.", allowed="A list, and a mapping.") from None


def _seasons(folder: Path) -> tuple[int, ...]:
    """The seasons there is a file for, and the one after, which is planned with days that are not published."""
    written = sorted(int(p.stem) for p in folder.glob("*.yml") if p.stem.isdecimal())
    return (*written, *(year + 1 for year in written[-1:]))

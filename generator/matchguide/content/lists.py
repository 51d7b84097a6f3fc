"""The closed lists a profile is checked against: cheap, so that `check` starts fast."""

from pathlib import Path

import yaml

from matchguide.profile.values import Known
from matchguide.source import Loader, read_text


def specialty_ids(folder: Path) -> tuple[str, ...]:
    """The specialties there are: the names of the cards."""
    return tuple(sorted(p.stem for p in (folder / "specialties").glob("*.md")))


def known(folder: Path) -> Known:
    """Specialties by the names of their cards, countries by content/countries.yml."""
    data = yaml.load(read_text(folder / "countries.yml"), Loader=Loader)
    return Known(specialty_ids(folder), tuple(data["names"]), tuple(data["aliases"].items()))

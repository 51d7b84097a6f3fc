"""The closed lists a profile is checked against: cheap, so that `check` starts fast."""

import re
from pathlib import Path

import yaml

from matchguide.mistakes import mistake
from matchguide.profile.values import Known
from matchguide.source import of_ours, parse, read_text


def specialty_ids(folder: Path) -> tuple[str, ...]:
    """The specialties there are: the names of the cards."""
    return tuple(sorted(p.stem for p in (folder / "specialties").glob("*.md")))


def known(folder: Path) -> Known:
    """Specialties and seasons by the names of their files, countries by content/countries.yml."""
    path = folder / "countries.yml"
    text = read_text(path)
    try:
        data = of_ours(text)
        heads = {id: _head(folder / "specialties" / f"{id}.md") for id in specialty_ids(folder)}
        return Known(
            tuple(heads),
            tuple(map(str, data["names"])),
            tuple(data["aliases"].items()),
            _seasons(folder / "seasons"),
            tuple((name, id) for id, head in heads.items() for name in _called(head)),
            tuple(id for id, head in heads.items() if head.get("kind") == "first-year"),
            tuple(sorted(p.name for p in (folder / "goals").glob("*") if p.is_dir())),
        )
    except (yaml.YAMLError, LookupError, TypeError, AttributeError):
        parse(text, str(path))  # the same fault, with our words and its place
        raise mistake(str(path), "names and aliases are due here.", allowed="A list, and a mapping.") from None


_LINE = re.compile(r"^(kind|short|abbreviation|also): +(.+)$", re.MULTILINE)


def _head(card: Path) -> dict[str, str]:
    """The lines of a card's front matter that are needed here, found without reading it as YAML."""
    return dict(_LINE.findall(read_text(card).split("\n---\n", 1)[0]))


def _called(head: dict[str, str]) -> list[str]:
    """What people call a specialty, beside its name."""
    also = head.get("also", "").strip("[] ")
    return [head[key] for key in ("short", "abbreviation") if key in head] + [x for x in re.split(", *", also) if x]


def _seasons(folder: Path) -> tuple[int, ...]:
    """The seasons there is a file for, and the one after, which is planned with days that are not published."""
    written = sorted(int(p.stem) for p in folder.glob("*.yml") if p.stem.isdecimal())
    return (*written, *(year + 1 for year in written[-1:]))

"""What lines of the profile, and the fixed words in them, are called on a page: templates/labels.yml."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from matchguide.content.inert import inert
from matchguide.mistakes import mistake
from matchguide.source import trusted


@cache
def _read(path: Path) -> Mapping[str, Any]:
    names: Mapping[str, Any] = trusted(path.read_text(encoding="utf-8"), str(path))
    return {part: _inert(inner) for part, inner in names.items()}


def _inert(names: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        key: _inert(words) if isinstance(words, Mapping) else words if "{name}" in words else inert(words)
        for key, words in names.items()
    }


def forget() -> None:
    """Reads the names anew from now on: while the guide is served, its files change."""
    _read.cache_clear()


class Labels:
    """Names of profile lines and of what the season says. `name` tells a specialty's name from its id."""

    def __init__(self, templates: Path, name: Callable[[str], str]) -> None:
        self._path = templates / "labels.yml"
        self._name = name

    def line(self, field: str) -> str:
        """A line such as exams.step2_ck.score, as people call it. Raises MistakesFound where it has no name."""
        names: Mapping[str, str] = _read(self._path)["profile"]
        plain = re.sub(r"\[\d+\]", "[]", field)
        if plain in names:
            return names[plain]
        parent, _, specialty = plain.rpartition(".")
        if f"{parent}.*" in names:
            return inert(names[f"{parent}.*"].replace("{name}", self._name(specialty).lower()))
        raise mistake(str(self._path), "has no name for a line of the profile.", field=plain)

    def season(self, key: str) -> str:
        """What a date of the season is called."""
        words: str = _read(self._path)["season"][key]
        return words

    def value(self, field: str, word: object) -> str | None:
        """What a fixed word of a line is called, as j1 of visa.needs; None where the line has no fixed words or the
        word is none of them."""
        values = _read(self._path)["values"]
        named = re.sub(r"\.[a-z0-9_]+\.", ".*.", field)
        words: Mapping[str, str] = values.get(field) or values.get(named) or {}
        return words.get(str(word))

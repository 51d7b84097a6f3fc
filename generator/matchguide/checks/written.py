"""All files of content/ and templates/ as they are written, each value with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from matchguide.checks.patterns import fits
from matchguide.mistakes import Mistake, MistakesFound, mistake
from matchguide.source import Key, Source, dotted, parse, read_text


@dataclass
class Written:
    """`data` maps a file's name under its folder (rules/plan.yml; pages/10-index.md for a template) to its YAML, of
    Markdown to its front matter; `texts` to its whole text. `mistakes` is what could not be read."""

    content: Path
    templates: Path
    data: dict[str, Source] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def path(self, name: str) -> str:
        """Where a file lies."""
        under = self.content if (self.content / name).exists() else self.templates
        return str(under / name)

    def at(
        self, name: str, position: int, problem: str, allowed: str = "", found: str = "", field: str = ""
    ) -> Mistake:
        """A mistake at a position in a text."""
        before = self.texts[name][:position]
        line, column = before.count("\n") + 1, position - before.rfind("\n")
        return Mistake(self.path(name), field, problem, allowed, found, line, column)


TEXTS = ("pages/*.md", "home/*.md", "parts/*.jinja", "words/*.yml", "labels.yml")


def read(content: Path, templates: Path) -> Written:
    """Every file, and what is no YAML or no text."""
    out = Written(content, templates)
    paths = [(p, content) for kind in ("*.yml", "*.md") for p in sorted(content.rglob(kind))]
    paths += [(p, templates) for kind in TEXTS for p in sorted(templates.glob(kind))]
    for path, under in paths:
        name = path.relative_to(under).as_posix()
        try:
            text = read_text(path)
            out.texts[name] = text
            if path.suffix == ".yml":
                out.data[name] = _parsed(text, str(path))
            elif path.parent.name in ("pages", "specialties"):
                out.data[name] = _parsed("\n" + _head(path, text), str(path))
        except MistakesFound as error:
            out.mistakes += error.mistakes
    return out


_parsed = lru_cache(maxsize=1000)(parse)  # files are looked at again and again while they are edited


def _head(path: Path, text: str) -> str:
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise mistake(str(path), "front matter is missing.", allowed="Start with ---, fields, and --- again.")
    return parts[1]


def plain(path: Key) -> str:
    """A path without the numbers of its lists: events[].when."""
    return re.sub(r"\[\d+\]", "[]", dotted(path))


def values(source: Source, pattern: str) -> Iterator[tuple[Key, str]]:
    """The scalars whose plain path is a pattern (a regular expression), with their text as written."""
    for path, (_, _, text) in source.places.items():
        if fits(pattern)(plain(path)) and not isinstance(value_at(source, path), dict | list):
            yield path, text


def keys(source: Source, pattern: str) -> Iterator[tuple[Key, str]]:
    """The names of fields whose plain path is a pattern."""
    for path in source.names:
        if fits(pattern)(plain(path)):
            yield path, str(path[-1])


def value_at(source: Source, path: Key) -> Any:
    """What stands at a path of a file."""
    value = source.data
    for part in path:
        value = value[part]
    return value

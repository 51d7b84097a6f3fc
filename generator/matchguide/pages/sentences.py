"""The sentences of templates/words/, as they are written: one under a name, or several with their conditions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError, meta
from jinja2.sandbox import SandboxedEnvironment

from matchguide.content.expressions import ALWAYS, as_written, names_in
from matchguide.mistakes import mistake
from matchguide.source import trusted

FIELDS = ("when", "say")  # of a sentence among several


@dataclass(frozen=True)
class Row:
    """A sentence among several: the expression that decides, the id of its text, the names that the text uses."""

    when: str
    id: str
    needs: frozenset[str]

    @cached_property
    def asks(self) -> frozenset[str]:
        """The names that its expression and its text use. Raises NotAnExpression."""
        return self.needs.union(names_in(self.when))


@dataclass(frozen=True)
class Sentences:
    """`texts` by id, each on one line; of several under one name they are name.0, name.1."""

    texts: Mapping[str, str]
    several: Mapping[str, tuple[Row, ...]]
    _alone: dict[str, tuple[Row, ...]] = field(default_factory=dict, repr=False, compare=False)

    def rows(self, id: str) -> tuple[Row, ...]:
        """What stands under a name. Raises KeyError."""
        if id in self.several:
            return self.several[id]
        if id not in self._alone:
            self._alone[id] = (Row(ALWAYS, id, needs(self.texts[id])),)
        return self._alone[id]


def unfolded(**options: Any) -> SandboxedEnvironment:
    """An environment to read texts with that works no numbers out while it reads, as 9**9**9."""
    env = SandboxedEnvironment(**options)
    env.intercepted_binops = frozenset(env.default_binop_table)
    return env


_ENV = unfolded()


@cache
def needs(text: str) -> frozenset[str]:
    """The names that a sentence uses and does not make itself. A text that is broken is told where it is said."""
    try:
        return frozenset(meta.find_undeclared_variables(_ENV.parse(text)) if "{" in text else ())
    except TemplateSyntaxError:
        return frozenset()


@cache
def sentences(folder: Path) -> Sentences:
    """The sentences of a folder. Raises MistakesFound."""
    texts: dict[str, str] = {}
    several: dict[str, tuple[Row, ...]] = {}
    for path in sorted(folder.glob("*.yml")):
        for name, written in trusted(path.read_text(encoding="utf-8"), str(path)).items():
            if name in several or name in texts:
                raise mistake(str(path), "stands twice.", field=str(name))
            rows = []
            for id, when, text in each(name, written):
                texts[id] = " ".join(text.split())
                rows.append(Row(when, id, needs(texts[id])))
            if isinstance(written, list):
                several[name] = tuple(rows)
    return Sentences(texts, several)


def each(name: str, written: Any) -> Iterator[tuple[str, str, str]]:
    """What stands under a name of a file, as (id, when, text)."""
    if not isinstance(written, list):
        yield name, ALWAYS, str(written)
        return
    for i, row in enumerate(written):
        yield f"{name}.{i}", str(as_written(row.get("when", ALWAYS))), str(row["say"])


def forget() -> None:
    """Reads sentences anew from now on: while the guide is served, its files change."""
    sentences.cache_clear()

"""The evidence store: every figure and rule a page may cite, with its source, year and population."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from matchguide.content.files import read_checked
from matchguide.content.inert import Line
from matchguide.mistakes import MistakesFound, mistake, suggestion

Population = Literal[
    "non-us-img",
    "img",
    "us-img",
    "us-seniors",
    "all-applicants",
    "programs",
    "residents",
    "attendings",
    "everyone",
]
Confidence = Literal["primary", "abstract", "secondary", "opinion", "derived"]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Part):
    """Where something was seen. `via` names the page on which we saw it, where that is not the publisher's."""

    publisher: Line
    title: Line
    year: int | str | None = None
    url: str
    via: str = ""
    confidence: Confidence


class Derivation(Part):
    """How a derived item is computed from others; `of` names them as item or item.key."""

    op: Literal["sum", "difference", "product", "percent"]
    of: tuple[str, ...]


class Written(Part):
    """An item as a file has it; a derived one leaves out what it inherits."""

    says: Line
    source: str | list[str] | None = None
    population: Population | None = None
    specialty: str | None = None
    year: int | str | None = None
    unit: str
    value: Any = None
    derive: Derivation | None = None
    confidence: Confidence | None = None
    cannot_tell: str = ""
    as_of: dt.date | None = None
    undated: bool = False
    recheck_after: dt.date | None = None


class EvidenceFile(Part):
    sources: dict[str, Source] = {}
    items: dict[str, Written]


@dataclass(frozen=True)
class Item:
    """One fact, complete. `value` is a number, a text or a mapping of them. Where `undated`, the copy that was read
    has no date: of `as_of` only the year counts, and it is our guess."""

    id: str
    says: str
    sources: tuple[str, ...]
    population: str
    specialty: str | None
    year: int | str | None
    unit: str
    value: Any
    confidence: str
    cannot_tell: str
    as_of: dt.date | None
    recheck_after: dt.date | None
    derived_from: tuple[str, ...] = ()
    op: str = ""
    undated: bool = False

    def stale(self, on: dt.date) -> bool:
        """Whether the item is older than its own review period on a day."""
        return self.recheck_after is not None and on > self.recheck_after


@dataclass(frozen=True)
class Evidence:
    """The store. `kinds` are the year's items behind names without a year: where a season names outcomes as
    charting-2026, "outcomes:dr.matched" is charting-2026-dr.matched, and "fees.later_each" is of that year's fees."""

    items: Mapping[str, Item]
    sources: Mapping[str, Source]
    kinds: Mapping[str, str] = made(default_factory=dict)
    days: Mapping[str, str] = made(default_factory=dict)  # the season's dates in words, by the id of their event

    def full(self, reference: str) -> str:
        """A reference with the item's own id, whether or not it was written with a kind."""
        head, dot, keys = reference.partition(".")
        kind, colon, rest = head.partition(":")
        if kind in self.kinds:
            head = f"{self.kinds[kind]}-{rest}" if colon else self.kinds[kind]
        return head + dot + keys

    def year(self, kind: str) -> str:
        """The year of a kind of figures, which ends the name of its items."""
        return self.kinds[kind].rsplit("-", 1)[-1]

    def item(self, reference: str) -> Item:
        """The item that "id" or "id.key" names; KeyError where there is none."""
        return self.items[self.full(reference).split(".", 1)[0]]

    def has(self, reference: str) -> bool:
        """Whether a reference leads to a value."""
        try:
            self.value(reference)
        except KeyError:
            return False
        return True

    def value(self, reference: str) -> Any:
        """The value that "id" or "id.key.key" names; KeyError where there is none."""
        name, *keys = self.full(reference).split(".")
        value = self.items[name].value
        for key in keys:
            if not isinstance(value, Mapping) or key not in value:
                raise KeyError(reference)
            value = value[key]
        return value

    def number(self, reference: str) -> float:
        """The value of a reference as a number; KeyError where there is none, ValueError where it is a text."""
        return float(self.value(reference))


def load(folder: Path, specialties: tuple[str, ...]) -> Evidence:
    """All files of a folder as one store. Raises MistakesFound."""
    written: dict[str, tuple[str, Written]] = {}
    sources: dict[str, Source] = {}
    for path in sorted(folder.glob("*.yml")):
        file = read_checked(path, EvidenceFile)
        for name, source in file.sources.items():
            if sources.setdefault(name, source) != source:
                raise mistake(str(path), "is declared twice, differently.", field=f"sources.{name}")
        for name, item in file.items.items():
            if name in written:
                raise mistake(str(path), f"stands in {written[name][0]} too.", field=f"items.{name}")
            written[name] = (str(path), item)
    store: dict[str, Item] = {}
    faults: list[MistakesFound] = []
    for name in written:
        try:
            _complete(name, written, sources, specialties, store, ())
        except MistakesFound as error:
            faults.append(error)
    if faults:
        raise MistakesFound(dict.fromkeys(m for f in faults for m in f.mistakes))
    return Evidence(store, sources)


def _complete(
    name: str,
    written: Mapping[str, tuple[str, Written]],
    sources: Mapping[str, Source],
    specialties: tuple[str, ...],
    store: dict[str, Item],
    above: tuple[str, ...],
) -> Item:
    if name in store:
        return store[name]
    file, item = written[name]
    field = f"items.{name}"
    parents: list[Item] = []
    value = item.value
    if item.derive:
        if value is not None:
            raise mistake(file, "a derived item computes its value.", field=f"{field}.value", allowed="Remove it.")
        if name in above:
            chain = " -> ".join([*above[above.index(name) :], name])
            raise mistake(file, f"derives from itself ({chain}).", field=f"{field}.derive")
        for reference in item.derive.of:
            parent = reference.split(".", 1)[0]
            if parent not in written:
                raise mistake(
                    file,
                    f"{parent} is not an item.",
                    field=f"{field}.derive.of",
                    allowed=suggestion(parent, written),
                )
            parents.append(_complete(parent, written, sources, specialties, store, (*above, name)))
        value = _derived(item.derive, store, file, field)
    elif value is None:
        raise mistake(file, "has no value.", field=field, allowed="Give value, or derive.")
    listed = [item.source] if isinstance(item.source, str) else item.source
    names = tuple(listed or dict.fromkeys(s for p in parents for s in p.sources))
    if not names:
        raise mistake(file, "names no source.", field=f"{field}.source", allowed="Every figure has one.")
    for source in names:
        if source not in sources:
            raise mistake(
                file,
                f"{source} is not a source declared here.",
                field=f"{field}.source",
                allowed=suggestion(source, sources),
            )
    if item.specialty and item.specialty not in specialties:
        raise mistake(
            file,
            f"{item.specialty} is not a specialty known here.",
            field=f"{field}.specialty",
            allowed=suggestion(item.specialty, specialties) or f"Known: {', '.join(specialties)}.",
        )
    _check_value(value, item.unit, file, f"{field}.value")
    first = parents[0] if parents else None
    population = item.population or (first.population if first else None)
    confidence = item.confidence or (first.confidence if first else None)
    if population is None or confidence is None:
        missing = "population" if population is None else "confidence"
        raise mistake(file, f"names no {missing}.", field=field)
    if item.unit != "rule" and item.year is None and item.as_of is None and not parents:
        raise mistake(file, "has no year.", field=field, allowed="Give year, or as_of for a fact of law.")
    if item.as_of and item.recheck_after and item.recheck_after < item.as_of:
        raise mistake(file, "lies before as_of.", field=f"{field}.recheck_after")
    store[name] = Item(
        name,
        item.says,
        names,
        population,
        item.specialty or (first.specialty if first else None),
        item.year if item.year is not None else (first.year if first else None),
        item.unit,
        value,
        confidence,
        item.cannot_tell or (first.cannot_tell if first else ""),
        item.as_of or (first.as_of if first else None),
        item.recheck_after or (first.recheck_after if first else None),
        item.derive.of if item.derive else (),
        item.derive.op if item.derive else "",
        item.undated or bool(first and first.undated),
    )
    return store[name]


def _derived(derive: Derivation, store: Mapping[str, Item], file: str, field: str) -> float | int:
    shelf = Evidence(store, {})
    numbers: list[int | float] = []
    for reference in derive.of:
        try:
            value = shelf.value(reference)
        except KeyError:
            raise mistake(file, f"{reference} has no such key.", field=f"{field}.derive.of") from None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise mistake(file, f"{reference} is not a number.", field=f"{field}.derive.of")
        numbers.append(value)
    if not numbers:
        raise mistake(file, "names nothing to derive from.", field=f"{field}.derive.of")
    first, rest = numbers[0], numbers[1:]
    if derive.op == "sum":
        return sum(numbers)
    if derive.op == "difference":
        return first - sum(rest)
    if derive.op == "product":
        for factor in rest:
            first *= factor
        return first
    if not rest or not rest[0]:
        raise mistake(file, "a percent needs a part and a whole above zero.", field=f"{field}.derive.of")
    return round(100 * first / rest[0])


_COUNTED = (
    "people",
    "positions",
    "programs",
    "percent",
    "usd",
    "score",
    "years",
    "weeks",
    "count",
    "letters",
    "hours",
)


def _check_value(value: Any, unit: str, file: str, field: str) -> None:
    if isinstance(value, Mapping):
        marks = [value.get(k) for k in ("q1", "median", "q3")]
        numbers = [m for m in marks if isinstance(m, int | float)]
        if numbers != sorted(numbers):
            raise mistake(
                file,
                "quartiles are out of order.",
                field=field,
                allowed="q1 is at most median, and median at most q3.",
            )
        for key, inner in value.items():
            _check_value(inner, unit, file, f"{field}.{key}")
    elif isinstance(value, int | float) and unit in _COUNTED and value < 0:
        raise mistake(file, f"{value} is below zero.", field=field, allowed="A count is zero or more.")

"""What the page of sources says of each figure and rule: who, about whom, when, and what it cannot tell."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from matchguide.content.evidence import Evidence, Item, Source
from matchguide.content.inert import link_to
from matchguide.pages.chosen import Chosen
from matchguide.pages.words import listed

GLUE = "\u2060"


class Told(NamedTuple):
    """An item of evidence: its name, and where it is from, in a sentence or two of Markdown."""

    id: str
    name: str
    where: str


def told_by_source(
    ids: Iterable[str], evidence: Evidence, chosen: Chosen, on: dt.date, specialties: Iterable[str]
) -> Iterator[Told]:
    """Each item with where it is from; items of one source stand together, and what the one above says of it is not
    said again, nor what its name says but for a few words, or for one of the names of `specialties`."""
    names = sorted((x.lower() for x in specialties), key=len, reverse=True)
    of_source: dict[tuple[str, ...], list[str]] = {}
    for id in ids:
        of_source.setdefault(tuple(evidence.items[id].sources), []).append(id)
    for together in of_source.values():
        above: Item | None = None
        whole = ""  # the last name that was given in full
        for id in sorted(together, key=lambda id: _alike(evidence.items[id])):
            item = evidence.items[id]
            where = _told(item, above, evidence, chosen, on)
            alone = where == _same_source(item, evidence, chosen)
            other = _other_words(_words(item.says, names), _words(whole, names)) if alone else ""
            whole = whole if other else item.says
            yield Told(id, f"… {other}" if other else item.says, "" if other else where)
            above = item


def _words(name: str, specialties: list[str]) -> list[str]:
    """The words of a name, a specialty as one."""
    for x in specialties:
        name = name.replace(x, x.replace(" ", GLUE))
    return [x.replace(GLUE, " ") for x in name.split(" ")]


def _other_words(mine: list[str], its: list[str]) -> str:
    """The words of a name that stand between what it begins and ends with as another one does; "" where the two are
    not alike."""
    shorter = min(len(mine), len(its))
    begins = next((i for i in range(shorter) if mine[i] != its[i]), shorter)
    ends = next((i for i in range(shorter - begins) if mine[-1 - i] != its[-1 - i]), shorter - begins)
    other = mine[begins : len(mine) - ends]
    return " ".join(other).rstrip(",;") if len(other) < begins + ends else ""


def _alike(item: Item) -> tuple[str, ...]:
    """Puts items side by side of which the same is said."""
    return (item.population, item.confidence, str(item.year), item.cannot_tell or "", item.says)


def _told(item: Item, above: Item | None, evidence: Evidence, chosen: Chosen, on: dt.date) -> str:
    """Where an item is from, under another one: the same for every reader on a day."""
    told = {"id": item.id, "above": above.id if above else None, "on": on}
    return chosen.for_everybody("where-from", told, lambda: _where_from(item, above, evidence, chosen, on))


def _where_from(item: Item, above: Item | None, evidence: Evidence, chosen: Chosen, on: dt.date) -> str:
    about = (item.year, item.population, item.confidence)
    told = chosen.every(
        "source-item",
        said=above is not None and about == (above.year, above.population, above.confidence),
        year=str(item.year) if item.year else "",
        everyone=item.population == "everyone",
        group=chosen.say(f"source-group-{item.population}"),
        kind=chosen.say(f"source-kind-{item.confidence}"),
        how=item.op or "",
        parts=listed(item.derived_from),
        as_of=item.as_of,
        undated=item.undated,
        again=item.recheck_after,
        stale=item.stale(on),
        cannot_tell="" if above is not None and item.cannot_tell == above.cannot_tell else item.cannot_tell,
    )
    if above is None:
        sources = "; ".join(_source(evidence.sources[s], chosen) for s in item.sources)
        return " ".join((f"{sources}.", *told))
    return " ".join((_same_source(item, evidence, chosen), *told))


def _same_source(item: Item, evidence: Evidence, chosen: Chosen) -> str:
    return f"{link_to(evidence.sources[item.sources[0]].url, chosen.say('source-same'))}."


def _source(source: Source, chosen: Chosen) -> str:
    link = link_to(source.url, source.title)
    return f"{source.publisher}: {link}{chosen.say('source-via', via=source.via)}"

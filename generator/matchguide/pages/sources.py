"""What the page of sources says of each figure and rule: who, about whom, when, and what it cannot tell."""

import datetime as dt
from collections.abc import Iterable, Iterator

from matchguide.content.evidence import Evidence, Item, Source
from matchguide.content.inert import link_to
from matchguide.pages.chosen import Chosen
from matchguide.pages.words import listed


def told_by_source(ids: Iterable[str], evidence: Evidence, chosen: Chosen, on: dt.date) -> Iterator[tuple[str, str]]:
    """Each item's id with where it is from, in a sentence or two of Markdown; items of one source stand together, and
    what the one above says of it is not said again."""
    of_source: dict[tuple[str, ...], list[str]] = {}
    for id in ids:
        of_source.setdefault(tuple(evidence.items[id].sources), []).append(id)
    for together in of_source.values():
        above: Item | None = None
        for id in sorted(together, key=lambda id: _alike(evidence.items[id])):
            item = evidence.items[id]
            yield id, _told(item, above, evidence, chosen, on)
            above = item


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
    else:
        sources = link_to(evidence.sources[item.sources[0]].url, chosen.say("source-same"))
    return " ".join((f"{sources}.", *told))


def _source(source: Source, chosen: Chosen) -> str:
    link = link_to(source.url, source.title)
    return f"{source.publisher}: {link}{chosen.say('source-via', via=source.via)}"

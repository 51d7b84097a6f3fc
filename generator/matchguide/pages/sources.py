"""What the page of sources says of each figure and rule: who, about whom, when, and what it cannot tell."""

import datetime as dt

from matchguide.content.evidence import Evidence, Source
from matchguide.content.inert import link_to
from matchguide.pages.chosen import Chosen
from matchguide.pages.words import listed


def where_from(id: str, evidence: Evidence, chosen: Chosen, on: dt.date) -> str:
    """An item in a few sentences, as Markdown."""
    item = evidence.items[id]
    told = chosen.every(
        "source-item",
        year=str(item.year) if item.year else "",
        group=chosen.say(f"source-group-{item.population}"),
        kind=chosen.say(f"source-kind-{item.confidence}"),
        how=item.op or "",
        parts=listed(item.derived_from),
        as_of=item.as_of,
        again=item.recheck_after,
        stale=item.stale(on),
        cannot_tell=item.cannot_tell,
    )
    sources = "; ".join(_source(evidence.sources[s], chosen) for s in item.sources)
    return " ".join((f"{sources}.", *told))


def _source(source: Source, chosen: Chosen) -> str:
    link = link_to(source.url, source.title)
    return f"{source.publisher}: {link}{chosen.say('source-via', via=source.via)}"

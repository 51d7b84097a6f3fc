"""Figures and terms in a text: `[[item.key]]`, `[[item|words]]`, `[[term:id|words]]`; figures of the season's year by
their kind, `[[outcomes:dr.matched]]`, and that year, `[[year:outcomes]]`; a date of the season, `[[on:match_day]]`;
the day a fact of law was last seen, `[[seen:item]]`, which reads "as last seen on ..."."""

import re
from collections.abc import Callable

from matchguide.content.evidence import Evidence, Item
from matchguide.profile.dates import dated

CITE = re.compile(r"\[\[([a-z][a-z0-9:._-]*)(?:\|([^\]|]+))?\]\]")
_WITH_UNIT = re.compile(CITE.pattern + r"( (?:years|days|countries))?")


def shown(value: object) -> str:
    """A figure as people read it: 11,632 rather than 11632, 1.5, or the text it is."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) else f"{value:,}"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def anchor(item: str) -> str:
    """The id of an item's place under Sources."""
    return f"ev-{item}"


def _dated(reference: str, evidence: Evidence) -> str | None:
    """The year or day that a reference asks for; None for one that asks for a figure."""
    if reference.startswith("year:"):
        return evidence.year(reference[5:])
    if reference.startswith("on:"):
        return evidence.days[reference[3:]]
    if reference.startswith("seen:"):
        seen = evidence.items[reference[5:]].as_of
        return f"as last seen on {dated(seen)}" if seen else None
    return None


def linked(
    text: str,
    evidence: Evidence,
    used: Callable[[str], None],
    note: Callable[[Item, bool], str],
) -> str:
    """Each cite as a Markdown link to its place under Sources or in the glossary; `used` is told each item. What
    `note` says of an item stands behind its day, where the text names it, else behind its words or unit; it is told
    whether it stands behind the day."""

    seen = (evidence.items[hit[1][5:]] for hit in CITE.finditer(text) if hit[1].startswith("seen:"))
    told_here = {item.as_of for item in seen} - {None}

    def one(hit: re.Match[str]) -> str:
        reference, words, unit = hit[1], hit[2], hit[3] or ""
        if reference.startswith("term:"):
            term = reference[5:]
            return f"[{words or term}](glossary.md#term-{term}){{.term}}" + unit
        day = _dated(reference, evidence)
        if day is not None:
            return day + (note(evidence.items[reference[5:]], True) if reference.startswith("seen:") else "") + unit
        item = evidence.item(reference)
        label = words or shown(evidence.value(reference))
        used(item.id)
        link = f'[{label}](sources.md#{anchor(item.id)}){{.fig data-evidence="{item.id}"}}'
        return link + unit + ("" if item.as_of in told_here else note(item, False))

    return _WITH_UNIT.sub(one, text)


def unlinked(text: str, evidence: Evidence) -> str:
    """Each cite as plain words, for JSON, calendar and CSV."""

    def one(hit: re.Match[str]) -> str:
        reference, words = hit[1], hit[2]
        if reference.startswith("term:"):
            return words or reference[5:]
        day = _dated(reference, evidence)
        return day if day is not None else words or shown(evidence.value(reference))

    return CITE.sub(one, text)


def problems(text: str, evidence: Evidence, terms: set[str]) -> list[str]:
    """Cites in a text that lead nowhere."""
    out = []
    for hit in CITE.finditer(text):
        reference = hit[1]
        if reference.startswith("term:"):
            if reference[5:] not in terms:
                out.append(reference)
        elif reference.startswith("year:"):
            out += [] if reference[5:] in evidence.kinds else [reference]
        elif reference.startswith("on:"):
            out += [] if reference[3:] in evidence.days else [reference]
        elif reference.startswith("seen:"):
            item = evidence.items.get(reference[5:])
            out += [] if item and item.as_of else [reference]
        elif evidence.full(reference).split(".")[0] not in evidence.items or not (hit[2] or evidence.has(reference)):
            out.append(reference)
    return out

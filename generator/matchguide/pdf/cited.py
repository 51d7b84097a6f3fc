"""The numbered sources at the end: only what the workbook cites, numbered in the order of the list."""

from collections.abc import Iterable
from typing import Any

from lxml import html

from matchguide.pdf.inline import Node
from matchguide.pdf.tree import walk


def numbered(sources: str, page: str) -> dict[str, int]:
    """The label of every item on the page of sources (its HTML) and its number there."""
    items = html.fragment_fromstring(f"<div>{sources}</div>").iter("h3")
    labels = [id for h in items if (id := h.get("id", "")).startswith(f"{page}--ev-")]
    return {label: i for i, label in enumerate(labels, 1)}


def settle_sources(rest: list[Any], sources: list[Node], numbers: dict[str, int]) -> tuple[list[Node], list[str]]:
    """The chapter of sources without what nothing else cites, and the labels of its items. Numbers are set anew in
    both trees, so that none is missing."""
    cited = {n for node in walk([rest, _opening(sources)]) if node.get("t") == "sources" for n in node["n"]}
    kept: list[Node] = []
    keep = True
    for block in sources:
        if block.get("item"):
            keep = block["n"] in cited
        if keep:
            kept.append(block)
    new = {old: i for i, old in enumerate(sorted(cited), 1)}
    for node in walk([rest, kept]):
        if node.get("t") == "sources":
            node["n"] = [new[n] for n in node["n"]]
        elif "n" in node and node["t"] == "h":
            node["n"] = new[node["n"]]
    labels = {number: label for label, number in numbers.items()}
    return kept, [labels[old] for old in new]


def _opening(sources: list[Node]) -> Iterable[Node]:
    first = next((i for i, block in enumerate(sources) if block.get("item")), len(sources))
    return sources[:first]

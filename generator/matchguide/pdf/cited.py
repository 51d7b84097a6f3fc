"""The numbered sources at the end: only what the workbook cites, numbered in the order of the list."""

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
    opening, items = _items(sources)
    cited: set[int] = set()
    ahead = _cited([rest, opening])
    while ahead:  # an item may cite others
        cited |= ahead
        ahead = {n for number in ahead for n in _cited(items[number])} - cited
    kept = [*opening, *(block for number in sorted(cited) for block in items[number])]
    new = {old: i for i, old in enumerate(sorted(cited), 1)}
    for node in {id(n): n for n in walk([rest, kept])}.values():  # the wall shares what it repeats with its chapters
        if node.get("t") == "sources":
            node["n"] = [new[n] for n in node["n"]]
        elif "n" in node and node["t"] == "h":
            node["n"] = new[node["n"]]
    labels = {number: label for label, number in numbers.items()}
    return kept, [labels[old] for old in new]


def _items(sources: list[Node]) -> tuple[list[Node], dict[int, list[Node]]]:
    """What stands before the list, and the blocks of each numbered item."""
    opening: list[Node] = []
    items: dict[int, list[Node]] = {}
    here = opening
    for block in sources:
        if block.get("item"):
            here = items.setdefault(block["n"], [])
        here.append(block)
    return opening, items


def _cited(tree: Any) -> set[int]:
    return {n for node in walk(tree) if node.get("t") == "sources" for n in node["n"]}

"""The pages' HTML as the tree the template prints: plain data, few kinds of nodes, nothing of the screen in it.

A block is a dictionary whose `t` names its kind: h p ul ol table svg box grid rules quote why keep. The template
knows exactly these and the inline nodes of inline.py.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree, html

from matchguide.pages.words import Words
from matchguide.pdf.fonts import Printable
from matchguide.pdf.inline import TAGS, Inline, Node, Phrases, classes, for_screens, line, pieces, plain
from matchguide.pdf.pictures import picture

_BOXES = ("one-thing", "alarm", "poor", "better", "yours", "admonition", "card")
_GRIDS = frozenset({"cards", "three", "two", "answers"})
_MARKS = {"✓": "yes", "✗": "no", "?": "ask"}
_SHEET_ROWS = 8
_DATES = "line"
_LONG_BOX = 1500  # characters; a longer box may break over two pages, so that none is cut off
_LONG_CELL = 500
_SHORT_TABLE = 9  # rows; a longer one may break between rows, its head repeated
_LEAST_SHARE = 0.32  # of the width, for the shorter of two answers


class Chapters:
    """Turns the HTML of pages into blocks."""

    def __init__(self, printable: Printable, sources: Mapping[str, int], words: Words) -> None:
        """`sources` maps the label of an item under Sources to its number; `words` say what only paper says."""
        self._printable = printable
        self._sources = sources
        self._words = words
        self._phrases = Phrases(printable, sources, words)
        self._cited: set[int] = set()
        self._level = 0
        self._page = ""

    def read(self, body: str, page: str) -> list[Node]:
        """The blocks of one page, whose ids and links were made for the guide on one page. The first heading takes
        the page's own label, and no heading skips a level."""
        self._level, self._page, self._cited = 0, page, set()
        blocks = self._blocks(html.fragment_fromstring(f"<div>{body}</div>"))
        return _questions_kept(_without_empty_headings(blocks))

    def _blocks(self, parent: etree._Element) -> list[Node]:
        out: list[Node] = []
        run: Inline = []

        def flush() -> None:
            if words := self._line(run):
                out.append(_paragraph(words))
            run.clear()

        for piece in pieces(parent):
            if isinstance(piece, str):
                run.append(self._phrases.text(piece))
            elif piece.tag in TAGS:
                run += self._phrases.one(piece)
            elif not for_screens(piece):
                flush()
                for _ in range(int(piece.get("data-copies", "1"))):
                    out += self._block(piece)
        flush()
        return _joined_rules(_spoken(out))

    def _block(self, e: etree._Element) -> list[Node]:
        tag, css = str(e.tag), classes(e)
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            return [self._heading(e, int(tag[1]), "item" in css)]
        if tag == "p":
            return self._p(e, css)
        if tag in ("ul", "ol"):
            return [self._list(e, tag)]
        if tag == "table":
            return self._table(e)
        if tag == "blockquote":
            return [{"t": "quote", "c": self._blocks(e)}]
        if tag == "details":
            return [self._details(e)]
        if tag == "svg" or "drawing" in css:
            kind = next(iter(css - {"drawing"}), "")
            if kind == _DATES:  # the same days stand below it, in words
                return []
            return [picture(svg, kind, self._printable) for svg in e.iter("svg")]
        if css & _GRIDS:
            cells = [self._block(c) for c in e if isinstance(c.tag, str) and not for_screens(c)]
            cells = [c for c in cells if c]
            return [_grid(next(iter(css & _GRIDS)), cells)]
        if kind := next((k for k in _BOXES if k in css), ""):
            return [self._box(e, kind, css)]
        return self._blocks(e)

    def _heading(self, e: etree._Element, level: int, item: bool) -> Node:
        id = self._page if self._level == 0 else e.get("id", "")
        self._level = min(level, self._level + 1)
        words = _unlinked(line(self._phrases.of(e), self._cited))
        node: Node = {"t": "h", "l": self._level, "c": words}
        if id:
            node["id"] = id
        if item:
            node["item"] = True
        if number := self._sources.get(e.get("id", "")):
            node["n"] = number
        return node

    def _p(self, e: etree._Element, css: frozenset[str]) -> list[Node]:
        if "rule" in css:
            return [{"t": "rules", "n": 1}]
        if "practise" in css:
            seconds = next((b.get("data-practise", "40") for b in e.iter("button")), "40")
            return [{"t": "aloud", "c": [{"t": "box"}, f" {self._words.said('paper-aloud', seconds=seconds)}"]}]
        words = self._line(self._phrases.of(e))
        if not words:
            return []
        node = _paragraph(words, next((k for k in ("where", "role", "may", "legend", "alarm-line") if k in css), ""))
        if "may" in css:
            node["answer"] = next((a for a in ("yes", "no", "partly") if a in css), "")
        return [node]

    def _list(self, e: etree._Element, tag: str) -> Node:
        items, marks = [], []
        for li in e.iterchildren("li"):
            blocks = self._blocks(li)
            mark = _mark(blocks)
            if mark == "ask":
                yes, no = (f"\u00a0{self._words.said(f'told-why-{x}')}" for x in ("yes", "no"))
                blocks[-1].get("c", []).extend([" ", {"t": "box"}, f"{yes}\u00a0\u00a0", {"t": "box"}, no])
            if blocks:
                items.append(blocks)
                marks.append(mark)
        return {"t": tag, "items": items, "marks": marks if any(marks) else []}

    def _table(self, e: etree._Element) -> list[Node]:
        cited: set[int] = set()

        def cells(row: etree._Element) -> list[Inline]:
            return [line(self._phrases.of(c), cited) for c in row.iterchildren("th", "td")]

        head = [c for row in e.iterfind("thead/tr") for c in cells(row)]
        rows = [cells(row) for row in e.iterfind("tbody/tr")]
        if not any(plain(c).strip() for c in head):
            head = [
                [words]
                for words in (self._words.said("paper-what"), self._words.said("paper-yours"), *[""] * len(head))
            ][: len(head)]
        blank = [not any(plain(c).strip() for c in row[1:]) for row in rows]
        if len(rows) >= 3 and all(blank[-3:]) and not any(plain(row[0]).strip() for row in rows[-3:]):
            more = max(0, int(e.get("data-rows") or _SHEET_ROWS) - len(rows))
            rows += [[[] for _ in head] for _ in range(more)]
            blank += [True] * more
        table: Node = {
            "t": "table",
            "head": head,
            "rows": rows,
            "blank": blank,
            "widths": _widths([head, *rows]),
            "breakable": any(len(plain(c)) > _LONG_CELL for row in rows for c in row),
            "keep": len(rows) <= _SHORT_TABLE,
        }
        return [table, _paragraph([{"t": "sources", "n": sorted(cited)}], "legend")] if cited else [table]

    def _box(self, e: etree._Element, kind: str, css: frozenset[str]) -> Node:
        blocks = self._blocks(e)
        if kind == "yours":
            blocks.append({"t": "rules", "n": 2, "label": self._words.said("paper-own-words")})
        return {
            "t": "box",
            "k": kind,
            "role": next((r for r in ("first", "close", "broad", "march", "quiet") if r in css), ""),
            "empty": "empty" in css,
            "breakable": _length(blocks) > _LONG_BOX,
            "c": blocks,
        }

    def _details(self, e: etree._Element) -> Node:
        title: Inline = []
        for summary in e.findall("summary"):
            title = line(self._phrases.of(summary))
            summary.drop_tree()  # type: ignore[attr-defined]
        blocks = self._blocks(e)
        if len(blocks) == 1 and blocks[0]["t"] == "ul" and all(len(item) == 1 for item in blocks[0]["items"]):
            lines = [item[0]["c"] for item in blocks[0]["items"]]
            blocks = [
                {"t": "p", "c": [piece for i, words in enumerate(lines) for piece in (["; "] * bool(i) + words)]}
            ]
        return {"t": "why", "title": title, "c": blocks}

    def _line(self, content: Iterable[Any]) -> Inline:
        """A finished line; sources of a heading above it stand at its end too."""
        carried, self._cited = self._cited, set()
        words = line([*content, *({"t": "cite", "n": n} for n in carried)])
        if not words:
            self._cited = carried
        return words


def _paragraph(words: Inline, kind: str = "") -> Node:
    """A paragraph; one that is only bold, or ends in a colon, belongs to what follows it."""
    leads = all(isinstance(p, dict) and p["t"] in ("b", "sources") for p in words) or plain(words).endswith(":")
    return {"t": "p", "c": words, "k": kind or ("leads" if leads else "")}


def _grid(kind: str, cells: list[list[Node]]) -> Node:
    lengths = [_length(c) for c in cells]
    widths = _shares(lengths) if kind == "answers" else [1.0, 1.0]
    return {
        "t": "grid",
        "k": kind,
        "breakable": max(lengths, default=0) > _LONG_BOX,
        "widths": widths[:2] if kind != "three" else [1.0],
        "cells": cells,
    }


def _shares(lengths: list[int]) -> list[float]:
    """Widths that make cells side by side about equally high, none too narrow to read."""
    least = _LEAST_SHARE * sum(lengths)
    return [max(n, least, 1) for n in lengths]


def _unlinked(words: Inline) -> Inline:
    out: Inline = []
    for p in words:
        if isinstance(p, dict) and p["t"] in ("ref", "term", "link"):
            out += _unlinked(p["c"])
        else:
            out.append(p)
    return out


def _mark(blocks: list[Node]) -> str:
    """Takes a tick, cross, question mark or box away from the start of a list item and says which it was."""
    words = blocks[0].get("c") if blocks else None
    if not words:
        return ""
    mark = _MARKS.get(words[0], "") if isinstance(words[0], str) else words[0]["t"]
    if mark not in ("yes", "no", "ask", "box"):
        return ""
    del words[0]
    if words and isinstance(words[0], str):
        words[0] = words[0].removeprefix(" ")
    return mark


def _joined_rules(blocks: list[Node]) -> list[Node]:
    """Ruled lines under each other as one block, with the prompt above them, so that no page break parts them."""
    out: list[Node] = []
    for b in blocks:
        last = out[-1] if out else None
        if b["t"] != "rules" or "c" in b or "label" in b or not last:
            out.append(b)
        elif last["t"] == "rules":
            last["n"] += b["n"]
        elif last["t"] == "p":
            out[-1] = {**b, "c": last["c"]}
        else:
            out.append(b)
    return out


def _spoken(blocks: list[Node]) -> list[Node]:
    """The box "said aloud" stands beside the lines for one's own words."""
    out: list[Node] = []
    for b in blocks:
        last = out[-1] if out else None
        if b["t"] == "aloud" and last and last.get("k") == "yours":
            last["c"][-1]["aloud"] = b["c"]
        else:
            out.append({"t": "p", "c": b["c"], "k": ""} if b["t"] == "aloud" else b)
    return out


def _questions_kept(blocks: list[Node]) -> list[Node]:
    """Each question of an interview in one piece that no page break cuts: what is asked, a weak and a better answer,
    the reader's own words and the lines for them."""
    out: list[Node] = []
    asked = None
    for b in blocks:
        out.append(b)
        if b["t"] == "h":
            asked = len(out) - 1
        elif b.get("k") == "yours" and asked is not None:
            out[asked:] = [{"t": "keep", "c": out[asked:]}]
            asked = None
    return out


def shortened(chapter: list[Node]) -> list[Node]:
    """A chapter as a section of another: its title, the one thing to know, and the list to tick."""
    title = {**chapter[0], "l": 2}
    thing: list[Node] = next((n["c"] for n in chapter if n.get("k") == "one-thing"), [])
    ticks = next(([n] for n in chapter if n["t"] == "ul" and n["marks"]), [])
    return [{"t": "keep", "item": True, "c": [title, *thing, *ticks]}]


def _without_empty_headings(blocks: list[Node]) -> list[Node]:
    out: list[Node] = []
    for b in reversed(blocks):
        follows = out[-1] if out else {"t": "h", "l": 0}
        if not (b["t"] == "h" and b["l"] > 1 and follows["t"] == "h" and follows["l"] <= b["l"]):
            out.append(b)
    return out[::-1]


def _widths(rows: list[list[Inline]]) -> list[float]:
    """For each column 0 where it is narrow anyway, else its share: wider for longer texts, but less than in proportion."""  # noqa: E501
    longest = [max(len(plain(row[i])) for row in rows if i < len(row)) for i in range(len(rows[0]))]
    written = [max((len(plain(row[i])) for row in rows[1:] if i < len(row)), default=0) for i in range(len(rows[0]))]
    if not any(written):  # a sheet to fill: names need more room than answers
        return [2.0, *[1.0] * (len(longest) - 1)]
    return [0 if n <= 14 and written[i] else max(n, 12) ** 0.6 for i, n in enumerate(longest)]


def walk(tree: Any) -> Iterator[Node]:
    """Every node of a tree, outermost first."""
    ahead = [tree]
    while ahead:
        node = ahead.pop()
        if isinstance(node, dict):
            yield node
            ahead += [v for v in reversed(node.values()) if isinstance(v, (dict, list))]
        elif isinstance(node, list):
            ahead += [v for v in reversed(node) if isinstance(v, (dict, list))]


def texts(node: Any) -> Iterator[str]:
    """Every printed text of a tree in its order."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for child in node:
            yield from texts(child)
    elif isinstance(node, dict):
        for key in ("title", "head", "rows", "cells", "items", "c"):
            yield from texts(node.get(key))


def _length(node: Any) -> int:
    return sum(len(t) for t in texts(node))


def settle_links(tree: list[Any]) -> None:
    """Points every link between pages at a heading that is there: else at its page, else it is plain text."""
    labels = {n["id"] for n in walk(tree) if n.get("t") == "h" and "id" in n}
    for n in walk(tree):
        if n.get("t") in ("ref", "term") and n["to"] not in labels:
            page = n["to"].split("--")[0]
            n["t"], n["to"] = (n["t"], page) if page in labels else ("plain", "")

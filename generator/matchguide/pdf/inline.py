"""Inline content: texts and small nodes (b i code link ref term sources box state due key br cite)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from matchguide.pages.words import Words
from matchguide.pdf.fonts import Printable

Node = dict[str, Any]
Inline = list[Any]

_TEXT = ("a", "abbr", "bdi", "code", "label", "small", "span", "sub", "sup")
TAGS = frozenset((*_TEXT, "b", "br", "button", "em", "i", "input", "s", "strong", "u"))
_SCREEN = frozenset({"no-script", "tick-tools", "sliders", "vh", "screen", "why"})
_BLANK = re.compile("_{3,}")
_LINE_TO_WRITE_ON = "_" * 28
_SPACES = re.compile("[ \t\n\r\f]+")
_WEB = re.compile("https?://", re.IGNORECASE)
_FILE = re.compile(r"[\w-]+\.(?:ics|csv)")


def classes(e: etree._Element) -> frozenset[str]:
    """The classes of an element."""
    return frozenset((e.get("class") or "").split())


def for_screens(e: etree._Element) -> bool:
    """Whether an element has no meaning on paper."""
    return (
        e.tag in ("script", "style", "button", "template")
        or e.get("hidden") is not None
        or not _SCREEN.isdisjoint(classes(e))
    )


def pieces(e: etree._Element) -> Iterator[str | etree._Element]:
    """Texts and elements inside an element, in their order."""
    if e.text:
        yield e.text
    for child in e:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


class Phrases:
    """Turns inline HTML into nodes. A figure becomes its text and a `cite` with the number of its source."""

    def __init__(self, printable: Printable, sources: Mapping[str, int], words: Words) -> None:
        self._printable = printable
        self._sources = sources
        self._words = words

    def of(self, e: etree._Element) -> Inline:
        """The inline content of an element, spaces as they stand."""
        out: Inline = []
        for piece in pieces(e):
            out += [self.text(piece)] if isinstance(piece, str) else self.one(piece)
        return out

    def text(self, text: str) -> str:
        """A text as it is printed: blanks as lines to write on, characters that no face has replaced."""
        return self._printable(_BLANK.sub(_LINE_TO_WRITE_ON, text))

    def one(self, e: etree._Element) -> Inline:
        """One inline element."""
        tag, css = e.tag, classes(e)
        if for_screens(e):
            return []
        if tag == "br":
            return [{"t": "br"}]
        if tag == "input":
            return [{"t": "box"}, " "] if e.get("type") == "checkbox" else []
        if tag == "bdi":
            return self._reader(e)
        if tag == "a":
            return self._link(e, css)
        if tag == "code":
            return [{"t": "code", "c": self.of(e)}]
        if tag in ("strong", "b"):
            return [{"t": "b", "c": self.of(e)}]
        if tag in ("em", "i"):
            return [{"t": "i", "c": self.of(e)}]
        if tag == "span" and "key" in css:
            return [{"t": "key", "k": next(iter(css - {"key"}), "")}]
        if tag == "span" and "state" in css:
            return [{"t": "state", "c": self.of(e)}]
        if tag == "span" and "due" in css:
            return [{"t": "due", "late": "late" in css, "c": self.of(e)}]
        return self.of(e)

    def _reader(self, e: etree._Element) -> Inline:
        out: Inline = []
        for piece in pieces(e):
            out.append(self._printable.reader(piece) if isinstance(piece, str) else {"t": "br"})
        return out

    def _link(self, e: etree._Element, css: frozenset[str]) -> Inline:
        words, href = self.of(e), e.get("href") or ""
        if href.startswith("#sources--") and (number := self._sources.get(href[1:])):
            return [*words, {"t": "cite", "n": number}]
        if href.startswith("#"):
            return [{"t": "term" if "term" in css else "ref", "to": href[1:], "c": words}]
        if _WEB.match(href):
            address = self._printable(href)
            shown = "" if plain(words) in (address, self._words.said("source-same")) else address
            return [{"t": "link", "to": href, "shown": shown, "c": words}]
        if _FILE.fullmatch(href):
            return [*words, f" {self._words.said('paper-file', file=href)}"]
        return words


def line(content: Iterable[Any], cited: set[int] | None = None) -> Inline:
    """Inline content as a line of text: white space as a browser would show it, no cites; their sources go into
    `cited`, or else stand once at the end."""
    found: set[int] = set() if cited is None else cited
    out = _trimmed(_collapsed(content, found, [True]))
    if cited is None and found and out:
        mark: Node = {"t": "sources", "n": sorted(found)}
        out[-1:] = [mark, out[-1]] if isinstance(out[-1], dict) and out[-1]["t"] == "due" else [out[-1], mark]
    return out


def _collapsed(content: Iterable[Any], cited: set[int], after_space: list[bool]) -> Inline:
    out: Inline = []
    for piece in content:
        if isinstance(piece, str):
            text = _SPACES.sub(" ", piece)
            if after_space[0]:
                text = text.removeprefix(" ")
            if text:
                after_space[0] = text.endswith(" ")
                out.append(text)
        elif piece["t"] == "cite":
            cited.add(piece["n"])
        else:
            if piece["t"] == "br":
                after_space[0] = True
            elif "c" not in piece:
                after_space[0] = False
            out.append({**piece, "c": _collapsed(piece["c"], cited, after_space)} if "c" in piece else piece)
    return out


def _trimmed(out: Inline) -> Inline:
    while out and (out[-1] == " " or (isinstance(out[-1], dict) and out[-1]["t"] == "br")):
        out.pop()
    if out and isinstance(out[-1], str):
        out[-1] = out[-1].rstrip(" ")
    return out


def plain(content: Iterable[Any]) -> str:
    """The words of inline content."""
    return "".join(p if isinstance(p, str) else plain(p.get("c", ())) for p in content)

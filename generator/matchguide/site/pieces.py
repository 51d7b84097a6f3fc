"""Blocks as parts of a site, made once for all guides that have them: HTML, the same for the one-page guide, entries
of the contents and of the search index, each with gaps for the reader's own text.

A guide is the pages of its blocks, so pages are put together from these parts. What comes out is what MkDocs makes of
the whole page, byte for byte; a block for which that cannot be known is made on its page, every time.
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import markdown
from material.plugins.search.plugin import Element, Parser  # type: ignore[import-untyped]
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import _ExtractAnchorsTreeprocessor, _RawHTMLPreprocessor, _RelativePathTreeprocessor

from matchguide.pages.guide import Block, Page
from matchguide.pages.said import SLOT
from matchguide.render.markdown import block_markdown, on_one_page, reader_references
from matchguide.render.plaintext import one_line

_HEADING = re.compile(r"^#{1,6} ", re.M)
_GOES_ON = re.compile(r"[:=|>!]|-+$|\{")  # a line that belongs to what stands above it, or may
_LISTED = re.compile(r"[-*+] |\d+[.)] |\|")
_ROWS = re.compile(r"^((?: *- |\| ?).*\ue020.*\n\n?)(?:\1)+", re.M)
_BARE = re.compile(r"<(\w+)(?=[^\n]*</\1>\n+\Z)")
_TITLED = re.compile(r"^(#{1,6}) .*$", re.M)
_ELEMENT = (
    r"(?:div|p|details|summary|ul|ol|li|table|thead|tbody|t[rdh]|section|figure|figcaption|svg|g|blockquote|dl|d[td]"
    r"|pre|form|fieldset)\b"
)
_OPENED, _CLOSED = re.compile(f"<{_ELEMENT}(?![^<>]*/>)"), re.compile(f"</{_ELEMENT}")
_MARKS = [(f"\ue030{i}\ue031", f"\ue032{i}\ue031") for i in range(60)]  # stand in gaps while parts are compared
_SEARCH_MARKS = re.compile(r"\s?data-search-\w+=\"[^\"]+\"")  # as the search plugin takes them out
_PHRASE = re.compile("\ue020([0-9]+)\ue021")
# A number in a line of words, where any other number would make no difference; addresses, attributes, code and the
# gaps for readers' own words are passed over.
_NUMBER = re.compile(
    r"\]\([^()\s]*\)|\{[^{}]*\}|<[^<>]*>|`[^`]*`|\ue000[^\ue001]*\ue001"
    r"|((?:(?<=[\w,;:] )|(?<=[$(\[*])|\A(?!\d+[.)]))\d(?:[\d,.]*\d)?(?![\w-]))"
)
_NUMBERED = re.compile("\ue040([0-9]+)\ue041")
_ENTRY = re.compile(r" *(?:- |\d+\. )(?=\S)")
# How a line begins that is words and nothing else, and the elements that are no part of a line of words.
_WORDS = re.compile(
    r"(?!\d+[.)]\s|\[[^\]]+\]:|\* |\*\*\*|<(?!label|span|bdi|abbr|strong|em|a |input|small))[\w\[(*“\"$<‘'\ue000]"
)
_BLOCK_TAG = re.compile(
    r"</?(?:div|p|details|summary|ul|ol|li|table|t[rdh]|h[1-6]|section|figure|svg|blockquote|dl|d[td]|pre)\b"
)
_ID = re.compile(r'\sid="([^"]+)"')
_ADDRESS = re.compile(r'href="([a-z0-9-]+\.(?:html|csv|ics|pdf))')
_A_TARGET = re.compile(r"[a-z0-9][a-z0-9-]*\.(?:md|csv|ics|pdf)")
# Stands behind a block while it is made, so that what separates it from the next one is seen.
_OURS = re.compile("[\ue000-\ue0ff]")  # the characters that stand for something here
_LINE_END, _AFTER = "\n", "\ue012"
_AFTER_HTML = f"<p>{_AFTER}</p>"
_LONG = 20_000  # letters: a block that is longer is kept by its parts, which others share
_KEPT_FORMS, _KEPT_PHRASES = 4_000, 20_000


class CannotTell(Exception):
    """What a page becomes depends on more than its blocks: MkDocs makes it."""


@dataclass(frozen=True)
class Gaps:
    """A text with gaps: what stands between them, and for each its number and whether it is bare."""

    texts: tuple[str, ...]
    gaps: tuple[tuple[int, bool], ...]

    def filled(self, values: Sequence[tuple[str, str]]) -> str:
        """With the values put in: (as an element, bare) for each number."""
        if not self.gaps:
            return self.texts[0]
        out = [self.texts[0]]
        for (number, bare), text in zip(self.gaps, self.texts[1:], strict=True):
            out += (values[number][bare], text)
        return "".join(out)


_SPACE = Gaps((" ",), ())


def _with_gaps(text: str) -> Gaps:
    parts = SLOT.split(text)
    return Gaps(tuple(parts[::3]), tuple((int(n), bool(b)) for n, b in zip(parts[1::3], parts[2::3], strict=True)))


@dataclass(frozen=True)
class Words:
    """Words of the search index: white space of its own before them, the words, and whether what comes last is white
    space of its own: of that, the plugin keeps no two pieces in a row."""

    space_before: bool
    text: Any  # str, or Gaps once they can be filled
    space_last: bool


@dataclass(frozen=True)
class Made:
    """What Markdown and the search plugin make of a text, with the marks of gaps in it. `headings` are those of the
    contents (level, id, name); `made_ids` what Markdown made of headings' words; `links` the places it links to, by
    file ("" for its own page). Of the search: `leads` is whether something stands before the first heading, `lead`
    the words of it and of what belongs to no section of the text (after columns with headings of their own),
    `sections` the others (id, title, words, left out), `last` the section that goes on after the text, -1 for what
    went on before it."""

    html: str
    headings: tuple[tuple[int, str, str], ...]
    ids: frozenset[str]
    made_ids: tuple[str, ...]
    links: frozenset[tuple[str, str]]
    leads: bool
    lead: Words
    sections: tuple[tuple[str, str, Words, bool], ...]
    last: int


@dataclass(frozen=True)
class Found:
    """A section of the search index: its heading's id and title, its text piece by piece."""

    id: str
    title: Gaps
    text: Words
    excluded: bool


@dataclass(frozen=True)
class Form:
    """One block of one page, ready to be filled; `whole` is its HTML in the one-page guide, the rest as in Made."""

    html: Gaps
    whole: Gaps
    headings: tuple[tuple[int, str, str], ...]
    ids: frozenset[str]
    made_ids: tuple[str, ...]
    links: frozenset[tuple[str, str]]
    leads: bool
    lead: Words
    sections: tuple[Found, ...]
    last: int


class _AnyPage(Files):
    """Takes every page and file that a guide can have as there; whether this guide has it is looked at later."""

    def __init__(self, config: MkDocsConfig) -> None:
        super().__init__([])
        self._config = config
        self._made: dict[str, File] = {}

    def get_file_from_path(self, path: str) -> File | None:
        if not _A_TARGET.fullmatch(path):
            return None
        if path not in self._made:
            self._made[path] = File.generated(self._config, path, content="")
        return self._made[path]


class Forms:
    """Makes forms, and keeps those it made."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._files = _AnyPage(config)
        self._home = File.generated(config, "index.md", content="")
        self._md = markdown.Markdown(
            extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"]
        )
        self._raw = _RawHTMLPreprocessor()
        self._raw._register(self._md)
        self._anchors = _ExtractAnchorsTreeprocessor(self._home, self._files, config)
        self._anchors._register(self._md)
        self._links = _RelativePathTreeprocessor(self._home, self._files, config)
        self._links._register(self._md)
        self._given = _GivenIds(self._md)
        self._md.treeprocessors.register(self._given, "matchguide_given", 6)  # before headings get theirs
        self.of = lru_cache(maxsize=_KEPT_FORMS)(self._of)
        self._skeleton = lru_cache(maxsize=_KEPT_FORMS)(self._make)
        self._phrase = lru_cache(maxsize=_KEPT_PHRASES)(self._phrase_of)
        self._any_number = lru_cache(maxsize=_KEPT_PHRASES)(self._words_of)
        self._part = lru_cache(maxsize=_KEPT_FORMS)(self._part_of)
        self._found_out = lru_cache(maxsize=_KEPT_FORMS)(lambda before, part: list[bool]())

    def of_block(self, page: str, block: Block) -> tuple[tuple[Form, ...], list[tuple[str, str]]]:
        """The forms of a block and what goes into their gaps. Raises CannotTell."""
        template, values = block.template, list[tuple[str, str]]()
        if block.slots:
            if any(_OURS.search(text) for text in block.slots):
                raise CannotTell
            if _plain(block.slots) and _no_gap_in_headings(template):
                values = [_values(text) for text in block.slots]
            else:
                template = _all_filled(block)
        return self.of(page, template.strip("\n")), values

    def whole(self, page: Page) -> Form:
        """A page at once, with the reader's text in it. Raises CannotTell."""
        if any(_OURS.search(text) for block in page.blocks for text in block.slots):
            raise CannotTell
        return _form(page.id, self._make("\n\n".join(block_markdown(block) for block in page.blocks)), [])

    def _of(self, page: str, text: str) -> tuple[Form, ...]:
        parts = _cut(text)
        if all(map(self._may_be_joined, ["", *parts], parts)):
            forms = tuple(self._part(page, part) for part in parts)
            ids = Counter(id for form in forms for id in form.ids)
            if not any(ids[id] > 1 for form in forms for id in form.made_ids):
                return (_one(forms),) if len(text) < _LONG else forms
        return (_form(page, self._make(text), []),)

    def _may_be_joined(self, before: str, part: str) -> bool:
        """Whether a part behind another one comes out as the two do at once: found out with the first of its shape
        behind such an end."""
        found = self._found_out(_end(before), _shape(part))
        if not found:
            found.append(self._is_joined(before, part))
        return found[0]

    def _part_of(self, page: str, text: str) -> Form:
        if _BARE.match(text) and "markdown=" not in text:
            return _form(page, _as_it_is(text), [])
        skeleton, phrases = _phrases(text)
        return _form(page, self._skeleton(skeleton), [self._phrase(phrase) for phrase in phrases])

    def _is_joined(self, before: str, part: str) -> bool:
        try:
            joined = [self._part("page", text) for text in (before, part) if text]
        except CannotTell:
            return False
        return _together(joined) == _together([_form("page", self._make(before + part), [])])

    def _phrase_of(self, text: str) -> Made:
        """A line of words, made once for all the numbers that may stand in it."""
        words, numbers = _without_numbers(text)
        made = self._any_number(words)
        if not numbers:
            return made

        def put(made: str) -> str:
            return _NUMBERED.sub(lambda hit: numbers[int(hit[1])], made)

        return replace(made, html=put(made.html), lead=replace(made.lead, text=put(made.lead.text)))

    def _words_of(self, text: str) -> Made:
        """A line of words that stands in a paragraph, an entry of a list or a cell."""
        made = self._make(text)
        inside = made.html.strip().removeprefix("<p>").removesuffix("</p>")
        words: str = made.lead.text.strip().removeprefix("<p>").removesuffix("</p>")
        if made.html.strip() != f"<p>{inside}</p>" or "<p" in inside or made.sections:
            raise CannotTell
        if not words.strip() or words != words.rstrip() or "<p>" in words:
            raise CannotTell
        return replace(made, html=inside, lead=Words(False, words, False))

    def _make(self, text: str) -> Made:
        self._md.reset()
        self._anchors.present_anchor_ids = set()
        self._links.links_to_anchors = {}
        made = self._md.convert(f"{text.strip(_LINE_END)}\n\n{_AFTER}")
        if not made.endswith(_AFTER_HTML):
            raise CannotTell
        made = made.removesuffix(_AFTER_HTML)
        headings = tuple(_flat(getattr(self._md, "toc_tokens", ())))
        links = {
            ("" if file is self._home else file.url, anchor)
            for file, anchors in self._links.links_to_anchors.items()
            for anchor in anchors
        }
        links |= {(to, "") for to in _ADDRESS.findall(made)}
        leads, lead, sections, last = _searched(made)
        return Made(
            made,
            headings,
            frozenset(self._anchors.present_anchor_ids | self._raw.present_anchor_ids),
            tuple(id for _, id, _ in headings if id not in self._given.ids),
            frozenset(links),
            leads,
            lead,
            sections,
            last,
        )


def _as_it_is(text: str) -> Made:
    """What Markdown makes of an element that it leaves alone."""
    made = text.strip("\n") + "\n\n"
    ids, links = frozenset(_ID.findall(made)), frozenset((to, "") for to in _ADDRESS.findall(made))
    return Made(made, (), ids, (), links, *_searched(made))


def _form(page: str, made: Made, phrases: Sequence[Made]) -> Form:
    """The form of a text on a page, its phrases put in."""

    def joined(text: str, words: Sequence[str]) -> Gaps:
        return _with_gaps(_PHRASE.sub(lambda hit: words[int(hit[1])], text) if words else text)

    htmls = [_SEARCH_MARKS.sub("", x.html) for x in phrases]
    found = [x.lead.text for x in phrases]

    def said(words: Words) -> Words:
        return replace(words, text=joined(words.text, found))

    body = _SEARCH_MARKS.sub("", made.html)
    return Form(
        joined(body, htmls),
        joined(on_one_page(page, body), [on_one_page(page, x) for x in htmls]),
        made.headings,
        made.ids.union(*(x.ids for x in phrases)),
        made.made_ids,
        made.links.union(*(x.links for x in phrases)),
        made.leads,
        said(made.lead),
        tuple(Found(id, joined(title, found), said(text), excluded) for id, title, text, excluded in made.sections),
        made.last,
    )


@lru_cache(maxsize=100)  # a part is asked for twice in a row, for its shape and itself
def _phrases(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without its words (those of paragraphs, entries of lists and cells), and these."""
    lines, phrases, out = text.split("\n"), list[str](), list[str]()

    def take(words: str) -> str:
        phrases.append(words)
        return f"\ue020{len(phrases) - 1}\ue021"

    at = 0
    while at < len(lines):
        line, before = lines[at], lines[at - 1].strip() if at else ""
        at += 1
        if line.startswith("| ") and line.endswith(" |") and not set("`\\") & set(line):
            out.append("|".join(_cells(line, take)))
            continue
        entry = _ENTRY.match(line)
        words = line[entry.end() :] if entry else line
        # A paragraph, also in an element that stands on lines of its own, or an entry.
        begins = bool(entry) or not before or before[0] == "<"
        end = at
        if begins and _is_words(words) and words == words.strip() and not (entry and line[0] == " "):
            while end < len(lines) and _goes_on(lines[end]):
                end += 1
        after = lines[end].strip() if end < len(lines) else ""
        ends = not after or (bool(_ENTRY.match(after)) if entry else after[:2] == "</")
        whole = "\n".join([words, *lines[at:end]])
        if begins and ends and _is_words(words) and whole == whole.strip():
            line, at = line[: len(line) - len(words)] + take(whole), end
        out.append(line)
    return "\n".join(out), tuple(phrases)


def _without_numbers(words: str) -> tuple[str, list[str]]:
    """Words with gaps for their numbers, and these."""
    numbers = list[str]()

    def take(hit: re.Match[str]) -> str:
        if not hit[1]:
            return hit[0]
        numbers.append(hit[1])
        return f"\ue040{len(numbers) - 1}\ue041"

    return _NUMBER.sub(take, words), numbers


def _cells(row: str, take: Callable[[str], str]) -> Iterator[str]:
    for cell in row.split("|"):
        words = cell[1:-1]
        alone = cell == f" {words} " and words == words.strip() and not words.startswith("<")
        yield f" {take(words)} " if alone and _WORDS.match(words) else cell


def _is_words(line: str) -> bool:
    return bool(_WORDS.match(line)) and not _BLOCK_TAG.search(line)


def _goes_on(line: str) -> bool:
    """Whether a line of words goes on in this one."""
    words = line.lstrip(" ")
    return len(line) - len(words) < 4 and words == words.rstrip() and _is_words(words)


class _GivenIds(markdown.treeprocessors.Treeprocessor):
    """Which ids stand in the text, before headings without one get theirs."""

    ids: frozenset[str] = frozenset()

    def run(self, root: Any) -> None:
        self.ids = frozenset(id for element in root.iter() if (id := element.get("id")))


def _flat(tokens: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str, str]]:
    for token in tokens:
        yield token["level"], token["id"], token["name"]
        yield from _flat(token["children"])


def _cut(template: str) -> list[str]:
    """A block at the blank lines and headings where one thing has ended before the next begins."""
    out: list[list[str]] = [[]]
    depth, lines = 0, template.split("\n")
    for i, line in enumerate(lines):
        here = out[-1]
        if here and depth == 0 and line and not line[0].isspace() and i:
            ended = not here[-1] or _HEADING.match(line)
            if ended and not _GOES_ON.match(line) and not _is_like(line, here):
                out.append([])
        out[-1].append(line)
        if "<" in line:
            depth += len(_OPENED.findall(line)) - len(_CLOSED.findall(line))
    return ["\n".join(part) + "\n" for part in out]


def _is_like(line: str, before: Sequence[str]) -> bool:
    """Two lists next to each other are one, and so are two tables, and an entry and what is set in under it."""
    last = next((x for x in reversed(before) if x), "")
    return bool(_LISTED.match(line) and (_LISTED.match(last) or last[:1].isspace()))


@lru_cache(maxsize=8_000)
def _edges(template: str) -> tuple[str, str]:
    """The first and the last line of a block, of each the beginning that decides what it joins: one of " :>-"."""
    lines = template.strip("\n").split("\n")
    first, last = lines[0], lines[-1]
    begins = "-" if _LISTED.match(first) else " " if first[:1] == "\t" else first[:1]
    return begins, "-" if _LISTED.match(last) or last[:1].isspace() else last[:1]


def follow(before: Block, block: Block) -> bool:
    """Whether a block behind another one stays itself; as two lists and two quotes do not."""
    last, first = _edges(before.template)[1], _edges(block.template)[0]
    return first not in (" ", ":") and not (first == last and first in ("-", ">"))


@lru_cache(maxsize=8_000)
def _shape(text: str) -> str:
    """A text without its words and numbers, and of entries and rows that follow each other only one. Of an element
    without Markdown in it, its name."""
    if (bare := _BARE.match(text)) and "markdown=" not in text:
        return bare[0]
    return _ROWS.sub(r"\1", _PHRASE.sub("\ue020", _TITLED.sub(r"\1 ", _phrases(text)[0])))


def _end(text: str) -> str:
    """How a part ends."""
    last = text.strip().rpartition("\n")[2]
    return "words" if last[:1].isalnum() or last[:1] == "\ue000" else last[:2]


def _one(forms: Sequence[Form]) -> Form:
    """Forms that stand one behind the other as one."""
    if len(forms) == 1:
        return forms[0]
    lead, sections, now = _Join(), list[tuple[Found, _Join]](), -1
    for form in forms:
        (sections[now][1] if now >= 0 else lead).add(form.lead)
        before = len(sections)
        for found in form.sections:
            sections.append((found, _Join()))
            sections[-1][1].add(found.text)
        now = before + form.last if form.last >= 0 else now
    return Form(
        _all(f.html for f in forms),
        _all(f.whole for f in forms),
        tuple(h for f in forms for h in f.headings),
        frozenset[str]().union(*(f.ids for f in forms)),
        tuple(id for f in forms for id in f.made_ids),
        frozenset[tuple[str, str]]().union(*(f.links for f in forms)),
        forms[0].leads,
        lead.words,
        tuple(replace(found, text=join.words) for found, join in sections),
        now,
    )


def _all(parts: Iterable[Gaps]) -> Gaps:
    texts: list[str] = [""]
    gaps: list[tuple[int, bool]] = []
    for part in parts:
        texts[-1] += part.texts[0]
        texts += part.texts[1:]
        gaps += part.gaps
    return Gaps(tuple(texts), tuple(gaps))


class _Join:
    """Words as they come together, before their gaps are filled; as _Text does it after."""

    def __init__(self) -> None:
        self._before = self._last = False
        self._parts: list[Gaps] = []

    def add(self, words: Words) -> None:
        if words.space_before and not self._last:
            if self._parts:
                self._parts.append(_SPACE)
            else:
                self._before = True
            self._last = True
        if words.text.gaps or words.text.texts[0]:
            self._parts.append(words.text)
            self._last = words.space_last

    @property
    def words(self) -> Words:
        return Words(self._before, _all(self._parts), self._last and bool(self._parts))


def _together(forms: Sequence[Form]) -> tuple[object, ...]:
    """What a page with these forms would hold."""
    index = Index()
    index.add_all("", "", [(form, _MARKS) for form in forms], begun=True)
    html, whole = (
        "".join(gaps.filled(_MARKS) for gaps in them)
        for them in zip(*((f.html, f.whole) for f in forms), strict=True)
    )
    return (
        html,
        whole,
        tuple(h for f in forms for h in f.headings),
        frozenset(i for f in forms for i in f.ids),
        tuple(i for f in forms for i in f.made_ids),
        frozenset(x for f in forms for x in f.links),
        forms[0].leads,
        index.entries,
    )


# ---- the reader's own text


def _plain(slots: Sequence[str]) -> bool:
    """Whether each text is lines of characters that every reader of HTML takes for themselves."""
    return all(text and all(x.strip() and x.isprintable() for x in text.splitlines()) for text in slots)


def _no_gap_in_headings(template: str) -> bool:
    return not any(SLOT.search(line) for line in template.split("\n") if line.lstrip().startswith(("#", "<h")))


def _all_filled(block: Block) -> str:
    """The block as it stands on a page of Markdown, with the reader's text in it."""

    def put(hit: re.Match[str]) -> str:
        return _values(block.slots[int(hit[1])])[bool(hit[2])]

    return SLOT.sub(put, block.template)


@lru_cache(maxsize=2_000)
def _values(text: str) -> tuple[str, str]:
    return reader_references(text), reader_references(one_line(text))[5:-6]


def searchable(values: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What the search index holds of the same texts: letters, not references to them."""

    return [(_letters_of(element), _letters_of(bare)) for element, bare in values]


@lru_cache(maxsize=4_000)
def _letters_of(markup: str) -> str:
    return html.escape(html.unescape(re.sub(r"</?bdi>|<br>", "", markup)), quote=False)


# ---- the search index


class _Reader(Parser):  # type: ignore[misc]
    """The search plugin's own reading of a page, of one block. Tells whether the same would be read on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.alone = True

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if re.fullmatch("h[1-6]", tag):
            # A heading without an id is read by what stands before the block.
            self.alone = self.alone and any(name == "id" for name, _ in attrs)
        super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        before = sum(map(len, (s.text for s in self.data)))
        super().handle_endtag(tag)
        lead = self.data and self.section is self.data[0] and self.section.el == "hx"
        if lead and sum(map(len, (s.text for s in self.data))) < before:
            self.alone = False  # an empty element is taken out, or not, by what stands before the block


def _searched(made: str) -> tuple[bool, Words, tuple[tuple[str, str, Words, bool], ...], int]:
    """What the search index finds in a text: leads, lead, sections and last of Made. Raises CannotTell."""
    parser = _Reader()
    parser.feed(SLOT.sub(lambda hit: hit[0] if hit[2] else f"<bdi>{hit[0]}</bdi>", made))
    parser.close()
    if not parser.alone or parser.context:
        raise CannotTell
    leads, lead, last = False, _words(()), -1
    sections: list[tuple[str, str, Words, bool]] = []
    for section in parser.data:
        if section.el == Element("hx"):
            leads, lead = True, _words(section.text)
        else:
            if section is parser.section:
                last = len(sections)
            text = _words(section.text)
            sections.append((section.el.attrs["id"], "".join(section.title), text, section.is_excluded()))
    return leads, lead, tuple(sections), last


def _words(pieces: Sequence[str]) -> Words:
    before = bool(pieces) and pieces[0].isspace()
    rest = pieces[before:]
    return Words(before, "".join(rest), bool(rest) and rest[-1].isspace())


class Index:
    """The search index of a guide, page by page."""

    def __init__(self) -> None:
        self.entries: list[dict[str, str | list[str]]] = []

    def add(
        self,
        url: str,
        title: str,
        forms: Sequence[tuple[Form, Sequence[tuple[str, str]]]],
        find: Sequence[str] = (),
    ) -> None:
        """One page: its forms, what goes into their gaps, and the words it is found by. Raises CannotTell."""
        if not forms or forms[0][0].leads:
            raise CannotTell  # what stands before a page's first heading is an entry of its own
        before = len(self.entries)
        self.add_all(url, title, forms)
        if find:
            for entry in self.entries[before:]:
                entry["tags"] = list(find)

    def add_all(
        self, url: str, title: str, forms: Sequence[tuple[Form, Sequence[tuple[str, str]]]], *, begun: bool = False
    ) -> None:
        """The same; `begun` is whether a section goes on into the first form."""
        here: list[tuple[str, str, Sequence[str], bool]] = []
        text = _Text()
        if begun:
            here.append(("", "", text.pieces, False))
        for form, values in forms:
            told = searchable(values) if values else values
            text.add(form.lead, told)
            for number, found in enumerate(form.sections):
                if number == form.last:  # it goes on
                    text = _Text()
                    text.add(found.text, told)
                    pieces: Sequence[str] = text.pieces
                else:
                    pieces = [found.text.text.filled(told)]
                here.append((found.id, found.title.filled(told), pieces, found.excluded))
        for number, (id, said, pieces, excluded) in enumerate(here):
            if not excluded:
                self.entries.append(
                    {
                        "location": f"{url}#{id}" if number else url,
                        "title": said.strip() or title,
                        "text": "".join(pieces).strip(),
                    }
                )


class _Text:
    """Words as they come together, of white space never two pieces in a row."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._space_last = False

    def add(self, words: Words, values: Sequence[tuple[str, str]]) -> None:
        if words.space_before and not self._space_last:
            self.pieces.append(" ")
            self._space_last = True
        if filled := words.text.filled(values):
            self.pieces.append(filled)
            self._space_last = words.space_last

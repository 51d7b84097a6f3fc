"""Links between pages, settled in one place: after all pages are written, against what this guide has.

Templates and content write `[words](page.md#section)`, and may name more places, `[words](first.md#a|second.md)`: the
first that is there is taken. Where the guide has none of them, a pointer that is a sentence of its own is left out
(`[All of them](why-a-backup.md#flips).`), and inside a sentence its words stay without a link. So a link cannot stop
a build; a link that no guide can have is found by the check of content.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from matchguide.pages.guide import Block, Page

_WORDS = r"\[(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]"
_TO = r"\((?P<to>(?!\w+:)[^()\s]*)\)"
LINK = re.compile(_WORDS + _TO + r"(?P<attributes>\{[^{}\n]*\})?")
_ID = re.compile(r'\sid="([^"]+)"|\{:?[^{}\n]*#([\w:.*-]+)[^{}\n]*\}')
# Where a pointer begins: a line, a sentence, a place in a list of pointers.
_BEFORE = re.compile(r"(?:^|[.!?]\*{0,2} |· )\Z", re.M)
_AFTER = re.compile(r"\.(?= |$)|$", re.M)
_JOINT = " · "
_KEPT = 8_000


def settled(pages: Iterable[Page], files: Iterable[str]) -> tuple[Page, ...]:
    """The pages with every link to a page, a section or a file of this guide, or without it."""
    pages = tuple(pages)
    has = {f"{p.id}.md": frozenset().union(*(_of_block(b.template) for b in p.blocks)) for p in pages}
    has.update({name: frozenset() for name in files})
    return tuple(replace(p, blocks=tuple(_settled(b, f"{p.id}.md", has) for b in p.blocks)) for p in pages)


def _settled(block: Block, page: str, has: Mapping[str, frozenset[str]]) -> Block:
    template = _settle(block.template, page, has)
    return block if template is block.template else replace(block, template=template)


@lru_cache(maxsize=_KEPT)
def _of_block(template: str) -> frozenset[str]:
    return sections(f"\n{template}")


def sections(text: str) -> frozenset[str]:
    """The places in a Markdown text that a link may name: only ids that stand there, never those that Markdown makes
    from the words of a heading."""
    return frozenset(hit[1] or hit[2] for hit in _ID.finditer(text))


@lru_cache(maxsize=_KEPT)
def _targets(text: str) -> tuple[str, ...]:
    return tuple(hit["to"] for hit in LINK.finditer(text))


def _settle(text: str, page: str, has: Mapping[str, frozenset[str]]) -> str:
    if all("|" not in to and _is_there(to, page, has) for to in _targets(text)):
        return text
    out, rest = "", text
    while hit := LINK.search(rest):
        before, after = out + rest[: hit.start()], rest[hit.end() :]
        to = next((t for t in hit["to"].split("|") if _is_there(t, page, has)), "")
        if to:
            out, rest = f"{before}[{hit['words']}]({to}){hit['attributes'] or ''}", after
        elif not hit["attributes"] and _stands_alone(before, after):
            out, rest = _without(before, after)
        else:
            out, rest = before + hit["words"], after
    return out + rest


def _is_there(to: str, page: str, has: Mapping[str, frozenset[str]]) -> bool:
    name, _, section = to.partition("#")
    there = has.get(name or page)
    return there is not None and (not section or section in there)


def _stands_alone(before: str, after: str) -> bool:
    return bool(_BEFORE.search(before) and (_AFTER.match(after) or after.startswith(_JOINT)))


def _without(before: str, after: str) -> tuple[str, str]:
    """The text on both sides of a pointer that is left out, with what joined it."""
    if after.startswith(_JOINT):
        return before, after.removeprefix(_JOINT)
    after = after.removeprefix(".")
    return before.removesuffix(_JOINT) if before.endswith(_JOINT) else before.rstrip(" "), after


def anything(text: str) -> str:
    """A template's text in which `*` stands for whatever it puts in, so that each place stays where it is."""
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", lambda hit: "*" * len(hit[0]), text)


def alike(one: str, other: str) -> bool:
    """Whether two names with `*` for anything can be the same."""

    def fits(pattern: str, text: str) -> bool:
        return re.fullmatch(".*".join(map(re.escape, re.split(r"\*+", pattern))), text) is not None

    return fits(one, other) or fits(other, one)

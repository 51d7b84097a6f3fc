"""A content file is a contribution by a stranger: its texts are words with light Markdown, and nothing of them is
HTML, an attribute or an address that leads anywhere but to https. Markup of the guide's own stands in templates."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, StringConstraints

# Stands in addresses, anchors and attributes.
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$")]
# Stands in titles and in the navigation, which the theme puts into attributes.
Name = Annotated[str, StringConstraints(pattern=r"^[\w ,.&/+()’'-]+$")]
# Stands in a heading or a link.
Line = Annotated[str, AfterValidator(lambda text: " ".join(text.split()))]

_FILE = r"[a-z0-9-]+\.(?:md|ics|csv|pdf)(?:#[\w.-]*)?"
_OURS = rf"{_FILE}(?:\|{_FILE})*|#[\w.-]+"
_WEB = r"https://[\w./?&=%#:;,+~@!$*-]+"
_CITE = r"\[\[[a-z][a-z0-9:._-]*(?:\|[^\]|]+)?\]\]"  # becomes a link of ours, whatever stands behind it
_LINK = re.compile(
    rf"(?P<cite>{_CITE})(?P<open>\(?)|\](?P<blank>\s*)(?:\((?!(?:{_OURS}|{_WEB})\))|(?P<definition>:))"
)
# Blanks that are filled: of an answer's frame, and of what Home says first.
FRAME_SLOTS = ("story", "experience", "patients", "trained", "gap_years", "gap_reason")  # filled by pages/frames.py
CARD_SLOTS = (
    "next_program",
    "next_interview",
    "bad_lines",
    "year_lines",
    "bare_lines",
    "guessed_lines",
    "advanced",
    "first_years",
)  # by plan/first_card.py
_FILLED = "|".join((*FRAME_SLOTS, *CARD_SLOTS, "date:[a-z_]+"))
_BLANKS = re.compile(rf"\{{(?!(?:{_FILLED})\}})")
_ADDRESS = re.compile(r"https://[\w./?&=%#:;,+~@!$*()-]+")
_NOT_PROSE = frozenset({"when", "for", "url", "where"})  # expressions and addresses, checked where they are used


@lru_cache(maxsize=8_000)
def inert(text: str) -> str:
    """A text of a content file as Markdown that can be only words, emphasis, lists, tables, and links to pages of
    the guide or to https. What else was tried stays to be read."""
    text = text.replace("<", "&lt;").replace("![", "&#33;[")
    text = _BLANKS.sub("&#123;", text)
    return _LINK.sub(_no_link, text)


def _no_link(hit: re.Match[str]) -> str:
    if hit["cite"]:
        return hit["cite"] + ("&#40;" if hit["open"] else "")
    return f"]{hit['blank']}{'&#58;' if hit['definition'] else '&#40;'}"


def inert_tree(value: Any) -> Any:
    """Plain data of a content file with every prose in it inert."""
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, Mapping):
        return {key: inner if key in _NOT_PROSE else inert_tree(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [inert_tree(inner) for inner in value]
    return value


def link_to(address: str, words: str) -> str:
    """Words that link to an address of the web, as Markdown; an address that is not https stands beside them."""
    words = words.replace("[", "(").replace("]", ")")
    return f"[{words}]({address})" if _ADDRESS.fullmatch(address) else f"{words} (`{_code(address)}`)"


def _code(text: str) -> str:
    return "".join(c for c in text if c.isprintable() and c not in "`<>")

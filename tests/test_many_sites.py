"""Guides made one after the other, from parts that were made once, are the guides that MkDocs makes: every byte."""

import json
import os
import random
import re
from pathlib import Path

import pytest

import people
from cohorts import marked
from examples import DAY, PROFILES, session_of
from github_pages import files_of
from matchguide.pages.guide import Block, Guide, Page
from matchguide.site import many
from matchguide.site.build import site_files
from matchguide.site.many import Press
from support import content

PEOPLE = int(os.environ.get("COHORT", "6"))
NEVER = 10**9  # guides from one comparison to the next


@pytest.fixture(scope="module")
def press() -> Press:
    """Warm: it has seen another guide of each title."""
    made = Press(NEVER)
    for name in ("smallest", "first-year-only"):
        made.files(session_of(name).guide)
    return made


def quick(press: Press, guide: Guide) -> dict[str, bytes]:
    """What is put together, and never what MkDocs would be asked for."""
    press.files(guide)  # the first of a title asks MkDocs for what is around the text
    made = press._titles[guide.title].files(guide)
    assert made is not None, "this guide could not be put together"
    return made


def assert_same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []


@pytest.mark.parametrize("name", PROFILES)
def test_examples_are_those_of_mkdocs(name: str, press: Press, sites: dict[str, Path]) -> None:
    assert_same(quick(press, session_of(name).guide), files_of(sites[name]))


@pytest.mark.parametrize("seed", range(PEOPLE))
def test_drawn_people_are_those_of_mkdocs(seed: int, press: Press) -> None:
    data, on = people.draw(7_000 + seed)
    _, _, guide = people.guide_of(data, on, content())
    assert_same(quick(press, guide), site_files(guide))


HOSTILE = (
    "<b>x</b> & *y* _z_",
    "two\nlines",
    " ",
    "a\u00a0b",
    "\x85",
    "&amp;",
    "`code`",
    "[a](b.md)",
    "\ue020\ue021",
    "\ue0000\ue001",
    "\ue0004142t\ue001",
    "\ue010text\ue011",
    "| a | b |",
    "1. x",
    "- x",
    "# x",
    "\u202eabc",
    "zero\u200bwidth",
    "𝔘𝔫𝔦",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_reader_writes(text: str, press: Press) -> None:
    """In paragraphs, entries of lists, cells, headings and drawings."""
    gap, bare = "\ue0000\ue001", "\ue0000t\ue001"
    templates = (
        f"# Title\n\nDear {gap}, hello.\n\n{gap}\n",
        f"## Seen by {gap}\n\n- {gap}\n- **{gap}** of 3\n- {gap} and {gap}\n",
        f"| A | B |\n|---|---|\n| {gap} | 2 |\n| x {gap} | {gap} |\n",
        f'<div class="drawing"><svg viewBox="0 0 1 1"><text>{bare}</text></svg></div>\n\nAfter it, {gap}\n',
        f'<details class="why" markdown="1">\n<summary>Why?</summary>\n\n- You said: {gap}\n\n</details>\n',
    )
    base = session_of("smallest").guide
    blocks = tuple(Block(f"b{i}", template, (text,)) for i, template in enumerate(templates))
    page = Page("written", "Written", "Start", 9, blocks)
    guide = Guide((*base.pages, page), base.assets, base.title, base.key, base.on, base.evidence_used, base.old_key)
    assert_same(press.files(guide), site_files(guide))


@pytest.mark.parametrize("text", [text for text in HOSTILE if re.search("[\ue000-\ue0ff]", text)])
def test_the_characters_that_stand_for_something_here_are_a_reader_s_own_too(text: str, press: Press) -> None:
    """Wherever a profile takes words: nobody's guide ends in a fault, and the characters come out as typed."""
    data = json.loads(json.dumps(marked(1), ensure_ascii=False).replace("MARKER0001X", text))
    _, _, guide = people.guide_of(data, DAY, content())
    made = press.files(guide)
    assert_same(made, site_files(guide))
    docs = json.loads(made["search/search_index.js"].removeprefix(b"var __index = "))["docs"]
    assert any(text in doc["text"] for doc in docs)


_PARTS = (
    "A paragraph.",
    "A paragraph with [a link](index.md) and **strong** words.",
    "- one\n- two\n- three",
    "1. one\n2. two",
    "- a\n\n- b",
    "- a\n    - b\n    - c\n- d",
    "## A title { #t }",
    "### The same words",
    "| A | B |\n|---|---|\n| 1 | `a | b` |",
    "> said",
    '<div class="x" markdown="1">\nInside.\n</div>',
    '<div class="x" markdown="1">\n\n- one\n- two\n\n</div>',
    '<div class="grid" markdown="1">\n<div markdown="1">\n### Left\n\nText.\n</div>\n'
    '<div markdown="1">\n### Right\n\n- x\n</div>\n</div>',
    "<p class='raw'>*not Markdown*</p>",
    "Term\n:   What it is.",
    "!!! note\n    Beware.",
    "<span>inline</span> words",
    "*Emphasis first* and `code` behind.",
    "    code of four blanks",
    "A line\nand another",
    "<details>\n<summary>S</summary>\nraw *text*\n</details>",
    "12 years since then.",
    "Trailing code `x`",
    "![a picture](guide-dates.ics)",
)


@pytest.mark.parametrize("seed", range(12))
def test_any_order_of_what_markdown_has(seed: int, press: Press) -> None:
    """Blocks are cut and put together; what cannot be is left to MkDocs."""
    r = random.Random(seed)
    base = session_of("smallest").guide
    blocks = [Block("title", "# Written")]
    blocks += [Block(f"b{i}", "\n\n".join(r.choices(_PARTS, k=r.randint(1, 5)))) for i in range(6)]
    page = Page("written", "Written", "Start", 9, tuple(blocks))
    assets = {**base.assets, "guide-dates.ics": b"x"}
    guide = Guide((*base.pages, page), assets, base.title, base.key, base.on, base.evidence_used, base.old_key)
    assert_same(press.files(guide), site_files(guide))


def test_where_the_two_ways_differ_mkdocs_makes_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with a theme that nobody has tried."""
    monkeypatch.setattr(many, "put_in", lambda shell, values: "something else")
    press, guide = Press(NEVER), session_of("smallest").guide
    assert_same(press.files(guide), site_files(guide))  # the first is compared
    assert "index.html" in press.differs
    assert_same(press.files(guide), site_files(guide))

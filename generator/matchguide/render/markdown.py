"""Markdown to HTML: the one list of extensions (mkdocs.yml holds the same, a test compares them), the slots, and
the one link resolver for the guide on a single page."""

import html
import json
import re
from collections.abc import Callable
from typing import Any

import markdown

from matchguide.pages.guide import Block, Page
from matchguide.pages.said import SLOT
from matchguide.render.plaintext import one_line

EXTENSIONS: list[str] = ["toc", "tables", "attr_list", "md_in_html", "def_list", "admonition"]
CONFIGS: dict[str, dict[str, Any]] = {"toc": {"permalink": False}}

# Bidirectional controls could turn around what stands beside them: on pages each text is isolated by <bdi>.
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


def new_markdown() -> markdown.Markdown:
    """The converter of pages, with our extensions and no raw HTML of readers."""
    return markdown.Markdown(extensions=EXTENSIONS, extension_configs=CONFIGS, output_format="html")


def as_html(block: Block, converter: markdown.Markdown | None = None, put: Callable[[str], str] | None = None) -> str:
    """One block as HTML, the reader's text put in last (by `put`; as HTML text unless told otherwise)."""
    md = (converter or new_markdown()).reset()
    return _filled(md.convert(block.template), block, put or reader_html)


def _filled(template: str, block: Block, put: Callable[[str], str]) -> str:
    def one(hit: re.Match[str]) -> str:
        text = block.slots[int(hit[1])]
        return _references(one_line(text)) if hit[2] else put(text)

    return SLOT.sub(one, template)


def reader_html(text: str) -> str:
    """Text of the reader as HTML that can be nothing but text; lines stay lines."""
    lines = [html.escape(line, quote=True) for line in text.splitlines()] or [""]
    return f"<bdi>{'<br>'.join(lines)}</bdi>"


def reader_references(text: str) -> str:
    """Text of the reader for a Markdown file: every character that is no letter, digit or space as a numeric
    character reference, so that it is neither HTML, Jinja nor Markdown."""
    return f"<bdi>{'<br>'.join(_references(line) for line in text.splitlines())}</bdi>"


def _references(line: str) -> str:
    return "".join(c if (c.isalnum() and c.isascii()) or c == " " else f"&#{ord(c)};" for c in line)


def as_markdown(page: Page) -> str:
    """A page as the Markdown that MkDocs and its kin read."""
    search = "" if page.search else "search:\n  exclude: true\n"
    found = f"tags: {json.dumps(page.find)}\n" if page.find else ""
    head = f"---\ntitle: {json.dumps(page.title, ensure_ascii=False)}\n{found}{search}---\n\n"
    return head + "\n\n".join(block_markdown(b) for b in page.blocks) + "\n"


def block_markdown(block: Block) -> str:
    """A block as Markdown with its reader's slots as marks."""
    return _filled(block.template, block, reader_references).strip("\n")


def page_html(page: Page, converter: markdown.Markdown | None = None, put: Callable[[str], str] | None = None) -> str:
    """A page as HTML: its blocks' HTML, one after the other."""
    md = converter or new_markdown()
    return "\n".join(as_html(b, md, put) for b in page.blocks)


_HREF = re.compile(r'(href=")([^":]+?)\.(?:md|html)(?:#([^"]*))?"')
_HASH = re.compile(r'(href=")#([^"]+)"')
_ID = re.compile(r'(\s(?:id|for|aria-labelledby|aria-describedby)=")([^"]+)"')
_URL = re.compile(r"url\(#([^)]+)\)")


def on_one_page(page_id: str, body: str) -> str:
    """A page's HTML for the whole guide on one page: ids get the page's name, links between pages become
    links inside the page."""
    body = _ID.sub(lambda m: m[1] + " ".join(f"{page_id}--{i}" for i in m[2].split()) + '"', body)
    body = _HASH.sub(lambda m: f'{m[1]}#{page_id}--{m[2]}"', body)
    body = _URL.sub(lambda m: f"url(#{page_id}--{m[1]})", body)
    return _HREF.sub(lambda m: f'{m[1]}#{m[2]}--{m[3]}"' if m[3] else f'{m[1]}#{m[2]}"', body)


def whole(pages: list[tuple[Page, str]], *, after: str = "") -> str:
    """Pages and their HTML as one body, each in a section of its own, with `after` at its end."""
    return "\n".join(
        f'<section class="whole-page" id="{page.id}">\n{on_one_page(page.id, body)}\n{after}</section>'
        for page, body in pages
    )

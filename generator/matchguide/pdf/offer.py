"""The workbook as a download of the site: a file beside the pages, and a link to it on Home."""

from dataclasses import replace
from pathlib import Path

from matchguide.pages.guide import Block, Guide, Page

NAME = "workbook.pdf"
_HOME, _AFTER = "index", "next-things"


def offering(guide: Guide, pdf: bytes, templates: Path) -> Guide:
    """The guide with the workbook offered on Home, in the words of templates/pdf/download.md."""
    link = Block("workbook", (templates / "pdf" / "download.md").read_text(encoding="utf-8").strip("\n"))
    pages = tuple(_with(page, link) if page.id == _HOME else page for page in guide.pages)
    return replace(guide, pages=pages, assets={**guide.assets, NAME: pdf})


def _with(home: Page, link: Block) -> Page:
    at = next((i for i, b in enumerate(home.blocks, 1) if b.id == _AFTER), len(home.blocks))
    return replace(home, blocks=(*home.blocks[:at], link, *home.blocks[at:]))

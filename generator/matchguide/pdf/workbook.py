"""The workbook: cover, contents, the plan on one page, the guide's pages as chapters, sheets to fill."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml

from matchguide import paths
from matchguide.output.ours import signed, unsigned
from matchguide.pages.guide import Guide, Page
from matchguide.pages.words import Words
from matchguide.pdf.cited import numbered, settle_sources
from matchguide.pdf.faces import MONO
from matchguide.pdf.fonts import Printable
from matchguide.pdf.inline import Node
from matchguide.pdf.paper import paper_size
from matchguide.pdf.press import press
from matchguide.pdf.tree import Chapters, settle_links, shortened
from matchguide.pdf.wall import cover, wall
from matchguide.plan.types import Plan
from matchguide.profile.dates import dated
from matchguide.profile.model import Profile
from matchguide.render.markdown import new_markdown, on_one_page, page_html
from matchguide.render.plaintext import one_line
from matchguide.source import Loader

_SOURCES = "sources"
# Chapters looked things up in: of this size in points, in so many columns.
_SMALL = {_SOURCES: (6.7, 3), "glossary": (7.0, 3)}
_SHORT_SIZE = 9.0
# The section of what is not in the reader's plan: one chapter, with these blocks of each page.
_IN_SHORT, _SHORT_BLOCKS = "Specialties not in your plan", ("title", "how-you-stand")
_ON_A_SHEET = ("sheet",)  # blocks of which the sheets at the end hold one copy for all


@dataclass(frozen=True)
class Workbook:
    """The file, and how often each character was replaced because no font has it."""

    data: bytes
    replaced: Counter[str]


def workbook(
    guide: Guide,
    plan: Plan,
    profile: Profile,
    words: Words,
    paper: str,
    on: dt.date,
    templates: Path = paths.TEMPLATES,
) -> Workbook:
    """The workbook of one guide on letter or a4 paper. Raises MistakesFound for another paper size."""
    size = paper_size(paper)
    folder = templates / "pdf"
    printable = Printable()
    md = new_markdown()
    pages = [on_paper(page, templates) for page in guide.pages]
    bodies = {p.id: on_one_page(p.id, page_html(p, md)) for p in pages}
    numbers = numbered(bodies.get(_SOURCES, ""), _SOURCES)
    chapters = Chapters(printable, numbers, words)
    read = {p.id: chapters.read(bodies[p.id], p.id) for p in pages}
    extra = {name: chapters.read((folder / f"{name}.html").read_text("utf-8"), name) for name in ("sheets", "others")}
    name = one_line(profile.applicant.name or "")
    data: Node = {
        "paper": size,
        "title": ", ".join(filter(None, [words.said("workbook-title"), name, guide.title])),
        "name": printable.reader(name),
        "mark": unsigned("workbook"),
        "season": plan.season,
        "day": dated(on),
        "cover": cover(plan, words),
        "wall": wall(plan, words, read["index"], read["checklists"], printable),
        "sheets": _at_headings(extra["sheets"]),
    }
    sources = read.pop(_SOURCES)
    in_short = [n for p in guide.pages if p.section == _IN_SHORT for n in shortened(read.pop(p.id))]
    rest = [data, read, in_short]
    read[_SOURCES], data["sources"] = settle_sources(rest, sources, numbers)
    data["parts"] = [_part(*section, read, [*extra["others"], *in_short]) for section in guide.sections]
    settle_links([data])
    data["fonts"], data["mono"] = printable.families(), MONO
    pdf = press((folder / "workbook.typ").read_bytes(), data, printable.used(), on)
    return Workbook(signed(pdf, "workbook"), printable.replaced)


def on_paper(page: Page, templates: Path = paths.TEMPLATES) -> Page:
    """The page as it is printed: what is only true of a screen said for paper (templates/pdf/on-paper.yml), of other
    options no more than the workbook shows, and nothing that a sheet at the end holds."""
    blocks = []
    for block in page.blocks:
        if block.id in _ON_A_SHEET or (page.section == _IN_SHORT and block.id not in _SHORT_BLOCKS):
            continue
        text = block.template
        for screen, paper in _sayings(templates / "pdf" / "on-paper.yml"):
            text = screen.sub(lambda _, paper=paper: paper, text)  # type: ignore[misc]
        blocks.append(replace(block, template=text))
    return replace(page, blocks=tuple(blocks))


@cache
def _sayings(path: Path) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What a screen says, however its lines are broken, and what paper says."""
    said = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
    return tuple(
        (re.compile(re.escape(str(one["screen"])).replace(r"\ ", r"\s+")), str(one["paper"] or "")) for one in said
    )


def _at_headings(blocks: list[Node]) -> list[list[Node]]:
    """Blocks cut before each heading of the second level but the first."""
    cuts = [i for i, b in enumerate(blocks) if b["t"] == "h" and b["l"] == 2][1:]
    return [blocks[a:b] for a, b in pairwise([0, *cuts, len(blocks)])]


def _part(section: str, pages: tuple[Page, ...], read: Mapping[str, list[Node]], in_short: list[Node]) -> Node:
    """A section of the guide with its chapters; what is told in short is one chapter."""
    if section == _IN_SHORT:
        return {"title": section, "chapters": [_chapter(in_short[0]["id"], in_short, _SHORT_SIZE, 1)]}
    return {
        "title": section,
        "chapters": [_chapter(p.id, read[p.id], *_SMALL.get(p.id, (0, 1))) for p in pages],
    }


def _chapter(id: str, blocks: list[Node], small: float, columns: int) -> Node:
    return {"id": id, "small": small, "columns": columns, "blocks": blocks}

"""The workbook: cover, contents, the plan on one page, every page of the guide as a chapter, sheets to fill."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from matchguide import paths
from matchguide.mistakes import mistake, suggestion
from matchguide.pages.guide import Guide, Page
from matchguide.pages.view import MONTHS
from matchguide.pages.words import Words
from matchguide.pdf.faces import MONO
from matchguide.pdf.fonts import Printable
from matchguide.pdf.inline import Node
from matchguide.pdf.press import press
from matchguide.pdf.tree import Chapters, settle_links, walk
from matchguide.plan.types import Plan, Role
from matchguide.profile.model import Profile
from matchguide.render.markdown import new_markdown, on_one_page, page_html
from matchguide.render.plaintext import one_line

PAPERS = {"letter": "us-letter", "a4": "a4"}
_SOURCES = "sources"
_SHEETS = "sheets.html"
_LABELS: Mapping[Role, str] = {"first": "First choice", "close": "Close backup", "broad": "Broad backup"}
_NEXT_DATES, _LAST_DATES, _NEXT_THINGS = 5, 4, 9  # what can be read on a wall from where one stands


@dataclass(frozen=True)
class Workbook:
    """The file, and how often each character was replaced because no font has it."""

    data: bytes
    replaced: Counter[str]


def pdf_bytes(guide: Guide, plan: Plan, profile: Profile, words: Words, paper: str, on: dt.date) -> bytes:
    """The workbook's bytes; for `build --pdf`, where replaced characters are told by `workbook`."""
    return workbook(guide, plan, profile, words, paper, on).data


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
    if paper not in PAPERS:
        raise mistake("--paper", "is not a paper size.", found=paper, allowed=suggestion(paper, PAPERS) or _papers())
    printable = Printable()
    md = new_markdown()
    bodies = {p.id: on_one_page(p.id, page_html(p, md)) for p in guide.pages}
    numbers = _numbers(bodies.get(_SOURCES, ""))
    chapters = Chapters(printable, numbers)
    read = {p.id: chapters.read(bodies[p.id], p.id) for p in guide.pages}
    folder = templates / "pdf"
    sheets = chapters.read((folder / _SHEETS).read_text(encoding="utf-8"), "sheets")
    name = printable.reader(one_line(profile.applicant.name or ""))
    data = {
        "paper": PAPERS[paper],
        "title": _title(guide, profile),
        "name": name,
        "season": plan.season,
        "day": _day(on),
        "heading": guide.title,
        "cover": _cover(plan, words),
        "wall": _wall(plan, words, read, printable),
        "parts": [
            {"title": section, "chapters": [_chapter(p, read[p.id]) for p in pages]}
            for section, pages in guide.sections
        ],
        "sheets": sheets,
        "sources": list(numbers),
    }
    settle_links([data])
    data["fonts"], data["mono"] = printable.families(), MONO
    pdf = press((folder / "workbook.typ").read_bytes(), data, printable.used(), on)
    return Workbook(pdf, printable.replaced)


def _papers() -> str:
    return f"Write one of: {', '.join(PAPERS)}"


def _title(guide: Guide, profile: Profile) -> str:
    name = one_line(profile.applicant.name or "")
    return f"{name}: {guide.title[0].lower()}{guide.title[1:]}" if name else guide.title


def _numbers(sources: str) -> dict[str, int]:
    """The label of every item under Sources and its number, counted in the order of the page."""
    from lxml import html

    items = html.fragment_fromstring(f"<div>{sources}</div>").iter("h3")
    labels = [id for h in items if (id := h.get("id", "")).startswith(f"{_SOURCES}--ev-")]
    return {label: i for i, label in enumerate(labels, 1)}


def _chapter(page: Page, blocks: list[Node]) -> Node:
    return {"id": page.id, "dense": page.id in (_SOURCES, "glossary"), "blocks": blocks}


def _day(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _cover(plan: Plan, words: Words) -> Node:
    c = plan.combination
    return {
        "combination": words.combination(c.id) if c.specialties else "Not this year: prepare",
        "roles": [
            {"label": _LABELS[role], "name": words.name(s) if (s := c.roles.get(role)) else "empty"}
            for role in get_args(Role)
        ]
        if c.specialties
        else [],
    }


def _wall(plan: Plan, words: Words, read: Mapping[str, list[Node]], printable: Printable) -> Node:
    """The page to pin to a wall: what, how many, what it costs, what to do by when."""
    thing = next((n for n in read["index"] if n["t"] == "box" and n["k"] == "one-thing"), None)
    todo = next((n for n in walk(read["checklists"]) if n.get("t") == "ul" and "box" in n["marks"]), None)
    dates = [m for m in plan.timeline if not m.past and not m.ours]
    if len(dates) > _NEXT_DATES + _LAST_DATES:
        dates = dates[:_NEXT_DATES] + dates[-_LAST_DATES:]
    if todo:
        todo = {**todo, "items": todo["items"][:_NEXT_THINGS], "marks": todo["marks"][:_NEXT_THINGS]}
    return {
        "stage": plan.stage,
        "thing": thing["c"] if thing else [],
        "applications": [
            {
                "name": words.name(a.specialty),
                "role": _LABELS[role] if (role := plan.role_of(a.specialty)) else "First year",
                "programs": a.planned,
                "fee": f"${a.fee_usd:,}",
            }
            for a in plan.applications
            if a.planned
        ],
        "programs": sum(a.planned for a in plan.applications),
        "fees": f"${plan.fees_usd:,}",
        "budget": "" if plan.budget_usd is None else f"${plan.budget_usd:,}",
        "todo": todo,
        "dates": [
            {"when": m.shown or _moment(m.when), "what": printable(words.plain(m.reason)), "check": not m.certain}
            for m in dates
        ],
    }


def _moment(when: Any) -> str:
    return (
        f"{when.day} {MONTHS[when.month - 1]} {when.year}" if when.is_day else f"{MONTHS[when.month - 1]} {when.year}"
    )

"""The page of questions: each is the reader's own, and where it leads, the answer is told."""

import datetime as dt
import re

import pytest

from matchguide.pages.guide import Guide, Page
from matchguide.render.markdown import page_html
from people import draw, guide_of
from support import content, merged, profile_file

# What the page that a question leads to tells of its answer; a question without one leads nowhere.
TOLD = {
    "ir-directly": "matched to it",
    "way-back": "ESIR",
    "dual-hurt": "specialty",
    "how-many": "programs",
    "step3": "Step 3",
    "step3-again": "Step 3",
    "us-experience": "letter",
    "tell-ir": "images",
    "would-not-go": "would",
    "which-visa": "J-1|H-1B",
    "which-visa-medicine": "J-1|H-1B",
    "which-visa-left": "H-1B",
    "which-visa-other": "J-1|H-1B",
    "need-refused": "Statement of Need",
    "need-refused-canada": "Statement of Need",
    "matched-change": "release you",
    "which-first-year": "counts|places",
    "first-year-both-lists": "both lists|primary list|preliminary",
    "partly-matched": "first year",
    "whole-price": "NRMP",
    "whole-price-no-visa": "NRMP",
    "whole-price-certified": "NRMP",
    "first-year-trap": "first year",
    "first-year-trap-other": "first year",
    "restricted": "list",
    "reapply": "SOAP",
    "reapply-now": "letter",
    "reapply-if": "letter",
    "research-year": "research",
    "paid-lists": "limit",
    "already-radiologist": "alternate pathway",
    "asked-why-one-year": "On the telephone",
}
LINK = re.compile(r"\[See: [^\]]+\]\(([\w-]+)\.md(?:#([\w-]+))?\)")


def shown(guide: Guide) -> dict[str, str]:
    """The questions of a guide, by id, as Markdown."""
    return {b.id.removeprefix("faq-"): b.template for b in guide.page("faq").blocks if b.id.startswith("faq-")}


def part_of(page: Page, section: str | None) -> str:
    """The words of a page, or of one section of it."""
    text = page_html(page)
    if section:
        assert f'id="{section}"' in text, f"{page.id}#{section}"
        text = text.split(f'id="{section}"', 1)[1].split("<h2", 1)[0]
    return re.sub(r"<[^>]+>", "", text)


@pytest.mark.parametrize("seed", range(16))
def test_where_a_question_leads_its_answer_is_told(seed: int) -> None:
    _, _, guide = guide_of(*draw(seed))
    for id, text in shown(guide).items():
        assert "See: " not in text or LINK.search(text), id
        for page, section in LINK.findall(text):
            told = bool(re.search(TOLD[id], part_of(guide.page(page), section or None)))
            assert told, f"{id}: {page}#{section}"


def test_every_question_that_leads_somewhere_is_looked_at() -> None:
    assert {q.id for q in content().faq.questions if q.see} == set(TOLD)


ABROAD = profile_file("amara.yml")
HERE = merged(ABROAD, {"applicant": {"status": "us-img"}, "visa": {"needs": "none", "citizenships": None}})


@pytest.mark.parametrize(
    ("about", "data", "on", "has", "lacks"),
    [
        (
            "a citizen",
            HERE,
            "2026-06-15",
            {"whole-price-no-visa"},
            {"step3", "which-visa", "restricted", "need-refused"},
        ),
        ("who needs a J-1", ABROAD, "2026-06-15", {"which-visa", "whole-price"}, {"whole-price-no-visa"}),
        ("with two specialties open", ABROAD, "2026-06-15", {"tell-ir"}, {"already-radiologist", "left-residency"}),
        (
            "who applied in medicine only",
            {**ABROAD, "season_so_far": {"applied": {"internal-medicine": 80}}},
            "2026-11-20",
            {"would-not-go"},
            {"tell-ir", "first-year-trap", "step3", "us-experience"},
        ),
        (
            "after SOAP",
            {**ABROAD, "season_so_far": {"result": "not matched"}},
            "2027-04-20",
            {"reapply-now"},
            {"reapply", "would-not-go", "tell-ir"},
        ),
    ],
)
def test_a_question_stands_only_before_whom_it_concerns(
    about: str, data: dict[str, object], on: str, has: set[str], lacks: set[str]
) -> None:
    _, _, guide = guide_of(data, dt.date.fromisoformat(on))
    asked = set(shown(guide))
    assert has <= asked, about
    assert not lacks & asked, about
    assert "the same for everybody" not in page_html(guide.page("faq"))

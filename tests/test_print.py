"""Printing from the browser: what comes out of Chromium's own print, in the dark and without scripts."""

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pdf_reading import Element, structure

pytestmark = pytest.mark.browser

PAGES = ("index", "interviews", "specialty-diagnostic-radiology", "checklists", "programs", "single")
BOXES = ".one-thing, .alarm, .card, .poor, .better, .yours"
NAVIGATION = ("Skip to content", "Table of contents", "Made with", "Back to top", "Initializing search")

DARK_TEXT = """() => {
  const pale = [];
  const light = (rgb) => rgb.map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.getClientRects().length) continue;
    const style = getComputedStyle(e);
    const rgb = (e.closest("svg") ? style.fill : style.color).match(/[\\d.]+/g).slice(0, 3).map(Number);
    if (1.05 / (light(rgb) + 0.05) < 4.5) pale.push(e.tagName + "." + e.className + " " + rgb);
  }
  return pale;
}"""


def squeezed(text: str) -> str:
    return re.sub("[\\s\u200b\u2066-\u2069]", "", text).casefold()


class Printed:
    """A page as Chromium printed it while the screen was dark, and what the page itself holds."""

    def __init__(self, page: Any, name: str) -> None:
        self.name = name
        # Until the theme's colors have faded over; else the test would show nothing.
        page.wait_for_function(
            "getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)'", timeout=9000
        )
        data = page.pdf(format="Letter", print_background=True, tagged=True)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            self.root: Element = structure(pdf)
            self.pages = len(pdf.pages)
        page.emulate_media(color_scheme="dark", media="print")
        page.wait_for_timeout(300)
        self.boxes = page.eval_on_selector_all(BOXES, "all => all.map(e => e.innerText)")
        self.reasons = page.eval_on_selector_all("details:not(nav details)", "all => all.map(e => e.textContent)")
        self.pale = page.evaluate(DARK_TEXT)
        self.ground = page.evaluate(
            "[document.documentElement, document.body].map(e => getComputedStyle(e).backgroundColor)"
        )


@pytest.fixture(scope="module", params=PAGES)
def printed(request: pytest.FixtureRequest, browser: Any, sites: dict[str, Path], single: Path) -> Printed:
    where = single if request.param == "single" else sites["amara"] / f"{request.param}.html"
    page = browser.new_page(color_scheme="dark", java_script_enabled=request.param != "single")
    page.goto(where.as_uri())
    try:
        return Printed(page, request.param)
    finally:
        page.close()


def test_the_dark_screen_is_not_printed(printed: Printed) -> None:
    assert set(printed.ground) <= {"rgb(255, 255, 255)"}
    assert printed.pale == []


def test_no_navigation_is_printed(printed: Printed) -> None:
    text = printed.root.text()
    assert not [words for words in NAVIGATION if words in text]
    first = next(kinds for piece, kinds in printed.root.pieces() if piece.strip())
    assert "H1" in first


def test_reasons_are_open(printed: Printed) -> None:
    text = squeezed(printed.root.text())
    assert bool(printed.reasons) == (printed.name != "interviews")
    for reason in printed.reasons:
        for line in reason.split("\n"):
            assert squeezed(line) in text


def test_no_heading_ends_a_page(printed: Printed) -> None:
    ends: dict[int, tuple[str, tuple[str, ...]]] = {}
    for piece, kinds in printed.root.pieces():
        if piece.strip():
            ends[piece.page] = (piece, kinds)
    assert len(ends) == printed.pages > 1
    for number, (piece, kinds) in ends.items():
        assert not {"H1", "H2", "H3"} & set(kinds), f"page {number} ends with {piece}"


def test_no_box_is_cut(printed: Printed) -> None:
    text, pages = "", []
    for piece, _ in printed.root.pieces():
        plain = squeezed(piece)
        text += plain
        pages += [piece.page] * len(plain)
    assert printed.boxes
    at = 0
    for box in printed.boxes:
        plain = squeezed(box)
        at = text.index(plain[:25], at)
        end = text.index(plain[-25:], at) + len(plain[-25:]) - 1
        assert pages[at] == pages[end], f"cut between pages {pages[at]} and {pages[end]}: {box[:60]}"

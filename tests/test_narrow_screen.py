"""On a phone 360 px wide no page goes sideways, however long a word of the reader's is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from examples import DAY
from matchguide.site.build import build
from test_injection import session

LONG = ("dr.nirmala.wickramasinghe@hospital.gov", "A" * 80)
assert len(LONG[0]) == 38


@pytest.mark.parametrize("text", LONG, ids=["an e-mail", "one long word"])
def test_a_long_word_of_the_reader_does_not_push_a_page_sideways(text: str, browser: Any, tmp_path: Path) -> None:
    guide = session(tmp_path, text).guide
    build(guide, tmp_path / "guide")
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    wide = []
    for path in sorted((tmp_path / "guide").glob("*.html")):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 360:
            wide.append(f"{path.stem}: {width} px")
        # What stands in a box that scrolls is no way out for running text.
        cut = "[...document.querySelectorAll('article bdi')].filter(e => !e.closest('table, .scroll, svg') &&"
        cut += " e.getBoundingClientRect().right > 361).map(e => e.parentElement.tagName)"
        wide += [f"{path.stem}: a {tag} is cut" for tag in page.evaluate(cut)]
    context.close()
    assert not wide, "\n".join(wide)
    assert guide.on == DAY


LETTERS = """() => [...document.querySelectorAll('article .drawing svg')].map(svg => {
  svg.closest('details')?.setAttribute('open', '');
  const whole = svg.getBoundingClientRect(), words = [...svg.querySelectorAll('text')];
  return {
    scale: svg.getScreenCTM().a, left: whole.left, right: whole.right, top: whole.top, bottom: whole.bottom,
    running: parseFloat(getComputedStyle(svg.closest('article').querySelector('p')).fontSize),
    words: words.map(text => {
      const box = text.getBoundingClientRect(), size = parseFloat(getComputedStyle(text).fontSize);
      return [text.textContent, size, box.left, box.top, box.right, box.bottom];
    }),
  };
}).filter(drawing => drawing.right > drawing.left)"""


def test_words_in_drawings_are_as_large_as_text_that_is_read(browser: Any, sites: dict[str, Path]) -> None:
    """12 px and more on a phone, never larger than the running text on a laptop; whole, and no word on another."""
    context = browser.new_context()
    page = context.new_page()
    seen, wrong = set(), []
    for site in sites.values():
        for path in sorted(site.glob("*.html")):
            if path.stem == "whole" or 'class="drawing' not in path.read_text(encoding="utf-8"):
                continue  # the one page for print holds the drawings of the others
            page.goto(path.as_uri())
            for width in (360, 1366):
                page.set_viewport_size({"width": width, "height": 780})
                for drawing in page.evaluate(LETTERS):
                    seen.add((path.stem, width))
                    wrong += [f"{site.name}/{path.stem} {width} px: {one}" for one in _badly_set(drawing)]
    context.close()
    for name in ("timeline", "programs", "specialty-diagnostic-radiology"):
        assert {(name, 360), (name, 1366)} <= seen
    assert not wrong, "\n".join(wrong)


def _badly_set(drawing: dict[str, Any]) -> Iterator[str]:
    """Words of a drawing that are too small or too large, leave it, or lie on another."""
    for n, (words, size, left, top, right, bottom) in enumerate(drawing["words"]):
        if not 12 <= size * drawing["scale"] <= drawing["running"] + 0.1:
            yield f"{words!r} has {size * drawing['scale']:.1f} px"
        if left < drawing["left"] - 1 or right > drawing["right"] + 1 or top < drawing["top"] - 3:
            yield f"{words!r} leaves its drawing"
        for other, _, x0, y0, x1, y1 in drawing["words"][:n]:
            if left < x1 - 1 and x0 < right - 1 and top < y1 - 4 and y0 < bottom - 4:
                yield f"{words!r} lies on {other!r}"

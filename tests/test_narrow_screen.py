"""On a phone 360 px wide no page goes sideways, however long a word of the reader's is."""

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

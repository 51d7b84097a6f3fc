"""A guide for one person, not a book: interviews, cards, questions and glossary keep to their budget of words."""

import html
import re

import pytest

from examples import PROFILES, session_of
from matchguide.render.markdown import page_html

# What a page's id starts with, the longer first.
MOST = {
    "interviews-": 1800,
    "interviews": 2200,
    "specialty-": 1300,
    "first-year-": 800,
    "faq": 1500,
    "glossary": 1200,
}


def words(page: str) -> int:
    """The words of a page as its reader sees it, everything folded open but the reasons of an advice."""
    text = re.sub(r'<details class="why".*?</details>|<(script|style|svg)\b.*?</\1>', " ", page, flags=re.S)
    return len(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.mark.parametrize("name", PROFILES)
def test_the_pages_keep_to_their_budget(name: str) -> None:
    counted = {p.id: words(page_html(p)) for p in session_of(name).guide.pages}
    budget = {id: next((n for start, n in MOST.items() if id.startswith(start)), None) for id in counted}
    assert {"faq", "glossary", "specialty-interventional-radiology"} <= set(counted)
    over = {id: (n, most) for id, n in counted.items() if (most := budget[id]) is not None and n > most}
    assert not over

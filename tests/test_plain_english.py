"""How the guide speaks: the countable rules of tests/plain-english.yml, on every page as it is read."""

import re
from collections.abc import Iterator

import pytest

import people
from examples import PROFILES, session_of
from matchguide.pages.guide import Guide
from matchguide.render.markdown import page_html
from matchguide.source import parse
from support import TESTS
from truths_of_a_guide import plain

RULES = parse((TESTS / "plain-english.yml").read_text(encoding="utf-8"), "plain-english.yml").data
DRAWN = range(200, 208)
# Rows that join names and steps: ways to a specialty, lists of countries, a reader's own story.
ROW = re.compile(r"residency|Afghanistan|Angola|^“|^Your story|training abroad|^Full:|^Partial:|^Places? ")


WHO = [*PROFILES, *(str(n) for n in DRAWN)]


def guide(who: str) -> Guide:
    return people.guide_of(*people.draw(int(who)))[2] if who.isdigit() else session_of(who).guide


def sentences(page: str) -> Iterator[str]:
    """Sentences and clauses, without what stands in brackets; a row of a table is none."""
    for line in plain(re.sub(r"<(table|svg|code|pre|blockquote)\b.*?</\1>", " ", page, flags=re.S)).split("\n"):
        bare = re.sub(r"\([^()]*(\([^()]*\)[^()]*)*\)", " ", line)
        for part in re.split(r"(?<=[.!?;:])[”’]?\s+|, (?=then )", bare):
            if part.strip():
                yield part.strip()


@pytest.mark.parametrize("who", WHO)
def test_no_sentence_is_long(who: str) -> None:
    long = {
        (page.id, s)
        for page in guide(who).pages
        if page.id != "sources"
        for s in sentences(page_html(page))
        if len(s.split()) > RULES["longest"] and not ROW.search(s)
    }
    assert not long


@pytest.mark.parametrize("who", WHO)
def test_the_words_are_plain_and_american(who: str) -> None:
    found = set()
    for page in guide(who).pages:
        text = plain(page_html(page))
        found |= {(page.id, w) for w in RULES["never"] if w in text}
        if page.id != "sources":  # titles are their authors'
            found |= {(page.id, w) for w in RULES["ours"] if re.search(rf"\b{w}", text, re.I)}
    assert not found

"""The glossary holds the words that this guide says, and no others."""

import datetime as dt
import re

import pytest

from matchguide.pages.guide import Guide
from matchguide.render.markdown import page_html
from people import guide_of
from support import content, merged, profile_file

pytestmark = pytest.mark.fast

APRIL = dt.date(2027, 4, 20)
PLACE = {"program": "City Hospital", "specialty": "neurology", "start": "pgy1"}


def terms(guide: Guide) -> set[str]:
    return set(re.findall(r'id="term-([\w-]+)"', page_html(guide.page("glossary"))))


def linked(guide: Guide) -> set[str]:
    return {x for p in guide.pages for x in re.findall(r'glossary\.html#term-([\w-]+)"', page_html(p))}


def test_who_prepares_has_the_words_of_the_whole_season_and_who_is_matched_those_of_papers() -> None:
    preparing = guide_of(profile_file("amara.yml"), dt.date(2026, 6, 15))[2]
    so_far = {"result": "matched", "place": PLACE}
    matched = guide_of(merged(profile_file("amara.yml"), {"season_so_far": so_far}), APRIL)[2]
    assert {"signal", "gold-silver", "esir", "supplemental-list", "soap"} <= terms(preparing)
    assert {"ds-2019", "statement-of-need"} <= terms(matched)
    assert not {"signal", "gold-silver", "esir", "supplemental-list", "waive"} & terms(matched)
    assert linked(preparing) <= terms(preparing)
    assert linked(matched) <= terms(matched)


def test_a_word_is_known_by_its_plural_and_by_how_else_it_is_said_and_not_by_an_address() -> None:
    said = page_html(guide_of(profile_file("amara.yml"), dt.date(2026, 6, 15))[2].page("glossary"))
    assert "PC (program coordinator)" not in said, "no page of hers says PC"
    assert 'id="term-fellowship"' in said, "fellowships"
    assert {t.id for t in content().glossary.terms if t.also}, "some are said in other words"

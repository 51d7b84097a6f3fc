"""Long pages open as their questions: a tap, a link or the browser's own search opens a section; paper and a browser
without scripts show all of it; and a phone's thumb has at most 150 screens to go."""

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
SCREENS = 150  # of 360 x 740 px, all pages of the sample but Sources


@pytest.fixture
def phone(browser: Any) -> Any:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def test_a_tap_opens_a_question_and_closes_it(phone: Any, sites: dict[str, Path]) -> None:
    phone.goto(f"file://{sites['amara']}/interviews-internal-medicine.html")
    question = phone.locator("h2 .fold-button").first
    answer = phone.get_by_text("What is being asked.").first
    assert question.get_attribute("aria-expanded") == "false"
    assert not answer.is_visible()
    question.press("Enter")
    assert answer.is_visible()
    question.click()
    assert not answer.is_visible()


LED_TO = (("glossary", "term-esir"), ("specialty-diagnostic-radiology", "roads-back-to-image-guided-work"))


@pytest.mark.parametrize(("page", "hash"), LED_TO)
def test_a_link_opens_what_it_leads_to(page: str, hash: str, phone: Any, sites: dict[str, Path]) -> None:
    phone.goto(f"file://{sites['amara']}/{page}.html#{hash}")
    heading = phone.locator(f"#{hash}")
    assert heading.locator(".fold-button").get_attribute("aria-expanded") == "true"
    assert phone.locator(f"#{hash}-folded").is_visible()
    assert 0 <= heading.bounding_box()["y"] < 740, "in sight"
    closed = phone.locator('.fold-button[aria-expanded="false"]')
    assert closed.count() > 0
    other = closed.last.evaluate("button => button.parentNode.id")
    phone.evaluate(f"location.hash = '{other}'")
    phone.wait_for_function(f"document.getElementById('{other}-folded').hidden === false")


def test_paper_and_a_browser_without_scripts_show_all(browser: Any, phone: Any, sites: dict[str, Path]) -> None:
    page = f"file://{sites['amara']}/faq.html"
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(page)
    answers = plain.locator("h2 + p").count()
    assert answers >= 10
    assert all(p.is_visible() for p in plain.locator("h2 + p").all())
    plain.context.close()
    phone.goto(page)
    folded = phone.locator(".fold > p:first-child").all()
    assert len(folded) == answers
    assert not any(p.is_visible() for p in folded)
    phone.emulate_media(media="print")
    assert all(p.is_visible() for p in folded)


def test_the_thumb_reaches_the_end(phone: Any, sites: dict[str, Path]) -> None:
    height = 0.0
    for file in sites["amara"].glob("*.html"):
        if file.name not in ("404.html", "whole.html", "sources.html"):
            phone.goto(f"file://{file}")
            height += phone.evaluate("document.querySelector('.md-content').getBoundingClientRect().height")
    assert height / 740 <= SCREENS

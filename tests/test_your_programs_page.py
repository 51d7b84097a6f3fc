"""The page of a reader's own programs in a real Chromium, on a phone and on a desk: filtered, opened, copied; what is
checked on the page stays there."""

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import made_up_table
from matchguide.session import Session
from matchguide.site.build import build
from pdf_reading import _marked as words_of
from support import JUNE, PROFILES

pytestmark = pytest.mark.browser

HOSTILE = '<img src=x onerror="document.title=1">{{ 7*7 }} **b** [a](javascript:1)'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with three messy sheets."""
    home = tmp_path_factory.mktemp("table")
    (home / "list.xlsx").write_bytes(made_up_table.workbook())
    text = (PROFILES / "amara.yml").read_text(encoding="utf-8")
    (home / "me.yml").write_text(f"{text}\nprograms_file: list.xlsx\n", encoding="utf-8")
    session = Session(home / "me.yml", JUNE)
    build(session.guide, home / "guide")
    return home / "guide"


@pytest.fixture
def page(browser: Any, site: Path) -> Any:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda e: errors.append(str(e)))
    opened.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    yield opened
    assert errors == []
    context.close()


def shown(page: Any) -> list[str]:
    found: list[str] = page.locator("details.program:visible .p-name").all_inner_texts()
    return found


def test_every_program_is_there_and_can_be_chosen_by_what_it_is(page: Any, site: Path) -> None:
    page.goto(f"file://{site}/your-programs.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert len(shown(page)) == 300
    count = page.locator(".program-tools p")
    numbers = [int(n) for n in re.findall(r"\d+", count.inner_text())]
    assert sum(numbers) == 300
    page.get_by_label("Verdict").select_option("ask")
    assert len(shown(page)) == numbers[1]
    assert count.inner_text() == f"0 open · {numbers[1]} to ask · 0 closed"
    page.get_by_label("Specialty").select_option("diagnostic-radiology")
    some = shown(page)
    assert 0 < len(some) < numbers[1]
    assert all(name.endswith(" DR") for name in some)
    page.get_by_label("Order").select_option("name")
    assert shown(page) == sorted(some, key=str.casefold)


def test_a_row_opens_its_reasons_with_the_cell_that_says_so(page: Any, site: Path) -> None:
    page.goto(f"file://{site}/your-programs.html")
    first = page.locator("details.program").first
    assert not first.locator(".p-gates").is_visible()
    first.locator("summary").click()
    assert first.locator(".p-gates li").count() >= 4
    assert re.search(r"Sheet \w+, row \d+ of your table", first.inner_text())
    assert "On your list: number" in first.inner_text()


def test_an_email_is_copied_whole(page: Any, site: Path) -> None:
    page.goto(f"file://{site}/your-programs.html")
    page.locator("details.program-question summary").first.click()
    text = page.locator(".email").first.inner_text()
    assert text.startswith("Dear coordinator")
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard',"
        " {value: {writeText: t => (window.copied = t, Promise.resolve())}})"
    )
    page.get_by_role("button", name="Copy the e-mail").first.click()
    assert page.evaluate("window.copied").strip() == text.strip()


def test_a_pasted_statement_is_looked_through_and_stays_on_the_page(page: Any, site: Path) -> None:
    requests: list[str] = []
    page.goto(f"file://{site}/statements.html")
    page.on("request", lambda r: requests.append(r.url))
    name = page.locator("#program-names option").first.text_content()
    page.get_by_label("It is for").select_option("internal-medicine")
    page.get_by_label("Statement 1").fill(
        f"Interventional radiology is my dream and {name} my first wish. Medicine is my backup. "
        "I have seven publications. I hold a green card and passed Step 3."
    )
    page.get_by_role("button", name="Add another statement").click()
    page.get_by_label("It is for").nth(1).select_option("internal-medicine")
    page.get_by_label("Statement 2").fill("A woman came in at night, and I stayed.")
    page.get_by_role("button", name="Check", exact=True).click()
    found = page.locator(".statement-check fieldset").first.locator("ul").inner_text()
    for part in ("another specialty", f"“{name}”", "“backup”", "more publications", "need no visa", "passed Step 3"):
        assert part in found
    assert "Nothing of this kind" in page.locator(".statement-check fieldset").nth(1).locator("ul").inner_text()
    same = "A woman came in at night, and I stayed until the morning with her and her sister."
    page.get_by_label("Statement 1").fill(same)
    page.get_by_label("Statement 2").fill(same + " Then I went home.")
    page.get_by_role("button", name="Check", exact=True).click()
    assert "same words as statement 1" in page.locator(".statement-check fieldset").nth(1).inner_text()
    assert not [r for r in requests if not r.startswith("file:") or "woman" in r]
    assert "A woman" not in page.evaluate("JSON.stringify(Object.assign({}, localStorage, sessionStorage))")
    page.reload()
    assert page.get_by_label("Statement 1").input_value() == ""


def test_the_whole_guide_on_one_page_has_the_same_tools(page: Any, site: Path) -> None:
    page.goto(f"file://{site}/whole.html")
    assert page.locator(".statement-check textarea").count() == 1
    assert page.get_by_label("Verdict").count() == 1
    assert page.locator(".practice button").count() >= 1


def test_practice_asks_every_question_once_before_it_asks_again(page: Any, site: Path) -> None:
    page.goto(f"file://{site}/interviews.html")
    all_of_them = [h for h in page.locator("article h2").all_inner_texts() if h.startswith("“")]
    asked = []
    for _ in all_of_them:
        page.locator(".practice button").click()
        asked.append(page.locator(".practice .asked").inner_text())
    assert len(asked) > 3
    assert len(set(asked)) == len(asked)


def test_the_readers_words_are_never_markup(browser: Any, tmp_path: Path) -> None:
    name = HOSTILE.replace('"', '""')
    table = f'Program,Specialty,State,J1,Tie,Note\n"{name}",IM,NY,yes,<b>x</b>,<script>1</script>\n'
    (tmp_path / "list.csv").write_text(table, encoding="utf-8")
    text = (PROFILES / "amara.yml").read_text(encoding="utf-8")
    (tmp_path / "me.yml").write_text(f"{text}\nprograms_file: list.csv\n", encoding="utf-8")
    build(Session(tmp_path / "me.yml", JUNE).guide, tmp_path / "guide")
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"file://{tmp_path}/guide/your-programs.html")
    assert page.locator(".programs img, .programs script, .programs b:not(.p-gates b)").count() == 0
    assert page.locator(".p-name").first.inner_text().endswith(HOSTILE)
    assert page.title() != "1"
    context.close()


def test_the_workbook_prints_the_list_on_at_most_three_pages(tmp_path: Path) -> None:
    from matchguide.pdf.workbook import workbook

    rows = "".join(f"Aldermoor{i} Medical Center,IM,Town {i % 40},NY,yes\n" for i in range(200))
    (tmp_path / "list.csv").write_text(f"Program,Specialty,City,State,J1\n{rows}", encoding="utf-8")
    text = (PROFILES / "amara.yml").read_text(encoding="utf-8").replace("limits: {budget_usd: 4000}", "")
    (tmp_path / "me.yml").write_text(f"{text}\nprograms_file: list.csv\n", encoding="utf-8")
    s = Session(tmp_path / "me.yml", JUNE)
    taken = sum(x.take for x in s.plan.programs)
    assert taken >= 80
    book = workbook(s.guide, s.plan, s.profile, s.words, "letter", s.on)
    with pikepdf.open(io.BytesIO(book.data)) as pdf:
        texts = ["".join(words_of(page).values()) for page in pdf.pages]
    with_list = [text for text in texts if text.count("Aldermoor") > 3]
    assert sum(text.count("Aldermoor") for text in with_list) >= taken
    assert len(with_list) <= 3

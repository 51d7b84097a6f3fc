"""What a browser keeps for the reader, in odd states: a strange value, no room, storage refused. Nothing is lost
without a word, and no script stops."""

from pathlib import Path
from typing import Any

import pytest

from github_pages import PASSWORD, GitHubPages

pytestmark = pytest.mark.browser
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
REFUSED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"


@pytest.mark.parametrize("stored", ["null", "[]", '"x"', "7", "{broken", ""])
def test_a_strange_stored_value_stops_no_script(stored: str, browser: Any, served: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.goto(f"{served}/amara/compare.html")
    key = page.locator("meta[name=guide-key]").get_attribute("content")
    page.evaluate("([k, v]) => localStorage.setItem(k, v)", [f"matchguide:{key}:ticks", stored])
    page.reload()
    page.locator("#sliders input[type=range]").first.wait_for()
    page.goto(f"{served}/amara/checklists.html")
    page.locator("input[data-tick]").first.check()
    page.reload()
    assert page.locator("input[data-tick]").first.is_checked()
    assert errors == []
    context.close()


def test_a_tick_that_finds_no_room_is_told(browser: Any, served: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served}/amara/checklists.html")
    page.locator("input[data-tick]").first.check()
    page.add_init_script(FULL)
    page.reload()
    boxes = page.locator("input[data-tick]")
    assert boxes.first.is_checked(), "what was kept before is still read"
    assert not page.locator("#not-kept").count()
    boxes.nth(1).check()
    assert "does not keep your ticks" in page.locator("#not-kept").inner_text()
    context.close()


def test_a_tick_where_storage_is_refused_is_told(browser: Any, served: str) -> None:
    """Our own script alone: what the theme does without storage is not ours."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served}/amara/checklists.html")
    page.evaluate(REFUSED)
    page.locator("input[data-tick]").nth(1).check()
    assert page.locator("#not-kept").is_visible()
    context.close()


@pytest.mark.parametrize("hash", ["#%zz", "#%", "#%E0%A4%A", "#x%00"])
def test_a_place_that_is_no_address_still_has_its_lock_button(hash: str, browser: Any, pages: GitHubPages) -> None:
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.goto(f"{pages.url}{hash}")
    page.locator("#form:not([hidden])").wait_for()
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Open").click()
    page.locator("#guide-lock").wait_for()
    assert errors == []
    context.close()


def test_a_guide_that_cannot_be_remembered_opens_and_says_so(browser: Any, pages: GitHubPages) -> None:
    worker = pages.folder / "sw.js"
    worker.write_text(
        worker.read_text().replace(
            "const remember = (held) =>",
            "const remember = async () => { throw new Error('full'); }; const unused = (held) =>",
        )
    )
    context = browser.new_context()
    page = context.new_page()
    page.goto(pages.url)
    page.locator("#form:not([hidden])").wait_for()
    page.fill("#password", PASSWORD)
    page.check("#remember")
    page.get_by_role("button", name="Open").click()
    page.locator("#status[data-state=unkept]").wait_for()
    assert "could not remember" in page.locator("#status").inner_text()
    page.locator("#guide-lock").wait_for()
    context.close()


def test_ticks_are_saved_read_again_and_copied(browser: Any, served: str, tmp_path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.goto(f"{served}/amara/checklists.html")
    boxes = page.locator("input[data-tick]")
    boxes.nth(0).check()
    boxes.nth(2).check()
    with page.expect_download() as kept:
        page.get_by_text("Save my ticks as a file").click()
    saved = tmp_path / "my-ticks.json"
    kept.value.save_as(saved)
    page.evaluate("localStorage.clear()")
    page.reload()
    boxes.nth(1).check()

    def read(file: Path) -> None:
        with page.expect_file_chooser() as chooser:
            page.get_by_text("Read such a file").click()
        chooser.value.set_files(file)

    read(saved)
    page.get_by_text("2 ticks read.").wait_for()
    assert [boxes.nth(i).is_checked() for i in range(4)] == [True, True, True, False]
    for strange in ("null", "[1]", "{broken", "7"):
        (tmp_path / "strange.json").write_text(strange, encoding="utf-8")
        read(tmp_path / "strange.json")
        page.get_by_text("No file of ticks").wait_for()
        page.evaluate("document.querySelector('.tick-tools [role=status]').remove()")
    (tmp_path / "strange.json").write_text('{"<img src=x>": 1, "__proto__": 1}', encoding="utf-8")
    read(tmp_path / "strange.json")
    page.get_by_text("ticks read.").wait_for()
    assert "<img" not in page.evaluate("JSON.stringify({...localStorage})")
    page.get_by_text("Copy the list").click()
    lines = page.locator("#list-as-text").input_value().splitlines()
    assert len(lines) == boxes.count()
    assert [line[:4] for line in lines[:4]] == ["[x] ", "[x] ", "[x] ", "[ ] "]
    assert errors == []
    context.close()

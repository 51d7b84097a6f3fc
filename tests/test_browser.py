"""A real Chromium on the built sites: over http and by double click, on a phone and a desktop, light and dark."""

import json
from pathlib import Path
from typing import Any

import pytest

from examples import session_of
from github_pages import GitHubPages
from matchguide.plan.acceptability import Row, first_in
from matchguide.source import parse
from support import TESTS, merged, profile_file, profile_of

pytestmark = pytest.mark.browser
AXE = None


def pages(site: Path) -> list[str]:
    return sorted(p.name for p in site.glob("*.html") if p.name != "404.html")


class Watch:
    """Console errors and requests of a page."""

    def __init__(self, page: Any) -> None:
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("request", lambda r: self.requests.append(r.url))


@pytest.mark.parametrize("how", ["http", "file"])
def test_every_page_opens_quietly(how: str, browser: Any, served: str, sites: dict[str, Path]) -> None:
    """No console error, no request to another host, no sideways scroll at 360 px."""
    base = f"{served}/amara" if how == "http" else f"file://{sites['amara']}"
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    watch = Watch(page)
    for name in pages(sites["amara"]):
        page.goto(f"{base}/{name}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, f"{name} is {width} px wide"
    assert watch.errors == []
    assert [u for u in watch.requests if not u.startswith((base, "data:", "blob:"))] == []
    context.close()


@pytest.mark.parametrize("name", ["restricted-radiologist", "early-no-exams", "strong-radiology"])
def test_other_profiles_fit_a_phone(name: str, browser: Any, sites: dict[str, Path]) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    watch = Watch(page)
    for file in pages(sites[name]):
        page.goto(f"file://{sites[name]}/{file}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, file
    assert watch.errors == []
    context.close()


def test_ticks_persist_and_reset(browser: Any, served: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served}/amara/checklists.html")
    page.locator("input[data-tick]").first.check()
    page.reload()
    assert page.locator("input[data-tick]").first.is_checked()
    page.goto(f"{served}/weak-radiology/checklists.html")
    assert not page.locator("input[data-tick]:checked").count(), "another guide has ticks of its own"
    page.goto(f"{served}/amara/checklists.html")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_text("Clear all ticks").click()
    assert not page.locator("input[data-tick]:checked").count()
    context.close()


@pytest.mark.parametrize("how", ["http", "file"])
def test_search_finds_supplemental(how: str, browser: Any, served: str, sites: dict[str, Path]) -> None:
    base = f"{served}/amara" if how == "http" else f"file://{sites['amara']}"
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{base}/index.html")
    page.locator(".md-search__input").press_sequentially("supplemental")  # search listens to keys
    page.locator(".md-search-result__link").first.wait_for(timeout=15000)
    hits = page.locator(".md-search-result__link").all_inner_texts()
    assert any("supplemental" in h.casefold() for h in hits)
    context.close()


SEARCHES = parse((TESTS / "searches.yml").read_text(encoding="utf-8"), "searches.yml").data["searches"]


def answers(page: str, id: str) -> bool:
    return id == page or (page[-1] == "-" and id.startswith(page))


def test_search_answers_what_people_type(browser: Any, served: str) -> None:
    """Forty and more questions as they are typed, each with the page that answers it and how far up it must stand."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{served}/amara/index.html")
    field = page.locator(".md-search__input")
    field.press_sequentially("match")  # the first question waits for the index
    page.locator(".md-search-result__link").first.wait_for(timeout=15000)
    wrong = []
    for asked in SEARCHES:
        field.fill("")
        page.wait_for_function("() => !document.querySelector('.md-search-result__link')", timeout=15000)
        field.press_sequentially(asked["type"])
        found = []
        # Answers to the last letter come after those to the first, on a busy machine long after.
        for wait in (250, 2000, 8000):
            page.wait_for_timeout(wait)
            found = page.evaluate(
                "() => [...document.querySelectorAll('.md-search-result__item > a.md-search-result__link')]"
                ".map(a => new URL(a.href).pathname.split('/').pop().replace('.html', ''))"
            )
            if any(answers(asked["page"], id) for id in found[: asked.get("best", 1)]):
                break
        else:
            wrong.append(f"{asked['type']}: {asked['page']} is not first, but {found[:4]}")
    context.close()
    assert not wrong, "\n".join(wrong)


def axe(page: Any) -> list[str]:
    """Serious and critical findings."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_accessibility(scheme: str, width: int, browser: Any, sites: dict[str, Path]) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    names = (
        "index",
        "compare",
        "letters",
        "programs",
        "visas",
        "timeline",
        "interviews",
        "specialty-diagnostic-radiology",
        "checklists",
        "sources",
        "faq",
    )
    for name in names:
        page.goto(f"file://{sites['amara']}/{name}.html")
        page.wait_for_timeout(150)
        assert axe(page) == [], name
    page.goto(f"file://{sites['restricted-radiologist']}/index.html")
    page.wait_for_timeout(150)
    assert axe(page) == []
    context.close()


def test_sliders_give_the_plans_own_numbers(browser: Any, sites: dict[str, Path]) -> None:
    """JavaScript and Python draw the same weights and add in the same order."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"file://{sites['strong-radiology']}/compare.html")
    data = json.loads(page.locator("#compare-data").text_content())
    theirs = page.evaluate("d => window.matchguide.firstIn(d.rows, d.draws, d.seed)", data)
    rows = [Row(r["id"], tuple((low, high) for low, high in r["ranges"])) for r in data["rows"]]
    assert tuple(theirs) == first_in(rows, data["draws"], data["seed"])
    plan = {f.specialty: f.first_in for f in session_of("strong-radiology").plan.fit if f.gate is None}
    assert dict(zip([r["id"] for r in data["rows"]], theirs, strict=True)) == plan
    sliders = page.locator("#sliders input[type=range]")
    assert sliders.count() == 5 + len(rows)
    before = page.locator("#sliders ol").inner_text()
    marks = page.locator("#sliders textarea").input_value().partition("backups:")[2]
    unset = [r["id"] for r in data["rows"] if len(set(r["ranges"][data["principles"].index("satisfaction")])) > 1]
    assert unset
    assert page.locator("#sliders label.unset output").all_inner_texts() == ["not set"] * len(unset)
    assert not any(f"{x}:" in marks for x in unset), "a mark that nobody gave is not copied into the profile"
    assert page.locator("#sliders .leads").inner_text().startswith("1. ")
    sliders.nth(0).focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    for _ in range(2):
        sliders.nth(1).press("ArrowRight")
    assert "alignment: 0" in page.locator("#sliders textarea").input_value()
    page.locator("#sliders label.unset input").first.press("ArrowRight")
    assert page.locator("#sliders label.unset").count() == len(unset) - 1
    assert f"{unset[0]}: 4" in page.locator("#sliders textarea").input_value()
    page.get_by_text("Back to my profile").click()
    assert page.locator("#sliders ol").inner_text() == before
    context.close()


def test_each_guess_is_corrected_by_lines_that_the_profile_takes(browser: Any, sites: dict[str, Path]) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    watch = Watch(page)
    page.goto(f"file://{sites['smallest']}/profile.html")
    controls = page.locator("[data-fix]")
    profile = profile_file("smallest.yml")
    assert controls.count() > 5
    for i in range(controls.count()):
        one = controls.nth(i)
        assert not one.locator("pre").is_visible()
        if one.get_attribute("data-kind") in ("typed", "list"):
            one.locator("input").fill("Ghana" if "visa." in one.get_attribute("data-fix") else "240")
        else:
            one.locator("select").select_option(index=1)
        lines = one.locator("pre").text_content()
        keys = one.get_attribute("data-fix").split(".")
        assert [line.strip().partition(":")[0] for line in lines.splitlines()] == keys
        if keys[-1] not in ("graduated", "attempts", "budget_usd"):
            profile = merged(profile, parse(lines, "lines").data)
    profile_of(profile)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert watch.errors == []
    assert axe(page) == []
    context.close()


def test_an_address_that_is_gone_leads_home_and_to_the_search(browser: Any, sites: dict[str, Path]) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    with GitHubPages(sites["amara"], "/my-guide/") as host:
        watch = Watch(page)
        page.goto(f"{host.url}why-not.html")
        assert page.get_by_role("heading", name="This page is not in your guide").is_visible()
        assert all(url.startswith(host.url) for url in watch.requests)
        assert len([e for e in watch.errors if "404" not in e]) == 0
        assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
        page.locator("label[for=__search]").first.click()
        page.locator(".md-search__input").press_sequentially("visa")  # search listens to keys
        page.locator(".md-search-result__link").first.wait_for()
        page.goto(f"{host.url}why-not.html")
        page.get_by_text("Go to your plan").click()
        assert page.get_by_role("heading", name="Your plan").is_visible()
    context.close()


def test_without_javascript_everything_is_there(browser: Any, sites: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(f"file://{sites['amara']}/compare.html")
    assert page.locator(".compare table").is_visible()
    assert page.get_by_text("With JavaScript you can move").is_visible()
    context.close()


def test_the_single_file_opens_on_a_phone(browser: Any, single: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    watch = Watch(page)
    page.goto(f"file://{single}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.get_by_role("heading", name="Your plan").first.bounding_box()["y"] < 200, "the guide begins at once"
    assert not page.locator("ul.contents").is_visible()
    page.get_by_text("All pages", exact=True).click()
    page.locator("ul.contents a", has_text="Letters").click()
    assert page.url.endswith("#letters")
    back = page.locator("#letters .to-top a")
    back.scroll_into_view_if_needed()
    back.click()
    assert page.get_by_text("All pages", exact=True).bounding_box()["y"] >= 0
    assert page.evaluate("window.scrollY") < 400
    assert watch.errors == []
    context.close()


def test_printing_opens_details_and_hides_navigation(browser: Any, sites: dict[str, Path]) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"file://{sites['amara']}/programs.html")
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.why:not([open])").count() == 0
    assert not page.locator(".md-header").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    context.close()

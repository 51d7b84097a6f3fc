"""A content file is a contribution by a stranger: whatever stands in one, no script runs in the guide, no request
leaves it, and nothing of it becomes an attribute or an address of its own. Opened in a browser, built and sealed."""

from pathlib import Path
from typing import Any

import pytest

from github_pages import PASSWORD, GitHubPages, files_of
from hostile import LINES, hostile_session
from matchguide import paths
from matchguide.publish.site import write_site
from matchguide.site.build import build
from matchguide.site.single import single

CHECK = """() => {
  const wrong = [];
  for (const e of document.querySelectorAll('article *, body.single main *')) {
    for (const a of e.attributes) if (/^on/i.test(a.name)) wrong.push(`${e.tagName} ${a.name}`);
    if (['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'LINK', 'META', 'BASE', 'FORM', 'IMG', 'STYLE'].includes(e.tagName)
        && !(e.tagName === 'SCRIPT' && e.type === 'application/json')
        && !e.closest('.md-search')) wrong.push(e.outerHTML.slice(0, 100));
    const address = e.getAttribute('href');
    if (address && /^\\s*([a-z]*script|http|data:text\\/html|\\/\\/)/i.test(address) && !/^https:/.test(address))
      wrong.push(address);
  }
  return {wrong, pwned: window.pwned};
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("hostile")
    session = hostile_session(place)
    build(session.guide, place / "site")
    (place / "single.html").write_bytes(single(session.guide, session.templates))
    return place / "site"


def look(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_timeout(30)
    # Every fold open, every element of the page under the pointer and pressed.
    page.evaluate(
        "() => { document.querySelectorAll('details').forEach(d => { d.open = true; });"
        "document.querySelectorAll('.md-content *').forEach(e => { for (const n of ['mouseover', 'click', 'focus']) "
        "if (!e.closest('a, button, label, input, summary')) e.dispatchEvent(new Event(n)); }); }"
    )
    found = page.evaluate(CHECK)
    assert found == {"wrong": []} or found == {"wrong": [], "pwned": None}, address


def watched(context: Any) -> tuple[Any, list[str]]:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("dialog", lambda d: asked.append(f"dialog {d.message}"))
    return page, asked


def outside(asked: list[str], *bases: str) -> list[str]:
    return [address for address in asked if not address.startswith((*bases, "data:", "blob:"))]


# A page on which each kind of content stands, and what of it shows that the lines came there.
KINDS = {
    "specialty-internal-medicine": "a card",
    "strengthening": "rules",
    "faq": "questions",
    "glossary": "terms",
    "timeline": "dates of the season, and words",
    "interviews": "interview questions",
    "sources": "evidence",
    "index": "a combination",
    "profile": "labels",
    "checklists": "what rules ask to do",
}


def test_sixty_lines_stand_in_every_kind_of_file(site: Path) -> None:
    assert len(set(LINES)) == 60
    for name, what in KINDS.items():
        text = (site / f"{name}.html").read_text(encoding="utf-8")
        assert "pwned" in text, f"{what} on {name}"


@pytest.mark.browser
def test_built_and_opened_by_double_click(site: Path, browser: Any) -> None:
    context = browser.new_context()
    page, asked = watched(context)
    for path in sorted(site.glob("*.html")):
        if path.name != "404.html":  # which takes its files from the top of a server
            look(page, f"file://{path}")
    look(page, f"file://{site.parent}/single.html")
    assert outside(asked, f"file://{site}", f"file://{site.parent}") == []
    assert "evil.example" in page.content(), "what was tried stays to be read"
    page.goto(f"file://{site}/index.html")
    page.locator(".md-search__input").press_sequentially("harmless")
    page.locator(".md-search-result__link").first.wait_for(timeout=15000)
    page.locator(".md-search__input").press_sequentially(" script")
    page.wait_for_timeout(300)
    assert page.evaluate("window.pwned") is None
    assert outside(asked, f"file://{site}", f"file://{site.parent}") == []
    context.close()


@pytest.mark.browser
def test_sealed_and_opened(site: Path, browser: Any, tmp_path: Path) -> None:
    write_site(files_of(site), tmp_path / "public", PASSWORD, paths.TEMPLATES, None)
    with GitHubPages(tmp_path / "public") as server:
        context = browser.new_context()
        page, asked = watched(context)
        page.goto(server.url)
        page.locator("#form:not([hidden])").wait_for()
        page.fill("#password", PASSWORD)
        page.get_by_role("button", name="Open").click()
        page.locator("#guide-lock").wait_for()
        for name in KINDS:
            look(page, f"{server.url}{name}.html")
        assert outside(asked, server.url) == []
        context.close()


@pytest.mark.browser
def test_the_policy_alone_stops_a_script(sites: dict[str, Path], browser: Any, tmp_path: Path) -> None:
    """The second wall: were a line to get through all the same, the page would not run it."""
    page_of = (sites["amara"] / "index.html").read_text(encoding="utf-8")
    assert "script-src 'self' 'sha256-" in page_of
    assert "'unsafe-inline'" not in page_of.split("style-src")[0]
    planted = sites["amara"].parent / "amara" / "planted-by-a-test.html"
    planted.write_text(
        page_of.replace("<article", "<img src=x onerror=window.pwned=1><script>window.pwned=1</script><article", 1),
        encoding="utf-8",
    )
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"file://{planted}")
    page.wait_for_timeout(100)
    assert page.evaluate("window.pwned") is None
    planted.unlink()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("how", ["http", "file"])
def test_the_themes_own_scripts_still_run(how: str, browser: Any, served: str, sites: dict[str, Path]) -> None:
    """Light and dark are kept from page to page, by the theme's inline scripts; nothing is refused in the console."""
    base = f"{served}/amara" if how == "http" else f"file://{sites['amara']}"
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.goto(f"{base}/index.html")
    page.locator("label[title='Switch to dark mode']").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.goto(f"{base}/letters.html")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.goto(f"{base}/404.html")
    assert [e for e in errors if "Content Security Policy" in e] == []
    context.close()

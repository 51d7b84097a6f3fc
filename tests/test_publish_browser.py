"""The sealed site in a real Chromium, on a server that behaves as GitHub Pages does: as its reader, and as an
attacker who holds the files."""

import hashlib
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from examples import session_of
from github_pages import PASSWORD, GitHubPages, files_of
from matchguide import paths
from matchguide.publish.head import CHUNK, Refused, read_head
from matchguide.publish.single import sealed_single
from matchguide.publish.site import salt_for, write_site

pytestmark = pytest.mark.browser
ANOTHER = "tweak-sandbar-gutless-oven-haven-cupid-lilac"


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 360, "height": 780}, accept_downloads=True)
    yield context
    context.close()


def form(page: Any) -> None:
    page.locator("#form:not([hidden])").wait_for()


def unlock(page: Any, password: str = PASSWORD, *, remember: bool = False) -> None:
    form(page)
    page.fill("#password", password)
    if remember:
        page.check("#remember")
    page.get_by_role("button", name="Open").click()


def opened(page: Any) -> None:
    page.locator("#guide-lock").wait_for()


def state(page: Any, name: str) -> None:
    page.locator(f"#status[data-state={name}]").wait_for()


def enter(context: Any, address: str, **options: Any) -> Any:
    page = context.new_page()
    page.goto(address)
    unlock(page, **options)
    opened(page)
    return page


def lock(page: Any) -> None:
    page.locator("#guide-lock").click()
    form(page)


def kill_workers(context: Any, page: Any) -> None:
    """Every worker that runs now has been stopped once; one that the page starts anew meanwhile may live."""
    session = context.new_cdp_session(page)
    running: set[str] = set()
    stopped: set[str] = set()

    def told(event: Any) -> None:
        for version in event["versions"]:
            (stopped if version["runningStatus"] == "stopped" else running).add(version["versionId"])

    session.on("ServiceWorker.workerVersionUpdated", told)
    session.send("ServiceWorker.enable")
    for _ in range(10):
        session.send("ServiceWorker.stopAllWorkers")
        for _ in range(100):
            if running <= stopped:
                session.detach()
                return
            page.wait_for_timeout(20)
    raise AssertionError(f"{len(running - stopped)} workers did not stop in twenty seconds")


def head_of(server: GitHubPages) -> dict[str, Any]:
    found = json.loads((server.folder / "sealed" / "head").read_text())
    assert isinstance(found, dict)
    return found


def part(server: GitHubPages, name: str) -> Path:
    return server.folder / "sealed" / str(head_of(server)["build"]) / f"{name}.bin"


def test_a_reader_on_a_phone(context: Any, pages: GitHubPages, sites: dict[str, Path]) -> None:
    """Wrong password, right one, pages, search, dark mode, ticks, back, downloads; the server learns nothing."""
    errors: list[str] = []
    requests: list[str] = []
    context.on("request", lambda r: requests.append(r.url))
    page = context.new_page()
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.goto(pages.url)
    unlock(page, "not the password at all")
    state(page, "wrong")
    assert "does not open" in page.locator("#status").inner_text()
    assert page.title() == "Private"
    unlock(page, f" {PASSWORD} ")
    opened(page)
    assert "Your plan" in page.locator("h1").inner_text()

    page.locator(".md-content a[href^='timeline.html']:visible").first.click()
    page.wait_for_url("**/timeline.html")
    with page.expect_download() as download:
        page.locator("a[href$='guide-dates.ics']").first.click()
    assert download.value.path().read_bytes() == (sites["amara"] / "guide-dates.ics").read_bytes()
    page.goto(f"{pages.url}programs.html")
    with page.expect_download() as download:
        page.locator("a[href$='program-sheet.csv']").first.click()
    assert download.value.suggested_filename == "program-sheet.csv"
    assert download.value.path().read_bytes() == (sites["amara"] / "program-sheet.csv").read_bytes()

    page.go_back()
    opened(page)
    assert page.url.endswith("timeline.html")
    page.goto(f"{pages.url}checklists.html")
    page.locator("input[data-tick]").first.check()
    page.reload()
    opened(page)
    assert page.locator("input[data-tick]").first.is_checked()
    page.locator("label.md-header__button[for=__search]").click()
    page.locator(".md-search__input").press_sequentially("supplemental")
    found = page.locator(".md-search-result__link[href*='h=supplemental']").first  # others are of a half typed word
    found.wait_for()
    found.click()
    page.wait_for_url("**?h=supplemental*")
    opened(page)
    page.locator("label[for=__palette_1]:visible, label[for=__palette_2]:visible").first.click()
    page.locator("body[data-md-color-scheme=slate]").wait_for()
    page.goto(f"{pages.url}compare.html")
    page.locator("body[data-md-color-scheme=slate]").wait_for()
    page.locator("#sliders input[type=range]").first.fill("0")
    assert "alignment: 0," in page.locator("#sliders textarea").input_value()
    assert errors == []
    host = pages.url.rsplit("/guide/", 1)[0]
    assert [u for u in requests if not u.startswith((host, "data:", "blob:"))] == []
    allowed = ("/guide/", "/guide/sw.js", "/guide/sealed/head", f"/guide/sealed/{head_of(pages)['build']}/")
    assert [a for a in pages.log if a not in allowed[:3] and not a.startswith(allowed[3])] == []


def test_every_file_is_served_byte_for_byte(context: Any, pages: GitHubPages, sites: dict[str, Path]) -> None:
    page = enter(context, pages.url)
    sums = """async (names) => Object.fromEntries(await Promise.all(names.map(async (name) => {
        const answer = await fetch(name);
        const sum = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
        return [name, [answer.status, [...new Uint8Array(sum)].map((b) => b.toString(16).padStart(2, "0")).join("")]];
    })))"""
    want = {n: [200, hashlib.sha256(d).hexdigest()] for n, d in files_of(sites["amara"]).items()}
    before = len(pages.log)
    assert page.evaluate(sums, list(want)) == want
    missing = page.evaluate(sums, ["nothing-here.html"])["nothing-here.html"]
    assert missing == [404, want["404.html"][1]]
    part = page.evaluate(
        """async () => { const a = await fetch("letters.html", {headers: {Range: "bytes=5-14"}});
        return [a.status, await a.text()]; }"""
    )
    assert part == [206, (sites["amara"] / "letters.html").read_bytes()[5:15].decode()]
    assert {address.removeprefix("/guide/") for address in pages.log[before:]} & set(want) == set()


def test_first_visit_to_a_deep_link(context: Any, pages: GitHubPages, sites: dict[str, Path]) -> None:
    """404.html with status 404 unlocks too, at any depth, and the place within the page is found."""
    place = re.findall(r'<h2[^>]* id="([^"]+)"', (sites["amara"] / "faq.html").read_text())[-1]
    page = context.new_page()
    answer = page.goto(f"{pages.url}faq.html#{place}")
    assert answer.status == 404
    unlock(page)
    opened(page)
    assert page.url.endswith(f"faq.html#{place}")
    page.wait_for_function(
        "id => { const { top } = document.getElementById(id).getBoundingClientRect();"
        "return top > -5 && top < innerHeight && scrollY > 200; }",
        arg=place,
    )
    other = context.new_page()
    other.goto(f"{pages.url}assets/deep/nothing.html")
    other.locator("h1", has_text="not in your guide").wait_for()
    lock(page)
    page.goto(f"{pages.url}assets/deep/nothing.html")
    form(page)


def test_reload_hard_reload_and_a_stopped_worker(context: Any, pages: GitHubPages) -> None:
    page = enter(context, f"{pages.url}")
    page.goto(f"{pages.url}letters.html")
    page.reload()
    opened(page)
    kill_workers(context, page)
    page.goto(f"{pages.url}visas.html")
    opened(page)
    session = context.new_cdp_session(page)
    before = len(pages.log)
    page.evaluate("window.before = true")
    session.send("Page.reload", {"ignoreCache": True})
    page.wait_for_function("window.before === undefined")
    opened(page)
    assert "/guide/visas.html" in pages.log[before:], "a hard reload goes past the worker, and opens all the same"
    assert page.title().startswith("Visas")
    kill_workers(context, page)
    page.reload()
    opened(page)


def test_lock_reaches_every_tab_and_the_back_button(context: Any, pages: GitHubPages) -> None:
    one = enter(context, pages.url)
    one.goto(f"{pages.url}letters.html")
    opened(one)
    two = context.new_page()
    two.goto(f"{pages.url}visas.html")
    opened(two)
    kill_workers(context, two)
    lock(two)
    form(one)
    one.go_back()
    form(one)
    assert "Amara" not in one.content()
    assert one.evaluate("() => fetch('letters.html').then((a) => a.status)") == 403
    unlock(one)
    opened(one)
    opened(two)


def test_the_key_is_gone_with_the_last_tab_unless_remembered(context: Any, pages: GitHubPages) -> None:
    page = enter(context, pages.url)
    page.close()
    page = context.new_page()
    kill_workers(context, page)
    page.goto(pages.url)
    unlock(page, remember=True)
    opened(page)
    page.close()
    page = context.new_page()
    kill_workers(context, page)
    page.goto(f"{pages.url}letters.html")
    opened(page)
    lock(page)
    kill_workers(context, page)
    page.reload()
    form(page)


def test_what_lock_leaves_on_the_device(context: Any, pages: GitHubPages, sites: dict[str, Path]) -> None:
    """No key, and in clear only what is said in SECURITY.md: ticks, sliders and the like."""
    page = enter(context, f"{pages.url}checklists.html", remember=True)
    page.locator("input[data-tick]").first.check()
    lock(page)
    left = page.evaluate(
        """async () => {
            const open = (name) => new Promise((done) => {
                const request = indexedDB.open(name);
                request.onsuccess = () => done(request.result);
            });
            const all = (database, name) => new Promise((done) => {
                const keys = database.transaction(name).objectStore(name).getAll();
                keys.onsuccess = () => done(keys.result);
            });
            const stored = [];
            for (const { name } of await indexedDB.databases()) {
                const database = await open(name);
                for (const each of database.objectStoreNames) stored.push(...await all(database, each));
            }
            const cached = {};
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                    const bytes = new Uint8Array(await (await cache.match(request)).arrayBuffer());
                    cached[new URL(request.url).pathname] = Array.from(bytes, (b) => String.fromCharCode(b)).join("");
                }
            }
            return { stored, cached, local: { ...localStorage }, session: { ...sessionStorage } };
        }"""
    )
    locks, newest = left["stored"]
    assert locks == 1, "how often Lock was pressed"
    assert type(newest) is int, "when the newest build that was opened here was sealed"
    build = head_of(pages)["build"]
    assert {re.sub(r"\d+\.bin", "N.bin", address) for address in left["cached"]} == {
        "/guide/",
        "/guide/sealed/head",
        f"/guide/sealed/{build}/manifest.bin",
        f"/guide/sealed/{build}/N.bin",
    }
    for address, text in left["cached"].items():
        assert (
            text.encode("latin-1") == (pages.folder / (address.removeprefix("/guide/") or "index.html")).read_bytes()
        )
    assert left["session"] == {}
    assert all(name.startswith(("matchguide:", "__palette", "/guide/")) for name in left["local"]), left["local"]
    assert "Amara" not in json.dumps(left["local"])


def test_offline_reading(context: Any, pages: GitHubPages) -> None:
    page = enter(context, pages.url)
    context.set_offline(True)
    page.goto(f"{pages.url}faq.html")
    opened(page)
    lock(page)
    unlock(page)
    opened(page)
    assert page.title().startswith(("FAQ", "Questions", "Frequently"))
    context.set_offline(False)


def test_published_again(context: Any, pages: GitHubPages, sites: dict[str, Path]) -> None:
    """With the same password it opens without a question, with another it asks; half-way it waits."""
    page = enter(context, f"{pages.url}letters.html")
    files = files_of(sites["amara"])
    files["letters.html"] = files["letters.html"].replace(b"<title>", b"<title>Renewed ")
    write_site(files, pages.folder, PASSWORD, paths.TEMPLATES, salt_for(pages.folder, PASSWORD))
    for _ in range(10):  # a page waits a moment for a newer build, no longer
        page.reload()
        opened(page)
        if page.title().startswith("Renewed"):
            break
    assert page.title().startswith("Renewed")

    # Half there: the head is new, a part is missing. The reader goes on reading the last good one.
    write_site(files, pages.folder, ANOTHER, paths.TEMPLATES, None)
    missing = part(pages, "1")
    data = missing.read_bytes()
    missing.unlink()
    page.reload()
    opened(page)
    stranger = page.context.browser.new_context().new_page()
    stranger.goto(pages.url)
    unlock(stranger, ANOTHER)
    state(stranger, "renewed")
    assert "being renewed" in stranger.locator("#status").inner_text()
    stranger.context.close()
    missing.write_bytes(data)
    page.reload()
    unlock(page, PASSWORD)
    state(page, "wrong")
    unlock(page, ANOTHER)
    opened(page)
    assert page.title().startswith("Renewed")


def _flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("how", ["flipped", "swapped", "cut", "older", "manifest", "weaker", "version", "not-a-head"])
def test_tampering_is_refused_and_never_half_shown(
    how: str, context: Any, pages: GitHubPages, sites: dict[str, Path], tmp_path: Path
) -> None:
    why = "changed"
    if how == "flipped":
        _flip(part(pages, "2"), CHUNK // 2)
    elif how == "swapped":
        one, two = part(pages, "0").read_bytes(), part(pages, "1").read_bytes()
        part(pages, "0").write_bytes(two)
        part(pages, "1").write_bytes(one)
    elif how == "cut":
        part(pages, "1").write_bytes(part(pages, "1").read_bytes()[:-1])
    elif how == "older":
        salt = salt_for(pages.folder, PASSWORD)
        older = write_site(files_of(sites["amara"]), tmp_path / "older", PASSWORD, paths.TEMPLATES, salt)
        part(pages, "0").write_bytes(older.blobs[0])
    elif how == "manifest":
        _flip(part(pages, "manifest"), 5)
    else:
        why = "head"
        head = pages.folder / "sealed" / "head"
        old, new = {
            "weaker": ('"rounds":600000', '"rounds":500000'),
            "version": ('"version":1', '"version":2'),
            "not-a-head": ("}", "}]"),
        }[how]
        head.write_text(head.read_text().replace(old, new))
    page = context.new_page()
    page.goto(f"{pages.url}letters.html")
    if why == "changed":
        unlock(page)
    state(page, why)
    assert "refused" in page.locator("#status").inner_text()
    page.reload()
    page.locator("#form:not([hidden]), #status:not(:empty):not([data-state=start])").first.wait_for()
    assert page.title() == "Private"


def test_broken_heads_never_crash_the_page(context: Any, pages: GitHubPages) -> None:
    """Fifty heads with something wrong, read by the page's own functions."""
    page = context.new_page()
    page.goto("about:blank")
    page.add_script_tag(content=(paths.TEMPLATES / "publish" / "format.js").read_text() + "\nwindow.sealed = sealed;")
    good = (pages.folder / "sealed" / "head").read_text()
    draw = random.Random(5)
    heads = [
        "",
        "null",
        "[]",
        "0",
        "[" * 3000,
        good + "\n",
        good.replace("600000", "6e5"),
        good[:-1] + ',"__proto__":1}',
    ]
    for _ in range(300):
        at = draw.randrange(len(good))
        heads.append(
            good[:at] + draw.choice(["", "9", '"', "}", "é", "-", "\0", "null"]) + good[at + draw.randrange(4) :]
        )
    found = page.evaluate(
        """(heads) => heads.map((h) => {
            try { window.sealed.readHead(h); return h; } catch (e) { return e.why || String(e); } })""",
        heads,
    )
    assert {f for f, h in zip(found, heads, strict=True) if f not in ("head", h)} == set()
    for result, head in zip(found, heads, strict=True):
        try:
            assert read_head(head).text == result
        except Refused:
            assert result == "head", "the page and Python refuse the same"


def test_without_javascript(browser: Any, pages: GitHubPages) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages.url)
    assert page.locator("noscript p", has_text="needs JavaScript").is_visible()
    assert not page.locator("#form").is_visible()
    context.close()


def test_over_plain_http(browser: Any, pages: GitHubPages) -> None:
    """A real unsafe origin: the server as the proxy for a name that is not this computer's."""
    context = browser.new_context(proxy={"server": pages.url.removesuffix("/guide/")})
    page = context.new_page()
    page.goto("http://name.example/guide/letters.html")
    state(page, "plain")
    assert "https://" in page.locator("#status").inner_text()
    assert not page.locator("#form").is_visible()
    context.close()


@pytest.mark.parametrize(
    ("script", "why", "says"),
    [
        ("Object.defineProperty(Navigator.prototype, 'serviceWorker', {value: undefined})", "blocked", "private"),
        (
            "Object.defineProperty(Navigator.prototype, 'serviceWorker', {get() { throw Error(); }})",
            "blocked",
            "site",
        ),
        ("ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error())", "blocked", "site data"),
        ("ServiceWorkerContainer.prototype.register = async () => undefined", "blocked", "site data"),
        ("delete window.DecompressionStream", "old", "too old"),
        ("delete AbortSignal.timeout", "old", "too old"),
    ],
)
def test_a_blocked_worker_and_an_old_browser(
    script: str, why: str, says: str, context: Any, pages: GitHubPages
) -> None:
    context.add_init_script(script)
    page = context.new_page()
    page.goto(pages.url)
    state(page, why)
    assert says in page.locator("#status").inner_text()
    assert not page.locator("#form").is_visible()


def test_the_unlock_page_is_accessible(browser: Any, pages: GitHubPages) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": 360, "height": 780}, color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        page.goto(pages.url)
        form(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        found = Axe().run(page).response["violations"]
        assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
        context.close()


def test_a_sealed_single_file_opens_by_double_click(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "one.html"
    file.write_bytes(sealed_single(session_of("amara").guide, PASSWORD, paths.TEMPLATES))
    context = browser.new_context(viewport={"width": 360, "height": 780}, accept_downloads=True)
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda r: requests.append(r.url))
    page.goto(f"file://{file}")
    unlock(page, "not the password at all")
    page.get_by_text("does not open this file").wait_for()
    unlock(page)
    page.get_by_text("All pages", exact=True).click()
    page.locator("ul.contents a", has_text="Letters").first.click()
    assert page.url.endswith("#letters")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    with page.expect_download() as download:
        page.locator("a[download]").first.click()
    assert download.value.suggested_filename.endswith((".ics", ".csv"))
    page.reload()
    form(page)
    text = file.read_text()
    at = text.index('id="parts">') + 3000
    file.write_text(text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :])
    page.goto(f"file://{file}")
    unlock(page)
    page.get_by_text("refused").wait_for()
    assert [u for u in requests if not u.startswith((f"file://{file}", "data:", "blob:"))] == []
    context.close()


def test_the_workbook_is_a_download_of_the_sealed_site(
    context: Any, tmp_path: Path, workbooks: Callable[[str], bytes]
) -> None:
    """The PDF that `publish --pdf` offers on Home comes out whole, and its name never reaches the server."""
    from matchguide.pdf.offer import offering
    from matchguide.site.build import build

    build(offering(session_of("amara").guide, workbooks("amara"), paths.TEMPLATES), tmp_path / "open")
    write_site(files_of(tmp_path / "open"), tmp_path / "public", PASSWORD, paths.TEMPLATES, None)
    with GitHubPages(tmp_path / "public") as pages:
        page = context.new_page()
        page.goto(pages.url)
        unlock(page)
        opened(page)
        with page.expect_download() as download:
            page.locator("a[href$='workbook.pdf']").click()
        assert download.value.suggested_filename == "workbook.pdf"
        assert download.value.path().read_bytes() == workbooks("amara")
        assert not [line for line in pages.log if "workbook" in line]

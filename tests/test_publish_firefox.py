"""The sealed site in a real Firefox: what it does differently from Chromium, and the main road once more. Skipped
where there is no Firefox."""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from examples import session_of
from github_pages import PASSWORD, GitHubPages, files_of
from marionette import Firefox
from matchguide import paths
from matchguide.publish.head import read_head
from matchguide.publish.single import sealed_single
from matchguide.publish.site import salt_for, write_site

pytestmark = pytest.mark.browser
ANOTHER = "tweak-sandbar-gutless-oven-haven-cupid-lilac"
OPENED = "!!document.getElementById('guide-lock')"
FORM = "!!document.querySelector('#form:not([hidden])')"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    program = os.environ.get("FIREFOX") or shutil.which("firefox") or shutil.which("firefox-esr")
    if not program:
        pytest.skip("no Firefox: its tests are skipped")
    with Firefox(program, tmp_path_factory.mktemp("firefox")) as running:
        yield running


def unlock(firefox: Firefox, password: str = PASSWORD, *, remember: bool = False) -> None:
    firefox.wait(FORM)
    firefox.run(
        "document.getElementById('password').value = arguments[0];"
        "document.getElementById('remember').checked = arguments[1];"
        "document.querySelector('#form button').click()",
        password,
        remember,
    )


def state(firefox: Firefox, name: str) -> None:
    firefox.wait(f"document.getElementById('status').dataset.state === '{name}'")


def enter(firefox: Firefox, address: str, *, remember: bool = False) -> None:
    firefox.go(address)
    unlock(firefox, remember=remember)
    firefox.wait(OPENED)


def kill_workers(firefox: Firefox) -> None:
    firefox.inside("""
        const all = Cc["@mozilla.org/serviceworkers/manager;1"].getService(Ci.nsIServiceWorkerManager)
          .getAllRegistrations();
        const each = [...Array(all.length).keys()]
          .map((i) => all.queryElementAt(i, Ci.nsIServiceWorkerRegistrationInfo).activeWorker);
        return Promise.all(each.filter(Boolean).map((worker) => worker.terminateWorker())).then(() => each.length);
    """)


def reload(firefox: Firefox) -> None:
    """As a reader does it; the protocol's own command would go past the worker."""
    firefox.run("window.before = true; location.reload()")
    firefox.wait("window.before === undefined && document.readyState === 'complete'")


def test_the_main_road(firefox: Firefox, pages: GitHubPages, sites: dict[str, Path]) -> None:
    """Deep link, wrong password, reloads, search, every byte, download; the log holds no page but the first."""
    files = files_of(sites["amara"])
    place = re.findall(r'<h2[^>]* id="([^"]+)"', files["faq.html"].decode())[-1]
    firefox.go(f"{pages.url}faq.html#{place}")
    unlock(firefox, "not the password at all")
    state(firefox, "wrong")
    unlock(firefox)
    firefox.wait(OPENED)
    firefox.wait(f"Math.abs(document.getElementById('{place}').getBoundingClientRect().top) < innerHeight")
    assert firefox.run("return scrollY") > 200

    want = {name: [200, hashlib.sha256(data).hexdigest()] for name, data in files.items()}
    found = firefox.run(
        """return Promise.all(arguments[0].map(async (name) => {
            const answer = await fetch(name);
            const sum = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
            const hex = [...new Uint8Array(sum)].map((b) => b.toString(16).padStart(2, "0")).join("");
            return [name, [answer.status, hex]];
        })).then(Object.fromEntries)""",
        list(want),
    )
    assert found == want
    firefox.run(
        "document.querySelector('label[for=__search]').click();"
        "const field = document.querySelector('.md-search__input'); field.focus();"
        "field.value = 'supplemental'; field.dispatchEvent(new KeyboardEvent('keyup', {bubbles: true}))"
    )
    firefox.wait("document.querySelector('.md-search-result__link')")
    kill_workers(firefox)
    reload(firefox)
    firefox.wait(OPENED)
    firefox.go(f"{pages.url}programs.html")
    firefox.wait(OPENED)
    firefox.run("document.querySelector(\"a[href$='program-sheet.csv']\").click()")
    sheet = firefox.downloads / "program-sheet.csv"
    Firefox.until(lambda: sheet.exists() and sheet.stat().st_size == len(files["program-sheet.csv"]), 20, "download")
    assert sheet.read_bytes() == files["program-sheet.csv"]
    asked = {address.removeprefix(pages.path) for address in pages.log}
    assert asked & set(files) == {"faq.html"}

    firefox.run("window.before = true")
    firefox.inside("gBrowser.reloadWithFlags(Ci.nsIWebNavigation.LOAD_FLAGS_BYPASS_CACHE)")
    firefox.wait(f"window.before === undefined && {OPENED} && document.title.startsWith('Programs')")
    assert "/guide/programs.html" in pages.log, "a hard reload goes past the worker, and opens all the same"


def test_back_to_a_page_that_slept(firefox: Firefox, pages: GitHubPages) -> None:
    """Firefox keeps pages alive for the back button: they open while the guide is open, also with a worker that was
    stopped meanwhile, and never after Lock."""
    enter(firefox, f"{pages.url}letters.html")
    firefox.run("window.slept = true")
    firefox.go(f"{pages.url}visas.html")
    firefox.wait(OPENED)
    kill_workers(firefox)
    firefox("WebDriver:Back")
    firefox.wait(f"{OPENED} && document.title.startsWith('Letters')")
    assert firefox.run("return window.slept === true"), "Firefox no longer keeps the page: this test says nothing"
    firefox.wait("document.documentElement.style.display === ''")
    firefox("WebDriver:Forward")
    firefox.wait(f"{OPENED} && document.title.startsWith('Visas')")
    firefox.run("document.getElementById('guide-lock').click()")
    firefox.wait(FORM)
    kill_workers(firefox)
    firefox("WebDriver:Back")
    firefox.wait(FORM)
    assert "Amara" not in firefox.run("return document.documentElement.outerHTML")


def test_two_tabs_remember_and_lock(firefox: Firefox, pages: GitHubPages) -> None:
    first = firefox("WebDriver:GetWindowHandle")["value"]
    enter(firefox, pages.url, remember=True)
    firefox.go("about:blank")
    kill_workers(firefox)
    firefox.go(f"{pages.url}letters.html")
    firefox.wait(OPENED)
    second = firefox("WebDriver:NewWindow", type="tab")["handle"]
    firefox("WebDriver:SwitchToWindow", handle=second)
    firefox.go(f"{pages.url}visas.html")
    firefox.wait(OPENED)
    firefox.run("document.getElementById('guide-lock').click()")
    firefox.wait(FORM)
    firefox("WebDriver:CloseWindow")
    firefox("WebDriver:SwitchToWindow", handle=first)
    firefox.wait(FORM)
    kill_workers(firefox)
    reload(firefox)
    firefox.wait(FORM)
    unlock(firefox)
    firefox.wait(OPENED)
    firefox.go("about:blank")
    kill_workers(firefox)
    firefox.go(pages.url)
    firefox.wait(FORM)


def test_published_again_and_tampered_with(firefox: Firefox, pages: GitHubPages, sites: dict[str, Path]) -> None:
    files = files_of(sites["amara"])
    enter(firefox, f"{pages.url}letters.html")
    renewed = {**files, "letters.html": files["letters.html"].replace(b"<title>", b"<title>Renewed ")}
    write_site(renewed, pages.folder, PASSWORD, paths.TEMPLATES, salt_for(pages.folder, PASSWORD))
    for _ in range(10):  # a page waits a moment for a newer build, no longer
        reload(firefox)
        firefox.wait(OPENED)
        if firefox.run("return document.title.startsWith('Renewed')"):
            break
    assert firefox.run("return document.title.startsWith('Renewed')")
    write_site(renewed, pages.folder, ANOTHER, paths.TEMPLATES, None)
    reload(firefox)
    unlock(firefox, ANOTHER)
    firefox.wait(OPENED)
    write_site(renewed, pages.folder, ANOTHER, paths.TEMPLATES, salt_for(pages.folder, ANOTHER))
    head = read_head((pages.folder / "sealed" / "head").read_text())
    part = pages.folder / "sealed" / head.build / "1.bin"
    data = part.read_bytes()
    part.write_bytes(data[:1000] + bytes([data[1000] ^ 1]) + data[1001:])
    reload(firefox)
    firefox.wait(OPENED)
    firefox.run("document.getElementById('guide-lock').click()")
    unlock(firefox, ANOTHER)
    state(firefox, "changed")
    part.unlink()
    reload(firefox)
    unlock(firefox, ANOTHER)
    firefox.wait(OPENED, "half there: the last good one is read meanwhile")


def test_the_single_file(firefox: Firefox, tmp_path: Path) -> None:
    file = tmp_path / "one.html"
    file.write_bytes(sealed_single(session_of("amara").guide, PASSWORD, paths.TEMPLATES))
    firefox.go(file.as_uri())
    firefox.wait(FORM)
    firefox.run(
        "document.getElementById('password').value = arguments[0]; document.querySelector('#form button').click()",
        PASSWORD,
    )
    firefox.wait("document.querySelector('ul.contents a')")
    assert firefox.run("return document.body.innerText.includes('Amara Silva')")

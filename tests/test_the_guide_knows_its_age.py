"""A guide opened after its day says so, and deadlines stand in the reader's own time beside Eastern: by the device's
clock and zone, on the site, in the single file and in the sealed one, without a request; on paper only Eastern."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from matchguide import paths
from matchguide.session import Session
from support import PROFILES

pytestmark = pytest.mark.browser
PASSWORD = "collage-clunky-blabber-drudge-seventeen-deserving"
MADE = dt.date(2027, 2, 10)
EASTERN = "9 p.m. Eastern Time"


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The smallest profile while rank lists are open: as a site, a single file and a sealed single file."""
    from matchguide.publish.single import sealed_single
    from matchguide.site.build import build
    from matchguide.site.single import single

    home = tmp_path_factory.mktemp("aged")
    guide = Session(PROFILES / "smallest.yml", MADE).guide
    build(guide, home / "site")
    (home / "single.html").write_bytes(single(guide, paths.TEMPLATES))
    (home / "sealed.html").write_bytes(sealed_single(guide, PASSWORD, paths.TEMPLATES))
    return {
        "site": home / "site" / "index.html",
        "single": home / "single.html",
        "sealed": home / "sealed.html",
    }


def opened(browser: Any, path: Path, zone: str, now: str) -> tuple[Any, list[str]]:
    context = browser.new_context(timezone_id=zone)
    context.clock.set_fixed_time(dt.datetime.fromisoformat(now))
    page = context.new_page()
    found: list[str] = []
    page.on("request", lambda r: found.append(r.url) if r.url.startswith("http") else None)
    page.on("console", lambda m: found.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: found.append(str(e)))
    page.goto(f"file://{path}")
    if path.name == "sealed.html":
        page.fill("#password", PASSWORD)
        page.click("#form button")
    page.wait_for_selector("p.age", state="attached")
    page.wait_for_timeout(50)
    return page, found


@pytest.mark.parametrize("how", ["site", "single", "sealed"])
def test_on_its_day_it_is_quiet_and_later_it_says_so(how: str, browser: Any, guides: dict[str, Path]) -> None:
    for now, shown in (
        ("2027-02-10T23:30:00-05:00", False),
        ("2027-02-11T00:30:00-05:00", True),
        ("2026-12-01T12:00:00-05:00", False),
    ):
        page, found = opened(browser, guides[how], "America/New_York", now)
        line = page.locator("p.age").first
        assert line.is_visible() is shown, now
        assert "Made for 10 February 2027" in line.text_content()
        assert found == []
        page.context.close()


def test_the_day_is_that_of_the_device_not_of_the_east(browser: Any, guides: dict[str, Path]) -> None:
    page, _ = opened(browser, guides["single"], "Asia/Kolkata", "2027-02-10T20:00:00-05:00")
    assert page.locator("p.age").first.is_visible(), "in Kolkata it is the 11th already"
    page.context.close()


@pytest.mark.parametrize("how", ["site", "single", "sealed"])
def test_a_deadline_stands_in_the_readers_own_time_too(how: str, browser: Any, guides: dict[str, Path]) -> None:
    page, found = opened(browser, guides[how], "Asia/Kolkata", "2027-02-10T12:00:00-05:00")
    time = page.locator("time.eastern").first
    assert time.text_content() == EASTERN
    here = page.locator("time.eastern + .here").first
    assert here.text_content() == " (4 March, 7:30 a.m. where you are)"
    assert here.is_visible()
    page.emulate_media(media="print")
    assert time.is_visible()
    assert not here.is_visible(), "on paper only Eastern stands"
    assert not page.locator("p.age").first.is_visible()
    assert found == []
    page.context.close()


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/New_York", None),
        ("America/Toronto", None),
        ("America/Chicago", " (3 March, 8 p.m. where you are)"),
        ("UTC", " (4 March, 2 a.m. where you are)"),
        ("Asia/Kathmandu", " (4 March, 7:45 a.m. where you are)"),
        ("Australia/Sydney", " (4 March, 1 p.m. where you are)"),
    ],
)
def test_only_where_the_clock_differs(zone: str, said: str | None, browser: Any, guides: dict[str, Path]) -> None:
    page, _ = opened(browser, guides["single"], zone, "2027-02-10T12:00:00-05:00")
    here = page.locator("time.eastern + .here")
    assert (here.first.text_content() if here.count() else None) == said
    page.context.close()


def test_without_javascript_only_eastern_stands(browser: Any, guides: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False, timezone_id="Asia/Kolkata")
    page = context.new_page()
    page.goto(f"file://{guides['site']}")
    assert page.locator("time.eastern").first.text_content() == EASTERN
    assert not page.locator("p.age").first.is_visible()
    context.close()


def test_while_it_is_prepared_home_knows_its_day_too() -> None:
    """The other Home, of the months before applications go out."""
    home = Session(PROFILES / "smallest.yml", dt.date(2026, 6, 15)).guide.page("index")
    assert any('data-made="2026-06-15"' in b.template for b in home.blocks)

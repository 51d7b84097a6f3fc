"""The app in a real Chromium: a physician's whole way, at the size of a phone and of a computer."""

import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from examples import PROFILES, ROOT, session_of
from github_pages import GitHubPages, files_of
from hostile import LINES
from matchguide import paths
from matchguide.profile.plain import as_data
from matchguide.profile.read import check
from matchguide.programs import sheets
from matchguide.publish.passphrase import enough
from matchguide.session import Session
from matchguide.site.single import single
from matchguide.source import parse
from support import content
from test_browser import Watch, axe

pytestmark = pytest.mark.browser
JUNE = "?on=2026-06-15"
SLOW = 90_000  # milliseconds, on a machine that does much else
STEPS = ("you", "exams", "visa", "goal", "backups", "experience", "letters", "stories")


@pytest.fixture(scope="module")
def host(app: Path) -> Iterator[GitHubPages]:
    """A plain static server, with the app below a sub-path."""
    with GitHubPages(app, "/some/where/") as server:
        yield server


@pytest.fixture
def reader(browser: Any, host: GitHubPages) -> Iterator[Callable[..., Any]]:
    """Opens the app in a browser of its own; at the end, nothing was asked of another host and nothing went wrong."""
    made: list[tuple[Any, Watch]] = []

    def opened(address: str = JUNE, **how: Any) -> Any:
        how = {"viewport": {"width": 360, "height": 780}, "accept_downloads": True, "bypass_csp": True, **how}
        context = browser.new_context(**how)
        page = context.new_page()
        page.set_default_timeout(SLOW)
        made.append((context, Watch(page)))
        context.on("page", lambda other: made.append((context, Watch(other))))
        page.goto(host.url + address)
        page.get_by_role("button", name="Start").wait_for()
        return page

    yield opened
    requests = [url for _, watch in made for url in watch.requests]
    errors = [error for _, watch in made for error in watch.errors]
    for context in {id(context): context for context, _ in made}.values():
        context.close()
    base = host.url.split("/some/")[0]
    assert [url for url in requests if not url.startswith((base, "data:", "blob:"))] == []
    assert errors == []


def keep_and_come_back(page: Any) -> None:
    """Says that the answers are kept in this browser, and opens the app once more."""
    page.get_by_label("Keep my answers in this browser").check()
    page.wait_for_function("async () => (await indexedDB.databases()).length === 1")
    page.wait_for_timeout(500)
    page.reload()
    page.get_by_text("Your answers are back").wait_for()


def go(page: Any, screen: str) -> None:
    page.evaluate("screen => { location.hash = screen; }", screen)
    page.wait_for_function("screen => document.body.dataset.screen === screen", arg=screen.split("/")[0])


def plan_of(page: Any) -> str:
    page.locator("#plan .combination").wait_for()
    return str(page.locator("#plan .combination").inner_text())


def open_file(page: Any, name: str, data: bytes) -> None:
    page.locator("#open-file").set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})


def downloaded(page: Any, name: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


# ---- the bytes


def test_single_files_and_sites_are_the_commands_byte_for_byte(
    reader: Callable[..., Any], host: GitHubPages, sites: dict[str, Path]
) -> None:
    """Every example as one file, and the whole site of five of them."""
    page = reader()
    page.goto(host.url + "trust.html")
    page.evaluate("""async () => {
      const { Planner } = await import("./js/planner.js");
      window.planner = new Planner(() => {});
      window.sum = async (bytes) => Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)),
        (byte) => byte.toString(16).padStart(2, "0")).join("");
    }""")
    for name in PROFILES:
        session = session_of(name)
        asked = json.dumps({"answers": as_data(session.profile), "on": session.on.isoformat()})
        found = page.evaluate("async (asked) => window.sum(await window.planner.ask('single', asked))", asked)
        assert found == hashlib.sha256(single(session.guide, paths.TEMPLATES)).hexdigest(), name
        if name in ("amara", "interviewing", "ranking", "restricted-radiologist", "smallest"):
            files = page.evaluate(
                """async (asked) => {
                  const out = {};
                  const files = await window.planner.ask("site", asked);
                  for (const [name, bytes] of files) out[name] = await window.sum(bytes);
                  return out;
                }""",
                asked,
            )
            assert files == {path: hashlib.sha256(data).hexdigest() for path, data in files_of(sites[name]).items()}


@pytest.mark.parametrize("name", ["amara", "restricted-radiologist"])
def test_a_profile_that_is_opened_makes_the_commands_guide(name: str, reader: Callable[..., Any]) -> None:
    """Nothing is added to it, nothing lost: the same file, and saved again the same profile."""
    page = reader()
    open_file(page, f"{name}.yml", (ROOT / "profiles" / f"{name}.yml").read_bytes())
    page.get_by_role("heading", name="Your guide is ready").wait_for()
    session = session_of(name)
    assert downloaded(page, "Download as one file")[1] == single(session.guide, paths.TEMPLATES)
    saved = downloaded(page, "Save my profile")[1].decode()
    assert check(parse(saved, "profile.yml"), content().known) == session.profile


# ---- the way from the first question to the sealed file, and back


def test_a_physicians_whole_way_on_a_phone(reader: Callable[..., Any], browser: Any, tmp_path: Path) -> None:
    page = reader()
    page.get_by_role("button", name="Start").click()
    assert page.get_by_role("heading", level=1).inner_text() == "About you"
    page.get_by_label("I am not a US citizen").check()
    page.get_by_label("In which year did you finish medical school").fill("22")
    plan_of(page)
    page.get_by_role("button", name="Continue").click()
    problem = page.locator(".problem")
    problem.wait_for()
    assert "“22” is not a year. Write a whole number from 1950 to 2100." in problem.inner_text()
    assert page.title().startswith("Error: ")
    assert axe(page) == []
    page.get_by_label("In which year did you finish medical school").fill("2022")
    page.get_by_role("button", name="Continue").click()

    page.get_by_role("heading", name="Exams").wait_for()
    page.locator("[id='q-exams.ecfmg_certified']").get_by_label("Not yet").check()
    page.locator("[id='q-exams.step2_ck.result']").get_by_label("Passed").check()
    page.get_by_label("What is your Step 2 CK score?").fill("240s")
    page.locator("[id='q-exams.step1.result']").get_by_label("I do not know").check()
    page.get_by_role("button", name="Continue").click()

    page.get_by_role("heading", name="Passports and visa").wait_for()
    page.get_by_role("button", name="Do not keep").click()
    page.get_by_label("Which passports do you hold?").fill("Sri Lankaa")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Use Sri Lanka").click()
    page.get_by_role("button", name="Remove Sri Lanka", exact=True).wait_for()
    page.locator("[id='q-visa.needs']").get_by_label("J-1", exact=True).check()
    page.get_by_role("button", name="Continue").click()

    page.get_by_role("heading", name="Your goal and March").wait_for()
    page.get_by_label("I must start in July 2027").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="What you could be happy in").wait_for()
    assert plan_of(page) == "Too early to say", "letters are not asked yet"
    assert page.locator("#plan-line").inner_text() == "Your plan: too early to say", "nothing was marked yet"
    assert page.locator(".place").count() == 0
    page.locator(".mark").filter(has_text="Diagnostic Radiology").first.get_by_label("I would be happy").check()
    page.locator("#plan-line").get_by_text("backups so far: ").wait_for()
    page.wait_for_timeout(1500)  # the plan of this answer is there
    before = page.locator("#plan-line").inner_text().split("backups so far: ")[1]
    medicine = page.locator(".mark").filter(has_text="Internal Medicine").first
    medicine.get_by_label("I could not bear it").check()
    changed = page.locator("#plan .changed")
    changed.wait_for()
    assert f"(before: {before})" in changed.inner_text()
    never = page.locator("[id='q-backups.ruled_out']")
    assert never.get_by_label("Internal Medicine").count() == 0, "it is out already, and not offered again"
    medicine.get_by_label("I would be happy").check()
    never.get_by_label("Internal Medicine").wait_for()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Experience").wait_for()
    page.get_by_role("button", name="Continue").click()

    page.get_by_role("heading", name="Letters").wait_for()
    page.get_by_role("button", name="Add a letter").click()
    page.get_by_role("button", name="Save this letter").click()
    assert "Who writes it?" in page.locator(".problem").inner_text()
    page.get_by_label("Who writes it?").fill("Dr. Mensah")
    page.get_by_label("In which specialty do they work?").select_option("Diagnostic Radiology")
    page.locator("[id='q-us']").get_by_label("Yes").check()
    page.locator("[id='q-status']").get_by_label("I have it").check()
    page.locator("[id='q-neutral_version']").get_by_role("radio", name="No, or I have not asked").check()
    assert axe(page) == []
    page.get_by_role("button", name="Save this letter").click()
    page.locator(".card").get_by_text("Dr. Mensah").wait_for()
    page.get_by_role("button", name="Remove Dr. Mensah").click()
    page.get_by_role("button", name="Undo").click()
    page.locator(".card").get_by_text("Dr. Mensah").wait_for()
    page.get_by_role("button", name="Continue").click()

    page.get_by_role("heading", name="Stories, money, this season").wait_for()
    page.get_by_label("What is the most you can spend").fill("4000")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Check your answers").wait_for()
    text = page.locator("main").inner_text()
    assert "240s" in text
    assert "Dr. Mensah" in text
    with page.context.expect_page() as opening:
        page.get_by_role("button", name="Open my guide").click()
    page.get_by_role("heading", name="Your guide is ready").wait_for()
    guide = opening.value
    guide.get_by_role("heading", level=1, name="Your plan").wait_for(timeout=SLOW)
    guide.locator(".md-search__input").press_sequentially("letter")
    guide.locator(".md-search-result__link").first.wait_for()
    guide.goto(re.sub("index.html$", "letters.html", guide.url))
    assert "Dr. Mensah" in guide.locator("article").inner_text()
    guide.close()

    name, one = downloaded(page, "Download as one file")
    assert name == "guide.html"
    assert b"Mensah" in one
    name, profile = downloaded(page, "Save my profile")
    assert name == "profile.yml"
    assert b"score: 240s" in profile
    name, whole = downloaded(page, "Download the site")
    assert name == "guide.zip"
    assert whole[:2] == b"PK"

    page.wait_for_function("() => document.getElementById('password').value.split('-').length > 5")
    drawn = page.get_by_label("Password:").input_value()
    page.get_by_label("Password:").fill("Mensah2022")
    page.get_by_role("button", name="Seal with a password").click()
    page.get_by_text("could be guessed").wait_for()
    page.get_by_role("button", name="New words").click()
    page.wait_for_function("() => document.getElementById('password').value.split('-').length > 5")
    words = page.get_by_label("Password:").input_value()
    assert enough(words)
    assert words != drawn
    assert len(re.findall(r"[a-z]+(?:-[a-z]+){4,}", page.locator("main").inner_text())) == 0, "one set of words only"
    name, sealed = downloaded(page, "Seal with a password")
    assert name == "guide-sealed.html"
    assert b"Mensah" not in sealed

    file = tmp_path / name
    file.write_bytes(sealed)
    alone = browser.new_page()
    alone.goto(file.as_uri())
    alone.locator("#password").fill(words)
    alone.keyboard.press("Enter")
    alone.get_by_role("heading", name="Your plan").first.wait_for()
    alone.close()

    # Back with the sealed file, in a tab that knows nothing.
    again = page.context.new_page()
    again.set_default_timeout(SLOW)
    again.goto(page.url.split("#")[0])
    open_file(again, name, sealed)
    again.locator("#open-password").fill("wrong words entirely")
    again.get_by_role("button", name="Open", exact=True).click()
    again.get_by_text("does not open this guide").wait_for()
    again.locator("#open-password").fill(f"{words.replace('-', ' ').upper()} ")
    again.get_by_role("button", name="Open", exact=True).click()
    again.get_by_role("heading", name="What changed since 15 June 2026").wait_for()
    again.get_by_text("Nothing. The plan is the same.").wait_for()
    go(again, "step/backups")
    again.locator(".mark").filter(has_text="Internal Medicine").first.get_by_label("I could not bear it").check()
    go(again, "guide")
    again.get_by_text("The plan is now").first.wait_for()
    again.close(run_before_unload=False)


def test_what_was_sealed_here_opens_with_its_password_alone(
    reader: Callable[..., Any], browser: Any, tmp_path: Path
) -> None:
    """The sealed file by double click and the sealed site on a host: each asks, refuses a wrong password, opens."""
    page = reader()
    open_file(page, "profile.yml", (ROOT / "profiles" / "amara.yml").read_bytes())
    page.get_by_role("heading", name="Your guide is ready").wait_for()
    page.wait_for_function("() => document.getElementById('password').value.split('-').length > 5")
    words = page.get_by_label("Password:").input_value()
    assert enough(words)
    box = page.get_by_label("Password:")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight + 1"), (
        "all six words can be read at the size of a phone"
    )
    single_name, sealed_file = downloaded(page, "Seal with a password")
    assert page.get_by_text("guide-sealed.html is in your downloads").is_visible()
    site_name, sealed_site = downloaded(page, "Seal the site, to publish it")
    assert page.get_by_text("guide-sealed.zip is in your downloads").is_visible()
    assert (single_name, site_name) == ("guide-sealed.html", "guide-sealed.zip")

    (tmp_path / single_name).write_bytes(sealed_file)
    with zipfile.ZipFile(io.BytesIO(sealed_site)) as archive:
        archive.extractall(tmp_path / "site")
    sealed = [sealed_file, *(p.read_bytes() for p in (tmp_path / "site").rglob("*") if p.is_file())]
    assert not [data for data in sealed if b"Interventional" in data or b"Amara" in data]
    with GitHubPages(tmp_path / "site") as server:
        for address in ((tmp_path / single_name).as_uri(), server.url):
            context = browser.new_context(viewport={"width": 360, "height": 780})
            alone = context.new_page()
            alone.set_default_timeout(SLOW)
            alone.goto(address)
            alone.get_by_text("Six words, or a password of your own.").wait_for()
            for wrong in (words[:-1], words.replace("-", ""), f"{words}-more"):
                alone.locator("#password").fill(wrong)
                alone.keyboard.press("Enter")
                alone.locator("#status[data-state=wrong]").wait_for()
                assert "That password does not open this" in alone.locator("#status").inner_text()
                assert alone.get_by_role("heading", name="Your plan").count() == 0
                alone.reload()
            from_paper = words.capitalize().replace("-", " ", 3).replace("-", " \u2013 ", 1)
            alone.locator("#password").fill(f" {from_paper} ")
            alone.keyboard.press("Enter")
            alone.get_by_role("heading", name="Your plan").first.wait_for()
            assert "Amara" in alone.locator("body").inner_text()
            context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1366, "dark")])
def test_every_screen_is_accessible_and_fits(width: int, scheme: str, reader: Callable[..., Any]) -> None:
    """With a whole profile in it: axe finds nothing serious, and nothing is wider than the screen."""
    page = reader(viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert axe(page) == []
    open_file(page, "profile.yml", (ROOT / "profiles" / "interviewing.yml").read_bytes())
    page.get_by_role("heading", name="Your guide is ready").wait_for()
    plan_of(page)
    screens = [f"step/{step}" for step in STEPS]
    for screen in (*screens, "step/letters/letters/0", "check", "guide"):
        go(page, screen)
        page.wait_for_timeout(600)  # the arrival of what is lit is over
        folds = page.locator("main details.more:not([open]) > summary")
        while folds.count():
            folds.first.click()
        assert axe(page) == [], screen
        for narrow in {width, 320}:  # a phone at its narrowest; text at 200 %
            page.set_viewport_size({"width": narrow, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= narrow, screen
        page.set_viewport_size({"width": width, "height": 900})


# ---- what may go wrong


def test_steps_keep_their_numbers_and_questions_and_no_answer_is_forgotten(reader: Callable[..., Any]) -> None:
    """In the season, by somebody who has sent nothing: nothing vanishes, and the guide knows what they said."""
    page = reader("?on=2026-11-26")
    page.get_by_role("button", name="Start").click()
    page.locator("[id='q-season_so_far.applied']").get_by_label("No, nothing yet").check()
    page.locator("main details.more > summary").click()
    name = page.get_by_label("Which name should stand on your guide?")
    name.fill("Lena")
    assert page.locator("[id='q-applicant.name']").get_by_label("I do not know").count() == 0
    page.locator("[id='q-applicant.trained']").get_by_label("No, none").check()
    assert page.locator("details.more [id='q-applicant.trained']").is_visible(), "it stays where it was answered"
    go(page, "step/stories")
    asked = page.locator("main legend").all_inner_texts()
    assert page.get_by_text("Step 8 of 8").is_visible()
    page.locator("[id='q-season_so_far.registered']").get_by_label("Not yet").check()
    page.locator("[id='q-interviews']").get_by_label("None yet").check()
    page.locator("[id='q-programs']").get_by_label("None yet").check()
    assert page.locator("main legend").all_inner_texts() == asked
    assert page.get_by_text("Step 8 of 8").is_visible()
    go(page, "check")
    assert "No, nothing yet" in page.locator("main .answers").first.inner_text()
    go(page, "guide")
    guide = downloaded(page, "Download as one file")[1].decode()
    assert "You said that you have applied to nothing yet" in guide
    assert "You did not say what you applied to" not in guide
    page.close(run_before_unload=False)


def test_no_verdict_before_what_decides_it_was_asked(reader: Callable[..., Any]) -> None:
    """In the season, with nothing said: the plan waits for the letters, and does not turn with each of them."""
    page = reader("?on=2026-11-26")
    page.get_by_role("button", name="Start").click()
    page.locator("#plan").get_by_text("Too early to say").wait_for()
    line = page.locator("#plan-line")

    def no_verdict() -> None:
        page.wait_for_timeout(1500)  # the plan of the last answer is there
        told = page.locator("#plan").inner_text() + line.inner_text()
        for verdict in ("not this year", "Not this year", "leaves the plan", "Apply to", "Gap:"):
            assert verdict not in told, verdict

    page.locator("[id='q-season_so_far.applied']").get_by_label("No, nothing yet").check()
    no_verdict()
    assert line.inner_text() == "Your plan: too early to say"
    assert "your exams, your visa, what you could be happy in and your letters" in page.locator("#plan").inner_text()
    go(page, "step/exams")
    page.locator("[id='q-exams.ecfmg_certified']").get_by_label("Yes").check()
    go(page, "step/backups")
    page.locator(".mark").filter(has_text="General Surgery").first.get_by_label("I could not bear it").check()
    no_verdict()
    assert not page.get_by_text(re.compile(r"number \d+ of your backups")).count()
    go(page, "step/letters")
    no_verdict()
    assert "usual" not in page.locator("#plan").inner_text() + line.inner_text(), "no letter was spoken of yet"
    page.get_by_role("button", name="Add a letter").click()
    page.get_by_label("Who writes it?").fill("Dr. Mensah")
    page.get_by_label("In which specialty do they work?").select_option("Interventional Radiology")
    page.locator("[id='q-us']").get_by_label("Yes").check()
    page.locator("[id='q-status']").get_by_label("It is promised").check()
    page.get_by_role("button", name="Save this letter").click()
    page.locator(".card").get_by_text("Dr. Mensah").wait_for()
    no_verdict()
    assert line.inner_text() == "One letter listed; three are usual"
    assert "You have listed one letter; three are usual." in page.locator("#plan").inner_text()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Stories, money, this season").wait_for()
    assert line.inner_text().startswith("Your plan so far: ")
    page.close(run_before_unload=False)


def test_a_card_shows_what_was_said_and_says_what_it_needs(reader: Callable[..., Any]) -> None:
    page = reader()
    page.get_by_role("button", name="Start").click()
    plan_of(page)
    go(page, "step/experience")
    page.get_by_role("button", name="Add a US experience").click()
    page.get_by_label("In which specialty?").select_option("Interventional Radiology")
    page.get_by_label("Observership").check()
    page.get_by_label("How many weeks?").fill("4")
    page.get_by_role("button", name="Save this US experience").click()
    card = page.locator(".card").first
    card.wait_for()
    assert "Interventional Radiology · Observership · four weeks" in card.inner_text()
    go(page, "step/letters")
    page.get_by_role("button", name="Add a letter").click()
    assert page.get_by_text("Only what is marked “needed” must be answered").is_visible()
    page.get_by_label("Who writes it?").fill("Dr. Mensah")
    page.get_by_label("In which specialty do they work?").select_option("Internal Medicine")
    page.locator("[id='q-status']").get_by_label("I have it").check()
    page.get_by_role("button", name="Save this letter").click()  # the rest is left out
    page.locator(".card").get_by_text("Dr. Mensah").wait_for()
    page.close(run_before_unload=False)


def test_what_somebody_does_not_know_is_not_asked_as_if_they_had_said_nothing(reader: Callable[..., Any]) -> None:
    page = reader()
    page.get_by_role("button", name="Start").click()
    plan_of(page)
    graduated = page.locator("[id='q-applicant.graduated']")
    graduated.get_by_label("I do not know").check()
    go(page, "check")
    page.wait_for_timeout(1500)
    change, answer = (
        re.compile(f"{word}.*In which year did you finish medical school") for word in ("Change", "Answer")
    )
    told = page.locator("main section").filter(has_text="What you do not know yet")
    assert told.get_by_role("button", name=change).is_visible()
    page.locator("#plan summary").get_by_text("You do not know yet (1)").click()
    assert page.get_by_role("button", name=answer).count() == 0
    both = [
        place.locator("summary").get_by_text("Still open").inner_text()
        for place in (page.locator("main"), page.locator("#plan"))
    ]
    assert both[0] == both[1], "one count of what is open"
    assert page.locator("#plan").get_by_role("button", name=change).is_visible()
    page.close(run_before_unload=False)


def test_a_restricted_passport_is_told_calmly_above_continue(reader: Callable[..., Any]) -> None:
    page = reader()
    page.get_by_role("button", name="Start").click()
    plan_of(page)
    go(page, "step/visa")
    page.get_by_label("Which passports do you hold?").fill("Nigeria")
    page.get_by_label("Which passports do you hold?").press("Enter")
    page.locator("[id='q-visa.needs']").get_by_label("J-1", exact=True).check()
    box = page.locator("#visa-first .alarm")
    box.wait_for()
    told = box.inner_text()
    assert "Ask ECFMG or an immigration lawyer whether an exception applies to you." in told
    assert re.search(r"Then decide whether to apply this season, by \d+ September 2026", told)
    # In one step, since each new plan draws the box anew; a wait that ends is "it is read before one goes on".
    page.wait_for_function("""() => {
        const top = (what) => document.querySelector(what)?.getBoundingClientRect().top;
        return top("#visa-first .alarm") < top(".actions button.main");
    }""")
    assert not box.get_by_text("unless an exception applies").is_visible()
    box.get_by_text("What the list says").click()
    assert box.get_by_text("unless an exception applies").is_visible()
    page.close(run_before_unload=False)


def test_a_match_that_is_too_late_is_said_where_it_is_chosen(reader: Callable[..., Any]) -> None:
    """Only to who has sent nothing; the year stands in the questions."""
    page = reader("?on=2026-11-26")
    page.get_by_role("button", name="Start").click()
    applied = page.locator("[id='q-season_so_far.applied']")
    assert "Have you sent applications for the Match of 2027?" in applied.inner_text()
    late = page.locator("[id='q-goal.season'] .calm")
    applied.get_by_label("Yes").check()
    applied.get_by_text("How many programs of each?").wait_for()
    go(page, "step/goal")
    assert late.count() == 0
    go(page, "step/you")
    applied.get_by_label("No, nothing yet").check()
    applied.get_by_text("How many programs of each?").wait_for(state="detached")
    go(page, "step/goal")
    assert "new applications hardly pay now. Choose 2028 to plan the next one." in late.inner_text()
    assert page.get_by_label("I must start in July 2027").is_visible()
    page.get_by_label("The Match of 2028").check()
    page.get_by_label("I must start in July 2028").wait_for()
    go(page, "check")
    answered = page.locator("main .answers").first
    assert "Have you sent applications for the Match of 2028?\nNo, nothing yet" in answered.inner_text()
    assert page.get_by_text("This no longer fits").count() == 0
    page.close(run_before_unload=False)


def test_a_word_that_is_no_country_is_told_when_its_field_is_left(reader: Callable[..., Any]) -> None:
    page = reader()
    page.get_by_role("button", name="Start").click()
    plan_of(page)
    go(page, "step/visa")
    born = page.get_by_label("In which country were you born?")
    born.fill("Lima")
    born.press("Tab")
    page.locator("[id='q-visa.birth_country'] .fault").get_by_text("“Lima” is not a country known here.").wait_for()
    assert page.locator("#problem").count() == 0
    born.fill("peru")
    born.press("Tab")
    page.locator("[id='q-visa.birth_country'] .fault").wait_for(state="detached")
    page.close(run_before_unload=False)


def test_taking_an_answer_back_moves_nothing(reader: Callable[..., Any]) -> None:
    """The button that clears an answer comes where room was kept for it."""
    page = reader()
    page.get_by_role("button", name="Start").click()
    plan_of(page)
    go(page, "step/letters/letters/0")
    status = page.locator("[id='q-status']")
    before = status.bounding_box()["y"]
    page.locator("[id='q-us']").get_by_label("Yes").check()
    clear = page.locator("[id='q-us']").get_by_role("button", name="Clear")
    clear.wait_for()
    assert status.bounding_box()["y"] == before
    clear.click()
    clear.wait_for(state="detached")
    assert not page.locator("[id='q-us']").get_by_label("Yes").is_checked()
    page.close(run_before_unload=False)


@pytest.mark.parametrize("finger", [True, False])
def test_a_tap_right_after_typing_is_never_lost(finger: bool, reader: Callable[..., Any]) -> None:
    """The field that is left takes what was typed; what is below it does not move away under the finger."""
    page = reader(has_touch=finger, is_mobile=finger)
    page.get_by_role("button", name="Start").click()
    plan_of(page)
    go(page, "step/visa")
    page.get_by_label("Which passports do you hold?").fill("Nigeria")
    answer = page.locator("[id='q-visa.needs'] .choice").first
    answer.scroll_into_view_if_needed()
    box = answer.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    if finger:
        page.touchscreen.tap(x, y)
    else:
        page.mouse.move(x, y)
        page.mouse.down()
        page.wait_for_timeout(100)
        page.mouse.up()
    page.get_by_role("button", name="Remove Nigeria").wait_for()
    assert answer.get_by_role("radio").is_checked()
    assert abs(answer.bounding_box()["y"] - box["y"]) < 2, "it stays where the finger was"
    page.close(run_before_unload=False)


def test_after_one_visit_it_works_without_a_connection(reader: Callable[..., Any]) -> None:
    page = reader()
    page.get_by_role("button", name="Start").click()
    plan_of(page)
    page.evaluate("() => navigator.serviceWorker.ready")
    held = """async () => {
      const name = (await caches.keys()).find((each) => each.startsWith("matchguide-app-"));
      return name ? (await (await caches.open(name)).keys()).map((each) => each.url.split("/").pop()) : [];
    }"""
    for _ in range(300):
        if {"index.html", "wasm.bin", "site.bin", "sealing.bin", "tables.bin"} <= set(page.evaluate(held)):
            break
        page.wait_for_timeout(200)
    page.context.set_offline(True)
    page.reload()
    page.get_by_role("heading", name="About you").wait_for()
    assert "IR" in plan_of(page)
    go(page, "guide")
    assert len(downloaded(page, "Download as one file")[1]) > 200_000
    page.get_by_role("button", name="New words").click()
    page.wait_for_function("() => document.getElementById('password').value.split('-').length > 5")
    page.get_by_role("link", name="What this does with what you type").click()
    page.get_by_role("heading", name="What this does with what you type").wait_for()


def test_hostile_text_stays_text(reader: Callable[..., Any]) -> None:
    page = reader()
    data = as_data(session_of("amara").profile)
    data["stories"] = [{"title": line, "text": line, "fits": ["internal-medicine"]} for line in LINES]
    data["letters"] = [{**data["letters"][0], "from": line} for line in LINES[:20]]
    data["applicant"] |= {"name": LINES[0], "school_country": LINES[6]}
    data["interviews"] = [{"program": line, "specialty": "internal-medicine"} for line in LINES[20:40]]
    open_file(page, "plan.json", json.dumps({}).encode())
    page.get_by_text("This is not a profile or a guide from here.").wait_for()
    from matchguide.profile.written import written

    open_file(page, "profile.yml", written(data).encode())
    page.get_by_role("heading", name="Your guide is ready").wait_for()
    plan_of(page)
    for screen in (
        "step/you",
        "step/letters",
        "step/stories",
        "step/stories/stories/0",
        "check",
        "guide",
    ):
        go(page, screen)
        page.wait_for_timeout(100)
        assert page.evaluate("window.pwned") is None, screen
        assert page.locator("main script, main iframe, main svg, main object, aside script").count() == 0, screen
    go(page, "step/letters")
    assert LINES[0] in page.locator(".card").first.inner_text()
    with page.context.expect_page() as opening:
        go(page, "guide")
        page.get_by_role("button", name="Open my guide").click()
    opening.value.get_by_role("heading", level=1).first.wait_for()
    assert opening.value.evaluate("window.pwned") is None


def test_nothing_is_kept_unless_said_and_forgetting_is_whole(reader: Callable[..., Any]) -> None:
    page = reader()
    kept = """async () => ({
      local: Object.keys(localStorage), session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map((each) => each.name),
      caches: (await caches.keys()).filter((each) => each.startsWith("matchguide-app-")).length,
      workers: (await navigator.serviceWorker.getRegistrations()).length, cookies: document.cookie,
    })"""
    page.get_by_role("button", name="Start").click()
    page.get_by_label("In which year did you finish medical school").fill("2019")
    plan_of(page)
    found = page.evaluate(kept)
    assert (found["local"], found["session"], found["databases"], found["cookies"]) == ([], [], [], "")
    go(page, "guide")
    keep_and_come_back(page)
    go(page, "check")
    assert "2019" in page.locator("main").inner_text()

    other = page.context.new_page()
    other.goto(page.url.split("#")[0])
    other.get_by_text("open in another tab").wait_for()
    other.get_by_role("button", name="Use it here").click()
    go(other, "check")
    other.locator("main").get_by_text("2019").wait_for()
    page.get_by_text("open in another tab").wait_for()
    page.close()

    full = "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    other.evaluate(full)
    go(other, "step/you")
    other.get_by_label("In which year did you finish medical school").fill("2018")
    other.get_by_text("Nothing new was kept; your earlier copy is whole.").wait_for()

    go(other, "guide")
    other.on("dialog", lambda dialog: dialog.accept())
    other.get_by_role("button", name="Forget everything").click()
    other.get_by_text("Everything is forgotten.").wait_for()
    found = other.evaluate(kept)
    assert (found["local"], found["session"], found["databases"]) == ([], [], [])
    assert other.get_by_role("button", name="Start").is_visible()
    other.close()


def with_kept_answers(reader: Callable[..., Any]) -> Any:
    """The app opened once more, with a year that was typed and kept."""
    page = reader()
    page.get_by_role("button", name="Start").click()
    page.get_by_label("In which year did you finish medical school").fill("2019")
    go(page, "guide")
    keep_and_come_back(page)
    return page


DATABASES = "async () => (await indexedDB.databases()).map((each) => each.name)"


def test_a_change_that_still_waits_is_not_written_after_all_is_forgotten(reader: Callable[..., Any]) -> None:
    page = with_kept_answers(reader)
    page.on("dialog", lambda dialog: dialog.accept())
    go(page, "step/you")
    page.evaluate(
        """async () => {
          const wait = (ms) => new Promise((next) => setTimeout(next, ms));
          // As on a slow phone: the change is due before all is forgotten.
          const keys = CacheStorage.prototype.keys;
          CacheStorage.prototype.keys = async function () { await wait(600); return keys.call(this); };
          const year = document.querySelector("main input[inputmode=numeric]");
          year.value = "2017";
          for (const kind of ["input", "change"]) year.dispatchEvent(new Event(kind, { bubbles: true }));
          location.hash = "guide";
          const buttons = () => [...document.querySelectorAll("main button")];
          const forget = () => buttons().find((each) => each.textContent === "Forget everything");
          while (!forget()) await wait(1);
          forget().click();
        }"""
    )
    page.get_by_text("Everything is forgotten.").wait_for()
    page.wait_for_timeout(500)
    assert page.evaluate(DATABASES) == []
    assert page.get_by_role("button", name="Start").is_visible()


def test_what_one_tab_forgets_no_other_tab_writes_again(reader: Callable[..., Any]) -> None:
    page = with_kept_answers(reader)
    other = page.context.new_page()
    other.goto(page.url.split("#")[0])
    other.get_by_text("open in another tab").wait_for()
    go(other, "guide")
    other.on("dialog", lambda dialog: dialog.accept())
    other.get_by_role("button", name="Forget everything").click()
    other.get_by_text("Everything is forgotten.").wait_for()
    page.get_by_text("What you change here is not kept.").wait_for()
    go(page, "step/you")
    page.get_by_label("In which year did you finish medical school").fill("2016")
    page.wait_for_timeout(500)
    assert page.evaluate(DATABASES) == []
    page.get_by_role("button", name="Use it here").click()
    page.get_by_text("Nothing is kept in this browser; your answers are still in this tab.").wait_for()
    other.close()


def test_an_answer_that_is_not_served_is_told_in_the_words_of_the_question(reader: Callable[..., Any]) -> None:
    page = reader()
    page.get_by_role("button", name="Start").click()
    plan_of(page)
    page.get_by_label("I am at, or from, a US medical school (MD)").check()
    page.get_by_role("button", name="Continue").click()
    problem = page.locator(".problem")
    problem.wait_for()
    said = (
        "“I am at, or from, a US medical school (MD)” is not served yet. "
        "This guide's figures are about graduates of schools outside the US."
    )
    assert problem.get_by_role("link").inner_text() == said
    go(page, "check")
    assert page.locator("main .problem").get_by_text(said).is_visible()
    page.close(run_before_unload=False)


def test_back_goes_one_step_back_and_keeps_what_was_typed(reader: Callable[..., Any]) -> None:
    page = reader()
    page.get_by_role("button", name="Start").click()
    page.get_by_label("In which country is your medical school?").fill("Nepal")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Exams").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.go_back()
    page.get_by_role("heading", name="About you").wait_for()
    assert page.get_by_label("In which country is your medical school?").input_value() == "Nepal"
    page.go_back()
    page.get_by_role("button", name="Go on").wait_for()
    with page.expect_event("dialog") as asked:  # answers that are nowhere saved: leaving asks
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.accept()


def test_three_hundred_programs_and_fifty_stories(reader: Callable[..., Any]) -> None:
    page = reader()
    data = as_data(session_of("amara").profile)
    data["programs"] = [{"name": f"Program {i}", "specialty": "internal-medicine", "j1": "yes"} for i in range(300)]
    data["stories"] = [{"title": f"Story {i}", "text": "It was a long night. " * 150} for i in range(50)]
    from matchguide.profile.written import written

    open_file(page, "profile.yml", written(data).encode())
    page.get_by_role("heading", name="Your guide is ready").wait_for()
    plan_of(page)
    go(page, "step/stories")
    programs = page.locator("[id='q-programs']")
    assert programs.locator(".card").count() == 25
    programs.get_by_label("Find").fill("Program 299")
    programs.get_by_label("Find").press("Enter")
    page.get_by_role("button", name="Change Program 299").click()
    page.get_by_label("What is it called?").fill("Program <b>299</b>")
    page.get_by_role("button", name="Save this program").click()
    go(page, "guide")
    _, profile = downloaded(page, "Save my profile")
    assert 'name: "Program <b>299</b>"' in profile.decode()


def test_a_table_of_programs_is_brought_kept_and_asked_for_again(reader: Callable[..., Any], tmp_path: Path) -> None:
    """From CSV and from Excel; what cannot be read is told; the guide is the command's with the table beside it."""
    page = reader("?on=2026-11-26")
    open_file(page, "profile.yml", (ROOT / "profiles" / "amara.yml").read_bytes())
    page.get_by_role("heading", name="Your guide is ready").wait_for()
    go(page, "step/stories")
    table = page.locator("[id='q-programs_file']")

    def bring(name: str, data: bytes) -> None:
        with page.expect_file_chooser() as chooser:
            table.get_by_role("button", name=re.compile("Open (my|another) table")).click()
        chooser.value.set_files({"name": name, "mimeType": "text/plain", "buffer": data})

    bring("programs.pdf", b"%PDF-1.7")
    table.get_by_text("This is no table. Save it as .xlsx or .csv.").wait_for()
    text = (ROOT / "tests" / "tables" / "a_shared_list.csv").read_bytes()
    rows = sheets.read(text, "list.csv").sheets[0].rows
    workbook = sheets.as_workbook([("Programs", rows)])
    for name, data in (("list.csv", text), ("My list (2).xlsx", workbook)):
        bring(name, data)
        table.get_by_text(re.compile(rf"{re.escape(name)}: \d+ programs read")).wait_for()
        (tmp_path / name).write_bytes(data)
        go(page, "guide")
        saved = downloaded(page, "Save my profile")[1]
        page.get_by_text(f"keep it under the name {name}").wait_for()
        one = downloaded(page, "Download as one file")[1]
        (tmp_path / "profile.yml").write_bytes(saved)
        session = Session(tmp_path / "profile.yml", dt.date(2026, 11, 26))
        assert len(session.table.programs) > 5
        assert one == single(session.guide, paths.TEMPLATES), name
        go(page, "step/stories")

    # Opened again: the profile names a table that is not here. It is asked for, and never taken from somebody else.
    open_file(page, "profile.yml", saved)
    page.get_by_text("Your profile names the table My list (2).xlsx").wait_for()
    with page.expect_file_chooser() as chooser:
        page.locator("main").get_by_role("button", name="Open my table").click()
    chooser.value.set_files({"name": name, "mimeType": "text/plain", "buffer": workbook})
    page.get_by_text("Your profile names the table").wait_for(state="detached")
    keep_and_come_back(page)
    go(page, "guide")
    page.get_by_text("Your profile names the table").wait_for(state="detached")
    assert downloaded(page, "Download as one file")[1] == one


def test_before_the_planner_is_there_one_can_answer_and_a_broken_file_is_told(
    browser: Any, host: GitHubPages
) -> None:
    """The questions need no Python; limits are told in the same words; a file that cannot be fetched is told."""
    context = browser.new_context(viewport={"width": 360, "height": 780})
    context.route("**/packs/first.bin", lambda route: route.fulfill(status=503))
    page = context.new_page()
    page.goto(host.url + JUNE)
    page.get_by_role("button", name="Start").click()
    page.get_by_label("In which year did you finish medical school").fill("22")
    page.get_by_role("button", name="Continue").click()
    page.locator(".problem").get_by_text("“22” is not a year. Write a whole number from 1950 to 2100.").wait_for()
    page.get_by_text("The planner could not be fetched. Your answers are still here.").first.wait_for(timeout=SLOW)
    context.unroute("**/packs/first.bin")
    page.get_by_label("In which year did you finish medical school").fill("2022")
    page.get_by_role("button", name="Try again").click()
    page.locator("#plan .combination").wait_for(timeout=SLOW)
    context.close()


def test_without_a_service_worker_the_one_file_guide_opens(browser: Any, reader: Callable[..., Any]) -> None:
    page = reader(service_workers="block")
    page.get_by_role("button", name="Start").click()
    plan_of(page)
    go(page, "guide")
    with page.context.expect_page() as opening:
        page.get_by_role("button", name="Open my guide").click()
    opening.value.get_by_role("heading", name="Your plan").first.wait_for(timeout=SLOW)
    page.get_by_text("This window cannot show its search").wait_for()


def test_without_room_for_its_own_files_the_one_file_guide_opens(browser: Any, app: Path) -> None:
    """A service worker that cannot keep the program's files is thrown away by the browser, and nothing tells."""
    with GitHubPages(app, "/some/where/") as host:
        host.gone.add("trust.html")
        context = browser.new_context(viewport={"width": 360, "height": 780})
        page = context.new_page()
        page.set_default_timeout(SLOW)
        page.goto(host.url + JUNE)
        page.get_by_role("button", name="Start").click()
        plan_of(page)
        go(page, "guide")
        with context.expect_page() as opening:
            page.get_by_role("button", name="Open my guide").click()
        opening.value.get_by_role("heading", name="Your plan").first.wait_for(timeout=SLOW)
        page.get_by_text("This window cannot show its search").wait_for()
        context.close()


FULL = "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };"
NOTHING_KEPT = (
    """Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("no", "SecurityError"); } });"""
)


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (FULL, "No room. Nothing was kept."),
        (NOTHING_KEPT, "This browser keeps nothing here, as in some private windows."),
    ],
)
def test_where_nothing_can_be_kept_it_is_said_and_leaving_asks(
    script: str, told: str, browser: Any, host: GitHubPages
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, accept_downloads=True)
    context.add_init_script(script)
    page = context.new_page()
    page.set_default_timeout(SLOW)
    page.goto(host.url + JUNE)
    page.get_by_role("button", name="Start").click()
    page.get_by_label("In which year did you finish medical school").fill("2019")
    go(page, "guide")
    page.get_by_label("Keep my answers in this browser").check()
    notice = page.locator("#notice-full")
    notice.get_by_text(f"{told} Save your profile before you close this tab.").wait_for()
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    asked.value.dismiss()
    with page.expect_download() as download:
        notice.get_by_role("button", name="Save my profile").click()
    assert "2019" in Path(download.value.path()).read_text(encoding="utf-8")
    context.close()


UNASKED = """for (const name of ["pagehide", "beforeunload", "visibilitychange"])
  window.addEventListener(name, (event) => event.stopImmediatePropagation(), true);"""


def test_a_killed_tab_gives_back_what_was_kept(browser: Any, host: GitHubPages) -> None:
    """Killed as a phone does it: the page hears nothing of it."""
    context = browser.new_context(viewport={"width": 360, "height": 780})
    context.add_init_script(UNASKED)
    page = context.new_page()
    page.set_default_timeout(SLOW)
    page.goto(host.url + JUNE)
    page.get_by_role("button", name="Start").click()
    page.get_by_label("In which year did you finish medical school").fill("2017")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Exams").wait_for()
    page.locator("[id='q-exams.ecfmg_certified']").get_by_label("Yes").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("A phone can close it by itself").wait_for()
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_text("Kept in this browser.", exact=True).wait_for()
    page.get_by_role("button", name="Forget", exact=True).click()
    page.get_by_text("Nothing is kept in this browser; your answers are still in this tab.").wait_for()
    assert page.evaluate("async () => (await indexedDB.databases()).length") == 0
    go(page, "guide")
    page.get_by_label("Keep my answers in this browser").check()
    page.get_by_text("Your answers are kept in this browser.").wait_for(state="attached")
    page.close()

    again = context.new_page()
    again.set_default_timeout(SLOW)
    again.goto(host.url + JUNE)
    again.get_by_text("Your answers are back, as you left them on").wait_for()
    go(again, "check")
    assert "2017" in again.locator("main").inner_text()
    context.close()


@pytest.mark.parametrize("how", [{"java_script_enabled": False}, {}])
def test_a_browser_that_is_too_old_is_told_which_one_is_needed(
    how: dict[str, Any], browser: Any, host: GitHubPages
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, **how)
    context.add_init_script("delete window.DecompressionStream;")
    page = context.new_page()
    watch = Watch(page)
    page.goto(host.url)
    page.get_by_text("This page needs a browser of mid-2023 or later").wait_for()
    page.wait_for_timeout(500)
    assert page.get_by_text("Chrome or Edge 113, Firefox 115, Safari 16.6").is_visible()
    assert page.get_by_role("button").count() == 0, "nothing is offered that would do nothing"
    assert watch.errors == []
    context.close()


def test_a_planner_that_stops_loses_no_answer(browser: Any, host: GitHubPages, app: Path) -> None:
    """Out of memory, again and again: it is told, and the answers can be saved without the planner."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, service_workers="block")
    script = (app / "worker.js").read_text(encoding="utf-8")
    broken = script.replace(
        "desk.plan(asked)", "{ throw new WebAssembly.RuntimeError('memory access out of bounds'); }"
    )
    assert broken != script
    context.route("**/worker.js", lambda route: route.fulfill(body=broken, content_type="text/javascript"))
    page = context.new_page()
    page.set_default_timeout(SLOW)
    page.goto(host.url + JUNE)
    page.get_by_role("button", name="Start").click()
    page.get_by_label("In which country is your medical school?").fill("Nepal")
    notice = page.locator("#notice-failed")
    notice.get_by_text("The planner stopped. Your answers are still here.").wait_for()
    with page.expect_download() as download:
        notice.get_by_role("button", name="Save my profile").click()
    saved = parse(Path(download.value.path()).read_text(encoding="utf-8"), "profile.yml")
    assert check(saved, content().known).applicant.school_country == "Nepal"
    context.unroute("**/worker.js")
    notice.get_by_role("button", name="Try again").click()
    plan_of(page)
    context.close()

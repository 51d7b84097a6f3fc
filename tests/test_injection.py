"""Text of the reader is text everywhere: never HTML, Jinja, Markdown, a formula or a path."""

import csv
import datetime as dt
import html
import io
import re
from pathlib import Path

import pytest
import yaml

import people
from examples import DAY
from matchguide import paths
from matchguide.pages.said import MARK
from matchguide.render.markdown import as_markdown, page_html
from matchguide.session import Session
from matchguide.site.build import build
from matchguide.site.single import single

EVIL = (
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "[x](javascript:alert(1))",
    "# a heading",
    "a | b | c",
    "`code` *stars* __under__ ~~no~~",
    "![img](http://evil.example/x.png)",
    "[[charting-2026-ir.matched]]",
    "&lt;b&gt; &amp; \\ backslash",
    "\u202eright to left\u202c שלום عربي",
    "😀 emoji 👩🏽‍⚕️",
    '" onmouseover="alert(1)" x="',
    "\ue0007\ue001 private marks",
    "{: #id .class }",
    "***bold***  two  spaces",
    "=cmd|' /C calc'!A1",
)


def evil_profile(text: str) -> dict[str, object]:
    ir = "interventional-radiology"
    return {
        "goal": {"specialty": ir, "season": 2027},
        "applicant": {"name": text, "school_country": text, "graduated": 2023},
        "visa": {"needs": "j1", "citizenships": ["Sri Lanka"]},
        "exams": {"step1": {"result": "pass"}, "step2_ck": {"score": 252}},
        "letters": [{"from": text, "specialty": ir, "us": True, "status": "received"}],
        "stories": [{"title": text, "fits": [ir, "internal-medicine"], "text": (text + "\n") * 3}],
        "experience": {
            "us_clinical": [{"specialty": ir, "kind": "elective", "weeks": 6, "where": text}],
            "research": [{"specialty": ir, "title": text, "kind": text, "status": text}],
        },
        "programs": [{"name": text, "specialty": "internal-medicine", "tie": text, "j1": "asked"}],
        "interviews": [{"program": text, "specialty": "internal-medicine", "date": "2026-11-30"}],
        "rank_list": [{"program": text, "first_years": [text]}],
        "history": {"gaps": [{"years": "2020", "because": text}]},
    }


def session(tmp_path: Path, text: str) -> Session:
    path = tmp_path / "evil.yml"
    path.write_text(yaml.safe_dump(evil_profile(text), allow_unicode=True), encoding="utf-8")
    return Session(path, DAY)


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


@pytest.mark.parametrize("text", EVIL)
def test_it_comes_out_as_it_was_typed(text: str, tmp_path: Path) -> None:
    guide = session(tmp_path, text).guide
    wanted = " ".join(text.split())
    clean = session(tmp_path, "harmless").guide
    for page in guide.pages:
        shown = page_html(page)
        harmless = page_html(clean.page(page.id))
        # The same tags as with harmless words: nothing the reader typed became markup.
        assert tags(shown) == tags(harmless), page.id
        assert "49" not in shown.replace("49", "", harmless.count("49")) or "7*7" not in text
    assert wanted in plain(page_html(guide.page("letters")))
    assert wanted in plain(page_html(guide.page("rank-list")))
    assert wanted in plain(page_html(guide.page("index")))


def tags(markup: str) -> list[str]:
    """The tags of a page. A tick is named by a hash of the letter's writer, so it differs with every text; the
    lines of a drawing differ with the length of a text."""
    markup = re.sub(r'data-tick="(\w+-[a-z-]+?)-[0-9a-f]{10}"', r'data-tick="\1"', markup)
    return [t for t in re.findall(r"<[a-z][^>]*>", markup) if t != "<br>" and not t.startswith("<text ")]


PLACE = {"program": "A *place* {{ 1 }}", "specialty": "diagnostic-radiology", "start": "pgy2"}
YEAR = {**PLACE, "specialty": "preliminary-surgery", "start": "pgy1"}
LATER = {
    "applied": ("2026-11-26", {"applied": {"diagnostic-radiology": 40, "internal-medicine": 60}}),
    "ranking": ("2027-02-20", {"applied": {"diagnostic-radiology": 40, "internal-medicine": 60}}),
    "lists closed": ("2027-03-08", {"applied": True}),
    "in SOAP": ("2027-03-16", {"result": "not matched"}),
    "half matched in SOAP": ("2027-03-16", {"result": "advanced only", "place": PLACE}),
    "half matched": ("2027-03-22", {"result": "advanced only", "place": PLACE}),
    "a first year": ("2027-03-22", {"result": "first year only", "place": YEAR}),
    "matched": ("2027-03-22", {"result": "matched", "place": PLACE}),
    "not told": ("2027-03-22", {}),
    "next season": ("2027-06-10", {"result": "not matched"}),
}


@pytest.mark.parametrize("when", LATER)
def test_at_any_time_of_the_season_it_is_wrapped_once_and_only_once(when: str) -> None:
    """In a template it would be Markdown; wrapped twice it would be read as digits."""
    on, so_far = LATER[when]
    data = {**evil_profile("A *place* {{ 1 }}"), "season_so_far": so_far}
    _, _, guide = people.guide_of(data, dt.date.fromisoformat(on))
    slots = [slot for page in guide.pages for block in page.blocks for slot in block.slots]
    assert any("*place*" in slot for slot in slots)
    assert not [slot for slot in slots if MARK.search(slot)]
    assert not [b.id for page in guide.pages for b in page.blocks if "*place*" in b.template]


@pytest.mark.parametrize("text", EVIL)
def test_as_markdown_it_is_inert(text: str, tmp_path: Path) -> None:
    """What MkDocs and its kin read: rendered by plain Markdown it shows the same words."""
    import markdown

    from matchguide.render.markdown import CONFIGS, EXTENSIONS

    guide = session(tmp_path, text).guide
    for id in ("index", "letters", "rank-list", "statements"):
        source = as_markdown(guide.page(id)).split("---\n", 2)[2]
        assert "{{" not in source
        shown = markdown.markdown(source, extensions=EXTENSIONS, extension_configs=CONFIGS)
        assert plain(shown) == plain(page_html(guide.page(id))), id


def test_one_built_site_with_all_of_them(tmp_path: Path) -> None:
    """Strictly built by MkDocs; no title, file name, calendar or sheet carries it as anything but text."""
    text = " ".join(t for t in EVIL if len(t) < 40)[:280]
    s = session(tmp_path, text)
    build(s.guide, tmp_path / "guide")
    for path in (tmp_path / "guide").rglob("*"):
        assert re.fullmatch(r"[\w.-]+", path.name), path.name
    for path in (tmp_path / "guide").glob("*.html"):
        markup = path.read_text(encoding="utf-8")
        assert "<script>alert" not in markup, path.name
        title = re.search(r"<title>(.*?)</title>", markup)
        assert title
        assert "alert" not in title[1]
    single_file = single(s.guide, paths.TEMPLATES).decode()
    assert "<script>alert" not in single_file


def test_the_calendar_is_one_line_an_event_and_ours(tmp_path: Path) -> None:
    guide = session(tmp_path, "x\u202e\nBEGIN:VEVENT; , \\").guide
    lines = guide.assets["guide-dates.ics"].decode().replace("\r\n ", "").split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") > 5
    assert all(re.match(r"[A-Z-]+[:;]", line) for line in lines if line)
    assert not any("\u202e" in line for line in lines)


def test_the_sheet_holds_no_formula(tmp_path: Path) -> None:
    guide = session(tmp_path, "=HYPERLINK(1)").guide
    rows = list(csv.reader(io.StringIO(guide.assets["program-sheet.csv"].decode("utf-8-sig"))))
    cells = [c for row in rows for c in row]
    assert "'=HYPERLINK(1)" in cells
    assert not any(c[:1] in "=+@-" for c in cells if c)


def test_a_long_story_comes_out_whole(tmp_path: Path) -> None:
    profile = evil_profile("short")
    story = "word " * 2000
    profile["stories"] = [{"title": "long", "fits": ["interventional-radiology"], "text": story.strip()}]
    path = tmp_path / "long.yml"
    path.write_text(yaml.safe_dump(profile), encoding="utf-8")
    guide = Session(path, DAY).guide
    assert story.strip() in plain(page_html(guide.page("statements")))

"""The reader's words in a drawing are words: shown as typed, in the site, as one page, ejected and on paper."""

import datetime as dt
import html
import re
from pathlib import Path

import pytest
import yaml
from lxml import etree

from matchguide import paths
from matchguide.pages.said import Drawn, Said
from matchguide.pdf.workbook import workbook
from matchguide.render.markdown import as_markdown, new_markdown, page_html
from matchguide.session import Session
from matchguide.site.eject import eject

NOVEMBER = dt.date(2026, 11, 1)
TEXTS = {
    "a figure's name": "[[charting-2026-ir.matched]]",
    "no figure's name": "[[x]]",
    "a template": "{{ 7*7 }}{% raw %}",
    "markup": "<script>alert(1)</script></text></svg><b>",
    "private characters": "\ue000ab\ue001 \ue0000\ue001 \ue0000t\ue001",
    "Markdown": "**bold** `code` *x*",
    "a stop": "Dr. No: the first; then",
    "Devanagari": "मुंबई अस्पताल क्षत्रिय",
    "Tamil": "தமிழ் மருத்துவமனை",
    "Bengali": "বাংলা হাসপাতাল",
    "Telugu": "తెలుగు ఆసుపత్రి",
    "Khmer": "មន្ទីរពេទ្យ",
    "Myanmar": "မြန်မာဆေးရုံ",
    "Thai": "โรงพยาบาล กรุงเทพ",
    "Arabic": "مستشفى القاهرة",
    "right to left": "\u202eabc\u202c",
    "marks on letters": "Z\u0323\u0301a\u0300",
    "long": "a very long name of a program " * 8,
}


def session(texts: list[str], tmp_path: Path) -> Session:
    """A profile with an interview for each text, and a letter from the first."""
    file = tmp_path / "me.yml"
    interviews = [
        {"program": text, "specialty": "internal-medicine", "date": f"2026-11-{day:02}"}
        for day, text in enumerate(texts, 2)
    ]
    letter = {"from": texts[0], "specialty": "internal-medicine", "us": True, "status": "promised"}
    data = {"goal": {"specialty": "interventional-radiology", "season": 2027}, "interviews": interviews}
    file.write_text(yaml.safe_dump({**data, "letters": [letter]}), encoding="utf-8")
    return Session(file, NOVEMBER)


def drawing(markup: str) -> etree._Element:
    """The timeline as a browser and any other reader of XML would have it."""
    found = re.search(r'<svg viewBox[^>]*aria-labelledby="timeline-drawing-t.*?</svg>', markup, re.DOTALL)
    assert found
    return etree.fromstring(found[0].encode())


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.fixture(scope="module", params=[0, 1], ids=["some", "others"])
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Session]:
    texts = list(TEXTS.values())[request.param :: 2]
    return texts, session(texts, tmp_path_factory.mktemp("drawn"))


def test_it_is_shown_as_typed_everywhere(shown: tuple[list[str], Session], tmp_path: Path) -> None:
    texts, s = shown
    page = s.guide.page("timeline")
    clean = session(["harmless"] * len(texts), tmp_path).guide.page("timeline")
    source = as_markdown(page).split("---\n", 2)[2]
    assert "{{" not in source
    assert "{%" not in source
    for markup in (page_html(page), new_markdown().convert(source)):
        svg = drawing(markup)
        drawn = " ".join(words(e) for e in svg if str(e.tag).endswith("text"))
        for text in texts:
            wanted = " ".join(re.sub("[\u202a-\u202e]", " ", text).split())
            assert wanted in words(svg[1])
            assert wanted.split()[0] in drawn
        assert {str(e.tag) for e in svg.iter()} == {str(e.tag) for e in drawing(page_html(clean)).iter()}


def test_the_workbook_is_printed(shown: tuple[list[str], Session]) -> None:
    s = shown[1]
    book = workbook(s.guide, s.plan, s.profile, s.words, "letter", s.on)
    assert book.data.startswith(b"%PDF-1.7")


def test_ejected_it_is_inert(tmp_path: Path) -> None:
    s = session(["{{ 7*7 }} [[x]] <b>"], tmp_path)
    eject(s.guide, tmp_path / "out", paths.TEMPLATES, paths.MKDOCS_YML)
    for file in (tmp_path / "out" / "docs").glob("*.md"):
        text = file.read_text(encoding="utf-8")
        assert "{{" not in text, file.name
        assert "[[x]]" not in text, file.name
    assert "Interview at {{ 7*7 }} [[x]] <b>." in html.unescape(
        (tmp_path / "out" / "docs" / "timeline.md").read_text()
    )


def test_words_are_measured_as_they_are_seen() -> None:
    text = f"Interview at {Said('St. Mary of the Hills')} on Monday"
    lines = Drawn(text).lines(20)
    seen = [re.sub("\ue000([0-9a-f]+)t\ue001", lambda m: bytes.fromhex(m[1]).decode(), line.markup) for line in lines]
    assert seen == ["Interview at St.", "Mary of the Hills on", "Monday"]
    assert Drawn(f"Ask {Said('Dr. A: now.')}. Then").until(re.compile("[:.] ")).lines(40)[0].markup.startswith("Ask ")

"""What the reader typed, on paper: inert, whole, in every script, and told where no font can print it."""

import datetime as dt
import io
import re
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
import yaml

from examples import DAY
from matchguide.pdf import faces
from matchguide.pdf.fonts import REPLACEMENT, Printable, clusters, missing
from matchguide.pdf.workbook import Workbook, workbook
from matchguide.session import Session
from pdf_reading import structure
from test_injection import EVIL, evil_profile

NAMES = {
    "Latin": "José Ñuñez-Łukasiewicz Ðặng Şahin",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Ольга Їжакевич",
    "Arabic": "محمد عبد الرحمن",
    "Persian": "پریسا مرادی",
    "Hebrew": "שלום כהן",
    "Devanagari": "क्षितिज शर्मा",
    "Tamil": "தமிழ்ச்செல்வி",
    "Telugu": "శ్రీనివాస్",
    "Sinhala": "නිමල් පෙරේරා",
    "Malayalam": "രാജേഷ് നായർ",
    "Kannada": "ಸುನೀತಾ ಗೌಡ",
    "Gujarati": "કિરણ પટેલ",
    "Gurmukhi": "ਹਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Odia": "ସୁଚିତ୍ରା ଦାସ",
    "Thai": "สมชาย ใจดี",
    "Khmer": "សុខា",
    "Myanmar": "အောင်ဆန်း",
    "Ethiopic": "ተስፋዬ",
    "Armenian": "Արամ Խաչատրյան",
    "Chinese": "王小明 張偉",
    "Japanese": "山田たろう タナカ",
    "Korean": "김철수",
}
# Printed well, but one syllable of them is copied out twice: Typst 0.15 cuts the text inside some ligatures.
TWICE = {"Hebrew with points": "שָׁלוֹם כֹּהֵן", "Bengali": "শারমিন আক্তার"}
# Marks that a viewer need not copy out: they shape or isolate what stands beside them.
_SHAPING = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\u00ad\U000e0000-\U000e007f]")


def made(folder: Path, profile: dict[str, object], on: dt.date = DAY) -> Workbook:
    path = folder / "reader.yml"
    path.write_text(yaml.safe_dump(profile, allow_unicode=True), encoding="utf-8")
    s = Session(path, on)
    return workbook(s.guide, s.plan, s.profile, s.words, "letter", s.on)


def copied(book: Workbook) -> str:
    """All text of the workbook as a viewer copies it out, without spaces."""
    with pikepdf.open(io.BytesIO(book.data)) as pdf:
        return without_spaces(structure(pdf).text())


def stands(wanted: str, text: str) -> bool:
    """Whether a text is found. A PDF holds a line from right to left in the order of its ink; viewers turn it."""
    wanted = without_spaces(wanted)
    return wanted in text or "".join(reversed(list(clusters(wanted)))) in text


def without_spaces(text: str) -> str:
    return "".join(_SHAPING.sub("", text).split())


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workbook, str]:
    """Every injection string of the guide's own tests, each a story and a letter writer, and a story of 10,000
    characters, in one workbook."""
    profile = evil_profile("plain")
    ir, im = "interventional-radiology", "internal-medicine"
    story = " ".join(f"word{i}" for i in range(1150))
    assert len(story) > 9000
    profile["stories"] = [{"title": text, "fits": [im], "text": f"{text}\n{text}"} for text in EVIL]
    profile["stories"] += [{"title": "long", "fits": [ir], "text": (story + "x" * 10_000)[:10_000]}]  # type: ignore[operator]
    profile["letters"] = [{"from": text, "specialty": ir, "us": True, "status": "received"} for text in EVIL]
    profile["interviews"] = [{"program": text, "specialty": im, "date": "2026-11-30"} for text in EVIL]
    profile["rank_list"] = [{"program": text, "first_years": [text]} for text in EVIL]
    book = made(tmp_path_factory.mktemp("evil"), profile)
    return book, copied(book)


@pytest.mark.parametrize("text", EVIL)
def test_it_comes_out_as_it_was_typed(text: str, evil: tuple[Workbook, str]) -> None:
    for words in re.findall("[֐-ۿ]+|[^֐-ۿ]+", text):
        assert stands(printable(words), evil[1]), words
    assert evil[1].count(printable(text.split("ש")[0])) >= 3


def printable(text: str) -> str:
    """The listed replacements: what no font has is U+FFFD, what has no glyph is gone."""
    out = Printable()(text)
    lost = sum(c not in out for c in text if c.isalnum() and ord(c) < 0x3000)
    assert not lost
    return without_spaces(out)


def test_it_is_neither_link_nor_picture_nor_script(evil: tuple[Workbook, str]) -> None:
    with pikepdf.open(io.BytesIO(evil[0].data)) as pdf:
        assert "/OpenAction" not in pdf.Root
        assert "/JavaScript" not in pdf.Root.Names
        assert "/EmbeddedFiles" not in pdf.Root.Names
        for page in pdf.pages:
            assert "/AA" not in page
            for note in page.get("/Annots", []):
                assert note.Subtype == "/Link"
                assert "evil.example" not in str(note.get("/A", ""))
                assert "alert(1)" not in str(note.get("/A", ""))


def test_a_long_story_comes_out_whole(evil: tuple[Workbook, str]) -> None:
    assert "".join(f"word{i}" for i in range(1150)) in evil[1]
    assert "x" * 200 in evil[1]


def test_emoji_are_told_and_replaced(evil: tuple[Workbook, str]) -> None:
    assert evil[0].replaced["😀"] >= 1
    told = "\n".join(missing(evil[0].replaced))
    assert "Emoji" in told
    assert "U+1F600" in told
    assert REPLACEMENT in evil[1]
    assert "😀" not in "\n".join(missing(evil[0].replaced, redact=True))


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workbook, str]:
    profile = evil_profile("plain")
    profile["applicant"] = {"name": NAMES["Arabic"], "school_country": "plain", "graduated": 2023}
    profile["letters"] = [
        {"from": name, "specialty": "internal-medicine", "us": True, "status": "received"}
        for name in (*NAMES.values(), *TWICE.values())
    ]
    book = made(tmp_path_factory.mktemp("scripts"), profile)
    return book, copied(book)


@pytest.mark.parametrize("script", NAMES)
def test_names_print_and_copy_out(script: str, scripts: tuple[Workbook, str]) -> None:
    assert stands(NAMES[script], scripts[1])


@pytest.mark.xfail(strict=True, reason="Typst 0.15: look again with the next one")
@pytest.mark.parametrize("script", TWICE)
def test_names_that_copy_out_with_a_syllable_twice(script: str, scripts: tuple[Workbook, str]) -> None:
    assert stands(TWICE[script], scripts[1])


def test_no_name_needs_a_replacement(scripts: tuple[Workbook, str]) -> None:
    assert not scripts[0].replaced
    with pikepdf.open(io.BytesIO(scripts[0].data)) as pdf, pdf.open_metadata() as meta:
        assert NAMES["Arabic"] in meta["dc:title"]


def test_without_a_font_the_message_names_the_package() -> None:
    without = [f for f in faces.faces() if f.family != faces.CJK]
    poor = Printable(without)
    assert poor("Dr. 王小明") == f"Dr. {REPLACEMENT * 3}"
    assert missing(poor.replaced, fonts=without) == [
        "Cjk: no font has 3 characters (王 U+738B 小 U+5C0F 明 U+660E), printed as \ufffd 3 times; "
        "for a font run: pip install noto-cjk-sans-otc."
    ]
    assert "pip install" not in missing(Counter("王"))[0]  # the font is there, so it would not help


def test_fonts_that_pyproject_names_are_installed() -> None:
    assert {f.family for f in faces.faces()} == {
        *(font[0] for font in faces._FONTS),
        *(f"Noto Sans {script}" for script in faces._OWN),
        "DejaVu Sans Mono",
    }


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("e\u0301a", ["e\u0301", "a"]),
        ("क्षि", ["क्", "षि"]),
        ("👩🏽‍⚕️!", ["👩🏽‍⚕️", "!"]),
        ("🇱🇰🇮🇷", ["🇱🇰", "🇮🇷"]),
        ("", []),
    ],
)
def test_a_character_is_what_a_person_would_call_one(text: str, parts: list[str]) -> None:
    assert list(clusters(text)) == parts


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("two\r\nlines\u2028more", "two lines more"),
        ("in\u00advisible\u202e\u0000", "invisible"),
        ("private \ue000 mark", f"private {REPLACEMENT} mark"),
        ("plain", "plain"),
    ],
)
def test_what_is_made_printable(typed: str, shown: str) -> None:
    assert Printable()(typed) == shown


def test_a_line_from_right_to_left_turns_nothing_around() -> None:
    assert Printable().reader("شهر") == "\u2068شهر\u2069"
    assert Printable().reader("plain") == "plain"


def test_a_run_longer_than_a_line_can_break() -> None:
    assert max(map(len, Printable().reader("x" * 200).split("\u200b"))) <= 24
    assert "\u200b" not in Printable().reader("https://example.org/" + "x" * 200)

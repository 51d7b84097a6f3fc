"""The workbook as a document for everybody: tagged, titled, in order, on the paper that was asked for (PDF/UA-1)."""

import io
import itertools
import re
from collections.abc import Callable, Iterator

import pikepdf
import pytest

from examples import PROFILES, session_of
from matchguide.profile.dates import dated
from pdf_reading import Element, baselines

NAMES = ("amara", "restricted-radiologist", "smallest")
HEADINGS = ("H1", "H2", "H3")
LONGEST, LONGEST_ELSE = {"amara": 50}, 52  # pages: of the sample, and of every other example

Books = Callable[..., bytes]
Structures = Callable[[str], Element]


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def pdf(name: str, workbooks: Books) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(workbooks(name))) as opened:
        yield opened


def headings(root: Element) -> list[tuple[int, str]]:
    return [(int(e.kind[1]), squeezed(e.text())) for e in root.walk() if e.kind in HEADINGS]


def squeezed(text: str) -> str:
    return " ".join(re.sub("[\u200b\u2068\u2069]", "", text).split())


def test_it_says_what_it_is(name: str, pdf: pikepdf.Pdf) -> None:
    assert pdf.pdf_version == "1.7"
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    session = session_of(name)
    with pdf.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert "2027" in meta["dc:title"]
        assert (session.profile.applicant.name or "") in meta["dc:title"]


def test_every_page_reads_in_the_order_of_its_structure(pdf: pikepdf.Pdf) -> None:
    assert all(page.Tabs == "/S" for page in pdf.pages)
    labels = pdf.Root.PageLabels.Nums
    starts = [int(labels[i]) for i in range(0, len(labels), 2)]
    shown = [int(labels[i + 1].St) for i in range(0, len(labels), 2)]
    assert all(labels[i + 1].S == "/D" for i in range(0, len(labels), 2))
    assert [s + 1 for s in starts] == shown  # what a viewer calls page 12 is the printed page 12


def test_bookmarks_are_the_headings(name: str, pdf: pikepdf.Pdf, structures: Structures) -> None:
    with pdf.open_outline() as outline:

        def below(items: list[pikepdf.OutlineItem], level: int) -> Iterator[tuple[int, str]]:
            for item in items:
                yield level, squeezed(item.title)
                yield from below(list(item.children), level + 1)

        assert list(below(list(outline.root), 1)) == headings(structures(name))


def test_no_heading_is_empty_or_skips_a_level(name: str, structures: Structures) -> None:
    found = headings(structures(name))
    assert found[0][0] == 1
    assert all(text for _, text in found)
    for (before, _), (level, text) in itertools.pairwise(found):
        assert level <= before + 1, text


def test_chapters_stand_in_the_order_of_the_guide(name: str, structures: Structures) -> None:
    from matchguide.render.markdown import page_html

    guide = session_of(name).guide
    titles = []
    for page in guide.pages:
        if page.section == "Specialties not in your plan":
            titles += ["Specialties not in your plan"] * ("Specialties not in your plan" not in titles)
        else:
            first = re.search(r"<h1[^>]*>(.*?)</h1>", page_html(page), re.DOTALL)
            assert first
            titles.append(squeezed(re.sub("<[^>]*>", "", first[1])))
    chapters = [text for level, text in headings(structures(name)) if level == 1]
    assert chapters == ["Contents", "The plan on one page", *titles, "Sheets to fill"]


def test_figures_can_be_heard_and_tables_have_heads(name: str, structures: Structures) -> None:
    elements = list(structures(name).walk())
    figures = [e for e in elements if e.kind == "Figure"]
    tables = [e for e in elements if e.kind == "Table"]
    assert len(figures) >= 3
    assert all(len(e.alt) > 15 for e in figures)
    assert len(tables) >= 3
    for table in tables:
        heads = [e for e in table.walk() if e.kind == "TH"]
        columns = [len([c for c in row.parts if isinstance(c, Element)]) for row in table.walk() if row.kind == "TR"]
        assert len(heads) == columns[0]
        assert set(columns) == {columns[0]}
    for kind, parents in (("LI", {"L"}), ("TR", {"THead", "TBody"}), ("TOCI", {"TOC"})):
        inside = [c for e in elements if e.kind in parents for c in e.parts if isinstance(c, Element)]
        assert [c.kind for c in inside] == [kind] * len([e for e in elements if e.kind == kind])


def test_drawings_are_vectors(name: str, pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        assert all(o.Subtype != "/Image" for o in page.Resources.get("/XObject", {}).values())
        assert all(i.operator != pikepdf.Operator("INLINE IMAGE") for i in pikepdf.parse_content_stream(page))


def test_links_say_where_they_lead_and_lead_there(pdf: pikepdf.Pdf) -> None:
    links = [a for page in pdf.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"]
    inside = [a for a in links if "/Dest" in a]
    assert len(inside) > 50
    places = pikepdf.NameTree(pdf.Root.Names.Dests)
    for link in links:
        assert str(link.Contents).strip()
        assert "/StructParent" in link
        if "/Dest" in link:
            assert isinstance(link.Dest, pikepdf.Array) or str(link.Dest) in places
        else:
            assert str(link.A.URI).startswith(("https://", "http://"))


def test_what_page_12_says_is_where_it_stands(name: str, pdf: pikepdf.Pdf, structures: Structures) -> None:
    """Each "(page 12)" of a link names the page its heading is printed on."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    places = pikepdf.NameTree(pdf.Root.Names.Dests)
    checked = 0
    for link in (e for e in structures(name).walk() if e.kind == "Link"):
        for said in re.findall(r"\(page (\d+)\)", link.text()):
            place = places[link.leads_to]
            spot = place.D if isinstance(place, pikepdf.Dictionary) else place
            assert pages[spot[0].objgen] == int(said), link.text()
            checked += 1
    assert checked > 30


def test_all_fonts_are_embedded(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            described = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in described or "/FontFile3" in described
            assert "/ToUnicode" in font


@pytest.mark.parametrize(("paper", "box"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_the_paper_is_the_one_asked_for(paper: str, box: tuple[int, int], workbooks: Books) -> None:
    with pikepdf.open(io.BytesIO(workbooks("smallest", paper))) as pdf:
        assert {(round(float(p.MediaBox[2])), round(float(p.MediaBox[3]))) for p in pdf.pages} == {box}


@pytest.mark.parametrize("other", sorted(set(PROFILES) - set(NAMES)))
def test_every_other_example_prints(other: str, workbooks: Books) -> None:
    """The press refuses a document that warns, does not settle, or lacks a glyph, a label or a heading."""
    with pikepdf.open(io.BytesIO(workbooks(other))) as pdf:
        assert 8 < len(pdf.pages) <= LONGEST_ELSE


def test_a_workbook_can_be_carried(name: str, pdf: pikepdf.Pdf) -> None:
    assert 8 < len(pdf.pages) <= LONGEST.get(name, LONGEST_ELSE)


def test_the_plan_is_on_one_page(name: str, pdf: pikepdf.Pdf) -> None:
    """The page after the one headed "The plan on one page" is headed by the first chapter."""
    with pdf.open_outline() as outline:
        wall, home = (outline.root[i] for i in (1, 2))
        pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        assert wall.title == "The plan on one page"
        assert pages[home.destination[0].objgen] == pages[wall.destination[0].objgen] + 1


def test_the_wall_keeps_every_date_of_the_season(name: str, structures: Structures) -> None:
    """The day on which rank lists are due as well as the next one."""
    dates = [m for m in session_of(name).plan.timeline if not m.past and not m.ours]
    assert {"rank_lists_due", "match_day"} <= {m.id for m in dates}
    pieces = [piece for piece, _ in structures(name).pieces()]
    wall = next(p.page for p in pieces if p.startswith("To do, by date") or p.startswith("Dates of the season"))
    on_wall = squeezed("".join(p for p in pieces if p.page == wall))
    missing = [m.id for m in dates if (m.shown or dated(m.when)) not in on_wall]
    assert not missing


def test_a_question_and_the_lines_for_it_share_a_page(name: str, structures: Structures) -> None:
    asked, whole = None, 0
    for piece, _ in structures(name).pieces():
        if "What is being asked" in piece:
            asked = piece.page
        elif "In my own words" in piece and asked is not None:
            assert piece.page == asked
            asked, whole = None, whole + 1
    assert whole >= 10


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_runs_off_a_page(name: str, paper: str, workbooks: Books) -> None:
    """Least of all the plan on one page, which is set smaller until it fits. A printer cannot reach the outer 18
    points."""
    with pikepdf.open(io.BytesIO(workbooks(name, paper))) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            width, height = float(page.MediaBox[2]), float(page.MediaBox[3])
            for x, y in baselines(page):
                assert 18 < x < width - 18, f"page {number}"
                assert 18 < y < height - 18, f"page {number}"


def test_no_chapter_opens_alone_at_the_foot_of_a_page(name: str, pdf: pikepdf.Pdf) -> None:
    """Under a chapter's name and its first sentence stands at least the beginning of what it is about."""
    with pdf.open_outline() as outline:
        places = {item.title: item.destination for item in outline.root}
    pages = [page.objgen for page in pdf.pages]
    alone = []
    for title, where in places.items():
        number, top = pages.index(where[0].objgen), float(where[3])
        foot = float(pdf.pages[number].MediaBox[3]) * 0.08
        below = {round(y) for _, y in baselines(pdf.pages[number]) if foot < y < top}
        if len(below) < 5:  # a name, a first sentence of two lines, and one line more
            alone.append(f"page {number + 1}: {title} ({len(below)} lines)")
    assert not alone, "\n".join(alone)

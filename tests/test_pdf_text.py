"""Every word of the pages stands in the workbook, in order, and nothing but what paper needs is added."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy

import pytest
from lxml import html

from examples import session_of
from matchguide import paths
from matchguide.pages.guide import Page
from matchguide.pdf.workbook import on_paper
from matchguide.render.markdown import page_html
from pdf_reading import Element

NAMES = ("amara", "restricted-radiologist", "smallest")
Structures = Callable[[str], Element]

# Of the screen only: also what unfolds a reason, which a workbook to write in leaves to the guide.
FOR_SCREENS = (
    "//script|//style|//button|//svg|//*[@hidden]|//*[contains(@class,'vh')]|//*[starts-with(@class,'mark-')]"
    "|//*[@class='sliders']|//*[@class='tick-tools']|//*[@class='no-script']|//*[@class='screen']|//details[@class='why']"
)
# What paper adds: page numbers, sources, addresses, boxes and lines to write on, heads of tables without one.
ADDED = re.compile(
    r"\(page\d+\)|\[\d+(?:,\d+)*\]|☐yes☐no|☐|inmyownwords:(?:☐saidaloudin\d+seconds)?|\(file[\w.-]+oftheguideonscreen\)"
    r"|\(https?://(?:[^()]|\([^()]*\))*\)|whatyours|;"
)


def squeezed(text: str) -> str:
    """Text without spaces and case; a line to write on is one stroke, whatever its length."""
    text = re.sub("[\\s\u200b\u2060\u2066-\u2069\u00ad]", "", text).casefold()
    return re.sub("_+", "_", text)


def chapters(root: Element) -> dict[str, list[Element]]:
    """The elements of each chapter by its title."""
    out: dict[str, list[Element]] = {}
    for element in leaves(root):
        if element.kind == "H1":
            here = out.setdefault(squeezed(element.text()), [])
        elif out:
            here.append(element)
    return out


def leaves(element: Element) -> Iterator[Element]:
    """Headings, and what stands between them, in reading order."""
    if element.kind in ("H1", "H2", "H3") or not any(e.kind in ("H1", "H2", "H3") for e in element.walk()):
        yield element
    else:
        for part in element.parts:
            if isinstance(part, Element):
                yield from leaves(part)


def printed(elements: list[Element]) -> str:
    return squeezed("".join(e.text(frozenset({"Lbl", "Figure"})) for e in elements if e.kind != "Figure"))


def written(page: Page) -> str:
    """The text of a page, without what is of the screen, and without a heading under which then nothing is left."""
    body = html.fragment_fromstring(f"<div>{page_html(on_paper(page))}</div>")
    for element in body.xpath(FOR_SCREENS):
        element.drop_tree()
    for heading in body.xpath("//h2|//h3"):
        follows = heading.getnext()
        while follows is not None and not follows.text_content().strip():
            follows = follows.getnext()
        if follows is not None and follows.tag in ("h1", "h2", heading.tag):
            heading.drop_tree()
    return squeezed(body.text_content())


def assert_same(on_page: str, paper: str, where: str) -> None:
    i = j = 0
    while i < len(paper):
        extra = ADDED.match(paper, i)
        if extra and not on_page.startswith(extra[0].replace("☐", ""), j):
            i = extra.end()
        elif paper[i] == "☐":
            i += 1
        elif j < len(on_page) and paper[i] == on_page[j]:
            i, j = i + 1, j + 1
        else:
            near = f"page: ...{on_page[max(0, j - 60) : j]}|{on_page[j : j + 60]}"
            raise AssertionError(f"{where}\n{near}\npaper: ...{paper[max(0, i - 60) : i]}|{paper[i : i + 60]}")
    assert j == len(on_page), f"{where}: missing at the end: {on_page[j : j + 80]}"


@pytest.mark.parametrize("name", NAMES)
def test_the_text_of_every_page(name: str, structures: Structures) -> None:
    found = chapters(structures(name))
    for page in session_of(name).guide.pages:
        if page.section == "Specialties not in your plan" or page.id == "sources":
            continue
        text = written(page)
        title = next(t for t in found if text.startswith(t))
        assert_same(text.removeprefix(title), printed(found[title]), page.id)


@pytest.mark.parametrize("name", NAMES)
def test_other_options_in_short(name: str, structures: Structures) -> None:
    """Each by its title, the one thing to know and the list to tick."""
    other = [p for p in session_of(name).guide.pages if p.section == "Specialties not in your plan"]
    assert other
    text = printed(chapters(structures(name))["specialtiesnotinyourplan"])
    for page in other:
        body = html.fragment_fromstring(f"<div>{page_html(on_paper(page))}</div>")
        for element in body.xpath(FOR_SCREENS):
            element.drop_tree()
        title, thing = body.xpath("//h1")[0], body.xpath("//*[@class='one-thing']")[0]
        items = body.xpath("//*[@class='who']//li")
        wanted = squeezed("".join(e.text_content() for e in (title, thing, *items)))
        start = text.index(squeezed(title.text_content()))
        end = (
            text.find(squeezed(other[other.index(page) + 1].title) + "onething", start)
            if page != other[-1]
            else len(text)
        )
        assert_same(wanted, text[start:end], page.id)


@pytest.mark.parametrize("name", NAMES)
def test_sources_are_numbered_and_cited(name: str, structures: Structures) -> None:
    """The list is numbered without a gap; every number in the workbook is in it and every item is cited."""
    root = structures(name)
    sources = chapters(root)["sourcesandlimits"]
    items = [m for e in sources if e.kind == "H3" and (m := re.match(r"(\d+)\.\s+(.+)", e.text(), re.DOTALL))]
    assert [int(m[1]) for m in items] == list(range(1, len(items) + 1))
    marks = [e.text() for e in root.walk() if e.kind == "Link"]
    cited = {int(n) for m in marks if (hit := re.search(r"\[([\d, \n]+)\]", m)) for n in hit[1].split(",")}
    assert cited == set(range(1, len(items) + 1))
    page = html.fragment_fromstring(f"<div>{page_html(session_of(name).guide.page('sources'))}</div>")
    for item in items:
        heading = next(h for h in page.xpath("//h3") if squeezed(h.text_content()) == squeezed(item[2]))
        told = squeezed(heading.getnext().text_content())
        at = next(i for i, e in enumerate(sources) if e.text() == item[0])
        end = next((i for i, e in enumerate(sources) if i > at and e.kind == "H3"), len(sources))
        assert_same(told, printed(sources[at + 1 : end]), item[0])


@pytest.mark.parametrize("name", NAMES)
def test_a_number_leads_to_the_source_the_page_cites(name: str, structures: Structures) -> None:
    """The numbers printed in a chapter stand for the same items that its page links to, and so on the wall."""
    guide, root = session_of(name).guide, structures(name)
    found = chapters(root)
    items = [e.text().split(".", 1) for e in found["sourcesandlimits"] if e.kind == "H3"]
    told = {number: squeezed(title) for number, title in items}
    page = html.fragment_fromstring(f"<div>{page_html(guide.page('sources'))}</div>")
    titles = {h.get("id"): squeezed(h.text_content()) for h in page.xpath("//h3")}

    def printed_titles(elements: list[Element]) -> set[str]:
        links = [e.text() for top in elements for e in top.walk() if e.kind == "Link"]
        return {told[n] for text in links for marks in re.findall(r"\[([\d, ]+)\]", text) for n in marks.split(", ")}

    for page_ in guide.pages:
        if page_.section == "Specialties not in your plan" or page_.id == "sources":
            continue
        body = html.fragment_fromstring(f"<div>{page_html(on_paper(page_))}</div>")
        for element in body.xpath(FOR_SCREENS):
            element.drop_tree()
        wanted = {titles[a.get("href").split("#")[1]] for a in body.xpath("//a[starts-with(@href,'sources.md#ev-')]")}
        text = written(page_)
        assert printed_titles(found[next(t for t in found if text.startswith(t))]) == wanted, page_.id
    of_the_wall = printed_titles(found["theplanononepage"])
    assert of_the_wall <= printed_titles(found["yourplan"]) | printed_titles(found["checklists"])


@pytest.mark.parametrize("name", NAMES)
def test_addresses_outward_are_printed(name: str, structures: Structures) -> None:
    text = squeezed(structures(name).text())
    shown = 0
    for page in session_of(name).guide.pages:
        if page.section == "Specialties not in your plan" or page.id == "sources":
            continue
        for link in html.fragment_fromstring(f"<div>{page_html(page)}</div>").xpath("//a[starts-with(@href,'http')]"):
            assert f"({squeezed(link.get('href'))})" in text
            shown += 1
    assert shown > 3


@pytest.mark.parametrize("name", NAMES)
def test_ticks_of_the_site_are_boxes(name: str, structures: Structures) -> None:
    guide, found = session_of(name).guide, chapters(structures(name))
    boxes = page_html(guide.page("checklists")).count('type="checkbox"')
    assert boxes > 3
    printed_boxes = "".join(e.text() for e in found["checklists"]).count("☐")
    assert printed_boxes == boxes
    for page in guide.pages:
        if page.id.startswith("interviews"):
            text = written(page)
            here = printed(found[next(t for t in found if text.startswith(t))])
            assert here.count("inmyownwords:☐saidaloud") == page_html(page).count('class="yours"')


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_only_for_screens(name: str, structures: Structures) -> None:
    text = structures(name).text()
    for word in (
        "click",
        "tap",
        "slider",
        "underlined",
        "browser",
        "scroll",
        "Try your own",
        "JavaScript",
        "download",
    ):
        assert not re.search(rf"\b{word}", text, re.IGNORECASE), word
    assert "{{" not in text, "a template's own words stand on paper"


def test_the_sheets_to_fill(structures: Structures) -> None:
    sheets = html.fromstring((paths.TEMPLATES / "pdf" / "sheets.html").read_text(encoding="utf-8"))
    for form in sheets.xpath("//*[@data-copies]"):
        for _ in range(int(form.get("data-copies")) - 1):
            form.addnext(deepcopy(form))
    wanted = squeezed(sheets.text_content()).removeprefix("sheetstofill")
    assert wanted.count("whoimet") == 3
    assert_same(wanted, printed(chapters(structures("amara"))["sheetstofill"]), "sheets")


@pytest.mark.parametrize(("name", "asked"), [("amara", True), ("first-year-only", False)])
def test_the_wall_asks_about_march_while_march_is_to_come(name: str, asked: bool, structures: Structures) -> None:
    wall = printed(chapters(structures(name))["theplanononepage"])
    assert ("ifmarchisempty,iwill" in wall) is asked

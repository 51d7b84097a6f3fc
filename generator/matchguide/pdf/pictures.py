"""Drawings for paper: the classes of the site's style sheet resolved to fixed colors, in an embedded font."""

import unicodedata
from collections.abc import Mapping

from lxml import etree

from matchguide.pdf.faces import MAIN
from matchguide.pdf.fonts import Printable

POINTS_PER_UNIT = 0.84
INK, SOFT_INK, LINE, PAPER = "#1d2430", "#4a5160", "#8d97a5", "#ffffff"
FIRST, CLOSE, MARCH, YES, NO, YOU = "#1f3a5f", "#1c6e4a", "#8a5a00", "#1c6e4a", "#a4432f", "#f1b84b"

# An SVG text of which one character is missing falls back to another font as a whole; for these there is a likeness.
_LIKE = str.maketrans({"→": "›"})

# What assets/guide.css says on the site, in its order: a later entry wins where several fit.
_STYLES: tuple[tuple[frozenset[str], Mapping[str, str]], ...] = tuple(
    (frozenset(classes.split()), attributes)
    for classes, attributes in (
        ("axis", {"stroke": LINE, "stroke-width": "1.2"}),
        ("box yes", {"fill": YES, "fill-opacity": ".5", "stroke": YES}),
        ("box no", {"fill": NO, "fill-opacity": ".3", "stroke": NO}),
        ("box empty", {"fill": "none", "stroke": NO, "stroke-dasharray": "4 3"}),
        ("median", {"stroke": INK, "stroke-width": "2"}),
        ("you", {"fill": YOU, "fill-opacity": ".3"}),
        ("mine", {"stroke": INK, "stroke-width": "2.2"}),
        ("dot yes", {"fill": YES}),
        ("dot no", {"fill": "none", "stroke": NO, "stroke-width": "1.4"}),
        ("road", {"fill": "none", "stroke": LINE, "stroke-width": "2.5"}),
        ("road lit", {"stroke": CLOSE, "stroke-width": "3.5"}),
        ("road stop", {"fill": PAPER}),
        ("road open", {"stroke-dasharray": "3 5"}),
        ("limit", {"stroke": NO, "stroke-width": "1.5", "stroke-dasharray": "5 3"}),
        ("road lit stop", {"fill": CLOSE}),
        ("mark", {"stroke": PAPER, "stroke-width": "1.5"}),
        ("mark ours", {"fill": FIRST}),
        ("mark day", {"fill": CLOSE}),
        ("mark month", {"fill": PAPER, "stroke": MARCH, "stroke-width": "2"}),
        ("mark past", {"fill": LINE}),
        ("curve", {"fill": "none", "stroke": FIRST, "stroke-width": "2.2"}),
    )
)
_TEXTS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("tick", {"fill": SOFT_INK}),
    ("strong", {"font-weight": "700"}),
    ("youlab", {"font-weight": "700"}),
)


def picture(svg: etree._Element, kind: str, printable: Printable) -> dict[str, object]:
    """An inline SVG as a node of the workbook: its source for paper, the words for those who do not see it, and its
    width in points."""
    title, description = (_words(svg, name, printable) for name in ("title", "desc"))
    width, height = (float(x) for x in (svg.get("viewBox") or svg.get("viewbox") or "0 0 360 100").split()[2:])
    body = "".join(_shape(child, kind, printable) for child in svg if isinstance(child.tag, str))
    source = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" font-family="{MAIN}" font-size="11" fill="{INK}">{body}</svg>'
    )
    return {
        "t": "svg",
        "svg": source,
        "alt": f"{title}. {description}" if description else title,
        "width": width * POINTS_PER_UNIT,
    }


def _words(svg: etree._Element, name: str, printable: Printable) -> str:
    found = next((child for child in svg if isinstance(child.tag, str) and child.tag.split("}")[-1] == name), None)
    return printable(" ".join("".join(found.itertext()).split())) if found is not None else ""


def _shape(shape: etree._Element, kind: str, printable: Printable) -> str:
    tag = str(shape.tag).split("}")[-1]
    if tag in ("title", "desc"):
        return ""
    attributes = {str(k): str(v) for k, v in shape.attrib.items() if k != "class"}
    classes = frozenset((shape.get("class") or "").split())
    if tag == "text":
        for name, style in _TEXTS:
            if name in classes:
                attributes.update(style)
    else:
        for wanted, style in _STYLES:
            if wanted <= classes:
                attributes.update(style)
        if kind == "trap" and attributes.get("fill-opacity"):
            attributes["fill-opacity"] = ".18"
    out = etree.Element(tag, attributes)
    if tag == "text":
        for family, run in printable.runs(printable(_drawable("".join(shape.itertext())))):
            etree.SubElement(out, "tspan", {} if family == MAIN else {"font-family": family}).text = run
    return etree.tostring(out, encoding="unicode")


def _drawable(text: str) -> str:
    """The text of a drawing without the words that only shaping can join (marks above, below or inside letters, as in
    Devanagari): in a drawing they would have no characters to read aloud, which PDF/UA forbids. The list below the
    drawing has them whole."""
    words = unicodedata.normalize("NFC", text).translate(_LIKE).split(" ")
    shown = ["…" if any(_joined(letter) for letter in word) else word for word in words]
    return " ".join(word for i, word in enumerate(shown) if word != "…" or i == 0 or shown[i - 1] != "…")


def _joined(letter: str) -> bool:
    thai_or_lao = "\u0e00" <= letter <= "\u0eff"
    return (unicodedata.category(letter) in ("Mn", "Mc", "Me") or letter in "\u200c\u200d") and not thai_or_lao

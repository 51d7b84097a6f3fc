"""What a reading program finds in a tagged PDF: its structure tree, each element with its text in reading order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?=\n|$)")
_RANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


class Text(str):
    """A piece of text, and the number of the page it is printed on."""

    page: int

    def __new__(cls, text: str, page: int) -> "Text":
        out = super().__new__(cls, text)
        out.page = page
        return out


@dataclass
class Element:
    """An element of the structure tree: its kind (H1, P, Figure ...), its parts in order, its alternative text, and
    for a link inside the document the name of the place it leads to."""

    kind: str
    parts: list["Element | Text"] = field(default_factory=list)
    alt: str = ""
    leads_to: str = ""

    def walk(self) -> Iterator["Element"]:
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.walk()

    def pieces(self, kinds: tuple[str, ...] = ()) -> Iterator[tuple[Text, tuple[str, ...]]]:
        """Every piece of text in reading order, with the kinds of elements it stands in, outermost first."""
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.pieces((*kinds, part.kind))
            else:
                yield part, kinds

    def text(self, without: frozenset[str] = frozenset()) -> str:
        """The text inside, without elements of some kinds."""
        return "".join(
            part if isinstance(part, Text) else "" if part.kind in without else part.text(without)
            for part in self.parts
        )


def structure(pdf: pikepdf.Pdf) -> Element:
    """The document's structure. Text that is no part of it (running heads) is not in it."""
    texts = {
        page.objgen: {mark: Text(text, number) for mark, text in _marked(page).items()}
        for number, page in enumerate(pdf.pages, 1)
    }
    top = pdf.Root.StructTreeRoot.K
    return _element(top[0] if isinstance(top, pikepdf.Array) else top, texts, None)


def _element(node: Any, texts: dict[Any, dict[int, Text]], page: Any) -> Element:
    page = node.get("/Pg", page)
    out = Element(str(node.S)[1:], alt=str(node.get("/Alt", "")))
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            out.parts.append(_element(kid, texts, page))
        elif isinstance(kid, pikepdf.Dictionary):
            if "/Obj" in kid:
                out.leads_to = str(kid.Obj.get("/Dest", ""))
            elif "/MCID" in kid:
                out.parts.append(texts[kid.get("/Pg", page).objgen][int(kid.MCID)])
        else:
            out.parts.append(texts[page.objgen][int(kid)])
    return out


def _marked(page: Any) -> dict[int, str]:
    """The text of each marked piece of a page: what its letters say, or what it says they stand for."""
    fonts = {name: _characters(font) for name, font in page.Resources.get("/Font", {}).items()}
    out: dict[int, str] = {}
    marks: list[tuple[int | None, bool]] = []  # the piece each mark belongs to; whether its text is told already
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        piece, told = marks[-1] if marks else (None, False)
        if name in ("BDC", "BMC"):
            says = operands[1] if name == "BDC" else {}
            piece = int(says["/MCID"]) if "/MCID" in says else piece
            if piece is not None:
                out.setdefault(piece, "")
                if "/ActualText" in says and not told:
                    out[piece] += str(says["/ActualText"])
            marks.append((piece, told or "/ActualText" in says))
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in ("Tj", "TJ") and piece is not None and not told:
            pieces = operands[0] if name == "TJ" else [operands[0]]
            out[piece] += "".join(_decoded(bytes(p), font) for p in pieces if isinstance(p, pikepdf.String))
    return out


def _decoded(codes: bytes, characters: dict[int, str]) -> str:
    return "".join(characters[int.from_bytes(codes[i : i + 2], "big")] for i in range(0, len(codes), 2))


def _characters(font: Any) -> dict[int, str]:
    """Glyph code to text, as the font's own table says it."""
    table = font.ToUnicode.read_bytes().decode()
    out: dict[int, str] = {}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for low, high, to in _RANGE.findall(block):
            for i in range(int(low, 16), int(high, 16) + 1):
                out[i] = chr(int(to, 16) + i - int(low, 16))
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, to in _PAIR.findall(block):
            out[int(code, 16)] = bytes.fromhex(to).decode("utf-16-be")
    return out


def baselines(page: Any) -> list[tuple[float, float]]:
    """Where each run of text on a page begins: (x, y) in points from the lower left corner."""
    out: list[tuple[float, float]] = []
    now = pikepdf.Matrix()
    saved: list[pikepdf.Matrix] = []
    line = pikepdf.Matrix()
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "q":
            saved.append(now)
        elif name == "Q":
            now = saved.pop()
        elif name == "cm":
            now = pikepdf.Matrix(*(float(v) for v in operands)) @ now
        elif name == "Tm":
            line = pikepdf.Matrix(*(float(v) for v in operands))
        elif name in ("Tj", "TJ"):
            start = line @ now
            out.append((start.e, start.f))
    return out

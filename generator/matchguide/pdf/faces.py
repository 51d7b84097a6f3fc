"""The fonts a workbook can be printed with: where each is found, and which characters it has. All are free (OFL) and
come by pip or with us; nothing of the computer's own fonts is used, so that the same input gives the same bytes."""

import importlib
import importlib.util
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import IO

from matchguide import paths

MAIN, MONO, SYMBOLS, ARABIC, CJK = "Noto Sans", "Noto Sans Mono", "Noto Sans Symbols 2", "FiraGO", "Noto Sans CJK"
CJK_PACKAGE = "noto-cjk-sans-otc"

# Family, Python package, font in it: a file, or a module that holds one packed. In the order of preference.
_FONTS = (
    (MAIN, "justmytype_western_core", "fonts/ofl/notosans/NotoSans[wdth,wght].ttf"),
    (SYMBOLS, "justmytype_western_core", "fonts/ofl/notosanssymbols2/NotoSansSymbols2-Regular.ttf"),
    (MONO, "justmytype_western_core", "fonts/ofl/notosansmono/NotoSansMono[wdth,wght].ttf"),
    # Noto Sans Arabic sets dots as glyphs of their own, which then copy out as letters of their own.
    (ARABIC, "pymupdf_fonts", "FiraGO_Regular"),
    ("Noto Sans Bengali", "justmytype_intl_south_asia", "fonts/ofl/notosansbengali/NotoSansBengali[wdth,wght].ttf"),
    ("Noto Sans Tamil", "justmytype_intl_south_asia", "fonts/ofl/notosanstamil/NotoSansTamil[wdth,wght].ttf"),
    ("Noto Sans Telugu", "justmytype_intl_south_asia", "fonts/ofl/notosanstelugu/NotoSansTelugu[wdth,wght].ttf"),
    ("Noto Sans Thai", "justmytype_intl_sea", "fonts/ofl/notosansthai/NotoSansThai[wdth,wght].ttf"),
    ("Noto Sans Lao", "justmytype_intl_sea", "fonts/ofl/notosanslao/NotoSansLao[wdth,wght].ttf"),
    ("Noto Sans Khmer", "justmytype_intl_sea", "fonts/ofl/notosanskhmer/NotoSansKhmer[wdth,wght].ttf"),
    ("Noto Sans Myanmar", "justmytype_intl_sea", "fonts/ofl/notosansmyanmar/NotoSansMyanmar[wdth,wght].ttf"),
    ("Noto Sans Ethiopic", "justmytype_intl_africa", "fonts/ofl/notosansethiopic/NotoSansEthiopic[wdth,wght].ttf"),
    (CJK, "noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc"),
)
# Scripts of which no package holds a font: parts of Noto lie beside the templates.
_OWN = ("Sinhala", "Malayalam", "Kannada", "Gujarati", "Gurmukhi", "Oriya")
# Inside Typst's own wheel, where no character map can be read: only what a test has printed.
_IN_TYPST = ("DejaVu Sans Mono", frozenset([*range(0x531, 0x557), *range(0x561, 0x588), 0x589]))


@dataclass(frozen=True)
class Face:
    """One font: a file, a packed module, or (neither) one inside Typst with the characters we know of."""

    family: str
    path: Path | None = None
    module: str = ""
    known: frozenset[int] = frozenset()

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points that the face can draw."""
        from fontTools.ttLib import TTFont

        if not self.path and not self.module:
            return self.known
        source: str | IO[bytes] = str(self.path) if self.path else io.BytesIO(self._unpacked())
        with TTFont(source, lazy=True, fontNumber=0) as font:
            return frozenset(font.getBestCmap())

    def folder(self, shelf: Path) -> Path | None:
        """A folder that holds the font: its own, or the shelf, onto which a packed one is laid."""
        if self.module:
            (shelf / f"{self.family}.ttf").write_bytes(self._unpacked())
            return shelf
        return self.path.parent if self.path else None

    def _unpacked(self) -> bytes:
        return bytes(importlib.import_module(self.module).fontbuffer)


@cache
def faces() -> tuple[Face, ...]:
    """The fonts that are installed, in the order of preference."""
    found = [face for font in _FONTS if (face := _face(*font))]
    own = [Face(f"Noto Sans {s}", paths.TEMPLATES / "pdf" / "fonts" / f"NotoSans{s}-Regular.ttf") for s in _OWN]
    return (*found, *own, Face(_IN_TYPST[0], known=_IN_TYPST[1]))


def installed(family: str, among: Iterable[Face] | None = None) -> bool:
    """Whether a family of faces is there."""
    return any(f.family == family for f in (faces() if among is None else among))


def _face(family: str, package: str, font: str) -> Face | None:
    spec = importlib.util.find_spec(package)  # found, not imported: most are but folders of fonts to us
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0])
    if "." not in font:
        return Face(family, module=f"{package}.{font}") if (folder / f"{font}.py").is_file() else None
    return Face(family, folder / font) if (folder / font).is_file() else None

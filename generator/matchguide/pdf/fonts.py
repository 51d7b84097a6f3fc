"""Text made printable. One character without a glyph would make the whole file invalid (PDF/UA-1), so every text
goes through `Printable` before it goes to the press."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from matchguide.pdf.faces import CJK, CJK_PACKAGE, MAIN, MONO, SYMBOLS, Face, faces, installed
from matchguide.render.plaintext import visible

REPLACEMENT = "\ufffd"
_ALWAYS = {MAIN, MONO, SYMBOLS}
_CJK_WORDS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "KANGXI", "FULLWIDTH", "HALFWIDTH")

# Written by no glyph: joiners and variation selectors change their neighbours and stay; the rest is taken away.
_JOINERS = re.compile("[\u200b-\u200d\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
)
_LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_KANA = re.compile("[\u3040-\u30ff\u31f0-\u31ff]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_LONG_RUN = re.compile("[^\\s\u0e00-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]{49,}")


class Printable:
    """Text made printable with the fonts at hand; counts what had to be replaced."""

    def __init__(self, fonts: Iterable[Face] | None = None) -> None:
        self._faces = tuple(faces() if fonts is None else fonts)
        self._known: dict[str, Face | None] = {}
        self.replaced: Counter[str] = Counter()
        self.kana = self.hangul = False

    def __call__(self, text: str) -> str:
        """The text with line ends as spaces, invisible controls gone, and U+FFFD for what no font can print."""
        if text.isascii() and text.isprintable():
            return text
        text = _INVISIBLE.sub("", _LINE_END.sub(" ", text))
        self.kana = self.kana or bool(_KANA.search(text))
        self.hangul = self.hangul or bool(_HANGUL.search(text))
        return "".join(self._printed(cluster) for cluster in clusters(text))

    def reader(self, text: str) -> str:
        """The same for one line of the reader's own words: kept from turning its surroundings around, and with
        places to break where a run is longer than any line."""
        text = _LONG_RUN.sub(lambda hit: _breakable(hit[0]), self(text))
        return f"\u2068{text}\u2069" if _RTL.search(text) else text

    def families(self) -> list[str]:
        """The families in the order the template is to try them. Chinese, Japanese and Korean write some of the
        same characters differently; kana or Hangul anywhere tell which is meant."""
        cjk = f"{CJK} JP" if self.kana else f"{CJK} KR" if self.hangul else f"{CJK} SC"
        return [cjk if f.family == CJK else f.family for f in self.used()]

    def runs(self, text: str) -> list[tuple[str, str]]:
        """A printable text cut where another family takes over, for drawings: (family, text)."""
        out: list[tuple[str, str]] = []
        for cluster in clusters(text):
            face = self._known.get(cluster)
            family = face.family if face and face.family != CJK else MAIN
            out[-1:] = (
                [(family, out[-1][1] + cluster)] if out and out[-1][0] == family else [*out[-1:], (family, cluster)]
            )
        return out

    def used(self) -> list[Face]:
        """The fonts the workbook needs."""
        used = {face.family for face in self._known.values() if face} | _ALWAYS
        return [f for f in self._faces if f.family in used]

    def _printed(self, cluster: str) -> str:
        if cluster not in self._known:
            self._known[cluster] = self._face(cluster)
        if self._known[cluster]:
            return cluster
        if cluster.isspace():
            return " "
        self.replaced[cluster] += 1
        return REPLACEMENT

    def _face(self, cluster: str) -> Face | None:
        letters = {ord(c) for c in _JOINERS.sub("", cluster)}
        return next((f for f in self._faces if letters <= f.characters), None)


def clusters(text: str) -> Iterator[str]:
    """What a person would call characters: a letter with its accents, a Hangul syllable of jamo, a joined emoji."""
    start = 0
    for i in range(1, len(text) + 1):
        if i < len(text) and _extends(text[i], text[i - 1], text[start:i]):
            continue
        if start < i:
            yield text[start:i]
        start = i


def _extends(char: str, before: str, cluster: str) -> bool:
    if char < "\u0300":
        return False
    if unicodedata.category(char)[0] == "M" or _JOINERS.match(char) or "\U0001f3fb" <= char <= "\U0001f3ff":
        return not before.isspace()
    if before == "\u200d":
        return unicodedata.category(char) == "So"
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        return len(cluster) == 1 and "\U0001f1e6" <= before <= "\U0001f1ff"
    return "\u1160" <= char <= "\u11ff" and "\u1100" <= before <= "\u11ff"


def _breakable(run: str) -> str:
    if run.startswith(("http://", "https://")):
        return run
    return "\u200b".join(run[i : i + 24] for i in range(0, len(run), 24))


def missing(replaced: Counter[str], *, redact: bool = False, fonts: Iterable[Face] | None = None) -> list[str]:
    """What to tell the person at the keyboard: one line for each script without a font, with the package that has
    one where we know it. A redacted line holds neither a character of the profile nor its script."""
    scripts: dict[str, Counter[str]] = {}
    for cluster, count in replaced.items():
        script = _script(cluster)
        if redact and script != "emoji":
            script = "letters"
        scripts.setdefault(script, Counter())[cluster] += count
    lines = []
    for script, found in sorted(scripts.items()):
        shown = "" if redact else " (" + " ".join(f"{visible(c)} U+{ord(c[0]):04X}" for c in list(found)[:8]) + ")"
        lacking = script in _CJK_WORDS and not installed(CJK, fonts)
        help = f"; for a font run: pip install {CJK_PACKAGE}" if lacking else ""
        times = "once" if found.total() == 1 else f"{found.total()} times"
        lines.append(
            f"{script.title()}: no font has {_count(len(found))}{shown}, printed as {REPLACEMENT} {times}{help}."
        )
    return lines


def _script(cluster: str) -> str:
    name = unicodedata.name(cluster[0], "")
    if not name:
        return "not a character"
    return "emoji" if unicodedata.category(cluster[0]) == "So" else name.split()[0].split("-")[0]


def _count(number: int) -> str:
    return "1 character" if number == 1 else f"{number} characters"

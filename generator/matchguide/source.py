"""Reading YAML from people we do not know: bounded, without aliases or tags, keeping the place of every value."""

import hashlib
import os
import pickle
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from matchguide import paths
from matchguide.mistakes import Mistake, MistakesFound, mistake

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LOST = "is taken for a comment by YAML, and lost."
QUOTE_IT = 'Put the text in quotes, as in "Patient #4"; before a real comment, write a space after the #.'
LARGEST_FILE = 1_000_000  # bytes; a profile with forty long stories is a tenth of it
DEEPEST = 20  # nesting levels; the schema needs five
Key = tuple[str | int, ...]


@dataclass(frozen=True)
class Source:
    """A YAML document: plain data, and where each value stands. Places map a path such as
    ("exams", "step1", "attempts") to (line, column, the text as written); names map it to where the field's own
    name stands; cut maps it to where a # with no blank after it ended the value, and what it took away."""

    file: str
    data: Any
    places: dict[Key, tuple[int, int, str]] = field(default_factory=dict)
    names: dict[Key, tuple[int, int]] = field(default_factory=dict)
    cut: dict[Key, tuple[int, int, str]] = field(default_factory=dict)

    def mistake(self, path: Key, problem: str, *, allowed: str = "", show: bool = True) -> Mistake:
        """A mistake at a path; where the path itself is missing, at its nearest parent. `show` is whether the
        value is at fault and may be named; else it is the field itself, and its name is the place."""
        if not show and path in self.names:
            return Mistake(self.file, dotted(path), problem, allowed, "", *self.names[path], path=path)
        at = path
        while at not in self.places and at:
            at = at[:-1]
        line, column, text = self.places.get(at, (0, 0, ""))
        found = text if show and at == path else ""
        if len(found) > 60:
            found = found[:57] + "..."
        return Mistake(self.file, dotted(path), problem, allowed, found, line, column, path=path)


def dotted(path: Key) -> str:
    """("letters", 0, "from") -> "letters[0].from"."""
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else (f".{part}" if out else str(part))
    return out


def read_text(path: Path, *, largest: int = LARGEST_FILE) -> str:
    """The text of a file, or MistakesFound when it is missing, a folder, too large or not UTF-8."""
    name = str(path)
    try:
        if path.is_dir():
            raise mistake(name, "this is a folder, not a file.", allowed="Name one YAML file.")
        with path.open("rb") as handle:
            size = os.fstat(handle.fileno()).st_size
            if size > largest:
                raise mistake(
                    name,
                    f"this file is too large ({size:,} bytes).",
                    allowed=f"At most {largest:,} bytes: is it the right file?",
                )
            raw = handle.read(largest + 1)
            if len(raw) > largest:  # a pipe, whose size nobody knows before
                raise mistake(name, f"this is more than {largest:,} bytes.", allowed="Is it the right file?")
    except FileNotFoundError:
        near = ""
        if path.parent.is_dir():
            from matchguide.mistakes import suggestion

            near = suggestion(path.name, (p.name for p in path.parent.iterdir()))
        raise mistake(name, "there is no such file.", near=near) from None
    except OSError as error:
        raise mistake(name, f"this file cannot be read ({error.strerror}).") from None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise MistakesFound(
            [
                Mistake(
                    name,
                    "",
                    "a character here is not UTF-8.",
                    'Save the file as UTF-8 (most editors: "Save as", encoding UTF-8).',
                    "",
                    line,
                    column,
                )
            ]
        ) from None


# YAML counts these as line ends, and no editor does: a story copied from the web would shift every place after it.
_BREAKS = "\x85\u2028\u2029"
_STAND_INS = "\U0010fff0\U0010fff1\U0010fff2"
_AWAY, _BACK = str.maketrans(_BREAKS, _STAND_INS), str.maketrans(_STAND_INS, _BREAKS)


def parse(text: str, file: str) -> Source:
    """One YAML mapping with the place of every value, or MistakesFound."""
    text = text.translate(_AWAY)
    try:
        _refuse_what_we_never_need(text, file)
        nodes = list(yaml.compose_all(text, Loader=Loader))
    except yaml.YAMLError as error:
        raise MistakesFound([_syntax(error, text, file)]) from None
    except (ValueError, RecursionError):
        raise mistake(file, "this is not readable YAML.") from None
    nodes = [n for n in nodes if n is not None]
    if not nodes or (isinstance(nodes[0], yaml.ScalarNode) and not nodes[0].value.strip() and len(nodes) == 1):
        raise mistake(file, "this file is empty.", allowed="`matchguide init` writes one to start from.")
    if len(nodes) > 1:
        mark = nodes[1].start_mark
        raise MistakesFound(
            [
                Mistake(
                    file,
                    "",
                    "a second YAML document starts here.",
                    "Keep one; remove the line ---",
                    "",
                    mark.line + 1,
                    mark.column + 1,
                )
            ]
        )
    if not isinstance(nodes[0], yaml.MappingNode):
        raise MistakesFound(
            [
                Mistake(
                    file,
                    "",
                    "this is not a list of fields.",
                    "Start with lines such as:  goal: {specialty: interventional-radiology}",
                    "",
                    nodes[0].start_mark.line + 1,
                    nodes[0].start_mark.column + 1,
                )
            ]
        )
    source = Source(file, None)
    faults: list[Mistake] = []
    data = _plain(nodes[0], (), _Reading(source, text.split("\n"), faults))
    if faults:
        raise MistakesFound(faults)
    return Source(file, data, source.places, source.names, source.cut)


def trusted(text: str, file: str) -> Any:
    """The data of a YAML text of our own, read fast and without places. Raises MistakesFound where it is broken."""
    try:
        return of_ours(text)
    except yaml.YAMLError as error:
        raise MistakesFound([_syntax(error, text, file)]) from error


def of_ours(text: str) -> Any:
    """The same, but what is broken raises YAMLError. The app for browsers, which has no fast reader of YAML, brings
    its texts read."""
    read = _brought().get(text_sum(text))
    return pickle.loads(read) if read is not None else yaml.load(text, Loader=Loader)


def text_sum(text: str) -> bytes:
    """By which sum a text that was brought read is found."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


@cache
def _brought() -> dict[bytes, bytes]:
    brought: dict[bytes, bytes] = pickle.loads(paths.READ.read_bytes()) if paths.READ.is_file() else {}
    return brought


def _refuse_what_we_never_need(text: str, file: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        problem = allowed = found = ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            problem, allowed = "anchors and aliases (& and *) are not used here.", "Write the value out."
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            found, problem, allowed = (
                event.tag,
                "is a tag, and tags are not used here.",
                "Write plain text, numbers and lists.",
            )
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            depth += 1
            if depth > DEEPEST:
                problem, allowed = _TOO_DEEP
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1
        if problem:
            raise MistakesFound([Mistake(file, "", problem, allowed, found, line, column)])


_TOO_DEEP = ("this is nested too deeply.", "A profile needs five levels.")


def _syntax(error: yaml.YAMLError, text: str, file: str) -> Mistake:
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    if "nesting depth" in str(error):  # newer libyaml has a limit of its own
        return Mistake(file, "", *_TOO_DEEP, "", line, column)
    lines = text.split("\n")
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())] or "\\t" in str(error):
        return Mistake(file, "", "a tab stands where spaces are due.", "Indent with spaces.", "", line, column)
    for number in range(max(0, line - 2), min(line, len(lines))):
        if cut := re.search(r"(?<=\s)#[^\s#!].*", lines[number]):
            lost = cut[0].translate(_BACK)
            return Mistake(file, "", LOST, QUOTE_IT, lost, number + 1, cut.start() + 1)
    problem, told = f"{getattr(error, 'problem', None) or 'this is not readable YAML'}.", "this is not readable YAML."
    if "unacceptable character" in str(error) or "special characters" in str(error):
        problem = told = "a control character stands in this file."
        if bad := re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", text):
            line, column = (
                text.count("\n", 0, bad.start()) + 1,
                bad.start() - text.rfind("\n", 0, bad.start()),
            )
    return Mistake(
        file,
        "",
        problem.translate(_BACK),
        "Look at this line and the one above: a quote, colon or bracket?",
        "",
        line,
        column,
        told=told,
    )


@dataclass(frozen=True)
class _Reading:
    """What is collected on the way through a document, and its lines."""

    source: Source
    lines: list[str]
    faults: list[Mistake]


def _plain(node: yaml.Node, path: Key, reading: _Reading) -> Any:
    source, faults = reading.source, reading.faults
    mark = node.start_mark
    place = (mark.line + 1, mark.column + 1)
    if isinstance(node, yaml.ScalarNode):
        text = node.value.translate(_BACK)
        source.places[path] = (*place, text)
        if not node.style and (lost := _cut(node, reading.lines)):
            source.cut[path] = lost
        return _scalar(node.tag.rsplit(":", 1)[-1], text)
    source.places[path] = (*place, "")
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, i), reading) for i, child in enumerate(node.value)]
    out: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key_mark = key_node.start_mark
        at = (key_mark.line + 1, key_mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode) or not key_node.value.strip():
            faults.append(Mistake(source.file, dotted(path), "a field's name must be text.", "", "", *at, path=path))
            continue
        key = key_node.value.translate(_BACK)
        inner = (*path, key)
        if key in out:
            faults.append(
                Mistake(source.file, dotted(inner), "this field stands here twice.", "Keep one.", "", *at, path=inner)
            )
            continue
        source.names[inner] = at
        out[key] = _plain(value_node, inner, reading)
        if value_node.value == "" and not value_node.style and (lost := _cut(key_node, reading.lines, r"\s*:")):
            source.cut[inner] = lost
    return out


def _cut(node: yaml.ScalarNode, lines: list[str], before: str = "") -> tuple[int, int, str] | None:
    """Where a # without a blank after it stands behind a value or in its place, as in "Patient #4": YAML takes it
    for a comment, and whoever wrote it did not. A line and column, and what is lost."""
    end = node.end_mark
    rest = lines[end.line][end.column :] if end.line < len(lines) else ""
    hit = re.match(before + r"\s*(#[^\s#!].*)", rest)
    return (end.line + 1, end.column + hit.start(1) + 1, hit[1].translate(_BACK)) if hit else None


def _scalar(kind: str, text: str) -> Any:
    """Only what the schema uses: null, true/false, whole numbers and decimals; everything else is text.
    YAML 1.1 would turn 1:30 and 2026-11-30 into numbers and dates; a reader means what is written."""
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("yes", "true", "on", "y")
    if kind == "int" and text.lstrip("+-").isdecimal() and len(text) < 16:
        return int(text)
    if kind == "float":
        try:
            return float(text)
        except ValueError:
            return text
    return text

"""What the program itself asks of content and templates, read from its own syntax trees: the sentences it says with
their values, the numbers and dates it uses, the names it gives to pages and sentences."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import get_args

from matchguide.checks.patterns import fits
from matchguide.pages.words import EVERYWHERE
from matchguide.plan.types import NoteId, Problem, WalkId

PACKAGE = Path(__file__).resolve().parents[1]


@dataclass
class Asked:
    """`sentences` maps an id (a regular expression) to the names of its values, None where they are not known."""

    sentences: dict[str, set[str] | None] = field(default_factory=dict)
    on_pages: dict[str, list[set[str]]] = field(
        default_factory=dict
    )  # at each place; they may ask for facts of pages too
    numbers: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)  # every text of the code: what templates may compare with


SAYS = ("say", "every", "on_page")  # how pages name a sentence that stands with its condition
SAID_OTHERWISE = {"rule", "moment-rule", "first-card", "event", "event-held"} | {
    f"card-{x}" for x in ("alignment", "pathways_back", "visa")
}


@cache
def asked() -> Asked:
    """Read once a process."""
    out = Asked()
    for walk in get_args(WalkId):
        out.sentences |= {
            f"walk-{walk}-{part}": {"n", "next", "first_years", "program", "next_program"} for part in ("if", "then")
        }
    of_line = {"n", "program", "specialty", "other_programs", "lines"}
    out.sentences |= {f"rank-{problem}": of_line | {"assumed", "first_years"} for problem in get_args(Problem)}
    out.sentences |= {
        f"rank-note-{note}-{how}": of_line | {"later_programs", "liked", "met"}
        for note in get_args(NoteId)
        if note != "link-year"
        for how in ("full", "brief")
    }
    for folder in ("plan", "pages", "profile", "content", "pdf"):
        for path in sorted((PACKAGE / folder).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    out.words.add(node.value)
                if isinstance(node, ast.Call) and folder in ("plan", "pages", "pdf"):
                    _call(node, out)
                if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "WHY":
                    out.sentences |= {_pattern(v) or "": set() for v in getattr(node.value, "values", ())}
    return out


def _call(node: ast.Call, out: Asked) -> None:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    first = _pattern(node.args[0]) if node.args else None
    if name in ("why", "add") and node.args:
        either = node.args[0]
        for said in [either.body, either.orelse] if isinstance(either, ast.IfExp) else [either]:
            if (id := _pattern(said)) and id not in SAID_OTHERWISE and not id.startswith(("walk-", "rank-")):
                given = {k.arg for k in node.keywords if k.arg}
                known = None if any(k.arg is None for k in node.keywords) or name == "add" else given
                before = out.sentences.get(id, set())
                out.sentences[id] = None if known is None or before is None else before | known
    elif name == "said" and node.args:
        either = node.args[0]
        for said in [either.body, either.orelse] if isinstance(either, ast.IfExp) else [either]:
            if id := _pattern(said):
                out.sentences[id] = (out.sentences.get(id) or set()) | {k.arg for k in node.keywords if k.arg}
    elif name in SAYS and first:
        out.on_pages.setdefault(first, []).append({k.arg for k in node.keywords if k.arg})
    elif name in ("number", "count") and isinstance(node.func, ast.Attribute) and _of_goal(node.func):
        if first:
            out.numbers.add(first)
    elif name in ("day", "last_day", "event") and first and isinstance(node.func, ast.Attribute):
        out.events.add(first)
    elif name == "season" and isinstance(node.func, ast.Name):
        out.events |= set(_texts(node.args)) - {"stage"}
    elif name == "line" and isinstance(node.func, ast.Name):
        out.lines |= set(_texts(node.args))


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    yield from (n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str))


def _of_goal(function: ast.Attribute) -> bool:
    of = function.value
    return (isinstance(of, ast.Attribute) and of.attr == "goal") or (isinstance(of, ast.Name) and of.id == "goal")


def _pattern(node: ast.AST) -> str | None:
    """A text, or an f-string with anything in its holes, as a regular expression."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value).replace(r"\-", "-")
    if isinstance(node, ast.JoinedStr):
        parts = (re.escape(str(v.value)) if isinstance(v, ast.Constant) else "[a-z0-9_ -]+" for v in node.values)
        return "".join(parts).replace(r"\-", "-")
    return None


@cache
def page_names() -> tuple[str, ...]:
    """The names that page templates see: those of View.names(), and what the writer adds."""
    view = _keys(PACKAGE / "pages/view.py", "names")
    writer = _keys(PACKAGE / "pages/write.py", "__init__")
    return tuple(sorted({*view, *writer, *EVERYWHERE, "page", "specialty", "ui"}))


@cache
def sentence_names() -> tuple[str, ...]:
    """The functions that sentences of templates/words/ may call."""
    return tuple(sorted({*_keys(PACKAGE / "pages/words.py", "__init__"), *EVERYWHERE}))


def _keys(path: Path, function: str) -> Iterator[str]:
    """The texts that are keys of the mappings written in a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name == function:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Dict):
                    yield from _texts([k for k in inner.keys if k])


def values_of(sentence: str, asked: Mapping[str, set[str] | None]) -> set[str] | None:
    """The values that the code gives to a sentence; None where it gives what is not known here. A sentence that the
    code names whole is not looked for among those it puts together."""
    out: set[str] = set()
    for pattern, names in asked.items():
        if pattern == sentence or (sentence not in asked and fits(pattern)(sentence)):
            if names is None:
                return None
            out |= names
    return out

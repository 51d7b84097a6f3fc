"""Jinja in pages and sentences: faults of writing with their line, names nobody gives, words nobody knows."""

import difflib
import re
from collections.abc import Generator, Iterator, Mapping
from functools import lru_cache

from jinja2 import TemplateSyntaxError, meta, nodes

from matchguide.checks import expressions
from matchguide.checks.code import SAYS, asked, page_names, sentence_names, values_of
from matchguide.checks.names import Names, Wrong, unknown
from matchguide.checks.patterns import fits
from matchguide.content import vocabulary
from matchguide.content.cards import SECTIONS as SECTIONS_OF_CARDS
from matchguide.content.expressions import VOCABULARY
from matchguide.mistakes import Mistake, MistakesFound
from matchguide.pages.facts import kinds
from matchguide.pages.sentences import FIELDS, each, unfolded
from matchguide.pages.write import EACH, HEAD, SECTIONS
from matchguide.source import Key, Source

BY_A_PAGE = "A page gives it, in templates/pages/ or templates/home/."
_ENV = unfolded(trim_blocks=True, lstrip_blocks=True)


@lru_cache(maxsize=1000)
def _tree(text: str) -> nodes.Template:
    """A parsed text. Raises TemplateSyntaxError, also where a filter or test is unknown."""
    tree = _ENV.parse(text)
    meta.find_undeclared_variables(tree)
    return tree


# Functions of pages, and what their first word is.
TAKES = {
    "fig": "figure", "value": "figure", "has": "figure", "number": "number", "season_day": "event",
    "deadline": "event", "year": "evidence kind", "name": "specialty", "abbr": "specialty",
    "abbr_first": "specialty", "person": "specialty",
    "a_person": "specialty", "page_exists": "see", "page_title": "see", "rules_for": "page", "rules": "page",
    "go": "see", "target": "see", "say": "sentence", "every": "sentence",
    "in_plan": "specialty", "questions": "interviews", "label": "line",
}  # fmt: skip


def problems(names: Names) -> Iterator[Mistake]:
    """All that is wrong in the templates of pages and in the sentences."""
    macros = _macros(names)
    for name, text in names.written.texts.items():
        if name.startswith(("pages/", "home/", "parts/")):
            body, skipped = _body(name, text)
            tree = yield from _parsed(names, name, body, skipped)
            if tree is not None:
                yield from _unknown_names(names, name, tree, skipped)
                yield from _words(names, name, tree, skipped, macros)
        if name.startswith("pages/"):
            yield from _head(names, name)
    yield from _sentences(names)


def _body(name: str, text: str) -> tuple[str, int]:
    """The Jinja of a file, and how many lines stand before it."""
    if not name.startswith("pages/"):
        return text, 0
    parts = text.split("---\n", 2)
    return (parts[2], parts[0].count("\n") + parts[1].count("\n") + 2) if len(parts) == 3 else ("", 0)


def _parsed(names: Names, name: str, body: str, skipped: int) -> Generator[Mistake, None, nodes.Template | None]:
    try:
        return _tree(body)
    except TemplateSyntaxError as error:
        problem = (error.message or "cannot be read").rstrip(".")
        help = ""
        if hit := re.match(r"No (filter|test) named '(\w+)'", problem):
            known = _ENV.filters if hit[1] == "filter" else _ENV.tests
            help = unknown(hit[2], sorted(known), hit[1], "")[1]
        yield Mistake(names.written.path(name), "", f"{problem}.", help, "", error.lineno + skipped)
        return None


def _unknown_names(names: Names, name: str, tree: nodes.Template, skipped: int) -> Iterator[Mistake]:
    given = {*page_names(), *_ENV.globals, "caller", *(n.name for n in tree.find_all(nodes.Name) if n.ctx != "load")}
    if name.startswith("home/"):
        given |= {n.name for n in _stored(names, "pages/11-home-later.md")}
    strange = meta.find_undeclared_variables(tree) - given
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name in strange:
            problem, help = unknown(node.name, sorted(given), "a name that pages know", "")
            yield Mistake(names.written.path(name), "", problem, help, node.name, node.lineno + skipped)


def _stored(names: Names, name: str) -> Iterator[nodes.Name]:
    """What a page sets, for the part that it includes."""
    body, _ = _body(name, names.written.texts.get(name, ""))
    try:
        tree = _tree(body)
    except TemplateSyntaxError:
        return
    yield from (n for n in tree.find_all(nodes.Name) if n.ctx == "store")


def _macros(names: Names) -> frozenset[str]:
    try:
        tree = _tree(names.written.texts.get("parts/macros.jinja", ""))
    except TemplateSyntaxError:
        return frozenset()
    return frozenset(m.name for m in tree.find_all(nodes.Macro))


def _words(names: Names, name: str, tree: nodes.Template, skipped: int, macros: frozenset[str]) -> Iterator[Mistake]:
    def told(node: nodes.Node, wrong: Wrong, found: str) -> Mistake:
        return Mistake(names.written.path(name), "", wrong[0], wrong[1], found, node.lineno + skipped)

    for get in tree.find_all(nodes.Getattr):
        if isinstance(get.node, nodes.Name) and get.node.name == "ui" and macros and get.attr not in macros:
            yield told(get, unknown(get.attr, macros, "a piece of parts/macros.jinja", ""), get.attr)
    for call in tree.find_all(nodes.Call):
        function = call.node.attr if isinstance(call.node, nodes.Getattr) else getattr(call.node, "name", "")
        if function in TAKES and call.args and (word := pattern(call.args[0])) is not None:
            kind = TAKES[function]
            wrong = names.wrong(kind, word) if "*" not in word or kind == "figure" else None
            if wrong:
                yield told(call, wrong, word)
        if function == "body" and len(call.args) == 2 and (word := pattern(call.args[1])) and "*" not in word:
            wrong = names.wrong("section", word)
            if wrong:
                yield told(call, wrong, word)
    for const in tree.find_all(nodes.Const):
        if isinstance(const.value, str) and const.value not in SECTIONS_OF_CARDS:
            near = difflib.get_close_matches(const.value, SECTIONS_OF_CARDS, n=1, cutoff=0.85)
            if near:
                yield told(const, ("is no section of cards.", f"Did you mean: {near[0]}?"), const.value)
    every = names.words | asked().words
    for compare in tree.find_all(nodes.Compare):
        for const in compare.find_all(nodes.Const):
            if isinstance(const.value, str) and not set(const.value.split(":")) <= {*every, ""}:
                yield told(const, ("is compared with, and nothing here says it.", ""), const.value)


def pattern(node: nodes.Node) -> str | None:
    """A text, or a text with * for what is only known when the page is written; None for what is all unknown."""
    if isinstance(node, nodes.Const):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, nodes.Concat):
        parts = [pattern(n) or "*" for n in node.nodes]
        return "".join(parts) if any(p != "*" for p in parts) else None
    if isinstance(node, nodes.Add):
        parts = [pattern(node.left) or "*", pattern(node.right) or "*"]
        return "".join(parts) if any(p != "*" for p in parts) else None
    return None


def _head(names: Names, name: str) -> Iterator[Mistake]:
    source = names.written.data.get(name)
    if source is None or not isinstance(source.data, dict):
        return
    for key in source.data:
        if key not in HEAD:
            problem, help = unknown(key, HEAD, "a field of a page", "")
            yield source.mistake((key,), problem, allowed=help, show=False)
    for key in ("title", "section", "order"):
        if key not in source.data:
            yield source.mistake((key,), "is missing.", allowed="A page has title, section and order.")
    for key, allowed in (("section", SECTIONS), ("each", EACH)):
        value = source.data.get(key)
        if value is not None and value not in allowed:
            problem, help = unknown(str(value), allowed, f"a {key} of pages", "")
            yield source.mistake((key,), problem, allowed=help or f"Allowed: {', '.join(allowed)}.")
    if not isinstance(source.data.get("order", 0), int):
        yield source.mistake(("order",), "is not a whole number.")
    if source.data.get("each") and not source.data.get("id"):
        yield source.mistake(("id",), "is missing.", allowed="A page for each of several needs the id they share.")


def said_on_pages(names: Names) -> Mapping[str, list[set[str]]]:
    """The sentences that pages name, as regular expressions of their ids, and the values that each place gives."""
    out = {id: list(places) for id, places in asked().on_pages.items()}
    for name, text in names.written.texts.items():
        if name.startswith(("pages/", "home/", "parts/")):
            try:
                tree = _tree(_body(name, text)[0])
            except TemplateSyntaxError:
                continue
            for call in tree.find_all(nodes.Call):
                if getattr(call.node, "name", "") in SAYS and call.args and (id := pattern(call.args[0])):
                    known = "[a-z0-9_-]+".join(re.escape(x).replace(r"\-", "-") for x in id.split("*"))
                    out.setdefault(known, []).append({k.key for k in call.kwargs})
    return out


def _sentences(names: Names) -> Iterator[Mistake]:
    """Sentences: how they are written, their conditions, and the values they name against those they are given."""
    given = _given(names)
    on_pages = said_on_pages(names)
    for name, source in names.written.data.items():
        if not name.startswith("words/") or not isinstance(source.data, dict):
            continue
        for id, written in source.data.items():
            page = [set.union(*places) for known, places in on_pages.items() if fits(known)(id)]
            here = on_pages.get(id, [set[str]()])
            sometimes = set[str]().union(*here) - here[0].intersection(*here)
            if wrong := _shape(written):
                yield source.mistake((id,), wrong, allowed=f"Each has {' and '.join(FIELDS)}.", show=False)
                continue
            may = set.union(*page) if page else None
            for i, (_, when, text) in enumerate(each(id, written)):
                for value in sorted(x for x in sometimes if re.search(rf"\b{x}\b", f"{when} {text}")):
                    yield source.mistake((id,), f"names {value}, which only some pages give to it.", show=False)
                yield from _sentence(names, source, id, text, given.get(id, set()), may)
                if isinstance(written, list):
                    yield from _condition(names, source, (id, i, "when"), when, may or set())


def _shape(written: object) -> str:
    """What is wrong with how the sentences of one name are written, or ""."""
    if not isinstance(written, list):
        return "" if isinstance(written, str) else "is no text."
    if any(not isinstance(row, dict) or not set(row) <= {*FIELDS} or "say" not in row for row in written):
        return "holds something that is no sentence."
    return "" if written else "is empty."


def _sentence(
    names: Names, source: Source, id: str, text: str, given: set[str], on_page: set[str] | None
) -> Iterator[Mistake]:
    try:
        tree = _tree(text)
        own = {n.name for n in tree.find_all(nodes.Name) if n.ctx != "load"}
        needs = meta.find_undeclared_variables(tree) - {*sentence_names(), *_ENV.globals, *own}
    except TemplateSyntaxError as error:
        yield source.mistake((id,), f"{error.message}.", show=False)
        return
    by_code = values_of(id, asked().sentences)
    if by_code is not None:
        known = by_code | given
        if on_page is not None:
            known |= on_page | set(kinds()) | set(VOCABULARY) | names.numbers
        for strange in sorted(needs - known):
            help = unknown(strange, {*known, *sentence_names()}, "", "")[1]
            if on_page is not None:
                help = f"{help} {BY_A_PAGE}".strip()
            yield source.mistake((id,), f"names {strange}, which is not given to it.", allowed=help, show=False)
    for word in _phrases(tree, names):
        yield source.mistake((id,), f"compares with {word}, which nothing here says.", show=False)


def _condition(names: Names, source: Source, path: Key, when: str, given: set[str]) -> Iterator[Mistake]:
    """A condition of a sentence. What the page gives may be a number or anything else: the page knows."""
    try:
        words = vocabulary.load(names.written.content / "vocabulary.yml").names
    except MistakesFound:
        return  # told with the vocabulary
    found: list[Wrong] = []
    for kind in ("word", "number"):
        more = {**dict.fromkeys(given, kind), **kinds()}
        found = expressions.problems(when, names, words, {}, names.numbers, "", more)
        if not found:
            return
    path = path if path in source.places else path[:1]
    for problem, allowed in found:
        help = f"{allowed or ''} {BY_A_PAGE}".strip() if given and "name known" in problem else allowed
        yield source.mistake(path, problem, allowed=help)


def _phrases(tree: nodes.Template, names: Names) -> Iterator[str]:
    every = names.words | asked().words
    for compare in tree.find_all(nodes.Compare):
        for const in compare.find_all(nodes.Const):
            if isinstance(const.value, str) and not set(const.value.split(":")) <= {*every, ""}:
                yield const.value


def _given(names: Names) -> Mapping[str, set[str]]:
    """The values that the decisions of goals give to sentences."""
    out: dict[str, set[str]] = {}
    for file, source in names.written.data.items():
        if not file.startswith("goals/"):
            continue
        for path in source.places:
            if path and path[-1] == "say":
                fill = [p[-1] for p in source.names if p[:-2] == path[:-1] and p[-2] == "with"]
                out.setdefault(source.places[path][2], set()).update(map(str, fill))
            if file.endswith("sentences.yml") and len(path) == 3 and path[1] == "with":
                out.setdefault(str(path[0]), set()).add(str(path[2]))
            if file.endswith("changes.yml") and path and path[-1] == "id":
                out.setdefault(source.places[path][2], set()).update({"to", "no_floor"})
    return out

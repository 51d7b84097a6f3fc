"""References inside texts: [[figures]], [[terms]], links to pages, {slots} of sentences."""

import re
from collections.abc import Iterator

from matchguide.checks.names import FILES, Names, unknown
from matchguide.content.expressions import VOCABULARY
from matchguide.content.inert import CARD_SLOTS, FRAME_SLOTS
from matchguide.mistakes import Mistake
from matchguide.pages.links import LINK, alike, anything

_CITE = re.compile(r"\[\[((?:\{\{.*?\}\}|[^\]|\[])*)(?:\|[^\]]*)?\]\]")
_HELP = "Write [[item]], [[item.key]] or [[item|words]]."
_SHAPE = re.compile(r"[a-z0-9:._*-]+")
_JINJA = re.compile(r"\{\{.*?\}\}")


def problems(names: Names) -> Iterator[Mistake]:
    """What leads nowhere in any text of content or templates."""
    for name, text in names.written.texts.items():
        if name.startswith("evidence/"):
            continue
        yield from _cites(names, name, text)
        yield from _links(names, name, text)
        yield from _slots(names, name)


def _cites(names: Names, name: str, text: str) -> Iterator[Mistake]:
    for hit in _CITE.finditer(text):
        if "[[" in hit[0][2:]:
            yield names.written.at(name, hit.start(), "begins a figure and does not end it as one.", _HELP, hit[1])
            continue
        reference = _JINJA.sub("*", hit[1])
        words = "|" in hit[0]
        head, colon, rest = reference.partition(":")
        if not _SHAPE.fullmatch(reference):
            wrong: tuple[str, str] | None = ("is not written as a figure is.", _HELP)
        elif colon and head == "seen":
            wrong = names.wrong("figure", rest)
        elif colon and head == "on":
            wrong = names.wrong("event", rest)
        elif colon and head in ("term", "year"):
            wrong = names.wrong("term" if head == "term" else "evidence kind", rest)
        else:
            wrong = names.wrong("figure", reference)
            value = names.value(reference)
            if wrong is None and not words and isinstance(value, dict):
                wrong = ("is a table: say which of its figures.", f"Keys: {', '.join(value)}.")
        if wrong:
            yield names.written.at(name, hit.start(), wrong[0], wrong[1], hit[1])


def _links(names: Names, name: str, text: str) -> Iterator[Mistake]:
    for hit in LINK.finditer(anything(text)):
        for to in hit["to"].split("|"):
            page, _, section = to.partition("#")
            if not page.strip("*") or page in FILES:
                continue
            there = [p for p in names.pages if alike(page, f"{p}.md")]
            if not there:
                wrong = names.wrong("see", page.removesuffix(".md")) or ("is not a page.", "")
                yield names.written.at(name, hit.start(), wrong[0], wrong[1], to)
            elif section and "*" not in section and not any(alike(section, s) for p in there for s in names.pages[p]):
                yield names.written.at(name, hit.start(), f"is not a section of {page}.", "", section)


def _slots(names: Names, name: str) -> Iterator[Mistake]:
    """{names} that are filled in when a text is said."""
    source = names.written.data.get(name)
    if source is None:
        return
    goal = name.split("/")[1] if name.startswith("goals/") else ""
    for path, (_, _, text) in source.places.items():
        field = str(path[-1]) if path else ""
        if name == "first-card.yml" and field == "say":
            allowed: tuple[str, ...] = CARD_SLOTS
        elif name == "cohort.yml" and field == "say" and path[0] == "reasons":
            allowed = ("days", "date", *VOCABULARY, *names.numbers)
        elif name.startswith("interviews/") and (field == "frame" or "frame_for" in path):
            allowed = FRAME_SLOTS
        elif goal and field == "says":
            allowed = tuple(names.of_goal(goal, "numbers"))
        else:
            continue
        for hit in re.finditer(r"\{([^}]*)\}", text):
            slot, colon, event = hit[1].partition(":")
            if colon and slot == "date":
                wrong = names.wrong("event", event)
            elif slot in allowed:
                wrong = None
            else:
                wrong = unknown(slot, allowed, "filled in here", "")
            if wrong:
                found = source.mistake(path, wrong[0], allowed=wrong[1])
                yield Mistake(found.file, found.field, found.problem, found.allowed, hit[0], found.line, found.column)

"""The questions as the page gets them: templates/webapp/questions.yml with names, countries and dates."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from matchguide import paths
from matchguide.content import cards, season
from matchguide.content.files import read_checked
from matchguide.content.lists import known
from matchguide.profile.dates import dated
from matchguide.profile.model import Profile
from matchguide.profile.schema import json_schema, resolved
from matchguide.profile.values import LONGEST_LINE, LONGEST_TEXT

OTHER = "specialty or other"  # what the schema calls it

FILE = paths.TEMPLATES / "webapp" / "questions.yml"

Kind = Literal[
    "choice",
    "several",
    "text",
    "long",
    "lines",
    "number",
    "year",
    "month",
    "score",
    "country",
    "countries",
    "specialty",
    "specialties",
    "marks",
    "weights",
    "applied",
    "season",
    "cards",
    "table",
]
_BY_SPECIALTY = ("marks", "applied")  # kinds whose field maps specialties to values


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Asked(Part):
    """A question, of a step or of a card."""

    field: str
    kind: Kind
    ask: str
    help: str = ""
    why: str = ""
    find: str = ""
    answers: dict[str, str] = Field(default_factory=dict)
    none: str = ""
    more: bool = False
    required: bool = False
    known: bool = False  # the reader surely knows it: "I do not know" is not offered
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    unless: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    since: str = Field(default="", alias="from")
    first: tuple[str, ...] = ()
    unit: str = ""
    unmarked: dict[str, str] = Field(default_factory=dict)
    one: str = ""
    title: tuple[str, ...] = ()
    from_list: str = ""
    fields: tuple["Asked", ...] = ()


class Step(Part):
    id: str
    title: str
    lead: str
    decides: str = ""  # what the plan's verdict waits for, where it waits for this step
    questions: tuple[Asked, ...]


class QuestionFile(Part):
    words: dict[str, str]
    steps: tuple[Step, ...]
    written: tuple[str, ...]


def read(path: Path = FILE) -> QuestionFile:
    """The file of questions. Raises MistakesFound."""
    return read_checked(path, QuestionFile, prose=False)


def asked_fields(file: QuestionFile) -> Iterator[str]:
    """The line of the profile that each question writes; entries of lists as letters[].from."""
    yield from file.written
    for step in file.steps:
        for question in step.questions:
            yield from _fields(question)


def _fields(question: Asked) -> Iterator[str]:
    if question.kind == "cards":
        yield from (f"{question.field}[].{inner.field}" for inner in question.fields)
    elif question.kind == "weights":
        yield from (f"{question.field}.{name}" for name in question.answers)
    elif question.kind in _BY_SPECIALTY:
        yield f"{question.field}.*"
    else:
        yield question.field


def profile_fields(schema: dict[str, Any]) -> Iterator[str]:
    """Every line that the schema of the profile knows, in the same spelling."""
    yield from _leaves(schema, schema, "")


def _leaves(schema: dict[str, Any], node: dict[str, Any], path: str) -> Iterator[str]:
    node = resolved(schema, node)
    if "patternProperties" in node or _maps(schema, node):
        yield f"{path}.*"
    elif "properties" in node:
        for name, inner in node["properties"].items():
            yield from _leaves(schema, inner, f"{path}.{name}" if path else name)
    elif node.get("type") == "array":
        inside = resolved(schema, node["items"])
        yield from _leaves(schema, inside, f"{path}[]") if "properties" in inside else (path,)
    else:
        yield path


def _maps(schema: dict[str, Any], node: dict[str, Any]) -> bool:
    parts = (*node.get("anyOf", ()), *node.get("oneOf", ()))
    return any("patternProperties" in part or _maps(schema, part) for part in parts)


def questions() -> dict[str, Any]:
    """All that the page needs before Python is there, as plain data."""
    lists = known(paths.CONTENT)
    every = cards.load(paths.CONTENT / "specialties")
    seasons = season.load(paths.CONTENT / "seasons")
    file = read()
    steps = [
        step.model_dump(include={"id", "title", "lead", "decides"})
        | {"questions": [_plain(q) for q in step.questions]}
        for step in file.steps
    ]
    return {
        "words": file.words,
        "steps": steps,
        "specialties": [
            {"id": c.id, "name": c.name, "short": c.abbreviation, "kind": c.kind} for c in every.values()
        ],
        "countries": list(lists.countries),
        "aliases": dict(lists.country_aliases),
        "seasons": {year: {e.id: e.when.first.isoformat() for e in s.events} for year, s in sorted(seasons.items())},
        "known_seasons": list(lists.seasons),
        "days": {year: dated(s.event("match_day").when) for year, s in sorted(seasons.items())},
        "longest": {"line": LONGEST_LINE, "text": LONGEST_TEXT},
    }


def _plain(question: Asked, above: str = "") -> dict[str, Any]:
    """A question as plain data: its answers as pairs, which keep their order, and whether `other` may be answered."""
    data = question.model_dump(by_alias=True, exclude_defaults=True, exclude={"fields"})
    path = f"{above}.{question.field}".strip(".")
    if question.answers:
        data["answers"] = list(question.answers.items())
    if question.fields:
        data["fields"] = [_plain(inner, question.field) for inner in question.fields]
    options = list(_options(_node(path))) if question.kind in ("specialty", "number", "year") else []
    if any(option.get("title") == OTHER for option in options):
        data["other"] = True
    if not above and (limits := next((x for x in options if x.get("type") == "integer"), None)):
        data["limits"] = {"low": limits["minimum"], "high": limits["maximum"], "text": _refusal(path)}
    return data


def _node(path: str) -> dict[str, Any]:
    """The schema of a path of the profile; entries of lists are looked into."""
    schema = Profile.model_json_schema(by_alias=True)
    node: dict[str, Any] = schema
    for part in path.split("."):
        node = resolved(schema, node)
        node = resolved(schema, node["items"]) if "items" in node else node
        node = node["properties"][part]
    return node


def _options(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for option in node.get("anyOf", ()):
        yield from _options(option)


def _refusal(path: str) -> str:
    """What is said of a word where a number of limits is due, less the word."""
    data: Any = "?"
    for part in reversed(path.split(".")):
        data = {part: data}
    try:
        Profile.model_validate({"goal": {"specialty": ""}} | data)
    except ValidationError as error:
        said = next(
            each["ctx"]
            for each in error.errors()
            if each["type"] == "matchguide" and path.endswith(str(each["loc"][-1]))
        )
        return f"{said['problem']} {said['allowed']}"
    return ""


def unknown_and_unasked() -> tuple[set[str], set[str]]:
    """Questions without a line of the profile, and lines without a question."""
    asked = set(asked_fields(read()))
    lines = set(profile_fields(json_schema(known(paths.CONTENT))))
    return asked - lines, lines - asked

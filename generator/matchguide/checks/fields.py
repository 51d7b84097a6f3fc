"""Which field of which file refers to what: one table, and the walk over it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from matchguide.checks import expressions
from matchguide.checks.names import Names
from matchguide.checks.patterns import fits
from matchguide.checks.written import keys, values
from matchguide.content import vocabulary
from matchguide.mistakes import Mistake, MistakesFound
from matchguide.source import Key, Source

# The file, the field (list places as []), and what stands there. A field that ends in KEY: its names are meant.
KEY = "<key>"
TABLE = (
    (r"rules/.*", r"rules\[\]\.when", "expression"),
    (r"rules/.*", r"rules\[\]\.due\.before", "event"),
    (r"rules/.*", r"rules\[\]\.repeats(\[\])?", "told"),
    (r"rules/.*", r"rules\[\]\.pages\[\]", "page"),
    (r"rules/.*", r"rules\[\]\.phases\[\]", "phase"),
    (r"rules/.*", r"rules\[\]\.see", "see"),
    (r"seasons/.*", r"events\[\]\.for", "expression"),
    (r"seasons/.*", r"events\[\]\.source", "figure"),
    (r"seasons/.*", r"events\[\]\.see", "see"),
    (r"seasons/.*", r"events\[\]\.pages\[\]", "page"),
    (r"first-card\.yml", r"(first|second)\[\]\.when", "expression"),
    (r"first-card\.yml", r"(first|second)\[\]\.see", "see"),
    (r"cohort\.yml", r"reasons\[\]\.when", "expression"),
    (r"cohort\.yml", r"reasons\[\]\.before\[\]|mentor_dates\[\]\.event", "event"),
    (r"phases\.yml", r"phases\[\]\.when", "expression"),
    (r"phases\.yml", r"phases\[\]\.phase", "phase"),
    (r"faq\.yml", r"questions\[\]\.see\[\]", "see"),
    (r"statement-check\.yml", r"claims\[\]\.when|counts\[\]\.fact", "expression"),
    (r"statement-check\.yml", r"length", "figure"),
    (r"programs\.yml", r"codes\.specialties\.[^.]*", "specialty"),
    (r"programs\.yml", r"preliminary\.[^.]*", "first year"),
    (r"programs\.yml", r"(preliminary|specialties)\.[^.]*" + KEY, "specialty"),
    (r"countries\.yml", r"aliases\..*", "country"),
    (r"interviews/.*", r"questions\[\]\.when", "expression"),
    (r"interviews/.*", r"questions\[\]\.rule", "figure"),
    (r"interviews/.*", r"questions\[\]\.(ask|better|frame)_for\.[^.]*" + KEY, "specialty"),
    (r"specialties/.*", r"who\[\]\.(when|unsure)", "expression"),
    (r"specialties/.*", r"(start\.evidence|visa_unknown|visa_shares\.\w+\.(take|of)|roads\[\]\.drawn)", "figure"),
    (r"specialties/.*", r"signals", "signals"),
    (r"specialties/.*", r"track_of", "specialty"),
    (r"pages/.*", r"when", "expression"),
    (r"goals/.*", r".*\.when", "expression"),
    (r"goals/.*", r"(.*\.)?with\.[^.]*", "expression"),
    (r"goals/.*", r".*\.rests_on\[\]", "rests_on"),
    (r"goals/.*/numbers\.yml", r".*\.evidence\[\]", "figure"),
    (r"goals/.*/signals\.yml", r"at_most_half_to_goal", "expression"),
    (r"goals/.*/gates\.yml", r"closed_specialties\[\]\.specialty", "specialty"),
    (r"goals/.*/table\.yml", r"rows\[\]\.(first|close|broad)", "goal's place"),
    (r"goals/.*/table\.yml", r"(broad_order|unasked|ask_first|soap|soap_few|soap_unasked)\[\]", "specialty"),
    (r"goals/.*/changes\.yml", r"changes\[\]\.field", "line"),
    (r"goals/.*/changes\.yml", r"changes\[\]\.day", "event"),
    (r"goals/.*/changes\.yml", r"changes\[\]\.id", "sentence"),
    (r"goals/.*/counts\.yml", r"ranges\.[^.]*" + KEY, "specialty"),
    (r"goals/.*/counts\.yml", r"ranges\.[^.]*\.published", "ranges"),
    (r"goals/.*/first-years\.yml", r"(sets\[\]\.plan|ruled_out_with)\.[^.]*" + KEY, "first year"),
    (r"goals/.*/first-years\.yml", r"ruled_out_with\..*", "specialty"),
    (r"goals/.*/first-years\.yml", r"assumed_bearable", "first year"),
    (r"goals/.*/budget\.yml", r"minimums\.[^.]*" + KEY, "specialty"),
    (r"goals/.*/budget\.yml", r"cuts\[\]\.(cut|drop|even)\[\]", "to cut"),
    (r"goals/.*/budget\.yml", r"cuts\[\]\.unless\[\]", "role"),
    (r"goals/.*/letters\.yml", r"rules\.[^.]*" + KEY, "specialty"),
    (r"goals/.*/letters\.yml", r"rules\.[^.]*\.(first|then|fill|never|neutral)\[\]", "kind"),
    (r"goals/.*/letters\.yml", r"rules\.[^.]*\.(at_most|at_least)\.[^.]*" + KEY, "kind"),
    (r"goals/.*/letters\.yml", r"rules\.[^.]*\.(clinical|second)", "specialty"),
    (r"goals/.*/programs\.yml", r"(reasons\.[^.]*|place_after_interview)\.evidence\[\]", "figure"),
    (r"goals/.*/programs\.yml", r"reasons\.[^.]*\.for\[\]", "specialty"),
    (r"goals/.*/programs\.yml", r"specialty_factor\.[^.]*" + KEY, "specialty"),
    (r"goals/.*/realism\.yml", r"letters_that_count\.[^.]*" + KEY, "specialty"),
    (r"goals/.*/realism\.yml", r"letters_that_count\.[^.]*\[\]", "kind"),
)


def problems(names: Names) -> Iterator[Mistake]:
    """Every field of the table whose reference leads nowhere, or whose expression is wrong."""
    try:
        words = vocabulary.load(names.written.content / "vocabulary.yml").names
    except MistakesFound as error:
        yield from error.mistakes
        return
    for file, source in names.written.data.items():
        for where, field, kind in TABLE:
            if not fits(where)(file):
                continue
            pattern = field.removesuffix(KEY)
            for path, text in (keys if field.endswith(KEY) else values)(source, pattern):
                if kind == "expression":
                    yield from _expression(names, words, file, source, path, text)
                elif text not in ("", "null", "~"):
                    yield from _reference(names, source, path, text, kind, named=field.endswith(KEY))


def _reference(names: Names, source: Source, path: Key, text: str, kind: str, *, named: bool) -> Iterator[Mistake]:
    wrong = names.wrong("figure", f"{text}.low") if kind == "ranges" else names.wrong(kind, text)
    if wrong:
        found = source.mistake(path, wrong[0], allowed=wrong[1], show=not named)
        yield Mistake(found.file, found.field, found.problem, found.allowed, text, found.line, found.column)


def _expression(
    names: Names, words: Mapping[str, vocabulary.Word], file: str, source: Source, path: Key, text: str
) -> Iterator[Mistake]:
    if text in ("", "null", "~"):
        return
    conditions: Mapping[str, str] = {}
    numbers: frozenset[str] = frozenset()
    place = ""
    if file.startswith("goals/"):
        goal, place = file.split("/")[1], Path(file).stem
        conditions = conditions_of(names, goal)
        numbers = frozenset(names.of_goal(goal, "numbers"))
        if place in ("standing", "table") and f"{place}.{path[0]}" in expressions.KNOWN_BY_THEN:
            place = f"{place}.{path[0]}"
        if place == "sentences":  # where a sentence is said is known when a plan is made
            place = "conditions"
    elif file == "phases.yml":
        place = "phases"
    elif file == "first-card.yml":
        numbers = names.numbers
    elif file == "cohort.yml":
        numbers, place = names.numbers, "cohort"
    for problem, allowed in expressions.problems(text, names, words, conditions, numbers, place):
        yield source.mistake(path, problem, allowed=allowed)


def conditions_of(names: Names, goal: str) -> Mapping[str, str]:
    """A goal's conditions: name to expression, as far as they can be read."""
    listed = names.of_goal(goal, "conditions")
    return {k: str(v.get("when", "")) for k, v in listed.items() if isinstance(v, Mapping)}

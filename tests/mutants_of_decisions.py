"""Mutants of the decision data: one condition, threshold, row, count, place or listed value that says something else.

They stand in content/goals/<goal>/, in phases.yml, first-card.yml and the rules of advice. Words, reasons and what a
sentence rests on are no decisions and stay as they are.
"""

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from matchguide import paths
from matchguide.source import parse

GOAL = "goals/interventional-radiology"
PARTS = ("numbers", "conditions", "standing", "gates", "table", "against", "changes", "counts", "first-years",
         "budget", "signals", "letters", "realism")  # fmt: skip
CONDITIONS = ("when", "at_most_half_to_goal")
# Rows that are read from top to bottom: which stands first decides.
IN_ORDER = ("levels", "not_this_year", "rows", "critic", "which_range", "sets", "cuts", "changes", "phases", "first",
            "about_the_broad_backup")  # fmt: skip
# Fields that hold a decision, and what else may stand in them; the others hold words, names or grounds.
PLACES = ("interventional-radiology", "diagnostic-radiology", "internal-medicine", "general-surgery",
          "anesthesiology", "family-medicine", "broad backup")  # fmt: skip
LEVELS = ("strong", "middle", "weak", "none")
PHASES = ("preparing", "late", "interviewing", "ranking", "match week", "matched", "partly matched", "unmatched",
          "unknown result", "next season")  # fmt: skip
RESULTS = ("matched", "first year only", "advanced only", "not matched")
STAGES = ("exploring", "building", "applying", "interviewing", "ranking", "match week", "after")
VISAS = ("j1", "h1b", "either", "none")
FLOORS = ("minimum", "nothing", "first step", "signals and ties")
KINDS = ("reads images", "clinical", "interventional-radiology", "diagnostic-radiology", "internal-medicine",
         "general-surgery", "anesthesiology", "family-medicine", "neurology", "pediatrics")  # fmt: skip
FIELDS: dict[str, tuple[str, ...]] = {
    "level": LEVELS, "phase": PHASES, "first": PLACES, "close": PLACES, "broad": PLACES, "to": FLOORS,
    "phases": PHASES, "then": KINDS, "fill": KINDS, "never": KINDS, "neutral": KINDS, "clinical": KINDS,
    "second": KINDS, "cut": PLACES, "drop": PLACES, "unless": PLACES, "even": PLACES, "broad_order": PLACES,
    "unasked": PLACES, "specialty": PLACES, "range": LEVELS, "needed_when_pgy2_is": ("all", "most", "some", "none"),
}  # fmt: skip
NO_DECISION = ("because", "say", "says", "with", "rests_on", "evidence", "do", "see", "pages", "id", "field",
               "change", "for", "about", "second_line", "published", "repeats", "draws", "road",
               "ask_first", "soap", "counted", "small_group", "what", "where", "leads")  # fmt: skip
WORD = re.compile(r'"[^"]*"|[<>=!]=|[<>]|\b(?:and|or|not in|not|in)\b|(?<![\w.])\d+(?![\w.])')
TURNED = {">=": (">", "<"), ">": (">=", "<="), "<=": ("<", ">"), "<": ("<=", ">="), "==": ("!=",), "!=": ("==",),
          "in": ("not in",), "not in": ("in",), "and": ("or",), "or": ("and",)}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A file of content/ with one change: `text` is what the file becomes (JSON, which is YAML)."""

    file: str
    place: str
    change: str
    text: str

    def __str__(self) -> str:
        return f"{self.file} {self.place}: {self.change}"


Change = tuple[str, Callable[[Any], None]]  # in words, and what it does to the data of a file


def files() -> list[str]:
    rules = sorted(f"rules/{p.name}" for p in (paths.CONTENT / "rules").glob("*.yml"))
    return [*(f"{GOAL}/{part}.yml" for part in PARTS), "phases.yml", "first-card.yml", *rules]


@cache
def _places() -> list[tuple[str, Any, str, list[Change]]]:
    """Every place that can be changed: file, its data, the name of the place, and its changes."""
    out = []
    for file in files():
        data = parse((paths.CONTENT / file).read_text(encoding="utf-8"), file).data
        out += [(file, data, name, changes) for name, changes in _of(data, ())]
    return out


def mutant(seed: int) -> Mutant:
    """The mutant of a seed: any place equally often, then any change that fits there."""
    r = random.Random(f"matchguide mutant of decisions {seed}")
    file, data, place, changes = r.choice(_places())
    words, change = r.choice(changes)
    data = copy.deepcopy(data)
    change(data)
    return Mutant(file, place, words, json.dumps(data, ensure_ascii=False, indent=1))


def _of(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str, list[Change]]]:
    key = next((p for p in reversed(path) if isinstance(p, str)), "")
    if key in NO_DECISION and not (key == "because" and isinstance(value, list) and "alternatives" in path):
        return
    name = _name(path)
    if key in CONDITIONS:
        for change in _of_expression(str(value).lower() if isinstance(value, bool) else str(value), path):
            yield name, [change]
        return
    if isinstance(value, dict):
        for k, v in value.items():
            yield from _of(v, (*path, k))
    elif isinstance(value, list):
        yield from _of_list(value, path, key)
        for i, v in enumerate(value):
            yield from _of(v, (*path, i))
    elif isinstance(value, bool):
        yield name, [_put(path, value, not value)]
    elif isinstance(value, int | float):
        yield name, [_put(path, value, new) for new in _moved(value)]
    elif key in FIELDS and isinstance(value, str):
        yield name, [_put(path, value, new) for new in FIELDS[key] if new != value]


def _of_list(rows: list[Any], path: tuple[str | int, ...], key: str) -> Iterator[tuple[str, list[Change]]]:
    if rows and all(isinstance(x, dict) for x in rows):
        for i, row in enumerate(rows):
            yield f"{_name(path)}[{_label(row, i)}]", [("left out", lambda data, i=i: _at(data, path).pop(i))]
            if key in IN_ORDER and i > 0:

                def swap(data: Any, i: int) -> None:
                    here = _at(data, path)
                    here.insert(max(0, i - 3), here.pop(i))

                yield (
                    f"{_name(path)}[{_label(row, i)}]",
                    [("stands three rows higher", lambda data, i=i: swap(data, i))],
                )
    elif rows and key in FIELDS and isinstance(rows[0], str):
        for x in rows:
            others = [v for v in FIELDS[key] if v not in rows and v != "broad backup"]
            changes: list[Change] = [(f"without {x!r}", lambda data, x=x: _at(data, path).remove(x))]
            changes += [_put((*path, rows.index(x)), x, new) for new in others]
            yield _name(path), changes


def _moved(value: int | float) -> list[int | float]:
    """A number moved by so much that somebody would get another answer."""
    if isinstance(value, float):
        return [round(value * 0.5, 3), round(value * 1.5, 3)] if value else [1.0]
    if abs(value) <= 12:
        return [value + 1, value - 1] if value > 0 else [value + 1]
    if 180 <= value <= 300:
        return [value - 8, value + 8]
    return [round(value * 0.6), round(value * 1.5)]


def _of_expression(text: str, path: tuple[str | int, ...]) -> Iterator[Change]:
    def become(words: str, new: str) -> Change:
        return words, lambda data: _set(data, path, new)

    yield become("turned round", f"not ({text})")
    for hit in WORD.finditer(text):
        word, before, after = hit[0], text[: hit.start()], text[hit.end() :]
        here = f"…{before[-14:]}[{word}]{after[:24]}…"
        if word == "not":
            yield become(f"not taken away in {here}", before + after.lstrip())
        for new in TURNED.get(word, ()):
            yield become(f"{new} in {here}", before + new + after)
        if word.isdecimal():
            yield become(f"{_moved(int(word))[0]} in {here}", before + str(_moved(int(word))[0]) + after)
        if word.startswith('"'):
            family = next((f for f in (PLACES, LEVELS, PHASES, RESULTS, STAGES, VISAS, KINDS) if word[1:-1] in f), ())
            others = [x for x in family if x not in text and x != "broad backup"]
            if others:
                yield become(f"{others[0]} in {here}", f'{before}"{others[0]}"{after}')
    for operator in (" and ", " or "):
        parts = _split(text, operator)
        for i, part in enumerate(parts if len(parts) > 1 else ()):
            yield become(f"without {part!r}", operator.join(parts[:i] + parts[i + 1 :]))


def _split(text: str, operator: str) -> list[str]:
    """The parts of an expression around an operator outside brackets and quotes; `and` only where no `or` is."""
    parts, depth, quoted, last = [], 0, False, 0
    for i, letter in enumerate(text):
        quoted ^= letter == '"'
        depth += (letter in "([") - (letter in ")]")
        if not quoted and not depth:
            if text.startswith(operator, i):
                parts.append(text[last:i])
                last = i + len(operator)
            elif operator == " and " and text.startswith(" or ", i):
                return [text]
    return [*parts, text[last:]]


def _name(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path).lstrip(".")


def _label(row: dict[str, Any], i: int) -> str:
    return str(row.get("id") or row.get("level") or row.get("range") or row.get("phase") or i)


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def _set(data: Any, path: tuple[str | int, ...], new: Any) -> None:
    _at(data, path[:-1])[path[-1]] = new


def _put(path: tuple[str | int, ...], old: Any, new: Any) -> Change:
    return f"{old} became {new}", lambda data: _set(data, path, new)

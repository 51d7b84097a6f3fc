"""A control beside each guess: what its line may hold, as the app asks for it (templates/webapp/questions.yml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from matchguide.profile.model import MARKS
from matchguide.source import trusted

_OF_SEVERAL = {"exams.oet": "exams.oet.result", "visa.status_now": "visa.status_now.kind"}
_CHOSEN = ("choice", "several")
_TYPED = ("number", "year", "score", "country", "text")


@dataclass(frozen=True)
class Control:
    """The line it writes; how (chosen, typed, or a list of what is typed); the words to choose from, by value."""

    field: str
    kind: str
    answers: Mapping[str, str]


@cache
def _asked(path: Path) -> Mapping[str, Mapping[str, Any]]:
    if not path.is_file():  # a folder of templates of one's own may have no app
        return {}
    steps = trusted(path.read_text(encoding="utf-8"), str(path))["steps"]
    return {q["field"]: q for step in steps for q in step["questions"]}


def control(templates: Path, field: str, season: int) -> Control | None:
    """The control for a line; None for lines that hold a list of things, which no one line mends. `season` is the
    year of the Match, which some answers name."""
    if field.startswith("backups.enjoyment."):
        low, high = MARKS
        return Control(field, "choice", {str(n): str(n) for n in range(low, high + 1)})
    field = _OF_SEVERAL.get(field, field)
    asked = _asked(templates / "webapp" / "questions.yml").get(field)
    if asked is None:
        return None
    kind: str = asked["kind"]
    if kind in _CHOSEN:
        answers = {value: words.replace("{season}", str(season)) for value, words in asked["answers"].items()}
        return Control(field, kind, {**answers, **({"": asked["none"]} if kind == "several" else {})})
    if kind == "countries":
        return Control(field, "list", {})
    return Control(field, "typed", {}) if kind in _TYPED else None

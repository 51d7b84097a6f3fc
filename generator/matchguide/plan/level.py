"""How an applicant stands for the goal: its points, each met or not, and the level they come to."""

from collections.abc import Mapping
from typing import Any

from matchguide.content.expressions import evaluate
from matchguide.plan.advice import refs_of
from matchguide.plan.facts import Facts
from matchguide.plan.rows import first_true
from matchguide.plan.situation import Situation
from matchguide.plan.types import Level


def points(s: Situation) -> tuple[tuple[str, bool | None], ...]:
    """The points of the goal's standing.yml, in its order: met, not met, or None where only the reader knows."""
    facts = Facts(s)
    return tuple((point.id, evaluate(point.when, facts).value) for point in s.goal.standing.points)


def marked_points(s: Situation) -> tuple[tuple[str, str], ...]:
    """The points as a page marks them: yes, no, or ask where the reader said nothing that it rests on."""
    facts = Facts(s)
    marks = []
    for point in s.goal.standing.points:
        answer = evaluate(point.when, facts)
        lines = [ref.name for ref in refs_of(answer.names) if ref.kind == "profile"]
        silent = not any(s.says(line) for line in lines)
        guessed = bool(answer.value) and any(s.assumed(line) for line in lines)
        only_they_know = answer.value is None or guessed or (silent and not answer.value)
        marks.append((point.id, "ask" if only_they_know else "yes" if answer.value else "no"))
    return tuple(marks)


def level(s: Situation) -> tuple[Level, bool]:
    """strong, middle, weak or none, and whether it is known: the first true row of the goal's levels. Its last row is
    always true (checked at load)."""
    return _level(s, {})


def dropped_from(s: Situation) -> Level | None:
    """The level that the points alone would give, where a failed attempt or a low Step 1 drops it; else None."""
    by_points, _ = _level(s, {"held_back": False})
    return by_points if by_points != level(s)[0] else None


def _level(s: Situation, added: Mapping[str, Any]) -> tuple[Level, bool]:
    answers = [met for _, met in points(s)]
    facts = Facts(s, {"points_met": answers.count(True), "points_unknown": answers.count(None), **added})
    row = first_true(s.goal.standing.levels, facts)
    return (row.level, row.known) if row else ("weak", True)

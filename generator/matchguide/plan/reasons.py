"""Reasons: an id that the templates put into words, the values in it, and what it rests on."""

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple


class Ref(NamedTuple):
    """What a statement rests on: a line of the profile, an item of evidence, or a date of the season."""

    kind: Literal["profile", "evidence", "season"]
    name: str


@dataclass(frozen=True)
class Reason:
    """`id` names a sentence in templates/words/reasons.yml; `values` fill it."""

    id: str
    values: dict[str, Any] = field(default_factory=dict)
    refs: tuple[Ref, ...] = ()


def profile(*fields: str) -> tuple[Ref, ...]:
    """References to lines of the profile."""
    return tuple(Ref("profile", f) for f in fields)


def evidence(*items: str) -> tuple[Ref, ...]:
    """References to items of evidence."""
    return tuple(Ref("evidence", i) for i in items)


def season(*fields: str) -> tuple[Ref, ...]:
    """References to dates of the season."""
    return tuple(Ref("season", f) for f in fields)


def why(id: str, *refs: Ref, **values: Any) -> Reason:
    """A reason: the id of its sentence, what it rests on, and the values it is said with."""
    return Reason(id, values, refs)

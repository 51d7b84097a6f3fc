"""Rows of decision data, read from top to bottom over the facts; and the reasons they give."""

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar

from matchguide.content.expressions import value
from matchguide.content.goal import Said
from matchguide.content.inert import inert
from matchguide.plan.facts import Facts
from matchguide.plan.reasons import Reason, Ref, season
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import Situation
from matchguide.profile.model import Profile


class Conditional(Protocol):
    @property
    def when(self) -> str:
        """The expression that must be true for the row to hold."""


Row = TypeVar("Row", bound=Conditional)


def first_true(rows: Iterable[Row], facts: Facts) -> Row | None:
    """The first row whose `when` is true, or None."""
    return next((row for row in rows if facts.true(row.when)), None)


def every_true(rows: Iterable[Row], facts: Facts) -> tuple[Row, ...]:
    """All rows that are true of the facts, in their order."""
    return tuple(row for row in rows if facts.true(row.when))


def reason(said: Said, facts: Facts) -> Reason:
    """A reason with its values and references, as the data name them."""
    because = facts.situation.goal.sentence(said)
    refs = tuple(ref for name in because.rests_on for ref in _refs(name, facts))
    return Reason(because.say, {k: value(v, facts) for k, v in because.fill.items()}, refs)


def _refs(name: str, facts: Facts) -> tuple[Ref, ...]:
    """A line of the profile, a `season.` date, or an item of evidence; {a fact} in it is filled in."""
    head, brace, rest = name.partition("{")
    if brace:
        fact, _, tail = rest.partition("}")
        filled = facts[fact]
        parts = filled if isinstance(filled, list) else [filled]
        return tuple(ref for part in parts for ref in _refs(f"{head}{part}{tail}", facts))
    if name.startswith("season."):
        return season(name.removeprefix("season."))
    if name.partition(".")[0] in Profile.model_fields:
        return line(name)
    return facts.situation.evidence(name)


def filled(says: str, s: Situation) -> str:
    """A sentence of the decisions with its {numbers} filled in, as words for a page."""
    return inert(re.sub(r"\{(\w+)\}", lambda hit: f"{s.goal.number(hit[1]):,}", says))

"""What would change the answer: each single change of the goal's list is laid over the profile and planned anew;
those that lead to another combination are told, nearest first."""

from typing import Any

from pydantic import BaseModel

from matchguide.content.goal import Change
from matchguide.plan import situation
from matchguide.plan.choice import name
from matchguide.plan.facts import Facts
from matchguide.plan.reasons import Reason, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.rows import every_true
from matchguide.plan.situation import Situation
from matchguide.plan.table import decide
from matchguide.profile.model import Profile
from matchguide.profile.values import Known


def nearest(s: Situation, mine: str, unpaid: tuple[str, ...] = ()) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """The changes that lead to another combination, each with the one it leads to; and those that were tried and
    change nothing. Dates are tried as well as fields; what the budget does not pay for stays out."""
    changes = s.goal.changes
    tried = [_tried(c, _after(s, c), unpaid) for c in every_true(changes.changes, Facts(s))]
    other = tuple(r for r in tried if r.values["to"] != mine)
    return other[: changes.told], tuple(r for r in tried if r.values["to"] == mine)


def _tried(change: Change, then: Situation, unpaid: tuple[str, ...]) -> Reason:
    """Where a change leads; and whether nothing broad stands under it, for who must start."""
    plan = tuple(x for x in decide(then).specialties if x not in unpaid)
    bare = bool(plan) and then.must_start and not any(then.is_a(x, "broad") for x in plan)
    return why(change.id, *line(change.field), to=name(then, plan), no_floor=bare, later=change.later)


def _after(s: Situation, change: Change) -> Situation:
    """The situation after a change of the list, or on another day."""
    if change.day:
        return situation.read(s.profile, s.content, s.season, s.season.day(change.day), s.brought)
    return changed(s, change.change)


def changed(s: Situation, change: dict[str, Any]) -> Situation:
    """The situation with a small profile laid over the reader's own."""
    profile = laid_over(s.profile, small_profile(s.goal.specialty, change))
    return situation.read(profile, s.content, s.season, s.on, s.brought)


def small_profile(goal: str, data: dict[str, Any], known: Known | None = None) -> Profile:
    """A change as a profile that says nothing else; with `known`, its words are looked up too. Raises
    ValidationError."""
    whole = {**data, "goal": {"specialty": goal, **data.get("goal", {})}}
    return Profile.model_validate(whole, context={"known": known} if known else None)


def laid_over(below: BaseModel, above: BaseModel) -> Any:
    """A part of a profile with another one's fields laid over it: lists and mappings grow, the rest is replaced."""
    update: dict[str, Any] = {}
    for field in above.model_fields_set:
        old, new = getattr(below, field), getattr(above, field)
        if isinstance(new, BaseModel):
            update[field] = laid_over(old, new)
        elif isinstance(new, tuple):
            update[field] = (*old, *new)
        elif isinstance(new, dict):
            update[field] = {**old, **new}
        else:
            update[field] = new
    return below.model_copy(update=update)

"""The cover, and the plan on one page to pin to a wall: what, how many, what it costs, what to do by when."""

from typing import get_args

from matchguide.pages.words import Words
from matchguide.pdf.fonts import Printable
from matchguide.pdf.inline import Node
from matchguide.pdf.tree import walk
from matchguide.plan.types import Plan, Role
from matchguide.profile.dates import dated

_NEXT_THINGS = 9  # what can be read on a wall from where one stands; the dates of the season stay whole


def cover(plan: Plan, words: Words) -> Node:
    """What the cover says of the plan."""
    c = plan.combination
    return {
        "combination": words.combination(c.id) if c.specialties else words.said("cover-prepare"),
        "roles": [
            {
                "label": words.said(f"role-{role}"),
                "name": words.name(s) if (s := c.roles.get(role)) else words.said("cover-empty"),
            }
            for role in get_args(Role)
        ]
        if c.specialties
        else [],
    }


def wall(plan: Plan, words: Words, home: list[Node], checklists: list[Node], printable: Printable) -> Node:
    """The page for the wall. What to do comes from Home and Checklists, dates and numbers from the plan."""
    boxes = {n["k"]: n for n in reversed(home) if n["t"] == "box"}
    thing = boxes.get("one-thing")
    todo = next((n for n in walk(checklists) if n.get("t") == "ul" and "box" in n["marks"]), None)
    dates = [m for m in plan.timeline if not m.past and not m.ours]
    if todo:
        todo = {**todo, "items": todo["items"][:_NEXT_THINGS], "marks": todo["marks"][:_NEXT_THINGS]}
    return {
        "stage": plan.stage,
        "alarm": boxes.get("alarm"),
        "thing": thing["c"] if thing else [],
        "applications": [
            {
                "name": words.name(a.specialty),
                "role": words.said(f"role-{role}")
                if (role := plan.role_of(a.specialty))
                else words.said("role-first-year"),
                "programs": a.planned,
                "fee": f"${a.fee_usd:,}",
            }
            for a in plan.applications
            if a.planned
        ],
        "programs": sum(a.planned for a in plan.applications),
        "fees": f"${plan.fees_usd:,}",
        "budget": "" if plan.budget_usd is None else f"${plan.budget_usd:,}",
        "todo": todo,
        "march": any(m.id == "match_week" for m in dates),  # still to come
        "dates": [
            {"when": m.shown or dated(m.when), "what": printable(words.plain(m.reason)), "check": not m.certain}
            for m in dates
        ],
    }

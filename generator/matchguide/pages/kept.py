"""The guide's own plan.json: the plan as `plan --json` prints it, and what a later guide compares with (`kept`)."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from matchguide.content.evidence import Item
from matchguide.content.store import Content
from matchguide.pages.jsonform import as_json
from matchguide.pages.next_things import next_things
from matchguide.pages.words import Words
from matchguide.plan.types import Plan
from matchguide.profile.model import Profile
from matchguide.profile.plain import as_data


def hashed(*parts: object) -> str:
    """The first twelve digits of the hash of some parts."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def whose(profile: Profile) -> dict[str, str | None]:
    """Whose guide it is: sums of the guide_id and of the name, None where the profile has none."""
    name = profile.applicant.name
    return {"id": hashed(profile.guide_id) if profile.guide_id else None, "name": hashed(name) if name else None}


def seen(item: Item) -> dict[str, str]:
    """A fact as it stood: the day it was last seen, and a sum of what it says."""
    return {"as_of": item.as_of.isoformat() if item.as_of else "", "sum": hashed(item.says, item.value)}


def tasks(plan: Plan, content: Content, words: Words) -> dict[str, str]:
    """Everything the guide asks the reader to do, by id."""
    dated = {t["id"]: words.plain(t["reason"]) for t in next_things(plan, content, words, 0)}
    rules = {r.id: r for r in content.rules}
    return dated | {a.id: rules[a.id].do for a in plan.advice if a.do and not a.due}


def plan_json(plan: Plan, profile: Profile, content: Content, words: Words, used: Iterable[str]) -> bytes:
    """The file's bytes. `used` are the evidence items the guide cites; those with a date of their own are kept."""
    items = content.evidence.items
    data: dict[str, Any] = as_json(plan, profile, words)
    data["kept"] = {
        "whose": whose(profile),
        "counting": plan.counting,
        "law": {id: seen(items[id]) for id in sorted(used) if items[id].as_of},
        "tasks": [{"id": id, "text": text} for id, text in tasks(plan, content, words).items()],
        "profile": as_data(profile),  # so that a guide that is opened again can be changed
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()

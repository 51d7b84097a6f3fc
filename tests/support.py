"""What several tests share: the real content, loaded once, and short ways from YAML text to a profile and a plan."""

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from matchguide import paths
from matchguide.content import store
from matchguide.content.store import Content
from matchguide.plan.make import make
from matchguide.plan.types import Plan
from matchguide.profile import read as reader
from matchguide.profile.model import Profile
from matchguide.source import Source, parse

TESTS = Path(__file__).resolve().parent
PROFILES = TESTS.parent / "profiles"
GOAL = "goal: {specialty: interventional-radiology, season: 2027}\n"
JUNE = dt.date(2026, 6, 15)


@cache
def content() -> Content:
    return store.load(paths.CONTENT)


@cache
def quick_content() -> Content:
    """The real content with fewer draws for the firmness of the order: planning hundreds of profiles stays fast."""
    return with_number(content(), "draws", 20)


def with_number(whole: Content, name: str, value: float) -> Content:
    """The content with one threshold of its goals changed."""
    goals = {}
    for id, goal in whole.goals.items():
        number = goal.numbers[name].model_copy(update={"value": value})
        goals[id] = goal.model_copy(update={"numbers": {**goal.numbers, name: number}})
    return replace(whole, goals=goals)


def profile_of(data: dict[str, Any]) -> Profile:
    """A profile from plain data, checked like a file. Raises MistakesFound."""
    return reader.check(Source("profile.yml", data), content().known)


def profile_in(text: str) -> Profile:
    return reader.check(parse(text, "profile.yml"), content().known)


def profile_file(name: str) -> dict[str, Any]:
    """The plain data of a file under profiles/."""
    data = parse((PROFILES / name).read_text(encoding="utf-8"), name).data
    assert isinstance(data, dict)
    return data


def merged(base: Any, change: Any) -> Any:
    """`base` with the fields of `change` put over it; null takes a field away."""
    if not isinstance(base, dict) or not isinstance(change, dict):
        return change
    out = dict(base)
    for key, value in change.items():
        if value is None:
            out.pop(key, None)
        else:
            out[key] = merged(out.get(key), value)
    return out


def plan_of(data: dict[str, Any], on: dt.date = JUNE, *, quick: bool = True) -> Plan:
    known = quick_content() if quick else content()
    return make(profile_of(data), known, known.seasons[data["goal"].get("season", 2027)], on)

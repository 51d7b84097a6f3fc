"""A file of the reader's, opened again: a profile, or a guide made earlier. It comes from outside: what it holds are
answers to be checked like typed ones."""

import json
from typing import Any

from matchguide.mistakes import MistakesFound
from matchguide.pages.former import former_of, plan_text
from matchguide.profile.plain import as_data
from matchguide.profile.read import check
from matchguide.profile.values import Known
from matchguide.source import parse

NEITHER = "This is not a profile or a guide from here. Choose profile.yml or guide.html."


def opened(text: str, known: Known) -> dict[str, Any]:
    """`{answers, since, on}`, or `{fault}` in words."""
    if text.lstrip()[:1] in ("<", "{"):
        found = _guide(text)
        if "fault" not in found or text.lstrip()[:1] == "<":
            return found
    try:
        source = parse(text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"), "")
    except MistakesFound as error:
        m = error.mistakes[0]
        where = f" (line {m.line})" if m.line else ""
        return {"fault": f"{NEITHER} It says{where}: {m.problem} {m.allowed}".strip()}
    if "goal" not in source.data and "version" not in source.data:
        return {"fault": NEITHER}
    try:
        return {"answers": as_data(check(source, known))}
    except MistakesFound:
        return {"answers": source.data}


def _guide(text: str) -> dict[str, Any]:
    try:
        former = former_of(text)
        plan = plan_text(text)
    except MistakesFound:
        return {"fault": NEITHER}
    profile = json.loads(plan)["kept"].get("profile")
    answers = profile if isinstance(profile, dict) else None
    return {"answers": answers, "since": plan, "on": former.on.isoformat()}

"""What the page's own check of a pasted statement knows of this reader. The check runs in the browser alone."""

import json

from matchguide.content.expressions import evaluate
from matchguide.content.store import Content
from matchguide.pages.said import Said
from matchguide.plan.facts import Facts
from matchguide.plan.situation import Situation
from matchguide.plan.types import Plan

_MOST_NAMES = 400


def data(content: Content, facts: Facts, specialties: tuple[str, ...]) -> str:
    """JSON for a script element: the names of every specialty, those a statement may be for, and what is not true of
    the reader. Nothing of theirs is in it but a number."""
    known = content.statement_check
    names = {
        c.id: sorted({c.name, c.person, c.abbreviation, *(x for x in c.also if len(x) > len("rads"))} - {""})
        for c in content.cards.values()
        if c.kind != "first-year"
    }
    counts = [
        {"most": number, "words": list(c.words), "say": c.say}
        for c in known.counts
        if isinstance(number := evaluate(c.fact, facts).value, int)
    ]
    whole = {
        "specialties": [{"id": x, "name": content.cards[x].name} for x in specialties],
        "names": names,
        "backup": list(known.backup),
        "length": content.evidence.value(known.length),
        "claims": [{"words": list(c.words), "say": c.say} for c in known.claims if facts.true(c.when)],
        "counts": counts,
    }
    return json.dumps(whole, separators=(",", ":")).replace("<", "\\u003c")


def program_names(plan: Plan, s: Situation) -> list[Said]:
    """Programs whose name may be left in the wrong version: those of the list, and interviews."""
    mine = [x.judged.listed.name for x in plan.programs if x.take or not plan.brought.programs]
    return [Said(x) for x in list(dict.fromkeys([*(i.program for i in s.profile.interviews), *mine]))[:_MOST_NAMES]]

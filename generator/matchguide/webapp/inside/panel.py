"""The plan as the page shows it beside the answers: short, in words, each line with the answer it rests on."""

import re
from typing import Any

from matchguide.mistakes import Mistake, MistakesFound
from matchguide.pages.changed import changed
from matchguide.pages.former import Former
from matchguide.pages.kept import plan_json
from matchguide.pages.labels import Labels
from matchguide.pages.next_things import missing_letters, next_things
from matchguide.pages.said import plain
from matchguide.pages.words import Words, listed
from matchguide.plan.types import Plan
from matchguide.session import Session

_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)")
_REFERENCE = re.compile(r"&#(\d+);|\\([\\`*_{}\[\]()#+.!|<>~-])")
_FIELD = re.compile(r"\b(?:applicant|backups|exams|goal|history|limits|season_so_far|visa)\.[a-z0-9_.]*[a-z0-9_]")
_ONCE = 2  # sentences of what an answer changed


def panel(session: Session, before: Former | None) -> dict[str, Any]:
    """What is shown of a plan. Raises MistakesFound."""
    plan, content, words = session.plan, session.content, session.words
    labels = Labels(session.templates, words.name)
    c = plan.combination
    shown = [a for a in plan.applications if a.planned]
    return {
        "combination": words.combination(c.id),
        "id": c.id,
        "specialties": list(c.specialties),
        "names": [words.name(s) for s in c.specialties],
        "with_goal": session.profile.goal.specialty in c.specialties,
        "advised": c.source == "advice",
        "usual_letters": content.goals[session.profile.goal.specialty].count("letters_needed"),
        "phase": plan.phase,
        "season": plan.season,
        "under": [words.plain(r) for r in c.under],
        "because": [words.plain(r) for r in c.because],
        "against": words.plain(c.against),
        "changes": [words.plain(r) for r in c.changes_if],
        "visa": _visa(plan, words),
        "counting": plan.counting and not c.conditional,
        "programs": sum(a.planned for a in shown),
        "fees": plan.fees_usd,
        "budget": plan.budget_usd,
        "applications": [{"name": words.name(a.specialty), "planned": a.planned, "fee": a.fee_usd} for a in shown],
        "missing": listed(missing_letters(plan, words)) if missing_letters(plan, words) else "",
        "things": [{"text": said(t["text"]), "when": t["shown"]} for t in next_things(plan, content, words)],
        "assumed": [_assumed(a, labels, words) for a in plan.assumptions if a.origin == "assumed"],
        "unknown": [_assumed(a, labels, words) for a in plan.assumptions if a.origin == "unknown"],
        "changed": _changed(before, session) if before else [],
        "since": _since(session),
        "former": plan_json(plan, session.profile, content, words, ()).decode(),
    }


def _visa(plan: Plan, words: Words) -> dict[str, Any] | None:
    """What comes before all else where a restriction holds: whether it leaves no visa, and what is known of it."""
    if not plan.visa.restriction:
        return None
    restricted, what_then = plan.visa.advice[:2]
    told = (restricted,) if plan.visa.all_closed else (restricted, what_then)
    return {"closed": plan.visa.all_closed, "lines": [words.plain(r) for r in told]}


def _assumed(a: Any, labels: Labels, words: Words) -> dict[str, str]:
    return {"field": a.field, "name": labels.line(a.field), "assumed": a.assumed, "why": words.plain(a.why)}


def _changed(before: Former, session: Session) -> list[str]:
    """What the last answer changed, in two sentences at most."""
    found = changed(before, session.plan, session.content, session.words)
    tasks = [f"New: {x}" for x in found.new.shown]
    return [said(x) for x in (*found.plan, *tasks)][:_ONCE]


def _since(session: Session) -> dict[str, Any] | None:
    """What changed since a former guide that was opened."""
    if not session.former:
        return None
    found = changed(session.former, session.plan, session.content, session.words)
    lines = [*found.plan, *found.dates.shown]
    return {
        "on": found.since.isoformat(),
        "lines": [said(x) for x in lines],
        "new": [said(x) for x in found.new.shown],
        "gone": [said(x) for x in found.gone.shown],
        "law": len(found.law),
    }


def said(text: str) -> str:
    """A sentence of a page as mere text: the reader's words put back, links as their words."""
    return plain(_REFERENCE.sub(lambda hit: chr(int(hit[1])) if hit[1] else hit[2], _LINK.sub(r"\1", text)))


def told(error: MistakesFound, labels: Labels) -> list[dict[str, Any]]:
    """Every mistake with the place of its question, in the words of the command; lines of the file by their names."""
    return [{"path": list(m.path), "text": _sentence(m, labels)} for m in error.mistakes]


def _sentence(m: Mistake, labels: Labels) -> str:
    found = f"“{m.found}” " if m.found else ""
    problem = m.problem if found else m.problem[:1].upper() + m.problem[1:]
    words = " ".join(part for part in (problem, m.near, m.allowed) if part)
    return found + _FIELD.sub(lambda hit: _named(hit[0], labels), words)


def _named(field: str, labels: Labels) -> str:
    """A line of the profile as people call it, where it has such a name."""
    try:
        return labels.line(field)
    except MistakesFound:
        return field

"""The plan as JSON, with the names of the contract; the texts are those of the pages."""

from collections.abc import Callable
from typing import Any

from matchguide.pages.happened import told_note, told_problem, told_walk
from matchguide.pages.words import Words
from matchguide.plan.fit import PRINCIPLES
from matchguide.plan.reasons import Reason
from matchguide.plan.types import Because, ListedProgram, Plan
from matchguide.profile.model import Profile

SCHEMA = 1


def as_json(plan: Plan, profile: Profile, words: Words) -> dict[str, Any]:
    """Plain data, ready for json.dumps."""

    said: dict[str, dict[str, Any]] = {}

    def told(reason: Reason) -> dict[str, Any]:
        """A reason of a program: many have the same."""
        key = repr(reason)
        if key not in said:
            said[key] = _reason(reason, words)
        return said[key]

    def because(reasons: Because) -> list[dict[str, Any]]:
        return [_reason(r, words) for r in reasons]

    c = plan.combination
    return {
        "schema": SCHEMA,
        "season": plan.season,
        "on": plan.on.isoformat(),
        "stage": plan.stage,
        "phase": plan.phase,
        "combination": {
            "id": c.id,
            "from": c.source,
            "under": because(c.under),
            "specialties": list(c.specialties),
            "roles": dict(c.roles),
            "beside": list(c.beside),
            "because": because(c.because),
            "rejected": [{"id": r.id, "because": because(r.because)} for r in c.rejected],
            "left_out": [{"specialty": x.specialty, "because": because(x.because)} for x in c.left_out],
            "changes_if": because(c.changes_if),
            "unchanged_by": because(c.unchanged),
            "against": _reason(c.against, words),
            "against_too": _reason(c.against_too, words) if c.against_too else None,
            "conditional": c.conditional,
            "level": c.level,
            "level_known": c.level_known,
            "points": dict(c.points),
        },
        "fit": [
            {
                "specialty": f.specialty,
                "rank": f.rank,
                "score": f.score,
                "first_in": f.first_in,
                "gate": _reason(f.gate, words) if f.gate else None,
                "principles": {
                    k: {
                        "score": f.principles[k].score,
                        "low": f.principles[k].low,
                        "high": f.principles[k].high,
                        "because": because(f.principles[k].because),
                    }
                    for k in PRINCIPLES
                },
            }
            for f in plan.fit
        ],
        "applications": [
            {
                "specialty": a.specialty,
                "low": a.low,
                "high": a.high,
                "planned": a.planned,
                "wanted": a.wanted,
                "fee_usd": a.fee_usd,
                "fee_low_usd": a.fee_low_usd,
                "next_ten_usd": a.next_ten_usd,
                "because": because(a.because),
            }
            for a in plan.applications
        ],
        "fees_usd": plan.fees_usd,
        "fees_low_usd": plan.fees_low_usd,
        "budget_usd": plan.budget_usd,
        "cuts": because(plan.cuts),
        "letters": [
            {
                "specialty": x.specialty,
                "use": [{"from": u.writer, "status": u.status, "version": u.version} for u in x.use],
                "missing": [
                    {
                        "specialty": m.specialty,
                        "by": str(m.by),
                        "overdue": m.overdue,
                        "because": because(m.because),
                    }
                    for m in x.missing
                ],
            }
            for x in plan.letters
        ],
        "signals": [
            {
                "group": g.group,
                "specialties": list(g.specialties),
                "gold": g.gold,
                "silver": g.silver,
                "total": g.total,
                "advice": because(g.advice),
                "season": g.season,
            }
            for g in plan.signals
        ],
        "statements": [
            {
                "specialty": x.specialty,
                "stress": list(x.stress),
                "leave_out": list(x.leave_out),
                "stories": [profile.stories[i].title for i in x.stories],
            }
            for x in plan.statements
        ],
        "visa": {
            "needs": plan.visa.needs,
            "restriction": {
                "kind": plan.visa.restriction.kind,
                "countries": list(plan.visa.restriction.countries),
                "as_of": plan.visa.restriction.as_of.isoformat(),
                "stale": plan.visa.restriction.stale,
            }
            if plan.visa.restriction
            else None,
            "roads": [
                {
                    "visa": road.visa,
                    "gates": [{"gate": g.gate, "state": g.state, "because": because(g.because)} for g in road.gates],
                    "first_closed": road.first_closed,
                }
                for road in plan.visa.roads
            ],
            "advice": because(plan.visa.advice),
        },
        "first_years": {"needed": plan.first_years.needed, "because": because(plan.first_years.because)},
        "advice": [
            {
                "id": a.id,
                "text": words.plain(a.because[0]),
                "pages": list(a.pages),
                "due": str(a.due) if a.due else None,
                "because": because(a.because),
            }
            for a in plan.advice
        ],
        "closed": [{"what": x.what, "because": because(x.because)} for x in plan.closed],
        "timeline": [
            {
                "id": m.id,
                "when": str(m.when),
                "text": words.plain(m.reason),
                "certain": m.certain,
                "ours": m.ours,
                "past": m.past,
            }
            for m in plan.timeline
        ],
        "assumptions": [
            {"field": a.field, "assumed": a.assumed, "origin": a.origin, "why": words.plain(a.why)}
            for a in plan.assumptions
        ],
        "facts": {field: {"value": fact.value, "origin": fact.origin} for field, fact in plan.facts.items()},
        "programs": [_program(x, told) for x in plan.programs],
        "marginal": [
            {
                "specialty": m.specialty,
                "next_ten_usd": m.next_ten_usd,
                "low": m.low,
                "high": m.high,
                "because": because(m.because),
            }
            for m in plan.marginal
        ],
        "rank": {
            "lines": [
                {
                    "n": x.n,
                    "program": x.program,
                    "specialty": x.specialty,
                    "first_years": list(x.first_years),
                    "reachable": x.reachable,
                    "problems": [{"id": p, "text": words.plain(told_problem(plan, x, p))} for p in x.problems],
                    "notes": [
                        {"id": note.id, "text": words.plain(told_note(note))}
                        for note in plan.rank.notes
                        if note.n == x.n and note.id != "link-year"
                    ],
                }
                for x in plan.rank.lines
            ],
            "walks": [
                {"if": words.plain(told_walk(w, "if")), "then": words.plain(told_walk(w, "then"))}
                for w in plan.rank.walks
            ],
        },
    }


def _program(one: ListedProgram, told: Callable[[Reason], dict[str, Any]]) -> dict[str, Any]:
    """A program with its verdict. `row` is its row in the table, None where the profile lists it."""
    j = one.judged
    p = j.listed
    return {
        "name": p.name,
        "specialty": p.specialty,
        "state": p.state,
        "city": p.city,
        "start": p.start,
        "row": None if p.place.in_profile else p.place.row,
        "verdict": j.verdict,
        "decides": j.decides,
        "gates": [{"gate": g.gate, "state": g.state, "because": [told(r) for r in g.because]} for g in j.gates],
        "score": j.score,
        "fit": j.level,
        "take": one.take,
        "signal": one.signal,
        "because": [told(r) for r in (*j.fit, *one.because)],
    }


def _reason(reason: Reason, words: Words) -> dict[str, Any]:
    refs: list[dict[str, str]] = [{ref.kind: ref.name} for ref in reason.refs]
    return {"text": words.plain(reason), "refs": refs}

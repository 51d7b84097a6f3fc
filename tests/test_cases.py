"""The cases a doctor can read: tests/cases/*.yml, each an applicant, a day, and what a careful advisor would say.

A case names a whole `profile`, a `profile_file` of profiles/, or another `case`, and what is different in it (`but`;
null removes a field). Under `expect` stand only the answers the case is about; tests/cases/README.md lists the words.
"""

import copy
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import people
from examples import session_of
from matchguide.plan import situation
from matchguide.plan.facts import Facts
from matchguide.plan.make import make
from matchguide.plan.reasons import Reason
from matchguide.plan.types import Plan
from matchguide.profile.values import PartialDate
from matchguide.source import parse
from support import TESTS, content, merged, plan_of, profile_file, profile_of, quick_content

MOVES = ("count-up", "count-down")  # what moves a count inside its range
FIRST_YEARS = {card.id for card in content().cards.values() if card.kind == "first-year"}
CASES = sorted((TESTS / "cases").glob("*.yml"))
WORDS_OF_A_CASE = {
    "about",
    "borderline",
    "row",
    "case",
    "flip",
    "on",
    "profile",
    "profile_file",
    "but",
    "expect",
    "not_yet",
    "changed",
    "law",
}


def read_case(path: Path) -> dict[str, Any]:
    return copy.deepcopy(_parsed(path))


@cache
def _parsed(path: Path) -> dict[str, Any]:
    case = parse(path.read_text(encoding="utf-8"), str(path)).data
    assert isinstance(case, dict)
    assert set(case) <= WORDS_OF_A_CASE, f"unknown words in {path.name}: {set(case) - WORDS_OF_A_CASE}"
    return case


def situations() -> list[tuple[Path, int]]:
    """Every case, and behind it the changes that it tells of the same applicant."""
    return [(path, n) for path in CASES for n in range(1 + len(read_case(path).get("changed", ())))]


def situation_of(path: Path, n: int) -> dict[str, Any]:
    """A case (0), or the applicant of the case with its n-th change."""
    case = read_case(path)
    if n == 0:
        return case
    change = case["changed"][n - 1]
    assert set(change) <= {"about", "on", "but", "law", "expect"}, f"unknown words in {path.name}, change {n}"
    return {"on": day_of(case).isoformat(), **change, "profile": profile_data(case)}


def other(case: dict[str, Any]) -> dict[str, Any]:
    """The case that this one changes."""
    return read_case(TESTS / "cases" / f"{case['case']}.yml")


def day_of(case: dict[str, Any]) -> dt.date:
    return dt.date.fromisoformat(case["on"]) if "on" in case else day_of(other(case))


def profile_data(case: dict[str, Any]) -> dict[str, Any]:
    base = profile_file(case["profile_file"]) if "profile_file" in case else {}
    if "case" in case:
        base = profile_data(other(case))
    base = merged(base, case.get("profile", {}))
    out = merged(base, case.get("but", {}))
    out.setdefault("goal", {"specialty": "interventional-radiology", "season": 2027})
    assert isinstance(out, dict)
    return out


def planned(plan: Plan) -> dict[str, int]:
    return {a.specialty: a.planned for a in plan.applications}


def missing(plan: Plan) -> dict[str, list[str]]:
    return {letters.specialty: sorted(m.specialty for m in letters.missing) for letters in plan.letters}


def first_closed(plan: Plan) -> dict[str, str]:
    return {road.visa: road.first_closed or "nothing" for road in plan.visa.roads}


def realism(plan: Plan) -> dict[str, float]:
    """How realistic a specialty is for the reader; where only the reader knows more, at its lowest."""
    return {f.specialty: f.principles["realism"].low for f in plan.fit}


def reasons(plan: Plan) -> list[str]:
    return [r.id for r in plan.combination.because]


def everywhere(plan: Plan) -> set[str]:
    """Every specialty the plan would put before the reader."""
    shorts = {card.short: card.id for card in content().cards.values()}
    named = set(plan.combination.specialties) | {f.specialty for f in plan.fit} | set(planned(plan))
    for id in [
        plan.combination.id,
        *(r.id for r in plan.combination.rejected),
        *(str(r.values.get("to", "")) for r in plan.combination.changes_if),
    ]:
        named |= {shorts[s] for s in id.split("+") if s in shorts}
    return named


def fact_of(facts: Facts, name: str) -> Any:
    """What a name of expressions, or a question such as letters_of(internal-medicine), comes to."""
    asked, _, about = name.partition("(")
    fact = facts[asked](*about.rstrip(")").split(", ")) if about else facts[asked]
    return list(fact) if isinstance(fact, tuple) else fact


def plainly(value: Any) -> Any:
    """A value of a reason as a case writes it: dates are text."""
    return str(value) if isinstance(value, PartialDate) else value


def every_reason(part: Any, where: str = "plan") -> Iterator[tuple[str, Reason]]:
    """Every reason in a plan or a part of it, with the place it stands at."""
    if isinstance(part, Reason):
        yield where, part
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from every_reason(getattr(part, field.name), f"{where}.{field.name}")
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from every_reason(value, f"{where}.{key}")
    elif isinstance(part, tuple | list):
        for value in part:
            yield from every_reason(value, where)


def answer(plan: Plan, word: str, expected: Any) -> tuple[Any, Any]:
    """What the plan says on a word of `expect`, and what it should say."""
    simple = {
        "combination": plan.combination.id,
        "level": plan.combination.level,
        "stage": plan.stage,
        "beside": list(plan.combination.beside),
        "because": [r.id for r in plan.combination.because],
        "rejected": [r.id for r in plan.combination.rejected],
        "changes": {r.id: r.values["to"] for r in plan.combination.changes_if if "to" in r.values},
        "unchanged": [r.id for r in plan.combination.unchanged],
        "gated": [f.specialty for f in plan.fit if f.gate],
        "conditional": plan.combination.conditional,
        "fees_usd": plan.fees_usd,
        "fees_low_usd": plan.fees_low_usd,
        "restriction": plan.visa.restriction.kind if plan.visa.restriction else "none",
        "restriction_stale": bool(plan.visa.restriction and plan.visa.restriction.stale),
        "held": plan.visa.held,
        "first_years_needed": plan.first_years.needed,
        "points": [name for name, met in plan.combination.points if met],
        "critic": plan.combination.against.id,
        "phase": plan.phase,
        "from": plan.combination.source,
        "specialties": list(plan.combination.specialties),
        "under": [r.id for r in plan.combination.under],
        "level_known": plan.combination.level_known,
        "counting": plan.counting,
        "first": plan.first.id if plan.first else "nothing",
        "visa_says": [r.id for r in plan.visa.advice],
        "walks": [f"{walk.n} {walk.id}" for walk in plan.rank.walks],
        "applied_first_years": [x.specialty for x in plan.letters if x.specialty in FIRST_YEARS],
        "reminders": [str(m.when) for m in plan.timeline if m.id.startswith("remind-")],
        "second": [card.id for card in plan.second],
        "rank_problems": [f"{line.n} {problem}" for line, problem in plan.rank.problems],
        "rank_notes": [f"{note.n} {note.id}" for note in plan.rank.notes],
        "rank_shown": [f"{x.n} {x.id}" for x in plan.rank.shown],
    }
    if word in simple:
        return simple[word], expected
    if word == "roles":
        return {k: v or "empty" for k, v in plan.combination.roles.items()}, expected
    if word in ("planned", "letters_missing", "first_closed"):
        found = {"planned": planned, "letters_missing": missing, "first_closed": first_closed}[word](plan)
        if word == "letters_missing":
            expected = {k: sorted(v) for k, v in expected.items()}
        return {k: found.get(k, "not there") for k in expected}, expected
    if word == "range":
        ranges = {a.specialty: [a.low, a.high] for a in plan.applications}
        return {x: ranges.get(x) for x in expected}, expected
    if word == "count_reasons":
        why = {a.specialty: [r.id for r in a.because if r.id.startswith(MOVES)] for a in plan.applications}
        return {x: why.get(x) for x in expected}, expected
    if word == "to_the_goal":
        split = {g.group: r.values for g in plan.signals for r in g.advice if "gold_ir" in r.values}
        return {x: [split[x]["gold_ir"], split[x]["silver_ir"]] if x in split else None for x in expected}, expected
    if word == "realism":
        return {x: realism(plan).get(x) for x in expected}, expected
    if word == "rejected_why":
        why = {r.id: r.because[0].id for r in plan.combination.rejected}
        return {x: why.get(x) for x in expected}, expected
    if word == "left_out":
        return {x.specialty: x.because[0].id for x in plan.combination.left_out}, expected
    if word == "tried":
        tried = {r.id for r in (*plan.combination.changes_if, *plan.combination.unchanged)}
        return sorted(tried - {"flip-visa"}), sorted(expected)
    if word == "gate_reasons":
        why = {road.visa: {g.gate: g.because[0].id for g in road.gates} for road in plan.visa.roads}
        return {v: {g: why.get(v, {}).get(g) for g in gates} for v, gates in expected.items()}, expected
    if word == "j1_years":
        clock = next(g.because[0].values for road in plan.visa.roads for g in road.gates if g.gate == "seven-years")
        return [clock.get("used"), clock.get("left")], expected
    if word == "signals_say":
        says = {g.group: [r.id for r in g.advice] for g in plan.signals}
        return {x: says.get(x) for x in expected}, expected
    if word == "due":
        due = {a.id: str(a.due) for a in plan.advice if a.due}
        return {x: due.get(x) for x in expected}, expected
    if word == "can_stop":
        return next((m.reason.values["gates"] for m in plan.timeline if m.reason.id == "moment-gates"), []), expected
    if word == "principles":
        found = {f.specialty: f.principles for f in plan.fit}
        return {x: {k: found[x][k].score for k in one} for x, one in expected.items()}, expected
    if word in ("dates", "certain"):
        moments = {m.id: str(m.when) if word == "dates" else m.certain for m in plan.timeline}
        return {x: moments.get(x) for x in expected}, expected
    if word == "gates":
        states = {road.visa: {g.gate: g.state for g in road.gates} for road in plan.visa.roads}
        return {v: {g: states.get(v, {}).get(g) for g in gates} for v, gates in expected.items()}, expected
    if word == "origin":
        facts = {field: plan.facts[field].origin if field in plan.facts else "not there" for field in expected}
        return facts, expected
    if word == "not_past":
        return [m.id for m in plan.timeline if m.id in expected and not m.past], expected
    if word == "past":
        return [m.id for m in plan.timeline if m.id in expected and m.past], expected
    if word == "letters_used":
        used = {p.specialty: [f"{u.writer} ({u.version})" for u in p.use] for p in plan.letters}
        return {k: used.get(k) for k in expected}, expected
    if word == "signals":
        found = {g.group: [g.gold, g.silver] if g.gold is not None else [g.total] for g in plan.signals}
        return {k: found.get(k) for k in expected}, expected
    lists = {
        "because": reasons(plan),
        "advice": [a.id for a in plan.advice],
        "closed": [c.what for c in plan.closed],
        "visa_says": [r.id for r in plan.visa.advice],
        "assumed": [a.field for a in plan.assumptions],
        "rejected": [r.id for r in plan.combination.rejected],
        "changes_to": [r.values["to"] for r in plan.combination.changes_if if "to" in r.values],
        "timeline": [m.id for m in plan.timeline],
        "cut": [str(r.values["specialty"]) for r in plan.cuts],
        "gated": [f.specialty for f in plan.fit if f.gate],
        "second": [card.id for card in plan.second],
        "specialties": list(plan.combination.specialties),
    }
    name, _, kind = word.rpartition("_")
    if name in lists and kind in ("has", "lacks"):
        there = [x for x in expected if x in lists[name]]
        return there, list(expected) if kind == "has" else []
    if word == "never":
        return sorted(everywhere(plan) & set(expected)), []
    raise AssertionError(f"no test knows the word {word}")


def plan_under(data: dict[str, Any], day: dt.date, law: dict[str, dict[str, Any]]) -> Plan:
    """The plan of a profile, with facts of law as they would stand if they changed."""
    if not law:
        return plan_of(data, day)
    known = quick_content()
    items = dict(known.evidence.items)
    for item, changes in law.items():
        assert set(changes) <= set(items[item].value), f"{item} does not say {sorted(changes)}"
        items[item] = replace(items[item], value={**items[item].value, **changes})
    known = replace(known, evidence=replace(known.evidence, items=items))
    return make(profile_of(data), known, known.seasons[2027], day)


@pytest.mark.parametrize(("path", "n"), situations(), ids=lambda x: x.stem if isinstance(x, Path) else str(x))
def test_case(path: Path, n: int) -> None:
    case = situation_of(path, n)
    data, day = profile_data(case), day_of(case)
    plan = plan_under(data, day, case.get("law", {}))
    wrong, not_yet = [], list(case.get("not_yet", ()))
    for word, expected in case["expect"].items():
        if word == "builds":
            assert people.guide_of(data, day)[2].pages
            continue
        if word == "facts":
            known = Facts(situation.read(profile_of(data), quick_content(), quick_content().seasons[2027], day))
            found = {name: fact_of(known, name) for name in expected}
            wanted = expected
        elif word == "said_with":
            values = {r.id: r.values for _, r in every_reason(plan)}
            found = {id: {k: plainly(values.get(id, {}).get(k)) for k in one} for id, one in expected.items()}
            wanted = expected
        elif word == "realism_moves":  # against the case without the change
            base = realism(plan_of(profile_data(read_case(path)), day_of(read_case(path))))
            found, wanted = {x: round(realism(plan)[x] - base[x], 3) for x in expected}, expected
        else:
            found, wanted = answer(plan, word, expected)
        if word in not_yet:
            assert found != wanted, f"{word} is right now: take it off not_yet"
        elif found != wanted:
            wrong.append(f"  {word}: expected {wanted}, found {found}")
    assert not wrong, f"{case['about']}\n" + "\n".join(wrong)


def test_there_are_enough_cases_and_the_five_borderline_ones() -> None:
    cases = [read_case(path) for path in CASES]
    assert len(cases) >= 30
    assert sorted(c["borderline"] for c in cases if "borderline" in c) == [1, 2, 3, 4, 5]


def test_every_row_of_the_advisors_table_has_a_case() -> None:
    rows = {c["row"] for c in map(read_case, CASES) if "row" in c}
    assert rows >= {
        "strong, can wait",
        "strong, must start",
        "middle",
        "middle, other broad backup",
        "no diagnostic radiology",
        "weak",
        "surgery",
        "anesthesiology",
        "rehabilitation",
        "radiologist at home",
        "one failed attempt",
        "two failed attempts or ten years",
        "late",
    }


def test_every_situation_of_a_real_person_has_its_days() -> None:
    """The sixteen situations that were tried on the guide, on the days they were tried on."""
    days = [(case["on"], path.stem) for path in CASES if "on" in (case := read_case(path))]
    season = [(day, name) for day, name in days if name.startswith("season-")]
    assert len(season) >= 30
    assert {day for day, _ in season} >= {
        "2026-06-15", "2026-08-01", "2026-09-20", "2026-11-25", "2027-01-14", "2027-02-10", "2027-03-03",
        "2027-03-16", "2027-03-25", "2027-06-01", "2027-06-20",
    }  # fmt: skip


def test_every_flip_the_plan_claims_is_a_case() -> None:
    """Where a guide says "if you could wait a year: IR + DR", a case with that change has that very answer."""
    claimed = {id for id in session_of("amara").words.known() if id.startswith("flip-")}
    shown = set()
    for case in map(read_case, CASES):
        if "flip" not in case:
            continue
        before = plan_of(profile_data(other(case)), day_of(other(case)))
        told = {r.id: r.values.get("to", r.values.get("plan")) for r in before.combination.changes_if}
        after = plan_of(profile_data(case), day_of(case))
        assert told.get(case["flip"]) == after.combination.id, case["about"]
        shown.add(case["flip"])
    assert shown == claimed


def test_every_advice_id_in_a_case_is_a_rule() -> None:
    """An id that was renamed would make "advice_lacks" pass for ever."""
    rules = {rule.id for rule in content().rules}
    for path, n in situations():
        expect = situation_of(path, n)["expect"]
        named = {*expect.get("advice_has", ()), *expect.get("advice_lacks", ())}
        assert named <= rules, f"{path.name}: {sorted(named - rules)}"

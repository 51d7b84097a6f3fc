"""Twelve people walked through fourteen days of a season, and the same person as applied, interviewed, matched, half
matched and not matched: nothing is asked that is over, nothing to do lies in the past, plan and pages agree."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

import people
from examples import day_of
from matchguide.pages.guide import Guide
from matchguide.plan.types import Plan
from support import TESTS, content, merged, plan_of, profile_file

DAYS = [dt.date.fromisoformat(d) for d in (
    "2026-05-20", "2026-07-15", "2026-09-03", "2026-09-25", "2026-10-20", "2026-11-25", "2027-01-10", "2027-02-10",
    "2027-03-03", "2027-03-08", "2027-03-16", "2027-03-25", "2027-06-01", "2027-08-15",
)]  # fmt: skip
PROFILES = sorted(p.name for p in (TESTS.parent / "profiles").glob("*.yml"))
SO_FAR: dict[str, dict[str, Any]] = {
    "applied": {"season_so_far": {"applied": {"diagnostic-radiology": 60, "internal-medicine": 80}}},
    "interviewed": {
        "interviews": [
            {"program": "Alder", "specialty": "diagnostic-radiology", "date": "2026-11-20", "liked": 4},
            {"program": "Birch", "specialty": "internal-medicine", "date": "2026-12-04", "liked": 5},
        ]
    },
    "matched": {"season_so_far": {"result": "matched", "place": {"specialty": "internal-medicine", "start": "pgy1"}}},
    "first year only": {
        "season_so_far": {
            "result": "first year only",
            "place": {"specialty": "preliminary-surgery", "start": "pgy1"},
        }
    },
    "advanced only": {
        "season_so_far": {"result": "advanced only", "place": {"specialty": "diagnostic-radiology", "start": "pgy2"}}
    },
    "not matched": {"season_so_far": {"result": "not matched"}},
}
# From when each can be said.
SAID_FROM = {"applied": "2026-09-02", "interviewed": "2026-09-25"}
AFTER_CLOSE = re.compile(r"program fees|\d programs,? +\[?\$|The next ten", re.I)


def text(guide: Guide, *pages: str) -> str:
    there = [p for p in guide.pages if p.id in pages]
    return "\n".join(b.template for p in there for b in p.blocks)


def walk() -> list[tuple[str, dict[str, Any], dt.date]]:
    examples = {name: profile_file(name) for name in PROFILES}
    # What an example says has happened can be said from its own day on.
    since = {n: day_of(Path(n).stem) if "season_so_far" in data else DAYS[0] for n, data in examples.items()}
    found = [(name, data, day) for name, data in examples.items() for day in DAYS if day >= since[name]]
    for what, change in SO_FAR.items():
        first = dt.date.fromisoformat(SAID_FROM.get(what, "2027-03-15"))
        found += [(what, merged(profile_file("amara.yml"), change), day) for day in DAYS if day >= first]
    return found


WALK = walk()


def faults(plan: Plan) -> list[str]:
    rules = {r.id: r for r in content().rules}
    out = [f"{a.id} is not of the phase {plan.phase}" for a in plan.advice if plan.phase not in rules[a.id].phases]
    if not plan.counting:
        out += ["counts after the close"] if plan.applications or plan.fees_usd else []
        out += ["signals after the close"] if plan.signals else []
        still_added = plan.phase in ("late", "unmatched", "next season") and plan.combination.source == "advice"
        out += [f"a letter asked for {x.specialty}" for x in plan.letters if x.missing and not still_added]
        early = {r.id for r in content().rules if "preparing" in r.phases and "ranking" not in r.phases}
        out += [f"{m.id} was due {m.when}" for m in plan.timeline if m.past and m.step and m.id in early]
    if plan.phase in ("matched", "partly matched"):
        out += ["a place, and the plan follows something else"] if plan.combination.source != "place" else []
    out += [f"{m.id} is past and uncertain" for m in plan.timeline if m.past and m.id == "rank_lists_due"
            and plan.on <= dt.date(2027, 3, 5)]  # fmt: skip
    return out


def test_no_day_asks_for_what_is_over() -> None:
    wrong = []
    for who, data, day in WALK:
        wrong += [f"{who} on {day}: {fault}" for fault in faults(plan_of(data, day))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("what", "on", "phase"),
    [
        ("applied", "2026-09-25", "late"),
        ("interviewed", "2026-11-25", "interviewing"),
        ("interviewed", "2027-02-10", "ranking"),
        ("interviewed", "2027-03-03", "ranking"),
        ("interviewed", "2027-03-05", "ranking"),
        ("interviewed", "2027-03-06", "match week"),
        ("interviewed", "2027-03-16", "match week"),
        ("interviewed", "2027-03-25", "unknown result"),
        ("matched", "2027-03-16", "matched"),
        ("first year only", "2027-03-25", "partly matched"),
        ("first year only", "2027-07-01", "next season"),
        ("advanced only", "2027-06-20", "partly matched"),
        ("advanced only", "2027-07-01", "partly matched"),
        ("not matched", "2027-03-16", "match week"),
        ("not matched", "2027-03-25", "unmatched"),
        ("not matched", "2027-06-01", "next season"),
    ],
)
def test_what_happened_and_the_day_make_the_phase(what: str, on: str, phase: str) -> None:
    plan = plan_of(merged(profile_file("amara.yml"), SO_FAR[what]), dt.date.fromisoformat(on))
    assert plan.phase == phase


@pytest.mark.parametrize("start", range(0, 8))
def test_pages_of_the_walk_agree_with_the_plan_and_the_day(start: int) -> None:
    wrong = []
    for who, data, day in WALK[start * 3 :: 41]:
        _, plan, guide = people.guide_of(data, day)
        home = text(guide, "index")
        where = f"{who} on {day} ({plan.phase})"
        if not plan.counting and AFTER_CLOSE.search(home):
            wrong.append(f"{where}: Home counts after the close: {AFTER_CLOSE.search(home)}")
        cards = {p.id.removeprefix("specialty-") for p in guide.pages if p.id.startswith("specialty-")}
        main = {x for x in plan.combination.specialties if content().cards[x].kind != "first-year"}
        nothing_known = plan.phase in ("match week", "unknown result") and plan.combination.source == "advice"
        if plan.phase == "match week":
            main -= {"interventional-radiology"}  # how to enter it helps nobody once lists are closed
        if plan.phase not in ("matched", "partly matched") and not nothing_known and not main <= cards:
            wrong.append(f"{where}: no card for {main - cards}")
        if plan.phase in ("ranking", "match week", "matched", "partly matched", "unknown result"):
            over = [
                p
                for p in ("programs", "statements")
                if text(guide, p) and "SOAP wants a statement" not in text(guide, p)
            ]
            wrong += [f"{where}: the page {p} is over" for p in over]
    assert not wrong, "\n".join(wrong)

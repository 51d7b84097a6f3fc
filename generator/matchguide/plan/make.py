"""Profile, content, season and a day in; the plan out. Pure: no clock, no files, nothing random but by seed."""

import datetime as dt

from matchguide.content.season import Season
from matchguide.content.store import Content
from matchguide.plan import (
    advice,
    closed,
    combination,
    counts,
    first_years,
    fit,
    letters,
    signals,
    statements,
    timeline,
    visa,
)
from matchguide.plan import situation as situations
from matchguide.plan.choice import facts_of
from matchguide.plan.known import known
from matchguide.plan.reasons import profile as line
from matchguide.plan.reasons import why
from matchguide.plan.types import Assumption, FirstYears, Plan
from matchguide.profile.model import Profile


def make(profile: Profile, content: Content, season: Season, on: dt.date) -> Plan:
    """The whole plan for one applicant on a day."""
    s = situations.read(profile, content, season, on)
    return from_situation(s)


def from_situation(s: situations.Situation) -> Plan:
    visas = visa.plan(s)
    combined = combination.choose(s, visas)
    chosen = facts_of(s, combined.roles)
    counted = counts.plan(s, combined, chosen)
    applied = tuple(a.specialty for a in counted.applications)
    paid = tuple(a.specialty for a in counted.applications if a.planned or a.specialty in combined.specialties)
    needed = first_years.needed(s, combined.specialties)
    letter_plans = letters.plan(s, applied, paid)
    facts = known(s, combined, visas, letter_plans, needed, applied)
    rules = advice.plan(s, facts)
    sent = tuple(x for x in letter_plans if x.specialty in paid)
    reasons = (
        (
            why(
                "first-years-needed",
                *s.evidence("positions:ir", "positions:dr", "supplemental-separate"),
            ),
        )
        if needed
        else (why("first-years-not-needed"),)
    )
    return Plan(
        season=s.season.season,
        on=s.on,
        stage=s.stage,
        combination=combined,
        fit=fit.plan(s, visas),
        applications=counted.applications,
        fees_usd=counted.fees_usd,
        fees_low_usd=counted.fees_low_usd,
        budget_usd=s.profile.limits.budget_usd,
        cuts=counted.cuts,
        letters=letter_plans,
        signals=signals.plan(s, combined, applied, chosen),
        statements=statements.plan(s, applied),
        visa=visas,
        first_years=FirstYears(needed, reasons),
        advice=rules,
        closed=closed.plan(s, combined, visas),
        timeline=timeline.plan(s, visas, facts, sent, rules),
        assumptions=(*s.assumptions, *_assumed_by_plan(s, paid, counted.fees_usd)),
    )


def _assumed_by_plan(s: situations.Situation, paid: tuple[str, ...], fees: int) -> tuple[Assumption, ...]:
    """What only the plan shows to be a guess: what the budget is for, that a year of surgery could be borne, that a
    radiologist who lists no gap works in radiology now."""
    out: list[Assumption] = []
    budget = s.profile.limits.budget_usd
    if budget is not None and paid:
        field = "limits.budget_usd"
        out.append(
            Assumption(field, "ERAS program fees only", why("assume-budget", *line(field), left=budget - fees))
        )
    first_year = s.goal.first_years.assumed_bearable
    if first_year in paid and s.stated_enjoyment(first_year) is None:
        field = f"backups.enjoyment.{first_year}"
        ruled_out = s.goal.first_years.ruled_out_with.get(first_year) in s.profile.backups.ruled_out
        mark = str(s.goal.number("mark_assumed"))
        out.append(Assumption(field, mark, why(f"assume-{first_year}", *line(field), ruled_out=ruled_out)))
    years = s.years_since_graduation
    recent = s.goal.number("recent_years")
    if s.radiologist_at_home and not s.profile.history.gaps and years is not None and years > recent:
        field = "history.gaps"
        out.append(Assumption(field, "none: you work in radiology now", why("assume-working", *line(field))))
    return tuple(out)

"""One person on the advisor's page: what is at risk, since when it hurts, and what they would be asked first."""

import datetime as dt
import re
from typing import Any

from pydantic import BaseModel, ConfigDict

from matchguide.content.cohort import Reason
from matchguide.content.expressions import evaluate
from matchguide.content.season import Season
from matchguide.pages.said import plain
from matchguide.pages.words import Words, listed
from matchguide.plan.facts import Facts
from matchguide.plan.known import known
from matchguide.plan.situation import read as read_situation
from matchguide.plan.types import Plan
from matchguide.profile.dates import dated
from matchguide.session import Session

_SLOT = re.compile(r"\{(\w+)\}")


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Risk(Part):
    """A reason of content/cohort.yml: `day` is when it begins to hurt, never before the day of the guide."""

    id: str
    day: dt.date
    say: str


class Line(Part):
    """`name` is the applicant's own, kept only where it is asked for; `budget` None where none is said."""

    on: dt.date
    name: str
    phase: str
    plan: str
    fees: int
    budget: int | None
    letters: int | None
    interviews: int
    risks: tuple[Risk, ...]

    @property
    def soonest(self) -> dt.date:
        """The first day on which something hurts; the last of all days where nothing does."""
        return min((r.day for r in self.risks), default=dt.date.max)


def line(session: Session, *, name: bool) -> Line:
    """What the advisor's page says of one person."""
    plan, facts = session.plan, _facts(session)
    return Line(
        on=plan.on,
        name=(session.profile.applicant.name or "") if name else "",
        phase=plan.phase,
        plan=session.words.combination(plan.combination.id),
        fees=plan.fees_usd if plan.counting else 0,
        budget=plan.budget_usd,
        letters=facts["letters_total"],
        interviews=facts["interviews_total"],
        risks=tuple(_risks(session.content.cohort_reasons, facts, session.season, session.words, plan.on)),
    )


def _facts(session: Session) -> Facts:
    plan: Plan = session.plan
    situation = read_situation(session.profile, session.content, session.season, plan.on, plan.brought)
    counted = tuple(a.specialty for a in plan.applications if a.planned or plan.in_plan(a.specialty))
    applied = counted if plan.counting else tuple(x.specialty for x in plan.letters)
    facts = known(
        situation,
        plan.combination,
        plan.visa,
        plan.letters,
        plan.first_years.needed,
        applied,
        counting=plan.counting,
    )
    return facts.with_more(over_budget=bool(plan.cuts) and plan.counting)


def _risks(reasons: tuple[Reason, ...], facts: Facts, season: Season, words: Words, on: dt.date) -> list[Risk]:
    """Every reason that is true, the one that hurts first before the others."""
    found = []
    for reason in reasons:
        if evaluate(reason.when, facts).value is not True:
            continue
        last = _last(reason, season, on)
        day = max(on, last - dt.timedelta(days=reason.days))
        found.append(Risk(id=reason.id, day=day, say=_said(reason.say, facts, words, last, on)))
    return sorted(found, key=lambda r: r.day)


def _last(reason: Reason, season: Season, on: dt.date) -> dt.date:
    """The first date of the reason that is still ahead; today where none is."""
    days = (season.day(event) for event in reason.before if season.has(event))
    return next((day for day in days if day >= on), on)


def _said(text: str, facts: Facts, words: Words, last: dt.date, on: dt.date) -> str:
    given: dict[str, Any] = {"days": (last - on).days, "date": dated(last)}

    def fill(hit: re.Match[str]) -> str:
        value = given[hit[1]] if hit[1] in given else facts[hit[1]]
        if isinstance(value, tuple | list):
            return listed([str(x) for x in value])
        return f"{value:,}" if isinstance(value, int) else str(value)

    return plain(_SLOT.sub(fill, text))

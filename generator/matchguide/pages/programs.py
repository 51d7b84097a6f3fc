"""What the page on programs counts and joins: applications, medians, floors, signals, the reader's own list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matchguide.content.evidence import Evidence
from matchguide.content.store import Content
from matchguide.pages.said import Said
from matchguide.pages.season_costs import Cost
from matchguide.pages.together import together
from matchguide.pages.words import Words
from matchguide.plan.fees import Prices
from matchguide.plan.reasons import Reason
from matchguide.plan.situation import Situation
from matchguide.plan.types import Applications, Plan, Signals


def shown_applications(plan: Plan) -> list[Applications]:
    """Those with a number, or that would have one with more money."""
    return [a for a in plan.applications if a.planned or a.wanted]


def ranked_medians(plan: Plan, content: Content, words: Words, outcomes: str) -> list[str]:
    """For each specialty of the plan, how many of its programs those who matched had ranked, as far as published."""
    found = []
    for specialty in plan.combination.specialties:
        item = f"{outcomes}-{content.cards[specialty].short}-ranks.matched.median"
        if content.evidence.has(item):
            found.append(f"{words.abbr(specialty)} [[{item}]]")
    return found


def count_reasons(plan: Plan, words: Words) -> tuple[list[tuple[list[str], str]], dict[str, list[str]]]:
    """Why a specialty gets its number: what is true of several, with their names, and each one's own. What the budget
    cuts is told where the budget is; where the reader's list is the number, nothing else decides."""
    told: list[tuple[str, str]] = []
    for a in shown_applications(plan):
        listed = [r for r in a.because if r.id == "count-listed"]
        told += [(a.specialty, words.text(r)) for r in listed or a.because if r.id != "count-cut"]
    shared = [(of, text) for of, text in together(told) if len(of) > 1]
    common = {text for _, text in shared}
    own = {a.specialty: [t for s, t in told if s == a.specialty and t not in common] for a in plan.applications}
    return [([words.abbr(s) for s in of], text) for of, text in shared], own


TEN = 10  # what ten more programs cost is told everywhere


@dataclass(frozen=True)
class LatePrices:
    """What a further program costs, by how many were sent in its specialty: the specialties past the first step of
    the price and those within it; what all that was sent cost, "" where no numbers are told; what ten and twenty more
    cost, and whether ten are beyond what is left of the reader's limit."""

    past: list[str]
    within: list[str]
    paid: str
    over_limit: bool
    years_sent: bool  # whether first years are among them
    ten: str = ""
    twenty: str = ""
    beyond: bool = False
    left: str = ""  # what is left of the reader's limit, "" where they name none
    ten_years: str = ""  # what ten first years of one kind cost


def late_prices(s: Situation, prices: Prices, words: Words, more_in: str | None) -> LatePrices:
    """For the reader's own numbers of applications; `more_in` is the specialty in which more are advised."""
    sent = s.applied_to
    paid = sum(prices.cost(n) for n in sent.values())
    limit = s.profile.limits.budget_usd
    before = sent.get(more_in or "", 0)
    ten, twenty = (prices.cost(before + n) - prices.cost(before) for n in (TEN, TEN + TEN))
    return LatePrices(
        [words.name(x).lower() for x, n in sent.items() if n >= prices.until],
        [words.name(x).lower() for x, n in sent.items() if n < prices.until],
        f"{paid:,}" if paid else "",
        limit is not None and paid > limit,
        any(n and s.content.cards[x].kind == "first-year" for x, n in sent.items()),
        f"{ten:,}" if more_in else "",
        f"{twenty:,}" if more_in else "",
        limit is not None and paid + ten > limit,
        f"{limit - paid:,}" if limit is not None and limit >= paid else "",
        f"{prices.cost(TEN):,}",
    )


def more_in(plan: Plan, s: Situation) -> list[str]:
    """Where a late application may still pay: the broad specialties of the plan, and those with most places in March
    that were not sent; of them those the reader marks highest. Never in radiology, where late applications are for
    programs that know the reader."""
    chosen = plan.combination.specialties
    broad = [x for x in chosen if s.is_a(x, "broad")] or [x for x in chosen[:1] if not s.is_a(x, "reads images")]
    content = s.goal.count("mark_planned")
    whole = (x for x in s.goal.table.soap if s.content.cards[x].kind != "first-year" and x not in broad)
    broad += [x for x in whole if (s.stated_enjoyment(x) or 0) >= content and s.may_be_named(x)]
    most = max((s.stated_enjoyment(x) or 0 for x in broad), default=0)
    return [x for x in broad if (s.stated_enjoyment(x) or 0) == most]


def cost_points(a: Applications, prices: Prices) -> list[tuple[int, int]]:
    """Where the line of costs bends and ends: (programs, dollars)."""
    most = max(a.high, a.planned + TEN)
    points = {n: prices.cost(n) for n in (0, prices.until, a.planned, most)}
    return sorted(points.items())


def floors(plan: Plan, minimums: Mapping[str, int], words: Words) -> list[str]:
    """How far a small budget may cut each specialty that is wanted."""
    return [
        f"{words.abbr(a.specialty)} {minimums[a.specialty]}"
        for a in plan.applications
        if a.specialty in minimums and a.wanted
    ]


@dataclass(frozen=True)
class Allotment:
    """The signals of one specialty: their names, the number as far as published, and what to do with them."""

    group: str
    names: list[str]
    of_goal: bool
    gold: int | None
    total: int | None
    newer: bool
    because: tuple[Reason, ...]
    advice: tuple[Reason, ...]


def allotments(plan: Plan, evidence: Evidence, applied: Sequence[str], goal_group: str) -> list[Allotment]:
    """The signals of what is applied to. What is true of all signals is said once, with the first."""
    return [
        Allotment(
            g.group,
            [x.replace("-", " ").title() for x in g.specialties],
            g.group == goal_group,
            g.gold,
            g.total,
            evidence.has(f"signals-since-2025.{g.group}.total"),
            g.advice,
            tuple(_advice(g, first=g == plan.signals[0], of_goal=g.group == goal_group)),
        )
        for g in plan.signals
        if any(x in applied for x in g.specialties)
    ]


def _advice(g: Signals, *, first: bool, of_goal: bool) -> list[Reason]:
    return [
        r
        for i, r in enumerate(g.advice)
        if (r.id != "signals-effect" or of_goal) and (r.id != "signals-gate" or (first and i == 0))
    ]


def listed_programs(s: Situation, words: Words) -> list[dict[str, Any]]:
    """The programs that the profile lists, as the table to fill shows them: "?" for what is still to be asked."""
    return [
        {
            "name": Said(p.name),
            "specialty": words.abbr(p.specialty),
            "j1": p.j1 or "?",
            "checked": f", {Said(str(p.checked))}" if p.checked else "",
            "like_me": p.non_us_imgs or "?",
            "tie": Said(p.tie) if p.tie else "",
            "signal": p.signal or "",
        }
        for p in s.profile.programs
    ]


def to_pay(costs: Sequence[Cost]) -> dict[str, str]:
    """What the season still costs in all, from `low` to `high`."""
    return {"low": f"{sum(c.low for c in costs):,}", "high": f"{sum(c.high for c in costs):,}"}


def cost_lines(costs: Sequence[Cost]) -> list[dict[str, str]]:
    """The lines of the season's costs, their dollars as people write them."""
    return [{"what": c.what, "rests_on": c.rests_on, "low": f"{c.low:,}", "high": f"{c.high:,}"} for c in costs]


def unpriced(costs: Sequence[Mapping[str, Any]], *, may_travel: bool) -> list[str]:
    """What a season costs besides, for which there is no price here; no stay for whom none may be named."""
    return [
        str(c["what"])
        for c in costs
        if not (c.get("where") or c.get("priced") or (c.get("needs_stay") and not may_travel))
    ]

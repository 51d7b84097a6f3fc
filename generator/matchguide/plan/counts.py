"""How many programs of each specialty, what they cost, and what a budget leaves. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matchguide.plan.fees import ON_TOP_OF, Prices, lower, prices, upper
from matchguide.plan.reasons import Reason, evidence, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import Situation
from matchguide.plan.types import Applications, Combination

IR, DR, IM = "interventional-radiology", "diagnostic-radiology", "internal-medicine"
PS, PM, TY = "preliminary-surgery", "preliminary-medicine", "transitional-year"


@dataclass(frozen=True)
class Want:
    """What the profile calls for before money is looked at."""

    low: int
    high: int
    planned: int
    because: tuple[Reason, ...]


@dataclass(frozen=True)
class Counts:
    applications: tuple[Applications, ...]
    fees_usd: int
    fees_low_usd: int
    cuts: tuple[Reason, ...]


def plan(s: Situation, combination: Combination) -> Counts:
    """Counts for the specialties of the combination and the first years they need, cut to the budget."""
    price = prices(s.content.evidence, s.season.evidence.fees)
    wants = {x: _want(s, x, combination) for x in combination.specialties}
    wants |= _first_years(s, combination, {x: w.planned for x, w in wants.items()})
    wanted = {x: w.planned for x, w in wants.items()}
    budget = s.profile.limits.budget_usd
    kept: dict[str, int] = dict(wanted)
    cuts: tuple[Reason, ...] = ()
    if budget is not None:
        kept, cuts = cut(s, combination, price, wanted, budget)
    fees, fees_low = upper(price, kept), lower(price, kept)
    out = []
    for x, want in wants.items():
        base = kept.get(ON_TOP_OF.get(x, ""), 0)
        reasons = want.because
        if kept[x] < wanted[x]:
            reasons = (*reasons, why("count-cut", *line("limits.budget_usd"), wanted=wanted[x], kept=kept[x]))
        next_ten = price.cost(10, kept[x] + base)
        out.append(Applications(x, want.low, want.high, kept[x], fees[x], fees_low[x], next_ten, wanted[x], reasons))
    return Counts(tuple(out), sum(fees.values()), min(sum(fees.values()), sum(fees_low.values())), cuts)


def _listed(s: Situation, specialty: str) -> int:
    return sum(p.specialty == specialty and p.j1 != "no" for p in s.profile.programs)


def _want(s: Situation, specialty: str, combination: Combination) -> Want:
    table = s.content.judgement.counts[specialty]
    level = combination.level
    key = "strong" if level == "strong" else "weak" if level in ("weak", "none") else "middle"
    if specialty == IR and combination.roles["close"] is None and combination.roles["broad"]:
        key = "capped"
    if level == "none" and table.get("filtered"):
        key = "filtered"
    if specialty == DR and IR not in combination.specialties:
        key = "weak"
    span = table.get(key) or table.get("weak") or [0, 6]
    low, high = int(span[0]), int(span[1])
    ups, downs = _narrowing(s, specialty)
    position = min(1.0, max(0.0, (len(ups) - len(downs) + 2) / 6))
    planned = low + int((high - low) * position)
    planned = max(low, planned - planned % 5) if planned - low >= 5 or planned % 5 == 0 else low
    if key == "capped" or (specialty == DR and key == "weak" and not s.radiologist_at_home):
        planned = low
    if specialty == DR and key == "weak" and s.radiologist_at_home:
        (low, high, planned), key, ups = s.content.judgement.radiologist_dr, "radiologist", []
    reasons: list[Reason] = []
    below = False
    if table.get("published"):
        item = str(table["published"])
        below = high < s.content.evidence.number(f"{item}.low")
        reasons.append(why("count-published", *evidence(item.split(".")[0]), item=item, below=below))
    else:
        reasons.append(why("count-ours", *evidence("eras-fees-2026"), specialty=specialty))
    if key == "weak" and not below:
        key = "wide" if low >= int(table["middle"][0]) else "thin"
    reasons.append(why(f"count-level-{key}", *line("exams.step2_ck.score", "letters"), specialty=specialty))
    reasons += [*ups, *downs]
    listed = _listed(s, specialty)
    if listed and (not table.get("published") or listed >= low):
        planned, low, high = listed, min(low, listed), max(high, listed)
        reasons.insert(0, why("count-listed", *line("programs"), count=listed))
    return Want(low, high, planned, tuple(reasons))


def _narrowing(s: Situation, specialty: str) -> tuple[list[Reason], list[Reason]]:
    """What moves a count up or down inside its range."""
    short = s.content.cards[specialty].short
    ups: list[Reason] = []
    downs: list[Reason] = []
    item = f"{s.season.evidence.outcomes}-{short}-ck"
    median = s.content.evidence.value(f"{item}.matched.median") if _has(s, f"{item}.matched.median") else None
    q3 = s.content.evidence.value(f"{item}.matched.q3") if median is not None else None
    refs = (*line("exams.step2_ck.score"), *evidence(item))
    if s.ck and median is not None and s.ck.middle < median:
        ups.append(why("count-up-ck", *refs, item=item))
    if s.failed_attempts:
        ups.append(why("count-up-attempt", *line("exams.step1.attempts", "exams.step2_ck.attempts")))
    years = s.years_since_graduation
    if years is not None and years > 5:
        ups.append(why("count-up-years", *line("applicant.graduated"), years=years))
    if not any(x.us and x.specialty == specialty for x in s.letters):
        ups.append(why("count-up-letter", *line("letters"), specialty=specialty))
    if s.needs == "h1b":
        ups.append(why("count-up-h1b", *line("visa.needs")))
    if s.tie_in(specialty):
        downs.append(why("count-down-tie", *line("programs")))
    if s.us_research_weeks >= s.content.judgement.ir_points["us_research_weeks"] and specialty in (IR, DR):
        downs.append(why("count-down-year", *line("experience.us_clinical")))
    if s.ck and q3 is not None and s.ck.middle > q3:
        downs.append(why("count-down-ck", *refs, item=item))
    return ups, downs


def _has(s: Situation, reference: str) -> bool:
    return s.content.evidence.has(reference)


def needs_first_year(s: Situation, specialties: tuple[str, ...]) -> bool:
    """Whether a planned specialty has positions that start in PGY-2 in numbers."""
    return any(s.content.cards[x].start.pgy2 in ("most", "all") for x in specialties)


def _first_years(s: Situation, combination: Combination, counts: Mapping[str, int]) -> dict[str, Want]:
    """First years applied to on their own (advice.md, "Program counts")."""
    rules: dict[str, Any] = s.content.judgement.first_years
    planned = combination.specialties
    out: dict[str, Want] = {}
    if "general-surgery" in planned and s.could_begin_in(PS):
        reason = why("first-surgery-foothold", *evidence("first-years-2025-surgery"))
        low, high, number = rules[PS]
        return {PS: Want(low, high, number, (reason,))}
    if not needs_first_year(s, planned):
        return {}
    advanced = sum(n for x, n in counts.items() if s.content.cards[x].start.pgy2 in ("most", "all"))
    few = advanced <= rules["few_advanced"]["at_most"]
    table: dict[str, list[int]]
    if not s.could_begin_in(PS):
        table = dict(rules["without-surgery"])
    elif few:
        table = {x: rules["few_advanced"][x] for x in (PS, PM, TY)}
    else:
        table = {PS: rules[PS], PM: rules[f"{PM}-with-im" if IM in planned else PM], TY: rules[TY]}
    for x, (low, high, number) in table.items():
        if not s.could_begin_in(x):
            continue
        key = {PS: "surgery", PM: "medicine", TY: "transitional"}[x]
        reasons = [why(f"first-{key}", *evidence(f"first-years-2025-{key}"), few=few)]
        listed = _listed(s, x)
        if listed:
            low, high, number = min(low, listed), max(high, listed), listed
            reasons.insert(0, why("count-listed", *line("programs"), count=listed))
        out[x] = Want(low, high, number, tuple(reasons))
    return out


def cut(
    s: Situation, combination: Combination, price: Prices, wanted: Mapping[str, int], budget: int
) -> tuple[dict[str, int], tuple[Reason, ...]]:
    """Counts that cost at most `budget` at the upper bound, and the reasons for each cut.

    Dear applications (beyond the first step of a specialty) go first, down to each minimum; then transitional
    years, IR beyond signals and ties, DR, preliminary medicine; then a whole specialty; the broad backup and
    preliminary surgery last.
    """
    kept = dict(wanted)
    minimums = s.content.judgement.minimums
    close = combination.roles["close"]
    broad = combination.roles["broad"] or close or combination.roles["first"]  # what is cut last
    ties = sum(1 for p in s.profile.programs if p.tie and p.specialty == IR)
    signals = s.content.judgement.signals.get(combination.level, {"gold": (0, 0), "silver": (0, 0)})
    ir_floor = max(ties, signals["gold"][0] + signals["silver"][0])

    def cost() -> int:
        return sum(upper(price, kept).values())

    def reduce(x: str | None, floor: int) -> None:
        while x and kept.get(x, 0) > floor and cost() > budget:
            kept[x] -= 1

    def minimum(x: str | None) -> int:
        return min(wanted.get(x or "", 0), minimums.get(x or "", price.until))

    for x in (DR, close, PM, broad, *kept):
        reduce(x, minimum(x))
    reduce(TY, 0)
    reduce(IR, ir_floor if broad != IR else price.until)
    reduce(DR if combination.roles["broad"] != DR else None, price.until)
    reduce(PM, 0)
    for x in (IR, close, DR):
        if x and x != broad and cost() > budget and kept.get(x, 0):
            kept[x] = 0
    if not needs_first_year(s, tuple(x for x, n in kept.items() if n and x in combination.specialties)) and (
        "general-surgery" not in combination.specialties
    ):
        for x in (TY, PM, PS):
            if cost() > budget and x in kept:
                kept[x] = 0
    for x in (PM, TY, *reversed(combination.specialties)):
        reduce(x if x != broad else None, 0)
    if combination.roles["broad"]:
        reduce(PS, 0)
    while cost() > budget and (kept.get(PS, 0) or kept.get(broad or "", 0)):
        larger = PS if kept.get(PS, 0) > kept.get(broad or "", 0) else broad  # an advanced place needs its first year
        kept[larger or PS] -= 1
    _spend_the_rest(price, wanted, kept, budget)
    return kept, tuple(
        why("cut", *line("limits.budget_usd"), specialty=x, wanted=wanted[x], kept=kept[x], budget=budget)
        for x in wanted
        if kept[x] < wanted[x]
    )


def _spend_the_rest(price: Prices, wanted: Mapping[str, int], kept: dict[str, int], budget: int) -> None:
    """Cuts go one specialty at a time, so a few dollars may be left for one application elsewhere."""
    for x in sorted(kept, key=lambda name: -wanted[name]):
        while 0 < kept[x] < wanted[x]:
            kept[x] += 1
            if sum(upper(price, kept).values()) > budget:
                kept[x] -= 1
                break


def curve(price: Prices, before: int, steps: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """(count, dollars) for a drawn curve of cost against count."""
    return tuple((n, price.cost(n, before)) for n in steps)

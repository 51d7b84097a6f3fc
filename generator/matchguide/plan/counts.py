"""How many programs of each specialty, what they cost, and what a budget leaves. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from matchguide.content.goal import RangeRow
from matchguide.plan import budget, first_years
from matchguide.plan.facts import Facts
from matchguide.plan.fees import lower, prices, tracks, upper
from matchguide.plan.reasons import Reason, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.rows import every_true, reason
from matchguide.plan.situation import Situation
from matchguide.plan.types import Applications, Combination, Want


@dataclass(frozen=True)
class Counts:
    applications: tuple[Applications, ...]
    fees_usd: int
    fees_low_usd: int
    cuts: tuple[Reason, ...]
    wanted_usd: int  # what all would cost that the budget cuts


NOTHING = Counts((), 0, 0, (), 0)  # once applications are closed


def plan(s: Situation, combination: Combination, facts: Facts, listed: Mapping[str, int]) -> Counts:
    """Counts for the specialties of the combination and the first years they need, cut to the budget. `listed` is how
    many programs of each the reader lists that can be applied to."""
    price = prices(s.content.evidence, s.season.evidence.fees)
    on_top_of = tracks(s.content.cards)
    wants = {x: _want(s, x, facts, listed.get(x, 0)) for x in combination.specialties}
    wants |= first_years.plan(s, combination.specialties, {x: w.planned for x, w in wants.items()}, facts, listed)
    wanted = {x: w.planned for x, w in wants.items()}
    limit = s.profile.limits.budget_usd
    kept: Mapping[str, int] = wanted
    cuts: tuple[Reason, ...] = ()
    if limit is not None:
        kept = budget.cut(s, combination, price, wanted, limit, facts)
        cuts = budget.reasons(wanted, kept, limit)
    fees, fees_low = upper(price, kept, on_top_of), lower(price, kept)
    all_usd = sum(upper(price, wanted, on_top_of).values())
    out = []
    for x, want in wants.items():
        base = kept.get(on_top_of.get(x, ""), 0)
        because = want.because
        if kept[x] < wanted[x]:
            because = (*because, why("count-cut", *line("limits.budget_usd"), wanted=wanted[x], kept=kept[x]))
        next_ten = price.cost(10, kept[x] + base)
        out.append(Applications(x, want.low, want.high, kept[x], fees[x], fees_low[x], next_ten, wanted[x], because))
    return Counts(tuple(out), sum(fees.values()), min(sum(fees.values()), sum(fees_low.values())), cuts, all_usd)


def _facts(s: Situation, specialty: str, facts: Facts) -> Facts:
    """The facts about one specialty of the plan: the score of those who matched to it, where it was published and the
    reader's lies on one side of it: of a decade that holds the mark nobody can say."""
    short = s.content.cards[specialty].short
    item = f"{s.season.evidence.outcomes}-{short}-ck"
    has = s.content.evidence.has(f"{item}.matched.median")
    score = s.profile.step2_ck

    def mark(which: str) -> float | None:
        value = s.content.evidence.number(f"{item}.matched.{which}") if has else None
        inside = (
            score is not None and value is not None and score.low < score.high and score.low <= value <= score.high
        )
        return None if inside else value

    return facts.with_more(
        specialty=specialty,
        short=short,
        ck_item=item,
        matched_median=mark("median"),
        matched_q3=mark("q3"),
    )


def _want(s: Situation, specialty: str, known: Facts, listed: int) -> Want:
    """The range for how the applicant stands, the number inside it, and the reasons for both."""
    counts, table = s.goal.counts, s.goal.counts.ranges[specialty]
    facts = _facts(s, specialty, known)
    row = next(r for r in counts.which_range if r.range in table and facts.true(r.when))
    low, high = (int(n) for n in table[row.range])
    ups = tuple(reason(x, facts) for x in every_true(counts.more, facts)) if row.more else ()
    downs = tuple(reason(x, facts) for x in every_true(counts.fewer, facts))
    planned = _planned(s, row, low, high, len(ups) - len(downs))
    published, below = table.get("published"), False
    if published:
        item = str(published)
        below = high < s.content.evidence.number(f"{item}.low")
        because = [why("count-published", *s.evidence(item.split(".")[0]), item=item, below=below)]
    else:
        because = [why("count-ours", *s.evidence("fees"), specialty=specialty)]
    kind = row.range
    if kind == "weak" and not below:
        kind = "wide" if low >= int(table["middle"][0]) else "thin"
    years = s.years_since_graduation
    limits = {"failed": s.failed_attempts > 0, "old": years is not None and years > s.goal.number("closing_years")}
    refs = line("exams.step2_ck.score", "letters")
    because.append(why(f"count-level-{kind}", *refs, specialty=specialty, **limits))
    because += [*ups, *downs]
    want = Want(low, high, planned, tuple(because))
    return first_years.by_list(s, want, listed, low if published else None)


def _planned(s: Situation, row: RangeRow, low: int, high: int, balance: int) -> int:
    """The number inside a range: named by the row, or as far up as reasons for more outweigh those for fewer, in
    round steps from the low end."""
    if row.planned is not None:
        return low if row.planned == "low" else row.planned
    scale, step = s.goal.counts.scale, s.goal.counts.round_to
    position = min(1.0, max(0.0, (balance - scale.foot) / (scale.head - scale.foot)))
    exact = low + int((high - low) * position)
    return max(low, exact - exact % step)

"""What a budget leaves: counts cut in the order of the goal's budget.yml, until the upper bound of the fees fits."""

from collections.abc import Callable, Iterator, Mapping

from matchguide.content.goal import Cut
from matchguide.plan.facts import Facts
from matchguide.plan.fees import Prices, tracks, upper
from matchguide.plan.first_years import needed
from matchguide.plan.reasons import Reason, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import Situation
from matchguide.plan.types import Combination


def reasons(wanted: Mapping[str, int], kept: Mapping[str, int], budget: int) -> tuple[Reason, ...]:
    """A reason for each specialty that was cut."""
    return tuple(
        why("cut", *line("limits.budget_usd"), specialty=x, wanted=wanted[x], kept=kept[x], budget=budget)
        for x in wanted
        if kept[x] < wanted[x]
    )


def cut(
    s: Situation, combination: Combination, price: Prices, wanted: Mapping[str, int], budget: int, facts: Facts
) -> dict[str, int]:
    """Counts that cost at most `budget` dollars at the upper bound of the fees."""
    kept = dict(wanted)
    on_top_of = tracks(s.content.cards)

    def cost() -> int:
        return sum(upper(price, kept, on_top_of).values())

    steps = _Steps(s, combination, price, wanted, kept, cost, budget)
    for step in s.goal.budget.cuts:
        in_use = tuple(x for x, n in kept.items() if n and x in combination.specialties)
        useless = not needed(s, in_use) and not any(x.always and facts.true(x.when) for x in s.goal.first_years.sets)
        if facts.with_more(first_years_useless=useless).true(step.when):
            steps.take(step)
    _spend_the_rest(wanted, kept, cost, budget)
    return kept


class _Steps:
    """Runs the steps of cutting over one set of counts, which it changes."""

    def __init__(
        self,
        s: Situation,
        combination: Combination,
        price: Prices,
        wanted: Mapping[str, int],
        kept: dict[str, int],
        cost: Callable[[], int],
        budget: int,
    ) -> None:
        self.wanted, self.kept, self.cost, self.budget = wanted, kept, cost, budget
        self._minimums, self._first_step = s.goal.budget.minimums, price.until
        roles, goal = combination.roles, s.goal.specialty
        last = roles["broad"] or roles["close"] or roles["first"]
        self._named = {"goal": goal, "close": roles["close"], "broad": roles["broad"], "last": last}
        self._each = tuple(reversed(combination.specialties))
        ties = sum(1 for p in s.programs if p.tie and p.specialty == goal)
        split = s.goal.signals.split[combination.level]
        self._signals_and_ties = max(ties, split.gold[0] + split.silver[0])

    def take(self, step: Cut) -> None:
        spared = {self._named[x] for x in step.unless}
        for x in self._specialties(step.cut):
            while x not in spared and self.kept.get(x, 0) > self._floor(step, x) and self.cost() > self.budget:
                self.kept[x] -= 1
        for x in self._specialties(step.drop):
            if x not in spared and x in self.kept and (step.always or self.cost() > self.budget):
                self.kept[x] = 0
        even = [x for x in self._specialties(step.even) if x in self.kept]
        while even and self.cost() > self.budget and any(self.kept[x] for x in even):
            larger = max(reversed(even), key=lambda x: self.kept[x])
            self.kept[larger] -= 1

    def _specialties(self, names: tuple[str, ...]) -> Iterator[str]:
        for name in names:
            if name == "all":
                yield from self.wanted
            elif name == "each":
                yield from self._each
            elif specialty := self._named.get(name, name):
                yield specialty

    def _floor(self, step: Cut, specialty: str) -> int:
        if step.to == "minimum":
            return min(self.wanted.get(specialty, 0), self._minimums.get(specialty, self._first_step))
        return {"nothing": 0, "first step": self._first_step, "signals and ties": self._signals_and_ties}[step.to]


def _spend_the_rest(wanted: Mapping[str, int], kept: dict[str, int], cost: Callable[[], int], budget: int) -> None:
    """Cuts go one specialty at a time, so a few dollars may be left for one application elsewhere."""
    for x in sorted(kept, key=lambda name: -wanted[name]):
        while 0 < kept[x] < wanted[x]:
            kept[x] += 1
            if cost() > budget:
                kept[x] -= 1
                break

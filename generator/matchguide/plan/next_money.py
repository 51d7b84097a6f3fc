"""What the list may bring, and where the next dollars go: what more programs of each specialty would add to what is
planned, by chances that are assumed and shown as ranges. Only with a table, and never as a promise.

A program is a chance of an interview, by the reader's word or their fit, and of a place after it, by how often people
with rank lists of some length matched (see `outlook`). Both are assumed at three levels; the low ones come together,
and so do the high ones."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from matchguide.plan.best_together import best_together
from matchguide.plan.fee_steps import best_with_steps
from matchguide.plan.fees import Prices, prices, tracks
from matchguide.plan.invitations import at_most, invitations
from matchguide.plan.outlook import Bet, outlook, turns
from matchguide.plan.program_list import ProgramList
from matchguide.plan.reasons import profile as line
from matchguide.plan.reasons import why
from matchguide.plan.situation import Situation
from matchguide.plan.types import Applications, Expected, Interviews, Judged, Marginal, MoreMoney, Option, Split
from matchguide.programs.together import interviewed

LEVELS = (0, 1, 2)  # low, middle and high of each chance
MOST_NEXT = 30  # of each specialty, among which the best split is looked for


def plan(
    s: Situation, judged: Sequence[Judged], listed: ProgramList, applications: Sequence[Applications]
) -> tuple[tuple[Marginal, ...], MoreMoney | None, Expected | None]:
    """What the next ten of each specialty cost and add, how a sum is best spent, and what the list may bring."""
    if not s.brought.programs:
        return tuple(_priced(a) for a in applications), None, None
    mine = _Mine(s, judged, listed, applications)
    marginal = tuple(mine.marginal(a) for a in applications)
    return marginal, mine.more_money(), mine.expected()


def _priced(a: Applications) -> Marginal:
    reason = why("marginal-price", *line("programs"), specialty=a.specialty, usd=a.next_ten_usd)
    return Marginal(a.specialty, a.next_ten_usd, None, None, (reason,))


class _Mine:
    """The planned list as bets at each level of chance."""

    def __init__(
        self, s: Situation, judged: Sequence[Judged], listed: ProgramList, applications: Sequence[Applications]
    ) -> None:
        self.s, self.judged, self.listed, self.applications = s, judged, listed, applications
        self.rules = s.goal.programs
        self.together = s.goal.number("fails_together")
        self.price: Prices = prices(s.content.evidence, s.season.evidence.fees)
        taken = [i for i, one in enumerate(listed.programs) if one.take]
        self.taken = taken
        self.first_year = [self._first_year_found(taken, level) for level in LEVELS]
        self.sent = [[b for i in taken if (b := self._bet(i, level))] for level in LEVELS]

    def _chance(self, j: Judged, level: int) -> float:
        """The chance of an interview; certain where the table tells of one."""
        if interviewed(j.listed):
            return 1.0
        word = j.listed.chance or self.rules.chance_by_fit[j.level]
        factor = self.rules.specialty_factor.get(j.listed.specialty or "", 1.0)
        return min(1.0, self.rules.interview[word][level] * factor)

    def _first_year_found(self, taken: Sequence[int], level: int) -> float:
        """The chance of some first year among those on the list."""
        if self.s.has_first_year:
            return 1.0
        years = [self.judged[i] for i in taken if self._is_first_year(str(self.judged[i].listed.specialty))]
        place = self.rules.place_after_interview.chances[level]
        bets = [Bet(str(j.listed.specialty), 1, self._chance(j, level), 1.0, place) for j in years]
        return 1 - outlook(bets, self.together).nothing

    def _is_first_year(self, specialty: str) -> bool:
        return self.s.content.cards[specialty].kind == "first-year"

    def _bet(self, i: int, level: int) -> Bet | None:
        """A program as a bet; a first year is none, for it leads nowhere by itself."""
        j = self.judged[i]
        specialty = str(j.listed.specialty)
        if self._is_first_year(specialty):
            return None
        marks = self.s.profile.backups.enjoyment.values()
        mine = self.s.stated_enjoyment(specialty)
        worth = float(self.s.enjoyment(specialty))
        if specialty == self.s.goal.specialty and mine is None:
            worth = float(max((worth, *marks)))
        start = j.listed.start
        later = start in ("advanced", "physician") or (start is None and self.s.starts_in_second_year(specialty))
        if later:
            without = self.s.goal.number("without_first_year")
            worth *= without + (1 - without) * self.first_year[level]
        return Bet(specialty, 1, self._chance(j, level), worth, self.rules.place_after_interview.chances[level])

    def expected(self) -> Expected | None:
        """What the list as it is may bring."""
        if not self.taken:
            return None
        by_specialty: dict[str, list[int]] = {}
        for i in self.taken:
            by_specialty.setdefault(str(self.judged[i].listed.specialty), []).append(i)
        planned = [a.specialty for a in self.applications]
        interviews = tuple(self._interviews(x, by_specialty[x]) for x in planned if x in by_specialty)
        nothing = sorted(outlook(sent, self.together).nothing for sent in self.sent)
        return Expected(interviews, (f"{nothing[0] * 100:.0f}", f"{nothing[-1] * 100:.0f}"))

    def _interviews(self, specialty: str, programs: Sequence[int]) -> Interviews:
        more = (1 + self.s.goal.number("interviews_between")) / 2
        low, middle, high = (
            invitations([self._chance(self.judged[i], level) for i in programs], self.together) for level in LEVELS
        )
        return Interviews(
            specialty,
            len(programs),
            at_most(middle, 1 - more),
            at_most(middle, more),
            at_most(low, 1 - more),
            at_most(high, more),
        )

    def _next(self, specialty: str) -> list[int]:
        """The programs that come next in a specialty, in the order of the list."""
        return list(self.listed.next_of.get(specialty, ()))

    def _gain(self, more: Sequence[int], level: int) -> tuple[float, float]:
        """What programs add to the expected worth, and to the chance of any place."""
        added = [b for i in more if (b := self._bet(i, level))]
        now, then = outlook(self.sent[level], self.together), outlook([*self.sent[level], *added], self.together)
        return then.worth - now.worth, now.nothing - then.nothing

    def marginal(self, a: Applications) -> Marginal:
        ten = 10
        more = self._next(a.specialty)[:ten]
        if self._is_first_year(a.specialty):
            return _priced(a)
        if not more:
            reason = why("marginal-none-left", *line("programs_file"), specialty=a.specialty, usd=a.next_ten_usd)
            return Marginal(a.specialty, a.next_ten_usd, None, None, (reason,))
        gains = [self._gain(more, level)[1] for level in LEVELS]
        low, high = min(gains), max(gains)
        reason = why(
            "marginal-adds",
            *line("programs_file"),
            specialty=a.specialty,
            number=len(more),
            usd=self.price.cost(len(more), self._before(a)),
            low=_in_thousand(low),
            high=_in_thousand(high),
        )
        return Marginal(a.specialty, a.next_ten_usd, low, high, (reason,))

    def _before(self, a: Applications) -> int:
        base = tracks(self.s.content.cards).get(a.specialty, "")
        return a.planned + sum(x.planned for x in self.applications if x.specialty == base)

    def more_money(self) -> MoreMoney | None:
        """The two best ways to spend the next dollars, and what would turn them round."""
        usd = int(self.s.goal.number("next_money"))
        options: list[tuple[float, Option, list[int]]] = []
        for a in self.applications:
            left = [] if self._is_first_year(a.specialty) else self._next(a.specialty)
            number = next((n for n in range(len(left), 0, -1) if self.price.cost(n, self._before(a)) <= usd), 0)
            if not number:
                continue
            gains = [self._gain(left[:number], level) for level in LEVELS]
            cost = self.price.cost(number, self._before(a))
            any_place = sorted(gain for _, gain in gains)
            option = Option(a.specialty, number, cost, _in_thousand(any_place[0]), _in_thousand(any_place[-1]))
            options.append((gains[1][0], option, left[:number]))
        if not options:
            return None
        options.sort(key=lambda x: -x[0])
        first = options[0]
        if len(options) == 1:
            return MoreMoney(usd, (first[1],), None, sure=False)
        second = options[1]
        sure = all(self._gain(first[2], level)[0] >= self._gain(second[2], level)[0] for level in LEVELS)
        most = self.s.goal.number("turned_by_at_most")
        bets: list[list[Bet]] = [[b for i in way[2] if (b := self._bet(i, 1))] for way in (first, second)]
        times = turns(self.sent[1], bets[0], bets[1], self.together, most)
        return MoreMoney(usd, (first[1], second[1]), times, sure, self._split(usd))

    def _split(self, usd: int) -> Split | None:
        """The best set for the sum on top of the list, at middle chances. Nothing where it is of one specialty, or
        where too little is known of others."""
        sent = [i for i, one in enumerate(self.listed.programs) if one.take]
        more = [i for a in self.applications for i in self._next(a.specialty)[:MOST_NEXT]]
        paid = len(self.sent[1])
        bets = [b for i in (*sent, *more) if (b := self._bet(i, 1))]
        before = frozenset(range(paid))
        best = best_together(bets, self.price, usd, self.together, before)
        added = best.expected - outlook(bets[:paid], self.together).worth
        short = best.at_most - best.expected
        numbers = _numbers(bets, best.indices[paid:])
        if len(numbers) < 2 or short > added * self.s.goal.number("split_short_by_at_most"):
            return None
        alone = best_with_steps(
            [b.chance * b.place for b in bets],
            [b.worth for b in bets],
            [b.specialty for b in bets],
            self.price,
            usd,
            before,
        )
        other = _numbers(bets, alone.indices[paid:]) if alone.at_most == alone.expected else numbers
        return Split(
            tuple(numbers.items()),
            _percent(short / added) if short else None,
            tuple(other.items()) if other != numbers else (),
        )


def _numbers(bets: Sequence[Bet], chosen: Iterable[int]) -> dict[str, int]:
    """How many of each specialty, in the order of the plan."""
    counts = Counter(bets[i].specialty for i in chosen)
    return {x: counts[x] for x in dict.fromkeys(b.specialty for b in bets) if x in counts}


def _percent(share: float) -> str:
    """A share as percent, rounded up: what is at most so much."""
    return f"{math.ceil(share * 100)}"


def _in_thousand(chance: float) -> str:
    """A chance as a number in a thousand, never rounded to nothing."""
    return f"{chance * 1000:.0f}" if chance * 1000 >= 1 else "fewer than 1"

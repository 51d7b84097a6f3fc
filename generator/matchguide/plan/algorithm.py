"""The Match as the NRMP describes it, small and exact: applicants propose, and supplemental lists of first years.

An applicant's first line is tried, then the next; a program holds the applicants it prefers, and whoever is put out
goes on below. A supplemental list is read only after its line holds the applicant, and who finds no first year keeps
the place. A first-year program may stand on one applicant's primary list and on another's supplemental list; then a
place given back must be looked at again, there may be no stable outcome, and none need be best for all applicants.

An applicant who holds a line with first years is a second applicant for these. Which lines hold is not known before,
so it is guessed from the round before, until the guess comes out: then no applicant and program would rather have
each other.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

Line = tuple[str, Sequence[str]]
Outcome = dict[str, tuple[str, str | None] | None]

_GUESSES = 100_000  # so many combinations of lines are tried one by one where guessing goes in circles


class NoStableOutcome(Exception):
    """No outcome was found that nobody and no program would leave; `proved` where every one was tried."""

    def __init__(self, *, proved: bool) -> None:
        self.proved = proved
        super().__init__("no outcome of these lists is stable" if proved else "no stable outcome was found")


def match(applicants: Mapping[str, Sequence[Line]], programs: Mapping[str, tuple[int, Sequence[str]]]) -> Outcome:
    """Who goes where: the place of each applicant and their first year (None: none on the list took them), or None.

    `applicants` maps a name to lines in order of wish, each a program and the first years linked to it;
    `programs` maps a name to its number of places and the applicants it ranked, in order. A program that is not
    there takes nobody. Where first years stand on supplemental lists only, places are the best for applicants, then
    first years the best given those. Raises NoStableOutcome, and ValueError for a number of places below 0."""
    market = _Market(applicants, programs)
    guess: dict[str, int | None] = dict.fromkeys(applicants)
    seen: set[tuple[int | None, ...]] = set()
    while tuple(guess.values()) not in seen:
        seen.add(tuple(guess.values()))
        seats = market.seats(guess, {name: range(len(lines)) for name, lines in applicants.items()})
        held = {name: seats.get((name, False)) for name in applicants}
        if held == guess:
            return market.outcome(guess, seats)
        guess = held
    return market.tried_one_by_one()


_Agent = tuple[str, bool]  # an applicant, and whether for a first year
_Seats = dict[_Agent, int]  # the line that holds; of a supplemental list, the place on it


class _Market:
    """The lists of both sides, and how each program ranks its applicants."""

    def __init__(
        self, applicants: Mapping[str, Sequence[Line]], programs: Mapping[str, tuple[int, Sequence[str]]]
    ) -> None:
        if any(places < 0 for places, _ in programs.values()):
            raise ValueError("a program has 0 places or more")
        self.applicants, self.programs = applicants, programs
        self._rank = {p: {a: i for i, a in reversed(list(enumerate(named)))} for p, (_, named) in programs.items()}

    def seats(self, guess: Mapping[str, int | None], lines: Mapping[str, Iterable[int]]) -> _Seats:
        """What deferred acceptance gives when these lines are tried, and the first years of the guessed ones."""
        wishes = self._wishes(guess, lines)
        holds: dict[str, list[tuple[tuple[int, bool], _Agent]]] = {p: [] for p in self.programs}
        at: _Seats = {}
        tries = {agent: iter(range(len(wish))) for agent, wish in wishes.items()}
        waiting = list(wishes)
        while waiting:
            agent = waiting.pop()
            for i in tries[agent]:
                number, program = wishes[agent][i]
                if self._order(program, agent) is None:
                    continue
                at[agent] = number
                holds[program].append((self._order(program, agent) or (0, False), agent))
                holds[program].sort()
                if len(holds[program]) > self.programs[program][0]:
                    _, out = holds[program].pop()
                    del at[out]
                    if out == agent:
                        continue
                    waiting.append(out)
                break
        return at

    def seats_best_for_programs(self, guess: Mapping[str, int | None]) -> _Seats:
        """The same for the guessed lines alone, with programs proposing."""
        wishes = self._wishes(guess, {name: () if i is None else (i,) for name, i in guess.items()})
        asks: dict[str, list[tuple[tuple[int, bool], _Agent, int, int]]] = {p: [] for p in self.programs}
        for agent, wish in wishes.items():
            for i, (number, program) in enumerate(wish):
                if (order := self._order(program, agent)) is not None:
                    asks[program].append((order, agent, i, number))
        left = {p: iter(sorted(listed)) for p, listed in asks.items()}
        held: dict[_Agent, tuple[int, int, str]] = {}
        waiting = [p for p, (places, _) in self.programs.items() for _ in range(min(places, len(asks[p])))]
        while waiting:
            program = waiting.pop()
            for _, agent, i, number in left[program]:
                before = held.get(agent)
                if before is None or i < before[0]:
                    held[agent] = (i, number, program)
                    if before:
                        waiting.append(before[2])
                    break
        return {agent: number for agent, (_, number, _) in held.items()}

    def tried_one_by_one(self) -> Outcome:
        """The first stable outcome in the order of applicants and their lines."""
        number = math.prod(len(lines) + 1 for lines in self.applicants.values())
        if number > _GUESSES:
            raise NoStableOutcome(proved=False)
        for held in product(*([*range(len(lines)), None] for lines in self.applicants.values())):
            guess = dict(zip(self.applicants, held, strict=True))
            if not self._fits(guess):
                continue
            # Programs that propose hold whom they prefer to all they could hold with these lines: if somebody is
            # still wanted above their line, then in every other way to give the first years too.
            seats = self.seats_best_for_programs(guess)
            if all(seats.get((name, False)) == i for name, i in guess.items()) and self._nobody_leaves(guess, seats):
                better = self.seats(guess, {name: () if i is None else (i,) for name, i in guess.items()})
                same = all(better.get((name, False)) == i for name, i in guess.items())
                return self.outcome(guess, better if same and self._nobody_leaves(guess, better) else seats)
        raise NoStableOutcome(proved=True)

    def outcome(self, guess: Mapping[str, int | None], seats: _Seats) -> Outcome:
        """The seats by name."""
        out: Outcome = {}
        for name, i in guess.items():
            if i is None:
                out[name] = None
                continue
            program, years = self.applicants[name][i]
            year = seats.get((name, True))
            out[name] = (program, None if year is None else years[year])
        return out

    def _wishes(
        self, guess: Mapping[str, int | None], lines: Mapping[str, Iterable[int]]
    ) -> dict[_Agent, list[tuple[int, str]]]:
        wishes: dict[_Agent, list[tuple[int, str]]] = {}
        for name, numbers in lines.items():
            wishes[name, False] = [(i, self.applicants[name][i][0]) for i in numbers]
            held = guess[name]
            if held is not None and self.applicants[name][held][1]:
                program, years = self.applicants[name][held]
                wishes[name, True] = [(i, year) for i, year in enumerate(years) if year != program]
        return wishes

    def _order(self, program: str, agent: _Agent) -> tuple[int, bool] | None:
        """How a program ranks an applicant, for a place before a first year; None where it did not."""
        place = self._rank.get(program, {}).get(agent[0])
        return None if place is None else (place, agent[1])

    def _fits(self, guess: Mapping[str, int | None]) -> bool:
        """Whether programs ranked those who are to hold their lines, and have so many places."""
        taken: dict[str, int] = {}
        for program, name in self._lines_of(guess):
            if name not in self._rank.get(program, {}):
                return False
            taken[program] = taken.get(program, 0) + 1
        return all(n <= self.programs[program][0] for program, n in taken.items())

    def _lines_of(self, guess: Mapping[str, int | None]) -> Iterator[tuple[str, str]]:
        return ((self.applicants[name][i][0], name) for name, i in guess.items() if i is not None)

    def _nobody_leaves(self, guess: Mapping[str, int | None], seats: _Seats) -> bool:
        """Whether no program above somebody's line would take them; of first years that is known."""
        holds: dict[str, list[tuple[int, str]]] = {p: [] for p in self.programs}
        for (name, first_year), number in seats.items():
            line = guess[name]
            if line is not None:
                program, years = self.applicants[name][line]
                program = years[number] if first_year else program
                holds[program].append((self._rank[program][name], name))
        for name, line in guess.items():
            for program, _ in self.applicants[name][:line]:
                place = self._rank.get(program, {}).get(name)
                if place is None:
                    continue
                others = [order for order, other in holds[program] if other != name]
                if len(others) < self.programs[program][0] or max(others) > place:
                    return False
        return True

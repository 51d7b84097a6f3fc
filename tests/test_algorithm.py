"""The Match itself: worked examples, and every outcome of small drawn markets."""

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from matchguide.plan.algorithm import NoStableOutcome, Outcome, match

pytestmark = pytest.mark.fast

Applicants = dict[str, list[tuple[str, list[str]]]]
Programs = dict[str, tuple[int, list[str]]]

VECTORS = Path(__file__).parent / "vectors" / "portfolio_steps.yml"
MARKETS = {m["id"]: m for m in yaml.safe_load(VECTORS.read_text(encoding="utf-8"))["markets"]}


@pytest.mark.parametrize("id", MARKETS)
def test_worked_markets(id: str) -> None:
    market = MARKETS[id]
    applicants = {a: [(p, list(years)) for p, years in lines] for a, lines in market["applicants"].items()}
    answer = {a: tuple(place) if place else None for a, place in market["answer"].items()}
    assert match(applicants, market["programs"]) == answer


# The five worked lists of the NRMP's rules. Lakeside is advanced, Hilltop categorical, Harbor and Bay first years.
def alone(lines: list[tuple[str, list[str]]], *willing: str) -> tuple[str, str | None] | None:
    return match({"me": lines}, {program: (1, ["me"]) for program in willing})["me"]


def test_a_first_year_is_found_on_the_supplemental_list() -> None:
    lines = [("Lakeside", ["Harbor", "Bay"]), ("Hilltop", [])]
    assert alone(lines, "Lakeside", "Bay", "Hilltop") == ("Lakeside", "Bay")


def test_without_a_first_year_the_main_list_is_not_read_on() -> None:
    assert alone([("Lakeside", ["Harbor", "Bay"]), ("Hilltop", [])], "Lakeside", "Hilltop") == ("Lakeside", None)


def test_a_program_refused_above_is_refused_below() -> None:
    lines = [("Lakeside", ["Harbor"]), ("Hilltop", []), ("Lakeside", []), ("Harbor", [])]
    assert alone(lines, "Hilltop", "Harbor") == ("Hilltop", None)
    assert alone(lines, "Lakeside", "Hilltop", "Harbor") == ("Lakeside", "Harbor")


def test_a_preliminary_place_on_both_lists() -> None:
    lines = [("Lakeside", ["Harbor"]), ("Hilltop", []), ("Harbor", [])]
    assert alone(lines, "Lakeside", "Harbor") == ("Lakeside", "Harbor")
    assert alone(lines, "Lakeside") == ("Lakeside", None)
    assert alone(lines, "Harbor") == ("Harbor", None)
    assert alone([("Harbor", []), *lines], "Lakeside", "Harbor") == ("Harbor", None)


def test_who_loses_the_advanced_place_loses_its_first_year() -> None:
    programs: Programs = {"Lakeside": (1, ["b", "a"]), "Harbor": (1, ["a", "c"])}
    lines: Applicants = {"a": [("Lakeside", ["Harbor"])], "b": [("Lakeside", [])], "c": [("Harbor", [])]}
    assert match(lines, programs) == {"a": None, "b": ("Lakeside", None), "c": ("Harbor", None)}


def test_programs_nobody_knows_and_empty_lists() -> None:
    assert match({}, {}) == {}
    assert match({"a": [], "b": [("Nowhere", ["None"])]}, {"P": (1, ["a"])}) == {"a": None, "b": None}
    assert match({"a": [("P", [])]}, {"P": (0, ["a"])}) == {"a": None}
    with pytest.raises(ValueError, match="0 places"):
        match({"a": []}, {"P": (-1, [])})


def test_a_market_without_a_stable_outcome_says_so() -> None:
    """Harbor takes b instead of c once b holds Lakeside; c then takes Lakeside from b, and b gives Harbor back."""
    applicants: Applicants = {"b": [("Lakeside", ["Harbor"])], "c": [("Harbor", []), ("Lakeside", [])]}
    programs: Programs = {"Lakeside": (1, ["c", "b"]), "Harbor": (1, ["b", "c"])}
    assert list(stable(applicants, programs)) == []
    with pytest.raises(NoStableOutcome) as told:
        match(applicants, programs)
    assert told.value.proved


# Brute force: every outcome, by the definition of stability alone.


def outcomes(applicants: Applicants, programs: Programs) -> Iterator[dict[str, tuple[int, int | None] | None]]:
    """Each applicant's line and first year, within places and rankings."""

    def ranked(program: str, name: str) -> bool:
        return program in programs and name in programs[program][1]

    choices = []
    for name, lines in applicants.items():
        mine: list[tuple[int, int | None] | None] = [None]
        for i, (program, years) in enumerate(lines):
            if ranked(program, name):
                mine += [(i, None), *((i, j) for j, y in enumerate(years) if ranked(y, name) and y != program)]
        choices.append(mine)
    for chosen in itertools.product(*choices):
        out = dict(zip(applicants, chosen, strict=True))
        holds = held(applicants, programs, out)
        if all(len(who) <= programs[p][0] for p, who in holds.items()):
            yield out


def held(
    applicants: Applicants, programs: Programs, out: dict[str, tuple[int, int | None] | None]
) -> dict[str, list[str]]:
    holds: dict[str, list[str]] = {p: [] for p in programs}
    for name, seat in out.items():
        if seat is not None:
            program, years = applicants[name][seat[0]]
            holds[program].append(name)
            if seat[1] is not None:
                holds[years[seat[1]]].append(name)
    return holds


def stable(applicants: Applicants, programs: Programs) -> Iterator[dict[str, tuple[int, int | None] | None]]:
    for out in outcomes(applicants, programs):
        holds = held(applicants, programs, out)

        def wants(program: str, name: str, holds: dict[str, list[str]] = holds) -> bool:
            places, order = programs.get(program, (0, []))
            others = [x for x in holds.get(program, []) if x != name]
            return name in order and (len(others) < places or any(order.index(x) > order.index(name) for x in others))

        def leaves(name: str, out: dict[str, tuple[int, int | None] | None] = out) -> bool:
            seat, lines = out[name], applicants[name]
            above = lines if seat is None else lines[: seat[0]]
            if any(wants(program, name) for program, _ in above):
                return True
            if seat is None:
                return False
            years = lines[seat[0]][1]
            better = years if seat[1] is None else years[: seat[1]]
            return any(wants(y, name) for y in better if y != lines[seat[0]][0])

        if not any(leaves(name) for name in applicants):
            yield out


def named(applicants: Applicants, out: dict[str, tuple[int, int | None] | None]) -> Outcome:
    return {
        name: None
        if seat is None
        else (applicants[name][seat[0]][0], None if seat[1] is None else applicants[name][seat[0]][1][seat[1]])
        for name, seat in out.items()
    }


def drawn(r: random.Random, kind: str) -> tuple[Applicants, Programs]:
    """A market of two to six applicants: "primary" lists only, "apart" (first years on supplemental lists only), or
    "mixed"."""
    size = r.choice([2, 3, 3, 4, 4, 5, 6])
    names, places, years = list("abcdef")[:size], ["P", "Q", "R"], ["X", "Y"]
    applicants: Applicants = {}
    for name in names:
        on_primary = places + (years if kind == "mixed" else [])
        lines = []
        for program in r.sample(on_primary, r.randint(1, 2 if size > 4 else 3)):
            with_years = kind != "primary" and program not in years and r.random() < 0.6
            lines.append((program, r.sample(years, r.randint(1, 1 if size > 4 else 2)) if with_years else []))
        applicants[name] = lines
    programs = {
        p: (r.choice([1, 1, 1, 2]), r.sample(names, r.randint((size + 1) // 2, size))) for p in (*places, *years)
    }
    return applicants, programs


@pytest.mark.parametrize("seed", range(120))
def test_without_supplemental_lists_it_is_stable_and_best_for_every_applicant(seed: int) -> None:
    applicants, programs = drawn(random.Random(f"primary {seed}"), "primary")
    every = list(stable(applicants, programs))
    best = {
        name: min((out[name] for out in every), key=lambda seat: 99 if seat is None else seat[0])
        for name in applicants
    }
    assert match(applicants, programs) == named(applicants, best)


@pytest.mark.parametrize("seed", range(120))
def test_first_years_on_supplemental_lists_only(seed: int) -> None:
    """The places are the best there are for each applicant, then the first years the best given these places."""
    applicants, programs = drawn(random.Random(f"apart {seed}"), "apart")
    every = list(stable(applicants, programs))
    line = {name: min(99 if (seat := out[name]) is None else seat[0] for out in every) for name in applicants}
    with_best = [out for out in every if all((99 if out[n] is None else out[n][0]) == i for n, i in line.items())]  # type: ignore[index]
    best = {
        name: min(
            (out[name] for out in with_best), key=lambda seat: 99 if seat is None or seat[1] is None else seat[1]
        )
        for name in applicants
    }
    assert match(applicants, programs) == named(applicants, best)


@pytest.mark.parametrize("seed", [*range(300), 595, 795, 2147])  # the last: guessing goes in circles
def test_mixed_lists_give_a_stable_outcome_where_there_is_one(seed: int) -> None:
    applicants, programs = drawn(random.Random(f"mixed {seed}"), "mixed")
    every = [named(applicants, out) for out in stable(applicants, programs)]
    if every:
        assert match(applicants, programs) in every
    else:
        with pytest.raises(NoStableOutcome):
            match(applicants, programs)


def test_the_order_of_wish_is_never_worse_than_another_order_nor_a_shorter_list() -> None:
    """On drawn markets without supplemental lists nobody gains by another order of their list, or by a part of it."""
    for seed in range(60):
        applicants, programs = drawn(random.Random(f"order {seed}"), "primary")
        name, lines = next(iter(applicants.items()))
        place = match(applicants, programs)[name]
        wish = [program for program, _ in lines]
        got = wish.index(place[0]) if place else len(wish)
        for size in range(len(lines) + 1):
            for other in itertools.permutations(lines, size):
                turned = match(applicants | {name: list(other)}, programs)[name]
                assert (wish.index(turned[0]) if turned else len(wish)) >= got

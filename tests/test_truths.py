"""The promises of tests/truths/ hold for drawn people and for the examples on days all season long."""

import datetime as dt

import pytest

from examples import PROFILES, session_of
from matchguide.mistakes import MistakesFound
from truths_of_a_guide import broken, drawn, resident, truths

DAYS = [dt.date.fromisoformat(d) for d in ("2026-06-15", "2026-11-25", "2027-02-10", "2027-03-16", "2027-06-01")]
SEEDS = [range(n, n + 6) for n in range(100, 160, 6)]
LEAST = 80


def test_there_are_promises_of_every_kind() -> None:
    """As many as were asked for, and none that is about nobody."""
    assert len(truths()) >= LEAST
    assert {bool(t.never) for t in truths()} == {bool(t.always) for t in truths()} == {True, False}


@pytest.mark.parametrize("seeds", SEEDS, ids=str)
def test_of_drawn_people(seeds: range) -> None:
    wrong = []
    for seed in seeds:
        who, told, about = drawn(seed)
        assert about
        wrong += [f"{who} {line}" for line in told]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("seeds", [range(n, n + 6) for n in (400, 406, 412)], ids=str)
def test_of_residents_on_a_j1(seeds: range) -> None:
    wrong = []
    for seed in seeds:
        who, told, about = resident(seed)
        assert "who-trains-here-goes-on" in about
        wrong += [f"{who} {line}" for line in told]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", PROFILES)
def test_of_the_examples_on_five_days(name: str) -> None:
    wrong, written = [], 0
    for day in DAYS:
        session = session_of(name, day)
        try:
            told, _ = broken(session.profile, session.plan, session.guide, session.content)
        except MistakesFound:  # a result that this day does not know yet
            continue
        written += 1
        wrong += [f"{day} ({session.plan.phase}) {line}" for line in told]
    assert written
    assert not wrong, "\n".join(wrong)

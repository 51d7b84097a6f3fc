"""Every reason of every plan has its sentence and all that the sentence names, and rests on lines of the profile,
figures and dates that there are: "Why am I told this?" points nowhere for nobody."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from pydantic import BaseModel

import people
from matchguide.content.expressions import VOCABULARY
from matchguide.pages.words import Words
from matchguide.paths import TEMPLATES
from matchguide.plan.reasons import Reason
from matchguide.plan.types import Plan
from matchguide.profile.model import Profile
from support import content, plan_of
from test_cases import CASES, day_of, every_reason, profile_data, read_case

# Said of everybody, so they rest on nothing of the reader's.
ON_NOTHING = {"card-alignment", "card-pathways_back", "first-years-not-needed", "rule", "first-card", "moment-rule"}


@cache
def plans() -> tuple[Plan, ...]:
    """Sixty drawn people and the doctors' cases."""
    drawn = [people.plan_only(*people.draw(seed))[1] for seed in range(60)]
    return (*drawn, *(plan_of(profile_data(c), day_of(c)) for c in map(read_case, CASES)))


@cache
def reasons() -> Mapping[str, tuple[str, Reason]]:
    return {repr(r): (where, r) for plan in plans() for where, r in every_reason(plan)}


def is_field(name: str) -> bool:
    """Whether the profile has a line of this name: exams.step1.score, letters[2].us, backups.enjoyment.neurology."""
    here: Any = Profile
    for part in re.sub(r"\[\d+\]", "", name).split("."):
        if not (isinstance(here, type) and issubclass(here, BaseModel)):
            return part in content().cards  # a mark of a specialty
        field = here.model_fields.get(part)
        if field is None:
            return False
        here = next((x for x in _types(field.annotation) if issubclass(x, BaseModel)), None)
    return True


def _types(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _types(inner)


def test_every_reason_has_its_sentence_with_all_it_names() -> None:
    words = Words(content(), TEMPLATES)
    for where, reason in reasons().values():
        assert words.text(reason).strip(), f"{where}: {reason.id}"


def test_every_reason_rests_on_lines_figures_and_dates_that_there_are() -> None:
    season = content().seasons[2027]
    dates = {e.id for e in season.events} | {"stage"}
    for where, reason in reasons().values():
        assert reason.refs or reason.id in ON_NOTHING, f"{where}: {reason.id} rests on nothing"
        for ref in reason.refs:
            there = {
                "profile": is_field,
                "evidence": content().of_season(2027).evidence.items.__contains__,
                "season": dates.__contains__,
            }[ref.kind]
            assert there(ref.name), f"{where}: {reason.id} rests on {ref.kind} {ref.name}"


def test_nothing_is_decided_without_a_reason() -> None:
    for plan in plans():
        told = (*plan.applications, *plan.combination.rejected, *plan.closed, *plan.advice, plan.first_years)
        told += tuple(gate for road in plan.visa.roads for gate in road.gates)
        told += tuple(missing for letters in plan.letters for missing in letters.missing)
        for one in told:
            assert one.because, one
            assert all(isinstance(r, Reason) for r in one.because), one
        assert all(isinstance(m.reason, Reason) for m in plan.timeline)


def test_what_is_assumed_or_asked_is_a_line_of_the_profile() -> None:
    for plan in plans():
        for field in (*plan.facts, *(a.field for a in plan.assumptions)):
            assert is_field(field), field


@pytest.mark.parametrize("name", sorted(VOCABULARY))
def test_a_name_of_an_expression_rests_on_a_line_of_the_profile(name: str) -> None:
    field = VOCABULARY[name]
    assert field in ("plan", "season") or is_field(field)


def test_every_task_leads_to_the_section_that_helps() -> None:
    """What is to be done names the page that helps to do it."""
    lost = [r.id for r in content().rules if r.do and not r.see]
    lost += [e.id for e in content().seasons[2027].events if ((e.ours and not e.told) or e.step) and not e.see]
    assert not lost

"""A second goal is a folder of data: tests/second-goal/ over the content gives plans, without a line of Python."""

import shutil
from pathlib import Path

import pytest
import yaml

from matchguide import paths
from matchguide.checks.whole import problems
from matchguide.content import store
from matchguide.content.store import Content
from matchguide.decisions.document import document
from matchguide.mistakes import MistakesFound
from matchguide.plan.make import make
from matchguide.plan.types import Plan
from matchguide.profile.read import check
from matchguide.source import parse
from support import JUNE, TESTS, content, plan_of, profile_file

pytestmark = pytest.mark.fast

PROFILE = """
goal: {specialty: child-neurology, season: 2027}
visa: {needs: j1, citizenships: [India]}
backups: {enjoyment: {neurology: 4, pediatrics: 3}}
"""
LETTER = "  - {{from: Dr. {}, specialty: neurology, us: true, status: received}}\n"
LETTERS = "letters:\n" + LETTER.format("A") + LETTER.format("B")


@pytest.fixture(scope="module")
def two_goals(tmp_path_factory: pytest.TempPathFactory) -> Content:
    folder = tmp_path_factory.mktemp("two") / "content"
    shutil.copytree(paths.CONTENT, folder)
    shutil.copytree(TESTS / "second-goal", folder, dirs_exist_ok=True)
    for file, rows in (("counts", "ranges"), ("letters", "rules")):
        _with_every_specialty(folder / "goals" / "child-neurology" / f"{file}.yml", rows, content())
    return store.load(folder)


def _with_every_specialty(path: Path, rows: str, known: Content) -> None:
    """A line for a specialty that came after this test: that of neurology."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    first_years = {id for id, card in known.cards.items() if card.kind == "first-year"} if rows == "ranges" else set()
    goals = {id for id, card in known.cards.items() if card.kind == "goal"}
    for id in known.cards.keys() - data[rows].keys() - first_years - goals:
        data[rows][id] = data[rows]["neurology"]
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")


def planned(two_goals: Content, text: str) -> Plan:
    profile = check(parse(text, "profile.yml"), two_goals.known)
    return make(profile, two_goals, two_goals.seasons[2027], JUNE)


def test_the_second_goal_is_whole(two_goals: Content) -> None:
    assert [m.text() for m in problems(two_goals.folder, paths.TEMPLATES)] == []


def test_its_rows_decide(two_goals: Content) -> None:
    strong = planned(two_goals, PROFILE + LETTERS)
    assert strong.combination.level == "strong"
    assert strong.combination.id == "child-neuro+neurology+pediatrics"
    assert {a.specialty: a.planned for a in strong.applications}["child-neurology"] == 30
    thin = planned(two_goals, PROFILE)
    assert thin.combination.level == "middle"
    assert thin.combination.id == "child-neuro+pediatrics"
    assert {a.specialty: a.planned for a in thin.applications}["child-neurology"] == 40
    assert "interventional-radiology" not in {f.specialty for f in thin.fit}


def test_a_budget_and_letters_follow_its_data(two_goals: Content) -> None:
    plan = planned(two_goals, PROFILE + LETTERS + "limits: {budget_usd: 900}\n")
    assert plan.fees_usd <= 900
    assert next(x for x in plan.letters if x.specialty == "child-neurology").use


def test_its_decisions_can_be_read(two_goals: Content) -> None:
    text = document(two_goals, "child-neurology", paths.TEMPLATES)
    assert text.startswith("# How this guide decides: child neurology")
    assert "2 neurologists write for you" in text


def test_the_first_goal_decides_as_before(two_goals: Content) -> None:
    profile = check(parse((paths.HOME / "profiles/amara.yml").read_text(encoding="utf-8"), "p.yml"), two_goals.known)
    mine = make(profile, two_goals, two_goals.seasons[2027], JUNE).combination
    assert mine == plan_of(profile_file("amara.yml"), quick=False).combination


def test_a_goal_without_a_folder_is_refused_with_those_there_are(two_goals: Content) -> None:
    text = "goal: {specialty: pediatrics}\n"
    with pytest.raises(MistakesFound, match="Goals built so far: child-neurology, interventional-radiology"):
        check(parse(text, "profile.yml"), two_goals.known)
    with pytest.raises(MistakesFound, match="The goal built so far: interventional-radiology"):
        check(parse(text, "profile.yml"), content().known)

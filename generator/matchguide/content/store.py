"""Everything the guide knows, loaded by need: planning first, pages' texts only when pages are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from matchguide.content import (
    cards,
    cohort,
    evidence,
    first_card,
    goal,
    phases,
    programs,
    rules,
    season,
    statement_check,
)
from matchguide.content.cards import TRAITS, Card
from matchguide.content.evidence import Evidence
from matchguide.content.files import placed, read_checked
from matchguide.content.first_card import FirstCards
from matchguide.content.goal import Goal
from matchguide.content.lists import known
from matchguide.content.phases import PhaseRow
from matchguide.content.rules import Rule
from matchguide.content.season import Season
from matchguide.content.talk import FaqFile, GlossaryFile, InterviewFile, Question
from matchguide.mistakes import MistakesFound
from matchguide.profile.dates import dated
from matchguide.profile.values import Known


@dataclass(frozen=True)
class Content:
    """What planning needs is read at once; bodies, interviews, FAQ and glossary on first use."""

    folder: Path
    cards: Mapping[str, Card]
    evidence: Evidence
    seasons: dict[int, Season]
    goals: Mapping[str, Goal]
    phases: tuple[PhaseRow, ...]
    first_cards: FirstCards
    rules: tuple[Rule, ...]
    known: Known = field(default_factory=lambda: Known((), ()))
    _plain: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def bodies(self) -> Mapping[str, Mapping[str, str]]:
        """The sections of each card below its front matter: card, heading, text."""
        return cards.bodies(self.folder / "specialties")

    @cached_property
    def interviews(self) -> Mapping[str, tuple[Question, ...]]:
        """The questions of each file, by its name."""
        return {
            path.stem: read_checked(path, InterviewFile).questions
            for path in sorted((self.folder / "interviews").glob("*.yml"))
        }

    @cached_property
    def faq(self) -> FaqFile:
        """The questions that readers ask, with their answers."""
        return read_checked(self.folder / "faq.yml", FaqFile)

    @cached_property
    def glossary(self) -> GlossaryFile:
        """The terms and what they mean."""
        return read_checked(self.folder / "glossary.yml", GlossaryFile)

    @cached_property
    def table_words(self) -> programs.TableWords:
        """How people write tables of programs."""
        return programs.load(self.folder / "programs.yml")

    @cached_property
    def statement_check(self) -> statement_check.StatementCheck:
        """What the check of a pasted statement looks for."""
        return statement_check.load(self.folder / "statement-check.yml")

    @cached_property
    def _cohort(self) -> cohort.CohortFile:
        numbers = frozenset(name for g in self.goals.values() for name in g.numbers)
        return cohort.load(self.folder / "cohort.yml", numbers)

    @property
    def cohort_reasons(self) -> tuple[cohort.Reason, ...]:
        """Why somebody of a cohort needs their advisor."""
        return self._cohort.reasons

    @property
    def mentor_dates(self) -> tuple[cohort.MentorDate, ...]:
        """Which dates of the season the copy for a mentor names."""
        return self._cohort.mentor_dates

    def data(self, name: str) -> Any:
        """A content file of plain data, such as goals/interventional-radiology/combinations."""
        if name not in self._plain:
            self._plain[name] = read_checked(self.folder / f"{name}.yml", Anything).model_extra
        return self._plain[name]

    def of_season(self, year: int) -> "Content":
        """The same content, its evidence read with the figures that a season names, and with its days."""
        season = self.seasons[year]
        days = {e.id: e.shown or dated(e.when) for e in season.events}
        kinds = season.evidence.model_dump()
        if kinds == self.evidence.kinds and days == self.evidence.days:
            return self
        return replace(self, evidence=replace(self.evidence, kinds=kinds, days=days))

    def with_trait(self, *traits: str) -> tuple[str, ...]:
        """The specialties whose card has one of the traits; a word that is no trait stands for itself."""
        return tuple(dict.fromkeys(x for trait in traits for x in self._by_trait.get(trait, (trait,))))

    @cached_property
    def _by_trait(self) -> dict[str, tuple[str, ...]]:
        return {trait: tuple(c.id for c in self.cards.values() if trait in c.traits) for trait in TRAITS}

    @property
    def backups(self) -> tuple[str, ...]:
        """The ids of the cards that can be a backup."""
        return tuple(c.id for c in self.cards.values() if c.kind == "backup")


class Anything(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)


def load(folder: Path) -> Content:
    """All content that planning needs. Raises MistakesFound naming file, line and field."""
    try:
        return _load(folder)
    except MistakesFound as error:
        raise placed(error) from None


def _load(folder: Path) -> Content:
    lists = known(folder)
    goals = goal.load_all(folder / "goals")
    numbers = frozenset(name for g in goals.values() for name in g.numbers)
    return Content(
        folder,
        cards.load(folder / "specialties"),
        evidence.load(folder / "evidence", lists.specialties),
        season.load(folder / "seasons"),
        goals,
        phases.load(folder / "phases.yml"),
        first_card.load(folder / "first-card.yml", numbers),
        rules.load(folder / "rules"),
        lists,
    )

"""Everything the guide knows, loaded by need: planning first, pages' texts only when pages are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from matchguide.content import cards, evidence, rules, season
from matchguide.content.cards import Card
from matchguide.content.evidence import Evidence
from matchguide.content.files import placed, read_checked
from matchguide.content.lists import known
from matchguide.content.rules import Rule
from matchguide.content.season import Season
from matchguide.content.talk import FaqFile, GlossaryFile, InterviewFile, Question
from matchguide.mistakes import MistakesFound
from matchguide.profile.values import Known


class Judgement(BaseModel):
    """content/fit.yml: weights and thresholds that are ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    ir_points: dict[str, int]
    levels: dict[str, int]
    no_ir: dict[str, int]
    exam_weeks: dict[str, int]
    letters_needed: int
    enjoyment: dict[str, int]
    roads: dict[str, dict[str, int]]
    broad_order: tuple[str, ...]
    counts: dict[str, dict[str, Any]]
    minimums: dict[str, int]
    radiologist_dr: tuple[int, int, int]
    first_years: dict[str, Any]
    signals: dict[str, dict[str, tuple[int, int]]]
    realism: dict[str, Any]
    small_group: int
    draws: int
    letters: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Content:
    """What planning needs is read at once; bodies, interviews, FAQ and glossary on first use."""

    folder: Path
    cards: Mapping[str, Card]
    evidence: Evidence
    seasons: dict[int, Season]
    judgement: Judgement
    rules: tuple[Rule, ...]
    known: Known = field(default_factory=lambda: Known((), ()))

    @cached_property
    def bodies(self) -> Mapping[str, Mapping[str, str]]:
        return cards.bodies(self.folder / "specialties")

    @cached_property
    def interviews(self) -> Mapping[str, tuple[Question, ...]]:
        return {
            path.stem: read_checked(path, InterviewFile).questions
            for path in sorted((self.folder / "interviews").glob("*.yml"))
        }

    @cached_property
    def faq(self) -> FaqFile:
        return read_checked(self.folder / "faq.yml", FaqFile)

    @cached_property
    def glossary(self) -> GlossaryFile:
        return read_checked(self.folder / "glossary.yml", GlossaryFile)

    def data(self, name: str) -> Any:
        """A content file of plain data, such as combinations/interventional-radiology."""
        return read_checked(self.folder / f"{name}.yml", Anything).model_extra

    @property
    def backups(self) -> tuple[str, ...]:
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
    return Content(
        folder,
        cards.load(folder / "specialties"),
        evidence.load(folder / "evidence", lists.specialties),
        season.load(folder / "seasons"),
        read_checked(folder / "fit.yml", Judgement),
        rules.load(folder / "rules"),
        lists,
    )

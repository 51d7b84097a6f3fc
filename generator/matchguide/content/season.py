"""Seasons: one file each, with its stages, its dates, and which evidence it is planned with."""

import datetime as dt
from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from matchguide.content.files import read_checked
from matchguide.content.inert import Id
from matchguide.mistakes import mistake
from matchguide.profile.values import PartialDate


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Event(Part):
    """Something with a date: `when` is a day or a month, `shown` how uncertain ones are written; `step` marks what
    the reader has to do though the date is not ours, `held` how it reads while every visa road is closed."""

    id: Id
    when: PartialDate
    text: str
    until: PartialDate | None = None  # the month in which a long one ends
    shown: str = ""
    near: int = 0
    ours: bool = False
    step: bool = False
    held: str = ""
    held_step: bool = False  # whether the held words ask for something
    certain: bool | None = None
    source: str | None = None
    pages: tuple[str, ...] = ("timeline",)

    @field_validator("when", "until", mode="before")
    @classmethod
    def _when(cls, value: object) -> PartialDate:
        if isinstance(value, dt.date):
            return PartialDate(value.year, value.month, value.day)
        parts = str(value).split("-")
        if len(parts) not in (2, 3) or not all(p.isdecimal() for p in parts):
            raise ValueError("a date is a day (2026-07-20) or a month (2026-07)")
        return PartialDate(*(int(p) for p in parts))

    @property
    def is_certain(self) -> bool:
        """A day that the issuer named, or that is ours to name."""
        return self.certain if self.certain is not None else (self.ours and self.when.is_day)


class SeasonEvidence(Part):
    """The evidence this season is planned with: each kind of figures by the name of its year's items."""

    fees: str
    signals: str
    outcomes: str
    positions: str
    places: str
    first_years: str
    unfilled: str


class Season(Part):
    """One season: `season` is the year of its Match."""

    season: int
    evidence: SeasonEvidence
    stages: dict[str, dt.date]
    events: tuple[Event, ...]

    def day(self, event: str) -> dt.date:
        """The day of an event; of an uncertain month the first, so that nothing we count back is late."""
        return next(e.when.first for e in self.events if e.id == event)

    def stage(self, on: dt.date) -> str:
        return next((name for name, until in self.stages.items() if on < until), "after")


STAGES = ("exploring", "building", "applying", "interviewing", "ranking", "match week")


def load(folder: Path) -> dict[int, Season]:
    """Every season there is a file for. Raises MistakesFound."""
    seasons: dict[int, Season] = {}
    for path in sorted(folder.glob("*.yml")):
        season = read_checked(path, Season)
        if tuple(season.stages) != STAGES:
            raise mistake(
                str(path),
                "the stages are not these, in this order.",
                field="stages",
                allowed=", ".join(STAGES),
            )
        days = list(season.stages.values())
        if days != sorted(days):
            raise mistake(str(path), "the stages' days are out of order.", field="stages")
        seasons[season.season] = season
    return seasons


def choose(seasons: dict[int, Season], wanted: int | None, on: dt.date) -> Season:
    """The season asked for (a profile names only one there is), or the next one that is not over."""
    if wanted is not None:
        return seasons[wanted]
    open_ones = [s for s in seasons.values() if on <= s.day("match_day")]
    return min(open_ones or seasons.values(), key=lambda s: s.season if open_ones else -s.season)

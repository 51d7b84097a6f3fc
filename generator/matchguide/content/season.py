"""Seasons: one file each, with its stages, its dates, and which evidence it is planned with."""

import datetime as dt
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from matchguide.content import expressions
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
    concerns: str = Field(default="true", alias="for")  # for whom it is: an expression over profile and plan
    until: PartialDate | None = None  # the month in which a long one ends
    at: str = ""  # the hour, Eastern Time, as 21:00
    latest: PartialDate | None = None  # the latest day it may turn out to be: before it nothing says "over"
    shown: str = ""
    near: int = 0
    ours: bool = False
    step: bool = False
    told: bool = False  # ours, and nothing to do: it only tells
    gates: bool = False  # told as what can still stop this reader; not at all where nothing can
    held: str = ""
    held_step: bool = False  # whether the held words ask for something
    certain: bool | None = None
    source: str | None = None
    see: str = ""  # the page, or page#section, that helps
    pages: tuple[str, ...] = ("timeline",)

    @field_validator("when", "until", "latest", mode="before")
    @classmethod
    def _when(cls, value: object) -> PartialDate:
        if isinstance(value, dt.date):
            return PartialDate.of(value)
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
    soap: str


class Season(Part):
    """One season: `season` is the year of its Match."""

    season: int
    evidence: SeasonEvidence
    stages: dict[str, dt.date]
    events: tuple[Event, ...]
    holidays: tuple[dt.date, ...] = ()  # on which hospitals' offices are closed
    published: bool = True  # whether there is a file for it; else its days are the pattern of the one before

    def event(self, id: str) -> Event:
        """Raises KeyError for an event that the season does not have."""
        found = next((e for e in self.events if e.id == id), None)
        if found is None:
            raise KeyError(id)
        return found

    def has(self, event: str) -> bool:
        """Whether the season has an event of this id."""
        return any(e.id == event for e in self.events)

    def day(self, event: str) -> dt.date:
        """The day of an event; of an uncertain month the first, so that nothing we count back is late."""
        return self.event(event).when.first

    def counted_back(self, event: str, days: int) -> dt.date:
        """So many days before an event, of an uncertain month from about where it stands in it: to put dates in
        order, never shown."""
        return self.event(event).when.first + dt.timedelta(days=self.event(event).near - days)

    def before(self, event: str, days: int = 0) -> PartialDate:
        """Our date so many days before an event; a month only, where no more is known of the event."""
        day = self.counted_back(event, days)
        return PartialDate.of(day) if self.event(event).when.is_day else PartialDate(day.year, day.month)

    def last_day(self, event: str) -> dt.date:
        """The latest day an event may turn out to be: of a month its last."""
        e = self.event(event)
        return (e.latest or e.until or e.when).last

    def stage(self, on: dt.date) -> str:
        """The stage of the season on a day; "after" once Match Week is over."""
        return next((name for name, until in self.stages.items() if on < until), "after")


def after(season: Season) -> Season:
    """The season after the newest file: the same steps a year later, each known by its month only, since nothing is
    published; Match Week by its rule, the week of March's third Friday."""
    year = season.season + 1
    friday = dt.date(year, 3, 15)
    friday += dt.timedelta(days=(4 - friday.weekday()) % 7)
    by_rule = {"match_week": -4, "soap_opens": -3, "soap_rounds": -1, "match_day": 0}
    events = []
    for e in season.events:
        day = friday + dt.timedelta(days=by_rule[e.id]) if e.id in by_rule else None
        when = PartialDate.of(day) if day else PartialDate(e.when.year + 1, e.when.month)
        later = PartialDate(e.until.year + 1, e.until.month) if e.until else None
        near = 0 if day else e.near or max(e.when.day - 1, 0)
        events.append(
            e.model_copy(
                update={"when": when, "until": later, "latest": None, "at": "", "near": near, "shown": "",
                        "source": None, "certain": False}
            )
        )  # fmt: skip
    stages = {name: until.replace(year=until.year + 1) for name, until in season.stages.items()}
    update = {"season": year, "events": tuple(events), "stages": stages, "published": False}
    return season.model_copy(update=update)


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
        for i, event in enumerate(season.events):
            wrong = expressions.problem(event.concerns)
            if wrong:
                raise mistake(str(path), f"{wrong}.", field=f"events[{i}].for", found=event.concerns)
        days = list(season.stages.values())
        if days != sorted(days):
            raise mistake(str(path), "the stages' days are out of order.", field="stages")
        if not _match_week_is_a_week(season):
            raise mistake(
                str(path),
                "Match Week runs from a Monday to the Friday after it.",
                field="events.match_week.when",
                found=" to ".join(f"{season.day(e):%A} {season.day(e)}" for e in _WEEKDAYS if season.has(e)),
            )
        seasons[season.season] = season
    if seasons:
        newest = seasons[max(seasons)]
        seasons[newest.season + 1] = after(newest)
    return seasons


_WEEKDAYS = {"match_week": 0, "match_day": 4}


def _match_week_is_a_week(season: Season) -> bool:
    mondays = {season.day(e) - dt.timedelta(days=n) for e, n in _WEEKDAYS.items() if season.has(e)}
    return len(mondays) < 2 and all(day.weekday() == 0 for day in mondays)


def choose(seasons: dict[int, Season], wanted: int | None, on: dt.date, *, happened: bool = False) -> Season:
    """The season asked for (a profile names only one there is), or the next one whose Match is not over; of a season
    in which something has `happened`, the one that is running or just over."""
    if wanted is not None:
        return seasons[wanted]
    in_order = [seasons[year] for year in sorted(seasons)]
    begun = [s for s in in_order if on >= s.day("submit_from")]
    if happened and begun:
        return begun[-1]
    return next((s for s in in_order if on <= s.last_day("match_day")), in_order[-1])

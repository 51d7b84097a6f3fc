"""The edge: from a path and a day to a guide. Commands and the MkDocs plugin start here."""

import datetime as dt
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from matchguide import paths
from matchguide.checks.once import check_once
from matchguide.content import season as seasons
from matchguide.content import store, vocabulary
from matchguide.content.on_the_day import too_early_or_late
from matchguide.content.season import Season
from matchguide.content.store import Content
from matchguide.mistakes import MistakesFound, mistake
from matchguide.pages.former import Former, read_former
from matchguide.pages.guide import Guide
from matchguide.pages.words import Words
from matchguide.plan.types import Plan
from matchguide.profile.model import Profile
from matchguide.profile.read import check, read_source
from matchguide.profile.values import Known

_FIRST_DAY, _LAST_DAY = dt.date(2000, 1, 1), dt.date(2099, 12, 31)


def the_day(on: str | None) -> dt.date:
    """--on, else SOURCE_DATE_EPOCH (UTC), else today. Raises MistakesFound for a day that is none, or none of this
    century."""
    if on:
        try:
            return _of_this_century(dt.date.fromisoformat(str(on)), "--on")
        except ValueError:
            raise mistake("--on", "is not a day.", found=str(on), allowed="Write it as 2026-06-15.") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            day = dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC).date()
            return _of_this_century(day, "SOURCE_DATE_EPOCH")
        except (ValueError, OverflowError, OSError):
            raise mistake("SOURCE_DATE_EPOCH", "is not a number of seconds.", found=epoch) from None
    return _of_this_century(dt.date.today(), "this computer's clock")


def _of_this_century(day: dt.date, told_by: str) -> dt.date:
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise mistake(
            told_by,
            f"says {day.isoformat()}, and a guide is planned for a day from {_FIRST_DAY} to {_LAST_DAY}.",
            allowed="Name the day: --on 2026-06-15",
        )
    return day


def read_on(path: Path, known: Known, every: dict[int, Season], on: dt.date) -> tuple[Profile, Season]:
    """The profile at a path, and the season it is planned for on a day. Raises MistakesFound with every mistake, also
    those that only the day shows."""
    source = read_source(path)
    profile = check(source, known)
    so_far = profile.season_so_far
    happened = bool(so_far.applied or so_far.result or profile.interviews or profile.rank_list)
    season = seasons.choose(every, profile.goal.season, on, happened=happened)
    if faults := too_early_or_late(source, profile, season, on):
        raise MistakesFound(faults)
    return profile, season


@dataclass(frozen=True)
class Session:
    """One profile on one day."""

    path: Path
    on: dt.date
    content_folder: Path = field(default_factory=lambda: paths.CONTENT)
    templates: Path = paths.TEMPLATES
    since: Path | None = None  # a former guide of the same person

    @cached_property
    def _content(self) -> Content:
        check_once(self.content_folder, self.templates)
        return store.load(self.content_folder)

    @cached_property
    def _read(self) -> tuple[Profile, Season]:
        return read_on(self.path, self._content.known, self._content.seasons, self.on)

    @property
    def profile(self) -> Profile:
        return self._read[0]

    @property
    def season(self) -> Season:
        return self._read[1]

    @cached_property
    def content(self) -> Content:
        """What the guide knows, with the figures that the season names."""
        return self._content.of_season(self.season.season)

    @cached_property
    def plan(self) -> Plan:
        from matchguide.plan.make import make

        return make(self.profile, self.content, self.season, self.on)

    @cached_property
    def words(self) -> Words:
        return Words(self.content, self.templates)

    @cached_property
    def former(self) -> Former | None:
        """What a former guide said, where one is named. Raises MistakesFound."""
        return read_former(self.since, self.profile, self.on) if self.since else None

    @cached_property
    def guide(self) -> Guide:
        from matchguide.pages.write import write

        return write(self.plan, self.content, self.profile, self.templates, former=self.former)


def forget() -> None:
    """Reads and checks templates, words and content anew from now on: while the guide is served, its files change."""
    from matchguide.pages.write import forget as forget_templates

    forget_templates()
    check_once.cache_clear()
    vocabulary.load.cache_clear()

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
from matchguide.content.season import Season
from matchguide.content.store import Content
from matchguide.mistakes import mistake
from matchguide.pages.guide import Guide
from matchguide.pages.words import Words
from matchguide.plan.types import Plan
from matchguide.profile.model import Profile
from matchguide.profile.read import read

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


@dataclass(frozen=True)
class Session:
    """One profile on one day."""

    path: Path
    on: dt.date
    content_folder: Path = field(default_factory=lambda: paths.CONTENT)
    templates: Path = paths.TEMPLATES

    @cached_property
    def _content(self) -> Content:
        check_once(self.content_folder, self.templates)
        return store.load(self.content_folder)

    @cached_property
    def profile(self) -> Profile:
        return read(self.path, self._content.known)

    @cached_property
    def season(self) -> Season:
        so_far = self.profile.season_so_far
        happened = bool(so_far.applied or so_far.result or self.profile.interviews or self.profile.rank_list)
        return seasons.choose(self._content.seasons, self.profile.goal.season, self.on, happened=happened)

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
    def guide(self) -> Guide:
        from matchguide.pages.write import write

        return write(self.plan, self.content, self.profile, self.templates)


def forget() -> None:
    """Reads and checks templates, words and content anew from now on: while the guide is served, its files change."""
    from matchguide.pages.write import forget as forget_templates

    forget_templates()
    check_once.cache_clear()
    vocabulary.load.cache_clear()

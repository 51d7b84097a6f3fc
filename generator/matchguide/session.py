"""The edge: from a path and a day to a guide. Commands and the MkDocs plugin start here."""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from matchguide import paths
from matchguide.checks.once import check_once
from matchguide.content import store, vocabulary
from matchguide.content.on_the_day import checked_on, read_on
from matchguide.content.season import Season
from matchguide.content.store import Content
from matchguide.mistakes import MistakesFound
from matchguide.pages.former import Former, former_of, of_the_same, read_former
from matchguide.pages.guide import Guide
from matchguide.pages.words import Words
from matchguide.plan.types import Plan
from matchguide.profile.model import Profile
from matchguide.programs.listed import EMPTY, Table
from matchguide.source import Source


@dataclass(frozen=True)
class Session:
    """One profile on one day."""

    path: Path
    on: dt.date
    content_folder: Path = field(default_factory=lambda: paths.CONTENT)
    templates: Path = paths.TEMPLATES
    since: Path | None = None  # a former guide of the same person
    loaded: Content | None = None  # for many people: content that was read and checked before
    source: Source | None = None  # the profile's document, where it comes from no file
    former_text: str = ""  # the plan of a former guide, in the same case
    handed_over: Table = EMPTY  # the reader's table, read, where the profile comes from no file
    seasons: dict[int, Content] = field(default_factory=dict)  # and what was derived from it for each season

    @cached_property
    def _content(self) -> Content:
        if self.loaded:
            return self.loaded
        check_once(self.content_folder, self.templates)
        return store.load(self.content_folder)

    @cached_property
    def _read(self) -> tuple[Profile, Season]:
        content = self._content
        if self.source:
            return checked_on(self.source, content.known, content.seasons, self.on)
        return read_on(self.path, content.known, content.seasons, self.on)

    @cached_property
    def profile(self) -> Profile:
        """The profile, with the interviews of the reader's table. Raises MistakesFound with every mistake."""
        from matchguide.programs.together import with_interviews

        return with_interviews(self._read[0], self.table)

    @property
    def season(self) -> Season:
        """The season it is planned for."""
        return self._read[1]

    @cached_property
    def content(self) -> Content:
        """What the guide knows, with the figures that the season names."""
        year = self.season.season
        if year not in self.seasons:
            self.seasons[year] = self._content.of_season(year)
        return self.seasons[year]

    @property
    def tables(self) -> tuple[Path, ...]:
        """Where the reader's table lies, if their profile can be read and names one that is there."""
        with suppress(MistakesFound):
            if name := self._read[0].programs_file:
                place = self.path.parent / Path(name).name
                return (place,) if place.is_file() else ()
        return ()

    @cached_property
    def table(self) -> Table:
        """The reader's own table of programs; empty where the profile names none. A profile that comes from no file
        has nothing beside it: its table is handed over. Raises MistakesFound."""
        name = self._read[0].programs_file
        if name is None:
            return EMPTY
        if self.source:
            return self.handed_over
        from matchguide.programs import read

        return read.brought(self.path, name, self.content.table_words, self.content.cards)

    @cached_property
    def plan(self) -> Plan:
        """The plan on the day."""
        from matchguide.plan.make import make

        return make(self.profile, self.content, self.season, self.on, self.table)

    @cached_property
    def words(self) -> Words:
        """How sentences are said, from templates/words/."""
        return Words(self.content, self.templates)

    @cached_property
    def former(self) -> Former | None:
        """What a former guide said, where one is named. Raises MistakesFound."""
        if self.former_text:
            return of_the_same(former_of(self.former_text), self.profile, self.on)
        return read_former(self.since, self.profile, self.on) if self.since else None

    @cached_property
    def guide(self) -> Guide:
        """The guide. Raises MistakesFound naming what is broken."""
        from matchguide.pages.write import write

        return write(self.plan, self.content, self.profile, self.templates, former=self.former)


def forget() -> None:
    """Reads and checks templates, words and content anew from now on: while the guide is served, its files change."""
    from matchguide.pages.write import forget as forget_templates

    forget_templates()
    check_once.cache_clear()
    vocabulary.load.cache_clear()

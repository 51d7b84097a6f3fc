"""A profile on a day: the season it is for, and what only the two show to be wrong, as a result before Match Week."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from matchguide.content.season import Season, after, choose
from matchguide.mistakes import Mistake, MistakesFound
from matchguide.profile.dates import dated
from matchguide.profile.model import Profile
from matchguide.profile.read import check, read_source
from matchguide.profile.schema import public
from matchguide.profile.values import Known
from matchguide.source import Key, Source

_EARLIER = "What an earlier Match brought goes to history, as in: history: {previous_matches: 1}"


def read_on(path: Path, known: Known, every: dict[int, Season], on: dt.date) -> tuple[Profile, Season]:
    """The profile at a path, and the season it is planned for on a day. Raises MistakesFound with every mistake, also
    those that only the day shows."""
    return checked_on(read_source(path), known, every, on)


def checked_on(source: Source, known: Known, every: dict[int, Season], on: dt.date) -> tuple[Profile, Season]:
    """The same for a document that was read before."""
    profile = check(source, known)
    so_far = profile.season_so_far
    happened = bool(so_far.applied or so_far.result or profile.interviews or profile.rank_list)
    season = choose(every, profile.goal.season, on, happened=happened)
    if faults := _too_early_or_late(source, profile, season, on):
        raise MistakesFound(faults)
    return profile, season


def _too_early_or_late(source: Source, profile: Profile, season: Season, on: dt.date) -> list[Mistake]:
    """Every line of `season_so_far` that cannot be true on the day, with its place in the file."""
    so_far = profile.season_so_far
    result: Key = ("season_so_far", "result")
    monday = season.day("match_week")
    if on >= after(season).day("match_week"):
        said = {"result": so_far.result, "applied": so_far.applied}
        name = next((name for name, value in said.items() if value is not None), None)
        if name is None:
            return []
        problem = f"belongs to the Match of {season.season}, which is over."
        allowed = f"{_EARLIER} Then name goal.season anew."
        return [_told(source.mistake((*result[:1], name), problem, allowed=allowed))]
    if so_far.result is not None and on < monday:
        problem = f"is not known before Monday of Match Week, {dated(monday)}, and this guide is for {dated(on)}."
        return [_told(source.mistake(result, problem, allowed=_EARLIER))]
    return []


def _told(m: Mistake) -> Mistake:
    """As a public log may hold it: the season may be one of the reader's lines."""
    return replace(m, told="does not go with this day.", public=public(m.path))

"""The programs of a profile and those of a table as one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from matchguide.content.programs import TableWords
from matchguide.profile.model import Interview, Profile, Program
from matchguide.programs import doubles
from matchguide.programs.cells import plain
from matchguide.programs.listed import Listed, Note, Place, Table

_STARTS: Mapping[str, Any] = {"pgy1": "categorical", "pgy2": "advanced"}


def of_profile(profile: Profile, first_years: Sequence[str]) -> tuple[Listed, ...]:
    """The programs that the profile itself lists."""
    return tuple(_listed(p, i, first_years) for i, p in enumerate(profile.programs))


def _listed(p: Program, i: int, first_years: Sequence[str]) -> Listed:
    start: Any = _STARTS.get(p.start or "")
    if p.specialty in first_years and start != "advanced":
        start = "preliminary"
    return Listed(
        name=p.name,
        place=Place("", i, in_profile=True),
        specialty=p.specialty,
        start=start,
        j1={"asked": "ask"}.get(p.j1 or "", p.j1),  # type: ignore[arg-type]
        non_us_imgs={"seen": "yes", "none seen": "no"}.get(p.non_us_imgs or ""),  # type: ignore[arg-type]
        tie=p.tie,
        signal=None if p.signal == "none" else p.signal,  # type: ignore[arg-type]
        checked=p.checked,
    )


def interviewed(p: Listed) -> bool:
    """Whether the table says that a program invited the reader."""
    return p.interview in ("invited", "done") or p.interview_date is not None


def with_interviews(profile: Profile, brought: Table) -> Profile:
    """The profile with the interviews that only the table tells of: the reader said so there."""
    told = {i.program for i in profile.interviews}
    more = tuple(
        Interview.model_construct(program=p.name, specialty=p.specialty, date=p.interview_date, liked=p.liked)
        for p in brought.programs
        if p.specialty and p.name not in told and interviewed(p)
    )
    if not more:
        return profile
    return profile.model_copy(update={"interviews": (*profile.interviews, *more)})


def merged(mine: tuple[Listed, ...], brought: Table, words: TableWords) -> Table:
    """The profile's own programs and the table as one. An entry of the profile with the name and specialty of a row
    is that row, and what the profile says counts; everything else stands side by side."""
    rows = {(plain(p.name), p.specialty): i for i, p in reversed(list(enumerate(brought.programs)))}
    programs = list(brought.programs)
    alone: list[Listed] = []
    notes = list(brought.notes)
    for p in mine:
        i = rows.get((plain(p.name), p.specialty))
        if i is None:
            alone.append(p)
            continue
        said = {
            name: value
            for name in ("start", "j1", "non_us_imgs", "tie", "signal", "checked")
            if (value := getattr(p, name)) is not None
        }
        programs[i] = replace(programs[i], **said)
        notes.append(Note("in-profile-too", programs[i].place.sheet, programs[i].place.row, "", {"name": p.name}))
    every = (*alone, *programs)
    return replace(brought, programs=every, notes=tuple(notes), doubles=doubles.find(every, words))

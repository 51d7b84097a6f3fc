"""A program as the reader lists it, in a table or in the profile. All of it is data from outside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from matchguide.profile.values import PartialDate

Answer = Literal["yes", "no", "ask"]
Start = Literal["categorical", "advanced", "preliminary", "physician"]
Level = Literal["required", "preferred", "no"]


@dataclass(frozen=True)
class Place:
    """Where a program is written: a row of a sheet as the spreadsheet counts it, or an entry of the profile."""

    sheet: str
    row: int
    in_profile: bool = False


@dataclass(frozen=True)
class YearsLimit:
    """At most so many years since graduation (fewer, if `strict`), or a year of graduation from which on they take
    people. Both empty: they have no limit."""

    years: int | None = None
    strict: bool = False
    graduated: int | None = None


@dataclass(frozen=True)
class AttemptsLimit:
    """At most so many attempts an exam, or in all Steps together (`total`). None: no limit."""

    most: int | None = None
    total: bool = False


@dataclass(frozen=True)
class Floor:
    """The lowest Step 2 CK score, or what it must be above (`strict`). None: no floor."""

    score: int | None = None
    strict: bool = False


@dataclass(frozen=True)
class Experience:
    """What a program wants of time in the US; `specialty` where it must be in one."""

    level: Level
    hands_on: bool = False
    observing: bool = False
    weeks: int | None = None
    specialty: str | None = None


@dataclass(frozen=True)
class Listed:
    """One program. None: the table says nothing of it. `ticked`: its answers on visas are boxes of an export, where
    an empty box is no word of the program. `tie` and `alumni` are the words of the table, "yes" for a tick. `said`
    holds each cell as it was written, `more` the unknown columns, `unread` names the columns whose cell was not
    understood."""

    name: str
    place: Place
    specialty: str | None = None
    city: str | None = None
    state: str | None = None
    start: Start | None = None
    kind: str | None = None
    j1: Answer | None = None
    h1b: Answer | None = None
    ticked: bool = False
    non_us_imgs: Literal["yes", "no"] | float | None = None
    years_limit: YearsLimit | None = None
    attempts_limit: AttemptsLimit | None = None
    ck_floor: Floor | None = None
    us_experience: Experience | None = None
    esir: Literal["yes", "no"] | None = None
    joint_first_year: str | None = None
    service: str | None = None
    code: str | None = None
    tie: str | None = None
    alumni: str | None = None
    live: Literal["yes", "no"] | None = None
    signal: Literal["gold", "silver", "yes"] | None = None
    interview: str | None = None
    interview_date: PartialDate | None = None
    people: str | None = None
    asked: str | None = None
    liked: int | None = None
    chance: Literal["reach", "even", "likely"] | None = None
    checked: PartialDate | None = None
    accepting: Answer | None = None
    link: str | None = None
    note: str | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Note:
    """Something about the table that its reader should know: `id` names the sentence, `values` fill it."""

    id: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Double:
    """Two entries for one program (`sure`), or for what may be one; by their places in the table, the earlier first.
    `differ` names the columns in which they differ."""

    first: int
    again: int
    sure: bool
    differ: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """The programs in the order in which they are written, and everything that was not understood. `kept` names the
    unknown columns, `others` the rows that are no programs, with their place."""

    programs: tuple[Listed, ...] = ()
    notes: tuple[Note, ...] = ()
    doubles: tuple[Double, ...] = ()
    kept: tuple[str, ...] = ()
    others: tuple[tuple[Place, str], ...] = ()
    file: str = ""


EMPTY = Table()

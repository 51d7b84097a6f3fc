"""A former guide of the same person, for "What changed": a folder, its plan.json, or a single file. It comes from
outside: nothing in it is trusted, and its words are put on pages as the reader's own are, as mere text."""

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from matchguide.mistakes import Mistake, MistakesFound
from matchguide.pages.guide import PLAN
from matchguide.pages.kept import whose
from matchguide.profile.dates import dated
from matchguide.profile.model import Profile
from matchguide.source import read_text

OPTION = "--since"
LARGEST = 20_000_000  # bytes; a single file with drawings is a tenth of it
_ALLOWED = "Name a former guide of yours: its folder, its plan.json, or the file of build --single."
_INSIDE = re.compile(r'<script type="application/json" id="plan">(.*?)</script>', re.DOTALL)

_HERE = Path("guide")  # what is called so has no file

Id = Annotated[str, Field(max_length=120, pattern=r"^[\w+.:-]+$")]
Text = Annotated[str, Field(max_length=5_000)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d(-\d\d)?$")]
Sum = Annotated[str, Field(max_length=64)]
Money = Annotated[int, Field(ge=0, le=10_000_000)]


class Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class Combination(Part):
    id: Id
    source: Id | Literal["rank list"] = Field(alias="from")
    roles: dict[Literal["first", "close", "broad"], Id | None] = {}


class Application(Part):
    specialty: Id
    planned: Money


class Moment(Part):
    id: Annotated[str, Field(max_length=300)]
    when: Day


class Seen(Part):
    as_of: Annotated[str, Field(max_length=10)]
    sum: Sum


class Task(Part):
    id: Annotated[str, Field(max_length=300)]
    text: Text


class Whose(Part):
    id: Sum | None = None
    name: Sum | None = None


class Kept(Part):
    whose: Whose
    counting: bool
    law: Annotated[dict[Id, Seen], Field(max_length=2_000)]
    tasks: Annotated[tuple[Task, ...], Field(max_length=2_000, strict=False)]


class Former(Part):
    """What is read of a former guide's plan; all else in it is left alone."""

    schema_: Annotated[int, Field(alias="schema", ge=1, le=1)]
    on: Annotated[dt.date, Field(strict=False)]
    phase: Annotated[str, Field(max_length=40)]
    combination: Combination
    applications: Annotated[tuple[Application, ...], Field(max_length=100, strict=False)]
    fees_usd: Money
    timeline: Annotated[tuple[Moment, ...], Field(max_length=2_000, strict=False)]
    kept: Kept


def read_former(path: Path, profile: Profile, on: dt.date) -> Former:
    """The plan of a former guide of the same person, not of a later day. Raises MistakesFound."""
    return of_the_same(_checked(_text(path), path), profile, on, path)


def plan_text(text: str) -> str:
    """The plan inside the text of a plan.json or a single file. Raises MistakesFound."""
    return _inside(text, _HERE)


def former_of(text: str) -> Former:
    """The plan of a former guide from the text of its plan.json or single file. Raises MistakesFound."""
    return _checked(plan_text(text), _HERE)


def of_the_same(former: Former, profile: Profile, on: dt.date, path: Path | None = None) -> Former:
    """The same plan, if it is of the same person and not of a later day. Raises MistakesFound."""
    path = path or _HERE
    if _another(former.kept.whose, whose(profile)):
        raise _refused(path, "is the guide of somebody else: its guide_id or name is not that of this profile.")
    if former.on > on:
        raise _refused(path, f"is of a later day ({dated(former.on)}) than this guide.", told="is of a later day.")
    return former


def _another(then: Whose, now: dict[str, str | None]) -> bool:
    """Whether two guides are of two people, as far as their profiles tell."""
    if then.id and now["id"]:
        return then.id != now["id"]
    return bool(then.name and now["name"]) and then.name != now["name"]


def _text(path: Path) -> str:
    """The plan inside a folder, a single file or a plan.json, as text."""
    if (path / "sealed").is_dir():
        raise _refused(path, "is sealed with a password, and its plan cannot be read.")
    if path.is_dir() and not (path / PLAN).exists():
        raise _refused(path, f"holds no {PLAN}. Guides of version 0.1 kept none.")
    try:
        text = read_text(path / PLAN if path.is_dir() else path, largest=LARGEST)
    except MistakesFound as error:
        raise MistakesFound(replace(m, allowed=_ALLOWED, whose=OPTION) for m in error.mistakes) from None
    return _inside(text, path)


def _inside(text: str, path: Path) -> str:
    if text.lstrip()[:1] != "<":
        return text
    found = _INSIDE.search(text)
    if not found:
        sealed = "is sealed with a password, and" if 'id="parts"' in text else "is a page that holds no plan, so"
        raise _refused(path, f"{sealed} nothing can be compared.")
    return found[1]


def _checked(text: str, path: Path) -> Former:
    try:
        data: Any = json.loads(text)
        return Former.model_validate(data)
    except ValidationError as error:
        at = ".".join(str(part)[:40] for part in error.errors()[0]["loc"])
        raise _refused(path, "is no plan that this matchguide wrote.", field=at) from None
    except (ValueError, RecursionError):
        raise _refused(path, "is no plan that this matchguide wrote.") from None


def _refused(path: Path, problem: str, *, field: str = "", told: str = "") -> MistakesFound:
    return MistakesFound([Mistake(OPTION, field, problem, _ALLOWED, str(path), told=told)])

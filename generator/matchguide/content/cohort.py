"""Why somebody of a cohort needs their advisor: rows of content/cohort.yml."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from matchguide.content import expressions
from matchguide.content.files import read_checked
from matchguide.content.inert import Id
from matchguide.mistakes import Mistake, MistakesFound


class Reason(BaseModel):
    """`say` may hold {days}, {date} and {names} of expressions; it hurts `days` days before the first date of
    `before` that is still ahead."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Id
    label: str
    when: str
    say: str
    means: str
    before: Annotated[tuple[str, ...], Field(min_length=1)]
    days: Annotated[int, Field(ge=0, le=365)] = 0


class MentorDate(BaseModel):
    """A date of the season in the copy for a mentor."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    event: str
    say: str


class CohortFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    reasons: tuple[Reason, ...]
    mentor_dates: tuple[MentorDate, ...]


def load(path: Path, numbers: frozenset[str]) -> CohortFile:
    """The reasons in the order of the file, and the rest of it. `numbers` are the names of the goals' thresholds,
    which expressions may use. Raises MistakesFound with every reason that is wrong."""
    file = read_checked(path, CohortFile, prose=False)
    reasons = file.reasons
    known: dict[str, expressions.Kind] = dict.fromkeys(numbers, "number")
    faults = [
        Mistake(str(path), f"reasons[{i}].when", f"{wrong}.", "", reason.when)
        for i, reason in enumerate(reasons)
        if (wrong := expressions.problem(reason.when, known))
    ]
    ids = [reason.id for reason in reasons]
    faults += [
        Mistake(str(path), f"reasons[{i}].id", "stands twice.", "", id) for i, id in enumerate(ids) if id in ids[:i]
    ]
    if faults:
        raise MistakesFound(faults)
    return file

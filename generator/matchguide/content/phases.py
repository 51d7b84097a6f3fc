"""The phases of a season: rows of content/phases.yml, first true one. What Home says in each: templates/home/."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from matchguide.content import expressions
from matchguide.content.files import read_checked
from matchguide.mistakes import mistake

PHASES = (
    "preparing",
    "late",
    "interviewing",
    "ranking",
    "match week",
    "matched",
    "partly matched",
    "unmatched",
    "unknown result",
    "next season",
)


class PhaseRow(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    phase: str
    when: str

    @field_validator("when", mode="before")
    @classmethod
    def _when(cls, value: object) -> object:
        return expressions.as_written(value)


class PhaseFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    phases: tuple[PhaseRow, ...]


def load(path: Path) -> tuple[PhaseRow, ...]:
    """The rows, checked. Raises MistakesFound."""
    rows = read_checked(path, PhaseFile).phases
    for i, row in enumerate(rows):
        wrong = expressions.problem(row.when)
        if wrong:
            raise mistake(str(path), f"{wrong}.", field=f"phases[{i}].when", found=row.when)
        if row.phase not in PHASES:
            raise mistake(
                str(path),
                "is not a phase.",
                field=f"phases[{i}].phase",
                found=row.phase,
                allowed=f"Phases: {', '.join(PHASES)}.",
            )
    return rows

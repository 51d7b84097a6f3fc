"""Tailored advice: one file per subject, each rule with its `when`, its words, its due date and its pages."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator

from matchguide.content.expressions import Expression
from matchguide.content.files import read_checked
from matchguide.content.inert import Id
from matchguide.content.phases import PHASES
from matchguide.mistakes import mistake, suggestion


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Due(Part):
    """So many days before a date of the season."""

    before: str
    days: int = 0


class Rule(Part):
    id: Id
    when: Expression
    say: str
    do: str = ""
    due: Due | None = None
    pages: tuple[str, ...]
    phases: tuple[str, ...] = ("preparing", "late")  # when it is said; at other times it is not
    see: str = ""  # the page, or page#section, that helps to do it
    stays: bool = False  # still to be done, without its day, once applications are out
    asks: bool = False  # only asks for a line of the profile: last among the few next things
    leads: bool = False  # stands first among the next things to do
    repeats: tuple[str, ...] = ()  # the season events that already tell the reader to do this

    @field_validator("repeats", mode="before")
    @classmethod
    def _one_or_more(cls, told: Any) -> Any:
        return [told] if isinstance(told, str) else told


class RuleFile(Part):
    rules: tuple[Rule, ...]


def load(folder: Path) -> tuple[Rule, ...]:
    """All rules, by file name and order. Raises MistakesFound; unknown names in `when` are found here."""
    out: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.yml")):
        for i, rule in enumerate(read_checked(path, RuleFile).rules):
            strange = next((x for x in rule.phases if x not in PHASES), None)
            if strange is not None:
                allowed = f"{suggestion(strange, PHASES)} Phases: {', '.join(PHASES)}.".strip()
                raise mistake(
                    str(path), "is not a phase.", field=f"rules[{i}].phases", found=strange, allowed=allowed
                )
            if rule.id in out:
                raise mistake(str(path), "stands twice.", field=f"rules[{i}].id", found=rule.id)
            out[rule.id] = rule
    return tuple(out.values())

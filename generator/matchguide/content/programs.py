"""How people write tables of programs: headers, and what the words in the cells mean, by content/programs.yml."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from matchguide.content.files import read_checked

Spellings = tuple[str, ...]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(Part):
    """The headers of a column; `also_in` are found anywhere in a header that is none of the exact ones: where it is
    `alone`, only if no other header holds them."""

    headers: Spellings
    also_in: Spellings = ()
    alone: bool = False


class Lasting(Part):
    months: Spellings
    weeks: Spellings


class ExperienceWords(Part):
    not_required: Spellings
    required: Spellings
    preferred: Spellings
    hands_on: Spellings
    observing: Spellings
    lasting: Lasting
    weeks_of_a_month: int


class Codes(Part):
    specialties: dict[str, str]
    tracks: dict[str, str]


class SameProgram(Part):
    left_out: Spellings
    same: dict[str, str]


class TableWords(Part):
    """All of the file. What stands under the name of a column maps a meaning to its spellings."""

    columns: dict[str, Column]
    never: Spellings
    gates: Spellings
    ours: Spellings
    empty: Spellings
    ask: Spellings
    yes: Spellings
    no: Spellings
    ticked: Spellings
    visa: dict[str, Spellings]
    years_limit: dict[str, Spellings]
    attempts_limit: dict[str, Spellings]
    ck_floor: dict[str, Spellings]
    us_experience: ExperienceWords
    share: dict[str, Spellings]
    start: dict[str, Spellings]
    kind: dict[str, Spellings]
    signal: dict[str, Spellings]
    interview: dict[str, Spellings]
    chance: dict[str, Spellings]
    service: dict[str, Spellings]
    codes: Codes
    preliminary: dict[str, str]
    specialties: dict[str, Spellings]
    same_program: SameProgram
    legend: Spellings
    states: dict[str, str]
    months: dict[str, int]


def load(path: Path) -> TableWords:
    """The words of tables. Raises MistakesFound."""
    return read_checked(path, TableWords, prose=False)

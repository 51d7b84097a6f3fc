"""A goal: the decisions about one specialty that somebody wants, as the files of content/goals/<id>/ have them.

Nothing is decided here. Each `when` is an expression over the facts (expressions.VOCABULARY), the numbers of
numbers.yml and the conditions of conditions.yml; plan/ evaluates them.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from matchguide.content import expressions
from matchguide.content.files import read_checked
from matchguide.mistakes import Mistake, MistakesFound

Level = Literal["strong", "middle", "weak", "none"]
When = str


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("when", mode="before", check_fields=False)
    @classmethod
    def _when(cls, value: Any) -> Any:
        return expressions.as_written(value)


class Number(Part):
    """A threshold of ours: its value, and why it is this one."""

    value: int | float
    because: str
    evidence: tuple[str, ...] = ()


class Condition(Part):
    """An expression with a name, and the same in English; {names} of numbers are filled in."""

    when: When
    says: str


class Grounds(Part):
    """What a sentence rests on: lines of the profile, items of evidence, `season.` dates ({names} of facts are filled
    in); and the expressions that fill it."""

    rests_on: tuple[str, ...] = ()
    fill: dict[str, str] = Field(default={}, alias="with")

    @field_validator("fill", mode="before")
    @classmethod
    def _fill(cls, value: Any) -> Any:
        return {k: expressions.as_written(v) for k, v in value.items()} if isinstance(value, dict) else value


class Because(Grounds):
    """A sentence of templates/words/ and its grounds."""

    say: str


Said = Because | str  # a name: the sentence of sentences.yml


class Line(Because):
    """A sentence that is said when something is true."""

    when: When


class LeftOutLine(Line):
    """Why a specialty is not in a plan; `lacks`: no higher mark would bring it in."""

    lacks: bool = False


class CriticLine(Line):
    """What a critic says: `of` the reader, whatever is planned; of this plan; or of applying, which ends with it.
    `about` names its subjects: what is said second is of none that the first was about, and has one."""

    of: Literal["reader", "plan", "applying"] = "reader"
    about: tuple[str, ...] = ()


class Point(Part):
    id: str
    when: When
    says: str


class LevelRow(Part):
    level: Level
    when: When
    known: bool = True  # false: taken until the reader says more


class Standing(Part):
    points: tuple[Point, ...]
    levels: tuple[LevelRow, ...]


class GateRow(Part):
    when: When
    because: Said


class ClosedSpecialty(GateRow):
    specialty: str


class Gates(Part):
    not_this_year: tuple[GateRow, ...]
    closed_specialties: tuple[ClosedSpecialty, ...]


class Beside(Part):
    road: str
    when: When


class Row(Part):
    """One answer: who stands where, and why. A place is a specialty, or `broad backup`, or empty."""

    id: str
    when: When
    first: str | None = None
    close: str | None = None
    broad: str | None = None
    because: tuple[Said, ...]


class Table(Part):
    broad_order: tuple[str, ...]
    unasked: tuple[str, ...]
    ask_first: tuple[str, ...]
    soap: tuple[str, ...] = ()
    soap_few: tuple[str, ...] = ()
    soap_unasked: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()
    rows: tuple[Row, ...]
    about_the_broad_backup: tuple[GateRow, ...] = ()
    under: tuple[Line, ...] = ()


class Alternative(Part):
    id: str
    when: When
    because: tuple[Line, ...]


class Against(Part):
    """Reasons against other answers; of a specialty the reader marks and the plan leaves out, the first true one."""

    alternatives: tuple[Alternative, ...]
    left_out: tuple[LeftOutLine, ...]
    left_out_told: int  # so many of them on the page
    critic: tuple[CriticLine, ...]


class Change(Part):
    """A small profile laid over the reader's, or a day of the season instead of today. What is `later` takes longer
    than is left before applications go out: it is told, but nobody is asked to watch for it now."""

    id: str
    field: str
    when: When
    change: dict[str, Any] = {}
    day: str | None = None
    later: bool = False


class Changes(Part):
    told: int
    changes: tuple[Change, ...]


class RangeRow(Part):
    """Which range of a specialty is used; `planned` is a number, or `low`, or found inside the range."""

    range: str
    when: When
    planned: int | Literal["low"] | None = None
    more: bool = True


class Scale(Part):
    foot: int = Field(alias="from")
    head: int = Field(alias="to")


class Counts(Part):
    ranges: dict[str, dict[str, tuple[int, int] | str]]
    which_range: tuple[RangeRow, ...]
    more: tuple[Line, ...]
    fewer: tuple[Line, ...]
    scale: Scale
    round_to: int


class FirstYear(Part):
    range: tuple[int, int]
    planned: int
    because: Said


class FirstYearSet(Part):
    when: When
    always: bool = False
    plan: dict[str, FirstYear]


class FirstYears(Part):
    needed_when_pgy2_is: tuple[str, ...]
    counted: tuple[str, ...] = ()
    ruled_out_with: dict[str, str] = {}
    assumed_bearable: str | None = None
    sets: tuple[FirstYearSet, ...]


class Cut(Part):
    """One step of cutting to a budget: `cut` counts down to a floor, `drop` whole, or `even` the larger one first."""

    cut: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    even: tuple[str, ...] = ()
    to: Literal["minimum", "nothing", "first step", "signals and ties"] = "nothing"
    unless: tuple[str, ...] = ()
    when: When = "true"
    always: bool = False  # also where the sum fits: an earlier step can leave behind what nothing needs any more
    says: str


class Budget(Part):
    minimums: dict[str, int]
    cuts: tuple[Cut, ...]


class Split(Part):
    gold: tuple[int, int]
    silver: tuple[int, int]


class Signals(Part):
    split: dict[Level, Split]
    at_most_half_to_goal: When
    without_a_number: Because
    advice: tuple[Line, ...]

    @field_validator("at_most_half_to_goal", mode="before")
    @classmethod
    def _half(cls, value: Any) -> Any:
        return expressions.as_written(value)


class LetterRule(Part):
    first: tuple[str, ...]
    then: tuple[str, ...] = ()
    fill: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    at_most: dict[str, int] = {}
    at_least: dict[str, int] = {}
    clinical: str | None = None
    second: str | None = None


class LetterWorth(Part):
    first: int
    then: int
    fill: int
    neutral: int
    from_us: int
    received: int


class Letters(Part):
    worth: LetterWorth
    others: int
    rules: dict[str, LetterRule]


class Score(Part):
    most: float
    at_least: float
    separation_full: float
    unknown_foot: float
    unknown_head: float
    reach: float


class Each(Part):
    points: float
    at_most: int
    after: int = 0


class VisaPoints(Part):
    needed_none: float
    closed: float
    all_take_it: float


class Satisfaction(Part):
    mark_of_zero: int


class Realism(Part):
    score: Score
    letter: Each
    us_week: Each
    research: Each
    failed_attempt: Each
    year_out: Each
    volume: tuple[tuple[int, float], ...]
    most: float
    letters_that_count: dict[str, tuple[str, ...]] = {}
    visa_points: VisaPoints
    satisfaction_points: Satisfaction


class ProgramReason(Part):
    """What speaks for a program or against it: a name of `weights`, and the specialties it counts in (or all)."""

    weight: str
    says: str
    specialties: tuple[str, ...] = Field(default=(), alias="for")
    evidence: tuple[str, ...] = ()


class AfterInterview(Part):
    """The chance that a program takes whom it has interviewed, if their list reaches it: low, middle, high."""

    chances: tuple[float, float, float]
    says: str
    evidence: tuple[str, ...] = ()


class Programs(Part):
    """How the reader's table of programs becomes a list."""

    weights: dict[str, int]
    reasons: dict[str, ProgramReason]
    interview: dict[str, tuple[float, float, float]]
    place_after_interview: AfterInterview
    chance_by_fit: dict[str, str]
    specialty_factor: dict[str, float]
    hands_on: tuple[str, ...]
    by_the_program: tuple[str, ...]

    def weight(self, reason: str, specialty: str | None) -> int:
        """What a reason weighs in a specialty; 0 where it does not count there."""
        row = self.reasons.get(reason)
        if row is None or (row.specialties and specialty not in row.specialties):
            return 0
        return self.weights[row.weight]


class NumberFile(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Number]


class ConditionFile(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Condition]


class SentenceFile(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Grounds]


class Goal(BaseModel):
    """All decisions of one goal. `specialty` is the id of its card and the name of its folder."""

    model_config = ConfigDict(frozen=True)
    specialty: str
    numbers: dict[str, Number]
    conditions: dict[str, Condition]
    sentences: dict[str, Grounds]
    standing: Standing
    gates: Gates
    table: Table
    against: Against
    changes: Changes
    counts: Counts
    first_years: FirstYears
    budget: Budget
    signals: Signals
    letters: Letters
    realism: Realism
    programs: Programs

    def number(self, name: str) -> int | float:
        """A threshold of numbers.yml. Raises KeyError for a name that is none."""
        return self.numbers[name].value

    def count(self, name: str) -> int:
        """A threshold that is a whole number."""
        return int(self.numbers[name].value)

    def sentence(self, said: Said) -> Because:
        """A sentence with its grounds, whether it is written out or named."""
        if isinstance(said, Because):
            return said
        grounds = self.sentences[said]
        return Because.model_validate({"say": said, "rests_on": grounds.rests_on, "with": grounds.fill})

    def expressions(self) -> Iterator[tuple[str, str, str]]:
        """Every expression: the file's stem, the field, the text."""
        for stem in FILES:
            part = getattr(self, stem)
            yield from ((stem, field, text) for field, text in _expressions(part, ""))


FILES: Mapping[str, type[BaseModel]] = {
    "numbers": NumberFile,
    "conditions": ConditionFile,
    "sentences": SentenceFile,
    "standing": Standing,
    "gates": Gates,
    "table": Table,
    "against": Against,
    "changes": Changes,
    "counts": Counts,
    "first_years": FirstYears,
    "budget": Budget,
    "signals": Signals,
    "letters": Letters,
    "realism": Realism,
    "programs": Programs,
}


def _expressions(part: Any, field: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            value = getattr(part, name)
            here = f"{field}.{name}" if field else name
            if name in ("when", "at_most_half_to_goal"):
                yield here, value
            elif name == "fill" and isinstance(part, Grounds):
                yield from ((f"{field}.with.{k}", v) for k, v in value.items())
            else:
                yield from _expressions(value, here)
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from _expressions(value, f"{field}.{key}" if field else str(key))
    elif isinstance(part, tuple):
        for i, value in enumerate(part):
            yield from _expressions(value, f"{field}[{i}]")


def path_of(folder: Path, stem: str) -> Path:
    """The file of a goal that holds a part of it."""
    return folder / f"{stem.replace('_', '-')}.yml"


def load(folder: Path) -> Goal:
    """The goal of a folder. Raises MistakesFound with every file and field that is wrong, at once."""
    faults: list[Mistake] = []
    parts: dict[str, Any] = {}
    for stem, model in FILES.items():
        try:
            read = read_checked(path_of(folder, stem), model, prose=False)
            by_name = isinstance(read, NumberFile | ConditionFile | SentenceFile)
            parts[stem] = read.__pydantic_extra__ if by_name else read
        except MistakesFound as error:
            faults += error.mistakes
    if faults:
        raise MistakesFound(faults)
    goal = Goal.model_construct(specialty=folder.name, **parts)
    known: dict[str, expressions.Kind] = {
        **dict.fromkeys(goal.numbers, "number"),
        **dict.fromkeys(goal.conditions, "truth"),
    }
    for stem, field, text in goal.expressions():
        wrong = expressions.problem(text, known)
        if wrong:
            faults.append(Mistake(str(path_of(folder, stem)), field, f"{wrong}.", "", text))
    if faults:
        raise MistakesFound(faults)
    return goal


def load_all(folder: Path) -> dict[str, Goal]:
    """Every goal there is a folder for. Raises MistakesFound."""
    return {path.name: load(path) for path in sorted(folder.iterdir()) if path.is_dir()}

"""The profile, version 1: every field a reader may write. All of it is data from outside and is never trusted."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema

from matchguide.profile.values import (
    AnySpecialty,
    Country,
    Day,
    GuideId,
    Line,
    LongText,
    PartialDate,
    Score,
    Specialty,
    StepScore,
    Truth,
    fault,
    number,
    one_of,
    whole,
)

Year = Annotated[int, whole(1950, 2100, "a year")]
Attempts = Annotated[int, whole(0, 20, "a number of attempts")]
Count = Annotated[int, whole(0, 10_000, "a count")]
Weight = Annotated[float, number(0, 5, "a weight")]
MARKS = (1, 5)  # the lowest and the highest
Enjoyment = Annotated[int, whole(*MARKS, "an enjoyment from 1 (could not bear it) to 5 (would be happy)")]


def _mapping(value: Any) -> Any:
    if isinstance(value, bool | int | float | str):
        raise fault("stands alone where fields are due.", "Write the fields below it, indented.")
    return {} if value is None else value


def _items(value: Any) -> Any:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise fault("is not a list.", "Put it in square brackets, or on lines that start with a dash.")
    return tuple(value)


class Part(BaseModel):
    """Unknown fields are errors; nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Training(Part):
    """A residency abroad: finished, running (`completed` is still to come), or left before its end."""

    specialty: AnySpecialty
    country: Line | None = None
    started: Year | None = None
    completed: Year | None = None
    left: Year | None = None


class UsTraining(Part):
    """A residency in the US, now or before; `left` where it ended before its end."""

    specialty: AnySpecialty
    program: Line | None = None
    start: Day | None = None
    end: Day | None = None
    visa: Annotated[str, one_of("j1", "h1b", "work permit", "none")] | None = None
    left: Truth = False


class Applicant(Part):
    name: Line | None = None
    status: Annotated[str, one_of("non-us-img", "us-img", "us-md", "us-do")] | None = None
    school_country: Line | None = None
    graduated: Year | None = None
    trained: Annotated[tuple[Training, ...], BeforeValidator(_items)] = ()


GROUNDS = ("citizen", "permanent resident", "work permit", "asylum", "other")
STATUS_NOW = ("j1 research", "j1 physician", "j2", "f1", "h1b", "work permit", "visitor", "none")


class StatusNow(Part):
    """The status held in the US today; none: outside the US."""

    kind: Annotated[str, one_of(*STATUS_NOW)]
    until: Day | None = None


HOLDS = ("green card", "visa valid on 2026-01-01", "in the US on 2026-01-01", "in the US now")


class Visa(Part):
    needs: Annotated[str, one_of("j1", "h1b", "either", "none")] | None = None
    citizenships: Annotated[tuple[Country, ...], BeforeValidator(_items)] = ()
    birth_country: Country | None = None
    residence_country: Country | None = None
    ground: Annotated[str, one_of(*GROUNDS)] | None = None
    status_now: Annotated[StatusNow, BeforeValidator(_mapping)] | None = None
    holds: Annotated[tuple[Annotated[str, one_of(*HOLDS)], ...], BeforeValidator(_items)] = ()


_RESULTS = one_of("pass", "fail", "not taken")
Result = Annotated[str, _RESULTS]


class Step(Part):
    result: Result | None = None
    score: Annotated[int, whole(1, 300, "a Step score")] | None = None
    attempts: Attempts | None = None
    date: Day | None = None


class Step2CK(Part):
    score: StepScore | None = None
    result: Result | None = None
    attempts: Attempts | None = None
    date: Day | None = None


class Oet(Part):
    result: Result | None = None
    date: Day | None = None


def _oet(value: Any) -> Any:
    if value is None:
        return {}
    return {"result": value} if isinstance(value, str | bool | int | float) else value


class Exams(Part):
    step1: Annotated[Step, BeforeValidator(_mapping)] = Step()
    step2_ck: Annotated[Step2CK, BeforeValidator(_mapping)] = Step2CK()
    step3: Annotated[Step, BeforeValidator(_mapping)] = Step()
    oet: Annotated[
        Oet,
        BeforeValidator(_oet),
        WithJsonSchema({"anyOf": [_RESULTS.schema, Oet.model_json_schema(by_alias=True), {"type": "null"}]}),
    ] = Oet()
    ecfmg_certified: Truth | None = None


class Couple(Part):
    """Who applies as a couple: the partner's specialty and group, and whether one place alone is of use."""

    specialty: AnySpecialty | None = None
    status: Annotated[str, one_of("non-us-img", "us-img", "us-md", "us-do")] | None = None
    together: Annotated[str, one_of("required", "preferred")] | None = None


class Goal(Part):
    specialty: Specialty
    season: Annotated[int, whole(2020, 2100, "the year of a Match")] | None = None
    if_unmatched: Annotated[str, one_of("must_start", "can_wait")] | None = None
    couple: Annotated[Couple, BeforeValidator(_mapping)] | None = None


class Backups(Part):
    open_to: Annotated[tuple[Specialty, ...], BeforeValidator(_items)] = ()
    ruled_out: Annotated[tuple[Specialty, ...], BeforeValidator(_items)] = ()
    enjoyment: Annotated[dict[Specialty, Enjoyment], BeforeValidator(_mapping)] = Field(default_factory=dict)


class Priorities(Part):
    """How much each of the five principles weighs, 0 to 5."""

    alignment: Weight | None = None
    realism: Weight | None = None
    visa: Weight | None = None
    satisfaction: Weight | None = None
    pathways_back: Weight | None = None


class UsClinical(Part):
    specialty: AnySpecialty
    kind: Annotated[str, one_of("observership", "elective", "externship", "sub-internship", "research")] | None = None
    weeks: Annotated[int, whole(0, 520, "a number of weeks")] | None = None
    where: Line | None = None
    year: Year | None = None

    @property
    def hands_on(self) -> bool:
        """Whether the reader worked there themselves: no watching, no research, and the kind is told."""
        return self.kind not in ("observership", "research", None)


class Research(Part):
    specialty: AnySpecialty
    title: Line | None = None
    kind: Line | None = None
    status: Line | None = None


class Totals(Part):
    publications: Count | None = None
    presentations: Count | None = None
    abstracts: Count | None = None
    work: Count | None = None
    volunteer: Count | None = None


class Experience(Part):
    us_clinical: Annotated[tuple[UsClinical, ...], BeforeValidator(_items)] = ()
    research: Annotated[tuple[Research, ...], BeforeValidator(_items)] = ()
    totals: Annotated[Totals, BeforeValidator(_mapping)] = Totals()


class Letter(Part):
    writer: Line = Field(alias="from")
    specialty: AnySpecialty
    us: Truth | None = None
    status: Annotated[str, one_of("received", "promised", "to ask")] | None = None
    neutral_version: Truth | None = None


class Story(Part):
    title: Line
    fits: Annotated[tuple[Specialty, ...], BeforeValidator(_items)] = ()
    text: LongText | None = None


class Limits(Part):
    budget_usd: Annotated[int, whole(0, 1_000_000, "a budget in dollars")] | None = None


class Gap(Part):
    years: Line
    because: Line | None = None


class History(Part):
    previous_matches: Annotated[int, whole(0, 30, "a number of earlier Matches")] | None = None
    gaps: Annotated[tuple[Gap, ...], BeforeValidator(_items)] = ()


Start = Annotated[str, one_of("pgy1", "pgy2")]


class Place(Part):
    """A place that the Match or SOAP gave."""

    program: Line | None = None
    specialty: Specialty
    start: Start | None = None


RESULTS = ("matched", "first year only", "advanced only", "not matched")


TAGS = ("[numbers]", "[word]")  # which of the two the reader wrote; no names of fields


def _applied(value: Any) -> Any:
    """How many applications went to each specialty; or nothing; or yes, where the numbers are not known."""
    if isinstance(value, bool):
        return "yes" if value else "nothing"
    if isinstance(value, str):
        return one_of("nothing", "yes").check(value)
    return _mapping(value)


class SeasonSoFar(Part):
    """What has happened in the season of `goal.season`."""

    applied: (
        Annotated[
            Annotated[dict[Specialty, Annotated[int, whole(0, 1000, "a number of programs")]], Tag(TAGS[0])]
            | Annotated[str, WithJsonSchema({"enum": ["nothing", "yes", True, False]}), Tag(TAGS[1])],
            Discriminator(lambda value: TAGS[isinstance(value, str)]),
            BeforeValidator(_applied),
        ]
        | None
    ) = None
    result: Annotated[str, one_of(*RESULTS)] | None = None
    place: Annotated[Place, BeforeValidator(_mapping)] | None = None
    registered: Truth | None = None
    certified_list: Truth | None = None


class Interview(Part):
    program: Line
    specialty: Specialty
    date: Day | None = None
    liked: Annotated[int, whole(1, 5, "a mark from 1 to 5")] | None = None


class Program(Part):
    name: Line
    specialty: Specialty
    start: Start | None = None
    j1: Annotated[str, one_of("yes", "no", "asked", true="yes", false="no")] | None = None
    non_us_imgs: Annotated[str, one_of("seen", "none seen", "asked", true="seen", false="none seen")] | None = None
    tie: Line | None = None
    signal: Annotated[str, one_of("gold", "silver", "yes", "none", true="yes", false="none")] | None = None
    checked: Day | None = None


class Ranked(Part):
    program: Line
    first_years: Annotated[tuple[Line, ...], BeforeValidator(_items)] = ()


class Profile(Part):
    """One applicant. Only `goal` is required; what is missing is assumed, and shown to the reader as assumed."""

    version: Annotated[int, whole(1, 1, "a version of the profile that is known here")] = 1
    guide_id: GuideId | None = None
    applicant: Annotated[Applicant, BeforeValidator(_mapping)] = Applicant()
    visa: Annotated[Visa, BeforeValidator(_mapping)] = Visa()
    exams: Annotated[Exams, BeforeValidator(_mapping)] = Exams()
    goal: Annotated[Goal, BeforeValidator(_mapping)]
    backups: Annotated[Backups, BeforeValidator(_mapping)] = Backups()
    priorities: Annotated[Priorities, BeforeValidator(_mapping)] = Priorities()
    experience: Annotated[Experience, BeforeValidator(_mapping)] = Experience()
    letters: Annotated[tuple[Letter, ...], BeforeValidator(_items)] = ()
    stories: Annotated[tuple[Story, ...], BeforeValidator(_items)] = ()
    limits: Annotated[Limits, BeforeValidator(_mapping)] = Limits()
    history: Annotated[History, BeforeValidator(_mapping)] = History()
    us_training: Annotated[tuple[UsTraining, ...], BeforeValidator(_items)] = ()
    season_so_far: Annotated[SeasonSoFar, BeforeValidator(_mapping)] = SeasonSoFar()
    interviews: Annotated[tuple[Interview, ...], BeforeValidator(_items)] = ()
    programs: Annotated[tuple[Program, ...], BeforeValidator(_items)] = ()
    programs_file: Line | None = None
    rank_list: Annotated[tuple[Ranked, ...], BeforeValidator(_items)] = ()

    @property
    def step2_ck(self) -> Score | None:
        """The Step 2 CK score, or None where it is unknown or not taken."""
        score = self.exams.step2_ck.score
        return score if isinstance(score, Score) else None


__all__ = ["PartialDate", "Profile", "Score"]

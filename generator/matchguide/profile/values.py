"""The small values a profile is made of: scores that may be a decade, dates that may be a month, countries."""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

from matchguide.mistakes import suggestion

LONGEST_TEXT = 20_000
LONGEST_LINE = 300


@dataclass(frozen=True)
class Known:
    """The closed lists a profile is checked against: names of files and folders, and data, under content/."""

    specialties: tuple[str, ...]
    countries: tuple[str, ...]
    country_aliases: tuple[tuple[str, str], ...] = ()
    seasons: tuple[int, ...] = ()
    goals: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Score:
    """A Step 2 CK score, or the decade that is all the reader wants to tell: low and high, both included."""

    low: int
    high: int

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}s"


@dataclass(frozen=True, order=True)
class PartialDate:
    """A day, or a month where the day is not known (day is 0)."""

    year: int
    month: int
    day: int = 0

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.month, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The day itself; of a month its last."""
        return self.first if self.day else self.first.replace(day=calendar.monthrange(self.year, self.month)[1])

    @property
    def is_day(self) -> bool:
        return self.day > 0

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")


def fault(problem: str, allowed: str = "") -> PydanticCustomError:
    """An error whose words are ours; `read` puts the place to it."""
    return PydanticCustomError("matchguide", "{problem}", {"problem": problem, "allowed": allowed})


_BOOLEAN = 'YAML reads yes, no, on and off as true or false. Put the text in quotes, as in "NO".'


def _text(longest: int, what: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if isinstance(value, bool):
            raise fault(f"is read as true or false, and {what} is due.", _BOOLEAN)
        if isinstance(value, int | float):
            value = str(value)
        if not isinstance(value, str):
            raise fault(f"is not {what}.", "Write it as text.")
        if len(value) > longest:
            raise fault(f"is too long ({len(value):,} characters).", f"At most {longest:,}.")
        if not value.strip():
            raise fault("is empty.", "Write something, or leave the line out.")
        return value

    return check


def _schema(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema(schema)


Line = Annotated[str, BeforeValidator(_text(LONGEST_LINE, "text")), _schema(type="string", maxLength=LONGEST_LINE)]
LongText = Annotated[
    str, BeforeValidator(_text(LONGEST_TEXT, "text")), _schema(type="string", maxLength=LONGEST_TEXT)
]


@dataclass(frozen=True, eq=False)
class Checked:
    """Metadata for Annotated: our own check with our own words, and what editors are told."""

    check: Callable[[Any], Any]
    schema: dict[str, Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        return dict(self.schema)


def one_of(*allowed: str, true: str = "", false: str = "") -> Checked:
    """One word of a closed list; `true` and `false` are the words YAML's yes and no stand for."""

    def check(value: Any) -> str:
        if isinstance(value, bool) and (true if value else false):
            value = true if value else false
        if isinstance(value, bool):
            raise fault("is read as true or false, and a word is due.", _BOOLEAN)
        word = str(value).strip()
        for option in allowed:
            if word.casefold() == option.casefold():
                return option
        near = suggestion(word, allowed)
        raise fault("is not one of the words known here.", f"{near} Allowed: {', '.join(allowed)}.".strip())

    booleans = [value for value, word in ((True, true), (False, false)) if word]  # an editor may read yes as true
    return Checked(check, {"enum": [*allowed, *booleans]})


def whole(low: int, high: int, what: str) -> Checked:
    """A whole number from low to high."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise fault(f"is not {what}.", f"Write a whole number from {low} to {high}.")
        if not low <= value <= high:
            raise fault(f"is not {what}.", f"Write a whole number from {low} to {high}.")
        return value

    return Checked(check, {"type": "integer", "minimum": low, "maximum": high})


def number(low: float, high: float, what: str) -> Checked:
    """A number from low to high."""

    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise fault(f"is not {what}.", f"Write a number from {low:g} to {high:g}.")
        return value

    return Checked(check, {"type": "number", "minimum": low, "maximum": high})


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise fault("is not yes or no.", "Write yes or no, without quotes.")


_GUIDE_ID = re.compile(r"[A-Za-z][A-Za-z0-9-]{7,39}")


def _guide_id(value: Any) -> str:
    if isinstance(value, str) and _GUIDE_ID.fullmatch(value):
        return value
    raise fault("is not a guide's id.", "A letter first, then letters, digits and hyphens: 8 to 40 in all.")


GuideId = Annotated[str, BeforeValidator(_guide_id), _schema(type="string", pattern=f"^{_GUIDE_ID.pattern}$")]

Truth = Annotated[bool, BeforeValidator(_truth), _schema(enum=[True, False, "yes", "no"])]

_SCORE_HELP = "Write a three-digit score (1-300), a decade such as 240s, or: not taken"


def _score(value: Any) -> Score | str:
    if isinstance(value, Score):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 300:
        return Score(value, value)
    if isinstance(value, str):
        word = value.strip().casefold()
        if word == "not taken":
            return "not taken"
        if re.fullmatch(r"[12]\d0s", word):
            low = int(word[:3])
            return Score(low, low + 9)
        if re.fullmatch(r"\d{3}", word) and 1 <= int(word) <= 300:
            return Score(int(word), int(word))
    raise fault("is not a Step 2 CK score.", _SCORE_HELP)


StepScore = Annotated[
    Any,
    BeforeValidator(_score),
    _schema(
        anyOf=[
            {"type": "integer", "minimum": 1, "maximum": 300},
            {"type": "string", "pattern": "^([12][0-9]0s|not taken)$"},
        ]
    ),
]


def _date(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, str) and (hit := re.fullmatch(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", value.strip())):
        year, month, day = int(hit[1]), int(hit[2]), int(hit[3] or 0)
        try:
            dt.date(year, month, day or 1)
        except ValueError:
            raise fault("is not a date of the calendar.", "Write 2026-07-20, or a month: 2026-07") from None
        if 1950 <= year <= 2100:
            return PartialDate(year, month, day)
    raise fault("is not a date.", "Write a day such as 2026-07-20, or a month: 2026-07")


Day = Annotated[
    PartialDate,
    BeforeValidator(_date),
    _schema(type="string", pattern="^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"),
]


def specialty_id(value: Any) -> str:
    """The id that a reader's spelling stands for: "Internal Medicine" is internal-medicine."""
    return re.sub(r"[\s_]+", "-", str(value).strip().casefold())


def _specialty(extra: tuple[str, ...]) -> Callable[[Any, ValidationInfo], str]:
    def check(value: Any, info: ValidationInfo) -> str:
        known: Known | None = (info.context or {}).get("known")
        allowed = (known.specialties if known else ()) + extra
        if isinstance(value, bool):
            raise fault("is read as true or false, and a specialty is due.", _BOOLEAN)
        word = specialty_id(value)
        if known is None or word in allowed:
            return word
        near = suggestion(word, allowed)
        raise fault("is not a specialty known here.", f"{near} Known: {', '.join(allowed)}.".strip())

    return check


Specialty = Annotated[str, BeforeValidator(_specialty(())), _schema(type="string", title="specialty")]
AnySpecialty = Annotated[
    str, BeforeValidator(_specialty(("other",))), _schema(type="string", title="specialty or other")
]


def _country(value: Any, info: ValidationInfo) -> str:
    known: Known | None = (info.context or {}).get("known")
    if isinstance(value, bool):
        raise fault("is read as true or false, and a country is due.", _BOOLEAN)
    word = " ".join(str(value).split())
    if known is None:
        return word
    fold = word.casefold()
    for alias, name in known.country_aliases:
        if fold == alias.casefold():
            return name
    for name in known.countries:
        if fold == name.casefold():
            return name
    if fold == "congo":
        raise fault(
            "could be either of two countries.",
            "Did you mean: Republic of the Congo or Democratic Republic of the Congo? Only one of the two is "
            "restricted.",
        )
    every = [*known.countries, *(a for a, _ in known.country_aliases)]
    raise fault(
        "is not a country known here.",
        suggestion(word, every) or "Write its English name, such as Sri Lanka.",
    )


Country = Annotated[str, BeforeValidator(_country), _schema(type="string", title="country")]

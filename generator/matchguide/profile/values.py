"""The small values a profile is made of: scores that may be a decade, dates that may be a month, countries."""

import calendar
import datetime as dt
import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

from matchguide.mistakes import suggestion
from matchguide.profile import spellings

LONGEST_TEXT = 20_000
LONGEST_LINE = 300


@dataclass(frozen=True)
class Known:
    """The closed lists a profile is checked against: names of files and folders, and data, under content/."""

    specialties: tuple[str, ...]
    countries: tuple[str, ...]
    country_aliases: tuple[tuple[str, str], ...] = ()
    seasons: tuple[int, ...] = ()
    short_names: tuple[tuple[str, str], ...] = ()  # what people call a specialty, and which one it is
    first_years: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Score:
    """A Step 2 CK score, or the decade that is all the reader wants to tell: low and high, both included."""

    low: int
    high: int

    @property
    def middle(self) -> float:
        """The middle of the range."""
        return (self.low + self.high) / 2

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}s"


@dataclass(frozen=True, order=True)
class PartialDate:
    """A day, or a month where the day is not known (day is 0)."""

    year: int
    month: int
    day: int = 0

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """A day that is known."""
        return cls(day.year, day.month, day.day)

    @property
    def first(self) -> dt.date:
        """The first day that it may be."""
        return dt.date(self.year, self.month, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The day itself; of a month its last."""
        return self.first if self.day else self.first.replace(day=calendar.monthrange(self.year, self.month)[1])

    @property
    def is_day(self) -> bool:
        """Whether a day is named, not only a month or a year."""
        return self.day > 0

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")


def fault(problem: str, allowed: str = "", *, near: str = "", told: str = "") -> PydanticCustomError:
    """An error whose words are ours; `read` puts the place to it. `near` is the nearest right word; `told` is what a
    message may say that tells nothing of the value, where `problem` holds for some values only."""
    words = {"problem": problem, "allowed": allowed, "near": near, "told": told}
    return PydanticCustomError("matchguide", "{problem}", words)


_BOOLEAN = 'YAML reads yes, no, on and off as true or false. Put the text in quotes, as in "NO".'


def _text(longest: int, what: str) -> Callable[[Any], str]:
    wrong = f"is not {what} of 1 to {longest:,} characters."

    def check(value: Any) -> str:
        if isinstance(value, bool):
            raise fault(f"is read as true or false, and {what} is due.", near=_BOOLEAN, told=wrong)
        if isinstance(value, int | float):
            value = str(value)
        if not isinstance(value, str):
            raise fault(f"is not {what}.", near="Write it as text.", told=wrong)
        if len(value) > longest:
            raise fault(f"is too long ({len(value):,} characters).", near=f"At most {longest:,}.", told=wrong)
        if not re.search(spellings.SOMETHING, value):
            raise fault("is empty.", near="Write something, or leave the line out.", told=wrong)
        return value

    return check


def _schema(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema(schema)


def _pattern(spelling: str) -> dict[str, Any]:
    return {"type": "string", "pattern": spelling}


def _text_schema(longest: int) -> WithJsonSchema:
    return _schema(anyOf=[{**_pattern(spellings.SOMETHING), "maxLength": longest}, {"type": "number"}])


Line = Annotated[str, BeforeValidator(_text(LONGEST_LINE, "text")), _text_schema(LONGEST_LINE)]
LongText = Annotated[str, BeforeValidator(_text(LONGEST_TEXT, "text")), _text_schema(LONGEST_TEXT)]


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
    told = "is not one of the words known here."
    known = f"Allowed: {', '.join(allowed)}."

    def check(value: Any) -> str:
        if isinstance(value, bool) and (true if value else false):
            value = true if value else false
        if isinstance(value, bool):
            raise fault("is read as true or false, and a word is due.", known, near=_BOOLEAN, told=told)
        if isinstance(value, str):
            for option in allowed:
                if re.search(spellings.one_word_of((option,)), value):
                    return option
        near = suggestion(str(value).strip(), allowed)
        raise fault(told, known, near=near)

    booleans = [value for value, word in ((True, true), (False, false)) if word]  # an editor may read yes as true
    return Checked(check, {"anyOf": [{"enum": [*allowed, *booleans]}, _pattern(spellings.one_word_of(allowed))]})


def whole_number(value: Any) -> int | None:
    """A whole number, also where an editor or a sheet wrote it as 4.0 or in quotes; None for all else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and re.search(spellings.NUMBER, value):
        return int(value)
    return value if isinstance(value, int) else None


def whole(low: int, high: int, what: str) -> Checked:
    """A whole number from low to high."""
    spelling = spellings.digits(low, high)

    def check(value: Any) -> int:
        found = whole_number(value)
        if found is None or not low <= found <= high:
            raise fault(f"is not {what}.", f"Write a whole number from {low} to {high}.")
        return found

    number = {"type": "integer", "minimum": low, "maximum": high}
    return Checked(check, {"anyOf": [number, _pattern(spelling)]})


def number(low: float, high: float, what: str) -> Checked:
    """A number from low to high."""

    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise fault(f"is not {what}.", f"Write a number from {low:g} to {high:g}.")
        return value

    return Checked(check, {"type": "number", "minimum": low, "maximum": high})


def _truth(value: Any) -> bool:
    if isinstance(value, str) and re.search(spellings.TRUE, value):
        return True
    if isinstance(value, str) and re.search(spellings.FALSE, value):
        return False
    if isinstance(value, bool):
        return value
    raise fault("is not yes or no.", "Write yes or no.")


_GUIDE_ID = re.compile(r"[A-Za-z][A-Za-z0-9-]{7,39}")


def _guide_id(value: Any) -> str:
    if isinstance(value, str) and _GUIDE_ID.fullmatch(value):
        return value
    raise fault("is not a guide's id.", "A letter first, then letters, digits and hyphens: 8 to 40 in all.")


GuideId = Annotated[str, BeforeValidator(_guide_id), _schema(type="string", pattern=f"^{_GUIDE_ID.pattern}$")]

Truth = Annotated[
    bool,
    BeforeValidator(_truth),
    _schema(anyOf=[{"enum": [True, False, "yes", "no"]}, _pattern(spellings.TRUE), _pattern(spellings.FALSE)]),
]

_SCORE_HELP = "Write a three-digit score (1-300), a decade such as 240s, or: not taken"


def _score(value: Any) -> Score | str:
    if isinstance(value, Score):
        return value
    if isinstance(value, str) and re.search(spellings.SCORE, value):
        word = value.strip().lower()
        if word == spellings.NOT_TAKEN:
            return word
        low = int(word[:3])
        return Score(low, low + 9 if word.endswith("s") else low)
    exact = None if isinstance(value, str) else whole_number(value)
    if exact is not None and 1 <= exact <= 300:
        return Score(exact, exact)
    raise fault("is not a Step 2 CK score.", _SCORE_HELP)


StepScore = Annotated[
    Any,
    BeforeValidator(_score),
    _schema(
        anyOf=[
            {"type": "integer", "minimum": 1, "maximum": 300},
            _pattern(spellings.SCORE),
        ]
    ),
]


def day_in(value: Any) -> PartialDate | None:
    """A day or a month as written; None for all else."""
    if isinstance(value, str) and re.search(spellings.DAY, value):
        return PartialDate(*(int(part) for part in value.strip().split("-")))
    return value if isinstance(value, PartialDate) else None


def _date(value: Any) -> PartialDate:
    if found := day_in(value):
        return found
    looks = isinstance(value, str) and re.fullmatch(r"\s*\d{4}-\d{1,2}(-\d{1,2})?\s*", value)
    problem = "is not a date of the calendar." if looks else "is not a date."
    raise fault(problem, "Write a day such as 2026-07-20, or a month: 2026-07", told="is not a date.")


Day = Annotated[PartialDate, BeforeValidator(_date), WithJsonSchema(_pattern(spellings.DAY))]


def specialty_id(value: Any) -> str:
    """The id that a reader's spelling stands for: "Internal Medicine" is internal-medicine."""
    return re.sub(r"[\s_]+", "-", str(value).strip().lower())


def _specialty(extra: tuple[str, ...]) -> Callable[[Any, ValidationInfo], str]:
    def check(value: Any, info: ValidationInfo) -> str:
        known: Known | None = (info.context or {}).get("known")
        allowed = (known.specialties if known else ()) + extra
        told, list_of = "is not a specialty known here.", f"Known: {', '.join(allowed)}."
        if isinstance(value, bool):
            problem = "is read as true or false, and a specialty is due."
            raise fault(problem, list_of, near=_BOOLEAN, told=told)
        word = specialty_id(value)
        if known is None or (word in allowed and isinstance(value, str)):
            return word
        raise fault(told, list_of, near=_nearest_specialty(word, known, allowed))

    return check


def _nearest_specialty(word: str, known: Known, allowed: tuple[str, ...]) -> str:
    """By what people call it (IR, radiology), else by its spelling."""
    called = next((id for name, id in known.short_names if specialty_id(name) == word), "")
    return f"Did you mean: {called}?" if called else suggestion(word, allowed)


Specialty = Annotated[str, BeforeValidator(_specialty(())), _schema(type="string", title="specialty")]
AnySpecialty = Annotated[
    str, BeforeValidator(_specialty(("other",))), _schema(type="string", title="specialty or other")
]


def _country(value: Any, info: ValidationInfo) -> str:
    known: Known | None = (info.context or {}).get("known")
    told, help = "is not a country known here.", "Write its English name, such as Sri Lanka."
    if isinstance(value, bool):
        raise fault("is read as true or false, and a country is due.", help, near=_BOOLEAN, told=told)
    word = " ".join(str(value).split())
    if known is None:
        return word
    fold = word.lower() if isinstance(value, str) else ""
    for alias, name in known.country_aliases:
        if fold == alias.lower():
            return name
    for name in known.countries:
        if fold == name.lower():
            return name
    if fold == "congo":
        either = "Did you mean: Republic of the Congo or Democratic Republic of the Congo? Only one is restricted."
        raise fault("could be either of two countries.", help, near=either, told=told)
    every = {name.lower(): name for name in known.countries} | {a.lower(): n for a, n in known.country_aliases}
    raise fault(told, help, near=_nearest_countries(fold, every))


_ALIKE = 0.85  # a country is suggested by what is nearly the same word: a restriction is decided by it


def _nearest_countries(word: str, every: Mapping[str, str]) -> str:
    """The countries one letter away, else those written nearly so, all of them: one may be restricted and its
    neighbor not."""
    near = [spelt for spelt in every if _one_letter_apart(word, spelt)]
    near = near or difflib.get_close_matches(word, every, n=3, cutoff=_ALIKE)
    names = list(dict.fromkeys(every[spelt] for spelt in near))
    return f"Did you mean: {' or '.join(names)}?" if names else ""


def _one_letter_apart(a: str, b: str) -> bool:
    """Whether one letter was left out, put in, or is another."""
    if abs(len(a) - len(b)) > 1:
        return False
    short, long = sorted((a, b), key=len)
    start = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return a != b and short[start + (len(a) == len(b)) :] == long[start + 1 :]


Country = Annotated[str, BeforeValidator(_country), _schema(type="string", title="country")]

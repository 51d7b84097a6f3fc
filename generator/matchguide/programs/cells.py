"""What a cell means: its text against the spellings of content/programs.yml, one column at a time."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from matchguide.content.programs import TableWords
from matchguide.profile.values import PartialDate
from matchguide.programs.listed import Answer, AttemptsLimit, Experience, Floor, Level, YearsLimit

_ALIKE = str.maketrans(
    {"≥": ">=", "≤": "<=", "–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "\xa0": " "}
)
_HOLES = {
    "{n}": r"(?P<n>\d{1,3})",
    "{m}": r"(?P<m>\d{1,3})",
    "{d}": r"(?P<d>\d{2})",
    "{year}": r"(?P<year>(?:19|20)\d\d)",
    "*": r".*",
}


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """A cell for comparing: small letters, one blank between words, one sign for each meaning."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_ALIKE).casefold().split())


@lru_cache(maxsize=4096)
def _pattern(spelling: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[a-z]+\}|\*)", plain(spelling))
    return re.compile("".join(_HOLES.get(part, re.escape(part)) for part in parts))


def fits(text: str, spellings: Iterable[str]) -> re.Match[str] | None:
    """The match of a plain text with the first spelling that is the whole of it."""
    for spelling in spellings:
        if "{" not in spelling and "*" not in spelling:
            if text == plain(spelling):
                return re.match(r".*", text, re.DOTALL)
        elif found := _pattern(spelling).fullmatch(text):
            return found
    return None


def without_remarks(text: str) -> str:
    """The text without what stands in parentheses."""
    return " ".join(re.sub(r"\([^()]*\)", " ", text).split()).strip(" ,;")


class Unclear(ValueError):
    """A cell that means nothing we know. `id` names the sentence that tells it, `values` fill it."""

    def __init__(self, id: str = "not-understood", **values: object) -> None:
        self.id, self.values = id, values
        super().__init__(id)


class Cells:
    """The cells of one reader's tables. Each method takes the text of a cell; None: it says nothing. Raises
    Unclear."""

    def __init__(self, words: TableWords, specialties: Mapping[str, str]) -> None:
        self.words = words
        self.specialties = dict(specialties)  # plain name -> id
        self._empty = {plain(x) for x in words.empty}

    def says_nothing(self, text: str) -> bool:
        """Whether a cell is empty, or says so."""
        return plain(text) in self._empty

    def _meaning(self, text: str, spellings: Mapping[str, tuple[str, ...]]) -> tuple[str, re.Match[str]] | None:
        """The first meaning that the text has whole, else without what stands in parentheses."""
        whole = plain(text)
        for seen in dict.fromkeys((whole, without_remarks(whole))):
            for meaning, known in spellings.items():
                if seen and (found := fits(seen, known)):
                    return meaning, found
        return None

    def word(self, text: str, spellings: Mapping[str, tuple[str, ...]]) -> str | None:
        """One of a column's own words."""
        if self.says_nothing(text):
            return None
        if found := self._meaning(text, spellings):
            return found[0]
        raise Unclear

    def answer(self, text: str) -> Answer | None:
        """yes, no, or a question that is asked or open."""
        w = self.words
        found = self._meaning(text, {"ask": w.ask, "yes": w.yes, "no": w.no})
        if found:
            return found[0]  # type: ignore[return-value]
        if self.says_nothing(text):
            return None
        raise Unclear

    def visas(self, text: str) -> tuple[Answer | None, Answer | None]:
        """What one column says of J-1 and H-1B."""
        visa = self.words.visa
        whole = plain(text)
        if fits(whole, self.words.ask) or fits(whole, visa["both_ask"]):
            return "ask", "ask"
        if self.says_nothing(text):
            return None, None
        for seen in dict.fromkeys((whole, without_remarks(whole))):
            if fits(seen, visa["both_no"]):
                return "no", "no"
            if fits(seen, visa["both_ask"]):
                return "ask", "ask"
            if found := self._named_visas(seen):
                return found
        raise Unclear

    def _named_visas(self, text: str) -> tuple[Answer | None, Answer | None] | None:
        visa = self.words.visa
        refused = fits(text, visa["refused_by"]) is not None
        only = fits(text, visa["only_by"]) is not None
        rest = f" {text} "
        named: dict[str, bool] = {}
        for kind in ("h1b", "j1"):
            for spelling in sorted(visa[kind], key=len, reverse=True):
                there = re.search(rf"(?<![a-z0-9]){re.escape(plain(spelling))}s?(?![a-z0-9])", rest)
                if there:
                    named[kind] = True
                    rest = re.sub(rf"(?<![a-z0-9]){re.escape(plain(spelling))}s?(?![a-z0-9])", " ", rest)
        joined = "|".join(re.escape(x) for x in sorted(visa["joined_by"], key=len, reverse=True))
        left = re.sub(joined, " ", rest).split()
        allowed = {w for x in (*visa["only_by"], *visa["refused_by"]) for w in x.replace("*", "").split()} | {
            "visa",
            "visas",
            "yes",
            "-",
        }
        if not named or any(word not in allowed for word in left):
            return None
        yes: Answer = "no" if refused else "yes"
        out: dict[str, Answer | None] = {kind: yes if kind in named else None for kind in ("j1", "h1b")}
        if only and not refused:
            out = {kind: said or "no" for kind, said in out.items()}
        return out["j1"], out["h1b"]

    def years_limit(self, text: str) -> YearsLimit | None:
        """A limit on years since graduation, or from which year of graduation on. A wish is no limit."""
        found = self._limit(text, self.words.years_limit)
        if found is None:
            return None
        meaning, match = found
        if meaning in ("none", "preferred"):
            return YearsLimit()
        if meaning == "graduated":
            return YearsLimit(graduated=int(match["year"]))
        return YearsLimit(int(match["n"]), strict=meaning == "fewer_than")

    def attempts_limit(self, text: str) -> AttemptsLimit | None:
        """A limit on attempts an exam, or in all Steps together."""
        found = self._limit(text, self.words.attempts_limit)
        if found is None:
            return None
        meaning, match = found
        if meaning == "none":
            return AttemptsLimit()
        if meaning == "first":
            return AttemptsLimit(1)
        if meaning == "failures":
            return AttemptsLimit(int(match["n"]) + 1)
        return AttemptsLimit(max(int(match["n"]), 1), total=meaning == "total")

    def ck_floor(self, text: str) -> Floor | None:
        """The lowest score; averages are none, of a range it is the lower end."""
        found = self._limit(text, self.words.ck_floor)
        if found is None:
            return None
        meaning, match = found
        if meaning == "none":
            return Floor()
        score = int(match["d"]) * 10 if meaning == "decade" else int(match["n"])
        if not 150 <= score <= 300:
            raise Unclear("no-score")
        return Floor(score, strict=meaning == "more_than")

    def _limit(self, text: str, spellings: Mapping[str, tuple[str, ...]]) -> tuple[str, re.Match[str]] | None:
        found = self._meaning(text, spellings)
        if found is None and not self.says_nothing(text):
            raise Unclear
        return found

    def experience(self, text: str) -> Experience | None:
        """What is wanted of time in the US, by the words in the cell."""
        words = self.words.us_experience
        said = plain(text)
        if self.says_nothing(text) and said not in {plain(x) for x in words.not_required}:
            return None
        weeks, rest = self._weeks(said)
        level: Level | None = None
        # "not required" holds "required", so it is looked for first.
        for kind, spellings in (
            ("no", words.not_required),
            ("preferred", words.preferred),
            ("required", words.required),
        ):
            if level is None and (rest in {plain(x) for x in spellings} or self._within(rest, spellings)):
                level = kind  # type: ignore[assignment]
        hands_on, observing = self._within(said, words.hands_on), self._within(said, words.observing)
        specialty = self.specialty_in(rest)
        if level is None and observing and weeks is None:
            level = "no"
        if level is None and (weeks is not None or hands_on):
            level = "required"
        if level is None:
            raise Unclear
        return Experience(level, hands_on and level != "no", observing, weeks, specialty)

    @staticmethod
    def _within(text: str, spellings: Iterable[str]) -> bool:
        return any(
            len(plain(x)) > 1 and re.search(rf"(?<![a-z0-9]){re.escape(plain(x))}(?![a-z0-9])", text)
            for x in spellings
        )

    def _weeks(self, said: str) -> tuple[int | None, str]:
        words = self.words.us_experience
        for factor, spellings in ((words.weeks_of_a_month, words.lasting.months), (1, words.lasting.weeks)):
            for spelling in sorted(spellings, key=len, reverse=True):
                if found := re.search(rf"(?<![\d]){_pattern(spelling).pattern}(?![a-z0-9])", said):
                    return int(found["n"]) * factor, said.replace(found[0], " ")
        return None, said

    def share(self, text: str) -> float | str | None:
        """A percentage of residents, or whether there is one; a number from 0 to 1 is given back as it is, for the
        column decides what it means."""
        share = self.words.share
        said = plain(text)
        if number := re.fullmatch(r"[~<>=]*\s*(\d+(?:[.,]\d+)?)\s*%?(?:\s*-\s*(\d+(?:[.,]\d+)?)\s*%?)?", said):
            value = float(number[1].replace(",", "."))
            if number[2]:
                value = (value + float(number[2].replace(",", "."))) / 2
            if value > 100:
                raise Unclear("share-over")
            return value
        if (of := fits(said, share["of"])) and int(of["m"]):
            if int(of["n"]) > int(of["m"]):
                raise Unclear("share-over")
            return 100 * int(of["n"]) / int(of["m"])
        if fits(said, share["no"]):
            return "no"
        if fits(said, share["yes"]):
            return "yes"
        if self.says_nothing(text):
            return None
        raise Unclear

    def specialty(self, text: str) -> str | None:
        """The id of a specialty by any of its names."""
        return self.specialties.get(plain(text)) or self.specialties.get(without_remarks(plain(text)))

    def specialty_in(self, text: str) -> str | None:
        """The specialty whose name stands in a text, the longest name first."""
        said = plain(text)
        return next((id for name, id in self._by_length if name in said and self._within(said, (name,))), None)

    @property
    def _by_length(self) -> list[tuple[str, str]]:
        if not hasattr(self, "_sorted"):
            self._sorted = sorted(self.specialties.items(), key=lambda x: -len(x[0]))
        return self._sorted

    def state(self, text: str) -> str | None:
        """The two letters of a state, by its name or them."""
        said = plain(text).strip(" .")
        if said.upper() in self.words.states.values():
            return said.upper()
        return self.words.states.get(said)

    def day(self, text: str, *, month_first: bool | None) -> tuple[PartialDate, bool] | None:
        """A day or month, and whether it may be read in two ways: then the month is taken first, unless the
        column shows otherwise (`month_first`)."""
        if self.says_nothing(text):
            return None
        said = without_remarks(plain(text)).split("t00:")[0]
        said = re.sub(r"[ t]\d\d:\d\d(:\d\d)?(\.\d+)?z?$", "", said)
        doubtful = False
        if found := re.fullmatch(r"((?:19|20)\d\d)[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", said):
            parts = (int(found[1]), int(found[2]), int(found[3] or 0))
        elif found := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})", said):
            first, second, year = int(found[1]), int(found[2]), int(found[3])
            year += 2000 if year < 100 else 0
            doubtful = first <= 12 and second <= 12 and first != second
            if month_first is False or first > 12:
                first, second = second, first
            parts = (year, first, second)
        elif found := re.fullmatch(r"(\d{1,2})[-/ .]?([a-z]{3,9})\.?[-/ ,.]*((?:20)?\d\d)", said):
            parts = (_year(found[3]), self.words.months.get(found[2], 0), int(found[1]))
        elif found := re.fullmatch(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:20)?\d\d)", said):
            parts = (_year(found[3]), self.words.months.get(found[1], 0), int(found[2]))
        elif found := re.fullmatch(r"([a-z]{3,9})\.?[-/ ,]*((?:20)\d\d)", said):
            parts = (_year(found[2]), self.words.months.get(found[1], 0), 0)
        elif re.fullmatch(r"[2-6]\d{4}", said):  # a day as a spreadsheet counts it
            import datetime as dt

            day = dt.date(1899, 12, 30) + dt.timedelta(days=int(said))
            parts = (day.year, day.month, day.day)
        elif re.fullmatch(r"\d{1,2}[-/.]\d{1,2}", said):
            raise Unclear("no-year")
        else:
            raise Unclear
        try:
            out = PartialDate(*parts)
            _ = out.first
        except ValueError:
            raise Unclear("no-day") from None
        if not 2000 <= out.year <= 2100:
            raise Unclear("no-day")
        return out, doubtful


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)

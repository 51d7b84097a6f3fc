"""The names that content and templates may refer to, and what is wrong with a reference."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, get_args

from pydantic import BaseModel

from matchguide.checks.written import Written
from matchguide.content import evidence, season
from matchguide.content.cards import SECTIONS, TRAITS
from matchguide.content.evidence import Evidence
from matchguide.content.phases import PHASES
from matchguide.content.season import Season
from matchguide.mistakes import Mistake, MistakesFound, suggestion
from matchguide.pages.links import anything, sections
from matchguide.plan.timeline import LETTERS_SHORT
from matchguide.profile.model import Profile

Wrong = tuple[str, str]  # what is wrong, and what is allowed

FILES = ("guide-dates.ics", "program-sheet.csv", "workbook.pdf")
BROAD = "broad backup"


@dataclass
class Names:
    """Read from the files as they are, so that one broken file does not hide the mistakes of the others. Evidence and
    seasons are None where their own files are broken: then references to them are not looked at."""

    written: Written
    evidence: Evidence | None = None
    seasons: Mapping[int, Season] | None = None
    mistakes: list[Mistake] = field(default_factory=list)

    def __post_init__(self) -> None:
        folder = self.written.content
        try:
            self.evidence = evidence.load(folder / "evidence", self.specialties)
        except MistakesFound as error:
            self.mistakes += error.mistakes
        try:
            self.seasons = season.load(folder / "seasons")
        except MistakesFound as error:
            self.mistakes += error.mistakes

    # -- lists

    @cached_property
    def cards(self) -> Mapping[str, Mapping[str, Any]]:
        """Each card's front matter, as far as it can be read."""
        names = [n for n in self.written.texts if re.fullmatch(r"specialties/[^/]+\.md", n)]
        return {n[12:-3]: _mapping(self.written.data[n].data) if n in self.written.data else {} for n in names}

    @cached_property
    def specialties(self) -> tuple[str, ...]:
        """The id of each card."""
        return tuple(self.cards)

    @cached_property
    def goals(self) -> tuple[str, ...]:
        """The id of each goal that has a folder of decisions."""
        return tuple(dict.fromkeys(n.split("/")[1] for n in self.written.data if n.startswith("goals/")))

    def of_goal(self, goal: str, file: str) -> Mapping[str, Any]:
        """A file of a goal by its names: numbers, conditions, sentences."""
        source = self.written.data.get(f"goals/{goal}/{file}.yml")
        return _mapping(source.data) if source else {}

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The name of each number of a goal's numbers.yml, of all goals."""
        return frozenset(n for g in self.goals for n in self.of_goal(g, "numbers"))

    @cached_property
    def events(self) -> frozenset[str]:
        """The dates that every season file has."""
        written = [s for s in (self.seasons or {}).values() if s.published]
        return (
            frozenset.intersection(*(frozenset(e.id for e in s.events) for s in written)) if written else frozenset()
        )

    @cached_property
    def terms(self) -> frozenset[str]:
        """The id of each term of the glossary."""
        source = self.written.data.get("glossary.yml")
        listed = _mapping(source.data).get("terms", ()) if source else ()
        return frozenset(str(_mapping(t).get("id")) for t in listed)

    @cached_property
    def sentences(self) -> Mapping[str, str]:
        """The sentences of templates/words/, by id."""
        return {
            key: str(text)
            for name, source in self.written.data.items()
            if name.startswith("words/")
            for key, text in _mapping(source.data).items()
        }

    @cached_property
    def groups(self) -> frozenset[str]:
        """The specialties whose number of signals was published, and those of which it was not."""
        return frozenset(str(c.get("signals")) for c in self.cards.values()) - {"none"}

    @cached_property
    def combinations(self) -> frozenset[str]:
        """The short names of cards, of which the name of a combination is made."""
        return frozenset(str(c.get("short")) for c in self.cards.values())

    @cached_property
    def pages(self) -> Mapping[str, frozenset[str]]:
        """The pages that a guide can have, each with its sections."""
        shared = "".join(t for n, t in self.written.texts.items() if n.startswith(("parts/", "home/")))
        out: dict[str, frozenset[str]] = {}
        for name, source in self.written.data.items():
            if not name.startswith("pages/"):
                continue
            head = _mapping(source.data)
            stem = str(head.get("id") or name[6:-3].partition("-")[2])
            ids = sections(anything(self.written.texts[name] + shared))
            for id in [f"{stem}-{x}" for x in self.specialties] if head.get("each") else [stem]:
                out[id] = out.get(id, frozenset()) | ids
        return out

    @cached_property
    def references(self) -> frozenset[str]:
        """Every reference to a figure there is: item, item.key, and each with the kinds of the seasons."""
        if self.evidence is None:
            return frozenset()
        return self._plain.union(*(of for by_kind in self._by_kind for of in by_kind.values()))

    @cached_property
    def _plain(self) -> frozenset[str]:
        items = self.evidence.items if self.evidence else {}
        return frozenset(r for id, item in items.items() for r in _paths(id, item.value))

    @cached_property
    def _by_kind(self) -> list[Mapping[str, frozenset[str]]]:
        """For each season, under the name of a year's figures, the references by kind that lead to them."""
        return [
            {
                head: frozenset(
                    f"{kind}:{r[len(head) + 1 :]}" if r.startswith(f"{head}-") else kind + r[len(head) :]
                    for r in self._plain
                    if r == head or r.startswith((f"{head}-", f"{head}."))
                )
                for kind, head in kinds.items()
            }
            for kinds in self.kinds
        ]

    def value(self, reference: str) -> Any:
        """The value of a reference, of the newest season that has it where it names a kind."""
        kinds = next((k for k in reversed(self.kinds) if reference.partition(":")[0].partition(".")[0] in k), {})
        store = replace(self.evidence, kinds=kinds) if self.evidence else None
        return store.value(reference) if store and store.has(reference) else None

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of content that a template may compare with: ids, specialties, sentences, pages, figures."""
        places = (item for s in self.written.data.values() for item in s.places.items())
        ids = {text for path, (_, _, text) in places if path and path[-1] in ("id", "phase", "short")}
        return frozenset({*ids, *self.specialties, *self.sentences, *self.pages, *self.references, ""})

    @cached_property
    def kinds(self) -> tuple[Mapping[str, str], ...]:
        """For each season, the kinds of yearly figures with the name of their items, as outcomes: charting-2026."""
        return tuple(s.evidence.model_dump() for s in (self.seasons or {}).values())

    # -- references

    def wrong(self, kind: str, word: str) -> Wrong | None:
        """What is wrong with a word where a reference of a kind is due, or None."""
        if kind == "see":
            return self._see(word)
        if kind == "figure":
            return self._figure(word)
        if kind == "rests_on":
            return self._rests_on(word)
        if kind == "line":
            return line_problem(word)
        if kind in ("event", "told") and self.seasons is None:
            return None
        allowed, what, where = self._lists[kind]
        return None if word in allowed else unknown(word, allowed, what, where)

    @cached_property
    def _lists(self) -> Mapping[str, tuple[Collection[str], str, str]]:
        cards, seasons = "content/specialties/", "content/seasons/"
        firsts = [x for x, c in self.cards.items() if c.get("kind") == "first-year"]
        kinds = (*self.specialties, *TRAITS, "other")
        pages = [*self.pages, *(p.replace("specialty-", "specialties/") for p in self.pages)]
        interviews = [n[11:-4] for n in self.written.data if n.startswith("interviews/")]
        roles = ["goal", "close", "broad", "last"]
        unpublished = [x for x, c in self.cards.items() if c.get("signals") == x]
        groups = [*self._published_signals, *unpublished, "none"]
        return {
            "specialty": (self.specialties, "a specialty", cards),
            "first year": (firsts, "a first year", cards),
            "goal's place": ((*self.specialties, BROAD), "a place of a plan", cards),
            "to cut": ((*self.specialties, *roles, "each", "all"), "something to cut", cards),
            "role": (roles, "a place of a plan", ""),
            "kind": (kinds, "a specialty or a trait", cards),
            "trait": (TRAITS, "a trait", ""),
            "event": (self.events, "a date of the season", seasons),
            "told": (self.events | {LETTERS_SHORT}, "a date of the season", seasons),
            "evidence kind": ([k for kinds in self.kinds for k in kinds], "a kind of figures", seasons),
            "term": (self.terms, "a term", "content/glossary.yml"),
            "page": (pages, "a page", "templates/pages/"),
            "phase": (PHASES, "a phase", ""),
            "section": (SECTIONS, "a section of cards", ""),
            "number": (self.numbers, "a number", "content/goals/"),
            "signals": (groups, "a specialty with signals", "content/evidence/"),
            "interviews": (interviews, "a file of questions", "content/interviews/"),
            "sentence": (self.sentences, "a sentence", "templates/words/"),
            "country": (self._countries, "a country", "content/countries.yml"),
            "visa": (("j1", "h1b"), "a visa", ""),
        }  # fmt: skip

    @cached_property
    def _countries(self) -> list[str]:
        source = self.written.data.get("countries.yml")
        return [str(x) for x in _mapping(source.data).get("names", ())] if source else []

    @cached_property
    def _published_signals(self) -> set[str]:
        if self.evidence is None:
            return set()
        items = [self.evidence.items.get(k.get("signals", "")) for k in self.kinds]
        return {key for item in items if item for key in _mapping(item.value)}

    def _see(self, word: str) -> Wrong | None:
        page, _, section = (
            word.replace("specialties/", "specialty-").replace("interviews/", "interviews-").partition("#")
        )
        if page not in self.pages:
            return unknown(page, self.pages, "a page", "templates/pages/")
        if page == "glossary" and section.startswith("term-"):
            return self.wrong("term", section.removeprefix("term-"))
        if section and section not in self.pages[page]:
            return unknown(section, self.pages[page], f"a section of {page}", "templates/pages/")
        return None

    def _figure(self, word: str) -> Wrong | None:
        """A reference to evidence; `*` and {names} stand for anything, of which at least one must be there."""
        if self.evidence is None or self.seasons is None:
            return None
        if word in self.references:
            return self._not_of_every_season(word)
        if re.search(r"[*{]", word):
            fits = re.compile("[a-z0-9:._-]*".join(re.escape(x) for x in re.split(r"\*|\{[^}]*\}", word)))
            return None if any(fits.fullmatch(r) for r in self.references) else ("leads to no figure.", "")
        return unknown(word, self.references, "a figure", "content/evidence/")

    def _not_of_every_season(self, word: str) -> Wrong | None:
        """A figure named by its kind that one season's year has and another's has not."""
        if word in self._plain:
            return None
        kind = re.split("[:.]", word)[0]
        for kinds, by_kind in zip(self.kinds, self._by_kind, strict=True):
            if kind in kinds and word not in by_kind[kinds[kind]]:
                return (f"is not among the figures of {kinds[kind]}, which a season is planned with.", "")
        return None

    def _rests_on(self, word: str) -> Wrong | None:
        if word.startswith("season."):
            return self.wrong("event", word.removeprefix("season."))
        if word.partition(".")[0] in Profile.model_fields:
            return line_problem(word)
        found = self._figure(word)
        fields = [*Profile.model_fields, *self.references]
        return found and (found[0], suggestion(word, fields) or found[1])


@cache
def line_problem(word: str) -> Wrong | None:
    """What is wrong with a line of the profile such as exams.step2_ck.score, letters[] or backups.enjoyment.*"""
    here: Any = Profile
    for part in re.sub(r"\[\d*\]", "", word).split("."):
        models = list(_models(here))
        if not models or part[:1] == "{":  # marks for specialties, counts of applications: anything may stand there
            return None
        allowed = {f.alias or name: f.annotation for m in models for name, f in m.model_fields.items()}
        if part not in allowed:
            return unknown(part, list(allowed), "a line of the profile", "")
        here = allowed[part]
    return None


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def unknown(word: str, allowed: Collection[str], what: str, where: str) -> Wrong:
    """ "is not a specialty.", with the nearest one, and where they stand."""
    help = [suggestion(word, allowed)]
    if len(allowed) <= 12:
        help.append(f"Allowed: {', '.join(allowed)}.")
    if where:
        help.append(f"They stand in {where}.")
    return f"is not {what}.", " ".join(h for h in help if h)


def _paths(id: str, value: Any) -> Iterator[str]:
    yield id
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _paths(f"{id}.{key}", inner)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}

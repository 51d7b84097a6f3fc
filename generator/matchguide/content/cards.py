"""Specialty cards: the front matter (what planning needs) and, only when pages ask for it, the body."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from matchguide.content.expressions import Expression
from matchguide.content.files import front_matter, validated
from matchguide.content.inert import Id, Line, Name, inert
from matchguide.mistakes import MistakesFound, mistake
from matchguide.source import of_ours, parse


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rating(Part):
    score: int = Field(ge=0, le=4)
    because: str


Share = Literal["all", "most", "some", "none", "unknown"]
Trait = Literal["clinical", "reads images", "procedural", "broad"]
TRAITS: tuple[Trait, ...] = ("clinical", "reads images", "procedural", "broad")


class Start(Part):
    """In which year positions begin: pgy1 is complete, pgy2 needs a first year found separately."""

    pgy1: Share
    pgy2: Share
    evidence: str | None = None


class Road(Part):
    """A road from this specialty back to image-guided work; texts may hold [[figures]]. `drawn` is the figure of the
    years that are known, for the drawing; after them comes a part of unknown length if `longer`. `outside`: not by
    the Match, so that no plan of specialties holds it."""

    id: Id
    to: Line
    steps: tuple[str, ...]
    years: str
    drawn: str | None = None
    longer: bool = False
    outside: bool = False
    catch: str
    j1: str


class VisaShare(Part):
    """A published share of programs that take a visa: the figure `take` of the figure `of`, and how it is said."""

    take: str
    of: str
    says: str


class WhoLine(Part):
    text: Line
    when: Expression | None = None
    unsure: Expression | None = None  # where it holds, only the reader can answer
    only: Expression | None = None  # where it is a question at all
    or_out: bool = False  # whether the line speaks only for it: who does not meet it reads nothing


class Statement(Part):
    stress: tuple[str, ...]
    leave_out: tuple[str, ...]
    opening: str
    opening_trained: str | None = None
    bridge: str


class Card(Part):
    """The front matter of content/specialties/<id>.md; `id` is the file's name."""

    id: Id
    name: Name
    abbreviation: Name
    short: Id
    also: tuple[Line, ...] = ()  # what else people call it; a profile that writes so is told the id
    kind: Literal["goal", "backup", "first-year"]
    person: Name
    colleagues: Name
    one_thing: str
    one_thing_first: str = ""  # where it stands first in a plan
    one_thing_out: str = ""  # where it is the goal, and not in this season's plan
    one_thing_later: str = ""  # once applications are closed
    ratings: dict[Literal["alignment", "pathways_back"], Rating]
    start: Start
    visa_shares: dict[Literal["j1", "h1b"], VisaShare] = {}
    visa_unknown: str = "visa-others-none"  # the evidence where no share was published
    signals: str
    traits: tuple[Trait, ...] = ()
    interviews: Literal["own", "common"] = "own"  # common: no questions of its own were written
    track_of: str | None = None  # the specialty whose fee steps a first year may be priced on
    roads: tuple[Road, ...] = ()
    who: tuple[WhoLine, ...] = ()
    statement: Statement


SECTIONS = (
    "Why it attracts",
    "What is good",
    "What is hard",
    "A day in it",
    "How to apply",
    "What the numbers say",
)
FIRST_YEAR_OPENING = "What it is"  # cards of first years may begin with it


def load(folder: Path) -> dict[str, Card]:
    """Every card's front matter. Raises MistakesFound naming the card, line and field."""
    cards: dict[str, Card] = {}
    faults: list[MistakesFound] = []
    for path in sorted(folder.glob("*.md")):
        try:
            cards[path.stem] = _card(path)
        except MistakesFound as error:
            faults.append(error)
    if faults:
        raise MistakesFound(m for f in faults for m in f.mistakes)
    return cards


def _card(path: Path) -> Card:
    head, _ = front_matter(path)
    try:
        data = of_ours(head)
    except yaml.YAMLError:
        parse("\n" + head, str(path))
        raise
    if isinstance(data, dict):
        data = {"id": path.stem, **data}
    card = validated(Card, data, str(path), head, first_line=1)
    if card.kind == "backup" and set(card.ratings) != {"alignment", "pathways_back"}:
        raise mistake(str(path), "a backup needs alignment and pathways_back.", field="ratings")
    return card


def bodies(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Each card's sections by heading, as Markdown with [[figures]]."""
    return {path.stem: _sections(path) for path in sorted(folder.glob("*.md"))}


def _sections(path: Path) -> dict[str, str]:
    _, body = front_matter(path)
    out: dict[str, str] = {}
    heading = ""
    for line in body.splitlines():
        if line.startswith("## "):
            heading = line[3:].strip()
            out[heading] = ""
        elif heading:
            out[heading] += line + "\n"
    return {name: inert(text.strip()) for name, text in out.items()}

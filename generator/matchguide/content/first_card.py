"""What Home says first: rows of content/first-card.yml, the first true one; and what it says in every phase."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from matchguide.content import expressions
from matchguide.content.files import read_checked
from matchguide.mistakes import Mistake, MistakesFound


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CardRow(Part):
    """`say` may hold {values} of the plan and {date:event}; `see` is a page, or page#section."""

    id: str
    when: str
    say: str
    see: str


class FirstCards(Part):
    first: tuple[CardRow, ...]
    second: tuple[CardRow, ...]


def load(path: Path, numbers: frozenset[str]) -> FirstCards:
    """The rows, checked; `numbers` are the names of the goals' thresholds, which expressions may use. Raises
    MistakesFound with every row that is wrong."""
    cards = read_checked(path, FirstCards)
    known: dict[str, expressions.Kind] = dict.fromkeys(numbers, "number")
    faults = [
        Mistake(str(path), f"{part}[{i}].when", f"{wrong}.", "", row.when)
        for part in ("first", "second")
        for i, row in enumerate(getattr(cards, part))
        if (wrong := expressions.problem(row.when, known))
    ]
    if faults:
        raise MistakesFound(faults)
    return cards

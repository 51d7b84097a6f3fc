"""What the check of a pasted statement looks for: content/statement-check.yml."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from matchguide.content import expressions
from matchguide.content.files import read_checked
from matchguide.mistakes import Mistake, MistakesFound


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Claim(Part):
    """Words that are not true of a reader for whom `when` is true."""

    id: str
    when: str
    words: tuple[str, ...]
    say: str


class Count(Part):
    """A number before one of the words, against a fact about the reader."""

    id: str
    fact: str
    words: tuple[str, ...]
    say: str


class StatementCheck(Part):
    length: str
    backup: tuple[str, ...]
    claims: tuple[Claim, ...]
    counts: tuple[Count, ...]


def load(path: Path) -> StatementCheck:
    """The file, checked. Raises MistakesFound."""
    file = read_checked(path, StatementCheck)
    tried = [(f"claims[{i}].when", claim.when) for i, claim in enumerate(file.claims)]
    tried += [(f"counts[{i}].fact", count.fact) for i, count in enumerate(file.counts)]
    faults = [
        Mistake(str(path), field, f"{wrong}.", "", text)
        for field, text in tried
        if (wrong := expressions.problem(text))
    ]
    if faults:
        raise MistakesFound(faults)
    return file

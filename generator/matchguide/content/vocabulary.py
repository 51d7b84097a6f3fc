"""The words of expressions, from content/vocabulary.yml: what each name is in English, what it takes and may be."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from matchguide.content.cards import TRAITS, Trait
from matchguide.content.expressions import VOCABULARY
from matchguide.content.files import read_checked
from matchguide.mistakes import Mistake, MistakesFound, suggestion

Takes = Literal["specialty", "kind", "event", "specialty and kind"]


class Word(BaseModel):
    """One name. A value has `what` (in the file: is), a truth `so` and `otherwise` (in the file: else); some have
    both."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    what: str = Field(default="", alias="is")
    so: str = ""
    otherwise: str = Field(default="", alias="else")
    takes: Takes | None = None
    values: tuple[str, ...] | Literal["specialty", "signals", "combination"] | None = None


class Vocabulary(BaseModel):
    """`names` are those of expressions, `traits` the words for the traits of cards."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    names: dict[str, Word]
    traits: dict[Trait, str]


@cache
def load(path: Path) -> Vocabulary:
    """The words. Raises MistakesFound, also where a name of expressions has none, or a word belongs to no name."""
    words = read_checked(path, Vocabulary, prose=False)
    faults = [
        Mistake(str(path), f"names.{name}", "is missing: expressions may use it.", suggestion(name, words.names))
        for name in VOCABULARY
        if name not in words.names
    ]
    faults += [
        Mistake(str(path), f"names.{name}", "is no name of expressions.", suggestion(name, VOCABULARY))
        for name in words.names
        if name not in VOCABULARY
    ]
    faults += [Mistake(str(path), f"traits.{t}", "is missing.", "") for t in TRAITS if t not in words.traits]
    if faults:
        raise MistakesFound(faults)
    return words

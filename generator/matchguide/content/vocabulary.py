"""The words of expressions, from content/vocabulary.yml: what each name is in English, what it takes and may be."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from matchguide.content.files import read_checked

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


class WordFile(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Word]


@cache
def load(path: Path) -> Mapping[str, Word]:
    """The words by name. Raises MistakesFound."""
    return dict(read_checked(path, WordFile).__pydantic_extra__)

"""Interview questions, FAQ and glossary as their files have them; texts may hold [[figures]]."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from matchguide.content.expressions import Expression
from matchguide.content.inert import Id, Line


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(Part):
    answer: str
    why: str


class Replies(Part):
    """The three honest replies to a question that may not be asked."""

    answer: str
    narrow: str
    decline: str


class Question(Part):
    id: Id
    ask: Line
    ask_for: dict[str, Line] = {}  # how it is asked in the room of one specialty
    what_they_want: str
    may_they: Literal["yes", "no", "partly"]
    rule: str | None = None
    need_not_say: str | None = None
    poor: Answer
    better: Answer
    better_for: dict[str, str] = {}
    replies: Replies | None = None
    frame: str
    frame_for: dict[str, str] = {}
    when: Expression | None = None  # only for readers of whom this is true


class InterviewFile(Part):
    questions: tuple[Question, ...]


class Faq(Part):
    id: Id
    ask: Line
    answer: str
    see: tuple[str, ...] = ()
    when: Expression = "true"
    while_counting: bool = False
    """Whether it is of use only while applications can still be paid."""


class FaqFile(Part):
    questions: tuple[Faq, ...]


class Term(Part):
    id: Id
    term: Line
    means: str
    also: tuple[str, ...] = ()  # how else pages say it; else the term without what stands in brackets


class GlossaryFile(Part):
    terms: tuple[Term, ...]

"""The page of the reader's own programs: rows to filter, what speaks for each, and e-mails to copy."""

from dataclasses import dataclass
from typing import Any

from matchguide.pages.said import Said
from matchguide.pages.words import Words, listed
from matchguide.plan.reasons import why
from matchguide.plan.situation import Situation
from matchguide.plan.types import Judged, ListedProgram, Plan

SHOWN = 1_000  # rows on the page; the file that `matchguide programs` writes has all


@dataclass(frozen=True)
class Row:
    """One program as the page shows it. `keys` are what it is filtered and sorted by."""

    one: ListedProgram
    n: int
    name: Said
    specialty: str
    where: Said | str
    verdict: str
    level: str
    visa: str
    keys: dict[str, str]

    @property
    def judged(self) -> Judged:
        """The program with its gates and reasons."""
        return self.one.judged


def rows(plan: Plan, words: Words) -> list[Row]:
    """Programs on the list first, then those to ask, then the rest; closed ones last, none left out."""
    order = {"open": 0, "ask": 1, "closed": 2}

    def first(i: int) -> tuple[Any, ...]:
        one = plan.programs[i]
        j = one.judged
        return (not one.take, order[j.verdict], one.signal is None, -j.score, i)

    return [_row(plan.programs[i], n, words) for n, i in enumerate(sorted(range(len(plan.programs)), key=first), 1)]


def _row(one: ListedProgram, n: int, words: Words) -> Row:
    p = one.judged.listed
    where = ", ".join(x for x in (p.city if p.city and "," not in p.city else None, p.state) if x)
    visa = next(g.state for g in one.judged.gates if g.gate == "visa")
    return Row(
        one,
        n,
        Said(p.name),
        words.abbr(p.specialty) if p.specialty else words.said("program-no-specialty"),
        Said(where) if where else "",
        one.judged.verdict,
        one.judged.level,
        visa,
        {
            "verdict": one.judged.verdict,
            "specialty": p.specialty or "",
            "state": p.state or "",
            "visa": visa,
            "signal": one.signal or "",
            "list": "yes" if one.take else "no",
        },
    )


@dataclass(frozen=True)
class Question:
    """What to ask a program, as an e-mail to copy."""

    name: Said
    specialty: str
    about: str
    email: str


def questions(plan: Plan, s: Situation, words: Words) -> list[Question]:
    """The e-mails worth most, as many as can be sent in an evening."""
    first = int(s.goal.number("questions_first"))
    return [_question(plan.programs[i].judged, s, words) for i in plan.questions[:first]]


def _question(j: Judged, s: Situation, words: Words) -> Question:
    p = j.listed
    asks = j.questions or ("visa",)  # a box that was not ticked
    about = listed([words.said(f"ask-{gate}") for gate in asks])
    needs = [x for x in ("j1", "h1b") if s.needs in (x, "either")]
    lines = [words.text(why(f"email-{gate}", needs=needs, season=str(s.season.season))) for gate in asks]
    email = words.text(
        why(
            "email",
            program=p.name,
            specialty=p.specialty,
            season=str(s.season.season),
            asks=lines,
            name_of_reader=s.profile.applicant.name,
        )
    )
    return Question(Said(p.name), words.abbr(p.specialty) if p.specialty else "", about, email)

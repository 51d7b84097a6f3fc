"""The one thing that Home says first, and the few that it says in every phase."""

from typing import Any

from matchguide.content.expressions import names_in
from matchguide.content.first_card import CardRow
from matchguide.plan.advice import refs_of
from matchguide.plan.facts import Facts
from matchguide.plan.reasons import why
from matchguide.plan.rows import every_true, first_true
from matchguide.plan.situation import Situation
from matchguide.plan.types import Card, RankList


def plan(s: Situation, facts: Facts, rank: RankList) -> tuple[Card | None, tuple[Card, ...]]:
    """The first true row, or None while the plan itself is the first thing; and every true one of the second kind."""
    values = _values(s, facts, rank)
    row = first_true(s.content.first_cards.first, facts)
    first = _card(row, values) if row else None
    return first, tuple(_card(r, values) for r in every_true(s.content.first_cards.second, facts))


def _card(row: CardRow, values: dict[str, Any]) -> Card:
    return Card(row.id, row.see, why("first-card", *refs_of(names_in(row.when)), card=row.id, **values))


def _values(s: Situation, facts: Facts, rank: RankList) -> dict[str, Any]:
    """What the sentences may name: the next interview, the lines that cannot work or that are one year above
    whole trainings, interviews of each kind."""
    ahead = sorted(
        ((i.date.first, i) for i in s.profile.interviews if i.date and i.date.last >= s.on), key=lambda x: x[0]
    )
    return {
        "next_program": ahead[0][1].program if ahead else "",
        "next_interview": ahead[0][1].date if ahead else None,
        "bad_lines": tuple(dict.fromkeys(line.n for line, _ in rank.repairable)),
        "bare_lines": tuple(dict.fromkeys(line.n for line, p in rank.problems if p == "no-first-year")),
        "guessed_lines": tuple(line.n for line in rank.lines if line.assumed_later),
        "year_lines": tuple(note.n for note in rank.notes if note.id == "year-above"),
        "advanced": s.advanced_interviews,
        "first_years": facts["first_year_interviews"],
    }

"""What has happened, as pages show it: interviews, the rank list line by line, the days of Match Week."""

import datetime as dt
from typing import Any

from matchguide.content.season import Season
from matchguide.pages.eastern import hour
from matchguide.pages.said import Said
from matchguide.pages.words import Words
from matchguide.plan.reasons import Reason, why
from matchguide.plan.situation import Situation
from matchguide.plan.types import Assumption, Plan, Walk
from matchguide.profile.dates import dated

AFTER_THE_RESULT = ("matched", "partly matched", "unmatched", "next season")


LISTS_MADE = ("ranking", "match week", "unknown result", "partly matched", "matched")


def open_questions(plan: Plan) -> list[Assumption]:
    """What is unknown and of use today: once lists are made, letters are not until the next season."""
    made = plan.phase in LISTS_MADE
    return [a for a in plan.assumptions if a.origin == "unknown" and not (made and a.field.startswith("letters"))]


def met(s: Situation, words: Words) -> list[dict[str, Any]]:
    """The reader's interviews by day: program, specialty, date in words, whether it is behind them, their mark."""
    rows = [
        {
            "program": Said(i.program),
            "specialty": i.specialty,
            "day": i.date.first if i.date else None,
            "shown": dated(i.date) if i.date else words.said("no-date-yet"),
            "past": bool(i.date and i.date.last < s.on),
            "liked": i.liked,
            "later": s.begins_later(i.program, i.specialty),
        }
        for i in s.profile.interviews
    ]
    return sorted(rows, key=lambda row: (row["day"] is None, row["day"] or dt.date.max))


def to_rank(s: Situation, words: Words) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The same for a first draft of a rank list, the higher mark first: places, and first years to link to them."""
    rows = sorted(met(s, words), key=lambda row: -(row["liked"] or 0))
    kinds = {row["specialty"]: s.content.cards[row["specialty"]].kind for row in rows}
    places = [row for row in rows if kinds[row["specialty"]] != "first-year"]
    return places, [row for row in rows if row not in places]


def ranked(plan: Plan) -> list[dict[str, Any]]:
    """The lines of the rank list, each with its problems as reasons and what can happen at it."""
    return [
        {
            "n": x.n,
            "program": Said(x.program),
            "specialty": x.specialty,
            "first_years": [Said(y) for y in x.first_years],
            "reachable": x.reachable,
            "problems": [why(f"rank-{p}", n=x.n) for p in x.problems],
            "walks": [(told_walk(w, "if"), told_walk(w, "then")) for w in plan.rank.walks if w.n == x.n],
        }
        for x in plan.rank.lines
    ]


def told_walk(walk: Walk, part: str) -> Reason:
    """What happens at a line of the list: its `if`, or its `then`."""
    return why(
        f"walk-{walk.id}-{part}",
        n=walk.n,
        next=walk.then,
        first_years=list(walk.first_years),
        program=walk.program,
        next_program=walk.next_program,
    )


def shown_on_list(plan: Plan) -> list[Reason]:
    """What running the Match on the reader's own list shows."""
    return [
        why(
            f"shown-{x.id}",
            n=x.n,
            other=x.other,
            program=x.program,
            next_program=x.other_program,
            first_years=list(x.first_years),
        )
        for x in plan.rank.shown
    ]


def week(plan: Plan, season: Season) -> list[dict[str, Any]]:
    """Match Week, day by day: the day, whether it is today or over, and its hour as an element of the page."""
    rows = []
    for id in ("match_week", "soap_opens", "soap_rounds", "match_day"):
        if season.has(id):
            event = season.event(id)
            day = event.when.first
            rows.append(
                {
                    "id": id,
                    "shown": dated(event.when),
                    "weekday": f"{day:%A}",
                    "today": day == plan.on,
                    "over": day < plan.on,
                    "at": f", {hour(day, event.at)}" if event.at else "",
                }
            )
    return rows

"""What has happened, as pages show it: interviews, the rank list line by line, the days of Match Week."""

import datetime as dt
from typing import Any

from matchguide.content.season import Season
from matchguide.pages.eastern import hour
from matchguide.pages.said import Said
from matchguide.pages.words import Words
from matchguide.plan.reasons import Reason, why
from matchguide.plan.situation import Situation
from matchguide.plan.types import Assumption, Plan, Problem, RankLine, RankNote, Walk
from matchguide.profile.dates import dated

AFTER_THE_RESULT = ("matched", "partly matched", "unmatched", "next season")


EVERY_LINE = ("taken", "refused")  # what happens at every line is told once
LISTS_MADE = ("ranking", "match week", "unknown result", "partly matched", "matched")


def open_questions(plan: Plan) -> list[Assumption]:
    """What is unknown and of use today: once lists are made, letters are not until the next season."""
    over = ("letters",) if plan.phase in LISTS_MADE else ()
    return [a for a in plan.assumptions if a.origin == "unknown" and not a.field.startswith(over)]


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
            "later_assumed": s.start_of(i.program) is None,
        }
        for i in s.profile.interviews
    ]
    return sorted(rows, key=lambda row: (row["day"] is None, row["day"] or dt.date.max))


def to_rank(s: Situation, words: Words) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The same for a first draft of a rank list, the higher mark first: places, and first years to link to them."""
    rows = sorted(met(s, words), key=lambda row: (-(row["liked"] or 0), -(s.stated_enjoyment(row["specialty"]) or 0)))
    kinds = {row["specialty"]: s.content.cards[row["specialty"]].kind for row in rows}
    places = [row for row in rows if kinds[row["specialty"]] != "first-year"]
    return places, [row for row in rows if row not in places]


def years_marked_low(s: Situation) -> list[Said]:
    """The first years that met the reader in a specialty that they marked lowest or ruled out, and that they did not
    like better once they had seen them."""
    planned = s.goal.count("mark_planned")
    return [Said(i.program) for i in s.profile.interviews if _marked_low(s, i.specialty) and (i.liked or 0) < planned]


def _marked_low(s: Situation, specialty: str) -> bool:
    card = s.content.cards[specialty]
    whole = card.track_of or specialty
    low = s.marked_never(whole) or whole in s.profile.backups.ruled_out
    return card.kind == "first-year" and (not s.could_begin_in(specialty) or low)


def first_year_may_be_linked(plan: Plan, s: Situation) -> bool:
    """Whether a first year may have to be linked although the plan needs none: a start that is not told, or
    applications that we do not know."""
    open_yet = plan.phase in ("late", "ranking") and not plan.combination.specialties
    silent = s.profile.season_so_far.applied is None and not s.profile.interviews
    return bool(s.starts_not_told) or (open_yet and silent and not s.has_first_year)


def ranked(plan: Plan) -> list[dict[str, Any]]:
    """The lines of the rank list, each with its problems and notes as reasons, and what can happen at it beside what
    happens at every line. `briefly` is the notes and problems for Home."""
    rows = []
    for x in plan.rank.lines:
        notes = [note for note in plan.rank.notes if note.n == x.n and note.id != "link-year"]
        problems = [told_problem(plan, x, p) for p in x.problems]
        rows.append(
            {
                "n": x.n,
                "program": Said(x.program),
                "specialty": x.specialty,
                "start": x.start,
                "first_years": [Said(y) for y in x.first_years],
                "reachable": x.reachable,
                "year": x.year,
                "bare": "no-first-year" in x.problems,
                "assumed": x.assumed_later,
                "problems": [
                    (p, (x, id) in plan.rank.repairable) for p, id in zip(problems, x.problems, strict=True)
                ],
                "notes": [told_note(note) for note in notes],
                "briefly": [
                    *(told_note(note, "brief") for note in notes),
                    *(no_year_in_brief(x) if p == "no-first-year" else told_problem(plan, x, p) for p in x.problems),
                ],
                "walks": [
                    (told_walk(w, "if"), told_walk(w, "then"))
                    for w in plan.rank.walks
                    if w.n == x.n and w.id not in EVERY_LINE
                ],
            }
        )
    return rows


def mended_list(plan: Plan) -> list[dict[str, Any]]:
    """The list as it would read once it is mended, a row for each line; empty where there is nothing to mend."""
    return [
        {
            "program": Said(x.program),
            "specialty": x.specialty,
            "first_years": [Said(y) for y in x.first_years],
            "assumed": x.assumed_later,
            "year": x.year,
        }
        for x in plan.rank.mended
    ]


def no_year_in_brief(line: RankLine) -> Reason:
    """That a line has no first year, for Home; the page tells how to repair it."""
    return why("line-without-year", assumed=line.assumed_later)


def starts_matter(plan: Plan, s: Situation) -> bool:
    """Whether it matters how a place starts: once applications are out, until the result is known."""
    return not plan.counting and s.result is None


def starts_assumed(s: Situation) -> list[Said]:
    """The programs that met the reader or stand on their list, of which we only assume that they start in the second
    year."""
    return [Said(p) for p in _guessed(s)]


def starts_not_told(s: Situation) -> list[Said]:
    """The programs of which the reader did not say how they start, where both kinds are common enough."""
    return [Said(p) for p in s.starts_not_told]


def starts_not_told_in(s: Situation) -> str:
    """Their specialty, where it is one; else three dots to fill in."""
    return _one_or_dots({x for p in s.starts_not_told if (x := s.specialty_of(p))})


def starts_assumed_in(s: Situation) -> str:
    """Their specialty, where it is one; else three dots to fill in."""
    return _one_or_dots(set(_guessed(s).values()))


def _one_or_dots(kinds: set[str]) -> str:
    return kinds.pop() if len(kinds) == 1 else "…"


def _guessed(s: Situation) -> dict[str, str]:
    return s.guessed_later([*(i.program for i in s.profile.interviews), *(r.program for r in s.profile.rank_list)])


def told_problem(plan: Plan, line: RankLine, problem: Problem) -> Reason:
    """A problem of a line. Where it has no first year: those that the reader met, and those of them above it."""
    link = next((x for x in plan.rank.notes if x.n == line.n and x.id == "link-year"), None)
    return why(
        f"rank-{problem}",
        n=line.n,
        program=line.program,
        specialty=line.specialty,
        assumed=line.assumed_later,
        first_years=list(link.others) if link else [],
        other_programs=list(link.later) if link else [],
        lines=[str(n) for n in link.lines] if link else [],
    )


def told_note(note: RankNote, how: str = "full") -> Reason:
    """What a line can work with and the reader may not mean; `how` is full or brief."""
    return why(
        f"rank-note-{note.id}-{how}",
        n=note.n,
        program=note.program,
        specialty=note.specialty,
        other_programs=list(note.others),
        later_programs=list(note.later),
        lines=[str(n) for n in note.lines],
        liked=note.liked,
        met=note.met,
    )


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


def shown_on_list(plan: Plan, s: Situation) -> list[Reason]:
    """What running the Match on the reader's own list shows."""
    years = {x.n for x in plan.rank.lines if x.year}
    return [
        why(
            f"shown-{x.id}",
            n=x.n,
            other=x.other,
            year=x.n in years,
            must=s.must_start and s.must_start_said,
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

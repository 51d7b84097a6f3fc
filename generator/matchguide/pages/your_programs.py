"""The page of the reader's own programs: rows to filter, what speaks for each, and e-mails to copy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from matchguide.pages.program_table import doubles, told
from matchguide.pages.said import Said
from matchguide.pages.words import Words, listed
from matchguide.plan.reasons import Reason, why
from matchguide.plan.situation import Situation
from matchguide.plan.types import Judged, ListedProgram, Plan, ProgramGate
from matchguide.programs.listed import Listed
from matchguide.programs.together import interviewed

SHOWN = 1_000  # rows on the page; the file that `matchguide programs` writes has all
_STAGES = ("ranked", "interviewed", "invited", "applied", "checked", "", "declined", "rejected")  # how far, in order
_VERDICTS = {"open": 0, "ask": 1, "closed": 2}


@dataclass(frozen=True)
class GateLine:
    """A gate in words: what is demanded, and the cell that says so."""

    state: str
    says: str
    cell: Said | None


@dataclass(frozen=True)
class Row:
    """One program as the page shows it. `attributes` hold what it is filtered by: no word of the reader's."""

    one: ListedProgram
    n: int
    name: Said
    specialty: str
    where: Said | None
    verdict: str
    signal: str
    ask: str
    more: str
    why: tuple[str, ...]
    gates: tuple[GateLine, ...]
    place: str
    attributes: str


def rows(plan: Plan, words: Words) -> list[Row]:
    """Programs on the list first, then those to ask, then the rest, closed ones last; once applications are over,
    those that came further first. Empty without a table."""
    if not plan.brought.programs:
        return []

    def first(i: int) -> tuple[Any, ...]:
        one = plan.programs[i]
        j = one.judged
        stage = 0 if plan.counting else _STAGES.index(progress(plan, j.listed))
        return (stage, not one.take, _VERDICTS[j.verdict], one.signal is None, -j.score, i)

    order = sorted(range(len(plan.programs)), key=first)
    return [_row(plan, plan.programs[i], n, words) for n, i in enumerate(order[:SHOWN], 1)]


def _row(plan: Plan, one: ListedProgram, n: int, words: Words) -> Row:
    j = one.judged
    p = j.listed
    visa = next(g.state for g in j.gates if g.gate == "visa")
    signal = words.said("your-programs-signal", kind=one.signal) if one.signal else ""
    known = {
        "verdict": j.verdict,
        "specialty": p.specialty or "",
        "state": p.state if p.state and len(p.state) == len("NY") and p.state.isalpha() else "",
        "visa": visa,
        "signal": one.signal or "",
        "list": "yes" if one.take else "no",
        "order": str(n),
    }
    stage = progress(plan, p)
    on_list = words.said("your-programs-on-list") if one.take else ""
    more = [x for x in (on_list, signal, words.said(f"progress-{stage}") if stage else "") if x]
    return Row(
        one,
        n,
        Said(p.name),
        words.abbr(p.specialty) if p.specialty else words.said("program-no-specialty"),
        Said(where) if (where := _where(p)) else None,
        j.verdict,
        signal,
        words.said("your-programs-ask-first") if one.take and j.questions else "",
        " · ".join(more),
        tuple(words.marked(r) for r in (*one.because, *j.fit)),
        tuple(GateLine(g.state, words.marked(g.because[0]), _cell(g)) for g in j.gates),
        words.marked(_place(p)),
        " ".join(f'data-{name}="{value}"' for name, value in known.items()),
    )


def on_paper(plan: Plan, words: Words) -> list[tuple[str, str, str]]:
    """The list for paper, three programs a line and short, so that two hundred fit on three pages."""
    mine = [_short(row, words) for row in rows(plan, words) if row.one.take]
    third = -(-len(mine) // len(("left", "middle", "right")))
    columns = (mine[:third], mine[third : third + third], mine[third + third :])
    return list(zip_longest(*columns, fillvalue=""))


def _short(row: Row, words: Words) -> str:
    p = row.one.judged.listed
    where = Said(p.state) if p.state else ""
    signal = {"gold": words.said("paper-gold"), "silver": words.said("paper-silver")}.get(
        str(row.one.signal), row.signal
    )
    ask = words.said("paper-ask") if row.ask else ""
    specialty = "" if p.name.endswith(row.specialty) else row.specialty
    return " · ".join(str(x) for x in (f"{row.n} {row.name}", specialty, where, signal, ask) if x)


def _cell(gate: ProgramGate) -> Said | None:
    cell = next((r.values["cell"] for r in gate.because if "cell" in r.values), "")
    return Said(cell) if cell else None


def _place(p: Listed) -> Reason:
    """Where a program is written, and how old that is."""
    row = None if p.place.in_profile else p.place.row
    return why("program-place", row=row, sheet_name=p.place.sheet, checked=p.checked)


def _where(p: Listed) -> str:
    return p.city if p.city and "," in p.city else ", ".join(x for x in (p.city, p.state) if x)


def progress(plan: Plan, p: Listed) -> str:
    """How far a program is this season: ranked, interviewed, invited, applied, checked; "" where nothing is told."""
    if any(x.program == p.name for x in plan.rank.lines):
        return "ranked"
    if p.interview in ("declined", "rejected"):
        return p.interview
    if p.interview == "done":
        return "interviewed"
    if p.interview == "invited" or p.interview_date:
        return "interviewed" if p.interview_date and p.interview_date.last < plan.on else "invited"
    if p.interview == "applied":
        return "applied"
    return "checked" if p.checked else ""


@dataclass(frozen=True)
class Number:
    """A line of the table of numbers."""

    specialty: str
    planned: int
    on_list: int
    missing: int
    usd: int


def numbers(plan: Plan) -> list[Number]:
    """For each specialty applied to: how many are planned, on the list, and missing."""
    on_list = _counted(plan)
    return [
        Number(
            a.specialty,
            a.planned,
            on_list.get(a.specialty, 0),
            max(0, a.planned - on_list.get(a.specialty, 0)),
            a.fee_usd,
        )
        for a in plan.applications
        if a.planned or a.specialty in on_list
    ]


def _counted(plan: Plan) -> Mapping[str, int]:
    out: dict[str, int] = {}
    for one in plan.programs:
        if one.take and one.judged.listed.specialty:
            out[one.judged.listed.specialty] = out.get(one.judged.listed.specialty, 0) + 1
    return out


def signaled(plan: Plan, group: str, words: Words) -> list[str]:
    """Which programs of the reader's table get which signal of an allotment, and how many are left."""
    of = next((g for g in plan.signals if g.group == group), None)
    if of is None or not plan.brought.programs:
        return []
    given: dict[str, list[str]] = {}
    for one in plan.programs:
        if one.signal and one.judged.listed.specialty in of.specialties:
            given.setdefault(one.signal, []).append(one.judged.listed.name)
    kinds = {"gold": "gold", "silver": "silver", "yes": words.said("your-programs-signal", kind="yes")}
    lines = [
        words.text(why("programs-signaled", kind=kinds[k], other_programs=given[k])) for k in kinds if k in given
    ]
    left = (of.total or 0) - sum(map(len, given.values()))
    return [*lines, words.said("programs-signals-left", left=left)] if left > 0 else lines


@dataclass(frozen=True)
class MayBring:
    """How many interviews the list may bring in a specialty, beside how many programs those stood with who ranked it
    and matched to it, or did not."""

    specialty: str
    programs: int
    interviews: str
    matched: str
    not_matched: str


def may_bring(plan: Plan, s: Situation, words: Words, outcomes: str) -> list[MayBring]:
    """What the list may bring, with the lengths of rank lists as far as they were published; [] once applications are
    over."""
    if plan.expected is None or not plan.counting:
        return []
    lines = []
    for x in plan.expected.interviews:
        item = f"{outcomes}-{s.content.cards[x.specialty].short}-ranks"
        ranked = [_ranked(f"{item}.{group}", s, words) for group in ("matched", "not_matched")]
        interviews = words.said("interviews-between", low=x.low, high=x.high)
        lines.append(MayBring(x.specialty, x.programs, interviews, *ranked))
    return lines


def _ranked(item: str, s: Situation, words: Words) -> str:
    """How many programs stood in a row on the lists of a group: the middle half, of few people the median."""
    has, value = s.content.evidence.has, s.content.evidence.value
    if not has(f"{item}.q1"):
        return words.said("ranked-unknown")
    few = value(f"{item}.n") < s.goal.number("small_group")
    return words.said("ranked-few" if few else "ranked-half", item=item)


def interviews_rest_on(plan: Plan, s: Situation, words: Words) -> str:
    """What the interviews are worked out from, and what the whole list comes to; nothing without a list."""
    if plan.expected is None:
        return ""
    low, *_, high = s.goal.programs.place_after_interview.chances
    return words.said(
        "interviews-rest-on",
        ends=[
            words.said("interviews-ends", specialty=x.specialty, low=x.lowest, high=x.highest)
            for x in plan.expected.interviews
        ],
        place_low=round(low * 100),
        place_high=round(high * 100),
        none_low=plan.expected.no_place[0],
        none_high=plan.expected.no_place[1],
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
    return [_question(plan.programs[i].judged, s, words) for i in plan.questions[:first]] if plan.counting else []


def _question(j: Judged, s: Situation, words: Words) -> Question:
    p = j.listed
    asks = j.questions or ("visa",)  # a box that was not ticked
    about = listed([words.said(f"ask-{gate}") for gate in asks])
    needs = [x for x in ("j1", "h1b") if s.needs in (x, "either")]
    lines = [words.text(why(f"email-{gate}", needs=needs, season=str(s.season.season))) for gate in asks]
    email = words.marked(
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


@dataclass(frozen=True)
class Logged:
    """An interview of the reader's table: when, with whom, what was asked that may not be asked, their mark."""

    name: Said
    specialty: str
    says: tuple[str, ...]


def interview_log(plan: Plan, words: Words) -> list[Logged]:
    """The interviews that the table tells of, by their day."""
    met = [one.judged.listed for one in plan.programs if interviewed(one.judged.listed)]
    met.sort(key=lambda p: (p.interview_date is None, str(p.interview_date)))
    return [_logged(p, words) for p in met]


def _logged(p: Listed, words: Words) -> Logged:
    said = [
        words.text(why("log-day", day=p.interview_date)) if p.interview_date else "",
        words.text(why("log-people", cell=p.people)) if p.people else "",
        words.text(why("program-fit-liked", mark=p.liked)) if p.liked else "",
        words.text(why("log-asked", cell=p.asked)) if p.asked else "",
    ]
    return Logged(Said(p.name), words.abbr(p.specialty) if p.specialty else "", tuple(x for x in said if x))


def told_of_table(plan: Plan, words: Words) -> list[str]:
    """What was not understood in the table, and which programs stand in it twice."""
    return [*told(plan.table.notes, words), *(words.text(r) for r in doubles(plan, words))] if plan.programs else []


def steps(plan: Plan) -> Iterator[tuple[str, int]]:
    """How many of the table's programs are how far, the furthest first."""
    found = [progress(plan, one.judged.listed) for one in plan.programs]
    for stage in _STAGES[: _STAGES.index("")]:
        if number := found.count(stage):
            yield stage, number

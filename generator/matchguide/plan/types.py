"""The plan: ids, numbers, dates and references, frozen. Words are put to it in pages/."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from matchguide.plan.reasons import Reason
from matchguide.profile.values import PartialDate
from matchguide.programs.listed import EMPTY, Listed, Table

State = Literal["open", "closed", "unknown"]
Level = Literal["strong", "middle", "weak", "none"]
From = Literal["advice", "applications", "interviews", "rank list", "place"]
Role = Literal["first", "close", "broad"]
Because = tuple[Reason, ...]


@dataclass(frozen=True)
class Rejected:
    id: str
    because: Because


@dataclass(frozen=True)
class LeftOut:
    """A specialty that the reader marks at least as high as one of the plan, and that the plan leaves out."""

    specialty: str
    because: Because


@dataclass(frozen=True)
class Combination:
    """What to apply to. `id` joins the short names in the order first choice, close, broad backup; `unchanged` are
    changes of the profile that were planned anew too and lead to the same answer."""

    id: str
    specialties: tuple[str, ...]
    roles: Mapping[Role, str | None]
    beside: tuple[str, ...]
    because: Because
    rejected: tuple[Rejected, ...]
    left_out: tuple[LeftOut, ...]
    changes_if: Because
    unchanged: Because
    level: Level
    points: tuple[tuple[str, bool | None], ...]
    conditional: bool
    against: Reason
    against_too: Reason | None
    source: From
    under: tuple[Reason, ...]  # the conditions under which the plan holds, because something is unknown
    level_known: bool


@dataclass(frozen=True)
class PrincipleScore:
    """0 to 4, or None where the data or the reader's word are missing: then anything from low to high."""

    score: float | None
    low: float
    high: float
    because: Because


@dataclass(frozen=True)
class SpecialtyFit:
    """`score` is the weighted mean, 0 to 4; `first_in` the share of plausible weightings that put it first;
    `easier` says whether it is easier to enter than the goal, for this reader."""

    specialty: str
    rank: int
    score: float
    first_in: float
    principles: Mapping[str, PrincipleScore]
    gate: Reason | None = None
    easier: Because = ()


@dataclass(frozen=True)
class Want:
    """What the profile calls for before money is looked at."""

    low: int
    high: int
    planned: int
    because: Because


@dataclass(frozen=True)
class Applications:
    """How many programs of one specialty. `fee_usd` is the upper bound, `fee_low_usd` the lower one."""

    specialty: str
    low: int
    high: int
    planned: int
    fee_usd: int
    fee_low_usd: int
    next_ten_usd: int
    wanted: int
    because: Because


@dataclass(frozen=True)
class LetterUse:
    writer: str
    specialty: str
    status: str
    version: Literal["radiology", "neutral", "own"]
    index: int


@dataclass(frozen=True)
class LetterMissing:
    """`by` is the day, or month, to ask by; `overdue` that our date for it has passed."""

    specialty: str
    by: PartialDate
    overdue: bool
    because: Because

    @property
    def second_version(self) -> bool:
        """Whether a letter that is there lacks its version without radiology; else somebody new is asked."""
        return self.because[0].id == "letter-neutral"

    @property
    def writer(self) -> str | None:
        """The writer whom the reader names for it, as they wrote the name."""
        named = self.because[0].values.get("writer")
        return str(named) if named else None


@dataclass(frozen=True)
class LetterPlan:
    specialty: str
    use: tuple[LetterUse, ...]
    missing: tuple[LetterMissing, ...]

    @property
    def second_versions(self) -> frozenset[int]:
        """The places in the profile of the letters that are asked for in a second version."""
        return frozenset(int(m.because[0].values["index"]) for m in self.missing if m.second_version)


@dataclass(frozen=True)
class Signals:
    """One allotment. gold and silver are None where a specialty has no tiers; total None where none was seen."""

    group: str
    specialties: tuple[str, ...]
    gold: int | None
    silver: int | None
    total: int | None
    advice: tuple[Reason, ...]
    season: int


@dataclass(frozen=True)
class Statement:
    specialty: str
    stress: tuple[str, ...]
    leave_out: tuple[str, ...]
    stories: tuple[int, ...]


@dataclass(frozen=True)
class Gate:
    gate: str
    state: State
    because: Because


@dataclass(frozen=True)
class VisaRoad:
    visa: Literal["j1", "h1b", "none"]
    gates: tuple[Gate, ...]

    @property
    def first_closed(self) -> str | None:
        """The first visa gate that is known to be closed; None where none is."""
        return next((g.gate for g in self.gates if g.state == "closed"), None)


@dataclass(frozen=True)
class Restriction:
    kind: Literal["full", "partial"]
    countries: tuple[str, ...]
    as_of: dt.date
    stale: bool


@dataclass(frozen=True)
class VisaPlan:
    needs: str
    restriction: Restriction | None
    nationality_known: bool
    held: bool
    exempt: bool
    roads: tuple[VisaRoad, ...]
    advice: tuple[Reason, ...]

    @property
    def all_closed(self) -> bool:
        """Whether every visa road of the reader is closed."""
        return all(r.first_closed for r in self.roads)

    @property
    def on_j1(self) -> bool:
        """Whether a J-1 is among the visas that nothing known stops; where all are stopped, among those the reader
        named: for another season."""
        return any(r.visa == "j1" and (self.all_closed or not r.first_closed) for r in self.roads)


@dataclass(frozen=True)
class FirstYears:
    needed: bool
    because: Because


@dataclass(frozen=True)
class Advice:
    """A rule that applies. `due` is None where it has no date; `overdue` that its date is past."""

    id: str
    pages: tuple[str, ...]
    due: PartialDate | None
    overdue: bool
    because: Because
    do: bool


@dataclass(frozen=True)
class Closed:
    what: str
    because: Because


@dataclass(frozen=True)
class Moment:
    """A line of the timeline, of the season or of the reader; a `step` is something for the reader to do. `was` is
    the id under which guides of version 0.1 kept its tick."""

    id: str
    when: PartialDate
    shown: str
    certain: bool
    ours: bool
    past: bool
    source: str | None
    reason: Reason
    step: bool
    was: str = ""


Origin = Literal["said", "assumed", "unknown"]


@dataclass(frozen=True)
class Fact:
    """One thing about the reader and where it comes from: a line of the profile, our assumption, or nowhere yet."""

    value: Any
    origin: Origin


@dataclass(frozen=True)
class Assumption:
    """What is assumed, or unknown and asked. `field` is the line that would correct it; `why` is a reason id."""

    field: str
    assumed: str
    why: Reason
    origin: Origin = "assumed"


@dataclass(frozen=True)
class Card:
    """Something Home says before all else; `see` is the page, or page#section, that helps."""

    id: str
    see: str
    say: Reason


Verdict = Literal["open", "closed", "ask"]


@dataclass(frozen=True)
class ProgramGate:
    """One thing a program demands. `asks`: a question to the program would decide it."""

    gate: str
    state: State
    because: Because
    asks: bool = False


@dataclass(frozen=True)
class Judged:
    """A program with its gates, and its score (a level too) with the reasons for it. `decides` is the first closed
    gate, else the first question; `questions` are the gates to ask about; `old`: its row was checked long ago."""

    listed: Listed
    verdict: Verdict
    gates: tuple[ProgramGate, ...]
    decides: str | None
    questions: tuple[str, ...]
    score: int
    level: Literal["strong", "some", "none"]
    fit: tuple[Reason, ...]
    old: bool


ProgramSignal = Literal["gold", "silver", "yes"]


@dataclass(frozen=True)
class ListedProgram:
    """A program on the reader's list or off it: whether to `take` it, which signal goes to it (`yes` where there is
    one kind), and why. `place` is where it stands among those of its specialty, from 1."""

    judged: Judged
    take: bool
    signal: ProgramSignal | None
    because: Because
    place: int | None = None


@dataclass(frozen=True)
class Gap:
    """How many programs of a specialty the list lacks of what is planned."""

    specialty: str
    planned: int
    have: int


@dataclass(frozen=True)
class Option:
    """One way to spend a sum: so many programs more, what they cost, and in how many more of a thousand such seasons
    there is a place of any kind, from low to high."""

    specialty: str
    number: int
    usd: int
    low: str
    high: str


@dataclass(frozen=True)
class Split:
    """The best way found to spend a sum on several specialties: how many in each. Another adds at most `short`
    percent more (None: none adds more). `alone` would be the best if programs of a specialty did not fail together,
    where that is another."""

    numbers: tuple[tuple[str, int], ...]
    short: str | None
    alone: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class MoreMoney:
    """The best ways to spend a sum on top of what is planned, the better one first, by what the places are worth to
    the reader. `turns` is by what the chances of the second would have to be multiplied to be as good; `sure`: the
    first is better at low, middle and high chances. `split` is a way to spend it on several specialties, where that
    is better than one alone."""

    usd: int
    options: tuple[Option, ...]
    turns: float | None
    sure: bool
    split: Split | None = None


@dataclass(frozen=True)
class Interviews:
    """How many interviews the programs of a specialty on the list may bring, by chances that are assumed: in most
    cases `low` to `high` by the middle ones, from `lowest` by the low to `highest` by the high ones."""

    specialty: str
    programs: int
    low: int
    high: int
    lowest: int
    highest: int


@dataclass(frozen=True)
class Expected:
    """What the list as it is may bring; and in how many of a hundred such seasons it ends without a place, from the
    high chances to the low ones."""

    interviews: tuple[Interviews, ...]
    no_place: tuple[str, str]


@dataclass(frozen=True)
class Marginal:
    """What ten more applications of a specialty cost; and how much likelier they make any place at all, from low to
    high, by the chances that are assumed. None without a table."""

    specialty: str
    next_ten_usd: int
    low: float | None
    high: float | None
    because: Because


Problem = Literal[
    "no-first-year", "first-year-on-categorical", "twice", "not-interviewed", "never-reached", "no-such-program"
]


@dataclass(frozen=True)
class RankLine:
    """One line: `n` counts from 1; `reachable` is whether the line can ever bring what it says; `assumed_later`
    whether we only assume that it starts in the second year; `year` whether it is one year only."""

    n: int
    program: str
    specialty: str | None
    start: str | None
    first_years: tuple[str, ...]
    reachable: bool
    problems: tuple[Problem, ...]
    assumed_later: bool = False
    year: bool = False

    @property
    def years_read(self) -> tuple[str, ...]:
        """The linked first years that the algorithm reads: none under a place that includes its own."""
        return () if "first-year-on-categorical" in self.problems else self.first_years


WalkId = Literal["dead", "taken", "taken-with-years", "no-first-year", "refused", "end"]


@dataclass(frozen=True)
class Walk:
    """What happens if the algorithm comes to a line: ids, numbers and names, for the words."""

    id: WalkId
    n: int
    then: int | None
    first_years: tuple[str, ...]
    program: str = ""
    next_program: str = ""


ShownId = Literal["order", "left-out", "no-first-year"]


@dataclass(frozen=True)
class Shown:
    """Something that running the Match on the reader's own list shows, with the lines it is about."""

    id: ShownId
    n: int
    other: int | None
    program: str
    other_program: str | None
    first_years: tuple[str, ...]


NoteId = Literal["year-above", "unlike-marks", "lowest-specialty", "lowest-program", "link-year"]


@dataclass(frozen=True)
class RankNote:
    """What a line can work with and the reader may not mean: a first year above whole trainings; a line below others
    that they like less; a specialty or program they marked lowest; the first years they met, for a line with none.
    `others` are the programs it is about; `lines` are those of them that stand on the list, and `later` those below
    that start in the second year. `specialty` is the one that was marked, `met` their mark for the program itself."""

    id: NoteId
    n: int
    program: str
    others: tuple[str, ...]
    lines: tuple[int, ...] = ()
    later: tuple[str, ...] = ()
    liked: int | None = None
    specialty: str | None = None
    met: int | None = None


@dataclass(frozen=True)
class RankList:
    lines: tuple[RankLine, ...] = ()
    walks: tuple[Walk, ...] = ()
    shown: tuple[Shown, ...] = ()
    notes: tuple[RankNote, ...] = ()
    mended: tuple[RankLine, ...] = ()

    @property
    def problems(self) -> tuple[tuple[RankLine, Problem], ...]:
        """Each problem of the rank list with its line, from the top."""
        return tuple((x, p) for x in self.lines for p in x.problems)

    @property
    def repairable(self) -> tuple[tuple[RankLine, Problem], ...]:
        """Those that the reader can mend: who met no first year has none to link."""
        none = {note.n for note in self.notes if note.id == "link-year" and not note.others}
        return tuple((x, p) for x, p in self.problems if p != "no-first-year" or x.n not in none)


@dataclass(frozen=True)
class Plan:
    season: int
    on: dt.date
    stage: str
    phase: str
    counting: bool
    combination: Combination
    fit: tuple[SpecialtyFit, ...]
    applications: tuple[Applications, ...]
    fees_usd: int
    fees_low_usd: int
    budget_usd: int | None
    cuts: Because
    letters: tuple[LetterPlan, ...]
    signals: tuple[Signals, ...]
    statements: tuple[Statement, ...]
    visa: VisaPlan
    first_years: FirstYears
    advice: tuple[Advice, ...]
    closed: tuple[Closed, ...]
    timeline: tuple[Moment, ...]
    assumptions: tuple[Assumption, ...]
    facts: Mapping[str, Fact]
    rank: RankList = RankList()
    programs: tuple[ListedProgram, ...] = ()
    questions: tuple[int, ...] = ()  # places in `programs` that an e-mail would decide, worth most first
    gaps: tuple[Gap, ...] = ()
    marginal: tuple[Marginal, ...] = ()
    more_money: MoreMoney | None = None
    expected: Expected | None = None
    table: Table = EMPTY  # every program the reader lists, in the profile or in a table
    brought: Table = EMPTY  # the table alone, as it was read
    first: Card | None = None
    second: tuple[Card, ...] = ()
    if_nothing_sent: tuple[Applications, ...] = ()  # where the profile does not tell, and it may still pay

    def in_plan(self, specialty: str) -> bool:
        """Whether a specialty is in the combination."""
        return specialty in self.combination.specialties

    def role_of(self, specialty: str) -> Role | None:
        """The role of a specialty in the combination; None where it has none."""
        return next((r for r, s in self.combination.roles.items() if s == specialty), None)

    def count(self, specialty: str) -> Applications | None:
        """The applications planned in a specialty; None where none are."""
        return next((a for a in self.applications if a.specialty == specialty), None)

"""What the profile says about one applicant, with what we assume where it is silent. Pure."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from matchguide.content.goal import Goal
from matchguide.content.season import Season
from matchguide.content.store import Content
from matchguide.plan import origins
from matchguide.plan.reasons import Ref
from matchguide.plan.types import Assumption, Fact, Origin
from matchguide.plan.writers import GIVEN, each_once
from matchguide.profile.model import Interview, Letter, Profile, Training, UsTraining
from matchguide.profile.values import Score
from matchguide.programs.listed import EMPTY, Listed, Table
from matchguide.programs.together import interviewed, merged, of_profile

RADIOLOGY = "reads images"

BINDING = ("matched", "first year only", "advanced only")  # results with a place that is taken


@dataclass(frozen=True)
class Situation:
    """The applicant on a day. None means that the profile does not say and nothing may be assumed."""

    profile: Profile
    content: Content
    season: Season
    on: dt.date
    stage: str
    needs: str
    must_start: bool
    assumptions: tuple[Assumption, ...]
    facts: Mapping[str, Fact]
    brought: Table = EMPTY  # the reader's own table of programs, as it was read

    @cached_property
    def table(self) -> Table:
        """The programs of the profile and of the reader's table, as one."""
        if not self.profile.programs:
            return self.brought
        first_years = tuple(c.id for c in self.content.cards.values() if c.kind == "first-year")
        return merged(of_profile(self.profile, first_years), self.brought, self.content.table_words)

    @property
    def programs(self) -> tuple[Listed, ...]:
        """Every program the reader lists, in the profile or in a table."""
        return self.table.programs

    @cached_property
    def _listed(self) -> Mapping[str, Listed]:
        """The first entry of each name that says most of where it begins."""
        by_name = {p.name: p for p in reversed(self.programs)}
        return by_name | {p.name: p for p in reversed(self.programs) if p.start}

    @property
    def goal(self) -> Goal:
        """The decisions about the specialty the applicant wants."""
        return self.content.goals[self.profile.goal.specialty]

    def is_a(self, kind: str, *traits: str) -> bool:
        """Whether a specialty is one of those named, or has one of the traits. An unnamed one sees patients."""
        return kind in self.content.with_trait(*traits) or (kind in ("other", "another") and "clinical" in traits)

    def evidence(self, *items: str) -> tuple[Ref, ...]:
        """References to evidence; a kind such as outcomes:dr stands for the item of this season's year."""
        return tuple(Ref("evidence", self.content.evidence.full(item)) for item in items)

    @property
    def ck(self) -> Score | None:
        """Step 2 CK as told: a score or a range; None where none was told."""
        return self.profile.step2_ck

    def origin(self, field: str) -> Origin:
        """Where a fact comes from; a field that is not tracked was said."""
        return self.facts[field].origin if field in self.facts else "said"

    def assumed(self, line: str) -> bool:
        """Whether a fact was assumed; of attempts whether those of any exam were; of gaps whether there is none."""
        if line == "history.gaps":
            return self.assumed_to_work
        of = [x for x in self.facts if x.endswith(".attempts")] if line.endswith(".attempts") else [line]
        return any(self.origin(x) == "assumed" for x in of)

    @property
    def must_start_said(self) -> bool:
        """Whether the reader said that they must start with this Match, or can wait."""
        return self.origin("goal.if_unmatched") == "said"

    @property
    def canadian_citizen(self) -> bool:
        """Whether the reader names a Canadian passport: then no consulate issues the visa."""
        return "Canada" in self.profile.visa.citizenships

    @property
    def certified(self) -> bool | None:
        """Whether ECFMG has certified the reader; a Step 3 that was sat and a US residency that began imply it
        (evidence h1b-gates, ecfmg-to-begin). None: not said."""
        value: bool | None = self.facts["exams.ecfmg_certified"].value
        return value

    @property
    def on_permit(self) -> bool:
        """Whether no visa is needed only while a permit runs."""
        ground = self.facts.get("visa.ground")
        return ground is not None and ground.value in ("work permit", "asylum")

    @property
    def certificate_in_doubt(self) -> bool:
        """Whether the reader says "not certified" beside a Step 3 or a US residency, which ask for it."""
        return self.profile.exams.ecfmg_certified is False and self.certified is True

    @property
    def certificate_against_ck(self) -> bool:
        """Whether the reader says "Step 2 CK not taken" beside what asks for it: a certificate, a Step 3."""
        return origins.against_ck(self.profile, self.facts)

    @property
    def ck_taken(self) -> bool | None:
        """Whether Step 2 CK was sat; None where nothing says so."""
        result = self.facts["exams.step2_ck.result"].value
        return None if result is None else result != "not taken"

    @property
    def step1(self) -> str | None:
        """pass, fail or not taken; None where nothing says so."""
        value: str | None = self.facts["exams.step1.result"].value
        return value

    @property
    def oet(self) -> str | None:
        """The result of OET Medicine as known; None where it is not."""
        value: str | None = self.facts["exams.oet"].value
        return value

    @property
    def step3(self) -> str:
        """The result of Step 3 as known."""
        return str(self.facts["exams.step3.result"].value)

    @property
    def failed_attempts(self) -> int:
        """Sittings of any Step that were not passed: every attempt but the one that passed."""
        return sum(self._failed.values())

    @property
    def failed_steps(self) -> tuple[str, ...]:
        """The Steps with a failed attempt, by their names."""
        return tuple(name for name, failed in self._failed.items() if failed)

    @property
    def _failed(self) -> dict[str, int]:
        exams, failed = self.profile.exams, {}
        for name, exam, passed in (
            ("Step 1", exams.step1, self.step1 == "pass"),
            ("Step 2 CK", exams.step2_ck, bool(self.ck_taken) and exams.step2_ck.result != "fail"),
            ("Step 3", exams.step3, self.step3 == "pass"),
        ):
            attempts = exam.attempts or 0
            failed[name] = max(attempts, 1) if exam.result == "fail" else max(attempts - 1, 0) if passed else 0
        return failed

    @property
    def years_since_graduation(self) -> int | None:
        """Whole years from graduation to the season's Match; None where the year is not said."""
        graduated = self.profile.applicant.graduated
        return None if graduated is None else max(0, self.season.season - graduated)

    @property
    def radiologist_at_home(self) -> bool:
        """A finished radiologist: a residency that still runs, or was left, is none."""
        return any(self.is_a(t.specialty, RADIOLOGY) and self.finished(t) for t in self.profile.applicant.trained)

    @property
    def in_radiology_training(self) -> bool:
        """Whether a radiology residency abroad still runs."""
        return any(
            self.is_a(t.specialty, RADIOLOGY) and t.left is None and not self.finished(t)
            for t in self.profile.applicant.trained
        )

    def finished(self, training: Training) -> bool:
        """Whether a residency abroad is finished by the season's start."""
        return training.left is None and (training.completed is None or training.completed <= self.on.year)

    @property
    def us_years(self) -> tuple[UsTraining, ...]:
        """US residencies that were not left: the years count, and may replace the first year."""
        return tuple(t for t in self.profile.us_training if not t.left)

    @property
    def in_the_us(self) -> bool:
        """Whether the reader is in the US on this day: as they say, or in a residency there that runs."""
        runs = (t.start and t.start.first <= self.on and (not t.end or self.on <= t.end.last) for t in self.us_years)
        return "in the US now" in self.profile.visa.holds or any(runs)

    @property
    def has_first_year(self) -> bool:
        """Whether a US first year is done, or runs and ends before the season's training starts."""
        start = self.season.day("start_of_training")
        return any(t.end is None or t.end.first <= start for t in self.us_years)

    @property
    def holds_a_first_year_only(self) -> bool:
        """Whether March brought a first year and no training after it."""
        return self.result == "first year only"

    @property
    def lacks_only_a_first_year(self) -> bool:
        """Whether March brought a training that begins in the second year, and no first year."""
        return self.result == "advanced only"

    def first_year_counts_in(self, specialty: str) -> bool:
        """Whether a US first year is a part of a specialty's training, as far as its start tells."""
        cards = self.content.cards
        years = [t.specialty for t in self.us_years]
        goes_on = {specialty} & {*years, *(cards[x].track_of for x in years if x in cards)}
        return bool(goes_on) or cards[specialty].start.pgy2 != "none"

    @property
    def goal_writers_to_ask(self) -> tuple[Letter, ...]:
        """The letters of US writers of the goal's own specialty that are still to be asked for."""
        return tuple(x for x in self.letters_to_ask if x.us and x.specialty == self.goal.specialty)

    @cached_property
    def letters_listed(self) -> tuple[tuple[int, Letter], ...]:
        """Every letter with its place in the profile, each person's once."""
        return each_once(self.profile.letters)

    @property
    def letters(self) -> tuple[Letter, ...]:
        """Letters there are or that were promised; the others count as missing."""
        return tuple(x for _, x in self.letters_listed if x.status in GIVEN)

    def letters_of(self, *kinds: str) -> int:
        """Letters of specialties, or of a trait of theirs."""
        return sum(self.is_a(x.specialty, *kinds) for x in self.letters)

    def promised_of(self, *kinds: str) -> int:
        """Letters of specialties or traits that were promised and are not there yet."""
        return sum(x.status == "promised" and self.is_a(x.specialty, *kinds) for x in self.letters)

    def us_letters_of(self, *kinds: str) -> int:
        """How many letters of specialties or traits come from the US."""
        return sum(bool(x.us) and self.is_a(x.specialty, *kinds) for x in self.letters)

    @property
    def letters_to_ask(self) -> tuple[Letter, ...]:
        """The letters to ask for."""
        return tuple(x for _, x in self.letters_listed if x.status == "to ask")

    def writers_to_ask_of(self, *kinds: str) -> int:
        """How many writers of specialties or traits are named and not asked yet."""
        return sum(self.is_a(x.specialty, *kinds) for x in self.letters_to_ask)

    @property
    def radiology_letters(self) -> int:
        """How many letters come from specialties that read images."""
        return self.letters_of(RADIOLOGY)

    def weeks_in(self, *kinds: str) -> int:
        """Weeks of clinical work in the US, of every kind or of specialties and traits; research is counted apart."""
        return sum(
            u.weeks or 0
            for u in self.profile.experience.us_clinical
            if u.kind != "research" and (not kinds or self.is_a(u.specialty, *kinds))
        )

    @property
    def work_weeks(self) -> int:
        """Weeks in the US in which the reader worked on patients themselves: no research, no watching."""
        return sum(u.weeks or 0 for u in self.profile.experience.us_clinical if u.hands_on)

    def research_weeks_in(self, *kinds: str) -> int:
        """Weeks of research in the US, in specialties and traits."""
        return sum(
            u.weeks or 0
            for u in self.profile.experience.us_clinical
            if u.kind == "research" and self.is_a(u.specialty, *kinds)
        )

    @property
    def us_time_known(self) -> bool:
        """Whether the profile says anything of time in the US, be it none, and how long each stay was."""
        return self.says("experience.us_clinical") and all(u.weeks for u in self.profile.experience.us_clinical)

    def research_in(self, *kinds: str) -> int:
        """How many research projects are in specialties or traits."""
        return sum(self.is_a(r.specialty, *kinds) for r in self.profile.experience.research)

    def stated_enjoyment(self, specialty: str) -> int | None:
        """The reader's own mark for a specialty; None where they gave none."""
        return self.profile.backups.enjoyment.get(specialty)

    def enjoyment(self, specialty: str) -> int:
        """As stated, else what the goal assumes (and the pages ask)."""
        said = self.stated_enjoyment(specialty)
        return said if said is not None else self.goal.count("mark_assumed")

    def may_be_named(self, specialty: str) -> bool:
        """Whether the reader leaves a backup open: not ruled out, and within open_to where that is said."""
        backups = self.profile.backups
        return specialty not in backups.ruled_out and (not backups.open_to or specialty in backups.open_to)

    def could_rank(self, specialty: str) -> bool:
        """Whether a backup may stand in the plan at all: not ruled out, within open_to, and bearable. A low mark
        counts only where the reader also names the specialty under open_to."""
        if not self.may_be_named(specialty):
            return False
        said = self.stated_enjoyment(specialty)
        if said is None or said >= self.goal.count("mark_planned"):
            return True
        return said >= self.goal.count("mark_by_word") and specialty in self.profile.backups.open_to

    def could_begin_in(self, first_year: str) -> bool:
        """Whether a first year may be planned. `open_to` is about backups, so it does not limit first years;
        who could not bear a specialty is not sent through a year of it."""
        whole = self.goal.first_years.ruled_out_with.get(first_year, first_year)
        marks = (self.stated_enjoyment(first_year), self.stated_enjoyment(whole))
        return first_year not in self.profile.backups.ruled_out and self.goal.count("mark_never") not in marks

    @property
    def assumed_to_work(self) -> bool:
        """Whether a radiologist long out of school, who names no gap, is taken for one who works as a radiologist."""
        years, recent = self.years_since_graduation, self.goal.number("recent_years")
        return self.radiologist_at_home and not self.profile.history.gaps and years is not None and years > recent

    @property
    def liked_in_person(self) -> frozenset[str]:
        """The first years of which the reader liked a program that met them."""
        planned = self.goal.count("mark_planned")
        return frozenset(i.specialty for i in self.years_met if (i.liked or 0) >= planned)

    @property
    def years_ranked(self) -> frozenset[str]:
        """The first years of which a program that met the reader is on their list."""
        ranked = {str(line.program) for line in self.profile.rank_list}
        return frozenset(i.specialty for i in self.years_met if str(i.program) in ranked)

    @property
    def years_met(self) -> tuple[Interview, ...]:
        """The interviews for a first year."""
        return tuple(i for i in self.profile.interviews if self.content.cards[i.specialty].kind == "first-year")

    def marked_never(self, specialty: str) -> bool:
        """Whether the reader gave a specialty the lowest mark: what they could not bear."""
        return self.stated_enjoyment(specialty) == self.goal.count("mark_never")

    @property
    def soap_closed_by_marks(self) -> tuple[str, ...]:
        """Of what SOAP has most of, what the reader ruled out or marks lowest; a year of it too, unless that year
        has a mark of its own, or a program of it that met the reader has one or is ranked."""
        never, out = self.goal.count("mark_never"), self.profile.backups.ruled_out
        closed = []
        for x in self.goal.table.soap:
            if x in self.liked_in_person | self.years_ranked:
                continue
            whole = self.content.cards[x].track_of or x
            shut = x in out or (whole in out and self.stated_enjoyment(x) is None)
            if shut or never in (self.stated_enjoyment(x), self.stated_enjoyment(whole)):
                closed.append(x)
        return tuple(closed)

    @property
    def years_closed_by_their_specialty(self) -> tuple[str, ...]:
        """Of these the first years of which the reader said nothing, only no to the whole specialty: to be asked."""
        out = self.profile.backups.ruled_out
        years = (x for x in self.soap_closed_by_marks if self.content.cards[x].kind == "first-year")
        return tuple(x for x in years if x not in out and self.stated_enjoyment(x) is None)

    @property
    def backup_marks(self) -> Mapping[str, int]:
        """The reader's marks of whole trainings that they did not rule out."""
        cards, out = self.content.cards, self.profile.backups.ruled_out
        marks = self.profile.backups.enjoyment.items()
        return {x: mark for x, mark in marks if x not in out and cards[x].kind == "backup"}

    def liked_most_outside(self, held: Collection[str], least: str = "mark_liked") -> Mapping[str, int]:
        """What the reader likes most, with the mark, where nothing `held` has as high a one and it is not below a
        number of the goal; else nothing."""
        marks = self.backup_marks
        most = max(marks.values(), default=0)
        if most < self.goal.count(least) or any(marks.get(x) == most for x in held):
            return {}
        return {x: mark for x, mark in marks.items() if mark == most}

    def tie_in(self, specialty: str) -> bool:
        """Whether the reader named a tie to a program of a specialty."""
        return any(p.tie and p.specialty == specialty for p in self.programs)

    @property
    def knows_someone_in_goal(self) -> bool:
        """Somebody in a program of the goal who would pick up the phone: a tie, or a US letter from it."""
        return self.tie_in(self.goal.specialty) or self.us_letters_of(self.goal.specialty) > 0

    @property
    def applied_to(self) -> Mapping[str, int]:
        """What the reader says was applied to, with numbers where they gave them."""
        applied = self.profile.season_so_far.applied
        return {x: n for x, n in applied.items() if n} if isinstance(applied, dict) else {}

    def on_or_before(self, event: str) -> bool:
        """Whether an event of the season may still be ahead."""
        return self.on <= self.season.last_day(event)

    @property
    def open_season(self) -> bool:
        """Whether this season's applications can have gone out. Before, interviews and lists are only a sketch."""
        return self.on >= self.season.day("submit_from")

    def has_applied(self) -> bool:
        """The profile shows that this season's applications went out."""
        p = self.profile
        shown = p.interviews or p.rank_list or self.applied_to or p.season_so_far.applied == "yes" or self.result
        return self.open_season and bool(shown)

    @property
    def applied_nothing(self) -> bool:
        """The reader says that nothing was sent this season."""
        return self.profile.season_so_far.applied == "nothing" or self.profile.season_so_far.applied == {}

    @property
    def result(self) -> str | None:
        """The result of the Match as told; None where it is not. An advanced place alone is all that was to be
        matched where the first year before it is done or runs."""
        told = self.profile.season_so_far.result
        return "matched" if told == "advanced only" and self.has_first_year else told

    def specialty_of(self, program: str) -> str | None:
        """The specialty of a program the reader names in a rank list, by their interviews and programs."""
        met = {i.program: i.specialty for i in reversed(self.profile.interviews)}
        listed = self._listed.get(program)
        return met.get(program) or (listed.specialty if listed else None)

    @cached_property
    def interviewed(self) -> frozenset[str]:
        """The programs that invited the reader, by the profile or their table."""
        by_table = {p.name for p in self.programs if interviewed(p)}
        return frozenset({i.program for i in self.profile.interviews} | by_table)

    @property
    def sought(self) -> tuple[str, ...]:
        """The specialties, first years apart, that the reader applied to, was interviewed in or ranked."""
        ranked = (self.specialty_of(r.program) for r in self.profile.rank_list)
        every = (*self.applied_to, *(i.specialty for i in self.profile.interviews), *(x for x in ranked if x))
        return tuple(x for x in dict.fromkeys(every) if self.content.cards[x].kind != "first-year")

    @property
    def first_years_sought(self) -> tuple[str, ...]:
        """The kinds of first year the reader applied to, was interviewed for or ranked."""
        ranked = [self.specialty_of(y) for r in self.profile.rank_list for y in (r.program, *r.first_years)]
        every = (*self.applied_to, *(i.specialty for i in self.profile.interviews), *(x for x in ranked if x))
        return tuple(x for x in dict.fromkeys(every) if self.content.cards[x].kind == "first-year")

    @property
    def advanced_interviews(self) -> int:
        """Interviews for places that start in the second year."""
        return sum(self.begins_later(i.program, i.specialty) for i in self.profile.interviews)

    def begins_later(self, program: str, specialty: str) -> bool:
        """Whether a program's place starts in the second year: as the reader wrote it, else as most do."""
        start = self.start_of(program)
        return start == "pgy2" or (start is None and self.starts_in_second_year(specialty))

    @property
    def starts_guessed(self) -> tuple[str, ...]:
        """The programs on the rank list, or else that met the reader, of which we only assume that they start in the
        second year."""
        ranked = [r.program for r in self.profile.rank_list]
        return tuple(self.guessed_later(ranked or [i.program for i in self.profile.interviews]))

    @property
    def starts_not_told(self) -> tuple[str, ...]:
        """The programs on the rank list, or else that met the reader, whose start they did not say although it may be
        the second year; none where a first year is done."""
        if self.has_first_year:
            return ()
        ranked = [r.program for r in self.profile.rank_list]
        kinds = {p: self.specialty_of(p) for p in ranked or [i.program for i in self.profile.interviews]}
        return tuple(p for p, x in kinds.items() if x and self.may_begin_later(p, x))

    def may_begin_later(self, program: str, specialty: str) -> bool:
        """Whether a place may start in the second year although most of its specialty do not, or not most."""
        some = self.content.cards[specialty].start.pgy2 != "none"
        return some and self.start_of(program) is None and not self.begins_later(program, specialty)

    def guessed_later(self, programs: Iterable[str]) -> dict[str, str]:
        """Of programs those, with their specialties, of which we only assume that they start in the second year."""
        kinds = {p: x for p in programs if (x := self.specialty_of(p))}
        return {p: x for p, x in kinds.items() if self.start_of(p) is None and self.begins_later(p, x)}

    def says(self, line: str) -> bool:
        """Whether a line of the profile, as "experience.us_clinical", is there at all."""
        part: Any = self.profile
        for name in line.split("."):
            if name not in getattr(part, "model_fields_set", ()):
                return False
            part = getattr(part, name)
        return True

    def starts_in_second_year(self, specialty: str) -> bool:
        """Whether a specialty has places that start in PGY-2 in numbers."""
        return self.content.cards[specialty].start.pgy2 in self.goal.first_years.needed_when_pgy2_is

    @property
    def j1_years_used(self) -> int:
        """Whole years of US training on a J-1 that are done or begun by the season's start of training."""
        begin = self.season.day("start_of_training")
        years = 0.0
        for t in self.profile.us_training:
            if t.visa == "j1" and t.start:
                end = min(t.end.last if t.end else begin, begin)
                years += max(0, (end - t.start.first).days) / 365
        return round(years)

    def start_of(self, program: str) -> str | None:
        """pgy1 or pgy2 as the reader wrote it for a program, else by its specialty where all places begin alike."""
        listed = self._listed.get(program)
        if listed and listed.start:
            return "pgy2" if listed.start in ("advanced", "physician") else "pgy1"
        specialty = self.specialty_of(program)
        card = self.content.cards.get(specialty or "")
        return "pgy1" if card and card.start.pgy1 == "all" else None


def read(profile: Profile, content: Content, season: Season, on: dt.date, brought: Table = EMPTY) -> Situation:
    """The situation on a day, each fact with its origin, and every assumption and open question."""
    content = content.of_season(season.season)
    decisions = content.goals[profile.goal.specialty]
    known = origins.facts(profile, decisions, season, on)
    return Situation(
        profile,
        content,
        season,
        on,
        season.stage(on),
        known["visa.needs"].value,
        known["goal.if_unmatched"].value != "can_wait",
        origins.assumptions(
            profile,
            known,
            decided=on > season.day("match_day") or profile.season_so_far.result in BINDING,
            marks=_marks_of_use(profile, content, season, on),
        ),
        known,
        brought,
    )


def _marks_of_use(profile: Profile, content: Content, season: Season, on: dt.date) -> tuple[str, ...] | None:
    """The specialties applied to or interviewed for, whose marks still order something; none once there is a rank
    list or a place that binds until training begins, and None where nothing of that happened, or the Match has
    decided otherwise."""
    so_far = profile.season_so_far
    if so_far.result in BINDING and on < season.day("start_of_training"):
        return ()
    if on < season.day("submit_from") or on > season.day("match_day") or so_far.result:
        return None
    if profile.rank_list:
        return ()
    applied = so_far.applied if isinstance(so_far.applied, dict) else {}
    happened = (*(x for x, n in applied.items() if n), *(i.specialty for i in profile.interviews))
    main = tuple(x for x in dict.fromkeys(happened) if content.cards[x].kind != "first-year")
    return main if happened else None

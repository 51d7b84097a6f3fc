"""What the profile says about one applicant, with what we assume where it is silent. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from matchguide.content.goal import Goal
from matchguide.content.season import Season
from matchguide.content.store import Content
from matchguide.plan.reasons import Ref, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.types import Assumption
from matchguide.profile.model import Letter, Profile
from matchguide.profile.values import Score

RADIOLOGY = "reads images"


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

    @property
    def goal(self) -> Goal:
        """The decisions about the specialty the applicant wants."""
        return self.content.goals[self.profile.goal.specialty]

    def is_a(self, kind: str, *traits: str) -> bool:
        """Whether a specialty is one of those named, or has one of the traits. An unnamed one sees patients."""
        return kind in self.content.with_trait(*traits) or (kind == "other" and "clinical" in traits)

    def evidence(self, *items: str) -> tuple[Ref, ...]:
        """References to evidence; a kind such as outcomes:dr stands for the item of this season's year."""
        return tuple(Ref("evidence", self.content.evidence.full(item)) for item in items)

    @property
    def ck(self) -> Score | None:
        return self.profile.step2_ck

    @property
    def ck_taken(self) -> bool:
        return self.ck is not None or self.profile.exams.step2_ck.result in ("pass", "fail")

    @property
    def step1(self) -> str:
        """pass, fail or not taken; a Step 1 that is not named is taken for passed once there is a CK score."""
        said = self.profile.exams.step1.result
        if said:
            return str(said)
        step1 = self.profile.exams.step1
        taken = step1.score is not None or self.ck is not None
        return "pass" if taken else "not taken"

    @property
    def oet(self) -> str:
        return str(self.profile.exams.oet.result or "not taken")

    @property
    def step3(self) -> str:
        return str(self.profile.exams.step3.result or "not taken")

    @property
    def failed_attempts(self) -> int:
        """Sittings of any Step that were not passed: every attempt but the one that passed."""
        exams, failed = self.profile.exams, 0
        for exam, passed in (
            (exams.step1, self.step1 == "pass"),
            (exams.step2_ck, self.ck_taken and exams.step2_ck.result != "fail"),
            (exams.step3, self.step3 == "pass"),
        ):
            attempts = exam.attempts or 0
            if exam.result == "fail":
                failed += max(attempts, 1)
            elif passed:
                failed += max(attempts - 1, 0)
        return failed

    @property
    def years_since_graduation(self) -> int | None:
        graduated = self.profile.applicant.graduated
        return None if graduated is None else max(0, self.season.season - graduated)

    @property
    def radiologist_at_home(self) -> bool:
        return any(self.is_a(t.specialty, RADIOLOGY) for t in self.profile.applicant.trained)

    @property
    def letters(self) -> tuple[Letter, ...]:
        """Letters there are or that were promised; "to ask" counts as missing."""
        return tuple(x for x in self.profile.letters if x.status != "to ask")

    def letters_of(self, *kinds: str) -> int:
        """Letters of specialties, or of a trait of theirs."""
        return sum(self.is_a(x.specialty, *kinds) for x in self.letters)

    def us_letters_of(self, *kinds: str) -> int:
        return sum(x.us and self.is_a(x.specialty, *kinds) for x in self.letters)

    @property
    def radiology_letters(self) -> int:
        return self.letters_of(RADIOLOGY)

    def weeks_in(self, *kinds: str) -> int:
        """Weeks of clinical work in the US, of every kind or of specialties and traits; research is counted apart."""
        return sum(
            u.weeks or 0
            for u in self.profile.experience.us_clinical
            if u.kind != "research" and (not kinds or self.is_a(u.specialty, *kinds))
        )

    @property
    def us_research_weeks(self) -> int:
        return sum(
            u.weeks or 0
            for u in self.profile.experience.us_clinical
            if u.kind == "research" and self.is_a(u.specialty, RADIOLOGY)
        )

    def research_in(self, *kinds: str) -> int:
        return sum(self.is_a(r.specialty, *kinds) for r in self.profile.experience.research)

    def stated_enjoyment(self, specialty: str) -> int | None:
        return self.profile.backups.enjoyment.get(specialty)

    def enjoyment(self, specialty: str) -> int:
        """As stated, else what the goal assumes (and the pages ask)."""
        said = self.stated_enjoyment(specialty)
        return said if said is not None else self.goal.count("mark_assumed")

    def could_rank(self, specialty: str) -> bool:
        """Whether a backup may stand in the plan at all: not ruled out, within open_to, and bearable. A low mark
        counts only where the reader also names the specialty under open_to."""
        backups = self.profile.backups
        if specialty in backups.ruled_out or (backups.open_to and specialty not in backups.open_to):
            return False
        said = self.stated_enjoyment(specialty)
        if said is None or said >= self.goal.count("mark_planned"):
            return True
        return said >= self.goal.count("mark_by_word") and specialty in backups.open_to

    def could_begin_in(self, first_year: str) -> bool:
        """Whether a first year may be planned. `open_to` is about backups, so it does not limit first years;
        who could not bear a specialty is not sent through a year of it."""
        whole = self.goal.first_years.ruled_out_with.get(first_year, first_year)
        marks = (self.stated_enjoyment(first_year), self.stated_enjoyment(whole))
        return first_year not in self.profile.backups.ruled_out and self.goal.count("mark_never") not in marks

    def tie_in(self, specialty: str) -> bool:
        return any(p.tie and p.specialty == specialty for p in self.profile.programs)

    @property
    def knows_someone_in_goal(self) -> bool:
        """Somebody in a program of the goal who would pick up the phone: a tie, or a US letter from it."""
        return self.tie_in(self.goal.specialty) or self.us_letters_of(self.goal.specialty) > 0

    def has_applied(self) -> bool:
        """The profile shows that this season's applications went out."""
        return bool(self.profile.interviews or self.profile.rank_list)


def read(profile: Profile, content: Content, season: Season, on: dt.date) -> Situation:
    """The situation on a day, with every assumption that was needed."""
    content = content.of_season(season.season)
    assumed: list[Assumption] = []

    def assume(field: str, value: str, reason: str) -> str:
        assumed.append(Assumption(field, value, why(reason, *line(field))))
        return value

    applicant, visa, exams, goal = profile.applicant, profile.visa, profile.exams, profile.goal
    if applicant.status is None:
        assume("applicant.status", "non-us-img", "assume-status")
    needs = str(visa.needs) if visa.needs else ""
    if "green card" in visa.holds:
        needs = needs or "none"
    needs = needs or assume("visa.needs", "j1", "assume-visa")
    if goal.season is None:
        assume("goal.season", str(season.season), "assume-season")
    if goal.if_unmatched is None:
        assume("goal.if_unmatched", "must_start", "assume-must-start")
    if applicant.graduated is None:
        assume("applicant.graduated", "unknown", "assume-graduated")
    if exams.step1.result is None:
        taken = exams.step1.score is not None or profile.step2_ck is not None
        assume("exams.step1.result", "pass" if taken else "not taken", "assume-step1")
    if exams.step2_ck.score is None and exams.step2_ck.result is None:
        assume("exams.step2_ck.score", "not taken", "assume-ck")
    ck = profile.step2_ck
    if ck is not None and ck.low != ck.high:
        assume("exams.step2_ck.score", f"{ck.middle:g}", "assume-decade")
    taken_exams: Mapping[str, bool] = {
        "exams.step1.attempts": exams.step1.attempts is None and exams.step1.result == "pass",
        "exams.step2_ck.attempts": exams.step2_ck.attempts is None and profile.step2_ck is not None,
    }
    for field, silent in taken_exams.items():
        if silent:
            assume(field, "1", "assume-attempts")
    if exams.step3.result is None:
        assume("exams.step3.result", "not taken", "assume-step3")
    if exams.oet.result is None:
        assume("exams.oet", "not taken", "assume-oet")
    if needs != "none" and not visa.citizenships:
        assume("visa.citizenships", "unknown", "assume-citizenship")
    if needs in ("h1b", "either") and not visa.birth_country:
        assume("visa.birth_country", "unknown", "assume-birth")
    if needs in ("j1", "either") and not visa.residence_country:
        assume("visa.residence_country", "unknown", "assume-residence")
    decisions = content.goals[goal.specialty]
    for specialty in decisions.table.ask_first:
        backups = profile.backups
        open_here = not backups.open_to or specialty in backups.open_to
        if specialty not in backups.enjoyment and specialty not in backups.ruled_out and open_here:
            value = str(decisions.number("mark_assumed"))
            reason = why("assume-enjoyment", *line("backups.enjoyment"), specialty=specialty)
            assumed.append(Assumption(f"backups.enjoyment.{specialty}", value, reason))
    if not profile.letters:
        assume("letters", "none", "assume-letters")
    return Situation(
        profile,
        content,
        season,
        on,
        season.stage(on),
        needs,
        goal.if_unmatched != "can_wait",
        tuple(assumed),
    )

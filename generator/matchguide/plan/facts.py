"""What expressions see of one applicant: every name of expressions.VOCABULARY, the goal's numbers and conditions.

A fact is computed when an expression asks for it. None stands for what the profile does not say.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from matchguide.content import expressions
from matchguide.content.expressions import evaluate, holds
from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.profile.model import Step, Step2CK


class Facts(Mapping[str, Any]):
    """The facts of a situation, and what a stage of the plan adds to them."""

    def __init__(self, s: Situation, added: Mapping[str, Any] | None = None) -> None:
        self.situation = s
        self._known: dict[str, Any] = dict(added or {})

    def __getitem__(self, name: str) -> Any:
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> Any:
        goal = self.situation.goal
        if name in goal.conditions:
            return evaluate(goal.conditions[name].when, self).value
        if name in goal.numbers:
            return goal.number(name)
        return FACTS[name](self.situation)

    def __iter__(self) -> Iterator[str]:
        yield from (*FACTS, *self.situation.goal.conditions, *self.situation.goal.numbers)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def true(self, expression: str) -> bool:
        """Whether an expression is true; what only the reader knows is not."""
        return holds(expression, self)

    def with_more(self, **added: Any) -> "Facts":
        """The same facts and some more. What was computed from the old ones is computed anew."""
        return Facts(self.situation, {**{k: v for k, v in self._known.items() if k in ADDED}, **added})


def _exam_weeks(s: Situation, exam: str) -> int:
    return s.goal.count(f"weeks_{exam}")


def _exams_missing(s: Situation) -> list[str]:
    """The Steps that must be passed and, by the reader's word, are not: step1, step2_ck."""
    said_open = {"step1": s.step1 in ("not taken", "fail"), "step2_ck": s.ck_taken is False}
    return [exam for exam, still in said_open.items() if still]


def _said_open(s: Situation) -> bool:
    """Whether the reader says that a Step 1 or Step 2 CK is not passed."""
    return bool(_exams_missing(s)) or s.profile.exams.step2_ck.result == "fail"


def _may_have_applied(s: Situation) -> bool:
    """Applications went out; or programs read, no Step is said to be open, and nothing is said of applying."""
    silent = s.profile.season_so_far.applied is None and s.on >= s.season.day("review_from")
    return s.has_applied() or (silent and not _said_open(s))


def _step(s: Situation, exam: str) -> Step | Step2CK:
    return s.profile.exams.step1 if exam == "step1" else s.profile.exams.step2_ck


def _exam_weeks_needed(s: Situation) -> int:
    """Weeks for the missing Steps that are not booked."""
    return sum(_exam_weeks(s, e) for e in _exams_missing(s) if _step(s, e).date is None)


def _exams_too_late(s: Situation) -> bool:
    """Whether a missing Step, booked or not, would report after letters and scores are due."""
    missing = _exams_missing(s)
    due = s.season.day("letters_in")
    booked = [d.first for e in missing if (d := _step(s, e).date)]
    late = any((due - day) < dt.timedelta(weeks=_exam_weeks(s, "score_report")) for day in booked)
    return bool(missing) and (late or (due - s.on) < dt.timedelta(weeks=_exam_weeks_needed(s)))


def _oet_too_late(s: Situation) -> bool:
    """Whether an OET that the reader says is not passed can no longer be reported before rank lists are due."""
    oet = s.profile.exams.oet
    if s.certified or oet.result not in ("not taken", "fail") or s.stage == "after":
        return False
    booked = oet.date.last if oet.date and oet.date.last >= s.on else None
    weeks = _exam_weeks(s, "score_report" if booked else "oet")
    return s.season.day("rank_lists_due") - (booked or s.on) < dt.timedelta(weeks=weeks)


def _broad_backup(s: Situation) -> str | None:
    """The broad backup the reader marks highest, of those that need no word of theirs and those they marked or named;
    of equal marks the first in the goal's order. Where that one is our guess and their score is in its lowest
    quarter, one with as high a mark of theirs, in whose lowest quarter it is not, stands before it. The floor is the
    reader's."""
    from matchguide.plan.choice import score_is_low

    table, backups = s.goal.table, s.profile.backups
    possible = [x for x in table.broad_order if s.could_rank(x)]
    named = [x for x in possible if x in table.unasked or x in backups.enjoyment or x in backups.open_to]
    best = max(named, key=s.enjoyment, default=None)  # of equal marks the first in the goal's order
    if best is None or best in backups.enjoyment or not score_is_low(s, best, "matched"):
        return best
    theirs = (x for x in named if x in backups.enjoyment and s.enjoyment(x) == s.enjoyment(best))
    return next((x for x in theirs if not score_is_low(s, x, "matched")), best)


def _may_travel(s: Situation) -> bool:
    """Whether a stay in the US may be named at all."""
    from matchguide.plan.visa import plan

    return plan(s).restriction is None or s.in_the_us


def _on_the_list(s: Situation) -> bool:
    from matchguide.plan.visa import on_the_list

    return on_the_list(s)


def _listed_named(s: Situation) -> list[str]:
    from matchguide.plan.visa import listed_named

    return listed_named(s)


def _phase(s: Situation) -> str:
    from matchguide.plan.phase import phase

    return phase(s)


def _rank_problems(s: Situation) -> int:
    from matchguide.plan.ranks import read

    return len(read(s).problems)


def _rank_repairable(s: Situation) -> int:
    from matchguide.plan.ranks import read

    return len(read(s).repairable)


def _years_above(s: Situation) -> int:
    from matchguide.plan.ranks import read

    return sum(note.id == "year-above" for note in read(s).notes)


def _only_years_ranked(s: Situation) -> bool:
    """Whether every line of the rank list is one year only."""
    from matchguide.plan.ranks import read

    lines = read(s).lines
    return bool(lines) and all(x.year for x in lines)


def _level(s: Situation) -> str:
    from matchguide.plan.level import level

    return level(s)[0]


def _level_known(s: Situation) -> bool:
    from matchguide.plan.level import level

    return level(s)[1]


def _if_letters_known(s: Situation, count: Callable[..., int]) -> Callable[..., int | None]:
    """Counts letters; nothing is known once silence about them is a question."""
    return lambda *kinds: None if s.facts["letters"].value is None else count(*kinds)


def _first_attempts(s: Situation) -> bool | None:
    """Whether every Step taken was passed at the first attempt; None where a result or its attempts are not said."""
    if s.failed_attempts:
        return False
    exams = s.profile.exams
    passed = [
        exam
        for exam, taken in (
            (exams.step1, s.step1 == "pass"),
            (exams.step2_ck, s.ck_taken),
            (exams.step3, s.step3 == "pass"),
        )
        if taken
    ]
    return True if passed and all(exam.attempts == 1 for exam in passed) else None


FACTS: Mapping[str, Callable[[Situation], Any]] = {
    "status": lambda s: str(s.profile.applicant.status or "non-us-img"),
    "canadian_school": lambda s: s.profile.applicant.school_country == "Canada",
    "school_country": lambda s: s.profile.applicant.school_country,
    "years_since_graduation": lambda s: s.years_since_graduation,
    "trained": lambda s: tuple(t.specialty for t in s.profile.applicant.trained),
    "trained_in": lambda s: lambda *kinds: any(s.is_a(t.specialty, *kinds) for t in s.profile.applicant.trained),
    "radiologist_at_home": lambda s: s.radiologist_at_home,
    "in_radiology_training": lambda s: s.in_radiology_training,
    "ck": lambda s: s.ck.middle if s.ck else None,
    "ck_taken": lambda s: s.ck_taken,
    "failed_attempts": lambda s: s.failed_attempts,
    "failed_steps": lambda s: s.failed_steps,
    "first_attempts": _first_attempts,
    "step1": lambda s: s.step1,
    "step1_score": lambda s: s.profile.exams.step1.score,
    "step1_year": lambda s: s.profile.exams.step1.date.year if s.profile.exams.step1.date else None,
    "step2_ck_result": lambda s: s.profile.exams.step2_ck.result,
    "step_said_open": _said_open,
    "steps_unknown": lambda s: s.step1 is None or s.ck_taken is None,
    "score_unknown": lambda s: s.ck is None and s.ck_taken is not False,
    "step3": lambda s: s.step3,
    "oet": lambda s: s.oet,
    "ck_booked": lambda s: bool(s.profile.exams.step2_ck.date and s.profile.exams.step2_ck.date.last >= s.on),
    "oet_booked": lambda s: bool(s.profile.exams.oet.date and s.profile.exams.oet.date.last >= s.on),
    "oet_too_late": _oet_too_late,
    "certificate_in_doubt": lambda s: s.certificate_in_doubt,
    "certificate_against_ck": lambda s: s.certificate_against_ck,
    "ecfmg_certified": lambda s: s.certified,
    "latest_step_failed": lambda s: s.profile.exams.step2_ck.result == "fail" or s.step1 == "fail",
    "exams_missing": _exams_missing,
    "exams_too_late": _exams_too_late,
    "exam_weeks_needed": _exam_weeks_needed,
    "visa_needs": lambda s: s.needs,
    "h1b_only": lambda s: s.needs == "h1b",
    "visa_said": lambda s: s.origin("visa.needs") == "said",
    "birth_known": lambda s: s.profile.visa.birth_country is not None,
    "residence_known": lambda s: s.profile.visa.residence_country is not None,
    "dual_national": lambda s: len(s.profile.visa.citizenships) > 1,
    "holds": lambda s: tuple(dict.fromkeys([*s.profile.visa.holds, *(["in the US now"] if s.in_the_us else [])])),
    "may_travel": _may_travel,
    "on_the_list": _on_the_list,
    "listed_named": _listed_named,
    "list_is_old": lambda s: s.content.evidence.item("entry-restrictions").stale(s.on),
    "citizen": lambda s: (
        s.origin("visa.ground") == "said" and s.facts["visa.ground"].value == "citizen"
        if "visa.ground" in s.facts
        else False
    ),
    "ground": lambda s: s.facts["visa.ground"].value if "visa.ground" in s.facts else None,
    "status_now": lambda s: s.profile.visa.status_now.kind if s.profile.visa.status_now else None,
    # Who writes the Statement of Need: the country of residence, else, where it is not told, of citizenship.
    "canadian": lambda s: (
        s.canadian_citizen
        if s.profile.visa.residence_country is None
        else s.profile.visa.residence_country == "Canada"
    ),
    "canadian_citizen": lambda s: s.canadian_citizen,
    "in_us_training": lambda s: bool(s.us_years),
    "left_training": lambda s: (
        any(t.left for t in s.profile.us_training) or any(t.left is not None for t in s.profile.applicant.trained)
    ),
    "training_abroad_open": lambda s: any(t.left is None and not s.finished(t) for t in s.profile.applicant.trained),
    "has_first_year": lambda s: s.has_first_year,
    "j1_years_used": lambda s: s.j1_years_used,
    "couple": lambda s: s.profile.goal.couple is not None,
    "together": lambda s: s.profile.goal.couple.together if s.profile.goal.couple else None,
    "must_start": lambda s: s.must_start,
    "must_start_said": lambda s: s.must_start_said,
    "budget": lambda s: s.profile.limits.budget_usd,
    "previous_matches": lambda s: s.profile.history.previous_matches or 0,
    "gaps": lambda s: len(s.profile.history.gaps),
    "letters_total": lambda s: len(s.letters) if s.facts["letters"].value is not None else None,
    "letters_in_hand": lambda s: sum(x.status != "promised" for x in s.letters),
    "letters_unknown": lambda s: s.facts["letters"].value is None,
    "letters_known": lambda s: s.origin("letters") == "said",
    "us_letters": lambda s: sum(bool(x.us) for x in s.letters),
    "weekend": lambda s: s.on.weekday() >= calendar.SATURDAY,
    "goal_writer_to_ask": lambda s: bool(s.goal_writers_to_ask),
    "writers_to_ask": lambda s: len(s.letters_to_ask),
    "letters_of": lambda s: _if_letters_known(s, s.letters_of),
    "to_ask_of": lambda s: s.writers_to_ask_of,
    "us_letters_of": lambda s: _if_letters_known(s, s.us_letters_of),
    "knows_someone_in_goal": lambda s: s.knows_someone_in_goal,
    "weeks_in": lambda s: s.weeks_in,
    "us_weeks": lambda s: s.weeks_in(),
    "us_work_weeks": lambda s: s.work_weeks,
    "radiology_research_weeks": lambda s: s.research_weeks_in(RADIOLOGY),
    "us_time_known": lambda s: s.us_time_known,
    "research_in": lambda s: s.research_in,
    "publications": lambda s: s.profile.experience.totals.publications,
    "enjoys": lambda s: s.stated_enjoyment,
    "mark": lambda s: s.enjoyment,
    "could_rank": lambda s: s.could_rank,
    "could_begin_in": lambda s: s.could_begin_in,
    "ruled_out": lambda s: lambda x: x in s.profile.backups.ruled_out,
    "limited": lambda s: bool(s.profile.backups.open_to),
    "is_a": lambda s: s.is_a,
    "broad_backup": _broad_backup,
    "story_for": lambda s: lambda x: sum(x in story.fits for story in s.profile.stories),
    "unmarked_broad": lambda s: [
        x for x in s.goal.table.broad_order if s.may_be_named(x) and s.stated_enjoyment(x) is None
    ],
    "liked_broad_unsent": lambda s: [
        x
        for x in s.goal.table.broad_order
        if s.may_be_named(x) and x not in s.sought and (s.stated_enjoyment(x) or 0) >= s.goal.count("mark_liked")
    ],
    "stories_total": lambda s: len(s.profile.stories),
    "programs_listed": lambda s: len(s.programs),
    "table_brought": lambda s: bool(s.brought.programs),
    "tie_in": lambda s: s.tie_in,
    "liked_in_person": lambda s: s.liked_in_person.__contains__,
    "interviews_total": lambda s: len(s.profile.interviews),
    "first_year_interviews": lambda s: len(s.years_met),
    "first_years_sought": lambda s: len(s.first_years_sought),
    "interviews_of": lambda s: lambda *kinds: sum(s.is_a(i.specialty, *kinds) for i in s.profile.interviews),
    "interview_ahead": lambda s: any(i.date and i.date.last >= s.on for i in s.profile.interviews),
    "unmarked_interviews": lambda s: sum(
        i.liked is None and (i.date is None or i.date.last < s.on) for i in s.profile.interviews
    ),
    "advanced_interviews": lambda s: s.advanced_interviews,
    "has_applied": lambda s: s.has_applied(),
    "may_have_applied": _may_have_applied,
    "applied_nothing": lambda s: s.applied_nothing,
    "applied_known": lambda s: s.profile.season_so_far.applied is not None,
    "applied_to": lambda s: lambda x: s.applied_to.get(x, 0),
    "applications_total": lambda s: sum(s.applied_to.values()),
    "specialties_applied": lambda s: sum(
        n > 0 and s.content.cards[x].kind != "first-year" for x, n in s.applied_to.items()
    ),
    "sought_radiology": lambda s: not s.sought or any(s.is_a(x, RADIOLOGY) for x in s.sought),
    "result": lambda s: s.result,
    "place_known": lambda s: s.profile.season_so_far.place is not None,
    "ranked": lambda s: bool(s.profile.rank_list),
    "rank_problems": _rank_problems,
    "rank_repairable": _rank_repairable,
    "starts_guessed": lambda s: len(s.starts_guessed),
    "starts_not_told": lambda s: len(s.starts_not_told),
    "years_above": _years_above,
    "only_years_ranked": _only_years_ranked,
    "registered": lambda s: s.profile.season_so_far.registered,
    "list_certified": lambda s: s.profile.season_so_far.certified_list,
    "phase": _phase,
    "stage": lambda s: s.stage,
    "season": lambda s: s.season.season,
    "days_since": lambda s: lambda event: (s.on - s.season.day(event)).days,
    "days_past": lambda s: lambda event: (s.on - s.season.last_day(event)).days,
    "level": _level,
    "level_known": _level_known,
}
# What later stages of the plan add, each for the expressions that come after it.
ADDED = frozenset(expressions.VOCABULARY) - frozenset(FACTS)

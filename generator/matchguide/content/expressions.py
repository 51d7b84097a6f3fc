"""The small expressions of content files (`when`), run in Jinja's sandbox over a closed vocabulary.

What a reader has not said is `Nothing`: comparing it is never an error, is false, and is remembered, so that a
line can be shown as "only you know". `none` in an expression equals it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

_ENV = ImmutableSandboxedEnvironment()

# Each name, and the profile field (or "plan", "season") it stands for: what a reason can point to.
VOCABULARY: Mapping[str, str] = {
    "status": "applicant.status",
    "school_country": "applicant.school_country",
    "years_since_graduation": "applicant.graduated",
    "trained": "applicant.trained",
    "radiologist_at_home": "applicant.trained",
    "home_radiology_years": "applicant.trained",
    "ck": "exams.step2_ck.score",
    "ck_taken": "exams.step2_ck.score",
    "failed_attempts": "exams.step1.attempts",
    "step1": "exams.step1.result",
    "step1_score": "exams.step1.score",
    "step1_year": "exams.step1.date",
    "step3": "exams.step3.result",
    "oet": "exams.oet",
    "oet_booked": "exams.oet",
    "ecfmg_certified": "exams.ecfmg_certified",
    "visa_needs": "visa.needs",
    "h1b_only": "visa.needs",
    "restriction": "visa.citizenships",
    "hold": "visa.birth_country",
    "citizenship_known": "visa.citizenships",
    "birth_known": "visa.birth_country",
    "residence_known": "visa.residence_country",
    "dual_national": "visa.citizenships",
    "holds": "visa.holds",
    "must_start": "goal.if_unmatched",
    "budget": "limits.budget_usd",
    "previous_matches": "history.previous_matches",
    "gaps": "history.gaps",
    "letters_total": "letters",
    "us_letters": "letters",
    "letters_of": "letters",
    "weeks_in": "experience.us_clinical",
    "us_weeks": "experience.us_clinical",
    "research_in": "experience.research",
    "publications": "experience.totals.publications",
    "enjoys": "backups.enjoyment",
    "story_for": "stories",
    "stories_total": "stories",
    "programs_listed": "programs",
    "interviews_total": "interviews",
    "first_year_interviews": "interviews",
    "stage": "season",
    "season": "season",
    "in_plan": "plan",
    "combination": "plan",
    "close": "plan",
    "broad": "plan",
    "ir_level": "plan",
    "first_years_needed": "plan",
    "letters_missing": "plan",
    "needs_us_stays": "plan",
    # What has happened, and when it is.
    "phase": "season",
    "counting": "plan",
    "days_past": "season",
    "result": "season_so_far.result",
    "place_known": "season_so_far.place",
    "applied_nothing": "season_so_far.applied",
    "applied_known": "season_so_far.applied",
    "applied_to": "season_so_far.applied",
    "interviews_of": "interviews",
    "interview_ahead": "interviews",
    "advanced_interviews": "interviews",
    "ranked": "rank_list",
    "rank_problems": "rank_list",
    "registered": "season_so_far.registered",
    "list_certified": "season_so_far.certified_list",
    "step_said_open": "exams",
    "steps_unknown": "exams",
    "score_unknown": "exams.step2_ck.score",
    "letters_known": "letters",
    "letters_unknown": "letters",
    "couple": "goal.couple",
    "together": "goal.couple.together",
    "citizen": "visa.ground",
    "ground": "visa.ground",
    "status_now": "visa.status_now.kind",
    "canadian": "visa.citizenships",
    "in_us_training": "us_training",
    "left_training": "us_training",
    "training_abroad_open": "applicant.trained",
    "has_first_year": "us_training",
    "j1_years_used": "us_training",
    "from_what": "plan",
    # What only the decisions of a goal (content/goals/) ask.
    "mark": "backups.enjoyment",
    "could_rank": "backups",
    "could_begin_in": "backups",
    "ruled_out": "backups.ruled_out",
    "limited": "backups.open_to",
    "us_letters_of": "letters",
    "knows_someone_in_goal": "letters",
    "radiology_research_weeks": "experience.us_clinical",
    "trained_in": "applicant.trained",
    "tie_in": "programs",
    "is_a": "plan",
    "has_applied": "interviews",
    "step2_ck_result": "exams.step2_ck.result",
    "latest_step_failed": "exams",
    "exams_missing": "exams",
    "exams_too_late": "exams",
    "exam_weeks_needed": "exams",
    "oet_too_late": "exams.oet",
    "days_since": "season",
    "may_travel": "visa.citizenships",
    "visa_closed": "visa",
    "points_met": "plan",
    "points_unknown": "plan",
    "level": "plan",
    "broad_backup": "backups",
    "first": "plan",
    "chosen": "plan",
    "audiences": "plan",
    "short_of_broad": "plan",
    "specialty": "plan",
    "short": "plan",
    "ck_item": "season",
    "matched_median": "season",
    "matched_q3": "season",
    "advanced_planned": "plan",
    "first_years_useless": "plan",
    "group": "plan",
    "goal_group": "plan",
    "total": "season",
    "gold_goal": "plan",
    "gold_rest": "plan",
    "silver_goal": "plan",
    "silver_rest": "plan",
    "shared_with_goal": "plan",
    "sent_to": "plan",
}


class Nothing:
    """A value the profile does not give."""

    def __init__(self) -> None:
        self.asked = False

    def _unknown(self, other: object) -> bool:
        self.asked = True
        return False

    def _stays_unknown(self, other: object) -> "Nothing":
        return self

    __lt__ = __le__ = __gt__ = __ge__ = _unknown
    __add__ = __radd__ = __sub__ = __rsub__ = _stays_unknown

    def __eq__(self, other: object) -> bool:
        if other is None or isinstance(other, Nothing):
            return True
        self.asked = True
        return False

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        self.asked = True
        return False

    def __contains__(self, item: object) -> bool:
        self.asked = True
        return False


@dataclass(frozen=True)
class Answer:
    """What an expression came to: True, False, or None where only the reader knows."""

    value: bool | None
    names: tuple[str, ...]


@cache
def _tree(expression: str) -> nodes.Template:
    return _ENV.parse("{{ " + expression + " }}")


@cache
def names_in(expression: str) -> tuple[str, ...]:
    """The vocabulary an expression uses, in order of the alphabet. Raises TemplateSyntaxError."""
    return tuple(sorted({n.name for n in _tree(expression).find_all(nodes.Name)}))


def problem(expression: str, known: Collection[str] = VOCABULARY) -> str:
    """What is wrong with an expression over the `known` names, or the empty string."""
    from matchguide.mistakes import suggestion

    try:
        tree = _tree(expression)
        unknown = [n for n in names_in(expression) if n not in known]
    except TemplateSyntaxError as error:
        return f"is not an expression: {error.message}"
    if list(tree.find_all((nodes.Getattr, nodes.Filter, nodes.Test))):
        return "uses a dot or a filter, which expressions here do not have"
    if unknown:
        return f"uses {unknown[0]}, which is not a name known here. {suggestion(unknown[0], known)}".strip()
    return ""


@cache
def _compiled(expression: str) -> Any:
    return _ENV.compile_expression(expression, undefined_to_none=False)


def evaluate(expression: str, facts: Mapping[str, Any]) -> Answer:
    """Runs an expression over the facts. Unknown values make a false answer None."""
    raw, nothings = _run(expression, facts)
    if not raw and any(n.asked for n in nothings):
        return Answer(None, names_in(expression))
    return Answer(bool(raw), names_in(expression))


def value(expression: str, facts: Mapping[str, Any]) -> Any:
    """What an expression comes to, None where the profile does not say."""
    raw, _ = _run(expression, facts)
    return None if isinstance(raw, Nothing) else raw


def _run(expression: str, facts: Mapping[str, Any]) -> tuple[Any, list[Nothing]]:
    names = names_in(expression)
    given: dict[str, Any] = {}
    nothings: list[Nothing] = []
    for name in names:
        value = facts[name]
        if value is None:
            value = Nothing()
            nothings.append(value)
        elif callable(value):
            value = _watched(value, nothings)
        given[name] = value
    return _compiled(expression)(**given), nothings


def _watched(function: Any, nothings: list[Nothing]) -> Any:
    def call(*args: Any) -> Any:
        value = function(*args)
        if value is None:
            value = Nothing()
            nothings.append(value)
        return value

    return call

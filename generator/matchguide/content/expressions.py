"""The small expressions of content files (`when`), over a closed vocabulary. Jinja reads them; only what is allowed
here is ever run.

An expression is checked before it is kept: names and numbers, true, false and none, texts, lists of them, comparing,
`in`, `not`, `and`, `or`, `+` and `-`, and the vocabulary's questions about one specialty. Nothing else can be
written, so none can run long, grow large or fail.

What a reader has not said is `Nothing`: comparing it is never an error, is false, and is remembered, so that a
line can be shown as "only you know". `none` in an expression equals it.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from types import MappingProxyType
from typing import Annotated, Any, Literal

from jinja2 import TemplateSyntaxError, nodes
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import AfterValidator

from matchguide.mistakes import suggestion

_ENV = ImmutableSandboxedEnvironment()

# Each name, and the profile field (or "plan", "season") it stands for: what a reason can point to.
VOCABULARY: Mapping[str, str] = {
    "status": "applicant.status",
    "school_country": "applicant.school_country",
    "canadian_school": "applicant.school_country",
    "years_since_graduation": "applicant.graduated",
    "trained": "applicant.trained",
    "radiologist_at_home": "applicant.trained",
    "in_radiology_training": "applicant.trained",
    "ck": "exams.step2_ck.score",
    "ck_taken": "exams.step2_ck.score",
    "failed_attempts": "exams",
    "failed_steps": "exams",
    "first_attempts": "exams",
    "step1": "exams.step1.result",
    "step1_score": "exams.step1.score",
    "step1_year": "exams.step1.date",
    "step3": "exams.step3.result",
    "oet": "exams.oet",
    "oet_booked": "exams.oet",
    "ck_booked": "exams.step2_ck.date",
    "ecfmg_certified": "exams.ecfmg_certified",
    "visa_needs": "visa.needs",
    "h1b_only": "visa.needs",
    "visa_said": "visa.needs",
    "restriction": "visa.citizenships",
    "on_the_list": "visa.citizenships",
    "listed_named": "visa.citizenships",
    "list_is_old": "season",
    "hold": "visa.birth_country",
    "citizenship_known": "visa.citizenships",
    "birth_known": "visa.birth_country",
    "residence_known": "visa.residence_country",
    "dual_national": "visa.citizenships",
    "holds": "visa.holds",
    "must_start": "goal.if_unmatched",
    "must_start_said": "goal.if_unmatched",
    "budget": "limits.budget_usd",
    "previous_matches": "history.previous_matches",
    "gaps": "history.gaps",
    "letters_total": "letters",
    "letters_in_hand": "letters",
    "us_letters": "letters",
    "writers_to_ask": "letters",
    "goal_writer_to_ask": "letters",
    "letters_of": "letters",
    "to_ask_of": "letters",
    "weeks_in": "experience.us_clinical",
    "us_weeks": "experience.us_clinical",
    "us_work_weeks": "experience.us_clinical",
    "research_in": "experience.research",
    "publications": "experience.totals.publications",
    "enjoys": "backups.enjoyment",
    "unmarked_broad": "backups.enjoyment",
    "liked_broad_unsent": "backups.enjoyment",
    "story_for": "stories",
    "stories_total": "stories",
    "programs_listed": "programs",
    "table_brought": "programs_file",
    "interviews_total": "interviews",
    "first_year_interviews": "interviews",
    "first_years_sought": "interviews",
    "stage": "season",
    "season": "season",
    "in_plan": "plan",
    "combination": "plan",
    "close": "plan",
    "broad": "plan",
    "ir_level": "plan",
    "first_years_needed": "plan",
    "letters_missing": "plan",
    "letters_lacking": "plan",
    "second_versions": "plan",
    "needs_us_stays": "plan",
    # What has happened, and when it is.
    "weekend": "season",
    "phase": "season",
    "counting": "plan",
    "days_past": "season",
    "result": "season_so_far.result",
    "place_known": "season_so_far.place",
    "applied_nothing": "season_so_far.applied",
    "may_have_applied": "season_so_far.applied",
    "applied_known": "season_so_far.applied",
    "applied_to": "season_so_far.applied",
    "applications_total": "season_so_far.applied",
    "specialties_applied": "season_so_far.applied",
    "interviews_of": "interviews",
    "interview_ahead": "interviews",
    "unmarked_interviews": "interviews",
    "advanced_interviews": "interviews",
    "ranked": "rank_list",
    "rank_problems": "rank_list",
    "sought_radiology": "season_so_far.applied",
    "rank_repairable": "rank_list",
    "starts_guessed": "programs",
    "starts_not_told": "programs",
    "years_above": "rank_list",
    "only_years_ranked": "rank_list",
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
    "canadian": "visa.residence_country",
    "canadian_citizen": "visa.citizenships",
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
    "knows_someone_in_goal": "programs",
    "radiology_research_weeks": "experience.us_clinical",
    "us_time_known": "experience.us_clinical",
    "trained_in": "applicant.trained",
    "tie_in": "programs",
    "liked_in_person": "interviews",
    "is_a": "plan",
    "has_applied": "interviews",
    "step2_ck_result": "exams.step2_ck.result",
    "latest_step_failed": "exams",
    "exams_missing": "exams",
    "exams_too_late": "exams",
    "exam_weeks_needed": "exams",
    "oet_too_late": "exams.oet",
    "certificate_in_doubt": "exams.ecfmg_certified",
    "certificate_against_ck": "exams.step2_ck.result",
    "days_since": "season",
    "may_travel": "visa.citizenships",
    "visa_closed": "visa",
    "on_j1": "visa",
    "points_met": "plan",
    "points_unknown": "plan",
    "level": "plan",
    "level_known": "plan",
    "broad_backup": "backups",
    "first": "plan",
    "chosen": "plan",
    "audiences": "plan",
    "short_of_broad": "plan",
    "low_in": "plan",
    "short_of_low_in": "plan",
    "low_both_in": "plan",
    "unseen_floor": "plan",
    "short_of_low_both_in": "plan",
    "specialty": "plan",
    "short": "plan",
    "ck_item": "season",
    "matched_median": "season",
    "matched_q3": "season",
    "advanced_planned": "plan",
    "first_years_useless": "plan",
    "over_budget": "plan",
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


ALWAYS = "true"  # the expression that holds of everybody

Kind = Literal["number", "text", "list", "truth", "word", "any"]

LONGEST, DEEPEST, LARGEST = 2_000, 20, 1_000_000  # characters, levels, the largest number

# What a name holds, where it is not text or a truth.
_NUMBERS = frozenset(
    [
        "years_since_graduation",
        "ck",
        "failed_attempts",
        "step1_score",
        "step1_year",
        "budget",
        "previous_matches",
        "gaps",
        "letters_total",
        "letters_in_hand",
        "us_letters",
        "writers_to_ask",
        "applications_total",
        "specialties_applied",
        "us_weeks",
        "us_work_weeks",
        "publications",
        "stories_total",
        "programs_listed",
        "interviews_total",
        "first_year_interviews",
        "first_years_sought",
        "season",
        "radiology_research_weeks",
        "exam_weeks_needed",
        "points_met",
        "points_unknown",
        "audiences",
        "advanced_planned",
        "advanced_interviews",
        "unmarked_interviews",
        "matched_median",
        "matched_q3",
        "total",
        "gold_goal",
        "gold_rest",
        "silver_goal",
        "silver_rest",
        "j1_years_used",
        "rank_problems",
        "rank_repairable",
        "starts_guessed",
        "starts_not_told",
        "years_above",
        "letters_lacking",
        "second_versions",
    ]
)
_LISTS = frozenset({"trained", "holds", "exams_missing", "unmarked_broad", "liked_broad_unsent"})
_QUESTIONS: dict[str, Kind] = {
    "letters_of": "number",
    "weeks_in": "number",
    "research_in": "number",
    "enjoys": "number",
    "story_for": "number",
    "letters_missing": "number",
    "in_plan": "truth",
    "mark": "number",
    "us_letters_of": "number",
    "to_ask_of": "number",
    "interviews_of": "number",
    "applied_to": "number",
    "days_since": "number",
    "days_past": "number",
    "could_rank": "truth",
    "could_begin_in": "truth",
    "ruled_out": "truth",
    "trained_in": "truth",
    "tie_in": "truth",
    "liked_in_person": "truth",
    "is_a": "truth",
    "chosen": "truth",
    "sent_to": "truth",
}


class NotAnExpression(Exception):
    """An expression that is not one; its text says why."""


@cache
def _tree(expression: str) -> nodes.Expr:
    """The expression's tree. Raises NotAnExpression."""
    if len(expression) > LONGEST:
        raise NotAnExpression(f"is too long ({len(expression):,} characters; at most {LONGEST:,})")
    parser = Parser(_ENV, expression, state="variable")
    try:
        tree = parser.parse_expression()
        rest = parser.stream.current.type != "eof"
    except TemplateSyntaxError as error:
        raise NotAnExpression(f"is not an expression: {error.message}") from None
    except RecursionError:
        raise NotAnExpression("is nested too deeply") from None
    if rest:
        raise NotAnExpression("is not one expression: something stands behind it")
    return tree


def _kind(node: nodes.Node, depth: int, known: Mapping[str, Kind]) -> Kind:
    """Whether a part is a number, a text, a list or a truth ("any": none). Raises NotAnExpression."""
    if depth > DEEPEST:
        raise NotAnExpression("is nested too deeply")
    if isinstance(node, nodes.Const):
        return _constant(node.value)
    if isinstance(node, nodes.Name):
        return _name(node.name, known)
    if isinstance(node, nodes.Call):
        return _question(node, known)
    if isinstance(node, nodes.Tuple | nodes.List):
        for item in node.items:
            _kind(item, depth + 1, known)
        return "list"
    if isinstance(node, nodes.And | nodes.Or):
        return _chain(node, depth, known)
    if isinstance(node, nodes.Not):
        _kind(node.node, depth + 1, known)
        return "truth"
    if isinstance(node, nodes.Add | nodes.Sub):
        _numbers(depth, known, *_operands(node))
        return "number"
    if isinstance(node, nodes.Neg):
        _numbers(depth, known, node.node)
        return "number"
    if isinstance(node, nodes.Compare):
        return _comparison(node, depth, known)
    if isinstance(node, nodes.Getattr | nodes.Filter | nodes.Test):
        raise NotAnExpression("uses a dot or a filter, which expressions here do not have")
    raise NotAnExpression(f"uses {type(node).__name__}, which expressions here do not have")


def _constant(value: object) -> Kind:
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, int | float):
        if abs(value) > LARGEST:
            raise NotAnExpression(f"holds a number above {LARGEST:,}")
        return "number"
    return "text" if isinstance(value, str) else "any"


def _name(name: str, known: Mapping[str, Kind]) -> Kind:
    if name in known:
        return known[name]
    if name not in VOCABULARY:
        near = suggestion(name, [*VOCABULARY, *known])
        raise NotAnExpression(f"uses {name}, which is not a name known here. {near}".strip())
    if name in _QUESTIONS:
        raise NotAnExpression(f'uses {name} without the specialty it is about, as in {name}("internal-medicine")')
    return "number" if name in _NUMBERS else "list" if name in _LISTS else "word"


def _question(node: nodes.Call, known: Mapping[str, Kind]) -> Kind:
    name = node.node.name if isinstance(node.node, nodes.Name) else ""
    if name not in VOCABULARY and name:
        _name(name, known)
    told = bool(node.args) and all(_is_about(x) for x in node.args) and len(node.args) <= (2 if name == "is_a" else 1)
    if name not in _QUESTIONS or not told or node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise NotAnExpression(
            f"asks in a way that is not known here; it can ask {', '.join(_QUESTIONS)} of one specialty"
        )
    return _QUESTIONS[name]


def _is_about(node: nodes.Node) -> bool:
    """Whether a question is about something named, about the specialty at hand, or about that of a low score."""
    named = isinstance(node, nodes.Const) and isinstance(node.value, str)
    return named or (isinstance(node, nodes.Name) and node.name in ("specialty", "low_in", "low_both_in"))


def _operands(node: nodes.BinExpr) -> list[nodes.Node]:
    """The parts of a chain of one kind of operator, however long: a + b + c."""
    parts: list[nodes.Node] = []
    here: nodes.Node = node
    while isinstance(here, type(node)) and isinstance(here, nodes.BinExpr):
        parts.append(here.right)
        here = here.left
    return [here, *reversed(parts)]


def _chain(node: nodes.BinExpr, depth: int, known: Mapping[str, Kind]) -> Kind:
    for part in _operands(node):
        _kind(part, depth + 1, known)
    return "truth"


def _numbers(depth: int, known: Mapping[str, Kind], *parts: nodes.Node) -> None:
    for part in parts:
        if _kind(part, depth + 1, known) != "number":
            raise NotAnExpression("adds or compares what is not a number")


def _comparison(node: nodes.Compare, depth: int, known: Mapping[str, Kind]) -> Kind:
    left = _kind(node.expr, depth + 1, known)
    for operand in node.ops:
        right = _kind(operand.expr, depth + 1, known)
        if operand.op in ("in", "notin") and (right not in ("list", "text", "word") or left == "list"):
            raise NotAnExpression("asks what lies in something that is no list and no text")
        if operand.op in ("lt", "lteq", "gt", "gteq") and {left, right} != {"number"}:
            raise NotAnExpression("adds or compares what is not a number")
        left = right
    return "truth"


@cache
def names_in(expression: str) -> tuple[str, ...]:
    """The vocabulary an expression uses, in order of the alphabet. Raises NotAnExpression."""
    tree = _tree(expression)
    found = {n.name for n in tree.find_all(nodes.Name)}
    return tuple(sorted(found | ({tree.name} if isinstance(tree, nodes.Name) else set())))


def as_written(value: Any) -> Any:
    """An expression as its file has it: YAML reads `true` and `2` as what they are, and here they are words."""
    return str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, int | float) else value


def problem(expression: str, known: Mapping[str, Kind] = MappingProxyType({})) -> str:
    """What is wrong with an expression over the vocabulary and the `known` names (of numbers and conditions, each
    with what it holds), or the empty string."""
    try:
        _kind(_tree(expression), 0, known)
    except NotAnExpression as error:
        return str(error)
    return ""


def _checked(expression: str) -> str:
    if wrong := problem(expression):
        raise ValueError(wrong)
    return expression


Expression = Annotated[str, AfterValidator(_checked)]


Given = Mapping[str, Any]
_COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda a, b: a in b,
    "notin": lambda a, b: a not in b,
}


@cache
def _compiled(expression: str) -> Callable[[Given], Any]:
    """A checked expression as a function of what its names stand for. Raises NotAnExpression."""
    return _function(_tree(expression))


def _function(node: nodes.Node) -> Callable[[Given], Any]:
    """Only what `_kind` lets through has a meaning here; it is the meaning it has in Python."""
    if isinstance(node, nodes.Const):
        constant = node.value
        return lambda given: constant
    if isinstance(node, nodes.Name):
        return operator.itemgetter(node.name)
    if isinstance(node, nodes.Tuple | nodes.List):
        items = [_function(item) for item in node.items]
        return lambda given: [item(given) for item in items]
    if isinstance(node, nodes.Call):
        question, about = _function(node.node), [_function(arg) for arg in node.args]
        return lambda given: question(given)(*[one(given) for one in about])
    if isinstance(node, nodes.Not):
        inner = _function(node.node)
        return lambda given: not inner(given)
    if isinstance(node, nodes.Neg):
        number = _function(node.node)
        return lambda given: -number(given)
    if isinstance(node, nodes.And | nodes.Or):
        return _joined([_function(part) for part in _operands(node)], stop=isinstance(node, nodes.Or))
    if isinstance(node, nodes.Add | nodes.Sub):
        join = operator.add if isinstance(node, nodes.Add) else operator.sub
        parts = [_function(part) for part in _operands(node)]
        return lambda given: reduce(join, [part(given) for part in parts])
    if isinstance(node, nodes.Compare):
        return _compared(_function(node.expr), [(_COMPARED[x.op], _function(x.expr)) for x in node.ops])
    raise NotAnExpression(f"uses {type(node).__name__}, which expressions here do not have")


def _joined(parts: list[Callable[[Given], Any]], *, stop: bool) -> Callable[[Given], Any]:
    """`a and b and c`, or with `or`: the first part that decides, else the last."""

    def run(given: Given) -> Any:
        value = None
        for part in parts:
            value = part(given)
            if bool(value) is stop:
                break
        return value

    return run


def _compared(
    first: Callable[[Given], Any], rest: list[tuple[Callable[[Any, Any], Any], Callable[[Given], Any]]]
) -> Callable[[Given], Any]:
    """`a < b < c`, each part looked at once."""

    def run(given: Given) -> Any:
        left, answer = first(given), True
        for holds, part in rest:
            right = part(given)
            answer = holds(left, right)
            if not answer:
                break
            left = right
        return answer

    return run


def evaluate(expression: str, facts: Mapping[str, Any]) -> Answer:
    """Runs an expression over the facts. Unknown values make a false answer None."""
    raw, nothings = _run(expression, facts)
    if not raw and any(n.asked for n in nothings):
        return Answer(None, names_in(expression))
    return Answer(bool(raw), names_in(expression))


def holds(expression: str, facts: Mapping[str, Any]) -> bool:
    """Whether an expression is true of the facts: what only the reader knows is not."""
    return expression == ALWAYS or bool(_run(expression, facts)[0])


def value(expression: str, facts: Mapping[str, Any]) -> Any:
    """What an expression comes to, None where the profile does not say."""
    raw, _ = _run(expression, facts)
    return None if isinstance(raw, Nothing) else raw


def _run(expression: str, facts: Mapping[str, Any]) -> tuple[Any, list[Nothing]]:
    given = _Asked()
    given.facts, given.nothings = facts, []
    return _compiled(expression)(given), given.nothings


class _Asked(dict[str, Any]):
    """What the names of an expression stand for, looked up when it asks."""

    facts: Mapping[str, Any]
    nothings: list[Nothing]

    def __missing__(self, name: str) -> Any:
        value = self.facts[name]
        if value is None:
            value = Nothing()
            self.nothings.append(value)
        elif callable(value):
            value = _watched(value, self.nothings)
        self[name] = value
        return value


def _watched(function: Any, nothings: list[Nothing]) -> Any:
    def call(*args: Any) -> Any:
        value = function(*args)
        if value is None:
            value = Nothing()
            nothings.append(value)
        return value

    return call

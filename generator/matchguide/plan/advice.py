"""Which rules of content/rules/ apply to this reader, when each is due, and what each rests on."""

import datetime as dt
from dataclasses import replace
from functools import cache

from matchguide.content.expressions import VOCABULARY, evaluate
from matchguide.content.rules import Rule
from matchguide.plan.facts import Facts
from matchguide.plan.phase import AGAIN
from matchguide.plan.reasons import Reason, Ref, season, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import Situation
from matchguide.plan.types import Advice


def plan(s: Situation, facts: Facts) -> tuple[Advice, ...]:
    """The rules of this phase whose `when` is true, dated ones first by date, then in the order of the files."""
    now = facts["phase"]
    told = [rule for rule in s.content.rules if now in rule.phases]
    out = [_advice(s, rule, answer.names) for rule in told if (answer := evaluate(rule.when, facts)).value]
    if not facts["counting"]:  # what was to be done before applications went out is not asked for any more
        early = {rule.id for rule in told if "preparing" in rule.phases and "ranking" not in rule.phases}
        read = s.season.day("review_from")
        gone = {a.id for a in out if a.id in early and a.due and a.overdue and a.due.first <= read}
        stay = gone if now in AGAIN else {rule.id for rule in told if rule.stays} & gone
        out = [replace(a, due=None, overdue=False) if a.id in stay else a for a in out if a.id not in gone - stay]
    asks = {rule.id for rule in told if rule.asks}  # a question of ours is never late
    out = [replace(a, due=None, overdue=False) if a.id in asks and a.overdue else a for a in out]
    never = dt.date.max
    return tuple(sorted(out, key=lambda a: a.due.first if a.due else never))


def _advice(s: Situation, rule: Rule, names: tuple[str, ...]) -> Advice:
    due = None
    if rule.due:
        due = s.season.before(rule.due.before, rule.due.days)
    refs = refs_of(names)
    reason: Reason = why("rule", *refs, rule=rule.id)
    return Advice(rule.id, rule.pages, due, bool(due and due.last < s.on), (reason,), bool(rule.do))


@cache
def refs_of(names: tuple[str, ...]) -> tuple[Ref, ...]:
    """What an expression rests on: the lines of the profile, or the season, behind the names it uses."""
    return tuple(dict.fromkeys(r for n in names for r in _refs(n)))


def _refs(name: str) -> tuple[Ref, ...]:
    field = VOCABULARY.get(name, "plan")  # a number or a condition of the goal
    if field == "season":
        return season("stage")
    return () if field == "plan" else line(field)

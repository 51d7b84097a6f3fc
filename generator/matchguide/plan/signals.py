"""The signals a reader has (figures of the season) and how to spend them (the goal's signals.yml)."""

from matchguide.plan.facts import Facts
from matchguide.plan.rows import every_true, reason
from matchguide.plan.situation import Situation
from matchguide.plan.types import Combination, Signals


def plan(s: Situation, combination: Combination, applied: tuple[str, ...], facts: Facts) -> tuple[Signals, ...]:
    """One entry an allotment: specialties whose cards name the same one share it, first years too."""
    groups: dict[str, list[str]] = {}
    for x in applied:
        groups.setdefault(s.content.cards[x].signals, []).append(x)
    return tuple(_group(s, combination, g, tuple(xs), facts) for g, xs in groups.items() if g != "none")


def _group(s: Situation, combination: Combination, group: str, specialties: tuple[str, ...], known: Facts) -> Signals:
    item = s.season.evidence.signals
    has = s.content.evidence.has
    gold, silver, total = (
        int(s.content.evidence.number(f"{item}.{group}.{t}")) if has(f"{item}.{group}.{t}") else None
        for t in ("gold", "silver", "total")
    )
    if total is None and gold is not None:
        total = gold + (silver or 0)
    season = int(str(s.content.evidence.items[item].year or 0))
    goal = s.goal.specialty
    facts = known.with_more(
        group=group,
        goal_group=s.content.cards[goal].signals,
        total=total,
        sent_to=lambda x: x in specialties,
        shared_with_goal=goal in specialties and len(specialties) > 1,
        **split(s, combination, specialties, known),
    )
    says = (s.goal.signals.without_a_number,) if total is None else every_true(s.goal.signals.advice, facts)
    return Signals(group, specialties, gold, silver, total, tuple(reason(x, facts) for x in says), season)


def split(s: Situation, combination: Combination, specialties: tuple[str, ...], facts: Facts) -> dict[str, int]:
    """How many of each kind go to the goal, and how many to the others of its allotment."""
    split, goal = s.goal.signals.split[combination.level], s.goal.specialty
    out: dict[str, int] = {}
    for kind, (mine, rest) in (("gold", split.gold), ("silver", split.silver)):
        total = mine + rest
        if goal not in specialties:
            mine = 0
        elif specialties == (goal,):
            mine = total
        elif facts.true(s.goal.signals.at_most_half_to_goal):
            mine = min(mine, total // 2)
        out |= {f"{kind}_goal": mine, f"{kind}_rest": total - mine}
    return out

"""What speaks against: each other answer with the reason against it, and the strongest argument against the plan."""

from collections.abc import Mapping
from dataclasses import replace

from matchguide.content.goal import CriticLine, Line
from matchguide.plan.facts import Facts
from matchguide.plan.reasons import Reason, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.rows import every_true, first_true, reason
from matchguide.plan.situation import Situation
from matchguide.plan.types import LeftOut, Rejected


def rejected(s: Situation, mine: str, facts: Facts, unpaid: tuple[str, ...] = ()) -> tuple[Rejected, ...]:
    """The other answers a reader would ask about, each with the first true reason against it: the budget, where
    money alone would bring it. Ruled-out specialties are never named, not even to reject them."""
    not_paid = {s.content.cards[x].short: x for x in unpaid}
    out = {s.content.cards[x].short for x in s.profile.backups.ruled_out if x != s.goal.specialty}
    return tuple(
        Rejected(other.id, (_unpaid(s, other.id, mine, not_paid) or _first(other.because, facts),))
        for other in every_true(s.goal.against.alternatives, facts)
        if other.id != mine and not out & set(other.id.split("+"))
    )


def left_out(
    s: Situation, specialties: tuple[str, ...], facts: Facts, unpaid: tuple[str, ...] = ()
) -> tuple[LeftOut, ...]:
    """Specialties that the reader marks high enough for a plan and that are not in it: highest mark first, each with
    the first true reason; the budget, for those it does not pay for. A plan of nothing leaves out nothing."""
    if not specialties:
        return ()
    marked = {
        x: mark
        for x, mark in s.profile.backups.enjoyment.items()
        if mark >= s.goal.count("mark_planned")
        and x not in (*specialties, *s.profile.backups.ruled_out, s.goal.specialty)
        and s.content.cards[x].kind == "backup"
    }

    def because(x: str) -> Reason:
        about = facts.with_more(specialty=x, short=s.content.cards[x].short)
        return _money(s, (x,)) if x in unpaid else _first(s.goal.against.left_out, about)

    return tuple(LeftOut(x, (because(x),)) for x in sorted(marked, key=lambda x: (-marked[x], x)))


def lacking(s: Situation, specialty: str, facts: Facts) -> Reason | None:
    """What would keep a specialty out of a plan however high its mark; None where a mark may bring it in."""
    about = facts.with_more(specialty=specialty, short=s.content.cards[specialty].short)
    row = first_true(tuple(x for x in s.goal.against.left_out if x.lacks), about)
    return reason(row, about) if row else None


def strongest(s: Situation, facts: Facts) -> tuple[Reason, Reason | None]:
    """What an honest critic of this plan would say first, and then of another subject, where something is left: one
    who applies to nothing hears that once. `specialty` is the plan's first choice, where there is one."""
    first = facts["first"]
    about = facts.with_more(specialty=first, short=s.content.cards[first].short) if first else facts
    critic = s.goal.against.critic
    row = first_true(critic, about) or critic[-1]  # the last is always true (checked at load)
    left = [x for x in critic if x.about and not {*x.about} & {*row.about}] if first and row.about else []
    then = first_true(left, about)
    return _said(row, about), _said(then, about) if then else None


def _said(row: CriticLine, about: Facts) -> Reason:
    said = reason(row, about)
    return replace(said, values={**said.values, "of": row.of})


def _unpaid(s: Situation, id: str, mine: str, not_paid: Mapping[str, str]) -> Reason | None:
    """What of another answer the reader's budget does not pay for; None where money would not bring the rest."""
    parts = id.split("+")
    without = tuple(not_paid[x] for x in parts if x in not_paid)
    more = set(parts) - {*mine.split("+"), *not_paid}
    return _money(s, without) if without and not more else None


def _money(s: Situation, without: tuple[str, ...]) -> Reason:
    return why("against-unpaid", *line("limits.budget_usd"), without=without, budget=s.profile.limits.budget_usd)


def _first(lines: tuple[Line, ...], facts: Facts) -> Reason:
    """The first true line; the last of them is always true (checked at load)."""
    return reason(first_true(lines, facts) or lines[-1], facts)

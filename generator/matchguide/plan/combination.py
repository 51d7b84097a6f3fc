"""Which specialties the plan is about, with the reasons on every side and what would change the answer."""

from matchguide.plan import against, flips, happened
from matchguide.plan import level as standing
from matchguide.plan.choice import Choice, facts_of, name
from matchguide.plan.facts import Facts
from matchguide.plan.reasons import Reason, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.rows import every_true, first_true, reason
from matchguide.plan.situation import Situation
from matchguide.plan.table import decide
from matchguide.plan.types import Combination, VisaPlan


def choose(s: Situation, visa: VisaPlan, phase: str, unpaid: tuple[str, ...] = (), all_usd: int = 0) -> Combination:
    """The combination for an applicant on a day: what happened decides, else advice. "Not this year" is an answer.
    `unpaid`: what the reader's budget leaves without one application, so that it is no part of the plan; `all_usd`:
    what the fees of all of it would cost."""
    followed = happened.decide(s, phase)
    if followed:
        source, choice, specialties = followed
    else:
        source, whole = "advice", decide(s)
        choice = _paid(s, whole, unpaid, all_usd)
        specialties = choice.specialties
    facts = facts_of(s, choice.roles, specialties).with_more(
        visa_closed=visa.all_closed, on_j1=visa.on_j1, from_what=source
    )
    advised = source == "advice"
    changes, unchanged = flips.nearest(s, name(s, specialties), unpaid) if advised else ((), ())
    if unpaid:
        to = name(s, whole.specialties)
        more = why("flip-budget", *line("limits.budget_usd"), to=to, usd=all_usd, no_floor=False, later=False)
        changes = (more, *changes)
    level, level_known = standing.level(s)
    first_against, then_against = against.strongest(s, facts)
    return Combination(
        id=name(s, specialties),
        specialties=specialties,
        roles=choice.roles,
        beside=tuple(b.road for b in every_true(s.goal.table.beside, facts)),
        because=(*choice.because, *(_about_broad(s, facts) if advised else ())),
        rejected=against.rejected(s, name(s, specialties), facts, unpaid) if advised else (),
        left_out=against.left_out(s, specialties, facts, unpaid) if advised else (),
        changes_if=(*(_visa_change(s, visa, choice) if advised else ()), *changes),
        unchanged=unchanged,
        level=level,
        points=standing.points(s),
        conditional=visa.all_closed,
        against=first_against,
        against_too=then_against,
        source=source,
        under=tuple(reason(x, facts) for x in every_true(s.goal.table.under, facts)) if advised else (),
        level_known=level_known,
    )


def _paid(s: Situation, whole: Choice, unpaid: tuple[str, ...], all_usd: int) -> Choice:
    """An answer without what is not paid for: who stands next takes the first place."""
    if not unpaid:
        return whole
    said = why(
        "choose-unpaid", *line("limits.budget_usd"), without=unpaid, budget=s.profile.limits.budget_usd, usd=all_usd
    )
    left = [x for x in whole.specialties if x not in unpaid]
    first, *below = left
    return Choice(
        first=first,
        close=whole.close if whole.close in below else None,
        broad=whole.broad if whole.broad in below else None,
        because=(said,),
    )


def _about_broad(s: Situation, facts: Facts) -> tuple[Reason, ...]:
    row = first_true(s.goal.table.about_the_broad_backup, facts)
    return (reason(row.because, facts),) if row else ()


def _visa_change(s: Situation, visa: VisaPlan, choice: Choice) -> tuple[Reason, ...]:
    if not visa.all_closed or not choice.specialties:
        return ()
    return (why("flip-visa", *line("visa.citizenships", "visa.holds"), plan=name(s, choice.specialties)),)

"""The facts once the plan's larger decisions stand: what rules, dates and pages see."""

from matchguide.plan.choice import facts_of
from matchguide.plan.facts import Facts
from matchguide.plan.situation import Situation
from matchguide.plan.types import Combination, LetterPlan, VisaPlan


def known(
    s: Situation,
    combination: Combination,
    visa: VisaPlan,
    letters: tuple[LetterPlan, ...],
    first_years_needed: bool,
    applied: tuple[str, ...],
    *,
    counting: bool,
) -> Facts:
    """The facts of a situation and of its plan; `applied` are the specialties and first years applied to, `counting`
    whether applications can still be counted and paid for."""
    missing = {plan.specialty: len(plan.missing) for plan in letters}
    return facts_of(s, combination.roles, combination.specialties).with_more(
        from_what=combination.source,
        counting=counting,
        visa_closed=visa.all_closed,
        on_j1=visa.on_j1,
        restriction=visa.restriction.kind if visa.restriction else None,
        hold=visa.held,
        citizenship_known=visa.nationality_known,
        needs_us_stays=visa.restriction is None,
        combination=combination.id,
        ir_level=combination.level,
        first_years_needed=first_years_needed,
        in_plan=lambda x: x in applied,
        letters_missing=lambda x: missing.get(x, 0),
        letters_lacking=sum(n for specialty, n in missing.items() if specialty in applied),
        second_versions=len({i for plan in letters if plan.specialty in applied for i in plan.second_versions}),
    )

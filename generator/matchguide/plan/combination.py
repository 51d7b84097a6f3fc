"""Which specialties to apply to, with the reasons on every side and what would change the answer."""

from matchguide.plan import against, flips
from matchguide.plan import level as standing
from matchguide.plan.choice import Choice, facts_of, name
from matchguide.plan.reasons import Reason, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.rows import every_true, first_true, reason
from matchguide.plan.situation import Situation
from matchguide.plan.table import decide
from matchguide.plan.types import Combination, VisaPlan


def choose(s: Situation, visa: VisaPlan) -> Combination:
    """The combination for an applicant on a day. Raises nothing: "not this year" is an answer too."""
    choice = decide(s)
    facts = facts_of(s, choice.roles).with_more(visa_closed=visa.all_closed)
    changes, unchanged = flips.nearest(s, name(s, choice))
    about_broad = first_true(s.goal.table.about_the_broad_backup, facts)
    return Combination(
        id=name(s, choice),
        specialties=choice.specialties,
        roles=choice.roles,
        beside=tuple(b.road for b in every_true(s.goal.table.beside, facts)),
        because=(*choice.because, *((reason(about_broad.because, facts),) if about_broad else ())),
        rejected=against.rejected(s, choice, facts),
        changes_if=(*_visa_change(s, visa, choice), *changes),
        unchanged=unchanged,
        level=standing.level(s),
        points=standing.points(s),
        conditional=visa.all_closed,
        against=against.strongest(s, facts),
    )


def _visa_change(s: Situation, visa: VisaPlan, choice: Choice) -> tuple[Reason, ...]:
    if not visa.all_closed or not choice.specialties:
        return ()
    return (why("flip-visa", *line("visa.citizenships", "visa.holds"), plan=name(s, choice)),)

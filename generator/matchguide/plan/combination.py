"""Which specialties to apply to, with the reasons on every side and what would change the answer."""

from matchguide.plan import against, flips
from matchguide.plan import level as standing
from matchguide.plan.choice import IM, Choice, name
from matchguide.plan.reasons import Reason, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import Situation
from matchguide.plan.table import decide
from matchguide.plan.types import Combination, Role, VisaPlan

ROLES: tuple[Role, ...] = ("first", "close", "broad")


def choose(s: Situation, visa: VisaPlan) -> Combination:
    """The combination for an applicant on a day. Raises nothing: "not this year" is an answer too."""
    level = standing.level(s)
    points = standing.points(s)
    choice = decide(s, level)
    changes, unchanged = flips.nearest(s, name(s, choice))
    return Combination(
        id=name(s, choice),
        specialties=choice.specialties,
        roles=dict(zip(ROLES, choice.places, strict=True)),
        beside=("alternate-pathway",) if s.radiologist_at_home else (),
        because=(*choice.because, *_broad_reasons(s, choice)),
        rejected=against.rejected(s, level, choice),
        changes_if=(*_visa_change(s, visa, choice), *changes),
        unchanged=unchanged,
        level=level,
        points=points,
        conditional=visa.all_closed,
        against=against.strongest(s, level, choice, visa),
    )


def _broad_reasons(s: Situation, choice: Choice) -> tuple[Reason, ...]:
    if choice.broad:
        key = s.content.cards[choice.broad].short
        refs = (*line(f"backups.enjoyment.{choice.broad}"), *s.evidence(f"outcomes:{key}"))
        return (why("broad-for-volume", *refs, specialty=choice.broad, key=key),)
    if choice.specialties and s.must_start and choice.first != IM:
        return (why("broad-empty", *line("backups", "goal.if_unmatched")),)
    return ()


def _visa_change(s: Situation, visa: VisaPlan, choice: Choice) -> tuple[Reason, ...]:
    if not visa.all_closed or not choice.specialties:
        return ()
    return (why("flip-visa", *line("visa.citizenships", "visa.holds"), plan=name(s, choice)),)

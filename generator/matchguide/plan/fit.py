"""Each backup on the five principles, with reasons, and how firm the order is."""

from typing import Literal

from matchguide.content.cards import Card
from matchguide.plan.acceptability import SCALE, Row, first_in, weighted
from matchguide.plan.facts import Facts
from matchguide.plan.realism import score as realism
from matchguide.plan.reasons import Reason, evidence, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.rows import first_true, reason
from matchguide.plan.situation import Situation
from matchguide.plan.types import PrincipleScore, SpecialtyFit, VisaPlan

PRINCIPLES = ("alignment", "realism", "visa", "satisfaction", "pathways_back")


def plan(s: Situation, visa: VisaPlan) -> tuple[SpecialtyFit, ...]:
    """Every backup the reader has not ruled out, best first. The goal itself is never in the list."""
    cards = [
        c
        for c in sorted(s.content.cards.values(), key=lambda c: c.id)
        if c.kind == "backup" and c.id not in s.profile.backups.ruled_out
    ]
    scored = {c.id: _principles(s, c, visa) for c in cards}
    gates = {c.id: _gate(s, c, visa) for c in cards}
    rows = [Row(x, tuple(_range(p[k]) for k in PRINCIPLES)) for x, p in scored.items()]
    open_rows = [r for r in rows if gates[r.specialty] is None]
    shares = dict(zip((r.specialty for r in open_rows), first_in(open_rows, s.goal.count("draws")), strict=True))
    weights = weights_of(s)
    goal = realism(s, s.profile.goal.specialty)
    order = sorted(rows, key=lambda r: (gates[r.specialty] is not None, -weighted(r.ranges, weights), r.specialty))
    return tuple(
        SpecialtyFit(
            r.specialty,
            i + 1,
            round(weighted(r.ranges, weights), 9),
            shares.get(r.specialty, 0.0),
            scored[r.specialty],
            gates[r.specialty],
            _easier(s, r.specialty, scored[r.specialty]["realism"], goal),
        )
        for i, r in enumerate(order)
    )


def _easier(s: Situation, specialty: str, backup: PrincipleScore, goal: PrincipleScore) -> tuple[Reason, ...]:
    """The article's second principle: a backup should be easier than the first choice *for this reader*. Both are
    measured by realism; less than a margin of ours between them is no difference."""
    margin = s.goal.number("easier_margin")
    outcomes = f"{s.season.evidence.outcomes}-{s.content.cards[specialty].short}"
    refs = (*line("exams.step2_ck.score", "letters", "experience.us_clinical"), *evidence(outcomes))
    if backup.score is None or goal.score is None:
        return (why("easier-unknown", *refs, item=outcomes),)
    clear = backup.score >= goal.score + margin
    low = str(backup.because[0].values.get("place", "")).startswith("below")
    if (clear and low) or (not clear and s.is_a(specialty, "broad")):
        why_low = why("easier-more", *refs, item=outcomes, low=low, failed=s.failed_attempts, specialty=specialty)
        return (why_low, *backup.because[:1])
    return (why("easier-yes" if clear else "easier-no", *refs, item=outcomes), *backup.because[:1])


def weights_of(s: Situation) -> tuple[float, ...]:
    """The reader's priorities, and one weight for those they gave none."""
    said, assumed = s.profile.priorities, s.goal.number("weight_assumed")
    return tuple(float(assumed if (w := getattr(said, k)) is None else w) for k in PRINCIPLES)


def _range(p: PrincipleScore) -> tuple[int, int]:
    return round(p.low * SCALE), round(p.high * SCALE)


def _known(value: float, *because: Reason) -> PrincipleScore:
    return PrincipleScore(value, value, value, because)


def _principles(s: Situation, card: Card, visa: VisaPlan) -> dict[str, PrincipleScore]:
    ratings = card.ratings
    said = s.stated_enjoyment(card.id)
    field = f"backups.enjoyment.{card.id}"
    most = s.goal.realism.most
    if said is None:
        satisfaction = PrincipleScore(None, 0, most, (why("satisfaction-unknown", *line(field), specialty=card.id),))
    else:
        points = float(said - s.goal.realism.satisfaction_points.mark_of_zero)
        satisfaction = _known(points, why("satisfaction-said", *line(field), mark=said))
    return {
        "alignment": _known(ratings["alignment"].score, why("card-alignment", specialty=card.id)),
        "realism": realism(s, card.id),
        "visa": _visa(s, card, visa),
        "satisfaction": satisfaction,
        "pathways_back": _known(ratings["pathways_back"].score, why("card-pathways_back", specialty=card.id)),
    }


def _visa(s: Situation, card: Card, visa: VisaPlan) -> PrincipleScore:
    """Published shares where there are any, at the middle of what they allow; else unknown, which widens the
    result and decides nothing."""
    points = s.goal.realism.visa_points
    if visa.all_closed:
        return _known(points.closed, why("visa-closed", *line("visa"), *evidence("entry-restrictions")))
    if s.needs == "none":
        return _known(points.needed_none, why("visa-not-needed", *line("visa.needs"), permit=s.on_permit))
    kind: Literal["j1", "h1b"] = "j1" if visa.on_j1 else "h1b"
    share = card.visa_shares.get(kind)
    if share is None:
        return PrincipleScore(
            None, 0, points.all_take_it, (why("visa-unknown-share", *evidence(card.visa_unknown), specialty=card.id),)
        )
    part = s.content.evidence.number(share.take) / s.content.evidence.number(share.of)
    item = s.content.evidence.item(share.take).id
    because = why("card-visa", *evidence(item), specialty=card.id, visa=kind)
    return _known(round(points.all_take_it * part, 2), because)


def _gate(s: Situation, card: Card, visa: VisaPlan) -> Reason | None:
    """A gate closes a specialty whatever its points."""
    if s.profile.backups.open_to and card.id not in s.profile.backups.open_to:
        return why("gate-not-open-to", *line("backups.open_to"))
    if s.marked_never(card.id):
        return why("gate-enjoyment", *line(f"backups.enjoyment.{card.id}"))
    facts = Facts(s)
    closed = first_true((x for x in s.goal.gates.closed_specialties if x.specialty == card.id), facts)
    return reason(closed.because, facts) if closed else None

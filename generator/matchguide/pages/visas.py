"""What the page on visas joins: each road with what closes it first."""

from matchguide.pages.chosen import Chosen
from matchguide.plan.reasons import Reason
from matchguide.plan.situation import Situation
from matchguide.plan.types import Gate, Plan, VisaRoad


def one_thing(plan: Plan, chosen: Chosen) -> str:
    """The visa in a sentence or two."""
    roads = [
        chosen.say(
            "visas-road",
            road=road.visa,
            visa=chosen.say(f"visa-{road.visa}"),
            closed_at=_closed_at(road, chosen),
            asked=any(g.gate == "entry" and g.state == "unknown" for g in road.gates) and plan.visa.restriction,
            certificate=all(g.state == "open" for g in road.gates if g.gate == "ecfmg"),
        )
        for road in plan.visa.roads
    ]
    advice = _told(plan.visa.advice[0], chosen) if plan.visa.advice else ""
    return chosen.say("visas-one-thing", roads=roads, advice=advice)


def gate_says(road: VisaRoad, gate: Gate, plan: Plan, chosen: Chosen) -> str:
    """What is known of a gate; what an earlier road's same gate says already is not said again."""
    text = _told(gate.because[0], chosen)
    for earlier in plan.visa.roads:
        if earlier.visa == road.visa:
            break
        if any(g.gate == gate.gate and _told(g.because[0], chosen) == text for g in earlier.gates):
            return chosen.say("gate-as-for", visa=chosen.say(f"visa-{earlier.visa}"))
    return text


def to_do(plan: Plan, chosen: Chosen) -> list[str]:
    """What to do about the visa, without the advice that stands at the top of the page."""
    above = one_thing(plan, chosen)
    return [line for r in plan.visa.advice if (line := _told(r, chosen)) not in above]


def years_left(total: int, seven: int, specialty: str, s: Situation, chosen: Chosen) -> str:
    """What is left of the J-1's years after a training of `total` that begins in a specialty. A first year done in
    the US is part of it where the training may begin after one, or goes on from that very year."""
    counts = s.first_year_counts_in(specialty)
    repeated = max(0, s.j1_years_used - int(s.has_first_year and counts))
    goes_on = counts and (s.starts_in_second_year(specialty) or s.content.cards[specialty].start.pgy2 == "none")
    repeated += int(s.holds_a_first_year_only and not goes_on)
    return chosen.say("visas-years-left", left=seven - total - repeated)


def stops(road: VisaRoad, chosen: Chosen) -> str:
    """What stops a road first; "" where nothing that we can see does."""
    return chosen.on_page("visas-stops", closed_at=_closed_at(road, chosen).replace("?", "").lower())


def _closed_at(road: VisaRoad, chosen: Chosen) -> str:
    return chosen.say(f"gate-name-{road.first_closed}") if road.first_closed else ""


def _told(reason: Reason, chosen: Chosen) -> str:
    """What a reason says on this page: its own sentence, or what a place has made of it."""
    return chosen.say("visas-now", reason=reason.id) or chosen.say(reason)

"""What the page on visas joins: each road with what closes it first."""

from matchguide.pages.chosen import Chosen
from matchguide.plan.types import Plan, VisaRoad


def one_thing(plan: Plan, chosen: Chosen) -> str:
    """The visa in a sentence or two."""
    roads = [
        chosen.say("visas-road", visa=chosen.say(f"visa-{road.visa}"), closed_at=_closed_at(road, chosen))
        for road in plan.visa.roads
    ]
    advice = chosen.say(plan.visa.advice[0]) if plan.visa.advice else ""
    return chosen.say("visas-one-thing", roads=roads, advice=advice)


def stops(road: VisaRoad, chosen: Chosen) -> str:
    """What stops a road first; "" where nothing that we can see does."""
    return chosen.on_page("visas-stops", closed_at=_closed_at(road, chosen).replace("?", "").lower())


def _closed_at(road: VisaRoad, chosen: Chosen) -> str:
    return chosen.say(f"gate-name-{road.first_closed}") if road.first_closed else ""

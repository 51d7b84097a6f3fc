"""Why each specialty of the plan stands in it, from what this reader has: their mark, their score among those who
matched, letters and weeks in it, and how many matched."""

from dataclasses import dataclass

from matchguide.pages.chosen import Chosen
from matchguide.pages.stand import Stand
from matchguide.plan.situation import Situation


@dataclass(frozen=True)
class WhyEach:
    """A specialty, and what is said of each row of the table; `on_card` is the shortest of it, with a link, and
    `record` what stands beside it on Home once applications are out."""

    specialty: str
    mark: str
    score: str
    letters: str
    weeks: str
    counted: str
    on_card: str
    record: str


def why_each(specialty: str, outcomes: str, s: Situation, stand: Stand, chosen: Chosen) -> WhyEach:
    """`outcomes` is the item of evidence with who matched to the specialty and who did not."""
    kinds = s.goal.realism.letters_that_count.get(specialty, (specialty,))
    own = s.stated_enjoyment(specialty)
    median = stand.matched["median"] if stand.scores == "many" else None
    score = chosen.say(
        "why-score",
        place=stand.place,
        scores=stand.scores,
        below_median=median is not None and stand.high < median,
        at_median=median is not None and stand.low <= median <= stand.high,
        outcomes=outcomes,
        yours=stand.yours,
    )
    place = stand.place if stand.yours else ""
    say_place = chosen.say("why-place", place=place, under_both=stand.under_both)
    letters, weeks = s.letters_of(*kinds), s.weeks_in(*kinds)
    return WhyEach(
        specialty,
        chosen.say("why-mark", own=own, is_goal=specialty == s.goal.specialty),
        score,
        chosen.say("why-letters", letters=letters),
        chosen.say("why-weeks", weeks=weeks, research=s.research_weeks_in(*kinds), known=s.us_time_known),
        chosen.say("why-counted", outcomes=outcomes),
        chosen.say(
            "why-on-card",
            own=own,
            place=place,
            yours=stand.yours,
            say_place=say_place,
            specialty=specialty,
        ),
        chosen.say(
            "why-record",
            place=place,
            yours=stand.yours,
            say_place=chosen.say("why-record-place", place=place),
            specialty=specialty,
            own_letters=chosen.say(
                "why-record-letters",
                letters=letters,
                weeks=weeks,
                promised=chosen.say("why-record-promised", letters=letters, promised=s.promised_of(*kinds)),
            ),
        ),
    )

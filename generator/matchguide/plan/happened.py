"""What happened decides: a place, a rank list, interviews and applications say which specialties the plan follows.

Until interviews end, applied and interviewed together (without `applied`, interviews alone); then interviews; from
the first ranked line the list; a place ends it.
"""

from collections.abc import Iterable

from matchguide.plan.choice import Choice
from matchguide.plan.phase import AGAIN
from matchguide.plan.reasons import Ref, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import Situation
from matchguide.plan.types import From

FIRST_YEAR = "first-year"


def decide(s: Situation, phase: str) -> tuple[From, Choice, tuple[str, ...]] | None:
    """What the plan follows, who stands where, and every specialty in order; None where nothing happened yet."""
    found = _followed(s, phase)
    if found is None:
        return None
    source, specialties, refs = found
    main = tuple(x for x in specialties if s.content.cards[x].kind != FIRST_YEAR) or specialties
    years = main != specialties
    reason = why(f"from-{source.replace(' ', '-')}", *refs, specialties=list(main), phase=phase, years=years)
    first, *rest = main
    broad = next((x for x in rest if "broad" in s.content.cards[x].traits), None)
    close = next((x for x in rest if x != broad), None) if s.content.cards[first].kind != FIRST_YEAR else None
    return source, Choice(first, close, broad, (reason,)), main


def _followed(s: Situation, phase: str) -> tuple[From, tuple[str, ...], tuple[Ref, ...]] | None:
    profile = s.profile
    place = profile.season_so_far.place
    if place and s.result in ("matched", "first year only", "advanced only"):
        return "place", (place.specialty,), line("season_so_far.place")
    if phase in AGAIN or not s.open_season:
        return None
    ranked = tuple(dict.fromkeys(x for r in profile.rank_list if (x := s.specialty_of(r.program))))
    if ranked:
        return "rank list", ranked, line("rank_list")
    interviewed = _liked_first(s, (i.specialty for i in profile.interviews))
    ended = s.on >= s.season.day("ranking_opens")
    if s.applied_to and not (ended and interviewed):
        both = _liked_first(s, (*s.applied_to, *interviewed))
        return "applications", both, line("season_so_far.applied", "interviews")
    if interviewed:
        return "interviews", interviewed, line("interviews")
    return None


def _liked_first(s: Situation, specialties: Iterable[str]) -> tuple[str, ...]:
    """The goal first, then by the reader's marks, by how the best interview was liked, by how many there are."""
    interviews = s.profile.interviews

    def worth(x: str) -> tuple[bool, int, int, int, int]:
        liked = max((i.liked or 0 for i in interviews if i.specialty == x), default=0)
        met = sum(i.specialty == x for i in interviews)
        return (x == s.goal.specialty, s.stated_enjoyment(x) or 0, liked, met, s.applied_to.get(x, 0))

    return tuple(sorted(dict.fromkeys(specialties), key=worth, reverse=True))

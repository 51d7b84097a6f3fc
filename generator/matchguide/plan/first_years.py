"""First years applied to on their own: whether the plan needs them, which, and how many."""

from collections.abc import Mapping

from matchguide.plan.facts import Facts
from matchguide.plan.reasons import profile as line
from matchguide.plan.reasons import why
from matchguide.plan.rows import reason
from matchguide.plan.situation import Situation
from matchguide.plan.types import Combination, FirstYears, Want


def needed(s: Situation, specialties: tuple[str, ...]) -> bool:
    """Whether a planned specialty needs a first year found separately: not where a US first year is done or runs."""
    return not s.has_first_year and any(s.starts_in_second_year(x) for x in specialties)


def stand(s: Situation, combination: Combination) -> FirstYears:
    """Whether a first year is needed, and why: by the place, the ranked programs or the interviews where there are
    any, else by how most places of the planned specialties begin."""
    if s.has_first_year:
        return FirstYears(False, (why("first-years-done", *line("us_training")),))
    if combination.source == "place":
        must = s.lacks_only_a_first_year
        return FirstYears(must, (why("first-years-place", *line("season_so_far.place"), needed=must),))
    met = {i.program: i.specialty for i in s.profile.interviews}
    if combination.source == "rank list":
        met = {r.program: x for r in s.profile.rank_list if (x := s.specialty_of(r.program))}
    met = {p: x for p, x in met.items() if x in combination.specialties}
    if combination.source in ("rank list", "interviews") and met:
        later = sum(s.begins_later(program, specialty) for program, specialty in met.items())
        guessed = any(s.begins_later(p, x) and s.start_of(p) is None for p, x in met.items())
        refs = line("rank_list" if combination.source == "rank list" else "interviews", "programs")
        reason = why(
            "first-years-by-programs",
            *refs,
            later=later,
            of=len(met),
            source=combination.source,
            guessed=guessed,
            **_not_told(s),
        )
        return FirstYears(later > 0, (reason,))
    whole = [i for i in s.profile.interviews if s.content.cards[i.specialty].kind != "first-year"]
    if combination.source == "applications" and s.profile.interviews and not s.advanced_interviews:
        return FirstYears(
            False,
            (why("first-years-none-later", *line("interviews", "programs"), whole=bool(whole), **_not_told(s)),),
        )
    if needed(s, combination.specialties):
        refs = s.evidence("positions:ir", "positions:dr", "supplemental-separate")
        return FirstYears(True, (why("first-years-needed", *refs),))
    cards = (s.content.cards[x] for x in combination.specialties)
    some_later = tuple(card.id for card in cards if card.start and card.start.pgy2 != "none")
    return FirstYears(False, (why("first-years-not-needed", some_later=some_later),))


def _not_told(s: Situation) -> dict[str, object]:
    """The programs whose start the reader did not say although it may be the second year, and their specialties."""
    programs = s.starts_not_told
    kinds = dict.fromkeys(x for p in programs if (x := s.specialty_of(p)))
    most = all(s.content.cards[x].start.pgy1 == "most" for x in kinds)
    return {"other_programs": programs, "some_later": tuple(kinds), "most": most}


def by_list(s: Situation, want: Want, own: int, published_low: int | None = None) -> Want:
    """The number by the reader's own list of `own` programs that can be applied to. Programs named in the profile are
    the number, unless they are fewer than a published range; a table is it where it holds enough, up to the range's
    end."""
    if not own:
        return want
    if s.brought.programs:
        if own <= want.planned:
            return want
        reason = why("count-in-table", *line("programs_file"), count=own, planned=min(own, want.high))
        return Want(want.low, want.high, min(own, want.high), (reason, *want.because))
    if published_low is not None and own < published_low:
        return want
    reason = why("count-listed", *line("programs"), count=own)
    return Want(min(want.low, own), max(want.high, own), own, (reason, *want.because))


def plan(
    s: Situation, specialties: tuple[str, ...], counts: Mapping[str, int], known: Facts, listed: Mapping[str, int]
) -> dict[str, Want]:
    """The first true set of the goal's first-years.yml, as wants; empty where the plan needs none. `listed` is how
    many programs of each specialty the reader lists that can be applied to."""
    must = needed(s, specialties)
    advanced = sum(n for x, n in counts.items() if s.starts_in_second_year(x))
    facts = known.with_more(advanced_planned=advanced)
    chosen = next((x for x in s.goal.first_years.sets if (must or x.always) and facts.true(x.when)), None)
    out: dict[str, Want] = {}
    for specialty, year in chosen.plan.items() if chosen else ():
        if not s.could_begin_in(specialty):
            continue
        (low, high), number = year.range, year.planned
        want = Want(low, high, number, (reason(year.because, facts),))
        out[specialty] = by_list(s, want, listed.get(specialty, 0))
    return out

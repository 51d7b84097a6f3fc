"""Profile, content, season and a day in; the plan out. Pure: no clock, no files, nothing random but by seed."""

import datetime as dt
from collections.abc import Mapping

from matchguide.content.season import Season
from matchguide.content.store import Content
from matchguide.plan import (
    advice,
    closed,
    combination,
    counts,
    first_card,
    first_years,
    fit,
    letters,
    next_money,
    program_list,
    ranks,
    signals,
    statements,
    timeline,
    verdicts,
    visa,
)
from matchguide.plan import phase as phases
from matchguide.plan import situation as situations
from matchguide.plan.choice import facts_of
from matchguide.plan.facts import Facts
from matchguide.plan.flips import changed
from matchguide.plan.known import known
from matchguide.plan.reasons import evidence, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.types import Applications, Assumption, Combination, FirstYears, Plan, VisaPlan
from matchguide.profile.model import Profile
from matchguide.programs.listed import EMPTY, Table

OVER_WITH_A_PLACE = (
    "applicant.graduated",
    "backups",
    "exams.oet",
    "exams.step1",
    "exams.step2_ck",
    "goal.if_unmatched",
    "history",
    "limits",
)

ASKING_OF_US_TIME = ("preparing", "late")


def make(profile: Profile, content: Content, season: Season, on: dt.date, table: Table = EMPTY) -> Plan:
    """The whole plan for one applicant on a day, with the table of programs that they brought."""
    s = situations.read(profile, content, season, on, table)
    return from_situation(s)


def from_situation(s: situations.Situation) -> Plan:
    """The plan of a situation: what happened decides, and what is over is not planned any more."""
    now = phases.phase(s)
    counting = phases.still_counting(s, now)
    visas = visa.plan(s)
    judged = verdicts.judge(s, visas)
    combined, chosen, counted = _paid_for(s, visas, now, program_list.usable(s, judged), counting=counting)
    over = combined.source == "advice" and now in phases.AGAIN
    in_hand = tuple(dict.fromkeys((*combined.specialties, *(() if over else s.first_years_sought))))
    years = first_years.stand(s, combined)
    thought_of = [
        a for a in counted.applications if a.planned or a.specialty in combined.specialties or _year(s, a, years)
    ]
    applied = tuple(a.specialty for a in thought_of) if counting else in_hand
    paid = tuple(a.specialty for a in thought_of if a.planned or a.specialty in combined.specialties)
    sent_to = paid if counting else applied
    advised = combined.source == "advice"
    asking = counting or (advised and phases.letters_still_asked(s, now))
    letter_plans = letters.plan(s, applied, sent_to, asking=asking)
    sent = tuple(x for x in letter_plans if x.specialty in sent_to)
    facts = known(s, combined, visas, sent, years.needed, applied, counting=counting)
    rules = advice.plan(s, facts)
    rank = ranks.read(s)
    first, second = first_card.plan(s, facts, rank)
    signaled = signals.plan(s, combined, applied, chosen) if counting else ()
    listed = program_list.plan(s, judged, combined, counted.applications, signaled, chosen)
    marginal, more_money, expected = next_money.plan(s, judged, listed, counted.applications)
    return Plan(
        season=s.season.season,
        on=s.on,
        stage=s.stage,
        phase=now,
        counting=counting,
        combination=combined,
        fit=fit.plan(s, visas),
        applications=counted.applications,
        fees_usd=counted.fees_usd,
        fees_low_usd=counted.fees_low_usd,
        budget_usd=s.profile.limits.budget_usd,
        cuts=counted.cuts,
        letters=letter_plans,
        signals=signaled,
        statements=statements.plan(s, applied),
        visa=visas,
        first_years=years,
        advice=rules,
        closed=closed.plan(s, combined, visas),
        timeline=timeline.plan(s, visas, facts, sent, rules),
        assumptions=_of_use(
            s, now, (*_exception(s, visas), *s.assumptions, *_assumed_by_plan(s, now, visas, paid, counted.fees_usd))
        ),
        facts=s.facts,
        rank=rank,
        programs=listed.programs,
        questions=listed.questions,
        gaps=listed.gaps,
        marginal=marginal,
        more_money=more_money,
        expected=expected,
        table=s.table,
        brought=s.brought,
        first=first,
        second=second,
        if_nothing_sent=_if_nothing_sent(s, now),
    )


def _if_nothing_sent(s: situations.Situation, now: str) -> tuple[Applications, ...]:
    """What would be applied to today if nothing was sent, where the profile does not tell and it may still pay."""
    if now != "late" or s.applied_nothing or s.has_applied():
        return ()
    then = changed(s, {"season_so_far": {"applied": "nothing"}})
    phase = phases.phase(then)
    if not phases.still_counting(then, phase):
        return ()
    visas = visa.plan(then)
    listed = program_list.usable(then, verdicts.judge(then, visas))
    _, _, counted = _paid_for(then, visas, phase, listed, counting=True)
    return tuple(a for a in counted.applications if a.planned)


def _paid_for(
    s: situations.Situation, visas: VisaPlan, phase: str, listed: Mapping[str, int], *, counting: bool
) -> tuple[Combination, Facts, counts.Counts]:
    """The combination and its counts. A specialty for which the budget leaves no application is no part of the plan:
    letters, statements and first years for it would be work that nobody reads."""
    combined = combination.choose(s, visas, phase)
    chosen = facts_of(s, combined.roles, combined.specialties)
    if not counting:
        return combined, chosen, counts.NOTHING
    counted = counts.plan(s, combined, chosen, listed)
    mine = [a for a in counted.applications if a.specialty in combined.specialties]
    unpaid = tuple(a.specialty for a in mine if a.wanted and not a.planned)
    if unpaid and any(a.planned for a in mine) and combined.source == "advice":
        combined = combination.choose(s, visas, phase, unpaid, counted.wanted_usd)
        chosen = facts_of(s, combined.roles, combined.specialties)
    return combined, chosen, counted


def _year(s: situations.Situation, a: Applications, years: FirstYears) -> bool:
    """A kind of first year that the plan needs, also where the budget leaves none of it: its signals are free."""
    return years.needed and s.content.cards[a.specialty].kind == "first-year"


def _of_use(s: situations.Situation, phase: str, guesses: tuple[Assumption, ...]) -> tuple[Assumption, ...]:
    """Those that something of today can still turn on. The Match asked for exams and record before it took somebody:
    with a place in hand nobody is asked about them. Step 3 is a question of the visa."""
    over: tuple[str, ...] = OVER_WITH_A_PLACE if phase in ("matched", "partly matched") else ()
    over += ("exams.step3",) if s.needs == "none" else ()
    return tuple(a for a in guesses if not a.field.startswith(over))


def _exception(s: situations.Situation, visa: VisaPlan) -> tuple[Assumption, ...]:
    """Where an entry restriction decides: the question whether an exception to it is the reader's, more pointed with
    US stays about its day (January belongs to either year) or a stay now; `holds: []` in a profile answers it."""
    if visa.restriction is None or _answered(s):
        return ()
    day = s.content.evidence.value("entry-restrictions.day")
    near = [x.year for x in s.profile.experience.us_clinical if x.year and 0 <= day.year - x.year <= 1]
    inside = s.in_the_us
    refs = (*line("visa.holds", "visa.citizenships"), *evidence("entry-restrictions"))
    return (
        Assumption("visa.holds", "unknown", why("ask-exception", *refs, near=bool(near), inside=inside), "unknown"),
    )


def _answered(s: situations.Situation) -> bool:
    """Whether the profile says itself that none of the exceptions is theirs."""
    return "holds" in s.profile.visa.model_fields_set and not s.profile.visa.holds


def _assumed_by_plan(
    s: situations.Situation, phase: str, visa: VisaPlan, paid: tuple[str, ...], fees: int
) -> tuple[Assumption, ...]:
    """What only the plan shows to be a guess: what the budget is for, that a year of surgery could be borne, that a
    radiologist who lists no gap works in radiology now, and learned to read images before intervening."""
    out: list[Assumption] = []
    if phase == "ranking" and s.has_applied() and not s.profile.interviews and not s.profile.rank_list:
        out.append(Assumption("interviews", "unknown", why("ask-interviews", *line("interviews")), "unknown"))
    waiting = phase == "match week" and s.result is None and s.on < s.season.day("match_week")
    if (phase == "ranking" or waiting) and s.profile.season_so_far.registered is None and s.has_applied():
        field = "season_so_far.registered"
        out.append(Assumption(field, "unknown", why("ask-registered", *line(field)), "unknown"))
    silent = "holds" not in s.profile.visa.model_fields_set and not s.in_the_us
    if s.needs == "h1b" and silent and visa.restriction is None and s.profile.visa.status_now is None:
        out.append(Assumption("visa.holds", "unknown", why("ask-inside", *line("visa.holds")), "unknown"))
    budget = s.profile.limits.budget_usd
    if budget is not None and paid:
        field = "limits.budget_usd"
        out.append(
            Assumption(
                field,
                "ERAS program fees only",
                why("assume-budget", *line(field), left=budget - fees, visa=s.needs != "none"),
            )
        )
    first_year = s.goal.first_years.assumed_bearable
    whole = s.goal.first_years.ruled_out_with.get(first_year or "", "")
    liked = (s.stated_enjoyment(whole) or 0) >= s.goal.count("mark_planned")
    if first_year in paid and s.stated_enjoyment(first_year) is None and not liked:
        field = f"backups.enjoyment.{first_year}"
        ruled_out = whole in s.profile.backups.ruled_out
        mark = str(s.goal.number("mark_assumed"))
        out.append(Assumption(field, mark, why(f"assume-{first_year}", *line(field), ruled_out=ruled_out)))
    if not s.says("experience.us_clinical") and phase in ASKING_OF_US_TIME and not s.us_years:
        field = "experience.us_clinical"
        out.append(Assumption(field, "unknown", why("ask-us-time", *line(field)), "unknown"))
    told = s.profile.visa.status_now is not None or any(t.visa and t.left is None for t in s.profile.us_training)
    if "in the US now" in s.profile.visa.holds and not told and s.needs != "none":
        field = "visa.status_now"
        out.append(Assumption(field, "unknown", why("ask-status", *line("visa.holds")), "unknown"))
    read = {
        t.specialty
        for t in s.profile.applicant.trained
        if s.is_a(t.specialty, situations.RADIOLOGY) and s.finished(t)
    }
    if read == {s.goal.specialty}:
        field = "applicant.trained"
        out.append(
            Assumption(field, "it held the radiology that the board asks for", why("assume-trained", *line(field)))
        )
    if s.assumed_to_work:
        field = "history.gaps"
        out.append(Assumption(field, "none: you work in radiology now", why("assume-working", *line(field))))
    return tuple(out)

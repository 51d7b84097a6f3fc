"""What the sentences of pages may ask and name besides the facts of the plan's own expressions: the plan as a page
tells it, counted and joined."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from matchguide.content.expressions import Kind
from matchguide.pages import us_time
from matchguide.pages.half import in_hand, met, unwanted, waited_for, writers
from matchguide.pages.happened import open_questions, starts_assumed, starts_matter
from matchguide.pages.next_things import missing_letters
from matchguide.pages.said import Said
from matchguide.pages.words import Words
from matchguide.pages.your_programs import SHOWN, steps
from matchguide.plan.choice import lowest_quarter
from matchguide.plan.level import dropped_from
from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.plan.types import Advice, Plan, Restriction

Fact = Callable[[Plan, Situation, Words], Any]


def _list_rule(plan: Plan) -> Advice | None:
    """The rule that asks for a list of programs, where the profile has none."""
    return next((a for a in plan.advice if a.id == "programs-list"), None)


def _radiology_ahead(plan: Plan, s: Situation) -> bool:
    """Whether radiology is in the plan or, where nothing is planned, may be in the next: neither closed, nor ruled
    out, nor marked too low by the reader."""
    if plan.combination.specialties:
        return any(s.is_a(x, RADIOLOGY) for x in plan.combination.specialties)
    low = s.goal.number("mark_planned")
    return any(
        s.is_a(x, RADIOLOGY) and s.could_rank(x) and ((mark := s.stated_enjoyment(x)) is None or mark >= low)
        for x, card in s.content.cards.items()
        if card.kind == "backup"
    )


def _sent_or_planned(plan: Plan, s: Situation) -> tuple[str, ...]:
    """What programs have read of the reader, where it is told; else what the plan is about."""
    return tuple(s.sought) or plan.combination.specialties


def _restriction(plan: Plan) -> list[Restriction]:
    return [plan.visa.restriction] if plan.visa.restriction else []


def _verdicts(plan: Plan, verdict: str) -> int:
    return sum(x.judged.verdict == verdict for x in plan.programs)


def _split(plan: Plan, words: Words, *, alone: bool = False) -> list[str]:
    """How the next dollars are best divided, one part a specialty; or how, if programs failed independently."""
    split = plan.more_money.split if plan.more_money else None
    parts = () if split is None else split.alone if alone else split.numbers
    return [words.said("more-money-part", number=number, specialty=specialty) for specialty, number in parts]


def _dollars(amount: int | None) -> str | None:
    return None if amount is None else f"{amount:,}"


def _newest_us_time_age(s: Situation) -> int | None:
    """Years from the reader's newest stay in the US to the season's Match; None where no year is told."""
    years = [stay.year for stay in s.profile.experience.us_clinical if stay.year]
    return s.season.season - max(years) if years else None


def _us_residencies(s: Situation, words: Words) -> list[str]:
    """Residencies in the US that run or are done, as their director is known by."""
    named = ((words.name(t.specialty).lower(), t.program) for t in s.us_years)
    return [f"{specialty}, {Said(program)}" if program else specialty for specialty, program in named]


def _research(s: Situation) -> list[str]:
    """Each project that has a title, with its kind and how far it is."""
    told = []
    for project in s.profile.experience.research:
        if project.title:
            more = ", ".join(str(Said(x)) for x in (project.kind, project.status) if x)
            told.append(f"“{Said(project.title)}”" + (f" ({more})" if more else ""))
    return told


def _place(s: Situation, words: Words) -> str | None:
    """The place that the Match or SOAP gave: its specialty and program."""
    place = s.profile.season_so_far.place
    if place is None:
        return None
    parts = (words.name(place.specialty).lower(), str(Said(place.program)) if place.program else None)
    return ", ".join(part for part in parts if part)


def _writers_lacking(s: Situation, words: Words) -> list[str]:
    """Whose letter the specialties applied to want first, the reader has none of, the most applied to first."""
    return list(dict.fromkeys(words.a_person(kind) for kind in kinds_lacking(s)))


def kinds_lacking(s: Situation) -> list[str]:
    """The kinds of doctor whose letter is missing in what was applied to, the first that each specialty wants."""
    sent = sorted(s.applied_to.items(), key=lambda one: -one[1])
    open_to = [
        x
        for x, n in sent
        if n
        and s.content.cards[x].kind != "first-year"
        and x not in s.profile.backups.ruled_out
        and (s.stated_enjoyment(x) or s.goal.count("mark_planned")) >= s.goal.count("mark_planned")
    ]
    first = {x: s.goal.letters.rules[x].first for x in open_to if x in s.goal.letters.rules}
    return list(dict.fromkeys(kinds[0] for kinds in first.values() if not s.letters_of(*kinds)))


def _letters_to_ask(plan: Plan, s: Situation) -> list[Said]:
    """The writers to ask who are named; radiologists last, and none where the plan has no radiology."""
    reads = not plan.combination.specialties or any(s.is_a(x, RADIOLOGY) for x in plan.combination.specialties)
    mine = [x for x in s.letters_to_ask if reads or not s.is_a(x.specialty, RADIOLOGY)]
    to_ask = sorted(mine, key=lambda x: s.is_a(x.specialty, RADIOLOGY))
    return [Said(x.writer) for x in to_ask if x.writer]


def _liked_best(s: Situation, words: Words) -> list[str]:
    """What the reader likes, and no less than everything in radiology that they marked, the best first."""
    marks = {x: m for x, m in s.profile.backups.enjoyment.items() if x not in s.profile.backups.ruled_out}
    radiology = max((m for x, m in marks.items() if s.is_a(x, RADIOLOGY)), default=0)
    least = max(s.goal.count("mark_liked"), radiology)
    if not radiology:
        return []
    outside = {x: m for x, m in marks.items() if s.content.cards[x].kind == "backup" and not s.is_a(x, RADIOLOGY)}
    liked = [(m, x) for x, m in outside.items() if m >= least]
    return [words.name(x).lower() for _, x in sorted(liked, key=lambda one: -one[0])]


def _own_marks(s: Situation, words: Words) -> list[str]:
    """The reader's marks outside radiology, the higher first."""
    marks = s.profile.backups.enjoyment.items()
    others = sorted(((mark, x) for x, mark in marks if not s.is_a(x, RADIOLOGY)), key=lambda one: -one[0])
    return [words.said("own-mark-of-five", specialty=x, own=mark) for mark, x in others]


# What the view adds, from content and from what was applied to.
FROM_THE_VIEW: Mapping[str, Kind] = {
    "radiology_later": "number",
    "radiology_applications": "number",
    "price_of_one": "number",
    "season_low": "number",
    "fewer": "number",
    "instead": "word",
    "instead_mark": "number",
    "beyond_usd": "number",
    "beyond_of": "word",
    "first_step_usd": "number",
    "fewer_of": "word",
    "letters_go_out": "truth",
}

# Each with what it holds, as expressions know it, and how it is found.
FACTS: Mapping[str, tuple[Kind, Fact]] = {
    "season_name": ("word", lambda plan, s, words: str(plan.season)),
    "reader": ("word", lambda plan, s, words: Said(name) if (name := s.profile.applicant.name) else None),
    "plan_name": ("word", lambda plan, s, words: _plan_name(plan, words)),
    "planned_specialties": ("number", lambda plan, s, words: len(plan.combination.specialties)),
    "only_specialty": ("word", lambda plan, s, words: (*plan.combination.specialties, None)[0]),
    "conditional": ("truth", lambda plan, s, words: plan.combination.conditional),
    "held": ("truth", lambda plan, s, words: plan.combination.conditional and bool(plan.combination.specialties)),
    "restricted": ("list", lambda plan, s, words: [c for r in _restriction(plan) for c in r.countries]),
    "today": ("word", lambda plan, s, words: s.on),
    "writing_waits": (
        "truth",
        lambda plan, s, words: (
            plan.phase in ("match week", "matched", "partly matched") and s.on <= s.season.last_day("soap_rounds")
        ),
    ),
    "law_is_newer": ("truth", lambda plan, s, words: _law_seen(s) > s.on),
    "match_just_over": ("word", lambda plan, s, words: _match_just_over(s)),
    "exception_near": (
        "truth",
        lambda plan, s, words: any(
            a.why.values.get("near") or a.why.values.get("inside")
            for a in plan.assumptions
            if a.why.id == "ask-exception"
        ),
    ),
    "restriction_is_old": ("truth", lambda plan, s, words: any(r.stale for r in _restriction(plan))),
    "applications": ("number", lambda plan, s, words: sum(a.planned for a in plan.applications)),
    "applies": ("truth", lambda plan, s, words: bool(plan.applications)),
    "fees": ("word", lambda plan, s, words: _dollars(plan.fees_usd)),
    "lowest_fees": ("word", lambda plan, s, words: _dollars(plan.fees_low_usd)),
    "limit": ("word", lambda plan, s, words: _dollars(plan.budget_usd)),
    "left_of_limit": ("word", lambda plan, s, words: _dollars((plan.budget_usd or 0) - plan.fees_usd)),
    "cut": ("truth", lambda plan, s, words: bool(plan.cuts)),
    "list_asked": ("truth", lambda plan, s, words: _list_rule(plan) is not None),
    "list_due": ("word", lambda plan, s, words: rule.due if (rule := _list_rule(plan)) else None),
    "list_is_late": ("truth", lambda plan, s, words: bool((rule := _list_rule(plan)) and rule.overdue)),
    "no_us_stay": ("truth", lambda plan, s, words: any(x.what == "us-stays" for x in plan.closed)),
    "certified_said": ("truth", lambda plan, s, words: bool(s.profile.exams.ecfmg_certified)),
    "letters_said": ("truth", lambda plan, s, words: s.origin("letters") == "said"),
    "letters_counted": ("number", lambda plan, s, words: len(s.letters)),
    "promised_radiology": (
        "number",
        lambda plan, s, words: sum(x.status == "promised" and s.is_a(x.specialty, RADIOLOGY) for x in s.letters),
    ),
    "promised_goal_only": ("truth", lambda plan, s, words: _promised_goal_only(s)),
    "radiology_letters": ("number", lambda plan, s, words: s.radiology_letters),
    "unmet": ("list", lambda plan, s, words: [id for id, met in plan.combination.points if met is False]),
    "dropped_from": ("word", lambda plan, s, words: dropped_from(s)),
    "next_match": ("word", lambda plan, s, words: str(plan.season + 1)),
    "after_next_match": ("word", lambda plan, s, words: str(plan.season + 1 + 1)),
    "radiology_planned": (
        "truth", lambda plan, s, words: any(s.is_a(x, RADIOLOGY) for x in plan.combination.specialties)
    ),
    "radiology_ahead": ("truth", lambda plan, s, words: _radiology_ahead(plan, s)),
    "trained_in_goal": (
        "truth", lambda plan, s, words: any(t.specialty == s.goal.specialty for t in s.profile.applicant.trained)
    ),
    "goal_planned": ("truth", lambda plan, s, words: s.goal.specialty in plan.combination.specialties),
    "assumed_lines": (
        "number",
        lambda plan, s, words: (
            sum(a.origin != "unknown" for a in plan.assumptions)
            + bool(starts_matter(plan, s) and starts_assumed(s))
        ),
    ),
    "asked_lines": ("number", lambda plan, s, words: len(open_questions(plan))),
    "newest_us_time_age": ("number", lambda plan, s, words: _newest_us_time_age(s)),
    "directors": ("list", lambda plan, s, words: _us_residencies(s, words)),
    "research": ("list", lambda plan, s, words: _research(s)),
    "sought": ("list", lambda plan, s, words: [words.name(x).lower() for x in s.sought]),
    "place": ("word", lambda plan, s, words: _place(s, words)),
    "place_begins": (
        "word", lambda plan, s, words: place.start if (place := s.profile.season_so_far.place) else None
    ),
    "place_unranked": ("truth", lambda plan, s, words: _place_unranked(s)),
    "place_at": (
        "word", lambda plan, s, words: Said(p.program) if (p := s.profile.season_so_far.place) and p.program else None
    ),
    "low_sent": ("word", lambda plan, s, words: lowest_quarter(s, _sent_or_planned(plan, s))[0]),
    "low_both_sent": ("word", lambda plan, s, words: lowest_quarter(s, _sent_or_planned(plan, s))[1]),
    "place_in": ("word", lambda plan, s, words: p.specialty if (p := s.profile.season_so_far.place) else None),
    "place_mark": (
        "number",
        lambda plan, s, words: s.stated_enjoyment(p.specialty) if (p := s.profile.season_so_far.place) else None,
    ),
    "years_met": ("list", lambda plan, s, words: met(s, words, whole=False)),
    "trainings_met": ("list", lambda plan, s, words: met(s, words, whole=True)),
    "unwanted_that_count": ("list", lambda plan, s, words: unwanted(s, words)),
    "letters_of_patients": ("list", lambda plan, s, words: writers(s, words, in_hand, patients=True)),
    "letters_of_others": ("list", lambda plan, s, words: writers(s, words, in_hand, patients=False)),
    "letters_waited_for": ("list", lambda plan, s, words: writers(s, words, waited_for, patients=True)),
    "letters_waited_of_others": ("list", lambda plan, s, words: writers(s, words, waited_for, patients=False)),
    "silent_applications": ("list", lambda plan, s, words: _silent_applications(s, words)),
    "half_open": (
        "truth",
        lambda plan, s, words: s.result is None and s.on > s.season.last_day("soap_rounds"),
    ),
    "letters_to_ask": ("list", lambda plan, s, words: _letters_to_ask(plan, s)),
    "j1_papers_by": ("word", lambda plan, s, words: _j1_papers_by(s, "weeks_high")),
    "j1_day_past": ("truth", lambda plan, s, words: s.on > _j1_papers_by(s, "weeks_high")),
    "j1_papers_late": ("truth", lambda plan, s, words: s.on > _j1_papers_by(s, "weeks_low")),
    "places_worked": ("list", lambda plan, s, words: us_time.places(s)),
    "namesakes": ("list", lambda plan, s, words: _namesakes(s)),
    "school_in": (
        "word", lambda plan, s, words: Said(where) if (where := s.profile.applicant.school_country) else None
    ),
    "status_until": (
        "word", lambda plan, s, words: status.until if (status := s.profile.visa.status_now) else None
    ),
    "writers_lacking": ("list", lambda plan, s, words: _writers_lacking(s, words)),
    "liked_best": ("list", lambda plan, s, words: _liked_best(s, words)),
    "own_marks": ("list", lambda plan, s, words: _own_marks(s, words)),
    "stays_listed": ("truth", lambda plan, s, words: bool(s.profile.experience.us_clinical)),
    "missing_writers": ("list", lambda plan, s, words: missing_letters(plan, words)),
    "writers_missing": ("number", lambda plan, s, words: len(missing_letters(plan, words))),
    "listed_open": ("number", lambda plan, s, words: _verdicts(plan, "open")),
    "listed_ask": ("number", lambda plan, s, words: _verdicts(plan, "ask")),
    "listed_closed": ("number", lambda plan, s, words: _verdicts(plan, "closed")),
    "on_list": ("number", lambda plan, s, words: sum(x.take for x in plan.programs)),
    "questions_open": ("number", lambda plan, s, words: len(plan.questions)),
    "log_asked": ("truth", lambda plan, s, words: any(x.judged.listed.asked for x in plan.programs)),
    "gaps_left": ("list", lambda plan, s, words: [words.name(g.specialty) for g in plan.gaps]),
    "rows_left_out": ("number", lambda plan, s, words: len(plan.brought.others)),
    "rows_not_shown": ("number", lambda plan, s, words: max(0, len(plan.programs) - SHOWN)),
    "how_far": (
        "list", lambda plan, s, words: [words.said(f"progress-{x}-n", number=n) for x, n in steps(plan)]
    ),
    "better_way": ("word", lambda plan, s, words: m.options[0].specialty if (m := plan.more_money) else None),
    "other_way": (
        "word",
        lambda plan, s, words: (
            m.options[1].specialty if (m := plan.more_money) and len(m.options) > 1 else None
        ),
    ),
    "best_split": ("list", lambda plan, s, words: _split(plan, words)),
    "split_alone": ("list", lambda plan, s, words: _split(plan, words, alone=True)),
    "split_short": (
        "word",
        lambda plan, s, words: m.split.short if (m := plan.more_money) and m.split else None,
    ),
    "better_is_sure": ("truth", lambda plan, s, words: bool((m := plan.more_money) and m.sure)),
    "turned_by": (
        "word", lambda plan, s, words: f"{m.turns:.1f}" if (m := plan.more_money) and m.turns else None
    ),
    "ask_letters_by": (
        "word", lambda plan, s, words: min(
            (m.by for x in plan.letters for m in x.missing), default=None, key=lambda by: by.last
        )
    ),
}  # fmt: skip


def page_facts(plan: Plan, s: Situation, words: Words) -> dict[str, Any]:
    """All of them, for one guide."""
    return {name: find(plan, s, words) for name, (_, find) in FACTS.items()}


def kinds() -> dict[str, Kind]:
    """What each of the names holds."""
    return {name: kind for name, (kind, _) in FACTS.items()} | dict(FROM_THE_VIEW)


def _silent_applications(s: Situation, words: Words) -> list[str]:
    """The applications to whole trainings that brought no interview in their specialty."""
    met = {i.specialty for i in s.profile.interviews}
    silent = {x: n for x, n in s.applied_to.items() if n and x not in met and s.content.cards[x].kind != "first-year"}
    return [words.said("applications-in", number=n, specialty=x) for x, n in silent.items()]


def _place_unranked(s: Situation) -> bool:
    """Whether the program of the reader's place stands nowhere on the rank list that they name."""
    place = s.profile.season_so_far.place
    ranked = {name for r in s.profile.rank_list for name in (r.program, *r.first_years)}
    return bool(ranked and place and place.program and place.program not in ranked)


def _promised_goal_only(s: Situation) -> bool:
    """Whether all who write from the goal's own specialty have promised only."""
    mine = [x for x in s.letters if x.specialty == s.goal.specialty]
    return bool(mine) and all(x.status == "promised" for x in mine)


def _j1_papers_by(s: Situation, pace: str) -> dt.date:
    """The last day on which a complete file brings a J-1 in time at a pace of ECFMG's (weeks_low, weeks_high), with
    our days for the consulate, where there is one."""
    weeks: int = s.content.evidence.value(f"j1-application.{pace}")
    consulate = next(r.due.days for r in s.content.rules if r.id == "matched-consulate" and r.due)
    days = 0 if s.canadian_citizen else consulate
    return s.season.day("start_of_training") - dt.timedelta(weeks=weeks, days=days)


def _namesakes(s: Situation) -> list[Said]:
    """The letter writers whose last name is the reader's own: a relative may not write."""
    own = (s.profile.applicant.name or "").casefold().split()
    return [Said(x.writer) for x in s.profile.letters if own and x.writer.casefold().split()[-1:] == own[-1:]]


def _law_seen(s: Situation) -> dt.date:
    """The day of our last look at visa law."""
    return max((x.as_of for x in s.content.evidence.items.values() if x.as_of), default=dt.date.min)


def _match_just_over(s: Situation) -> str | None:
    """The Match that is over since weeks, where the reader names no season and the next one was assumed: they may
    have taken part in it."""
    if s.origin("goal.season") != "assumed":
        return None
    over = [x for x in s.content.seasons.values() if x.day("match_week") <= s.on < x.day("start_of_training")]
    return next((str(x.season) for x in over if x.season < s.season.season), None)


def _plan_name(plan: Plan, words: Words) -> str:
    """ "IR + DR + IM": what is applied to, without what a budget leaves no application for."""
    planned = {a.specialty: a.planned for a in plan.applications}
    paid = [x for x in plan.combination.specialties if planned.get(x)]
    cut = plan.counting and paid and len(paid) < len(plan.combination.specialties)
    return " + ".join(words.abbr(x) for x in paid) if cut else words.combination(plan.combination.id)

"""What page templates may see and call: the plan, the reader's words as marks, content, drawings."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import cached_property, partial
from typing import Any

from matchguide.content import expressions
from matchguide.content.cards import FIRST_YEAR_OPENING, Card, Road
from matchguide.content.inert import link_to
from matchguide.content.store import Content
from matchguide.pages import (
    calendar,
    compare,
    happened,
    home,
    next_season,
    programs,
    statement_check,
    us_time,
    visas,
    your_programs,
)
from matchguide.pages.changed import changed
from matchguide.pages.chosen import UNSAID, Chosen
from matchguide.pages.cite import anchor, shown
from matchguide.pages.correction import control
from matchguide.pages.drawings import Drawings, Way
from matchguide.pages.eastern import deadline, hour
from matchguide.pages.facts import kinds_lacking, page_facts
from matchguide.pages.form import form_beside, published_enough
from matchguide.pages.former import Former
from matchguide.pages.frames import frame
from matchguide.pages.happened import met, ranked, to_rank, week
from matchguide.pages.labels import Labels
from matchguide.pages.letter_cards import (
    counted_once,
    first_year_letters,
    letter_cards,
    letter_gaps,
    letter_requests,
    letters_short,
    own_doctors_lacking,
    read_as_it_is,
    soap_letters,
    soap_missing,
    twice,
)
from matchguide.pages.next_things import (
    missing_letters,
    next_things,
    season_dates,
    shown_date,
    undated_things,
)
from matchguide.pages.no_visa import without_j1, without_visas
from matchguide.pages.said import Said, wrap
from matchguide.pages.season_costs import costs
from matchguide.pages.soap import Soap
from matchguide.pages.sources import told_by_source
from matchguide.pages.stand import stand
from matchguide.pages.together import together
from matchguide.pages.told import told
from matchguide.pages.why_each import WhyEach, why_each
from matchguide.pages.why_told import WhyTold
from matchguide.pages.words import Words, listed
from matchguide.plan.against import lacking
from matchguide.plan.fees import Prices, prices
from matchguide.plan.fit import PRINCIPLES, weights_of
from matchguide.plan.keys import missing_key, used_key
from matchguide.plan.known import known
from matchguide.plan.level import marked_points
from matchguide.plan.phase import AGAIN
from matchguide.plan.reasons import Reason, evidence, why
from matchguide.plan.rows import filled
from matchguide.plan.situation import RADIOLOGY
from matchguide.plan.situation import read as read_situation
from matchguide.plan.statements import plan as statements_of
from matchguide.plan.types import Applications, Assumption, Moment, Plan, Statement
from matchguide.profile.dates import dated
from matchguide.profile.model import Profile

SENTENCE_ENDS = re.compile(r"(?<=[.?!]) (?=[A-Z\[])")
ONLY_FOR_RADIOLOGISTS = "- **Already "  # how such a line of a card begins
ONLY_WITHOUT_A_WRITER = "- **No IR at your school?**"
FIRST_YEAR, PROGRAMS = "- **First year:**", "- **Programs:**"
SECTIONS_OF_FIRST_YEARS = (
    "What it is",
    "Why it attracts",
    "What is good",
    "What is hard",
    "A day in it",
    "How to apply",
    "What the numbers say",
)


def plan_specialties(plan: Plan) -> tuple[str, ...]:
    """The specialties of a plan's combination, in their order."""
    return plan.combination.specialties


def _pays_the_rest(plan: Plan, price: Prices, season_low: int) -> dict[str, Any]:
    """How many applications fewer, of the specialty with the most, pay for what the season costs at least beyond the
    reader's limit; none where that would take all of them."""
    most = max(plan.applications, key=lambda a: a.planned, default=None)
    over = season_low - (plan.budget_usd or season_low)
    if most is None or over <= 0:
        return {"fewer": 0, "fewer_of": None}
    planned = most.planned
    enough = (n for n in range(1, planned) if price.cost(n, planned - n) >= over)
    return {"fewer": next(enough, 0), "fewer_of": most.specialty}


class View:
    """One guide's data as its templates read it."""

    def __init__(
        self, plan: Plan, content: Content, profile: Profile, words: Words, former: Former | None = None
    ) -> None:
        self.plan, self.content, self.profile, self.words = plan, content, profile, words
        self.season = content.seasons[plan.season]
        self.situation = read_situation(profile, content, self.season, plan.on, plan.brought)
        self.changed = changed(former, plan, content, words) if former else None
        self.page_titles: dict[str, str] = {}
        self.title = words.said("guide-title", season=str(plan.season))
        self.labels = Labels(words.templates, words.name)
        self.why_told = WhyTold(plan, content, profile, words, self.labels)
        self.you = wrap(profile.model_dump(by_alias=True))
        counted = tuple(a.specialty for a in plan.applications if a.planned or plan.in_plan(a.specialty))
        self.applied = counted if plan.counting else tuple(x.specialty for x in plan.letters)
        plan_facts = known(
            self.situation,
            plan.combination,
            plan.visa,
            plan.letters,
            plan.first_years.needed,
            self.applied,
            counting=plan.counting,
        )
        later, radiology = self.advanced()
        self.prices = prices(content.evidence, self.season.evidence.fees)
        self.costs = costs(self.situation, plan, self.season.evidence.fees)
        self.facts = plan_facts.with_more(
            **page_facts(plan, self.situation, words),
            letters_go_out=any(x.specialty in self.applied for x in plan.letters),
            radiology_later=later,
            radiology_applications=radiology,
            price_of_one=self.prices.first,
            season_low=sum(cost.low for cost in self.costs),
            **_pays_the_rest(plan, self.prices, sum(cost.low for cost in self.costs)),
            **self._instead(),
        )
        self.chosen = Chosen(words, self.facts)
        self.texts = content.data(f"goals/{profile.goal.specialty}/combinations")
        backups = [c.id for c in content.cards.values() if c.kind == "backup"]
        closed = {x.what for x in plan.closed}
        goal = profile.goal.specialty
        years = tuple(x for x in content.cards if content.cards[x].kind == "first-year")
        # Once lists are closed nobody enters the goal any more; the result decides first.
        self.waits = plan.phase in ("match week", "unknown result")
        mine = [*(() if self.waits else (goal,)), *plan.combination.specialties]
        self.my_cards = tuple(x for x in dict.fromkeys(mine) if x not in years)
        others = (x for x in backups if x not in self.my_cards and f"specialty:{x}" not in closed)
        if not plan.counting and plan.phase not in AGAIN:  # nothing is chosen now, but the next season is prepared
            ahead = next_season.backups(self.situation, self.facts) if not plan.combination.specialties else ()
            others = (x for x in ahead if x not in self.my_cards and plan.phase in ("late", "interviewing"))
        self.other_cards = tuple(others)
        self.first_year_cards = tuple(x for x in years if x in (*self.applied, *mine))
        many = (
            x
            for x in (*plan.combination.specialties, goal)
            if form_beside(self.situation, content.evidence, self.outcome(x))
        )
        self.form_of = next(many, goal)
        self.soap = Soap(plan, self.situation)
        self.interview_cards = tuple(self._interview_cards())

    def _interview_cards(self) -> Iterable[str]:
        """The specialties with questions of their own that may be asked: of the plan, and each that the reader
        applied to or was invited in; else the first that their marks build for, or of their own cards; none for who
        has half a place."""
        if self.plan.phase == "partly matched":
            return ()
        planned = (x for x in self.my_cards if self.plan.in_plan(x))
        asked = tuple(dict.fromkeys((*planned, *self.situation.sought)))
        if self.plan.phase == "ranking" and self.situation.has_applied():  # invitations are over
            ahead = (i for i in self.profile.interviews if i.date is None or i.date.last >= self.plan.on)
            invited = {i.specialty for i in ahead}
            return [x for x in asked if x in invited and x in self.content.interviews]
        if not asked and not self.plan.counting:
            asked = tuple(next_season.to_build(self.situation, self.facts)[:1])
        asked = asked or self.my_cards
        cards = [x for x in asked if x in self.content.interviews]
        if self.plan.phase == "match week":  # who calls in SOAP has places, and radiology has hardly any
            return self.soap.callers(cards)
        return cards

    def _instead(self) -> dict[str, Any]:
        """Another broad specialty that the reader marks high enough, and what its first fee step costs, beside what
        the plan's most applied to costs beyond its own."""
        most = max(self.plan.applications, key=lambda a: a.planned, default=None)
        first = self.prices.cost(self.prices.until)
        beyond = most.fee_usd - first if most else 0
        marked = (x.specialty for x in self.plan.combination.left_out if self.situation.is_a(x.specialty, "broad"))
        other = next(marked, None) if beyond > 0 and self.plan.budget_usd is not None else None
        mark = self.situation.stated_enjoyment(other) if other else None
        of = most.specialty if most else None
        return {
            "instead": other,
            "instead_mark": mark,
            "beyond_usd": beyond,
            "beyond_of": of,
            "first_step_usd": first,
        }

    def each(self, what: str) -> Iterable[str]:
        """The specialties for which a page with `each` is written, by the name of the list."""
        return {
            "my_cards": self.my_cards,
            "other_cards": self.other_cards,
            "interviews": self.interview_cards,
            "first_years": self.first_year_cards,
        }[what]

    @cached_property
    def another_group(self) -> str:
        """The line, for a reader who is not of the group whose figures we have, on a page that prints one."""
        if self.profile.applicant.status != "us-img":
            return ""
        return f'<p class="alarm-line" markdown="span">{self.chosen.on_page("another-group")}</p>'

    def names(self) -> dict[str, Any]:
        """The globals of page templates."""
        before_result = self.plan.phase not in happened.AFTER_THE_RESULT
        soap_ahead = self.plan.on <= self.season.last_day("soap_rounds")
        living = home.living(self.plan, self.situation)
        soap = self.soap
        places, years_to_link = to_rank(self.situation, self.words)
        own_lacking = own_doctors_lacking(self.plan, self.situation) if self.plan.counting else []
        soap_few = soap.few("mark_planned")
        starts_matter = happened.starts_matter(self.plan, self.situation)
        applying = self.plan.combination.against.values["of"] == "applying"
        more = programs.more_in(self.plan, self.situation)
        beside = form_beside(self.situation, self.content.evidence, self.outcome(self.form_of))
        whole_if_nothing = [
            a for a in self.plan.if_nothing_sent if self.content.cards[a.specialty].kind != "first-year"
        ]
        in_this_match = bool(self.plan.combination.specialties or self.facts["may_have_applied"])
        return {
            "plan": self.plan,
            "you": self.you,
            "content": self.content,
            "cards": self.content.cards,
            "number": self.situation.goal.number,
            "decisions": self.situation.goal,
            "evidence": self.content.evidence,
            "season": self.season,
            "situation": self.situation,
            "my_cards": self.my_cards,
            "other_cards": self.other_cards,
            "interview_cards": self.interview_cards,
            "applied": self.applied,
            "goal": self.profile.goal.specialty,
            "say": self.chosen.on_page,
            "every": self.chosen.every,
            "name": self.words.name,
            "abbr": self.words.abbr,
            "abbr_first": self.words.abbr_first,
            "person": self.words.person,
            "a_person": self.words.a_person,
            "combo": self.words.combination,
            "listed": listed,
            "said": Said,
            "shown": shown,
            "fig": self.fig,
            "money": self.money,
            "date": dated,
            "value": self.content.evidence.value,
            "year": self.content.evidence.year,
            "has": self.content.evidence.has,
            "rules_for": self.rules_for,
            "principles": PRINCIPLES,
            "weights": weights_of(self.situation),
            "who": self.who,
            "body": self.body,
            "points_of": self.points_of,
            "planned_first_years": self.planned_first_years,
            "first_year_cards": self.first_year_cards,
            "names_in": lambda plans: [self.words.name(x.specialty).lower() for x in plans],
            "people_of": lambda specialties: [self.words.person(x) for x in specialties],
            "opening": self.opening,
            "story_for_a_ward": self.story_for_a_ward,
            "other_combinations": self.other_combinations,
            "stronger_real": self.stronger_real,
            "fits_of_plan": lambda: [f for f in self.plan.fit if self.plan.in_plan(f.specialty)],
            "names_of": lambda fits: [self.words.name(f.specialty) for f in fits],
            "frame": partial(frame, self.situation, self.words, self.interview_cards),
            "questions": self.questions,
            "advanced": self.advanced,
            "used_key": used_key,
            "missing_key": missing_key,
            "has_calendar": calendar.holds(self.plan),
            "letter_cards": partial(letter_cards, self.plan, self.situation, self.chosen, self.words, self.applied),
            "read_as_it_is": partial(read_as_it_is, self.plan, self.situation, self.words, self.applied),
            "letter_requests": partial(
                letter_requests, self.plan, self.situation, self.chosen, self.words, self.applied
            ),
            "first_year_letters": partial(
                first_year_letters, self.plan, self.situation, self.chosen, self.words, self.applied
            ),
            "own_doctors_lacking": own_lacking,
            "letters_short": partial(letters_short, self.plan, self.situation, self.chosen, self.words),
            "letters_go_out": self.facts["letters_go_out"],
            "soap_letters": partial(soap_letters, self.situation, self.chosen),
            "soap_missing": partial(soap_missing, self.situation, self.chosen, self.words),
            "writers_twice": twice(self.situation),
            "writers_once": counted_once(self.situation),
            "stays_told": self.stays_told,
            "stays_in": self._stays_to_ask,
            "stays_near": partial(us_time.stays_near, self.situation, self.chosen),
            "also_marked": self._also_marked,
            "liked_elsewhere": self._liked_elsewhere,
            "sent_that_count": [
                self.words.name(x).lower()
                for x in self.situation.sought
                if x in self.situation.goal.first_years.counted and self.content.cards[x].kind != "first-year"
            ],
            "met_in_radiology": lambda: list(
                dict.fromkeys(
                    Said(i.program) for i in self.profile.interviews if self._has_trait(i.specialty, RADIOLOGY)
                )
            ),
            "stays_unwritten": lambda: us_time.stays(self.situation, self.chosen, *kinds_lacking(self.situation)),
            "stays_seen": partial(us_time.with_patients_unwritten, self.situation, self.chosen),
            "stays_with_patients": partial(us_time.with_patients, self.situation, self.chosen),
            "soap_pages": self.soap_pages,
            "ways_in": self.ways_in,
            "letter_gaps": partial(letter_gaps, self.plan, self.words, self.applied),
            "letter_reasons": lambda: [r for x in self.plan.letters[:1] for m in x.missing for r in m.because],
            "moment_when": shown_date,
            "next_things": partial(next_things, self.plan, self.content, self.words),
            "undated_things": partial(undated_things, self.plan, self.content),
            "season_dates": season_dates,
            "marks_of": self.marks_of,
            "draw": Drawings(self.words),
            "outcome": self.outcome,
            "label": self.labels.line,
            "correction": lambda field: control(self.words.templates, field, self.plan.season),
            "in_words": lambda field, word: self.labels.value(field, word) or str(word),
            "lists_of_one": self.lists_of_one,
            "home_one_thing": home.one_thing(
                self.plan, self.chosen, [self.words.a_person(kind) for _, kind in own_lacking]
            ),
            "role_cards": home.role_cards(self.plan, self.content, self.chosen, self._why_each),
            "left_out_told": lambda: together(
                (
                    self.words.said(
                        "left-out-name", specialty=x.specialty, own=self.profile.backups.enjoyment[x.specialty]
                    ),
                    self.words.text(x.because[0]),
                )
                for x in self.plan.combination.left_out[: self.situation.goal.against.left_out_told]
            ),
            "mark_asked": home.mark_asked(self.plan, self.situation, self.chosen, self.season.evidence.outcomes),
            "equal_marks": self._equal_marks,
            "marked_alike": lambda: home.marked_alike(self.plan, self.situation),
            "liked_more": home.liked_more(self.plan, self.situation),
            "left_out": self.why_left_out,
            "lacking": self.what_it_lacks,
            "next_marks": self._next_marks,
            "next_counts": lambda: [self._count_and_fee(a) for a in self._next_season],
            "changes_named": lambda id: [x for x in self.plan.combination.changes_if if x.id == id],
            "whole_if_nothing": sum(a.planned for a in whole_if_nothing),
            "whole_if_nothing_usd": f"{sum(a.fee_usd for a in whole_if_nothing):,}",
            "if_nothing_sent": [self._count_and_fee(a) for a in self.plan.if_nothing_sent],
            "if_nothing_usd": f"{sum(a.fee_usd for a in self.plan.if_nothing_sent):,}",
            "few_sent": lambda: next_season.few_sent(self._next_season, self.situation, self.words),
            "next_together": lambda: f"{sum(a.fee_usd for a in self._next_season):,}",
            "next_ten": lambda: f"{self._next_season[-1].next_ten_usd:,}" if self._next_season else "",
            "next_marks_alone": lambda: [] if self.plan.combination.specialties else self._next_marks(),
            "next_letters": lambda: next_season.letters(self.situation, self.facts, self.chosen, self.words, 3),
            "sent_without_a_mark": lambda: next_season.sent_without_a_mark(
                self.situation, self.facts, self.plan.combination.specialties, self.chosen, 2
            ),
            "next_names": lambda: next_season.names(self.situation, self.facts, self.words),
            "next_whom": lambda: next_season.whom_to_ask(self.situation, self.facts, self.words, 2),
            "in_this_match": in_this_match,
            "against_applying": applying,
            "against_too": lambda: home.against_too(self.plan, self.words),
            "against_too_at_home": home.against_too(self.plan, self.words) if self._invitations_are_out() else "",
            "later_against": home.weakest_point(self.plan, self.words),
            "goal_ways": self._into(self.profile.goal.specialty),
            "against_goal": home.against_goal(self.plan, self.profile.goal.specialty, self.content),
            "home_assumed": home.assumed(self.plan, self.chosen, self.labels, 2),
            "later_unknown": home.unknown(
                self.plan,
                self.chosen,
                self.labels,
                4,
                happened.starts_assumed(self.situation),
                happened.starts_not_told(self.situation),
            ),
            "met_in": lambda specialty: sum(i.specialty == specialty for i in self.profile.interviews),
            "living": living,
            "silent_specialties": home.silent(living, self.words),
            "how_sure": lambda: home.how_sure(living, self.situation, self.chosen, self.season.evidence.outcomes),
            "what_would_change": lambda: home.what_would_change(self.plan, living, self.chosen, self.words),
            "first_change": lambda: home.first_change(self.plan, self.chosen),
            "go": self.go,
            "told_by_source": lambda ids: told_by_source(ids, self.content.evidence, self.chosen, self.plan.on),
            "changes": lambda: home.changes(self.plan),
            "texts_of_plan": lambda: [
                text for id, text in self.texts["combinations"].items() if id == self.plan.combination.id
            ],
            "comparison": compare.Comparison(
                self.plan, self.words, self.chosen, self._not_wanted(), self.what_it_lacks
            ),
            "timeline_one_thing": self.timeline_one_thing,
            "at_hour": self.at_hour,
            "assumed": [a for a in self.plan.assumptions if a.origin != "unknown"],
            "points_met": [{"id": id, "mark": mark} for id, mark in marked_points(self.situation)],
            "points_assumed_met": self.points_assumed_met,
            "letters_sent": [x for x in self.plan.letters if x.specialty in self.applied],
            "statements_one_thing": self.statements_one_thing,
            "statement_check": lambda: statement_check.data(
                self.content, self.facts, tuple(x.specialty for x in self.plan.statements)
            ),
            "program_names": statement_check.program_names(self.plan, self.situation),
            "main_statements": self.statements[0],
            "half_pages": self.statements[1],
            "stories_told": self.stories_told,
            "interviews_listed": self.interviews_listed,
            "only_specialty": self._only_specialty(),
            "story_of": self.story_of,
            "questions_again": lambda specialty: [q for q in self.questions("common") if q.better_for.get(specialty)],
            "faq": [
                q
                for q in self.content.faq.questions
                if (self.plan.counting or not q.while_counting) and self.facts.true(q.when)
            ],
            "seen_pages": self.seen_pages,
            "visas_one_thing": lambda: visas.one_thing(self.plan, self.chosen),
            "years_left": self._years_left,
            "trainings_on_j1": self._trainings_on_j1,
            "own_mark": lambda specialty: self.situation.stated_enjoyment(specialty) or 0,
            "count_reasons": lambda: programs.count_reasons(self.plan, self.words),
            "rejected": lambda: together(
                (self.words.combination(r.id), self.words.text(r.because[0])) for r in self.plan.combination.rejected
            ),
            "gate_says": lambda road, gate: visas.gate_says(road, gate, self.plan, self.chosen),
            "assumed_because": self._assumed_because,
            "goal_against": self._goal_against,
            "place_elsewhere": self._place_elsewhere,
            "place_roads": self._place_roads,
            "sent_against_marks": home.sent_against_marks(self.plan, living, self.situation, self.chosen),
            "met_against_marks": home.met_against_marks(living, self.situation, self.chosen),
            "marked_elsewhere": lambda: home.marked_elsewhere(self.plan, self.situation, self.chosen),
            "liked_most": lambda: home.liked_most(self.plan, self.situation, self.chosen),
            "marked_broad": lambda: home.marked_elsewhere(self.plan, self.situation, self.chosen, trait="broad"),
            "surgery_mark": self._surgery_mark(),
            "applied_or_met": bool(self.situation.has_applied() or self.profile.interviews or self.profile.rank_list),
            "visas_to_do": lambda: visas.to_do(self.plan, self.chosen),
            "visa_stops": lambda road: visas.stops(road, self.chosen),
            "first_card": lambda: self.words.text(self.plan.first.say) if self.plan.first else "",
            "another_group": self.another_group,
            "while_open": self.while_open,
            "while_weighed": self.while_weighed,
            "years_weighed": lambda heading: (
                []
                if self.situation.result or self.plan.phase == "ranking" or self.situation.has_first_year
                else [heading]
            ),
            "year_alone": self._year_alone,
            "week_ahead": before_result and in_this_match and self.plan.on < self.season.day("match_week"),
            "soap_ahead": soap_ahead,
            "soap_to_come": before_result and in_this_match and soap_ahead,
            "may_be_half": before_result and self.situation.result is None and self._may_be_half(),
            "soap_mine": lambda: [self.chosen.say(f"soap-places-{x}") for x in soap.could_take],
            "soap_not_mine": lambda: self._names(soap.not_taken),
            "soap_low_sought": self._names(soap.low_but_sought),
            "soap_years_low": lambda: self._names(self.situation.years_closed_by_their_specialty),
            "could_take": list(soap.could_take),
            "medicine_in_soap": any(self.content.cards[x].short == "im" for x in soap.could_take),
            "names_in_soap": self._names(soap.could_take),
            "soap_going": self._names(soap.going),
            "soap_marked": self._names(soap.marked_high),
            "soap_unmarked": self._names(soap.unmarked),
            "soap_few": [self.chosen.say(f"soap-few-{x}") for x in soap_few],
            "soap_prepared": list(soap.prepared(only_years=self._only_years)),
            "soap_year_wanted": soap.year_wanted(only_years=self._only_years),
            "soap_shares": soap.shares(self.content.evidence.value("soap-45"), only_years=self._only_years),
            "soap_scarce": self._names(soap.scarce),
            "soap_few_ids": list(soap_few),
            "soap_hardly": [self.chosen.say("soap-hardly-one", specialty=x) for x in soap.hardly],
            "soap_without_a_mark": self._names(
                x for x in (*soap.could_take, *soap_few) if self.situation.stated_enjoyment(x) is None
            ),
            "soap_years": bool(soap.years),
            "stand": lambda specialty: stand(self.situation, self.content.evidence, self.outcome(specialty)),
            "broad_alone": home.broad_alone(self.plan, self.content),
            "no_way_back": home.no_way_back(self.plan, self.content),
            "record_of": self._record_of,
            "no_close": self._no_close,
            "mark_in_vain": self._mark_in_vain(),
            "liked_above": self._liked_above(),
            "planned_unmarked": [
                self.words.name(x).lower()
                for x in self.plan.combination.specialties
                if x != self.profile.goal.specialty and self.situation.stated_enjoyment(x) is None
            ],
            "advised_role": lambda x: self.plan.role_of(x) if self.plan.combination.source == "advice" else None,
            "why_each": lambda: [
                self._why_each(x)
                for x in self.plan.combination.specialties
                if self.content.evidence.has(f"{self.outcome(x)}.matched")
            ],
            "yours": str(self.situation.ck or ""),
            "form_of": self.form_of,
            "form_beside": beside,
            "published_enough": published_enough(beside, self.content.evidence),
            "realism_of": lambda specialty: next(
                (f.principles["realism"].because for f in self.plan.fit if f.specialty == specialty), ()
            ),
            "one_thing_of": self.one_thing_of,
            "specialty_number": self.specialty_number,
            "how_to_apply": self.how_to_apply,
            "headings_of": self.headings_of,
            "not_open": lambda x: bool(self.profile.backups.open_to) and x not in self.profile.backups.open_to,
            "roads_drawn": self.roads_drawn,
            "roads": self.roads,
            "j1_years": self.j1_years,
            "road_on_j1": lambda road: road.j1 if self.facts["on_j1"] else UNSAID,
            "costs": programs.cost_lines(self.costs),
            "season_high": sum(cost.high for cost in self.costs),
            "to_pay": programs.to_pay(self.costs),
            "unpriced": lambda: programs.unpriced(
                self.texts["season_costs"], may_travel=self.plan.visa.restriction is None
            ),
            "prices": self.prices,
            "days_to_move": self.days_to_move(),
            "not_certified": not self.situation.certified or self.situation.certificate_in_doubt,
            "late_prices": programs.late_prices(self.situation, self.prices, self.words, next(iter(more), None)),
            "late_more": [self.words.name(x).lower() for x in more],
            "paid_applications": [a for a in self.plan.applications if a.planned],
            "shown_applications": programs.shown_applications(self.plan),
            "ranked_medians": lambda: programs.ranked_medians(
                self.plan, self.content, self.words, self.season.evidence.outcomes
            ),
            "cost_points": lambda a: programs.cost_points(a, self.prices),
            "floors": lambda: programs.floors(self.plan, self.situation.goal.budget.minimums, self.words),
            "allotments": programs.allotments(self.plan, self.content.evidence, self.applied, self._goal_group()),
            "interview_log": your_programs.interview_log(self.plan, self.words),
            "signaled": lambda group: your_programs.signaled(self.plan, group, self.words),
            "program_rows": your_programs.rows(self.plan, self.words),
            "programs_on_paper": your_programs.on_paper(self.plan, self.words),
            "program_numbers": your_programs.numbers(self.plan),
            "may_bring": your_programs.may_bring(
                self.plan, self.situation, self.words, self.season.evidence.outcomes
            ),
            "interviews_rest_on": your_programs.interviews_rest_on(self.plan, self.situation, self.words),
            "program_questions": your_programs.questions(self.plan, self.situation, self.words),
            "table_told": your_programs.told_of_table(self.plan, self.words),
            "listed_programs": programs.listed_programs(self.situation, self.words),
            "combination_texts": self.texts,
            "anchor": anchor,
            "link_to": link_to,
            "marked": self.words.marked,
            "missing_letters": partial(missing_letters, self.plan, self.words),
            "ask_by": lambda: min((m.by for x in self.plan.letters for m in x.missing), key=lambda by: by.last),
            "facts_first_year": self.facts["first_year_interviews"],
            "only_years": self._only_years,
            "compare_json": compare.data(
                self.plan, weights_of(self.situation), self.content, self.situation.goal.count("draws")
            ),
            "page_exists": lambda id: id in self.page_titles,
            "page_title": lambda id: self.page_titles[id],
            "deadline": lambda id: deadline(self.season.day(id), self.season.event(id).at),
            "season_day": self.season.day,
            "told": told(self.situation, self.words, self.labels),
            "points": self._points,
            "changed": self.changed,
            "met": met(self.situation, self.words),
            "places_to_rank": places,
            "first_years_to_link": years_to_link,
            "toward_goal": [x["program"] for x in places if self.situation.is_a(x["specialty"], RADIOLOGY)],
            "years_marked_low": happened.years_marked_low(self.situation),
            "first_year_may_be_linked": happened.first_year_may_be_linked(self.plan, self.situation),
            "ranked": ranked(self.plan),
            "mended_list": happened.mended_list(self.plan),
            "shown_on_list": happened.shown_on_list(self.plan, self.situation),
            "starts_assumed_in": happened.starts_assumed_in(self.situation),
            "starts_assumed": happened.starts_assumed(self.situation) if starts_matter else [],
            "starts_to_ask": happened.starts_not_told(self.situation) if starts_matter else [],
            "starts_to_ask_in": happened.starts_not_told_in(self.situation),
            "week": week(self.plan, self.season),
            "open_questions": happened.open_questions(self.plan),
            "fit_of": {f.specialty: f for f in self.plan.fit},
        }

    # -- figures and dates

    def fig(self, reference: str, words: str = "") -> str:
        """A figure with its source, as a cite that the block resolves."""
        return f"[[{reference}|{words}]]" if words else f"[[{reference}]]"

    def money(self, dollars: int) -> str:
        """Dollars, which rest on the fee table of the season."""
        return f"[[{self.season.evidence.fees}|${dollars:,}]]"

    def outcome(self, specialty: str) -> str:
        """The evidence item with matched and not matched of a specialty."""
        return f"{self.season.evidence.outcomes}-{self.content.cards[specialty].short}"

    def _why_each(self, specialty: str) -> WhyEach:
        outcomes = self.outcome(specialty)
        own = stand(self.situation, self.content.evidence, outcomes)
        return why_each(specialty, outcomes, self.situation, own, self.chosen)

    def _year_alone(self) -> list[list[str]]:
        """In one list, or none: what a match to a first year of the rank list brings, beside whole trainings."""
        years = [x for x in self.plan.rank.lines if x.year]
        mixed = years and len(years) < len(self.plan.rank.lines)
        return [self.chosen.every("rank-year-alone", programs=[str(Said(x.program)) for x in years])] if mixed else []

    def _only_specialty(self) -> str:
        """The one specialty in which a question can be asked; "" where there are more, as in every SOAP."""
        alone = self.facts["planned_specialties"] == 1 and self.plan.phase not in ("match week", "partly matched")
        return str(self.facts["only_specialty"]) if alone else ""

    def _no_close(self) -> list[str]:
        """Why the plan of our advice has no close backup; while it counts, beside a goal that is planned."""
        c = self.plan.combination
        if c.source != "advice" or not c.specialties:
            return []
        if self.plan.counting and not self.plan.in_plan(self.profile.goal.specialty):
            return []  # said beside why the goal is not in the plan
        return self.chosen.every("home-no-close", close=c.roles.get("close"), vain=self._mark_in_vain())[:1]

    def _invitations_are_out(self) -> bool:
        """Whether what can still be sent hardly brings an interview."""
        return self.plan.on >= self.season.day("late_closes")

    def _mark_in_vain(self) -> bool:
        """Whether a mark for diagnostic radiology was tried and leaves the plan as it is."""
        mark = "backups.enjoyment.diagnostic-radiology"
        return any(ref.name == mark for tried in self.plan.combination.unchanged for ref in tried.refs)

    def _record_of(self, specialty: str) -> str:
        """The reader's score, letters and weeks for a specialty, while there is something to choose; "" else, and
        where nothing is published of who matched, as of first years."""
        if self.plan.rank.lines or self.plan.phase not in ("late", "interviewing", "ranking"):
            return ""
        if not self.content.evidence.has(f"{self.outcome(specialty)}.matched"):
            return ""
        record = self._why_each(specialty).record
        return f" {record}" if record else ""

    def go(self, see: str) -> str:
        """A link to a page, or page#section, named as the page is."""
        page, _, section = see.partition("#")
        to = f"{page}.md#{section}" if section else f"{page}.md"
        name = self.chosen.say("unmatched-title") if page == "if-unmatched" else self.page_titles.get(page)
        return f"[{name or self.chosen.say('more')}]({to})"

    def timeline_one_thing(self) -> str:
        """What runs now, and the season's next date or the next of the reader's own interviews and exams."""
        ahead = [m for m in season_dates(list(self.plan.timeline)) if not m.past]
        # What runs for months begins where it stands in its first; a month alone has begun with its first day.
        near = {e.id: dt.timedelta(days=e.near) for e in self.season.events if e.until}
        begun = [
            m for m in ahead if not m.when.is_day and m.when.first + near.get(m.id, dt.timedelta()) <= self.plan.on
        ]
        running = max(begun, key=lambda m: m.when.first, default=None)
        soonest = next((m for m in ahead if m not in begun), None)
        return self.chosen.say(
            "timeline-one-thing",
            running=shown_date(running) if running else "",
            running_what=_first_sentence(self.words.text(running.reason)) if running else "",
            next=shown_date(soonest) if soonest else "",
            today=bool(soonest and soonest.when.is_day and soonest.when.first == self.plan.on),
            what=_first_sentence(self.words.text(soonest.reason)) if soonest else "",
        )

    def at_hour(self, moment: Moment) -> str:
        """The hour of a date of the season, behind its day."""
        at = next((e.at for e in self.season.events if e.id == moment.id), None)
        return f", {hour(self.season.event(moment.id).when.first, at)}" if at else ""

    def headings_of(self, first_year: str) -> list[str]:
        """The sections of a first year's card: how to apply only while one still may; what it is, alone, once lists
        or SOAP decide and no place of the reader needs it."""
        if self.plan.phase in ("ranking", "match week") and not self.plan.first_years.needed:
            return [h for h in (FIRST_YEAR_OPENING,) if self.body(first_year, h)]
        sent = not self.plan.counting and self.plan.phase not in AGAIN
        kept = (h for h in SECTIONS_OF_FIRST_YEARS if not (sent and h == "How to apply"))
        return [h for h in kept if self.body(first_year, h)]

    def seen_pages(self, see: Iterable[str]) -> list[str]:
        """Of the pages that content names, those this guide has."""
        pages = (p.replace("specialties/", "specialty-").replace("interviews/", "interviews-") for p in see)
        return [p for p in pages if p.partition("#")[0] in self.page_titles]

    # -- the reader's stories and interviews

    @cached_property
    def _points(self) -> dict[str, str]:
        """What each of the goal's points asks, in words."""
        return {p.id: filled(p.says, self.situation) for p in self.situation.goal.standing.points}

    def points_assumed_met(self) -> list[str]:
        """The points that count as met and that only the reader can answer, in words."""
        asked = {id for id, mark in marked_points(self.situation) if mark == "ask"}
        return [f"“{self._points[id]}”" for id, met in self.plan.combination.points if met and id in asked]

    def what_it_lacks(self, specialty: str) -> str:
        """What keeps a specialty out of the plan however high its mark; "" where a mark may bring it in."""
        lack = lacking(self.situation, specialty, self.facts)
        return self.words.text(lack) if lack else ""

    def why_left_out(self, specialty: str) -> str:
        """Why a specialty that the reader marks high is not in the plan; "" where that is no question."""
        left = self.plan.combination.left_out
        return next((self.words.text(x.because[0]) for x in left if x.specialty == specialty), "")

    @property
    def statements(self) -> tuple[list[Statement], list[Statement]]:
        """Those of specialties, and the half pages for first years that are applied to."""
        if self.plan.phase in ("ranking", "match week"):
            return [], []  # what was sent stays as it is
        planned = {a.specialty for a in self.plan.applications if a.planned} or set(self.applied)
        cards = self.content.cards
        main = [x for x in self.plan.statements if cards[x.specialty].kind != "first-year"]
        return main, [x for x in self.plan.statements if x not in main and x.specialty in planned]

    def soap_pages(self) -> list[Statement]:
        """Half pages for what the reader could take in SOAP and has no statement for, once applications are out."""
        here = {x.specialty for part in self.statements for x in part}
        mine = dict.fromkeys((*self.soap.few("mark_planned"), *self.soap.prepared(only_years=self._only_years)))
        ids = tuple(x for x in mine if x not in here)
        if self.plan.phase in ("ranking", "match week"):
            return list(statements_of(self.situation, ids))
        return list(statements_of(self.situation, ids)) if self.facts["phase"] == "late" and self.applied else []

    def stays_told(self, specialty: str, soap: Iterable[Statement]) -> list[str]:
        """The reader's own time in the US, at the statement or half page to which it belongs."""
        stated = tuple(x.specialty for part in (*self.statements, soap) for x in part)
        return us_time.stays_told(self.situation, self.chosen, stated, specialty)

    def ways_in(self, specialty: str) -> list[Reason]:
        """The first change that was tried and brings in a specialty which the reader marks high enough."""
        if (self.situation.stated_enjoyment(specialty) or 0) < self.situation.goal.count("mark_planned"):
            return []
        return self._into(specialty)[:1]

    def _into(self, specialty: str) -> list[Reason]:
        """The changes that were tried and bring a specialty into the plan."""
        short = self.content.cards[specialty].short
        return [r for r in self.plan.combination.changes_if if short in str(r.values.get("to", "")).split("+")]

    def statements_one_thing(self) -> str:
        """Which statements to write, and by when."""
        main, half_pages = self.statements
        if not main:
            return self.chosen.say("statements-nothing")
        names = [self.words.name(x.specialty).lower() for x in main]
        return " ".join(
            (
                self.chosen.say("statements-write", main=len(main), specialties=names, half_pages=bool(half_pages)),
                self.chosen.say("statements-when", main=len(main), half_pages=bool(half_pages)),
                self.chosen.say("statements-apart", main=len(main)),
            )
        )

    def stories_told(self, statement: Statement) -> list[str]:
        """The reader's stories for a statement, by title; its text stands where the story is told first."""
        first: dict[int, str] = {}
        for each in self.statements[0]:
            for i in each.stories:
                first.setdefault(i, each.specialty)
        told = []
        for i in statement.stories:
            story, here = self.profile.stories[i], first.get(i) == statement.specialty
            text = Said(story.text.rstrip(" .")) if story.text and here else ""
            told.append(self.chosen.say("statements-told", title=Said(story.title), text=text))
        return told

    def story_of(self, specialty: str) -> Said | None:
        """The first of the reader's stories that fits a specialty."""
        return next((Said(x.title) for x in self.profile.stories if specialty in x.fits), None)

    def interviews_listed(self) -> list[str]:
        """The reader's interviews: program, specialty, day."""
        return [
            self.chosen.say("interviews-one", program=Said(i.program), specialty=i.specialty, day=i.date)
            for i in self.profile.interviews
        ]

    # -- reasons

    def lists_of_one(self, outcomes: str) -> str:
        """How many rank lists held one program only, as far as the quartiles tell; nothing for small groups."""
        has, value = self.content.evidence.has, self.content.evidence.value
        item = f"{outcomes}-ranks"
        if not has(f"{item}.matched.n") or not has(f"{item}.not_matched.n"):
            return UNSAID
        matched, other = value(f"{item}.matched"), value(f"{item}.not_matched")
        if min(matched["n"], other["n"]) < self.situation.goal.number("small_group") or other["q1"] > 1:
            return UNSAID
        one = why("lists-of-one", *evidence(item), item=item, half=other["median"] < 2, few=matched["q1"] >= 2)
        return self.words.text(one)

    # -- advice

    def rules_for(self, page: str) -> list[Any]:
        """The rules that stand on a page, in their order."""
        page = page.replace("specialty-", "specialties/")
        return [a for a in self.plan.advice if page in a.pages]

    # -- content

    def who(self, specialty: str) -> list[tuple[str, str]]:
        """Each line of "who should choose it", ticked: yes, no or only the reader knows."""
        ck = self.situation.ck
        ends = [self.facts.with_more(ck=end) for end in (ck.low, ck.high)] if ck else [self.facts]
        out = []
        for line in self.content.cards[specialty].who:
            if line.only and not expressions.evaluate(line.only, self.facts).value:
                continue
            # A decade that lies on both sides of a mark is for the reader to answer.
            answers = {expressions.evaluate(line.when, facts).value for facts in ends} if line.when else {None}
            answer = answers.pop() if len(answers) == 1 else None
            if answer is not None and line.when and self._open(line.when, answer):
                answer = None
            if line.unsure and expressions.evaluate(line.unsure, self.facts).value:
                answer = None
            if answer is False and line.or_out:
                continue
            out.append(({True: "yes", False: "no", None: "ask"}[answer], line.text))
        return out

    def _open(self, when: str, answer: bool) -> bool:
        """Whether only the reader can answer a line: it turns on what was assumed, or silence alone misses it."""
        # Passed at the first attempt: itself None where it is not said, so what it answers rests on no guess.
        names = [name for name in expressions.names_in(when) if name != "first_attempts"]
        fields = [expressions.VOCABULARY.get(name, "") for name in names]
        assumed = [f for f in fields if self.situation.assumed(f)]
        if assumed == ["goal.if_unmatched"]:
            other = self.facts.with_more(must_start=not self.facts["must_start"])
            return bool(expressions.evaluate(when, other).value) != answer
        spoken = [f for f in fields if f and f not in ("plan", "season")]
        return bool(assumed) or (not answer and bool(spoken) and not any(self.situation.says(f) for f in spoken))

    def advanced(self) -> tuple[int, int]:
        """Of the radiology applications planned, how many would be to places that start in the second year, by
        the shares of the latest year we have; and how many radiology applications there are."""
        share = {x: self.content.cards[x].short for x in self.content.with_trait("reads images")}
        value = self.content.evidence.number
        planned = {x: a.planned for x in share if (a := self.plan.count(x))}
        later = sum(
            n * value(f"positions:{share[x]}.pgy2_offered") / value(f"positions:{share[x]}-main-offered")
            for x, n in planned.items()
        )
        return round(later), sum(planned.values())

    def one_thing_of(self, specialty: str) -> str:
        """The one thing to know of a specialty: another one as the first choice, as a goal out of the plan, or once
        applications are closed."""
        card, role = self.content.cards[specialty], self.plan.role_of(specialty)
        first = card.one_thing_first if role == "first" else ""
        out = card.one_thing_out if role is None and specialty == self.profile.goal.specialty else ""
        return self._for_this_visa((first or out if self.plan.counting else card.one_thing_later) or card.one_thing)

    def specialty_number(self, specialty: str) -> str:
        """How many programs of a specialty to apply to, with its fees; "" where none are counted."""
        count, role = self.plan.count(specialty), self.plan.role_of(specialty)
        planned, fee = (count.planned, f"{count.fee_usd:,}") if count else (None, "")
        return self.chosen.on_page("specialty-number", role=role, planned=planned, fee=fee, specialty=specialty)

    def how_to_apply(self, specialty: str) -> str:
        """The section of the card: what is for radiologists by training only for them, first years only for who has
        none, and before what is said of programs what is checked at every program."""
        lines = self.body(specialty, "How to apply").splitlines()
        not_mine = (
            *(() if self.situation.radiologist_at_home else (ONLY_FOR_RADIOLOGISTS,)),
            *((ONLY_WITHOUT_A_WRITER,) if self._reaches_the_goal else ()),
            *((FIRST_YEAR,) if self.situation.has_first_year else ()),
        )
        checks = f"{PROGRAMS} {self.chosen.say('card-programs')}"
        return "\n".join(line.replace(PROGRAMS, checks) for line in lines if not line.startswith(not_mine))

    @property
    def _reaches_the_goal(self) -> bool:
        """Whether the reader trained in radiology, or somebody of the goal's own specialty writes for them."""
        return self.situation.radiologist_at_home or bool(self.situation.letters_of(self.profile.goal.specialty))

    def roads_drawn(self, specialty: str) -> list[Way]:
        """The ways back as the drawing wants them."""
        number = self.content.evidence.number
        lit = self.plan.in_plan(specialty) and (self.plan.counting or self.plan.phase in AGAIN)
        return [
            Way(r.to, r.steps, number(r.drawn) if r.drawn else None, r.longer, lit and not r.outside)
            for r in self.roads(specialty)
        ]

    def roads(self, specialty: str) -> list[Road]:
        """The ways back of a card; those outside the Match only for who trained somewhere already."""
        trained = bool(self.profile.applicant.trained)
        return [r for r in self.content.cards[specialty].roads if trained or not r.outside]

    def _stays_to_ask(self, whom: str) -> list[str]:
        """Where those are whom a letter can be asked of, each stay with one of them."""
        asked = {m.specialty for x in self.plan.letters for m in x.missing}
        return us_time.stays_to_ask(self.situation, self.chosen, whom, asked)

    def _place_elsewhere(self) -> str:
        """The specialty of a whole training that the reader has, where it is neither the goal nor radiology."""
        place = self.profile.season_so_far.place
        if place is None or self.content.cards[place.specialty].kind != "backup":
            return ""
        return "" if self.situation.is_a(place.specialty, "reads images") else place.specialty

    def _place_roads(self) -> list[str]:
        """The ways from there to image-guided work, each with its years; none where the card knows none."""
        held = self._place_elsewhere()
        found = self.roads(held) if held else []
        return [f"{r.to[0].lower()}{r.to[1:]} ({r.years[0].lower()}{r.years[1:]})" for r in found]

    def days_to_move(self) -> list[str]:
        """The interviews of which one must move, a sentence for each day."""
        return [self.words.text(m.reason) for m in self.plan.timeline if m.reason.id == "moment-move"]

    def stronger_real(self) -> list[str]:
        """What would be real experience in each clinical specialty of the plan; what is the same for several once."""
        mine = [x for x in plan_specialties(self.plan) if self._has_trait(x, "clinical")]
        weeks = {x: 0 if self.situation.us_years else self.situation.weeks_in(x) for x in mine}
        same = [x for x in mine if not weeks[x]]
        groups = [*([same] if same else []), *([x] for x in mine if weeks[x])]
        return [
            self.chosen.say(
                "stronger-real",
                specialty=of[0],
                weeks=weeks[of[0]],
                research=self.situation.research_weeks_in(of[0]),
                where=[self.words.name(x).lower() for x in of],
            )
            for of in groups
        ]

    def j1_years(self) -> float:
        """The years that a J-1 generally allows; 0 for whom it is no road."""
        return self.content.evidence.number("j1-seven-years") if self.facts["on_j1"] else 0

    def body(self, specialty: str, heading: str) -> str:
        """A section of a card; empty where it has none."""
        return self._for_this_visa(self.content.bodies[specialty].get(heading, ""))

    def _for_this_visa(self, text: str) -> str:
        if self.plan.visa.needs == "none":
            return without_visas(text)
        return text if self.facts["on_j1"] else without_j1(text)

    def marks_of(self, moments: list[Moment]) -> list[tuple[dt.date, str, str, str]]:
        """Moments as the drawn strip wants them: day, kind, day in words, words."""
        return [
            (
                m.when.first,
                "ours" if m.ours else "day" if m.when.is_day else "month",
                shown_date(m),
                self.words.marked(m.reason),
            )
            for m in moments
        ]

    def planned_first_years(self) -> str:
        """The first years of the plan with their counts, in words."""
        cards = self.content.cards
        planned = [
            f"{a.planned} {self.words.name(a.specialty).lower()}"
            for a in self.plan.applications
            if cards[a.specialty].kind == "first-year" and a.planned
        ]
        return listed(planned) or self.chosen.say("first-years-none")

    def _liked_above(self) -> list[str]:
        """What the plan holds and the reader marks higher than its first choice, where that is not the goal."""
        first = self.plan.combination.roles.get("first")
        mark = self.situation.stated_enjoyment
        if not first or first == self.profile.goal.specialty or mark(first) is None:
            return []
        held = self.plan.combination.specialties
        return self._names(x for x in held if (mark(x) or 0) > (mark(first) or 0))

    def _names(self, specialties: Iterable[str]) -> list[str]:
        """Their names, as they stand inside a sentence."""
        return [self.words.name(x).lower() for x in specialties]

    def _also_marked(self) -> list[str]:
        """The whole trainings outside radiology that the reader marks high enough to plan, the better liked first;
        then those without a mark that they applied to, or that met them."""
        s = self.situation
        least, marks = s.goal.count("mark_planned"), s.backup_marks
        high = sorted((x for x, mark in marks.items() if mark >= least), key=lambda x: (-marks[x], x))
        sent = (x for x in s.sought if self.content.cards[x].kind == "backup" and s.stated_enjoyment(x) is None)
        named = () if self.facts["sought_radiology"] else s.sought  # those stand there as what was looked for
        return self._names(
            x for x in dict.fromkeys((*high, *sent)) if not self._has_trait(x, RADIOLOGY) and x not in named
        )

    def _liked_elsewhere(self) -> list[str]:
        """The other trainings that the reader marks high enough to plan, where their place is in one marked lower."""
        marks, least = self.situation.backup_marks, self.situation.goal.count("mark_planned")
        place = self.profile.season_so_far.place
        high = (x for x, mark in marks.items() if mark >= least and not (place and x == place.specialty))
        return self._names(sorted(high, key=lambda x: (-marks[x], x)))

    @cached_property
    def _only_years(self) -> bool:
        """Whether nothing but single years is ranked, or, without a list, has met the reader."""
        met = len(self.profile.interviews)
        return bool(self.facts["only_years_ranked"]) or (
            not self.plan.rank.lines and met > 0 and self.facts["first_year_interviews"] == met
        )

    def while_open(self, heading: str) -> list[str]:
        """A section of figures, while somebody can still act on them: not between the lists and the result."""
        return [] if self.waits else [heading]

    def while_weighed(self, heading: str, specialty: str) -> list[str]:
        """A part of a card that helps to choose, while there is a choice: of lists, between what met the reader."""
        met = any(i.specialty == specialty for i in self.profile.interviews)
        made = self.plan.phase == "ranking" and self.situation.has_applied() and not met
        return [] if self.waits or made else [heading]

    def _may_be_half(self) -> bool:
        """Whether half a place may be the reader's: by their plan; by a first year that met them, beside places whose
        start is not told, or once the Match has run; or then because nothing is told of what they sent."""
        s = self.situation
        if self.chosen.every("rank-nobody-met"):
            return False
        nothing_told = (
            s.profile.season_so_far.applied is None and not s.profile.interviews and not s.profile.rank_list
        )
        run = s.on >= self.season.day("match_week") and bool(self.facts["may_have_applied"])
        met = bool(self.facts["first_year_interviews"]) and (run or bool(self.facts["starts_not_told"]))
        return self.plan.first_years.needed or (not s.has_first_year and (met or (run and nothing_told)))

    def _assumed_because(self) -> list[tuple[Assumption, str]]:
        """What we assumed with the reason, each reason once."""
        told = [(a, self.words.text(a.why)) for a in self.plan.assumptions if a.origin != "unknown"]
        return [(a, "" if why in [w for _, w in told[:i]] else why) for i, (a, why) in enumerate(told)]

    def _not_wanted(self) -> frozenset[str]:
        """What the reader marked below what is planned, and did not name as open to them either."""
        content = self.situation.goal.count("mark_planned")
        marks = {x: self.situation.stated_enjoyment(x) for x in self.content.cards}
        low = {x for x, mark in marks.items() if mark is not None and mark < content}
        return frozenset(low - set(self.profile.backups.open_to) - set(self.plan.combination.specialties))

    def _years_left(self, item: str, specialty: str) -> str:
        seven = round(self.content.evidence.number("j1-seven-years"))
        total = round(self.content.evidence.number(item))
        return visas.years_left(total, seven, specialty, self.situation, self.chosen)

    def _trainings_on_j1(self) -> list[str]:
        """The residencies, outside radiology, of what the reader applied to or, near Match Week, would go to: a line
        each for the years on a J-1."""
        chosen = self.plan.combination
        if chosen.source == "advice" and any(self._has_trait(x, RADIOLOGY) for x in chosen.specialties):
            return []
        known = self.content.evidence.value("training-lengths")
        half = self.situation.result == "first year only"
        after = self.situation.sought if half else self.plan.combination.specialties
        out = self.profile.backups.ruled_out
        least = self.situation.goal.count("mark_planned")
        if half or not chosen.specialties:
            marks = self.profile.backups.enjoyment
            after = tuple(dict.fromkeys((*after, *(x for x, mark in marks.items() if mark >= least))))
            after = tuple(x for x in after if (marks.get(x) or least) >= least)
        if self.plan.phase in ("ranking", "match week") and not self.situation.result:
            after = tuple(dict.fromkeys((*after, *self.soap.going, *self.soap.few("mark_planned"))))
        mine = [x for x in after if not self._has_trait(x, RADIOLOGY) and not (half and x in out)]
        return [
            self.chosen.say("visas-clock-training", specialty=x, left=self._years_left(f"training-lengths.{x}", x))
            for x in mine
            if isinstance(known.get(x), int)
        ]

    @cached_property
    def _next_season(self) -> list[Applications]:
        """What our advice for another season would be in applications."""
        return next_season.applications(self.plan, self.situation, self.facts)

    def _count_and_fee(self, of: Applications) -> str:
        return self.words.said("next-count", specialty=of.specialty, number=of.planned, usd=f"{of.fee_usd:,}")

    def _next_marks(self) -> list[str]:
        """What the marks say for the next season, and of the first two that stay closed, why."""
        return next_season.lines(self.situation, self.facts, self.chosen, self.words, closed=2)

    def _goal_against(self) -> str:
        """The first reason why the goal is not in the plan, as a sentence; "" where it is or nothing is told."""
        because = home.against_goal(self.plan, self.profile.goal.specialty, self.content)
        return self.words.text(because[0]) if because else ""

    def _surgery_mark(self) -> int | None:
        """The reader's own mark of what their first year is a year of, where it is high enough to plan."""
        place = self.profile.season_so_far.place
        of = self.situation.goal.first_years.ruled_out_with.get(place.specialty) if place else None
        mark = self.situation.stated_enjoyment(of) if of else None
        return mark if mark and mark >= self.situation.goal.number("mark_planned") else None

    def _equal_marks(self, specialty: str) -> bool:
        """Whether another broad specialty has the reader's same mark."""
        s = self.situation
        own = s.stated_enjoyment(specialty)
        return any(s.stated_enjoyment(x) == own for x in s.goal.table.broad_order if x != specialty)

    def _goal_group(self) -> str:
        return self.content.cards[self.profile.goal.specialty].signals

    def _has_trait(self, specialty: str, trait: str) -> bool:
        return trait in self.content.cards[specialty].traits

    def opening(self, card: Card) -> str:
        """A way to begin the statement for a specialty: another one for who trained in it already."""
        trained = any(t.specialty == card.id for t in self.profile.applicant.trained)
        return (trained and card.statement.opening_trained) or card.statement.opening

    def story_for_a_ward(self) -> str:
        """Which of the reader's stories could be about patients over time, in a sentence."""
        fits = [s.title for s in self.profile.stories if any(self._has_trait(x, "clinical") for x in s.fits)]
        return self.chosen.on_page("form-ward", story=Said(fits[0]) if fits else None)

    def other_combinations(self) -> list[tuple[str, Any]]:
        """The goal's combinations with their words, the reader's own among them; none with what is closed to them, or
        with a narrow specialty outside radiology that they did not mark."""
        closed = {x.what.partition(":")[2] for x in self.plan.closed if x.what.startswith("specialty:")}
        cards = self.content.cards.values()
        barred = {c.short for c in cards if c.id in closed or not self.situation.could_rank(c.id)}
        barred |= {
            c.short
            for c in cards
            if self.situation.stated_enjoyment(c.id) is None and not self.situation.is_a(c.id, "broad", RADIOLOGY)
        }
        barred -= {self.content.cards[self.profile.goal.specialty].short}
        texts = self.content.data(f"goals/{self.profile.goal.specialty}/combinations")["combinations"]
        mine = self.plan.combination.id
        return [(id, text) for id, text in texts.items() if id == mine or not barred & set(id.split("+"))]

    def points_of(self, specialty: str, heading: str, count: int) -> list[str]:
        """The first points of a section of a card, each as a line of Markdown."""
        return [line for line in self.body(specialty, heading).splitlines() if line.startswith("- ")][:count]

    def questions(self, file: str) -> list[Any]:
        """The interview questions of a file that this reader may meet."""
        return [
            q
            for q in self.content.interviews[file]
            if q.when is None or expressions.evaluate(q.when, self.facts).value
        ]


def _first_sentence(text: str) -> str:
    """How a text begins, where the rest stands lower on the page."""
    return SENTENCE_ENDS.split(text, maxsplit=1)[0]

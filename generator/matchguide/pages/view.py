"""What page templates may see and call: the plan, the reader's words as marks, content, drawings."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from matchguide.content import expressions
from matchguide.content.store import Content
from matchguide.pages import calendar, compare, drawings
from matchguide.pages.cite import anchor, shown
from matchguide.pages.dates import dated
from matchguide.pages.eastern import deadline
from matchguide.pages.frames import frame
from matchguide.pages.happened import met, ranked, week
from matchguide.pages.labels import Labels
from matchguide.pages.letter_table import letter_table
from matchguide.pages.next_things import missing_letters, next_things, shown_date
from matchguide.pages.said import Said, wrap
from matchguide.pages.told import told
from matchguide.pages.why_told import WhyTold
from matchguide.pages.words import Words, listed
from matchguide.plan.fees import prices
from matchguide.plan.fit import PRINCIPLES, weights_of
from matchguide.plan.keys import missing_key, used_key
from matchguide.plan.known import known
from matchguide.plan.reasons import Reason, evidence, why
from matchguide.plan.rows import filled
from matchguide.plan.situation import read as read_situation
from matchguide.plan.types import Plan
from matchguide.profile.model import Profile


class View:
    """One guide's data as its templates read it."""

    def __init__(self, plan: Plan, content: Content, profile: Profile, words: Words) -> None:
        self.plan, self.content, self.profile, self.words = plan, content, profile, words
        self.season = content.seasons[plan.season]
        self.situation = read_situation(profile, content, self.season, plan.on)
        self.page_titles: dict[str, str] = {}
        self.title = f"Match {plan.season}"
        self.labels = Labels(words.templates, words.name)
        self.why_told = WhyTold(plan, content, profile, words, self.labels)
        self.you = wrap(profile.model_dump(by_alias=True))
        counted = tuple(a.specialty for a in plan.applications if a.planned or plan.in_plan(a.specialty))
        self.applied = counted if plan.counting else tuple(x.specialty for x in plan.letters)
        self.facts = known(
            self.situation,
            plan.combination,
            plan.visa,
            plan.letters,
            plan.first_years.needed,
            self.applied,
            counting=plan.counting,
        )
        backups = [c.id for c in content.cards.values() if c.kind == "backup"]
        closed = {x.what for x in plan.closed}
        goal = profile.goal.specialty
        years = tuple(x for x in content.cards if content.cards[x].kind == "first-year")
        mine = [goal, *plan.combination.specialties]
        self.my_cards = tuple(x for x in dict.fromkeys(mine) if x not in years)
        others = (x for x in backups if x not in self.my_cards and f"specialty:{x}" not in closed)
        self.other_cards = tuple(others) if plan.counting or plan.phase in ("unmatched", "next season") else ()
        self.first_year_cards = tuple(x for x in years if x in (*self.applied, *mine))
        asked = [x for x in self.my_cards if x in content.interviews and plan.in_plan(x)]
        self.interview_cards = tuple(asked or [x for x in self.my_cards if x in content.interviews])

    def each(self, what: str) -> Iterable[str]:
        return {
            "cards": (*self.my_cards, *self.other_cards),
            "interviews": self.interview_cards,
            "first_years": self.first_year_cards,
        }[what]

    def names(self) -> dict[str, Any]:
        """The globals of page templates."""
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
            "say": self.words.text,
            "name": self.words.name,
            "abbr": self.words.abbr,
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
            "frame": partial(frame, self.situation, self.words, self.interview_cards),
            "questions": self.questions,
            "advanced": self.advanced,
            "used_key": used_key,
            "missing_key": missing_key,
            "has_calendar": calendar.holds(self.plan),
            "letter_table": partial(letter_table, self.plan, self.situation, self.applied),
            "moment_when": shown_date,
            "next_things": partial(next_things, self.plan, self.content, self.words),
            "draw": drawings,
            "outcome": self.outcome,
            "label": self.labels.line,
            "lists_of_one": self.lists_of_one,
            "stale": lambda item: self.content.evidence.items[item].stale(self.plan.on),
            "prices": prices(self.content.evidence, self.season.evidence.fees),
            "combination_texts": self.content.data(f"goals/{self.profile.goal.specialty}/combinations"),
            "anchor": anchor,
            "plain_words": self.words.plain,
            "missing_letters": partial(missing_letters, self.plan, self.words),
            "ask_by": lambda: min(m.by for x in self.plan.letters for m in x.missing),
            "facts_first_year": self.facts["first_year_interviews"],
            "compare_json": compare.data(
                self.plan, weights_of(self.situation), self.content, self.situation.goal.count("draws")
            ),
            "later_road": self.later_road,
            "page_exists": lambda id: id in self.page_titles,
            "page_title": lambda id: self.page_titles[id],
            "deadline": lambda id: deadline(self.season.day(id), self.season.event(id).at),
            "season_day": self.season.day,
            "told": told(self.situation, self.words),
            "points": {p.id: filled(p.says, self.situation) for p in self.situation.goal.standing.points},
            "met": met(self.situation),
            "ranked": ranked(self.plan),
            "week": week(self.plan, self.season),
            "open_questions": [a for a in self.plan.assumptions if a.origin == "unknown"],
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

    # -- reasons

    def lists_of_one(self, outcomes: str) -> Reason | None:
        """How many rank lists held one program only, as far as the quartiles tell; None for small groups."""
        has, value = self.content.evidence.has, self.content.evidence.value
        item = f"{outcomes}-ranks"
        if not has(f"{item}.matched.n") or not has(f"{item}.not_matched.n"):
            return None
        matched, other = value(f"{item}.matched"), value(f"{item}.not_matched")
        if min(matched["n"], other["n"]) < self.situation.goal.number("small_group") or other["q1"] > 1:
            return None
        return why("lists-of-one", *evidence(item), item=item, half=other["median"] < 2, few=matched["q1"] >= 2)

    # -- advice

    def rules_for(self, page: str) -> list[Any]:
        """The rules that stand on a page, in their order."""
        page = page.replace("specialty-", "specialties/")
        return [a for a in self.plan.advice if page in a.pages]

    # -- content

    def who(self, specialty: str) -> list[tuple[str, str]]:
        """Each line of "who should choose it", ticked: yes, no or only you know."""
        ck = self.situation.ck
        ends = [self.facts.with_more(ck=end) for end in (ck.low, ck.high)] if ck else [self.facts]
        out = []
        for line in self.content.cards[specialty].who:
            # A decade that lies on both sides of a mark is for the reader to answer.
            answers = {expressions.evaluate(line.when, facts).value for facts in ends} if line.when else {None}
            answer = answers.pop() if len(answers) == 1 else None
            out.append(({True: "yes", False: "no", None: "ask"}[answer], line.text))
        return out

    def advanced(self) -> tuple[int, int]:
        """Of the radiology applications planned, how many would be to places that start in the second year, by
        the shares of the latest year we have; and how many radiology applications there are."""
        share = {x: self.content.cards[x].short for x in self.content.with_trait("reads images")}
        value = self.content.evidence.number
        planned = {x: a.planned for x in share if (a := self.plan.count(x))}
        later = sum(
            n * value(f"positions:{share[x]}.pgy2_offered") / value(f"positions:{share[x]}-total")
            for x, n in planned.items()
        )
        return round(later), sum(planned.values())

    def later_road(self) -> str:
        """For who does not apply this season: the backup whose road stays open. The goal's way back, unless it is
        closed to this reader; else the best of those marked as content; "" where there is none."""
        content, way_back = self.situation.goal.count("mark_planned"), self.situation.goal.table.way_back
        stands = [f.specialty for f in self.plan.fit if f.gate is None and self.situation.could_rank(f.specialty)]
        if way_back in stands:
            return way_back
        return next((x for x in stands if (self.situation.stated_enjoyment(x) or 0) >= content), "")

    def body(self, specialty: str, heading: str) -> str:
        return self.content.bodies[specialty].get(heading, "")

    def questions(self, file: str) -> list[Any]:
        """The interview questions of a file that this reader may meet."""
        return [
            q
            for q in self.content.interviews[file]
            if q.when is None or expressions.evaluate(q.when, self.facts).value
        ]

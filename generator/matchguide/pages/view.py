"""What page templates may see and call: the plan, the reader's words as marks, content, drawings."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from matchguide.content import expressions
from matchguide.content.store import Content
from matchguide.pages import compare, drawings
from matchguide.pages.cite import anchor, shown
from matchguide.pages.dates import dated
from matchguide.pages.labels import Labels
from matchguide.pages.said import Said, wrap
from matchguide.pages.words import Words, listed
from matchguide.plan.facts import facts
from matchguide.plan.fees import prices
from matchguide.plan.fit import PRINCIPLES, weights_of
from matchguide.plan.letters import worth
from matchguide.plan.reasons import Reason, Ref, evidence, why
from matchguide.plan.situation import read as read_situation
from matchguide.plan.types import Plan
from matchguide.profile.model import Letter, Profile
from matchguide.profile.values import PartialDate


class View:
    """One guide's data as its templates read it."""

    def __init__(self, plan: Plan, content: Content, profile: Profile, words: Words) -> None:
        self.plan, self.content, self.profile, self.words = plan, content, profile, words
        self.season = content.seasons[plan.season]
        self.situation = read_situation(profile, content, self.season, plan.on)
        self.page_titles: dict[str, str] = {}
        self.title = f"Match {plan.season}"
        self.labels = Labels(words.templates, words.name)
        self.you = wrap(profile.model_dump(by_alias=True))
        self.applied = tuple(a.specialty for a in plan.applications if a.planned or plan.in_plan(a.specialty))
        self.facts = facts(
            self.situation, plan.combination, plan.visa, plan.letters, plan.first_years.needed, self.applied
        )
        backups = [c.id for c in content.cards.values() if c.kind == "backup"]
        closed = {x.what for x in plan.closed}
        goal = profile.goal.specialty
        self.my_cards = tuple(dict.fromkeys([goal, *plan.combination.specialties]))
        self.other_cards = tuple(x for x in backups if x not in self.my_cards and f"specialty:{x}" not in closed)
        asked = [x for x in self.my_cards if x in content.interviews and plan.in_plan(x)]
        self.interview_cards = tuple(asked or [x for x in self.my_cards if x in content.interviews])

    def each(self, what: str) -> Iterable[str]:
        return {"cards": (*self.my_cards, *self.other_cards), "interviews": self.interview_cards}[what]

    def names(self) -> dict[str, Any]:
        """The globals of page templates."""
        return {
            "plan": self.plan,
            "you": self.you,
            "content": self.content,
            "cards": self.content.cards,
            "judgement": self.content.judgement,
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
            "combo": self.words.combination,
            "listed": listed,
            "said": Said,
            "shown": shown,
            "fig": self.fig,
            "money": self.money,
            "date": dated,
            "value": self.content.evidence.value,
            "has": self.content.evidence.has,
            "rules_for": self.rules_for,
            "principles": PRINCIPLES,
            "weights": weights_of(self.situation),
            "who": self.who,
            "body": self.body,
            "frame": self.frame,
            "questions": self.questions,
            "advanced": self.advanced,
            "would_go": self.would_go,
            "moment_when": self.moment_when,
            "next_things": self.next_things,
            "draw": drawings,
            "outcome": self.outcome,
            "label": self.labels.line,
            "lists_of_one": self.lists_of_one,
            "stale": lambda item: self.content.evidence.items[item].stale(self.plan.on),
            "prices": prices(self.content.evidence, self.season.evidence.fees),
            "combination_texts": self.content.data(f"combinations/{self.profile.goal.specialty}"),
            "anchor": anchor,
            "plain_words": self.words.plain,
            "missing_letters": self.missing_letters,
            "ask_by": lambda: min(m.by for x in self.plan.letters for m in x.missing),
            "facts_first_year": self.facts["first_year_interviews"],
            "compare_json": compare.data(self.plan, weights_of(self.situation), self.content),
            "page_exists": lambda id: id in self.page_titles,
            "page_title": lambda id: self.page_titles[id],
            "fit_of": {f.specialty: f for f in self.plan.fit},
        }

    # -- figures and dates

    def fig(self, reference: str, words: str = "") -> str:
        """A figure with its source, as a cite that the block resolves."""
        return f"[[{reference}|{words}]]" if words else f"[[{reference}]]"

    def money(self, dollars: int) -> str:
        """Dollars, which rest on the fee table of the season."""
        return f"[[{self.season.evidence.fees}|${dollars:,}]]"

    def moment_when(self, moment: Any) -> str:
        return moment.shown or dated(moment.when)

    def outcome(self, specialty: str) -> str:
        """The evidence item with matched and not matched of a specialty."""
        return f"{self.season.evidence.outcomes}-{self.content.cards[specialty].short}"

    # -- reasons

    def why(self, because: Iterable[Reason], refs: list[Ref]) -> str:
        """The block that opens: which lines of the profile, which evidence, which dates this rests on."""
        lines: list[str] = []
        for ref in dict.fromkeys(refs):
            if ref.kind == "profile":
                name = self.labels.line(ref.name)
                lines.append(f"- {name[0].upper()}{name[1:]} (`{ref.name}`): {self.profile_value(ref.name)}")
            elif ref.kind == "evidence":
                item = self.content.evidence.items[ref.name]
                lines.append(f"- [[{ref.name}|{item.says}]]")
            else:
                lines.append(f"- {self._season_line(ref.name)}")
        if not lines:
            lines.append("- Our judgement; it stands in `content/fit.yml` and on the specialty's card.")
        body = "\n".join(dict.fromkeys(lines))
        return f'<details class="why" markdown="1">\n<summary>Why am I told this?</summary>\n\n{body}\n\n</details>'

    def _season_line(self, name: str) -> str:
        """Where the reader is in the season, or the day of one of its events."""
        if name == "stage":
            return f"{self.labels.season('stage')}: {self.plan.stage}, on {dated(self.plan.on)}"
        event = next(e for e in self.season.events if e.id == name)
        ours = f" ({self.labels.season('ours')})" if event.ours else ""
        return f"{self.labels.season('date')}: {event.shown or dated(event.when)}{ours}"

    def profile_value(self, field: str) -> str:
        """What the profile says at a field, short; the reader's own words as marks."""
        value: Any = self.profile
        for part in field.replace("]", "").replace("[", ".").split("."):
            if isinstance(value, list | tuple):
                value = value[int(part)] if part.isdecimal() and int(part) < len(value) else None
            elif isinstance(value, Mapping):
                value = value.get(part)
            else:
                value = getattr(value, part, None)
            if value is None:
                break
        return self._short(value)

    def _short(self, value: Any) -> str:
        if value is None or (isinstance(value, list | tuple | Mapping) and not value):
            return "not given"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, BaseModel):
            value = {k: getattr(value, k) for k in type(value).model_fields}
        if isinstance(value, list | tuple):
            if any(isinstance(v, BaseModel) for v in value):
                return f"{len(value)} listed"
            return ", ".join(self._short(v) for v in value)
        if isinstance(value, Mapping):
            known = [f"{self._key(k)} {self._short(v)}" for k, v in value.items() if v not in (None, (), {})]
            return ", ".join(known) or "not given"
        text = str(value)
        return str(Said(text if len(text) <= 80 else text[:77] + "..."))

    def _key(self, key: str) -> str:
        return self.words.abbr(key) if key in self.content.cards else key.replace("_", " ")

    def lists_of_one(self, outcomes: str) -> Reason | None:
        """How many rank lists held one program only, as far as the quartiles tell; None for small groups."""
        has, value = self.content.evidence.has, self.content.evidence.value
        item = f"{outcomes}-ranks"
        if not has(f"{item}.matched.n") or not has(f"{item}.not_matched.n"):
            return None
        matched, other = value(f"{item}.matched"), value(f"{item}.not_matched")
        if min(matched["n"], other["n"]) < self.content.judgement.small_group or other["q1"] > 1:
            return None
        return why("lists-of-one", *evidence(item), item=item, half=other["median"] < 2, few=matched["q1"] >= 2)

    # -- advice

    def rules_for(self, page: str) -> list[Any]:
        """The rules that stand on a page, in their order."""
        page = page.replace("specialty-", "specialties/")
        return [a for a in self.plan.advice if page in a.pages]

    def next_things(self, count: int = 3) -> list[dict[str, Any]]:
        """The next things to do, `count` of them or (0) all: what is overdue first, then by date; never something
        that is closed. They are the steps of the timeline; letters are one step where few are shown."""
        rules = {r.id: r for r in self.content.rules}
        things: list[dict[str, Any]] = []
        seen: set[str] = set()
        asked = [m for m in self.plan.timeline if m.reason.id == "moment-letter"]
        for m in self.plan.timeline:
            if not m.step or (m.past and not self._still_to_do(m.reason.id)) or (count and m in asked[1:]):
                continue
            text = self.words.text(m.reason)
            if count and len(asked) > 1 and m is asked[0]:
                text = f"Ask for letters from {listed(self.missing_letters())}."
            if text not in seen:
                seen.add(text)
                when = {"when": m.when, "shown": self.moment_when(m), "overdue": m.past}
                things.append({"id": m.id, "text": text, "reason": m.reason, **when})
        first = {a.id for a in self.plan.advice if "index" in a.pages}
        things.sort(key=lambda t: (not t["overdue"], _end(t["when"]), t["id"] not in first))
        if count and asked:  # letters are what takes longest, so they lead
            things.sort(key=lambda t: t["id"] != asked[0].id)
        if count and len(things) < count:
            soon = {"when": None, "shown": "soon", "overdue": False}
            undated = [a for a in self.plan.advice if a.do and not a.due]
            things += [{"id": a.id, "text": rules[a.id].do, "reason": a.because[0], **soon} for a in undated]
        return things[:count] if count else things

    def _still_to_do(self, reason: str) -> bool:
        """Whether a step whose date is past is still asked for: gates until applications are out, advice always."""
        return reason in ("moment-letter", "moment-rule") or (
            reason == "moment-gates" and self.plan.stage in ("exploring", "building")
        )

    def missing_letters(self) -> list[str]:
        """Who is still to be asked for a letter, each once: "an internist". The same list as on the timeline."""
        asked = (m.reason for m in self.plan.timeline if m.reason.id == "moment-letter")
        return [_a(self.words.person(str(r.values["specialty"]))) for r in asked]

    # -- content

    def who(self, specialty: str) -> list[tuple[str, str]]:
        """Each line of "who should choose it", ticked: yes, no or only you know."""
        ck = self.situation.ck
        ends = [{**self.facts, "ck": end} for end in (ck.low, ck.high)] if ck else [self.facts]
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
        share = {"interventional-radiology": "ir", "diagnostic-radiology": "dr"}
        value = self.content.evidence.number
        planned = {x: a.planned for x in share if (a := self.plan.count(x))}
        later = sum(
            n * value(f"positions-2025-{share[x]}.pgy2_offered") / value(f"positions-2025-{share[x]}-total")
            for x, n in planned.items()
        )
        return round(later), sum(planned.values())

    def would_go(self, kind: str, specialty: str) -> str:
        """How a letter of a kind, once there, would go to a specialty: as it is, neutral, or not at all ("")."""
        rule = self.content.judgement.letters[specialty]
        for version in ("as it is", "neutral"):
            said = {"from": "-", "specialty": kind, "status": "received", "neutral_version": version == "neutral"}
            if worth(Letter.model_validate(said), rule) > 0:
                return version
        return ""

    def body(self, specialty: str, heading: str) -> str:
        return self.content.bodies[specialty].get(heading, "")

    def questions(self, file: str) -> list[Any]:
        """The interview questions of a file that this reader may meet."""
        return [
            q
            for q in self.content.interviews[file]
            if q.when is None or expressions.evaluate(q.when, self.facts).value
        ]

    def _stories_by_room(self, specialty: str) -> str:
        """Where no story fits: a blank in a specialty's own room; for every room, which story belongs to which."""
        if specialty:
            return "____"
        rooms = {
            str(Said(s.title)): [self.words.abbr(x) for x in self.interview_cards if x in s.fits]
            for s in self.profile.stories
        }
        told = [f"“{title}” in {listed(where)}" for title, where in rooms.items() if where]
        return f"[tell {'; '.join(told)}]" if told else "____"

    def frame(self, text: str, specialty: str) -> str:
        """An answer's frame, filled with the reader's own story, letter writer and experience where they fit
        this specialty ("": a question that comes in every room); else a line to write on."""
        blank = "____"
        story = next((s for s in self.profile.stories if specialty in s.fits), None)
        writer = next((x for x in self.situation.letters if specialty in ("", x.specialty)), None)
        stay = next((u for u in self.profile.experience.us_clinical if u.specialty == specialty), None)
        filled: dict[str, str] = {
            "story": f"[tell “{Said(story.title)}” here]" if story else self._stories_by_room(specialty),
            "writer": str(Said(writer.writer)) if writer else blank,
            "experience": blank,
            "home": str(Said(self.profile.applicant.school_country))
            if self.profile.applicant.school_country
            else blank,
        }
        if stay:
            weeks = f"{stay.weeks} weeks" if stay.weeks else "time"
            where = f" at {Said(stay.where)}" if stay.where else ""
            kind = f" ({stay.kind})" if stay.kind else ""
            filled["experience"] = f"{weeks}{where}{kind}"
        for key, value in filled.items():
            text = text.replace("{" + key + "}", value)
        return text


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _end(when: PartialDate) -> dt.date:
    """The day by which something dated is to be done; for a month, its last days."""
    return when.first if when.is_day else when.first + dt.timedelta(days=27)

"""The document: every gate, point, row, number and reason of a goal, in English, with what it rests on."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from matchguide.content import vocabulary
from matchguide.content.files import read_checked
from matchguide.content.goal import Because, Cut, Each, Goal, Line, Said
from matchguide.content.store import Content
from matchguide.decisions.english import English, season_of
from matchguide.pages.cite import shown, unlinked
from matchguide.pages.labels import Labels
from matchguide.pages.sentences import sentences
from matchguide.pages.words import listed
from matchguide.profile.model import Profile

HOW_TO_READ = """\
This is what the guide decides by, printed from its own data (`content/goals/{goal}/`) by `matchguide decisions`.
Nothing here is decided anywhere else. Please read it as you would read a colleague's proposal: sign it, or correct
it. Each number stands once; where no figure stands behind it, it is **our judgment**, and the guide tells its readers
so.

- *You* is the reader of a guide. Rows are read from top to bottom, and the first true one counts, unless it says
  "every".
- What a reader has not said is never taken as said: "is 250 or more" is not true of a score that we do not know, and
  "is not less than 4" is true of a mark that we do not know.
- "Can be planned" means: marked {planned} of 5 or more (unknown: {assumed} is assumed and asked first), not ruled
  out, and within the specialties the reader is open to. A mark of {never} is never planned; {word} only by the
  reader's word.
- ‹In these marks› stands what is filled in for each reader. Dates are those of the season {season}."""


class View(BaseModel):
    """A question on which honest advisors differ: what some say, what others say, what this guide does."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    question: str
    some: str
    others: str
    here: str


class Views(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    differ: tuple[View, ...]


def document(content: Content, goal: str, templates: Path) -> str:
    """The rules of a goal as Markdown. Raises KeyError for a goal there is no folder for."""
    season = season_of(content)
    content = content.of_season(season.season)
    words = vocabulary.load(content.folder / "vocabulary.yml")
    english = English(content.goals[goal], content, words, season)
    return _Document(english, sentences(templates / "words").texts, Labels(templates, english.name)).text()


@dataclass(frozen=True)
class _Document:
    english: English
    sentences: Mapping[str, str]
    labels: Labels

    @property
    def goal(self) -> Goal:
        return self.english.goal

    def text(self) -> str:
        parts = (
            self._opening(), self._numbers(), self._conditions(), self._gates(), self._standing(), self._table(),
            self._against(), self._changes(), self._counts(), self._first_years(), self._budget(), self._signals(),
            self._programs(), self._letters(), self._realism(), self._plans(), self._differ(),
        )  # fmt: skip
        return "\n".join(line for part in parts for line in (*part, "")).rstrip() + "\n"

    def _opening(self) -> Iterator[str]:
        number = self.goal.number
        yield f"# How this guide decides: {self.english.name(self.goal.specialty)}"
        yield ""
        yield HOW_TO_READ.format(
            goal=self.goal.specialty, season=self.english.season.season, planned=number("mark_planned"),
            assumed=number("mark_assumed"), never=number("mark_never"), word=number("mark_by_word"),
        )  # fmt: skip

    def _numbers(self) -> Iterator[str]:
        yield from ("## The numbers", "", "| Number | What it is called | Why | Rests on |", "|---|---|---|---|")
        for name, number in self.goal.numbers.items():
            rests = "; ".join(self._ground(e) for e in number.evidence) or "our judgment"
            yield f"| {shown(number.value)} | {name.replace('_', ' ')} | {number.because} | {rests} |"

    def _conditions(self) -> Iterator[str]:
        yield from ("## What short words mean", "")
        for condition in self.goal.conditions.values():
            says, exact = self.english.filled(condition.says), self.english.clause(condition.when)
            yield f"- *{says}*" if says == exact else f"- *{says}*: {exact}."

    def _gates(self) -> Iterator[str]:
        yield from ("## Gates: who is not in this Match", "")
        for i, gate in enumerate(self.goal.gates.not_this_year, 1):
            yield f"{i}. If {self.english.clause(gate.when)}: **not this year**."
            yield from self._reason(gate.because)
        for closed in self.goal.gates.closed_specialties:
            name = self.english.name(closed.specialty)
            yield f"- {_capital(name)} is closed if {self.english.clause(closed.when)}."
            yield from self._reason(closed.because)

    def _standing(self) -> Iterator[str]:
        yield from ("## How somebody stands", "", "One point each:", "")
        for point in self.goal.standing.points:
            yield f"- {_capital(self.english.filled(point.says))}: {self.english.clause(point.when)}."
        yield from ("", "The level, first true row:", "")
        for row in self.goal.standing.levels:
            until = "" if row.known else " (taken until the reader says more)"
            yield f"1. **{row.level}**{until}: {self.english.clause(row.when)}."

    def _table(self) -> Iterator[str]:
        table, name = self.goal.table, self.english.name
        yield from ("## The table", "")
        order, unasked, asked, soap = (
            listed([name(x) for x in y]) for y in (table.broad_order, table.unasked, table.ask_first, table.soap)
        )
        yield f"The broad backup is the specialty marked highest of {order};"
        yield "of equal marks the first in this order. Without a word of the reader it may be"
        yield f"{unasked}. Asked first: the marks for {asked}."
        if table.soap:
            unmarked = listed([name(x) for x in table.soap_unasked])
            few = listed([name(x) for x in table.soap_few])
            yield f"Thought of before SOAP: {soap}; of those with few places, if marked: {few}."
            yield f"A letter without a mark only for {unmarked}."
        yield ""
        for i, row in enumerate(table.rows, 1):
            yield f"{i}. **{row.id.replace('-', ' ')}**. If {self.english.clause(row.when)}: {self._places(row)}."
            for said in row.because:
                yield from self._reason(said)
        yield from ("", "Beside the Match:", "")
        yield from (f"- {b.road.replace('-', ' ')}, if {self.english.clause(b.when)}." for b in table.beside)
        yield from ("", "Said about the broad backup, first true row:", "")
        for about in table.about_the_broad_backup:
            yield f"- If {self.english.clause(about.when)}:"
            yield from self._reason(about.because)
        yield from ("", "The plan is given under a condition, every true one:", "")
        yield from self._lines(table.under)

    def _places(self, row: Any) -> str:
        places = (("first choice", row.first), ("close backup", row.close), ("broad backup", row.broad))
        said = [
            f"{role} {'the broad backup of the reader' if x == 'broad backup' else self.english.name(x)}"
            for role, x in places
            if x
        ]
        return "; ".join(said) or "nothing is planned in the Match"

    def _against(self) -> Iterator[str]:
        yield from (
            "## What speaks against other answers",
            "",
            "Of each other answer the first true reason is told.",
            "",
        )
        for other in self.goal.against.alternatives:
            yield f"- **{other.id.upper()}**, if {self.english.clause(other.when)}:"
            yield from self._lines(other.because, indent="    ")
        yield from (
            "",
            "Of a specialty that you mark as high as one of the plan, and that is not in it, first true row:",
            "",
        )
        yield from self._lines(self.goal.against.left_out)
        yield from ("", "What a critic of the plan would say, first true row:", "")
        yield from self._lines(self.goal.against.critic)

    def _changes(self) -> Iterator[str]:
        changes = self.goal.changes
        yield from ("## What would change the answer", "")
        yield "Each change is tried; those that lead to another plan are told,"
        yield f"at most {changes.told}, in this order."
        yield ""
        for change in changes.changes:
            tried = f"the day of {self.english.event(change.day)}" if change.day else _flat(change.change)
            yield f"- If {self.english.clause(change.when)}, tried: {tried} (`{change.field}`)."
            yield f"    - “{self._sentence(change.id)}”"

    def _counts(self) -> Iterator[str]:
        counts = self.goal.counts
        rows = list(dict.fromkeys(r.range for r in counts.which_range))
        yield from (
            "## How many programs",
            "",
            f"| Specialty | {' | '.join(rows)} | Published range |",
            f"|---|{'---|' * (len(rows) + 1)}",
        )
        for specialty, ranges in counts.ranges.items():
            cells = [f"{r[0]} to {r[1]}" if isinstance(r := ranges.get(name), tuple) else "" for name in rows]
            published = ranges.get("published")
            source = self._ground(str(published)) if published else "none: ours"
            yield f"| {_capital(self.english.name(specialty))} | {' | '.join(cells)} | {source} |"
        yield from ("", "Which range, first true row that the specialty has a range for:", "")
        for row in counts.which_range:
            planned = (
                "its low end"
                if row.planned == "low"
                else f"{row.planned} planned"
                if row.planned
                else "moved inside it"
            )
            more = (
                "" if row.more else "; no reason for more is counted, because more applications never cure a filter"
            )
            yield f"1. **{row.range}** ({planned}{more}): {self.english.clause(row.when)}."
        yield from ("", "Each of these is a reason for more:", "")
        yield from self._lines(counts.more)
        yield from ("", "Each of these is a reason for fewer:", "")
        yield from self._lines(counts.fewer)
        yield ""
        yield "Reasons for more less those for fewer:"
        yield f"{counts.scale.foot} stands at the low end of the range, {counts.scale.head} at its high end,"
        yield f"in steps of {counts.round_to}. Our judgment."

    def _programs(self) -> Iterator[str]:
        programs, name = self.goal.programs, self.english.name
        yield from ("## Which programs of a reader's own table", "")
        yield "A gate that is known to be closed closes a program, and nothing else does. Of the others the list"
        yield "takes those with the most points. Nothing published for IMGs supports finer ones: our judgment."
        yield ""
        for id, reason in programs.reasons.items():
            where = f", in {listed([name(x) for x in reason.specialties])}" if reason.specialties else ""
            points = programs.weights[reason.weight]
            yield f"- **{_capital(id.replace('-', ' '))}** ({reason.weight}: {points}{where}): {reason.says}"
        yield from (
            "",
            "The chance that one program invites the reader to an interview, low, middle and high.",
            "",
        )
        yield "The reader may set the word; else their fit does. No figure says this of one person:"
        yield ""
        for word, (low, middle, high) in programs.interview.items():
            fits = listed([fit for fit, of in programs.chance_by_fit.items() if of == word])
            yield f"- {_capital(word)}: {low:.1%}, {middle:.1%}, {high:.1%}{f' (fit: {fits})' if fits else ''}"
        factors = [f"{name(x)} {factor}" for x, factor in programs.specialty_factor.items()]
        if factors:
            yield f"- In some specialties times: {listed(factors)}."
        after = programs.place_after_interview
        low, middle, high = after.chances
        yield "- A program that interviewed the reader takes them, if their rank list reaches it:"
        rests = "; ".join(self._ground(e) for e in after.evidence) or "our judgment"
        yield f"  {low:.0%}, {middle:.0%}, {high:.0%}. {after.says} Rests on: {rests}."
        yield f"- Time in the US that counts as hands-on: {listed(list(programs.hands_on))}."

    def _first_years(self) -> Iterator[str]:
        years, name = self.goal.first_years, self.english.name
        yield from ("## First years", "")
        shares = listed(list(years.needed_when_pgy2_is), "or")
        yield f"A first year is looked for when {shares} of the places of a planned specialty"
        yield "start in the second year."
        if years.counted:
            yield f"As a first year count: {listed([name(x) for x in years.counted])}."
        yield "First true row:"
        yield ""
        for rows in years.sets:
            always = " (also where nothing starts in the second year)" if rows.always else ""
            yield f"1. If {self.english.clause(rows.when)}{always}:"
            for specialty, year in rows.plan.items():
                yield f"    - {name(specialty)}: {year.planned}, of {year.range[0]} to {year.range[1]}."
                yield from self._reason(year.because, indent="        ")
        yield ""
        for first_year, career in years.ruled_out_with.items():
            yield f"A mark of {self.goal.number('mark_never')} for {name(career)} closes {name(first_year)} too."
        if years.assumed_bearable:
            assumed = _capital(name(years.assumed_bearable))
            yield f"{assumed} is planned without a word of the reader, and shown as assumed."

    def _budget(self) -> Iterator[str]:
        budget = self.goal.budget
        yield from ("## What a budget cuts", "", "In this order, until the upper bound of the fees fits:", "")
        for cut in budget.cuts:
            when = "" if cut.when == "true" else f", if {self.english.clause(cut.when)}"
            yield f"1. {_capital(cut.says)}{when}. ({self._cut(cut)}.)"
        minimums = "; ".join(f"{self.english.name(x)} {n}" for x, n in budget.minimums.items())
        yield from ("", f"Minimums, ours: {minimums}; of others the first fee step.")

    def _cut(self, cut: Cut) -> str:
        named = {"goal": "the goal", "close": "the close backup", "broad": "the broad backup", "all": "everything",
                 "last": "what is cut last", "each": "each of the plan, its last place first"}  # fmt: skip

        def said(names: Iterable[str]) -> str:
            return listed([named.get(x) or self.english.name(x) for x in names])

        unless = f", never {said(cut.unless)}" if cut.unless else ""
        if cut.even:
            return f"by ones, the larger first: {said(cut.even)}"
        what, to = (cut.cut, f" to {cut.to}") if cut.cut else (cut.drop, " whole")
        return f"{'Counts down' if cut.cut else 'Drops'} {said(what)}{to}{unless}"

    def _signals(self) -> Iterator[str]:
        signals = self.goal.signals
        yield from ("## Signals", "", "| Level | Gold: goal, others | Silver: goal, others |", "|---|---|---|")
        for level, split in signals.split.items():
            yield f"| {level} | {split.gold[0]}, {split.gold[1]} | {split.silver[0]}, {split.silver[1]} |"
        yield from (
            "",
            f"At most half to the goal if {self.english.clause(signals.at_most_half_to_goal)}. Our judgment.",
        )
        yield from ("", "Where no number was published:", "")
        yield from self._reason(signals.without_a_number, indent="")
        yield from ("", "Every true one is said:", "")
        yield from self._lines(signals.advice)

    def _letters(self) -> Iterator[str]:
        letters, name = self.goal.letters, self.english.name
        yield from ("## Letters", "")
        worth = "; ".join(f"{k.replace('_', ' ')} {v}" for k, v in letters.worth)
        yield f"The order of letters at a program (an order, no measure): {worth}."
        yield f"Beside one of the first two kinds, there or asked for, at most {letters.others} of the others."
        yield "Radiology's letters go to each of its specialties, before a second clinician's."
        yield "A kind that is only “else” and that nobody met is not shared where other US clinicians saw the reader."
        yield ""
        for specialty, rule in letters.rules.items():
            ranked: tuple[tuple[str, tuple[str, ...]], ...] = (
                ("first", rule.first),
                ("then", rule.then),
                ("else", rule.fill),
            )
            ranked += (("in a version that names no radiology", rule.neutral), ("never", rule.never))
            kinds = [f"{word} {listed([name(x) for x in of], 'or')}" for word, of in ranked if of]
            kinds += [f"at most {n} from {name(x)}" for x, n in rule.at_most.items()]
            kinds += [f"at least {n} from {name(x)}" for x, n in rule.at_least.items()]
            kinds += [f"without a clinician, {name(rule.clinical)} is asked for"] if rule.clinical else []
            kinds += [f"a second one is asked of {name(rule.second)}"] if rule.second else []
            yield f"- **{_capital(name(specialty))}**: {'; '.join(kinds)}."

    def _realism(self) -> Iterator[str]:
        r = self.goal.realism
        yield from ("## Realism of a specialty", "")
        yield f"From 0 to {shown(r.most)} points. Only the part for the Step 2 CK rests on figures;"
        yield "the rest is our judgment."
        yield ""
        s = r.score
        yield f"- Step 2 CK: up to {s.most} points by where the score stands among those who matched."
        yield f"  {shown(s.at_least)} of the part follows it even where scores hardly differ,"
        yield f"  all of it from {shown(s.separation_full)} points between the medians. Beyond the quartiles it runs"
        yield f"  from {s.unknown_foot} to {s.unknown_head}, over {s.reach} of half the middle range."
        each: tuple[tuple[str, Each], ...] = (
            ("each letter that counts", r.letter), ("each US week", r.us_week), ("each research project", r.research),
            ("each failed attempt", r.failed_attempt), ("each year since graduation", r.year_out),
        )  # fmt: skip
        for what, one in each:
            after = f", from the {one.after + 1}th on" if one.after else ""
            yield f"- {_capital(what)}: {one.points} points, at most {one.at_most} counted{after}."
        volume = "; ".join(f"{least:,} or more: {points}" for least, points in r.volume)
        yield f"- People like the reader who matched there: {volume}."
        for specialty, kinds in r.letters_that_count.items():
            counted = listed([self.english.name(k) for k in kinds])
            yield f"- Letters and weeks that count for {self.english.name(specialty)}: {counted}."
        v = r.visa_points
        yield f"- Visa, from 0 to 4: {v.needed_none} where none is needed, {v.closed} where it is closed,"
        yield f"  {v.all_take_it} where all programs take it; else by the published share."
        zero = r.satisfaction_points.mark_of_zero
        yield f"- Satisfaction: a mark of {zero} is 0 points, each mark above it one more."

    def _plans(self) -> Iterator[str]:
        texts = self.english.content.data(f"goals/{self.goal.specialty}/combinations")
        yield from ("## What each plan is for", "")
        for id, plan in texts["combinations"].items():
            yield f"- **{id.upper()}**: {plan['for']} *Its price:* {plan['price']}"
        yield from ("", "Of the stages of the season the guide says:", "")
        yield from (f"- {stage}: {text}" for stage, text in texts["stages"].items())
        yield from ("", "What a season costs, and where to look:", "")
        for cost in texts["season_costs"]:
            only = " (only where a stay may be named)" if cost.get("needs_stay") else ""
            where = "counted here" if cost.get("priced") else cost.get("where") or "no address"
            yield f"- {cost['what']}{only}: {where}"

    def _differ(self) -> Iterator[str]:
        path = self.english.content.folder / f"goals/{self.goal.specialty}/advisors-differ.yml"
        if not path.exists():
            return
        yield from (
            "## Where honest advisors differ",
            "",
            "No data settles these. The guide chooses, and says that it is a choice.",
            "",
        )
        for view in read_checked(path, Views).differ:
            yield f"- **{view.question}** {view.some} {view.others} *Here:* {view.here}"

    # -- reasons

    def _lines(self, lines: tuple[Line, ...], indent: str = "") -> Iterator[str]:
        for line in lines:
            yield (
                f"{indent}- If {self.english.clause(line.when)}:"
                if line.when != "true"
                else f"{indent}- Else, or always:"
            )
            yield from self._reason(line, indent=f"{indent}    ")

    def _reason(self, said: Said, indent: str = "    ") -> Iterator[str]:
        because: Because = self.goal.sentence(said)
        grounds = "; ".join(self._ground(name) for name in because.rests_on) or "our judgment"
        filled = "; ".join(f"‹{k}› is {self.english.value(v)}" for k, v in because.fill.items())
        yield f"{indent}- “{self._sentence(because.say)}”"
        yield f"{indent}    - Rests on: {grounds}.{f' Filled in: {filled}.' if filled else ''}"

    def _sentence(self, id: str) -> str:
        """A sentence as it stands, its figures shown, the places of values marked."""
        text = re.sub(r"\{\{\s*(.*?)\s*\}\}", lambda hit: f"‹{_short(hit[1])}›", self.sentences[id])
        text = re.sub(r"\{%-?\s*(el)?if (.*?)\s*-?%\}", lambda hit: f"‹if {_short(hit[2])}: ", text)
        text = re.sub(r"\{%-?\s*else\s*-?%\}", "‹else: ", text)
        text = re.sub(r"\{%-?\s*endif\s*-?%\}", "›", text)
        text = re.sub(
            r"\[\[([^\]|]*‹[^\]|]*)(?:\|([^\]]*))?\]\]", lambda hit: hit[2] or f"‹{hit[1].strip('‹›')}›", text
        )
        return unlinked(text, self.english.content.evidence)

    def _ground(self, name: str) -> str:
        """A line of the profile, a date, or an item of evidence with its source and year."""
        if name.startswith("season."):
            return self.english.event(name.removeprefix("season."))
        if name.partition(".")[0] in Profile.model_fields:
            head, brace, rest = name.partition("{")
            if brace:
                return f"{self.labels.line(head.rstrip('.'))} (of ‹{rest.partition('}')[0]}›)"
            return self.labels.line(name)
        if "{" in name:
            return name.replace("{", "‹").replace("}", "›")
        item = self.english.content.evidence.item(name)
        source = self.english.content.evidence.sources[item.sources[0]]
        year = item.year or (item.as_of.year if item.as_of else source.year)
        return f"{item.says} ({source.publisher}, {year})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(jinja: str) -> str:
    return re.sub(r"\s+", " ", jinja.replace("_", " "))


def _flat(change: Any) -> str:
    if isinstance(change, Mapping):
        return ", ".join(
            f"{k.replace('_', ' ')}: {_flat(v)}" if not isinstance(v, Mapping) else _flat(v)
            for k, v in change.items()
        )
    if isinstance(change, list | tuple):
        return " and ".join(_flat(x) for x in change)
    return {True: "yes", False: "no"}.get(change, str(change)) if isinstance(change, bool) else str(change)

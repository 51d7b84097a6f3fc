"""What must be there: rows of a specialty, a last row that is always true, sentences, names of lines; and what must
not: two of one name, and what nothing uses."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from matchguide.checks.code import SAID_OTHERWISE, asked
from matchguide.checks.fields import conditions_of
from matchguide.checks.names import Names, line_problem
from matchguide.checks.patterns import fits
from matchguide.checks.templates import said_on_pages
from matchguide.checks.written import plain, value_at, values
from matchguide.content import expressions
from matchguide.content.cards import FIRST_YEAR_OPENING, SECTIONS
from matchguide.content.expressions import VOCABULARY, NotAnExpression
from matchguide.content.phases import PHASES
from matchguide.content.season import STAGES
from matchguide.mistakes import Mistake, suggestion
from matchguide.profile.model import Profile
from matchguide.source import Source

# Files of questions that are of no specialty.
SHARED = ("common", "first-year")
# Lists of which the first true row counts: the last must be true for everybody.
FIRST_TRUE = (
    ("phases.yml", r"phases"),
    (r"goals/.*/standing\.yml", r"levels"),
    (r"goals/.*/table\.yml", r"rows"),
    (r"goals/.*/against\.yml", r"alternatives\[\]\.because|left_out|critic"),
    (r"goals/.*/counts\.yml", r"which_range"),
    (r"goals/.*/first-years\.yml", r"sets"),
)


def problems(names: Names) -> Iterator[Mistake]:
    """All of it."""
    yield from _specialties(names)
    yield from _sections(names)
    yield from _quartiles(names)
    yield from _twice(names)
    yield from _last_rows(names)
    yield from _sentences(names)
    yield from _unused(names)
    yield from _circles(names)
    yield from _lines(names)
    yield from _combinations(names)
    yield from _kinds(names)
    for event in sorted(asked().events - names.events) if names.seasons else ():
        help = f"{suggestion(event, names.events)} Dates of the plan itself are: {', '.join(sorted(asked().events))}."
        for file in (n for n in names.written.data if n.startswith("seasons/")):
            yield Mistake(
                names.written.path(file), "events", f"lacks {event}, which the plan counts from.", help.strip()
            )
    for phase in PHASES:
        if f"home/{phase.replace(' ', '-')}.md" not in names.written.texts:
            yield Mistake(str(names.written.templates / "home"), "", f"has no file for the phase {phase}.")


def _specialties(names: Names) -> Iterator[Mistake]:
    """The rows each specialty must have: evidence, ranges, letters, questions."""
    for id, card in names.cards.items():
        kind, short = card.get("kind"), card.get("short")
        path = names.written.path(f"specialties/{id}.md")
        if kind in ("goal", "backup"):
            for kinds in names.kinds if names.evidence else ():
                for part in ("", "-all", "-positions", *(("-ck", "-ranks") if kind == "backup" else ())):
                    item = f"{kinds['outcomes']}-{short}{part}"
                    keys = ("matched", "not_matched") if not part else ()
                    for reference in [f"{item}.{k}" for k in keys] or [item]:
                        if reference not in names.references:
                            yield Mistake(path, "short", f"{short} has no figure {reference}.",
                                          "Add it to content/evidence/, as others have it.")  # fmt: skip
            has = f"interviews/{id}.yml" in names.written.texts
            if not has and card.get("interviews") != "common":
                yield Mistake(path, "interviews", "there are no questions for it.",
                              f"Write content/interviews/{id}.yml, or here: interviews: common")  # fmt: skip
            if has and card.get("interviews") == "common":
                yield Mistake(path, "interviews", f"content/interviews/{id}.yml has questions.", "Take the line out.")
        orders = [names.of_goal(goal, "table").get("broad_order") or () for goal in names.goals]
        if kind == "backup" and "broad" in (card.get("traits") or ()) and not any(id in order for order in orders):
            help = f"Put {id} into broad_order of content/goals/<goal>/table.yml, or take the trait out."
            yield Mistake(path, "traits", "has the trait broad, and no goal's broad_order names it.", help)
        for goal in names.goals:
            wanted = [("letters", "rules")] if kind == "first-year" else [("letters", "rules"), ("counts", "ranges")]
            for file, field in wanted:
                rows = names.of_goal(goal, file).get(field)
                if isinstance(rows, Mapping) and id not in rows and (kind != "goal" or id == goal):
                    where = names.written.path(f"goals/{goal}/{file}.yml")
                    yield Mistake(where, field, f"has no line for {id}.", "Copy the line of a specialty like it.")
    for name in names.written.texts:
        if re.fullmatch(r"interviews/.*\.yml", name) and name[11:-4] not in (*names.specialties, *SHARED):
            help = suggestion(name[11:-4], names.specialties)
            yield Mistake(names.written.path(name), "", "is named for no specialty.", help)


def _kinds(names: Names) -> Iterator[Mistake]:
    """Each kind of figures that a season names has figures."""
    items = names.evidence.items if names.evidence else {}
    heads = {id[: hit.start()] for id in items for hit in re.finditer("-|$", id)}
    for name, source in names.written.data.items():
        kinds = source.data.get("evidence") if name.startswith("seasons/") and isinstance(source.data, dict) else None
        for kind, head in kinds.items() if isinstance(kinds, dict) and heads else ():
            if head not in heads:
                help = f"{suggestion(str(head), heads)} They stand in content/evidence/.".strip()
                yield source.mistake(("evidence", kind), "names no figures.", allowed=help)


def _quartiles(names: Names) -> Iterator[Mistake]:
    """Who gives one mark of a distribution gives all three: pages draw them."""
    marks = ("q1", "median", "q3")
    for name, source in names.written.data.items():
        for path in source.places if name.startswith("evidence/") else ():
            value = value_at(source, path)
            if isinstance(value, dict) and set(marks) & set(value):
                for mark in (m for m in marks if m not in value):
                    yield source.mistake((*path, mark), "is missing.", allowed="Give q1, median and q3.")


def _sections(names: Names) -> Iterator[Mistake]:
    """Cards have their sections, all of them and in order; those of first years may leave some out."""
    for id, card in names.cards.items():
        name = f"specialties/{id}.md"
        text = names.written.texts[name]
        found = [(h[1].strip(), h.start()) for h in re.finditer(r"^## (.*)$", text, re.M)]
        for heading, position in found:
            if heading not in SECTIONS and not (card.get("kind") == "first-year" and heading == FIRST_YEAR_OPENING):
                wrong = names.wrong("section", heading)
                assert wrong
                yield names.written.at(name, position, wrong[0], wrong[1], heading)
        headings = [h for h, _ in found]
        missing = [s for s in SECTIONS if s not in headings]
        if card.get("kind") != "first-year":
            for section in missing:
                yield Mistake(
                    names.written.path(name), "", f"the section {section} is missing.", f"Write: ## {section}"
                )
        if len(headings) != len(set(headings)):
            yield Mistake(names.written.path(name), "", "a section stands twice.")


def _twice(names: Names) -> Iterator[Mistake]:
    """Two cards of one name, two rules, rows, questions or terms of one id."""
    for field in ("name", "short", "abbreviation"):
        seen: dict[str, str] = {}
        for id, card in names.cards.items():
            value = str(card.get(field, ""))
            for one, other in ((id, seen.get(value)), (seen.get(value), id)):
                if value and one and other and one != other:
                    source = names.written.data[f"specialties/{one}.md"]
                    yield source.mistake((field,), f"is the {field} of {other} too.", allowed="Each has its own.")
            seen.setdefault(value, id)
    for group in ("rules/", "interviews/", "seasons/", "faq.yml", "glossary.yml", "first-card.yml", "goals/"):
        ids: dict[tuple[str, ...], str] = {}
        for file, source in names.written.data.items():
            if not file.startswith(group):
                continue
            own = file if group in ("seasons/", "interviews/", "goals/") else group
            for place, text in values(source, r"(.*\.)?[a-z]+\[\]\.id"):
                key = (own, str(place) if "alternatives" in place else "", text)
                if key in ids:
                    yield source.mistake(place, f"stands in {ids[key]} too.")
                ids[key] = file


def _last_rows(names: Names) -> Iterator[Mistake]:
    for file, source in names.written.data.items():
        for where, field in FIRST_TRUE:
            if not fits(where)(file):
                continue
            for path in source.places:
                rows = value_at(source, path)
                if fits(field)(plain(path)) and isinstance(rows, list) and rows:
                    last = rows[-1].get("when") if isinstance(rows[-1], dict) else None
                    if last is not True and last != "true":
                        yield source.mistake((*path, len(rows) - 1, "when"),
                            "must be true: the first true row counts, and one must be true for everybody.",
                            allowed="Write: when: true")  # fmt: skip


def said(names: Names) -> Iterator[tuple[str, Source, Any, str]]:
    """The sentences that decisions of goals name: file, source, path and id."""
    for file, source in names.written.data.items():
        if file.startswith("goals/") and not file.endswith(("numbers.yml", "sentences.yml")):
            yield from ((file, source, *found) for found in values(source, r".*(say|because|because\[\])"))


def _sentences(names: Names) -> Iterator[Mistake]:
    """What is said stands in templates/words/, with its grounds where it is named alone; each sentence is said."""
    used = set()
    for file, source, path, text in said(names):
        used.add(text)
        if text not in names.sentences:
            wrong = names.wrong("sentence", text)
            assert wrong
            yield source.mistake(path, wrong[0], allowed=wrong[1])
        elif path[-1] != "say" and text not in names.of_goal(file.split("/")[1], "sentences"):
            grounds = names.of_goal(file.split("/")[1], "sentences")
            yield source.mistake(path, "has no grounds in sentences.yml.", allowed=suggestion(text, grounds))
    for goal in names.goals:
        listed = names.written.data.get(f"goals/{goal}/sentences.yml")
        for id in names.of_goal(goal, "sentences"):
            if id not in used and listed:
                yield listed.mistake((id,), "is said by no row.", allowed=suggestion(id, used), show=False)
    code = asked()
    for wanted in code.sentences:
        if not any(fits(wanted)(id) for id in names.sentences) and wanted not in SAID_OTHERWISE:
            help = suggestion(wanted, names.sentences)
            yield Mistake(str(names.written.templates / "words"), "", f"the sentence {wanted} is missing.", help)
    changes = {str(c.get("id")) for g in names.goals for c in names.of_goal(g, "changes").get("changes", ())}
    patterns = [re.compile(p) for p in (*code.sentences, *said_on_pages(names))]
    for file, source in names.written.data.items():
        if file.startswith("words/") and isinstance(source.data, dict):
            for id in source.data:
                by_code = id in code.words or any(p.fullmatch(id) for p in patterns)
                if not (by_code or id in used or id in changes):
                    yield source.mistake(
                        (id,), "is said nowhere.", allowed=suggestion(id, {*code.words, *used}), show=False
                    )


def _unused(names: Names) -> Iterator[Mistake]:
    """Numbers and conditions that nothing uses, and numbers that the plan asks for and a goal lacks."""
    in_templates = {m for t in names.written.texts.values() for m in re.findall(r'number\("(\w+)"\)', t)}
    first_cards = _names_of(names, "first-card.yml")
    in_words = _numbers_in_sentences(names)
    for goal in names.goals:
        used = set(first_cards) | in_templates | in_words
        for file in (n for n in names.written.data if n.startswith(f"goals/{goal}/")):
            used |= _names_of(names, file)
            for _, text in values(names.written.data[file], r".*\.says"):
                used |= set(re.findall(r"\{(\w+)\}", text))
        numbers, conditions = names.of_goal(goal, "numbers"), conditions_of(names, goal)
        for wanted in sorted(asked().numbers | (first_cards & names.numbers)):
            if not any(fits(wanted)(n) for n in numbers):
                path = names.written.path(f"goals/{goal}/numbers.yml")
                yield Mistake(path, wanted, "is missing: the plan asks for it.", suggestion(wanted, numbers))
        for file, listed in (("numbers", numbers), ("conditions", conditions)):
            source = names.written.data.get(f"goals/{goal}/{file}.yml")
            for name in listed:
                by_code = file == "numbers" and any(fits(w)(name) for w in asked().numbers)
                if name not in used and not by_code and source:
                    yield source.mistake((name,), "is used nowhere.", allowed=suggestion(name, used), show=False)
                if name in VOCABULARY and source:
                    yield source.mistake((name,), "is the name of a fact too.", show=False)


def _numbers_in_sentences(names: Names) -> set[str]:
    """The numbers that sentences of pages name, or ask in their conditions."""
    texts = [t for n, t in names.written.texts.items() if n.startswith("words/")]
    return {word for text in texts for word in re.findall(r"\w+", text)} & names.numbers


def _names_of(names: Names, file: str) -> set[str]:
    source = names.written.data.get(file)
    out: set[str] = set()
    for _, text in values(source, r".*(when|at_most_half_to_goal)|(.*\.)?with\.[^.]*") if source else ():
        try:
            out |= set(expressions.names_in(text))
        except NotAnExpression:
            continue
    return out


def _circles(names: Names) -> Iterator[Mistake]:
    """Conditions that ask for themselves."""
    from matchguide.checks.expressions import closure

    for goal in names.goals:
        conditions = conditions_of(names, goal)
        source = names.written.data.get(f"goals/{goal}/conditions.yml")
        for name, text in conditions.items():
            try:
                list(closure(text, conditions, (name,)))
            except RecursionError as error:
                if source:
                    yield source.mistake((name, "when"), f"asks for itself ({error}).")
            except NotAnExpression:
                continue


def _lines(names: Names) -> Iterator[Mistake]:
    """Lines of the profile that pages can name have a name in templates/labels.yml, and only lines of the profile."""
    source = names.written.data.get("labels.yml")
    if source is None or not isinstance(source.data, dict):
        return
    labels = source.data.get("profile")
    labels = labels if isinstance(labels, dict) else {}
    for key in source.data:
        if key not in ("profile", "values", "season"):
            yield source.mistake((key,), "is not known here.", allowed="profile, values and season.", show=False)
    for key in labels:
        if wrong := line_problem(key):
            yield source.mistake(("profile", key), wrong[0], allowed=wrong[1], show=False)
    season = source.data.get("season")
    for key in ("stage", "date", "ours"):
        if not isinstance(season, dict) or key not in season:
            yield source.mistake(("season", key), "is missing.")
    wanted = {f for f in VOCABULARY.values() if f not in ("season", "plan")} | asked().lines
    for file, s in names.written.data.items():
        if file.startswith("goals/"):
            wanted |= {t for _, t in values(s, r".*\.rests_on\[\]|changes\[\]\.field")}
    for line in sorted(wanted):
        head = line.partition(".")[0]
        if head not in Profile.model_fields or "{" in line:
            continue
        parent = f"{line.rpartition('.')[0]}.*"
        if line not in labels and parent not in labels:
            yield source.mistake(("profile", line), "has no name for pages.", allowed=suggestion(line, labels))


def _combinations(names: Names) -> Iterator[Mistake]:
    """Each plan the table can give has its words in combinations.yml; and no other."""
    shorts = {id: str(c.get("short")) for id, c in names.cards.items()}
    for goal in names.goals:
        source = names.written.data.get(f"goals/{goal}/combinations.yml")
        if source is None or not isinstance(source.data, dict):
            continue
        listed = source.data.get("combinations", {})
        for id in listed if isinstance(listed, dict) else ():
            strange = [x for x in str(id).split("+") if x not in shorts.values()]
            if strange and id != "not-this-year":
                help = suggestion(strange[0], shorts.values())
                yield source.mistake(
                    ("combinations", id), f"{strange[0]} is no specialty's short name.", allowed=help, show=False
                )
        for stage in (*STAGES, "after"):
            if not isinstance(source.data.get("stages"), dict) or stage not in source.data["stages"]:
                yield source.mistake(("stages", stage), "is missing.")
        against = names.written.data.get(f"goals/{goal}/against.yml")
        for path, id in values(against, r"alternatives\[\]\.id") if against else ():
            strange = [x for x in id.split("+") if x not in shorts.values()]
            if strange and against:
                yield against.mistake(
                    path,
                    f"{strange[0]} is no specialty's short name.",
                    allowed=suggestion(strange[0], shorts.values()),
                )

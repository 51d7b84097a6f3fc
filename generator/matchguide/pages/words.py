"""Words for reasons: the sentences of templates/words/*.yml, filled with a reason's values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, cached_property, partial
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, Environment, FunctionLoader, StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from matchguide.content.inert import inert
from matchguide.content.season import Event
from matchguide.content.store import Content
from matchguide.mistakes import MistakesFound, mistake
from matchguide.pages.cite import shown, unlinked
from matchguide.pages.memory import T, memory_of
from matchguide.pages.memory import forget as forget_memory
from matchguide.pages.said import Said, plain
from matchguide.pages.sentences import Row, Sentences, sentences
from matchguide.pages.sentences import forget as forget_sentences
from matchguide.plan.reasons import Reason
from matchguide.profile.dates import dated
from matchguide.profile.values import PartialDate
from matchguide.source import parse

FROM_THE_READER = {
    "writer",
    "program",
    "next_program",
    "first_years",
    "cell",
    "column_name",
    "sheet_name",
    "next_sheet",
    "tie_said",
    "other_programs",
    "later_programs",
    "name_of_reader",
}


_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)")
_FILTERS = ("capitalize", "first", "join", "last", "length", "lower", "upper")


class _Sandbox(SandboxedEnvironment):
    """For words, which may come from a stranger: nothing but what is handed in, few filters, and no arithmetic that
    grows."""

    intercepted_binops = frozenset({"*", "**", "%", "/", "//"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"words do not compute ({operator})")


def environment(
    loader: BaseLoader, cache: BytecodeCache | None = None, *, kind: type[Environment] = Environment
) -> Environment:
    """Jinja as templates get it: strict, numbers shown as people read them."""
    made = kind(
        loader=loader,
        bytecode_cache=cache if kind is Environment else None,  # the sandbox compiles otherwise
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalize,
        auto_reload=False,
    )
    made.globals.update(EVERYWHERE)
    if kind is Environment:
        made.context_class = _Context
    return made


class _Context(Context):
    """Calls functions that want nothing but their arguments at once: a guide calls thousands."""

    def call(self, called: Any, *args: Any, **named: Any) -> Any:
        if type(called) in _PLAIN and not hasattr(called, "jinja_pass_arg"):
            if named:
                named.pop("_loop_vars", None)
                named.pop("_block_vars", None)
            return called(*args, **named)
        return super().call(called, *args, **named)


_PLAIN = (FunctionType, MethodType, partial)


def _finalize(value: Any) -> Any:
    if type(value) is str or type(value) is Said:
        return value
    if isinstance(value, bool) or value is None:
        raise TypeError(f"a template printed {value!r}")
    return shown(value) if isinstance(value, int | float) else value


@cache
def _environment(folder: Path) -> Environment:
    return environment(FunctionLoader(lambda id: sentences(folder).texts[id]), kind=_Sandbox)


def forget() -> None:
    """Reads words anew from now on: while the guide is served, its files change."""
    forget_sentences()
    forget_memory()
    _environment.cache_clear()


class Words:
    """Sentences for one guide's reasons. `text` may hold [[figures]] and marks, `marked` marks; `plain` neither."""

    def __init__(self, content: Content, templates: Path) -> None:
        self._content = content
        self.templates = templates
        self._folder = templates / "words"
        self._rules = {r.id: r for r in content.rules}
        self._said: dict[int, tuple[Reason, str]] = {}  # with the reason, so that its id stays its own
        self._needs: dict[tuple[str, ...], bool] = {}
        self._memory = memory_of(content, templates)
        self._names = {
            "name": self.name,
            "names": lambda ids: [self.name(x) for x in ids],
            "abbr": self.abbr,
            "abbr_first": self.abbr_first,
            "person": self.person,
            "a_person": self.a_person,
            "a_people": lambda ids: [self.a_person(x) for x in ids],
            "combination": self.combination,
            "listed": listed,
            "date": dated,
        }

    def name(self, specialty: str) -> str:
        """The name of a specialty, or of what is no card."""
        return (
            self._content.cards[specialty].name
            if specialty in self._content.cards
            else self.said("another-specialty")
        )

    def abbr_first(self, specialty: str) -> str:
        """The abbreviation as it begins a line."""
        short = self.abbr(specialty)
        return short[0].upper() + short[1:]

    def abbr(self, specialty: str) -> str:
        """The abbreviation of a specialty, or its name where it has none."""
        return (
            self._content.cards[specialty].abbreviation
            if specialty in self._content.cards
            else self.said("other-specialty")
        )

    def person(self, specialty: str) -> str:
        """Who works in a specialty, as "radiologist"."""
        return (
            self._content.cards[specialty].person
            if specialty in self._content.cards
            else self.said("another-clinician" if specialty == "another" else "clinician-at-home")
        )

    def a_person(self, specialty: str) -> str:
        """An internist, a surgeon."""
        noun = self.person(specialty)
        if specialty == "another":
            return noun
        return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"

    def combination(self, id: str) -> str:
        """ "ir+dr+im" as "IR + DR + IM"; "not-this-year" in words."""
        if id == "not-this-year":
            return self.said("not-this-year")
        short = {c.short: c.abbreviation for c in self._content.cards.values()}
        return " + ".join(short[part] for part in id.split("+"))

    def text(self, reason: Reason) -> str:
        """The sentence of a reason, as Markdown that can be nothing but words and links. Raises MistakesFound."""
        if id(reason) not in self._said:  # the same reason stands on several pages, and in plan.json
            said = self._memory.of(reason.id, reason.values, lambda: inert(self._text(reason)))
            self._said[id(reason)] = (reason, said)
        return self._said[id(reason)][1]

    def remembered(self, what: object, values: Mapping[str, Any], make: Callable[[], T]) -> T:
        """What comes of the words of these templates and these values alone: made once, for everybody."""
        return self._memory.of(what, values, make)

    def said(self, id: str, /, **values: Any) -> str:
        """A sentence that stands alone under its name, as `text` has it."""
        return self.text(Reason(id, values))

    def _text(self, reason: Reason) -> str:
        values = {k: _said(v) if k in FROM_THE_READER else v for k, v in reason.values.items()}
        if reason.id in ("rule", "moment-rule"):
            rule = self._rules[str(reason.values["rule"])]
            return (rule.do or rule.say) if reason.id == "moment-rule" else " ".join(rule.say.split())
        if reason.id == "first-card":
            return self._card(values)
        if reason.id in ("event", "event-held"):
            event = self._event(str(reason.values["event"]))
            return event.held if reason.id == "event-held" else event.text
        if reason.id in ("card-alignment", "card-pathways_back"):
            ratings = self._content.cards[str(reason.values["specialty"])].ratings
            return ratings["alignment" if reason.id == "card-alignment" else "pathways_back"].because
        if reason.id == "card-visa":
            shares = self._content.cards[str(reason.values["specialty"])].visa_shares
            return next(share.says for visa, share in shares.items() if visa == reason.values["visa"])
        sentence = sentences(self._folder).texts[reason.id]
        if "{" not in sentence:
            return sentence
        try:
            return _environment(self._folder).get_template(reason.id).render({**values, **self._names}).strip()
        except (TemplateError, TypeError, LookupError, AttributeError, OverflowError) as error:
            raise self._broken(reason.id, f"{type(error).__name__}: {error}:") from error

    def _broken(self, id: str, said: str) -> MistakesFound:
        """The mistake in the file that holds a sentence, at its line."""
        for path in sorted(self._folder.glob("*.yml")):
            source = parse(path.read_text(encoding="utf-8"), str(path))
            head = id.partition(".")[0]  # of a list of sentences
            if (head,) in source.names:
                return MistakesFound([replace(source.mistake((head,), "cannot be said.", show=False), found=said)])
        return mistake(str(self._folder), "cannot be said.", field=id, found=said)

    def _card(self, values: Mapping[str, Any]) -> str:
        """A sentence of content/first-card.yml with its values filled in."""
        rows = (*self._content.first_cards.first, *self._content.first_cards.second)
        say = next(row.say for row in rows if row.id == values["card"])

        def fill(hit: re.Match[str]) -> str:
            if hit[1] == "date":
                return dated(self._event(hit[2]).when)
            value = values[hit[1]]
            if isinstance(value, tuple):
                return self.said("rank-lines", lines=[str(n) for n in value])
            return dated(value) if isinstance(value, PartialDate) else str(value)

        return re.sub(r"\{(\w+)(?::(\w+))?\}", fill, say)

    def _event(self, id: str) -> Event:
        for season in self._content.seasons.values():
            for event in season.events:
                if event.id == id:
                    return event
        raise KeyError(id)

    def marked(self, reason: Reason) -> str:
        """The sentence without figures' links and Markdown, the reader's words in it as marks."""
        text = self.text(reason)

        def once() -> str:
            return _LINK.sub(r"\1", unlinked(text, self._content.evidence).replace("**", ""))

        return self.remembered("marked", {"text": text}, once)

    def plain(self, reason: Reason) -> str:
        """A reason as a sentence without links."""
        return plain(self.marked(reason))

    def rows(self, id: str) -> tuple[Row, ...]:
        """The sentences that stand under one name, each with its condition; a sentence alone is always said."""
        return self._sentences.rows(id)

    def needs_only(self, id: str, values: Mapping[str, Any]) -> bool:
        """Whether these values alone decide which of the sentences under a name are said, and how."""
        key = (id, *values)
        if key not in self._needs:
            self._needs[key] = all(row.asks <= values.keys() for row in self.rows(id))
        return self._needs[key]

    @cached_property
    def _sentences(self) -> Sentences:
        return sentences(self._folder)

    def known(self) -> set[str]:
        """The ids of all sentences."""
        return set(sentences(self._folder).texts)


def _said(value: Any) -> Any:
    if isinstance(value, list):
        return [_said(v) for v in value]
    return Said(value) if isinstance(value, str) else value


def counted(n: int, one: str, many: str = "") -> str:
    """ "1 letter", "3 letters": the word as its number asks; `many` where an s is not enough."""
    return f"{shown(n)} {one if n == 1 else many or one + 's'}"


EVERYWHERE: Mapping[str, Any] = {"counted": counted}  # what every template may call


def listed(items: list[str] | tuple[str, ...], joiner: str = "and") -> str:
    """a, b and c."""
    items = [str(i) for i in items]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joiner} {items[-1]}"

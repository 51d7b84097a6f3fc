"""Which of several sentences a page says: those of templates/words/ whose condition is true of this reader today."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from matchguide.content.expressions import holds
from matchguide.pages.memory import T
from matchguide.pages.sentences import Row
from matchguide.pages.words import Words
from matchguide.plan.reasons import Reason

UNSAID = "\ue002"  # stands in a page where no sentence was true, until its block is whole
_UNSAID_LINE = re.compile(rf"(?m)^[ \t{UNSAID}]*{UNSAID}[ \t{UNSAID}]*(?:\n|\Z)")


def without_unsaid(text: str) -> str:
    """A block without the lines and blanks of what was not said."""
    if UNSAID not in text:
        return text
    text = _UNSAID_LINE.sub("", text)
    return re.sub(rf" ?{UNSAID}(?=[.,;:)])|{UNSAID} ?", "", text)


class Chosen:
    """`facts` are what conditions ask and sentences name: those of the plan, and of the pages (pages/facts.py)."""

    def __init__(self, words: Words, facts: Mapping[str, Any]) -> None:
        self._words, self._facts = words, facts

    def say(self, what: Reason | str, /, **values: Any) -> str:
        """The sentence of a reason; or, of the sentences under a name, the first that is true, "" where none is.
        `values` are what the page knows besides."""
        if isinstance(what, Reason):
            return self._words.text(what)
        return self._once("say", what, values, lambda: next(self._true(what, values), ""))

    def on_page(self, what: Reason | str, /, **values: Any) -> str:
        """The same for a template, which may break its lines anywhere: what is not said leaves no line."""
        return self.say(what, **values) or UNSAID

    def every(self, name: str, /, **values: Any) -> list[str]:
        """Every sentence under a name that is true, in their order."""
        return list(self._once("every", name, values, lambda: tuple(self._true(name, values))))

    def for_everybody(self, what: str, values: Mapping[str, Any], make: Callable[[], T]) -> T:
        """What comes of sentences that ask for nothing but these values, and of no reader: made once."""
        return self._words.remembered(what, values, make)

    def _once(self, how: str, name: str, values: dict[str, Any], make: Callable[[], T]) -> T:
        """What is made; where nothing but the values decides it, for everybody at once."""
        if self._words.needs_only(name, values):
            return self._words.remembered((how, name), values, make)
        return make()

    def _true(self, name: str, values: dict[str, Any]) -> Iterator[str]:
        known = _Known(values)
        known.facts = self._facts
        for row in self._words.rows(name):
            if holds(row.when, known):
                yield self._words.text(Reason(row.id, _given(row, known)))


class _Known(dict[str, Any]):
    """Values, and behind them the facts."""

    facts: Mapping[str, Any]

    def __missing__(self, name: str) -> Any:
        return self.facts[name]


def _given(row: Row, known: _Known) -> dict[str, Any]:
    out = {}
    for name in row.needs:
        with suppress(KeyError):  # a name of the words' own, such as `listed`
            out[name] = known[name]
    return out

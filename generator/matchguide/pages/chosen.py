"""Which of several sentences a page says: those of templates/words/ whose condition is true of this reader today."""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from typing import Any

from matchguide.content.expressions import evaluate
from matchguide.pages.sentences import Row
from matchguide.pages.words import Words
from matchguide.plan.reasons import Reason


class Chosen:
    """`facts` are what conditions ask and sentences name: those of the plan, and of the pages (pages/facts.py)."""

    def __init__(self, words: Words, facts: Mapping[str, Any]) -> None:
        self._words, self._facts = words, facts

    def say(self, what: Reason | str, /, **values: Any) -> str:
        """The sentence of a reason; or, of the sentences under a name, the first that is true, "" where none is.
        `values` are what the page knows besides."""
        if isinstance(what, Reason):
            return self._words.text(what)
        return next(self._true(what, values), "")

    def every(self, name: str, /, **values: Any) -> list[str]:
        """Every sentence under a name that is true, in their order."""
        return list(self._true(name, values))

    def _true(self, name: str, values: dict[str, Any]) -> Iterator[str]:
        known = ChainMap(values, self._facts)  # type: ignore[arg-type]
        for row in self._words.rows(name):
            if evaluate(row.when, known).value is True:
                yield self._words.text(Reason(row.id, _given(row, known)))


def _given(row: Row, known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: known[name] for name in row.needs if name in known}

"""The names that pages, sentences and expressions may use, as text for whoever writes them."""

import textwrap
from pathlib import Path

from matchguide.checks.code import page_names, sentence_names
from matchguide.content import vocabulary
from matchguide.content.vocabulary import Word
from matchguide.pages.facts import kinds


def listed(content: Path) -> str:
    """Markdown: names of pages, of sentences, of expressions with their meaning."""
    words = vocabulary.load(content / "vocabulary.yml").names
    lines = [
        "**A page** (`templates/pages/`) may use:",
        "",
        *_wrapped(page_names()),
        "",
        "**A sentence** (`templates/words/`) may use the values it is given, and:",
        "",
        *_wrapped(sentence_names()),
        "",
        "**A sentence that a page says** (`say`, `every`) may use what the page gives to it and the names of "
        "expressions below, and so may its `when`; and:",
        "",
        *_wrapped(tuple(sorted(kinds()))),
        "",
        "**An expression** (`when`) may use the numbers and conditions of its goal, and:",
        "",
        *(f"- `{_written(name, word)}`: {_meaning(word)}" for name, word in words.items()),
    ]
    return "\n".join(lines)


def _wrapped(names: tuple[str, ...]) -> list[str]:
    return textwrap.wrap(", ".join(f"`{n}`" for n in names), 118)


def _written(name: str, word: Word) -> str:
    inside = {"specialty": '"a specialty"', "kind": '"a specialty or trait", ...', "event": '"a date of the season"'}
    inside["specialty and kind"] = f"{inside['specialty']}, {inside['kind']}"
    return f"{name}({inside[word.takes]})" if word.takes else name


def _meaning(word: Word) -> str:
    said = "; or: ".join(x for x in (word.what, f"whether {word.so}" if word.so else "") if x)
    said = said.replace("{1}", "it").replace("{2}", "one of these")
    if isinstance(word.values, tuple):
        return f"{said} ({', '.join(word.values)})"
    return f"{said} (a {word.values})" if word.values else said

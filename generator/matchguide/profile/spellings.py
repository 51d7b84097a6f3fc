"""How a value may be spelt, as regular expressions that the reader and the schema for editors share. They hold to
what both Python and JSON Schema know: no flags, so that letters of either case are written out."""

import re
from collections.abc import Iterable

BLANKS = r"^\s*(?:{})\s*$"
NOT_TAKEN = "not taken"
NUMBER = BLANKS.format("0*[0-9]{1,15}")


def either_case(word: str, blank: str = r"\s+") -> str:
    """A word in small letters, capitals or both; between its parts, `blank`."""
    return blank.join("".join(_letter(c) for c in part) for part in word.split())


def _letter(char: str) -> str:
    forms = "".join(dict.fromkeys((char.lower(), char.upper())))
    if len(forms) == 2 and all(form.isalpha() for form in forms):
        return f"[{forms}]"
    return re.sub(r"([.\\+*?\[^\]$(){}|/-])", r"\\\1", char)


def one_word_of(words: Iterable[str]) -> str:
    """One of the words, blanks around it."""
    return BLANKS.format("|".join(either_case(word, " ") for word in words))


def specialty(ids: Iterable[str]) -> str:
    """internal-medicine, Internal Medicine, internal_medicine."""
    return BLANKS.format("|".join(either_case(id.replace("-", " "), r"(?:-|[\s_]+)") for id in ids))


def country(names: Iterable[str]) -> str:
    """A pattern for any of some names, in any case, with blanks around."""
    return BLANKS.format("|".join(either_case(name) for name in names))


def digits(low: int, high: int) -> str:
    """A whole number from low to high in digits, zeros before it allowed."""
    return BLANKS.format("0*(?:" + "|".join(_spans(low, high)) + ")")


def _spans(low: int, high: int) -> list[str]:
    """Patterns that hold the numbers from low to high, each with one number of digits."""
    out = []
    for size in range(len(str(low)), len(str(high)) + 1):
        first, last = max(low, 10 ** (size - 1) if size > 1 else 0), min(high, 10**size - 1)
        out.append(_span(str(first), str(last)))
    return out


def _span(first: str, last: str) -> str:
    """Numbers from first to last, both of the same length."""
    if not first:
        return ""
    if first[0] == last[0]:
        return first[0] + _span(first[1:], last[1:])
    rest = len(first) - 1
    if first[1:] == "0" * rest and last[1:] == "9" * rest:
        return f"[{first[0]}-{last[0]}]" + "[0-9]" * rest
    parts = [first[0] + _span(first[1:], "9" * rest), last[0] + _span("0" * rest, last[1:])]
    if int(last[0]) - int(first[0]) > 1:
        parts.append(f"[{int(first[0]) + 1}-{int(last[0]) - 1}]" + "[0-9]" * rest)
    return f"(?:{'|'.join(parts)})"


SCORE = BLANKS.format(f"[12][0-9]0[sS]|{either_case(NOT_TAKEN, ' ')}|00[1-9]|0[1-9][0-9]|[12][0-9][0-9]|300")
_YEAR = "(?:19[5-9][0-9]|20[0-9][0-9]|2100)"
_LEAP = "(?:19(?:52|56|[68][048]|[79][26])|20(?:[02468][048]|[13579][26]))"
DAY = BLANKS.format(
    f"{_YEAR}-(?:0?[1-9]|1[0-2])"
    f"|{_YEAR}-(?:(?:0?[13578]|1[02])-(?:0?[1-9]|[12][0-9]|3[01])|(?:0?[469]|11)-(?:0?[1-9]|[12][0-9]|30)"
    "|0?2-(?:0?[1-9]|1[0-9]|2[0-8]))"
    f"|{_LEAP}-0?2-29"
)
TRUE, FALSE = one_word_of(("yes", "true")), one_word_of(("no", "false"))
SOMETHING = r"\S"  # text that is not blank

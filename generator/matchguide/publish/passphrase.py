"""How hard a password is to guess, by our own careful estimate, and a better one to suggest."""

import functools
import math
import re
import secrets
import unicodedata
from collections.abc import Collection
from importlib.resources import files

ENOUGH_BITS = 60
SUGGESTED_WORDS = 6

# What guessers try first, beside dictionaries.
_COMMON = frozenset(
    [
        "password",
        "passwort",
        "passw0rd",
        "qwerty",
        "qwertz",
        "azerty",
        "letmein",
        "welcome",
        "admin",
        "login",
        "guide",
        "match",
        "matchguide",
        "eras",
        "nrmp",
        "residency",
        "resident",
        "doctor",
        "radiology",
        "secret",
        "iloveyou",
        "dragon",
        "monkey",
        "master",
        "sunshine",
        "princess",
        "football",
        "abc",
    ]
)
# The large lists that xkcdpass brings: English, German, French, Spanish, Portuguese, Italian, Norwegian, Swedish,
# Finnish.
_LANGUAGES = (
    "legacy",
    "eff_large_de_sample.wordlist",
    "ger-anlx",
    "fr-corrected.txt",
    "spa-mich",
    "pt-ipublicis",
    "ita-wiki",
    "nor-nb",
    "swe-short",
    "fin-kotus",
)
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890")
_LEET = str.maketrans("013457@$!", "oieastasi")
_LONGEST_WORD = 24


@functools.cache
def words() -> tuple[str, ...]:
    """The EFF's long list of 7,776 words, as the package xkcdpass brings it."""
    return tuple(_listed("eff-long"))


def _listed(name: str) -> list[str]:
    return (files("xkcdpass") / "static" / name).read_text(encoding="utf-8").split()


def _bare(text: str) -> str:
    """Without accents: who types on a foreign keyboard leaves them out, and so does a guesser."""
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


@functools.cache
def _dictionary() -> dict[str, float]:
    """Words by the bits that one costs a guesser who knows the list it stands in."""
    found: dict[str, float] = {}
    for name in sorted(_LANGUAGES, key=lambda each: -len(_listed(each))):
        listed = [_bare(word.casefold()) for word in _listed(name) if len(word) > 2]
        found.update(dict.fromkeys(listed, math.log2(len(listed))))
    found.update(dict.fromkeys(words(), math.log2(len(words()))))
    found.update(dict.fromkeys(_COMMON, 5.0))
    return found


def suggestion() -> str:
    """Six words drawn by `secrets`: 77 bits."""
    return "-".join(secrets.choice(words()) for _ in range(SUGGESTED_WORDS))


def _kind(letter: str) -> str:
    if not letter.isascii():
        return "f"
    return "d" if letter.isdigit() else "u" if letter.isupper() else "l" if letter.isalpha() else "s"


# A letter of a script without a list of words here counts as one of a text, which is easy to foresee.
_PER_LETTER = {"d": 3.3, "l": 4.2, "u": 4.4, "s": 4.6, "f": 2.0}
_SPOKEN = 2.5  # a vowel after a consonant, or the other way round: a name or a word of a language without a list


def _row(text: str) -> bool:
    """Whether the text runs along the alphabet, the digits or a keyboard, or repeats one letter."""
    return len(set(text)) == 1 or any(text in row or text[::-1] in row for row in _ROWS)


def estimate(password: str, known: Collection[str] = ()) -> float:
    """Bits a guesser has to try: the cheapest way to cut the password into words, years, rows, repeats and single
    letters. `known` are words of the reader's own profile, which a guesser would try first."""
    text = unicodedata.normalize("NFC", password)
    if len(text) > 256:
        text = text[:256]
    plain = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    personal = {_bare(w.casefold()) for w in known if len(w) > 2}
    dictionary = _dictionary()
    best = [0.0] + [math.inf] * len(text)
    for end in range(1, len(text) + 1):
        kind = _kind(text[end - 1])
        before = _kind(text[end - 2]) if end > 1 else kind
        spoken = end > 1 and kind == before == "l" and (text[end - 1] in "aeiouy") != (text[end - 2] in "aeiouy")
        if kind == "s" and text[end - 1] in text[: end - 1]:
            single = 0.5
        elif text[end - 1] in " -_.":
            single = 2.0
        else:
            single = _SPOKEN if spoken else _PER_LETTER[kind] + (1.2 if kind != before else 0.0)
        best[end] = best[end - 1] + single
        for start in range(max(0, end - _LONGEST_WORD), end - 2):
            piece = plain[start:end]
            costs = []
            capital = 0.0 if text[start:end].islower() or piece.isdigit() else 1.0
            for spelled, extra in ((_bare(piece), capital), (piece.translate(_LEET), capital + 2.0)):
                if spelled in personal:
                    costs.append(4.0 + extra)
                if spelled in dictionary:
                    costs.append(dictionary[spelled] + extra)
            if re.fullmatch(r"(19|20)\d\d", piece):
                costs.append(6.5)
            if _row(piece):
                costs.append(5.0 + math.log2(len(piece)))
            if piece in plain[:start]:
                costs.append(2.0 + math.log2(start + 1))
            if costs:
                best[end] = min(best[end], best[start] + min(costs))
    return best[-1]

"""How hard a password is to guess: by zxcvbn, and by our own estimate, which knows more languages and drawn words.
A password must be enough for both; and a better one to suggest."""

import functools
import math
import re
import secrets
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files
from typing import Any

from zxcvbn import zxcvbn

from matchguide import paths
from matchguide.publish.dictionary import unpacked

ENOUGH_BITS = 60
ENOUGH_GUESSES_LOG10 = 11.5  # by zxcvbn, whose guesses are fewer than those of plain trying
SUGGESTED_WORDS = 6
EXAMPLE = "unmade-plating-cactus-overhear-robin-galaxy"  # stands in docs/publish.md: everybody has read it

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
# Along the alphabet, the digits and the keyboards of several countries: rows, and columns as 1qaz or !QAZ.
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890-=",
    "!@#$%^&*()_+",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertzuiopü",
    "yxcvbnm",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    *map("".join, zip("1234567890", "qwertyuiop", "asdfghjkl;", "zxcvbnm,./", strict=True)),
    *map("".join, zip("!@#$%^&*()", "qwertyuiop", "asdfghjkl:", "zxcvbnm<>?", strict=True)),
)
_LEET = str.maketrans("013457@$!", "oieastasi")
_LONGEST_WORD = 24
_LONGEST = 72  # letters that are looked at


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


def words_of(value: Any) -> Iterator[str]:
    """Every word of a profile's data: whoever knows the reader would try these first."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from words_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words_of(inner)
    elif value is not None and not isinstance(value, bool):
        yield from str(value).replace("-", " ").split()


@functools.cache
def _dictionary() -> Mapping[str, float]:
    return unpacked(paths.DICTIONARY.read_bytes()) if paths.DICTIONARY.is_file() else dictionary()


def dictionary() -> dict[str, float]:
    """Words by the bits that one costs a guesser who knows the list it stands in."""
    found: dict[str, float] = {}
    for name in sorted(_LANGUAGES, key=lambda each: -len(_listed(each))):
        listed = [_bare(word.casefold()) for word in _listed(name) if len(word) > 2]
        found.update(dict.fromkeys(listed, math.log2(len(listed))))
    found.update(dict.fromkeys(words(), math.log2(len(words()))))
    found.update(dict.fromkeys(_COMMON, 5.0))
    return found


def suggestion(known: Collection[str] = ()) -> str:
    """Six different words drawn by `secrets`: 77 bits. None of them is of `known`, the words of the reader's own
    profile, which would not count."""
    own = {word.casefold() for word in known}
    return "-".join(secrets.SystemRandom().sample([w for w in words() if w not in own], SUGGESTED_WORDS))


_RANDOM = 5.9  # one of 62 letters and digits
_NATURAL = 5.0  # a word of a verse, a saying or a name
_FORESEEN = (_NATURAL,) * 6 + (1.0,)  # whoever knows how the text begins foresees how it goes on
_BY_CHANCE = {3: 14.7, 4: 15.5}  # least bits of so short a word: it may stand in random letters
_SPOKEN = 2.5  # a letter of a name or a word that no list has
_FOREIGN = 1.0  # the same in a script without a list
_DATE = 15.2  # a day of a hundred years
_DATES = re.compile(r"(?:\d{1,2}[-./ ]\d{1,2}[-./ ](?:\d\d){1,2}|(?:19|20)\d\d[-./ ]\d{1,2}[-./ ]\d{1,2})")
_VOWELS = "aeiouy"
_SPEAKABLE = re.compile(rf"[^{_VOWELS}]{{0,3}}(?:[{_VOWELS}]{{1,3}}[^{_VOWELS}]{{1,4}})*[{_VOWELS}]{{0,3}}")


def _row(text: str) -> bool:
    """Whether the text runs along the alphabet, the digits or a keyboard, or repeats one letter."""
    return len(set(text)) == 1 or any(text in row or text[::-1] in row for row in _ROWS)


def _as_written(word: str) -> bool:
    """Small letters, a capital first, or capitals alone, as in a text."""
    return word.islower() or word.isupper() or word.istitle()


def _natural(token: str) -> bool:
    """Whether letters between separators look like a word of a language, whether or not a list has it."""
    if not token.isalpha() or not _as_written(token):
        return False
    bare = _bare(token.casefold())
    if not bare.isascii() or bare in _dictionary() or len(token) < 4:
        return True
    return any(v in bare for v in _VOWELS) and bool(_SPEAKABLE.fullmatch(bare))


def _drawn(tokens: list[str]) -> bool:
    listed = _drawn_words()
    return len(tokens) > 1 and all(token.casefold() in listed for token in tokens)


@functools.cache
def _drawn_words() -> frozenset[str]:
    """The list, and the halves of its few words with a hyphen."""
    return frozenset(part for word in words() for part in (word, *word.split("-")))


def guesses_log10(password: str, known: Collection[str] = ()) -> float:
    """Powers of ten that zxcvbn says a guesser tries, who knows the words in `known`."""
    return float(zxcvbn(password[:_LONGEST], user_inputs=sorted(set(known)), max_length=_LONGEST)["guesses_log10"])


def enough(password: str, known: Collection[str] = ()) -> bool:
    """Whether the password stands against somebody who has the sealed files, time, and `known`, the words of the
    reader's own profile."""
    return estimate(password, known) >= ENOUGH_BITS and guesses_log10(password, known) >= ENOUGH_GUESSES_LOG10


def estimate(password: str, known: Collection[str] = ()) -> float:
    """Bits a guesser has to try, by the cheapest way to cut the password into words, dates, rows, repeats and single
    letters. Words count as drawn only where all of them stand on the list that is drawn from; in every other text a
    run of words counts as a saying. `known` are words of the reader's profile, which a guesser would try first."""
    text = unicodedata.normalize("NFC", password)[:_LONGEST]
    plain = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    if re.sub(r"\W|_", "", EXAMPLE) in re.sub(r"\W|_", "", plain):
        return 1.0
    tokens = [t for t in re.split(r"[\W_]+", text) if t]
    personal = {_bare(w.casefold()) for w in known if len(w) > 2}
    if _drawn(tokens) and not personal.intersection(t.casefold() for t in tokens):
        different = len({t.casefold() for t in tokens})
        return different * math.log2(len(words())) + (len(tokens) - different)
    return _cheapest(text, plain, personal, _sayings(text))


def _sayings(text: str) -> dict[tuple[int, int], float]:
    """The words of sayings by where they begin and end, and their bits: two natural words or more between
    separators, or many without any."""
    found: dict[int, int] = {}
    for hit in re.finditer(r"[^\W\d_]+(?:[\W_]+[^\W\d_]+)+", text):
        words_here = [(hit.start() + w.start(), hit.start() + w.end()) for w in re.finditer(r"[^\W\d_]+", hit[0])]
        natural = [(a, b) for a, b in words_here if _natural(text[a:b])]
        if len(natural) > 1:
            found.update(natural)
    for hit in re.finditer(r"[^\W\d_]{9,}", text):
        found.update(_without_spaces(hit[0], hit.start()))
    return {(at, found[at]): _FORESEEN[min(i, len(_FORESEEN) - 1)] for i, at in enumerate(sorted(found))}


def _without_spaces(run: str, at: int) -> dict[int, int]:
    """Words written together, itwasthebestoftimes or ItWasTheBest: where nearly all of the run are words of lists."""
    dictionary, plain = _dictionary(), _bare(run.casefold())
    if len(plain) != len(run) or not re.fullmatch(r"\w?[^\W\dA-Z_]+(?:[A-Z][^\W\dA-Z_]+)*|[A-Z]+", run):
        return {}
    best: list[tuple[float, tuple[tuple[int, int], ...]]] = [(0.0, ())]
    for end in range(1, len(run) + 1):
        ways = [(best[end - 1][0] + _RANDOM, best[end - 1][1])]
        for start in range(max(0, end - _LONGEST_WORD), end - 1):
            piece = plain[start:end]
            if piece in dictionary or piece in _SMALL:
                ways.append((best[start][0] + _NATURAL, (*best[start][1], (start, end))))
        best.append(min(ways, key=lambda way: way[0]))
    covered = best[-1][1]
    letters = sum(b - a for a, b in covered)
    if letters < 0.9 * len(run) or letters < 3.5 * len(covered):
        return {}
    return {at + a: at + b for a, b in covered}


_SMALL = frozenset(
    [
        "am",
        "an",
        "as",
        "at",
        "be",
        "by",
        "do",
        "go",
        "he",
        "in",
        "is",
        "it",
        "me",
        "my",
        "no",
        "of",
        "on",
        "or",
        "so",
        "to",
        "us",
        "we",
        "al",
        "de",
        "du",
        "el",
        "en",
        "et",
        "il",
        "la",
        "le",
        "un",
    ]
)


def _spoken(text: str) -> set[int]:
    """Places of letters in long runs that can be spoken: names and words of languages without a list."""
    out: set[int] = set()
    for hit in re.finditer(r"[^\W\d_]{10,}", text):
        bare = _bare(hit[0].casefold())
        vowels = sum(letter in "aeiou" for letter in bare)
        if _as_written(hit[0]) and _SPEAKABLE.fullmatch(bare) and vowels >= 0.36 * len(bare):
            out.update(range(*hit.span()))
    return out


def _single(text: str, at: int, spoken: set[int], after_word: bool) -> float:
    letter = text[at]
    if letter in " -_.":
        return 0.0 if after_word else 2.0
    if not letter.isalnum() and letter in text[:at]:
        return 0.5
    if letter.isalpha() and not _bare(letter).isascii():
        return _FOREIGN
    return _SPOKEN if at in spoken else _RANDOM


def _cheapest(text: str, plain: str, personal: set[str], sayings: dict[tuple[int, int], float]) -> float:
    dictionary, spoken, ends = _dictionary(), _spoken(text), {end for _, end in sayings}
    best = [0.0] + [math.inf] * len(text)
    rows = [math.inf] * (len(text) + 1)  # the same where the last piece is a row: another beside it is foreseen
    for end in range(1, len(text) + 1):
        best[end] = best[end - 1] + _single(text, end - 1, spoken, end - 1 in ends)
        for start in range(max(0, end - _LONGEST_WORD), end):
            piece = plain[start:end]
            costs = [sayings[start, end]] if (start, end) in sayings else []
            if _DATES.fullmatch(piece):
                costs.append(_DATE)
            if end - start > 2:
                capital = 0.0 if text[start:end].islower() or piece.isdigit() else 1.0
                for spelled, extra in ((_bare(piece), capital), (piece.translate(_LEET), capital + 2.0)):
                    if spelled in personal:
                        costs.append(4.0 + extra)
                    if spelled in dictionary:
                        costs.append(max(dictionary[spelled], _BY_CHANCE.get(end - start, 0.0)) + extra)
                if re.fullmatch(r"(19|20)\d\d", piece):
                    costs.append(6.5)
                if piece in plain[:start]:
                    costs.append(2.0 + math.log2(start + 1))
                if _row(piece):
                    cost = min(best[start] + 8.0 + math.log2(end - start), rows[start] + 2.0)
                    rows[end] = min(rows[end], cost)
                    best[end] = min(best[end], cost)
            if costs:
                best[end] = min(best[end], best[start] + min(costs))
    return best[-1]

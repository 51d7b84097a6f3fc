"""The same program twice, and what may be: told, never merged."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields

from matchguide.content.programs import TableWords
from matchguide.programs.cells import plain
from matchguide.programs.listed import Double, Listed

_COMPARED = frozenset({"j1", "h1b", "years_limit", "attempts_limit", "ck_floor", "us_experience", "start", "signal"})
_MOST = 60  # so many programs of one kind are compared word by word
_SHORT = 5  # a letter more or less makes another word of a shorter one


def find(programs: Sequence[Listed], words: TableWords) -> tuple[Double, ...]:
    """Every pair of entries for one program, each later one with its first."""
    names = [_words(p.name, words) for p in programs]
    out: dict[tuple[int, int], Double] = {}
    for first, again, sure in _pairs(programs, names):
        if (first, again) not in out or (sure and not out[first, again].sure):
            out[first, again] = Double(first, again, sure, _differences(programs[first], programs[again]))
    return tuple(sorted(out.values(), key=lambda d: (d.again, d.first)))


def _pairs(programs: Sequence[Listed], names: Sequence[frozenset[str]]) -> Iterator[tuple[int, int, bool]]:
    by_code: dict[str, int] = {}
    groups: dict[tuple[str | None, str | None, str | None], list[int]] = defaultdict(list)
    for i, p in enumerate(programs):
        if p.code:
            if p.code in by_code:
                yield by_code[p.code], i, True
            by_code.setdefault(p.code, i)
        groups[p.specialty, p.start, p.state].append(i)
    for group in groups.values():
        exact: dict[frozenset[str], int] = {}
        near: dict[frozenset[str], list[int]] = defaultdict(list)
        for i in group:
            mine, p = names[i], programs[i]
            if mine in exact:
                first = programs[exact[mine]]
                if not _apart_by_code(first, p):
                    yield exact[mine], i, not (first.city and p.city and plain(first.city) != plain(p.city))
            parts = {mine, *(mine - {w} for w in mine)}
            for part in parts:
                for other in near[part][-_MOST:]:
                    if not _apart(programs[other], p) and _near(names[other], mine):
                        yield other, i, False
            exact.setdefault(mine, i)
            for part in parts:
                near[part].append(i)


def _near(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether one has a word more, or one word is spelt with another letter."""
    more, less = a - b, b - a
    if len(more) + len(less) == 1:
        return True
    return len(more) == len(less) == 1 and _one_letter_apart(next(iter(more)), next(iter(less)))


def _one_letter_apart(a: str, b: str) -> bool:
    if a[0] != b[0] or abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < _SHORT or not (a + b).isalpha():
        return False
    short, long = sorted((a, b), key=len)
    start = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return short[start + (len(a) == len(b)) :] == long[start + 1 :]


def _apart_by_code(a: Listed, b: Listed) -> bool:
    return a.code != b.code and bool(a.code and b.code)


def _apart(a: Listed, b: Listed) -> bool:
    """Whether code or town say that they are two."""
    return _apart_by_code(a, b) or bool(a.city and b.city and plain(a.city) != plain(b.city))


def hospital(p: Listed, words: TableWords) -> frozenset[str]:
    """The words of a program's name without those of its specialty: what programs of one hospital have in common."""
    of_specialties = {w for names in words.specialties.values() for x in names for w in re.findall(r"\w+", plain(x))}
    return frozenset(_words(p.name, words) - of_specialties)


def _words(name: str, words: TableWords) -> frozenset[str]:
    """The words of a name that tell it from others; all of them where none does."""
    same = words.same_program.same
    every = [same.get(w, w) for w in re.findall(r"\w+", plain(name).replace("'", ""))]
    return frozenset(w for w in every if w not in words.same_program.left_out) or frozenset(every)


def _differences(a: Listed, b: Listed) -> tuple[str, ...]:
    return tuple(
        f.name
        for f in fields(Listed)
        if f.name in _COMPARED
        and getattr(a, f.name) != getattr(b, f.name)
        and None not in (getattr(a, f.name), getattr(b, f.name))
    )

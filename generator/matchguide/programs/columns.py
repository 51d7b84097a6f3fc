"""Which row of a sheet is its header, and which of our columns each header is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matchguide.content.programs import TableWords
from matchguide.programs.cells import plain
from matchguide.programs.sheets import Row, Sheet

_LOOKED_AT = 30  # rows among which the header is


@lru_cache(maxsize=4096)
def bare(header: str) -> str:
    """A header without what does not matter: blanks, line breaks, signs. A % and a > are kept."""
    return re.sub(r"[^\w%>]|_", "", plain(header))


@dataclass(frozen=True)
class Header:
    """`row` counts from 1. `columns` maps places from 0 to our columns, `kept` to the names of unknown ones; `twice`
    are headers that stand there twice. `by_part` are places whose header only contains a name of the column;
    `several` are columns that more than one header may be, so none is."""

    row: int
    columns: Mapping[int, str]
    kept: Mapping[int, str]
    twice: tuple[str, ...]
    by_part: frozenset[int]
    several: Mapping[str, tuple[str, ...]]


class Headers:
    """The aliases of all columns."""

    def __init__(self, words: TableWords) -> None:
        self._exact = {bare(h): name for name, column in words.columns.items() for h in (name, *column.headers)}
        self._within = [(bare(part), name) for name, column in words.columns.items() for part in column.also_in]
        self._alone = frozenset(name for name, column in words.columns.items() if column.alone)
        self._never = {bare(x) for x in words.never}
        self._ours = {bare(x) for x in words.ours}
        self._gates = frozenset(words.gates)

    def column(self, header: str) -> str | None:
        """Our column of a header, or None."""
        said = bare(header)
        if not said or said in self._never:
            return None
        return self._exact.get(said) or next((name for part, name in self._within if part in said), None)

    def find(self, sheet: Sheet) -> Header | None:
        """The row of the first thirty with the most known headers; None where no row names programs and a gate."""
        best: tuple[int, int] | None = None
        for number, row in enumerate(sheet.rows[:_LOOKED_AT]):
            found = {column for cell in row if (column := self.column(cell))}
            if "name" in found and found & self._gates and (best is None or len(found) > best[0]):
                best = (len(found), number)
        return self._header(sheet.rows[best[1]], best[1] + 1) if best else None

    def _header(self, row: Row, number: int) -> Header:
        columns: dict[int, str] = {}
        kept: dict[int, str] = {}
        twice: list[str] = []
        by_part: set[int] = set()
        seen: set[str] = set()
        names: set[str] = set()
        for exactly in (True, False):  # an exact header wins over one that only contains a name
            for place, header in enumerate(row):
                said = bare(header)
                column = self.column(header) if said else None
                if column and (said in self._exact) == exactly and column not in columns.values():
                    columns[place] = column
                    if not exactly:
                        by_part.add(place)
        several = self._several(row, columns, by_part)
        columns = {place: column for place, column in columns.items() if column not in several}
        for place, header in enumerate(row):
            said = bare(header)
            again = bool(said) and said in seen
            seen.add(said)
            if again:
                twice.append(" ".join(header.split()))
            if place in columns or not header.strip() or said in self._ours:
                continue
            kept[place] = _free(" ".join(header.split()), names)
        return Header(number, columns, kept, tuple(twice), frozenset(by_part), several)

    def _several(self, row: Row, columns: Mapping[int, str], by_part: set[int]) -> dict[str, tuple[str, ...]]:
        """The columns that must be alone and that more than one header may be."""
        out = {}
        for column in (columns[place] for place in by_part if columns[place] in self._alone):
            headers = tuple(" ".join(header.split()) for header in row if self.column(header) == column)
            if len(headers) > 1:
                out[column] = headers
        return out

    def is_header(self, row: Sequence[str], header: Row) -> bool:
        """Whether a later row is the header once more."""
        return len(row) == len(header) and all(bare(x) == bare(y) for x, y in zip(row, header, strict=True))


def _free(name: str, names: set[str]) -> str:
    """A name that no other unknown column has."""
    out, n = name, 1
    while out in names:
        n += 1
        out = f"{name} ({n})"
    names.add(out)
    return out

"""What was said, remembered for the content and the templates it was said with: most of it is the same for the next
person."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from matchguide.content.store import Content
from matchguide.pages.said import Said
from matchguide.profile.values import PartialDate

# So many contents are kept and, of each, so many texts of either age; what comes of a longer one is hardly ever the
# same again.
_SEASONS, _MOST, _LONGEST = 4, 8_000, 5_000
_FIXED = (str, int, float, bool, type(None), dt.date, PartialDate, Said)
T = TypeVar("T")


class Memory:
    """What came of names and values. What nobody asked for while so many others were made is forgotten."""

    def __init__(self) -> None:
        self._made: dict[Any, Any] = {}
        self._older: dict[Any, Any] = {}

    def of(self, what: object, values: Mapping[str, Any], make: Callable[[], T]) -> T:
        """What `make` makes, which must come of `what` and these values alone: made once."""
        try:
            frozen = [(name, _frozen(x)) for name, x in values.items()] if values else ()
        except TypeError:
            return make()
        key = (what, *frozen) if frozen else what
        if key in self._made:
            made: T = self._made[key]
            return made
        made = self._older[key] if key in self._older else make()
        if len(self._made) >= _MOST:
            self._older, self._made = self._made, {}
        self._made[key] = made
        return made


def _frozen(value: Any) -> Any:
    """A value as part of a key: 1, 1.0 and true are three. Raises TypeError for what may change or is
    too long."""
    kind = type(value)
    if kind is str and len(value) <= _LONGEST:
        return value
    if kind is list or kind is tuple:
        return (kind, *map(_frozen, value))
    if kind not in _FIXED or kind is str:
        raise TypeError(kind)
    return kind, value


_MEMORIES: list[tuple[Content, Path, Memory]] = []


def memory_of(content: Content, templates: Path) -> Memory:
    """The memory of a content and of templates."""
    for known, folder, memory in _MEMORIES:
        if known is content and folder == templates:
            return memory
    made = Memory()
    _MEMORIES.append((content, templates, made))
    del _MEMORIES[:-_SEASONS]
    return made


def forget() -> None:
    """Says everything anew from now on: while the guide is served, its files change."""
    _MEMORIES.clear()

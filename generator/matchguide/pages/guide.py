"""What a guide is made of: pages of blocks, and the files beside them. All frozen."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from matchguide.plan.reasons import Ref

PLAN = "plan.json"  # the plan in the guide, which a later guide is compared with


@dataclass(frozen=True)
class Block:
    """The unit of the guide: self-contained Markdown with numbered slots for the reader's own text, and what it
    rests on. The text of the reader enters only through `slots`, after Markdown was rendered."""

    id: str
    template: str
    slots: tuple[str, ...] = ()
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class Page:
    """`id` is the file's name without ending; `section` its place in the navigation; pages with `search` False
    are left out of the search index; `find` are words that people type for it and that it does not use."""

    id: str
    title: str
    section: str
    order: int
    blocks: tuple[Block, ...]
    search: bool = True
    find: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guide:
    """`assets` maps file names beside the pages (calendar, sheet) to their bytes. `key` tells this guide's ticks and
    calendar entries from another's; `old_key` is what it was without the profile's `guide_id`."""

    pages: tuple[Page, ...]
    assets: Mapping[str, bytes]
    title: str
    key: str
    on: dt.date
    evidence_used: tuple[str, ...]
    old_key: str

    def page(self, id: str) -> Page:
        """The page of an id; StopIteration where the guide has none."""
        return next(p for p in self.pages if p.id == id)

    @property
    def sections(self) -> tuple[tuple[str, tuple[Page, ...]], ...]:
        """Pages by section, both in reading order."""
        names = dict.fromkeys(p.section for p in self.pages)
        return tuple((n, tuple(p for p in self.pages if p.section == n)) for n in names)

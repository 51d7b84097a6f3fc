"""What SOAP may hold for a reader, by what they marked, ruled out, sought, met and ranked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.plan.types import Plan

CALLERS_SHOWN = 3  # kinds of calls in SOAP: nobody prepares for more in one evening


@dataclass(frozen=True)
class Soap:
    """Specialties and first years, by their ids."""

    plan: Plan
    s: Situation

    @cached_property
    def could_take(self) -> tuple[str, ...]:
        """What of SOAP the reader did not rule out, the better liked first, then as it stands in the table."""
        mark, assumed = self.s.stated_enjoyment, self.s.goal.count("mark_assumed")
        return tuple(sorted(filter(self._open, self.s.goal.table.soap), key=lambda x: -(mark(x) or assumed)))

    @cached_property
    def going(self) -> tuple[str, ...]:
        """The whole trainings where the reader would go: by the mark, by the rank list, or, without a mark, because
        they applied to them or we advise them."""
        return tuple(x for x in self._whole if self._marked_high(x) or x in self._ranked or self._taken_as_going(x))

    @cached_property
    def marked_high(self) -> tuple[str, ...]:
        """The whole trainings that the reader marks high enough to plan."""
        return tuple(filter(self._marked_high, self._whole))

    @cached_property
    def unmarked(self) -> tuple[str, ...]:
        """The whole trainings of which it is not known whether the reader would go, of those that are asked for."""
        asked = (x for x in self._whole if x in self.s.goal.table.soap_unasked)
        return tuple(x for x in asked if self.s.stated_enjoyment(x) is None and x not in self.going)

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The first years that the reader could take."""
        return tuple(x for x in self.could_take if x not in self._whole)

    def prepared(self, *, only_years: bool) -> tuple[str, ...]:
        """What a statement and a letter are got ready for: no single years where every application goes to whole
        trainings."""
        years = self.year_wanted(only_years=only_years) or not self.going
        return tuple(x for x in self.could_take if years or x in self._whole)

    @cached_property
    def low_but_sought(self) -> tuple[str, ...]:
        """What the reader marked lowest and applied to all the same, or met: to be asked."""
        out = self.s.profile.backups.ruled_out
        return tuple(x for x in self.s.soap_closed_by_marks if x in self.s.sought and x not in out)

    @cached_property
    def not_taken(self) -> tuple[str, ...]:
        """What the reader would not take, as far as nothing of it is to be asked."""
        asked = (*self.s.years_closed_by_their_specialty, *self.low_but_sought)
        return tuple(x for x in self.s.soap_closed_by_marks if x not in asked)

    @cached_property
    def scarce(self) -> tuple[str, ...]:
        """What the reader likes most, where they like nothing as much that SOAP has many places in."""
        return tuple(self.s.liked_most_outside(self.could_take))

    def few(self, least: str) -> tuple[str, ...]:
        """What has few places and is marked high enough, by a number of the goal, before applications can be out only
        what is liked; what was applied to without a mark counts as planned. Radiology has next to none: only for who
        looked for it, once applications can be out."""
        preparing = self.plan.phase == "preparing"
        mark = max(self.s.goal.count(least), self.s.goal.count("mark_liked") if preparing else 0)
        sought = (x for x in self.s.goal.table.soap_few if self._seeks_radiology or not self.s.is_a(x, RADIOLOGY))
        few = (x for x in sought if not (preparing and self.s.is_a(x, RADIOLOGY)))
        return tuple(x for x in few if self._as_marked(x) >= mark and self._open(x))

    @cached_property
    def hardly(self) -> tuple[str, ...]:
        """What the reader marks high enough to plan, or applied to without a mark, and SOAP has next to nothing of,
        once applications can be out."""
        if self.plan.phase == "preparing":
            return ()
        shown = (*self.s.goal.table.soap, *self.s.goal.table.soap_few)
        mine = dict.fromkeys((*self.s.backup_marks, *filter(self._sought_unmarked, self.s.sought)))
        least = self.s.goal.count("mark_planned")
        return tuple(x for x in mine if self._as_marked(x) >= least and x not in shown and self._open(x))

    def callers(self, sought: Iterable[str]) -> Sequence[str]:
        """Who may call, the first few that have questions of their own: where the reader likes most to go, then what
        they sought, then what they gave no mark and has most places."""
        open_ones = (x for x in sought if self._open(x) and not self.s.marked_never(x))
        first = dict.fromkeys((*self.few("mark_liked"), *self.going, *open_ones, *self.unmarked))
        ready = self.s.content.interviews
        return [x for x in first if x in ready and not self.s.is_a(x, RADIOLOGY)][:CALLERS_SHOWN]

    def year_wanted(self, *, only_years: bool) -> bool:
        """Whether a first year alone is something the reader seeks: for radiology, or by what they sent or met. Not
        for who can wait and would rather have a whole training: where `only_years` met them or are ranked, by the
        page of the rank list; else by a mark above those in radiology, with no place to need a year for."""
        rather = bool(self.marked_high) if only_years else not self.s.advanced_interviews and self._likes_another_more
        if rather and not self.s.must_start:
            return False
        return self._seeks_radiology or bool(self.s.first_years_sought)

    def shares(self, applications: int, *, only_years: bool) -> dict[str, int]:
        """How we would divide the applications of SOAP, in counts: kept for between the rounds, for each specialty
        with few places, for first years, for whole trainings; for who would begin as a surgeon, the two parts."""
        kept, each = self.s.goal.count("soap_kept"), self.s.goal.count("soap_few_each")
        sent = applications - kept - each * len(self.few("mark_planned"))
        wanted = bool(self.years) and self.year_wanted(only_years=only_years)
        first = self.s.goal.count("soap_first_years") if wanted else 0
        half = int(sent * self.s.goal.number("soap_surgeon_share"))
        whole, beside = sent - first, sent - half
        return {"kept": kept, "each": each, "first": first, "whole": whole, "surgery": half, "beside": beside}

    @property
    def _likes_another_more(self) -> bool:
        marks = self.s.backup_marks
        radiology = max((mark for x, mark in marks.items() if self.s.is_a(x, RADIOLOGY)), default=0)
        others = max((mark for x, mark in marks.items() if not self.s.is_a(x, RADIOLOGY)), default=0)
        return others > max(radiology, self.s.goal.count("mark_planned"))

    @cached_property
    def _whole(self) -> tuple[str, ...]:
        return tuple(x for x in self.could_take if self.s.content.cards[x].kind != "first-year")

    @cached_property
    def _ranked(self) -> frozenset[str | None]:
        return frozenset(x.specialty for x in self.plan.rank.lines)

    @cached_property
    def _seeks_radiology(self) -> bool:
        return any(self.s.is_a(x, RADIOLOGY) for x in (*self.plan.combination.specialties, *self.s.sought))

    def _open(self, x: str) -> bool:
        """In March: what the reader did not rule out or mark lowest; a mark of 2 is theirs to think about."""
        if x in self.s.soap_closed_by_marks:
            return False
        first_year = self.s.content.cards[x].kind == "first-year"
        return not self.s.has_first_year if first_year else self.s.may_be_named(x)

    def _marked_high(self, x: str) -> bool:
        return (self.s.stated_enjoyment(x) or 0) >= self.s.goal.count("mark_planned")

    def _as_marked(self, x: str) -> int:
        if self._sought_unmarked(x):
            return self.s.goal.count("mark_planned")
        return self.s.stated_enjoyment(x) or 0

    def _sought_unmarked(self, x: str) -> bool:
        """Whether the reader applied to a whole training outside radiology and gave it no mark."""
        whole = self.s.content.cards[x].kind == "backup" and not self.s.is_a(x, RADIOLOGY)
        return whole and x in self.s.sought and self.s.stated_enjoyment(x) is None

    def _taken_as_going(self, x: str) -> bool:
        advised = self.plan.in_plan(x) and self.plan.combination.source == "advice"
        return self.s.stated_enjoyment(x) is None and (advised or x in self.s.sought)

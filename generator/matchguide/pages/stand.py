"""How the reader stands in one specialty: which figures there are, and where their score lies among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matchguide.content.evidence import Evidence
from matchguide.plan.realism import place
from matchguide.plan.situation import Situation


@dataclass(frozen=True)
class Stand:
    """`scores` says what is known of Step 2 CK: of many people, of few, or not enough. `place` is where the reader's
    lies among those who matched; `apart` how far the medians of both groups lie; `in_ten` the share who matched."""

    scores: str
    matched: Mapping[str, Any]
    others: Mapping[str, Any]
    low: float
    high: float
    yours: str
    place: str
    mark: float
    under_both: bool  # whether it lies below the median of both groups
    apart: int
    hardly_apart: float
    n_matched: int
    n_others: int
    few: bool
    in_ten: int
    ranks: bool


def stand(s: Situation, evidence: Evidence, outcomes: str) -> Stand:
    """By the figures under `outcomes`, an item of evidence such as charting-2026-dr."""
    small = s.goal.number("small_group")
    matched, others = _marks(evidence, f"{outcomes}-ck")
    people = (evidence.number(f"{outcomes}.matched"), evidence.number(f"{outcomes}.not_matched"))
    many = bool(matched) and matched["n"] >= small and others["n"] >= small
    where, mark = _place(s, matched, others) if many else ("", 0)
    apart = abs(matched["median"] - others["median"]) if many else 0
    return Stand(
        scores="many" if many else "few" if matched else "none",
        matched=matched,
        others=others,
        low=s.ck.low if s.ck else 0,
        high=s.ck.high if s.ck else 0,
        yours=str(s.ck) if s.ck else "",
        place=where,
        mark=mark,
        under_both=bool(many and s.ck and s.ck.high < min(matched["median"], others["median"])),
        apart=round(apart),
        hardly_apart=apart,
        n_matched=int(people[0]),
        n_others=int(people[1]),
        few=sum(people) < small,
        in_ten=_in_ten(*people),
        ranks=all(evidence.has(f"{outcomes}-ranks.{group}.median") for group in ("matched", "not_matched")),
    )


def _marks(evidence: Evidence, item: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The marks of both groups; empty where one is missing."""
    if not evidence.has(f"{item}.matched.n") or not evidence.has(f"{item}.not_matched.n"):
        return {}, {}
    return evidence.value(f"{item}.matched"), evidence.value(f"{item}.not_matched")


def _in_ten(matched: float, others: float) -> int:
    return round(10 * matched / (matched + others)) if matched + others else 0


def _place(s: Situation, matched: Mapping[str, Any], others: Mapping[str, Any]) -> tuple[str, float]:
    """Where the reader's score lies; and, for a decade that lies on both sides of a mark, the mark."""
    if s.ck is None:
        return ("not taken" if s.ck_taken is False else ""), 0
    return place(s.ck, matched, others)

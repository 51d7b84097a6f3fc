"""One answer to "which specialties": who stands where, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from matchguide.plan.facts import Facts
from matchguide.plan.reasons import Reason
from matchguide.plan.situation import Situation
from matchguide.plan.types import Role


@dataclass(frozen=True)
class Choice:
    """One answer of the table: who stands where, and why."""

    first: str | None
    close: str | None
    broad: str | None
    because: tuple[Reason, ...]

    @property
    def roles(self) -> dict[Role, str | None]:
        """The specialty of each role: first, close, broad."""
        return {"first": self.first, "close": self.close, "broad": self.broad}

    @property
    def specialties(self) -> tuple[str, ...]:
        """The specialties chosen, in order, each once."""
        return tuple(p for p in self.roles.values() if p)


def name(s: Situation, specialties: tuple[str, ...]) -> str:
    """The id of a combination: short names joined with `+`, or not-this-year."""
    return "+".join(s.content.cards[x].short for x in specialties) or "not-this-year"


def facts_of(s: Situation, roles: Mapping[Role, str | None], specialties: tuple[str, ...]) -> Facts:
    """The facts of a situation once it is chosen who stands where, and which specialties the plan is about."""
    broad = roles["broad"]
    sought = s.sought if s.holds_a_first_year_only else specialties  # a year alone has no score to compare
    low_in, low_both_in = lowest_quarter(s, sought)
    return Facts(
        s,
        {
            **{str(role): who for role, who in roles.items()},
            "short_of_broad": s.content.cards[broad].short if broad else None,
            "low_in": low_in,
            "short_of_low_in": s.content.cards[low_in].short if low_in else None,
            "low_both_in": low_both_in,
            "short_of_low_both_in": s.content.cards[low_both_in].short if low_both_in else None,
            "unseen_floor": broad if broad and not (s.letters_of(broad) or s.weeks_in(broad)) else None,
            "chosen": lambda x: x in specialties,
            "audiences": len(specialties),
        },
    )


def lowest_quarter(s: Situation, specialties: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The first of them in whose lowest quarter the reader's Step 2 CK is, of those who matched; and the first where
    it is in that of those who did not match as well. What the reader marks too low to plan comes last."""
    low = [x for x in specialties if score_is_low(s, x, "matched")]
    low.sort(key=lambda x: (s.stated_enjoyment(x) or s.goal.count("mark_assumed")) < s.goal.count("mark_planned"))
    return next(iter(low), None), next((x for x in low if score_is_low(s, x, "not_matched")), None)


def score_is_low(s: Situation, specialty: str, group: str) -> bool:
    """Whether the reader's Step 2 CK is in the lowest quarter of those who matched, or did not, where enough told
    theirs."""
    item = f"{s.season.evidence.outcomes}-{s.content.cards[specialty].short}-ck.{group}"
    evidence = s.content.evidence
    if s.ck is None or not evidence.has(f"{item}.n") or not evidence.has(f"{item}.q1"):
        return False
    return evidence.number(f"{item}.n") >= s.goal.number("small_group") and s.ck.high < evidence.number(f"{item}.q1")

"""Realism of a specialty for one applicant, 0 to 4. Only the Step 2 CK part rests on figures; letters,
experience, attempts and years are our judgement (content/fit.yml)."""

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from matchguide.plan.reasons import Reason, evidence, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.plan.types import PrincipleScore

LETTER_KINDS = {
    "diagnostic-radiology": RADIOLOGY,
    "vascular-surgery": ("vascular-surgery", "general-surgery"),
}


def percentile(score: float, marks: Mapping[str, float]) -> float:
    """Where a score stands among those who matched, 0 to 1: straight lines through the three quartiles, and
    beyond them the same slope until 0.02 and 0.98. Grows with the score."""
    q1, median, q3 = float(marks["q1"]), float(marks["median"]), float(marks["q3"])
    spread = max(1.0, (q3 - q1) / 2)
    xs = [q1 - spread * 0.92, q1, max(q1 + 0.5, median), max(median + 0.5, q3), q3 + spread * 0.92]
    ys = [0.02, 0.25, 0.5, 0.75, 0.98]
    if score <= xs[0]:
        return ys[0]
    if score >= xs[-1]:
        return ys[-1]
    i = bisect_right(xs, score) - 1
    return ys[i] + (ys[i + 1] - ys[i]) * (score - xs[i]) / (xs[i + 1] - xs[i])


def score(s: Situation, specialty: str) -> PrincipleScore:
    """Never lowered by a better score, one more letter or more experience (property tests)."""
    rules: Mapping[str, Any] = s.content.judgement.realism
    short = s.content.cards[specialty].short
    outcomes = f"{s.season.evidence.outcomes}-{short}"
    kinds = LETTER_KINDS.get(specialty, (specialty,))
    reasons: list[Reason] = []
    own = rules["letter"] * min(s.letters_of(*kinds), rules["letters_at_most"])
    own += rules["week"] * min(s.weeks_in(*kinds), rules["weeks_at_most"])
    own += rules["research"] * min(s.research_in(*kinds), rules["research_at_most"])
    reasons.append(
        why(
            "realism-own",
            *line("letters", "experience.us_clinical", "experience.research"),
            specialty=specialty,
            letters=s.letters_of(*kinds),
            weeks=s.weeks_in(*kinds),
        )
    )
    if s.failed_attempts:
        own -= rules["failed_attempt"] * min(s.failed_attempts, 2)
        reasons.append(why("realism-attempts", *line("exams"), *evidence("attempts-2018"), failed=s.failed_attempts))
    years = s.years_since_graduation
    if years is not None and years > 5:
        own -= rules["year_after_five"] * min(years - 5, 6)
        reasons.append(why("realism-years", *line("applicant.graduated"), years=years))
    people = int(s.content.evidence.number(f"{outcomes}.matched"))
    own += next(points for least, points in rules["volume"] if people >= least)
    reasons.append(why("realism-volume", *evidence(outcomes), item=outcomes))
    low, high, reason = _score_part(s, outcomes, rules)
    reasons.insert(0, reason)
    if low == high:
        value = _bounded(own + low)
        return PrincipleScore(value, value, value, tuple(reasons))
    return PrincipleScore(None, _bounded(own + low), _bounded(own + high), tuple(reasons))


def _score_part(s: Situation, outcomes: str, rules: Mapping[str, Any]) -> tuple[float, float, Reason]:
    """Points for the Step 2 CK: the percentile among the matched, counting as far as the medians differ."""
    item = f"{outcomes}-ck"
    has = s.content.evidence.has
    if not has(f"{item}.matched.median") or not has(f"{item}.not_matched.median"):
        return 0.0, 2.0, why("realism-ck-nodata", *evidence(outcomes), item=outcomes)
    matched = s.content.evidence.value(f"{item}.matched")
    other = s.content.evidence.value(f"{item}.not_matched")
    refs = (*line("exams.step2_ck.score"), *evidence(item))
    if s.ck is None:
        return 0.0, 2.0, why("realism-ck-unknown", *refs, item=item)
    gap = max(0.0, float(matched["median"]) - float(other["median"]))
    weight = 0.5 + 0.5 * min(1.0, gap / rules["separation_full"])
    part = percentile(s.ck.middle, matched)
    few = min(matched["n"], other["n"]) < s.content.judgement.small_group
    reason = why("realism-ck-few" if few else "realism-ck", *refs, item=item, above=part > 0.5, score=str(s.ck))
    # Scores barely separate the two groups: then half of the points follow the percentile and half stand at
    # the middle, so that a better score still never counts less.
    points = 2.0 * (weight * part + (1 - weight) * 0.5)
    return points, points, reason


def _bounded(value: float) -> float:
    return round(min(4.0, max(0.0, value)), 3)

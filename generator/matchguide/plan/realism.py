"""Realism of a specialty for one applicant, in points. Only the Step 2 CK part rests on figures; letters,
experience, attempts and years are our judgement (the goal's realism.yml)."""

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from matchguide.content.goal import Score
from matchguide.plan.phase import AGAIN, phase
from matchguide.plan.reasons import Reason, evidence, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import Situation
from matchguide.plan.types import PrincipleScore
from matchguide.profile.values import Score as CK


def percentile(score: float, marks: Mapping[str, float], ends: Score) -> float:
    """Where a score stands among those who matched, 0 to 1: straight lines through the three quartiles, and
    beyond them the same slope to the ends. Grows with the score."""
    q1, median, q3 = float(marks["q1"]), float(marks["median"]), float(marks["q3"])
    half, nearly_equal = 1 / 2, 1 / 2
    reach = max(1.0, (q3 - q1) * half) * ends.reach
    xs = [q1 - reach, q1, max(q1 + nearly_equal, median), max(median + nearly_equal, q3), q3 + reach]
    ys = [ends.unknown_foot, half * half, half, 1 - half * half, ends.unknown_head]
    if score <= xs[0]:
        return ys[0]
    if score >= xs[-1]:
        return ys[-1]
    i = bisect_right(xs, score) - 1
    return ys[i] + (ys[i + 1] - ys[i]) * (score - xs[i]) / (xs[i + 1] - xs[i])


def place(ck: CK, matched: Mapping[str, Any], others: Mapping[str, Any]) -> tuple[str, float]:
    """Where a score lies among those who matched; and, for a decade that lies on both sides of a mark, the mark."""
    if ck.low < matched["q1"] <= ck.high:
        return "around the beginning", matched["q1"]
    if ck.low <= matched["q3"] < ck.high:
        return "around the end", matched["q3"]
    if ck.middle < matched["q1"]:
        return ("below both" if ck.middle < others["q1"] else "below"), 0
    return ("above" if ck.middle > matched["q3"] else "within"), 0


def score(s: Situation, specialty: str) -> PrincipleScore:
    """Never lowered by a better score, one more letter or more experience (property tests)."""
    rules = s.goal.realism
    short = s.content.cards[specialty].short
    outcomes = f"{s.season.evidence.outcomes}-{short}"
    kinds = rules.letters_that_count.get(specialty, (specialty,))
    reasons: list[Reason] = []
    own = rules.letter.points * min(s.letters_of(*kinds), rules.letter.at_most)
    own += rules.us_week.points * min(s.weeks_in(*kinds), rules.us_week.at_most)
    projects = max(s.research_in(*kinds), bool(s.research_weeks_in(*kinds)))  # a stay for research is one at least
    own += rules.research.points * min(projects, rules.research.at_most)
    reasons.append(
        why(
            "realism-own",
            *line("letters", "experience.us_clinical", "experience.research"),
            specialty=specialty,
            letters=s.letters_of(*kinds),
            weeks=s.weeks_in(*kinds),
            research=s.research_weeks_in(*kinds),
            known=s.us_time_known,
            told=s.origin("letters") == "said",
        )
    )
    if s.failed_attempts:
        own += rules.failed_attempt.points * min(s.failed_attempts, rules.failed_attempt.at_most)
        reasons.append(why("realism-attempts", *line("exams"), *evidence("attempts-2018"), failed=s.failed_attempts))
    again = phase(s) in AGAIN  # what is advised then is for the Match after this one
    years = None if s.years_since_graduation is None else s.years_since_graduation + again
    if years is not None and years > rules.year_out.after:
        own += rules.year_out.points * min(years - rules.year_out.after, rules.year_out.at_most)
        reasons.append(why("realism-years", *line("applicant.graduated"), years=years, again=again))
    people = int(s.content.evidence.number(f"{outcomes}.matched"))
    own += next(points for least, points in rules.volume if people >= least)
    reasons.append(why("realism-volume", *evidence(outcomes), item=outcomes))
    low, high, reason = _score_part(s, outcomes, rules.score)
    reasons.insert(0, reason)
    if low == high:
        value = _bounded(own + low, rules.most)
        return PrincipleScore(value, value, value, tuple(reasons))
    return PrincipleScore(None, _bounded(own + low, rules.most), _bounded(own + high, rules.most), tuple(reasons))


def _score_part(s: Situation, outcomes: str, rules: Score) -> tuple[float, float, Reason]:
    """Points for the Step 2 CK: the percentile among the matched, counting as far as the medians differ."""
    item = f"{outcomes}-ck"
    has = s.content.evidence.has
    if not has(f"{item}.matched.median") or not has(f"{item}.not_matched.median"):
        return 0.0, rules.most, why("realism-ck-nodata", *evidence(outcomes), item=outcomes)
    matched = s.content.evidence.value(f"{item}.matched")
    other = s.content.evidence.value(f"{item}.not_matched")
    refs = (*line("exams.step2_ck.score"), *evidence(item))
    if s.ck is None:
        return 0.0, rules.most, why("realism-ck-unknown", *refs, item=item)
    gap = max(0.0, float(matched["median"]) - float(other["median"]))
    weight = rules.at_least + (1 - rules.at_least) * min(1.0, gap / rules.separation_full)
    part = percentile(s.ck.middle, matched, rules)
    median = float(matched["median"])
    middle = 1 / 2
    few = min(matched["n"], other["n"]) < s.goal.number("small_group")
    where = "" if few else place(s.ck, matched, other)[0]
    shown = {
        "item": item,
        "above": s.ck.low > median,
        "below": s.ck.high <= median,
        "place": where,
        "score": str(s.ck),
    }
    reason = why("realism-ck-few" if few else "realism-ck", *refs, **shown)
    # Scores barely separate the two groups: then a part of the points follows the percentile and the rest stands
    # at the middle, so that a better score still never counts less.
    points = rules.most * (weight * part + (1 - weight) * middle)
    return points, points, reason


def _bounded(value: float, most: float) -> float:
    return round(min(most, max(0.0, value)), 3)

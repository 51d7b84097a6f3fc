"""How an applicant stands for interventional radiology: six points and a level (advice.md, "IR at all?")."""

from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.plan.types import Level

POINTS = ("ck", "no_failed_attempt", "recent", "radiology_letters", "us_radiology", "someone_in_ir")


def points(s: Situation) -> tuple[tuple[str, bool], ...]:
    """The six points, each met or not; thresholds are ours and stand in content/fit.yml."""
    limits = s.content.judgement.ir_points
    years = s.years_since_graduation
    working = s.radiologist_at_home and not s.profile.history.gaps
    recent = (years is not None and years <= limits["recent_graduation_years"]) or working
    letters = s.radiology_letters >= limits["radiology_letters"] and any(
        x.us and x.specialty in RADIOLOGY for x in s.letters
    )
    us = s.weeks_in(*RADIOLOGY) >= limits["us_radiology_weeks"] or (
        s.us_research_weeks >= limits["us_research_weeks"]
    )
    met = (
        s.ck is not None and s.ck.middle >= limits["ck_at_least"],
        s.failed_attempts == 0 and (s.ck_taken or s.step1 == "pass"),
        recent,
        letters,
        us,
        s.knows_someone_in_ir,
    )
    return tuple(zip(POINTS, met, strict=True))


def level(s: Situation) -> Level:
    """strong, middle or weak by points; one failed attempt drops a level, and two, or long years without
    clinical work, leave none."""
    judgement = s.content.judgement
    years = s.years_since_graduation
    out_of_practice = (
        years is not None and years > judgement.no_ir["years_since_graduation"] and not s.radiologist_at_home
    )
    if s.failed_attempts >= judgement.no_ir["failed_attempts"] or out_of_practice:
        return "none"
    total = sum(met for _, met in points(s))
    seen_in_radiology = s.radiology_letters > 0 or s.weeks_in(*RADIOLOGY) > 0 or s.us_research_weeks > 0
    order: tuple[Level, ...] = ("weak", "middle", "strong")
    if total >= judgement.levels["strong"]:
        rank = 2
    elif total >= judgement.levels["middle"] and seen_in_radiology:
        rank = 1
    else:
        rank = 0
    if s.failed_attempts:
        rank = max(0, rank - 1)
    return order[rank]

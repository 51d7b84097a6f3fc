"""The closed vocabulary that `when` expressions of content files see, filled for one applicant."""

from collections.abc import Mapping
from typing import Any

from matchguide.plan.situation import Situation
from matchguide.plan.types import Combination, LetterPlan, VisaPlan


def facts(
    s: Situation,
    combination: Combination,
    visa: VisaPlan,
    letters: tuple[LetterPlan, ...],
    first_years_needed: bool,
    applied: tuple[str, ...],
) -> Mapping[str, Any]:
    """Every name of expressions.VOCABULARY. None stands for what the profile does not say."""
    p = s.profile
    missing = {plan.specialty: len(plan.missing) for plan in letters}
    stays = visa.restriction is None
    step1_date = p.exams.step1.date
    return {
        "status": str(p.applicant.status or "non-us-img"),
        "school_country": p.applicant.school_country,
        "years_since_graduation": s.years_since_graduation,
        "trained": tuple(t.specialty for t in p.applicant.trained),
        "radiologist_at_home": s.radiologist_at_home,
        "home_radiology_years": None,
        "ck": s.ck.middle if s.ck else None,
        "ck_taken": s.ck_taken,
        "failed_attempts": s.failed_attempts,
        "step1": s.step1,
        "step1_score": p.exams.step1.score,
        "step1_year": step1_date.year if step1_date else None,
        "step3": s.step3,
        "oet": s.oet,
        "oet_booked": bool(p.exams.oet.date and p.exams.oet.date.first >= s.on),
        "ecfmg_certified": p.exams.ecfmg_certified,
        "visa_needs": s.needs,
        "h1b_only": s.needs == "h1b",
        "restriction": visa.restriction.kind if visa.restriction else None,
        "hold": visa.held,
        "citizenship_known": visa.nationality_known,
        "birth_known": p.visa.birth_country is not None,
        "residence_known": p.visa.residence_country is not None,
        "dual_national": len(p.visa.citizenships) > 1,
        "holds": tuple(str(h) for h in p.visa.holds),
        "must_start": s.must_start,
        "budget": p.limits.budget_usd,
        "previous_matches": p.history.previous_matches or 0,
        "gaps": len(p.history.gaps),
        "letters_total": len(s.letters),
        "us_letters": sum(bool(x.us) for x in s.letters),
        "letters_of": s.letters_of,
        "weeks_in": s.weeks_in,
        "us_weeks": s.weeks_in(),
        "research_in": s.research_in,
        "publications": p.experience.totals.publications,
        "enjoys": s.stated_enjoyment,
        "story_for": lambda x: sum(x in story.fits for story in p.stories),
        "stories_total": len(p.stories),
        "programs_listed": len(p.programs),
        "interviews_total": len(p.interviews),
        "first_year_interviews": sum(s.content.cards[i.specialty].kind == "first-year" for i in p.interviews),
        "stage": s.stage,
        "season": s.season.season,
        "in_plan": lambda x: x in applied,
        "combination": combination.id,
        "close": combination.roles["close"],
        "broad": combination.roles["broad"],
        "ir_level": combination.level,
        "first_years_needed": first_years_needed,
        "letters_missing": lambda x: missing.get(x, 0),
        "needs_us_stays": stays,
    }

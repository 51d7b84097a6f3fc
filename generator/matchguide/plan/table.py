"""The decision rules of advice.md ("Decision rules"): gates first, then the table, top to bottom. Pure."""

from matchguide.plan.choice import ANESTHESIOLOGY, DR, GS, IM, IR, PMR, Choice
from matchguide.plan.reasons import Reason, season, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.plan.types import Level


def decide(s: Situation, level: Level) -> Choice:
    """Gates A and C, then the table, top to bottom."""
    blocked = not_this_year(s)
    if blocked:
        return Choice(None, None, None, (blocked,))
    if level == "none":
        return _without_ir_at_all(s)
    for road in (_surgery, _anesthesiology, _rehabilitation):
        choice = road(s, level)
        if choice:
            return choice
    if s.radiologist_at_home and level != "strong":
        return _radiologist(s)
    if level == "weak":
        return _weak(s)
    if not _dr(s):
        return _without_dr(s)
    return _with_dr(s, level)


def not_this_year(s: Situation) -> Reason | None:
    """Gates A and C: can be in the Match, and can be read. None where they are open or already passed."""
    if s.has_applied():
        return None
    weeks = s.content.judgement.exam_weeks
    exams = s.profile.exams
    missing = [e for e, taken in (("step1", s.step1 == "pass"), ("step2_ck", s.ck_taken)) if not taken]
    read_from = s.season.day("letters_in")
    if missing and s.stage not in ("after",):
        dates = {"step1": exams.step1.date, "step2_ck": exams.step2_ck.date}
        needed = sum(weeks[e] for e in missing if dates[e] is None)
        booked = [d.first for e in missing if (d := dates[e])]
        late = [d for d in booked if (read_from - d).days < 7 * weeks["score_report"]]
        if late or (read_from - s.on).days < 7 * needed:
            refs = (*line(*(f"exams.{e}" for e in missing)), *season("review_from"))
            return why("not-yet-exams", *refs, missing=missing, weeks=needed)
    if exams.step2_ck.result == "fail" or s.step1 == "fail":
        return why("not-yet-failed", *line("exams"), *s.evidence("rank-deadline-ecfmg"))
    if _oet_too_late(s):
        return why("not-yet-oet", *line("exams.oet"), *season("rank_lists_due"), *s.evidence("rank-deadline-ecfmg"))
    reviewed = s.stage in ("interviewing", "ranking", "match week") or s.on >= s.season.day("first_years_check")
    past_review = s.stage == "applying" and (s.on - s.season.day("letters_in")).days > 12
    if (reviewed or past_review) and len(s.letters) <= 1:
        return why("not-yet-letters", *line("letters"), *season("review_from"), count=len(s.letters))
    return None


def _oet_too_late(s: Situation) -> bool:
    """Whether an OET that the reader says is not passed can no longer be reported before rank lists are due."""
    oet, weeks = s.profile.exams.oet, s.content.judgement.exam_weeks
    if s.profile.exams.ecfmg_certified or oet.result not in ("not taken", "fail") or s.stage == "after":
        return False
    if oet.date and oet.date.first >= s.on:
        begin, needed = oet.date.first, weeks["score_report"]
    else:
        begin, needed = s.on, weeks["oet"]
    return (s.season.day("rank_lists_due") - begin).days < 7 * needed


def broad_backup(s: Situation) -> str | None:
    """The widest door the reader can bear: internal medicine unless they said otherwise, and any other only
    by the reader's word, in the order of how many people like them it takes."""
    order = s.content.judgement.broad_order
    if s.could_rank(IM):
        return IM
    backups = s.profile.backups
    stated = [x for x in order if x in backups.enjoyment or x in backups.open_to]
    return next((x for x in stated if s.could_rank(x)), None)


def _dr(s: Situation) -> bool:
    return s.could_rank(DR)


def _without_ir_at_all(s: Situation) -> Choice:
    refs = line("exams.step1.attempts", "exams.step2_ck.attempts", "applicant.graduated")
    reason = why(
        "no-ir-limits",
        *refs,
        *s.evidence("attempts-2018"),
        failed=s.failed_attempts,
        years=s.years_since_graduation,
    )
    first = broad_backup(s)
    if first is None and s.radiologist_at_home and _dr(s):
        first = DR
    if first is None:
        return Choice(None, None, None, (reason, why("nothing-left", *line("backups"))))
    return Choice(first, None, None, (reason,))


def _surgery(s: Situation, level: Level) -> Choice | None:
    limit = s.content.judgement.roads["surgery"]
    drawn = (s.stated_enjoyment(GS) or 0) >= limit["enjoyment"] and s.could_rank(GS)
    if not drawn or s.enjoyment(GS) <= s.enjoyment(DR) or s.letters_of(GS) < limit["letters"]:
        return None
    refs = (*line("backups.enjoyment.general-surgery", "letters"), *s.evidence("outcomes:surgery"))
    first_hand = any(x.specialty == GS for x in s.letters)
    fit = s.ck is not None and s.ck.middle >= limit["ck"] and not s.failed_attempts and first_hand
    if fit and level != "weak":
        return Choice(IR, GS, None, (why("choose-ir-surgery", *refs, *line("exams.step2_ck.score")),))
    if fit:
        return Choice(IR, GS, None, (why("choose-ir-surgery-weak", *refs, *line("exams.step2_ck.score")),))
    close = DR if _dr(s) else None
    broad = broad_backup(s)
    return Choice(GS, close, broad, (why("choose-surgery", *refs, *line("exams.step2_ck.score")),))


def _own_road(s: Situation, level: Level, specialty: str, key: str, ready: bool) -> Choice | None:
    limit = s.content.judgement.roads[key]
    if not s.could_rank(specialty) or (s.stated_enjoyment(specialty) or 0) < limit["enjoyment"]:
        return None
    if s.enjoyment(specialty) <= s.enjoyment(DR) and _dr(s):
        return None
    if not ready or s.letters_of(specialty) < limit["letters"]:
        return None
    refs = line(f"backups.enjoyment.{specialty}", "letters", "exams.step2_ck.score")
    reason = why(f"choose-{key}", *refs, *s.evidence(f"outcomes:{key}"))
    broad = broad_backup(s)
    broad = None if broad == specialty else broad
    if level == "weak":
        return Choice(specialty, None, broad, (reason, why("weak-ir", *line("exams", "letters"))))
    return Choice(IR, specialty, broad, (reason,))


def _anesthesiology(s: Situation, level: Level) -> Choice | None:
    ck = s.content.judgement.roads["anesthesiology"]["ck"]
    trained = any(t.specialty == ANESTHESIOLOGY for t in s.profile.applicant.trained)
    choice = _own_road(s, level, ANESTHESIOLOGY, "anesthesiology", s.ck is not None and s.ck.middle >= ck)
    if choice is None and trained and (s.stated_enjoyment(ANESTHESIOLOGY) or 0) >= 4:
        refs = line("applicant.trained", "backups.enjoyment.anesthesiology")
        if s.could_rank(ANESTHESIOLOGY) and s.ck is not None and s.ck.middle >= ck and level != "weak":
            reason = why("choose-anesthesiology", *refs, *s.evidence("outcomes:anesthesiology"))
            return Choice(IR, ANESTHESIOLOGY, broad_backup(s), (reason,))
    return choice


def _rehabilitation(s: Situation, level: Level) -> Choice | None:
    return _own_road(s, level, PMR, "pmr", s.weeks_in(PMR) > 0)


def _radiologist(s: Situation) -> Choice:
    refs = (*line("applicant.trained"), *s.evidence("abr-dr-alternate"))
    broad = broad_backup(s)
    if _dr(s):
        return Choice(DR, None, broad, (why("choose-radiologist", *refs),))
    return Choice(broad, None, None, (why("choose-radiologist-no-dr", *refs),))


def _weak(s: Situation) -> Choice:
    refs = (
        *line("exams.step2_ck.score", "letters", "experience.us_clinical"),
        *s.evidence("outcomes:ir-ck"),
    )
    reason = why("weak-ir", *refs)
    broad = broad_backup(s)
    seen = s.radiology_letters > 0 or s.weeks_in(*RADIOLOGY) > 0 or s.us_research_weeks > 0
    if broad is None:
        if _dr(s) and seen:
            return Choice(DR, None, None, (reason, why("no-broad", *line("backups"))))
        return Choice(None, None, None, (reason, why("nothing-left", *line("backups"))))
    if _dr(s) and seen and (s.stated_enjoyment(DR) or 0) >= 3:
        return Choice(DR, None, broad, (reason, why("weak-dr-few", *line("letters", "backups.enjoyment"))))
    return Choice(broad, None, None, (reason,))


def _without_dr(s: Situation) -> Choice:
    refs = (*line("backups.enjoyment.diagnostic-radiology", "backups"), *s.evidence("ir-integrated-content"))
    broad = broad_backup(s)
    letter = any(x.specialty == IR for x in s.letters)
    loves_ir = (s.stated_enjoyment(IR) or 5) >= 4
    if broad and letter and loves_ir:
        return Choice(IR, None, broad, (why("choose-ir-im", *refs, *line("letters")),))
    if broad:
        return Choice(broad, None, None, (why("no-ir-without-letter", *refs, *line("letters")),))
    return Choice(IR, None, None, (why("only-ir", *refs),))


def _with_dr(s: Situation, level: Level) -> Choice:
    broad = broad_backup(s)
    dr = s.enjoyment(DR)
    after_check = s.on >= s.season.day("decide_ir") and not s.has_applied()
    if level == "middle" and after_check and not s.knows_someone_in_ir and s.letters_of(IR) == 0:
        refs = (*line("letters", "programs"), *season("decide_ir"))
        return Choice(DR, None, broad, (why("ir-dropped-in-september", *refs),))
    if level == "middle" and after_check and len(s.letters) <= 1:
        refs = (*line("letters"), *season("decide_ir"))
        return Choice(DR, None, broad, (why("ir-dropped-one-letter", *refs),))
    if level == "strong" and dr >= 4 and not s.must_start:
        refs = line("goal.if_unmatched", "backups.enjoyment.diagnostic-radiology")
        return Choice(IR, DR, None, (why("choose-ir-dr-wait", *refs),))
    if broad:
        kind = "im" if broad == IM else "other"
        refs = (*line("backups.enjoyment", "goal.if_unmatched"), *s.evidence("outcomes:dr"))
        return Choice(IR, DR, broad, (why(f"choose-ir-dr-{kind}", *refs, level=level),))
    refs = line("backups", "goal.if_unmatched")
    return Choice(IR, DR, None, (why("choose-ir-dr-alone", *refs),))

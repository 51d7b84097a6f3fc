"""Said, assumed, unknown: each fact that the plan turns on, and where it comes from. Pure.

*said* is a line of the profile, or follows from one (a certificate settles Steps, OET and Pathway; a Step 3 that was
sat implies the certificate). *assumed* is ours, shown with the line that corrects it. *unknown* is asked and never
acted on as if it were known.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from matchguide.content.goal import Goal
from matchguide.content.season import Season
from matchguide.plan.reasons import profile as line
from matchguide.plan.reasons import why
from matchguide.plan.types import Assumption, Fact, Origin
from matchguide.profile.model import Profile, UsClinical

PAPERS_BEFORE_START = dt.timedelta(weeks=4)  # ECFMG takes as long from a complete file: j1-application


def facts(profile: Profile, decisions: Goal, season: Season, on: dt.date) -> dict[str, Fact]:
    """Facts by the profile field that would say them. `season` and `on` decide when silence about letters and results
    is a question: after programs have read, and after Match Week has begun."""
    visa, goal = profile.visa, profile.goal
    known: dict[str, Fact] = {}

    def put(field: str, said: Any, assumed: Any = None) -> None:
        origin: Origin = "said" if said is not None else "assumed" if assumed is not None else "unknown"
        known[field] = Fact(said if said is not None else assumed, origin)

    put("applicant.status", profile.applicant.status, "non-us-img")
    put("applicant.graduated", profile.applicant.graduated)
    needs = visa.needs
    if needs is None and ("green card" in visa.holds or visa.ground or "United States" in visa.citizenships):
        needs = "none"
    trains_on = [t.visa for t in profile.us_training if t.visa and not t.left]
    if needs is None and trains_on:
        needs = "none" if trains_on[-1] == "work permit" else trains_on[-1]
    put("visa.needs", needs, "j1")
    put("goal.season", goal.season, season.season)
    put("goal.if_unmatched", goal.if_unmatched, "must_start")
    _put_exams(profile, on, put)
    needs = known["visa.needs"].value
    if needs != "none":
        put("visa.citizenships", list(visa.citizenships) or None)
    if needs in ("h1b", "either"):
        put("visa.birth_country", visa.birth_country)
    if needs in ("j1", "either"):
        put("visa.residence_country", visa.residence_country)
    if needs == "none":
        put("visa.ground", visa.ground or _ground(profile))
    assumed_mark = decisions.number("mark_assumed")
    for specialty in decisions.table.ask_first:
        backups = profile.backups
        if specialty not in backups.ruled_out and (not backups.open_to or specialty in backups.open_to):
            put(f"backups.enjoyment.{specialty}", backups.enjoyment.get(specialty), assumed_mark)
    read = on >= season.day("review_from")
    letters_said = "letters" in profile.model_fields_set
    put("letters", len(profile.letters) if letters_said else None, None if read else "none")
    for i, letter in enumerate(profile.letters):
        put(f"letters[{i}].status", letter.status)
    so_far = profile.season_so_far
    shown = bool(profile.interviews or profile.rank_list or so_far.result)
    # Who says that a Step is open, and no word of applying, is not asked what was sent, nor what March brought.
    steps = {known["exams.step1.result"].value, known["exams.step2_ck.result"].value, profile.exams.step2_ck.result}
    silent = read and not steps & {"not taken", "fail"}
    put("season_so_far.applied", so_far.applied or ("yes" if shown else None if silent else "nothing"))
    if on >= season.day("match_week") and (shown or so_far.applied or silent):
        put("season_so_far.result", profile.season_so_far.result)
    return known


def against_ck(profile: Profile, known: Mapping[str, Fact]) -> bool:
    """Whether the reader says that Step 2 CK is not sat, beside what asks for it: a certificate, a Step 3."""
    ck = profile.exams.step2_ck
    return bool(known["exams.ecfmg_certified"].value) and "not taken" in (ck.score, ck.result)


def _put_exams(profile: Profile, on: dt.date, put: Any) -> None:
    exams = profile.exams
    sat_step3 = exams.step3.result in ("pass", "fail") or exams.step3.score is not None
    began = any(t.start is not None and t.start.first <= on + PAPERS_BEFORE_START for t in profile.us_training)
    certified = True if exams.ecfmg_certified or sat_step3 or began else exams.ecfmg_certified
    put("exams.ecfmg_certified", certified)
    ck = profile.step2_ck
    ck_result = "pass" if certified else _still(exams.step2_ck.result, exams.step2_ck.date, on)
    if ck_result is None and ck is not None:
        ck_result = "pass"
    if ck_result is None and (exams.step2_ck.score == "not taken" or _booked(exams.step2_ck.date, on)):
        ck_result = "not taken"
    put("exams.step2_ck.result", ck_result)
    if ck_result != "not taken":
        put("exams.step2_ck.score", None if ck is None else str(ck))
    step1 = _still(exams.step1.result, exams.step1.date, on)
    if certified or (step1 is None and exams.step1.score is not None):
        step1 = "pass"
    if step1 is None and _booked(exams.step1.date, on):
        step1 = "not taken"
    put("exams.step1.result", step1, "pass" if ck is not None or ck_result == "pass" else None)
    if step1 == "pass" or ck_result == "pass":
        put("exams.step1.attempts", exams.step1.attempts, 1)
    if ck_result == "pass":
        put("exams.step2_ck.attempts", exams.step2_ck.attempts, 1)
    put("exams.step3.result", exams.step3.result or ("pass" if sat_step3 else None), "not taken")
    oet = _still(exams.oet.result, exams.oet.date, on)
    doubted = exams.ecfmg_certified is False and oet is not None  # then what was said of OET may be the true line
    put("exams.oet", "pass" if certified and not doubted else oet)


def _still(result: str | None, date: Any, on: dt.date) -> str | None:
    """The result as told; None where it was "not taken" and the day booked for it is over: then it is asked."""
    return None if result == "not taken" and date is not None and date.last < on else result


def student_stays_after_graduation(profile: Profile) -> tuple[UsClinical, ...]:
    """Weeks in the US that the reader calls a student's, and that lie after the graduation, or the end of a residency
    abroad, that they name."""
    until = profile.applicant.graduated or _first_residency_ended(profile)
    return tuple(
        x
        for x in profile.experience.us_clinical
        if x.kind in ("elective", "sub-internship") and x.year and until and x.year > until
    )


def _first_residency_ended(profile: Profile) -> int | None:
    return min((t.completed for t in profile.applicant.trained if t.completed), default=None)


def _booked(date: Any, on: dt.date) -> bool:
    return date is not None and date.last >= on


def _ground(profile: Profile) -> str | None:
    """Why no visa is needed, where another line says it."""
    if "green card" in profile.visa.holds:
        return "permanent resident"
    if profile.applicant.status == "us-img" or "United States" in profile.visa.citizenships:
        return "citizen"
    if profile.visa.status_now and profile.visa.status_now.kind == "work permit":
        return "work permit"
    return None


# The sentence that says why we ask or assume; fields that are not here are never shown as open.
WHY: Mapping[str, str] = {
    "applicant.status": "assume-status",
    "applicant.graduated": "assume-graduated",
    "visa.needs": "assume-visa",
    "visa.citizenships": "assume-citizenship",
    "visa.birth_country": "assume-birth",
    "visa.residence_country": "assume-residence",
    "visa.ground": "assume-ground",
    "goal.season": "assume-season",
    "goal.if_unmatched": "assume-must-start",
    "exams.step1.result": "assume-step1",
    "exams.step1.attempts": "assume-attempts",
    "exams.step2_ck.result": "assume-ck",
    "exams.step2_ck.score": "assume-ck-score",
    "exams.step2_ck.attempts": "assume-attempts",
    "exams.step3.result": "assume-step3",
    "exams.oet": "assume-oet",
    "exams.ecfmg_certified": "assume-certified",
    "letters": "assume-letters",
    "season_so_far.applied": "assume-applied",
    "season_so_far.result": "assume-result",
}


def assumptions(
    profile: Profile, known: Mapping[str, Fact], *, decided: bool = False, marks: tuple[str, ...] | None = None
) -> tuple[Assumption, ...]:
    """Everything that was not said, with the sentence that says why we ask; a score given as a decade too. Once the
    Match has `decided`, nobody is asked any more whether they must start that year. `marks` are the specialties the
    plan follows by what happened: only their marks are of use then, and none of them is assumed."""
    out: list[Assumption] = []
    for specialty in dict.fromkeys(i.specialty for i in profile.interviews):
        if specialty in profile.backups.ruled_out:
            reason = why("ask-ruled-out", *line("backups.ruled_out", "interviews"), specialty=specialty)
            out.append(Assumption("backups.ruled_out", "unknown", reason, "unknown"))
    for field, fact in known.items():
        if fact.origin == "said" or (decided and field == "goal.if_unmatched"):
            continue
        if marks is not None and field.startswith("backups.enjoyment."):
            continue
        if field.startswith("backups.enjoyment."):
            reason = why("assume-enjoyment", *line("backups.enjoyment"), specialty=field.rsplit(".", 1)[1])
        elif field.startswith("letters["):
            writer = profile.letters[int(field[len("letters[") : -len("].status")])].writer
            reason = why("assume-letter-status", *line(field), writer=writer)
        else:
            reason = why(WHY[field], *line(field))
        out.append(Assumption(field, "unknown" if fact.value is None else str(fact.value), reason, fact.origin))
    for specialty in marks or ():
        if specialty not in profile.backups.enjoyment and specialty not in profile.backups.ruled_out:
            reason = why("ask-mark", *line("backups.enjoyment"), specialty=specialty)
            out.append(Assumption(f"backups.enjoyment.{specialty}", "unknown", reason, "unknown"))
    if against_ck(profile, known):
        out = [a for a in out if not a.field.startswith("exams.step2_ck")]
        reason = why(
            "ask-certificate-ck", *line("exams.step2_ck.score", "exams.ecfmg_certified", "exams.step3.result")
        )
        out.append(Assumption("exams.step2_ck.result", "unknown", reason, "unknown"))
    if profile.exams.ecfmg_certified is False and known["exams.ecfmg_certified"].value:
        sat = profile.exams.step3.result in ("pass", "fail")
        reason = why("ask-certificate", *line("exams.ecfmg_certified", "exams.step3.result", "us_training"), sat=sat)
        field = "exams.step3.result" if sat else "exams.ecfmg_certified"
        out.append(Assumption(field, "unknown", reason, "unknown"))
    if not decided:
        stays = student_stays_after_graduation(profile)
        for stay in stays[:1]:  # one question for all of them
            graduated, trained = profile.applicant.graduated, _first_residency_ended(profile)
            refs = line("experience.us_clinical", "applicant.graduated" if graduated else "applicant.trained")
            years = ", ".join(sorted({str(x.year) for x in stays}))
            values = {"kind": stay.kind, "year": years, "graduated": graduated, "trained": trained}
            reason = why("ask-elective", *refs, **values)
            out.append(Assumption("experience.us_clinical", "unknown", reason, "unknown"))
    ck = profile.step2_ck
    if ck is not None and ck.low != ck.high:
        reason = why("assume-decade", *line("exams.step2_ck.score"))
        out.append(Assumption("exams.step2_ck.score", str(int(ck.middle)), reason))
    return tuple(out)

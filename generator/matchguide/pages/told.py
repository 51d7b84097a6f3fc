"""What the reader told us, row by row: only what a line of the profile says."""

from typing import Any

from matchguide.pages.labels import Labels
from matchguide.pages.said import Said
from matchguide.pages.words import Words, counted, listed
from matchguide.plan.situation import Situation
from matchguide.profile.dates import dated


def told(s: Situation, words: Words, labels: Labels) -> list[tuple[str, str]]:
    """Rows of (what, what was said), the reader's own words as marks; what was not said has no row."""
    p = s.profile
    rows: list[tuple[str, str | None]] = [
        ("Group", labels.value("applicant.status", p.applicant.status)),
        ("Medical school", str(Said(p.applicant.school_country)) if p.applicant.school_country else None),
        ("Graduated", _graduated(s)),
        ("Residency abroad", _trainings(s, words)),
        ("Training in the US", _us_trainings(s, words)),
        ("Step 1", _exam(s, labels, "step1")),
        ("Step 2 CK", _exam(s, labels, "step2_ck")),
        ("Step 3", _exam(s, labels, "step3")),
        ("OET Medicine", _oet(s, labels)),
        ("ECFMG", {True: "certified", False: "not certified yet"}.get(p.exams.ecfmg_certified)
         if p.exams.ecfmg_certified is not None else None),
        ("Visa", labels.value("visa.needs", p.visa.needs)),
        ("Citizen of", listed([str(Said(c)) for c in p.visa.citizenships]) or None),
        ("If March is empty", labels.value("goal.if_unmatched", p.goal.if_unmatched)),
        ("How content you would be", ", ".join(f"{words.abbr(x)} {mark} of 5" for x, mark in
                                                p.backups.enjoyment.items()) or None),
        ("Ruled out as a career", listed([words.name(x).lower() for x in p.backups.ruled_out]) or None),
        ("Open to nothing else than", listed([words.name(x).lower() for x in p.backups.open_to]) or None),
        ("Letters", f"{len(p.letters)} listed, {len(s.letters)} in hand or promised" if p.letters else
         ("none" if "letters" in p.model_fields_set else None)),
        ("US experience", _stays(s, words)),
        ("Budget", f"${p.limits.budget_usd:,}" if p.limits.budget_usd is not None else None),
        ("Applied to", _applied(s, words)),
        ("Interviews", str(len(p.interviews)) if p.interviews else None),
        ("Match Week", p.season_so_far.result),
    ]  # fmt: skip
    return [(what, said) for what, said in rows if said]


def _graduated(s: Situation) -> str | None:
    graduated, years = s.profile.applicant.graduated, s.years_since_graduation
    if graduated is None:
        return None
    return f"{graduated}" + (f" ({counted(years, 'year')} before this Match)" if years else "")


def _exam(s: Situation, labels: Labels, name: str) -> str | None:
    exam = getattr(s.profile.exams, name)
    score = s.ck if name == "step2_ck" else exam.score
    parts = [
        labels.value(f"exams.{name}.result", exam.result or exam.score) or "",
        str(score) if score is not None else "",
        counted(exam.attempts, "attempt") if exam.attempts else "",
    ]
    return ", ".join(x for x in parts if x) or None


def _oet(s: Situation, labels: Labels) -> str | None:
    oet = s.profile.exams.oet
    booked = f"date: {dated(oet.date)}" if oet.date else ""
    return ", ".join(x for x in (labels.value("exams.oet.result", oet.result), booked) if x) or None


def _trainings(s: Situation, words: Words) -> str | None:
    def one(t: Any) -> str:
        if t.left:
            return f"{words.name(t.specialty).lower()}, left in {t.left}"
        if not s.finished(t):
            return f"{words.name(t.specialty).lower()}, runs until {t.completed}"
        return words.name(t.specialty).lower() + (f", finished in {t.completed}" if t.completed else "")

    return "; ".join(one(t) for t in s.profile.applicant.trained) or None


def _us_trainings(s: Situation, words: Words) -> str | None:
    def one(t: Any) -> str:
        until = f" until {dated(t.end)}" if t.end else ""
        return words.name(t.specialty).lower() + until + (", left" if t.left else "")

    return "; ".join(one(t) for t in s.profile.us_training) or None


def _stays(s: Situation, words: Words) -> str | None:
    def one(u: Any) -> str:
        weeks = counted(u.weeks, "week") if u.weeks else "a stay"
        return f"{weeks} in {words.name(u.specialty).lower()}" + (f" ({u.kind})" if u.kind else "")

    return "; ".join(one(u) for u in s.profile.experience.us_clinical) or None


def _applied(s: Situation, words: Words) -> str | None:
    applied = s.profile.season_so_far.applied
    if applied in ("nothing", {}):
        return "nothing this season"
    if applied == "yes":
        return "yes"
    return ", ".join(f"{words.name(x).lower()} {n}" for x, n in s.applied_to.items()) or None

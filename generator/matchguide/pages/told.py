"""What the reader told us, row by row: only what a line of the profile says."""

from typing import Any

from matchguide.pages.labels import Labels
from matchguide.pages.said import Said
from matchguide.pages.words import Words, listed
from matchguide.plan.situation import Situation


def told(s: Situation, words: Words, labels: Labels) -> list[tuple[str, str]]:
    """Rows of (what, what was said), the reader's own words as marks; what was not said has no row."""
    p = s.profile
    rows: list[tuple[str, str | None]] = [
        ("group", labels.value("applicant.status", p.applicant.status)),
        ("medical-school", str(Said(p.applicant.school_country)) if p.applicant.school_country else None),
        ("graduated", _graduated(s, words)),
        ("residency-abroad", _trainings(s, words)),
        ("training-in-the-us", _us_trainings(s, words)),
        ("step-1", _exam(s, words, labels, "step1")),
        ("step-2-ck", _exam(s, words, labels, "step2_ck")),
        ("step-3", _exam(s, words, labels, "step3")),
        ("oet-medicine", _oet(s, words, labels)),
        ("ecfmg", _certified(s, words)),
        ("visa", labels.value("visa.needs", p.visa.needs)),
        ("ground", labels.value("visa.ground", p.visa.ground)),
        ("holds", listed([labels.value("visa.holds", x) or x for x in p.visa.holds]) or None),
        ("status-now", _status_now(s, words, labels)),
        ("citizen-of", listed([str(Said(c)) for c in p.visa.citizenships]) or None),
        ("born-in", str(Said(p.visa.birth_country)) if p.visa.birth_country else None),
        ("lived-last-in", str(Said(p.visa.residence_country)) if p.visa.residence_country else None),
        ("if-march-is-empty", labels.value("goal.if_unmatched", p.goal.if_unmatched)),
        ("how-content-you-would-be", _marks(s, words)),
        ("ruled-out-as-a-career", listed([words.name(x).lower() for x in p.backups.ruled_out]) or None),
        ("open-to-nothing-else-than", listed([words.name(x).lower() for x in p.backups.open_to]) or None),
        ("letters", _letters(s, words)),
        ("us-experience", _stays(s, words)),
        ("on-your-form", _output(s, words)),
        ("earlier-matches", str(p.history.previous_matches) if p.history.previous_matches is not None else None),
        ("gaps", str(len(p.history.gaps)) if p.history.gaps else None),
        ("budget", f"${p.limits.budget_usd:,}" if p.limits.budget_usd is not None else None),
        ("applied-to", _applied(s, words)),
        ("interviews", str(len(p.interviews)) if p.interviews else None),
        ("rank-list", words.said("row-lines", n=len(p.rank_list)) if p.rank_list else None),
        ("stories", str(len(p.stories)) if p.stories else None),
        ("match-week", p.season_so_far.result),
        ("place", _place(s, words)),
    ]  # fmt: skip
    return [(words.said(f"row-{what}"), said) for what, said in rows if said]


def _place(s: Situation, words: Words) -> str | None:
    place = s.profile.season_so_far.place
    if not place:
        return None
    said = (
        words.name(place.specialty).lower() if place.specialty else "",
        str(Said(place.program)) if place.program else "",
        words.said(f"row-from-{place.start}") if place.start else "",
    )
    return ", ".join(x for x in said if x) or None


def _certified(s: Situation, words: Words) -> str | None:
    certified = s.profile.exams.ecfmg_certified
    if certified is None:
        return None
    return words.said("row-is-certified") if certified else words.said("row-not-certified")


def _letters(s: Situation, words: Words) -> str | None:
    if s.profile.letters:
        return words.said("row-letters-listed", n=len(s.profile.letters), here=len(s.letters))
    return words.said("row-none") if "letters" in s.profile.model_fields_set else None


def _marks(s: Situation, words: Words) -> str | None:
    marks = s.profile.backups.enjoyment.items()
    return ", ".join(words.said("row-mark", of=specialty, mark=mark) for specialty, mark in marks) or None


def _graduated(s: Situation, words: Words) -> str | None:
    graduated, years = s.profile.applicant.graduated, s.years_since_graduation
    if graduated is None:
        return None
    return words.said("row-in-year", year=str(graduated), years=years or 0)


def _exam(s: Situation, words: Words, labels: Labels, name: str) -> str | None:
    exam = getattr(s.profile.exams, name)
    score = s.ck if name == "step2_ck" else exam.score
    parts = [
        labels.value(f"exams.{name}.result", exam.result or exam.score) or "",
        str(score) if score is not None else "",
        words.said("row-attempts", n=exam.attempts) if exam.attempts else "",
    ]
    return ", ".join(x for x in parts if x) or None


def _status_now(s: Situation, words: Words, labels: Labels) -> str | None:
    now = s.profile.visa.status_now
    if now is None:
        return None
    kind = labels.value("visa.status_now.kind", now.kind) or ""
    return words.said("row-status", kind=kind, until=now.until) if now.until else kind


def _oet(s: Situation, words: Words, labels: Labels) -> str | None:
    oet = s.profile.exams.oet
    if s.profile.exams.ecfmg_certified and oet.result not in (None, "pass"):
        return words.said("row-settled")
    booked = words.said("row-booked", day=oet.date) if oet.date else ""
    return ", ".join(x for x in (labels.value("exams.oet.result", oet.result), booked) if x) or None


def _trainings(s: Situation, words: Words) -> str | None:
    def one(t: Any) -> str:
        left, until = str(t.left or ""), str(t.completed or "")
        return words.said("row-residency", of=t.specialty, left=left, until=until, runs=not s.finished(t))

    return "; ".join(one(t) for t in s.profile.applicant.trained) or None


def _us_trainings(s: Situation, words: Words) -> str | None:
    def one(t: Any) -> str:
        return words.said("row-us-training", of=t.specialty, until=t.end, left=t.left)

    return "; ".join(one(t) for t in s.profile.us_training) or None


def _stays(s: Situation, words: Words) -> str | None:
    def one(u: Any) -> str:
        return words.said("row-stay", of=u.specialty, weeks=u.weeks or 0, kind=u.kind or "")

    return "; ".join(one(u) for u in s.profile.experience.us_clinical) or None


def _output(s: Situation, words: Words) -> str | None:
    """What the reader counts for the form: "2 publications"."""
    counted = s.profile.experience.totals.model_dump().items()
    return ", ".join(words.said("row-output", what=what, n=n) for what, n in counted if n is not None) or None


def _applied(s: Situation, words: Words) -> str | None:
    applied = s.profile.season_so_far.applied
    if applied in ("nothing", {}):
        return words.said("row-nothing")
    if applied == "yes":
        return words.said("row-yes")
    return ", ".join(f"{words.name(x).lower()} {n}" for x, n in s.applied_to.items()) or None

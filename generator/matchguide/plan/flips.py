"""What would change the answer: every single change of the profile from a short list is tried, and those that
lead to another combination are told, nearest first."""

from dataclasses import replace
from typing import Any

from matchguide.plan.choice import DR, IM, IR, name
from matchguide.plan.level import level
from matchguide.plan.reasons import Reason, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import Situation
from matchguide.plan.table import decide
from matchguide.plan.visa import plan as visa_plan
from matchguide.profile.model import Letter, Profile, UsClinical
from matchguide.profile.values import Score


def nearest(s: Situation, mine: str) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """The changes that lead to another combination, at most five, each with the one it leads to; and those that were
    tried and change nothing. Dates are tried as well as fields."""
    tried = [
        why(id, *line(field), to=name(changed, decide(changed, level(changed)))) for id, field, changed in _changes(s)
    ]
    return tuple(r for r in tried if r.values["to"] != mine)[:5], tuple(r for r in tried if r.values["to"] == mine)


def may_travel(s: Situation) -> bool:
    """Whether a stay in the US may be named at all."""
    return visa_plan(s).restriction is None or "in the US now" in s.profile.visa.holds


def _changes(s: Situation) -> list[tuple[str, str, Situation]]:
    p, out = s.profile, []

    def add(id: str, field: str, changed: Profile, **situation: Any) -> None:
        out.append((id, field, replace(s, profile=changed, **situation)))

    def enjoys(specialty: str, mark: int) -> Profile:
        marks = {**p.backups.enjoyment, specialty: mark}
        return p.model_copy(update={"backups": p.backups.model_copy(update={"enjoyment": marks})})

    if s.on < s.season.day("decide_ir"):
        out.append(("flip-september", "letters", replace(s, on=s.season.day("decide_ir"))))
    letter = Letter.model_validate(
        {"from": "a US interventional radiologist", "specialty": IR, "us": True, "status": "received"}
    )
    if not s.knows_someone_in_ir:
        add("flip-ir-letter", "letters", p.model_copy(update={"letters": (*p.letters, letter)}))
    if may_travel(s) and s.weeks_in(IR, DR) < s.content.judgement.ir_points["us_radiology_weeks"]:
        stay = UsClinical(specialty=DR, kind="research", weeks=50)
        us = (*p.experience.us_clinical, stay)
        experience = p.experience.model_copy(update={"us_clinical": us})
        add(
            "flip-us-year",
            "experience.us_clinical",
            p.model_copy(update={"experience": experience, "letters": (*p.letters, letter, letter)}),
        )
    if not p.exams.step2_ck.result and (s.ck is None or s.ck.middle < 250):
        ck = p.exams.step2_ck.model_copy(update={"score": Score(255, 255)})
        add(
            "flip-ck",
            "exams.step2_ck.score",
            p.model_copy(update={"exams": p.exams.model_copy(update={"step2_ck": ck})}),
        )
    if s.could_rank(IM):
        add("flip-im-2", "backups.enjoyment.internal-medicine", enjoys(IM, 1))
        if s.must_start:
            add("flip-im-2-wait", "backups.enjoyment.internal-medicine", enjoys(IM, 1), must_start=False)
    elif IM not in p.backups.ruled_out and not p.backups.open_to:
        add("flip-im-3", "backups.enjoyment.internal-medicine", enjoys(IM, 3))
    if s.could_rank(DR) and not s.radiologist_at_home:
        add("flip-dr-2", "backups.enjoyment.diagnostic-radiology", enjoys(DR, 1))
    elif DR not in p.backups.ruled_out and not p.backups.open_to:
        add("flip-dr-4", "backups.enjoyment.diagnostic-radiology", enjoys(DR, 4))
    wait = "flip-wait" if s.must_start else "flip-must-start"
    add(wait, "goal.if_unmatched", p, must_start=not s.must_start)
    return out

"""What speaks against: each other answer with the reason against it, and the strongest argument against the plan."""

from matchguide.plan.choice import DR, GS, IM, IR, Choice, name
from matchguide.plan.reasons import Reason, season, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import Situation
from matchguide.plan.types import Level, Rejected, VisaPlan


def rejected(s: Situation, level: Level, choice: Choice) -> tuple[Rejected, ...]:
    """The other answers a reader would ask about, each with the reason against it; ruled-out specialties are
    never named, not even to reject them."""
    mine = name(s, choice)
    out: list[Rejected] = []

    def consider(id: str, specialties: tuple[str, ...], *because: Reason) -> None:
        gone = any(x != IR and x in s.profile.backups.ruled_out for x in specialties)
        if id != mine and not gone:
            out.append(Rejected(id, because))

    if not choice.specialties:
        consider("ir+dr+im", (DR, IM), why("against-late", *season("review_from")))
        return tuple(out)
    consider("ir+dr", (DR,), _against_ir_dr(s, level, choice))
    consider("ir+dr+im", (DR, IM), _against_ir_dr_im(s, level))
    consider("dr+im", (DR, IM), _against_dr_im(s, level, choice))
    consider("ir+im", (IM,), why("against-ir-im", *s.evidence("ir-integrated-content")))
    consider("im", (IM,), _against_im(s, level, choice))
    if s.could_rank(GS):
        consider(
            "ir+surgery",
            (GS,),
            why("against-surgery", *line("letters", "backups.enjoyment"), *s.evidence("outcomes:surgery")),
        )
    return tuple(out)


def _against_ir_dr(s: Situation, level: Level, choice: Choice) -> Reason:
    if IR not in choice.specialties and s.radiologist_at_home and DR in choice.specialties:
        return why("against-ir-radiologist", *line("applicant.trained", "programs"), *s.evidence("abr-dr-alternate"))
    if level in ("weak", "none") or IR not in choice.specialties:
        return why("against-ir-level", *line("exams.step2_ck.score", "letters"))
    if DR not in choice.specialties:
        return why("against-dr-enjoyment", *line("backups.enjoyment.diagnostic-radiology"))
    return why("against-no-broad", *line("goal.if_unmatched"), *s.evidence("outcomes:dr"))


def _against_ir_dr_im(s: Situation, level: Level) -> Reason:
    if level in ("weak", "none"):
        return why("against-ir-level", *line("exams.step2_ck.score", "letters"))
    if not s.could_rank(IM):
        return why("against-im-enjoyment", *line("backups.enjoyment.internal-medicine"))
    if not s.could_rank(DR):
        return why("against-dr-enjoyment", *line("backups.enjoyment.diagnostic-radiology"))
    return why("against-im-not-needed", *line("goal.if_unmatched"))


def _against_dr_im(s: Situation, level: Level, choice: Choice) -> Reason:
    if not s.could_rank(IM):
        return why("against-im-enjoyment", *line("backups.enjoyment.internal-medicine"))
    if not s.could_rank(DR):
        return why("against-dr-enjoyment", *line("backups.enjoyment.diagnostic-radiology"))
    if IR in choice.specialties:
        return why("against-leaving-ir", *line("letters"))
    return why("against-dr-unseen", *line("letters", "experience.us_clinical"))


def _against_im(s: Situation, level: Level, choice: Choice) -> Reason:
    if not s.could_rank(IM):
        return why("against-im-enjoyment", *line("backups.enjoyment.internal-medicine"))
    return why("against-im-only", *line("exams.step2_ck.score", "letters"))


def strongest(s: Situation, level: Level, choice: Choice, visa: VisaPlan) -> Reason:
    """What an honest critic of this plan would say first."""
    if not choice.specialties:
        return why("critic-waiting", *line("applicant.graduated"), *s.evidence("step-validity"))
    if visa.all_closed:
        refs = (*line("visa.citizenships", "applicant.graduated"), *s.evidence("entry-restrictions"))
        return why("critic-visa", *refs, years=s.years_since_graduation, empty=choice.broad is None)
    if level == "none":
        refs = (*line("exams", "applicant.graduated"), *s.evidence("attempts-2018"))
        return why("critic-filters", *refs)
    letters = s.radiology_letters
    if IR in choice.specialties and letters < s.content.judgement.ir_points["radiology_letters"]:
        return why(
            "critic-letters",
            *line("letters", "limits.budget_usd"),
            letters=letters,
            budget=s.profile.limits.budget_usd,
            audiences=len(choice.specialties),
            decided=s.on >= s.season.day("decide_ir"),
        )
    if IR in choice.specialties and choice.broad:
        return why("critic-spread", *line("letters"), audiences=len(choice.specialties))
    if IR in choice.specialties:
        return why("critic-no-broad", *line("goal.if_unmatched"), *s.evidence("outcomes:dr"))
    return why("critic-not-ir", *line("goal.specialty"), *s.evidence("outcomes:ir"))

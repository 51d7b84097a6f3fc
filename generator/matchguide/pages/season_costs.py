"""What the season still costs this reader, line by line, each with its source; prices are the evidence's."""

from dataclasses import dataclass

from matchguide.plan.situation import Situation
from matchguide.plan.types import Plan


@dataclass(frozen=True)
class Cost:
    """Dollars from `low` to `high`; `low` is 0 where it may be paid already or may not come. `what`: the end of the
    name of its sentence (season-cost-...); `rests_on`: the item."""

    what: str
    low: int
    high: int
    rests_on: str


def costs(s: Situation, plan: Plan, fees: str) -> tuple[Cost, ...]:
    """What is still to pay by what the profile says, in the order in which it falls due. What the profile does not
    say ranges from nothing to the price; what is paid is left out. `fees` is the item of the season's ERAS fees."""
    out = []
    held = plan.visa.all_closed  # then nothing is sure to be paid: it waits for the check of the list
    if s.step1 != "pass":
        out.append(_priced(s, "step1", "cost-exams.step1", sure=s.step1 is not None))
    if s.ck_taken is not True:
        booked = s.profile.exams.step2_ck.date is not None
        out.append(_priced(s, "step2-ck", "cost-exams.step2_ck", sure=s.ck_taken is False and not booked))
    if s.needs in ("h1b", "either") and s.step3 != "pass":
        out.append(_priced(s, "step3", "cost-exams.step3", sure=s.needs == "h1b"))
    if not s.certified or s.certificate_in_doubt:
        if s.step1 != "pass" and s.ck_taken is not True:
            open_by_their_word = s.step1 is not None and s.ck_taken is not None and s.oet != "pass"
            out.append(_priced(s, "ecfmg", "cost-ecfmg.account", "cost-ecfmg.application", sure=open_by_their_word))
        out.append(_priced(s, "diploma", "cost-ecfmg.credential_verification", sure=False))
        out.append(_priced(s, "pathway", "cost-ecfmg.pathways", sure=s.certified is False))
        if s.oet != "pass":
            out.append(_priced(s, "oet", "cost-oet", sure=s.oet is not None))
    out.append(_priced(s, "token", "cost-eras.token", sure=_ahead(s, "token") and not held))
    out.append(_priced(s, "transcript", "cost-eras.transcript", sure=_ahead(s, "submit_from") and not held))
    if plan.applications:
        due = (_ahead(s, "submit_from") or s.applied_nothing) and not held
        low = plan.fees_low_usd if due else 0
        out.append(Cost("programs", low, plan.fees_usd, fees))
    if not s.profile.season_so_far.registered:
        unpaid = s.profile.season_so_far.registered is False or _ahead(s, "nrmp_opens")
        out.append(_priced(s, "nrmp", "cost-nrmp.standard", sure=unpaid and not held))
    if s.needs in ("j1", "either"):
        visa = () if s.canadian_citizen else ("cost-j1.visa_application",)
        prices = ("cost-j1.sponsorship", "cost-j1.sevis", *visa)
        out.append(_priced(s, "j1", *prices, sure=False))
    return tuple(out)


def _ahead(s: Situation, event: str) -> bool:
    """Whether a payment cannot have been made yet: its day has not come."""
    return s.on < s.season.day(event)


def _priced(s: Situation, what: str, *prices: str, sure: bool = True) -> Cost:
    """One line; `sure` says that by the reader's word it is still to be paid."""
    total = sum(round(s.content.evidence.number(price)) for price in prices)
    return Cost(what, total if sure else 0, total, prices[0].split(".", 1)[0])

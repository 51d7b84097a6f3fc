"""What the season still costs this reader, line by line, each with its source; prices are the evidence's."""

from dataclasses import dataclass

from matchguide.plan.situation import Situation
from matchguide.plan.types import Plan


@dataclass(frozen=True)
class Cost:
    """Dollars from `low`, where part of it is paid or may not come, to `high`. `rests_on` are the prices, as item.key."""

    what: str
    low: int
    high: int
    rests_on: str


def costs(s: Situation, plan: Plan, fees: str) -> tuple[Cost, ...]:
    """What is still to pay by what the profile says, in the order in which it falls due. What the profile does not
    say ranges from nothing to the price; what is paid is left out. `fees` is the item of the season's ERAS fees."""
    certified, begun = s.certified, s.step1 == "pass" or s.ck_taken is True
    out = [
        _exam(s, "Step 1", "step1", {"pass": False, "not taken": True, "fail": True}.get(str(s.step1))),
        _exam(s, "Step 2 CK", "step2_ck", None if s.ck_taken is None else not s.ck_taken),
        _exam(s, "Step 3", "step3", s.step3 != "pass" if s.needs == "h1b" else None)
        if s.needs in ("h1b", "either") and s.step3 != "pass"
        else None,
    ]
    if not certified:
        if not begun:
            out.append(_priced(s, "ECFMG account and application", "cost-ecfmg.account", "cost-ecfmg.application"))
        out.append(_priced(s, "Verification of your diploma", "cost-ecfmg.credential_verification", sure=False))
        out.append(_priced(s, "ECFMG Pathway", "cost-ecfmg.pathways", sure=certified is False))
        if s.oet != "pass":
            out.append(_priced(s, "OET Medicine", "cost-oet", sure=s.oet is not None))
    out.append(_priced(s, "ERAS token", "cost-eras.token"))
    out.append(_priced(s, "Transcript of your USMLE scores in ERAS", "cost-eras.transcript"))
    if plan.applications:
        out.append(Cost("ERAS program fees, as planned above", plan.fees_low_usd, plan.fees_usd, fees))
    if not s.profile.season_so_far.registered:
        out.append(_priced(s, "NRMP registration", "cost-nrmp.standard"))
    if s.needs in ("j1", "either"):
        visa = () if "Canada" in s.profile.visa.citizenships else ("cost-j1.visa_application",)
        prices = ("cost-j1.sponsorship", "cost-j1.sevis", *visa)
        out.append(_priced(s, "After a match on J-1: sponsorship, SEVIS, visa", *prices, sure=False))
    return tuple(cost for cost in out if cost)


def _exam(s: Situation, what: str, key: str, open_: bool | None) -> Cost | None:
    """The price of an exam that is open, by the reader's word; a range where nothing is said."""
    return None if open_ is False else _priced(s, what, f"cost-exams.{key}", sure=open_ is True)


def _priced(s: Situation, what: str, *prices: str, sure: bool = True) -> Cost:
    total = sum(round(s.content.evidence.number(price)) for price in prices)
    return Cost(what, total if sure else 0, total, prices[0].split(".", 1)[0])

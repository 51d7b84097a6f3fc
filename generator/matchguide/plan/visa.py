"""Visa roads as chains of gates: open, closed or unknown. Nationality decides, never the school's country.

Whether the hold and the payment are in effect is written with the facts of law: a change there needs none here.
"""

import datetime as dt
from typing import Literal

from matchguide.content.evidence import Item
from matchguide.plan.reasons import Reason, evidence, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import Situation
from matchguide.plan.types import Gate, Restriction, VisaPlan, VisaRoad

PA_DOCUMENTS = "Palestinian Authority documents"
Kind = Literal["full", "partial"]


def plan(s: Situation) -> VisaPlan:
    """Every road this applicant may use, gate by gate, with the restriction that applies; `held` says whether the
    hold is about them, by birth or citizenship, in effect or not."""
    visa = s.profile.visa
    if s.needs == "none":
        gate = Gate("no-visa-needed", "open", (_no_visa(s),))
        return VisaPlan("none", None, True, False, False, (VisaRoad("none", (gate,)),), ())
    law = s.content.evidence.item("entry-restrictions")
    hold = s.content.evidence.item("uscis-hold")
    kinds = {country: restriction_of(country, law) for country in visa.citizenships}
    by_passport = _mildest(list(kinds.values())) if kinds else None
    exempt = any(h in visa.holds for h in ("green card", "visa valid on 2026-01-01", "in the US on 2026-01-01"))
    restricted = tuple(c for c, kind in kinds.items() if kind)
    restriction = None
    if by_passport and not exempt:
        restriction = Restriction(by_passport, restricted, law.as_of or dt.date.min, law.stale(s.on))
    held_by = tuple(dict.fromkeys(c for c in (*visa.citizenships, visa.birth_country) if c and _held(c, law, hold)))
    roads = tuple(VisaRoad(road, _gates(road, s, by_passport, exempt, held_by)) for road in _roads(s.needs))
    return VisaPlan(
        s.needs,
        restriction,
        bool(visa.citizenships),
        bool(held_by),
        exempt,
        roads,
        _advice(s, restriction, restricted, exempt, held_by, all(r.first_closed for r in roads)),
    )


def _no_visa(s: Situation) -> Reason:
    """Why no visa is needed: a permit ends one day, a citizenship does not."""
    return why("gate-permit" if s.on_permit else "gate-no-visa", *line("visa.needs", "visa.ground", "visa.holds"))


def _roads(needs: str) -> tuple[Literal["j1", "h1b"], ...]:
    if needs == "j1":
        return ("j1",)
    if needs == "h1b":
        return ("h1b",)
    return ("j1", "h1b")


def on_the_list(s: Situation) -> bool:
    """Whether a citizenship is on the list of restricted countries, whatever visa is needed."""
    law = s.content.evidence.item("entry-restrictions")
    return any(restriction_of(country, law) for country in s.profile.visa.citizenships)


def listed_named(s: Situation) -> list[str]:
    """The countries on the list that the profile names elsewhere, while it names no citizenship."""
    return [] if s.profile.visa.citizenships else _named(s, listed=True)


def restriction_of(country: str, law: Item) -> Kind | None:
    """How the list of restricted countries names a country; None where it does not."""
    if country in law.value["full"] or country == PA_DOCUMENTS:
        return "full"
    return "partial" if country in law.value["partial"] else None


def _mildest(kinds: list[Kind | None]) -> Kind | None:
    """A dual national travels on the better passport."""
    if None in kinds:
        return None
    return "partial" if "partial" in kinds else "full"


def _held(country: str, law: Item, hold: Item) -> bool:
    return restriction_of(country, law) is not None or country in hold.value["extra"]


def _gates(road: str, s: Situation, kind: Kind | None, exempt: bool, held_by: tuple[str, ...]) -> tuple[Gate, ...]:
    if road == "j1":
        return (
            _entry_j1(s, kind, exempt),
            _certificate(s),
            _statement_of_need(s, closed=bool(kind and not exempt)),
            _clock(s),
            Gate(
                "program-sponsors",
                "unknown",
                (why("gate-program-j1", *line("programs")),),
            ),
        )
    return (
        _entry_h1b(s, kind, exempt),
        _certificate(s),
        _step3(s, kind, exempt),
        _hold(s, held_by),
        _payment(s),
        Gate("program-sponsors", "unknown", (why("gate-program-h1b", *evidence("h1b-program-must-say")),)),
    )


def _entry_j1(s: Situation, kind: Kind | None, exempt: bool) -> Gate:
    refs = (*line("visa.citizenships", "visa.holds"), *evidence("entry-restrictions"))
    if not s.profile.visa.citizenships:
        return Gate(
            "entry",
            "unknown",
            (
                why(
                    "gate-entry-unknown", *refs, listed_near=_named(s, listed=True), free_near=_named(s, listed=False)
                ),
            ),
        )
    if kind and exempt:
        return Gate("entry", "open", (why("gate-entry-exempt", *refs, holds=list(s.profile.visa.holds)),))
    if kind:
        countries = list(s.profile.visa.citizenships)
        return Gate("entry", "closed", (why(f"gate-entry-{kind}", *refs, countries=countries),))
    return Gate("entry", "open", (why("gate-entry-open", *refs),))


def _named(s: Situation, *, listed: bool) -> list[str]:
    """Countries that the reader names as where they were born, live or studied: those on the list, or the others."""
    law, visa = s.content.evidence.item("entry-restrictions"), s.profile.visa
    named = (visa.birth_country, visa.residence_country, s.profile.applicant.school_country)
    return [c for c in dict.fromkeys(named) if c and bool(restriction_of(c, law)) is listed]


def _each_is(kind: Kind, s: Situation, countries: list[str]) -> bool:
    """Whether there are countries, and each is restricted in this kind."""
    law = s.content.evidence.item("entry-restrictions")
    return bool(countries) and all(restriction_of(c, law) == kind for c in countries)


def _entry_h1b(s: Situation, kind: Kind | None, exempt: bool) -> Gate:
    if kind == "partial" and not exempt:
        refs = (*line("visa.citizenships"), *evidence("entry-restrictions"))
        return Gate("entry", "unknown", (why("gate-entry-partial-h1b", *refs),))
    if s.j1_years_used and (exempt or not kind):
        return Gate(
            "entry", "unknown", (why("gate-entry-after-j1", *line("us_training"), *evidence("j1-home-residence")),)
        )
    near = listed_named(s)
    if _each_is("partial", s, near):
        refs = (*line("visa.citizenships", "visa.birth_country"), *evidence("entry-restrictions"))
        return Gate("entry", "unknown", (why("gate-entry-near-h1b", *refs, countries=near),))
    return _entry_j1(s, kind, exempt)


def _certificate(s: Situation) -> Gate:
    if s.certificate_in_doubt:
        refs = line("exams.ecfmg_certified", "exams.step3.result", "us_training")
        return Gate("ecfmg", "unknown", (why("gate-ecfmg-doubt", *refs, *evidence("h1b-gates", "ecfmg-to-begin")),))
    if s.certificate_against_ck:
        refs = line("exams.step2_ck.score", "exams.ecfmg_certified", "exams.step3.result")
        return Gate("ecfmg", "unknown", (why("gate-ecfmg-ck", *refs),))
    if s.certified:
        if s.profile.exams.ecfmg_certified:
            return Gate("ecfmg", "open", (why("gate-ecfmg-open", *line("exams.ecfmg_certified")),))
        if s.step3 in ("pass", "fail"):
            return Gate("ecfmg", "open", (why("gate-ecfmg-step3", *line("exams.step3.result")),))
        return Gate("ecfmg", "open", (why("gate-ecfmg-training", *line("us_training"), *evidence("ecfmg-to-begin")),))
    told = "gate-ecfmg-to-come" if s.profile.exams.ecfmg_certified is False else "gate-ecfmg-unknown"
    return Gate(
        "ecfmg",
        "unknown",
        (why(told, *line("exams.ecfmg_certified"), *evidence("rank-deadline-ecfmg")),),
    )


def _statement_of_need(s: Situation, *, closed: bool) -> Gate:
    refs = (*line("visa.residence_country"), *evidence("j1-statement-of-need"))
    residence = s.profile.visa.residence_country
    if residence:
        return Gate("statement-of-need", "unknown", (why("gate-need", *refs, country=residence, closed=closed),))
    return Gate("statement-of-need", "unknown", (why("gate-need-unknown", *refs),))


def _clock(s: Situation) -> Gate:
    refs = evidence("j1-seven-years", "j1-one-change")
    if not s.j1_years_used:
        inside = s.in_the_us and s.profile.visa.status_now is None
        return Gate("seven-years", "open", (why("gate-clock", *refs, inside=inside, told=s.says("us_training")),))
    left = round(s.content.evidence.number("j1-seven-years")) - s.j1_years_used
    since = min(t.start for t in s.profile.us_training if t.visa == "j1" and t.start)
    reason = why("gate-clock-used", *line("us_training"), *refs, used=s.j1_years_used, left=left, since=since)
    return Gate("seven-years", "open" if left > 0 else "closed", (reason,))


def _step3(s: Situation, kind: Kind | None, exempt: bool) -> Gate:
    refs = (*line("exams.step3.result"), *evidence("h1b-gates", "step3-us-only"))
    if s.step3 == "pass" and (s.certificate_in_doubt or s.certificate_against_ck):
        return Gate("step3", "unknown", (why("gate-step3-doubt", *refs),))
    if s.step3 == "pass":
        return Gate("step3", "open", (why("gate-step3-open", *refs),))
    if s.step3 == "fail":
        return Gate("step3", "closed", (why("gate-step3-failed", *refs),))
    told = s.origin("exams.step3.result") == "said" or s.certified is False
    if kind and not exempt and not s.in_the_us:
        closed = why("gate-step3-closed", *refs, *evidence("entry-restrictions"), assumed=not told)
        return Gate("step3", "closed", (closed,))
    # Without the certificate nobody sits it.
    return Gate("step3", "unknown", (why("gate-step3-to-come" if told else "gate-step3-unknown", *refs),))


def _hold(s: Situation, held_by: tuple[str, ...]) -> Gate:
    refs = (*line("visa.citizenships", "visa.birth_country"), *evidence("uscis-hold"))
    if not s.content.evidence.value("uscis-hold.in_effect"):
        return Gate("uscis-hold", "open", (why("gate-hold-lifted", *refs, countries=list(held_by)),))
    if held_by:
        return Gate("uscis-hold", "closed", (why("gate-hold", *refs, countries=list(held_by)),))
    if not s.profile.visa.birth_country or not s.profile.visa.citizenships:
        return Gate("uscis-hold", "unknown", (why("gate-hold-unknown", *refs),))
    return Gate("uscis-hold", "open", (why("gate-hold-open", *refs),))


def _payment(s: Situation) -> Gate:
    refs = (*line("visa.holds"), *evidence("h1b-fee"))
    if not s.content.evidence.value("h1b-fee.collected"):
        return Gate("payment", "open", (why("gate-payment-not-collected", *refs),))
    if s.in_the_us:
        return Gate("payment", "unknown", (why("gate-payment-inside", *refs),))
    return Gate("payment", "unknown", (why("gate-payment", *refs),))


def _advice(
    s: Situation,
    restriction: Restriction | None,
    restricted: tuple[str, ...],
    exempt: bool,
    held_by: tuple[str, ...],
    all_closed: bool,
) -> tuple[Reason, ...]:
    refs = (*line("visa.citizenships"), *evidence("entry-restrictions"))
    out: list[Reason] = []
    if restriction:
        out.append(why(f"visa-restricted-{restriction.kind}", *refs, countries=list(restriction.countries)))
        out.append(why("visa-pay-later" if all_closed else "visa-restricted-h1b", *refs))
        out.append(why("visa-tell-programs", *evidence("nrmp-truthful", "nrmp-binding", "entry-deferral")))
    elif restricted and exempt:
        out.append(why("visa-exempt", *refs, holds=list(s.profile.visa.holds)))
    elif restricted:
        free = [c for c in s.profile.visa.citizenships if c not in restricted]
        out.append(why("visa-dual", *refs, free=free, restricted=list(restricted)))
    if held_by and not s.content.evidence.value("uscis-hold.in_effect"):
        out.append(why("visa-held-lifted", *evidence("uscis-hold"), countries=list(held_by)))
    elif held_by and s.needs in ("h1b", "either"):
        out.append(why("visa-held", *evidence("uscis-hold"), countries=list(held_by)))
    elif held_by:
        out.append(why("visa-held-j1", *evidence("uscis-hold"), countries=list(held_by)))
    near = listed_named(s)
    kinds = {"partial": _each_is("partial", s, near), "full": _each_is("full", s, near)}
    if not s.profile.visa.citizenships:
        out.append(
            why(
                "visa-unknown",
                *refs,
                listed_near=near,
                free_near=_named(s, listed=False),
                h1b_only=s.needs == "h1b",
                full_near=kinds["full"],
            )
        )
    if restriction and not all_closed:
        return tuple(out)  # H-1B is what is left, and is said above
    if s.needs == "j1":
        refs = (*line("visa.needs"), *evidence("j1-home-residence", *(["entry-restrictions"] if near else [])))
        out.append(why("visa-j1-first", *refs, closed=restriction is not None, near=near, **kinds))
    elif s.needs == "h1b":
        out.append(why("visa-h1b-only", *line("visa.needs"), *evidence("h1b-gates", "h1b-fee")))
    else:
        refs = (*line("visa.needs", "visa.citizenships"), *evidence("h1b-gates", "h1b-fee", "entry-restrictions"))
        out.append(why("visa-either", *refs, near=near, full=kinds["full"], step3=s.step3 == "pass"))
    return tuple(out)

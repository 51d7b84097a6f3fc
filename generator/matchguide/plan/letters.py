"""Which letter goes where: at most four a program, three before kind, by the table in content/fit.yml."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from matchguide.plan.reasons import Reason, evidence, season, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.plan.types import LetterMissing, LetterPlan, LetterUse
from matchguide.profile.model import Letter

CLINICIAN = (
    "internal-medicine",
    "general-surgery",
    "family-medicine",
    "pediatrics",
    "neurology",
    "psychiatry",
    "anesthesiology",
    "physical-medicine-rehabilitation",
    "vascular-surgery",
    "other",
)
MOST = 4


def worth(letter: Letter, rule: Mapping[str, Any]) -> int:
    """How much a letter helps at a specialty; 0 where it must not go.

    Kind decides first (first, then, fill), a US writer within a kind, a letter in hand before a promised one.
    """
    kind = letter.specialty
    radiology = kind in RADIOLOGY
    if radiology and "radiology" in rule.get("never", ()):
        return 0
    if kind in rule["first"]:
        base = 30
    elif kind in rule["then"] or ("clinician" in rule["then"] and kind in CLINICIAN):
        base = 20
    elif kind in rule["fill"] or ("clinician" in rule["fill"] and kind in CLINICIAN):
        base = 10
    elif radiology and "radiology" in rule.get("neutral", ()) and letter.neutral_version:
        base = 5
    else:
        return 0
    return base + 2 * int(letter.us) + int(letter.status == "received")


def best(letters: tuple[Letter, ...], rule: Mapping[str, Any]) -> tuple[int, ...]:
    """The places in `letters` of the best four. The caps nest, so taking the best first is optimal
    (tested against exhaustive search)."""
    cap = rule.get("at_most", {}).get("radiology", MOST)
    order = sorted(range(len(letters)), key=lambda i: (-worth(letters[i], rule), i))
    taken: list[int] = []
    radiology = 0
    for i in order:
        if worth(letters[i], rule) <= 0 or len(taken) == MOST:
            break
        if letters[i].specialty in RADIOLOGY:
            if radiology == cap:
                continue
            radiology += 1
        taken.append(i)
    return tuple(taken)


def plan(s: Situation, specialties: tuple[str, ...], sent: tuple[str, ...]) -> tuple[LetterPlan, ...]:
    """For each specialty and first year: the letters to send, and those to ask for, by when. A letter asked for on
    account of one that is really `sent` to serves the others too, before a further writer is named."""
    own = tuple(_for(s, x) for x in specialties)
    asked = dict.fromkeys(m.specialty for x in own if x.specialty in sent for m in x.missing if not m.second_version)
    return tuple(_filled(s, x, tuple(asked)) for x in own)


def _filled(s: Situation, own: LetterPlan, asked: tuple[str, ...]) -> LetterPlan:
    """A specialty's letters filled up to the usual number: from those asked for elsewhere, else from home."""
    rule = s.content.judgement.letters[own.specialty]
    by, overdue = ask_by(s)
    refs = (*line("letters"), *season("ask_letters"))
    missing = list(own.missing)
    kinds = {m.specialty for m in missing if not m.second_version}
    radiology = sum(u.specialty in RADIOLOGY for u in own.use) + sum(m.specialty in RADIOLOGY for m in missing)
    cap = rule.get("at_most", {}).get("radiology", MOST)
    short = s.content.judgement.letters_needed - len(own.use) - len(missing)
    for kind in sorted((k for k in asked if k not in kinds), key=lambda k: -worth(_asked_for(k), rule)):
        if short <= 0 or not worth(_asked_for(kind), rule) or (kind in RADIOLOGY and radiology == cap):
            continue
        neutral = kind in RADIOLOGY and own.specialty not in RADIOLOGY
        reason = why("letter-ask-shared", *refs, specialty=own.specialty, kind=kind, neutral=neutral)
        missing.append(LetterMissing(kind, by, overdue, (reason,)))
        radiology += kind in RADIOLOGY
        short -= 1
    third = why("letter-ask-third", *refs, *evidence("eras-limits"), specialty=own.specialty)
    missing += [LetterMissing("other", by, overdue, (third,))] * max(0, short)
    return LetterPlan(own.specialty, own.use, tuple(missing))


def _asked_for(kind: str) -> Letter:
    """A letter still to be asked for, in both versions."""
    return Letter.model_validate({"from": "-", "specialty": kind, "status": "promised", "neutral_version": True})


def _for(s: Situation, specialty: str) -> LetterPlan:
    rule = s.content.judgement.letters[specialty]
    letters = s.letters
    use = tuple(
        LetterUse(
            letters[i].writer,
            letters[i].specialty,
            str(letters[i].status),
            _version(letters[i], specialty),
            s.profile.letters.index(letters[i]),
        )
        for i in best(letters, rule)
    )
    return LetterPlan(specialty, use, _missing(s, specialty, rule, use))


def _version(letter: Letter, specialty: str) -> Literal["radiology", "neutral", "own"]:
    """Only a version that there is: where a letter that names radiology may go as it is (surgery), it does."""
    if letter.specialty not in RADIOLOGY:
        return "own"
    return "neutral" if specialty not in RADIOLOGY and letter.neutral_version else "radiology"


def ask_by(s: Situation) -> tuple[dt.date, bool]:
    """Our date to have asked every writer; once it is past, a week from today."""
    ours = s.season.day("ask_letters")
    if s.on <= ours:
        return ours, False
    return s.on + dt.timedelta(days=7), True


def _missing(
    s: Situation, specialty: str, rule: Mapping[str, Any], use: tuple[LetterUse, ...]
) -> tuple[LetterMissing, ...]:
    by, overdue = ask_by(s)
    refs = (*line("letters"), *season("ask_letters"))
    out: list[LetterMissing] = []

    def ask(kind: str, reason: Reason) -> None:
        out.append(LetterMissing(kind, by, overdue, (reason,)))

    own = [u for u in use if u.specialty in rule["first"]]
    wanted = int(rule.get("at_least", {}).get(specialty, 1))
    named = [i for i, x in enumerate(s.profile.letters) if x.status == "to ask" and x.specialty in rule["first"]]
    for _ in range(wanted - len(own)):
        kind = rule["first"][0]
        if named:
            index = named.pop(0)
            writer = s.profile.letters[index].writer
            ask(kind, why("letter-ask-named", *refs, index=index, writer=writer, specialty=specialty))
        else:
            ask(kind, why("letter-ask-kind", *refs, specialty=specialty, kind=kind))
    have = len(use) + len(out)
    clinical = any(u.specialty in CLINICIAN for u in use) or any(m.specialty in CLINICIAN for m in out)
    if specialty in RADIOLOGY and not clinical and have < MOST:
        ask("internal-medicine", why("letter-ask-clinical", *refs, specialty=specialty))
        have += 1
    needed = s.content.judgement.letters_needed
    if specialty in RADIOLOGY and have < needed:
        ask(
            "diagnostic-radiology" if specialty == "interventional-radiology" else "interventional-radiology",
            why("letter-ask-second", *refs, specialty=specialty),
        )
        have += 1
    cap = rule.get("at_most", {}).get("radiology", MOST)
    room = "radiology" in rule.get("neutral", ()) and sum(u.specialty in RADIOLOGY for u in use) < cap
    for letter in s.letters:
        if room and letter.specialty in RADIOLOGY and not letter.neutral_version and have < needed:
            index = s.profile.letters.index(letter)
            ask(
                letter.specialty,
                why("letter-neutral", *refs, index=index, writer=letter.writer, specialty=specialty),
            )
            have += 1
            break
    return tuple(out)

"""The table of letters: which goes where, today and once those to be asked for have come."""

from typing import Any

from matchguide.plan.letters import best
from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.plan.types import Plan
from matchguide.profile.model import Letter


def letter_table(plan: Plan, s: Situation, applied: tuple[str, ...]) -> list[dict[str, Any]]:
    """Each letter there is or is to be asked for, and where it goes once all have come: at most four a program,
    by the plan's own rule. Cells: ● goes now, ○ would go, with N in the version without radiology, – does not."""
    sent = [x for x in plan.letters if x.specialty in applied]
    missing = [m for x in sent for m in x.missing]
    second = {str(m.because[0].values["writer"]) for m in missing if m.because[0].id == "letter-neutral"}
    kinds = dict.fromkeys(m.specialty for m in missing if m.because[0].id != "letter-neutral")
    there = s.letters
    after = [x.model_copy(update={"neutral_version": x.neutral_version or x.writer in second}) for x in there]
    after += [
        Letter.model_validate({"from": "-", "specialty": k, "status": "promised", "neutral_version": True})
        for k in kinds
    ]
    rows: list[dict[str, Any]] = []
    for n, letter in enumerate(after):
        cells = []
        for x in sent:
            goes = n in best(tuple(after), s.content.judgement.letters[x.specialty])
            now = n < len(there) and any(u.writer == letter.writer for u in x.use)
            neutral = "N" if letter.specialty in RADIOLOGY and x.specialty not in RADIOLOGY else ""
            if now and not there[n].neutral_version:
                neutral = ""
            cells.append(("●" if now else "○") + neutral if goes else "–")
        own = there[n] if n < len(there) else None
        rows.append({"letter": own, "kind": letter.specialty, "second": letter.writer in second, "cells": cells})
    return rows

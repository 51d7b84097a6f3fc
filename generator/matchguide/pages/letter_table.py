"""The table of letters: which goes where, by the plan's own use and missing."""

from typing import Any

from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.plan.types import LetterPlan, Plan


def letter_table(plan: Plan, s: Situation, applied: tuple[str, ...]) -> list[dict[str, Any]]:
    """A row for each letter there is, and for each to be asked for. Cells: ● is there and goes, ○ goes once it has
    come, each with N where in the version without radiology; – does not go."""
    sent = [x for x in plan.letters if x.specialty in applied]
    rows: list[dict[str, Any]] = []
    for letter in s.letters:
        cells, second = [], False
        for x in sent:
            use = next((u for u in x.use if u.writer == letter.writer), None)
            waits = any(m.second_version and m.because[0].values["writer"] == letter.writer for m in x.missing)
            second = second or waits
            mark = "○" if waits or letter.status != "received" else "●"
            neutral = "N" if waits or (use and use.version == "neutral") else ""
            cells.append(mark + neutral if use or waits else "–")
        rows.append({"letter": letter, "kind": letter.specialty, "second": second, "cells": cells})
    for kind in dict.fromkeys(k for x in sent for k in _asked(x)):
        without = [s.is_a(kind, RADIOLOGY) and not s.is_a(x.specialty, RADIOLOGY) for x in sent]
        cells = [("○N" if n else "○") if kind in _asked(x) else "–" for x, n in zip(sent, without, strict=True)]
        rows.append({"letter": None, "kind": kind, "second": False, "cells": cells})
    return rows


def _asked(x: LetterPlan) -> list[str]:
    return [m.specialty for m in x.missing if not m.second_version]

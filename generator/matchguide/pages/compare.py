"""The matrix of scores that the compare page hands to the browser; no rule and no score is made there."""

import json
from typing import Any

from matchguide.content.store import Content
from matchguide.plan.acceptability import SCALE, SEED
from matchguide.plan.fit import PRINCIPLES
from matchguide.plan.types import Plan


def data(plan: Plan, weights: tuple[float, ...], content: Content, draws: int) -> str:
    """JSON for a script element: scores in thousandths as [low, high], the reader's weights, draws and seed."""
    rows: list[dict[str, Any]] = [
        {
            "id": f.specialty,
            "name": content.cards[f.specialty].name,
            "ranges": [[round(f.principles[k].low * SCALE), round(f.principles[k].high * SCALE)] for k in PRINCIPLES],
        }
        for f in sorted(plan.fit, key=lambda f: f.specialty)
        if f.gate is None
    ]
    whole = {
        "principles": list(PRINCIPLES),
        "weights": list(weights),
        "rows": rows,
        "draws": draws,
        "seed": SEED,
    }
    return json.dumps(whole, separators=(",", ":")).replace("<", "\\u003c")

"""The table of the compare page, and the matrix of scores that it hands to the browser; no rule and no score is made
there."""

import json
from collections.abc import Callable
from typing import Any

from matchguide.content.store import Content
from matchguide.pages.chosen import Chosen
from matchguide.pages.cite import shown
from matchguide.pages.words import Words
from matchguide.plan.acceptability import SCALE, SEED
from matchguide.plan.fit import PRINCIPLES
from matchguide.plan.types import Plan, SpecialtyFit


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


class Comparison:
    """The specialties that are open to the reader, side by side."""

    def __init__(
        self, plan: Plan, words: Words, chosen: Chosen, not_wanted: frozenset[str], lacks: Callable[[str], str]
    ) -> None:
        self._drawn = [f for f in plan.fit if f.gate is None]
        self._open = [f for f in self._drawn if f.specialty not in not_wanted]
        self._words, self._chosen, self._plan, self._lacks = words, chosen, plan, lacks

    @property
    def one_thing(self) -> str:
        """Of those the reader marked the one that comes first most often, how often, and who is ahead: unmarked, or
        left out of the table by the reader's own low mark."""
        marked = [f for f in self._open if f.principles["satisfaction"].score]
        best = max(marked, key=lambda f: f.first_in, default=None)
        could = [
            f for f in self._open if f in marked or self._plan.in_plan(f.specialty) or not self._lacks(f.specialty)
        ]
        lacking = max((f for f in self._open if f not in could), key=lambda f: f.first_in, default=None)
        ahead = max(could, key=lambda f: f.first_in, default=None)
        top = max(self._drawn, key=lambda f: f.first_in, default=None)
        aside = top if top and best and top not in self._open and top.first_in > best.first_in else None
        return self._chosen.say(
            "compare-one-thing",
            set_aside=aside.specialty if aside else "",
            set_aside_in=round(aside.first_in * 100) if aside else 0,
            unmarked_ahead=ahead.specialty if ahead and best and ahead not in marked else "",
            lacking=lacking.specialty if lacking and best and lacking.first_in > best.first_in else "",
            lacking_in=round(lacking.first_in * 100) if lacking else 0,
            ahead_in=round(ahead.first_in * 100) if ahead else 0,
            best=best.specialty if best else "",
            first_in=round(best.first_in * 100) if best else 0,
            best_planned=bool(best and self._plan.in_plan(best.specialty)),
            open_ones=len(self._open),
            marked_left=len(marked),
            only_open=self._open[0].specialty if self._open else "",
        )

    @property
    def aside(self) -> list[str]:
        """What the reader's own mark keeps out of the table, above the lowest one, by name."""
        return [self._words.name(f.specialty) for f in self._drawn if f not in self._open]

    @property
    def kept_out(self) -> bool:
        """Whether one of them comes first in some draws, so that the column of the table adds to less than 100."""
        return bool(self.aside) and sum(round(f.first_in * 100) for f in self._open) < 100

    def points(self, fit: SpecialtyFit, principle: str) -> str:
        """The points of a specialty for one question, "" where they are not known."""
        score = fit.principles[principle].score
        return "" if score is None else shown(round(score, 1))

    @property
    def table(self) -> list[list[str]]:
        """Cells of the table: head, rule, a row for each, those that the reader marked first; the last column only
        where there is something to count."""
        several = len(self._open) > 1
        say, last = self._chosen.say, slice(None, None if several else -1)
        head = ["", *(say(f"compare-{p}") for p in PRINCIPLES), say("compare-together"), say("compare-first-in")]
        rows = (self._row(f)[last] for f in sorted(self._open, key=_unmarked))
        return [head[last], ["---"] * len(head[last]), *rows]

    def _row(self, f: SpecialtyFit) -> list[str]:
        link = f"[{self._words.abbr(f.specialty)}](specialty-{f.specialty}.md)"
        ranges = (self._range(f, p) for p in PRINCIPLES)
        return [link, *ranges, f"**{shown(round(f.score, 1))}**", str(round(f.first_in * 100))]

    def _range(self, f: SpecialtyFit, principle: str) -> str:
        v = f.principles[principle]
        low, high = f"{round(v.low, 1)}", f"{round(v.high, 1)}"
        return self._chosen.say(
            "compare-range", points=self.points(f, principle), principle=principle, low=low, high=high
        )


def _unmarked(fit: SpecialtyFit) -> bool:
    """Whether the reader gave a specialty no mark."""
    return fit.principles["satisfaction"].score is None

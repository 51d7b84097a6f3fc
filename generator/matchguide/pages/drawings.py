"""Drawings as inline SVG: strips, dots, the map of roads and the timeline. Colors come from CSS classes, so that
light, dark and paper differ; every drawing has a title and a description for those who do not see it. Words may hold
marks of the reader's text (`Said`), and only this module puts them into a drawing."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matchguide.pages.said import Drawn
from matchguide.pages.words import Words

_STOP = re.compile(r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bProf)[;.] ")


def _svg(id: str, width: int, height: int, title: str, description: str, body: str, kind: str) -> str:
    return (
        f'<div class="drawing {kind}"><svg viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="{id}-t {id}-d" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{id}-t">{Drawn(title).markup}</title><desc id="{id}-d">{Drawn(description).markup}</desc>'
        f"{body}</svg></div>"
    )


def _text(x: float, y: float, words: str | Drawn, css: str = "", anchor: str = "start") -> str:
    drawn = words if isinstance(words, Drawn) else Drawn(words)
    return f'<text x="{x:g}" y="{y:g}" class="{css}" text-anchor="{anchor}">{drawn.markup}</text>'


@dataclass(frozen=True)
class Way:
    """A road as it is drawn: where it leads, its steps, the years that are known, whether a part of unknown length
    follows them, and whether it starts in the reader's plan."""

    to: str
    steps: tuple[str, ...]
    years: float | None
    longer: bool
    lit: bool


class Drawings:
    """`words` says what stands in them."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def strip(
        self, id: str, name: str, matched: Mapping[str, Any], other: Mapping[str, Any], low: float, high: float
    ) -> str:
        """Quartiles of Step 2 CK for those who matched and those who did not, and the reader's score as a band.
        low and high are the reader's score (equal where it is exact; 0 where there is none)."""
        said = self._words.said
        left, right, start, end = 112, 346, 210, 280

        def x(score: float) -> float:
            return left + (right - left) * (min(end, max(start, score)) - start) / (end - start)

        parts = []
        for row, (label, marks) in enumerate(((said("drawn-matched"), matched), (said("drawn-others"), other))):
            y = 32 + row * 34
            parts.append(_text(left - 8, y + 5, label, "lab", "end"))
            parts.append(f'<line class="axis" x1="{left}" x2="{right}" y1="{y}" y2="{y}"/>')
            q1, q3 = x(marks["q1"]), x(marks["q3"])
            css = "box yes" if row == 0 else "box no"
            parts.append(f'<rect class="{css}" x="{q1:.1f}" y="{y - 9}" width="{q3 - q1:.1f}" height="18" rx="3"/>')
            parts.append(
                f'<line class="median" x1="{x(marks["median"]):.1f}" x2="{x(marks["median"]):.1f}" '
                f'y1="{y - 9}" y2="{y + 9}"/>'
            )
        for score in range(start, end + 1, 10):
            parts.append(_text(x(score), 103, str(score), "tick", "middle"))
        if low:
            a, b = x(low), x(high)
            parts.insert(0, f'<rect class="you" x="{a:.1f}" y="17" width="{b - a:.1f}" height="70"/>')
            parts += [f'<line class="mine" x1="{at:.1f}" x2="{at:.1f}" y1="17" y2="87"/>' for at in sorted({a, b})]
            # Beside the edge a label in the middle of its band would leave the drawing.
            middle = min(300, max(60, (a + b) / 2))
            parts.append(_text(middle, 12, said("drawn-you", low=f"{low:g}", high=f"{high:g}"), "youlab", "middle"))
        described = [said("drawn-strip", matched=self._marks_words(matched), others=self._marks_words(other))]
        if low:
            described.append(said("drawn-yours", low=f"{low:g}", high=f"{high:g}"))
        title = said("drawn-strip-title", specialty=name)
        return _svg(id, 360, 108, title, " ".join(described), "".join(parts), "strip")

    def _marks_words(self, marks: Mapping[str, Any]) -> str:
        q1, q3, median = (f"{marks[k]:g}" for k in ("q1", "q3", "median"))
        return self._words.said("drawn-marks", q1=q1, q3=q3, median=median)

    def dots(self, id: str, matched: int, other: int, small: int) -> str:
        """A count as dots: ten dots for a share of ten where the group has `small` people or more, else as many dots
        as people."""
        total = matched + other
        if total >= small:
            filled = round(10 * matched / total) if total else 0
            shown, size = 10, 16
            description = self._words.said("drawn-ten", filled=filled, matched=matched, total=total)
        else:
            filled, shown, size = matched, total, 14
            description = self._words.said("drawn-people", matched=matched, total=total)
        per_row = 20
        rows = (shown + per_row - 1) // per_row
        circles = []
        for i in range(shown):
            x, y = 10 + (i % per_row) * size, 10 + (i // per_row) * size
            css = "dot yes" if i < filled else "dot no"
            circles.append(f'<circle class="{css}" cx="{x}" cy="{y}" r="{size / 2 - 2:g}"/>')
        width = 4 + min(shown, per_row) * size
        return _svg(
            id, width, 6 + rows * size, self._words.said("drawn-dots-title"), description, "".join(circles), "dots"
        )

    def road_map(self, id: str, roads: Sequence[Way], j1_years: float) -> str:
        """The roads to image-guided work, to scale in years, with a line at the last year of a J-1 (0: no line). A
        road of unknown length ends open."""
        said = self._words.said
        left, year, last = 8, 34, 10
        y, body = (24 if j1_years else 8), []
        for way in roads:
            for words in Drawn(way.to).lines(38):
                y += 15
                body.append(_text(left, y, words, "lab strong"))
            y += 12
            end = left + year * (way.years or 0)
            css = "road lit" if way.lit else "road"
            if way.years:
                body.append(f'<path class="{css}" d="M {left} {y} H {end:g}"/>')
                body.append(f'<circle class="{css} stop" cx="{end:g}" cy="{y}" r="6"/>')
            if way.longer:
                body.append(f'<path class="{css} open" d="M {end:g} {y} H {end + 2 * year:g}"/>')
            inner = list(way.steps)[1:]
            for words in Drawn(" → ".join(inner) or said("drawn-directly")).lines(44)[:4]:
                y += 16
                body.append(_text(left, y + 4, words, "tick"))
            y += 12
        body += [_text(left + year * n, y + 18, str(n), "tick", "middle") for n in range(last - 1)]
        body.append(_text(left + year * last, y + 18, said("drawn-years"), "tick", "end"))
        body.append(f'<line class="axis" x1="{left}" x2="{left + year * last}" y1="{y + 2}" y2="{y + 2}"/>')
        if j1_years:
            x = left + year * j1_years
            body.insert(0, f'<line class="limit" x1="{x:g}" x2="{x:g}" y1="20" y2="{y + 2}"/>')
            body.append(_text(x, 14, said("drawn-j1", years=f"{j1_years:g}"), "tick", "middle"))
        told = "; ".join(
            said(
                "drawn-road",
                steps=list(way.steps)[1:] or [said("drawn-directly")],
                to=way.to,
                years=f"{way.years or 0:g}",
                longer=way.longer,
                lit=way.lit,
            )
            for way in roads
        )
        return _svg(id, 360, y + 26, said("drawn-roads-title"), told + ".", "".join(body), "map")

    def timeline(self, id: str, marks: Sequence[tuple[dt.date, str, str, str]]) -> str:
        """The next dates on a line: (day, kind, when, words) with kind ours, day, month or past. `when` is the date
        as pages write it, since an uncertain month has no day; beside each mark stand the words before the first
        stop."""
        step = 36
        height = 30 + step * len(marks)
        body = [f'<line class="axis" x1="82" x2="82" y1="10" y2="{height - 10}"/>']
        for i, (day, kind, _, words) in enumerate(marks):
            y = 24 + i * step
            css = {"ours": "mark ours", "day": "mark day", "month": "mark month", "past": "mark past"}[kind]
            body.append(f'<circle class="{css}" cx="82" cy="{y}" r="6"/>')
            label = day.strftime("%b %Y") if kind == "month" else f"{day.day} {day.strftime('%b')}"
            body.append(_text(71, y + 5, label, "lab", "end"))
            lines = Drawn(words).until(_STOP).without_end(".").lines(33)
            if len(lines) > 2:
                lines = [lines[0], lines[1].and_more()]
            for number, line in enumerate(lines):
                body.append(_text(95, y + 5 + 15 * number - 7 * (len(lines) - 1), line, "lab"))
        told = " ".join(f"{when}: {words.rstrip('.')}." for _, _, when, words in marks)
        return _svg(id, 360, height, self._words.said("drawn-dates-title"), told, "".join(body), "line")

    def cost_curve(self, id: str, points: Sequence[tuple[int, int]], planned: int, name: str) -> str:
        """Dollars against the number of programs, with the planned number marked."""
        width, height, left, bottom = 360, 134, 66, 106
        most_n = max(n for n, _ in points) or 1
        most_d = max(d for _, d in points) or 1

        def at(n: int, d: int) -> tuple[float, float]:
            return left + (width - left - 12) * n / most_n, bottom - (bottom - 20) * d / most_d

        path = " ".join(
            f"{'M' if i == 0 else 'L'} {at(n, d)[0]:.1f} {at(n, d)[1]:.1f}" for i, (n, d) in enumerate(points)
        )
        dollars = next((d for n, d in points if n == planned), 0)
        x, y = at(planned, dollars)
        price = self._words.said("drawn-price", programs=planned, dollars=f"{dollars:,}")
        cost = self._words.said("drawn-cost", programs=planned, dollars=f"{dollars:,}")
        body = [
            f'<path class="curve" d="{path}"/>',
            f'<circle class="dot yes" cx="{x:.1f}" cy="{y:.1f}" r="5"/>',
            _text(left - 6, bottom, "$0", "tick", "end"),
            _text(left - 6, 25, f"${most_d:,}", "tick", "end"),
            _text(left, height - 8, "0", "tick", "middle"),
            _text(width - 14, height - 8, str(most_n), "tick", "middle"),
            # Left of the line and above it, or right and below: never on it.
            _text(x - 8, y - 6, price, "lab", "end") if x > 190 else _text(x + 8, y + 18, price, "lab"),
        ]
        most = self._words.said("drawn-cost-most", programs=most_n, dollars=f"{most_d:,}")
        return _svg(
            id,
            width,
            height,
            self._words.said("drawn-cost-title", specialty=name),
            f"{cost}; {most}",
            "".join(body),
            "cost",
        )

    def trap(self, id: str, below: str) -> str:
        """The first-year trap: an advanced place matched, no first year under it, and `below` on the list unread."""
        said = self._words.said
        second = Drawn(f"2. {below}").lines(21)
        first = 96 if len(second) == 1 else 88
        body = [
            '<rect class="box yes" x="6" y="30" width="172" height="34" rx="4"/>',
            _text(92, 52, said("drawn-trap-place"), "lab", "middle"),
            _text(92, 20, said("drawn-trap-primary"), "lab strong", "middle"),
            '<rect class="box no" x="6" y="74" width="172" height="34" rx="4"/>',
            *(_text(92, first + 15 * n, line, "lab", "middle") for n, line in enumerate(second)),
            _text(277, 20, said("drawn-trap-supplemental"), "lab strong", "middle"),
            '<rect class="box empty" x="200" y="30" width="154" height="34" rx="4"/>',
            _text(277, 52, said("drawn-trap-none"), "lab", "middle"),
            '<path class="road lit" d="M 178 47 H 200"/>',
            _text(92, 128, said("drawn-trap-never"), "tick", "middle"),
            _text(277, 86, said("drawn-trap-find"), "tick", "middle"),
            _text(277, 102, said("drawn-trap-soap"), "tick", "middle"),
        ]
        return _svg(
            id,
            360,
            138,
            said("drawn-trap-title"),
            said("drawn-trap", below=f"{below[0].lower()}{below[1:]}"),
            "".join(body),
            "trap",
        )

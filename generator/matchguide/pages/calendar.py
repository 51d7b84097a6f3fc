"""The calendar file: only days, each an all-day event, ours named as ours (RFC 5545)."""

import datetime as dt
from collections.abc import Iterator

from matchguide.pages.words import Words
from matchguide.plan.types import Moment, Plan
from matchguide.render.plaintext import one_line

_LINE = 74  # octets
_FIRST_DAY = dt.date(2025, 1, 1)  # before the first guide was made


def holds(plan: Plan) -> bool:
    """Whether there is anything to put into a calendar."""
    return any(True for _ in _days(plan))


def _days(plan: Plan) -> Iterator[Moment]:
    return (m for m in plan.timeline if m.when.is_day and not m.past)


def ics(plan: Plan, words: Words, key: str) -> bytes:
    """The reader's dates that are known to the day and not yet past. UIDs stay the same from build to build, and
    SEQUENCE rises with the day, so that a calendar takes the newer entry for a changed one."""
    stamp = f"{plan.on:%Y%m%d}T000000Z"
    sequence = (plan.on - _FIRST_DAY).days
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//matchguide//guide//EN", "CALSCALE:GREGORIAN"]
    for moment in _days(plan):
        day = moment.when.first
        lines += [
            "BEGIN:VEVENT",
            f"UID:{plan.season}-{moment.id}-{key}@matchguide.invalid",
            f"DTSTAMP:{stamp}",
            f"SEQUENCE:{max(0, sequence)}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(_summary(moment, words))}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines).encode("utf-8")


def _summary(moment: Moment, words: Words) -> str:
    said = one_line(words.plain(moment.reason))
    if moment.ours:
        return f"{said} {words.said('calendar-ours')}"
    return said if moment.certain else f"{said} {words.said('calendar-check')}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, continued with a space, never inside a character."""
    if line.isascii():
        first, rest = line[:_LINE], line[_LINE:]
        return "\r\n ".join([first, *(rest[i : i + _LINE - 1] for i in range(0, len(rest), _LINE - 1))]) + "\r\n"
    out, size = [], 0
    for char in line:
        width = len(char.encode("utf-8"))
        if size + width > _LINE:
            out.append("\r\n ")
            size = 1
        out.append(char)
        size += width
    return "".join(out) + "\r\n"

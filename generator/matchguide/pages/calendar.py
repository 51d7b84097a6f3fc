"""The calendar file: only days, each an all-day event, ours named as ours (RFC 5545)."""

import datetime as dt

from matchguide.pages.words import Words
from matchguide.plan.types import Plan
from matchguide.render.plaintext import one_line


def ics(plan: Plan, words: Words, key: str) -> bytes:
    """The reader's dates that are known to the day and not yet past. UIDs stay the same from build to build."""
    stamp = f"{plan.on:%Y%m%d}T000000Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//matchguide//guide//EN", "CALSCALE:GREGORIAN"]
    for moment in plan.timeline:
        if not moment.when.is_day or moment.past:
            continue
        day = moment.when.first
        label = "" if moment.certain and not moment.ours else " (our date)" if moment.ours else " (check the day)"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{plan.season}-{moment.id}-{key}@matchguide.invalid",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(one_line(words.plain(moment.reason)) + label)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines).encode("utf-8")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, continued with a space, never inside a character."""
    out, size = [], 0
    for char in line:
        width = len(char.encode("utf-8"))
        if size + width > 74:
            out.append("\r\n ")
            size = 1
        out.append(char)
        size += width
    return "".join(out) + "\r\n"

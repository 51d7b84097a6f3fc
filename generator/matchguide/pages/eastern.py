"""Hours of the Match, which NRMP names in Eastern Time: written so, and marked for the page's script, which adds the
reader's own time by their device."""

import datetime as dt

from matchguide.profile.dates import dated


def hour(day: dt.date, at: str) -> str:
    """An hour such as 21:00 on a day, as a <time> element that says "9 p.m. Eastern Time"."""
    hours, minutes = (int(x) for x in at.split(":"))
    instant = dt.datetime(day.year, day.month, day.day, hours, minutes, tzinfo=zone(day))
    words = f"{spoken(hours, minutes)} Eastern Time"
    return f'<time class="eastern" datetime="{instant.isoformat()}">{words}</time>'


def deadline(day: dt.date, at: str) -> str:
    """The same with its day before it."""
    return f"{dated(day)}, {hour(day, at)}"


def spoken(hours: int, minutes: int) -> str:
    """9 p.m., 11:59 p.m., noon."""
    if (hours, minutes) == (12, 0):
        return "noon"
    half = "a.m." if hours < 12 else "p.m."
    return f"{(hours - 1) % 12 + 1}{f':{minutes:02}' if minutes else ''} {half}"


def zone(day: dt.date) -> dt.timezone:
    """Eastern Time on a day: daylight time from the second Sunday of March to the first Sunday of November."""
    march, november = _sunday(day.year, 3, 2), _sunday(day.year, 11, 1)
    return dt.timezone(dt.timedelta(hours=-4 if march <= day < november else -5))


def _sunday(year: int, month: int, n: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(6 - first.weekday()) % 7 + 7 * (n - 1))

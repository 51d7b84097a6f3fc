"""Dates as pages write them."""

import datetime as dt

from matchguide.profile.values import PartialDate

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def dated(day: dt.date | PartialDate) -> str:
    """20 July 2026, or July 2026 where only the month is known."""
    if isinstance(day, PartialDate) and not day.is_day:
        return f"{MONTHS[day.month - 1]} {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

"""The day that a guide is planned for."""

import datetime as dt
import os

from matchguide.mistakes import mistake

_FIRST_DAY, _LAST_DAY = dt.date(2000, 1, 1), dt.date(2099, 12, 31)


def the_day(on: str | None) -> dt.date:
    """--on, else SOURCE_DATE_EPOCH (UTC), else today. Raises MistakesFound for a day that is none, or none of this
    century."""
    if on:
        try:
            return _of_this_century(dt.date.fromisoformat(str(on)), "--on")
        except ValueError:
            raise mistake("--on", "is not a day.", found=str(on), allowed="Write it as 2026-06-15.") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            day = dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC).date()
            return _of_this_century(day, "SOURCE_DATE_EPOCH")
        except (ValueError, OverflowError, OSError):
            raise mistake("SOURCE_DATE_EPOCH", "is not a number of seconds.", found=epoch) from None
    return _of_this_century(dt.date.today(), "this computer's clock")


def _of_this_century(day: dt.date, told_by: str) -> dt.date:
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise mistake(
            told_by,
            f"says {day.isoformat()}, and a guide is planned for a day from {_FIRST_DAY} to {_LAST_DAY}.",
            allowed="Name the day: --on 2026-06-15",
        )
    return day

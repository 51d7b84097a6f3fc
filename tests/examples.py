"""The example profiles, each planned and written on the day it is written for, as its first comment says."""

import datetime as dt
import functools
import re
from pathlib import Path

from matchguide.profile.dates import MONTHS
from matchguide.session import Session

ROOT = Path(__file__).resolve().parents[1]
PROFILES = tuple(sorted(p.stem for p in (ROOT / "profiles").glob("*.yml")))
DAY = dt.date(2026, 6, 15)


def day_of(name: str) -> dt.date:
    """The day in a profile's comment: Written as of 8 December 2026."""
    text = (ROOT / "profiles" / f"{name}.yml").read_text(encoding="utf-8")
    found = re.search(r"^# .*\bWritten as of (\d+) (\w+) (\d{4})", text, re.MULTILINE)
    assert found, f"{name} does not say for which day it is written"
    return dt.date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))


@functools.cache
def session_of(name: str, on: dt.date | None = None) -> Session:
    return Session(ROOT / "profiles" / f"{name}.yml", on or day_of(name))

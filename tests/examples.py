"""The example profiles, planned and written on the day they are written for."""

import datetime as dt
import functools
from pathlib import Path

from matchguide.session import Session

ROOT = Path(__file__).resolve().parents[1]
PROFILES = tuple(sorted(p.stem for p in (ROOT / "profiles").glob("*.yml")))
DAY = dt.date(2026, 6, 15)


@functools.cache
def session_of(name: str, on: dt.date = DAY) -> Session:
    return Session(ROOT / "profiles" / f"{name}.yml", on)

"""The sheet for the reader's own program list, as CSV for any spreadsheet."""

import csv
import io
import unicodedata

from matchguide.pages.words import Words
from matchguide.plan.types import Plan
from matchguide.profile.model import Profile
from matchguide.render.plaintext import one_line, visible

COLUMNS = (
    "specialty",
    "program",
    "city",
    "starts",
    "j1",
    "like-me",
    "years",
    "attempts",
    "kind",
    "tie",
    "signal",
    "checked",
    "who",
    "interview",
)
EMPTY_ROWS = 5


def csv_bytes(plan: Plan, profile: Profile, words: Words) -> bytes:
    """The programs the profile lists, then empty rows for each specialty applied to."""
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    columns = [x for x in COLUMNS if x != "j1" or profile.visa.needs != "none"]
    sheet.writerow([words.said(f"sheet-{column}") for column in columns])
    for p in profile.programs:
        told = {
            "specialty": words.name(p.specialty),
            "program": p.name,
            "starts": str(p.start or "").upper().replace("PGY", "PGY-"),
            "j1": p.j1 or "",
            "like-me": p.non_us_imgs or "",
            "tie": p.tie or "",
            "signal": p.signal or "",
            "checked": str(p.checked or ""),
        }
        sheet.writerow([inert_cell(told.get(column, "")) for column in columns])
    for a in plan.applications:
        for _ in range(EMPTY_ROWS if a.planned else 0):
            sheet.writerow([words.name(a.specialty), *[""] * (len(columns) - 1)])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def inert_cell(cell: str) -> str:
    """A spreadsheet must not take a reader's text for a formula, also where its sign is of another width, or nothing
    that is seen stands before it."""
    cell = one_line(cell)
    seen = "".join(c for c in unicodedata.normalize("NFKC", cell) if visible(c) == c and not c.isspace())
    return f"'{cell}" if seen.startswith(("=", "+", "-", "@", "\u2212")) else cell

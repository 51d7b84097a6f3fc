"""Three messy sheets of made-up programs, as people share them: 300 in all, every name and code invented."""

import random

from matchguide.programs.sheets import as_workbook

_FIRST = "Alder Birch Cedar Dorn Elm Fenn Gale Hart Iris Jade Kite Lark Moss Nash Oak Pine Quill Rook Sage Thorn"
_SECOND = "mere brook ford gate hollow mill ridge stead vale wick"
_STATES = ["NY", "NJ", "OH", "MI", "PA", "TX", "IL", "MA"]
_VISAS = ["J1 only", "J1/H1b", "J-1", "ECFMG J-1", "J1", "J1", "No visa", "", "?", "case by case", "H1b only"]
_YEARS = ["5 yrs", "No cut off", "5", "within 5 yrs", "<5", "3 yrs", "10", "2020+", "2 years", ""]
_WANTED = ["", "Preferred", "Not required", "Required", "1 month (observership ok)", "hands-on only"]
_TRACKS = [("420", "A"), ("420", "A"), ("420", "C"), ("420", "R"), ("416", "C"), ("416", "A")]


def _names(r: random.Random, n: int) -> list[str]:
    kinds = ["Hospital", "Medical Center"]
    return r.sample([f"{a}{b} {k}" for a in _FIRST.split() for b in _SECOND.split() for k in kinds], n)


def medicine(r: random.Random) -> list[list[str]]:
    """A shared list of internal medicine, with a title, states as rows and one column for both visas."""
    head = "No|Program Name / Hospital|City, State|Visa|YOG\n(cut off)|Attempts|Min Score (CK)|USCE|IMG %|Type (U/C)"
    rows = [["IMG friendly IM list (made up)"], [""], [*head.split("|"), "Last Updated", "Comments"]]
    for i, name in enumerate(_names(r, 180), 1):
        if i % 45 == 1:
            rows.append([["NEW YORK", "OHIO", "TEXAS", "MICHIGAN"][i // 45]])
        row = [str(i), name, f"Town{i % 30}, {r.choice(_STATES)}", r.choice(_VISAS), r.choice(_YEARS)]
        row.append(r.choice(["1", "1st attempt", "No limit", "2", "", "0 failures"]))
        row.append(r.choice(["220", ">230", "no minimum", "", "230-240", "250"]))
        row += [
            r.choice(_WANTED),
            r.choice(["65%", "~40%", "20", "", "most", "80 %", "0%"]),
            r.choice(["C", "U", "C/U"]),
        ]
        row.append(r.choice(["12-May-26", "5/20/2026", "2026-05-02", "May 2026", ""]))
        row.append(r.choice(["", "", "very img friendly"]))
        rows.append(row)
    rows.append(["", "* = prematch; ? = to be verified"])
    return rows


def tracker(r: random.Random) -> list[list[str]]:
    """A tracker of radiology with codes and columns of its own."""
    head = (
        "NRMP code|Prog|Loc|J1?|H1?|non-US IMG now|yrs|att|CK>=|USCE?|ESIR|Joint prelim?|Tie|Sig|Status|Notes|Notes"
    )
    rows = [head.split("|")]
    for i, name in enumerate(_names(r, 80)):
        kind, letter = r.choice(_TRACKS)
        row = [f"{9000 + i}{kind}{letter}0", f"{name} {'IR' if kind == '416' else 'DR'}"]
        row += [f"Town{i % 20}, {r.choice(_STATES)}", r.choice(["y", "Y", "n", "", "emailed 6/1", "maybe"])]
        row += [r.choice(["n", "Y", ""]), r.choice(["2 of 12", "3", "none", "yes", "?", ""])]
        row += [r.choice(["5", "", "na", "2"]), r.choice(["1", "any", ""]), r.choice(["", "230", "240", "23O"])]
        row += [r.choice(["", "pref", "US rads exp reqd"]), r.choice(["Y", "N", ""])]
        row += [r.choice(["", "", "Y", "joint w/ Alder"]), r.choice(["", "", "", "rotated there"])]
        row += [r.choice(["", "", "G", "S"]), "", r.choice(["", "=1+1", "+1 555 0100"]), r.choice(["", "again"])]
        rows.append(row)
    return rows


def first_years(r: random.Random) -> list[list[str]]:
    """A code-made export of first years, with true and false, and two ways to write a day in one column."""
    rows = [["Program Name", "Specialty", "State", "J1 Visa", "H1B Visa", "Max yrs", "Freida Info Last Updated"]]
    for name in _names(r, 40):
        row = [name, r.choice(["Prelim Surg", "Prelim Med", "Surgery-Preliminary", "TY"]), r.choice(_STATES)]
        row += [r.choice(["True", "True", "False"]), r.choice(["False", "True"]), r.choice(["N/A", "5", "3"])]
        row.append(r.choice(["9/27/2025", "September 28, 2025", "N/A"]))
        rows.append(row)
    return rows


def workbook(seed: str = "three sheets") -> bytes:
    """All three in one file."""
    r = random.Random(seed)
    return as_workbook([("IM", medicine(r)), ("Radiology", tracker(r)), ("First years", first_years(r))])

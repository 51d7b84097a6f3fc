"""Draws people as they are: strong and weak, with lines left out, marks of 1, hard limits, all season long.

`draw(seed)` gives the plain data of a profile and the day to plan on, the same for the same seed. What must be there
in every sixty is dealt out by the seed, the rest is drawn. Some are the examples and the doctors' cases, varied.
"""

import copy
import datetime as dt
import random
from functools import cache
from pathlib import Path
from typing import Any

from matchguide.content.store import Content
from matchguide.pages.guide import Guide
from matchguide.pages.write import write
from matchguide.paths import TEMPLATES
from matchguide.plan.make import make
from matchguide.plan.types import Plan
from matchguide.profile.model import Profile
from support import TESTS, content, merged, profile_file, profile_of, quick_content

IR, DR, IM = "interventional-radiology", "diagnostic-radiology", "internal-medicine"
FIRST_DAY, AFTER, LAST_DAY = dt.date(2026, 1, 5), dt.date(2027, 3, 20), dt.date(2027, 6, 30)
RESTRICTED = ("Iran", "Nigeria", "Syria", "Sudan", "Venezuela", "Cuba")
FREE = ("India", "Pakistan", "Egypt", "Jordan", "Brazil", "Sri Lanka", "Colombia", "Turkey", "Greece", "Canada")
WRITERS = ("Dr. Abebe", "Dr. Gurung", "Dr. Khoury", "Dr. Nguyen", "Dr. Okafor", "Dr. Petrov", "Dr. Rahman")
NAMES = ("Ana Quispe", "Omar Khoury", "නිමල් පෙරේරා", "Lin 林", "Zoë O'Brien-Ñúñez", "Dr. *Star* [x]")
PROGRAMS = ("Hill Valley Hospital", "Lakeside Medical Center", "Mercy Clinic", "State University Hospital")
Data = dict[str, Any]


def draw(seed: int) -> tuple[Data, dt.date]:
    """A profile's plain data, and the day to plan on."""
    r = random.Random(f"matchguide person {seed}")
    strength = ("strong", "middle", "weak", "strong", "middle", "strong", "weak", "strong", "any")[seed % 9]
    data = _varied(r) if strength == "any" or seed % 15 == 7 else _person(r, strength)
    if seed % 8 == 3:
        data = merged(data, {"visa": {"needs": "j1", "citizenships": [r.choice(RESTRICTED)], "holds": None}})
    elif seed % 8 == 6:
        data = merged(data, {"visa": {"needs": "none", "citizenships": None, "birth_country": None}})
    after = seed % 7 == 5
    if seed % 7 == 2 or (after and r.random() < 0.5):
        data["interviews"], data["rank_list"] = _interviews(r, data)
    span = (LAST_DAY - AFTER if after else AFTER - FIRST_DAY).days
    if seed % 5:  # one in five lists a name twice, as people do who write down both versions of a letter
        _by_different_people(data.get("letters") or [])
    # Steps of a golden ratio: sixty people already stand on days all over the season.
    day = (AFTER if after else FIRST_DAY) + dt.timedelta(days=int(seed * 0.6180339887 % 1 * span))
    sofar = data.get("season_so_far") or {}
    if "place" in sofar and "result" not in sofar:  # a line left out: nobody may tell of a place without a result
        data["season_so_far"] = {k: v for k, v in sofar.items() if k != "place"}
    return {k: v for k, v in data.items() if v not in ({}, [], None)}, day


def resident(seed: int) -> tuple[Data, dt.date]:
    """The drawn person of a seed in a US residency on a J-1, on a day on which it runs."""
    data, day = draw(seed)
    r = random.Random(f"matchguide resident {seed}")
    first = r.choice(["preliminary-medicine", "preliminary-surgery", IM])
    year = {"specialty": first, "start": "2026-07", "end": "2027-06", "visa": "j1"}
    applicant = {**data.get("applicant", {}), "status": "non-us-img"}
    needs = r.choice(["j1", "j1", "either", "h1b"])
    told = {
        "applicant": applicant,
        "visa": {"needs": needs, "ground": None, "status_now": None},
        "us_training": [year],
    }
    begun = dt.date(2026, 7, 10)
    return merged(data, told), day if day >= begun else begun + dt.timedelta(days=seed * 7 % 170)


def before_the_season(seed: int) -> Data:
    """A person of whom nothing of the season is told yet, for any day."""
    return {k: v for k, v in draw(seed)[0].items() if k not in ("season_so_far", "interviews", "rank_list")}


def _person(r: random.Random, strength: str) -> Data:
    def say(p: float) -> bool:
        return r.random() < p

    strong, weak = strength == "strong", strength == "weak"
    graduated = r.randint(2022, 2026) if strong else r.randint(2011, 2021) if weak else r.randint(2019, 2025)
    score = r.randint(253, 271) if strong else r.randint(208, 237) if weak else r.randint(238, 252)
    country = r.choice(FREE)
    failed = weak and say(0.4)
    ck: Data = {"score": score if say(0.8) else f"{str(score)[:2]}0s", "attempts": 1 + (failed and say(0.3))}
    letters = [_letter(r, DR, us=True), _letter(r, DR)] if strong or (strength == "middle" and say(0.8)) else []
    letters += [_letter(r, r.choice([DR, IR, IM, IM, "general-surgery", "other"])) for _ in range(r.randint(0, 3))]
    known_in_radiology = strong or (strength == "middle" and say(0.5))
    stays = [_stay(r, r.choice([IR, DR]), r.choice([8, 12, 26]))] if known_in_radiology else []
    stays += [_stay(r, r.choice([IR, IM, "general-surgery"]), r.choice([0, 2, 4])) for _ in range(r.randint(0, 2))]
    data: Data = {
        "applicant": {"name": r.choice(NAMES), "status": r.choice(["non-us-img"] * 6 + ["us-img"]),
                      "school_country": country, "graduated": graduated},
        "visa": {"needs": r.choice(["j1", "j1", "j1", "either", "h1b"]), "citizenships": [country],
                 "birth_country": country, "residence_country": country,
                 "holds": ["in the US now"] if say(0.15) else []},
        "exams": {"step1": {"result": "pass", "attempts": 1 + failed}, "step2_ck": ck},
        "goal": {"specialty": IR, "season": 2027, "if_unmatched": r.choice(["must_start", "can_wait"])},
        "backups": _backups(r),
        "experience": {"us_clinical": stays,
                       "totals": {"publications": r.choice([0, 1, 5]), "presentations": r.randint(0, 4)}},
        "letters": letters,
        "programs": [{"name": p, "specialty": r.choice([IR, DR, IM]), "j1": r.choice(["yes", "no", "asked"]),
                      "tie": "my rotation"} for p in r.sample(PROGRAMS, 2)] if strong or say(0.1) else [],
        "limits": {"budget_usd": r.choice([0, 800, 2500, 6000])} if say(0.4) else {},
        "history": {"previous_matches": r.choice([1, 2])} if say(0.15) else {},
        "stories": [{"title": "The bleeding patient", "fits": [IR, IM]}] if say(0.3) else [],
        "priorities": {k: r.randint(0, 5) for k in ("alignment", "realism", "visa")} if say(0.2) else {},
    }  # fmt: skip
    exams = data["exams"]
    if say(0.3):
        exams["step3"] = {"result": r.choice(["pass", "not taken", "fail"])}
    if say(0.4):
        exams["oet"] = r.choice(["pass", "not taken", {"result": "not taken", "date": "2026-09-20"}])
    if say(0.4):
        exams["ecfmg_certified"] = say(0.6)
    if weak and say(0.2):
        exams["step2_ck"] = {"score": "not taken", "date": "2026-08"}
    if weak and say(0.25):
        trained = {"specialty": r.choice([DR, IM]), "country": country, "completed": graduated + 4}
        data["applicant"]["trained"] = [trained]
    strengths = ("applicant", "letters", "exams", "experience") if strong else ()
    return _lines_left_out(r, data, keep=("goal", *strengths))


def _backups(r: random.Random) -> Data:
    known = sorted(content().backups)
    marks = {s: r.choice([1, 2, 3, 3, 4, 5]) for s in known if r.random() < (0.6 if s in (DR, IM) else 0.25)}
    unmarked = [s for s in known if s not in marks]
    out: Data = {"enjoyment": marks, "ruled_out": [s for s in unmarked if r.random() < 0.1]}
    if r.random() < 0.1:
        out["open_to"] = r.sample(known, r.randint(1, 3))
        out["ruled_out"] = []
    return out


def _letter(r: random.Random, specialty: str, *, us: bool | None = None) -> Data:
    status = "received" if us else r.choice(["received", "received", "promised", "to ask"])
    us = r.random() < 0.4 if us is None else us
    return {"from": r.choice(WRITERS), "specialty": specialty, "us": us, "status": status,
            "neutral_version": r.random() < 0.2}  # fmt: skip


def _by_different_people(letters: list[Data]) -> None:
    free = [x for x in WRITERS if x not in {letter["from"] for letter in letters}]
    named: set[str] = set()
    for letter in letters:
        if letter["from"] in named:
            letter["from"] = free.pop(0)
        named.add(letter["from"])


def _stay(r: random.Random, specialty: str, weeks: int) -> Data:
    kind = r.choice(["observership", "elective", "externship", "research"])
    return {"specialty": specialty, "kind": kind, "weeks": weeks, "where": r.choice(PROGRAMS), "year": 2025}


def _interviews(r: random.Random, data: Data) -> tuple[list[Data], list[Data]]:
    dates = [f"2026-11-{r.randint(10, 28)}", f"2026-12-{r.randint(10, 20)}", "2027-01", None]
    met = [{"program": p, "specialty": r.choice([DR, IM, IM, "preliminary-surgery"]), "date": r.choice(dates)}
           for p in r.sample(PROGRAMS, r.randint(1, 4))]  # fmt: skip
    met = [{k: v for k, v in one.items() if v} for one in met]
    return met, [{"program": one["program"]} for one in met] if r.random() < 0.5 else []


@cache
def _single_cases() -> list[Path]:
    """The cases that are one person: a new list of changes changes nobody here."""
    from test_cases import CASES, read_case

    return [path for path in CASES if "changed" not in read_case(path)]


def _varied(r: random.Random) -> Data:
    """An example or a doctor's case with other marks, and lines left out."""
    from test_cases import profile_data, read_case

    path = r.choice([*sorted((TESTS.parent / "profiles").glob("*.yml")), *_single_cases()])
    data = copy.deepcopy(profile_data(read_case(path)) if path in _single_cases() else profile_file(path.name))
    if r.random() < 0.6:
        data["backups"] = _backups(r)
    return _lines_left_out(r, data, keep=("goal",))


def _lines_left_out(r: random.Random, data: Data, keep: tuple[str, ...]) -> Data:
    """Without some of its lines, as people leave them out: whole parts, or single fields."""
    out: Data = {}
    for part, value in data.items():
        if part not in keep and r.random() < 0.12:
            continue
        if isinstance(value, dict) and part not in ("goal", "backups"):
            value = {k: v for k, v in value.items() if part in keep or r.random() > 0.1}
        out[part] = value
    if r.random() < 0.3:
        out["goal"] = {k: v for k, v in out["goal"].items() if k != "if_unmatched"}
    return out


def plan_only(data: Data, on: dt.date, known: Content | None = None) -> tuple[Profile, Plan]:
    """The plan of a drawn person, with fewer draws for the firmness of the order."""
    known = known or quick_content()
    profile = profile_of(data)
    return profile, make(profile, known, known.seasons[2027], on)


def guide_of(data: Data, on: dt.date, known: Content | None = None) -> tuple[Profile, Plan, Guide]:
    """The guide of a drawn person."""
    profile, plan = plan_only(data, on, known)
    return profile, plan, write(plan, known or quick_content(), profile, TEMPLATES)

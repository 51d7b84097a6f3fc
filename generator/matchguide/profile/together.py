"""What no single line of a profile can see: two that do not go together. Works on the data as written, so that it
adds to the mistakes of single fields."""

from dataclasses import replace
from typing import Any

from matchguide.mistakes import Mistake
from matchguide.profile.values import Known, day_in, specialty_id, whole_number
from matchguide.source import Source

_TOGETHER = "does not go with another line of the profile."


def across_fields(source: Source, known: Known) -> list[Mistake]:
    """What no single field can see. Works on the raw data, so that it adds to the other mistakes."""
    season = _no_season(source, known.seasons)
    found = [*_conflicts(source), *_couple(source), *_residencies(source), *_result(source, known)]
    rest = [replace(m, told=_TOGETHER, near=m.allowed, allowed="") for m in found]
    return [*season, *rest]


def _no_season(source: Source, seasons: tuple[int, ...]) -> list[Mistake]:
    season = whole_number(_part(source.data, "goal").get("season"))
    if not seasons or season is None or season in seasons:
        return []
    near = min(seasons, key=lambda year: (abs(year - season), year))
    found = source.mistake(
        ("goal", "season"),
        "there is no season file for this Match.",
        allowed=f"There are: {', '.join(map(str, seasons))}.",
    )
    told = f"With the nearest, {near}, dates, fees and signals would be those of {near}: write season: {near} if you "
    return [replace(found, near=f"{told}accept that.")]


def _conflicts(source: Source) -> list[Mistake]:
    data, out = source.data, []
    applicant, goal, backups = (_part(data, name) for name in ("applicant", "goal", "backups"))
    season, graduated = whole_number(goal.get("season")), whole_number(applicant.get("graduated"))
    if season is not None and graduated is not None and graduated > season:
        out.append(
            source.mistake(
                ("applicant", "graduated"),
                "is after the Match you aim at.",
                allowed="Graduation may lie ahead, up to the year of goal.season.",
            )
        )
    for i, training in enumerate(_list(applicant.get("trained"))):
        done = whole_number(training.get("completed")) if isinstance(training, dict) else None
        if done is not None and graduated is not None and done < graduated:
            out.append(
                source.mistake(
                    ("applicant", "trained", i, "completed"),
                    "is before graduation.",
                    allowed="A residency is finished after medical school: look at applicant.graduated too.",
                )
            )
    aim = goal.get("specialty")
    ruled_out = [specialty_id(s) for s in _list(backups.get("ruled_out"))]
    for i, specialty in enumerate(_list(backups.get("ruled_out"))):
        if aim is not None and specialty_id(specialty) == specialty_id(aim):
            out.append(
                source.mistake(
                    ("backups", "ruled_out", i),
                    "is your goal.",
                    allowed="What you rule out is never planned. Change goal.specialty, or take it off this list.",
                )
            )
    rated: set[str] = set()
    for name, mark in _part(backups, "enjoyment").items():
        if specialty_id(name) in rated:
            path = ("backups", "enjoyment", name)
            out.append(source.mistake(path, "this specialty stands here twice.", allowed="Keep one.", show=False))
        rated.add(specialty_id(name))
        if aim is not None and specialty_id(name) == specialty_id(aim) and whole_number(mark) == 1:
            out.append(
                source.mistake(
                    ("backups", "enjoyment", name),
                    "says that you could not bear your own goal.",
                    allowed="What you rate 1 is never planned. Change goal.specialty, or this mark.",
                )
            )
    for i, specialty in enumerate(_list(backups.get("open_to"))):
        if specialty_id(specialty) in ruled_out:
            out.append(
                source.mistake(
                    ("backups", "open_to", i),
                    "is also under ruled_out.",
                    allowed="Keep it in one of the two lists.",
                )
            )
    return out


def _part(data: Any, name: str) -> dict[str, Any]:
    part = data.get(name) if isinstance(data, dict) else None
    return part if isinstance(part, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _couple(source: Source) -> list[Mistake]:
    goal = _part(source.data, "goal")
    couple = goal.get("couple")
    if not isinstance(couple, dict) or any(value is not None for value in couple.values()):
        return []
    allowed = "Write what you know: couple: {specialty: psychiatry, status: non-us-img, together: required}"
    return [source.mistake(("goal", "couple"), "says nothing about the other person.", allowed=allowed, show=False)]


def _residencies(source: Source) -> list[Mistake]:
    """Residencies, abroad and in the US, that end before they start. One that is still to be completed runs."""
    out = []
    for i, training in enumerate(_list(_part(source.data, "applicant").get("trained"))):
        if isinstance(training, dict):
            years = {name: whole_number(training.get(name)) for name in ("started", "completed", "left")}
            out += _years_of_training(source, i, years)
    for i, training in enumerate(_list(source.data.get("us_training") if isinstance(source.data, dict) else None)):
        if isinstance(training, dict):
            start, end = day_in(training.get("start")), day_in(training.get("end"))
            if start and end and end.last < start.first:
                out.append(_ends_too_early(source, ("us_training", i, "end"), "start"))
    return out


def _years_of_training(source: Source, i: int, years: dict[str, int | None]) -> list[Mistake]:
    started, completed, left = years["started"], years["completed"], years["left"]
    place = ("applicant", "trained", i)
    out = [
        _ends_too_early(source, (*place, name), "started")
        for name, year in (("completed", completed), ("left", left))
        if started is not None and year is not None and year < started
    ]
    if not out and left is not None and completed is not None and left > completed:
        out.append(
            source.mistake(
                (*place, "left"),
                "is after completed.",
                allowed="Who finished a residency did not leave it: keep one of the two lines.",
            )
        )
    return out


def _ends_too_early(source: Source, path: tuple[str | int, ...], begins: str) -> Mistake:
    allowed = f"Training ends after it starts: look at {begins} too."
    return source.mistake(path, f"is before {begins}.", allowed=allowed)


def _result(source: Source, known: Known) -> list[Mistake]:
    """A place and a result that do not belong together. A result without a place is fine; the place is asked for."""
    so_far = _part(source.data, "season_so_far")
    place, result = _part(so_far, "place"), _word(so_far.get("result"))
    where = ("season_so_far", "place")
    if not place:
        return []
    first_year = specialty_id(place.get("specialty")) in known.first_years
    begins = _word(place.get("start"))
    if result is None:
        allowed = "Write it beside the place: result: matched, first year only, or advanced only."
        return [source.mistake(where, "stands without a result.", allowed=allowed, show=False)]
    if result == "not matched":
        allowed = "Who has a place writes matched, first year only, or advanced only, also where SOAP gave it."
        return [source.mistake((*where[:1], "result"), "does not go with a place.", allowed=allowed)]
    if result == "first year only" and "specialty" in place and not first_year:
        allowed = f"A first year is one of: {', '.join(known.first_years)}. Else the result is another."
        return [source.mistake((*where, "specialty"), "is not a first year.", allowed=allowed)]
    if result == "first year only" and begins == "pgy2":
        allowed = "A first year starts at pgy1. Else the result is advanced only."
        return [source.mistake((*where, "start"), "does not go with first year only.", allowed=allowed)]
    if result == "advanced only" and (first_year or begins == "pgy1"):
        wrong = "specialty" if first_year else "start"
        allowed = "An advanced place starts in the second year (pgy2). Else write first year only, or matched."
        return [source.mistake((*where, wrong), "does not go with advanced only.", allowed=allowed)]
    if result == "matched" and first_year:
        allowed = "Write result: first year only. If you have both, write the place that follows the first year."
        return [source.mistake((*where, "specialty"), "is a first year alone.", allowed=allowed)]
    return []


def _word(value: Any) -> str | None:
    return " ".join(value.lower().split()) if isinstance(value, str) else None

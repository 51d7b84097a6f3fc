"""From a path to a checked profile, or to every mistake in it at once."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from matchguide.mistakes import Mistake, MistakesFound, suggestion
from matchguide.profile.model import Profile
from matchguide.profile.values import Known, specialty_id
from matchguide.source import Key, Source, parse, read_text


def read(path: Path, known: Known, *, name: str = "") -> Profile:
    """The profile at a path. Raises MistakesFound with file, line, column and field of each mistake."""
    return check(parse(read_text(path), name or str(path)), known)


def check(source: Source, known: Known) -> Profile:
    """A parsed document as a profile."""
    faults: list[Mistake] = []
    profile: Profile | None = None
    try:
        profile = Profile.model_validate(source.data, context={"known": known})
    except ValidationError as error:
        faults = [_sentence(source, dict(detail)) for detail in error.errors()]
    seen = {(m.field, m.line) for m in faults}
    faults += [m for m in _across_fields(source, known.seasons) if (m.field, m.line) not in seen]
    if faults or profile is None:
        raise MistakesFound(faults)
    _refuse_what_is_not_built_yet(source, profile, known.goals)
    return profile


def _sentence(source: Source, detail: dict[str, Any]) -> Mistake:
    """One pydantic error in the words of a careful colleague."""
    path: Key = tuple(part for part in detail["loc"] if part != "[key]")
    kind = detail["type"]
    if kind == "matchguide" and "[key]" in detail["loc"]:
        found = source.mistake(path, detail["ctx"]["problem"], allowed=detail["ctx"]["allowed"], show=False)
        return replace(found, found=str(path[-1]))
    if kind == "matchguide":
        return source.mistake(path, detail["ctx"]["problem"], allowed=detail["ctx"]["allowed"])
    if kind == "extra_forbidden":
        allowed = _fields_at(path[:-1])
        near = suggestion(str(path[-1]), allowed)
        words = f"{near} Fields here: {', '.join(allowed)}.".strip()
        return source.mistake(path, "this field is not known.", allowed=words, show=False)
    if kind == "missing":
        return source.mistake(
            path,
            "this field is missing.",
            allowed="Only goal.specialty is required, and what each entry of a list is about.",
            show=False,
        )
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return source.mistake(path, "fields are due here.", allowed="Write name: value, indented.")
    return source.mistake(path, f"{detail['msg']}.")


def _fields_at(path: Key) -> list[str]:
    from matchguide.profile.schema import fields_at

    return fields_at(path)


def _across_fields(source: Source, seasons: tuple[int, ...]) -> list[Mistake]:
    """What no single field can see. Works on the raw data, so that it adds to the other mistakes."""
    data, out = source.data, []
    applicant, goal, backups = (_part(data, name) for name in ("applicant", "goal", "backups"))
    season, graduated = goal.get("season"), applicant.get("graduated")
    if seasons and isinstance(season, int) and season not in seasons:
        near = min(seasons, key=lambda year: (abs(year - season), year))
        out.append(
            source.mistake(
                ("goal", "season"),
                "there is no season file for this Match.",
                allowed=f"There are: {', '.join(map(str, seasons))}. With the nearest, {near}, dates, fees and "
                f"signals would be those of {near}: write season: {near} if you accept that.",
            )
        )
    if isinstance(season, int) and isinstance(graduated, int) and graduated > season:
        out.append(
            source.mistake(
                ("applicant", "graduated"),
                "is after the Match you aim at.",
                allowed="Graduation may lie ahead, up to the year of goal.season.",
            )
        )
    for i, training in enumerate(_list(applicant.get("trained"))):
        done = training.get("completed") if isinstance(training, dict) else None
        if isinstance(done, int) and isinstance(graduated, int) and done < graduated:
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
    for name, mark in _part(backups, "enjoyment").items():
        if aim is not None and specialty_id(name) == specialty_id(aim) and mark == 1:
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


def _refuse_what_is_not_built_yet(source: Source, profile: Profile, goals: tuple[str, ...]) -> None:
    faults = []
    if profile.applicant.status in ("us-md", "us-do"):
        faults.append(
            source.mistake(
                ("applicant", "status"),
                "is not served yet.",
                allowed="This guide's figures are about graduates of schools outside the US: non-us-img or us-img.",
            )
        )
    if profile.goal.specialty not in goals:
        faults.append(
            source.mistake(
                ("goal", "specialty"),
                "is not served as a goal yet.",
                allowed=f"{'Goals' if len(goals) > 1 else 'The goal'} built so far: {', '.join(goals)}.",
            )
        )
    if faults:
        raise MistakesFound(faults)

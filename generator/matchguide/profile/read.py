"""From a path to a checked profile, or to every mistake in it at once."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from matchguide.mistakes import Mistake, MistakesFound, suggestion
from matchguide.profile.model import Profile
from matchguide.profile.schema import fields_at, is_text, public
from matchguide.profile.values import Known, specialty_id, whole_number
from matchguide.source import LOST, QUOTE_IT, Key, Source, dotted, parse, read_text


def read(path: Path, known: Known, *, name: str = "") -> Profile:
    """The profile at a path. Raises MistakesFound with file, line, column and field of each mistake."""
    try:
        source = parse(read_text(path), name or str(path))
    except MistakesFound as error:
        raise _for_everybody(error.mistakes) from None
    return check(source, known)


def check(source: Source, known: Known) -> Profile:
    """A parsed document as a profile."""
    profile, faults = _checked(source, known)
    if faults or profile is None:
        raise _for_everybody(faults)
    return profile


def _for_everybody(faults: Iterable[Mistake]) -> MistakesFound:
    """The same mistakes with the names of their fields as a public log may hold them."""
    return MistakesFound(replace(m, public=public(m.path)) for m in faults)


def _checked(source: Source, known: Known) -> tuple[Profile | None, list[Mistake]]:
    faults = [_cut(source, path) for path in source.cut if is_text(path)]
    lost = {m.path for m in faults}
    try:
        profile = Profile.model_validate(_as_written(source.data, (), source), context={"known": known})
    except ValidationError as error:
        faults += [m for detail in error.errors() if (m := _sentence(source, dict(detail))).path not in lost]
        profile = None
    seen = {(m.field, m.line) for m in faults}
    faults += [m for m in _across_fields(source, known) if (m.field, m.line) not in seen]
    if profile is not None and not faults:
        faults = _not_built_yet(source, profile)
    return profile, faults


def _as_written(value: Any, path: Key, source: Source) -> Any:
    """The data with the text as it was written where text is meant: a name may be Null, a year 007, a title .5."""
    if isinstance(value, dict):
        return {key: _as_written(inner, (*path, key), source) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_written(inner, (*path, i), source) for i, inner in enumerate(value)]
    if isinstance(value, bool | str):
        return value
    text = source.places.get(path, (0, 0, ""))[2]
    return text if text not in ("", "~", "null") and is_text(path) else value


def _cut(source: Source, path: Key) -> Mistake:
    line, column, lost = source.cut[path]
    return Mistake(source.file, dotted(path), LOST, QUOTE_IT, lost, line, column, path=path)


def _sentence(source: Source, detail: dict[str, Any]) -> Mistake:
    """One pydantic error in the words of a careful colleague."""
    path: Key = tuple(part for part in detail["loc"] if part != "[key]")
    kind = detail["type"]
    if kind == "matchguide":
        said = detail["ctx"]
        key = "[key]" in detail["loc"]
        found = source.mistake(path, said["problem"], allowed=said["allowed"], show=not key)
        return replace(
            found, found=str(path[-1]) if key else found.found, near=said.get("near", ""), told=said.get("told", "")
        )
    if kind == "extra_forbidden":
        allowed = fields_at(path[:-1])
        words = f"Fields here: {', '.join(allowed)}."
        found = source.mistake(path, "this field is not known.", allowed=words, show=False)
        return replace(found, near=suggestion(str(path[-1]), allowed))
    if kind == "missing":
        return source.mistake(
            path,
            "this field is missing.",
            allowed="Only goal.specialty is required, and what each entry of a list is about.",
            show=False,
        )
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return source.mistake(path, "fields are due here.", allowed="Write name: value, indented.")
    return replace(source.mistake(path, f"{detail['msg']}."), told="is not what is due here.")


_TOGETHER = "does not go with another line of the profile."


def _across_fields(source: Source, known: Known) -> list[Mistake]:
    """What no single field can see. Works on the raw data, so that it adds to the other mistakes."""
    season = _no_season(source, known.seasons)
    rest = [replace(m, told=_TOGETHER, near=m.allowed, allowed="") for m in _conflicts(source)]
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


def _not_built_yet(source: Source, profile: Profile) -> list[Mistake]:
    faults = []
    if profile.applicant.status in ("us-md", "us-do"):
        faults.append(
            source.mistake(
                ("applicant", "status"),
                "is not served yet.",
                allowed="This guide's figures are about graduates of schools outside the US: non-us-img or us-img.",
            )
        )
    if profile.goal.specialty != "interventional-radiology":
        faults.append(
            source.mistake(
                ("goal", "specialty"),
                "is not served as a goal yet.",
                allowed="The goal built so far is interventional-radiology.",
            )
        )
    return faults

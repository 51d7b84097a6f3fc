"""From a path to a checked profile, or to every mistake in it at once."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from matchguide.mistakes import Mistake, MistakesFound, suggestion
from matchguide.profile.model import TAGS, Profile
from matchguide.profile.schema import fields_at, is_text, public
from matchguide.profile.together import across_fields
from matchguide.profile.values import Known
from matchguide.source import LOST, QUOTE_IT, Key, Source, dotted, parse, read_text


def read(path: Path, known: Known, *, name: str = "") -> Profile:
    """The profile at a path. Raises MistakesFound with file, line, column and field of each mistake."""
    return check(read_source(path, name=name), known)


def read_source(path: Path, *, name: str = "") -> Source:
    """The document at a path, not yet checked. Raises MistakesFound."""
    try:
        return parse(read_text(path), name or str(path))
    except MistakesFound as error:
        raise _for_everybody(error.mistakes) from None


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
    faults += [m for m in across_fields(source, known) if (m.field, m.line) not in seen]
    if profile is not None and not faults:
        faults = _not_built_yet(source, profile, known.goals)
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


_NO_NAMES = frozenset({"[key]", *TAGS})  # parts of a place that pydantic adds


def _sentence(source: Source, detail: dict[str, Any]) -> Mistake:
    """One pydantic error in the words of a careful colleague."""
    path: Key = tuple(part for part in detail["loc"] if part not in _NO_NAMES)
    if path not in source.places and path[:-1] in source.places and not isinstance(_at(source.data, path[:-1]), dict):
        path = path[:-1]  # one word stands for the fields, as in oet: pass
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


def _at(data: Any, path: Key) -> Any:
    for part in path:
        try:
            data = data[part]
        except (LookupError, TypeError):
            return None
    return data


def _not_built_yet(source: Source, profile: Profile, goals: tuple[str, ...]) -> list[Mistake]:
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
    return faults

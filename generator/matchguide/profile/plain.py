"""A profile as plain data, as its file holds it, and plain data as a document: for what is no file, as answers to
questions. What a profile says and what it leaves out are kept apart: a line that is missing stays missing."""

from typing import Any

from pydantic import BaseModel

from matchguide.profile.model import Profile
from matchguide.profile.values import PartialDate, Score
from matchguide.source import Key, Source


def as_data(profile: Profile) -> dict[str, Any]:
    """What the profile says, in the spelling that is known here."""
    data = _plain(profile)
    assert isinstance(data, dict)
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        said = {name: getattr(value, name) for name in fields if name in value.model_fields_set}
        return {fields[name].alias or name: _plain(inner) for name, inner in said.items() if inner is not None}
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Score):
        return value.low if value.low == value.high else str(value)
    return str(value) if isinstance(value, PartialDate) else value


def as_source(data: dict[str, Any], file: str = "") -> Source:
    """Plain data as a document, so that the reader of profiles checks it as it checks a file."""
    source = Source(file, data)
    _place((), data, source)
    return source


def _place(path: Key, value: Any, source: Source) -> None:
    written = "" if isinstance(value, dict | list) or value is None else _as_written(value)
    source.places[path] = (0, 0, written)
    if isinstance(value, dict):
        for key, inner in value.items():
            source.names[(*path, str(key))] = (0, 0)
            _place((*path, str(key)), inner, source)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            _place((*path, i), inner, source)


def _as_written(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)

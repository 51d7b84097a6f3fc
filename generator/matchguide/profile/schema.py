"""The JSON Schema of the profile, for editors: made from the model, kept equal to it by tests."""

import json
from functools import cache
from typing import Any

from matchguide.profile import spellings
from matchguide.profile.model import Profile
from matchguide.profile.values import Known
from matchguide.source import Key


def json_schema(known: Known) -> dict[str, Any]:
    """The schema as plain data; specialties and countries become lists an editor can complete from."""
    schema = Profile.model_json_schema(by_alias=True)
    schema["title"] = "matchguide profile, version 1"
    enjoyment = resolved(schema, schema["$defs"]["Backups"]["properties"]["enjoyment"])
    applied = schema["$defs"]["SeasonSoFar"]["properties"]["applied"]
    by_specialty = [enjoyment, *_mappings(applied)]
    values = [node.pop("additionalProperties") for node in by_specialty]
    lists = _lists(known)
    _fill(schema, lists)
    for node, value in zip(by_specialty, values, strict=True):
        node["properties"] = dict.fromkeys(known.specialties, value)
        node["patternProperties"] = {spellings.specialty(known.specialties): value}
        node["additionalProperties"] = False
    schema["$defs"] |= {_key(title): node for title, node in lists.items()}
    for part in (schema, *schema["$defs"].values()):
        for name, field in part.get("properties", {}).items():
            part["properties"][name] = _or_nothing(schema, field)
    return schema


def _mappings(node: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of a field that map names to values."""
    parts = (*node.get("anyOf", ()), *node.get("oneOf", ()))
    return [n for part in parts for n in ([part] if "additionalProperties" in part else _mappings(part))]


def _lists(known: Known) -> dict[str, dict[str, Any]]:
    """The closed lists by the titles that the model gives to their fields."""
    every = (*known.specialties, "other")
    countries = (*known.countries, *(alias for alias, _ in known.country_aliases))
    return {
        title: {"anyOf": [{"enum": list(names)}, {"type": "string", "pattern": spelling(names)}]}
        for title, names, spelling in (
            ("specialty", known.specialties, spellings.specialty),
            ("specialty or other", every, spellings.specialty),
            ("country", countries, spellings.country),
        )
    }


def _key(title: str) -> str:
    return title.replace(" ", "-")


def _fill(node: Any, lists: dict[str, dict[str, Any]]) -> None:
    if isinstance(node, list):
        for item in node:
            _fill(item, lists)
    elif isinstance(node, dict):
        title = node.get("title")
        if node.get("type") == "string" and title in lists:
            node.clear()
            node["$ref"] = f"#/$defs/{_key(title)}"
        for item in node.values():
            _fill(item, lists)


def _or_nothing(schema: dict[str, Any], field: dict[str, Any]) -> dict[str, Any]:
    """A list or a part may be named and left empty, unless something in it is required."""
    whole = resolved(schema, field)
    if "anyOf" in field or whole.get("required") or whole.get("type") not in ("array", "object"):
        return field
    return {"anyOf": [field, {"type": "null"}]} | ({"default": field["default"]} if "default" in field else {})


@cache
def _model() -> dict[str, Any]:
    return Profile.model_json_schema(by_alias=True)


def _at(path: Key) -> dict[str, Any]:
    """The schema of what may stand at a path of the profile."""
    node = _model()
    for part in path:
        node = resolved(_model(), node)
        node = node.get("items", {}) if isinstance(part, int) else node.get("properties", {}).get(part, {})
    return resolved(_model(), node)


def fields_at(path: Key) -> list[str]:
    """The names of the fields that may stand at a path of the profile."""
    return list(_at(path).get("properties", {}))


def is_text(path: Key) -> bool:
    """Whether free text is meant at a path of the profile."""
    return _is_text(_at(path))


def _is_text(node: dict[str, Any]) -> bool:
    return "maxLength" in node or any(_is_text(option) for option in node.get("anyOf", []))


def public(path: Key) -> str:
    """A path of the profile as everybody may read it: names of the schema alone; for what the reader wrote, dots."""
    out = ""
    for i, part in enumerate(path):
        if isinstance(part, int):
            out += f"[{part}]"
        else:
            name = part if part in fields_at(path[:i]) else "…"
            out += f".{name}" if out else name
    return out


def resolved(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """The node, or what it refers to."""
    if "$ref" in node:
        found: dict[str, Any] = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        return found
    for option in node.get("anyOf", []) + node.get("allOf", []):
        found = resolved(schema, option)
        if "properties" in found or "items" in found:
            return found
    return node


def as_text(known: Known) -> str:
    """The schema as it stands in profiles/profile.schema.json."""
    return json.dumps(json_schema(known), indent=1, ensure_ascii=False, sort_keys=True) + "\n"

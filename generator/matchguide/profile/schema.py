"""The JSON Schema of the profile, for editors: made from the model, kept equal to it by a test."""

import json
from typing import Any

from matchguide.profile.model import Profile
from matchguide.profile.values import Known
from matchguide.source import Key


def json_schema(known: Known) -> dict[str, Any]:
    """The schema as plain data; specialties and countries become lists an editor can complete from."""
    schema = Profile.model_json_schema(by_alias=True)
    schema["title"] = "matchguide profile, version 1"
    _fill(schema, known)
    enjoyment = schema["$defs"]["Backups"]["properties"]["enjoyment"]
    enjoyment["properties"] = dict.fromkeys(known.specialties, enjoyment["additionalProperties"])
    enjoyment["additionalProperties"] = False
    return schema


def _fill(node: Any, known: Known) -> None:
    if isinstance(node, list):
        for item in node:
            _fill(item, known)
    elif isinstance(node, dict):
        title = node.get("title")
        if node.get("type") == "string" and title == "specialty":
            node["enum"] = list(known.specialties)
        elif node.get("type") == "string" and title == "specialty or other":
            node["enum"] = [*known.specialties, "other"]
        elif node.get("type") == "string" and title == "country":
            node["examples"] = list(known.countries[:3])
        for item in node.values():
            _fill(item, known)


def fields_at(path: Key) -> list[str]:
    """The names of the fields that may stand at a path of the profile."""
    schema = Profile.model_json_schema(by_alias=True)
    node: dict[str, Any] = schema
    for part in path:
        node = _resolve(schema, node)
        node = node.get("items", {}) if isinstance(part, int) else node.get("properties", {}).get(part, {})
    return list(_resolve(schema, node).get("properties", {}))


def _resolve(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        found: dict[str, Any] = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        return found
    for option in node.get("anyOf", []) + node.get("allOf", []):
        resolved = _resolve(schema, option)
        if "properties" in resolved or "items" in resolved:
            return resolved
    return node


def as_text(known: Known) -> str:
    """The schema as it stands in profiles/profile.schema.json."""
    return json.dumps(json_schema(known), indent=1, ensure_ascii=False, sort_keys=True) + "\n"

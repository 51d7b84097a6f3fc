"""profiles/profile.schema.json is what editors complete from. It is made from the model and kept equal to it:

    matchguide schema > profiles/profile.schema.json

It is indented by one space and its keys are sorted, so that the file does not depend on the version of pydantic.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from matchguide.profile.schema import as_text, fields_at, json_schema
from support import PROFILES, content, profile_file

SCHEMA = PROFILES / "profile.schema.json"
EXAMPLES = sorted(PROFILES.glob("*.yml"))


def test_the_schema_is_the_code() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == as_text(content().known), (
        "run: matchguide schema > profiles/profile.schema.json"
    )


def wrong(schema: dict[str, Any], node: dict[str, Any], value: Any, path: str = "") -> list[str]:
    """What an editor would underline: the part of JSON Schema that our schema uses."""
    if "$ref" in node:
        return wrong(schema, schema["$defs"][node["$ref"].rsplit("/", 1)[-1]], value, path)
    if "anyOf" in node:
        options = [wrong(schema, option, value, path) for option in node["anyOf"]]
        return [] if [] in options else options[0]
    out = []
    if "enum" in node and value not in node["enum"]:
        out.append(f"{path}: {value!r} is not in the list")
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}
    kind = node.get("type")
    if kind == "null":
        return [] if value is None else [f"{path}: not null"]
    if kind and (not isinstance(value, kinds[kind]) or (isinstance(value, bool) and kind != "boolean")):
        return [f"{path}: {value!r} is not of type {kind}"]
    if isinstance(value, dict):
        fields = node.get("properties", {})
        out += [f"{path}: {name} is missing" for name in node.get("required", []) if name not in value]
        for name, inner in value.items():
            if name in fields:
                out += wrong(schema, fields[name], inner, f"{path}.{name}")
            elif node.get("additionalProperties") is False:
                out.append(f"{path}: {name} is not a field")
    if isinstance(value, list):
        for i, inner in enumerate(value):
            out += wrong(schema, node.get("items", {}), inner, f"{path}[{i}]")
    if isinstance(value, str) and "pattern" in node and not re.search(node["pattern"], value):
        out.append(f"{path}: {value!r} does not fit {node['pattern']}")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and not node.get("minimum", value) <= value <= node.get("maximum", value):
        out.append(f"{path}: {value} is out of range")
    return out


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_no_editor_underlines_an_example(path: Path) -> None:
    schema = json_schema(content().known)
    assert wrong(schema, schema, profile_file(path.name)) == []


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"goal": {"specialty": "astrology"}}, "not in the list"),
        ({"applicant": {"nane": "A"}}, "nane is not a field"),
        ({"exams": {"step2_ck": {"score": "240's"}}}, "score"),
        ({"backups": {"enjoyment": {"internal-medicine": 9}}}, "out of range"),
        ({"backups": {"enjoyment": {"internal-medicin": 3}}}, "not a field"),
        ({"letters": [{"specialty": "other"}]}, "from is missing"),
        ({"visa": {"needs": "j2"}}, "not in the list"),
    ],
)
def test_an_editor_would_underline(change: dict[str, Any], part: str) -> None:
    schema = json_schema(content().known)
    profile = {"goal": {"specialty": "interventional-radiology"}, **change}
    assert any(part in fault for fault in wrong(schema, schema, profile))


def test_an_editor_completes_every_specialty_there_is() -> None:
    text = as_text(content().known)
    for specialty in content().known.specialties:
        assert f'"{specialty}"' in text


@pytest.mark.parametrize(
    ("path", "some"),
    [
        ((), "rank_list"),
        (("exams", "step2_ck"), "attempts"),
        (("letters", 0), "neutral_version"),
        (("visa",), "holds"),
    ],
)
def test_fields_at_a_place(path: tuple[str | int, ...], some: str) -> None:
    assert some in fields_at(path)

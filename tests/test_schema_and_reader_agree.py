"""What an editor underlines by the schema is what the reader refuses, value by value: drawn values in every field."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from matchguide.profile.model import Profile
from matchguide.profile.schema import json_schema
from support import content

pytestmark = pytest.mark.fast

SCHEMA = json_schema(content().known)
EDITOR = Draft202012Validator(SCHEMA)
IR = "interventional-radiology"
GOAL: dict[str, Any] = {"specialty": IR, "season": 2027}
ENTRIES: dict[str, dict[str, Any]] = {
    "letters": {"from": "Dr. A", "specialty": "other"},
    "stories": {"title": "A"},
    "interviews": {"program": "A", "specialty": IR},
    "programs": {"name": "A", "specialty": IR},
    "rank_list": {"program": "A"},
}
PARTS = {"applicant", "visa", "exams", "goal", "backups", "priorities", "experience", "limits", "history"}


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        return dict(SCHEMA["$defs"][node["$ref"].rsplit("/", 1)[-1]])
    return next((r for o in node.get("anyOf", []) if "properties" in (r := resolved(o))), node)


def spots() -> list[tuple[str, ...]]:
    """Every field of the profile by the names on the way to it."""
    out: list[tuple[str, ...]] = []
    todo: list[tuple[str, ...]] = [()]
    while todo:
        path = todo.pop()
        node = SCHEMA
        for name in path:
            node = resolved(node)["properties"][name]
            items = node.get("items") or next((o["items"] for o in node.get("anyOf", []) if "items" in o), None)
            node = items if items and "$ref" in items else node
        if path:
            out.append(path)
        todo += [(*path, name) for name in resolved(node).get("properties", {})] if len(path) < 4 else []
    return sorted(out)


def profile_with(path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """A small valid profile with the value at the path; on the way, lists get one entry."""
    data: dict[str, Any] = {"goal": dict(GOAL)}
    here: Any = data
    for name in path[:-1]:
        inner = here.setdefault(name, [dict(ENTRIES.get(name, {"specialty": IR}))] if name in LISTS else {})
        here = inner[0] if isinstance(inner, list) else inner
    here[path[-1]] = value
    return data


LISTS = {*ENTRIES, "trained", "us_clinical", "research", "gaps"}
WRITTEN = """j1| h1b |none|either|yes|no|Yes|true|false|on|not taken|Not Taken|240s|240S|245s|244|0244|300|301|000
4000|007|.5|3.0|1e3|pass|PASS|must_start|can wait|received|Internal Medicine|internal-medicine|internal_medicine|other
Interventional   Radiology|Sri Lanka|sri  lanka|Congo|DRC|Burma|Iranx|us-img|green card|in the US now|pgy1|gold|seen
2026-07-20|2026-7-2|2026-02-29|2028-02-29|2026-13|2026-00|2026-03-00|1949-01|2100-12-31|2025-03|observership|2027|5|6
None|Côte d'Ivoire|CÔTE D'IVOIRE|null|~|0|-1|1000000|1000001|x"""
WORDS = st.sampled_from([*WRITTEN.replace("\n", "|").split("|"), "", " ", "\t", "\u200b", "\n244\n", "x\ny"])
VALUES = st.one_of(
    WORDS,
    st.integers(-5, 2200),
    st.sampled_from([4.0, 2022.0, 0.5, 5.0, 5.1, -0.5, 244.0, 1e6, 10**7]),
    st.booleans(),
    st.none(),
    st.lists(WORDS, max_size=2),
    st.dictionaries(WORDS, st.one_of(WORDS, st.integers(0, 6)), max_size=2),
    st.text(max_size=4),
)


def reader_takes(data: Any) -> bool:
    try:
        Profile.model_validate(data, context={"known": content().known})
    except ValidationError:
        return False
    return True


@given(st.sampled_from(spots()), VALUES)
@settings(max_examples=800, deadline=None, derandomize=True)
def test_one_value_in_one_field(path: tuple[str, ...], value: Any) -> None:
    data = profile_with(path, value)
    assert reader_takes(data) == EDITOR.is_valid(data), (path, value)


def test_every_word_in_every_field() -> None:
    """The whole table, so that no pair is left to chance."""
    words = [
        "j1",
        "none",
        "yes",
        "no",
        "not taken",
        "240s",
        "244",
        "4000",
        "2027",
        "Internal Medicine",
        "Sri Lanka",
        "DRC",
        "Congo",
        "2026-07-20",
        "2026-02-30",
        "received",
        "to ask",
        "pgy2",
        "",
        5,
        2022,
        4.0,
        0.5,
        True,
        False,
        None,
        [],
        {},
        [None],
        ["j1"],
        ["Iran"],
        ["pathology"],
    ]
    differ = [
        (path, word)
        for path in spots()
        for word in words
        if reader_takes(profile_with(path, word)) != EDITOR.is_valid(profile_with(path, word))
    ]
    assert differ == []
    assert len(spots()) > 70


@pytest.mark.parametrize(
    "applied", [{"j1": 3}, {"Anesthesiology": 3}, {"anesthesiology": "244"}, {"anesthesiology": -1}]
)
def test_what_was_applied_to(applied: dict[str, Any]) -> None:
    data = profile_with(("season_so_far", "applied"), applied)
    assert reader_takes(data) == EDITOR.is_valid(data) == ("j1" not in applied and -1 not in applied.values())

"""profiles/profile.schema.json is what editors complete from. It is made from the model and kept equal to it:

    matchguide schema > profiles/profile.schema.json

It is indented by one space and its keys are sorted, so that the file does not depend on the version of pydantic.
"""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from matchguide.profile.schema import as_text, fields_at, json_schema
from support import PROFILES, content, profile_file

pytestmark = pytest.mark.fast

SCHEMA = PROFILES / "profile.schema.json"
EXAMPLES = sorted(PROFILES.glob("*.yml"))


def test_the_schema_is_the_code() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == as_text(content().known), (
        "run: matchguide schema > profiles/profile.schema.json"
    )


def wrong(profile: Any) -> dict[str, str]:
    """What an editor would underline, by its place."""
    found = Draft202012Validator(json_schema(content().known)).iter_errors(profile)
    return {fault.json_path: fault.message for fault in found}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_no_editor_underlines_an_example(path: Path) -> None:
    assert wrong(profile_file(path.name)) == {}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"goal": {"specialty": "astrology"}}, "$.goal.specialty"),
        ({"applicant": {"nane": "A"}}, "$.applicant"),
        ({"exams": {"step2_ck": {"score": "240's"}}}, "$.exams"),
        ({"backups": {"enjoyment": {"internal-medicine": 9}}}, "$.backups"),
        ({"backups": {"enjoyment": {"internal-medicin": 3}}}, "$.backups"),
        ({"letters": [{"specialty": "other"}]}, "$.letters"),
        ({"visa": {"needs": "j2"}}, "$.visa"),
    ],
)
def test_an_editor_would_underline(change: dict[str, Any], place: str) -> None:
    found = wrong({"goal": {"specialty": "interventional-radiology"}, **change})
    assert any(where.startswith(place) for where in found), found


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

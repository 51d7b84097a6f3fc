"""The profile that `init` writes names every field there is, and its comments are right once the # is taken away."""

import re
from typing import Any

import pytest

from matchguide.profile.schema import json_schema
from matchguide.profile.starter import profile
from support import content, profile_in

pytestmark = pytest.mark.fast


def fields(node: Any, schema: dict[str, Any], path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Every field of the profile, by the names on the way to it."""
    if not isinstance(node, dict):
        return set()
    if "$ref" in node:
        return fields(schema["$defs"][node["$ref"].rsplit("/", 1)[-1]], schema, path)
    out: set[tuple[str, ...]] = set()
    for name, inner in node.get("properties", {}).items():
        if name not in content().known.specialties:
            out |= {(*path, name)} | fields(inner, schema, (*path, name))
    for inner in (*node.get("anyOf", []), node.get("items")):
        out |= fields(inner, schema, path)
    return out


def uncommented() -> str:
    """The profile with every commented line in force, without its explanations."""
    kept = []
    for line in profile().splitlines():
        bare = re.sub(r"^( *)# ?", r"\1", line)
        code = re.sub(r"(^|\s)#.*$", "", bare)
        starts = re.match(r"^ *(- \{|[a-z0-9_]+:)", code)
        if starts and not line.startswith(("# yaml", "# Your", "# something", "# unless")):
            kept.append(code.rstrip())
    return "\n".join(kept) + "\n"


def test_every_field_of_the_schema_stands_in_it() -> None:
    schema = json_schema(content().known)
    known = fields(schema, schema)
    assert ("season_so_far", "place", "start") in known
    assert ("goal", "couple", "together") in known
    text = profile()
    missing = {path for path in known if not re.search(rf"(?<![\w-]){re.escape(path[-1])}:", text)}
    assert not missing, sorted(missing)


def test_what_its_comments_show_is_right() -> None:
    """Uncommented as a whole, with names put in, it is a profile."""
    text = uncommented().replace('""', "A")
    read = profile_in(text)
    assert read.us_training[0].visa == "j1"
    assert read.goal.couple is not None
    assert read.season_so_far.place is not None
    assert read.visa.status_now is not None
    assert read.applicant.trained[1].left == 2019

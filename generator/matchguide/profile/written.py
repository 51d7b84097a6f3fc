"""A profile's data as a YAML file with the comments that `matchguide init` writes."""

import json
import re
from collections.abc import Iterator
from typing import Any

from matchguide.profile.starter import STARTER

_HEAD = re.compile(r"^(?:# )?([a-z_]+):")
_BARE = re.compile(r"[a-z][a-z0-9_-]*(?: [a-z0-9-]+)*|[12]\d{3}-\d\d(?:-\d\d)?|[12]\d0s")
_READ_AS_OTHER = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_GIVEN = ("version", "guide_id")  # stand at the top, each on one line


def written(data: dict[str, Any]) -> str:
    """The file's text: each field that is said stands below the comment on it, each other one as a comment only."""
    head, *blocks = _blocks()
    out, left = [head], dict(data)
    for key, comment in blocks:
        if key in _GIVEN:
            if key in left:
                out.append(f"{key}: {_scalar(left.pop(key))}\n")
            continue
        if key not in left:
            out.append(f"\n{comment}")
            continue
        out.append(f"\n{comment}{''.join(_field(key, left.pop(key), ''))}")
    out += ["".join(_field(key, value, "")) for key, value in left.items()]
    return "".join(map(str, out))


def _blocks() -> list[Any]:
    """The lines before the first field; then for each field its name and its lines as comments."""
    lines, at = STARTER.splitlines(keepends=True), 0
    while not _HEAD.match(lines[at]):
        at += 1
    out: list[Any] = ["".join(lines[:at])]
    for line in lines[at:]:
        if (found := _HEAD.match(line)) and not line.startswith("#  "):
            out.append([found[1], []])
        if line.strip():
            out[-1][1].append(line if line.startswith("#") else f"# {line}")
    return [out[0], *((key, "".join(comment)) for key, comment in out[1:])]


def _field(key: str, value: Any, margin: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield f"{margin}{_scalar(key)}:\n"
        for inner, item in value.items():
            yield from _field(inner, item, margin + "  ")
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield f"{margin}{_scalar(key)}:\n"
        for item in value:
            lines = "".join(line for inner, x in item.items() for line in _field(inner, x, margin + "    "))
            yield f"{margin}  - {lines.removeprefix(margin + '    ')}" if lines else f"{margin}  - {{}}\n"
    else:
        yield f"{margin}{_scalar(key)}: {_flow(value)}\n"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_scalar(k)}: {_flow(v)}' for k, v in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "null"
    if not isinstance(value, str):
        return str(value)
    if _BARE.fullmatch(value) and value not in _READ_AS_OTHER:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda hit: f"\\u{ord(hit[0]):04x}", quoted)

"""Reading content files: fast when they are right, with file, line and field when they are not."""

from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from matchguide.content.inert import inert_tree
from matchguide.mistakes import Mistake, MistakesFound
from matchguide.source import Key, Source, dotted, of_ours, parse, read_text

Model = TypeVar("Model", bound=BaseModel)


def read_checked(path: Path, model: type[Model], *, prose: bool = True) -> Model:
    """A YAML file as a checked model. Where it holds `prose`, that is made inert; else whoever shows a text of it
    does so. Raises MistakesFound."""
    text = read_text(path)
    try:
        data = of_ours(text)
    except yaml.YAMLError:
        parse(text, str(path))  # the same fault, with our words and its place
        raise
    return validated(model, data, str(path), text, prose=prose)


def validated(
    model: type[Model], data: Any, file: str, text: str, first_line: int = 0, *, prose: bool = True
) -> Model:
    """Data already read from `text`, which starts `first_line` lines into the file, as a checked model whose prose is
    inert."""
    try:
        return model.model_validate(inert_tree(data) if prose else data)
    except ValidationError as error:
        try:
            source = parse(text, file)
        except MistakesFound:
            source = Source(file, None, {})
        raise MistakesFound(_fault(source, dict(d), first_line) for d in error.errors()) from None


def _fault(source: Source, detail: dict[str, Any], first_line: int) -> Mistake:
    path: Key = tuple(detail["loc"])
    ours = detail["ctx"]["error"] if detail["type"] == "value_error" else detail["msg"].lower()
    found = source.mistake(path, f"{ours}.")
    return Mistake(
        found.file,
        dotted(path),
        found.problem,
        "",
        found.found,
        found.line + first_line if found.line else 0,
        found.column,
    )


def placed(found: MistakesFound) -> MistakesFound:
    """The same mistakes, with line and column where a file's field can be found in it."""
    return MistakesFound(_placed(m) for m in found.mistakes)


def _placed(fault: Mistake) -> Mistake:
    if fault.line or not fault.field:
        return fault
    try:
        source = parse(read_text(Path(fault.file)), fault.file)
    except MistakesFound:
        return fault
    by_field = {dotted(path): place for path, place in source.places.items()}
    field = fault.field
    while field and field not in by_field:
        field = field.rpartition(".")[0]
    if not field:
        return fault
    line, column, _ = by_field[field]
    return replace(fault, line=line, column=column)


def front_matter(path: Path) -> tuple[str, str]:
    """The YAML between the two lines of dashes at the top of a file, and the text after them."""
    text = read_text(path)
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise MistakesFound(
            [
                Mistake(
                    str(path),
                    "",
                    "front matter is missing.",
                    "Start the file with ---, fields, and --- again.",
                )
            ]
        )
    return parts[1], parts[2]

"""Mutants of the evaluation: one operator of mutmut at one place of plan/ or of the evaluator of expressions.

mutmut's own runner draws no sample and leaves decorated functions and tables of lambdas alone, which here are the
situation and its facts: so its operators are used, and the running is ours.
"""

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

from matchguide.paths import HOME

PACKAGE = HOME / "generator"
# What runs nowhere: annotations in their several forms, names of imports, texts of documentation.
SKIPPED = cst.Annotation | cst.Import | cst.ImportFrom | cst.Decorator | cst.Subscript
TYPES = ("Literal", "Callable", "Annotated", "Mapping", "TypeVar", "tuple", "Protocol")


@dataclass(frozen=True)
class Mutant:
    """A module with one change: `text` is what the module becomes."""

    module: str
    line: int
    change: str
    text: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.change}"


def files() -> list[Path]:
    return [*sorted((PACKAGE / "matchguide/plan").glob("*.py")), PACKAGE / "matchguide/content/expressions.py"]


class _Places(cst.CSTVisitor):
    """Every node that an operator can change, with its line."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        self.found: list[tuple[int, cst.CSTNode, list[cst.CSTNode]]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, SKIPPED) and not _computed(node):
            return False
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in TYPES:
            return False
        if isinstance(node, cst.SimpleStatementLine) and _documents(node):
            return False
        if isinstance(node, cst.Assign) and isinstance(node.value, cst.Subscript) and not _computed(node.value):
            return False  # a name for a type
        changed = [new for kind, change in mutation_operators if isinstance(node, kind) for new in change(node)]
        if changed:
            line = self.get_metadata(PositionProvider, node).start.line
            self.found.append((line, node, changed))
        return True


def _computed(node: cst.CSTNode) -> bool:
    """Whether brackets take something out of a value, and do not name a type."""
    value = node.value if isinstance(node, cst.Subscript) else None
    return value is not None and not (isinstance(value, cst.Name) and value.value in TYPES)


def _documents(node: cst.SimpleStatementLine) -> bool:
    first = node.body[0]
    return isinstance(first, cst.Expr) and isinstance(first.value, cst.SimpleString | cst.ConcatenatedString)


@cache
def _places() -> list[tuple[Path, cst.Module, int, cst.CSTNode, list[cst.CSTNode]]]:
    out = []
    for path in files():
        wrapper = MetadataWrapper(cst.parse_module(path.read_text(encoding="utf-8")))
        places = _Places()
        wrapper.visit(places)
        out += [(path, wrapper.module, *place) for place in places.found]
    return out


def mutant(seed: int) -> Mutant:
    """The mutant of a seed: any place equally often, then any operator that fits there."""
    r = random.Random(f"matchguide mutant of code {seed}")
    path, module, line, node, changed = r.choice(_places())
    new = r.choice(changed)
    text = module.deep_replace(node, new).code  # type: ignore[union-attr,arg-type]
    before, after = (" ".join(module.code_for_node(x).split()) for x in (node, new))
    name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    return Mutant(name, line, f"{before} -> {after}", text)

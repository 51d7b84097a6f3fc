"""Numbers of judgement and ids of specialties stand in content/goals/, not in plan/, pages/ or templates/."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, nodes

from matchguide import paths
from support import content

pytestmark = pytest.mark.fast

PACKAGE = Path(__file__).resolve().parents[1] / "generator/matchguide"
# Numbers that decide nothing about anybody, by file, with the reason.
NO_JUDGEMENT: dict[str, tuple[set[float], str]] = {
    "plan/acceptability.py": (
        {2, 5, 12, 13, 17, 20, 32, 63, 512, 1000, 20270319, 0xFFFFFFFF},
        "how a seeded draw is made, and how many of them are remembered",
    ),
    "plan/algorithm.py": ({100_000, 2}, "how many outcomes are tried, and a place in a row of three"),
    "plan/best_together.py": ({1e-12, 100_000, 100}, "what is rounding, and how much is looked at"),
    "plan/counts.py": ({10}, "what the next ten programs would cost: a unit"),
    "plan/fee_steps.py": ({1e-12, 20_000, 20, 2}, "what is rounding, and how long it is searched"),
    "plan/fit.py": ({2, 9}, "digits that are kept when rounding"),
    "plan/keys.py": ({10}, "the length of a key"),
    "plan/next_money.py": ({2, 10, 30, 100, 1000}, "low, middle and high; a unit of ten; how a share is written"),
    "plan/outlook.py": ({9, 0.5, 40, 4096}, "how finely a factor is cut, how long is halved, what is remembered"),
    "plan/origins.py": ({4}, "the weeks that ECFMG takes from a complete file: j1-application"),
    "plan/portfolio.py": ({1e-12, 1e-9, 2}, "what is rounding, and a place in a row of three"),
    "plan/realism.py": ({2, 3}, "halves between quartiles, and digits when rounding"),
    "plan/signals.py": ({2}, "half of the signals, if the goal's data say half"),
    "plan/situation.py": ({365}, "days of a year"),
    "pages/calendar.py": ({74, 2025}, "the length of a line in iCalendar, and a day before the first guide"),
    "pages/changed.py": ({8}, "how many changes of a kind are listed before they are counted"),
    "pages/cite.py": ({2, 3, 5}, "places in a pattern"),
    "pages/compare.py": ({100}, "a share in a hundred"),
    "pages/drawings.py": (set(range(400)), "places on a drawing"),
    "pages/eastern.py": ({2, 3, 4, 5, 6, 7, 11, 12}, "clock and calendar of the US East"),
    "pages/former.py": (
        {10, 40, 64, 100, 120, 300, 2000, 5000, 10_000_000, 20_000_000},
        "how much of a stranger's file is read: bytes, lengths and entries",
    ),
    "pages/kept.py": ({12}, "the length of a key"),
    "pages/letter_cards.py": ({2}, "how many kinds of doctors one line names"),
    "pages/links.py": ({2, 8_000}, "a place in a pattern, and how many texts are remembered"),
    "pages/memory.py": ({4, 5_000, 8_000}, "how much is remembered"),
    "pages/next_things.py": (
        {3, 27},
        "how many are shown unless the page says, and where a month stands in an order",
    ),
    "pages/program_table.py": ({8, 40}, "how many rows and pairs are named before they are counted"),
    "pages/statement_check.py": ({400}, "how many names a page holds"),
    "pages/programs.py": ({10}, "what ten more programs would cost, as the table says"),
    "pages/soap.py": ({3}, "how many kinds of calls one prepares for in an evening"),
    "pages/said.py": ({2, 1_000}, "a place in a pattern, and how many lines are remembered"),
    "pages/sheet.py": ({5}, "empty rows of the sheet"),
    "pages/stand.py": ({10}, "a share in ten"),
    "pages/view.py": ({2, 3, 4}, 'what a list of one program means; how many lines Home names before "and more"'),
    "pages/why_told.py": ({77, 80}, "where a long value is cut"),
    "pages/words.py": ({2}, "one item needs no comma; a place in a pattern"),
    "pages/your_programs.py": (
        {2, 100, 1000},
        "an order of three, how a share is written, and how many rows a page shows",
    ),
    "pages/write.py": ({2, 60}, "parts of a file, where a long text is cut"),
}
# To move into data while the templates are rewritten: these counts may only fall.
TO_MOVE = {"specialties in pages": 4, "numbers in pages": 11, "in sentences": 13}


def literals(path: Path) -> Iterator[tuple[int, object]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bodies = [n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.FunctionDef | ast.ClassDef)]
    documented = {id(n.body[0].value) for n in bodies if n.body and isinstance(n.body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documented:
            yield node.lineno, node.value


def test_no_number_of_judgement_and_no_specialty_stands_in_plan_or_pages() -> None:
    found = []
    for path in sorted([*(PACKAGE / "plan").glob("*.py"), *(PACKAGE / "pages").glob("*.py")]):
        name = path.relative_to(PACKAGE).as_posix()
        allowed, _ = NO_JUDGEMENT.get(name, (set(), ""))
        for line, value in literals(path):
            number = type(value) in (int, float) and value not in (0, 1, *allowed)
            if number or (isinstance(value, str) and value in content().cards):
                found.append(f"{name}:{line}: {value}")
    assert not found, "Put it into content/goals/, or say in NO_JUDGEMENT why it is none:\n" + "\n".join(found)


def test_every_exception_is_needed() -> None:
    for name, (allowed, reason) in NO_JUDGEMENT.items():
        there = {v for _, v in literals(PACKAGE / name) if type(v) in (int, float)}
        assert reason
        assert name == "pages/drawings.py" or allowed <= there, f"{name}: {allowed - there} is not there any more"


def _jinja(text: str) -> Iterator[object]:
    yield from (n.value for n in Environment().parse(text).find_all(nodes.Const))


def test_what_templates_still_hold_only_falls() -> None:
    found = dict.fromkeys(TO_MOVE, 0)
    for folder in ("pages", "home", "parts"):
        for path in (paths.TEMPLATES / folder).glob("*.*"):
            if path.suffix not in (".md", ".jinja"):
                continue
            text = path.read_text(encoding="utf-8")
            for value in _jinja(text.split("---\n", 2)[2] if folder == "pages" else text):
                found["specialties in pages"] += isinstance(value, str) and value in content().cards
                found["numbers in pages"] += type(value) in (int, float) and value not in (0, 1)
    for path in (paths.TEMPLATES / "words").glob("*.yml"):
        for text in yaml.safe_load(path.read_text(encoding="utf-8")).values():
            for value in _jinja(str(text)):
                number = type(value) in (int, float) and value not in (0, 1)
                found["in sentences"] += number or (isinstance(value, str) and value in content().cards)
    for what, count in found.items():
        assert count <= TO_MOVE[what], f"{what}: {count}, and there were {TO_MOVE[what]}"


def test_no_code_names_a_document_that_is_not_here() -> None:
    """What a comment or text cites can be read in this repository."""
    root = paths.HOME
    for path in [*PACKAGE.rglob("*.py"), *(root / "content").rglob("*.yml"), *(root / "tests").glob("*.py")]:
        if path != Path(__file__):
            text = path.read_text(encoding="utf-8")
            assert not any(document in text for document in ("advice.md", "design.md", "findings.md")), path

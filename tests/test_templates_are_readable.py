"""A template has text, slots and paragraphs that stand or fall whole: what is counted, joined, filtered or chosen
happens in views, and what depends on the reader is a row of templates/words/. English stands there too."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, nodes

from matchguide import paths

PACKAGE = Path(__file__).resolve().parents[1] / "generator/matchguide"
LONGEST_LINE = 160
MOST_CONDITIONS = 152  # in all pages and parts; 367 before sentences had conditions of their own
FOLDERS = ("pages", "parts", "home", "words")
# English in Python that stays there, with the reason.
STAYS = {
    "pages/cite.py": "how the day of a look is written, as profile/dates.py writes a day",
    "site/shells.py": "messages of mistakes",
    "pages/eastern.py": "how an hour is written, as profile/dates.py writes a day",
    "pages/former.py": "messages of mistakes",
    "pages/happened.py": "names of phases",
    "pages/labels.py": "messages of mistakes",
    "pages/sentences.py": "messages of mistakes",
    "pages/view.py": "headings of cards, as content/specialties/ has them",
    "pages/words.py": "messages of mistakes",
    "pages/write.py": "messages of mistakes, and the sections that pages name in their front matter",
    "pdf/faces.py": "names of fonts",
    "pdf/fonts.py": "messages of mistakes",
    "pdf/paper.py": "messages of mistakes",
    "pdf/pictures.py": "classes of drawings",
    "pdf/workbook.py": "a section that pages name in their front matter",
    "site/build.py": "messages of mistakes",
    "site/navigation.py": "what MkDocs calls the page to print, outside every guide",
    "site/plugin.py": "messages of mistakes",
    "site/served.py": "answers of the server, which browsers show to nobody",
}


def templates(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (p for p in sorted((paths.TEMPLATES / folder).iterdir()) if p.suffix in (".md", ".jinja", ".yml"))


def tree(path: Path) -> nodes.Template:
    text = path.read_text(encoding="utf-8")
    body = text.split("---\n", 2)[2] if path.parent.name == "pages" else text
    return Environment(trim_blocks=True, lstrip_blocks=True).parse(body)


def conditions(of: nodes.Template) -> int:
    """Statements (if, elif), inline conditions, and those of loops."""
    loops = sum(loop.test is not None for loop in of.find_all(nodes.For))
    return len(list(of.find_all((nodes.If, nodes.CondExpr)))) + loops


def asked_of(rows: object) -> set[str]:
    """The names on which the rows of a sentence, or parts of their text, depend."""
    asked: set[str] = set()
    for row in rows if isinstance(rows, list) else [{"say": rows}]:
        asked |= set(re.findall(r"\w+", str(row.get("when", ""))))
        tree = Environment().parse(str(row["say"]))
        for condition in tree.find_all((nodes.If, nodes.CondExpr)):
            asked |= {
                name.name
                for name in [*condition.test.find_all(nodes.Name), condition.test]
                if isinstance(name, nodes.Name)
            }
    return asked


def said(of: nodes.Node, *how: str) -> bool:
    return isinstance(of, nodes.Call) and isinstance(of.node, nodes.Name) and of.node.name in how


def test_no_sentence_asks_whether_another_was_said() -> None:
    """On a page what is not said is a mark in the text, and a mark is true: a condition on it would always hold."""
    words: dict[str, object] = {}
    for path in (paths.TEMPLATES / "words").glob("*.yml"):
        words.update(yaml.safe_load(path.read_text(encoding="utf-8")))
    passed = [
        (path.name, call.args[0].value, given.key)
        for path in templates("pages", "parts", "home")
        if path.suffix != ".yml"
        for call in tree(path).find_all(nodes.Call)
        if said(call, "say", "every") and call.args and isinstance(call.args[0], nodes.Const)
        for given in call.kwargs
        if said(given.value, "say")
    ]
    assert len(passed) >= 10
    assert not [x for x in passed if x[2] in asked_of(words[x[1]])]


def test_conditions_are_counted() -> None:
    text = "{% if a %}{% elif b %}{% endif %}{{ 1 if c else 2 }}{% for x in y if z %}{% endfor %}"
    text += "{% for x in y %}{% endfor %}"
    assert conditions(Environment().parse(text)) == 4


def test_pages_hold_few_conditions() -> None:
    found = {p.name: conditions(tree(p)) for p in templates("pages", "parts", "home")}
    assert sum(found.values()) <= MOST_CONDITIONS, found


@pytest.mark.parametrize("path", list(templates(*FOLDERS)), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_no_line_is_long_and_nothing_is_appended(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    long = [f"{path.name}:{n}" for n, line in enumerate(text.splitlines(), 1) if len(line) > LONGEST_LINE]
    assert not long, f"longer than {LONGEST_LINE} characters: {long}"
    assert ".append(" not in text


def written() -> list[Path]:
    return sorted(p for home in (paths.CONTENT, paths.TEMPLATES) for p in home.rglob("*.yml"))


@pytest.mark.parametrize("path", written(), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_file_reads_without_the_compiled_parser(path: Path) -> None:
    """The compiled parser takes an unquoted question before a brace; the one in Python, which stands in where there
    is no compiler, does not."""
    yaml.safe_load(path.read_text(encoding="utf-8"))


def english(path: Path) -> Iterator[str]:
    """The texts of a module that read as English: two words with a blank between, or a word like a title."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    bodies = [n for n in ast.walk(module) if isinstance(n, ast.Module | ast.FunctionDef | ast.ClassDef) and n.body]
    told = {id(n.body[0].value) for n in bodies if isinstance(n.body[0], ast.Expr)}
    for node in ast.walk(module):
        said = node.value if isinstance(node, ast.Constant) and id(node) not in told else None
        if isinstance(node, ast.Constant) and isinstance(said, str) and reads_as_english(said):
            yield f"{path.name}:{node.lineno}: {said!r}"


def reads_as_english(text: str) -> bool:
    if re.search(r"[<>\\{}=|\[\]]|\(\"", text) or text in NO_SENTENCES:
        return False
    words = re.findall(r"[A-Za-z’']{2,}", text)
    return bool(
        re.search(r"[A-Za-z]{2,},? [A-Za-z]{2,}", text) or re.fullmatch(r"[A-Z][a-z]{3,}[.:]?", text)
    ) and bool(words)


# Classes of drawings, and words that the profile, the plan or a file format have.
NO_SENTENCES = {
    *("box yes", "box no", "dot yes", "dot no", "road lit", "road lit mid", "road lit stop", "road mid", "road stop"),
    *("box empty", "lab strong", "mark ours", "mark day", "mark month", "mark past", "due late", "Drawn"),
    *("partly matched", "next season", "to ask", "reads images", "rank list", "not taken", "match week"),
    *("around the beginning", "around the end", "below both", "Canada"),
}


def test_english_is_found() -> None:
    assert reads_as_english("You are now in another part of the season: ")
    assert reads_as_english("Specialty")
    assert not reads_as_english("box yes")
    assert not reads_as_english("season-cost-step1")
    assert not reads_as_english('new URL(".",location)')


def test_no_english_stands_in_python() -> None:
    found = []
    for folder in ("pages", "render", "site", "pdf"):
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            if path.relative_to(PACKAGE).as_posix() not in STAYS:
                found += list(english(path))
    assert not found, "Put it into templates/words/, or say in STAYS why it stays:\n" + "\n".join(found)


def test_every_exception_is_needed() -> None:
    for name, reason in STAYS.items():
        assert reason
        assert list(english(PACKAGE / name)), f"{name} holds no English any more"

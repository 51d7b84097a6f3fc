"""The `when` of a content file and the words of templates/words/: what is allowed runs, all else is a message with
file, line and field, at once, however it is meant."""

import re
import shutil
import time
from pathlib import Path

import pytest
import yaml

from examples import DAY, ROOT
from matchguide import paths
from matchguide.cli.main import main
from matchguide.content import store
from matchguide.content.expressions import problem
from matchguide.content.files import front_matter
from matchguide.content.inert import inert, inert_tree
from matchguide.mistakes import MistakesFound
from matchguide.session import Session

GOOD = [
    'restriction != none and "in the US now" not in holds',
    'letters_of("pathology") + letters_of("neurology") >= 1',
    'not (in_plan("pathology") or must_start) and ck in (194.5, 204.5)',
    "step1_year <= season - 6 and ecfmg_certified != true",
    '"+" in combination or combination == "not-this-year"',
    "trained and years_since_graduation > 10",
    "must_start",
    'status in "us-img, us-md"',
    'status in ["us-img"] and "interventional-radiology" in trained',
    'is_a("pathology", "clinical")',
    "-1 < ck - 200",
    " or ".join(["must_start"] * 60),
]
BAD = {
    "a power": "10**(10**8) > ck",
    "a long text": '"a"*10**10 == status',
    "a division": "1/0 == ck",
    "deep brackets": "(" * 400 + "must_start" + ")" * 400,
    "deeper brackets": "not " * 450 + "must_start",
    "a tower of lists": "ck in " + "[" * 60 + "1" + "]" * 60,
    "too long": " or ".join(["must_start"] * 300),
    "a dot": "status.__class__",
    "an item": 'trained[0] == "x"',
    "a filter": "trained|length > 1",
    "a test": "ck is defined",
    "a conditional": "1 if must_start else 2",
    "a joined text": 'status ~ "x" == "y"',
    "a dictionary": "{1: 2}",
    "a call of a call": 'letters_of("a")("b")',
    "a call of a name": "status()",
    "a question of nothing": "letters_of()",
    "a question of two": 'letters_of("a", "b")',
    "a question of three": 'is_a("a", "b", "c")',
    "a list in a list": "[1] in [1]",
    "a list against a number": "trained < 5",
    "less than a truth": "ck < must_start",
    "a question of a number": "letters_of(1)",
    "a question with a name for it": 'letters_of(kind="a")',
    "a question of a name": "letters_of(status)",
    "a question without its subject": "letters_of >= 1",
    "an unknown name": "statis == 1",
    "a builtin": "range(10)",
    "a large number": "ck > 99999999999999999999",
    "text against number": "status < 5",
    "adding texts": '"a" + "b" == status',
    "in a number": '"a" in ck',
    "two expressions": "must_start must_start",
    "an end and a start": "must_start }}{{ must_start",
    "a statement": "must_start %}{% for x in y",
    "nothing": "",
}


@pytest.mark.parametrize("expression", GOOD)
def test_what_is_needed_is_allowed(expression: str) -> None:
    assert problem(expression) == ""


@pytest.mark.parametrize("name", BAD)
def test_all_else_is_refused_at_once(name: str) -> None:
    start = time.perf_counter()
    assert problem(BAD[name])
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a question without its subject", 'as in letters_of("internal-medicine")'),
        ("in a number", "lies in something that is no list and no text"),
        ("text against number", "adds or compares what is not a number"),
        ("adding texts", "adds or compares what is not a number"),
        ("a large number", "above 1,000,000"),
        ("a dot", "uses a dot or a filter"),
        ("a conditional", "uses CondExpr"),
        ("an unknown name", "uses statis, which is not a name known here. Did you mean: status?"),
        ("a question of two", "it can ask letters_of, weeks_in"),
        ("too long", "at most 2,000"),
        ("deeper brackets", "nested too deeply"),
        ("two expressions", "something stands behind it"),
        ("nothing", "is not an expression"),
    ],
)
def test_a_refusal_says_what_is_wrong(name: str, told: str) -> None:
    assert told in problem(BAD[name])


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(paths.CONTENT, tmp_path / "content")
    return tmp_path / "content"


@pytest.mark.parametrize("name", ["a power", "a long text", "a division", "deep brackets", "an unknown name"])
@pytest.mark.parametrize(
    ("file", "field"),
    [("rules/exams.yml", "rules[0].when"), ("interviews/common.yml", "questions[0].when")],
)
def test_a_message_has_file_line_and_field(name: str, file: str, field: str, content: Path) -> None:
    path = content / file
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    next(iter(data.values()))[0]["when"] = BAD[name]
    path.write_text(yaml.safe_dump(data, sort_keys=False, width=10_000), encoding="utf-8")
    with pytest.raises(MistakesFound) as found:
        _ = store.load(content).interviews
    (mistake,) = found.value.mistakes
    assert (mistake.file, mistake.field) == (str(path), field)
    assert mistake.line == 1 + next(
        i for i, x in enumerate(path.read_text().splitlines()) if x.strip().startswith("when:")
    )


def test_a_cards_expression_has_its_line(content: Path) -> None:
    card = content / "specialties" / "neurology.md"
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace("enjoys(", "10**enjoys(", 1), encoding="utf-8")
    with pytest.raises(MistakesFound) as found:
        store.load(content)
    (mistake,) = found.value.mistakes
    assert mistake.field.startswith("who[")
    assert "10**enjoys(" in card.read_text().splitlines()[mistake.line - 1]


@pytest.mark.parametrize(
    "words",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ 10**(10**8) }}",
        "{{ 'a' * 10**10 }}",
        "{{ 1/0 }}",
        "{{ range(10**9)|list }}",
        "{{ lipsum(n=100000) }}",
        "{{ 'a'|center(10**9) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ listed.__globals__ }}",
        "{{ nothing }}",
        "{% if %}",
    ],
)
def test_words_run_in_a_sandbox(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(paths.TEMPLATES / "words", tmp_path / "templates" / "words")
    path = tmp_path / "templates" / "words" / "combination.yml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    monkeypatch.setattr("matchguide.session.check_once", lambda *_: None)  # the sandbox holds without the check
    session = Session(ROOT / "profiles" / "amara.yml", DAY, templates=tmp_path / "templates")
    key = next(r.id for r in session.plan.combination.because if r.id in data)
    data[key] = words
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    with pytest.raises(MistakesFound) as found:
        session.words.text(next(r for r in session.plan.combination.because if r.id == key))
    (mistake,) = found.value.mistakes
    assert (mistake.file, mistake.field) == (str(path), key)
    assert mistake.line == 1 + next(i for i, x in enumerate(path.read_text().splitlines()) if x.startswith(f"{key}:"))


@pytest.mark.parametrize("id", ['x" onclick="alert(1)', "a b", "<b>", "A", "a'"])
def test_what_stands_in_an_attribute_is_an_id(id: str, content: Path) -> None:
    path = content / "glossary.yml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["terms"][0]["id"] = id
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    with pytest.raises(MistakesFound) as found:
        _ = store.load(content).glossary
    assert found.value.mistakes[0].field == "terms[0].id"
    assert found.value.mistakes[0].line


def test_our_own_content_has_nothing_to_tame() -> None:
    """A contribution with HTML, an attribute list or an address that is not https is seen here, before it is read."""
    for path in sorted([*paths.CONTENT.rglob("*.yml"), *paths.CONTENT.rglob("*.md"), paths.TEMPLATES / "labels.yml"]):
        head, body = front_matter(path) if path.suffix == ".md" else (path.read_text(encoding="utf-8"), "")
        data = yaml.safe_load(head)
        decisions = "goals" in path.parts and path.name != "combinations.yml"  # what pages show of them is made inert
        if (
            path.name not in ("labels.yml", "vocabulary.yml", "cohort.yml")
            and path != paths.CONTENT / "programs.yml"
            and not decisions
        ):  # the last two are never Markdown
            assert inert_tree(data) == data, path
        assert inert(body) == body, path
        assert "{:" not in head + body, path
        assert not re.search(r"<[a-z/!?]", head + body), path


def test_the_command_says_it(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(paths, "CONTENT", content)
    monkeypatch.delenv("CI", raising=False)
    path = content / "rules" / "visa.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("when: ", "when: 10**(10**8) > ck and ", 1), encoding="utf-8"
    )
    assert main(["plan", str(ROOT / "profiles" / "amara.yml"), "--on", "2026-06-15"]) == 2
    err = capsys.readouterr().err
    assert "visa.yml:" in err
    assert "rules[0].when" in err
    assert "uses Pow" in err

"""`matchguide decisions` prints every rule in English; docs/decisions.md is that output."""

import re

import pytest

from examples import ROOT
from matchguide import paths
from matchguide.cli.main import main
from matchguide.content import expressions, vocabulary
from matchguide.decisions.document import document
from matchguide.decisions.english import English, season_of
from support import content, with_number

pytestmark = pytest.mark.fast

GOAL = "interventional-radiology"


def english() -> English:
    words = vocabulary.load(paths.CONTENT / "vocabulary.yml")
    return English(content().goals[GOAL], content(), words, season_of(content()))


def test_the_document_in_docs_is_what_is_printed_now(capsys: pytest.CaptureFixture[str]) -> None:
    """Where this fails: matchguide decisions > docs/decisions.md, and read what changed."""
    assert main(["decisions"]) == 0
    assert (ROOT / "docs/decisions.md").read_text(encoding="utf-8") == capsys.readouterr().out


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("ck >= ir_ck", "your Step 2 CK is 250 or more"),
        ("not ck >= ir_ck", "your Step 2 CK is not 250 or more"),
        ("step3 != none", "your Step 3 result is known"),
        ("not (must_start and couple)", "you can wait a year or you do not match as a couple"),
        (
            "must_start and (couple or ranked)",
            "you must start with this Match and (you match as a couple or you have a rank list)",
        ),
        ('letters_of("reads images") > 0', "the number of your letters from radiology is 1 or more"),
        ('days_since("letters_in") > letters_grace_days', "it is after 12 days after 13 September 2026 (letters in)"),
        ('days_since("letters_in") < 0', "it is before 13 September 2026 (letters in)"),
        ('"in the US now" not in holds', "what you hold does not include “in the US now”"),
        ("registered == false", "you are not registered with NRMP"),
        ('level not in ["weak", "none"]', "the level is not “weak” or “none”"),
        ("2 * advanced_interviews > gaps", "2 times the number of your interviews for places that start in the "
         "second year is more than the number of gaps you list"),
        ("true", "in every case"),
    ],
)  # fmt: skip
def test_an_expression_is_said_as_it_is_meant(expression: str, said: str) -> None:
    assert english().clause(expression) == said


def test_every_expression_of_every_file_can_be_said() -> None:
    """Those of rules, dates and cards too, although the document is about the goal."""
    texts = [r.when for r in content().rules] + [e.concerns for e in content().seasons[2027].events]
    texts += [w.when for c in content().cards.values() for w in c.who if w.when]
    texts += [row.when for row in (*content().first_cards.first, *content().first_cards.second)]
    for text in texts:
        said = english().clause(text)
        assert not re.search(r"[a-z]_[a-z]|\{\d\}|==|>=", said.replace("(", "").replace(")", "")), (text, said)


def test_each_name_of_expressions_has_words() -> None:
    words = vocabulary.load(paths.CONTENT / "vocabulary.yml").names
    assert set(words) == set(expressions.VOCABULARY)
    for name, word in words.items():
        assert word.what or (word.so and word.otherwise), name


def test_the_document_says_all_that_decides() -> None:
    text = document(content(), GOAL, paths.TEMPLATES)
    goal = content().goals[GOAL]
    for row in goal.table.rows:
        assert f"**{row.id.replace('-', ' ')}**" in text
    for number in goal.numbers.values():
        assert number.because in text
    for stem, field, expression in goal.expressions():
        said = english().value(expression) if ".with." in field else english().clause(expression)
        assert said == "in every case" or said in text, f"{stem} {field}"
    assert "our judgment" in text
    assert "Where honest advisors differ" in text
    assert not re.search(r"\{\w+\}|\{\{|\{%|\[\[", text), "something was not filled in"


def test_a_changed_number_changes_the_document() -> None:
    before = document(content(), GOAL, paths.TEMPLATES)
    after = document(with_number(content(), "ir_ck", 261), GOAL, paths.TEMPLATES)
    assert "Step 2 CK of 261 or more" in after
    assert before != after


def test_a_goal_nobody_wrote_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decisions", "interventional-radiolgy"]) == 2
    assert "Did you mean: interventional-radiology?" in capsys.readouterr().err

"""`check --content`: every kind of mistake in content/ and templates/ is told with its file, line and nearest
spelling, all at once, once for each state of the files."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from examples import DAY, ROOT
from matchguide import paths
from matchguide.checks import once
from matchguide.checks.fingerprint import fingerprint
from matchguide.checks.vocabulary import listed
from matchguide.checks.whole import check, problems
from matchguide.cli.main import main
from matchguide.mistakes import MistakesFound
from matchguide.session import Session, forget

GOAL = "content/goals/interventional-radiology"
# What is written wrong: the file, what stands there, what a tired person writes, what they are told.
MISTAKES = {
    "what a sentence's condition asks": (
        "templates/words/home.yml",
        "when: writers_missing > 1",
        "when: writers_mising > 1",
        "Did you mean: writers_missing?",
    ),
    "what a sentence's condition compares with": (
        "templates/words/home.yml",
        'when: phase == "interviewing"',
        'when: phase == "interviewin"',
        "Did you mean: interviewing?",
    ),
    "what a sentence of a page names": (
        "templates/words/home.yml",
        "{{ plan_name }}",
        "{{ plan_nam }}",
        "Did you mean: plan_name?",
    ),
    "the field of a sentence among several": (
        "templates/words/home.yml",
        "  - {when: held, say: The visa decides first.}",
        "  - {when: held, sy: The visa decides first.}",
        "Each has when and say.",
    ),
    "the sentence that a page says": (
        "templates/pages/10-index.md",
        'say("home-sure")',
        'say("home-sur")',
        "Did you mean: home-sure?",
    ),
    "a rule's page": (
        "content/rules/plan.yml",
        "pages: [index, compare",
        "pages: [indx, compare",
        "Did you mean: index?",
    ),
    "a rule's date": (
        "content/rules/exams.yml",
        "before: ask_letters",
        "before: ask_leters",
        "Did you mean: ask_letters?",
    ),
    "a rule's phase": (
        "content/rules/plan.yml",
        "phases: [preparing, late]",
        "phases: [preparng]",
        "mean: preparing?",
    ),
    "what a rule repeats": (
        "content/rules/visa.yml",
        "    pages:",
        "    repeats: tokn\n    pages:",
        "mean: token?",
    ),
    "where help stands": (
        "content/rules/season.yml",
        "see: rank-list#supplemental",
        "see: rank-list#suplemental",
        "Did you mean: supplemental?",
    ),
    "a specialty asked for": (
        "content/rules/plan.yml",
        'in_plan("diagnostic',
        'in_plan("diagnotic',
        "Did you mean: diagnostic-radiology?",
    ),
    "a trait asked for": (
        f"{GOAL}/standing.yml",
        'letters_of("reads images") >=',
        'letters_of("read image") >=',
        "Did you mean: reads images?",
    ),
    "a date asked for": (
        f"{GOAL}/conditions.yml",
        'days_since("decide_ir")',
        'days_since("decide_dr")',
        "decide_ir?",
    ),
    "a word compared with": (
        f"{GOAL}/table.yml",
        'level == "none" and broad',
        'level == "nne" and broad',
        "Did you mean: none?",
    ),
    "a size of no number": (
        f"{GOAL}/table.yml",
        'level == "weak" and not broad',
        "level > 3 and not broad",
        "not a number",
    ),
    "a fact too early": (
        f"{GOAL}/gates.yml",
        "when: not has_applied and may_still_apply and latest",
        "when: not broad and may_still_apply and latest",
        "not known yet",
    ),
    "a condition in a circle": (
        f"{GOAL}/conditions.yml",
        "when: failed_attempts > 0 or step1",
        "when: held_back or step1",
        "asks for itself",
    ),
    "a name of a fact": (
        f"{GOAL}/conditions.yml",
        "failed_attempts > 0",
        "faild_attempts > 0",
        "mean: failed_attempts?",
    ),
    "a number nothing uses": (
        f"{GOAL}/numbers.yml",
        "surgery_ck:",
        "surgry_ck:",
        "is used nowhere",
    ),
    "a number the plan needs": (
        f"{GOAL}/numbers.yml",
        "letters_most:",
        "letters_mst:",
        "the plan asks for it",
    ),
    "a condition nothing uses": (
        f"{GOAL}/conditions.yml",
        "review_has_begun:",
        "review_began:",
        "is used nowhere",
    ),
    "a number in words": (
        f"{GOAL}/standing.yml",
        "{ir_us_weeks} weeks",
        "{ir_us_weks} clinical",
        "Did you mean: ir_us_weeks?",
    ),
    "what a reason rests on": (
        f"{GOAL}/against.yml",
        "say: against-im-only, rests_on: [exams.step2_ck.score, letters], with:",
        "say: against-im-only, rests_on: [exams.step2_ck.scor, letters], with:",
        "Did you mean: score?",
    ),
    "a sentence": (
        f"{GOAL}/table.yml",
        "because: [choose-ir-surgery]",
        "because: [choose-ir-sugery]",
        "Did you mean: choose-ir-surgery?",
    ),
    "the last row": (
        f"{GOAL}/table.yml",
        "id: radiology-alone\n    when: true",
        "id: radiology-alone\n    when: must_start",
        "must be true",
    ),
    "a card named twice": (
        "content/specialties/neurology.md",
        "name: Neurology",
        "name: Pathology",
        "is the name of pathology too",
    ),
    "a section": (
        "content/specialties/neurology.md",
        "## What is hard",
        "## What is had",
        "Did you mean: What is hard?",
    ),
    "the short name": (
        "content/specialties/neurology.md",
        "short: neurology",
        "short: neuro",
        "has no figure charting-",
    ),
    "signals": (
        "content/specialties/neurology.md",
        "signals: neurology",
        "signals: neurolgy",
        "Did you mean: neurology?",
    ),
    "questions that are there": (
        "content/specialties/neurology.md",
        "signals: neurology\n",
        "interviews: common\nsignals: neurology\n",
        "Take the line out",
    ),
    "no broad order": (
        "content/specialties/anesthesiology.md",
        "traits: [clinical, procedural]",
        "traits: [clinical, procedural, broad]",
        "no goal's broad_order names it",
    ),
    "no range": (
        f"{GOAL}/counts.yml",
        "  neurology: {strong",
        "  # neurology: {strong",
        "has no line for neurology",
    ),
    "no letters": (
        f"{GOAL}/letters.yml",
        "  neurology: {first",
        "  # neurology: {first",
        "has no line for neurology",
    ),
    "a figure in a figure": (
        "content/rules/exams.yml",
        "[[ecfmg-pathways-close|One source names a last day for the Pathway]], [[on:pathways_due]]",
        "[[ecfmg-pathways-close|One source names [[on:pathways_due]] for the Pathway]]",
        "begins a figure and does not end it",
    ),
    "a date of the season in a text": (
        "content/rules/exams.yml",
        "plan for [[on:pathways_ours]]",
        "plan for [[on:pathway_ours]]",
        "Did you mean: pathways_ours?",
    ),
    "a figure": (
        "content/specialties/neurology.md",
        "[[outcomes:neurology.matched]]",
        "[[outcomes:neurology.mached]]",
        "Did you mean: outcomes:neurology.matched?",
    ),
    "a whole table as a figure": (
        "content/specialties/neurology.md",
        "[[soap.neurology-pgy1]]",
        "[[soap]]",
        "say which of its figures",
    ),
    "a term": (
        "content/specialties/neurology.md",
        "[[term:soap|",
        "[[term:sop|",
        "Did you mean: soap?",
    ),
    "a kind of figures": (
        "templates/words/combination.yml",
        "[[year:outcomes]]",
        "[[year:outcome]]",
        "mean: outcomes?",
    ),
    "a figure with a slot": (
        "templates/words/combination.yml",
        "[[outcomes:{{ key }}.matched]]",
        "[[outcomes:{{ key }}.mached]]",
        "leads to no figure",
    ),
    "the season's figures": (
        "content/seasons/2027.yml",
        "outcomes: charting-2026",
        "outcomes: charting-2025",
        "Did you mean: charting-2026?",
    ),
    "a date the plan needs": (
        "content/seasons/2027.yml",
        "{id: letters_in,",
        "{id: letters_inn,",
        "the plan counts from",
    ),
    "a slot of Home's card": (
        "content/first-card.yml",
        "is at {next_program}",
        "is at {next_programm}",
        "Did you mean: next_program?",
    ),
    "a date on Home's card": (
        "content/first-card.yml",
        "{date:certify_list}",
        "{date:certfy_list}",
        "mean: certify_list?",
    ),
    "a slot of an answer": (
        "content/interviews/common.yml",
        "{story}",
        "{stori}",
        "Did you mean: story?",
    ),
    "a question for a specialty": (
        "content/interviews/common.yml",
        "    better_for:\n      diagnostic-radiology:",
        "    better_for:\n      diagnostic-radiolgy:",
        "Did you mean: diagnostic-radiology?",
    ),
    "a page of the FAQ": (
        "content/faq.yml",
        "see: [dual-application",
        "see: [dual-aplication",
        "Did you mean: dual-application?",
    ),
    "a country": (
        "content/countries.yml",
        "  UK: United Kingdom",
        "  UK: United Kingdm",
        "Did you mean: United Kingdom?",
    ),
    "a small profile": (
        f"{GOAL}/changes.yml",
        "{if_unmatched: must_start}",
        "{if_unmatched: must_strt}",
        "is no profile",
    ),
    "a sentence said nowhere": (
        "templates/words/visa.yml",
        "closed-ruled-out:",
        "closed-ruld-out:",
        "is said nowhere",
    ),
    "a value of a sentence": (
        "templates/words/letters.yml",
        "{{ name(",
        "{{ nam(",
        "Did you mean: name?",
    ),
    "the name of a line": (
        "templates/labels.yml",
        "  exams.oet:",
        "  exams.oat:",
        "is not a line of the profile",
    ),
    "a name on a page": (
        "templates/pages/42-letters.md",
        "{% if letters_go_out %}",
        "{% if letters_go_ot %}",
        "mean: letters_go_out?",
    ),
    "a filter on a page": (
        "templates/pages/31-compare.md",
        '|rejectattr("gate"',
        '|rejectatr("gate"',
        "rejectattr?",
    ),
    "an open block": (
        "templates/pages/45-strengthening.md",
        "{% endcall %}",
        "",
        "'endcall'",
    ),
    "a piece of pages": (
        "templates/pages/42-letters.md",
        "ui.one_thing()",
        "ui.one_think()",
        "Did you mean: one_thing?",
    ),
    "a phase on a page": (
        "templates/pages/42-letters.md",
        '"interviewing", "unmatched"',
        '"interviewng", "unmatched"',
        "Did you mean: interviewing?",
    ),
    "a figure on a page": (
        "templates/pages/42-letters.md",
        "eras-limits.letters",
        "eras-limits.leters",
        "Did you mean: eras-limits.letters?",
    ),
    "a link": (
        "templates/pages/10-index.md",
        "](visas.md",
        "](vissas.md",
        "Did you mean: visas?",
    ),
    "a field of a page": (
        "templates/pages/42-letters.md",
        "section: Applying",
        "secton: Applying",
        "Did you mean: section?",
    ),
    "a section of the guide": (
        "templates/pages/42-letters.md",
        "section: Applying",
        "section: Aplying",
        "mean: Applying?",
    ),
}


def batches() -> list[list[str]]:
    """The mistakes, each batch with one of a file at most; one that makes every figure wrong stands alone."""
    alone = "the season's figures"
    out: list[list[str]] = []
    for kind, (file, *_) in MISTAKES.items():
        if kind == alone:
            continue
        free = next((b for b in out if all(MISTAKES[k][0] != file for k in b)), None)
        if free is None:
            out.append(free := [])
        free.append(kind)
    return [*out, [alone]]


@pytest.fixture(scope="module")
def one_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(paths.CONTENT, home / "content")
    shutil.copytree(paths.TEMPLATES, home / "templates", ignore=shutil.ignore_patterns("fonts"))
    return home


@pytest.fixture
def home(one_copy: Path) -> Iterator[Path]:
    """A copy of content and templates: what a test changes is put back, what it adds is taken away."""
    before = {p: p.read_bytes() for p in one_copy.rglob("*") if p.is_file()}
    yield one_copy
    for path in [p for p in one_copy.rglob("*") if p.is_file()]:
        if path not in before:
            path.unlink()
        elif path.read_bytes() != before[path]:
            path.write_bytes(before[path])


def found(home: Path) -> str:
    return "\n".join(m.text() for m in problems(home / "content", home / "templates"))


def test_what_is_there_has_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--content"]) == 0
    assert "no mistakes" in capsys.readouterr().out


@pytest.mark.parametrize("batch", batches(), ids=lambda batch: batch[0])
def test_each_mistake_is_told_with_its_file_and_the_nearest_spelling(home: Path, batch: list[str]) -> None:
    """All of a batch at once, each in another file."""
    for kind in batch:
        file, right, wrong, _ = MISTAKES[kind]
        text = (home / file).read_text(encoding="utf-8")
        assert right in text, f"{kind}: the test changes something that is there"
        (home / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    told = [m.text() for m in problems(home / "content", home / "templates")]
    for kind in batch:
        file, _, _, words = MISTAKES[kind]
        mine = [t for t in told if t.startswith(str(home / file))]
        assert any(words in t for t in mine), f"{kind}: {mine or told}"


@pytest.mark.parametrize(
    ("page", "given", "sentence"),
    [
        ("home/partly-matched.md", ", elsewhere=place_elsewhere(), roads=place_roads()", "matched-toward-ir"),
        ("pages/10-index.md", ", vain=mark_in_vain", "home-no-close"),  # code says it too, and gives it
    ],
)
def test_a_value_that_one_place_only_gives_is_told(home: Path, page: str, given: str, sentence: str) -> None:
    """The guide of whoever reads the other place could not be written."""
    path = home / "templates" / page
    text = path.read_text(encoding="utf-8")
    assert text.count(given) == 1
    path.write_text(text.replace(given, ""), encoding="utf-8")
    told = [m.text() for m in problems(home / "content", home / "templates")]
    assert any(f"{sentence}: names" in t and "which only some pages give to it" in t for t in told), told


def test_the_line_is_that_of_the_mistake(home: Path) -> None:
    page = home / "templates/pages/42-letters.md"
    text = page.read_text(encoding="utf-8").replace("{% if plan.counting", "{% if pln.counting")
    page.write_text(text, encoding="utf-8")
    at = next(i for i, row in enumerate(text.splitlines(), 1) if "pln" in row)
    table = home / f"{GOAL}/table.yml"
    text = table.read_text(encoding="utf-8").replace("first: anesthesiology\n", "first: anesthesiolgy\n")
    table.write_text(text, encoding="utf-8")
    line = next(i for i, row in enumerate(text.splitlines(), 1) if "anesthesiolgy" in row)
    message = found(home)
    assert f"{page}:{at}:" in message
    assert re.search(rf"{re.escape(str(table))}:{line}:12  rows\[8\]\.first: anesthesiolgy is not", message)


def test_a_copied_specialty_is_told_all_it_lacks(home: Path) -> None:
    """Neurology copied as a new card: one name twice, its figures, questions, ranges and letters missing."""
    card = (home / "content/specialties/neurology.md").read_text(encoding="utf-8")
    new = card.replace("short: neurology", "short: genetics")
    (home / "content/specialties/medical-genetics.md").write_text(new, encoding="utf-8")
    message = found(home)
    figures = [f"genetics has no figure charting-2026-genetics{part}" for part in (".matched", "-ck", "-ranks")]
    lines = ("counts.yml", "letters.yml", "has no line for medical-genetics")
    for lacking in ("is the name of", *figures, "there are no questions", *lines):
        assert lacking in message, lacking


def test_a_build_tells_it_and_looks_once_for_each_state(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, templates = home / "content", home / "templates"
    looked = []

    def look(content: Path, templates: Path) -> None:
        looked.append(content)
        check(content, templates)

    monkeypatch.setattr("matchguide.checks.whole.check", look)
    with (content / "faq.yml").open("a") as faq:  # a state that nobody looked at before
        faq.write(f"# {tmp_path} {os.urandom(8).hex()}\n")
    for _ in range(2):
        forget()
        once.check_once(content, templates)
    assert len(looked) == 1, "the same state is not looked at twice"
    file, right, wrong, told = MISTAKES["a sentence"]
    (home / file).write_text((home / file).read_text().replace(right, wrong, 1), encoding="utf-8")
    profile = ROOT / "profiles/amara.yml"
    session = Session(profile, DAY, content, templates)
    for _ in range(2):
        forget()
        with pytest.raises(MistakesFound, match=re.escape(told)):
            _ = session.plan
    assert len(looked) == 3, "what was wrong is looked at again"


def test_a_profile_is_not_called_good_over_broken_content(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, right, wrong, told = MISTAKES["a date asked for"]
    (home / file).write_text((home / file).read_text().replace(right, wrong, 1), encoding="utf-8")
    forget()
    monkeypatch.setattr(paths, "CONTENT", home / "content")
    monkeypatch.setattr(paths, "TEMPLATES", home / "templates")
    assert main(["check", str(ROOT / "profiles/amara.yml")]) == 2
    assert told in capsys.readouterr().err


def test_the_names_that_may_be_used_stand_in_contributing() -> None:
    """Where this fails: put the output of `matchguide check --content --names` under "The names"."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert listed(paths.CONTENT) in text


def test_check_needs_something_to_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 2
    assert "names no profile" in capsys.readouterr().err
    assert main(["check", "--names"]) == 2
    assert "goes with --content" in capsys.readouterr().err


def test_a_wheel_brings_the_stamp_of_its_content(tmp_path: Path) -> None:
    """So an installed matchguide never spends the time; the stamp is of this very state."""
    package = ROOT / "generator/matchguide"
    code = (
        "import sys; from pathlib import Path; from hatchling.builders.wheel import WheelBuilder;"
        "import zipfile; made = WheelBuilder(sys.argv[1]).build(directory=sys.argv[2], versions=['standard']);"
        "path = next(iter(made));"
        "print(zipfile.ZipFile(path).read('matchguide/_data/checked').decode())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(ROOT), str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == fingerprint(package, paths.CONTENT, paths.TEMPLATES)


@pytest.mark.parametrize("file", ["pages/42-letters.md", "parts/macros.jinja"])
def test_what_only_a_guide_shows_is_told_with_the_line_of_its_own_file(home: Path, file: str) -> None:
    """A field that does not exist is no unknown name; it is found when a guide is written."""
    path = home / "templates" / file
    right, wrong = {
        "pages/42-letters.md": ("{{ letter.title }}", "{{ letter.titel }}"),
        "parts/macros.jinja": ("due=advice.due,", "due=advice.due.seldom.often,"),
    }[file]
    text = path.read_text(encoding="utf-8")
    assert right in text
    text = text.replace(right, wrong, 1)
    path.write_text(text, encoding="utf-8")
    line = next(i for i, row in enumerate(text.splitlines(), 1) if wrong in row)
    forget()
    with pytest.raises(MistakesFound, match=re.escape(f"{path}:{line}:")):
        _ = Session(ROOT / "profiles/amara.yml", DAY, home / "content", home / "templates").guide

"""Mistakes put into what decides, one at a time: does a test notice? `make mutants` asks it of 300 mutants of the
evaluation (mutants_of_code.py) and of 300 of the decision data (mutants_of_decisions.py), drawn by a seed.

Nothing is written into the project: a mutant of the evaluation lives in the memory of one process, one of the data in
a temporary copy of content/. Noticed is what makes a test of the plan fail, or what the check of content refuses. The
printed decisions and the golden files say nothing here: whoever changes the data writes them anew.

    python mutants.py [evaluation|decisions|both] [first count | seed,seed,...]
"""

import functools
import importlib
import importlib.abc
import importlib.util
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

import mutants_of_code
import mutants_of_decisions
from matchguide import paths

TESTS = Path(__file__).resolve().parent
AT_LEAST = 85  # of 100 are noticed
AT_ONCE = 2
SECONDS = 40  # of computing for one test: a mutant that needs more does not end
MEMORY = 3 * 2**30
EVALUATOR = "matchguide.content.expressions"
# The tests of the plan besides the cases, those that notice most first.
OF_THE_PLAN = {
    "evaluation": (
        "test_reasons_can_be_said.py", "test_season.py", "test_fees.py", "test_the_season_walked.py",
        "test_plan_properties.py",
    ),
    "decisions": ("test_season.py", "test_plan_properties.py"),
}  # fmt: skip
# What looks at one module closely.
OF_A_MODULE = {
    EVALUATOR: ("test_content_expressions.py",),
    "matchguide.plan.keys": ("test_ticks_and_calendar.py",),
}

# Parts of a plan that are planned once where a mutant cannot change them, and what each file of decisions changes;
# files that are not here change all of them.
PARTS = ("combination", "counts", "fit", "letters", "signals")
CHANGED_BY = {
    "letters.yml": ("letters",), "signals.yml": ("counts", "signals"), "counts.yml": ("counts",),
    "budget.yml": ("counts",), "realism.yml": ("fit",), "against.yml": ("combination",),
    "changes.yml": ("combination",), "first-card.yml": (),
}  # fmt: skip
REUSED: set[str] = set()  # filled in the process of a mutant
IMPORTS = re.compile(r"from matchguide\.plan(?:\.| import )((?:\w+(?: as \w+)?(?:, )?)+|\([^)]*\))")
# The cases about a file or a module, which are asked first.
ABOUT = {
    "rules/visa": ("advice-visa",), "rules/exams": ("advice-exams",), "rules/late": ("advice-season",),
    "rules/letters": ("advice-letters",), "rules/experience": ("advice-letters",), "rules/season": ("advice-season",),
    "rules/": ("advice-plan",), "first-card": ("advice-season",), "phase": ("advice-season",),
    "/letters": ("letters-",), "/counts": ("decisions-counts",), "/first-years": ("decisions-counts",),
    "/budget": ("decisions-counts", "budget"), "/realism": ("decisions-counts",), "/signals": ("decisions-counts",),
    "/changes": ("decisions-changes",), "/against": ("decisions-",), "/": ("decisions-standing",),
    ".visa": ("law-",), ".letters": ("letters-",), ".timeline": ("dates-",), ".origins": ("dates-",),
    ".ranks": ("dates-",), ".happened": ("dates-",), ".realism": ("decisions-counts",), ".fit": ("decisions-counts",),
    ".counts": ("decisions-counts",), ".budget": ("decisions-counts", "budget"), ".make": ("decisions-counts",),
    ".first_years": ("decisions-counts",), ".facts": ("names-",), ".situation": ("names-",), ".fees": ("budget",),
    ".closed": ("restriction", "advice-visa"), ".signals": ("decisions-counts",),
}  # fmt: skip
HERE = paths.CONTENT
OURS = ("matchguide", "support", "people", "examples", "test_cases")

Mutant = mutants_of_code.Mutant | mutants_of_decisions.Mutant

DRAWN = {"evaluation": mutants_of_code.mutant, "decisions": mutants_of_decisions.mutant}


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports one module from a text instead of from its file."""

    def __init__(self, module: str, text: str) -> None:
        self.module, self.text = module, text

    def find_spec(self, name: str, path: object, target: object = None) -> Any:
        return importlib.util.spec_from_loader(name, self) if name == self.module else None

    def get_source(self, name: str) -> str:
        return self.text

    def get_code(self, name: str) -> CodeType:
        return compile(self.text, name, "exec")


class _Watch:
    """Remembers the first test that fails, and gives each its share of computing."""

    def __init__(self, note: Path) -> None:
        self.failed = ""
        self.note = note

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.note.write_text(f"{item.nodeid} (does not end)", encoding="utf-8")
        signal.setitimer(signal.ITIMER_PROF, SECONDS)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed = self.failed or f"{report.nodeid} (import)"


def _warm() -> None:
    """Imports once what every process needs, reads content and cases, and forgets what a mutant may change."""
    from matchguide import source
    from matchguide.content import expressions, store

    source.parse = functools.cache(source.parse)
    store.load = functools.cache(store.load)
    expressions._compiled = functools.cache(_quickly)
    _remember_parts()
    for name in ("examples", "people", "conftest", "test_cases"):
        importlib.import_module(name)
    for path, n in sys.modules["test_cases"].situations():
        sys.modules["test_cases"].test_case(path, n)


def _quickly(expression: str) -> Any:
    """What jinja makes of a checked expression, without a context for each answer: the same words mean the same in
    Python. Where the evaluator itself is the mutant, it is left as it is."""
    words = {"true": "True", "false": "False", "none": "None"}
    python = re.sub(r'"[^"]*"|\b(?:true|false|none)\b', lambda hit: words.get(hit[0], hit[0]), expression)
    code = compile(python, expression, "eval")
    return lambda **names: eval(code, {"__builtins__": {}}, names)


def _remember_parts() -> None:
    """What a mutant cannot change is planned once for each case, in the first process."""
    for name in PARTS:
        module = importlib.import_module(f"matchguide.plan.{name}")
        function = "choose" if name == "combination" else "plan"
        setattr(module, function, _once(name, getattr(module, function)))


def _once(part: str, function: Any) -> Any:
    known: dict[str, Any] = {}

    def call(s: Any, *rest: Any, **more: Any) -> Any:
        law = [s.content.evidence.value(item) for item in ("uscis-hold", "h1b-fee")]
        said = sorted(s.profile.model_fields_set)  # who says that there are no letters is not silent about them
        about = f"{s.profile!r} {said} {s.on} {law} {[x for x in rest if isinstance(x, str | tuple)]}"
        if part in REUSED and about in known:
            return known[about]
        known[about] = function(s, *rest, **more)
        return known[about]

    return call


def _dependents(module: str) -> set[str]:
    """The modules of plan/ that import a module of it, directly or not, and itself."""
    folder = paths.HOME / "generator/matchguide/plan"
    texts = {f"matchguide.plan.{p.stem}": p.read_text(encoding="utf-8") for p in folder.glob("*.py")}
    imports = {
        name: {f"matchguide.plan.{other}" for line in IMPORTS.findall(text) for other in re.findall(r"\w+", line)}
        for name, text in texts.items()
    }
    found = {module}
    while more := {name for name, used in imports.items() if used & found} - found:
        found |= more
    return found


def _forget(module: str) -> None:
    """The modules that are read anew, with the mutant among them: all of ours where it is the evaluator."""
    again = {n for n in sys.modules if n.startswith("matchguide.")} if module == EVALUATOR else _dependents(module)
    for name in [n for n in sys.modules if n in again or n in OURS]:
        parent, _, child = name.rpartition(".")
        if parent in sys.modules and hasattr(sys.modules[parent], child):
            delattr(sys.modules[parent], child)
        del sys.modules[name]
    if module != EVALUATOR:
        REUSED.update(part for part in PARTS if f"matchguide.plan.{part}" not in again)


def _judge(mutant: Mutant | None, note: Path) -> str:
    """In a process of its own: what noticed the mutant, or nothing."""
    tests = OF_THE_PLAN["decisions" if isinstance(mutant, mutants_of_decisions.Mutant) else "evaluation"]
    if isinstance(mutant, mutants_of_code.Mutant):
        _forget(mutant.module)
        sys.meta_path.insert(0, _Finder(mutant.module, mutant.text))
        tests = (*OF_A_MODULE.get(mutant.module, ()), *tests)
    elif mutant:
        paths.CONTENT = note.with_suffix("")
        shutil.copytree(HERE, paths.CONTENT)
        (paths.CONTENT / mutant.file).write_text(mutant.text, encoding="utf-8")
        changed = () if mutant.file.startswith("rules") else CHANGED_BY.get(mutant.file.rpartition("/")[2], PARTS)
        REUSED.update(set(PARTS) - set(changed))
        support = sys.modules["support"]
        support.content.cache_clear()
        support.quick_content.cache_clear()
    found = _case_that_notices(mutant, note)
    if found:
        return found
    REUSED.clear()
    os.environ["HYPOTHESIS_PROFILE"] = "mutants"
    os.environ["PATH"] = ""  # no browser: what needs one is skipped
    watch = _Watch(note)
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:faulthandler"]
    code = pytest.main([*options, *(str(TESTS / t) for t in tests)], plugins=[watch])
    if watch.failed or code != pytest.ExitCode.OK:
        return watch.failed or f"pytest ended with {code}"
    if isinstance(mutant, mutants_of_decisions.Mutant) or (mutant and mutant.module == EVALUATOR):
        from matchguide.checks.whole import problems

        wrong = problems(paths.CONTENT, paths.TEMPLATES)
        return f"refused: {wrong[0].text()[:80]}" if wrong else ""
    return ""


def _case_that_notices(mutant: Mutant | None, note: Path) -> str:
    """The doctors' cases without the ceremony of pytest: they notice most. First those about the thing itself; the
    others in an order that is drawn, so that the ones that are alike do not stand together."""
    cases = importlib.import_module("test_cases")
    situations = random.Random(0).sample(cases.situations(), len(cases.situations()))
    where = getattr(mutant, "module", None) or getattr(mutant, "file", "")
    about = next((stems for name, stems in ABOUT.items() if name in where), ())
    situations.sort(key=lambda x: not x[0].stem.startswith(about) if about else 0)
    for path, n in situations:
        note.write_text(f"{path.stem} {n} (does not end)", encoding="utf-8")
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            cases.test_case(path, n)
        except Exception as error:
            return f"{path.stem} {n}: {type(error).__name__} {str(error).partition(chr(10))[2][:120]}"
    return ""


def _child(mutant: Mutant | None, note: Path) -> None:
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        verdict = _judge(mutant, note)
    except BaseException as error:
        verdict = f"{type(error).__name__} before any test: {traceback.format_exc()[-300:]}"
    note.write_text(verdict, encoding="utf-8")
    os._exit(0)


@dataclass(frozen=True)
class Verdict:
    seed: int
    mutant: Mutant | None
    noticed: str  # by which test; empty where by none


def judged(drawn: Sequence[tuple[int, Mutant | None]], folder: Path) -> Iterator[Verdict]:
    """Each mutant with the test that noticed it, two at a time, as they are done."""
    waiting, running = list(reversed(drawn)), {}
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            seed, mutant = waiting.pop()
            note = folder / f"{type(mutant).__module__}-{seed}.txt"
            child = os.fork()
            if not child:
                _child(mutant, note)
            running[child] = (seed, mutant, note)
        child, _ = os.wait()
        seed, mutant, note = running.pop(child)
        yield Verdict(seed, mutant, note.read_text(encoding="utf-8") if note.exists() else "ended before any test")
        shutil.rmtree(note.with_suffix(""), ignore_errors=True)


def main(words: Sequence[str]) -> int:
    which = words[0] if words and words[0].isalpha() else "both"
    numbers = [w for w in words if not w.isalpha()] or ["0", "300"]
    several = (
        numbers[0].split(",") if len(numbers) == 1 else range(int(numbers[0]), int(numbers[0]) + int(numbers[1]))
    )
    seeds = [int(x) for x in several]
    wrong = False
    drawn_mutants = {name: [(x, draw(x)) for x in seeds] for name, draw in DRAWN.items() if which in (name, "both")}
    _warm()
    with tempfile.TemporaryDirectory() as home:
        sound = next(judged([(0, None)], Path(home)))
        if sound.noticed:
            print(f"Without any mutant a test fails: {sound.noticed}")
            return 2
        for name, drawn in drawn_mutants.items():
            noticed = 0
            for v in judged(drawn, Path(home)):
                noticed += bool(v.noticed)
                print(
                    f"{name} {v.seed}: {'noticed' if v.noticed else 'SURVIVED'}: {v.mutant} | {v.noticed}", flush=True
                )
            print(f"{name}: {noticed} of {len(seeds)} noticed")
            wrong |= noticed * 100 < AT_LEAST * len(seeds)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What `make mutants` draws: a real change each time, the same for the same seed. Whether tests notice takes long,
and is asked by the make target alone."""

import pytest

pytest.importorskip("mutmut", reason="mutmut has wheels for Linux only")

import mutants_of_code
import mutants_of_decisions
from matchguide import paths
from matchguide.source import parse


def test_a_mutant_of_the_evaluation_is_a_module_with_one_change() -> None:
    for seed in range(12):
        mutant = mutants_of_code.mutant(seed)
        path = mutants_of_code.PACKAGE / f"{mutant.module.replace('.', '/')}.py"
        assert mutant.text != path.read_text(encoding="utf-8"), mutant
        compile(mutant.text, mutant.module, "exec")
        assert mutant == mutants_of_code.mutant(seed)


def test_a_mutant_of_the_decisions_is_a_file_that_says_something_else() -> None:
    for seed in range(200):
        mutant = mutants_of_decisions.mutant(seed)
        before = parse((paths.CONTENT / mutant.file).read_text(encoding="utf-8"), mutant.file).data
        assert parse(mutant.text, mutant.file).data != before, mutant
        assert mutant == mutants_of_decisions.mutant(seed)

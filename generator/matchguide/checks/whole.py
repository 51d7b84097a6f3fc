"""All content and templates checked at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import BaseModel, ValidationError

from matchguide.checks import complete, fields, prose, templates
from matchguide.checks.names import Names
from matchguide.checks.written import Written, read
from matchguide.content import cards, cohort, first_card, goal, phases, programs, rules, statement_check
from matchguide.content.combinations import Combinations
from matchguide.content.files import placed, read_checked
from matchguide.content.lists import known
from matchguide.content.talk import FaqFile, GlossaryFile, InterviewFile
from matchguide.mistakes import Mistake, MistakesFound
from matchguide.plan.flips import small_profile


def check(content: Path, templates_folder: Path) -> None:
    """Raises MistakesFound with everything that is wrong in the two folders."""
    found = problems(content, templates_folder)
    if found:
        raise MistakesFound(found)


def problems(content: Path, templates_folder: Path) -> list[Mistake]:
    """Everything that is wrong, each once, the most exact first where several say the same of one place."""
    written = read(content, templates_folder)
    names = Names(written)
    found = [*written.mistakes, *names.mistakes, *_models(written, names.numbers)]
    for look in (fields, prose, templates, complete):
        found += look.problems(names)
    out: dict[tuple[str, int, str], Mistake] = {}
    for mistake in placed(MistakesFound(found)).mistakes:
        out.setdefault((mistake.file, mistake.line, mistake.field if mistake.line else mistake.problem), mistake)
    return list(out.values())


def _models(written: Written, numbers: frozenset[str]) -> Iterator[Mistake]:
    """What the loaders find: unknown fields, fields of the wrong kind, values out of range."""
    folder = written.content
    yield from _told(lambda: known(folder))
    yield from _told(lambda: cards.load(folder / "specialties"))
    yield from _told(lambda: goal.load_all(folder / "goals"))
    yield from _told(lambda: phases.load(folder / "phases.yml"))
    yield from _told(lambda: rules.load(folder / "rules"))
    yield from _told(lambda: first_card.load(folder / "first-card.yml", numbers))
    yield from _told(lambda: cohort.load(folder / "cohort.yml", numbers))
    yield from _told(lambda: statement_check.load(folder / "statement-check.yml"))
    yield from _told(lambda: programs.load(folder / "programs.yml"))
    files: list[tuple[str, type[BaseModel]]] = [("faq.yml", FaqFile), ("glossary.yml", GlossaryFile)]
    files += [(n, InterviewFile) for n in written.texts if n.startswith("interviews/")]
    files += [(n, Combinations) for n in written.texts if n.endswith("/combinations.yml")]
    for name, model in files:
        yield from _told(lambda path=folder / name, model=model: read_checked(path, model))  # type: ignore[misc]
    yield from _changes(written)


def _changes(written: Written) -> Iterator[Mistake]:
    """The small profiles of changes.yml are profiles."""
    lists = known(written.content)
    for name, source in written.data.items():
        if not name.endswith("/changes.yml") or not isinstance(source.data, dict):
            continue
        for i, change in enumerate(source.data.get("changes") or ()):
            laid = change.get("change") if isinstance(change, dict) else None
            try:
                small_profile(name.split("/")[1], laid or {}, lists)
            except ValidationError as error:
                detail = error.errors()[0]
                path = ("changes", i, "change", *(x for x in detail["loc"] if x != "[key]"))
                yield source.mistake(path, f"is no profile: {detail['msg']}.")


def _told(load: Callable[[], object]) -> tuple[Mistake, ...]:
    try:
        load()
    except MistakesFound as error:
        return error.mistakes
    return ()

"""The one-way flow: profile <- content <- plan <- pages <- render, site <- cli. Read from the code itself."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import matchguide
from support import PROFILES

pytestmark = pytest.mark.fast

PACKAGE = Path(matchguide.__file__).parent
ORDER = ["base", "profile", "content", "plan", "pages", "checks", "session", "render", "site", "cohort", "cli"]
BASE = {
    "matchguide",
    "matchguide.day",
    "matchguide.mistakes",
    "matchguide.paths",
    "matchguide.source",
    "matchguide.cache",
}
# A leaf without any import of ours, used by pages for file texts. It would stand better in the base.
LEAVES = {"matchguide.render.plaintext"}
SIDE_BY_SIDE = {
    "pdf": "site",
    "publish": "site",
    "output": "base",
    "decisions": "checks",
    "programs": "content",
    "webapp": "cohort",
}
MODULES = {
    ".".join(("matchguide", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if "_data" not in path.parts
}


def layer(module: str) -> int:
    if module in BASE | LEAVES:
        return 0
    part = module.split(".")[1]
    return ORDER.index(SIDE_BY_SIDE.get(part, part))


def imports(path: Path, *, inside_functions: bool = True) -> Iterator[tuple[str, int]]:
    """Every module a file imports, with the line. `from a import b` counts as a.b where that is a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lazy = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if not inside_functions and id(node) in lazy:
            continue
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield (whole if whole in MODULES else str(node.module)), node.lineno


def ours(path: Path) -> Iterator[tuple[str, int]]:
    return ((m, line) for m, line in imports(path) if m.split(".")[0] == "matchguide")


def importers(package: str, *, inside_functions: bool = True) -> set[str]:
    return {
        name
        for name, path in MODULES.items()
        for module, _ in imports(path, inside_functions=inside_functions)
        if module.split(".")[0] == package
    }


def test_there_is_something_to_check() -> None:
    assert {name.split(".")[1] for name in MODULES if name.count(".")} >= {
        "profile",
        "content",
        "plan",
        "pages",
        "cli",
    }
    assert ("matchguide.profile.model", 8) not in list(ours(MODULES["matchguide.mistakes"]))
    assert "matchguide.profile.model" in {m for m, _ in ours(MODULES["matchguide.plan.make"])}


@pytest.mark.parametrize("name", MODULES)
def test_every_import_flows_one_way(name: str) -> None:
    wrong = [f"line {line}: {module}" for module, line in ours(MODULES[name]) if layer(module) > layer(name)]
    assert not wrong, f"{name} imports what comes after it: {wrong}"


def test_leaves_import_nothing_of_ours() -> None:
    for name in LEAVES & set(MODULES):
        assert list(ours(MODULES[name])) == []


def test_plan_reads_no_pages_no_files_no_clock_and_no_chance() -> None:
    for name, path in MODULES.items():
        if not name.startswith("matchguide.plan."):
            continue
        used = {module.split(".")[0] for module, _ in imports(path)}
        assert not used & {"jinja2", "yaml", "markdown", "mkdocs", "random", "time", "os", "pathlib", "secrets"}, name
        calls = {
            n.attr for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Attribute)
        }
        assert not calls & {"today", "now", "utcnow", "read_text", "open"}, name


def test_jinja_runs_content_only_in_expressions_and_words_only_in_pages() -> None:
    found = importers("jinja2")
    assert "matchguide.content.expressions" in found
    # What site/ runs is MkDocs' own Jinja, over the theme's templates.
    of_the_theme = {"matchguide.site.theme", "matchguide.site.build", "matchguide.site.shells"}
    for name in found - of_the_theme - {"matchguide.content.expressions", "matchguide.cache"}:
        assert name.startswith(("matchguide.pages.", "matchguide.checks.", "matchguide.decisions.")), name


def test_mkdocs_is_known_only_in_site() -> None:
    """The command `serve` may start it, but nothing else, and nothing outside site/ when it is imported."""
    for name in importers("mkdocs"):
        assert name.startswith("matchguide.site.") or name == "matchguide.cli.serve", name
    for name in importers("mkdocs", inside_functions=False):
        assert name.startswith("matchguide.site."), name


def test_site_knows_neither_medicine_nor_profiles() -> None:
    """It gets a guide of pages; content, plan and profile are none of its business."""
    for name, path in MODULES.items():
        if name.startswith(("matchguide.site.", "matchguide.render.")):
            for module, line in ours(path):
                part = module.split(".")[1] if "." in module else ""
                assert part not in ("content", "plan", "profile", "source"), f"{name}:{line} imports {module}"
                assert part != "pages" or module.startswith(("matchguide.pages.guide", "matchguide.pages.said")), (
                    f"{name}:{line} imports {module}"
                )


def test_commands_leave_medicine_to_the_session() -> None:
    for name, path in MODULES.items():
        if name.startswith("matchguide.cli."):
            for module, line in ours(path):
                assert not module.startswith("matchguide.plan"), f"{name}:{line} imports {module}"


def test_check_starts_without_mkdocs_or_markdown() -> None:
    code = (
        "import json, sys\n"
        "from matchguide.cli.main import main\n"
        f"code = main(['check', {str(PROFILES / 'amara.yml')!r}])\n"
        "print(json.dumps([code, sorted({m.split('.')[0] for m in sys.modules})]))\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    status, loaded = json.loads(ran.stdout.splitlines()[-1])
    assert status in (0, None)
    assert "pydantic" in loaded
    assert not set(loaded) & {"mkdocs", "markdown", "material"}

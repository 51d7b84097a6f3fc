"""Setting up: the locks hold wheels with hashes for the lowest Python that README names, and the PDF is an extra."""

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from examples import ROOT

LOCKS = ("requirements.lock", "requirements-pdf.lock", "requirements-dev.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ONLY_FOR_PAPER = {"typst", "lxml", "fonttools", "pymupdf-fonts", "noto-cjk-sans-otc", "justmytype"}


def locked(name: str) -> dict[str, tuple[Requirement, int]]:
    """What a lock names, with the number of hashes of each."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    out = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            requirement = Requirement(line.split(" --hash")[0])
            out[str(requirement)] = (requirement, line.count("--hash=sha256:"))
    return out


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_locked_has_one_version_and_hashes(lock: str) -> None:
    for requirement, hashes in locked(lock).values():
        assert [s.operator for s in requirement.specifier] == ["=="], requirement
        assert hashes, requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_locked_works_with_the_python_of_debian_12(lock: str) -> None:
    """By what the packages installed here say of themselves. Debian 12 has 3.11.2; README says 3.11."""
    known = {canonicalize_name(d.metadata["Name"]): d for d in importlib.metadata.distributions()}
    seen = 0
    for requirement, _ in locked(lock).values():
        package = known.get(canonicalize_name(requirement.name))
        if package is None or package.version not in requirement.specifier:
            continue
        seen += 1
        needs = package.metadata.get("Requires-Python") or ">=3"
        assert SpecifierSet(needs).contains("3.11.0"), f"{requirement} needs Python {needs}"
    assert seen > 25


@pytest.mark.parametrize(("lock", "extras"), [(LOCKS[0], ()), (LOCKS[1], ("pdf",)), (LOCKS[2], ("pdf", "dev"))])
def test_the_locks_hold_what_the_project_asks_for(lock: str, extras: tuple[str, ...]) -> None:
    """A dependency that was added without `make lock` would be missing where people install."""
    there = {canonicalize_name(r.name): r for r, _ in locked(lock).values()}
    asked = [*PROJECT["dependencies"], *(x for e in extras for x in PROJECT["optional-dependencies"][e])]
    for line in (*asked, *PROJECT["optional-dependencies"]["build"]):
        wanted = Requirement(line)
        found = there.get(canonicalize_name(wanted.name))
        assert found, f"{line} is not in {lock}: run make lock"
        assert all(wanted.specifier.contains(s.version) for s in found.specifier), (
            f"{lock}: {found}, asked for {line}"
        )


def test_the_plain_lock_holds_nothing_that_only_paper_needs() -> None:
    names = {canonicalize_name(r.name) for r, _ in locked("requirements.lock").values()}
    assert not {n for n in names if n in ONLY_FOR_PAPER or n.startswith(("justmytype", "noto-"))}


def test_all_installs_of_the_project_check_hashes_and_take_wheels_only() -> None:
    said = [
        line.strip()
        for path in (ROOT / "Makefile", ROOT / "README.md", *(ROOT / ".github/workflows").glob("*.yml"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"pip install.*-r |\$\(PIP\) .*requirements", line)
    ]
    assert len(said) >= 6
    assert all("--only-binary" in line or "$(LOCKED)" in line for line in said), said
    assert "--only-binary :all: --require-hashes" in (ROOT / "Makefile").read_text(encoding="utf-8")


HIDE = """
import importlib.abc, sys
class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("typst", "lxml", "fontTools", "pymupdf_fonts", "noto_cjk_sans_otc") or name.startswith("justmytype"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name in ("typst", "lxml", "fontTools", "justmytype_western_core") else found(name, *rest)
from matchguide.cli.main import main
sys.exit(main(sys.argv[1:]))
"""  # noqa: E501


def without_the_extra(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", HIDE, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_without_the_extra_all_but_the_pdf_works_and_pdf_says_why_not(tmp_path: Path) -> None:
    amara = str(ROOT / "profiles/amara.yml")
    day = ("--on", "2026-06-15")
    built = without_the_extra("build", amara, *day, "--single", "one.html", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    password = tmp_path / "words"
    password.write_text("revise-citric-playlist-monsieur-yearling-satchel")
    published = without_the_extra("publish", amara, *day, "--password-file", str(password), cwd=tmp_path)
    assert published.returncode == 0, published.stderr
    before = sorted(p.name for p in tmp_path.iterdir())
    for wish in (
        ("pdf", amara),
        ("build", amara, "--pdf", "-o", "other"),
        ("publish", amara, "--pdf", "-o", "third"),
    ):
        refused = without_the_extra(*wish, *day, cwd=tmp_path)
        assert refused.returncode == 2, wish
        assert "matchguide[pdf]" in refused.stderr
        assert "Traceback" not in refused.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == before

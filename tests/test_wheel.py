"""The wheel, installed and used in an empty folder: it carries content, templates and the starter."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from examples import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's files, before everything else on the path."""
    home = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(home), str(ROOT)],
        check=True,
        capture_output=True,
    )
    wheel = next(home.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(home / "site")
    return home / "site"


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, "-m", "matchguide.cli.main", *arguments],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_works_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    ran = run(installed, tmp_path, "init", "me")
    assert ran.returncode == 0, ran.stderr
    where = subprocess.run(
        [sys.executable, "-c", "import matchguide.paths as p; print(p.HOME)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.strip() == str(installed / "matchguide" / "_data")
    assert run(installed, tmp_path, "check", "me/profile.yml").returncode == 0
    built = run(installed, tmp_path, "build", "me/profile.yml", "--on", "2026-06-15", "--single", "me.html")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "guide" / "index.html").is_file()
    assert (tmp_path / "guide" / "assets" / "guide.css").is_file()
    assert (tmp_path / "me.html").stat().st_size > 200_000
    printed = run(installed, tmp_path, "pdf", "me/profile.yml", "--on", "2026-06-15")
    assert printed.returncode == 0, printed.stderr
    assert (tmp_path / "profile.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_no_machine_path_or_registry_is_in_it(installed: Path) -> None:
    for path in installed.rglob("*"):
        if path.is_file() and path.suffix in (".py", ".yml", ".md", ".html", ".js", ".txt", ".css", ".jinja"):
            text = path.read_text(encoding="utf-8", errors="replace")
            assert str(ROOT) not in text, path

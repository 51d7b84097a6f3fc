"""The workflow for GitHub Pages: least permissions, pinned actions, and its own shell lines, run here."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from examples import ROOT
from matchguide.publish.seal import unseal
from matchguide.publish.site import read_site

TEXT = (ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
FLOW: dict[str, Any] = yaml.safe_load(TEXT)
STEPS: list[dict[str, Any]] = FLOW["jobs"]["build"]["steps"]
PASSWORD = "revise-citric-playlist-monsieur-yearling-satchel"
PROFILE = (ROOT / "profiles" / "amara.yml").read_text(encoding="utf-8")


def test_every_action_is_official_and_pinned() -> None:
    used = re.findall(r"uses: (\S+)( # v[\d.]+)?", TEXT)
    assert len(used) == 4
    for action, version in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action), action
        assert version


def test_permissions_are_the_least() -> None:
    assert FLOW["permissions"] == {}
    assert FLOW["jobs"]["build"]["permissions"] == {"contents": "read"}
    assert FLOW["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert "pull_request" not in TEXT
    assert STEPS[0]["with"] == {"persist-credentials": False}


def test_secrets_go_only_where_they_are_needed_and_never_into_a_shell_line() -> None:
    assert "env" not in FLOW
    assert all("env" not in job for job in FLOW["jobs"].values())
    for step in STEPS:
        assert "${{" not in step.get("run", ""), "text of others would become a command"
        if step.get("name") == "Install":
            assert "env" not in step


def test_only_the_checkout_and_hash_checked_wheels_are_installed() -> None:
    """Nothing is built but the checkout, and with nothing but what the lock holds; the PDF's fonts are not in it."""
    installs = [line.split() for step in STEPS for line in step.get("run", "").splitlines() if "pip install" in line]
    assert [line[-2:] for line in installs] == [["-r", "requirements.lock"], ["--no-deps", "."]]
    packages, ours = installs
    assert {"--require-hashes", "--only-binary", ":all:"} <= set(packages)
    assert {"--no-build-isolation", "--no-index"} <= set(ours)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "\nhatchling==" in lock
    assert not re.search(r"^(typst|justmytype|noto-)", lock, re.M)
    assert "--pdf" not in TEXT


def test_secrets_are_given_to_an_environment_that_only_main_can_use() -> None:
    assert FLOW["jobs"]["build"]["environment"] == "guide"
    assert FLOW[True]["push"] == {"branches": ["main"]}
    told = (ROOT / "docs" / "publish.md").read_text(encoding="utf-8")
    for click in ("**Environments**", "Name `guide`", "**Selected branches and tags**", "Name pattern `main`",
                  "**Add environment secret**"):  # fmt: skip
        assert click in told, click
    assert "**Secrets and variables**" not in told, "secrets of the whole repository are for every branch"


def run(step: str, home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """One step's shell lines, as the runner runs them, with the `matchguide` of this checkout."""
    found = next(s for s in STEPS if s.get("name") == step)
    temp, bin = home / "temp", home / "bin"
    temp.mkdir(exist_ok=True)
    bin.mkdir(exist_ok=True)
    command = bin / "matchguide"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m matchguide.cli.main "$@"\n')
    command.chmod(0o755)
    values = {
        "PATH": f"{bin}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "generator"),
        "CI": "true",
        "RUNNER_TEMP": str(temp),
        "GITHUB_OUTPUT": str(home / "output"),
        "GITHUB_REPOSITORY": "somebody/guide",
        **env,
    }
    shell = shutil.which("bash") or "sh"
    return subprocess.run(
        [shell, "--noprofile", "--norc", "-eo", "pipefail", "-c", found["run"]],
        cwd=home, env=values, capture_output=True, text=True, check=False,
    )  # fmt: skip


def look(
    home: Path, profile: str = "", password: str = PASSWORD, private: str = "false", pages: str = "false"
) -> tuple[int, str, str]:
    given = {"GUIDE_PROFILE": profile, "GUIDE_PASSWORD": password, "PRIVATE": private, "PAGES": pages}
    done = run("Look for the profile", home, **given)
    output = home / "output"
    return done.returncode, done.stdout + done.stderr, output.read_text() if output.exists() else ""


def seal(home: Path, profile: str = "", password: str = PASSWORD) -> tuple[int, str]:
    """The second step; the profile is nowhere on the disk after it."""
    done = run("Build and seal", home, GUIDE_PROFILE=profile, MATCHGUIDE_PASSWORD=password)
    assert {p.name for p in (home / "temp").iterdir()} <= {"public"}
    return done.returncode, done.stdout + done.stderr


def test_its_steps_publish_the_profile_of_the_secret(tmp_path: Path) -> None:
    status, log, output = look(tmp_path, PROFILE)
    assert (status, output) == (0, "ready=yes\n"), log
    status, told = seal(tmp_path, PROFILE)
    assert status == 0, told
    files = unseal(read_site(tmp_path / "temp" / "public"), PASSWORD)
    assert b"Amara Silva" in files["index.html"]
    published = (tmp_path / "temp" / "public").rglob("*")
    assert all(p.stat().st_mode & (0o005 if p.is_dir() else 0o004) for p in published), (
        "Pages must be able to read it"
    )
    assert "Amara" not in log + told
    assert PASSWORD not in log + told


def test_mistakes_are_told_without_the_value(tmp_path: Path) -> None:
    broken = PROFILE.replace("240s", "2440")
    assert broken != PROFILE
    assert look(tmp_path, broken)[0] == 0
    status, told = seal(tmp_path, broken)
    assert status == 2
    assert "exams.step2_ck.score" in told
    assert "2440" not in told


@pytest.mark.parametrize("weak", ["amara2027", " "])
def test_a_weak_password_publishes_nothing(weak: str, tmp_path: Path) -> None:
    assert look(tmp_path, PROFILE, weak)[0] == 0
    status, told = seal(tmp_path, PROFILE, weak)
    assert status == 2
    assert weak.strip() == "" or weak not in told
    assert not (tmp_path / "temp" / "public").exists()


def test_what_is_missing_or_too_large(tmp_path: Path) -> None:
    assert look(tmp_path)[::2] == (0, "ready=no\n")
    (tmp_path / "output").unlink()
    status, log, output = look(tmp_path, PROFILE, "")
    assert (status, output) == (2, "")
    assert "GUIDE_PASSWORD is missing" in log
    fits = PROFILE + "#" * (49152 - len(PROFILE.encode()))
    assert look(tmp_path, fits)[0] == 0
    (tmp_path / "output").unlink()
    status, log, output = look(tmp_path, fits + "#")
    assert (status, output) == (2, "")
    assert "48 KB" in log


def test_where_no_profile_and_no_password_is_set_the_app_is_published(tmp_path: Path) -> None:
    """An address serves either the app or a sealed guide; where Pages is off, nothing fails."""
    for password, pages, ready in (("", "true", "app"), ("", "false", "no"), (PASSWORD, "true", "no")):
        assert look(tmp_path, "", password, pages=pages)[::2] == (0, f"ready={ready}\n")
        (tmp_path / "output").unlink()
    assert look(tmp_path, PROFILE, PASSWORD, pages="true")[::2] == (0, "ready=yes\n")
    steps = {step.get("name"): step for step in STEPS}
    assert "env" not in steps["Build the app"], "no secret is near what npm and pip fetch"
    assert steps["Build the app"]["if"].endswith("== 'app'")
    assert steps["Build and seal"]["if"].endswith("== 'yes'")


def test_a_profile_in_a_file_is_for_private_repositories(tmp_path: Path) -> None:
    (tmp_path / "my-profile.yml").write_text(PROFILE + "#" * 49152)
    for secret in ("", PROFILE):
        status, log, output = look(tmp_path, secret)
        assert (status, output) == (2, ""), "also beside the secret"
        assert "everyone can read it" in log
    assert look(tmp_path, private="true")[::2] == (0, "ready=yes\n")
    assert seal(tmp_path)[0] == 0
    assert unseal(read_site(tmp_path / "temp" / "public"), PASSWORD)

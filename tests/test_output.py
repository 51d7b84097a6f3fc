"""What a command prints is UTF-8 everywhere, and its lines have one order."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from examples import ROOT

NAMES = "José Ñuñez 王小明 නිමල් é"


def matchguide(*arguments: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "matchguide.cli.main", *arguments]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **env})


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "ascii", "utf-16"])
def test_redirected_output_is_utf_8_whatever_the_system_prefers(encoding: str, tmp_path: Path) -> None:
    """As on Windows, where a file gets the system's old code page unless a program says otherwise."""
    path = tmp_path / f"{NAMES}.yml"
    goal = "goal: {specialty: interventional-radiology, season: 2027}"
    path.write_text(
        f"{goal}\ninterviews: [{{program: {NAMES}, specialty: internal-medicine, date: 2026-12-01}}]\n",
        encoding="utf-8",
    )
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    told = matchguide("plan", str(path), "--json", "--on", "2026-06-15", **env)
    assert told.returncode == 0, told.stderr
    assert NAMES in told.stdout.decode("utf-8")
    path.write_text(f"{goal}\nwrong: 1\n", encoding="utf-8")
    refused = matchguide("check", str(path), **env)
    assert refused.returncode == 2
    assert "wrong" in refused.stderr.decode("utf-8")


@pytest.mark.parametrize("name", ["amara", "needs-h1b"])
def test_the_lines_of_plan_have_one_order(name: str) -> None:
    """A set of Python is in another order in every process."""
    profile = str(ROOT / "profiles" / f"{name}.yml")
    outs = {matchguide("plan", profile, "--on", "2026-06-15", PYTHONHASHSEED=str(i)).stdout for i in range(3)}
    assert len(outs) == 1

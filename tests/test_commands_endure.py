"""Every command as a whole process under a full disk, a full temporary folder, a read-only home, umask 077, two at a
time, and killed at drawn moments: the last good result is whole, and nothing of the reader lies in clear outside it
and its hidden neighbor, which the next run removes.

`make endurance` runs all of it, with forty moments each; the test run a small set."""

import json
import os
import random
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from examples import ROOT
from matchguide.output.lock import beside
from matchguide.output.ours import edited, kind_of, others, read_listing
from test_nothing_clear_outside import CHOSEN, PASSWORD, _asked
from test_serve import _free_port

MOMENTS = int(os.environ.get("ENDURANCE", "0"))
PROFILES = [str(ROOT / "profiles" / f"{name}.yml") for name in ("amara", "strong-radiology")]
ON = ["--on", "2026-06-15"]
TOLD_IN_CLEAR = (b"Amara", b"Silva", CHOSEN)


@dataclass(frozen=True)
class Command:
    """What is run for a profile and an output; `kind` of what it writes, "" for nothing."""

    arguments: Callable[[str, Path], list[str]]
    kind: str
    sealed: bool = False


COMMANDS = {
    "build": Command(lambda p, out: ["build", p, *ON, "-o", str(out)], "guide"),
    "build --pdf": Command(lambda p, out: ["build", p, *ON, "--pdf", "-o", str(out)], "guide"),
    "publish": Command(lambda p, out: ["publish", p, *ON, "-o", str(out)], "sealed guide", sealed=True),
    "publish --open": Command(lambda p, out: ["publish", p, *ON, "--open", "-o", str(out)], "guide"),
    "eject": Command(lambda p, out: ["eject", p, str(out), *ON], "project"),
    "pdf": Command(lambda p, out: ["pdf", p, *ON, "-o", str(out)], "workbook"),
    "build --single": Command(
        lambda p, out: ["build", p, *ON, "-o", str(out.parent / "beside"), "--single", str(out)], "guide"
    ),
    "publish --single": Command(
        lambda p, out: ["publish", p, *ON, "--single", str(out)], "sealed guide", sealed=True
    ),
    "init": Command(lambda p, out: ["init", str(out)], "starter"),
    "check": Command(lambda p, out: ["check", p], ""),
    "plan": Command(lambda p, out: ["plan", p, "--json", *ON], ""),
}


def some(*names: str) -> list[str]:
    """All commands under `make endurance`, else these."""
    return list(COMMANDS if MOMENTS else names)


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    for name in ("tmp", "home", "out"):
        (tmp_path / name).mkdir()
    return {
        **{k: v for k, v in os.environ.items() if k != "CI"},
        "TMPDIR": str(tmp_path / "tmp"),
        "HOME": str(tmp_path / "home"),
        "MATCHGUIDE_PASSWORD": PASSWORD,
    }


WITHOUT_RIGHTS = ["setpriv", "--bounding-set=-all"] if os.geteuid() == 0 else []  # root may write everywhere


def begin(
    arguments: list[str], env: dict[str, str], before: Sequence[str] = (), **more: object
) -> subprocess.Popen[str]:
    command = [*before, sys.executable, "-m", "matchguide.cli.main", *arguments]
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
        command,
        env=env,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=env["HOME"],
        **more,
    )


def run(
    arguments: list[str], env: dict[str, str], before: Sequence[str] = (), **more: object
) -> tuple[int, str, str]:
    process = begin(arguments, env, before, **more)
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in err, err
    return process.returncode, out, err


def kill(process: subprocess.Popen[str], after: float) -> None:
    """Kills the process after so many seconds, if it has not ended by itself."""
    try:
        process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def assert_whole(place: Path, kind: str) -> None:
    if kind == "starter":
        assert (place / "profile.yml").is_file()
    elif place.is_dir():
        here = read_listing(place)
        assert here
        assert here.kind == kind
        assert all((place / path).is_file() for path in here.files)
        assert edited(place, here.files) == others(place, here.files) == []
    else:
        assert kind_of(place.read_bytes()) == kind


def assert_nothing_clear(home: Path, command: Command, out: Path) -> None:
    """Neither in the temporary folder nor in the home; beside the output only in its hidden neighbor."""
    allowed = [] if command.sealed else [out, out.parent / "beside"]
    allowed += [] if command.sealed else [beside(place, what) for place in allowed for what in ("new", "old")]
    for path in home.rglob("*"):
        if path.is_file() and not any(path.is_relative_to(place) for place in allowed):
            data = path.read_bytes()
            assert not [word for word in TOLD_IN_CLEAR if word in data], path


def assert_done(command: Command, out: Path, told: str) -> None:
    """The result is whole, and nothing lies beside it."""
    if command.kind:
        assert_whole(out, command.kind)
    elif told.startswith("{"):
        assert json.loads(told)["combination"]
    assert {p.name for p in out.parent.iterdir()} <= {out.name, "beside"}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a disk of its own of a given size, where the system lets us."""
    places: list[Path] = []

    def mounted(size: str) -> Path:
        place = tmp_path / f"disk-{size}"
        place.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
        if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("no right to mount a disk")
        places.append(place)
        return place

    yield mounted
    for place in places:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path) -> None:
    with (place / "filler").open("wb", buffering=0) as filler:
        try:
            while filler.write(b"x" * 4096):
                pass
        except OSError:
            return


@pytest.mark.parametrize("name", some("build"))
def test_on_a_full_disk_the_last_result_stays(
    name: str, env: dict[str, str], disk: Callable[[str], Path], tmp_path: Path
) -> None:
    command, place = COMMANDS[name], disk("32m")
    out = place / "here" / "out"
    out.parent.mkdir()
    if command.kind and command.kind != "starter":
        assert run(command.arguments(PROFILES[0], out), env)[0] == 0
    fill(place)
    code, told, err = run(command.arguments(PROFILES[1], out), env)
    if not command.kind:
        assert code == 0
        return
    assert code == 2
    assert "No space left" in err
    if command.kind == "starter":
        assert list(out.parent.iterdir()) == []
    else:
        assert_done(command, out, told)
    assert_nothing_clear(tmp_path, command, out)


@pytest.mark.parametrize("name", some("build --pdf"))
def test_with_a_full_temporary_folder_a_read_only_home_and_umask_077(
    name: str, env: dict[str, str], disk: Callable[[str], Path], tmp_path: Path
) -> None:
    command, out = COMMANDS[name], tmp_path / "out" / "out"
    env["TMPDIR"] = str(disk("64k"))
    fill(Path(env["TMPDIR"]))
    Path(env["HOME"]).chmod(0o500)
    if WITHOUT_RIGHTS and not shutil.which(WITHOUT_RIGHTS[0]):
        pytest.skip("to root no home is read-only")
    code, told, err = run(command.arguments(PROFILES[0], out), env, WITHOUT_RIGHTS, umask=0o077)
    assert code == 0, err
    assert_done(command, out, told)
    for path in (tmp_path / "out").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert_nothing_clear(tmp_path, command, out)


@pytest.mark.parametrize("name", some("build"))
def test_two_at_a_time_leave_one_whole_result(name: str, env: dict[str, str], tmp_path: Path) -> None:
    command, out = COMMANDS[name], tmp_path / "out" / "out"
    both = [begin(command.arguments(profile, out), env) for profile in PROFILES]
    ends = [process.communicate(timeout=120) for process in both]
    assert not any("Traceback" in err for _, err in ends), ends
    # A second `init` finds what the first has written, and says so.
    assert sorted(p.returncode for p in both) in ([[0, 0], [0, 2]] if command.kind == "starter" else [[0, 0]])
    assert_done(command, out, ends[0][0])
    assert_nothing_clear(tmp_path, command, out)


@pytest.mark.parametrize("name", some("publish"))
def test_killed_at_drawn_moments_the_last_result_is_whole(name: str, env: dict[str, str], tmp_path: Path) -> None:
    """Half of the moments are drawn from the whole run, half from its end, where it writes."""
    command, out = COMMANDS[name], tmp_path / "out" / "out"
    draw, lasted = random.Random(name), 5.0
    for moment in range(MOMENTS or 1):
        if moment % 20 == 0:
            start = time.monotonic()
            code, _, err = run(command.arguments(PROFILES[0], out), env)
            lasted = min(lasted, time.monotonic() - start)
            assert code == (2 if command.kind == "starter" and moment else 0), err
        after = draw.uniform(0, lasted) if moment % 2 else lasted - draw.uniform(0, min(1, lasted))
        if command.kind == "starter":
            shutil.rmtree(out, ignore_errors=True)
        kill(begin(command.arguments(PROFILES[moment % 2], out), env), after)
        assert_nothing_clear(tmp_path, command, out)
        if command.kind == "starter":  # what was cut short can be run again; what was whole is not written over
            expected = 2 if (out / "profile.yml").exists() else 0
            assert run(command.arguments("", out), env)[0] == expected
        elif command.kind:
            assert_whole(out if os.path.lexists(out) else beside(out, "old"), command.kind)
    if command.kind == "starter":
        shutil.rmtree(out, ignore_errors=True)
    code, told, err = run(command.arguments(PROFILES[0], out), env)
    assert code == 0, err
    assert_done(command, out, told)
    assert_nothing_clear(tmp_path, command, out)


@pytest.mark.skipif(not MOMENTS, reason="make endurance")
def test_serve_killed_at_drawn_moments_leaves_nothing_in_clear(env: dict[str, str], tmp_path: Path) -> None:
    draw = random.Random("serve")
    for moment in range(MOMENTS):
        port = _free_port()
        process = begin(["serve", PROFILES[0], *ON, "--port", str(port)], env)
        if moment % 10 == 0:
            assert "Silva" in _asked(port)[1]
        kill(process, draw.uniform(0, 3) if moment % 10 else 0)
        assert_nothing_clear(tmp_path, COMMANDS["plan"], tmp_path / "nothing")

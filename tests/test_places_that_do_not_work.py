"""Full disks, closed folders, mount points, long names, ports and days that are none: a message, exit 2, nothing
half written, and no traceback."""

import errno
import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from examples import ROOT
from matchguide.cli.main import main
from matchguide.output.ours import signed_html
from test_only_ours_is_replaced import OUTPUTS, PASSWORD

SMALLEST = str(ROOT / "profiles" / "smallest.yml")
ON = ["--on", "2026-06-15"]
LONG = "n" * 300


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written is not what is asked here: a site of three pages is enough."""
    site = {"index.html": b"<p>", "a/b.css": b"x" * 4096, "c.html": b"<p>"}
    monkeypatch.setenv("MATCHGUIDE_PASSWORD", PASSWORD)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("matchguide.site.build.site_files", lambda guide: site)
    monkeypatch.setattr("matchguide.site.eject._project", lambda *_: site)
    monkeypatch.setattr("matchguide.cli.pdf._made", lambda *_, **__: signed_html("%PDF", "workbook"))
    monkeypatch.setattr("matchguide.site.single.single", lambda *_: signed_html("<p>", "guide"))
    monkeypatch.setattr("matchguide.publish.single.sealed_single", lambda *_: signed_html("<p>", "sealed guide"))


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What is told. The exit code is 2."""
    os.environ["MATCHGUIDE_PASSWORD"] = PASSWORD  # each command takes it away
    capsys.readouterr()
    try:
        code = main(arguments)
    except SystemExit as end:  # argparse
        code = int(end.code or 0)
    told = capsys.readouterr().err
    assert code == 2, told
    assert told.strip()
    assert "Traceback" not in told
    return told


def everything(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 KB of its own, where the system lets us mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = (
        shutil.which("mount")
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", str(place)], capture_output=True, check=False
        ).returncode
    )
    if not mounted:
        pytest.skip("no right to mount a disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("command", OUTPUTS)
def test_a_full_disk(command: str, small_disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (small_disk / "filler").write_bytes(b"x" * 4096)
    deep = refused(OUTPUTS[command](small_disk / "new" / "out"), capsys)
    assert "No space left" in deep or "lies in a folder that is not there" in deep
    assert "No space left" in refused(OUTPUTS[command](small_disk / "out"), capsys)
    assert everything(small_disk) == ["filler"]


def test_init_on_a_full_disk_can_be_run_again(small_disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "No space left" in refused(["init", str(small_disk / "me")], capsys)
    assert everything(small_disk) == []


@pytest.mark.parametrize("command", OUTPUTS)
def test_a_full_disk_where_none_can_be_mounted(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr("matchguide.output.file.os.fdopen", full)
    assert "No space left" in refused(OUTPUTS[command](tmp_path / "out"), capsys)
    assert everything(tmp_path) == []


@pytest.mark.parametrize("command", [c for c in OUTPUTS if "single" not in c and c != "pdf"])
def test_a_mount_point(command: str, small_disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "mount point" in refused(OUTPUTS[command](small_disk), capsys)
    assert everything(small_disk) == []
    assert [p.name for p in small_disk.parent.iterdir()] == ["disk"]


@pytest.mark.parametrize("command", OUTPUTS)
def test_a_busy_place(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mount of a folder of the same disk is not known for one before it is to be replaced."""

    def busy(*_: object) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy")

    monkeypatch.setattr(Path, "rename", busy)
    monkeypatch.setattr(Path, "replace", busy)
    assert "busy" in refused(OUTPUTS[command](tmp_path / "out"), capsys)
    assert everything(tmp_path) == []


@pytest.mark.parametrize("command", OUTPUTS)
def test_a_name_of_300_characters(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place in (tmp_path / LONG, tmp_path / LONG / "guide", tmp_path / ("n" * 250)):
        assert "too long" in refused(OUTPUTS[command](place), capsys)
        assert everything(tmp_path) == []


@pytest.mark.parametrize("command", ["check", "plan", "build", "pdf", "publish", "serve"])
def test_a_profile_of_300_characters(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "too long" in refused([command, LONG], capsys)


def test_init_with_300_characters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "too long" in refused(["init", str(tmp_path / LONG)], capsys)
    assert "too long" in refused(["init", str(tmp_path / "new" / LONG)], capsys)
    assert everything(tmp_path) == []


def _without_rights(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process that no rights of root help."""
    command = [sys.executable, "-m", "matchguide.cli.main", *arguments]
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root may search everywhere")
        command = ["setpriv", "--bounding-set=-all", *command]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("mode", "arguments"),
    [
        (0o500, ["build", SMALLEST, "-o", "guide"]),
        (0o600, ["build", SMALLEST, "-o", "guide"]),
        (0o000, ["pdf", SMALLEST, "-o", "me.pdf"]),
        (0o500, ["init", "me"]),
        (0o600, ["init", "me"]),
    ],
    ids=lambda value: f"{value:o}" if isinstance(value, int) else value[0],
)
def test_a_folder_without_rights(mode: int, arguments: list[str], tmp_path: Path) -> None:
    """Read-only, without search permission, and closed."""
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(mode)
    try:
        done = _without_rights(*arguments[:-1], f"{closed}/{arguments[-1]}")
    finally:
        closed.chmod(0o700)
    assert done.returncode == 2, done.stderr
    assert "Permission denied" in done.stderr or "not there" in done.stderr
    assert "Traceback" not in done.stderr
    assert everything(tmp_path) == ["closed"]


@pytest.mark.parametrize("command", ["build", "publish"])
def test_a_single_file_may_lie_in_the_folder_that_is_written_with_it(command: str, tmp_path: Path) -> None:
    for _ in range(2):
        os.environ["MATCHGUIDE_PASSWORD"] = PASSWORD
        single = tmp_path / "out" / "one.html"
        assert main([*OUTPUTS[command](tmp_path / "out"), "--single", str(single)]) == 0
        assert single.is_file()
    assert os.listdir(tmp_path) == ["out"]


# ---- Days and ports


@pytest.mark.parametrize("command", ["plan", "build", "pdf", "serve"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1980-01-01"])
def test_a_day_of_another_century(
    command: str, day: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert f"says {day}" in refused([command, SMALLEST, "--on", day], capsys)
    assert everything(tmp_path) == []


def test_the_clock_of_1980_that_builders_set(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "315532800")
    assert "SOURCE_DATE_EPOCH: says 1980-01-01" in refused(["plan", SMALLEST], capsys)
    assert main(["plan", SMALLEST, *ON]) == 0, "a day that is named goes before"


@pytest.mark.parametrize("port", ["80000", "0", "-1", "http"])
def test_a_port_that_is_none(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "port" in refused(["serve", SMALLEST, *ON, "--port", port], capsys)


def test_a_port_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"{port} is taken" in refused(["serve", SMALLEST, *ON, "--port", str(port)], capsys)


# ---- What goes in and out


def test_a_profile_from_a_pipe_is_read_whole_or_refused(tmp_path: Path) -> None:
    profile = Path(SMALLEST).read_text()
    command = [sys.executable, "-m", "matchguide.cli.main", "plan", "/dev/stdin", *ON]

    def told(text: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, input=text, capture_output=True, text=True, check=False)

    slow = f"(head -c 100 {SMALLEST}; sleep 0.3; tail -c +101 {SMALLEST}) | {' '.join(command)}"
    whole = subprocess.run(["sh", "-c", slow], capture_output=True, text=True, check=False)
    assert whole.stdout == told(profile).stdout != ""
    too_much = told(profile + "#" * 1_000_000 + "\nexams: {step2_ck: {score: 9999}}\n")
    assert too_much.returncode == 2
    assert "more than 1,000,000 bytes" in too_much.stderr


def test_a_profile_from_a_pipe_cannot_be_served(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    pid = os.fork()
    if not pid:
        pipe.write_bytes(Path(SMALLEST).read_bytes())
        os._exit(0)
    assert "can be read again" in refused(["serve", str(pipe), *ON], capsys)
    os.waitpid(pid, 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_result_that_nobody_can_take() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "matchguide.cli.main", "plan", SMALLEST, *ON],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_temporary_folder_only_costs_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    from jinja2 import DictLoader, Environment

    from matchguide.cache import compiled_templates

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("jinja2.bccache.tempfile.NamedTemporaryFile", full)
    loader = DictLoader({"page": "{{ 1 + 1 }}"})
    assert Environment(loader=loader, bytecode_cache=compiled_templates()).get_template("page").render() == "2"


# ---- init


def test_init_that_was_cut_short_can_be_run_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from matchguide.output import file

    put: Callable[..., None] = file.put
    done: list[str] = []

    def once(path: Path, data: bytes, mode: int = 0o666) -> None:
        if len(done) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        done.append(path.name)
        put(path, data, mode)

    monkeypatch.setattr("matchguide.cli.init.put", once)
    refused(["init", str(tmp_path / "me")], capsys)
    assert everything(tmp_path) == []
    monkeypatch.setattr("matchguide.cli.init.put", put)
    (tmp_path / "me").mkdir()
    (tmp_path / "me" / "notes.txt").write_text("mine")
    assert main(["init", str(tmp_path / "me")]) == 0
    (tmp_path / "me" / "profile.yml").unlink()  # as a kill leaves it: the profile comes last
    assert main(["init", str(tmp_path / "me")]) == 0
    assert (tmp_path / "me" / "profile.yml").is_file()
    assert (tmp_path / "me" / "notes.txt").read_text() == "mine"


def test_init_writes_the_profile_for_nobody_else_and_check_says_when_others_can_read_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = os.umask(0o022)
    try:
        assert main(["init", str(tmp_path / "me")]) == 0
    finally:
        os.umask(before)
    profile = tmp_path / "me" / "profile.yml"
    assert stat.S_IMODE(profile.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "me" / "mkdocs.yml").stat().st_mode) == 0o644
    capsys.readouterr()
    assert main(["check", str(profile)]) == 0
    assert capsys.readouterr().err == ""
    shutil.copy(SMALLEST, tmp_path / "other.yml")
    for path in (profile, tmp_path / "other.yml"):
        path.chmod(0o644)
    assert main(["check", str(profile), str(tmp_path / "other.yml")]) == 0
    told = capsys.readouterr().err
    assert told.count("can read it") == 1
    assert "chmod 600" in told

"""Nothing of a guide lies in clear outside the place it is written to: not while it is made, not after a kill; and
being told to end, or losing the terminal, ends a command as Ctrl-C does."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from examples import ROOT
from matchguide.cli.main import main
from matchguide.output.lock import beside
from test_only_ours_is_replaced import PASSWORD
from test_serve import _free_port

AMARA = ROOT / "profiles" / "amara.yml"
ON = ["--on", "2026-06-15"]
CHOSEN = b"so radiology alone is not enough"  # a reason's sentence that not every reader gets

# Tells every path that Python opens for writing.
_WATCHED = """
import os, sys
def told(event, args):
    wanted = args[2] if event == "open" and isinstance(args[0], str) and isinstance(args[2], int) else 0
    if wanted & (os.O_WRONLY | os.O_RDWR):
        os.write(3, f"{args[0]}\\n".encode())
    if event in ("os.mkdir", "os.rename", "os.link", "os.symlink"):
        os.write(3, f"{args[0] if event == 'os.mkdir' else args[1]}\\n".encode())
sys.addaudithook(told)
from matchguide.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    """The environment of a computer whose every other place is watched."""
    for name in ("tmp", "home", "out"):
        (tmp_path / name).mkdir()
    return {
        **{k: v for k, v in os.environ.items() if k != "CI"},
        "TMPDIR": str(tmp_path / "tmp"),
        "HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": str(tmp_path / "home"),
        "MATCHGUIDE_PASSWORD": PASSWORD,
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def clear_in(folder: Path) -> list[str]:
    """The files that hold a word of the profile, or a sentence that was chosen for it."""
    words = (b"Amara", b"Silva", CHOSEN)
    return [str(p) for p in folder.rglob("*") if p.is_file() and any(w in p.read_bytes() for w in words)]


def test_publish_writes_only_what_is_sealed(places: dict[str, str], tmp_path: Path) -> None:
    """The pages once lay in the temporary folder, where a killed `publish` left them."""
    out = tmp_path / "out"
    log = tmp_path / "log"
    arguments = ["publish", str(AMARA), *ON, "-o", str(out / "public"), "--single", str(out / "one.html"), "--pdf"]
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" 3>"$0"', str(log), sys.executable, "-c", _WATCHED, *arguments],
        env=places,
        cwd=out,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    written = [Path(line) for line in log.read_text().splitlines()]
    assert out / ".public.matchguide-new" / "sealed" / "head" in written
    mine = (out / "public", out / "one.html", *(out / f".{n}" for n in ("public", "one.html")))
    for path in written:
        ours = path == out or any(str(path).startswith(str(place)) for place in mine)
        cache = path.is_relative_to(tmp_path / "tmp")
        assert ours or cache or path == Path("/dev/null"), path
        # Templates' cache, the empty folder that the press may read, and Python's question whether it may write.
        assert not cache or re.search(r"/(_jinja2-cache.*|matchguide-\w+|\w{8}|tmp\w{8})$", str(path)), path
    assert clear_in(tmp_path) == []


def test_what_is_personal_is_ignored_by_git_where_init_was_run(tmp_path: Path) -> None:
    me = tmp_path / "me"
    assert main(["init", str(me)]) == 0
    subprocess.run(["git", "init", "-q"], cwd=me, check=True)
    written = (me / "guide" / "index.html", me / "guide.html", me / "profile.pdf", me / "public" / "index.html")
    left_by_a_kill = [beside(me / "guide", what) / "index.html" for what in ("new", "old")]
    for path in (*written, *left_by_a_kill, beside(me / "guide.html", "new")):
        path.parent.mkdir(exist_ok=True)
        path.write_text("Amara Silva")
    asked = ["git", "ls-files", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=me, capture_output=True, text=True, check=True).stdout.split()
    assert sorted(listed) == [".gitignore", "extra/robots.txt", "mkdocs.yml", "profile.schema.json"]


@contextmanager
def _served(env: dict[str, str], port: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "matchguide.cli.main", "serve", str(AMARA), *ON, "--port", str(port)]
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        yield server
    finally:
        server.kill()
        server.communicate()


def _asked(port: int, path: str = "/index.html", host: str | None = None, *, patience: float = 60) -> tuple[int, str]:
    end = time.monotonic() + patience
    while True:
        ask = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            ask.request("GET", path, headers={"Host": host or f"127.0.0.1:{port}"})
            answer = ask.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        finally:
            ask.close()


def test_serve_keeps_its_site_in_memory_and_answers_only_to_its_own_name(
    places: dict[str, str], tmp_path: Path
) -> None:
    port = _free_port()
    with _served(places, port) as server:
        status, home = _asked(port)
        assert status == 200
        assert "Silva" in home
        assert CHOSEN.decode() in _asked(port, "/whole.html")[1]
        assert _asked(port, "/", f"localhost:{port}")[0] == 200
        assert "Silva" in _asked(port, "/search/search_index.js")[1]
        assert _asked(port, "/assets/guide.css")[0] == 200
        assert "livereload(" in _asked(port, "/matchguide-reload.js?1")[1]
        status, missing = _asked(port, "/no-such-page.html")
        assert status == 404
        assert "<html" in missing
        for host in ("evil.example", f"evil.example:{port}", f"127.0.0.1:{port + 1}", f"[::1]:{port}x", "127.0.0.1"):
            for path in ("/", "/index.html", "/guide-dates.ics", "/livereload/1/1"):
                status, told = _asked(port, path, host)
                assert status == 421, host
                assert "Silva" not in told
        server.kill()
        server.wait()
    assert clear_in(tmp_path) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_served_guide_ends_quietly(number: signal.Signals, places: dict[str, str], tmp_path: Path) -> None:
    port = _free_port()
    with _served(places, port) as server:
        assert _asked(port)[0] == 200
        server.send_signal(number)
        told = server.communicate(timeout=20)[1]
        assert "Traceback" not in told
    assert [p.name for p in (tmp_path / "tmp").iterdir() if p.name.startswith("mkdocs_")] == []


@pytest.mark.parametrize(("number", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_being_told_to_end_tidies_up_as_ctrl_c_does(
    number: str,
    code: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write = Path.write_bytes

    def interrupted(path: Path, data: bytes) -> int:
        os.kill(os.getpid(), getattr(signal, number))
        return write(path, data)

    monkeypatch.setattr("matchguide.site.build.site_files", lambda guide: {"index.html": b"<p>"})
    before = signal.getsignal(getattr(signal, number))
    assert main(["build", str(AMARA), *ON, "-o", str(tmp_path / "guide")]) == 0
    monkeypatch.setattr(Path, "write_bytes", interrupted)
    assert main(["build", str(AMARA), *ON, "-o", str(tmp_path / "guide")]) == code
    assert os.listdir(tmp_path) == ["guide"]
    assert (tmp_path / "guide" / "index.html").read_bytes() == b"<p>"
    assert "Stopped" in capsys.readouterr().err
    assert signal.getsignal(getattr(signal, number)) == before


def test_under_nohup_the_end_of_the_terminal_is_not_heard(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def hung_up(args: object) -> int:
        os.kill(os.getpid(), signal.SIGHUP)
        return 0

    monkeypatch.setattr("matchguide.cli.plan.run", hung_up)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert main(["plan", str(AMARA)]) == 0
    finally:
        signal.signal(signal.SIGHUP, before)

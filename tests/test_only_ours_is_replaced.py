"""What stands at an output's place is replaced only if we wrote it and nobody changed it since; what others put into
our folders moves along; two writers do not disturb each other."""

import errno
import io
import os
import signal
import stat
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from examples import ROOT
from matchguide.cli.main import main
from matchguide.mistakes import MistakesFound
from matchguide.output import lock, ours
from matchguide.output.file import write_file
from matchguide.output.folder import write_folder
from matchguide.output.lock import beside, holding
from matchguide.output.ours import check_folder_ahead, kind_of, signed_html

SMALLEST = str(ROOT / "profiles" / "smallest.yml")
ON = ["--on", "2026-06-15"]
PASSWORD = "revise-citric-playlist-monsieur-yearling-satchel"
ONE = {"index.html": b"one", "assets/a.css": b"a", "gone.html": b"old"}
TWO = {"index.html": b"two", "assets/a.css": b"b", "new/page.html": b"new"}


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def content(folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(folder).items() if path != ".matchguide"}


# ---- What is not ours stays

OUTPUTS: dict[str, Callable[[Path], list[str]]] = {
    "build": lambda p: ["build", SMALLEST, *ON, "-o", str(p)],
    "build --single": lambda p: ["build", SMALLEST, *ON, "-o", str(p.parent / "g"), "--single", str(p)],
    "pdf": lambda p: ["pdf", SMALLEST, *ON, "-o", str(p)],
    "eject": lambda p: ["eject", SMALLEST, str(p), *ON],
    "publish": lambda p: ["publish", SMALLEST, *ON, "-o", str(p)],
    "publish --single": lambda p: ["publish", SMALLEST, *ON, "--single", str(p)],
    "publish --open": lambda p: ["publish", SMALLEST, *ON, "--open", "-o", str(p)],
}
FILES = ("build --single", "pdf", "publish --single")


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHGUIDE_PASSWORD", PASSWORD)
    monkeypatch.delenv("CI", raising=False)


@pytest.mark.parametrize("command", OUTPUTS)
def test_a_profile_named_as_output_stays(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matchguide.session.Session.guide", property(lambda _: pytest.fail("the work had begun")))
    mine = tmp_path / "me.yml"
    mine.write_text("goal: {specialty: interventional-radiology}\n")
    (tmp_path / "me-2.yml").write_text("taken")
    before = tree(tmp_path)
    assert main(OUTPUTS[command](mine)) == 2
    assert tree(tmp_path) == before
    assert "me-3.yml" in capsys.readouterr().err


def _kept(place: Path) -> tuple[int, ...]:
    """What a place is, all but the time it was last read."""
    s = place.lstat()
    return s.st_mode, s.st_ino, s.st_dev, s.st_size, s.st_mtime_ns, s.st_ctime_ns


@pytest.mark.parametrize("command", OUTPUTS)
@pytest.mark.parametrize("what", ["pipe", "link to a file", "link to a folder", "link to nothing"])
def test_devices_and_links_are_refused_alike(
    command: str, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As root a build once put a folder in the place of /dev/null."""
    place = tmp_path / "there"
    if what == "pipe":
        os.mkfifo(place)
    elif what == "link to a file":
        (tmp_path / "page.html").write_bytes(signed_html("<p>", "guide"))
        place.symlink_to(tmp_path / "page.html")
    elif what == "link to a folder":
        write_folder(tmp_path / "mine", ONE, "guide")
        place.symlink_to(tmp_path / "mine")
    else:
        place.symlink_to(tmp_path / "nowhere")
    before = _kept(place), sorted(os.listdir(tmp_path))
    assert main(OUTPUTS[command](place)) == 2
    assert (_kept(place), sorted(os.listdir(tmp_path))) == before
    assert ("a device or a pipe" if what == "pipe" else "is a link") in capsys.readouterr().err


def test_an_edited_folder_is_refused_with_the_next_free_name(tmp_path: Path) -> None:
    target = tmp_path / "guide"
    write_folder(target, ONE, "guide")
    (target / "assets" / "a.css").write_bytes(b"my own color")
    (tmp_path / "guide-2").mkdir()
    before = tree(tmp_path)
    with pytest.raises(MistakesFound, match=r"assets/a\.css was changed(?s:.*)guide-3"):
        write_folder(target, TWO, "guide")
    assert tree(tmp_path) == before


def test_an_edited_folder_that_an_interrupted_run_left_aside_is_put_back_and_refused(tmp_path: Path) -> None:
    target = tmp_path / "guide"
    write_folder(target, ONE, "guide")
    (target / "index.html").write_bytes(b"edited")
    before = tree(target)
    target.rename(beside(target, "old"))
    with pytest.raises(MistakesFound, match=r"index\.html was changed"):
        write_folder(target, TWO, "guide")
    assert tree(target) == before
    assert os.listdir(tmp_path) == ["guide"]


def test_what_others_put_there_moves_into_the_new_folder(tmp_path: Path) -> None:
    target = tmp_path / "guide"
    write_folder(target, ONE, "guide")
    theirs = {".git/HEAD": b"ref", "CNAME": b"me.example", "assets/notes/mine.md": b"note", "gone/x": b"x"}
    for name, data in theirs.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)
    (target / "empty").mkdir()
    (target / "link").symlink_to(tmp_path / "elsewhere")
    write_folder(target, TWO, "guide")
    assert content(target) == {**TWO, **theirs}
    assert (target / "empty").is_dir()
    assert os.readlink(target / "link") == str(tmp_path / "elsewhere")
    assert os.listdir(tmp_path) == ["guide"]


@pytest.mark.parametrize("name", ["new", "new/page.html"])
def test_what_others_put_there_is_not_written_over_by_a_new_page(name: str, tmp_path: Path) -> None:
    target = tmp_path / "guide"
    write_folder(target, ONE, "guide")
    (target / name).parent.mkdir(exist_ok=True)
    (target / name).write_bytes(b"mine")
    before = tree(target)
    with pytest.raises(MistakesFound, match="is not from matchguide"):
        write_folder(target, TWO, "guide")
    assert tree(target) == before


@pytest.mark.parametrize(
    ("command", "said"),
    [("build", "sealed"), ("eject", "sealed"), ("publish --open", "sealed"), ("build --single", "sealed")],
)
def test_nothing_sealed_is_opened(
    command: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "there"
    if command in FILES:
        write_file(place, signed_html("<p>", "sealed guide"), "sealed guide")
    else:
        write_folder(place, {"sealed/head": b"{}"}, "sealed guide")
    before = tree(tmp_path)
    assert main(OUTPUTS[command](place)) == 2
    assert tree(tmp_path) == before
    assert "is sealed with a password" in capsys.readouterr().err


def test_notes_beside_an_open_guide_are_never_published_with_a_sealed_one(tmp_path: Path) -> None:
    write_folder(tmp_path / "guide", ONE, "guide")
    (tmp_path / "guide" / "notes.txt").write_bytes(b"private")
    assert main(OUTPUTS["publish"](tmp_path / "guide")) == 2
    assert content(tmp_path / "guide") == {**ONE, "notes.txt": b"private"}


def test_a_folder_of_the_first_round_is_refused_with_the_reason(tmp_path: Path) -> None:
    target = tmp_path / "guide"
    target.mkdir()
    (target / ".matchguide").write_text("This folder is made anew by matchguide; do not keep files here.\n")
    (target / "index.html").write_text("edited or not?")
    before = tree(target)
    with pytest.raises(MistakesFound, match=r"older matchguide, which kept no list"):
        write_folder(target, TWO, "guide")
    assert tree(target) == before


@pytest.mark.parametrize(
    ("path", "said"),
    [("../mine.txt", "damaged list"), ("/etc/hostname", "damaged list"), ("link/mine.txt", "changed")],
)
def test_a_list_that_points_elsewhere_deletes_nothing(path: str, said: str, tmp_path: Path) -> None:
    import hashlib

    (tmp_path / "mine.txt").write_bytes(b"mine")
    target = tmp_path / "guide"
    write_folder(target, ONE, "guide")
    (target / "link").symlink_to(tmp_path)
    with (target / ".matchguide").open("a") as listed:
        listed.write(f"{hashlib.sha256(b'mine').hexdigest()}  {path}\n")
    with pytest.raises(MistakesFound, match=said):
        write_folder(target, TWO, "guide")
    assert (tmp_path / "mine.txt").read_bytes() == b"mine"


# ---- Files


def test_our_own_untouched_file_is_replaced_and_an_edited_one_is_not(tmp_path: Path) -> None:
    place = tmp_path / "guide.html"
    for text in ("one", "two"):
        write_file(place, signed_html(f"<p>{text}", "guide"), "guide")
    assert kind_of(place.read_bytes()) == "guide"
    assert b"two" in place.read_bytes()
    place.write_bytes(place.read_bytes().replace(b"two", b"my own words"))
    with pytest.raises(MistakesFound, match=r"was changed since(?s:.*)guide-2\.html"):
        write_file(place, signed_html("<p>three", "guide"), "guide")
    assert b"my own words" in place.read_bytes()
    assert os.listdir(tmp_path) == ["guide.html"]


def _with_note(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[9, 9, 9, 9], Contents="x")
        page = pdf.pages[0]
        page.obj.Annots = pikepdf.Array([*page.obj.get("/Annots", []), pdf.make_indirect(note)])
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("how", ["a note", "a second end", "saved by another program"])
def test_a_workbook_with_notes_stays(how: str, tmp_path: Path, workbooks: Callable[..., bytes]) -> None:
    data = workbooks("smallest")
    assert kind_of(data) == "workbook"
    changed = _with_note(data) if how == "a note" else data + b"\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
    if how.startswith("saved"):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(out)
        changed = out.getvalue()
    place = tmp_path / "me.pdf"
    place.write_bytes(changed)
    assert main(OUTPUTS["pdf"](place)) == 2
    assert place.read_bytes() == changed


# ---- Cut short anywhere


def _child(work: Callable[[], object], stop_at: int) -> bool:
    """Runs the work in a process of its own, killed before its step number `stop_at` that touches the disk. Whether
    it came to its end."""
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
        return not os.WIFSIGNALED(status)
    steps = 0

    def count(event: str, args: tuple[Any, ...]) -> None:
        nonlocal steps
        if event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod") or (
            event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        ):
            steps += 1
            if steps == stop_at:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.addaudithook(count)
        work()
        os._exit(0)
    except BaseException:
        os._exit(3)


def test_killed_at_any_step_the_last_guide_is_whole_and_the_next_run_tidies_up(tmp_path: Path) -> None:
    theirs = {"CNAME": b"me.example", "assets/notes.md": b"note"}
    moments = 0
    for step in range(1, 100):
        home = tmp_path / str(step)
        home.mkdir()
        target = home / "guide"
        write_folder(target, ONE, "guide")
        for name, data in theirs.items():
            (target / name).write_bytes(data)
        ended = _child(lambda target=target: write_folder(target, TWO, "guide"), step)  # type: ignore[misc]
        where = target if target.exists() else beside(target, "old")
        found = content(where)
        moved = content(beside(target, "old")) if beside(target, "old").exists() else {}
        assert {**moved, **found}.items() >= theirs.items(), step
        whole = [wanted for wanted in (ONE, TWO) if wanted.items() <= found.items()]
        assert whole, f"step {step}: {found}"
        write_folder(target, TWO, "guide")
        assert content(target) == {**TWO, **theirs}, step
        assert os.listdir(home) == ["guide"], step
        if ended:
            break
        moments += 1
    assert ended
    assert moments > 15


def test_a_killed_file_leaves_the_last_one(tmp_path: Path) -> None:
    place = tmp_path / "guide.html"
    one, two = (signed_html(f"<p>{n}", "guide") for n in (1, 2))
    for step in range(1, 20):
        place.unlink(missing_ok=True)
        write_file(place, one, "guide")
        ended = _child(lambda: write_file(place, two, "guide"), step)
        assert place.read_bytes() in (one, two)
        write_file(place, two, "guide")
        assert os.listdir(tmp_path) == ["guide.html"]
        if ended:
            break
    assert ended
    assert step > 3


def test_a_full_disk_at_any_file_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "guide"
    write_folder(target, ONE, "guide")
    before, write = tree(tmp_path), Path.write_bytes
    for full_at in range(1, len(TWO) + 2):
        count = 0

        def full(path: Path, data: bytes, full_at: int = full_at) -> int:
            nonlocal count
            count += 1
            if count == full_at:
                write(path, data[:1])
                raise OSError(errno.ENOSPC, "No space left on device")
            return write(path, data)

        monkeypatch.setattr(Path, "write_bytes", full)
        for place in (target, tmp_path / "deep" / "er" / "guide"):
            count = 0
            with pytest.raises(MistakesFound, match="No space left"):
                write_folder(place, TWO, "guide")
            assert tree(tmp_path) == before
            assert os.listdir(tmp_path) == ["guide"]


def test_a_build_that_lost_a_file_is_not_swapped_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "guide"
    write_folder(target, ONE, "guide")
    before, write = tree(tmp_path), Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", lambda p, data: write(p, data) if p.name != "page.html" else 0)
    with pytest.raises(MistakesFound, match="3 files were written, and not all are there"):
        write_folder(target, TWO, "guide")
    assert tree(tmp_path) == before


# ---- Two at a time


def test_neighbors_with_longer_names_are_left_alone(tmp_path: Path) -> None:
    """`guide` once took the working folder of `guide-2` for its own, and the rescued copy of its last guide."""
    for name in ("guide-2", "guide-2.matchguide-old"):
        for what in ("new", "old"):
            write_folder(tmp_path / "made", ONE, "guide")
            (tmp_path / "made").rename(beside(tmp_path / name, what))
    before = tree(tmp_path)
    write_folder(tmp_path / "guide", TWO, "guide")
    assert {k: v for k, v in tree(tmp_path).items() if not k.startswith("guide/")} == before


def test_a_second_writer_waits_and_then_says_who_is_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "guide"
    write_folder(target, ONE, "guide")
    ready, go = os.pipe(), os.pipe()
    pid = os.fork()
    if not pid:
        with holding(target):
            os.write(ready[1], b"x")
            os.read(go[0], 1)
        os._exit(0)
    os.read(ready[0], 1)
    monkeypatch.setattr(lock, "PATIENCE", 0.2)
    try:
        with pytest.raises(MistakesFound, match=rf"process {pid}"):
            write_folder(target, TWO, "guide")
        assert content(target) == ONE
    finally:
        os.kill(pid, signal.SIGKILL)  # the lock of a killed owner holds nobody up
        os.waitpid(pid, 0)
    write_folder(target, TWO, "guide")
    assert content(target) == TWO
    assert os.listdir(tmp_path) == ["guide"]


def test_a_lock_that_its_owner_has_just_taken_away_is_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, taken = beside(tmp_path / "guide", "lock"), lock._lock

    def late(handle: int) -> None:
        path.unlink()
        taken(handle)

    monkeypatch.setattr(lock, "_lock", late)
    assert lock._taken(path) is None


def test_what_another_is_replacing_just_now_is_judged_when_it_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "guide"
    write_folder(target, {"a.html": b"1"}, "guide")
    (target / "a.html").write_bytes(b"2")
    with pytest.raises(MistakesFound, match="was changed"):
        check_folder_ahead(target, "guide")
    with holding(target):
        check_folder_ahead(target, "guide")
    with pytest.raises(MistakesFound, match="was changed"):
        write_folder(target, {"a.html": b"3"}, "guide")
    (target / "a.html").write_bytes(b"1")
    read = ours.read_listing

    def replaced_meanwhile(place: Path) -> Any:
        here = read(place)
        monkeypatch.setattr(ours, "read_listing", read)
        write_folder(target, {"a.html": b"new"}, "guide")
        return here

    monkeypatch.setattr(ours, "read_listing", replaced_meanwhile)
    check_folder_ahead(target, "guide")


def test_four_writers_at_once_leave_one_whole_guide(tmp_path: Path) -> None:
    target = tmp_path / "guide"
    guides: list[Mapping[str, bytes]] = [{f"{i}-{n}.html": b"x" * i for n in range(40)} for i in range(4)]
    children = []
    for files in guides:
        if pid := os.fork():
            children.append(pid)
            continue
        try:
            for _ in range(5):
                write_folder(target, files, "guide")
            os._exit(0)
        except BaseException:
            os._exit(3)
    assert {os.waitpid(pid, 0)[1] for pid in children} == {0}
    assert content(target) in guides
    assert os.listdir(tmp_path) == ["guide"]


# ---- Who may read it


def test_the_umask_is_respected_and_a_closed_folder_stays_closed(tmp_path: Path) -> None:
    def modes(place: Path) -> set[int]:
        return {stat.S_IMODE(p.stat().st_mode) for p in (place, *place.rglob("*"))}

    before = os.umask(0o077)
    try:
        write_folder(tmp_path / "closed", ONE, "guide")
        write_file(tmp_path / "closed.html", signed_html("<p>", "guide"), "guide")
        os.umask(0o022)
        write_folder(tmp_path / "open", ONE, "guide")
        write_folder(tmp_path / "closed", TWO, "guide")
        write_file(tmp_path / "closed.html", signed_html("<p>2", "guide"), "guide")
    finally:
        os.umask(before)
    assert modes(tmp_path / "open") == {0o755, 0o644}
    assert stat.S_IMODE((tmp_path / "closed").stat().st_mode) == 0o700
    assert modes(tmp_path / "closed.html") == {0o600}

"""A cohort: a guide a person, equal to what `build` writes; what is unchanged stays; what is wrong is told and stops
nobody else; whatever is not ours stays as it is."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cohorts import ON, cohort, contents, folders, person, rows, written
from examples import ROOT
from matchguide.cli.main import main
from matchguide.cohort import people, run
from matchguide.cohort.inputs import find
from matchguide.cohort.people import is_drawn
from matchguide.output.lock import holding
from people import before_the_season

BROKEN = "goal: {specialty: interventional-radiologie}\n"


def stamps(out: Path) -> dict[str, int]:
    return {name: (folder / "index.html").stat().st_mtime_ns for name, folder in folders(out).items()}


@pytest.fixture
def three(tmp_path: Path) -> Path:
    return written(tmp_path / "in", {f"{x}.yml": person(x) for x in ("ana", "bo", "cy")})


def test_each_guide_is_that_of_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profiles = [ROOT / "profiles" / f"{name}.yml" for name in ("amara", "needs-h1b", "smallest")]
    assert cohort(*profiles, "-o", tmp_path / "out", jobs=2) == 0
    assert capsys.readouterr().out.splitlines() == [str(tmp_path / "out" / "index.html")]
    there = folders(tmp_path / "out")
    for path in profiles:
        assert main(["build", str(path), "--on", ON, "-o", str(tmp_path / path.stem)]) == 0
        assert contents(there[path.name]) == contents(tmp_path / path.stem)
        assert (there[path.name] / ".matchguide").read_bytes() == (tmp_path / path.stem / ".matchguide").read_bytes()


def test_the_private_list_names_file_and_folder(three: Path, tmp_path: Path) -> None:
    assert cohort(three, "-o", tmp_path / "out") == 0
    listed = rows(tmp_path / "out" / "people.csv")
    assert [row["file"] for row in listed] == [str(three / f"{x}.yml") for x in ("ana", "bo", "cy")]
    assert list(listed[0]) == ["file", "folder"]
    assert all(
        is_drawn(row["folder"]) and (tmp_path / "out" / row["folder"] / "index.html").is_file() for row in listed
    )
    for private in ("people.csv", "cohort.csv", "index.html"):
        assert (tmp_path / "out" / private).stat().st_mode & 0o077 == 0
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0


def test_only_what_changed_is_built_again(three: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert cohort(three, "-o", out) == 0
    before, names = stamps(out), folders(out)
    assert cohort(three, "-o", out) == 0
    assert stamps(out) == before
    written(three, {"bo.yml": person("bo", limits={"budget_usd": 900}), "new.yml": person("new")})
    assert cohort(three, "-o", out) == 0
    after = stamps(out)
    assert {name for name in after if after[name] != before.get(name)} == {"bo.yml", "new.yml"}
    assert {k: v for k, v in folders(out).items() if k in names} == names, "a folder keeps its name"
    assert cohort(three, "-o", out, on="2026-06-16") == 0
    assert all(stamps(out)[name] != after[name] for name in after), "another day, another guide"


def test_a_page_that_was_deleted_comes_back(three: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert cohort(three, "-o", out) == 0
    (folders(out)["bo.yml"] / "timeline.html").unlink()
    assert cohort(three, "-o", out) == 0
    assert (folders(out)["bo.yml"] / "timeline.html").is_file()


def test_a_broken_profile_stops_nobody(three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(three, {"bad.yml": BROKEN})
    assert cohort(three, "-o", tmp_path / "out", jobs=2) == 2
    told = capsys.readouterr().err
    assert f"{three / 'bad.yml'}:1:19  goal.specialty:" in told
    assert "Did you mean: interventional-radiology?" in told
    assert set(folders(tmp_path / "out")) == {"ana.yml", "bo.yml", "cy.yml"}
    assert "Profile with mistakes" in (tmp_path / "out" / "index.html").read_text()


def test_the_last_good_guide_of_a_profile_that_broke_stays(three: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert cohort(three, "-o", out) == 0
    kept = contents(folders(out)["bo.yml"])
    written(three, {"bo.yml": BROKEN})
    assert cohort(three, "-o", out) == 2
    assert contents(folders(out)["bo.yml"]) == kept


def test_messages_of_a_public_log_name_nobody(
    three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    written(three, {"bad-secretname.yml": BROKEN})
    assert cohort(three, three / "ana.yml", "-o", tmp_path / "out") == 2
    told = capsys.readouterr().err
    assert "secretname" not in told
    assert "radiologie" not in told
    assert "profile 2:1:19  goal.specialty: (value hidden)" in told


def test_shards_are_joined_by_laying_them_on_one_another(three: Path, tmp_path: Path) -> None:
    written(three, {f"{i}.yml": person(f"person {i}") for i in range(3)})
    parts = [tmp_path / f"part{k}" for k in (1, 2)]
    for k, part in enumerate(parts, 1):
        assert cohort(three, "-o", part, "--shard", f"{k}/2") == 0
    each = [set(folders(part)) for part in parts]
    assert not each[0] & each[1]
    assert len(each[0] | each[1]) == 6
    subprocess.run(["cp", "-a", f"{parts[0]}/.", str(tmp_path / "all")], check=True)
    subprocess.run(["cp", "-a", f"{parts[1]}/.", str(tmp_path / "all")], check=True)
    before = {
        f: (tmp_path / "all" / f.name / "index.html").stat().st_mtime_ns for p in parts for f in folders(p).values()
    }
    assert cohort(three, "-o", tmp_path / "all") == 0
    assert len(rows(tmp_path / "all" / "cohort.csv")) == len(folders(tmp_path / "all")) == 6
    after = {f: (tmp_path / "all" / f.name / "index.html").stat().st_mtime_ns for f in before}
    assert after == before, "nothing is built twice"


def test_common_files_lie_on_the_disk_once(three: Path, tmp_path: Path) -> None:
    assert cohort(three, "-o", tmp_path / "linked") == 0
    assert cohort(three, "-o", tmp_path / "whole", "--whole") == 0
    linked, whole = folders(tmp_path / "linked"), folders(tmp_path / "whole")
    assert (linked["ana.yml"] / "assets/guide.css").stat().st_ino == (
        linked["bo.yml"] / "assets/guide.css"
    ).stat().st_ino
    assert (whole["ana.yml"] / "assets/guide.css").stat().st_nlink == 1
    assert (linked["ana.yml"] / "index.html").stat().st_nlink == 1
    assert contents(linked["ana.yml"]) == contents(whole["ana.yml"])


def test_a_guide_takes_at_most_one_and_a_half_megabytes(tmp_path: Path) -> None:
    """Beside what all have in common, in the middle of drawn people on a day when guides are longest."""
    home = written(tmp_path / "in", {f"{seed}.yml": before_the_season(seed) for seed in range(15)})
    assert cohort(home, "-o", tmp_path / "out") == 0
    there = folders(tmp_path / "out").values()
    own = [p.stat().st_size for folder in there for p in folder.rglob("*") if p.is_file() and p.stat().st_nlink == 1]
    assert sum(own) / len(there) <= 1_500_000


def test_where_nothing_can_be_linked_files_are_copied(
    three: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert cohort(three, "-o", tmp_path / "out") == 0
    assert (folders(tmp_path / "out")["ana.yml"] / "assets/guide.css").stat().st_nlink == 1


# ---- bad input


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert cohort(*arguments) == 2
    return capsys.readouterr().err


def test_a_folder_without_profiles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path / "in", {"mkdocs.yml": "site_name: x\n", "notes.txt": "x"})
    assert "holds no profile" in refused(capsys, tmp_path / "in", "-o", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert "names no profile" in refused(capsys, "-o", tmp_path / "out")


def test_the_same_file_twice_is_one_person(three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cohort(three, three / "ana.yml", "-o", tmp_path / "out") == 0
    assert "is named twice" in capsys.readouterr().err
    assert len(folders(tmp_path / "out")) == 3


def test_a_link_out_of_the_folder_is_not_followed(
    three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path / "elsewhere", {"secret.yml": person("secret")})
    (three / "link.yml").symlink_to(tmp_path / "elsewhere" / "secret.yml")
    (three / "folder").symlink_to(tmp_path / "elsewhere")
    told = refused(capsys, three, "-o", tmp_path / "out")
    assert f"{three / 'link.yml'}: is a link out of the folder" in told
    assert set(folders(tmp_path / "out")) == {"ana.yml", "bo.yml", "cy.yml"}


def test_guides_and_profiles_are_kept_apart(three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "lies inside" in refused(capsys, three, "-o", three / "out")
    assert not (three / "out").exists()
    assert "lies inside" in refused(capsys, three / "ana.yml", "-o", tmp_path)
    assert cohort(three, "-o", tmp_path / "out") == 0
    written(tmp_path / "out" / "more", {"me.yml": person("me")})
    assert "where the guides go" in refused(capsys, tmp_path / "out" / "more", "-o", tmp_path / "out")


def test_names_that_differ_by_case_only(tmp_path: Path) -> None:
    written(tmp_path / "in", {"ANA.yml": person("one"), "ana.yml": person("two")})
    assert cohort(tmp_path / "in", "-o", tmp_path / "out") == 0
    there = {row["folder"].casefold() for row in rows(tmp_path / "out" / "people.csv")}
    assert len(there) == len(list((tmp_path / "in").iterdir()))


def test_a_drawn_name_is_nobody_elses(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = iter("a" * 24 + "b" * 12)
    monkeypatch.setattr(people.secrets, "choice", lambda _: next(letters))
    first = people.draw(())
    assert people.draw({first}) == "b" * 12


def test_ten_thousand_profiles_are_found_and_named(tmp_path: Path) -> None:
    home = tmp_path / "in"
    home.mkdir()
    for i in range(10_000):
        (home / f"{i:05}.yml").touch()
    found = find([home], tmp_path / "out")
    assert len(found.profiles) == 10_000
    assert len({p.folder for p in people.placed(found.profiles, (), ())}) == 10_000


def test_a_file_of_fifty_megabytes_is_told_and_not_read(
    three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (three / "huge.yml").open("wb") as file:
        file.truncate(50_000_000)
    told = refused(capsys, three, "-o", tmp_path / "out")
    assert "huge.yml: this file is too large (50,000,000 bytes)" in told
    assert len(folders(tmp_path / "out")) == 3


def test_a_full_disk_leaves_whole_guides_and_the_next_run_goes_on(
    three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, write = tmp_path / "out", Path.write_bytes
    written_pages = 0

    def limited(self: Path, data: bytes) -> int:
        nonlocal written_pages
        written_pages += self.name == "timeline.html"
        if written_pages > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", limited)
    told = refused(capsys, three, "-o", out)
    assert "Free some space" in told
    assert "The disk is full" in told
    monkeypatch.undo()
    (built,) = [p for p in out.iterdir() if is_drawn(p.name)]
    first = (built / "index.html").stat().st_mtime_ns
    assert not [p for p in out.iterdir() if p.name.endswith(("-new", "-old"))]
    assert cohort(three, "-o", out) == 0
    assert (built / "index.html").stat().st_mtime_ns == first
    assert len(folders(out)) == 3


def test_two_runs_at_once(
    three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PATIENCE", 0.1)
    with holding(tmp_path / "out"):
        assert "another matchguide" in refused(capsys, three, "-o", tmp_path / "out")
    assert cohort(three, "-o", tmp_path / "out") == 0


def test_what_is_not_ours_is_never_replaced(three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    foreign = written(tmp_path / "foreign", {"notes.txt": "mine"})
    assert "did not make" in refused(capsys, three, "-o", foreign)
    assert [p.name for p in foreign.iterdir()] == ["notes.txt"]
    assert main(["build", str(three / "ana.yml"), "--on", ON, "-o", str(tmp_path / "guide")]) == 0
    assert "is a guide" in refused(capsys, three, "-o", tmp_path / "guide")
    out = tmp_path / "out"
    assert cohort(three, "-o", out) == 0
    (out / "mine.txt").write_text("mine")
    page = folders(out)["bo.yml"] / "index.html"
    page.write_text("edited")
    written(three, {"bo.yml": person("other")})
    assert "was changed since" in refused(capsys, three, "-o", out)
    assert page.read_text() == "edited"
    assert (out / "mine.txt").read_text() == "mine"
    (out / "people.csv").write_text("edited")
    assert "was changed since" in refused(capsys, three, "-o", out)
    assert (out / "people.csv").read_text() == "edited"


@pytest.mark.parametrize("wrong", ["0/2", "3/2", "1", "a/b", "1/0"])
def test_a_part_is_one_of_so_many(wrong: str, three: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as end:
        cohort(three, "-o", tmp_path / "out", "--shard", wrong)
    assert end.value.code == 2


# ---- stopped in the middle


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_stopped_it_goes_on_where_it_was_and_leaves_no_process(how: signal.Signals, tmp_path: Path) -> None:
    home = written(tmp_path / "in", {f"{i}.yml": person(f"person {i}") for i in range(12)})
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "matchguide.cli.main",
        "cohort",
        str(home),
        "-o",
        str(out),
        "--on",
        ON,
        "--jobs",
        "2",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    end = time.monotonic() + 120
    while time.monotonic() < end and not list(out.glob(".cohort/*.json")):
        time.sleep(0.05)
    process.send_signal(how)
    process.wait(timeout=30)
    while time.monotonic() < end and _alive(process.pid):
        time.sleep(0.1)
    assert not _alive(process.pid), "a process was left behind"
    done = {p: p.stat().st_mtime_ns for p in out.glob(".cohort/*.json")}
    assert done
    assert len(done) < 12
    pages = {p.stem: (out / p.stem / "index.html").stat().st_mtime_ns for p in done}
    assert cohort(home, "-o", out) == 0
    assert len(folders(out)) == 12
    assert {name: (out / name / "index.html").stat().st_mtime_ns for name in pages} == pages
    assert not [p for p in out.iterdir() if ".matchguide-" in p.name]


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True

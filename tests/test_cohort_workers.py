"""Processes side by side: none is copied where a copy would stand still; one that is gone or stands still is told."""

import datetime as dt
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cohorts import ON, cohort, contents, folders, person, written
from matchguide.cohort import workers
from matchguide.cohort.job import Done, Job, Order, Workshop
from people import before_the_season

DAY = dt.date.fromisoformat(ON)


def test_workbooks_by_two_processes_where_this_one_has_pressed_one(tmp_path: Path) -> None:
    """Typst keeps threads; a copy of a process that has them waits for them forever."""
    home = written(tmp_path / "in", {f"{n}.yml": person(f"person {n}") for n in range(3)})
    assert cohort(home, "-o", tmp_path / "one", "--pdf", jobs=1) == 0
    assert cohort(home, "-o", tmp_path / "two", "--pdf", jobs=2) == 0
    one, two = folders(tmp_path / "one"), folders(tmp_path / "two")
    for name in one:
        assert contents(one[name]) == contents(two[name])
    assert (two["0.yml"] / "workbook.pdf").is_file()


PARTED = """
import sys
from matchguide.cli.main import main
from matchguide.cohort import workers

workers._MANY, workers._FIRST_LEAST = 9, 3
assert workers._has_one_thread()
raise SystemExit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux")
def test_processes_that_part_when_they_are_warm_write_the_same(tmp_path: Path) -> None:
    """What the first guides left behind, and what each process keeps from then on, shows in nobody's guide."""
    home = written(tmp_path / "in", {f"{seed}.yml": before_the_season(seed) for seed in range(9)})
    assert cohort(home, "-o", tmp_path / "one", jobs=1) == 0
    two = ["cohort", str(home), "-o", str(tmp_path / "two"), "--on", ON, "--jobs", "2"]
    subprocess.run([sys.executable, "-c", PARTED, *two], check=True, capture_output=True)
    by_one, by_two = folders(tmp_path / "one"), folders(tmp_path / "two")
    assert [name for name in by_one if contents(by_one[name]) != contents(by_two[name])] == []


def results(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, do: object) -> dict[int, Done]:
    """What comes of six jobs that two copies of this process do so."""
    monkeypatch.setattr(workers, "_has_one_thread", lambda: True)
    monkeypatch.setattr(Workshop, "do", do)
    jobs = [Job(n, tmp_path / f"{n}.yml", f"folder{n}", ("guide",)) for n in range(6)]
    came = list(workers.done(jobs, Order(tmp_path, DAY), 2))
    assert sorted(one.number for one in came) == list(range(6))
    return {one.number: one for one in came}


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux")
def test_a_process_that_ends_is_told_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def do(workshop: Workshop, job: Job) -> Done:
        if job.number == 1:
            os._exit(7)
        return Done(job.number, notes=("made",))

    came = results(monkeypatch, tmp_path, do)
    assert "exit code 7" in came[1].fault
    assert all(came[n].notes == ("made",) and not came[n].fault for n in (0, 2, 3, 4, 5))


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux")
def test_a_process_that_leaves_a_child_with_its_line_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def do(workshop: Workshop, job: Job) -> Done:
        if job.number == 1:
            if os.fork() == 0:
                time.sleep(5)
            os._exit(7)
        return Done(job.number)

    assert "exit code 7" in results(monkeypatch, tmp_path, do)[1].fault


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux")
def test_a_process_that_stands_still_is_ended_and_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workers, "_LOOK", 0.1)
    stuck = tmp_path / "stuck"

    def do(workshop: Workshop, job: Job) -> Done:
        if job.number == 1:
            stuck.write_text(str(os.getpid()))
            time.sleep(600)
        return Done(job.number)

    came = results(monkeypatch, tmp_path, do)
    assert "stood still" in came[1].fault
    assert not any(came[n].fault for n in (0, 2, 3, 4, 5))
    with pytest.raises(ProcessLookupError):
        os.kill(int(stuck.read_text()), 0)

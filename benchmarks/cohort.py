"""Processor time of a cohort against a loop of plain `mkdocs build` of the same guides, alternating; growth; memory.

Run: python benchmarks/cohort.py [people] [rounds] [processes]. The people are the fictional examples, each with
another name, budget, scores and letters, so that no two guides are the same. A thousand by default; each round builds
twenty of them with `mkdocs build`. Both sides count everything: starting, loading, planning (none by `mkdocs`),
writing.
"""

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
PROFILES = ROOT / "profiles"
ON = "2026-06-15"
OURS = [sys.executable, "-m", "matchguide.cli.main"]
LOOP = 20
LETTERS = ("diagnostic-radiology", "internal-medicine", "interventional-radiology", "general-surgery")


def people(folder: Path, count: int) -> None:
    """Profiles that are all different, the same ones each time."""
    examples = [
        yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted(PROFILES.glob("*.yml"))
        if "season_so_far" not in path.read_text(encoding="utf-8")
    ]
    folder.mkdir()
    for n in range(count):
        r = random.Random(n)
        data = dict(r.choice(examples))
        year = {} if data.get("applicant", {}).get("trained") else {"graduated": r.randint(2012, 2026)}
        data["applicant"] = {**data.get("applicant", {}), "name": f"Person {n}", **year}
        data["limits"] = {"budget_usd": r.randrange(800, 8000, 50)}
        data["exams"] = {"step1": {"result": "pass"}, "step2_ck": {"score": r.randint(215, 270)}}
        data["letters"] = [
            {"from": f"Dr. {r.choice('ABCDEFGH')}.", "specialty": r.choice(LETTERS), "status": "received"}
            for _ in range(r.randint(0, 4))
        ]
        data["backups"] = {"enjoyment": {s: r.randint(1, 5) for s in LETTERS[:2]}}
        (folder / f"{n:05}.yml").write_text(yaml.safe_dump(data), encoding="utf-8")


def timed(command: list[str], cwd: Path) -> tuple[float, float]:
    """Wall and processor seconds of a whole process and those it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, cwd=cwd, check=True, capture_output=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    given = [int(x) for x in sys.argv[1:4]]
    count, rounds, processes = (*given, *(1000, 3, 2)[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        people(home / "people", count)
        some = sorted((home / "people").iterdir())[:: max(1, count // LOOP)][:LOOP]
        for path in some:
            eject = [*OURS, "eject", str(path), str(home / "plain" / path.stem), "--on", ON]
            subprocess.run(eject, check=True, capture_output=True)
        ratios = []
        for n in range(rounds):
            out = home / f"cohort{n}"
            wall, ours = timed(
                [*OURS, "cohort", "people", "-o", str(out), "--on", ON, "--jobs", str(processes)], home
            )
            plain = sum(
                timed([sys.executable, "-m", "mkdocs", "build", "-q"], home / "plain" / path.stem)[1] for path in some
            )
            ours, plain = ours / count * 1000, plain / len(some) * 1000
            ratios.append(plain / ours)
            told = f"a cohort {ours:.0f} ms, mkdocs build {plain:.0f} ms a guide: {ratios[-1]:.1f} times as fast"
            print(f"round {n + 1}: {told} ({count} guides in {wall:.0f} s on {processes} processes)")
        print(f"median: {statistics.median(ratios):.1f} times as fast by processor time (aim: at least 10)")
        last = home / f"cohort{rounds - 1}"
        own = sum(p.stat().st_blocks * 512 for p in last.rglob("*") if p.is_file() and p.stat().st_nlink == 1)
        print(f"disk: {own / count / 1e6:.2f} MB a guide, beside what all have in common")
        for part in (4, 2, 1):
            few = home / f"few{part}"
            few.mkdir()
            for path in sorted((home / "people").iterdir())[: count // part]:
                (few / path.name).write_bytes(path.read_bytes())
            _, ours = timed(
                [*OURS, "cohort", str(few), "-o", str(home / f"out{part}"), "--on", ON, "--jobs", "2"], home
            )
            print(f"growth: {count // part} guides, {ours / (count // part) * 1000:.0f} ms each")
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1 if sys.platform != "darwin" else 1024)
        print(f"memory: {largest / 1024:.0f} MB in the largest process (aim: under 400)")


if __name__ == "__main__":
    main()

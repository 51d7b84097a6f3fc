"""Whole-process time of `matchguide build` against plain `mkdocs build` of the same guide ejected, alternating.

Run: python benchmarks/build.py [rounds]. Prints the median of each and the median ratio. Also the processor time of
`matchguide check` and the wall time of `matchguide plan`.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROFILE = ROOT / "profiles" / "amara.yml"
ON = "2026-06-15"


def timed(command: list[str], cwd: Path) -> tuple[float, float]:
    """Wall and processor seconds of one whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, cwd=cwd, check=True, capture_output=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    ours = [sys.executable, "-m", "matchguide.cli.main"]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        subprocess.run(
            [*ours, "eject", str(PROFILE), str(home / "plain"), "--on", ON], check=True, capture_output=True
        )
        build = [*ours, "build", str(PROFILE), "--on", ON, "-o", str(home / "guide")]
        plain = [sys.executable, "-m", "mkdocs", "build", "-q"]
        a, b, ratios = [], [], []
        for _ in range(rounds):
            one, _ = timed(build, home)
            two, _ = timed(plain, home / "plain")
            a.append(one)
            b.append(two)
            ratios.append(one / two)
        print(f"matchguide build   {statistics.median(a):.2f} s")
        print(f"plain mkdocs build {statistics.median(b):.2f} s")
        print(f"median ratio       {statistics.median(ratios):.2f} (aim: at most 1.25)")
        checks = [timed([*ours, "check", str(PROFILE)], home)[1] for _ in range(rounds)]
        print(f"matchguide check   {statistics.median(checks):.2f} s of processor time (aim: under 0.3)")
        plans = [timed([*ours, "plan", str(PROFILE), "--json", "--on", ON], home)[0] for _ in range(rounds)]
        print(f"matchguide plan    {statistics.median(plans):.2f} s whole process (aim: under 0.6)")


if __name__ == "__main__":
    main()

"""Whole-process time of `matchguide pdf` against headless Chromium printing the one-page guide, alternating.

Run: python benchmarks/pdf.py [rounds]. Prints the median of each, pages and bytes, and the median of two ratios: to
Chromium's printing alone, and to the way from the profile to paper, for which the page has to be built first.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pikepdf

ROOT = Path(__file__).resolve().parents[1]
PROFILE = ROOT / "profiles" / "amara.yml"
ON = "2026-06-15"
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"


def timed(command: list[str], cwd: Path) -> float:
    """Wall seconds of one whole process."""
    start = time.perf_counter()
    subprocess.run(command, cwd=cwd, check=True, capture_output=True)
    return time.perf_counter() - start


def described(path: Path) -> str:
    with pikepdf.open(path) as pdf:
        return f"{len(pdf.pages)} pages, {path.stat().st_size:,} bytes"


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("no Chromium to compare with: name one in CHROMIUM")
    ours = [sys.executable, "-m", "matchguide.cli.main"]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        page, book, printed = home / "guide.html", home / "workbook.pdf", home / "printed.pdf"
        build = [*ours, "build", str(PROFILE), "--on", ON, "-o", str(home / "guide"), "--single", str(page)]
        a, b, built, alone, whole = [], [], [], [], []
        for i in range(rounds):
            one = timed([*ours, "pdf", str(PROFILE), "--on", ON, "-o", str(book)], home)
            before = timed(build, home)
            data = f"--user-data-dir={home / f'browser-{i}'}"
            two = timed([chromium, *FLAGS.split(), data, f"--print-to-pdf={printed}", page.as_uri()], home)
            a.append(one)
            b.append(two)
            built.append(before)
            alone.append(one / two)
            whole.append(one / (before + two))
        print(f"matchguide pdf    {statistics.median(a):.2f} s (aim: at most 2.5), {described(book)}")
        print(f"headless Chromium {statistics.median(b):.2f} s, {described(printed)}")
        print(f"building its page {statistics.median(built):.2f} s")
        print(f"median ratio      {statistics.median(alone):.2f} to printing alone (aim: under 0.33)")
        print(f"                  {statistics.median(whole):.2f} from profile to paper")


if __name__ == "__main__":
    main()

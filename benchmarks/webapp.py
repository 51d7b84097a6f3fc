"""Sizes of the app and its times in headless Chromium, beside the command's: from the first visit to the first
question, the first plan, a changed plan, the guide as one file and as a site. Medians of several first visits.

Run: python benchmarks/webapp.py [rounds] [folder of an app that was built before]
"""

import functools
import http.server
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PROFILE = ROOT / "profiles" / "amara.yml"
ON = "2026-06-15"
LATE = ("packs/site.bin", "packs/sealing.bin", "packs/tables.bin")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return


def sizes(app: Path) -> None:
    files = {p.relative_to(app).as_posix(): p.stat().st_size for p in app.rglob("*") if p.is_file()}
    for name, size in sorted(files.items(), key=lambda each: -each[1])[:8]:
        print(f"  {size / 1e6:6.2f} MB  {name}")
    early = sum(size for name, size in files.items() if name not in LATE)
    print(f"  {sum(files.values()) / 1e6:6.2f} MB in {len(files)} files, {early / 1e6:.2f} before the first plan")


def visit(browser: Any, address: str) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, accept_downloads=True)
    page, out = context.new_page(), dict[str, float]()
    page.set_default_timeout(120_000)
    start = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal start
        out[name] = time.perf_counter() - start

    page.goto(f"{address}?on={ON}")
    page.get_by_role("button", name="Start").click()
    page.get_by_label("I am not a US citizen").wait_for()
    lap("first question")
    page.locator("#plan .combination").wait_for()
    lap("first plan")
    page.locator("#open-file").set_input_files(str(PROFILE))
    page.get_by_role("heading", name="Your guide is ready").wait_for()
    page.evaluate("() => { location.hash = 'step/backups'; }")
    mark = page.locator(".mark").filter(has_text="Diagnostic Radiology").first
    page.wait_for_timeout(3000)
    start = time.perf_counter()
    mark.get_by_label("I could not bear it").check()
    page.locator("#plan .changed").wait_for()
    lap("an answer to a new plan")
    page.evaluate("() => { location.hash = 'guide'; }")
    start = time.perf_counter()
    with page.expect_download():
        page.get_by_role("button", name="Download as one file").click()
    lap("guide as one file")
    start = time.perf_counter()
    with context.expect_page() as opening:
        page.get_by_role("button", name="Open my guide").click()
    opening.value.get_by_role("heading", name="Your plan").first.wait_for()
    lap("guide opened")
    context.close()
    return out


def command(arguments: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "matchguide.cli.main", *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("no Chromium: name one in CHROMIUM")
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        app = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "app"
        if len(sys.argv) <= 2:
            print(f"  {command(['webapp', '-o', str(app)]):6.2f} s to build the app")
        sizes(app)
        handler = functools.partial(Quiet, directory=str(app))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            found = [visit(browser, f"http://127.0.0.1:{server.server_address[1]}/") for _ in range(rounds)]
            browser.close()
        server.shutdown()
        for name in found[0]:
            print(f"  {statistics.median(each[name] for each in found):6.2f} s  {name}")
        for what, arguments in (
            ("plan", ["plan", str(PROFILE), "--on", ON]),
            ("build", ["build", str(PROFILE), "--on", ON, "-o", str(Path(folder) / "guide")]),
        ):
            times = [command(arguments) for _ in range(rounds)]
            print(f"  {statistics.median(times):6.2f} s  matchguide {what}")
        print(f"  load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

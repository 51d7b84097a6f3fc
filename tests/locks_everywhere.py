"""`make locks-check`: every lock resolves, wheels only, on each system and Python that README names.

It asks the registry."""

import itertools
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEBIAN_12, UBUNTU_24_04, DEBIAN_13 = "x86_64-manylinux_2_36", "x86_64-manylinux_2_39", "x86_64-manylinux_2_40"
LINUX = (DEBIAN_12, UBUNTU_24_04, DEBIAN_13, "aarch64-manylinux_2_36")
MACOS = ("aarch64-apple-darwin", "x86_64-apple-darwin")
WINDOWS, WINDOWS_ON_ARM = "x86_64-pc-windows-msvc", "aarch64-pc-windows-msvc"
PYTHONS = ("3.11.2", "3.12", "3.13", "3.14")
LOCKS = {
    "requirements.lock": (*LINUX, *MACOS, WINDOWS, WINDOWS_ON_ARM),
    "requirements-pdf.lock": (*LINUX, *MACOS, WINDOWS),
    "requirements-dev.lock": (*LINUX, "aarch64-apple-darwin"),
}


def told(lock: str, system: str, python: str) -> str:
    """What stands against installing a lock there, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            lock,
            "--quiet",
            "--no-deps",
            "--only-binary",
            ":all:",
        ]
        command += ["--python-platform", system, "--python-version", python, "-o", f"{folder}/out"]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return ran.stderr if ran.returncode else ""


def main() -> int:
    failed = 0
    for lock, systems in LOCKS.items():
        for system, python in itertools.product(systems, PYTHONS):
            if system == WINDOWS_ON_ARM and python.startswith("3.11"):
                continue  # PyYAML has no wheel there: README names 3.12
            if wrong := told(lock, system, python):
                failed += 1
                print(f"{lock} on {system}, Python {python}:\n{wrong}", flush=True)
    print("Every lock resolves everywhere." if not failed else f"{failed} do not resolve.")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())

"""What the app is made of and is not ours: Python for browsers by npm, libraries by pip, both exactly as the locks
say. Fetched when the app is built, never when it runs."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from matchguide.mistakes import mistake

_HERE = Path(__file__).resolve().parent
WHEELS_LOCK = _HERE / "wheels.lock"
_NPM = ("package.json", "package-lock.json")
# Of these, in this order: the compiled part of pydantic is for browsers alone; what else is compiled is left out.
_PLATFORMS = ("pyemscripten_2026_0_wasm32", "manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")
_SLOWEST = 600  # seconds


@dataclass(frozen=True)
class Fetched:
    """The folder of the runtime, and the wheels of the libraries."""

    runtime: Path
    wheels: tuple[Path, ...]


@contextmanager
def fetched() -> Iterator[Fetched]:
    """Runtime and libraries in a folder that goes away. Raises MistakesFound where they cannot be had."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise mistake(
            "npm", "is not on this computer, and it fetches Python for browsers.", allowed="Install Node.js."
        )
    with tempfile.TemporaryDirectory(prefix="matchguide-webapp-") as name:
        home = Path(name)
        for file in _NPM:
            shutil.copyfile(_HERE / file, home / file)
        _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], home)
        wheels = home / "wheels"
        which = [part for platform in _PLATFORMS for part in ("--platform", platform)]
        python = [
            "--python-version",
            "314",
            "--implementation",
            "cp",
            "--abi",
            "cp314",
            "--abi",
            "abi3",
            "--abi",
            "none",
        ]
        kinds = ["--only-binary=:all:", "--no-deps", "--require-hashes"]  # nothing is ever built from source
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        _run([*pip, *kinds, *which, *python, "-r", str(WHEELS_LOCK), "-d", str(wheels)], home)
        yield Fetched(home / "node_modules" / "pyodide", tuple(sorted(wheels.glob("*.whl"))))


def _run(command: Sequence[str], home: Path) -> None:
    name = "npm" if "npm" in Path(command[0]).name else "pip"
    try:
        done = subprocess.run(
            command, cwd=home, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_SLOWEST, check=False
        )
    except subprocess.TimeoutExpired:
        raise mistake(name, "took too long.", allowed="Try again with a faster connection.") from None
    if done.returncode:
        said = " ".join(done.stderr.split())[-400:]
        raise mistake(name, "could not fetch what the app needs.", found=said, allowed="Is there a connection?")

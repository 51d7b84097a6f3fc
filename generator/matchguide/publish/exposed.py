"""Where a profile lies open although its guide is sealed: to other people on the computer, in a repository's
history, or too large for a secret."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

LARGEST_SECRET = 48 * 1024  # bytes, GitHub's limit


def tracked(path: Path) -> bool:
    """Whether git keeps the file in its history. False where there is no git, or no repository."""
    # Neither secrets nor a repository's own programs have anything to do with the question.
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    question = ["git", "-c", "core.fsmonitor=false", "--literal-pathspecs", "ls-files", "--error-unmatch", "--"]
    try:
        done = subprocess.run(
            [*question, path.name],
            cwd=path.absolute().parent,
            env=kept,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def readable_by_others(paths: Iterable[Path], *, redact: bool = False) -> str:
    """One sentence for all profiles that other people on this computer can read; "" where there are none."""
    found = [path for path in paths if os.name == "posix" and path.is_file() and path.stat().st_mode & 0o044]
    if not found:
        return ""
    name = "your profile" if redact else str(found[0])
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return f"{name}{more}: other people who use this computer can read it. To close it: chmod 600, with its name."


def notes(path: Path, name: str = "") -> list[str]:
    """What the owner of a profile, told as `name`, should know before publishing: one sentence or two each."""
    name = name or str(path)
    found = []
    if tracked(path):
        found.append(
            f"{name}: git tracks this file, so whoever can read the repository, or its history later, can read it. "
            "If it is about a real person and the repository is public or may become so, take it out, also of the "
            "history, and use the secret GUIDE_PROFILE (docs/publish.md)."
        )
    size = path.stat().st_size
    if size > LARGEST_SECRET:
        found.append(
            f"{name}: {size:,} bytes do not fit into a secret of GitHub, which holds 48 KB ({LARGEST_SECRET:,})."
        )
    return found

"""Where a profile lies open although its guide is sealed: in a repository's history, or too large for a secret."""

import os
import subprocess
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

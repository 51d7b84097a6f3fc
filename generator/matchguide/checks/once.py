"""The check of content and templates, run once for each state of them: an installed package brings the stamp of the
state it was built with; elsewhere the result is kept beside the compiled templates."""

from contextlib import suppress
from functools import cache
from pathlib import Path

from matchguide import paths
from matchguide.cache import compiled_templates
from matchguide.checks.fingerprint import STAMP, fingerprint

_PACKAGE = Path(__file__).resolve().parents[1]


@cache  # within a process files are taken to stay as they are, until session.forget() says otherwise
def check_once(content: Path, templates: Path) -> None:
    """Raises MistakesFound with everything that is wrong, unless this very state was found good before."""
    state = fingerprint(_PACKAGE, content, templates)
    if _stamped(content) == state:
        return
    cache = compiled_templates()
    good = Path(cache.directory) / f"matchguide-checked-{state}" if cache else None
    if good and good.exists():
        return
    from matchguide.checks.whole import check

    check(content, templates)
    if good:
        with suppress(OSError):
            good.touch()


def _stamped(content: Path) -> str:
    """The stamp that an installed package holds for its own content."""
    if content != paths.CONTENT:
        return ""
    try:
        return (paths.HOME / STAMP).read_text(encoding="ascii").strip()
    except OSError:
        return ""

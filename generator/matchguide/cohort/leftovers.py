"""What a run that was cut short left in a cohort's folder is ended before the next one begins."""

from pathlib import Path

from matchguide.cohort.job import SEALED
from matchguide.cohort.people import is_drawn
from matchguide.output.folder import finish
from matchguide.output.lock import holding

_HIDDEN = (".matchguide-new", ".matchguide-old", ".matchguide-lock")


def finish_all(cohort: Path) -> None:
    """Raises OSError, and MistakesFound where something of another's lies in the way."""
    for place in (cohort, cohort / SEALED):
        if not place.is_dir():
            continue
        names = {e.name[1:].rpartition(".")[0] for e in place.iterdir() if e.name.endswith(_HIDDEN)}
        for name in sorted(filter(is_drawn, names)):
            with holding(place / name):
                finish(place / name)

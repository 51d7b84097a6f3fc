"""Which profiles are meant: files as they are named, and whatever lies in a folder and could be one."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matchguide.mistakes import Mistake, mistake
from matchguide.output.ours import LIST

ENDINGS = (".yml", ".yaml")
_NO_PROFILES = frozenset({"mkdocs.yml", "mkdocs.yaml"})  # what `init` writes beside a profile


@dataclass(frozen=True)
class Found:
    """`profiles` in the order of their names; `notes` are worth saying, `faults` are profiles that are left out."""

    profiles: tuple[Path, ...]
    notes: tuple[str, ...]
    faults: tuple[Mistake, ...]


def find(named: Sequence[Path], output: Path) -> Found:
    """The profiles of a cohort. Raises MistakesFound where a folder holds none, or profiles and guides would lie in
    one another."""
    profiles: dict[Path, Path] = {}
    notes: list[str] = []
    faults: list[Mistake] = []
    for place in named:
        if not place.is_dir():
            _check_apart(place, output)
            _add(place, profiles, notes)
            continue
        _check_apart(place, output)
        inside = sorted(_inside(place))
        if not inside:
            raise mistake(
                str(place),
                "holds no profile.",
                allowed="A profile is a file that ends in .yml. `matchguide init` writes one to start from.",
            )
        for path in inside:
            if path.is_symlink() and not path.resolve().is_relative_to(place.resolve()):
                faults.append(
                    Mistake(
                        str(path), "", "is a link out of the folder, and is not followed.", "Name the file itself."
                    )
                )
            else:
                _add(path, profiles, notes)
    return Found(tuple(sorted(profiles.values(), key=str)), tuple(notes), tuple(faults))


def _add(path: Path, profiles: dict[Path, Path], notes: list[str]) -> None:
    real = path.resolve()
    if real in profiles:
        same = "" if profiles[real] == path else f" (as {profiles[real]})"
        notes.append(f"{path}: is named twice{same}; one guide is built.")
    else:
        profiles[real] = path


def _check_apart(place: Path, output: Path) -> None:
    """Guides among profiles would be looked through for profiles, and profiles among guides would be handed on with
    them."""
    out, here = output.resolve(), place.resolve()
    if place.is_dir() and out.is_relative_to(here):
        raise mistake(
            str(output),
            f"lies inside {place}, where the profiles are.",
            allowed=f"Name a folder beside it, such as {place.resolve().parent / 'cohort'}",
        )
    if here.is_relative_to(out) and here != out:
        raise mistake(
            str(place),
            f"lies inside {output}, where the guides go.",
            allowed="Keep profiles and guides apart: move one of the two.",
        )


def _inside(folder: Path) -> Iterator[Path]:
    """Every file of a folder and of those in it that could be a profile; never hidden ones, nor what we wrote."""
    for place, folders, files in os.walk(folder):
        if LIST in files:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            if name.lower().endswith(ENDINGS) and not name.startswith(".") and name not in _NO_PROFILES:
                yield Path(place) / name

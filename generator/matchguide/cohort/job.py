"""What one person's guide needs, what comes of it, and the room where it is made."""

import datetime as dt
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from matchguide import paths
from matchguide.cohort.kept import Product
from matchguide.cohort.line import Line, line
from matchguide.content.store import Content
from matchguide.mistakes import Mistake, MistakesFound
from matchguide.output.file import write_file
from matchguide.output.folder import write_folder
from matchguide.output.ours import FREE_SOME
from matchguide.output.shared import Shared
from matchguide.pages.guide import Guide
from matchguide.session import Session

if TYPE_CHECKING:
    from matchguide.site.many import Press

SINGLE, SEALED, SHARED = "single", "sealed", "shared"


@dataclass(frozen=True)
class Order:
    """What is the same for everybody: where, for which day, and what. `paper` is the workbook's, "" for none; `whole`
    is whether each folder gets its own copy of the files that all guides have in common."""

    cohort: Path
    on: dt.date
    paper: str = ""
    whole: bool = False
    names: bool = False
    redact: bool = False


@dataclass(frozen=True)
class Job:
    """One profile, and what is to be made of it."""

    number: int
    profile: Path
    folder: str
    products: tuple[Product, ...]
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True)
class Done:
    """What came of a job: a line and what was made, mistakes in the profile or at the place, or a fault of ours."""

    number: int
    line: Line | None = None
    made: tuple[Product, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    fault: str = ""
    notes: tuple[str, ...] = ()
    memory: int = 0
    key: str = ""

    @property
    def full(self) -> bool:
        """Whether the disk is full: then the next one would fail too."""
        return any(m.allowed == FREE_SOME for m in self.mistakes)


class Workshop:
    """Makes one guide after the other; what all have in common is read once."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._shared = None if order.whole else Shared(order.cohort / ".cohort" / SHARED)

    @cached_property
    def _content(self) -> Content:
        from matchguide.content import store

        return store.load(paths.CONTENT)

    @cached_property
    def _press(self) -> "Press":
        from matchguide.site.many import Press

        return Press()

    @cached_property
    def _seasons(self) -> dict[int, Content]:
        return {}

    def do(self, job: Job) -> Done:
        """Never raises but when it is told to end."""
        made: list[Product] = []
        notes: list[str] = []
        try:
            said, key = self._made(job, made, notes)
            return Done(job.number, said, tuple(made), notes=tuple(notes), memory=memory(), key=key)
        except MistakesFound as error:
            return Done(job.number, mistakes=error.mistakes, made=tuple(made))
        except OSError as error:
            problem = f"cannot be read or written ({error.strerror or type(error).__name__})."
            return Done(job.number, mistakes=(Mistake(str(job.profile), "", problem),), made=tuple(made))
        except Exception as error:
            return Done(job.number, fault=_told(error, redact=self._order.redact), made=tuple(made))

    def _made(self, job: Job, made: list[Product], notes: list[str]) -> tuple[Line, str]:
        order = self._order
        session = Session(job.profile, order.on, loaded=self._content, seasons=self._seasons)
        said = line(session, name=order.names)
        guide = self._guide(session, notes)
        if {"guide", "sealed"} & set(job.products):
            from matchguide.site.build import common

            files = self._files(guide)
            if "guide" in job.products:
                place = order.cohort / job.folder
                write_folder(place, files, "guide", common=common(files), shared=self._shared)
                made.append("guide")
            if "sealed" in job.products:
                self._seal(files, job)
                made.append("sealed")
        if "single" in job.products:
            from matchguide.site.single import single

            place = order.cohort / SINGLE / f"{job.folder}.html"
            place.parent.mkdir(exist_ok=True)
            write_file(place, single(session.guide, paths.TEMPLATES), "guide")
            made.append("single")
        return said, guide.key

    def _guide(self, session: Session, notes: list[str]) -> Guide:
        if not self._order.paper:
            return session.guide
        from matchguide.pdf.fonts import missing
        from matchguide.pdf.offer import offering
        from matchguide.pdf.workbook import workbook

        s = session
        book = workbook(s.guide, s.plan, s.profile, s.words, self._order.paper, s.on, s.templates)
        notes += missing(book.replaced, redact=self._order.redact)
        return offering(session.guide, book.data, paths.TEMPLATES)

    def _files(self, guide: Guide) -> Mapping[str, bytes]:
        return self._press.files(guide)

    def _seal(self, files: Mapping[str, bytes], job: Job) -> None:
        from matchguide.publish.site import publish

        place = self._order.cohort / SEALED / job.folder
        place.parent.mkdir(exist_ok=True)
        publish(files, place, job.passphrase, paths.TEMPLATES)


def _told(error: Exception, *, redact: bool) -> str:
    """A fault of ours: whole for whoever may read it, else its kind and place."""
    if not redact:
        return "".join(traceback.format_exception(error)).rstrip()
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place} (details hidden, because this log may be public)"


def memory() -> int:
    """Bytes that this process has held at most; 0 where that cannot be asked."""
    if sys.platform == "win32" or sys.platform == "emscripten":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024

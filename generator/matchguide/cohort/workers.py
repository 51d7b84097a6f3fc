"""Several processes that make guides. They end with whoever started them, however that ends."""

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from matchguide.cohort.job import Done, Job, Order, Workshop

MOST_MEMORY = 350_000_000  # bytes; a process that has held more is replaced by a fresh one
_MANY = 120  # so many guides at least, and of them a tenth, these many, before the processes part
_FIRST_LEAST, _FIRST_MOST = 30, 100
_AHEAD = 2  # jobs that wait at a process, so that it never waits itself
# A process that has said nothing for so many looks of so many seconds stands still. It is looks that are counted: a
# computer that slept for a night was asked once.
_LOOK, _LOOKS = 30.0, 20


def cores() -> int:
    """How many processes this computer can run side by side."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def done(jobs: Iterable[Job], order: Order, processes: int) -> Iterator[Done]:
    """Does all jobs, in the order in which they are finished. Whoever stops listening stops the work."""
    if processes == 1:
        workshop = Workshop(order)
        with _cleaned() as clean:
            for job in jobs:
                yield workshop.do(job)
                clean()
        return
    workers: list[_Worker] = []
    waiting = deque(jobs)
    # Copies of this process share what is loaded already; where copies are not safe, each loads it anew.
    copies = sys.platform == "linux" and _has_one_thread()
    context = multiprocessing.get_context("fork" if copies else "spawn")
    room = Workshop(order)
    # What the first guides bring is then there for all. The press of workbooks would bring threads.
    if copies and len(waiting) >= _MANY and not order.paper:
        with _cleaned() as clean:
            for _ in range(min(max(_FIRST_LEAST, len(waiting) // 10), _FIRST_MOST)):
                yield room.do(waiting.popleft())
                clean()
    try:
        for _ in range(min(processes, len(waiting))):
            workers.append(_Worker(context, room, workers))
        yield from _all(workers, waiting, context, room)
    finally:
        for worker in workers:
            worker.end()


def _has_one_thread() -> bool:
    """Whether nothing but this thread runs here, libraries' own threads included: a copy would wait forever for what
    the others hold or do, as Typst's do."""
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def _all(workers: "list[_Worker]", waiting: deque[Job], context: Any, room: Workshop) -> Iterator[Done]:
    for worker in workers:
        worker.feed(waiting)
    while busy := [w for w in workers if w.jobs]:
        ready = wait([x for w in busy for x in (w.line, w.process.sentinel)], _LOOK)
        for worker in busy:
            if worker.line not in ready and worker.process.sentinel not in ready:
                worker.silent += not ready
                if worker.silent < _LOOKS:
                    continue
            came = worker.answer()
            gone = came is None
            if came is None:
                came = _died(worker, waiting)
            else:
                worker.silent = 0
                worker.jobs.popleft()
            if not gone and came.memory <= MOST_MEMORY:
                worker.feed(waiting)
            elif not worker.jobs:
                worker.end()
                workers.remove(worker)
                if waiting:
                    workers.append(_Worker(context, room, workers))
                    workers[-1].feed(waiting)
            yield came


def _died(worker: "_Worker", waiting: deque[Job]) -> Done:
    """What is told when a process is gone or stands still: the guide it was making; those that had not begun go to
    others."""
    first, *others = worker.jobs
    worker.jobs.clear()
    waiting.extendleft(reversed(others))
    still = worker.silent >= _LOOKS
    if still:
        return Done(first.number, fault=f"its process stood still for {_LOOK * _LOOKS:.0f} seconds.")
    worker.process.join(5)
    return Done(first.number, fault=f"its process ended by itself (exit code {worker.process.exitcode}).")


@dataclass(eq=False)
class _Worker:
    """A process and the line to it; `jobs` are those it has, `silent` for how many looks nobody said anything."""

    context: Any
    room: Workshop
    siblings: "list[_Worker]" = field(repr=False)
    line: Connection = field(init=False)
    process: BaseProcess = field(init=False)
    jobs: deque[Job] = field(default_factory=deque)
    silent: int = 0

    def __post_init__(self) -> None:
        self.line, theirs = self.context.Pipe()
        # A copy holds the lines of its elders too; it closes them, or none would ever notice that this process ended.
        lines = [w.line for w in self.siblings] + [self.line] if self.context.get_start_method() == "fork" else []
        self.process = self.context.Process(target=_work, args=(theirs, self.room, lines), daemon=True)
        self.process.start()
        theirs.close()

    def feed(self, waiting: deque[Job]) -> None:
        while waiting and len(self.jobs) < _AHEAD:
            job = waiting.popleft()
            self.jobs.append(job)
            with suppress(OSError):  # it is gone, which is noticed when its answer is due
                self.line.send(job)

    def answer(self) -> Done | None:
        """What it says; None where it says nothing and never will."""
        with suppress(EOFError, OSError):
            if self.line.poll():
                said: Done = self.line.recv()
                return said
        return None

    def end(self) -> None:
        self.line.close()
        self.process.terminate()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def _work(line: Connection, workshop: Workshop, others: list[Connection]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is told to all; the one who started us ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in others:
        other.close()
    with suppress(EOFError, OSError), _cleaned() as clean:
        while True:
            line.send(workshop.do(line.recv()))
            clean()


@contextmanager
def _cleaned() -> Iterator[Callable[[], None]]:
    """Looking for garbage among all that is kept costs more than it frees: it is looked for among what each guide
    leaves, and never again in what it added to what is kept."""

    def clean() -> None:
        gc.collect()
        gc.freeze()

    gc.disable()
    gc.freeze()
    try:
        yield clean
    finally:
        gc.unfreeze()
        gc.enable()

"""A cohort from its profiles: who is new, who has changed, whose guide is as it should be; then the work, and the
page over all."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from matchguide.cohort import fingerprint, kept, leftovers, passphrases, people, top
from matchguide.cohort.inputs import Found
from matchguide.cohort.job import SEALED, SHARED, SINGLE, Done, Job, Order
from matchguide.cohort.kept import Kept, Product
from matchguide.cohort.overview import page, rows
from matchguide.cohort.passphrases import Passphrases
from matchguide.cohort.people import Person
from matchguide.cohort.workers import done
from matchguide.mistakes import Mistake
from matchguide.output.lock import holding
from matchguide.output.ours import LIST, read_listing, told

PATIENCE = 2.0  # seconds; another run may last for an hour, and waiting for it unseen helps nobody
Watch = Callable[[int, int], None]  # how many of how many are done


@dataclass(frozen=True)
class Wish:
    """What is asked for: the order for everybody, more products, and which part of the profiles."""

    order: Order
    single: bool = False
    keys: Path | None = None
    shard: tuple[int, int] = (1, 1)
    processes: int = 1


@dataclass
class Result:
    """What came of it. `mistakes` are of profiles and places, by the number of the profile; `faults` are ours;
    `alike` are the files of people whose guides cannot be told apart by their ids."""

    built: int = 0
    unchanged: int = 0
    left: int = 0
    mistakes: list[tuple[int, Mistake]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    full: bool = False
    alike: tuple[tuple[str, ...], ...] = ()


def make(found: Found, wish: Wish, watch: Watch) -> Result:
    """Builds what is missing or has changed. Raises MistakesFound where nothing can be begun, with everything as it
    was."""
    cohort = wish.order.cohort
    top.check(cohort)
    known_keys = passphrases.read(wish.keys, cohort) if wish.keys else None
    with told(cohort):
        cohort.parent.mkdir(parents=True, exist_ok=True)
        with holding(cohort, PATIENCE):
            top.check(cohort)
            top.claim(cohort)
            kept.prepare(cohort)
            leftovers.finish_all(cohort)
            return _Run(found, wish, known_keys).go(watch)


class _Run:
    def __init__(self, found: Found, wish: Wish, keys: Passphrases | None) -> None:
        self._wish, self._order, self._cohort = wish, wish.order, wish.order.cohort
        self._result = Result()
        self._kept = kept.read(self._cohort)
        self._numbers = {path: number for number, path in enumerate(found.profiles, 1)}
        self._sources = {path: fingerprint.of_source(path) for path in found.profiles}
        k, n = wish.shard
        mine = [p for p in found.profiles if fingerprint.shard_of(self._sources[p], n) == k]
        listed = people.read(self._cohort)
        listed += tuple(
            Person(x.file, x.folder) for x in self._kept.values() if x.folder not in {p.folder for p in listed}
        )
        taken = {entry.name for entry in self._cohort.iterdir()}
        self._people = dict(zip(mine, people.placed(mine, listed, taken), strict=True))
        here = {p.folder for p in self._people.values()}
        self._others = [p for p in listed if p.folder not in here]
        self._keys = keys

    def go(self, watch: Watch) -> Result:
        jobs = list(self._jobs())
        everybody = [*self._people.values(), *self._others]
        top.write(self._cohort, {people.LISTED: people.written(everybody)})
        if self._keys is not None:
            asked = [self._person(job) for job in jobs if "sealed" in job.products]
            self._keys = passphrases.with_everybody(self._keys, asked)
            jobs = [replace(j, passphrase=self._keys.of(j.folder)) if "sealed" in j.products else j for j in jobs]
        self._work(jobs, watch)
        overview(self._cohort, self._order.on)
        by_key: dict[str, list[str]] = {}
        for one in self._kept.values():
            by_key.setdefault(one.key, []).append(one.file)
        self._result.alike = tuple(tuple(sorted(files)) for key, files in by_key.items() if key and len(files) > 1)
        return self._result

    # -- what is to be done

    def _jobs(self) -> Iterator[Job]:
        for path, person in self._people.items():
            wanted = self._wanted(path, person)
            old = self._kept.get(person.folder)
            products = tuple(p for p in wanted if self._is_due(p, wanted[p], old, person.folder))
            if products or old is None or old.line is None or bool(old.line.name) != self._order.names:
                yield Job(self._numbers[path], path, person.folder, products or ("guide",))
            else:
                self._result.unchanged += 1

    def _wanted(self, path: Path, person: Person) -> dict[Product, str]:
        """Each product with the fingerprint it is to have."""
        source, order = self._sources[path], self._order
        out: dict[Product, str] = {"guide": fingerprint.of_product(source, order.on, order.paper, order.whole)}
        if self._wish.single:
            out["single"] = fingerprint.of_product(source, order.on, "", "single")
        if self._keys is not None:
            phrase = self._keys.by_folder.get(person.folder, ("", ""))[1]
            out["sealed"] = fingerprint.of_product(source, order.on, order.paper, "sealed", phrase)
        return out

    def _is_due(self, product: Product, wanted: str, old: Kept | None, folder: str) -> bool:
        if old is None or old.made.get(product) != wanted:
            return True
        if product == "single":
            return not (self._cohort / SINGLE / f"{folder}.html").is_file()
        return not _whole(self._cohort / folder if product == "guide" else self._cohort / SEALED / folder)

    def _person(self, job: Job) -> Person:
        return self._people[job.profile]

    # -- the work

    def _work(self, jobs: Sequence[Job], watch: Watch) -> None:
        by_number = {job.number: job for job in jobs}
        result = self._result
        watch(0, len(jobs))
        for count, came in enumerate(done(jobs, self._order, self._wish.processes), 1):
            self._remember(by_number.pop(came.number), came)
            watch(count, len(jobs))
            if came.full:
                result.full = True
                break
        result.left = len(by_number)

    def _remember(self, job: Job, came: Done) -> None:
        result, person = self._result, self._person(job)
        old = self._kept.get(person.folder)
        result.notes += [(job.number, note) for note in came.notes]
        result.mistakes += [(job.number, m) for m in came.mistakes]
        if came.fault:
            result.faults.append((job.number, came.fault))
        wanted = self._wanted(job.profile, person)
        made = {**(old.made if old else {}), **{p: wanted[p] for p in came.made}}
        if came.line is not None:
            result.built += 1
            new = Kept(
                file=person.file,
                folder=person.folder,
                made=made,
                key=came.key,
                line=came.line,
                before=kept.after(old, came.line),
            )
        else:
            first = old.broken if old and old.broken else self._order.on
            new = Kept(
                file=person.file,
                folder=person.folder,
                made={p: sum for p, sum in made.items() if p in came.made or p in (old.made if old else {})},
                line=old.line if old else None,
                before=old.before if old else None,
                broken=first,
                mistakes=len(came.mistakes) or 1,
            )
        self._kept[person.folder] = new
        if not came.full:
            kept.write(self._cohort, new)


def _whole(folder: Path) -> bool:
    """Whether every file of a folder of ours is still there."""
    here = read_listing(folder)
    return here is not None and all((folder / path).is_file() for path in here.files)


def overview(cohort: Path, on: dt.date) -> None:
    """Writes list, table and page anew, from what is remembered. Raises OSError."""
    everybody = list(kept.read(cohort).values())
    with_guide = [Person(k.file, k.folder) for k in everybody if (cohort / k.folder / LIST).is_file()]
    there = {p.folder for p in with_guide}
    listed = kept.everyone(everybody)
    top.write(
        cohort,
        {
            people.LISTED: people.written(with_guide),
            top.TABLE: rows(listed, there),
            top.PAGE: page(listed, there, on),
        },
    )


__all__ = ["SEALED", "SHARED", "SINGLE", "Result", "Wish", "make", "overview"]

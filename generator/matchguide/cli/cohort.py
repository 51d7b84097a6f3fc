"""`matchguide cohort PROFILE|DIR... -o DIR`: a guide a person, and one page for their advisor."""

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

from matchguide import paths
from matchguide.checks.once import check_once
from matchguide.cli.redaction import named, redacted
from matchguide.day import the_day
from matchguide.mistakes import SOMEBODYS, MistakesFound, mistake
from matchguide.pdf.paper import PAPERS, check_installed, paper_size
from matchguide.render.plaintext import visible

_ALIKE = (
    "the same name (or none) and no guide_id, so in one browser their ticks, and in one calendar their entries, "
    "would mix. Write another guide_id into each."
)


def run(args: argparse.Namespace) -> int:
    """Writes the guides of many people and the page of their advisor. 0, or 2 where profiles have mistakes."""
    cohort: Path = args.output
    if args.forget or args.mentor:
        return _of_one(args)
    if not args.profiles:
        raise mistake("cohort", "names no profile.", allowed="matchguide cohort profiles -o DIR")
    if args.paper and not args.pdf:
        raise mistake("--paper", "goes with --pdf.", allowed="Add --pdf, or leave --paper out.")
    paper = (args.paper or next(iter(PAPERS))) if args.pdf else ""
    if paper:
        paper_size(paper)
        check_installed()
    from matchguide.cohort.inputs import find
    from matchguide.cohort.job import Order
    from matchguide.cohort.run import Wish, make
    from matchguide.cohort.workers import cores

    redact = redacted(args)
    order = Order(cohort, the_day(args.on), paper, args.whole, args.names, redact)
    found = find(args.profiles, cohort)
    check_once(paths.CONTENT, paths.TEMPLATES)
    wish = Wish(order, args.single, args.seal, args.shard, args.jobs or cores())
    result = make(found, wish, _Watch())
    print(cohort / "index.html")

    names = {n: named(p, args, f"{SOMEBODYS} {n}") for n, p in enumerate(found.profiles, 1)}
    for note in [] if redact else found.notes:
        print(visible(note), file=sys.stderr)
    for number, note in result.notes:
        print(f"{names[number]}: {note}", file=sys.stderr)
    faults = [replace(m, whose=f"{SOMEBODYS} {n}") for n, m in result.mistakes]
    told = MistakesFound([*found.faults, *faults]).text(redact=redact)
    for text in (told, *(f"{names[n]}: matchguide stopped: {fault}" for n, fault in result.faults)):
        if text:
            print(text if redact else visible(text, keep="\n"), file=sys.stderr)
    print(_summary(result.built, result.unchanged, result.left, len(names)), file=sys.stderr)
    for files in result.alike:
        who = f"{len(files)} profiles" if redact else visible(", ".join(files[:5]) + (" ..." if files[5:] else ""))
        print(f"{who}: {_ALIKE}", file=sys.stderr)
    if result.full:
        print("The disk is full. What is built is whole; free some space and run the same again.", file=sys.stderr)
    if result.faults:
        return 1
    return 2 if told or result.full else 0


def _summary(built: int, unchanged: int, left: int, people: int) -> str:
    parts = [f"{built:,} built", f"{unchanged:,} unchanged"]
    if left:
        parts.append(f"{left:,} not begun")
    if broken := people - built - unchanged - left:
        parts.append(f"{broken:,} not in this run or with mistakes")
    return f"{people:,} profiles: {', '.join(parts)}."


def _of_one(args: argparse.Namespace) -> int:
    if args.profiles:
        word = "--forget" if args.forget else "--mentor"
        raise mistake(word, "is about one person of a cohort that is there.", allowed="Leave the profiles out.")
    from matchguide.cohort.one import copy_for_mentor, forget

    if args.mentor:
        print(copy_for_mentor(args.output, args.mentor, the_day(args.on)))
        return 0
    forget(args.output, args.forget, args.seal, the_day(args.on))
    print(args.output / "index.html")
    return 0


class _Watch:
    """How far it is, and how long it will take: on stderr, while somebody is watching."""

    def __init__(self) -> None:
        self._began = self._told = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        now = time.monotonic()
        if not sys.stderr.isatty() or not of or (now - self._told < 0.5 and done not in (0, of)):
            return
        self._told = now
        left = f", {_in_words((now - self._began) / done * (of - done))} to go" if 0 < done < of else ""
        print(f"\r\033[K{done:,} of {of:,} guides{left}", end="\n" if done == of else "", file=sys.stderr, flush=True)


def _in_words(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    minutes = round(seconds / 60)
    return f"{minutes} minutes" if minutes < 90 else f"{minutes / 60:.1f} hours"

"""`matchguide check PROFILE...`: reads, and says what is wrong or that nothing is, and where it would lie open.
With --content: all of content/ and templates/, and with --names what may be used there."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from matchguide import paths
from matchguide.checks.once import check_once
from matchguide.cli.redaction import named, redacted
from matchguide.content import season as seasons
from matchguide.content.lists import known
from matchguide.content.on_the_day import read_on
from matchguide.day import the_day
from matchguide.mistakes import SOMEBODYS, Mistake, MistakesFound, mistake
from matchguide.publish.exposed import notes, readable_by_others


def run(args: argparse.Namespace) -> int:
    """Tells the mistakes of a profile, or of content and templates. 0 where there are none; raises MistakesFound."""
    if args.names and not args.content:
        raise mistake("--names", "goes with --content.", allowed="matchguide check --content --names")
    if not args.profiles and not args.content:
        raise mistake("check", "names no profile.", allowed="matchguide check me.yml, or: matchguide check --content")
    if args.content:
        from matchguide.checks.whole import check

        check(paths.CONTENT, paths.TEMPLATES)
        print("content and templates: no mistakes")
    else:
        check_once(paths.CONTENT, paths.TEMPLATES)
    if args.names:
        from matchguide.checks.vocabulary import listed

        print(listed(paths.CONTENT))
    lists, every, on = known(paths.CONTENT), seasons.load(paths.CONTENT / "seasons"), the_day(args.on)
    faults: list[Mistake] = []
    good: list[Path] = []
    for number, path in enumerate(args.profiles, 1):
        whose = SOMEBODYS if len(args.profiles) == 1 else f"{SOMEBODYS} {number}"
        try:
            profile, _ = read_on(path, lists, every, on)
            unclear = _table(path, profile.programs_file)
        except MistakesFound as error:
            faults += [replace(m, whose=whose) for m in error.mistakes]
        else:
            good.append(path)
            name = named(path, args, whose)
            print(f"{name}: no mistakes")
            for note in (*notes(path, name), *unclear):
                print(note, file=sys.stderr)
    if note := readable_by_others(good, redact=redacted(args)):
        print(note, file=sys.stderr)
    if faults:
        raise MistakesFound(faults)
    return 0


def _table(profile: Path, name: str | None) -> tuple[str, ...]:
    """What is worth saying about the table of programs that a profile names. Raises MistakesFound."""
    if name is None:
        return ()
    from matchguide.content import cards, programs
    from matchguide.pages.words import counted
    from matchguide.programs.read import brought

    words = programs.load(paths.CONTENT / "programs.yml")
    found = len(brought(profile, name, words, cards.load(paths.CONTENT / "specialties")).notes)
    return (
        (f"programs_file: {counted(found, 'note')} on its rows and cells; `matchguide programs` tells what.",)
        if found
        else ()
    )

"""Names of things to do that follow what they are about, never their place in a list: ticks and calendar entries keep
to them from build to build."""

import hashlib
import unicodedata
from collections.abc import Sequence

from matchguide.plan.types import LetterMissing, LetterPlan
from matchguide.profile.model import Interview, Letter


def letter_key(writer: str, specialty: str) -> str:
    """One person's letter for one specialty. Case, accents and blanks do not count."""
    return _hashed(writer, specialty)


def reminder_ids(letters: Sequence[Letter]) -> tuple[str, ...]:
    """The id of the reminder for each letter; where one person is listed twice, the second is numbered."""
    out: list[str] = []
    for letter in letters:
        id = f"remind-{letter_key(letter.writer, letter.specialty)}"
        out.append(_numbered(id, out.count(id)))
    return tuple(out)


def interview_ids(interviews: Sequence[Interview]) -> tuple[str, ...]:
    """The id of each interview: its specialty and day, so that a program's mended name keeps its calendar entry.
    Two of one specialty on one day are numbered in the order of their names."""
    bases = [f"interview-{x.specialty}-{x.date or 'no-date'}" for x in interviews]
    return tuple(
        _numbered(
            base,
            sum(
                other == base and (_folded(interviews[j].program), j) < (_folded(x.program), i)
                for j, other in enumerate(bases)
            ),
        )
        for i, (base, x) in enumerate(zip(bases, interviews, strict=True))
    )


def used_key(plan: LetterPlan, place: int) -> str:
    """The id of a letter that goes to a specialty."""
    ids = [f"lt-{plan.specialty}-{letter_key(u.writer, u.specialty)}" for u in plan.use]
    return _numbered(ids[place], ids[:place].count(ids[place]))


def asked_key(m: LetterMissing) -> str:
    """A letter that is still to be asked for: by its writer where one is named, else by its kind."""
    return letter_key(m.writer, m.specialty) if m.writer else m.specialty


def missing_key(plan: LetterPlan, place: int) -> str:
    """The id of a letter that a specialty still lacks: its second version by its writer, a new one by its kind."""

    ids = [f"lm-{plan.specialty}-{asked_key(m)}" for m in plan.missing]
    return _numbered(ids[place], ids[:place].count(ids[place]))


def _numbered(id: str, before: int) -> str:
    return f"{id}-{before + 1}" if before else id


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\n".join(map(_folded, parts)).encode()).hexdigest()[:10]


def _folded(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())

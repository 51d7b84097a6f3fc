"""Who wrote which letter: one person writes one letter, however often a profile names them."""

from collections.abc import Sequence

from matchguide.profile.model import Letter

GIVEN = ("received", "promised")  # the letters there are; the others count as missing


def each_once(letters: Sequence[Letter]) -> tuple[tuple[int, Letter], ...]:
    """The letters with their place in the profile, without what a person's better line tells already: a letter in
    hand before the same one promised, and none to ask for from who gives one. Two specialties may be two people."""
    lines = tuple(enumerate(letters))
    return tuple((i, x) for i, x in lines if not any(_told_by(i, x, j, y) for j, y in lines if i != j))


def is_named(letter: Letter) -> bool:
    """Whether a letter says who writes it, not only what kind of doctor."""
    return letter.writer != letter.writer.lower()


def _told_by(i: int, x: Letter, j: int, y: Letter) -> bool:
    if not is_named(x) or x.writer.casefold() != y.writer.casefold():
        return False
    if x.status not in GIVEN and y.status in GIVEN:
        return True
    if x.specialty != y.specialty:
        return False
    return _how_far(y) > _how_far(x) or (_how_far(y) == _how_far(x) and j < i)


def _how_far(letter: Letter) -> int:
    return (letter.status in GIVEN) + (letter.status == "received")

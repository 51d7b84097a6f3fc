"""For who has an advanced place and no first year yet: the programs that met them and could be that year, and the
letters that can go there."""

from collections.abc import Callable

from matchguide.pages.said import Said
from matchguide.pages.words import Words
from matchguide.plan.situation import Situation
from matchguide.profile.model import Letter


def met(s: Situation, words: Words, *, whole: bool) -> list[str]:
    """The programs with an interview in a kind that counts as a first year, the better liked first: those of one
    year, or those of a `whole` training, which begins with such a year."""
    place = s.profile.season_so_far.place
    mine = [
        i
        for i in sorted(s.profile.interviews, key=lambda i: -(i.liked or 0))
        if i.specialty in s.goal.first_years.counted
        and (s.content.cards[i.specialty].kind != "first-year") == whole
        and s.start_of(i.program) != "pgy2"
        and not (place and place.program == i.program)
    ]
    named = (words.said("half-met", program=Said(i.program), specialty=i.specialty) for i in mine)
    return list(dict.fromkeys(named))


def unwanted(s: Situation, words: Words) -> list[str]:
    """The whole trainings whose first year counts, and which the reader ruled out or marked below what we plan."""
    out, planned = s.profile.backups.ruled_out, s.goal.count("mark_planned")
    low = {x for x, mark in s.profile.backups.enjoyment.items() if mark < planned}
    whole = (x for x in s.goal.first_years.counted if s.content.cards[x].kind != "first-year")
    return [words.name(x).lower() for x in whole if x in out or x in low]


def writers(s: Situation, words: Words, which: Callable[[Letter], bool], *, patients: bool) -> list[str]:
    """The writers of some of the reader's letters: of those who see patients, or of the others."""
    mine = (x for _, x in s.letters_listed if which(x) and _sees_patients(s, x.specialty) == patients)
    return list(dict.fromkeys(named_writer(x, words) for x in mine))


def named_writer(letter: Letter, words: Words) -> str:
    """Who writes a letter, with the kind of doctor."""
    return words.said("half-writer", writer=letter.writer, specialty=letter.specialty, us=bool(letter.us))


def in_hand(letter: Letter) -> bool:
    """Whether a letter is there."""
    return letter.status == "received"


def waited_for(letter: Letter) -> bool:
    """Whether a letter was promised, or is still to be asked for."""
    return not in_hand(letter)


def _sees_patients(s: Situation, specialty: str) -> bool:
    card = s.content.cards.get(specialty)
    return s.is_a((card and card.track_of) or specialty, "clinical")

"""One personal statement for each specialty: what to stress and leave out stands on the card; which of the
reader's stories fit is decided by the reader's own tags."""

from matchguide.plan.situation import Situation
from matchguide.plan.types import Statement


def plan(s: Situation, specialties: tuple[str, ...]) -> tuple[Statement, ...]:
    """A statement for each specialty: what to stress, what to leave out, which stories fit."""
    out = []
    for x in specialties:
        card = s.content.cards[x].statement
        stories = tuple(i for i, story in enumerate(s.profile.stories) if x in story.fits)
        out.append(Statement(x, card.stress, card.leave_out, stories))
    return tuple(out)

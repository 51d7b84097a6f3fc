"""How many interviews a list of programs may bring, by chances that are assumed, where programs of one specialty
decide alike: the common factor of `outlook` at its fixed values, and nothing is drawn."""

from collections.abc import Sequence

from matchguide.plan.outlook import NODES, given


def invitations(chances: Sequence[float], together: float) -> tuple[float, ...]:
    """The chance of no interview, of one, of two ... from programs of one specialty, by the chance that each invites
    the applicant. `together`, from 0 to below 1, is how much of what decides is common to them."""
    sums = [0.0] * (len(chances) + 1)
    for node in range(NODES):
        numbers = [1.0]
        for chance in chances:
            p = given(chance, together)[node]
            numbers = [
                stays * (1 - p) + comes * p for stays, comes in zip((*numbers, 0.0), (0.0, *numbers), strict=True)
            ]
        sums = [a + b for a, b in zip(sums, numbers, strict=True)]
    return tuple(x / NODES for x in sums)


def at_most(numbers: Sequence[float], share: float) -> int:
    """The least number that is not passed in this share of all cases."""
    so_far = 0.0
    for number, chance in enumerate(numbers):
        so_far += chance
        if so_far >= share:
            return number
    return len(numbers) - 1

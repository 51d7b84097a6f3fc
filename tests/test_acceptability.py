"""All draws computed at once give what one after the other gives, to the last digit."""

import random
from collections.abc import Sequence

import pytest

from matchguide.plan.acceptability import SEED, Row, Xorshift, first_in


def one_by_one(rows: Sequence[Row], draws: int) -> tuple[float, ...]:
    """The same by its definition: draw, weigh, see who is first."""
    step = Xorshift(SEED).next
    wins = [0.0] * len(rows)
    for _ in range(draws):
        cuts = sorted([step() >> 12 for _ in range(len(rows[0].ranges) - 1)])
        weights = [b - a for a, b in zip([0, *cuts], [*cuts, 1 << 20], strict=True)]
        totals = []
        for row in rows:
            scores = [low if low == high else low + step() % (high - low + 1) for low, high in row.ranges]
            totals.append(sum(w * score for w, score in zip(weights, scores, strict=True)))
        holders = [i for i, total in enumerate(totals) if total == max(totals)]
        for i in holders:
            wins[i] += 1 / len(holders)
    return tuple(w / draws for w in wins)


@pytest.mark.parametrize("seed", range(24))
def test_all_at_once_is_one_by_one(seed: int) -> None:
    r = random.Random(seed)
    rows = []
    for i in range(r.randint(1, 9)):
        known = [(x, x) for x in (r.choice([0, 1000, 2000, 2500, 4000]) for _ in range(5))]
        ranges = [r.choice([(0, 4000), (1500, 2600)]) if r.random() < 0.2 else score for score in known]
        rows.append(Row(f"specialty {i}", tuple(ranges)))
    if seed % 3 == 0:  # three that always tie, and share by thirds
        rows += [Row("twin", ((3000, 3000),) * 5)] * 3
    assert first_in(rows, 500) == one_by_one(rows, 500)

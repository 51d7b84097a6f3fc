"""Six drawn mistakes in content and templates: each is refused with its file or changes what somebody gets. More of
them by `make seeded-edits`."""

from pathlib import Path

import seeded_edits

UNNOTICED_AT_MOST = 1


def test_no_drawn_mistake_hides(tmp_path: Path) -> None:
    answers = seeded_edits.run(range(4), tmp_path)
    wrong = [f"{verdict}: {edit}" for edit, verdict in answers if verdict not in ("refused", "changed", "unnoticed")]
    assert not wrong, "\n".join(wrong)
    hidden = [str(edit) for edit, verdict in answers if verdict == "unnoticed"]
    assert len(hidden) <= UNNOTICED_AT_MOST, "\n".join(hidden)


def test_the_forty_live_in_every_phase() -> None:
    from matchguide.content.phases import PHASES
    from people import plan_only

    people = seeded_edits.forty()
    assert len(people) == 40
    assert {plan_only(data, on)[1].phase for data, on in people} == set(PHASES)

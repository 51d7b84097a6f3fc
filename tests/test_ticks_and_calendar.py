"""Ticks and calendar entries follow what they are about: a list that changes moves none to another."""

import copy
import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

import people
from matchguide.mistakes import MistakesFound
from matchguide.pages.guide import Guide
from matchguide.profile.starter import profile as starter
from matchguide.session import Session
from matchguide.site.build import build
from support import merged, profile_file, profile_in, profile_of

JUNE, NOVEMBER = dt.date(2026, 6, 15), dt.date(2026, 11, 2)
IM, DR = "internal-medicine", "diagnostic-radiology"
TICK = re.compile(r'data-tick="([^"]+)"[^>]*>\s+<span>(.*?)</span>')


def guide(data: dict[str, Any], on: dt.date = NOVEMBER) -> Guide:
    return people.guide_of(data, on)[2]


def amara(**changes: Any) -> dict[str, Any]:
    return merged(profile_file("amara.yml"), changes)


def ticks(guide: Guide) -> dict[str, str]:
    """What stands beside each box of the checklists, by the id of its tick; the reader's words in their slots."""
    out: dict[str, str] = {}
    for block in guide.page("checklists").blocks:
        text = re.sub("\ue000([0-9]+)\ue001", lambda hit, b=block: b.slots[int(hit[1])], block.template)
        for id, words in TICK.findall(text):
            assert id not in out, f"{id} is the tick of two boxes"
            out[id] = words
    return out


def events(guide: Guide) -> dict[str, dict[str, str]]:
    text = guide.assets["guide-dates.ics"].decode().replace("\r\n ", "")
    out = {}
    for event in text.split("BEGIN:VEVENT")[1:]:
        fields = dict(line.split(":", 1) for line in event.strip().splitlines() if ":" in line)
        out[fields["UID"]] = fields
    return out


def interview(program: str, date: str, specialty: str = IM) -> dict[str, Any]:
    return {"program": program, "specialty": specialty, "date": date}


def test_a_letter_on_top_of_the_list_ticks_no_other_box() -> None:
    """The boxes of letters keep their ids when a letter is added, taken away, or the list turned around."""
    data = amara()
    before = ticks(guide(data, JUNE))
    assert sum(id.startswith(("lt-", "lm-", "remind-")) for id in before) > 4
    letters = data["letters"]
    new = {"from": "Dr. New", "specialty": IM, "us": True, "status": "promised"}
    for changed in ([new, *letters], letters[1:], letters[::-1]):
        after = ticks(guide({**data, "letters": changed}, JUNE))
        moved = {id for id in before.keys() & after.keys() if before[id] != after[id]}
        assert not moved, [(before[id], after[id]) for id in moved]
        assert len(before.keys() & after.keys()) > 20


def test_one_person_twice_has_one_box_and_two_people_of_one_kind_have_two() -> None:
    promised = {"from": "Dr. Khoury", "specialty": IM, "us": True, "status": "promised"}
    for other, boxes in ({**promised, "us": False}, 1), ({**promised, "from": "Dr. Petrov"}, 2):
        ids = ticks(guide(amara(letters=[promised, other]), JUNE))
        assert len([id for id in ids if id.startswith("lt-internal-medicine-")]) == boxes


THREE = [interview("Mercy Clinc", "2026-12-01"), interview("Hill Valley", "2026-12-08"),
         interview("Lakeside", "2026-12-08", DR)]  # fmt: skip


def test_an_interview_keeps_its_calendar_entry() -> None:
    before = events(guide(amara(interviews=THREE)))

    def uid_of(words: str, among: dict[str, dict[str, str]]) -> str:
        return next(uid for uid, fields in among.items() if words in fields["SUMMARY"])

    mended = copy.deepcopy(THREE)
    mended[0]["program"] = "Mercy Clinic of Ohio"
    after = events(guide(amara(interviews=mended)))
    assert uid_of("Mercy Clinic of Ohio", after) == uid_of("Mercy Clinc", before)
    for shorter in (THREE[1:], THREE[::-1], [interview("New", "2026-11-20"), *THREE]):
        after = events(guide(amara(interviews=shorter)))
        for name in ("Hill Valley", "Lakeside"):
            assert uid_of(name, after) == uid_of(name, before)


def test_two_interviews_of_one_specialty_on_one_day_are_two_entries() -> None:
    both = [interview("Zion", "2026-12-01"), interview("Alpha", "2026-12-01")]
    summaries = [f["SUMMARY"] for f in events(guide(amara(interviews=both))).values()]
    assert sum("Zion" in s for s in summaries) == sum("Alpha" in s for s in summaries) == 1
    turned = events(guide(amara(interviews=both[::-1])))
    assert turned == events(guide(amara(interviews=both)))


def test_sequence_rises_from_day_to_day_and_ids_stay() -> None:
    today, tomorrow = (events(guide(amara(), JUNE + dt.timedelta(days=d))) for d in (0, 1))
    assert today.keys() >= tomorrow.keys()
    assert tomorrow
    for uid, fields in tomorrow.items():
        assert int(fields["SEQUENCE"]) > int(today[uid]["SEQUENCE"])
        assert fields["DTSTAMP"] > today[uid]["DTSTAMP"]


def test_an_empty_calendar_is_not_offered() -> None:
    over = guide(amara(), dt.date(2027, 7, 5))
    assert "guide-dates.ics" not in over.assets
    assert "guide-dates.ics" not in "".join(b.template for p in over.pages for b in p.blocks)
    assert "alendar file" not in "".join(b.template for p in over.pages if p.id == "timeline" for b in p.blocks)
    assert "guide-dates.ics" in guide(amara(), JUNE).assets


def test_guide_id_keeps_guides_of_one_name_apart() -> None:
    mine, other = (guide(amara(guide_id=id), JUNE) for id in ("kq7m-2hxw-9rtd", "zz7m-2hxw-9rtd"))
    unnamed = guide(amara(), JUNE)
    assert len({mine.key, other.key, unnamed.key}) == 3
    assert not events(mine).keys() & events(other).keys()
    renamed = guide(amara(guide_id="kq7m-2hxw-9rtd", applicant={"name": "Amara S."}), JUNE)
    assert renamed.key == mine.key
    assert mine.old_key == unnamed.key == unnamed.old_key

    def told(guide: Guide) -> bool:
        return any("guide_id" in b.template for b in guide.page("checklists").blocks)

    assert told(guide(amara(applicant={"name": None}), JUNE)), "two guides without a name are one for the browser"
    assert not told(unnamed), "of one name two guides are of one person"
    assert not told(mine)


def test_init_draws_a_guide_id() -> None:
    drawn = {profile_in(starter()).guide_id for _ in range(20)}
    assert len(drawn) == 20
    assert None not in drawn


@pytest.mark.parametrize("wrong", ["short", "1234567890", "a" * 41, "with space", True, 12345678, "ümlaut-id-9"])
def test_a_guide_id_is_letters_and_digits(wrong: object) -> None:
    with pytest.raises(MistakesFound, match="guide_id"):
        profile_of(amara(guide_id=wrong))


def test_older_ticks_are_carried_over_once(browser: Any, tmp_path: Path) -> None:
    """Ticks of a guide of version 0.1, under places in lists and the key of name and season."""
    data = amara(guide_id="kq7m-2hxw-9rtd")
    made = guide(data, JUNE)
    build(made, tmp_path / "guide")
    page = browser.new_page()
    page.goto((tmp_path / "guide" / "checklists.html").as_uri())
    box = page.locator("input[data-tick-was]").first
    was, now = box.get_attribute("data-tick-was"), box.get_attribute("data-tick")
    assert not box.is_checked()
    older = "([key, was]) => localStorage.setItem(`matchguide:${key}:ticks`, JSON.stringify({[was]: 1, other: 1}))"
    page.evaluate(older, [made.old_key, was])
    page.evaluate("key => localStorage.removeItem(`matchguide:${key}:ticks`)", made.key)
    page.reload()
    assert page.locator(f'input[data-tick="{now}"]').is_checked()
    kept = page.evaluate("key => JSON.parse(localStorage.getItem(`matchguide:${key}:ticks`))", made.key)
    assert kept == {now: 1, "other": 1}
    assert page.evaluate("key => localStorage.getItem(`matchguide:${key}:ticks`)", made.old_key) is None
    page.locator(f'input[data-tick="{now}"]').uncheck()
    page.reload()
    assert not page.locator(f'input[data-tick="{now}"]').is_checked(), "carried over twice"
    page.close()


def test_the_session_of_a_profile_has_the_key_of_its_guide_id(tmp_path: Path) -> None:
    path = tmp_path / "me.yml"
    path.write_text(starter(), encoding="utf-8")
    assert Session(path, JUNE).guide.key != Session(path, JUNE).guide.old_key

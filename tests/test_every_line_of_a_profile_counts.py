"""Each line that a profile may hold changes what somebody reads, beyond the page that repeats what they told us."""

import copy
import datetime as dt
from typing import Any

import pytest

from examples import PROFILES, day_of
from matchguide.content.season import choose
from matchguide.mistakes import MistakesFound
from matchguide.pages.write import write
from matchguide.paths import TEMPLATES
from matchguide.plan.make import make
from matchguide.profile.schema import json_schema
from support import content, profile_file, profile_of, quick_content
from test_init_knows_every_field import fields

# A line and another value of it: lists are given whole, the rest is laid over what an example says.
CHANGES: dict[str, Any] = {
    "applicant.name": "Another Name",
    "applicant.status": "us-img",
    "applicant.school_country": "Peru",
    "applicant.graduated": 2009,
    "applicant.trained[].specialty": "internal-medicine",
    "applicant.trained[].country": "Peru",
    "applicant.trained[].started": 2012,
    "applicant.trained[].completed": 2028,
    "applicant.trained[].left": 2022,
    "us_training[].specialty": "diagnostic-radiology",
    "us_training[].program": "Another Hospital",
    "us_training[].start": "2025-07",
    "us_training[].end": "2028-06",
    "us_training[].visa": "h1b",
    "us_training[].left": True,
    "visa.needs": "none",
    "visa.citizenships": ["Iran"],
    "visa.birth_country": "Iran",
    "visa.residence_country": "Nigeria",
    "visa.ground": "asylum",
    "visa.status_now.kind": "j1 research",
    "visa.status_now.until": "2027-01",
    "visa.holds": ["green card"],
    "exams.step1.result": "fail",
    "exams.step1.score": 205,
    "exams.step1.attempts": 3,
    "exams.step1.date": "2019-01",
    "exams.step2_ck.score": 211,
    "exams.step2_ck.result": "fail",
    "exams.step2_ck.attempts": 3,
    "exams.step2_ck.date": "2018-01",
    "exams.step3.result": "pass",
    "exams.step3.score": 205,
    "exams.step3.attempts": 2,
    "exams.step3.date": "2027-01",
    "exams.oet.result": "fail",
    "exams.oet.date": "2027-02",
    "exams.ecfmg_certified": False,
    "goal.season": 2028,
    "goal.if_unmatched": "can_wait",
    "goal.couple.specialty": "neurology",
    "goal.couple.status": "us-md",
    "goal.couple.together": "required",
    "backups.open_to": ["pathology"],
    "backups.ruled_out": ["internal-medicine"],
    "backups.enjoyment": {"internal-medicine": 1},
    "priorities.alignment": 0,
    "priorities.realism": 0,
    "priorities.visa": 0,
    "priorities.satisfaction": 0,
    "priorities.pathways_back": 0,
    "experience.us_clinical[].specialty": "pediatrics",
    "experience.us_clinical[].kind": "observership",
    "experience.us_clinical[].weeks": 1,
    "experience.us_clinical[].where": "Another Hospital",
    "experience.us_clinical[].year": 2017,
    "experience.research[].specialty": "pediatrics",
    "experience.research[].title": "Another title",
    "experience.research[].kind": "case report",
    "experience.research[].status": "submitted",
    "experience.totals.publications": 31,
    "experience.totals.presentations": 31,
    "experience.totals.abstracts": 31,
    "experience.totals.work": 31,
    "experience.totals.volunteer": 31,
    "letters[].from": "Dr. Another",
    "letters[].specialty": "pediatrics",
    "letters[].us": False,
    "letters[].status": "to ask",
    "letters[].neutral_version": True,
    "stories[].title": "Another story",
    "stories[].fits": ["pathology"],
    "stories[].text": "Another text of some words.",
    "limits.budget_usd": 300,
    "history.previous_matches": 4,
    "history.gaps[].years": "2011-2013",
    "history.gaps[].because": "Another reason",
    "season_so_far.applied": {"pathology": 12},
    "season_so_far.result": "not matched",
    "season_so_far.place.program": "Another Hospital",
    "season_so_far.place.specialty": "transitional-year",
    "season_so_far.place.start": None,
    "season_so_far.registered": False,
    "season_so_far.certified_list": True,
    "interviews[].program": "Another Hospital",
    "interviews[].specialty": "pathology",
    "interviews[].date": "2026-12-20",
    "interviews[].liked": 1,
    "programs[].name": "Another Hospital",
    "programs[].specialty": "pathology",
    "programs[].start": "pgy1",
    "programs[].j1": "no",
    "programs[].non_us_imgs": "none seen",
    "programs[].tie": "Another tie",
    "programs[].signal": "silver",
    "programs[].checked": "2026-06-01",
    "rank_list[].program": "Another Hospital",
    "rank_list[].first_years": ["Another Hospital"],
}


def read_by(data: dict[str, Any], on: dt.date) -> dict[str, Any]:
    """What stands on the pages of a guide, without the page that repeats the profile. Raises MistakesFound."""
    profile, known = profile_of(data), quick_content()
    season = choose(known.seasons, profile.goal.season, on, happened=False)
    guide = write(make(profile, known, season, on), known, profile, TEMPLATES)
    return {p.id: [(b.template, b.slots) for b in p.blocks] for p in guide.pages if p.id != "profile"}


# What an entry needs besides the line that is changed, where an example has none yet.
ENTRY: dict[str, dict[str, Any]] = {
    "trained": {"specialty": "diagnostic-radiology", "country": "India", "started": 2018},
    "us_training": {"specialty": "preliminary-surgery", "start": "2026-07", "end": "2027-06", "visa": "j1"},
    "us_clinical": {"specialty": "interventional-radiology", "kind": "externship", "weeks": 8, "year": 2026},
    "research": {"specialty": "interventional-radiology"},
    "letters": {"from": "Dr. A", "specialty": "diagnostic-radiology", "us": True, "status": "received"},
    "stories": {"title": "A story", "fits": ["interventional-radiology", "internal-medicine"]},
    "gaps": {"years": "2020-2021"},
    "interviews": {"program": "Northfield Radiology", "specialty": "diagnostic-radiology", "date": "2027-01-14"},
    "programs": {"name": "Northfield Radiology", "specialty": "diagnostic-radiology", "start": "pgy2"},
    "rank_list": {"program": "Northfield Radiology"},
    "status_now": {"kind": "f1"},
    "couple": {"specialty": "psychiatry"},
    "place": {"specialty": "preliminary-surgery"},
}


def with_line(data: dict[str, Any], line: str, value: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The profile with what surrounds a line, and with the line itself too: in each list in its first entry."""
    before = copy.deepcopy(data)
    if line.startswith("exams.oet."):
        oet = before["exams"].get("oet")
        before["exams"]["oet"] = oet if isinstance(oet, dict) else {"result": oet}
    here: Any = before
    *around, last = line.split(".")
    for part in around:
        name = part.removesuffix("[]")
        if here.get(name) is None:
            here[name] = [dict(ENTRY[name])] if part.endswith("[]") else dict(ENTRY.get(name, {}))
        here = here[name][0] if part.endswith("[]") else here[name]
    after = copy.deepcopy(before)
    there: Any = after
    for part in around:
        there = there[part.removesuffix("[]")]
        there = there[0] if part.endswith("[]") else there
    there[last] = value
    return before, after


def people() -> list[tuple[dict[str, Any], dt.date]]:
    """The examples on their days; those who have more to say first."""
    names = ("interviewing", "amara", "ranking", "first-year-only", "restricted-radiologist", "early-no-exams")
    rest = [name for name in PROFILES if name not in names]
    return [(profile_file(f"{name}.yml"), day_of(name)) for name in (*names, *rest)]


@pytest.mark.parametrize("line", CHANGES)
def test_a_line_changes_what_somebody_reads(line: str) -> None:
    for data, on in people():
        before, after = with_line(data, line, CHANGES[line])
        try:
            pages = [read_by(before, on), read_by(after, on)]
        except MistakesFound:
            continue
        if pages[0] != pages[1]:
            return
    pytest.fail(f"{line} changes no page but the one that repeats it")


def test_no_line_is_forgotten() -> None:
    schema = json_schema(content().known)
    leaves = {".".join(path) for path in fields(schema, schema)}
    leaves = {leaf for leaf in leaves if not any(other.startswith(f"{leaf}.") for other in leaves)}
    changed = {line.replace("[]", "") for line in CHANGES}
    # The table is read where files are read: tests/test_program_list.py.
    assert leaves - changed == {"version", "guide_id", "goal.specialty", "programs_file"}
    assert changed <= leaves

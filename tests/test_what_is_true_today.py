"""Facts of law and of the season as last seen: where they stand, for whom, with their date and how to look again."""

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from matchguide import paths
from matchguide.content.store import Content
from matchguide.pages.guide import Guide
from matchguide.pages.no_visa import without_visas
from matchguide.pages.season_costs import costs
from matchguide.pages.write import write
from matchguide.plan.make import make
from matchguide.plan.situation import read
from support import JUNE, content, merged, plan_of, profile_file, profile_of

pytestmark = pytest.mark.fast

NOVEMBER = dt.date(2026, 11, 26)
RESIDENT = {"us_training": [{"specialty": "preliminary-medicine", "start": "2026-07", "end": "2027-06"}]}


def guide(name: str, on: dt.date = JUNE, **change: Any) -> Guide:
    profile = profile_of(merged(profile_file(name), change))
    return write(make(profile, content(), content().seasons[2027], on), content(), profile, paths.TEMPLATES)


@cache
def whole(name: str, on: dt.date = JUNE) -> Guide:
    return guide(name, on)


def text(guide: Guide, *pages: str) -> str:
    """What a reader sees of pages, or of all, without the addresses of links."""
    blocks = "\n".join(b.template for p in guide.pages if p.id in pages or not pages for b in p.blocks)
    return re.sub(r"\]\([^()\s]*\)(\{[^{}\n]*\})?", "", blocks).replace("[", "")


def with_law(item: str, **values: object) -> Content:
    """The content with a fact of law changed."""
    store = content().evidence
    law = store.items[item]
    changed = replace(law, value={**law.value, **values})
    return replace(content(), evidence=replace(store, items={**store.items, item: changed}))


def gates(known: Content, **visa: Any) -> dict[str, str]:
    data = merged(profile_file("needs-h1b.yml"), {"visa": visa})
    plan = make(profile_of(data), known, known.seasons[2027], JUNE)
    return {g.gate: g.state for road in plan.visa.roads for g in road.gates}


# -- visas


def test_the_hold_and_the_payment_stop_nobody_as_last_seen_and_would_again_if_they_returned() -> None:
    born = {"citizenships": ["Canada"], "birth_country": "Iran"}
    assert gates(content(), **born)["uscis-hold"] == "open"
    assert gates(content(), **born)["payment"] == "open"
    assert gates(with_law("uscis-hold", in_effect=True), **born)["uscis-hold"] == "closed"
    assert gates(with_law("h1b-fee", collected=True), **born)["payment"] == "unknown"


def test_who_the_hold_was_about_reads_that_it_can_return_and_where_to_look() -> None:
    held = {"citizenships": ["Canada"], "birth_country": "Iran"}
    seen = text(guide("needs-h1b.yml", dt.date(2026, 10, 20), visa=held), "visas")
    assert "not in effect, as last seen on 7 October 2026" in seen
    assert "uscis.gov" in seen
    assert "can return" in seen


@pytest.mark.parametrize("name", ["amara.yml", "restricted-radiologist.yml", "needs-h1b.yml", "smallest.yml"])
def test_the_list_of_countries_is_on_the_visas_page_with_its_date(name: str) -> None:
    """Country by country for whom it concerns, or who named none; the others read that theirs is not on it."""
    law = content().evidence.value("entry-restrictions")
    seen = text(whole(name, dt.date(2026, 10, 1)), "visas")
    listed = [country in seen for country in (*law["full"], *law["partial"])]
    concerned = name in ("restricted-radiologist.yml", "smallest.yml")
    assert all(listed) if concerned else not any(listed)
    assert ("By your profile you hold none of their citizenships." in seen) is not concerned
    assert "Palestinian Authority" in seen
    assert "documents, as last seen on 26 September 2026" in " ".join(seen.split())


def test_who_is_told_to_look_at_the_list_gets_to_it() -> None:
    pages = {p.id: "\n".join(b.template for b in p.blocks) for p in whole("restricted-radiologist.yml").pages}
    assert "{ #restricted-countries }" in pages["visas"]
    assert "(visas.md#restricted-countries)" in pages["index"]
    assert "(visas.md#restricted-countries)" in pages["timeline"]


def test_a_fact_of_law_past_its_review_says_so_where_it_stands_once_a_page() -> None:
    assert "7 October 2026 (not checked since)" not in text(whole("needs-h1b.yml", dt.date(2026, 11, 1)))
    seen = text(whole("needs-h1b.yml", NOVEMBER), "visas")
    assert "not collected, as last seen on 7 October 2026 (not checked since)." in seen
    assert seen.count("7 October 2026 (not checked since)") == 2  # the hold and the payment, each once
    undated = text(whole("weak-radiology.yml", dt.date(2026, 7, 15)), "faq")
    assert undated.count("within a limited time (as of 1 January 2013, not checked since)") == 1


def test_a_partial_restriction_with_step_3_passed_leaves_h1b_and_says_whom_to_ask() -> None:
    visa = {"needs": "either", "citizenships": ["Nigeria"], "birth_country": "Nigeria", "holds": []}
    seen = text(guide("needs-h1b.yml", visa=visa), "visas")
    assert "pay nothing to ERAS" not in seen
    assert "in writing that they file an H-1B" in seen
    assert "do not build the season on H-1B" not in seen


def test_the_home_countrys_power_over_the_statement_of_need_is_told_before_applying() -> None:
    asked = {a.id: a for a in plan_of(profile_file("amara.yml")).advice}
    due = asked["visa-need-by-specialty"].due
    assert due is not None
    assert due.last < content().seasons[2027].day("submit_from")
    canadian = {"citizenships": ["Canada"], "birth_country": "Canada", "residence_country": "Canada"}
    advice = {a.id for a in plan_of(merged(profile_file("amara.yml"), {"visa": canadian})).advice}
    assert "visa-need-canada" in advice
    assert "visa-need-by-specialty" not in advice
    assert "Canada writes it by a list" in text(guide("amara.yml", visa=canadian), "visas")


@pytest.mark.parametrize("needs", ["j1", "h1b", "either"])
@pytest.mark.parametrize(("country", "consulate"), [("Canada", False), ("India", True)])
def test_a_consulate_and_its_fee_are_for_who_needs_one(country: str, needs: str, consulate: bool) -> None:
    visa = {"needs": needs, "citizenships": [country], "birth_country": country, "residence_country": country}
    placed = {"result": "matched", "place": {"specialty": "diagnostic-radiology", "start": "pgy1"}}
    read = text(guide("amara.yml", dt.date(2027, 3, 22), visa=visa, season_so_far=placed), "visas")
    assert ("at the consulate" in read or "form DS-160" in read) == consulate
    assert ("SEVIS and visa" in read) == consulate
    assert ("embassies were told" in read) == (consulate and needs != "h1b")


def test_a_research_scholar_is_told_to_ask_ecfmg_first() -> None:
    scholar = merged(profile_file("amara.yml"), {"visa": {"status_now": {"kind": "j1 research"}}})
    assert "visa-scholar" in {a.id for a in plan_of(scholar).advice}
    assert "visa-scholar" not in {a.id for a in plan_of(profile_file("amara.yml")).advice}


# -- places, invitations, routes


@pytest.mark.parametrize("name", ["amara.yml", "restricted-radiologist.yml", "strong-radiology.yml"])
def test_second_year_places_have_one_denominator(name: str) -> None:
    seen = text(whole(name))
    assert "150 of 202" in seen
    assert "1,057 of 1,208" in seen
    assert not re.search(r"of (213|1,236)\b", seen)
    assert "reserved R places" in seen


def test_who_trains_in_the_us_reads_of_reserved_places() -> None:
    assert "plan-reserved-places" in {a.id for a in plan_of({**profile_file("amara.yml"), **RESIDENT}).advice}
    assert "plan-reserved-places" not in {a.id for a in plan_of(profile_file("amara.yml")).advice}


def test_nothing_says_that_nobody_publishes_what_aamc_shows() -> None:
    files = [*paths.CONTENT.rglob("*.yml"), *paths.CONTENT.rglob("*.md"), *paths.TEMPLATES.rglob("*.md")]
    words = re.compile(r"nobody (has )?publishe[sd]|no such number is published|nothing like it", re.IGNORECASE)
    assert not [str(f) for f in files if words.search(f.read_text(encoding="utf-8"))]
    assert "Residency Explorer" in text(whole("amara.yml"), "programs")


def test_a_radiologist_from_abroad_is_not_told_that_the_pathway_never_leads_to_ir() -> None:
    seen = text(whole("restricted-radiologist.yml"))
    assert "followed by an independent IR residency" in seen
    assert "It does not lead to IR;" not in seen
    assert "does not open IR" not in seen


# -- the application of this season


def test_the_letters_page_says_which_version_is_requested_how() -> None:
    seen = text(whole("amara.yml"), "letters")
    assert "request it for that one" in seen
    assert "request it as “General”" in seen
    assert "At most 4 letters" in seen


def lines(**change: Any) -> dict[str, tuple[int, int]]:
    profile = profile_of(merged(profile_file("amara.yml"), change))
    season = content().seasons[2027]
    plan = make(profile, content(), season, JUNE)
    return {c.what: (c.low, c.high) for c in costs(read(profile, content(), season, JUNE), plan, "eras-fees-2026")}


def test_the_price_of_the_season_holds_what_is_open_and_not_what_is_done() -> None:
    value = content().evidence.value
    pathway, oet = value("cost-ecfmg.pathways"), value("cost-oet")
    open_ = lines(exams={"ecfmg_certified": False, "oet": {"result": "not taken"}})
    assert open_["pathway"] == (pathway, pathway)
    assert open_["oet"] == (oet, oet)
    done = lines(exams={"ecfmg_certified": True})
    assert not {"pathway", "oet", "step1", "step2-ck", "step3"} & set(done)
    visa = "j1"
    assert done[visa][1] == sum(value("cost-j1").values())
    canadian = lines(visa={"citizenships": ["Canada"]})
    assert canadian[visa][1] == done[visa][1] - value("cost-j1.visa_application")
    assert visa not in lines(visa={"needs": "h1b"})


def test_the_sum_on_the_page_is_that_of_its_lines() -> None:
    profile = profile_of(profile_file("amara.yml"))
    season = content().seasons[2027]
    plan = make(profile, content(), season, JUNE)
    rows = costs(read(profile, content(), season, JUNE), plan, "eras-fees-2026")
    seen = text(whole("amara.yml"), "season-costs")
    assert f"**${sum(c.high for c in rows):,}**" in seen
    assert f"**${sum(c.low for c in rows):,}**" in seen


def test_nobody_who_can_no_longer_apply_reads_a_price_of_the_season() -> None:
    late = text(whole("drawn-to-surgery.yml", dt.date(2027, 2, 10)))
    assert "Together" not in late
    assert "What does the whole season cost?" not in late
    assert "What does the whole season cost?" in text(whole("drawn-to-surgery.yml"), "faq")


@pytest.mark.parametrize("day", [dt.date(2026, 11, 25), dt.date(2027, 3, 16), dt.date(2027, 3, 25)])
def test_no_line_to_copy_shows_a_code_for_its_brace(day: dt.date) -> None:
    blocks = [b.template for p in whole("amara.yml", day).pages for b in p.blocks]
    lines = [line for block in blocks for line in re.findall(r"`[^`\n]+`", block)]
    assert any("season_so_far: {result" in line for line in lines) or day.month == 11
    assert not [line for line in lines if "&#" in line]


@pytest.mark.parametrize(
    ("exams", "page"),
    [
        ({"ecfmg_certified": True}, "visas.md"),
        ({"ecfmg_certified": False, "oet": "not taken"}, "rank-list.md#ready"),
    ],
)
def test_what_can_stop_leads_to_the_page_that_tells_of_it(exams: dict[str, Any], page: str) -> None:
    changes = {"exams": {"step3": None, **exams}, "visa": {"citizenships": None}}
    home = next(p for p in guide("needs-h1b.yml", **changes).pages if p.id == "index")
    task = next(b.template for b in home.blocks if "Check what can still stop you" in b.template)
    after = task[task.index("Check what can still stop you") :]
    assert re.findall(r"\[How\]\(([^)]*)\)", after)[0] == page


def test_every_card_leaves_what_is_asked_at_every_program_to_one_place() -> None:
    cards = [name for name, card in content().cards.items() if card.kind != "first-year"]
    programs = [
        line
        for name in cards
        for line in content().bodies[name]["How to apply"].splitlines()
        if "**Programs:**" in line
    ]
    assert len(programs) == len(cards)
    assert not [line for line in programs if "visa" in line.lower()]


def test_who_needs_no_visa_reads_no_sentence_of_one_also_where_it_says_if_you_need_one() -> None:
    said = "- **Where:** programs that take your visa, if you need one. Ask for their limits."
    assert without_visas(said) == "- **Where:** Ask for their limits."


def test_a_list_begun_in_november_waits_behind_the_interviews() -> None:
    home = text(whole("drawn-to-surgery.yml", NOVEMBER), "index")
    things = home[home.index("Three things") : home.index("All of them")]
    assert things.count("Interview at") == 2
    assert "Certify" not in things


@pytest.mark.parametrize("day", [15, 16, 17])
def test_match_week_leads_with_places_the_reader_would_take(day: int) -> None:
    on = dt.date(2027, 3, day)
    lead = "Places that are left are in family medicine"
    without = text(guide("needs-h1b.yml", on, backups={"ruled_out": ["family-medicine"]}), "if-unmatched")
    assert lead not in without
    assert "in what you did not rule out" in without
    assert lead in text(guide("needs-h1b.yml", on), "if-unmatched")


# -- questions and sources


def test_questions_that_people_asked_have_an_answer() -> None:
    asked = {
        "which-first-year",
        "need-refused",
        "first-year-both-lists",
        "partly-matched",
        "research-j1",
        "left-residency",
    }
    assert asked <= {q.id for q in content().faq.questions}


def test_a_primary_source_is_not_somebody_elses_copy() -> None:
    weak = ("usdentalcaretips", "vukou", "edexlive", "eb3compass", "//stage.")
    copies = ("scribd", "studylib")
    for name, source in content().evidence.sources.items():
        assert not any(w in source.url for w in weak), name
        assert not (source.confidence == "primary" and any(c in source.url for c in copies)), name


def test_who_left_a_residency_is_told_whom_to_tell() -> None:
    left = {"us_training": [{"specialty": "internal-medicine", "start": "2024-07", "end": "2025-03", "left": True}]}
    assert "experience-left-training" in {a.id for a in plan_of({**profile_file("amara.yml"), **left}).advice}
    assert "experience-left-training" not in {a.id for a in plan_of(profile_file("amara.yml")).advice}


def test_a_second_visit_is_weighed_against_an_early_lock_of_the_list() -> None:
    met = {"interviews": [{"program": "A", "specialty": "internal-medicine", "date": "2026-11-20"}]}
    advice = plan_of({**profile_file("amara.yml"), **met}, NOVEMBER).advice
    assert "programs-list-lock" in {a.id for a in advice}


@pytest.mark.parametrize("citizen", ["Canada", "India"])
def test_the_last_day_of_a_first_years_j1_file_is_one_day_on_both_pages(citizen: str) -> None:
    """The task's day stands in the rule, the page's is counted from ECFMG's weeks and the consulate's days."""
    place = {"program": "City Hospital", "specialty": "diagnostic-radiology", "start": "pgy2"}
    so_far = {"result": "advanced only", "place": place}
    visa = {"needs": "j1", "citizenships": [citizen], "residence_country": citizen}
    made = guide("amara.yml", dt.date(2027, 3, 24), visa=visa, season_so_far=so_far)
    page, tasks = text(made, "if-unmatched"), text(made, "checklists")
    said = re.search(r"Last day for a complete J-1 file:\W*(\d+ \w+ 2027)", page)
    task = re.search(r"Have a complete J-1 file.*?(\d+ \w+ 2027)", tasks, re.S)
    assert said
    assert task
    assert said[1] == task[1]


def test_who_met_no_program_reads_in_march_that_there_is_nothing_to_rank_and_of_no_half_place() -> None:
    sent = {"season_so_far": {"applied": {"diagnostic-radiology": 20, "internal-medicine": 80}}}
    made = guide("amara.yml", dt.date(2027, 2, 10), **sent)
    assert "names no interview" in text(made, "rank-list")
    assert "On paper first" not in text(made, "rank-list")
    assert "A second-year place without a first year" not in text(made, "if-unmatched")
    met = {**sent, "interviews": [{"program": "Program A", "specialty": "diagnostic-radiology"}]}
    assert "A second-year place without a first year" in text(
        guide("amara.yml", dt.date(2027, 2, 10), **met), "if-unmatched"
    )


def test_what_was_not_said_of_oet_is_not_among_what_was_told() -> None:
    exams = {"ecfmg_certified": True, "step3": {"result": "not taken"}}
    assert "settled by your certificate" not in text(guide("amara.yml", exams={**exams, "oet": None}), "profile")
    assert "settled by your certificate" in text(guide("amara.yml", exams={**exams, "oet": "not taken"}), "profile")


@pytest.mark.parametrize("at_home", [False, True], ids=["no radiologist", "a radiologist at home"])
def test_who_matched_elsewhere_reads_what_becomes_of_ir(at_home: bool) -> None:
    """The place's own ways to image-guided work; the board's way stands open to a radiologist alone."""
    trained = [{"specialty": "diagnostic-radiology", "country": "Ukraine", "completed": 2026}] if at_home else []
    place = {"program": "City Hospital", "specialty": "internal-medicine", "start": "pgy1"}
    so_far = {"result": "matched", "place": place}
    made = guide("amara.yml", dt.date(2027, 4, 20), season_so_far=so_far, applicant={"trained": trained})
    home = text(made, "index")
    assert "Internal medicine does not lead to IR itself" in home
    assert "interventional cardiologist" in home
    assert ("alternate pathway" in home) is at_home


def test_step_3_settles_oet_beside_a_word_against_the_certificate() -> None:
    """Step 3 asks for the certificate: what is asked is which line is right, not that OET be passed before paying."""
    exams = {"step3": {"result": "pass"}, "oet": "not taken", "ecfmg_certified": False}
    assert "OET Medicine (not passed yet)" not in text(guide("amara.yml", exams=exams), "index", "checklists")
    assert "OET Medicine (not passed yet)" in text(whole("amara.yml"), "checklists")

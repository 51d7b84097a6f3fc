"""The evidence store: a broken file says which file and field; the real content is strict YAML; laws carry dates."""

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from matchguide import paths
from matchguide.content import cards, evidence, store
from matchguide.content.evidence import Evidence
from matchguide.mistakes import MistakesFound
from matchguide.source import parse
from support import content

pytestmark = pytest.mark.fast

GOOD = """
sources:
  nrmp: {publisher: NRMP, title: Outcomes, year: 2026, url: https://example.org, confidence: primary}
items:
  matched:
    says: People who matched
    source: nrmp
    population: non-us-img
    specialty: internal-medicine
    year: 2026
    unit: people
    value: {yes_they_did: 30, others: 70}
    confidence: primary
    cannot_tell: Why.
  score:
    says: Scores
    source: nrmp
    population: non-us-img
    year: 2026
    unit: score
    value: {matched: {n: 30, q1: 240, median: 250, q3: 260}}
    confidence: primary
  all:
    says: Everybody
    derive: {op: sum, of: [matched.yes_they_did, matched.others]}
    unit: people
"""
SPECIALTIES = ("internal-medicine", "pathology")


def load(folder: Path, text: str, name: str = "outcomes.yml") -> Evidence:
    (folder / name).write_text(text, encoding="utf-8")
    return evidence.load(folder, SPECIALTIES)


def test_a_good_file(tmp_path: Path) -> None:
    found = load(tmp_path, GOOD)
    assert found.value("matched.others") == 70
    assert found.value("all") == 100
    assert found.items["all"].sources == ("nrmp",), "a derived item inherits its sources"
    assert found.items["all"].population == "non-us-img"
    assert not found.has("matched.nobody")


@pytest.mark.parametrize(
    ("derive", "value"),
    [
        ("{op: difference, of: [matched.others, matched.yes_they_did]}", 40),
        ("{op: product, of: [matched.others, matched.yes_they_did]}", 2100),
        ("{op: percent, of: [matched.yes_they_did, matched.others]}", 43),
        ("{op: percent, of: [matched.yes_they_did, all]}", 30),
    ],
)
def test_derived_figures(tmp_path: Path, derive: str, value: int) -> None:
    more = f"  derived: {{says: Derived, unit: people, derive: {derive}}}\n"
    assert load(tmp_path, GOOD + more).value("derived") == value


PEOPLE = "    population: non-us-img\n"
WRONG = {  # what is changed, to what, which field is named, with which words
    "no source": (
        f"    source: nrmp\n{PEOPLE}    spec",
        f"{PEOPLE}    spec",
        "items.matched.source",
        "names no source",
    ),
    "an undeclared source": (
        f"    source: nrmp\n{PEOPLE}    year",
        f"    source: nrpm\n{PEOPLE}    year",
        "items.score.source",
        "Did you mean: nrmp?",
    ),
    "a negative count": ("others: 70", "others: -70", "items.matched.value.others", "-70 is below zero"),
    "a negative count inside": ("n: 30", "n: -30", "items.score.value.matched.n", "-30 is below zero"),
    "quartiles out of order": ("median: 250", "median: 230", "items.score.value.matched", "out of order"),
    "a median above q3": ("q3: 260", "q3: 249", "items.score.value.matched", "out of order"),
    "a circle": ("[matched.yes_they_did,", "[all,", "items.all.derive", "derives from itself (all -> all)"),
    "no such item": ("[matched.yes_they_did,", "[matchd.others,", "items.all.derive.of", "Did you mean: matched?"),
    "no such key": ("[matched.yes_they_did,", "[matched.nobody,", "items.all.derive.of", "has no such key"),
    "a mapping": ("[matched.yes_they_did,", "[matched,", "items.all.derive.of", "is not a number"),
    "from nothing": ("[matched.yes_they_did, matched.others]", "[]", "items.all.derive.of", "nothing to derive from"),
    "a value too": ("    derive:", "    value: 100\n    derive:", "items.all.value", "computes its value"),
    "an unknown specialty": (
        "specialty: internal-medicine",
        "specialty: internal-medicin",
        "items.matched.specialty",
        "Did you mean: internal-medicine?",
    ),
    "an unknown population": (
        f"{PEOPLE}    spec",
        "    population: imgs\n    spec",
        "items.matched.population",
        "input should be",
    ),
    "an unknown confidence": (
        "confidence: primary\n    cannot",
        "confidence: rumour\n    cannot",
        "items.matched.confidence",
        "input should be",
    ),
    "no value": ("    value: {matched: {n: 30, q1: 240, median: 250, q3: 260}}\n", "", "items.score", "has no value"),
    "no year": ("    year: 2026\n    unit: score", "    unit: score", "items.score", "has no year"),
    "no population": (f"{PEOPLE}    year", "    year", "items.score", "names no population"),
    "a review before its day": (
        "    cannot_tell: Why.",
        "    as_of: 2026-05-01\n    recheck_after: 2026-04-01",
        "items.matched.recheck_after",
        "lies before as_of",
    ),
    "an unknown field": ("    cannot_tell: Why.", "    cant_tell: Why.", "items.matched.cant_tell", "not permitted"),
    "no address": ("url: https://example.org, ", "", "sources.nrmp.url", "field required"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_broken_file_names_itself_and_the_field(tmp_path: Path, name: str) -> None:
    old, new, field, part = WRONG[name]
    assert GOOD.count(old) == 1, "the test changes one place"
    with pytest.raises(MistakesFound) as found:
        load(tmp_path, GOOD.replace(old, new))
    assert [m.field for m in found.value.mistakes] == [field]
    text = found.value.text()
    assert text.startswith(str(tmp_path / "outcomes.yml"))
    assert part in text


def test_a_longer_circle_is_named_whole(tmp_path: Path) -> None:
    circle = (
        "  b: {says: B, unit: people, derive: {op: sum, of: [c]}}\n"
        "  c: {says: C, unit: people, derive: {op: sum, of: [b, all]}}\n"
    )
    with pytest.raises(MistakesFound) as found:
        load(tmp_path, GOOD + circle)
    assert "derives from itself (b -> c -> b)" in found.value.text()


def test_a_percent_of_nothing_is_refused(tmp_path: Path) -> None:
    more = "  zero: {says: Z, unit: percent, derive: {op: percent, of: [matched.others]}}\n"
    with pytest.raises(MistakesFound, match="above zero"):
        load(tmp_path, GOOD + more)


def test_several_broken_items_are_reported_together(tmp_path: Path) -> None:
    text = GOOD.replace("others: 70", "others: -70").replace("q3: 260", "q3: 249")
    with pytest.raises(MistakesFound) as found:
        load(tmp_path, text)
    assert {m.field for m in found.value.mistakes} == {"items.matched.value.others", "items.score.value.matched"}


def test_an_item_in_two_files_and_a_source_declared_differently(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(GOOD)
    with pytest.raises(MistakesFound) as found:
        load(tmp_path, GOOD, "b.yml")
    assert "items.matched" in found.value.text()
    assert "a.yml too" in found.value.text()
    with pytest.raises(MistakesFound, match="declared twice, differently"):
        load(tmp_path, GOOD.replace("title: Outcomes", "title: Other"), "b.yml")


def test_yaml_that_does_not_parse_has_its_place(tmp_path: Path) -> None:
    with pytest.raises(MistakesFound) as found:
        load(tmp_path, GOOD + "  broken: {says: [\n")
    assert found.value.text().startswith(f"{tmp_path / 'outcomes.yml'}:")


# ---- the content there is

FILES = sorted((paths.CONTENT).rglob("*.yml"))
CARDS = sorted((paths.CONTENT / "specialties").glob("*.md"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(paths.CONTENT)))
def test_content_is_strict_yaml(path: Path) -> None:
    """No field twice, no anchors, tags or tabs: a duplicate key would silently lose a figure."""
    text = path.read_text(encoding="utf-8")
    try:
        parse(text, str(path))
    except MistakesFound as error:
        pytest.fail(error.text())


@pytest.mark.parametrize("path", CARDS, ids=lambda p: p.stem)
def test_cards_are_strict_yaml_with_every_section(path: Path) -> None:
    head = path.read_text(encoding="utf-8").split("---\n", 2)[1]
    parse("\n" + head, str(path))
    kind = content().cards[path.stem].kind
    if kind != "first-year":
        assert tuple(content().bodies[path.stem]) == cards.SECTIONS


def test_a_duplicate_key_would_be_seen() -> None:
    with pytest.raises(MistakesFound, match="stands here twice"):
        parse(GOOD + "  score: {}\n", "outcomes.yml")


def test_every_item_has_a_source_with_an_address_and_a_population() -> None:
    for item in content().evidence.items.values():
        assert item.sources, item.id
        assert item.population, item.id
        for name in item.sources:
            source = content().evidence.sources[name]
            assert re.match(r"https?://", source.url), f"{name}: {source.url}"
            assert source.publisher, name


def test_facts_of_law_say_when_they_were_seen_and_when_to_look_again() -> None:
    items = content().evidence.items
    for name in ("entry-restrictions", "uscis-hold", "h1b-fee", "h1b-gates", "j1-seven-years", "step-validity"):
        assert items[name].as_of, name
        assert items[name].recheck_after, name
        assert items[name].cannot_tell, name


def test_a_fact_past_its_review_is_stale_the_day_after() -> None:
    item = content().evidence.items["entry-restrictions"]
    assert item.recheck_after is not None
    assert not item.stale(item.recheck_after)
    assert item.stale(item.recheck_after + dt.timedelta(days=1))


def test_restricted_countries_are_countries_a_profile_can_name() -> None:
    """A restricted country that no profile can spell would never be found."""
    value = content().evidence.value("entry-restrictions")
    hold = content().evidence.value("uscis-hold")
    named = {*value["full"], *value["partial"], *hold["extra"]}
    assert named <= set(content().known.countries)
    assert len(value["full"]) + len(value["partial"]) == value["listed"]
    assert not set(value["full"]) & set(value["partial"])
    aliases = dict(content().known.country_aliases)
    assert set(aliases.values()) <= set(content().known.countries)
    assert not set(aliases) & set(content().known.countries)


def test_the_ranges_that_are_somebodys_opinion_say_so() -> None:
    item = content().evidence.items["article-ranges"]
    assert item.confidence == "opinion"
    assert content().evidence.sources[item.sources[0]].publisher


def test_a_broken_card_names_the_card(tmp_path: Path) -> None:
    for path in CARDS:
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    broken = tmp_path / "pathology.md"
    broken.write_text(broken.read_text(encoding="utf-8").replace("kind: backup", "kind: bakup"), encoding="utf-8")
    with pytest.raises(MistakesFound) as found:
        cards.load(tmp_path)
    assert re.match(re.escape(str(broken)) + r":\d+:\d+  kind: ", found.value.text())
    line = found.value.mistakes[0].line
    assert "bakup" in broken.read_text(encoding="utf-8").splitlines()[line - 1]


def test_a_broken_item_of_the_content_is_placed(tmp_path: Path) -> None:
    """File, line, column and field, as for a profile."""
    shutil.copytree(paths.CONTENT, tmp_path / "content")
    file = tmp_path / "content" / "evidence" / "charting-outcomes-2026.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("{matched: 102, not_matched: 73}", "{matched: 102, not_matched: -73}"), encoding="utf-8"
    )
    line = 1 + text[: text.index("{matched: 102, not_matched: 73}")].count("\n")
    with pytest.raises(MistakesFound) as found:
        store.load(tmp_path / "content")
    message = found.value.text()
    assert re.match(re.escape(f"{file}:{line}:") + r"\d+  items\.charting-2026-dr\.value\.not_matched: ", message)
    assert "-73 is below zero" in message


@pytest.mark.parametrize("text", ["names: [Iran", "- Iran\n", "names: 5\naliases: {}\n", "names: [Iran]\n"])
def test_a_broken_list_of_countries_names_itself(tmp_path: Path, text: str) -> None:
    (tmp_path / "countries.yml").write_text(text)
    with pytest.raises(MistakesFound) as found:
        store.known(tmp_path)
    assert found.value.text().startswith(str(tmp_path / "countries.yml"))


def test_all_content_loads() -> None:
    whole = store.load(paths.CONTENT)
    assert whole.rules
    assert set(whole.interviews) >= {"common", "interventional-radiology"}
    assert whole.faq.questions
    assert whole.glossary.terms

"""A wrong word is shown, and the right one is suggested where it is clear which was meant."""

import re

import pytest

import people
from matchguide.mistakes import MistakesFound
from support import GOAL, content, profile_in

ONE_OF_MANY = re.compile(
    r"\b1 (years|weeks|letters|things|programs|days|interviews|applications|questions|attempts|backups|ways)\b"
)


def told(text: str) -> str:
    with pytest.raises(MistakesFound) as found:
        profile_in(text)
    return found.value.text()


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("radiology", "diagnostic-radiology"),
        ("Radiology", "diagnostic-radiology"),
        ("DR", "diagnostic-radiology"),
        ("IR", "interventional-radiology"),
        ("ir", "interventional-radiology"),
        ("IM", "internal-medicine"),
        ("FM", "family-medicine"),
        ("PM&R", "physical-medicine-rehabilitation"),
        ("surgery", "general-surgery"),
        ("prelim surgery", "preliminary-surgery"),
        ("TY", "transitional-year"),
        ("pathologi", "pathology"),
    ],
)
def test_what_people_call_a_specialty_names_its_id(word: str, meant: str) -> None:
    for text in (f"goal: {{specialty: {word}}}\n", GOAL + f"backups: {{open_to: [{word}]}}\n"):
        assert f"{word} is not a specialty known here." in told(text)
        assert f"Did you mean: {meant}?" in told(text)


def test_no_two_specialties_are_called_the_same() -> None:
    names = [name.casefold() for name, _ in content().known.short_names]
    twice = {n for n in names if len({id for x, id in content().known.short_names if x.casefold() == n}) > 1}
    assert not twice


def test_the_cards_and_the_list_that_check_reads_agree() -> None:
    cards, known = content().cards, content().known
    assert set(known.first_years) == {c.id for c in cards.values() if c.kind == "first-year"}
    assert set(known.short_names) == {(x, c.id) for c in cards.values() for x in (c.short, c.abbreviation, *c.also)}


@pytest.mark.parametrize("word", ["Kurdistan", "Kurdestan", "Balochistan", "Tibet", "Catalonia", "Xanadu", "a"])
def test_what_is_no_country_here_suggests_none(word: str) -> None:
    said = told(GOAL + f"visa: {{citizenships: [{word}]}}\n")
    assert f"{word} is not a country known here." in said
    assert "Did you mean" not in said


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Pakistn", "Pakistan"),
        ("Venezula", "Venezuela"),
        ("Nigera", "Niger or Nigeria"),
        ("Irak", "Iran or Iraq"),
        ("Iranx", "Iran"),
        ("Birma", "Myanmar"),
    ],
)
def test_a_slip_suggests_every_country_it_may_be(word: str, meant: str) -> None:
    """One of two neighbors may be restricted: the message does not choose."""
    assert f"Did you mean: {meant}?" in told(GOAL + f"visa: {{citizenships: [{word}]}}\n")


def test_a_word_of_two_slips_never_names_a_country_of_the_other_kind_alone() -> None:
    evidence = content().evidence
    restricted = {
        name
        for item in evidence.items.values()
        if item.id == "entry-restrictions"
        for name in re.findall(r"'([^']+)'", repr(item.value))
        if name in content().known.countries
    }
    assert len(restricted) > 20
    wrong = []
    for name in content().known.countries:
        for word in {name[:i] + name[i + 1 :] for i in range(1, len(name) - 1)}:
            for other in {word[:i] + "x" + word[i + 1 :] for i in range(1, len(word))}:
                suggested = named(other)
                if suggested and not {x in restricted for x in suggested} & {name in restricted}:
                    wrong.append((name, other, suggested))
    assert not [w for w in wrong if not any(one_letter(w[1], x) for x in w[2])], wrong[:5]


def named(word: str) -> list[str]:
    from matchguide.profile.values import _nearest_countries

    known = content().known
    every = {n.lower(): n for n in known.countries} | {a.lower(): n for a, n in known.country_aliases}
    said = _nearest_countries(word.lower(), every)
    return said.removeprefix("Did you mean: ").rstrip("?").split(" or ") if said else []


def one_letter(a: str, b: str) -> bool:
    from matchguide.profile.values import _one_letter_apart

    return _one_letter_apart(a.lower(), b.lower())


def test_the_one_word_of_oet_is_shown() -> None:
    said = told(GOAL + "exams: {oet: passed}\n")
    assert "2:14  exams.oet: passed is not one of the words known here." in said
    assert "Did you mean: pass?" in said


def test_no_guide_says_one_in_the_plural() -> None:
    wrong = set()
    for seed in range(40):
        data, day = people.draw(seed)
        _, _, guide = people.guide_of(data, day)
        for page in guide.pages:
            for block in page.blocks:
                text = re.sub(r"<[^>]+>", "", block.template)
                text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
                wrong |= {(page.id, block.id, hit[0]) for hit in ONE_OF_MANY.finditer(text)}
                wrong |= {(page.id, block.id, hit[0]) for hit in re.finditer(r"weeks?, None|\bNone in [A-Z]", text)}
    assert not wrong, sorted(wrong)


def test_no_guide_prints_a_word_of_the_file() -> None:
    """The fixed words of a profile are for the file; a page says what they mean. Between ` they may stand."""
    of_the_file = {"must_start", "can_wait", "non-us-img", "us-img", "j1", "h1b"}
    wrong = set()
    for seed in range(40):
        _, _, guide = people.guide_of(*people.draw(seed))
        for page in guide.pages:
            for block in page.blocks:
                text = re.sub(r"`[^`]*`|<script.*?</script>|<[^>]+>|\]\([^)]*\)|\{[^}]*\}", " ", block.template)
                wrong |= {(page.id, block.id, x) for x in of_the_file & {*re.findall(r"[\w-]+", text), *block.slots}}
    assert not wrong, sorted(wrong)

"""The reader's own time in the US, place by place: who saw them there can write; what they did is theirs to tell."""

from collections.abc import Collection

from matchguide.pages.chosen import Chosen
from matchguide.pages.said import Said
from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.profile.model import UsClinical


def near(s: Situation, specialty: str) -> tuple[str, ...]:
    """The kinds of work nearest to a specialty: its own, and for radiology all of it."""
    if s.is_a(specialty, RADIOLOGY):
        return (RADIOLOGY,)
    rule = s.goal.letters.rules.get(specialty)
    return (specialty, *rule.first) if rule else (specialty,)


def stays(s: Situation, chosen: Chosen, *kinds: str) -> list[str]:
    """The stays in the US in specialties or traits, those at one place together: "8 weeks of general surgery and 2
    weeks of pathology at Lakeside Hospital"."""
    return _by_place([x for x in s.profile.experience.us_clinical if s.is_a(x.specialty, *kinds)], chosen)


def stays_to_ask(s: Situation, chosen: Chosen, whom: str, asked: Collection[str]) -> list[str]:
    """The stays from which a letter can come: in a specialty; for the first of any clinicians, with patients where
    nobody in the US writes yet, those left aside whose own doctors are `asked` for, unless the reader was at two
    places of theirs; the longest first."""
    if whom != "other":
        return stays(s, chosen, whom)
    seen = [x for x in _unwritten(s) if _shows_with_patients(s, x)]
    places = {of: len({x.where for x in seen if x.specialty == of}) for of in asked}
    left = [x for x in seen if x.specialty not in asked or places[x.specialty] > 1]
    return _by_place(sorted(left, key=lambda x: -(x.weeks or 0)), chosen)


def stays_near(s: Situation, chosen: Chosen, specialty: str) -> list[str]:
    """The stays from which a letter for a specialty can come where none was in it: the next kinds that it takes."""
    rule = s.goal.letters.rules.get(specialty)
    return stays(s, chosen, *(x for x in rule.then if x in s.content.cards)) if rule else []


def stays_told(s: Situation, chosen: Chosen, statements: tuple[str, ...], specialty: str) -> list[str]:
    """Those that belong in the statement of a specialty, research aside: each in that of its own kind, where there is
    one, else in the first that is near."""

    def home(stay: UsClinical) -> str | None:
        nearest = (x for x in statements if s.is_a(stay.specialty, *near(s, x)))
        return stay.specialty if stay.specialty in statements else next(nearest, None)

    all_of = s.profile.experience.us_clinical
    return _by_place([x for x in all_of if x.kind != "research" and home(x) == specialty], chosen)


def stays_without_a_letter(s: Situation, chosen: Chosen) -> list[str]:
    """The stays in a specialty from which nobody in the US writes yet."""
    return _by_place(_unwritten(s), chosen)


def with_patients(s: Situation, chosen: Chosen) -> list[str]:
    """The stay in the US with patients that says most, in a list: work before watching, then the longest."""
    return _by_place(by_work(s)[:1], chosen)


def only_research(s: Situation, chosen: Chosen) -> list[str]:
    """Research in the US without a letter of it, of a reader whom nobody there saw with patients; else nothing."""
    research = [x for x in s.profile.experience.us_clinical if x.kind == "research"]
    return [] if by_work(s) else _by_place([x for x in research if not s.us_letters_of(x.specialty)], chosen)


def with_patients_unwritten(s: Situation, chosen: Chosen) -> list[str]:
    """The stays in the US with patients in specialties from which no letter is there or promised."""
    return _by_place([x for x in by_work(s) if not s.letters_of(x.specialty)], chosen)


def by_work(s: Situation) -> list[UsClinical]:
    """The stays in the US with patients: work before watching, then the longest."""
    mine = [x for x in s.profile.experience.us_clinical if x.kind != "research" and _shows_with_patients(s, x)]
    return sorted(mine, key=lambda x: (x.kind == "observership", -(x.weeks or 0)))


def places(s: Situation) -> list[Said]:
    """Where the reader worked in the US, each place once, work before watching; once applications are out, in what
    they applied to, and for radiology in what counts as its first year. Who looks for a first year may find it in any
    department of a hospital that knows them."""
    stays = sorted(s.profile.experience.us_clinical, key=lambda x: (x.kind == "observership", -(x.weeks or 0)))
    fit = {*s.sought, *(s.goal.first_years.counted if any(s.is_a(x, RADIOLOGY) for x in s.sought) else ())}
    mine = [x for x in stays if not s.sought or s.lacks_only_a_first_year or x.specialty in fit]
    return list(dict.fromkeys(Said(x.where) for x in mine if x.where))


def _shows_with_patients(s: Situation, stay: UsClinical) -> bool:
    """Who worked with their hands in a specialty of procedures was with patients, as in one of the wards."""
    return s.is_a(stay.specialty, "clinical") or (stay.hands_on and s.is_a(stay.specialty, "procedural"))


def _unwritten(s: Situation) -> list[UsClinical]:
    """Those in which nobody in the US writes yet; research on patients shows nobody the reader with them."""
    seen = (x for x in s.profile.experience.us_clinical if x.kind != "research" or s.is_a(x.specialty, RADIOLOGY))
    return [x for x in seen if not s.us_letters_of(x.specialty)]


def _by_place(stays: list[UsClinical], chosen: Chosen) -> list[str]:
    weeks: dict[tuple[str, str, bool], int] = {}
    for x in stays:
        key = (x.where or "", x.specialty, x.kind == "research")
        weeks[key] = weeks.get(key, 0) + (x.weeks or 0)
    places: dict[str, list[str]] = {}
    for (at, specialty, research), n in weeks.items():
        places.setdefault(at, []).append(chosen.say("us-time", weeks=n, specialty=specialty, research=research))
    return [chosen.say("us-place", work=work, where=Said(at) if at else "") for at, work in places.items()]

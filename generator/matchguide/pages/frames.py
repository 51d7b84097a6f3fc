"""Frames of interview answers, filled with what the reader told: a story, time in the US, a residency at home, a
gap; else a line to write on.

What the reader did not tell (where it was, who saw it) is a blank: a school's country or a letter's writer says
nothing about the place or the witness of a story."""

from matchguide.pages import us_time
from matchguide.pages.said import Said
from matchguide.pages.words import Words, listed
from matchguide.plan.origins import student_stays_after_graduation
from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.profile.model import Story, UsClinical

BLANK = "____"


def frame(s: Situation, words: Words, rooms: tuple[str, ...], text: str, specialty: str) -> str:
    """A frame filled with the reader's own story and experience where they fit this specialty ("": a question that
    comes in every one of `rooms`); else a line to write on."""
    story = next((x for x in s.profile.stories if specialty in x.fits), None)
    filled = {
        "story": _told(story, words) if story else _by_room(s, words, rooms, specialty),
        "experience": _experience(s, words, specialty),
        "patients": _with_patients(s, words, specialty),
        "trained": _trained(s, words),
        "gap_years": listed([str(Said(g.years)) for g in s.profile.history.gaps]) or BLANK,
        "gap_reason": _gap_reason(s),
    }
    for key, value in filled.items():
        text = text.replace("{" + key + "}", value)
    return text


def _told(story: Story, words: Words) -> str:
    return words.said("frame-story", story=Said(story.title))


def _by_room(s: Situation, words: Words, rooms: tuple[str, ...], specialty: str) -> str:
    """Where no story fits: a blank in a specialty's own room; for every room, which story belongs to which."""
    if specialty:
        return BLANK
    fits = {str(Said(x.title)): [words.abbr(room) for room in rooms if room in x.fits] for x in s.profile.stories}
    told = [words.said("frame-room", story=title, rooms=where) for title, where in fits.items() if where]
    return words.said("frame-stories", stories=told) if told else BLANK


def _experience(s: Situation, words: Words, specialty: str) -> str:
    """Clinical time in the US that the reader named; in radiology that of its other specialty too, which is then
    said. Research is not what one has seen of the work. What is in doubt, we do not put into their mouth."""
    seen = _together(s, [u for u in s.profile.experience.us_clinical if u.kind != "research"])
    reads = bool(specialty) and specialty != s.goal.specialty and s.is_a(specialty, RADIOLOGY)
    near = [u for u in seen if reads and s.is_a(u.specialty, RADIOLOGY)]
    own = sorted(
        (u for u in seen if u.specialty == specialty), key=lambda u: (u.kind == "observership", -(u.weeks or 0))
    )
    return _stay(words, next(iter((*own, *near)), None), specialty)


def _with_patients(s: Situation, words: Words, specialty: str) -> str:
    """The stays in the US with patients, those in the specialty of the room first, each with its specialty said."""
    stays = sorted(_together(s, us_time.by_work(s)), key=lambda u: u.specialty != specialty)
    return listed([_stay(words, stay, "") for stay in stays]) or BLANK


def _together(s: Situation, stays: list[UsClinical]) -> list[UsClinical]:
    """Stays of one kind in one specialty at one place as one, their weeks added; a kind in doubt left out."""
    doubted = student_stays_after_graduation(s.profile)
    found: dict[tuple[object, ...], UsClinical] = {}
    for stay in stays:
        kind = None if stay in doubted else stay.kind
        key = (stay.specialty, stay.where, kind)
        weeks = (stay.weeks or 0) + ((found[key].weeks or 0) if key in found else 0)
        found[key] = stay.model_copy(update={"kind": kind, "weeks": weeks or None})
    return list(found.values())


def _stay(words: Words, stay: UsClinical | None, specialty: str) -> str:
    if stay is None:
        return BLANK
    where = Said(stay.where) if stay.where else ""
    of = stay.specialty if stay.specialty != specialty else ""
    return words.said("frame-experience", weeks=stay.weeks or 0, where=where, kind=stay.kind or "", of=of)


def _trained(s: Situation, words: Words) -> str:
    """Each residency abroad that is finished, with its country and years."""
    told = []
    for residency in s.profile.applicant.trained:
        if s.finished(residency):
            years = [str(year) for year in (residency.started, residency.completed) if year]
            where = Said(residency.country) if residency.country else ""
            told.append(words.said("frame-trained", of=residency.specialty, where=where, years=years))
    return listed(told) or BLANK


def _gap_reason(s: Situation) -> str:
    """Their own words, as the form should say them, where there is one gap; of several each needs its own."""
    gaps = s.profile.history.gaps
    return str(Said(gaps[0].because)) if len(gaps) == 1 and gaps[0].because else BLANK

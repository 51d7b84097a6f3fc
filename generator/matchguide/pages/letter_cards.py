"""Letters one by one: where each goes, in which version; and what is missing, for whom, as the plan has it."""

import datetime as dt
from typing import Any, NamedTuple

from matchguide.pages.chosen import Chosen
from matchguide.pages.said import Said
from matchguide.pages.us_time import only_research, stays, stays_without_a_letter, with_patients
from matchguide.pages.words import Words
from matchguide.plan.keys import asked_key, letter_key
from matchguide.plan.letters import (
    in_time,
    may_win,
    next_interview,
    of_one,
    room_for,
    short,
    short_by,
    spare,
    to_complete,
    two_versions,
    wins_goal,
    would_help,
)
from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.plan.types import LetterMissing, Plan
from matchguide.plan.writers import is_named
from matchguide.profile.values import PartialDate

KINDS_NAMED = 2  # kinds of doctors in one line, once days are left only
_NAMES_WHOM = ("letter-ask-named", "letter-ask-kind")


def letter_cards(
    plan: Plan, s: Situation, chosen: Chosen, words: Words, applied: tuple[str, ...]
) -> list[dict[str, Any]]:
    """A card for each letter listed: its writer and kind, where it goes as it is, where in the version without
    radiology, and where only once a second version is written. Specialties by their short names."""
    sent = [x for x in plan.letters if x.specialty in applied]
    few = short(s, tuple(sent))
    asked = [of_one(s, x.specialty, asking=True) for x in sent]
    unseen = [x for x in plan.combination.left_out if x.because[0].id == "left-dr-unseen"]
    cards = []
    for i, letter in s.letters_listed:
        if letter.status == "to ask" and any(m.because[0].values.get("index") == i for x in sent for m in x.missing):
            continue  # told under what is missing
        used = [(x.specialty, u) for x in sent for u in x.use if u.index == i]
        waits = [x.specialty for x in sent if i in x.second_versions]
        instead = [x.specialty for x in sent if i in spare(s, x)]
        kind = chosen.say("letter-kind", us=letter.us, specialty=letter.specialty)
        lines = chosen.every(
            "letter-line",
            now=[words.abbr(x) for x, u in used if u.version != "neutral"],
            neutral=[words.abbr(x) for x, u in used if u.version == "neutral"],
            second=[words.abbr(x) for x in waits],
            instead=[words.abbr(x) for x in instead],
            here=letter.status == "received",
            to_ask=letter.status == "to ask",
            wanted=[words.abbr(x) for x in few if would_help(s, letter, x)],
            helps=[
                words.abbr(x.specialty)
                for x in asked
                if would_help(s, letter, x.specialty) and room_for(s, letter, x) and may_win(s, x.specialty)
            ],
            wins_goal=wins_goal(s, letter, applied),
            brings=[x.specialty for x in unseen if letter.status == "to ask" and s.is_a(letter.specialty, RADIOLOGY)],
            radiology=s.is_a(letter.specialty, RADIOLOGY),
            several=not s.is_a(letter.specialty, RADIOLOGY) and any(x != letter.specialty for x, _ in used),
            status_unknown=letter.status is None,
            goes_nowhere=not any(would_help(s, letter, x) for x in applied),
        )
        cards.append(
            {
                "key": letter_key(f"{letter.writer}-{i}", letter.specialty),
                "title": chosen.say("letter-title", writer=letter.writer, kind=kind, letter_status=letter.status),
                "lines": lines,
            }
        )
    return cards


def soap_letters(s: Situation, chosen: Chosen) -> list[str]:
    """To which SOAP applications the letters go, and which can still come in time: those of one kind together."""
    groups: dict[str, list[str]] = {}
    for _, letter in s.letters_listed:
        kind = chosen.say("letter-kind", us=letter.us, specialty=letter.specialty)
        goes = chosen.say(
            "soap-letter",
            letter_status=letter.status,
            specialty=letter.specialty,
            unnamed=letter.specialty not in s.content.cards,
            radiology=s.is_a(letter.specialty, RADIOLOGY),
            neutral=letter.neutral_version,
        )
        writer = chosen.say("soap-letter-writer", writer=letter.writer, kind=kind)
        groups.setdefault(goes, []).append(writer)
    return [chosen.say("soap-letter-line", writers=writers, goes=goes) for goes, writers in groups.items()]


def first_year_letters(
    plan: Plan, s: Situation, chosen: Chosen, words: Words, applied: tuple[str, ...]
) -> list[list[str]]:
    """In one list, or none: which letters go to a first year that the reader would still add, a line for each kind
    that they did not send to and could begin in: those of its own specialty first; no radiologist's."""
    if not plan.first_years.needed or plan.phase not in ("late", "interviewing") or not s.letters:
        return []
    there = {*applied, *s.first_years_sought}
    kinds = [
        x
        for x in s.goal.first_years.counted
        if (of := s.content.cards[x].track_of)
        and x not in there
        and s.could_begin_in(x)
        and (of not in s.profile.backups.ruled_out or s.stated_enjoyment(x) is not None)
    ]
    lines = []
    for kind in kinds:
        first = s.goal.letters.rules[kind].first
        own = [x for x in s.letters if s.is_a(x.specialty, *first)]
        others = [x for x in s.letters if x not in own and not s.is_a(x.specialty, RADIOLOGY)]
        to_ask = [x for x in s.letters_to_ask if s.is_a(x.specialty, *first)]
        lines.append(
            chosen.say(
                "letters-first-year",
                specialty=kind,
                kinds=[words.a_person(x) for x in first],
                own=[str(Said(x.writer)) for x in own],
                others=[str(Said(x.writer)) for x in others],
                asked=[str(Said(x.writer)) for x in to_ask],
            )
        )
    return [lines] if lines else []


def own_doctors_lacking(plan: Plan, s: Situation) -> list[tuple[str, str]]:
    """Each planned specialty outside radiology of whose own doctors the reader names no letter, not even one to ask
    for, and the plan asks for none, with whose letter that would be."""
    out = []
    for x in plan.letters:
        first = s.goal.letters.rules[x.specialty].first
        outside = plan.in_plan(x.specialty) and not s.is_a(x.specialty, RADIOLOGY)
        named = any(s.is_a(y.specialty, *first) for y in s.profile.letters)
        asked = any(s.is_a(m.specialty, *first) for m in x.missing)
        if outside and s.profile.letters and not named and not asked:
            out.append((x.specialty, first[0]))
    return out


def letter_gaps(plan: Plan, words: Words, applied: tuple[str, ...]) -> list[dict[str, Any]]:
    """What is to be asked for, each kind or named writer once: who, by when, for which specialties, and why."""
    gaps: dict[str, dict[str, Any]] = {}
    asked = [(x, m) for x in plan.letters if x.specialty in applied for m in x.missing if not m.second_version]
    for x, m in sorted(asked, key=lambda one: _says_whom(one[1])):
        key = asked_key(m)
        gap = gaps.setdefault(
            key,
            {
                "key": key,
                "title": words.a_person(m.specialty),
                "specialty": m.specialty,
                "named": bool(m.writer),
                "by": m.by,
                "overdue": m.overdue,
                "because": m.because,
                "serves": [],
            },
        )
        gap["serves"].append(x.specialty)
    order = [x.specialty for x in plan.letters]
    for gap in gaps.values():
        gap["serves"] = [words.abbr(x) for x in sorted(set(gap["serves"]), key=order.index)]
    return list(gaps.values())


def letter_requests(plan: Plan, s: Situation, chosen: Chosen, words: Words, applied: tuple[str, ...]) -> list[str]:
    """What each writer to be asked is asked to name: two versions of a radiologist whose letter also goes where only
    one without radiology may go, the specialty of a letter that goes to one alone, else none."""
    asked: dict[str, LetterMissing] = {}
    serves: dict[str, set[str]] = {}
    for x in plan.letters:
        for m in x.missing if x.specialty in applied else ():
            if not m.second_version:
                asked.setdefault(asked_key(m), m)
                serves.setdefault(asked_key(m), set()).add(x.specialty)
    groups: dict[tuple[str, str], list[str]] = {}
    for key, m in asked.items():
        kind, where = m.specialty, serves[key]
        two = two_versions(s, kind, where)
        radiology = s.is_a(kind, RADIOLOGY)
        one = next(iter(where)) if len(where) == 1 else ""
        how = "two" if two else "radiology" if radiology else "own" if one == kind else "none"
        groups.setdefault((how, one if how == "own" else ""), []).append(_whom(m, words))
    return [chosen.say("letter-request-to", who=who, how=how, specialty=one) for (how, one), who in groups.items()]


def read_as_it_is(plan: Plan, s: Situation, words: Words, applied: tuple[str, ...]) -> list[str]:
    """The first years that get a radiologist's letter in the version that names radiology."""
    sent = [x for x in plan.letters if x.specialty in applied and not s.is_a(x.specialty, RADIOLOGY)]
    return [words.abbr(x.specialty) for x in sent if any(u.version == "radiology" for u in x.use)]


class _Short(NamedTuple):
    """What is true of a specialty with fewer letters than usual: whether one more can win something there, asked by
    when, before which interview, of whom in a second version, and of whom anew."""

    helps: bool
    by: PartialDate | None = None
    met: dt.date | None = None
    again: tuple[str, ...] = ()
    who: tuple[str, ...] = ()


def letters_short(plan: Plan, s: Situation, chosen: Chosen, words: Words) -> list[str]:
    """Once applications are out: the specialties and first years with fewer letters than usual, with whom to ask, or
    that it is too late; those of which the same is true together."""
    if plan.counting or plan.phase not in ("late", "interviewing") or any(x.missing for x in plan.letters):
        return []
    groups = _short_together(plan, s, words)
    # Fresh letters for several are one request: a clinician's, requested as "General".
    fresh = [x for x in groups if x.helps and not x.again]
    several = fresh if len(fresh) > 1 else []
    said = [
        chosen.say(
            "letters-short", where=names, helps=x.helps, met=x.met, again=list(x.again), who=list(x.who), by=x.by
        )
        for x, names in groups.items()
        if x not in several
    ]
    if several:
        said.append(
            chosen.say(
                "letters-short-general",
                where=[name for x in several for name in groups[x]],
                by=min((x.by for x in several if x.by), key=lambda day: day.first),
                better=_better(several, groups, chosen, [words.a_person(x) for x in ("other", "another")]),
            )
        )
    told = stays_without_a_letter(s, chosen) if any(x.helps for x in groups) else []
    return [*said, *(chosen.say("letters-short-where", stays=told) for _ in told[:1])]


def _better(groups: list[_Short], names: dict[_Short, list[str]], chosen: Chosen, anyone: list[str]) -> list[str]:
    """Whose letter would say more than any clinician's (`anyone`), and where; each of them once."""
    where: dict[tuple[str, ...], list[str]] = {}
    for x in groups:
        who = tuple(one for one in x.who if one not in anyone)
        if who:
            where.setdefault(who, []).extend(names[x])
    return [chosen.say("letters-short-better", who=list(who), where=at) for who, at in where.items()]


def _short_together(plan: Plan, s: Situation, words: Words) -> dict[_Short, list[str]]:
    """The short names of those with fewer letters than usual, by what is true of them."""
    groups: dict[_Short, list[str]] = {}
    for own in plan.letters:
        if len(own.use) >= s.goal.count("letters_needed") or s.marked_never(own.specialty):
            continue
        if in_time(s, own.specialty):
            again, fresh = ([_whom(m, words) for m in missing] for missing in to_complete(s, own))
            met, by = next_interview(s, own.specialty), short_by(s, (own.specialty,))
            short_of = _Short(True, by, met, tuple(dict.fromkeys(again)), tuple(fresh))
            if not short_of.again and not short_of.who:
                continue
        else:
            days = (i.date.first for i in s.profile.interviews if i.specialty == own.specialty and i.date)
            short_of = _Short(helps=False, met=min((day for day in days if day >= s.on), default=None))
        of = groups.setdefault(short_of, [])
        of.append(words.abbr(own.specialty))
    return groups


def twice(s: Situation) -> list[str]:
    """The names of writers who stand more than once among the letters: one person, or two?"""
    names = [x.writer for x in s.profile.letters if is_named(x)]
    same = [x for i, x in enumerate(names) if x.casefold() in (y.casefold() for y in names[:i])]
    return [str(Said(x)) for x in dict.fromkeys(same)]


def counted_once(s: Situation) -> list[str]:
    """The names of writers of whose lines we count one for several."""
    here = {i for i, _ in s.letters_listed}
    return [str(Said(x)) for x in dict.fromkeys(x.writer for i, x in enumerate(s.profile.letters) if i not in here)]


def soap_missing(s: Situation, chosen: Chosen, words: Words, specialties: list[str]) -> list[str]:
    """Whose letter each specialty of SOAP wants first, and has not, in one line: whom the reader means to ask, else
    a kind of doctor; none where it has all, nor for a whole training that the reader neither marked nor sought, but
    the two that have most places."""
    wanted: dict[tuple[str, ...], list[str]] = {}
    of_a_stay: dict[str, str] = {}  # where the reader worked with one, said once
    unasked = s.goal.table.soap_unasked
    for x in specialties:
        if s.is_a(x, RADIOLOGY):
            continue
        if (
            s.stated_enjoyment(x) is None
            and x not in (*s.sought, *unasked)
            and s.content.cards[x].kind != "first-year"
        ):
            continue
        first = s.goal.letters.rules[x].first
        if not s.letters_of(*first):
            meant = [one for one in s.letters_to_ask if s.is_a(one.specialty, *first)]
            who = [str(Said(one.writer)) for one in meant] or [words.a_person(kind) for kind in first]
            if not meant:
                of_a_stay |= {words.a_person(kind): _of_a_stay(s, chosen, words, kind) for kind in first}
            wanted.setdefault(tuple(who), []).append(words.name(x).lower())
    lines = [
        chosen.say("soap-letter-missing", where=where, who=[of_a_stay.pop(one, one) for one in who])
        for who, where in wanted.items()
    ]
    if not lines:
        return []
    nearest = lines[:KINDS_NAMED]
    seen_at = [x for x in with_patients(s, chosen) if not any(x in line for line in lines)]
    known_at = only_research(s, chosen)
    said = chosen.say("soap-letters-missing", who=lines, nearest=nearest, seen_at=seen_at, known_at=known_at)
    return [said] if said else []


def _of_a_stay(s: Situation, chosen: Chosen, words: Words, kind: str) -> str:
    """A kind of doctor, with where in the US the reader worked with one."""
    return chosen.say("soap-missing-person", doctor=words.a_person(kind), seen_at=stays(s, chosen, kind))


def _whom(missing: LetterMissing, words: Words) -> str:
    """The writer whom the reader names, else a kind of doctor."""
    return str(Said(missing.writer)) if missing.writer else words.a_person(missing.specialty)


def _says_whom(missing: LetterMissing) -> tuple[bool, bool]:
    """Sorts the reasons of one gap: what names whom to ask first, what points to another specialty last."""
    id = missing.because[0].id
    return id not in _NAMES_WHOM, id == "letter-ask-shared"

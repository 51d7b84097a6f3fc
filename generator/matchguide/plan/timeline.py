"""The season's dates and the reader's own, in order; what is past, what is only a month, whose date it is."""

import datetime as dt
from dataclasses import replace

from matchguide.content.season import Event
from matchguide.plan.facts import Facts
from matchguide.plan.keys import asked_key, interview_ids, reminder_ids
from matchguide.plan.letters import may_win, short, short_by, to_complete, two_versions
from matchguide.plan.phase import COUNTING, MAY_STILL_INVITE
from matchguide.plan.reasons import Reason, season, why
from matchguide.plan.reasons import profile as line
from matchguide.plan.situation import RADIOLOGY, Situation
from matchguide.plan.types import Advice, LetterMissing, LetterPlan, Moment, VisaPlan
from matchguide.plan.visa import on_the_list
from matchguide.profile.values import PartialDate

LETTERS_SHORT = "letters-short"  # the moment that asks for letters which are missing once applications are out


def plan(
    s: Situation,
    visa: VisaPlan,
    facts: Facts,
    letters: tuple[LetterPlan, ...],
    advice: tuple[Advice, ...],
) -> tuple[Moment, ...]:
    """Moments by day. A month counts as past when it is over; a reader's own step that is done is left out."""
    out: list[Moment] = []
    asking = facts["first"] is not None and facts["phase"] in COUNTING
    asked = _asked(letters) if asking else {}
    for id, m in asked.items():
        goes = [
            x.specialty for x in letters if any(asked_key(one) == id for one in x.missing if not one.second_version)
        ]
        two = two_versions(s, m.specialty, goes)
        values = {
            "specialty": m.specialty,
            "overdue": m.overdue,
            "writer": m.writer,
            "two": two,
        }
        # In one version it is another request than in two, and so another tick.
        one = "" if two or not s.is_a(m.specialty, RADIOLOGY) else "-one"
        out.append(_own(s, f"letter-{id}{one}", m.by, why("moment-letter", *line("letters"), **values)))
    told_above = facts["counting"] or asked or any(x.missing for x in letters)
    few = () if told_above or facts["phase"] not in MAY_STILL_INVITE else short(s, letters)
    if few:
        anew = [m for x in letters if x.specialty in few for m in to_complete(s, x)[1]]
        writers = list(dict.fromkeys(m.writer for m in anew if m.writer))
        kinds = list(dict.fromkeys(m.specialty for m in anew if not m.writer))
        known = bool(facts["letters_known"])
        reason = why(
            "moment-short", *line("letters"), specialties=list(few), known=known, writers=writers, kinds=kinds
        )
        out.append(_own(s, LETTERS_SHORT, short_by(s, few), reason))
    events = (
        _event(s, e.id, held=visa.all_closed)
        for e in s.season.events
        if facts.true(e.concerns)
        and not (asked and e.id == "ask_letters")
        and not (e.gates and not _own_gates(s, held=visa.all_closed))
    )
    # Once applications are out, our own dates that are gone are gone; what is advised now is due now.
    out += [m for m in events if facts["counting"] or not (m.past and m.ours)]
    told = {m.id for m in out} | {"ask_letters"}
    if any(m.reason.id == "moment-letter" and m.reason.values["writer"] for m in out):
        told.add(LETTERS_SHORT)  # it asks for one of them by name
    repeats = {r.id: r.repeats for r in s.content.rules}
    for a in advice:
        if a.due and a.do and told.isdisjoint(repeats[a.id]):
            out.append(_own(s, a.id, a.due, why("moment-rule", *a.because[0].refs, rule=a.id)))
    remind = s.season.before("letters_in", s.goal.count("letters_reminder_days"))
    winning = [x for x in letters if may_win(s, x.specialty)]
    used = {i for x in winning for i in (*(u.index for u in x.use), *x.second_versions)}
    still = s.on < s.season.day("ranking_opens")
    soap = facts["phase"] == "match week" and facts["result"] is None and s.on <= s.season.day("match_week")
    if soap or (facts["first"] is not None and still):
        ids = reminder_ids(s.profile.letters)
        for i, letter in s.letters_listed:
            if letter.status == "promised" and (soap or i in used):
                late = s.on > s.season.day("letters_in")
                reason = why("moment-remind", *line(f"letters[{i}]"), writer=letter.writer, index=i, late=late)
                out.append(replace(_own(s, ids[i], remind, reason), was=f"remind-{i}"))
    for i, (id, met) in enumerate(zip(interview_ids(s.profile.interviews), s.profile.interviews, strict=True)):
        if met.date:
            soon = s.on <= met.date.first <= s.on + dt.timedelta(days=s.goal.count("interview_near_days"))
            reason = why("moment-interview", *line(f"interviews[{i}].date"), program=met.program, index=i, near=soon)
            moment = _moment(s, id, met.date, reason, certain=met.date.is_day)
            out.append(replace(moment, was=f"interview-{i}"))
    out += _days_to_move(s)
    for name, exam in (
        ("step1", s.profile.exams.step1),
        ("step2_ck", s.profile.exams.step2_ck),
        ("step3", s.profile.exams.step3),
        ("oet", s.profile.exams.oet),
    ):
        taken = s.ck_taken if name == "step2_ck" else exam.result in ("pass", "fail")
        if exam.date and exam.date.last >= s.on and not taken:
            reason = why("moment-exam", *line(f"exams.{name}.date"), exam=name)
            out.append(_moment(s, f"exam-{name}", exam.date, reason, certain=exam.date.is_day))
    near = {e.id: e.near for e in s.season.events}
    dues = {r.id: r.due for r in s.content.rules if r.due}
    for moment in out:
        due = dues.get(moment.id)
        if due and not moment.when.is_day:
            near[moment.id] = s.season.counted_back(due.before, due.days).day - 1
    return tuple(sorted(out, key=lambda m: m.when.first + dt.timedelta(days=near.get(m.id, 0))))


def _days_to_move(s: Situation) -> list[Moment]:
    """Interviews to come of which one must move: two on one day, or one on a public holiday. To be asked now."""
    days: dict[dt.date, list[int]] = {}
    for i, met in enumerate(s.profile.interviews):
        if met.date and met.date.is_day and met.date.first >= s.on:
            days.setdefault(met.date.first, []).append(i)
    out: list[Moment] = []
    for day, mine in sorted(days.items()):
        holiday = day in s.season.holidays
        if len(mine) > 1 or holiday:
            names = list(dict.fromkeys(s.profile.interviews[i].program for i in mine))
            refs = line(*(f"interviews[{i}].date" for i in mine))
            when = s.profile.interviews[mine[0]].date
            told = why("moment-move", *refs, other_programs=names, day=when, holiday=holiday, keep=_to_keep(s, mine))
            out.append(_own(s, f"move-{day}", s.season.before("review_from"), told))
    return out


def _to_keep(s: Situation, same_day: list[int]) -> str:
    """Of interviews on one day the program whose day is kept: the only one of a whole training; "" if several are."""
    met = s.profile.interviews
    whole = [i for i in same_day if s.content.cards[met[i].specialty].kind != "first-year"]
    only = [i for i in whole if sum(x.specialty == met[i].specialty for x in met) == 1]
    return met[only[0]].program if len(only) == 1 and len(same_day) > 1 else ""


def _asked(letters: tuple[LetterPlan, ...]) -> dict[str, LetterMissing]:
    """The letters to ask for, each kind or named writer once: first those a specialty cannot do without, the
    specialty with the fewest letters before the others."""
    first: dict[str, LetterMissing] = {}
    then: dict[str, LetterMissing] = {}
    for plan in sorted(letters, key=lambda x: len(x.use)):
        for m in plan.missing:
            own = m.because[0].id in ("letter-ask-kind", "letter-ask-named") and m.specialty == plan.specialty
            if not m.second_version:
                (first if own else then)[asked_key(m)] = m
    return {**first, **{k: v for k, v in then.items() if k not in first}}


def _own_gates(s: Situation, *, held: bool) -> list[str]:
    """What can still stop this reader, as ids for the words."""
    exams = s.profile.exams
    still = {
        "exception": held,
        "restriction": s.needs != "none" and not held and (not s.profile.visa.citizenships or on_the_list(s)),
        "canada": s.canadian_citizen and s.needs in ("j1", "either"),
        "steps": exams.step1.date is not None and not s.ck_taken,
        "steps-old": not s.certified and exams.step1.score is not None,  # numeric: sat years ago
        "oet": s.oet is not None and s.oet != "pass" and not s.certified,
        "oet-unknown": s.oet is None and not s.certified,
        "certificate": not s.certified,
    }
    return [gate for gate, stands in still.items() if stands]


def _steps_until(s: Situation) -> PartialDate | None:
    """When the required Steps must all be passed, counted from the first (an older rule: evidence step-validity)."""
    first = s.profile.exams.step1.date
    years = int(s.content.evidence.number("step-validity"))
    return replace(first, year=first.year + years) if first else None


def _event(s: Situation, id: str, *, held: bool) -> Moment:
    event = next(e for e in s.season.events if e.id == id)
    return Moment(
        id,
        event.when,
        event.shown,
        event.is_certain,
        event.ours,
        s.on > s.season.last_day(id),
        event.source,
        _words_of(s, event, held=held),
        (event.ours and not event.told) or (event.held_step if held and event.held else event.step),
    )


def _words_of(s: Situation, event: Event, *, held: bool) -> Reason:
    if event.gates:
        gates = _own_gates(s, held=held)
        return why("moment-gates", *season(event.id), gates=gates, until=_steps_until(s))
    oet = s.profile.exams.oet.date
    if event.id == "pathway_apply" and oet and oet.last >= s.on:
        return why("moment-pathway", *line("exams.oet.date"), oet=oet)
    return why("event-held" if held and event.held else "event", *season(event.id), event=event.id)


def _own(s: Situation, id: str, when: PartialDate, reason: Reason) -> Moment:
    return Moment(id, when, "", True, True, when.last < s.on, None, reason, True)


def _moment(s: Situation, id: str, when: PartialDate, reason: Reason, *, certain: bool) -> Moment:
    return Moment(id, when, "", certain, False, when.last < s.on, None, reason, True)

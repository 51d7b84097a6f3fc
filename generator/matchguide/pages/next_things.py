"""What the reader has to do, in the order of its days: for Home, the checklist and the wall."""

import datetime as dt
from typing import Any

from matchguide.content.rules import Rule
from matchguide.content.season import Event
from matchguide.content.store import Content
from matchguide.pages.said import Said
from matchguide.pages.words import Words
from matchguide.plan.reasons import Reason, why
from matchguide.plan.types import Moment, Plan
from matchguide.profile.dates import dated
from matchguide.profile.values import PartialDate

RESULT_KNOWN = ("matched", "partly matched", "unmatched", "next season")  # few write down what is done since


def next_things(plan: Plan, content: Content, words: Words, count: int = 3) -> list[dict[str, Any]]:
    """The next things to do, `count` of them or (0) all: what is overdue first, then by date; never something
    that is closed. They are the steps of the timeline; letters are one step, and so are reminders."""
    rules = {r.id: r for r in content.rules}
    events = {e.id: e for e in content.seasons[plan.season].events}
    things: list[dict[str, Any]] = []
    seen: set[str] = set()
    asked, promised = _letters(plan), [m for m in plan.timeline if m.reason.id == "moment-remind"]
    for m in plan.timeline:
        if not m.step or (m.past and not _still_to_do(plan, m.reason.id)):
            continue
        if m in asked[1:] or m in promised[1:]:
            continue
        text = words.text(m.reason)
        if len(asked) > 1 and m is asked[0]:
            text = words.text(why("ask-for-letters", writers=missing_letters(plan, words)))
        if len(promised) > 1 and m is promised[0]:
            writers = list(dict.fromkeys(str(Said(x.reason.values["writer"])) for x in promised))
            text = words.text(why("remind-writers", writers=writers, late=m.reason.values["late"]))
        if text not in seen:
            seen.add(text)
            late = m.past and plan.counting
            long = plan.phase in RESULT_KNOWN and _month(_end(m.when)) < _month(plan.on)
            shown = words.text(why("due-long" if long else "due-now")) if m.past else shown_date(m)
            when = {"when": m.when, "shown": shown, "overdue": late, "see": _see(m, rules, events, plan.phase)}
            things.append({"id": m.id, "text": text, "reason": m.reason, **_marks(m.was, late=late), **when})
    first = {a.id for a in plan.advice if "index" in a.pages}
    things.sort(key=lambda t: (not t["overdue"], _end(t["when"]), t["id"] not in first))
    if not count:
        return things
    # What a rule says leads, or the season's date that tells the same, and letters, which take longest: of these what
    # is due first. Then what is due first of all else. A question waits.
    told_now = {a.id for a in plan.advice}
    leads = {x for r in content.rules if r.leads for x in (r.id, *(r.repeats if r.id in told_now else ()))}
    leads |= {"exam-step1", "exam-step2_ck", *(m.id for m in plan.timeline if _presses(m.reason))}
    asks = {r.id for r in content.rules if r.asks}
    letters = {m.id for m in asked[:1]}
    things.sort(key=lambda t: (t["id"] in asks, t["id"] not in leads | letters))
    if len(things) < count:
        soon = {"when": None, "shown": words.text(why("soon")), "overdue": False, **_marks()}
        undated = [rules[a.id] for a in plan.advice if a.do and not a.due]
        told = {a.id: a.because[0] for a in plan.advice}
        things += [{"id": r.id, "text": r.do, "reason": told[r.id], "see": r.see, **soon} for r in undated]
    # The few that matter most, told by date; of what is due today or before what leads.
    led = leads | letters
    return sorted(
        things[:count],
        key=lambda t: (
            not (t["overdue"] and t["id"] in led),
            max(_end(t["when"]), plan.on) if t["when"] else dt.date.max,
            t["id"] not in led,
        ),
    )


def _marks(was: str = "", *, late: bool = False) -> dict[str, str]:
    """How a thing to do is marked on a page: the tick of an older guide that it takes over, the class of its day."""
    return {"was_tick": f' data-tick-was="{was}"' if was else "", "css": "due late" if late else "due"}


def undated_things(plan: Plan, content: Content) -> list[dict[str, Any]]:
    """What is to be done soon, without a fixed day, in the order of the rules; questions stand on the profile."""
    rules = {r.id: r for r in content.rules}
    asked = [a for a in plan.advice if a.do and not a.due and not rules[a.id].asks]
    soon = {"when": None, "shown": "", "overdue": False, **_marks()}
    return [
        {"id": a.id, "text": rules[a.id].do, "see": rules[a.id].see, "reason": a.because[0], **soon} for a in asked
    ]


def season_dates(moments: list[Moment]) -> list[Moment]:
    """The dates that are not the reader's own tasks: of the season, of their interviews and exams."""
    own = ("moment-rule", "moment-letter", "moment-short", "moment-remind", "moment-gates", "moment-move")
    return [m for m in moments if m.reason.id not in own and not (m.ours and m.step)]


def _see(m: Moment, rules: dict[str, Rule], events: dict[str, Event], phase: str) -> str:
    """The page that helps with a step; once lists are closed a letter is for SOAP."""
    if m.id in rules:
        return rules[m.id].see
    if m.id in events:
        return events[m.id].see
    letters = "if-unmatched#soap-letters" if phase == "match week" else "letters"
    pages = {"moment-letter": letters, "moment-short": letters, "moment-remind": letters}
    return {**pages, "moment-interview": "interviews", "moment-move": "interviews"}.get(m.reason.id, "")


def missing_letters(plan: Plan, words: Words) -> list[str]:
    """Who is still to be asked for a letter, each once: by name, else "an internist". The same list as on the
    timeline."""
    values = [m.reason.values for m in _letters(plan)]
    return list(
        dict.fromkeys(str(Said(v["writer"])) if v["writer"] else words.a_person(str(v["specialty"])) for v in values)
    )


def shown_date(moment: Moment) -> str:
    """A line's day as pages write it: an uncertain one in the season's own words."""
    return moment.shown or dated(moment.when)


def _letters(plan: Plan) -> list[Moment]:
    return [m for m in plan.timeline if m.reason.id == "moment-letter"]


def _presses(reason: Reason) -> bool:
    """Whether it is an interview that must be moved, or that is near."""
    return reason.id == "moment-move" or (reason.id == "moment-interview" and bool(reason.values["near"]))


def _still_to_do(plan: Plan, reason: str) -> bool:
    """Whether a step whose date is past is still asked for: gates until applications are out, what is advised and a
    letter that is promised always."""
    return (
        reason in ("moment-letter", "moment-rule", "moment-remind", "moment-move")
        or (plan.counting and reason == "event")
        or (reason == "moment-gates" and plan.stage in ("exploring", "building"))
    )


def _end(when: PartialDate) -> dt.date:
    """The day by which something dated is to be done; for a month, its last days."""
    return when.first if when.is_day else when.first + dt.timedelta(days=27)


def _month(day: dt.date) -> tuple[int, int]:
    """What was due in a month that is over may be closed: it is told with an "if"."""
    return day.year, day.month

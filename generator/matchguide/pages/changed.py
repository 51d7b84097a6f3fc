"""What is different from a former guide: plan, dates, law and tasks, first on Home. What the former guide
said in words is the reader's own text here (a mark), never Markdown."""

import datetime as dt
from dataclasses import dataclass

from matchguide.content.store import Content
from matchguide.pages.former import Former
from matchguide.pages.kept import seen, tasks
from matchguide.pages.said import Said
from matchguide.pages.words import Words
from matchguide.plan.types import Plan
from matchguide.profile.values import day_in

_MOST = 8  # of one kind; then how many more
_ROLES = ("first", "close", "broad")


@dataclass(frozen=True)
class Few:
    """The first of many, and how many more there are."""

    shown: tuple[str, ...] = ()
    more: int = 0

    def __bool__(self) -> bool:
        return bool(self.shown)


@dataclass(frozen=True)
class Changed:
    """`plan`, `dates`, `law` are sentences; `new` and `gone` are tasks. Items of law are (evidence id, sentence)."""

    since: dt.date
    plan: tuple[str, ...]
    dates: Few
    law: tuple[tuple[str, str], ...]
    new: Few
    gone: Few

    @property
    def nothing(self) -> bool:
        """Whether the former guide and this one say the same."""
        return not (self.plan or self.dates or self.law or self.new or self.gone)


def changed(former: Former, plan: Plan, content: Content, words: Words) -> Changed:
    """What a reader of the former guide should know first."""
    then = {t.id: t.text for t in former.kept.tasks}
    now = tasks(plan, content, words)
    asked = set(now.values())
    return Changed(
        former.on,
        tuple(_plan(former, plan, content, words)),
        _few(_dates(former, plan, words)),
        tuple(_law(former, content, words)),
        _few([str(Said(text)) for id, text in now.items() if id not in then and text not in then.values()]),
        _few([str(Said(text)) for id, text in then.items() if id not in now and text not in asked]),
    )


def _few(items: list[str]) -> Few:
    return Few(tuple(items[:_MOST]), max(0, len(items) - _MOST))


def _plan(former: Former, plan: Plan, content: Content, words: Words) -> list[str]:
    out = []
    c = plan.combination
    if former.phase != plan.phase:
        out.append(words.said("changed-phase", now=plan.phase, then=Said(former.phase)))
    if former.combination.id != c.id:
        out.append(words.said("changed-plan", now=words.combination(c.id), then=_combination(former, content, words)))
    if former.combination.source != c.source:
        out.append(words.said("changed-source", now=c.source))
    for role in _ROLES:
        then = former.combination.roles.get(role)  # type: ignore[call-overload]
        now = c.roles.get(role)  # type: ignore[call-overload]
        if then != now and former.combination.id == c.id:
            out.append(
                words.said(
                    "changed-role", place=words.said(f"role-{role}"), now=_name(now, words), then=_name(then, words)
                )
            )
    if plan.counting and former.kept.counting:
        counts = {a.specialty: a.planned for a in former.applications}
        for specialty in dict.fromkeys((*(a.specialty for a in plan.applications), *counts)):
            count = plan.count(specialty)
            then_n, now_n = counts.get(specialty, 0), count.planned if count else 0
            if then_n != now_n and specialty in content.cards:
                out.append(words.said("changed-count", of=words.name(specialty), now=now_n, then=then_n))
        if former.fees_usd != plan.fees_usd:
            out.append(words.said("changed-fees", now=plan.fees_usd, then=former.fees_usd))
    elif former.kept.counting:
        out.append(words.said("changed-over"))
    return out


def _combination(former: Former, content: Content, words: Words) -> str:
    known = {card.short for card in content.cards.values()} | {"not-this-year"}
    id = former.combination.id
    return words.combination(id) if set(id.split("+")) <= known else str(Said(id))


def _name(specialty: str | None, words: Words) -> str:
    return words.name(specialty) if specialty else words.said("changed-none")


def _dates(former: Former, plan: Plan, words: Words) -> list[str]:
    """The season's and the reader's own; days that we count back from today move by themselves."""
    then = {m.id: m.when for m in former.timeline}
    out = []
    for m in plan.timeline:
        before = day_in(then.get(m.id))
        if not m.ours and before and before != m.when:
            out.append(words.said("changed-date", what=words.marked(m.reason).rstrip("."), now=m.when, then=before))
    return out


def _law(former: Former, content: Content, words: Words) -> list[tuple[str, str]]:
    out = []
    for id, then in former.kept.law.items():
        item = content.evidence.items.get(id)
        if item is None or seen(item) == then.model_dump():
            continue
        says = seen(item)["sum"] != then.sum
        day = item.as_of or ""
        out.append((id, words.said("changed-law", day=day) if says else words.said("changed-law-same", day=day)))
    return out

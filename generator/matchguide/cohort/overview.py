"""The advisor's page and its table: one line a person, the one that hurts soonest on top. Whatever comes from a
profile or a file's name is text here, and nothing else."""

import datetime as dt
import html
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from string import Template

from matchguide import paths
from matchguide.cohort.kept import Kept
from matchguide.cohort.line import Line
from matchguide.cohort.people import Person, table
from matchguide.content import store
from matchguide.content.cohort import Reason
from matchguide.content.phases import PHASES
from matchguide.pages.words import counted, listed
from matchguide.profile.dates import dated
from matchguide.render.plaintext import one_line
from matchguide.site.scripts import sum_of

_FOLDER = "cohort"
_SOON = 30  # days: a month
_KINDS = 6  # so many plans are counted by name
_COLUMNS = ("days", "day", "file", "folder", "name", "needs", "what", "plan", "phase", "letters", "interviews",
            "fees", "budget", "new", "plan of")  # fmt: skip
_BROKEN = "profile-mistakes"


@cache
def _reasons() -> dict[str, Reason]:
    return {r.id: r for r in store.load(paths.CONTENT).cohort_reasons}


def _label(id: str) -> str:
    known = _reasons().get(id)
    return known.label if known else id


# ---- what changed


def _new(k: Kept) -> list[str]:
    """What is different from last time, in words."""
    if k.line is None or k.before is None:
        return []
    now, then = {r.id for r in k.line.risks}, {r.id for r in k.before.risks}
    out = [f"New: {_label(r.id)}." for r in k.line.risks if r.id not in then]
    out += [f"Gone: {_label(r.id)}." for r in k.before.risks if r.id not in now]
    if k.line.plan != k.before.plan:
        out.append(f"Plan before: {k.before.plan}.")
    if k.line.phase != k.before.phase:
        out.append(f"Before: {k.before.phase}.")
    return out


def _changes(everybody: Sequence[Kept]) -> str:
    compared = [k for k in everybody if k.before is not None and k.line is not None]
    first = sum(k.before is None and k.line is not None for k in everybody)
    if not compared:
        return f"<p>Nothing to compare with: {counted(first, 'guide')}, all of them the first.</p>"
    days = sorted({k.before.on for k in compared if k.before})
    since = dated(days[0]) if len(days) == 1 else f"{dated(days[0])} to {dated(days[-1])}"
    fresh: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    for k in compared:
        assert k.line
        assert k.before
        now, then = {r.id for r in k.line.risks}, {r.id for r in k.before.risks}
        fresh.update(now - then)
        gone.update(then - now)
    plans = sum(k.line.plan != k.before.plan for k in compared if k.line and k.before)
    lines = [f"Compared with the plans of {since}: {counted(len(compared), 'person', 'people')}."]
    if first:
        lines.append(f"New in the cohort: {counted(first, 'person', 'people')}.")
    if plans:
        lines.append(f"Another plan than before: {counted(plans, 'person', 'people')}.")
    for count, word in ((fresh, "New"), (gone, "Gone")):
        if count:
            said = listed([f"{_label(id).lower()} ({n:,})" for id, n in count.most_common()])
            lines.append(f"{word}: {said}.")
    if len(lines) == 1:
        lines.append("Nothing is new.")
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines)


# ---- the page


def page(everybody: Sequence[Kept], there: Collection[str], on: dt.date) -> bytes:
    """The page; `there` are the folders that hold a guide, `on` is the day of the run."""
    folder = paths.TEMPLATES / _FOLDER
    style, script = ((folder / f"overview.{kind}").read_text("utf-8").strip() for kind in ("css", "js"))
    lines = [k.line for k in everybody if k.line]
    risks = Counter(r.id for x in lines for r in x.risks)
    broken = sum(k.broken is not None for k in everybody)
    if broken:
        risks[_BROKEN] = broken
    order = [*_reasons(), _BROKEN]
    phases = Counter(x.phase for x in lines)
    plans = Counter(x.plan for x in lines)
    at_risk = sum(bool(x.risks) for x in lines)
    labels = {id: "Profile with mistakes" if id == _BROKEN else _label(id) for id in order}
    text = Template((folder / "overview.html").read_text("utf-8")).substitute(
        style=style,
        script=script,
        style_sum=sum_of(style),
        script_sum=sum_of(script),
        people=counted(len(everybody), "person", "people"),
        day=dated(on),
        summary=f"{at_risk:,} with a reason to look at now or soon, {len(lines) - at_risk:,} without.",
        counts="\n".join(
            [
                _count("By reason", [(labels[id], risks[id]) for id in order if risks[id]]),
                _count("By time of the season", [(p.capitalize(), phases[p]) for p in PHASES if phases[p]]),
                _count("By plan", _most(plans)),
            ]
        ),
        changes=_changes(everybody),
        reason_options=_options((id, labels[id]) for id in order if risks[id]),
        phase_options=_options((p, p.capitalize()) for p in PHASES if phases[p]),
        plan_options=_options((p, p) for p, _ in plans.most_common()),
        rows="\n".join(_row(k, k.folder in there, on) for k in everybody),
        meanings="\n".join(
            f"<dt>{html.escape(r.label)}</dt><dd>{html.escape(r.means)}</dd>"
            for r in _reasons().values()
            if risks[r.id]
        ),
    )
    return text.encode("utf-8", "replace")


def _count(title: str, numbers: Iterable[tuple[str, int]]) -> str:
    rows = "".join(f'<tr><th scope="row">{html.escape(name)}</th><td>{n:,}</td></tr>' for name, n in numbers)
    return f"<table><caption>{title}</caption><tbody>{rows}</tbody></table>" if rows else ""


def _most(numbers: Counter[str]) -> list[tuple[str, int]]:
    """The largest numbers, and the rest as one."""
    first, rest = numbers.most_common()[:_KINDS], numbers.most_common()[_KINDS:]
    return [*first, (f"{len(rest)} others", sum(n for _, n in rest))] if len(rest) > 1 else [*first, *rest]


def _options(values: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<option value="{html.escape(v)}">{html.escape(text)}</option>' for v, text in values)


def _row(k: Kept, guide: bool, on: dt.date) -> str:
    line, who = k.line, _who(k)
    ids = [r.id for r in line.risks] if line else []
    if k.broken:
        ids.append(_BROKEN)
    fresh = _new(k)
    days = (line.soonest - on).days if line and line.risks else None
    kind = "" if days is None else " now" if days <= 0 else " soon" if days <= _SOON else ""
    cells = [
        f'<td class="when{kind}">{_when(line, on)}</td>',
        f'<th scope="row">{_link(k, who, guide)}{_small(k, on)}</th>',
        f"<td>{_needs(k, fresh)}</td>",
        _cell("Plan", line.plan if line else ""),
        _cell("Time of the season", line.phase if line else ""),
        _cell("Letters", _number(line.letters) if line else "", number=True),
        _cell("Interviews", _number(line.interviews) if line else "", number=True),
        _cell("ERAS fees", _fees(line) if line else "", number=True),
    ]
    data = {
        "reasons": " ".join(ids),
        "phase": line.phase if line else "",
        "plan": line.plan if line else "",
        "fresh": "1" if fresh or (line and k.before is None) else "",
        "who": f"{who} {line.name if line else ''}".lower(),
    }
    said = "".join(f' data-{name}="{html.escape(one_line(value))}"' for name, value in data.items())
    return f"<tr{said}>{''.join(cells)}</tr>"


def _who(k: Kept) -> str:
    return one_line(Person(k.file, k.folder).label) or k.folder


def _when(line: Line | None, on: dt.date) -> str:
    if line is None or not line.risks:
        return "<b>–</b>"
    days = (line.soonest - on).days
    if days <= 0:
        return "<b>now</b>"
    return f"<b>in {counted(days, 'day')}</b> {dated(line.soonest)}"


def _link(k: Kept, who: str, guide: bool) -> str:
    said = f"<bdi>{html.escape(who)}</bdi>"
    return f'<a href="{k.folder}/index.html">{said}</a>' if guide else said


def _small(k: Kept, on: dt.date) -> str:
    out = []
    if k.line and k.line.name:
        out.append(f"<bdi>{html.escape(one_line(k.line.name))}</bdi>")
    if k.line and k.line.on != on:
        out.append(f"plan of {dated(k.line.on)}")
    return "".join(f"<br><small>{part}</small>" for part in out)


def _needs(k: Kept, fresh: list[str]) -> str:
    labels, items = [], []
    if k.broken:
        since = f"since {dated(k.broken)}" if k.line else "no guide yet"
        labels.append("Profile with mistakes")
        items.append(f"{counted(k.mistakes, 'mistake').capitalize()} in the profile ({since}).")
    if k.line:
        labels += [_label(r.id) for r in k.line.risks]
        items += [html.escape(r.say) for r in k.line.risks]
    news = f'<p class="new">{html.escape(" ".join(fresh))}</p>' if fresh else ""
    if not labels:
        return news
    inside = "".join(f"<li>{item}</li>" for item in items)
    said = " · ".join(map(html.escape, labels))
    return f"<details><summary>{said}</summary><ul>{inside}</ul></details>{news}"


def _cell(name: str, text: str, *, number: bool = False) -> str:
    kind = ' class="number"' if number else ""
    return f'<td{kind} data-name="{name}">{html.escape(text)}</td>' if text else f"<td{kind}></td>"


def _number(n: int | None) -> str:
    return "not said" if n is None else f"{n:,}"


def _fees(line: Line) -> str:
    if not line.fees:
        return ""
    return f"${line.fees:,}" + (f" of ${line.budget:,}" if line.budget is not None else "")


# ---- the table


def rows(everybody: Sequence[Kept], there: Collection[str]) -> bytes:
    """The same lines as a file for any spreadsheet."""
    mark = "\ufeff".encode()  # or a spreadsheet reads every accent wrongly
    return mark + table(_COLUMNS, (list(_cells(k, k.folder in there)) for k in everybody))


def _cells(k: Kept, guide: bool) -> Iterator[str]:
    line = k.line
    soonest = line.soonest if line and line.risks else None
    yield str((soonest - line.on).days) if soonest and line else ""
    yield soonest.isoformat() if soonest else ""
    yield k.file
    yield k.folder if guide else ""
    yield line.name if line else ""
    yield "; ".join([r.id for r in line.risks] if line else []) or (_BROKEN if k.broken else "")
    said = [r.say for r in line.risks] if line else []
    yield " ".join([*([f"The profile has {counted(k.mistakes, 'mistake')}."] if k.broken else []), *said])
    yield line.plan if line else ""
    yield line.phase if line else ""
    yield "" if line is None or line.letters is None else str(line.letters)
    yield "" if line is None else str(line.interviews)
    yield str(line.fees) if line and line.fees else ""
    yield str(line.budget) if line and line.budget is not None else ""
    yield " ".join(_new(k))
    yield line.on.isoformat() if line else ""

"""A copy for a mentor or letter writer: what they need to help, and nothing that is none of their business. It is
made from a few named things, so that scores, visa, money and stories cannot get into it."""

import html
from collections.abc import Iterable
from string import Template

from matchguide import paths
from matchguide.output.ours import Kind, signed_html
from matchguide.pages.words import counted, listed
from matchguide.plan.writers import GIVEN, each_once
from matchguide.profile.dates import dated
from matchguide.render.plaintext import one_line
from matchguide.session import Session
from matchguide.site.scripts import sum_of

KIND: Kind = "mentor copy"
_FOLDER = "cohort"


def copy(session: Session) -> bytes:
    """One HTML file that stands alone. Raises MistakesFound."""
    folder = paths.TEMPLATES / _FOLDER
    style = (folder / "overview.css").read_text("utf-8").strip()
    name = session.profile.applicant.name
    page = Template((folder / "mentor.html").read_text("utf-8")).substitute(
        style=style,
        style_sum=sum_of(style),
        of=f" of {_theirs(name)}" if name else "",
        season=session.plan.season,
        day=dated(session.on),
        aims=_aims(session),
        letters=_letters(session),
        dates="\n".join(_dates(session)),
        seek="\n".join(_seek(session)),
        done=_done(session),
    )
    return signed_html(page, KIND)


def _theirs(text: str) -> str:
    return f"<bdi>{html.escape(one_line(text))}</bdi>"


def _list(items: Iterable[str]) -> str:
    inside = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{inside}</ul>" if inside else ""


def _applied(session: Session) -> list[str]:
    plan = session.plan
    return list(dict.fromkeys((session.profile.goal.specialty, *plan.combination.specialties)))


def _aims(session: Session) -> str:
    words = session.words
    return _list(html.escape(words.name(x)) for x in _applied(session))


def _letters(session: Session) -> str:
    """Which letters go where; of other writers only how many there are."""
    plan, words = session.plan, session.words
    here = [x for _, x in each_once(session.profile.letters or ()) if x.status in GIVEN]
    out = [f"They have {counted(len(here), 'letter')} in hand or promised."]
    sent = [x for x in plan.letters if x.specialty in plan.combination.specialties]
    kinds: dict[str, list[str]] = {}
    for x in sent:
        for m in x.missing:
            if not m.second_version:
                kinds.setdefault(m.specialty, []).append(words.abbr(x.specialty))
    out += [
        f"Still missing: a letter from {words.a_person(kind)}, for {listed(list(dict.fromkeys(served)))}."
        for kind, served in kinds.items()
    ]
    if any(m.second_version for x in sent for m in x.missing) or any(
        u.version == "neutral" for x in sent for u in x.use
    ):
        out.append(
            "A letter from a radiologist is needed in two versions: one that names radiology, "
            "and one that names no specialty."
        )
    return _list(map(html.escape, out))


def _dates(session: Session) -> Iterable[str]:
    season = session.season
    for date in sorted(
        (d for d in session.content.mentor_dates if season.has(d.event)), key=lambda d: season.day(d.event)
    ):
        yield f"<dt>{html.escape(date.say)}</dt><dd>{dated(season.event(date.event).when)}</dd>"


def _seek(session: Session) -> Iterable[str]:
    applied = set(_applied(session))
    for statement in session.plan.statements:
        if statement.specialty in applied:
            yield f"<h3>{html.escape(session.words.name(statement.specialty))}</h3>"
            yield _list(map(html.escape, statement.stress))


def _done(session: Session) -> str:
    experience, words = session.profile.experience, session.words
    items = []
    for stay in experience.us_clinical or ():
        parts = [str(stay.kind), words.name(stay.specialty), counted(stay.weeks, "week") if stay.weeks else ""]
        said = ", ".join(html.escape(part) for part in parts if part)
        where = f", {_theirs(stay.where)}" if stay.where else ""
        items.append(f"{said}{where}{f', {stay.year}' if stay.year else ''}")
    for project in experience.research or ():
        kind = f" ({html.escape(str(project.kind))})" if project.kind else ""
        items.append(
            f"Research in {html.escape(words.name(project.specialty))}: {_theirs(project.title or '')}{kind}"
        )
    return _list(items) or "<p>The profile lists no time in US hospitals and no research.</p>"

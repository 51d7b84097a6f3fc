"""A drawing says what its figures say: roads to scale in years against a J-1's last one, the reader's own score."""

import datetime as dt
import re
from itertools import pairwise

from lxml import html

from examples import PROFILES, session_of
from matchguide.render.markdown import page_html


def drawing(name: str, page: str, kind: str) -> html.HtmlElement:
    return html.fragment_fromstring(f"<div>{page_html(session_of(name).guide.page(page))}</div>").xpath(
        f"//*[contains(@class, 'drawing {kind}')]/svg"
    )[0]


def test_roads_are_as_long_as_their_years() -> None:
    svg = drawing("amara", "specialty-diagnostic-radiology", "map")
    at = {e.text: float(e.get("x")) for e in svg.iter("text") if (e.text or "").isdigit()}
    steps = {round(at[str(int(n) + 1)] - x, 3) for n, x in at.items() if str(int(n) + 1) in at}
    assert len(steps) == 1, "each year as wide as the next"
    ends = [float(e.get("cx")) for e in svg.iter("circle")]
    told = [int(n) for n in re.findall(r": (\d+) years", svg.findtext("desc"))]
    assert len(told) >= 3
    assert [at[str(n)] for n in told] == ends
    limit = [float(e.get("x1")) for e in svg.iter("line") if e.get("class") == "limit"]
    assert limit == [at["7"]], "the seven years of a J-1"


def test_who_needs_no_visa_sees_no_limit_of_one() -> None:
    seen = set()
    for name in PROFILES:
        session = session_of(name)
        goal = f"specialty-{session.profile.goal.specialty}"
        if any(page.id == goal for page in session.guide.pages):
            limit = bool(drawing(name, goal, "map").xpath("//line[@class='limit']"))
            assert limit == (session.plan.visa.needs in ("j1", "either"))
            seen.add(limit)
    assert seen == {True, False}


def test_the_reader_s_score_stands_at_its_place() -> None:
    svg = drawing("strong-radiology", "specialty-diagnostic-radiology", "strip")
    score = session_of("strong-radiology").profile.exams.step2_ck.score.low
    marks = sorted((int(e.text), float(e.get("x"))) for e in svg.iter("text") if (e.text or "").isdigit())
    mine = [float(e.get("x1")) for e in svg.iter("line") if e.get("class") == "mine"]
    assert len(mine) == 1
    assert f"you: {score}" in "".join(svg.itertext())
    (low, x), (high, further) = next(pair for pair in pairwise(marks) if pair[0][0] <= score <= pair[1][0])
    assert abs(mine[0] - (x + (further - x) * (score - low) / (high - low))) < 0.2


def test_a_date_with_an_if_says_what_it_asks_for() -> None:
    guide = session_of("restricted-radiologist", dt.date(2027, 1, 14)).guide
    line = html.fragment_fromstring(f"<div>{page_html(guide.page('timeline'))}</div>").xpath(
        "//*[contains(@class, 'drawing line')]/svg"
    )[0]
    seen = " ".join(e.text or "" for e in line.iter("text"))
    assert "If you applied, or may take part in SOAP: register with NRMP" in seen
    assert "Only if you applied, or may take part in SOAP: " in seen

"""A guide for one person, not a book: every page keeps to its budget of words, and says a sentence once."""

import datetime as dt
import html
import re
from functools import cache

import pytest

import people
from examples import DAY, PROFILES, session_of
from matchguide.mistakes import MistakesFound
from matchguide.pages.guide import Guide
from matchguide.plan.types import Plan
from matchguide.profile.model import Profile
from matchguide.render.markdown import page_html
from matchguide.source import parse
from support import TESTS

BUDGETS = parse((TESTS / "budgets.yml").read_text(encoding="utf-8"), "budgets.yml").data
DRAWN = range(40, 60)
LONG = 7  # words: shorter sentences may come back
# Rows of data, not sentences: who gets a letter, which story, what a card says; steps of a rank list.
ROW = re.compile(
    r"^(For|More|Fewer|Still to ask|Sends to|Your story for it|Once it has come|In the version without radiology): "
    r"|^Your (mark \d of 5; your )?\d{3}s? (in|at) "
    r"|· (you have it|promised)$"
)
WALKED = re.compile(
    r"^Only an applicant whom the program prefers|^Then, and only then|^You look for a first year in SOAP"
    r"|^The lines below it are not read"
)


def words(page: str) -> int:
    """The words of a page as its reader sees it, everything folded open but the reasons of an advice."""
    text = re.sub(r'<details class="why".*?</details>|<(script|style|svg)\b.*?</\1>', " ", page, flags=re.S)
    return len(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@cache
def guide(who: str) -> tuple[Profile, Plan, Guide]:
    if who.isdigit():
        return people.guide_of(*people.draw(int(who)))
    name, _, day = who.partition(" ")
    session = session_of(name, dt.date.fromisoformat(day) if day else None)
    return session.profile, session.plan, session.guide


def everybody() -> list[str]:
    early = []
    for name in PROFILES:
        try:
            assert session_of(name, DAY).profile
            early.append(f"{name} {DAY}")
        except MistakesFound:  # a result that this day does not know yet
            continue
    return [*PROFILES, *early, *(str(n) for n in DRAWN)]


def most(id: str, profile: Profile, plan: Plan) -> int:
    """How many words a page may have for this reader."""
    own, pages = BUDGETS["own"], BUDGETS["pages"]
    if id.startswith("specialty-") and id.removeprefix("specialty-") not in (
        *plan.combination.specialties,
        profile.goal.specialty,
    ):
        return int(BUDGETS["not_in_plan"])
    budget = int(
        pages[id] if id in pages else max((n for k, n in pages.items() if k[-1] == "-" and id.startswith(k)))
    )
    if id == "profile":
        budget += own["questions_each"] * max(0, len(plan.assumptions) - own["questions_free"])
    if id == "interviews":
        again, radiologist = bool(profile.history.previous_matches), "alternate-pathway" in plan.combination.beside
        budget += own["interview_question"] * (again + radiologist)
    return budget + (own["rank_list"] if id == "rank-list" and profile.rank_list else 0)


@pytest.mark.parametrize("who", everybody())
def test_every_page_keeps_to_its_budget(who: str) -> None:
    profile, plan, made = guide(who)
    counted = {p.id: words(page_html(p)) for p in made.pages}
    assert {"index", "profile", "faq", "glossary", "sources"} <= set(counted)
    over = {id: (n, most(id, profile, plan)) for id, n in counted.items() if n > most(id, profile, plan)}
    assert not over
    whole = sum(n for id, n in counted.items() if id != "sources")
    assert whole <= BUDGETS["whole"]["all"] + BUDGETS["whole"]["specialty"] * max(
        1, len(plan.combination.specialties)
    )


@pytest.mark.parametrize("who", everybody())
def test_no_page_says_a_sentence_twice(who: str) -> None:
    """What folds away is read as well; questions of interviews share their frames, sources their limits."""
    _, _, made = guide(who)
    twice: dict[str, list[str]] = {}
    for page in made.pages:
        if page.id.startswith(("interviews", "sources", "glossary")):
            continue
        text = re.sub(
            r'<details class="why".*?</details>|<(script|style|svg)\b.*?</\1>', " ", page_html(page), flags=re.S
        )
        text = re.sub(r"</(p|li|td|th|h\d|div|summary|label|details|tr)>|<br ?/?>", ". ", text)
        plain = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", text)))
        said = [s.strip(" .") for s in re.split(r"(?<=[.!?])[”’)]? ", plain)]
        again = {
            s
            for s in said
            if said.count(s) > 1 and len(s.split()) >= LONG and not (ROW.search(s) or WALKED.search(s))
        }
        if again:
            twice[page.id] = sorted(again)
    assert not twice

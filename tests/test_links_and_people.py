"""Every valid profile gets its guide: links lead only to what it holds, for people as they are drawn."""

import datetime as dt
import re

import pytest

import people
from examples import session_of
from matchguide import paths
from matchguide.checks import prose
from matchguide.checks.names import Names
from matchguide.checks.written import read
from matchguide.mistakes import MistakesFound
from matchguide.pages import links
from matchguide.pages.guide import Block, Guide, Page
from matchguide.render.markdown import page_html
from support import TESTS
from test_cases import profile_data, read_case

SIXTY = [people.draw(seed) for seed in range(60)]
TO = re.compile(r"\]\((?!https?:)([\w.-]*)(?:#([\w:.-]+))?\)")
ID = re.compile(r'\sid="([^"]+)"')


HELPLESS = re.compile(r'class="help">(?!\[)')  # a task whose "How" leads nowhere


def broken_links(guide: Guide) -> list[str]:
    """Links of a guide's blocks to pages, files or sections that it does not hold."""
    ids = {f"{p.id}.md": links.sections("\n".join(b.template for b in p.blocks)) for p in guide.pages}
    out = []
    for page in guide.pages:
        for block in page.blocks:
            for file, section in TO.findall(block.template):
                file = file or f"{page.id}.md"
                if not (file in ids or file in guide.assets) or (section and section not in ids.get(file, ())):
                    out.append(f"{page.id}/{block.id}: {file}#{section}")
    return out


def page(id: str, text: str) -> Page:
    return Page(id, id, "Start", 1, (Block("all", text),))


def settled(text: str) -> str:
    others = page("visas", "## Gates { #gates }\n\n<div id='x'></div>"), page("compare", "# Compare")
    return links.settled((page("index", text), *others), ["guide-dates.ics"])[0].blocks[0].template


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("See [them](visas.md#gates) now.", "See [them](visas.md#gates) now."),
        ("Take [it](guide-dates.ics).", "Take [it](guide-dates.ics)."),
        ("[a](https://nrmp.org/x) and [b](#here)", "[a](https://nrmp.org/x) and b"),
        ("See [the *roads*](visas.md#roads) now.", "See the *roads* now."),
        ("**[Radiology](card.md)** stays.", "**Radiology** stays."),
        ("It changes. [All of them](visas.md#flips). Next.", "It changes. Next."),
        ("It changes. [All of them](visas.md#flips)", "It changes."),
        ("[A](compare.md) · [B](b.md) · [C](visas.md)", "[A](compare.md) · [C](visas.md)"),
        ("[A](compare.md) · [B](b.md)", "[A](compare.md)"),
        ("[A](a.md) · [B](visas.md)", "[B](visas.md)"),
        ("One. [What then](none.md|compare.md)", "One. [What then](compare.md)"),
        ("[102](sources.md#ev-x){.fig data-evidence=\"x\"} of us", "102 of us"),
        ("It was so. [102](sources.md#ev-x){.fig data-evidence=\"x\"}.", "It was so. 102."),
        ("What is left: [home](none.md).", "What is left: home."),
        ("- [a link](none.md) in a list", "- a link in a list"),
        ("| [cell](none.md) |", "| cell |"),
    ],
)  # fmt: skip
def test_a_link_leads_to_what_is_there_or_keeps_its_words(written: str, shown: str) -> None:
    assert settled(written) == shown


@pytest.mark.parametrize("name", ["amara", "smallest", "weak-radiology"])
def test_sections_are_ids_of_the_page(name: str) -> None:
    """What the link settler takes for a section is one in the page's HTML too."""
    for page in session_of(name).guide.pages:
        named = links.sections("\n".join(b.template for b in page.blocks))
        assert named <= set(ID.findall(page_html(page))), page.id


@pytest.mark.parametrize("name", ["guide-without-a-radiology-card", "guide-without-flips"])
@pytest.mark.parametrize("day", ["2026-06-15", "2026-11-24", "2027-03-22"])
def test_people_who_got_no_guide_get_one(name: str, day: str) -> None:
    data = profile_data(read_case(TESTS / "cases" / f"{name}.yml"))
    _, plan, guide = people.guide_of(data, dt.date.fromisoformat(day))
    assert not broken_links(guide)
    if name == "guide-without-a-radiology-card":
        home = "\n".join(b.template for b in guide.page("index").blocks)
        assert "diagnostic-radiology" not in plan.combination.specialties
        assert "Diagnostic Radiology" not in home, "advised to who marked it 1"


def test_sixty_people_get_their_guides_and_every_link_leads_somewhere() -> None:
    broken = []
    for seed, (data, on) in enumerate(SIXTY):
        try:
            _, plan, guide = people.guide_of(data, on)
        except MistakesFound as error:
            broken.append(f"{seed} on {on}: {error}")
            continue
        broken += [f"{seed} on {on}: {x}" for x in broken_links(guide)]
        blocks = [(p.id, b.template) for p in guide.pages for b in p.blocks]
        broken += [f"{seed} on {on}: a How without a link on {id}" for id, text in blocks if HELPLESS.search(text)]
        closed = {c.what.partition(":")[2] for c in plan.closed if c.what.startswith("specialty:")} - {people.IR}
        for block in guide.page("index").blocks:
            advised = re.findall(r"\(specialty-([\w-]+)\.md", block.template)
            broken += [f"{seed} on {on}: Home advises {x}, closed to them" for x in advised if x in closed]
    assert not broken, "\n".join(broken)


def test_the_drawn_people_are_as_people_are() -> None:
    plans = [people.plan_only(data, on) for data, on in SIXTY]
    levels = [plan.combination.level for _, plan in plans]
    assert levels.count("strong") >= 15
    assert levels.count("middle") >= 15
    assert levels.count("weak") + levels.count("none") >= 15
    assert sum(people.IR in plan.combination.specialties for _, plan in plans) >= 20
    assert sum(plan.visa.restriction is not None for _, plan in plans) >= 6
    assert sum(plan.visa.needs == "none" for _, plan in plans) >= 6
    assert sum(bool(profile.interviews) for profile, _ in plans) >= 6
    assert sum(plan.stage == "after" for _, plan in plans) >= 6
    assert len({on.month for _, on in SIXTY}) == 12
    assert any(1 in profile.backups.enjoyment.values() for profile, _ in plans)
    assert any(profile.backups.open_to for profile, _ in plans)


def test_no_link_is_written_that_no_guide_can_have() -> None:
    """A missing target never stops a build, so a misspelled one must be found here."""
    names = Names(read(paths.CONTENT, paths.TEMPLATES))
    assert list(prose.problems(names)) == []
    for to in ("vissas.md", "programs.md#first-yeers", "specialty-{{ s }}.md#how-you-stnd", "sheet.csv",
               "specialty-radiology.md", "compare.md|vissas.md"):  # fmt: skip
        names.written.texts = {"pages/10-index.md": f"[x]({to})"}
        found = list(prose.problems(names))
        assert len(found) == 1, f"{to}: {found}"


def test_the_guide_of_an_example_loses_no_link() -> None:
    """What is left out of Amara's guide is nothing: the resolver must not eat links that lead somewhere."""
    text = "\n".join(b.template for p in session_of("amara").guide.pages for b in p.blocks)
    assert text.count(".md#how-you-stand)") == 3
    assert text.count("(why-a-backup.md#flips)") >= 1

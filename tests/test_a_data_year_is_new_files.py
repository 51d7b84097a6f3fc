"""A season later: its dates and each kind of yearly figures come as new files, nothing else is touched. Then no page
shows a figure of another year, unless it says which year it is of."""

import datetime as dt
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from matchguide import paths
from matchguide.checks.whole import check
from matchguide.content import season as seasons
from matchguide.content import store
from matchguide.mistakes import MistakesFound
from matchguide.pages.guide import Guide
from matchguide.profile.dates import MONTHS
from matchguide.session import Session
from support import content, merged, profile_file

# A year that stands alone: not behind a month (a date is told as one), and no season, "2026-27".
YEAR = re.compile(rf"(?:\b(?:{'|'.join(MONTHS)}) )?(?<![\d$,.-])(20[12]\d)(?![\d,-])")
DAYS = (dt.date(2027, 6, 14), dt.date(2027, 11, 24), dt.date(2028, 3, 14))
OWN = "2020 "  # the end of an example's residency, which their answers name
PEOPLE = ("amara", "restricted-radiologist", "weak-radiology", "drawn-to-surgery")


def a_year_later(text: str) -> str:
    """Every day 52 weeks later, so that weekdays stay; every other year one more."""

    def one(hit: re.Match[str]) -> str:
        if hit[1]:
            return str(dt.date.fromisoformat(hit[1]) + dt.timedelta(weeks=52))
        return str(int(hit[0]) + 1)

    return re.sub(r"(\d{4}-\d\d-\d\d)(?!\d)|(?<!\d)20\d\d(?!\d)", one, text)


def ten_years_later(text: str) -> str:
    """Ten, so that no year of new figures is a year of old ones."""
    return re.sub(r"(?<!\d)20\d\d(?!\d)", lambda hit: str(int(hit[0]) + 10), text)


def figures() -> set[str]:
    """The items of evidence of one year's figures."""
    heads = tuple(content().seasons[2027].evidence.model_dump().values())
    return {item for item in content().evidence.items if item.startswith(heads)}


def sources() -> set[str]:
    """The items that the season's own days rest on."""
    named = {e.source for e in content().seasons[2027].events if e.source}
    return {item for item in named if a_year_later(item) != item}


@pytest.fixture(scope="module")
def next_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("a-year-later") / "content"
    shutil.copytree(paths.CONTENT, place)
    season = a_year_later((place / "seasons" / "2027.yml").read_text(encoding="utf-8"))
    for name in content().seasons[2027].evidence.model_dump().values():
        season = season.replace(a_year_later(name), ten_years_later(name), 1)
    (place / "seasons" / "2028.yml").write_text(season, encoding="utf-8")
    new: dict[str, Any] = {}
    for path in sorted((place / "evidence").glob("*.yml")):
        items = yaml.safe_load(path.read_text(encoding="utf-8"))["items"]
        new |= {ten_years_later(id): moved(items[id], ten_years_later) for id in items.keys() & figures()}
        new |= {a_year_later(id): moved(items[id], a_year_later) for id in items.keys() & sources()}
    (place / "evidence" / "a-year-later.yml").write_text(yaml.safe_dump({"items": new}), encoding="utf-8")
    return place


def moved(item: dict[str, Any], later: Callable[[str], str]) -> dict[str, Any]:
    """An item of a later year: other words and years, the same values and source."""
    out = dict(item)
    for key in ("says", "year", "population"):
        if key in out:
            out[key] = type(out[key])(later(str(out[key])))
    if "derive" in out:
        out["derive"] = {**out["derive"], "of": [later(o) for o in out["derive"]["of"]]}
    return out


@pytest.fixture(scope="module")
def guides(next_content: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Guide]:
    made = []
    for name in PEOPLE:
        data = merged(profile_file(f"{name}.yml"), {"goal": {"season": 2028}})
        path = tmp_path_factory.mktemp("profile") / "profile.yml"
        path.write_text(yaml.safe_dump(data), encoding="utf-8")
        made += [Session(path, day, next_content, paths.TEMPLATES).guide for day in DAYS]
    return made


def test_no_figure_of_another_year(guides: list[Guide]) -> None:
    old = figures()
    assert len(old) > 90
    found = set()
    for guide in guides:
        for page in guide.pages:
            for block in page.blocks:
                for item in re.findall(r"sources\.md#ev-([a-z0-9-]+)", block.template):
                    if item in old:
                        found.add((page.id, block.id, item))
    assert not found, "\n".join(map(str, sorted(found)))


def test_a_year_that_is_named_is_that_of_a_figure_beside_it(guides: list[Guide], next_content: Path) -> None:
    evidence = store.load(next_content).evidence
    found = set()
    for guide in guides:
        for page in guide.pages:
            for block in page.blocks:
                if page.id == "sources" or block.id == "what-you-said":
                    continue
                beside = OWN + " ".join(
                    f"{i} {evidence.items[i].year} {evidence.items[i].says}"
                    for i in re.findall(r"sources\.md#ev-([a-z0-9-]+)", block.template)
                )
                words = re.sub(r"\]\([^)]*\)\{[^}]*\}|data-[a-z]+=\"[^\"]*\"|https?:\S+", "", block.template)
                for hit in YEAR.finditer(words):
                    if hit[0] == hit[1] and hit[1] not in beside and int(hit[1]) < 2027:
                        found.add((page.id, block.id, hit[1], words[max(0, hit.start() - 60) : hit.end() + 30]))
    assert not found, "\n".join(map(str, sorted(found)))


def test_a_figure_that_the_new_year_lacks_is_told_where_it_is_shown(next_content: Path, tmp_path: Path) -> None:
    shutil.copytree(next_content, tmp_path / "content")
    new = tmp_path / "content" / "evidence" / "a-year-later.yml"
    items = yaml.safe_load(new.read_text(encoding="utf-8"))["items"]
    del items["charting-2036-neurology-all"], items["eras-fees-2036"]["value"]["first_step_each"]
    new.write_text(yaml.safe_dump({"items": items}), encoding="utf-8")
    with pytest.raises(MistakesFound) as found:
        check(tmp_path / "content", paths.TEMPLATES)
    text = found.value.text()
    told = "outcomes:neurology-all is not among the figures of charting-2036, which a season is planned with"
    assert re.search(rf"specialties/neurology\.md:\d+:\d+:? +{told}", text)
    assert re.search(r"money\.yml:\d+:\d+:? .*fees\.first_step_each is not among the figures of eras-fees-2036", text)


def test_texts_name_figures_by_their_kind() -> None:
    """`[[outcomes:dr.matched]]`, not `[[charting-2026-dr.matched]]`: only evidence and seasons know the year."""
    heads = "|".join(content().seasons[2027].evidence.model_dump().values())
    found = [
        f"{path}: {hit[0]}"
        for folder in (paths.CONTENT, paths.TEMPLATES)
        for path in folder.rglob("*.[ymj]*")
        if path.parent.name not in ("evidence", "seasons") and path.suffix in (".yml", ".md", ".jinja")
        for hit in re.finditer(rf"\b({heads})\b(?!-?[a-z-]*since)", path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("year", sorted(content().seasons))
def test_match_week_of_every_season_runs_from_monday_to_friday(year: int) -> None:
    season = content().seasons[year]
    days = [season.day(event) for event in ("match_week", "soap_opens", "soap_rounds", "match_day")]
    assert [f"{day:%A}" for day in days] == ["Monday", "Tuesday", "Thursday", "Friday"]
    assert days[3] - days[0] == dt.timedelta(days=4)
    assert dt.date(year, 3, 15) <= days[3] <= dt.date(year, 3, 21), "the third Friday of March"


@pytest.mark.parametrize(("event", "moved_to"), [("match_week", "2027-03-14"), ("match_day", "2027-03-26")])
def test_a_season_whose_match_week_is_no_week_is_refused(tmp_path: Path, event: str, moved_to: str) -> None:
    text = (paths.CONTENT / "seasons" / "2027.yml").read_text(encoding="utf-8")
    (tmp_path / "2027.yml").write_text(re.sub(rf"(id: {event},.*?when: )[0-9-]+", rf"\g<1>{moved_to}", text))
    with pytest.raises(MistakesFound) as found:
        seasons.load(tmp_path)
    assert "Match Week runs from a Monday to the Friday after it" in found.value.text()

"""The built sites: every link leads somewhere, nothing comes from outside, the same input gives the same bytes."""

import html
import html.parser
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from examples import DAY, PROFILES, ROOT, session_of
from matchguide import paths
from matchguide.mistakes import MistakesFound
from matchguide.site.build import build
from matchguide.site.eject import eject


class _Page(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.evidence: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if given.get("src"):
            self.sources.append(str(given["src"]))
        if tag == "link" and given.get("href"):
            self.sources.append(str(given["href"]))
        if given.get("data-evidence"):
            self.evidence.append(str(given["data-evidence"]))


def read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


@pytest.mark.parametrize("name", PROFILES)
def test_every_link_anchor_and_file_exists(name: str, sites: dict[str, Path]) -> None:
    site = sites[name]
    pages = {p.name: read(p) for p in site.glob("*.html")}
    broken = []
    for file, page in pages.items():
        if file == "404.html":
            continue  # served from anywhere: its links are absolute by design
        for target in (*page.links, *page.sources):
            parts = urlsplit(target)
            if parts.scheme in ("http", "https", "mailto", "data"):
                continue
            name_part = unquote(parts.path) or file
            name_part = name_part.removeprefix("./")
            if name_part in (".", ""):
                name_part = "index.html"
            if not (site / name_part).is_file() or (
                parts.fragment
                and name_part in pages
                and not parts.fragment.startswith("__")
                and unquote(parts.fragment) not in pages[name_part].ids
            ):
                broken.append(f"{file}: {target}")
    assert not broken, "\n".join(broken[:20])


@pytest.mark.parametrize("name", PROFILES)
def test_ids_are_unique_on_every_page(name: str, sites: dict[str, Path]) -> None:
    for path in sites[name].glob("*.html"):
        ids = read(path).ids
        twice = {i for i in ids if ids.count(i) > 1 and not i.startswith("__")}
        assert not twice, f"{path.name}: {sorted(twice)[:5]}"


@pytest.mark.parametrize("name", PROFILES)
def test_every_figure_leads_to_its_item(name: str, sites: dict[str, Path]) -> None:
    items = session_of(name).content.evidence.items
    sources = set(read(sites[name] / "sources.html").ids)
    for path in sites[name].glob("*.html"):
        for item in read(path).evidence:
            assert item in items
            assert f"ev-{item}" in sources, f"{path.name} cites {item}, which Sources does not show"


@pytest.mark.parametrize("name", PROFILES)
def test_pages_ask_no_other_host_and_hide_from_search_engines(name: str, sites: dict[str, Path]) -> None:
    for path in sites[name].glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert 'name="robots" content="noindex' in text, path.name
        assert "Content-Security-Policy" in text
        for source in read(path).sources:
            assert not urlsplit(source).netloc or urlsplit(source).netloc == "", f"{path.name}: {source}"
        assert "fonts.googleapis" not in text
        assert "unpkg.com" not in text


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_same_day_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two whole processes, in other folders, time zones and with another hash seed."""
    trees = []
    for i, zone in enumerate(("UTC", "Asia/Colombo")):
        env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": str(i)}
        target = tmp_path / f"folder{i}" / "guide"
        subprocess.run(
            [
                sys.executable,
                "-m",
                "matchguide.cli.main",
                "build",
                str(ROOT / "profiles/amara.yml"),
                "-o",
                str(target),
                "--on",
                str(DAY),
            ],
            check=True,
            env=env,
            cwd=tmp_path,
            capture_output=True,
        )
        trees.append(_tree(target))
    assert trees[0].keys() == trees[1].keys()
    assert [n for n in trees[0] if trees[0][n] != trees[1][n]] == []
    assert len(trees[0]) > 40


def test_a_failed_build_leaves_the_last_good_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "guide"
    build(session_of("smallest").guide, target)
    before = _tree(target)

    def broken(*args: object) -> None:
        raise MistakesFound([])

    monkeypatch.setattr("matchguide.site.build.mkdocs_build", broken)
    with pytest.raises(MistakesFound):
        build(session_of("amara").guide, target)
    assert _tree(target) == before
    assert [p.name for p in tmp_path.iterdir()] == ["guide"], "half-built folders stay behind"


ENGINES = {
    "mkdocs": [sys.executable, "-m", "mkdocs", "build", "--strict"],
    "properdocs": [sys.executable, "-m", "properdocs", "build", "--strict"],
    "zensical": [sys.executable, "-m", "zensical", "build", "--strict"],
}


@pytest.fixture(scope="session")
def ejected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ejected") / "amara"
    eject(session_of("amara").guide, folder, paths.TEMPLATES, paths.MKDOCS_YML)
    return folder


@pytest.mark.parametrize("engine", ENGINES)
def test_the_ejected_project_builds_without_us(
    engine: str, ejected: Path, sites: dict[str, Path], tmp_path: Path
) -> None:
    """Strictly, in three engines; and the reader misses no words."""
    import shutil

    project = tmp_path / "project"
    shutil.copytree(ejected, project)
    ran = subprocess.run(
        ENGINES[engine],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1781481600"},
    )
    told = re.sub(r"\x1b\[[0-9;]*m", "", ran.stdout + ran.stderr)
    assert ran.returncode == 0, told[-1500:]
    for page in ("index", "letters", "interviews-internal-medicine", "whole"):
        assert words(project / "site" / f"{page}.html") == words(sites["amara"] / f"{page}.html"), page
    assert "matchguide" not in (project / "mkdocs.yml").read_text().split("plugins:")[1]


def words(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    start = text.index("<article")
    article = text[start : text.index("</article>", start)]
    article = re.sub(r"<(script|style|button|nav|footer)\b.*?</\1>", " ", article, flags=re.S)
    article = re.sub(r'<a[^>]*class="headerlink".*?</a>', " ", article, flags=re.S)
    return html.unescape(re.sub(r"<[^>]+>", " ", article)).split()


def test_gh_deploy_is_refused(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "mkdocs", "gh-deploy"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode != 0
    assert "publish exam scores" in ran.stdout + ran.stderr


def test_plain_mkdocs_builds_the_named_profile(tmp_path: Path) -> None:
    env = {**os.environ, "MATCHGUIDE_PROFILE": str(ROOT / "profiles/weak-radiology.yml"), "MATCHGUIDE_ON": str(DAY)}
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path / "site")],
        cwd=ROOT,
        check=True,
        env=env,
        capture_output=True,
    )
    assert not (tmp_path / "site" / "interviews-interventional-radiology.html").exists()
    assert (tmp_path / "site" / "specialty-internal-medicine.html").exists()
    assert [p.name for p in (tmp_path / "site" / "search").iterdir()] == ["search_index.js"]  # one for both ways


def test_the_search_index_leaves_the_print_page_out(sites: dict[str, Path]) -> None:
    index = json.loads((sites["amara"] / "search" / "search_index.js").read_text().removeprefix("var __index = "))
    places = {d["location"].split("#")[0] for d in index["docs"]}
    assert "programs.html" in places
    assert "whole.html" not in places


@pytest.mark.parametrize("name", ["amara", "smallest"])
def test_single_sources_stand_neither_in_search_nor_in_contents(name: str, sites: dict[str, Path]) -> None:
    """There are more than a hundred: whoever wants one comes by its figure."""
    text = (sites[name] / "search" / "search_index.js").read_text()
    assert "sources.html#what-it-cannot-tell-you" in text
    assert "#ev-" not in text
    page = (sites[name] / "sources.html").read_text()
    assert page.count(' id="ev-') > 50
    contents = re.findall(r'<a href="(#[^"]+)" class="md-nav__link"', page)
    assert "#what-it-cannot-tell-you" in contents
    assert not [to for to in contents if to.startswith("#ev-")]


@pytest.mark.parametrize("name", PROFILES)
def test_a_guide_holds_only_what_its_pages_ask_for(name: str, sites: dict[str, Path]) -> None:
    """No maps of the theme's scripts, no search in other languages, no second index, no map for search engines."""
    files = {p.relative_to(sites[name]).as_posix(): p.stat().st_size for p in sites[name].rglob("*") if p.is_file()}
    assert not [path for path in files if path.endswith(".map") or "lunr" in path or "sitemap" in path]
    assert [path for path in files if path.startswith("search/")] == ["search/search_index.js"]
    assert sum(files.values()) < 2_500_000


def test_extensions_are_the_same_in_mkdocs_yml_and_in_render() -> None:
    import yaml

    from matchguide.render.markdown import EXTENSIONS

    listed = yaml.safe_load((ROOT / "mkdocs.yml").read_text())["markdown_extensions"]
    names = [next(iter(x)) if isinstance(x, dict) else x for x in listed]
    assert names == EXTENSIONS


def test_the_single_file_holds_everything(single: Path) -> None:
    text = single.read_text(encoding="utf-8")
    page = read(single)
    assert "<script src" not in text
    for target in page.links:
        if target.startswith("#"):
            assert target[1:] in page.ids, target
        else:
            assert urlsplit(target).scheme in ("https", "http", "data"), target
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("name", PROFILES)
def test_no_markup_shows_as_text(name: str, sites: dict[str, Path]) -> None:
    """A link or attribute that Markdown did not read would stand on the page as it was written."""
    for path in sites[name].glob("*.html"):
        shown = " ".join(words(path))
        for scrap in ("](", "{.fig", "data-evidence=", "[[", "{{", "{%", "<bdi", "{ #", "{: "):
            assert scrap not in shown, f"{path.name}: {shown[max(0, shown.find(scrap) - 60) :][:140]}"
        swallowed = re.search(r"[a-z.)] ?- [A-Z][a-z]+ [a-z]", shown)
        assert not swallowed, f"{path.name}: a list ran into one line: {shown[swallowed.start() - 60 :][:140]}"


FIGURE = re.compile(
    r"\$\s?\d+(?:,\d{3})*|\d[\d.,]*\s*(?:%|percent)|\b\d+ of \d+\b|\b\d{1,3}(?:,\d{3})+\b|\babout \d+ in 10\b"
)


@pytest.mark.parametrize("name", PROFILES)
def test_no_figure_stands_without_a_source(name: str, sites: dict[str, Path]) -> None:
    """Percentages, dollars, "x of y" and thousands on a page are links to their item under Sources, except what
    the reader told us (budget, marks out of five), what we drew ourselves (ways of weighing), and the sum of the
    season's price, whose lines are links."""
    from lxml import html as tree

    from matchguide.pages.season_costs import costs
    from matchguide.plan.situation import read

    session = session_of(name)
    budget = session.plan.budget_usd or 0
    draws = session.content.goals[session.profile.goal.specialty].count("draws")
    ours = {f"{draws:,}", f"${budget:,}", f"${budget - session.plan.fees_usd:,}", "$0"}
    plan, season = session.plan, session.season
    still = costs(read(session.profile, session.content, season, plan.on), plan, season.evidence.fees)
    ours |= {f"${sum(prices):,}" for prices in ([c.low for c in still], [c.high for c in still])}
    bare = []
    for path in sites[name].glob("*.html"):
        if path.stem in ("404", "sources", "whole"):
            continue
        article = tree.parse(str(path)).getroot().xpath("//article")[0]
        for told in article.xpath(
            ".//a[@data-evidence] | .//bdi | .//details[@class='why'] | .//svg | .//script | .//code"
        ):
            told.tail = f" * {told.tail or ''}"
            told.drop_tree()
        for text in (" ".join(e.text_content().split()) for e in article.xpath(".//p | .//li | .//td")):
            for hit in FIGURE.finditer(text):
                around = text[max(0, hit.start() - 25) : hit.end() + 25]
                weighed = "ways of weighing" in text or "of weighing it stays first in" in text
                if hit[0] not in ours and not hit[0].endswith(" of 5") and not weighed:
                    bare.append(f"{path.name}: {around}")
    assert not bare, "\n".join(sorted(set(bare))[:20])

"""Blocks: golden files for four profiles, home pages whole, and what a block promises."""

import re
from pathlib import Path

import pytest

from examples import session_of
from matchguide.pages.said import SLOT
from matchguide.render.markdown import as_html, as_markdown, new_markdown, page_html

pytestmark = pytest.mark.fast

GOLDEN = Path(__file__).parent / "golden"
REVIEWED = ("amara", "restricted-radiologist", "smallest", "ranking")


def _compare(path: Path, text: str, refresh: bool) -> None:
    if refresh:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{path} is missing: run pytest --refresh and review it"
    assert path.read_text(encoding="utf-8") == text, f"{path} differs: review, then pytest --refresh"


@pytest.mark.parametrize("name", REVIEWED)
def test_blocks_are_as_reviewed(name: str, request: pytest.FixtureRequest) -> None:
    refresh = request.config.getoption("--refresh")
    folder = GOLDEN / name
    expected: set[Path] = set()
    for page in session_of(name).guide.pages:
        lines = []
        for block in page.blocks:
            text = SLOT.sub(lambda hit, b=block: "{{" + b.slots[int(hit[1])] + "}}", block.template)
            refs = ", ".join(f"{r.kind}:{r.name}" for r in block.refs)
            lines.append(f"=== {block.id}\n--- {refs}\n{text}\n")
        path = folder / f"{page.id}.md"
        expected.add(path)
        _compare(path, "\n".join(lines), refresh)
    standing = set(folder.glob("*.md"))
    if refresh:
        for path in standing - expected:
            path.unlink()
        standing = expected
    assert standing == expected, "golden files of pages that are gone"


@pytest.mark.parametrize("name", REVIEWED)
def test_home_pages_are_as_reviewed(name: str, request: pytest.FixtureRequest) -> None:
    text = page_html(session_of(name).guide.page("index"))
    _compare(GOLDEN / f"home-{name}.html", text + "\n", request.config.getoption("--refresh"))


def _even(markup: str) -> str:
    """Blank lines between elements are no part of a page."""
    return re.sub(r"\n{2,}", "\n", markup)


@pytest.mark.parametrize("name", REVIEWED)
def test_a_joined_page_equals_its_joined_blocks(name: str) -> None:
    """No block leans on its neighbours."""
    md = new_markdown()
    for page in session_of(name).guide.pages:
        joined = "\n\n".join(b.template for b in page.blocks)
        apart = "\n".join(md.reset().convert(b.template) for b in page.blocks)
        # Only the numbering of slots differs, since each block counts its own.
        whole = md.reset().convert(joined)
        assert _even(SLOT.sub("@", whole)) == _even(SLOT.sub("@", apart)), page.id


def test_blocks_have_distinct_names() -> None:
    for page in session_of("amara").guide.pages:
        ids = [b.id for b in page.blocks]
        assert len(ids) == len(set(ids)), page.id


def test_reader_text_is_the_same_text_in_both_renderings() -> None:
    """Slots put in after Markdown and character references before it show the same."""
    import html

    md = new_markdown()

    def shown(markup: str) -> str:
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())

    for page in session_of("amara").guide.pages:
        head_end = as_markdown(page).split("---\n", 2)[2]
        ours = "\n".join(as_html(b, md) for b in page.blocks)
        assert shown(md.reset().convert(head_end)) == shown(ours), page.id

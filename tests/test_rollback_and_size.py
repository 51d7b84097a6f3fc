"""What a host learns from sizes, and what an old build that was put back meets on a device that saw a newer one."""

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from examples import PROFILES
from github_pages import PASSWORD, GitHubPages, files_of
from matchguide import paths
from matchguide.pdf.offer import NAME
from matchguide.publish.head import CHUNK, MOST_CHUNKS
from matchguide.publish.packing import FINE_PIECES, fewest, pieces
from matchguide.publish.site import salt_for, write_site
from test_publish_browser import context, enter, lock, opened, state, unlock

__all__ = ["context"]


def test_all_examples_make_as_many_pieces_with_and_without_the_workbook(
    sites: dict[str, Path], workbooks: Callable[..., bytes]
) -> None:
    """A count of its own would tell one guide from another."""

    def packed(files: dict[str, bytes]) -> int:
        return sum(len(gzip.compress(data, 9, mtime=0)) for data in files.values())

    def count(files: dict[str, bytes], size: int) -> int:
        return pieces(max(-(-size // CHUNK), fewest(files)))

    plain = {name: files_of(sites[name]) for name in PROFILES}
    sizes = {name: packed(files) for name, files in plain.items()}
    assert len({count(files, sizes[name]) for name, files in plain.items()}) == 1
    papers = [*((name, "letter") for name in PROFILES), ("amara", "a4"), ("smallest", "a4")]
    books = [(name, {NAME: workbooks(name, paper)}) for name, paper in papers]
    printed = {count({**plain[name], **book}, sizes[name] + packed(book)) for name, book in books}
    assert len(printed) == 1


def test_pieces_are_never_fewer_than_needed_nor_more_than_a_reader_takes() -> None:
    counts = [pieces(n) for n in range(1, MOST_CHUNKS + 1)]
    assert all(n <= count <= n + 2 for n, count in enumerate(counts, 1))
    assert counts == sorted(counts)
    assert max(counts) == MOST_CHUNKS


def _renewed(pages: GitHubPages, sites: dict[str, Path], title: bytes) -> None:
    files = files_of(sites["amara"])
    files["index.html"] = files["index.html"].replace(b"<title>", b"<title>" + title + b" ")
    write_site(files, pages.folder, PASSWORD, paths.TEMPLATES, salt_for(pages.folder, PASSWORD))


@pytest.mark.browser
def test_an_older_build_that_was_put_back_is_told(
    context: Any,
    pages: GitHubPages,
    sites: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An open or remembered guide stays with the newer build; who types the password is told, and may still read."""
    monkeypatch.setattr("matchguide.publish.packing.time.time", lambda: 1_800_000_000)
    _renewed(pages, sites, b"Older")
    shutil.copytree(pages.folder, tmp_path / "kept")
    monkeypatch.setattr("matchguide.publish.packing.time.time", lambda: 1_800_000_600)
    _renewed(pages, sites, b"Newer")
    page = enter(context, pages.url)
    assert page.title().startswith("Newer")

    shutil.rmtree(pages.folder)
    shutil.copytree(tmp_path / "kept", pages.folder)
    for _ in range(3):
        page.reload()
        opened(page)
        assert page.title().startswith("Newer"), "an open guide went back to the older build"
    lock(page)
    unlock(page)
    state(page, "older")
    assert "older than the one that was opened on this device" in page.locator("#status").inner_text()
    assert page.title() == "Private"
    unlock(page)
    opened(page)
    assert page.title().startswith("Older")

    stranger = context.browser.new_context()
    assert enter(stranger, pages.url).title().startswith("Older"), "a device that saw no newer one cannot know"
    stranger.close()


def test_a_small_site_is_filled_up_to_what_others_take(tmp_path: Path) -> None:
    """A guide of later months is smaller: its number of pieces is not to tell the month."""
    sealed = write_site({"index.html": b"x"}, tmp_path / "public", PASSWORD, paths.TEMPLATES, None)
    assert len(sealed.blobs) == FINE_PIECES

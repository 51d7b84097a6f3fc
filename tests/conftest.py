"""Sites are built once and shared by all tests that look at them."""

import functools
import http.server
import io
import os
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from filelock import FileLock

from examples import PROFILES, session_of
from github_pages import PASSWORD, GitHubPages, files_of
from matchguide import paths
from pdf_reading import Element, structure

# Messages hide the reader's words under CI; tests see them as a reader does unless they say otherwise.
ON_CI = bool(os.environ.pop("CI", None))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh", action="store_true", help="write the golden files anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, or at the end one process would wait for the other: those that use a browser, then those of
    few tests, each of which is long. Those that `make check` runs come last."""
    of_file = Counter(item.path for item in items)
    fast, seen = ({item.path for item in items if item.get_closest_marker(mark)} for mark in ("fast", "browser"))
    items.sort(key=lambda item: (item.path in fast, item.path not in seen, of_file[item.path], item.path))


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """What `make` puts at a path, once for all test processes that run side by side."""
    home = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        home = home.parent
    with FileLock(home / f"{name}.lock"):
        if not (home / f"{name}.done").exists():
            make(home / name)
            (home / f"{name}.done").touch()
    return home / name


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every example profile as a built site."""
    from matchguide.site.build import build

    def make(home: Path) -> None:
        for name in PROFILES:
            build(session_of(name).guide, home / name)

    home = once(tmp_path_factory, "sites", make)
    return {name: home / name for name in PROFILES}


@pytest.fixture(scope="session")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from matchguide.site.single import single

    path = tmp_path_factory.mktemp("single") / "guide.html"
    path.write_bytes(single(session_of("amara").guide, paths.TEMPLATES))
    return path


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture(scope="session")
def served(sites: dict[str, Path]) -> Iterator[str]:
    """The address of a server over the folder that holds every site."""
    folder = next(iter(sites.values())).parent
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A real Chromium. Without one the browser tests are skipped, and in CI that is a failure."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        if ON_CI:
            pytest.fail("no Chromium in CI: .ci/run installs it")
        pytest.skip("no Chromium: the browser tests are skipped")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def workbooks() -> Callable[..., bytes]:
    """The workbook of an example profile, made once."""
    from matchguide.pdf.workbook import workbook

    @functools.cache
    def made(name: str, paper: str = "letter") -> bytes:
        s = session_of(name)
        book = workbook(s.guide, s.plan, s.profile, s.words, paper, s.on)
        assert not book.replaced
        return book.data

    return made


@pytest.fixture(scope="session")
def structures(workbooks: Callable[..., bytes]) -> Callable[[str], Element]:
    """What a reading program finds in the workbook of an example profile."""

    @functools.cache
    def read(name: str) -> Element:
        with pikepdf.open(io.BytesIO(workbooks(name))) as pdf:
            return structure(pdf)

    return read


@pytest.fixture(scope="session")
def sealed(sites: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's site, sealed."""
    from matchguide.publish.site import write_site

    def make(folder: Path) -> None:
        write_site(files_of(sites["amara"]), folder, PASSWORD, paths.TEMPLATES, None)

    return once(tmp_path_factory, "sealed", make)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The app, as the command writes it. Without npm its tests are skipped, and in CI that is a failure."""
    if not shutil.which("npm"):
        if ON_CI:
            pytest.fail("no npm in CI: it fetches Python for browsers")
        pytest.skip("no npm: the tests of the app are skipped")
    from matchguide.cli.main import main

    def make(folder: Path) -> None:
        assert main(["webapp", "-o", str(folder)]) == 0

    return once(tmp_path_factory, "app", make)


@pytest.fixture
def pages(sealed: Path, tmp_path: Path) -> Iterator[GitHubPages]:
    """A copy of the sealed site that a test may change, at an address that no other test has seen."""
    shutil.copytree(sealed, tmp_path / "public")
    with GitHubPages(tmp_path / "public") as server:
        yield server

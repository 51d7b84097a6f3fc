"""`mkdocs serve`: a change of the profile or of a template shows without a restart."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from examples import DAY, ROOT
from matchguide import paths
from matchguide.pages.write import forget
from matchguide.render.markdown import page_html
from matchguide.session import Session


def _free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


def _page(port: int, wanted: str, seconds: float = 30) -> str:
    """The home page once it holds `wanted`, or whatever it held at the end."""
    text, end = "", time.monotonic() + seconds
    while time.monotonic() < end and wanted not in text:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/index.html", timeout=5) as answer:
                text = answer.read().decode()
        except OSError:
            time.sleep(0.2)
        time.sleep(0.2)
    return text


def test_a_changed_profile_shows(tmp_path: Path) -> None:
    profile = tmp_path / "me.yml"
    text = (ROOT / "profiles" / "amara.yml").read_text(encoding="utf-8")
    profile.write_text(text, encoding="utf-8")
    port = _free_port()
    env = {**os.environ, "MATCHGUIDE_PROFILE": str(profile), "MATCHGUIDE_ON": str(DAY)}
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}", "-q"]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert "Amara Silva" in _page(port, "Amara Silva").replace("&#32;", " ")
        profile.write_text(text.replace("Amara Silva", "Zoya Khan"), encoding="utf-8")
        assert "Zoya Khan" in _page(port, "Zoya Khan")
        profile.write_text("goal: {specialty: interventional-radiolgy}\n", encoding="utf-8")
        time.sleep(2)  # longer than the watch's round
        assert "Zoya Khan" in _page(port, "Zoya Khan", 5), "a mistake in the profile leaves the last guide to read"
    finally:
        server.terminate()
        server.wait(timeout=10)


def test_a_changed_template_shows(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(paths.TEMPLATES, templates)

    def home() -> str:
        return page_html(Session(ROOT / "profiles" / "amara.yml", DAY, templates=templates).guide.page("index"))

    assert "things to do" in home()
    page = templates / "words" / "home.yml"
    page.write_text(page.read_text(encoding="utf-8").replace("things to do", "things for now"), encoding="utf-8")
    forget()
    assert "things to do" not in home()

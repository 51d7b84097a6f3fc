"""The clear files of a sealed guide, from templates/publish: scripts and styles put in, and a policy that allows
exactly these."""

import base64
from pathlib import Path

from matchguide.output.ours import signed_html
from matchguide.publish.head import read_head
from matchguide.publish.packing import Sealed
from matchguide.site.scripts import sum_of
from matchguide.site.single import clock

FOLDER = "sealed"
HEAD = f"{FOLDER}/head"
PAGE_SCRIPT = f"{FOLDER}/page.js"


def _text(templates: Path, name: str) -> str:
    return (templates / "publish" / name).read_text(encoding="utf-8")


def _script(templates: Path, name: str) -> str:
    """A script with the format's functions before it."""
    return _text(templates, "format.js") + _text(templates, name)


def _page(templates: Path, name: str, script: str, policy: str, later: str = "") -> str:
    """`later` is a script that the opened guide brings: its policy can only be stricter than this page's."""
    style = _text(templates, "unlock.css")
    scripts = " ".join(sum_of(text) for text in (script, later) if text)
    policy = f"default-src 'none'; script-src {scripts}; {policy}; base-uri 'none'; form-action 'none'"
    page = _text(templates, name)
    for mark, put in (
        ("@POLICY@", policy.replace("@STYLE_SUM@", sum_of(style))),
        ("@STYLE@", style),
        ("@SCRIPT@", script),
    ):
        page = page.replace(mark, put, 1)
    return page


def unlock_page(templates: Path) -> bytes:
    """index.html and 404.html: the same page, which finds its folder by itself."""
    policy = "style-src @STYLE_SUM@; connect-src 'self'; worker-src 'self'; img-src data:"
    return _page(templates, "unlock.html", _script(templates, "unlock.js"), policy).encode()


def worker(templates: Path) -> bytes:
    """sw.js."""
    return _script(templates, "sw.js").encode()


def page_script(templates: Path) -> bytes:
    """What the worker adds to every opened page: the Lock button, downloads, the key. It travels sealed."""
    return _text(templates, "page.js").encode()


def site_of(sealed: Sealed, templates: Path) -> dict[str, bytes]:
    """Every file of a sealed site, by its path."""
    shell = unlock_page(templates)
    parts = f"{FOLDER}/{read_head(sealed.head).build}"
    clear = {
        "index.html": shell,
        "404.html": shell,
        "sw.js": worker(templates),
        "robots.txt": b"User-agent: *\nDisallow: /\n",
        ".nojekyll": b"",
        HEAD: sealed.head.encode(),
        f"{parts}/manifest.bin": sealed.manifest,
    }
    return clear | {f"{parts}/{i}.bin": blob for i, blob in enumerate(sealed.blobs)}


def single_page(templates: Path, head: str, parts: tuple[bytes, ...]) -> bytes:
    """One HTML file with the sealed parts (the manifest first) inside. The opened guide brings a stricter policy
    of its own; its styles and pictures need to be allowed here already."""
    policy = "style-src 'unsafe-inline'; img-src data:"
    page = _page(templates, "single.html", _script(templates, "single.js"), policy, clock(templates))
    coded = "\n".join(base64.b64encode(part).decode() for part in parts)
    return signed_html(page.replace("@HEAD@", head, 1).replace("@PARTS@", coded, 1), "sealed guide")

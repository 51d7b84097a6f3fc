"""The whole guide as one plain HTML file: nothing beside it, for a phone or a mail. Its one script compares the day;
its plan lies inside as data, for a later guide to compare with."""

import base64
import html
import re
from pathlib import Path

from matchguide.output.ours import signed_html
from matchguide.pages.guide import PLAN, Guide
from matchguide.render.markdown import new_markdown, page_html, whole
from matchguide.site.scripts import sum_of

_POLICY = "default-src 'none'; script-src {script}; style-src 'unsafe-inline'; img-src data:"
_ASSET = re.compile(r'href="([\w-]+\.(?:ics|csv))"')
_TYPES = {"ics": "text/calendar", "csv": "text/csv"}


def single(guide: Guide, templates: Path) -> bytes:
    """The file's bytes, its own hash in the last line. Links between pages stay inside it; calendar and sheet travel
    as data links."""
    md = new_markdown()
    bodies = [(p, page_html(p, md)) for p in guide.pages]
    css = (templates / "static" / "assets" / "guide.css").read_text(encoding="utf-8")
    css += (templates / "parts" / "single.css").read_text(encoding="utf-8")
    contents = "".join(
        f"<li>{html.escape(section)}<ul>"
        + "".join(f'<li><a href="#{p.id}">{html.escape(p.title)}</a></li>' for p in pages)
        + "</ul></li>"
        for section, pages in guide.sections
    )

    def data(hit: re.Match[str]) -> str:
        name = hit[1]
        coded = base64.b64encode(guide.assets[name]).decode()
        return f'href="data:{_TYPES[name[-3:]]};base64,{coded}" download="{name}"'

    body = _ASSET.sub(data, whole(bodies, after='<p class="to-top"><a href="#all-pages">Up to all pages</a></p>\n'))
    script = clock(templates)
    page = (
        "<!doctype html>\n"
        f'<html lang="en"><head><meta charset="utf-8"><title>{html.escape(guide.title)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(script=sum_of(script))}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex, nofollow"><meta name="referrer" content="no-referrer">'
        f"<style>{css}</style></head>"
        f'<body class="single"><main class="md-typeset"><nav id="all-pages" aria-label="Contents"><details>'
        f'<summary>All pages</summary><ul class="contents">{contents}</ul></details></nav>{body}</main>'
        f'<script type="application/json" id="plan">{_inert(guide.assets[PLAN])}</script>'
        f"<script>{script}</script></body></html>\n"
    )
    return signed_html(page, "guide")


def clock(templates: Path) -> str:
    """The script that compares the guide's day and hours with the device's."""
    return (templates / "static" / "assets" / "clock.js").read_text(encoding="utf-8")


def _inert(plan: bytes) -> str:
    """JSON that nothing in it can end early: no < stands in it."""
    return plan.decode().replace("<", "\\u003c")

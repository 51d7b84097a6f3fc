"""The whole guide as one plain HTML file: no scripts, nothing beside it, for a phone or a mail."""

import base64
import html
import re
from pathlib import Path

from matchguide.output.ours import signed_html
from matchguide.pages.guide import Guide
from matchguide.render.markdown import new_markdown, page_html, whole

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
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

    body = _ASSET.sub(data, whole(bodies))
    page = (
        "<!doctype html>\n"
        f'<html lang="en"><head><meta charset="utf-8"><title>{html.escape(guide.title)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex, nofollow"><meta name="referrer" content="no-referrer">'
        f"<style>{css}</style></head>"
        f'<body class="single"><main class="md-typeset"><nav aria-label="Contents"><ul class="contents">{contents}'
        f"</ul></nav>{body}</main></body></html>\n"
    )
    return signed_html(page, "guide")

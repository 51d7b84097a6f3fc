"""The guide's pages in the order of its navigation, the one-page guide last."""

from typing import Any

from matchguide.pages.guide import Guide

WHOLE = "whole"
WHOLE_HEAD = "---\ntitle: The whole guide, to print\nsearch:\n  exclude: true\n---\n"


def navigation(guide: Guide) -> list[Any]:
    """The guide's pages by section, as MkDocs wants a nav."""
    nav: list[Any] = []
    for section, pages in guide.sections:
        entries: list[Any] = [{p.title: f"{p.id}.md"} for p in pages]
        if section == "Start":
            nav += entries
        else:
            nav.append({section: entries})
    nav[-1][next(iter(nav[-1]))].append({"The whole guide, to print": f"{WHOLE}.md"})
    return nav

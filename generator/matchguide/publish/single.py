"""The whole guide as one sealed HTML file, for a zip or a mail; it opens by double click."""

from pathlib import Path

from matchguide.pages.guide import Guide
from matchguide.publish.seal import seal
from matchguide.publish.shell import single_page
from matchguide.site.single import single

INSIDE = "guide.html"


def sealed_single(guide: Guide, password: str, templates: Path) -> bytes:
    """The file's bytes: a page that asks for the password and shows the reading view."""
    sealed = seal({INSIDE: single(guide, templates)}, password)
    return single_page(templates, sealed.head, (sealed.manifest, *sealed.blobs))

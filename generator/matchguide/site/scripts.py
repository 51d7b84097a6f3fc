"""Which scripts that stand in a page may run: those of the theme, by their sums. A policy with sums runs no other,
whatever a page's text holds."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_SCOPE = re.compile(r"\{\{ config\.extra\.scope \| d\(base_url\) \}\}")
_BASES = (".", "/")  # every page lies at the top; 404.html is looked at from anywhere


def hashes(theme_folders: list[str]) -> str:
    """The sources of script-src for the inline scripts that the theme's templates bring."""
    return " ".join(dict.fromkeys(sum_of(text) for text in _of_theme(theme_folders)))


def _of_theme(folders: list[str]) -> Iterator[str]:
    for folder in folders:
        for path in sorted(Path(folder).glob("partials/javascripts/*.html")):
            for text in _INLINE.findall(path.read_text(encoding="utf-8")):
                for base in _BASES:
                    whole = _SCOPE.sub(base, text)
                    if "{{" not in whole:
                        yield whole


def sum_of(text: str) -> str:
    """What a policy calls a script or a style: its sum."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

"""MkDocs' theme environment, faster and leaner: templates compiled once for all builds, icons not listed, no blanks
that nobody sees.

Material brings some 14,000 icon files that are templates and never copied; walking through them and compiling the
same templates each time is a third of a build. What comes out is the same, byte for byte. The blanks by which its
templates are set in, and the empty lines their conditions leave, are a third of each page around the text.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader
from mkdocs.theme import Theme

from matchguide.cache import compiled_templates

NEVER_COPIED = ".icons"
_LANGUAGES = "assets/javascripts/lunr/"


def never_used(path: str) -> bool:
    """Whether no page of a guide asks for this file of the theme: half of what it brings are maps for its own
    developers and what its search needs for other languages than English."""
    return path.endswith(".map") or path.startswith(_LANGUAGES)


class _WithoutIcons(FileSystemLoader):
    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in self.searchpath:
            for place, folders, files in os.walk(folder):
                if NEVER_COPIED in folders:
                    folders.remove(NEVER_COPIED)
                base = Path(place).relative_to(folder)
                found.update((base / name).as_posix() for name in files)
        return sorted(found)


def quicken(theme: Theme) -> None:
    """Makes the theme's next environment the faster one."""
    original = theme.get_env

    def get_env() -> Environment:
        env = original()
        env.loader = _WithoutIcons(theme.dirs)
        env.bytecode_cache = compiled_templates()
        return env

    theme.get_env = get_env  # type: ignore[method-assign]


# A line of these alone prints nothing, so its end is none either. (What is included may end without a line's end.)
_QUIET = re.compile(
    r"(?:\{%-?\s*(?:set|if|elif|else|endif|for|endfor|block|endblock|import|from|macro|endmacro|extends|with|endwith)\b"
    r"(?:(?!%\}).)*%\}\s*)+"
)
_KEPT_BLANKS = re.compile(r"<(?:pre|textarea)\b")
_SCRIPTS = "partials/javascripts/"  # their sums stand in the policy


class Lean(BaseLoader):
    """The templates of another loader without the blanks that set their lines in and without empty lines: between
    two words or elements at least a line's end stays."""

    def __init__(self, whole: BaseLoader) -> None:
        self._whole = whole

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The source of a template, its file, and whether that is as it was."""
        source, file, same = self._whole.get_source(environment, template)
        if template.endswith(".html") and not template.startswith(_SCRIPTS):
            source = lean(source)
        return source, file, same

    def list_templates(self) -> list[str]:
        """The names of all templates."""
        return self._whole.list_templates()


def lean(source: str) -> str:
    """A template that prints the same without blanks at the beginning of lines and without empty lines."""
    if _KEPT_BLANKS.search(source):
        return source
    lines = [line for text in source.split("\n") if (line := text.strip(" \t"))]
    return "".join(line if _QUIET.fullmatch(line) else f"{line}\n" for line in lines)

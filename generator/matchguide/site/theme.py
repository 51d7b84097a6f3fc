"""MkDocs' theme environment, faster: templates compiled once for all builds, icons not listed.

Material brings some 14,000 icon files that are templates and never copied; walking through them and compiling the
same templates each time is a third of a build. What comes out is the same, byte for byte.
"""

import os
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from mkdocs.theme import Theme

from matchguide.cache import compiled_templates

NEVER_COPIED = ".icons"


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

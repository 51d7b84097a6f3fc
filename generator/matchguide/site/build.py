"""The guide as a site, by MkDocs: every page is made in memory, and only a whole site is written."""

import logging
import os
from collections.abc import Collection
from pathlib import Path

from jinja2 import Environment
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import Files

from matchguide import paths
from matchguide.mistakes import mistake
from matchguide.output.folder import write_folder
from matchguide.pages.guide import Guide
from matchguide.site.plugin import MatchguidePlugin
from matchguide.site.theme import quicken

_NOWHERE = paths.MKDOCS_YML / "site"  # below a file: whatever is written there by mistake fails, and loudly


class Listener(logging.Handler):
    """Collects what MkDocs warns of: in a guide every warning is a fault."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the words of a record."""
        self.found.append(record.getMessage())


os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the banner is about MkDocs, not about the reader's guide


def _configuration(guide: Guide) -> tuple[MkDocsConfig, MatchguidePlugin]:
    """MkDocs' configuration from our own mkdocs.yml, with the guide already written."""
    config = load_config(config_file=str(paths.MKDOCS_YML), site_dir=str(_NOWHERE), strict=True)
    plugin = config.plugins["matchguide"]
    assert isinstance(plugin, MatchguidePlugin)
    plugin.guide = guide
    plugin.in_memory = True
    quicken(config.theme)
    return config, plugin


def prepared(guide: Guide) -> tuple[MkDocsConfig, Environment]:
    """MkDocs' configuration and the theme's templates, as they are while the site of a guide is built."""
    config, _ = _configuration(guide)
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    env = config.plugins.on_env(config.theme.get_env(), config=config, files=Files([]))
    assert env
    return config, env


def site_files(guide: Guide) -> dict[str, bytes]:
    """Every file of the guide's site, by its path. Raises MistakesFound where it cannot be built."""
    listener = Listener()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(listener)
    logger.propagate = False
    try:
        config, plugin = _configuration(guide)
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
    except (Abort, ConfigurationError) as error:
        told = "; ".join(listener.found) or str(error)
        raise mistake("guide", "this stopped the building of the site.", found=told) from error
    finally:
        logger.removeHandler(listener)
    return plugin.kept


def common(files: Collection[str]) -> frozenset[str]:
    """The files of a site that every guide has in common: what the theme and our own styles and scripts bring, and
    what keeps search engines away."""
    return frozenset(path for path in files if path.startswith("assets/") or path == "robots.txt")


def build(guide: Guide, target: Path) -> None:
    """Builds into `target`. Raises MistakesFound; the last good site stays where it is when anything fails."""
    write_folder(target, site_files(guide), "guide")

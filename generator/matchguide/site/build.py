"""The guide as a folder, by MkDocs: built beside the last good one, checked, then swapped in."""

import datetime as dt
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from matchguide import paths
from matchguide.mistakes import mistake
from matchguide.pages.guide import Guide
from matchguide.site.plugin import MatchguidePlugin
from matchguide.site.swap import replacing
from matchguide.site.theme import quicken


class _Listener(logging.Handler):
    """Collects what MkDocs warns of: in a guide every warning is a fault."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the banner is about MkDocs, not about the reader's guide


def configuration(guide: Guide, site_dir: Path) -> MkDocsConfig:
    """MkDocs' configuration from our own mkdocs.yml, with the guide already written."""
    config = load_config(config_file=str(paths.MKDOCS_YML), site_dir=str(site_dir), strict=True)
    plugin = config.plugins["matchguide"]
    assert isinstance(plugin, MatchguidePlugin)
    plugin.guide = guide
    quicken(config.theme)
    return config


@contextmanager
def _on_its_day(on: dt.date) -> Iterator[None]:
    """MkDocs stamps the hour of the build into the sitemap; the guide's own day makes the same guide the same
    bytes."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    midnight = dt.datetime.combine(on, dt.time(), tzinfo=dt.UTC)
    os.environ["SOURCE_DATE_EPOCH"] = before or str(int(midnight.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]


def build(guide: Guide, target: Path) -> None:
    """Builds into `target`. Raises MistakesFound; the last good site stays where it is when anything fails."""
    listener = _Listener()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(listener)
    logger.propagate = False
    try:
        with _on_its_day(guide.on), replacing(target) as fresh:
            try:
                config = configuration(guide, fresh)
                config.plugins.on_startup(command="build", dirty=False)
                mkdocs_build(config)
            except (Abort, ConfigurationError) as error:
                told = "; ".join(listener.found) or str(error)
                raise mistake(str(target), "this stopped the building of the site.", found=told) from error
            finally:
                logging.getLogger("mkdocs").removeHandler(listener)
    finally:
        logger.removeHandler(listener)

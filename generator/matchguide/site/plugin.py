"""The MkDocs plugin: the guide's pages as virtual files, so that plain `mkdocs build` and `serve` just work."""

import os
import sys
from pathlib import Path

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from matchguide.mistakes import MistakesFound, public_log
from matchguide.pages.guide import Guide
from matchguide.render.markdown import as_markdown, whole
from matchguide.session import Session, forget, the_day
from matchguide.site.complete import complete, static_files
from matchguide.site.navigation import WHOLE, WHOLE_HEAD, navigation
from matchguide.site.scripts import hashes


class Options(Config):  # type: ignore[no-untyped-call]
    profile = config_options.Type(str, default="")
    day = config_options.Optional(config_options.Type(object))


class MatchguidePlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Profile in, pages out. `guide` may be set before the build, by `matchguide build`."""

    def __init__(self) -> None:
        super().__init__()
        self.guide: Guide | None = None
        self.bodies: dict[str, str] = {}
        self.command = ""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.command = command
        if command == "gh-deploy" or "gh-deploy" in sys.argv[1:2]:
            raise Abort(
                "matchguide refuses `mkdocs gh-deploy`: it would publish exam scores and visa status for everyone "
                "to read.\nUse `matchguide publish` for a site that only your password opens."
            )

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if self.guide is None or self.command == "serve":
            session = self._session(config)
            self._watch(config, session)
            if self.command == "serve":
                forget()
            try:
                self.guide = session.guide
            except MistakesFound as error:
                raise PluginError("\n" + error.text(redact=public_log())) from None
        complete(config)
        config.site_name = self.guide.title
        config.nav = navigation(self.guide)
        config.extra["guide_key"] = self.guide.key
        if self.command != "serve":  # MkDocs' server puts a script of its own into each page
            config.extra["script_hashes"] = hashes(config.theme.dirs)
        return config

    def _session(self, config: MkDocsConfig) -> Session:
        home = Path(config.config_file_path or ".").parent
        named = os.environ.get("MATCHGUIDE_PROFILE")
        if named:
            return Session(Path(named), the_day(os.environ.get("MATCHGUIDE_ON")))
        if not self.config.profile:
            raise PluginError("matchguide: name a profile under plugins: matchguide: profile.")
        on = str(self.config.day) if self.config.day and "SOURCE_DATE_EPOCH" not in os.environ else None
        try:
            return Session(home / self.config.profile, the_day(on))
        except MistakesFound as error:
            raise PluginError(error.text(redact=public_log())) from None

    def _watch(self, config: MkDocsConfig, session: Session) -> None:
        for path in (session.path, session.content_folder, session.templates):
            if str(path) not in config.watch:
                config.watch.append(str(path))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        assert self.guide is not None
        for page in self.guide.pages:
            files.append(File.generated(config, f"{page.id}.md", content=as_markdown(page)))
        files.append(File.generated(config, f"{WHOLE}.md", content=WHOLE_HEAD))
        static_files(config, files)
        for name, data in self.guide.assets.items():
            files.append(File.generated(config, name, content=data, inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The whole guide on one page is put together from the pages MkDocs has rendered: it comes last."""
        assert self.guide is not None
        id = page.file.src_uri.removesuffix(".md")
        if id != WHOLE:
            self.bodies[id] = html
            return html
        return html + whole([(p, self.bodies[p.id]) for p in self.guide.pages])

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        self.bodies.clear()

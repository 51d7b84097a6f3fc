"""The MkDocs plugin: the guide's pages as virtual files, so that plain `mkdocs build` and `serve` just work."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from matchguide.day import the_day
from matchguide.mistakes import MistakesFound, public_log
from matchguide.pages.guide import Guide
from matchguide.render.markdown import as_markdown, whole
from matchguide.session import Session, forget
from matchguide.site.complete import complete, static_files
from matchguide.site.missing import beside
from matchguide.site.navigation import WHOLE, WHOLE_HEAD, navigation
from matchguide.site.scripts import hashes
from matchguide.site.served import Served
from matchguide.site.theme import Lean, never_used

if TYPE_CHECKING:  # it brings watchdog, which only serving needs
    from mkdocs.livereload import LiveReloadServer

SEARCH = "search/search_index"


class Options(Config):  # type: ignore[no-untyped-call]
    profile = config_options.Type(str, default="")
    day = config_options.Optional(config_options.Type(object))


class MatchguidePlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Profile in, pages out. `guide` may be set before the build, by `matchguide build`. With `in_memory`, which
    serving always is, no page is written to a disk: `kept` holds every file of the site by its path, `served` those
    of the last whole one."""

    def __init__(self) -> None:
        super().__init__()
        self.guide: Guide | None = None
        self.bodies: dict[str, str] = {}
        self.command = ""
        self.in_memory = False
        self.kept: dict[str, bytes] = {}
        self.served: dict[str, bytes] = {}

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Learns which command runs. Raises Abort for gh-deploy, which would publish for everyone to read."""
        self.command = command
        self.in_memory = self.in_memory or command == "serve"
        if command == "gh-deploy" or "gh-deploy" in sys.argv[1:2]:
            raise Abort(
                "matchguide refuses `mkdocs gh-deploy`: it would publish exam scores and visa status for everyone "
                "to read.\nUse `matchguide publish` for a site that only your password opens."
            )

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads profile and content, makes the guide, sets what pages need. Raises PluginError with every mistake."""
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
        if self.in_memory:
            self.kept = {}
            # Search and offline would write the index into the site's folder: `_index` makes theirs.
            config.plugins.events["post_build"][:] = [self.on_post_build]
        if _offline(config):
            config.extra["polyfills"] = [*config.extra.get("polyfills", []), "assets/one-index.js"]
        config.site_name = self.guide.title
        config.nav = navigation(self.guide)
        config.extra["guide_key"] = self.guide.key
        config.extra["guide_key_was"] = self.guide.old_key
        if self.command != "serve":  # MkDocs' server puts a script of its own into each page
            config.extra["script_hashes"] = hashes(config.theme.dirs)
        return config

    def _session(self, config: MkDocsConfig) -> Session:
        home = Path(config.config_file_path or ".").parent
        named = os.environ.get("MATCHGUIDE_PROFILE")
        if not named and not self.config.profile:
            raise PluginError("matchguide: name a profile under plugins: matchguide: profile.")
        on = str(self.config.day) if self.config.day and "SOURCE_DATE_EPOCH" not in os.environ else None
        try:
            if named:
                return Session(Path(named), the_day(os.environ.get("MATCHGUIDE_ON")))
            return Session(home / self.config.profile, the_day(on))
        except MistakesFound as error:
            raise PluginError(error.text(redact=public_log())) from None

    def _watch(self, config: MkDocsConfig, session: Session) -> None:
        for path in (session.path, session.content_folder, session.templates, *session.tables):
            if str(path) not in config.watch:
                config.watch.append(str(path))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the guide's pages and files to the project's own."""
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

    @event_priority(-100)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Makes the theme's pages lean. Takes the files that MkDocs would copy: styles, scripts, calendar, sheet,
        workbook."""
        env.loader = Lean(env.loader)
        if self.in_memory:
            for file in [f for f in files if not f.is_documentation_page()]:
                if file.inclusion is InclusionLevel.EXCLUDED:
                    continue
                files.remove(file)
                if self.command == "serve" or not never_used(file.dest_uri):
                    self.kept[file.dest_uri] = file.content_bytes
        return env

    @event_priority(-100)
    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Keeps what `serve` shows in memory, and writes nothing then; else the output as it is. A guide is for no
        search engine, so it has no sitemap. Its 404 page stands beside the others, under whatever path a host has."""
        if template_name == "sitemap.xml":
            return ""
        if template_name == "404.html":
            output = beside(output)
        if not self.in_memory or not output.strip():
            return output
        self.kept[template_name] = output.encode()
        return ""

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """The same for a page."""
        if not self.in_memory:
            return output
        self.kept[page.file.dest_uri] = output.encode(errors="xmlcharrefreplace")
        return ""

    @event_priority(-200)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Hands what was built to the server, where it stays in memory. Of a search index written twice, once is
        enough."""
        self.bodies.clear()
        if self.in_memory:
            self.kept.update(_index(config))
            self.served = self.kept
        elif _offline(config):
            (Path(config.site_dir) / f"{SEARCH}.json").unlink(missing_ok=True)

    def on_serve(self, server: "LiveReloadServer", *, config: MkDocsConfig, builder: object) -> "LiveReloadServer":
        """Lets our server answer, from memory."""
        server.set_app(Served(server, str(config.dev_addr.host), lambda: self.served))
        return server


def _index(config: MkDocsConfig) -> dict[str, bytes]:
    """What the plugins search and offline would write."""
    search: Any = next((p for name, p in config.plugins.items() if name.rpartition("/")[2] == "search"), None)
    if search is None:  # a project of the reader's own may leave it out
        return {}
    index: str = search.search_index.generate_search_index(search.search_index_prev)
    if _offline(config):
        return {f"{SEARCH}.js": as_script(index)}
    return {f"{SEARCH}.json": index.encode()}


def _offline(config: MkDocsConfig) -> bool:
    return any(name.rpartition("/")[2] == "offline" for name in config.plugins)


def as_script(index: str) -> bytes:
    """The search index (JSON) as it can be read by double click, and over the web too (assets/one-index.js)."""
    return f"var __index = {index}".encode()

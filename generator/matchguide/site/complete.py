"""A project that names only the plugin gets the rest of our mkdocs.yml from here: theme, styles, extensions."""

from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from matchguide import paths
from matchguide.render.markdown import CONFIGS, EXTENSIONS

STATIC = paths.TEMPLATES / "static"


def complete(config: MkDocsConfig) -> None:
    """Adds what is missing; a project that says it all (our own) stays as it is."""
    theme_folder = str(paths.TEMPLATES / "theme")
    if theme_folder in config.theme.dirs:
        return
    ours: dict[str, Any] = yaml.safe_load(paths.MKDOCS_YML.read_text(encoding="utf-8"))
    config.theme.dirs.insert(0, theme_folder)
    for key in ("font", "logo", "features", "palette"):
        config.theme[key] = ours["theme"][key]
    config.extra.update(ours["extra"])
    config.extra_css = [*ours["extra_css"], *config.extra_css]
    config.extra_javascript = [*ours["extra_javascript"], *config.extra_javascript]
    for extension in EXTENSIONS:
        if extension not in config.markdown_extensions:
            config.markdown_extensions.append(extension)
    for extension, options in CONFIGS.items():
        config.mdx_configs.setdefault(extension, options)


def static_files(config: MkDocsConfig, files: Files) -> None:
    """Styles and scripts, where the project's docs_dir does not hold them itself."""
    if Path(config.docs_dir).resolve() == STATIC.resolve():
        return
    for path in sorted(STATIC.rglob("*")):
        name = path.relative_to(STATIC).as_posix()
        if path.is_file() and files.get_file_from_path(name) is None:
            files.append(File.generated(config, name, content=path.read_bytes(), inclusion=InclusionLevel.NOT_IN_NAV))

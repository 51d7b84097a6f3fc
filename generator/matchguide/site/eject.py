"""The guide as a plain project: Markdown files, a mkdocs.yml without our plugin, the theme's few overrides."""

from pathlib import Path
from typing import Any

import yaml

from matchguide.output.folder import write_folder
from matchguide.pages.guide import Guide
from matchguide.render.markdown import as_markdown, new_markdown, page_html, reader_references, whole
from matchguide.site.navigation import WHOLE, WHOLE_HEAD, navigation

_README = """# {title}

This is a plain MkDocs project. Build it with any of:

    mkdocs build
    properdocs build
    zensical build

It holds exam scores and visa status. **Do not run `mkdocs gh-deploy`** and do not push it to a public
repository: everybody could read it.
"""


def eject(guide: Guide, folder: Path, templates: Path, mkdocs_yml: Path) -> None:
    """Writes the project into `folder`, which must be new, empty or an untouched one of ours. Raises
    MistakesFound."""
    write_folder(folder, _project(guide, templates, mkdocs_yml), "project")


def _project(guide: Guide, templates: Path, mkdocs_yml: Path) -> dict[str, bytes]:
    md = new_markdown()
    body = whole([(p, page_html(p, md, reader_references)) for p in guide.pages])
    texts = {f"docs/{page.id}.md": as_markdown(page) for page in guide.pages}
    texts[f"docs/{WHOLE}.md"] = f"{WHOLE_HEAD}\n{body}\n"
    texts["mkdocs.yml"] = _config(guide, mkdocs_yml)
    texts["README.md"] = _README.format(title=guide.title)
    texts["requirements.txt"] = "mkdocs>=1.6.1,<2\nmkdocs-material>=9.6,<10\n"
    return {
        **_tree(templates / "static", "docs"),
        **_tree(templates / "theme", "overrides"),
        **{name: text.encode() for name, text in texts.items()},
        **{f"docs/{name}": data for name, data in guide.assets.items()},
    }


def _tree(folder: Path, name: str) -> dict[str, bytes]:
    return {f"{name}/{p.relative_to(folder).as_posix()}": p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _config(guide: Guide, mkdocs_yml: Path) -> str:
    config: dict[str, Any] = yaml.safe_load(mkdocs_yml.read_text(encoding="utf-8"))
    config["site_name"] = guide.title
    config["docs_dir"], config["site_dir"] = "docs", "site"
    config["theme"]["custom_dir"] = "overrides"
    config["extra"]["guide_key"] = guide.key
    config["extra"]["guide_key_was"] = guide.old_key
    config["plugins"] = [p for p in config["plugins"] if not (isinstance(p, dict) and "matchguide" in p)]
    config["nav"] = navigation(guide)
    return yaml.safe_dump(config, sort_keys=False, allow_unicode=True)

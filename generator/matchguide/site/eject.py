"""The guide as a plain project: Markdown files, a mkdocs.yml without our plugin, the theme's few overrides."""

import shutil
from pathlib import Path
from typing import Any

import yaml

from matchguide.pages.guide import Guide
from matchguide.render.markdown import as_markdown, new_markdown, page_html, reader_references, whole
from matchguide.site.navigation import WHOLE, WHOLE_HEAD, navigation
from matchguide.site.swap import replacing

_README = """# {title}

This is a plain MkDocs project. Build it with any of:

    mkdocs build
    properdocs build
    zensical build

It holds exam scores and visa status. **Do not run `mkdocs gh-deploy`** and do not push it to a public
repository: everybody could read it.
"""


def eject(guide: Guide, folder: Path, templates: Path, mkdocs_yml: Path) -> None:
    """Writes the project into `folder`, which must be new, empty or ours. Raises MistakesFound."""
    with replacing(folder) as fresh:
        docs = fresh / "docs"
        shutil.copytree(templates / "static", docs)
        for page in guide.pages:
            (docs / f"{page.id}.md").write_text(as_markdown(page), encoding="utf-8")
        md = new_markdown()
        body = whole([(p, page_html(p, md, reader_references)) for p in guide.pages])
        (docs / f"{WHOLE}.md").write_text(f"{WHOLE_HEAD}\n{body}\n", encoding="utf-8")
        for name, data in guide.assets.items():
            (docs / name).write_bytes(data)
        shutil.copytree(templates / "theme", fresh / "overrides")
        (fresh / "mkdocs.yml").write_text(_config(guide, mkdocs_yml), encoding="utf-8")
        (fresh / "README.md").write_text(_README.format(title=guide.title), encoding="utf-8")
        (fresh / "requirements.txt").write_text("mkdocs>=1.6.1,<2\nmkdocs-material>=9.6,<10\n")


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

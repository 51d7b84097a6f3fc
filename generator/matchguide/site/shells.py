"""What stands around a page's text: the theme's page, rendered once for each page and its neighbors, with gaps for
text, contents and navigation; and the navigation, put together from entries that were rendered once."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.toc import get_toc

# Each stands for what is put in later. Private characters, which no text of a guide and no template holds.
_GAP = re.compile("\ue010([a-z]+)\ue011")


def _gap(name: str) -> str:
    return f"\ue010{name}\ue011"


_TEXT = f"<h1 {_gap('text')}"  # a page that brings its own title is not given another
_LANGUAGE = (
    '{% import "partials/language.html" as lang with context %}{% set features = config.theme.features or [] %}'
)
_NAV = _LANGUAGE + '{% include "partials/nav.html" %}'
_ITEM = (
    _LANGUAGE + '{% import "partials/nav-item.html" as item with context %}{{ item.render(it, path, level, parent) }}'
)
_TOC = _LANGUAGE + '{% include "partials/toc.html" %}'

Headings = tuple[tuple[int, str, str], ...]
Neighbor = tuple[str, str] | None  # title and address


class _Thing:
    """A page or a section as the theme's templates read it. What they ask besides is not there."""

    def __init__(self, **fields: Any) -> None:
        self.__dict__.update(fields)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Thing) and self.__dict__.get("url") == other.__dict__.get("url")

    __hash__ = object.__hash__


def _page(title: str, url: str, **more: Any) -> _Thing:
    return _Thing(title=title, url=url, meta={"title": title}, **more)


class Shells:
    """`config` is MkDocs' own for a guide; everything in it but the gaps is the same for every guide of its title."""

    def __init__(self, config: MkDocsConfig, env: Environment) -> None:
        self._config, self._env = config, env
        nav, toc = {"partials/nav.html": _gap("nav")}, {"partials/toc.html": _gap("toc")}
        self._without_nav, self._cut_env = self._cut(nav), self._cut(nav | toc)
        config.extra["guide_key"], config.extra["guide_key_was"] = _gap("key"), _gap("was")
        self._homepage = _Thing(url="index.html")
        self.page = lru_cache(maxsize=2_000)(self._page)
        self.toc = lru_cache(maxsize=2_000)(self._toc)
        self._entry = lru_cache(maxsize=4_000)(self._entry_of)
        self._section = lru_cache(maxsize=2_000)(self._section_of)
        self._closed = lru_cache(maxsize=2_000)(self._closed_of)
        self._frame = lru_cache(maxsize=20)(self._frame_of)

    def _cut(self, parts: dict[str, str]) -> Environment:
        """The theme's environment with gaps instead of these parts."""
        assert self._env.loader
        # The overlay keeps compiled templates of its own: by name they are those of the theme.
        return self._env.overlay(loader=ChoiceLoader([DictLoader(parts), self._env.loader]), bytecode_cache=None)

    def _context(self, page: Any, **more: Any) -> dict[str, Any]:
        nav: Any = _Thing(homepage=self._homepage, items=more.pop("items", ()))
        return {**get_context(nav, (), self._config, page, base_url="/"), **more}

    def _page(
        self, title: str, url: str, before: Neighbor, after: Neighbor, first_heading: str | None
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The theme's page, cut at its gaps: what stands between them, and their names."""
        page = _page(
            title,
            url,
            content=_TEXT,
            toc=[_Thing(url=f"#{first_heading}")] if first_heading is not None else [],
            previous_page=_page(*before) if before else None,
            next_page=_page(*after) if after else None,
            canonical_url=None,
            is_homepage=url == "index.html",
        )
        made = self._cut_env.get_template("main.html").render(self._context(page))
        return _at_gaps(made.replace(_TEXT, _gap("text")))

    @cached_property
    def missing(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The page that is shown where there is none (404.html)."""
        return _at_gaps(self._without_nav.get_template("404.html").render(self._context(None)))

    def _toc(self, headings: Headings) -> str:
        from markdown.extensions.toc import nest_toc_tokens

        tokens = nest_toc_tokens([{"level": level, "id": id, "name": name} for level, id, name in headings])
        page = _page("", "", toc=get_toc(tokens))
        return self._env.from_string(_TOC).render(self._context(page))

    # -- navigation

    def nav(
        self, parts: Sequence[tuple[str | None, Sequence[tuple[str, str]]]], active: str | None, toc: Headings
    ) -> str:
        """The navigation as it looks on the page with the address `active` (None: on none). A part without a title is
        a page by itself."""
        entries = []
        for number, (title, pages) in enumerate(parts, 1):
            if title is None:
                ((name, url),) = pages
                entries.append(self._leaf(name, url, active, toc))
                continue
            if all(url != active for _, url in pages):
                entries.append(self._closed(title, pages[0], active is None))
                continue
            inside = [self._leaf(name, url, active, toc) for name, url in pages]
            entries.append(_joined(self._section(title, f"__nav_{number}", len(pages)), inside))
        return _joined(self._frame(active is None), entries)

    def _closed_of(self, title: str, first: tuple[str, str], nowhere: bool) -> str:
        """A section without the page itself: it leads to its first page (navigation.prune)."""
        page = None if nowhere else _page("", "\ue010elsewhere.html")
        children = [_page(*first, active=False, children=None, is_index=False)]
        section = _Thing(title=title, active=False, children=children, meta=None, is_section=True)
        return self._render_item(section, page, "", 1)

    def _leaf(self, title: str, url: str, active: str | None, toc: Headings) -> str:
        if url != active:
            return self._entry(title, url, None, active is None)
        # The theme leaves a title on top (a heading of the first level) out, and shows what is under it.
        shape = tuple(level for level, _, _ in toc[:2])
        return self._entry(title, url, shape, False).replace(_gap("toc"), self.toc(toc))

    def _entry_of(self, title: str, url: str, active: tuple[int, ...] | None, nowhere: bool) -> str:
        """An entry; `active` is None unless it is that of the page itself, else the levels of its first headings."""
        item = _page(title, url, active=active is not None, children=None, is_page=True)
        if active is None:
            page = None if nowhere else _page("", "\ue010elsewhere.html")
        else:
            under = [_Thing(level=2)] if active[1:] and active[1] > active[0] else []
            item.__dict__["toc"] = [_Thing(level=active[0], children=under)] if active else []
            page = item
        return self._render_item(item, page, "", 1)

    def _section_of(self, title: str, path: str, count: int) -> tuple[str, str, str]:
        """What stands before, between and after the entries of the page's own section."""
        leaf = _page("\ue010leaf", "leaf.html", active=False, children=None, is_index=False)
        children = [leaf] * count
        page = _page("", "\ue010elsewhere.html")
        section = _Thing(title=title, active=True, children=children, meta=None, is_section=True)
        inside = self._render_item(leaf, page, "", 2)
        return _around(self._render_item(section, page, path, 1), inside, count)

    def _frame_of(self, nowhere: bool) -> tuple[str, str, str]:
        leaf = _page("\ue010leaf", "leaf.html", active=False, children=None)
        page = None if nowhere else _page("", "\ue010elsewhere.html")
        whole = self._env.from_string(_NAV).render(self._context(page, items=[leaf, leaf]))
        return _around(whole, self._render_item(leaf, page, "__nav_1", 1), 2)

    def _render_item(self, item: _Thing, page: Any, path: str, level: int) -> str:
        context = self._context(page, it=item, path=path, level=level, parent=None)
        return self._cut_env.from_string(_ITEM).render(context)


def _at_gaps(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    parts = _GAP.split(text)
    return tuple(parts[::2]), tuple(parts[1::2])


def put_in(shell: tuple[tuple[str, ...], tuple[str, ...]], values: Mapping[str, str]) -> str:
    """A page from its shell."""
    texts, names = shell
    out = [texts[0]]
    for name, text in zip(names, texts[1:], strict=True):
        out += (values[name], text)
    return "".join(out)


def _around(whole: str, inside: str, count: int) -> tuple[str, str, str]:
    parts = whole.split(inside)
    assert len(parts) == count + 1, "the theme writes entries otherwise"
    return parts[0], parts[1] if count > 1 else "", parts[-1]


def _joined(frame: tuple[str, str, str], entries: Sequence[str]) -> str:
    before, between, after = frame
    return before + between.join(entries) + after

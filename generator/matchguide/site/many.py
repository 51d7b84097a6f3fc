"""The sites of many guides, one after the other: what is the same in all of them is made once. The files are those of
`build.site_files`, byte for byte. The first guide and then one of every five hundred are made both ways and compared;
if they ever differ, as with a theme that nobody has tried, MkDocs makes them all."""

import json
import logging
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import chain, count
from typing import Any

from matchguide.pages.guide import Guide, Page
from matchguide.site.build import Listener, common, prepared, site_files
from matchguide.site.missing import beside
from matchguide.site.navigation import WHOLE, navigation
from matchguide.site.pieces import CannotTell, Form, Forms, Index, follow
from matchguide.site.plugin import SEARCH, as_script
from matchguide.site.shells import Headings, Shells, put_in

EACH = 500  # so many guides from one comparison to the next
Filled = list[tuple[Form, list[tuple[str, str]]]]


class Press:
    """Makes the files of guides."""

    def __init__(self, each: int = EACH) -> None:
        self._each = each
        self._numbers = count()
        self._alike = True
        self._titles: dict[str, _Title] = {}
        self.differs: tuple[str, ...] = ()  # the files that came out otherwise, where any ever did

    def files(self, guide: Guide) -> dict[str, bytes]:
        """Every file of a guide's site, by its path. Raises MistakesFound where it cannot be built."""
        compare = next(self._numbers) % self._each == 0
        if not self._alike:
            return site_files(guide)
        if guide.title not in self._titles:
            self._titles[guide.title] = _Title(guide)
        quick = self._titles[guide.title].files(guide)
        if quick is not None and not compare:
            return quick
        whole = site_files(guide)
        if quick is not None and quick != whole:
            self._alike = False
            self.differs = tuple(p for p in {**quick, **whole} if quick.get(p) != whole.get(p))
        return whole


class _Title:
    """What guides of one title have in common: the theme's files, and pages without their text."""

    def __init__(self, guide: Guide) -> None:
        config, env = prepared(guide)
        first = site_files(guide)
        self._common = {path: first[path] for path in common(first)}
        self._forms, self._shells = Forms(config), Shells(config, env)
        search: Any = next(p for name, p in config.plugins.items() if name.rpartition("/")[2] == "search")
        self._search = json.loads(search.search_index.generate_search_index(None))["config"]

    def files(self, guide: Guide) -> dict[str, bytes] | None:
        """The files, or None where only MkDocs can tell."""
        listener, logger = Listener(), logging.getLogger("mkdocs")
        logger.addHandler(listener)
        try:
            texts, index = self._made(guide)
        except CannotTell:
            return None
        finally:
            logger.removeHandler(listener)
        if listener.found:  # whatever MkDocs warns of is told by it
            return None
        return {
            **self._common,
            **guide.assets,
            **texts,
            f"{SEARCH}.js": as_script(index),
        }

    def _made(self, guide: Guide) -> tuple[dict[str, bytes], str]:
        """Pages and search index. Raises CannotTell."""
        filled = {page.id: self._filled(page) for page in guide.pages}
        _check_links(filled, guide.assets)
        index = Index()
        for page in guide.pages:
            if page.search:
                index.add(f"{page.id}.html", page.title, filled[page.id], page.find)
        docs = json.dumps({"config": self._search, "docs": index.entries}, separators=(",", ":"))
        return {f"{name}.html": text.encode() for name, text in self._with_shells(guide, filled)}, docs

    def _filled(self, page: Page) -> Filled:
        if not all(map(follow, page.blocks, page.blocks[1:])):
            return self._at_once(page)
        of_blocks = [self._forms.of_block(page.id, block) for block in page.blocks]
        out = [(form, values) for forms, values in of_blocks for form in forms]
        ids = Counter(chain.from_iterable([form.ids for form, _ in out]))
        if any(ids[id] > 1 for form, _ in out for id in form.made_ids):
            return self._at_once(page)  # of two headings with the same words the later gets another id
        return out

    def _at_once(self, page: Page) -> Filled:
        """A page that is more than its blocks, made as a whole."""
        return [(self._forms.whole(page), [])]

    def _with_shells(self, guide: Guide, filled: Mapping[str, Filled]) -> Iterator[tuple[str, str]]:
        shells, parts = self._shells, list(_parts(guide))
        pages = [page for _, inside in parts for page in inside]
        keys = {"key": guide.key, "was": guide.old_key}
        bodies: dict[str, str] = {}
        for number, (title, url) in enumerate(pages):
            id = url.removesuffix(".html")
            if id == WHOLE:
                text, headings = "\n".join(bodies[page.id] for page in guide.pages), Headings()
            else:
                here = filled[id]
                text = "".join([form.html.filled(values) for form, values in here]).strip()
                whole = "".join([form.whole.filled(values) for form, values in here]).strip()
                bodies[id] = f'<section class="whole-page" id="{id}">\n{whole}\n</section>'
                headings = tuple(chain.from_iterable([form.headings for form, _ in here]))
            if "<h1" not in text:
                raise CannotTell
            before, after = (
                pages[number - 1] if number else None,
                pages[number + 1] if number + 1 < len(pages) else None,
            )
            shell = shells.page(title, url, before, after, headings[0][1] if headings else None)
            nav = shells.nav(parts, url, headings)
            yield id, put_in(shell, {"text": text, "nav": nav, "toc": shells.toc(headings), **keys})
        yield "404", beside(put_in(shells.missing, {"nav": shells.nav(parts, None, ()), **keys}))


def _parts(guide: Guide) -> Iterator[tuple[str | None, tuple[tuple[str, str], ...]]]:
    """The navigation by parts: a title (None for a page by itself) and pages with their addresses."""
    for entry in navigation(guide):
        ((title, inside),) = entry.items()
        if isinstance(inside, str):
            yield None, ((title, _address(inside)),)
        else:
            yield title, tuple((t, _address(file)) for page in inside for t, file in page.items())


def _address(file: str) -> str:
    return file.removesuffix(".md") + ".html"


def _check_links(filled: Mapping[str, Filled], assets: Collection[str]) -> None:
    """Raises CannotTell where a link leads nowhere: then MkDocs tells which."""
    ids = {f"{id}.html": frozenset().union(*(form.ids for form, _ in forms)) for id, forms in filled.items()}
    for id, forms in filled.items():
        for form, _ in forms:
            for to, anchor in form.links:
                there = ids.get(to or f"{id}.html")
                if there is None:
                    if anchor or (to not in assets and to != f"{WHOLE}.html"):
                        raise CannotTell
                elif anchor and anchor not in there:
                    raise CannotTell

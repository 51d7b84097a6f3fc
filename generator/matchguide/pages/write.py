"""Plan, content and profile in; the guide out: every file of templates/pages/ becomes one page or several."""

import re
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, TemplateError, pass_context
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

from matchguide.cache import compiled_templates
from matchguide.content.evidence import Item
from matchguide.content.store import Content
from matchguide.content.talk import Term
from matchguide.mistakes import Mistake, MistakesFound, mistake
from matchguide.pages import calendar, labels, sheet
from matchguide.pages.chosen import without_unsaid
from matchguide.pages.cite import linked
from matchguide.pages.former import Former
from matchguide.pages.guide import PLAN, Block, Guide, Page
from matchguide.pages.kept import hashed, plan_json
from matchguide.pages.links import settled
from matchguide.pages.said import slotted
from matchguide.pages.view import View
from matchguide.pages.words import Words, environment
from matchguide.pages.words import forget as forget_words
from matchguide.plan.reasons import Reason, Ref
from matchguide.plan.types import Plan
from matchguide.profile.model import Profile
from matchguide.source import trusted

SECTIONS = (
    "Start",
    "Your plan",
    "Your specialties",
    "Applying",
    "Interviews",
    "The Match",
    "Specialties not in your plan",
    "Look up",
)

HEAD = (
    "find",
    "title",
    "section",
    "order",
    "each",
    "id",
    "when",
    "last",
    "search",
)  # the fields of a page's front matter
# The population of figures that a reader of another group is told of, and how the key of its share among all ends.
OTHERS, SHARE_OF_OTHERS = "non-us-img", ".non_us_img"
EACH = ("my_cards", "other_cards", "interviews", "first_years")


def write(plan: Plan, content: Content, profile: Profile, templates: Path, *, former: Former | None = None) -> Guide:
    """The whole guide; with a `former` one of the same person, Home says first what changed. Raises MistakesFound
    naming the template, the card or the text that is broken."""
    content = content.of_season(plan.season)
    words = Words(content, templates)
    view = View(plan, content, profile, words, former)
    writer = _Writer(view, templates)
    pages: list[Page] = []
    every = [(path, _split(path)[0]) for path in sorted((templates / "pages").glob("*.md"))]
    files = [(path, head) for path, head in every if view.facts.true(head.get("when", "true"))]
    for path, head in files:
        writer.name_pages(path, head)
    # Sources tells what all other pages used, so it is written after them.
    for path, head in sorted(files, key=lambda f: bool(f[1].get("last"))):
        pages += writer.pages(path, head)
    order = {name: i for i, name in enumerate(SECTIONS)}
    pages.sort(key=lambda p: (order[p.section], p.order, p.id))
    old_key = hashed(profile.applicant.name, plan.season)
    key = hashed(profile.guide_id) if profile.guide_id else old_key
    assets = {
        "program-sheet.csv": sheet.csv_bytes(plan, profile, words),
        PLAN: plan_json(plan, profile, content, words, writer.used),
    }
    if calendar.holds(plan):
        assets["guide-dates.ics"] = calendar.ics(plan, view.words, key)
    return Guide(settled(pages, assets), assets, view.title, key, plan.on, tuple(sorted(writer.used)), old_key)


@cache
def _split(path: Path) -> tuple[dict[str, Any], str]:
    text = path.read_text(encoding="utf-8")
    _, head, body = text.split("---\n", 2)
    return trusted(head, str(path)), body


def page_id(path: Path, head: dict[str, Any]) -> str:
    """A page's id: as its front matter says (several files may write one page, each for its phase), else the file's
    name without its number."""
    return str(head.get("id") or path.stem.split("-", 1)[1])


@cache
def _environment(templates: Path) -> Environment:
    """Page templates lose their front matter on the way in; parts are files as they are."""

    def source(name: str) -> tuple[str, str, None]:
        path = templates / name
        if path.parent.name != "pages":
            return path.read_text(encoding="utf-8"), str(path), None
        body = _split(path)[1]
        before = path.read_text(encoding="utf-8").count("\n") - body.count("\n")  # each line keeps its number
        return "\n" * before + body, str(path), None

    return environment(FunctionLoader(source), compiled_templates())


def forget() -> None:
    """Reads templates and words anew from now on: while the guide is served, its files change."""
    _environment.cache_clear()
    _split.cache_clear()
    forget_words()
    labels.forget()


def _slotted(text: str) -> tuple[str, tuple[str, ...]]:
    """A block's template and what goes into its slots."""
    return slotted(re.sub(r"\n{3,}", "\n\n", text) if "\n\n\n" in text else text)


def _in_words(text: str) -> str:
    """The words of a text in small letters, a space around each."""
    return " " + " ".join(re.findall(r"[\w-]+", text.lower())) + " "


def _place_of(error: Exception, page: Path, id: str) -> Mistake:
    """A fault of a template at the line it came from, be it of the page or of a part it includes."""
    lines = [(f.filename, f.lineno or 0) for f in traceback.extract_tb(error.__traceback__)]
    written = [(file, line) for file, line in lines if file.endswith((".md", ".jinja"))]
    file, line = written[-1] if written else (str(page), 0)
    # What the error says may hold the reader's words, so it is what was found: a redacted message leaves that out.
    found = f"{type(error).__name__}: {error}:"
    return Mistake(file, id, "this page could not be written.", found=found, line=line, column=int(line > 0))


class _Writer:
    """Runs page templates; each `part` in them becomes a block."""

    def __init__(self, view: View, templates: Path) -> None:
        self.view = view
        self.templates = templates
        self.used: set[str] = set()
        self.written: list[str] = []
        self.blocks: list[Block] = []
        self.noted: set[str] = set()
        self.populations: set[str] = set()
        self.refs: list[Ref] = []
        self.page = ""
        self.names = {
            **view.names(),
            "here": lambda: self.page,
            "part": self._part,
            "evidence_used": lambda: sorted(self.used),
            "read_at_issuer": self._read_at_issuer,
            "terms_used": self._terms_used,
        }

    @cached_property
    def _ui(self) -> TemplateModule:
        """The pieces that pages share, with the names of this guide."""
        return _environment(self.templates).get_template("parts/macros.jinja").make_module(self.names)

    def _read_at_issuer(self) -> int:
        """How many of the figures and rules used were read at the issuer's own page."""
        items = self.view.content.evidence.items
        return sum(items[id].confidence == "primary" for id in self.used)

    def _terms_used(self) -> list[Term]:
        """The terms of the glossary that the pages written so far say or link to."""
        written = "\n".join(self.written)
        said = _in_words(written)

        def used(term: Term) -> bool:
            names = [_in_words(name) for name in term.also or (re.sub(r" \(.*", "", term.term),)]
            return f"#term-{term.id})" in written or any(x in said or f"{x[:-1]}s " in said for x in names)

        return [term for term in self.view.content.glossary.terms if used(term)]

    def pages(self, path: Path, head: dict[str, Any]) -> Iterable[Page]:
        """One page, or one for each specialty that `each` names."""
        each = head.get("each")
        if not each:
            return [self._page(path, head, page_id(path, head), {})]
        out = []
        for i, specialty in enumerate(self.view.each(each)):
            id = f"{head['id']}-{specialty}"
            page = self._page(path, head, id, {"specialty": specialty})
            out.append(replace(page, order=page.order + i))
        return out

    def name_pages(self, path: Path, head: dict[str, Any]) -> None:
        """Titles of all pages before any is written, so that pages may point to each other."""
        for values in [{"specialty": s} for s in self.view.each(head["each"])] if head.get("each") else [{}]:
            id = f"{head['id']}-{values['specialty']}" if values else page_id(path, head)
            self.view.page_titles[id] = self._title(head, values)

    def _title(self, head: dict[str, Any], values: dict[str, str]) -> str:
        """A page's title; {name} stands for the specialty it is about."""
        return str(head["title"]).replace("{name}", self.view.words.name(values.get("specialty", "")))

    def _page(self, path: Path, head: dict[str, Any], id: str, values: dict[str, Any]) -> Page:
        self.blocks, self.noted, self.populations, self.page = [], set(), set(), id
        try:
            rest = (
                _environment(self.templates)
                .get_template(f"pages/{path.name}")
                .render(**self.names, ui=self._ui, page=id, **values)
            )
            title = self._title(head, values)
        except (TemplateError, TypeError, KeyError) as error:
            raise MistakesFound([_place_of(error, path, id)]) from error
        if rest.strip():
            raise mistake(str(path), "text stands outside every part.", found=rest.strip()[:60])
        found = tuple(str(word) for word in head.get("find", ()))
        blocks = tuple(self.blocks) if OTHERS in self.populations else tuple(map(self._of_everybody, self.blocks))
        return Page(id, title, head["section"], int(head["order"]), blocks, head.get("search", True), found)

    def _of_everybody(self, block: Block) -> Block:
        """A block without the line that the figures are of another group: its page prints none of them."""
        line = self.view.another_group
        return replace(block, template=block.template.replace(f"{line}\n", "")) if line else block

    def _not_checked(self, item: Item, dated_there: bool) -> str:
        """What stands behind a fact of law that is older than its own review: once a page behind each that says when
        it was seen, and once a page where none does."""
        if not item.as_of or not item.stale(self.view.plan.on) or item.id in self.noted:
            return ""
        told = {self.view.content.evidence.items[x].as_of for x in self.noted}
        self.noted.add(item.id)
        words = self.view.words
        if dated_there:
            note = words.said("not-checked")
        elif told and (item.undated or item.as_of in told):  # once a page is enough
            return ""
        elif item.undated:
            note = words.said("not-checked-undated")
        else:
            note = words.said("not-checked-as-of", day=item.as_of)
        return f" {note}"

    def _linked(self, text: str, *, noting: bool) -> tuple[str, Sequence[str]]:
        """A text with its cites as links, and the items they are; `noting` is whether a fact of law that is older
        than its own review is told to be."""
        evidence, on = self.view.content.evidence, self.view.plan.on

        def once() -> tuple[str, tuple[str, ...], tuple[Item, ...]]:
            found, of_law = list[str](), dict[str, Item]()

            def seen(item: Item, dated_there: bool) -> str:
                if item.as_of:
                    of_law[item.id] = item
                return ""

            return linked(text, evidence, found.append, seen), tuple(found), tuple(of_law.values())

        out, cited, of_law = self.view.words.remembered("linked", {"text": text}, once)
        if noting and any(item.stale(on) for item in of_law):
            found = list[str]()
            return linked(text, evidence, found.append, self._not_checked), found
        return out, cited

    @pass_context
    def _part(self, context: Context, id: str, because: Any = (), *, caller: Any) -> str:
        """A block of the page: `because` are the reasons behind it, shown when the reader opens them."""
        if not all(isinstance(reason, Reason) for reason in because):
            raise TypeError(
                "because takes reasons of the plan, as plan.combination.because; leave it out where none is"
            )
        refs: list[Ref] = [ref for reason in because for ref in reason.refs]
        said = without_unsaid(str(caller())).strip("\n")
        if not said.strip():
            return ""  # what has nothing to say has no reason to show either
        text, cited = self._linked(said, noting=True)
        found = list(cited)
        self.populations.update(self.view.content.evidence.items[x].population for x in cited)
        if SHARE_OF_OTHERS in said:
            self.populations.add(OTHERS)
        if because:
            box, cited = self._linked(self.view.why_told(refs), noting=False)
            text += f"\n\n{box}"
            found += cited
        self.used.update(found)
        self.written.append(text)
        refs += [Ref("evidence", item) for item in found]
        template, slots = self.view.words.remembered("slotted", {"text": text}, lambda: _slotted(text))
        self.blocks.append(Block(id, template, slots, tuple(dict.fromkeys(refs))))
        return ""

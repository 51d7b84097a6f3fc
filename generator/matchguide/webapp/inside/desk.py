"""The desk: the page's questions about one set of answers, one after the other. Answers come as JSON, so that nothing
of them is ever code."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matchguide import paths
from matchguide.content import store
from matchguide.content.store import Content
from matchguide.mistakes import MistakesFound
from matchguide.pages.former import Former, former_of
from matchguide.pages.labels import Labels
from matchguide.pages.words import Words
from matchguide.profile.plain import as_data, as_source
from matchguide.profile.read import check
from matchguide.profile.written import written
from matchguide.programs.listed import EMPTY, Table
from matchguide.session import Session
from matchguide.source import Key
from matchguide.webapp.inside.opening import opened
from matchguide.webapp.inside.panel import panel, said, told
from matchguide.webapp.inside.zipped import zipped


@dataclass
class Desk:
    """Content is read once; the plan before the last answer is kept, to say what an answer changed."""

    content: Content = field(default_factory=lambda: store.load(paths.CONTENT))
    before: Former | None = None
    brought: tuple[str, Table] = ("", EMPTY)  # the reader's table of programs, under the mark that the page gave it
    seasons: dict[int, Content] = field(default_factory=dict)
    _last: tuple[str, Session] | None = None

    def session(self, asked: str) -> Session:
        """The session of `{answers, on, since, table}`; the same question twice is worked on once."""
        if self._last and self._last[0] == asked:
            return self._last[1]
        data: dict[str, Any] = json.loads(asked)
        session = self._session(data, data["answers"])
        self._last = (asked, session)
        return session

    @property
    def labels(self) -> Labels:
        """What lines of the profile are called."""
        return Labels(paths.TEMPLATES, Words(self.content, paths.TEMPLATES).name)

    def _session(self, data: Mapping[str, Any], answers: dict[str, Any]) -> Session:
        mark, table = self.brought
        return Session(
            Path("profile.yml"),
            dt.date.fromisoformat(data["on"]),
            source=as_source(answers),
            former_text=data.get("since") or "",
            loaded=self.content,
            handed_over=table if data.get("table") == mark else EMPTY,
            seasons=self.seasons,
        )

    def plan(self, asked: str) -> str:
        """The plan beside the answers, as JSON. Mistakes are told with their places; the plan leaves these answers
        out."""
        mistakes: list[dict[str, Any]] = []
        session = self.session(asked)
        try:
            _ = session.profile
        except MistakesFound as error:
            mistakes = told(error, self.labels)
            data = json.loads(asked)
            for m in sorted(error.mistakes, key=lambda m: m.path, reverse=True):
                _leave_out(data["answers"], m.path)
            session = self._session(data, data["answers"])
        try:
            shown = panel(session, self.before)
        except MistakesFound as error:
            seen = {json.dumps(m["path"]) for m in mistakes}
            more = [m for m in told(error, self.labels) if json.dumps(m["path"]) not in seen]
            return json.dumps({"mistakes": mistakes + more})
        self.before = former_of(shown.pop("former"))
        return json.dumps({**shown, "mistakes": mistakes})

    def opened(self, text: str) -> str:
        """What a file of the reader's holds, as JSON: answers, and the plan of a former guide."""
        return json.dumps(opened(text, self.content.known))

    def table(self, mark: str, name: str, raw: bytes | memoryview) -> str:
        """Reads the reader's table, for the plans that ask for it by its mark: `{programs, told}` as JSON, or
        `{fault}`."""
        from matchguide.pages.program_table import told as notes_told
        from matchguide.programs.read import handed_over

        content = self.content
        try:
            table = handed_over(bytes(raw), name, content.table_words, content.cards)
        except MistakesFound as error:
            m = error.mistakes[0]
            return json.dumps({"fault": f"{m.problem[:1].upper()}{m.problem[1:]} {m.allowed}".strip()})
        self.brought, self._last = (mark, table), None
        notes = [said(line) for line in notes_told(table.notes, Words(content, paths.TEMPLATES))]
        return json.dumps({"programs": len(table.programs), "told": notes})

    def written(self, asked: str) -> str:
        """The profile as a file: in the spelling known here, or as typed where something in it is wrong. What only
        the table says is not in it."""
        data = json.loads(asked)
        try:
            return written(as_data(check(as_source(data["answers"]), self.content.known)))
        except MistakesFound:
            return written(data["answers"])

    def single(self, asked: str) -> bytes:
        """The guide as one file."""
        from matchguide.site.single import single

        return single(self.session(asked).guide, paths.TEMPLATES)

    def site(self, asked: str) -> dict[str, bytes]:
        """Every file of the guide's site, by its path."""
        from matchguide.site.build import site_files

        return site_files(self.session(asked).guide)

    def zip(self, asked: str) -> bytes:
        """The site in a ZIP."""
        return zipped(self.site(asked), self.session(asked).on)

    def assets(self, asked: str, name: str) -> bytes:
        """A file of the guide beside its pages, as its calendar; nothing where it has none."""
        return self.session(asked).guide.assets.get(name, b"")

    def words(self) -> str:
        """Six random words."""
        from matchguide.publish.passphrase import suggestion

        return suggestion()

    def strength(self, asked: str, password: str) -> str:
        """What is wrong with a password for this guide; nothing where it is good."""
        from matchguide.webapp.inside.sealing import weakness

        return weakness(password, self.session(asked).profile)

    def pack_single(self, asked: str) -> Any:
        """The single file, packed to be sealed."""
        from matchguide.webapp.inside.sealing import pack_single

        return pack_single(self.single(asked))

    def pack_site(self, asked: str) -> Any:
        """The site, packed to be sealed."""
        from matchguide.webapp.inside.sealing import pack_site

        return pack_site(self.site(asked))

    def sealed_single(self, sealed: Mapping[str, Any]) -> bytes:
        """The sealed parts as one page that asks for the password."""
        from matchguide.webapp.inside.sealing import sealed_single

        return sealed_single(sealed["head"], _parts(sealed))

    def sealed_zip(self, sealed: Mapping[str, Any], asked: str) -> bytes:
        """The sealed parts as a site for a public host, in a ZIP."""
        from matchguide.webapp.inside.sealing import sealed_site

        return zipped(sealed_site(sealed["head"], _parts(sealed)), self.session(asked).on)


def _parts(sealed: Mapping[str, Any]) -> list[bytes]:
    return [part.to_bytes() if hasattr(part, "to_bytes") else bytes(part) for part in sealed["parts"]]


def _leave_out(data: Any, path: Key) -> None:
    """Takes what is wrong out of the answers: of an entry without what it is about, the whole entry."""
    for part in path[:-1]:
        try:
            data = data[part]
        except (LookupError, TypeError):
            return
    try:
        del data[path[-1]]
    except (LookupError, TypeError):
        if isinstance(data, dict):
            data.clear()

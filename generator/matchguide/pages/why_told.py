"""The box that opens under a tailored block: which lines of the profile, which evidence, which dates it rests on."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from matchguide.content.season import Season
from matchguide.content.store import Content
from matchguide.pages.labels import Labels
from matchguide.pages.said import Said
from matchguide.pages.words import Words
from matchguide.plan.reasons import Ref
from matchguide.plan.types import Plan
from matchguide.profile.dates import dated
from matchguide.profile.model import Profile


class WhyTold:
    """Called with what a block rests on; gives the box as Markdown."""

    def __init__(self, plan: Plan, content: Content, profile: Profile, words: Words, labels: Labels) -> None:
        self._plan, self._content, self._profile, self._words, self._labels = plan, content, profile, words, labels
        self._season: Season = content.seasons[plan.season]

    def __call__(self, refs: Iterable[Ref]) -> str:
        """The lines of "Why am I told this?" for what an advice rests on; empty where it rests on nothing."""
        lines = list(dict.fromkeys(self._line(ref) for ref in refs))
        if not lines:
            return ""
        body, title = "\n".join(lines), self._words.said("told-why-title")
        return f'<details class="why" markdown="1">\n<summary>{title}</summary>\n\n{body}\n\n</details>'

    def _line(self, ref: Ref) -> str:
        if ref.kind == "evidence":
            return f"- [[{ref.name}|{self._content.evidence.item(ref.name).says}]]"
        if ref.kind == "season":
            return f"- {self._season_line(ref.name)}"
        table = ref.name == "programs" and not self._profile.programs and self._profile.programs_file
        field = "programs_file" if table else ref.name
        name = self._labels.line(field)
        return f"- {name[0].upper()}{name[1:]} (`{field}`): {self._value(field)}"

    def _season_line(self, name: str) -> str:
        """Where the reader is in the season, or the day of one of its events."""
        if name == "stage":
            waiting = self._plan.phase == "match week" and self._plan.on < self._season.day("match_week")
            phase = self._labels.season("waiting") if waiting else self._plan.phase
            return f"{self._labels.season('stage')}: {phase}, on {dated(self._plan.on)}"
        event = next(e for e in self._season.events if e.id == name)
        ours = f" ({self._labels.season('ours')})" if event.ours else ""
        return f"{self._labels.season('date')}: {event.shown or dated(event.when)}{ours}"

    def _value(self, field: str) -> str:
        """What the profile says at a field, short; the reader's own words as marks."""
        value: Any = self._profile
        given = False
        for part in field.replace("]", "").replace("[", ".").split("."):
            given = isinstance(value, BaseModel) and part in value.model_fields_set
            if isinstance(value, list | tuple):
                value = value[int(part)] if part.isdecimal() and int(part) < len(value) else None
            elif isinstance(value, Mapping):
                value = value.get(part)
            else:
                value = getattr(value, part, None)
            if value is None:
                break
        if given and value == ():
            return self._words.said("told-why-none")
        return self._short(value, field)

    def _short(self, value: Any, field: str) -> str:
        if value is None or (isinstance(value, list | tuple | Mapping) and not value):
            return self._words.said("told-why-not-given")
        if isinstance(value, bool):
            return self._words.said("told-why-yes") if value else self._words.said("told-why-no")
        if isinstance(value, BaseModel):
            value = {k: getattr(value, k) for k in type(value).model_fields}
        if isinstance(value, list | tuple):
            if any(isinstance(v, BaseModel) for v in value):
                return self._words.said("told-why-listed", n=len(value))
            return ", ".join(self._short(v, field) for v in value)
        if isinstance(value, Mapping):
            known = [
                f"{self._key(k)} {self._short(v, f'{field}.{k}')}"
                for k, v in value.items()
                if v not in (None, (), {})
            ]
            return ", ".join(known) or self._words.said("told-why-not-given")
        text = str(value)
        return self._labels.value(field, text) or str(Said(text if len(text) <= 80 else text[:77] + "..."))

    def _key(self, key: str) -> str:
        return self._words.abbr(key) if key in self._content.cards else key.replace("_", " ")

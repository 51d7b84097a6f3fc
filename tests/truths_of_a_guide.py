"""What a guide may never say and what it must: the promises of tests/truths/*.yml, judged on one guide."""

import datetime as dt
import html
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import people
from matchguide.content.store import Content
from matchguide.pages.guide import Guide
from matchguide.pages.view import View
from matchguide.pages.words import Words
from matchguide.paths import TEMPLATES
from matchguide.plan.types import Plan
from matchguide.profile.model import Profile
from matchguide.render.markdown import page_html
from matchguide.source import parse
from support import TESTS, quick_content

FIELDS = {"id", "when", "said", "unsaid", "never", "always", "pages", "except", "why"}


@dataclass(frozen=True)
class Truth:
    """A promise: of whom it is, on which pages, and the phrases that may not or must stand there."""

    id: str
    when: str
    said: tuple[str, ...]
    unsaid: tuple[str, ...]
    never: tuple[str, ...]
    always: tuple[str, ...]
    pages: tuple[str, ...]
    apart: tuple[str, ...]

    def is_about(self, view: View) -> bool:
        says = view.situation.says
        return (
            all(says(line) for line in self.said)
            and not any(says(line) for line in self.unsaid)
            and view.facts.true(self.when)
        )

    def broken(self, pages: dict[str, str]) -> list[str]:
        """What of it does not hold, in words."""
        mine = {id: text for id, text in pages.items() if self._on(id)}
        told = [f"{self.id}: {p!r} stands on {id}" for p in self.never for id, text in mine.items() if _has(text, p)]
        if mine:
            told += [
                f"{self.id}: {p!r} stands nowhere" for p in self.always if not any(_has(t, p) for t in mine.values())
            ]
        return told

    def _on(self, id: str) -> bool:
        return (not self.pages or _named(id, self.pages)) and not _named(id, self.apart)


def _named(id: str, names: tuple[str, ...]) -> bool:
    return any(id == n or (n.endswith("-") and id.startswith(n)) for n in names)


def _has(text: str, phrase: str) -> bool:
    if phrase.startswith("/") and phrase.endswith("/"):
        return re.search(phrase[1:-1], text) is not None
    return phrase.lower() in text.lower()


@cache
def truths() -> tuple[Truth, ...]:
    found = []
    for path in sorted((TESTS / "truths").glob("*.yml")):
        for row in parse(path.read_text(encoding="utf-8"), path.name).data["truths"]:
            assert set(row) <= FIELDS, f"{path.name}: {row}"
            assert row.get("why"), f"{row['id']} does not say why"
            assert row.get("never") or row.get("always"), f"{row['id']} says nothing"
            lists = (tuple(row.get(k, ())) for k in ("said", "unsaid", "never", "always", "pages", "except"))
            found.append(Truth(row["id"], str(row.get("when", "true")), *lists))
    assert len({t.id for t in found}) == len(found)
    return tuple(found)


def plain(page: str) -> str:
    """A page as it is read: headings with their marks, a line a block; without the reasons of advice."""
    text = re.sub(r'<details class="why".*?</details>|<(script|style|svg)\b.*?</\1>', " ", page, flags=re.S)
    text = re.sub(r"<h([1-6])[^>]*>", lambda m: "\n" + "#" * int(m[1]) + " ", text)
    text = re.sub(r"</(p|h\d|tr|div|ul|ol|li|table)>|<br ?/?>", "\n", text)
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return re.sub(r"[ \t]+", " ", re.sub(r"\s*\n\s*", "\n", text))


def broken(profile: Profile, plan: Plan, guide: Guide, content: Content) -> tuple[list[str], set[str]]:
    """The promises that a guide breaks, in words; and the ids of those that are about it."""
    content = content.of_season(plan.season)
    view = View(plan, content, profile, Words(content, TEMPLATES))
    pages = {p.id: plain(page_html(p)) for p in guide.pages}
    about = [t for t in truths() if t.is_about(view)]
    return [line for t in about for line in t.broken(pages)], {t.id for t in about}


def drawn(seed: int) -> tuple[str, list[str], set[str]]:
    """A drawn person: who it is, what is broken, which promises are about them."""
    return _judged(seed, *people.draw(seed))


def resident(seed: int) -> tuple[str, list[str], set[str]]:
    """The same of a person who trains in the US on a J-1."""
    return _judged(seed, *people.resident(seed))


def _judged(seed: int, data: people.Data, on: dt.date) -> tuple[str, list[str], set[str]]:
    profile, plan, guide = people.guide_of(data, on)
    told, about = broken(profile, plan, guide, quick_content())
    return f"{seed} on {on} ({plan.phase})", told, about


def main(count: int) -> int:
    """`count` drawn people that no test has seen; prints what is broken."""
    first, faults = 100_000 + dt.date.today().toordinal() * 1000 % 900_000, 0
    for seed in range(first, first + count):
        who, told, _ = drawn(seed)
        faults += len(told)
        for line in told:
            print(who, line)
    print(f"{count} people from seed {first}: {faults} broken promises.")
    return int(faults > 0)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))

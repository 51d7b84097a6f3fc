"""Mistakes a tired person makes in content/ and templates/, drawn by a seed: one key, id, number or word at a time.
Each is refused with its file, or changes a plan, a block, Sources or the decisions of forty people; none ends in a
traceback.

Run as a program (`make seeded-edits`) it tries 300 and lists what went unnoticed; test_seeded_edits.py runs forty.
"""

import datetime as dt
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import people
from examples import DAY
from matchguide import paths
from matchguide.checks.whole import problems
from matchguide.content import store, vocabulary
from matchguide.content.store import Content
from matchguide.decisions.document import document
from matchguide.mistakes import MistakesFound
from matchguide.pages.write import write
from matchguide.plan.make import make
from matchguide.profile import read as reader
from matchguide.profile.model import Profile
from matchguide.session import forget
from matchguide.source import Source, parse
from support import TESTS, merged, profile_file, with_number
from test_cases import day_of, profile_data, read_case

# The forty: chosen one after the other by what their guides say that nobody's before them said.
FILES = ("smallest", "drawn-to-surgery", "re-applicant", "amara")
DRAWN = (37, 77, 16, 21, 72, 30, 47, 81, 41, 42, 20, 1, 70, 51, 55, 58, 59)
FROM_CASES = (
    "restriction-older-than-its-review", "weak-with-a-foothold-in-radiology", "guide-without-flips",
    "anesthesiology-with-letters", "radiologist-who-likes-medicine", "november-with-interviews",
    "rehabilitation-seen-in-the-us", "middle-family-medicine-instead", "borderline-5-surgeon-at-heart",
)  # fmt: skip
DR, PS = "diagnostic-radiology", "preliminary-surgery"
MET = [
    {"program": "Hill", "specialty": DR, "date": "2026-11-28", "liked": 4},
    {"program": "Lake", "specialty": "internal-medicine", "date": "2027-01-20"},
    {"program": "Mercy", "specialty": PS},
]
LATER = (  # Amara, once something has happened
    ({"interviews": MET, "season_so_far": {"applied": {DR: 60}}}, "2027-01-05"),
    (
        {"interviews": MET, "rank_list": [{"program": "Hill", "first_years": ["Mercy"]}, {"program": "Hill"}]},
        "2027-02-20",
    ),
    ({"season_so_far": {"applied": "yes", "result": "matched", "place": {"specialty": DR}}}, "2027-03-20"),
    ({"season_so_far": {"result": "first year only", "place": {"specialty": PS}}}, "2027-03-16"),
    ({"season_so_far": {"result": "first year only", "place": {"specialty": PS}}}, "2027-07-10"),
    ({"season_so_far": {"result": "advanced only", "place": {"specialty": DR}}}, "2027-04-10"),
    ({"season_so_far": {"result": "not matched"}}, "2027-03-16"),
    ({"season_so_far": {"result": "not matched"}}, "2027-04-10"),
    ({"season_so_far": {"result": "not matched"}}, "2027-06-10"),
    ({"season_so_far": {"applied": "nothing"}}, "2027-03-25"),
)
KINDS = ("pages/*.md", "home/*.md", "parts/*.jinja", "words/*.yml", "labels.yml")
WORD = re.compile(r"[A-Za-z_][\w:./+-]*")


@dataclass(frozen=True)
class Edit:
    """A file (under content/ or templates/), what stood there and what stands there now, at a position."""

    file: str
    position: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.file} at {self.position}: {self.before!r} became {self.after!r}"


def files() -> list[Path]:
    """The files that are edited, by the folder of the project."""
    # cohort.yml is seen on the advisor's page and in no guide: test_cohort_overview.py asks for each of its reasons.
    found = [p for p in (*paths.CONTENT.rglob("*.yml"), *paths.CONTENT.rglob("*.md")) if p.name != "cohort.yml"]
    found += [p for kind in KINDS for p in paths.TEMPLATES.glob(kind)]
    return sorted(p.relative_to(paths.HOME) for p in found)


def edit(seed: int) -> Edit:
    """The edit of a seed: each file equally often, then any of its keys, ids and values."""
    r = random.Random(f"matchguide edit {seed}")
    every = files()
    while True:
        file = every[r.randrange(len(every))]
        text = (paths.HOME / file).read_text(encoding="utf-8")
        places = list(_places(file, text))
        if not places:
            continue
        position, before = places[r.randrange(len(places))]
        after = _misspelled(r, before)
        if after != before:
            return Edit(file.as_posix(), position, before, after)


def _places(file: Path, text: str) -> Iterator[tuple[int, str]]:
    """Keys and values of YAML that are one word or number, words of expressions, references; in Jinja its words."""
    body = 0
    if file.suffix == ".yml" or file.parts[1] in ("specialties", "pages"):
        head = text if file.suffix == ".yml" else text.split("---\n", 2)[1]
        offset = 0 if file.suffix == ".yml" else 4
        body = len(text) if file.suffix == ".yml" else offset + len(head)
        starts = [0]
        for line in head.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        source = parse(head, str(file))
        for line, column in source.names.values():
            at = starts[line - 1] + column - 1
            if hit := WORD.match(head, at):
                yield offset + at, hit[0]
        for path, (line, column, value) in source.places.items():
            at = starts[line - 1] + column - 1
            simple = value and not re.search(r"\s", value)
            expression = path and str(path[-1]) in ("when", "for")
            if simple or expression:
                at += head[at : at + 1] in "\"'"
                for hit in WORD.finditer(value) if expression else [re.match(r".*", value)]:
                    if hit and hit[0] and head[at + hit.start() : at + hit.end()] == hit[0]:
                        yield offset + at + hit.start(), hit[0]
    for hit in re.finditer(r"\[\[([a-z][^\]|{}]*)", text):
        yield hit.start(1), hit[1]
    if file.parts[0] == "templates" and file.suffix != ".yml":
        for hit in re.finditer(r"\{[{%](.*?)[}%]\}", text[body:], re.S):
            for word in re.finditer(r"[A-Za-z_][\w-]*|\d+", hit[1]):
                yield body + hit.start(1) + word.start(), word[0]


def _misspelled(r: random.Random, word: str) -> str:
    if word in ("true", "false"):
        return "false" if word == "true" else "true"
    if re.fullmatch(r"-?\d+(\.\d+)?", word):
        return str(int(word) + r.choice([-1, 1, 7])) if word.lstrip("-").isdecimal() else f"{float(word) + 0.3:.2f}"
    i = r.randrange(len(word))
    return r.choice([word[:i] + word[i + 1 :], word[:i] + r.choice("aeiou") + word[i:]]) or "x"


def forty() -> list[tuple[dict[str, Any], dt.date]]:
    """Profiles as plain data, each with its day."""
    out = [(profile_file(f"{n}.yml"), DAY) for n in FILES]
    out += [people.draw(seed) for seed in DRAWN]
    for name in FROM_CASES:
        case = read_case(TESTS / "cases" / f"{name}.yml")
        out.append((profile_data(case), day_of(case)))
    out += [(merged(profile_file("amara.yml"), but), dt.date.fromisoformat(day)) for but, day in LATER]
    return out


class Bench:
    """A copy of content and templates, forty people, and what they get of it."""

    def __init__(self, folder: Path) -> None:
        self.home = folder
        shutil.copytree(paths.CONTENT, folder / "content")
        shutil.copytree(paths.TEMPLATES, folder / "templates", ignore=shutil.ignore_patterns("fonts"))
        self.people = forty()
        content = self._content()
        self.profiles = [reader.check(Source("profile.yml", data), content.known) for data, _ in self.people]
        self.decisions = document(content, "interventional-radiology", self.home / "templates")
        self.plans = [repr(make(p, content, content.seasons[2027], on)) for p, on in self._all()]
        self.guides: dict[int, str] = {}
        for i in range(len(self.people)):
            self.guides[i] = self._guide(i, content)

    def _all(self) -> Iterator[tuple[Profile, dt.date]]:
        yield from ((p, on) for p, (_, on) in zip(self.profiles, self.people, strict=True))

    def _content(self) -> Content:
        forget()
        vocabulary.load.cache_clear()
        content = store.load(self.home / "content")
        number = content.goals["interventional-radiology"].numbers["draws"].value
        return with_number(content, "draws", 20 if number == 10000 else 21)

    def _guide(self, i: int, content: Content) -> str:
        on = self.people[i][1]
        plan = make(self.profiles[i], content, content.seasons[2027], on)
        guide = write(plan, content, self.profiles[i], self.home / "templates")
        return repr(guide)

    def verdict(self, edit: Edit) -> str:
        """refused, changed, unnoticed, or what went wrong."""
        path = self.home / edit.file
        text = path.read_text(encoding="utf-8")
        at = edit.position
        assert text[at : at + len(edit.before)] == edit.before
        path.write_text(text[:at] + edit.after + text[at + len(edit.before) :], encoding="utf-8")
        try:
            return self._verdict(edit, path)
        except MistakesFound as error:
            return "refused" if edit.file in error.text() else f"refused, with another file: {error.text()[:300]}"
        except Exception as error:
            return f"traceback: {type(error).__name__}: {error}"
        finally:
            path.write_text(text, encoding="utf-8")

    def _verdict(self, edit: Edit, path: Path) -> str:
        found = problems(self.home / "content", self.home / "templates")
        if found:
            told = "\n".join(m.text() for m in found)
            folder = edit.file.rpartition("/")[0]
            right = str(path) in told or folder in told.replace(f"{self.home}/", "")
            return "refused" if right else f"refused, with another file: {told[:300]}"
        content = self._content()
        if edit.file.startswith("content/"):
            if document(content, "interventional-radiology", self.home / "templates") != self.decisions:
                return "changed"
            for (profile, on), before in zip(self._all(), self.plans, strict=True):
                if repr(make(profile, content, content.seasons[2027], on)) != before:
                    return "changed"
        for i, before in self.guides.items():
            if self._guide(i, content) != before:
                return "changed"
        return "unnoticed"


def run(seeds: range, folder: Path) -> list[tuple[Edit, str]]:
    """Each edit with its verdict."""
    bench = Bench(folder)
    return [(one, bench.verdict(one)) for one in map(edit, seeds)]


if __name__ == "__main__":
    first, count = (int(x) for x in (*sys.argv[1:], "0", "300")[:2])
    with tempfile.TemporaryDirectory() as home:
        answers = run(range(first, first + count), Path(home))
    for one, verdict in answers:
        if verdict not in ("refused", "changed"):
            print(f"{verdict}: {one}")
    tally = {v: sum(x == v for _, x in answers) for v in ("refused", "changed", "unnoticed")}
    print(", ".join(f"{n} {v}" for v, n in tally.items()), f"of {len(answers)}")
    sys.exit(tally["unnoticed"] > len(answers) * 5 // 100 or sum(tally.values()) < len(answers))

"""In a public log (CI, --redact) nothing of the reader stands: no value, no key, no file name, whatever is wrong with
the profile. Markers stand in every value and key of hundreds of drawn profiles, and none comes out."""

import random
from pathlib import Path

import pytest

from matchguide import paths
from matchguide.cli.main import main
from matchguide.content import store
from matchguide.mistakes import MistakesFound
from matchguide.profile.read import read
from support import content

MARK = "Zqxmark"
NAMES = [
    "version",
    "applicant",
    "visa",
    "exams",
    "goal",
    "backups",
    "priorities",
    "experience",
    "letters",
    "stories",
    "limits",
    "history",
    "interviews",
    "programs",
    "rank_list",
    "name",
    "status",
    "school_country",
    "graduated",
    "citizenships",
    "birth_country",
    "holds",
    "step1",
    "step2_ck",
    "score",
    "result",
    "attempts",
    "oet",
    "specialty",
    "season",
    "enjoyment",
    "open_to",
    "ruled_out",
    "from",
    "us",
    "title",
    "fits",
    "text",
    "budget_usd",
    "gaps",
    "program",
]
TOP = "goal: {specialty: interventional-radiology, season: 2027}\n"


class Drawn:
    """One malformed profile: markers with a number each, so that no two are the same."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0

    def mark(self) -> str:
        self.count += 1
        return f"{MARK}{self.count}x{self.random.randrange(10**6)}"

    def key(self) -> str:
        wild = [
            self.mark(),
            f"'{self.mark()}'",
            f'"{self.mark()}\\e[31m"',
            f"{self.mark()} {self.mark()}",
            f"{self.mark()}\u200b",
        ]
        return self.random.choice([*wild, *[self.random.choice(NAMES) for _ in range(8)]])

    def value(self, depth: int) -> str:
        draw, mark = self.random, self.mark
        if depth < 3 and draw.random() < 0.5:
            return self.flow(depth + 1)
        return draw.choice(
            [
                mark(),
                mark(),
                f'"{mark()}"',
                f"'{mark()}'",
                f"!{mark()} x",
                f"!!{mark()} {mark()}",
                f"&{mark()} y",
                f"*{mark()}",
                f"#{mark()}",
                f"{mark()} #{mark()}",
                f'"{mark()}\\q"',
                f'"{mark()}',
                f"'{mark()}",
                f"%{mark()}",
                f"@{mark()}",
                f"`{mark()}`",
                f"[{mark()}",
                f"{{{mark()}",
                f"{mark()}: {mark()}",
                "NO",
                "Congo",
                "2440",
                "\x07" + mark(),
                f"{mark()}\u2028{mark()}",
                f"|\n {mark()}",
                f"- {mark()}",
                "1",
                "us-md",
                f"!<tag:{mark()}> z",
                mark() * 60,
            ]
        )

    def flow(self, depth: int) -> str:
        inner = [f"{self.key()}: {self.value(depth)}" for _ in range(self.random.randrange(3))]
        if self.random.random() < 0.3:
            return "[" + ", ".join(self.value(depth) for _ in range(3)) + "]"
        return "{" + ", ".join(inner) + "}"

    def text(self) -> str:
        lines = [f"{self.key()}: {self.value(0)}" for _ in range(self.random.randrange(1, 5))]
        wrong = [
            f"{self.mark()}: {self.mark()}",
            f"backups: {{enjoyment: {{{self.mark()}: 3, {self.mark()}: {self.mark()}}}}}",
            f"applicant: {{name: {self.mark()}, {self.mark()}: 1}}",
            f"%TAG !{self.mark()}! tag:{self.mark()}",
            f"visa: {{birth_country: Congo, citizenships: [{self.mark()}]}}",
            f"{(twice := self.mark())}: 1\n{twice}: 2",
            f"letters:\n  - from: {self.mark()}\n    specialty: {self.mark()}\n   status: {self.mark()}",
            f"\t{self.mark()}: 1",
            f"? [{self.mark()}]\n: {self.mark()}",
        ]
        lines.insert(self.random.randrange(len(lines) + 1), self.random.choice(wrong))
        return (TOP if self.random.random() < 0.8 else "") + "\n".join(lines) + "\n"


def mistakes(file: Path) -> MistakesFound | None:
    try:
        read(file, content().known)
    except MistakesFound as found:
        return found
    return None


def leaks(told: str) -> bool:
    return MARK.lower() in told.lower() or "Congo" in told or "2440" in told or "\x1b" in told


def test_the_reader_of_profiles_tells_nothing_of_five_hundred(tmp_path: Path) -> None:
    told = 0
    for seed in range(500):
        file = tmp_path / f"{MARK}{seed}.yml"
        file.write_text(Drawn(seed).text(), encoding="utf-8")
        found = mistakes(file)
        said = found.text(redact=True) if found else ""
        assert not leaks(said), f"{seed}: {said}\n{file.read_text()}"
        assert not found or all(m.line for m in found.mistakes), f"{seed}: {said}"
        told += bool(found)
    assert told > 450


COMMANDS = [
    ["check", "P"],
    ["build", "P", "-o", "O"],
    ["build", "P", "-o", "O", "--single", "O.html", "--pdf"],
    ["pdf", "P"],
    ["plan", "P"],
    ["plan", "P", "--json"],
    ["serve", "P", "--port", "1"],
    ["eject", "P", "O"],
    ["publish", "P", "-o", "O", "--open"],
    ["publish", "P", "-o", "O", "--password-file", "P"],
    ["publish", "P", "--single", "O.html"],
]


@pytest.mark.parametrize("how", ["CI", "--redact"])
def test_no_command_tells_anything_of_twenty(
    how: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    if how == "CI":
        monkeypatch.setenv("CI", "true")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(store, "load", lambda folder: content())  # read once, or this would take half a minute
    seen = 0
    for seed in range(600, 620):
        file = tmp_path / f"{MARK}{seed}.yml"
        file.write_text(Drawn(seed).text(), encoding="utf-8")
        if not mistakes(file):
            continue
        seen += 1
        for command in COMMANDS:
            words = [{"P": file.name, "O": "out", "O.html": "out.html"}.get(word, word) for word in command]
            assert main([*words, *(["--redact"] if how == "--redact" else [])]) == 2, command
            out = capfd.readouterr()
            assert not leaks(out.out + out.err), f"{command}: {out.out}{out.err}"
            assert "profile:" in out.err
    assert seen >= 15


def test_a_good_profile_is_not_named_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / f"{MARK}.yml"
    file.write_text(TOP + f"applicant: {{name: {MARK} தமிழ் ඩ 😀}}\n", encoding="utf-8")
    for command in (["check"], ["build", "-o", "guide"], ["pdf"], ["check", f"{MARK}-missing.yml"]):
        main([command[0], str(file), *command[1:], "--redact"])
        out = capsys.readouterr()
        assert not leaks(out.out + out.err), command
        assert "Tamil" not in out.err


def test_a_page_that_cannot_be_written_tells_no_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template of somebody's fork fails over a name: the error's own text would print it."""
    import shutil

    from matchguide.session import Session

    shutil.copytree(paths.TEMPLATES, tmp_path / "templates")
    page = tmp_path / "templates" / "pages" / "10-index.md"
    page.write_text(page.read_text().replace("# Your plan\n", "# {{ {}[you.applicant.name.text] }}\n", 1))
    file = tmp_path / "me.yml"
    file.write_text(TOP + f"applicant: {{name: {MARK}}}\n")
    monkeypatch.setattr(paths, "TEMPLATES", tmp_path / "templates")
    monkeypatch.setattr(Session, "templates", tmp_path / "templates", raising=False)
    session = Session(file, __import__("datetime").date(2026, 6, 15), templates=tmp_path / "templates")
    with pytest.raises(MistakesFound) as found:
        _ = session.guide
    assert MARK in found.value.text()
    assert MARK not in found.value.text(redact=True)
    assert "10-index.md" in found.value.text(redact=True)


def test_several_profiles_are_told_apart_by_their_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / f"{MARK}{i}.yml" for i in range(3)]
    for i, file in enumerate(files):
        file.write_text(TOP + ("visa: {needs: x}\n" if i == 1 else ""))
    assert main(["check", *map(str, files), "--redact"]) == 2
    out = capsys.readouterr()
    assert out.out == "profile 1: no mistakes\nprofile 3: no mistakes\n"
    assert "profile 2:2:15  visa.needs: (value hidden)" in out.err

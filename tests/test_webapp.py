"""The app as files, and what it does inside the browser, tried without one."""

import contextlib
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from examples import PROFILES, ROOT, day_of, session_of
from matchguide import paths
from matchguide.cli.main import main
from matchguide.mistakes import MistakesFound
from matchguide.output.ours import read_listing
from matchguide.profile import read as reader
from matchguide.profile.model import Profile
from matchguide.profile.plain import as_data, as_source
from matchguide.profile.written import written
from matchguide.publish.dictionary import packed, unpacked
from matchguide.publish.passphrase import dictionary
from matchguide.session import Session
from matchguide.site.single import single
from matchguide.source import parse
from matchguide.webapp import questions
from matchguide.webapp.inside.desk import Desk
from people import draw
from support import content


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """The profiles of the doctors' cases."""
    for path in sorted((ROOT / "tests" / "cases").glob("*.yml")):
        for i, case in enumerate(yaml.safe_load_all(path.read_text(encoding="utf-8"))):
            for j, each in enumerate(case if isinstance(case, list) else [case]):
                if isinstance(each, dict) and isinstance(each.get("profile"), dict):
                    yield f"{path.stem}-{i}-{j}", each["profile"]


def said(value: Any) -> Any:
    """What a profile says and what it leaves out, also inside its parts."""
    if isinstance(value, BaseModel):
        return {
            name: said(getattr(value, name))
            for name in sorted(value.model_fields_set)
            if getattr(value, name) is not None
        }
    if isinstance(value, dict):
        return {key: said(inner) for key, inner in value.items()}
    return [said(inner) for inner in value] if isinstance(value, list | tuple) else value


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(content())


def asked(answers: dict[str, Any], on: dt.date = dt.date(2026, 6, 15), **more: Any) -> str:
    return json.dumps({"answers": answers, "on": on.isoformat(), **more})


# ---- the questions


@pytest.mark.fast
def test_every_line_of_the_profile_has_a_question_and_each_question_a_line() -> None:
    assert questions.unknown_and_unasked() == (set(), set())


@pytest.mark.fast
def test_answers_are_the_words_that_the_profile_knows() -> None:
    """Each fixed answer is taken by the reader of profiles, alone or in its entry."""
    wrong = []
    for step in questions.read().steps:
        for question in step.questions:
            for inner, entry in [(question, "")] + [(each, question.field) for each in question.fields]:
                if inner.kind in ("choice", "several"):
                    for word in inner.answers:
                        wrong += _refused(inner.field, word, entry, inner.kind == "several")
    assert not wrong


def _refused(field: str, word: str, entry: str, listed: bool) -> list[str]:
    value: Any = {"true": True, "false": False}.get(word, int(word) if word.isdecimal() else word)
    data: dict[str, Any] = {}
    path = [*entry.split("."), 0, field] if entry else field.split(".")
    value = [value] if listed else value
    source = {"goal": {"specialty": "interventional-radiology"}}
    for part in reversed(path[1:]):
        value = [value] if part == 0 else {part: value}
    data = source | {path[0]: value} if path[0] != "goal" else {"goal": source["goal"] | value}
    try:
        reader.check(as_source(data), content().known)
    except MistakesFound as error:
        own = [m for m in error.mistakes if m.path == tuple(path) or (listed and m.path[:-1] == tuple(path))]
        return [f"{field}: {word}" for m in own if "not served yet" not in m.problem]
    return []


# ---- answers, files and back


@pytest.mark.parametrize("name", PROFILES)
def test_an_example_opened_and_saved_says_the_same(name: str, desk: Desk) -> None:
    text = (ROOT / "profiles" / f"{name}.yml").read_text(encoding="utf-8")
    answers = json.loads(desk.opened(text))["answers"]
    again = reader.check(parse(desk.written(asked(answers, day_of(name))), "profile.yml"), content().known)
    assert said(again) == said(session_of(name).profile)


def test_cases_and_drawn_people_opened_and_saved_say_the_same() -> None:
    people = [("drawn", draw(seed)[0]) for seed in range(60)]
    seen = 0
    for name, data in [*cases(), *people]:
        try:
            profile: Profile = reader.check(as_source(data), content().known)
        except MistakesFound:
            continue
        plain = as_data(profile)
        again = reader.check(parse(written(plain), "profile.yml"), content().known)
        assert said(again) == said(profile), name
        assert as_data(reader.check(as_source(plain), content().known)) == plain, name
        seen += 1
    assert seen > 80


@pytest.mark.parametrize("name", ["a_shared_list.csv", "c_tracker.csv"])
def test_a_table_that_is_brought_makes_the_commands_guide(name: str, desk: Desk, tmp_path: Path) -> None:
    """The same bytes as with the table beside the profile; without it another guide; it is not saved."""
    raw = (ROOT / "tests" / "tables" / name).read_bytes()
    text = (ROOT / "profiles" / "amara.yml").read_text(encoding="utf-8") + f"\nprograms_file: {name}\n"
    (tmp_path / name).write_bytes(raw)
    (tmp_path / "profile.yml").write_text(text, encoding="utf-8")
    session = Session(tmp_path / "profile.yml", dt.date(2026, 11, 26))
    answers = json.loads(desk.opened(text))["answers"]

    found = json.loads(desk.table("mark", name, memoryview(raw)))
    assert found["programs"] == len(session.table.programs)
    with_table = asked(answers, session.on, table="mark")
    assert desk.single(with_table) == single(session.guide, paths.TEMPLATES)
    assert desk.single(asked(answers, session.on)) != desk.single(with_table)
    saved = reader.check(parse(desk.written(with_table), "profile.yml"), content().known)
    assert said(saved) == said(reader.check(parse(text, "profile.yml"), content().known))


def test_a_table_that_cannot_be_read_is_told_and_changes_nothing(desk: Desk) -> None:
    raw = (ROOT / "tests" / "tables" / "a_shared_list.csv").read_bytes()
    assert "programs" in json.loads(desk.table("mark", "list.csv", raw))
    before = desk.brought
    for wrong, told in (
        (b"%PDF-1.7", "This is no table. Save it as .xlsx or .csv."),
        (b"PK\x03\x04x", "cannot be read"),
    ):
        assert told in json.loads(desk.table("other", "list.xlsx", wrong))["fault"]
        assert desk.brought == before


def test_odd_text_comes_back_letter_by_letter() -> None:
    odd = [
        "Null",
        "yes",
        "1:30",
        "007",
        "- a: {b}",
        "# x",
        "a #b",
        "'\"\\",
        "a\x85b\u2028c\x01",
        "😀 ක",
        "&a *b !c",
        " x ",
    ]
    data = {
        "goal": {"specialty": "interventional-radiology"},
        "stories": [{"title": text, "text": text} for text in odd],
    }
    again = reader.check(parse(written(data), "profile.yml"), content().known)
    assert [s.text for s in again.stories] == odd


def test_a_saved_profile_has_the_comments_of_init() -> None:
    text = written({"version": 1, "goal": {"specialty": "interventional-radiology"}, "visa": {"needs": "j1"}})
    assert "every passport you hold" in text
    assert text.index("every passport you hold") < text.index("\nvisa:\n  needs: j1")


# ---- the desk


def test_guides_are_the_commands_byte_for_byte(desk: Desk) -> None:
    for name in PROFILES:
        session = session_of(name)
        assert desk.single(asked(as_data(session.profile), session.on)) == single(session.guide, paths.TEMPLATES), (
            name
        )


def test_a_mistake_stands_beside_its_question_and_the_plan_goes_on_without_it(desk: Desk) -> None:
    answers = as_data(session_of("amara").profile)
    answers["applicant"]["graduated"] = 22
    answers["exams"]["step2_ck"]["score"] = 2440
    answers["visa"]["citizenships"] = ["Sri Lankaa"]
    found = json.loads(desk.plan(asked(answers)))
    told = {".".join(map(str, m["path"])): m["text"] for m in found["mistakes"]}
    assert told["applicant.graduated"] == "“22” is not a year. Write a whole number from 1950 to 2100."
    assert "Did you mean: Sri Lanka?" in told["visa.citizenships.0"]
    assert "2440" in told["exams.step2_ck.score"]
    assert found["combination"]
    assert {a["field"] for a in found["unknown"]} >= {"applicant.graduated", "exams.step2_ck.score"}


def test_what_an_answer_changed_is_told() -> None:
    fresh = Desk(content())
    answers = as_data(session_of("amara").profile)
    before = json.loads(fresh.plan(asked(answers)))
    assert before["changed"] == []
    answers["backups"]["enjoyment"]["diagnostic-radiology"] = 1
    after = json.loads(fresh.plan(asked(answers)))
    assert after["changed"][0] == f"The plan is now: {after['combination']} (before: {before['combination']})."


def test_a_guide_opened_again_holds_the_answers_and_tells_what_changed(desk: Desk) -> None:
    session = session_of("amara")
    opened = json.loads(desk.opened(single(session.guide, paths.TEMPLATES).decode()))
    assert opened["answers"] == as_data(session.profile)
    later = {**opened["answers"], "backups": {"ruled_out": ["internal-medicine", "general-surgery"]}}
    found = json.loads(desk.plan(asked(later, dt.date(2026, 7, 1), since=opened["since"])))
    assert found["since"]["on"] == "2026-06-15"
    assert any("IR + DR + IM" in line for line in found["since"]["lines"])


@pytest.mark.parametrize(
    "text", ["hello", "<p>page</p>", "{}", "[1]", "a: 1", "", '{"schema": 1}', "goal: &a {b: *a}"]
)
def test_what_is_no_profile_or_guide_is_said_so(text: str, desk: Desk) -> None:
    assert "fault" in json.loads(desk.opened(text))


def test_a_profile_written_as_json_is_one_too(desk: Desk) -> None:
    """As the page saves it where the planner is gone."""
    answers = as_data(session_of("amara").profile)
    assert json.loads(desk.opened(json.dumps(answers, indent=1)))["answers"] == answers


def test_passwords_have_the_commands_rules(desk: Desk) -> None:
    answers = asked(as_data(session_of("amara").profile))
    assert "could be guessed" in desk.strength(answers, "Amara2026")
    assert desk.strength(answers, desk.words()) == ""


def test_the_words_that_guessers_know_are_the_same_when_packed() -> None:
    whole = dictionary()
    small = unpacked(packed(whole))
    assert len(small) == len(whole)
    assert dict(small.items()) == whole
    assert "no such word" not in small
    assert "" not in small


# ---- the folder


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The command without its fetching."""
    files = {"index.html": b"<p>1</p>", "js/main.js": b"1"}
    monkeypatch.setattr("matchguide.webapp.fetch.fetched", contextlib.nullcontext)
    monkeypatch.setattr("matchguide.webapp.build.app_files", lambda found: files)
    return files


def test_twice_into_one_folder(stub: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "app"
    assert main(["webapp", "-o", str(out)]) == 0
    (out / "CNAME").write_text("example.org")
    stub["index.html"] = b"<p>2</p>"
    assert main(["webapp", "-o", str(out)]) == 0
    assert (out / "index.html").read_bytes() == b"<p>2</p>"
    assert (out / "CNAME").read_text() == "example.org"


def test_a_foreign_folder_is_refused(
    stub: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["webapp", "-o", str(tmp_path)]) == 2
    assert "did not make" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_an_interrupted_run_leaves_the_last_good_one(
    stub: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "app"
    assert main(["webapp", "-o", str(out)]) == 0

    def broken(found: object) -> dict[str, bytes]:
        raise KeyboardInterrupt

    monkeypatch.setattr("matchguide.webapp.build.app_files", broken)
    assert main(["webapp", "-o", str(out)]) > 128
    assert (out / "index.html").read_bytes() == b"<p>1</p>"
    assert [p.name for p in tmp_path.iterdir()] == ["app"]


def test_without_npm_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert main(["webapp", "-o", str(tmp_path / "app")]) == 2
    assert "Install Node.js" in capsys.readouterr().err


def test_sizes_and_sums(app: Path) -> None:
    """At most 13 MB, 9 before the first plan; every packed file is in the manifest with its sum."""
    import hashlib

    files = {p.relative_to(app).as_posix(): p.read_bytes() for p in app.rglob("*") if p.is_file()}
    assert sum(map(len, files.values())) < 13_000_000
    manifest = json.loads(files["manifest.json"])
    late = sum(
        len(data)
        for name, data in files.items()
        if name in ("packs/site.bin", "packs/sealing.bin", "packs/tables.bin")
    )
    assert sum(map(len, files.values())) - late < 9_000_000
    assert {name for name in files if name.endswith(".bin")} == set(manifest["files"])
    for name, listed in manifest["files"].items():
        assert hashlib.sha256(files[name]).hexdigest() == listed["sum"]
    listing = read_listing(app)
    assert listing
    assert listing.kind == "app"


def test_nothing_of_this_machine_is_in_it(app: Path) -> None:
    import gzip

    for path in app.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            data = gzip.decompress(data) if path.suffix == ".bin" else data
            assert str(ROOT).encode() not in data, path


def test_content_that_was_brought_read_is_the_same(app: Path, tmp_path: Path) -> None:
    import gzip
    import pickle

    from matchguide.source import Loader, text_sum
    from matchguide.webapp.packs import untar

    files = untar(gzip.decompress((app / "packs" / "first.bin").read_bytes()))
    read = pickle.loads(files["matchguide/_data/read"])
    for path in sorted(paths.CONTENT.rglob("*.yml")):
        text = path.read_text(encoding="utf-8")
        assert pickle.loads(read[text_sum(text)]) == yaml.load(text, Loader=Loader), path


@pytest.mark.fast
def test_limits_that_the_page_knows_are_the_readers() -> None:
    """Before the planner is there, the page refuses a number in the same words."""
    found = {
        q["field"]: q["limits"] for step in questions.questions()["steps"] for q in step["questions"] if "limits" in q
    }
    assert found["applicant.graduated"] == {
        "low": 1950,
        "high": 2100,
        "text": "is not a year. Write a whole number from 1950 to 2100.",
    }
    for field, limits in found.items():
        for value, good in ((limits["low"], True), (limits["low"] - 1, False), (limits["high"] + 1, False)):
            refused = _refused(field, str(value), "", False) if value >= 0 else [field]
            assert (not refused) == good, (field, value)

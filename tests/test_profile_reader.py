"""Bad input to the profile: a message with file, line, column, field, what is allowed and the nearest right word."""

import re
from pathlib import Path

import pytest

from matchguide.mistakes import MistakesFound
from matchguide.profile.read import read
from matchguide.profile.values import Score
from support import GOAL, PROFILES, content, profile_in

pytestmark = pytest.mark.fast

EXAMPLES = sorted(PROFILES.glob("*.yml"))
NINE = {
    "amara",
    "strong-radiology",
    "weak-radiology",
    "drawn-to-surgery",
    "early-no-exams",
    "re-applicant",
    "needs-h1b",
    "restricted-radiologist",
    "smallest",
}
LATER = {"interviewing", "ranking", "first-year-only"}  # examples for moments after applications are out


def mistakes(text: str) -> MistakesFound:
    with pytest.raises(MistakesFound) as found:
        profile_in(text)
    return found.value


# ---- what is right


def test_the_nine_examples_and_those_for_later_moments_are_there() -> None:
    assert {p.stem for p in EXAMPLES} >= NINE | LATER


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_examples_load_and_say_who_they_are(path: Path) -> None:
    profile = read(path, content().known)
    assert profile.goal.specialty == "interventional-radiology"
    comment = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#"))
    assert "FICTIONAL" in comment
    assert re.search(r"Written as of \d{1,2} \w+ 202\d", comment), "the comment names the date it is written for"
    if path.stem != "smallest":
        assert profile.applicant.name
        assert all(story.text for story in profile.stories)
        assert profile.stories


def test_no_two_examples_share_a_name_or_a_letter_writer() -> None:
    names, writers = [], []
    for path in EXAMPLES:
        profile = read(path, content().known)
        names.append(profile.applicant.name)
        writers += {letter.writer for letter in profile.letters}
    assert len(names) == len(set(names))
    assert len(writers) == len(set(writers))


def test_only_the_goal_is_required() -> None:
    profile = profile_in("goal: {specialty: interventional-radiology}\n")
    assert profile.step2_ck is None
    assert profile.letters == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("244", Score(244, 244)),
        ("240s", Score(240, 249)),
        ("not taken", "not taken"),
        ("'251'", Score(251, 251)),
        ("Not Taken", "not taken"),
    ],
)
def test_scores(written: str, meant: object) -> None:
    assert profile_in(GOAL + f"exams: {{step2_ck: {{score: {written}}}}}\n").exams.step2_ck.score == meant


def test_spellings_that_mean_the_same() -> None:
    profile = profile_in(
        GOAL + "backups: {open_to: [Internal Medicine, diagnostic_radiology]}\n"
        "visa: {citizenships: [Burma, ivory coast, DRC, '  sri   lanka ']}\n"
    )
    assert profile.backups.open_to == ("internal-medicine", "diagnostic-radiology")
    assert profile.visa.citizenships == (
        "Myanmar",
        "Côte d'Ivoire",
        "Democratic Republic of the Congo",
        "Sri Lanka",
    )


def test_a_quoted_no_is_text_and_a_plain_no_is_no() -> None:
    profile = profile_in(
        GOAL + 'applicant: {school_country: "NO"}\nprograms: [{name: A, specialty: internal-medicine, j1: no}]\n'
    )
    assert profile.applicant.school_country == "NO"
    assert profile.programs[0].j1 == "no"


def test_times_and_dates_stay_what_was_typed() -> None:
    profile = profile_in(GOAL + "applicant: {name: 1:30}\nexams: {step1: {date: 2025-03}, oet: {date: 2026-07-20}}\n")
    assert profile.applicant.name == "1:30"
    assert (str(profile.exams.step1.date), str(profile.exams.oet.date)) == ("2025-03", "2026-07-20")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "me.yml"
    file.write_bytes(b"\xef\xbb\xbf" + GOAL.replace("\n", "\r\n").encode())
    assert read(file, content().known).goal.season == 2027


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "[x](javascript:alert(1))",
        "# Heading",
        "a | b | c",
        "شكرا ‮ abc",
        "🩻",
        "*x",
        "../../etc/passwd",
    ],
)
def test_text_is_data(text: str) -> None:
    quoted = text.replace("'", "''")
    assert profile_in(GOAL + f"applicant: {{name: '{quoted}'}}\n").applicant.name == text


def test_a_story_of_ten_thousand_characters_is_kept_whole() -> None:
    story = "word " * 2000
    assert profile_in(GOAL + f"stories: [{{title: A, text: '{story}'}}]\n").stories[0].text == story


# ---- what is wrong: text, place, field, parts of the message

BAD = {
    "unknown field": ("aplicant: {name: A}", 1, "aplicant", ["not known", "Did you mean: applicant?"]),
    "unknown field inside": ("applicant: {nane: A}", 13, "applicant.nane", ["Did you mean: name?", "school_country"]),
    "unknown field in a list": (
        "letters: [{from: A, specialty: other, satus: received}]",
        39,
        "letters[0].satus",
        ["Did you mean: status?"],
    ),
    "a number for a mapping": ("applicant: 5", 12, "applicant", ["5 stands alone where fields are due"]),
    "a list for a mapping": ("exams: [a]", 8, "exams", ["fields are due here"]),
    "a mapping for a list": ("letters: {a: b}", 10, "letters", ["is not a list", "dash"]),
    "a word for a list": ("visa: {citizenships: Iran}", 22, "visa.citizenships", ["Iran is not a list"]),
    "a list for a name": ("applicant: {name: [x]}", 19, "applicant.name", ["is not text"]),
    "a score of 2440": (
        "exams: {step2_ck: {score: 2440}}",
        27,
        "exams.step2_ck.score",
        ["2440 is not a Step 2 CK score.", "Write a three-digit score (1-300), a decade such as 240s, or: not taken"],
    ),
    "240's": ("exams: {step2_ck: {score: 240's}}", 27, "exams.step2_ck.score", ["240's is not a Step 2 CK score"]),
    "a score of 24.5": ("exams: {step2_ck: {score: 24.5}}", 27, "exams.step2_ck.score", ["24.5 is not"]),
    "a decade that is none": ("exams: {step2_ck: {score: 245s}}", 27, "exams.step2_ck.score", ["245s is not"]),
    "negative attempts": (
        "exams: {step1: {attempts: -1}}",
        27,
        "exams.step1.attempts",
        ["-1 is not a number of attempts"],
    ),
    "attempts in words": ("exams: {step1: {attempts: two}}", 27, "exams.step1.attempts", ["two is not", "0 to 20"]),
    "half an attempt": ("exams: {step1: {attempts: 1.5}}", 27, "exams.step1.attempts", ["1.5 is not"]),
    "graduated after the season": (
        "applicant: {graduated: 2028}",
        24,
        "applicant.graduated",
        ["2028 is after the Match", "goal.season"],
    ),
    "graduated in 22": (
        "applicant: {graduated: 22}",
        24,
        "applicant.graduated",
        ["22 is not a year", "1950 to 2100"],
    ),
    "residency before graduation": (
        "applicant: {graduated: 2020, trained: [{specialty: internal-medicine, completed: 2018}]}",
        82,
        "applicant.trained[0].completed",
        ["2018 is before graduation"],
    ),
    "misspelt nationality": (
        "visa: {citizenships: [Sri Lnaka]}",
        23,
        "visa.citizenships[0]",
        ["Sri Lnaka is not", "Did you mean: Sri Lanka?"],
    ),
    "a nationality that is nothing": ("visa: {citizenships: [Xyzzy]}", 23, "visa.citizenships[0]", ["English name"]),
    "an ambiguous Congo": (
        "visa: {birth_country: Congo}",
        23,
        "visa.birth_country",
        ["either of two", "Democratic Republic of the Congo"],
    ),
    "unknown specialty": (
        "backups: {open_to: [internal-medicin]}",
        21,
        "backups.open_to[0]",
        ["Did you mean: internal-medicine?", "Known: anesthesiology"],
    ),
    "unknown specialty as a field": (
        "backups: {enjoyment: {internal-medicin: 3}}",
        23,
        "backups.enjoyment.internal-medicin",
        ["internal-medicin is not a specialty", "Did you mean: internal-medicine?"],
    ),
    "open to and ruled out": (
        "backups: {open_to: [internal-medicine], ruled_out: [internal-medicine]}",
        21,
        "backups.open_to[0]",
        ["is also under ruled_out"],
    ),
    "open to and ruled out, spelt differently": (
        "backups: {open_to: [Internal Medicine], ruled_out: [internal-medicine]}",
        21,
        "backups.open_to[0]",
        ["is also under ruled_out"],
    ),
    "the goal ruled out": (
        "backups: {ruled_out: [interventional-radiology]}",
        23,
        "backups.ruled_out[0]",
        ["is your goal"],
    ),
    "the goal not to be borne": (
        "backups: {enjoyment: {interventional-radiology: 1}}",
        49,
        "backups.enjoyment.interventional-radiology",
        ["could not bear your own goal"],
    ),
    "country: NO": (
        "visa: {residence_country: NO}",
        27,
        "visa.residence_country",
        ["NO is read as true or false", 'as in "NO"'],
    ),
    "school_country: NO": (
        "applicant: {school_country: NO}",
        29,
        "applicant.school_country",
        ["true or false", "quotes"],
    ),
    "name: Yes": ("applicant: {name: Yes}", 19, "applicant.name", ["Yes is read as true or false"]),
    "an unknown visa": ("visa: {needs: j2}", 15, "visa.needs", ["j2 is not", "Allowed: j1, h1b, either, none"]),
    "an unknown holding": ("visa: {holds: [greencard]}", 16, "visa.holds[0]", ["Did you mean: green card?"]),
    "enjoyment of 6": ("backups: {enjoyment: {pathology: 6}}", 34, "backups.enjoyment.pathology", ["1 to 5"]),
    "a weight of 9": ("priorities: {visa: 9}", 20, "priorities.visa", ["9 is not a weight", "0 to 5"]),
    "a month 13": ("exams: {step1: {date: 2026-13}}", 23, "exams.step1.date", ["not a date of the calendar"]),
    "a date in words": ("exams: {step1: {date: next May}}", 23, "exams.step1.date", ["is not a date", "2026-07-20"]),
    "dollars": ("limits: {budget_usd: $4000}", 22, "limits.budget_usd", ["$4000 is not", "whole number"]),
    "a letter from nobody": ("letters: [{specialty: other}]", 11, "letters[0].from", ["is missing"]),
    "an interview of an unknown specialty": (
        "interviews: [{program: A, specialty: psychiatrie}]",
        38,
        "interviews[0].specialty",
        ["not a specialty", "Did you mean"],
    ),
    "too long a name": (
        f"applicant: {{name: {'x' * 301}}}",
        19,
        "applicant.name",
        ["too long (301 characters)", "At most 300"],
    ),
    "version 2": ("version: 2", 10, "version", ["2 is not a version"]),
    "a name twice": ("applicant: {name: A, name: B}", 22, "applicant.name", ["stands here twice"]),
    "a us-md": ("applicant: {status: us-md}", 21, "applicant.status", ["not served yet"]),
}


@pytest.mark.parametrize("name", BAD)
def test_one_mistake(name: str) -> None:
    line, column, field, parts = BAD[name]
    found = mistakes(GOAL + line + "\n")
    assert [(m.file, m.line, m.column, m.field) for m in found.mistakes] == [("profile.yml", 2, column, field)]
    text = found.text()
    assert text.startswith(f"profile.yml:2:{column}  {field}: ")
    for part in parts:
        assert part in text


def test_the_form_of_a_message_is_the_one_promised() -> None:
    found = mistakes("goal:\n  specialty: interventional-radiology\nexams:\n  step2_ck:\n    score: 2440\n")
    assert found.text() == (
        "profile.yml:5:12  exams.step2_ck.score: 2440 is not a Step 2 CK score.\n"
        "    Write a three-digit score (1-300), a decade such as 240s, or: not taken"
    )


def test_an_unknown_field_with_fields_below_it_is_named_where_its_name_stands() -> None:
    found = mistakes(GOAL + "aplicant:\n  name: A\n")
    assert (found.mistakes[0].line, found.mistakes[0].column) == (2, 1)


def test_another_goal_is_not_served_yet() -> None:
    assert "not served as a goal yet" in mistakes("goal: {specialty: neurology}\n").text()


def test_no_goal_is_a_mistake() -> None:
    for text in ("applicant: {name: A}\n", "goal:\n", "goal: {season: 2027}\n"):
        found = mistakes(text)
        assert "missing" in found.text()
        assert found.mistakes[0].line == 1


def test_several_mistakes_are_reported_together_in_the_order_of_the_file() -> None:
    found = mistakes(
        "aplicant: {}\n" + GOAL + "exams: {step2_ck: {score: 2440}, step1: {attempts: -3}}\n"
        "visa: {needs: j2, citizenships: [Iranx]}\n"
        "backups: {open_to: [neurology, pathologi], ruled_out: [neurology]}\n"
    )
    assert [m.field for m in found.mistakes] == [
        "aplicant",
        "exams.step2_ck.score",
        "exams.step1.attempts",
        "visa.needs",
        "visa.citizenships[0]",
        "backups.open_to[0]",
        "backups.open_to[1]",
    ]
    assert len({(m.line, m.column) for m in found.mistakes}) == 7


def test_redacted_messages_hold_no_value_of_the_profile() -> None:
    found = mistakes(
        GOAL + "exams: {step2_ck: {score: 2440}}\nvisa: {citizenships: [Iranx], birth_country: Congo}\n"
        "applicant: {graduated: 2019, trained: [{specialty: other, completed: 2011}]}\n"
        "stories: [{title: A, fits: [pathologi]}]\n"
    )
    told, hidden = found.text(), found.text(redact=True)
    secrets = ("2440", "Iran", "Congo", "2019", "2011", "pathologi:")
    assert all(secret in told for secret in ("2440", "Iranx", "Congo", "2011"))
    assert not [secret for secret in secrets if secret in hidden]
    assert not re.search(r"Did you mean", hidden)
    for mistake in found.mistakes:
        assert f"profile:{mistake.line}:{mistake.column}  {mistake.field}:" in hidden


# ---- files that are no profile at all

BROKEN = {
    "empty": ("", 0, "empty"),
    "only a comment": ("# nothing\n", 0, "empty"),
    "only dashes": ("---\n", 0, "empty"),
    "a list": ("- a\n- b\n", 1, "not a list of fields"),
    "a sentence": ("hello\n", 1, "not a list of fields"),
    "two documents": (GOAL + "---\n" + GOAL, 3, "second YAML document"),
    "a tab": ("goal:\n\tspecialty: interventional-radiology\n", 2, "a tab stands where spaces are due"),
    "a tab later": (GOAL + "applicant:\n  name: A\n\tgraduated: 2020\n", 4, "a tab stands where spaces are due"),
    "duplicate keys": (GOAL + GOAL, 2, "stands here twice"),
    "an alias bomb": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n" + GOAL, 1, "anchors and aliases"),
    "one alias": (GOAL + "applicant: {name: *x}\n", 2, "anchors and aliases"),
    "a merge key": ("x: &x {a: 1}\n<<: *x\n" + GOAL, 1, "anchors and aliases"),
    "a python tag": (GOAL + "applicant: !!python/object/apply:os.system ['true']\n", 2, "tag"),
    "a binary tag": (GOAL + "applicant: {name: !!binary aGk=}\n", 2, "tag"),
    "an own tag": (GOAL + "applicant: {name: !secret x}\n", 2, "tag"),
    "fifty brackets": (GOAL + "applicant: " + "[" * 50 + "]" * 50 + "\n", 2, "nested too deeply"),
    "a hundred thousand brackets": ("[" * 100_000, 1, "nested too deeply"),
    "an open bracket": (GOAL + "applicant: {name: A\n", 3, "quote, colon or bracket"),
    "an open quote": (GOAL + "applicant: {name: 'A}\n", 3, "quote, colon or bracket"),
    "a control character": (GOAL + "applicant: {name: \x07}\n", 2, "control character"),
    "a list as a field's name": (GOAL + "? [a, b]\n: c\n", 2, "must be text"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files(name: str) -> None:
    text, line, part = BROKEN[name]
    found = mistakes(text)
    assert len(found.mistakes) == 1
    assert found.mistakes[0].line == line
    assert found.text().startswith("profile.yml" + (f":{line}:" if line else ":"))
    assert part in found.text()


def from_disk(path: Path) -> MistakesFound:
    with pytest.raises(MistakesFound) as found:
        read(path, content().known)
    return found.value


def test_latin_1_bytes_are_placed(tmp_path: Path) -> None:
    file = tmp_path / "me.yml"
    file.write_bytes(GOAL.encode() + "applicant: {name: José}\n".encode("latin-1"))
    found = from_disk(file)
    assert (found.mistakes[0].line, found.mistakes[0].column) == (2, 22)
    assert "UTF-8" in found.text()


def test_utf_16_is_not_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "me.yml"
    file.write_bytes(GOAL.encode("utf-16"))
    assert "UTF-8" in from_disk(file).text()


def test_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "me.yml"
    with file.open("wb") as handle:
        handle.truncate(50_000_000)
    found = from_disk(file)
    assert "too large (50,000,000 bytes)" in found.text()
    assert found.text().startswith(str(file))


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert "this is a folder" in from_disk(tmp_path).text()


def test_a_missing_file_names_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "amara.yml").write_text(GOAL)
    text = from_disk(tmp_path / "amarra.yml").text()
    assert "no such file" in text
    assert "Did you mean: amara.yml?" in text


def test_a_missing_file_in_a_missing_folder(tmp_path: Path) -> None:
    assert "no such file" in from_disk(tmp_path / "nowhere" / "me.yml").text()


def test_the_real_bomb_costs_nothing() -> None:
    """Nine levels of nine: a gigabyte if anybody expanded it."""
    lines = ["a0: &a0 [lol]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    assert "anchors and aliases" in mistakes("\n".join(lines) + "\n").text()

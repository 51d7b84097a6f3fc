"""Sealing: what the files tell, what is refused, and another reader written from FORMAT.md alone."""

import base64
import contextlib
import gzip
import hashlib
import json
import os
import re
import secrets
import subprocess
import sys
import unicodedata
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import PROFILES, session_of
from matchguide import paths
from matchguide.cli.main import main
from matchguide.mistakes import MistakesFound
from matchguide.publish.exposed import LARGEST_SECRET
from matchguide.publish.head import CHUNK, Head, Refused, read_head
from matchguide.publish.packing import Sealed
from matchguide.publish.passphrase import enough, estimate, suggestion, words
from matchguide.publish.seal import seal, unseal
from matchguide.publish.secret import checked
from matchguide.publish.single import INSIDE, sealed_single
from matchguide.publish.site import publish, read_site, salt_for, write_site
from matchguide.site.build import site_files

PASSWORD = "revise-citric-playlist-monsieur-yearling-satchel"
AMARA = str(paths.HOME / "profiles" / "amara.yml")
CARDS = tuple((paths.CONTENT / "specialties").iterdir())


# ---- The other reader: FORMAT.md, hashlib for the key, and a GCM of its own over AES blocks


def _gcm_open(key: bytes, part: bytes, bound: bytes) -> bytes:
    """AES-GCM from its definition (NIST SP 800-38D); only single AES blocks come from a library."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    nonce, text, tag = part[:12], part[12:-16], part[-16:]
    encrypt = Cipher(algorithms.AES(key), modes.ECB()).encryptor().update
    h = int.from_bytes(encrypt(bytes(16)), "big")
    table = [[0] * 256 for _ in range(16)]
    power = h
    for place in range(16):
        for bit in range(8):
            table[place][0x80 >> bit] = power
            power = (power >> 1) ^ (0xE1 << 120 if power & 1 else 0)
        for value in range(256):
            low = value & -value
            if value != low:
                table[place][value] = table[place][value ^ low] ^ table[place][low]

    def times_h(x: int) -> int:
        out = 0
        for place, value in enumerate(x.to_bytes(16, "big")):
            out ^= table[place][value]
        return out

    total = 0
    data = bound + bytes(-len(bound) % 16) + text + bytes(-len(text) % 16)
    data += (len(bound) * 8).to_bytes(8, "big") + (len(text) * 8).to_bytes(8, "big")
    for i in range(0, len(data), 16):
        total = times_h(total ^ int.from_bytes(data[i : i + 16], "big"))
    first = int.from_bytes(encrypt(nonce + b"\0\0\0\1"), "big")
    assert (total ^ first).to_bytes(16, "big") == tag, "the tag does not fit"
    blocks = b"".join(nonce + n.to_bytes(4, "big") for n in range(2, 2 + -(-len(text) // 16)))
    stream = encrypt(blocks)[: len(text)]
    return (int.from_bytes(text, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(text), "big")


def other_reader(head: str, manifest: bytes, blobs: list[bytes], password: str) -> dict[str, bytes]:
    fields = json.loads(head)
    secret = unicodedata.normalize("NFC", password).encode()
    key = hashlib.pbkdf2_hmac("sha256", secret, bytes.fromhex(fields["salt"]), fields["rounds"])
    table = json.loads(_gcm_open(key, manifest, f"{head}\nmanifest".encode()))["files"]
    stream = b"".join(_gcm_open(key, b, f"{head}\nblob:{i}".encode()) for i, b in enumerate(blobs))
    out = {path: zlib.decompress(stream[at : at + size], 31) for path, at, size, _, _ in table}
    assert {path: len(data) for path, data in out.items()} == {entry[0]: entry[3] for entry in table}
    return out


# ---- Shared: one sealed site of the sample


@pytest.fixture(scope="module")
def opened() -> dict[str, bytes]:
    return site_files(session_of("amara").guide)


@pytest.fixture(scope="module")
def site(opened: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publish") / "public"
    write_site(opened, folder, PASSWORD, paths.TEMPLATES, None)
    return folder


def test_another_reader_opens_every_file(site: Path, opened: dict[str, bytes]) -> None:
    head = (site / "sealed" / "head").read_text()
    parts = site / "sealed" / json.loads(head)["build"]
    blobs = [(parts / f"{i}.bin").read_bytes() for i in range(json.loads(head)["count"])]
    found = other_reader(head, (parts / "manifest.bin").read_bytes(), blobs, PASSWORD)
    assert found.pop("sealed/page.js")
    assert found == opened


def test_whatever_the_open_build_writes_is_sealed(tmp_path: Path) -> None:
    files = {"matchguide.pdf": b"%PDF-1.7", "deep/naïve name": b""}
    publish(files, tmp_path / "public", PASSWORD, paths.TEMPLATES)
    found = unseal(read_site(tmp_path / "public"), PASSWORD)
    assert {k: v for k, v in found.items() if k != "sealed/page.js"} == files


def test_every_build_is_new_and_chunks_are_equal(opened: dict[str, bytes], tmp_path: Path) -> None:
    sealed = [write_site(opened, tmp_path / "public", PASSWORD, paths.TEMPLATES, None) for _ in range(2)]
    assert {len(b) for s in sealed for b in s.blobs} == {CHUNK + 28}
    nonces = [part[:12] for s in sealed for part in (s.manifest, *s.blobs)]
    assert len(set(nonces)) == len(nonces)
    assert read_head(sealed[0].head).salt != read_head(sealed[1].head).salt
    assert (tmp_path / "public" / "index.html").read_bytes() == (tmp_path / "public" / "404.html").read_bytes()


def test_the_same_password_keeps_the_salt_and_another_does_not(site: Path, tmp_path: Path) -> None:
    kept = salt_for(site, PASSWORD)
    assert kept
    assert kept.hex() == json.loads((site / "sealed" / "head").read_text())["salt"]
    assert salt_for(site, "another-password") is None
    assert salt_for(tmp_path / "nothing", PASSWORD) is None
    assert salt_for(site, PASSWORD, "me/guide") == salt_for(tmp_path, "x", "me/guide") != salt_for(site, "x", "you/g")


def _strings(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set().union(*map(_strings, value.values()), set())
    if isinstance(value, list):
        return set().union(*map(_strings, value), set())
    return {str(value)} if value is not None else set()


CLEAR = ("index.html", "404.html", "sw.js", "robots.txt", ".nojekyll", ".matchguide", "sealed/head")


@pytest.mark.parametrize("name", PROFILES)
def test_no_byte_tells_of_the_reader(name: str, sites: dict[str, Path], tmp_path: Path) -> None:
    """Nothing of the profile, the pages or the file names is in any file, its name, or the single file."""
    session = session_of(name)
    marker = secrets.token_hex(16)
    here = sites[name]
    files = {p.relative_to(here).as_posix(): p.read_bytes() for p in here.rglob("*") if p.is_file()}
    files = {path: data + marker.encode() for path, data in files.items() if path != ".matchguide"}
    folder = tmp_path / "public"
    write_site(files, folder, PASSWORD, paths.TEMPLATES, None)
    if name == "amara":  # its clear part is the same for everybody
        (folder / "single.html").write_bytes(sealed_single(session.guide, PASSWORD, paths.TEMPLATES))
    personal = _strings(session.profile.model_dump(mode="json")) | {p.stem for p in CARDS}
    needles = {marker, PASSWORD, *files} | {p.title for p in session.guide.pages} | personal
    needles -= {"published", "404.html", "index.html", "robots.txt"}  # in everyone's clear files
    found = {n.encode().lower() for n in needles if len(n.encode()) >= 8} | {gzip.compress(b"", 9, mtime=0)[:10]}
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        place = path.relative_to(folder).as_posix()
        assert place in (*CLEAR, "single.html") or re.fullmatch(r"sealed/[0-9a-f]{32}/(\d+|manifest)\.bin", place)
        data = path.read_bytes()
        text = data.lower() + place.lower().encode()
        assert [n for n in found if n in text] == [], place
        if path.suffix == ".bin":
            assert len(zlib.compress(data, 1)) > len(data), "what is sealed looks like noise"
    again = unseal(read_site(folder), PASSWORD)
    assert all(marker.encode() in again[path] for path in files)


@pytest.mark.parametrize("name", PROFILES)
def test_no_clear_file_holds_a_name_or_a_score(name: str, site: Path) -> None:
    """Every capital word and every number of three digits of the profile, as a word of its own."""
    session = session_of(name)
    values = _strings(session.profile.model_dump(mode="json"))
    values |= {card.short for card in session.content.cards.values()} | {p.title for p in session.guide.pages}
    mine = {word for value in values for word in re.findall(r"\b(?:[A-Z]\w+|\d{3,}\w*)\b", value)}
    said_to_everyone = {"If", "One", "Open", "The", "What"}
    for path in CLEAR[:-1]:
        words = set(re.findall(r"\b\w+\b", (site / path).read_text()))
        assert mine & words <= said_to_everyone, path


def test_the_clear_files_are_the_same_for_everybody(site: Path, tmp_path: Path) -> None:
    write_site({"index.html": b"x"}, tmp_path / "other", PASSWORD, paths.TEMPLATES, None)
    for name in set(CLEAR[:-1]) - {".matchguide"}:
        assert (site / name).read_bytes() == (tmp_path / "other" / name).read_bytes(), name
    listed = {line.split("  ")[1] for line in (site / ".matchguide").read_text().splitlines()[1:]}
    assert listed == {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()} - {".matchguide"}
    singles = [
        sealed_single(session_of(name).guide, PASSWORD, paths.TEMPLATES).decode() for name in ("amara", "smallest")
    ]
    shells = [re.sub(r'(id="(?:head|parts)">|sha256:)[^<]*', r"\1", page) for page in singles]
    assert shells[0] == shells[1]


def test_the_unlock_page_allows_its_own_script_only(site: Path) -> None:
    page = (site / "index.html").read_text()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert "unsafe" not in policy[1]
    for kind in ("script", "style"):
        inside = re.search(rf"<{kind}>(.*?)</{kind}>", page, re.S)
        assert inside
        found = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{found}'" in policy[1]
    assert 'name="robots" content="noindex' in page
    assert "http://" not in page.replace("(http)", "")
    assert not re.search(r"src=|href=\"(?!data:,\")|url\(", page)


# ---- Tampering and broken heads


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_every_change_is_refused(opened: dict[str, bytes]) -> None:
    some = {path: opened[path] for path in list(opened)[:12]}
    big = {**some, "noise.bin": secrets.token_bytes(2 * CHUNK)}
    one, older = seal(big, PASSWORD), seal(big, PASSWORD)
    same_key = seal(big, PASSWORD, salt=bytes.fromhex(read_head(one.head).salt))
    assert unseal(one, PASSWORD) == big
    blobs = one.blobs
    changed = [
        Sealed(one.head, one.manifest, (_flipped(blobs[0], 40), *blobs[1:])),
        Sealed(one.head, one.manifest, (_flipped(blobs[0], 3), *blobs[1:])),
        Sealed(one.head, one.manifest, (*blobs[:-1], _flipped(blobs[-1], len(blobs[-1]) - 1))),
        Sealed(one.head, one.manifest, (blobs[1], blobs[0], *blobs[2:])),
        Sealed(one.head, one.manifest, (blobs[0][:-1], *blobs[1:])),
        Sealed(one.head, one.manifest, blobs[:-1]),
        Sealed(one.head, one.manifest, (same_key.blobs[0], *blobs[1:])),
        Sealed(one.head, same_key.manifest, blobs),
        Sealed(one.head, older.manifest, blobs),
        Sealed(one.head, _flipped(one.manifest, 100), blobs),
        Sealed(same_key.head, one.manifest, blobs),
        Sealed(one.head.replace('"rounds":600000', '"rounds":600001'), one.manifest, blobs),
    ]
    for sealed in changed:
        with pytest.raises(Refused):
            unseal(sealed, PASSWORD)
    with pytest.raises(Refused):
        unseal(one, PASSWORD + "x")


HEAD = Head(600_000, "0" * 32, "1" * 32, 3, 65536).text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"rounds":600000', '"rounds":599999'),
        ('"rounds":600000', '"rounds":6000000'),
        ('"rounds":600000', '"rounds":600000.0'),
        ('"rounds":600000', '"rounds":true'),
        ('"version":1', '"version":2'),
        ('"version":1', '"version":1.0'),
        ('"version":1', '"version":true'),
        ('"rounds":600000', '"rounds":1,"rounds":600000'),
        ("AES-256-GCM", "AES-128-GCM"),
        ("SHA256", "SHA1"),
        ('"count":3', '"count":0'),
        ('"count":3', '"count":99999999'),
        ('"chunk":262144', '"chunk":1'),
        ('"manifest":65536', '"manifest":65537'),
        ('"salt":"0', '"salt":"A'),
        ("}", ',"more":1}'),
        ("}", "}\n"),
        ("{", " {"),
        (HEAD, ""),
        (HEAD, "[" * 5000),
        (HEAD, "null"),
    ],
)
def test_what_is_weaker_or_unknown_is_refused(old: str, new: str) -> None:
    assert read_head(HEAD).text == HEAD
    with pytest.raises(Refused):
        read_head(HEAD.replace(old, new, 1))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_broken_head_never_crashes(data: st.DataObject) -> None:
    text = HEAD
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        put = data.draw(
            st.one_of(st.text(max_size=6), st.sampled_from(["9" * 5000, "NaN", "{", '"', "1e999", "null"]))
        )
        text = text[:at] + put + text[at + data.draw(st.integers(0, 8)) :]
    with contextlib.suppress(Refused):
        assert read_head(text).text == text


# ---- Passwords


@pytest.mark.parametrize(
    "weak",
    [
        "password",
        "Password123!",
        "Tr0ub4dor&3",
        "correct horse battery staple",
        "qwertyuiopasdfghjkl",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "123456789012345678901234567890",
        "AmaraSilva1996!",
        "amara.silva@example.org",
        "InterventionalRadiology2027",
        "Colombo-Radiology-2027!",
        "abcabcabcabcabcabcabcabcabc",
        "robin-robin-robin-robin-robin-robin",
        "match2027",
        "x",
        "otorrinolaringologia",
        "Krankenhausaufenthalt-2024",
        "corazón-doméstico-2027",
        "коронавирусная-радиология",
        "इंटरवेंशनल रेडियोलॉजी",
        "ambikanayakamurthy",
    ],
)
def test_a_weak_password_is_refused(weak: str) -> None:
    known = {"Amara", "Silva", "Colombo"}
    assert not enough(weak, known)
    with pytest.raises(MistakesFound) as told:
        checked(weak, "password", known)
    assert "could be guessed" in str(told.value)
    assert len(weak) < 9 or weak not in str(told.value)


@pytest.mark.parametrize("good", [PASSWORD, "j4H!x9Qe2mZr7Tw", "revise citric playlist monsieur yearling satchel"])
def test_a_good_password_is_taken(good: str) -> None:
    assert checked(good) == good


def test_suggestions_are_good_and_random() -> None:
    assert len(set(words())) == 7776
    assert 6 * 12.9 > 70
    found = {suggestion() for _ in range(50)}
    assert len(found) == 50
    for each in found:
        assert checked(each) == each
        assert estimate(each) >= 70


@pytest.mark.parametrize(
    "bad", ["", f" {PASSWORD}", f"{PASSWORD} ", f"{PASSWORD}\nx", f"{PASSWORD}\x00", f"{PASSWORD}\ud800"]
)
def test_what_cannot_be_typed_is_refused(bad: str) -> None:
    with pytest.raises(MistakesFound):
        checked(bad)


def test_letters_may_be_composed_either_way(opened: dict[str, bytes]) -> None:
    sealed = seal({"a": b"1"}, unicodedata.normalize("NFD", PASSWORD + "ñé"))
    assert unseal(sealed, unicodedata.normalize("NFC", PASSWORD + "ñé")) == {"a": b"1"}


# ---- The command


@pytest.fixture(autouse=True)
def no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MATCHGUIDE_PASSWORD", raising=False)
    monkeypatch.delenv("CI", raising=False)


def test_publish_from_a_file_with_a_line_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(PASSWORD.encode() + b"\r\n")
    out, one = tmp_path / "public", tmp_path / "one.html"
    arguments = ["publish", AMARA, "-o", str(out), "--single", str(one), "--password-file", str(secret)]
    assert main(arguments) == 0
    assert INSIDE in unseal(_of_single(one.read_text()), PASSWORD)
    assert PASSWORD not in "".join(capsys.readouterr())
    assert "letters.html" in unseal(read_site(out), PASSWORD)
    salt = json.loads((out / "sealed" / "head").read_text())["salt"]
    assert main(arguments) == 0
    assert json.loads((out / "sealed" / "head").read_text())["salt"] == salt
    assert [p.name for p in (out / "sealed").iterdir() if p.is_dir()] == [read_head(read_site(out).head).build]


def _of_single(page: str) -> Sealed:
    found = {name: re.search(rf'id="{name}">([^<]*)<', page) for name in ("head", "parts")}
    assert found["head"]
    assert found["parts"]
    manifest, *blobs = map(base64.b64decode, found["parts"][1].split("\n"))
    return Sealed(found["head"][1], manifest, tuple(blobs))


def test_publish_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHGUIDE_PASSWORD", PASSWORD)
    monkeypatch.chdir(tmp_path)
    assert main(["publish", AMARA, "--site", "me/guide"]) == 0
    assert unseal(read_site(tmp_path / "public"), PASSWORD)
    assert "MATCHGUIDE_PASSWORD" not in os.environ, "no program started later inherits it"
    monkeypatch.setenv("MATCHGUIDE_PASSWORD", PASSWORD)
    assert main(["publish", AMARA, "--single", str(tmp_path / "one.html")]) == 0


def test_publish_openly_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", AMARA, "-o", str(tmp_path / "public"), "--open"]) == 0
    assert "everyone who has the address can read all of it" in capsys.readouterr().err
    assert (tmp_path / "public" / "letters.html").is_file()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n", "empty"),
        (b"password1\n", "guessed"),
        (b"\xff\xfe", "not text"),
        (None, "cannot be read"),
    ],
)
def test_a_bad_password_file(
    content: bytes | None, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret"
    if content is not None:
        secret.write_bytes(content)
    assert main(["publish", AMARA, "-o", str(tmp_path / "public"), "--password-file", str(secret)]) == 2
    told = capsys.readouterr().err
    assert says in told
    assert "password1" not in told
    assert not (tmp_path / "public").exists()


def test_no_password_at_all(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "matchguide.cli.main", "publish", AMARA, "-o", str(tmp_path / "public")],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "password:: is missing" in done.stderr or "is missing" in done.stderr
    assert not (tmp_path / "public").exists()


def test_asked_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed = iter([PASSWORD, PASSWORD, PASSWORD, "something else"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    arguments = ["publish", AMARA, "-o", str(tmp_path / "public")]
    assert main(arguments) == 0
    assert main(arguments) == 2
    assert "not the same twice" in capsys.readouterr().err
    assert unseal(read_site(tmp_path / "public"), PASSWORD), "the last good one stays"


def test_a_foreign_folder_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MATCHGUIDE_PASSWORD", PASSWORD)
    (tmp_path / "thesis.txt").write_text("mine")
    assert main(["publish", AMARA, "-o", str(tmp_path)]) == 2
    assert "did not make" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_there_is_no_password_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["publish", AMARA, f"--password={PASSWORD}"])
    capsys.readouterr()
    assert main(["publish", AMARA, "--password-file", PASSWORD]) == 2
    assert PASSWORD not in capsys.readouterr().err, "typed in the wrong place, it is not repeated"


def test_open_goes_with_no_password(tmp_path: Path) -> None:
    assert main(["publish", AMARA, "--open", "--single", str(tmp_path / "x.html")]) == 2


@pytest.mark.parametrize("how", ["CI", "--redact"])
def test_a_weak_password_in_public_logs_brings_no_suggestion(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if how == "CI":
        monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("MATCHGUIDE_PASSWORD", "amara2027")
    arguments = ["publish", AMARA, "-o", str(tmp_path / "public")]
    assert main([*arguments, "--redact"] if how == "--redact" else arguments) == 2
    told = capsys.readouterr().err
    assert "six random words" in told
    assert "such as" not in told


def test_a_weak_password_brings_a_suggestion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MATCHGUIDE_PASSWORD", "amara2027")
    assert main(["publish", AMARA, "-o", str(tmp_path / "public")]) == 2
    told = re.search(r"such as: (\S+)", capsys.readouterr().err)
    assert told
    assert estimate(told[1]) >= 70
    assert not (tmp_path / "public").exists()


def test_a_fault_of_ours_tells_no_value_in_public_logs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("Amara Silva, 240s")

    monkeypatch.setattr("matchguide.cli.check.run", broken)
    with pytest.raises(ValueError, match="Amara"):
        main(["check", AMARA])
    assert main(["check", AMARA, "--redact"]) == 1
    told = "".join(capsys.readouterr())
    assert "ValueError in test_publish.py:" in told
    assert "Amara" not in told


# ---- Where the profile itself lies


def test_check_points_out_a_profile_that_git_tracks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.yml"
    mine.write_text(Path(AMARA).read_text())
    mine.chmod(0o600)
    assert main(["check", str(mine)]) == 0
    assert capsys.readouterr().err == ""

    def git(*words: str) -> None:
        subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q")
    assert main(["check", str(mine)]) == 0
    assert capsys.readouterr().err == "", "it is there, but not tracked"
    git("add", "mine.yml")
    assert main(["check", str(mine)]) == 0
    out, err = capsys.readouterr()
    assert "no mistakes" in out
    assert "git tracks this file" in err
    assert "GUIDE_PROFILE" in err
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["check", str(mine)]) == 0, "without git nothing is said"
    assert capsys.readouterr().err == ""


def test_check_points_out_a_profile_too_large_for_a_secret(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.yml"
    mine.write_text(Path(AMARA).read_text() + "#" * LARGEST_SECRET)
    assert main(["check", str(mine)]) == 0
    assert "48 KB" in capsys.readouterr().err

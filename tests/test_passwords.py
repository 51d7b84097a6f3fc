"""Which passwords are refused, because somebody with the sealed files and time would find them; and which pass."""

import random
import re
import string
from pathlib import Path

import pytest

from matchguide.mistakes import MistakesFound
from matchguide.publish.passphrase import EXAMPLE, enough, estimate, suggestion
from matchguide.publish.secret import checked, get_password

pytestmark = pytest.mark.fast

ROOT = Path(__file__).resolve().parents[1]
KNOWN = {"Amara", "Silva", "Colombo", "Mensah", "City", "Hospital"}
FORESEEN = {
    "a verse": "It was the best of times, it was the worst of times",
    "a verse without spaces": "itwasthebestoftimesitwastheworstoftimes",
    "a saying": "to be or not to be that is the question",
    "a psalm": "In the beginning God created the heaven and the earth",
    "German": "Festgemauert in der Erden steht die Form aus Lehm gebrannt",
    "Spanish": "En un lugar de la Mancha de cuyo nombre no quiero acordarme",
    "Italian": "Nel mezzo del cammin di nostra vita mi ritrovai per una selva oscura",
    "French": "Longtemps je me suis couché de bonne heure",
    "Portuguese": "Minha terra tem palmeiras onde canta o sabiá",
    "Latin": "Arma virumque cano Troiae qui primus ab oris",
    "Hindi in Latin letters": "sare jahan se accha hindustan hamara",
    "Russian": "Я помню чудное мгновенье: передо мной явилась ты",
    "Chinese": "床前明月光疑是地上霜举头望明月低头思故乡",
    "keyboard columns": "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "shifted columns": "!QAZ@WSX#EDC$RFV%TGB^YHN&UJM",
    "keyboard rows": "asdfghjklqwertyuiopzxcvbnm",
    "rows backwards": "poiuytrewqlkjhgfdsamnbvcxz",
    "one letter": "a" * 32,
    "two letters in turn": "ab" * 16,
    "dates": "12.03.1994-15.07.1996",
    "dates the other way": "1994-03-12/1996-07-15",
    "a name and a year": "Johannes-Friedrich-Wilhelm-1994",
    "words of the profile": "Dr. Mensah, City Hospital, 2025",
    "the example of the docs": EXAMPLE,
    "the example, with capitals": EXAMPLE.title().replace("-", " "),
    "the example and a digit": EXAMPLE + "1",
}


@pytest.mark.parametrize("name", FORESEEN)
def test_what_can_be_foreseen_is_refused(name: str) -> None:
    with pytest.raises(MistakesFound) as told:
        checked(FORESEEN[name], "password", KNOWN)
    assert "could be guessed" in str(told.value)


def test_the_example_of_the_docs_is_the_one_that_is_refused() -> None:
    said = re.search(r"joined by hyphens: `([a-z-]+)`", (ROOT / "docs" / "publish.md").read_text(encoding="utf-8"))
    assert said
    assert said[1] == EXAMPLE


@pytest.mark.parametrize("letters", [string.ascii_letters + string.digits, string.ascii_lowercase + string.digits])
def test_twelve_random_letters_and_digits_pass(letters: str) -> None:
    """Not every one: by chance one may hold a word or a row of the keyboard."""
    drawn = random.Random(7)
    taken = sum(enough("".join(drawn.choice(letters) for _ in range(12))) for _ in range(200))
    assert taken >= 180


def test_six_drawn_words_pass_and_five_foreseen_ones_do_not_help() -> None:
    for _ in range(40):
        assert enough(suggestion(KNOWN), KNOWN)
    word = suggestion().split("-")[0]
    assert not enough("-".join([word] * 6))
    assert estimate("-".join(["galaxy", *suggestion().split("-")[1:]])) < 60, "one word from elsewhere: a saying"


@pytest.mark.parametrize("written", [b"\xef\xbb\xbf%b\n", b"%b\r\n\r\n", b"%b\n\n", b"%b"])
def test_what_an_editor_adds_to_a_password_file_does_not_count(written: bytes, tmp_path: Path) -> None:
    password = suggestion()
    file = tmp_path / "secret"
    file.write_bytes(written % password.encode())
    assert get_password(file) == password


def test_a_second_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"one\ntwo\n")
    with pytest.raises(MistakesFound) as told:
        get_password(file)
    assert "more than one line" in str(told.value)

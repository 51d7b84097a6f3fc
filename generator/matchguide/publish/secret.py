"""Where the password comes from: a file, the environment or a prompt; never the command line, never a message."""

import getpass
import os
import sys
import unicodedata
from collections.abc import Collection
from pathlib import Path

from matchguide.mistakes import MistakesFound, mistake
from matchguide.publish.passphrase import enough, suggestion

VARIABLE = "MATCHGUIDE_PASSWORD"
_HOW = f"Give it at the prompt, in a file with --password-file, or in the variable {VARIABLE}."


def _one_line(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


def _from_file(path: Path) -> str:
    """The file's one line: editors put a byte order mark before it and line ends after it."""
    try:
        text = path.read_bytes().decode("utf-8-sig").rstrip("\r\n")
    except OSError as error:  # its name is not repeated: it may be the password, typed in the wrong place
        raise mistake("--password-file", f"the file cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise mistake("--password-file", "the file is not text.", allowed="Save it as UTF-8.") from None
    if "\n" in text or "\r" in text:
        raise mistake("--password-file", "the file has more than one line.", allowed="Write the password alone.")
    return text


def _asked(known: Collection[str]) -> str:
    if not sys.stdin.isatty():
        raise mistake("password", "is missing.", allowed=_HOW)
    print(f"A password for your guide; for example: {suggestion(known)}", file=sys.stderr)
    try:
        first = getpass.getpass("Password (not shown): ")
        second = getpass.getpass("The same again: ")
    except EOFError:
        raise mistake("password", "is missing.", allowed=_HOW) from None
    if first != second:
        raise mistake("password", "was not the same twice.", allowed="Start again.")
    return first


def get_password(path: Path | None, known: Collection[str] = (), *, redact: bool = False) -> str:
    """The checked password, in one composed form. `known` are words a guesser would try first. Raises
    MistakesFound, without ever showing the password."""
    given = os.environ.pop(VARIABLE, None)  # no program that is started later inherits it
    if path is not None:
        place, found = "--password-file", _from_file(path)
    elif given is not None:
        place, found = VARIABLE, _one_line(given)
    else:
        place, found = "password", _asked(known)
    return checked(found, place, known, redact=redact)


def checked(password: str, place: str = "password", known: Collection[str] = (), *, redact: bool = False) -> str:
    """The password in its composed form. Raises MistakesFound where it could not be typed or could be guessed."""
    if not password:
        raise mistake(place, "the password is empty.", allowed=_HOW)
    if password != password.strip():
        raise mistake(place, "the password begins or ends with a space.", allowed="Take the space away.")
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp") for letter in password):
        raise mistake(place, "the password holds a character that cannot be typed.", allowed="Use one plain line.")
    password = unicodedata.normalize("NFC", password)
    if not enough(password, known):
        raise _weak(place, known, redact)
    return password


def _weak(place: str, known: Collection[str], redact: bool) -> MistakesFound:
    # A suggestion in a public log is a burnt one.
    example = "six random words" if redact else f"six random words, such as: {suggestion(known)}"
    return mistake(
        place,
        "the password could be guessed: whoever copies the sealed files has all the time in the world.",
        allowed=f"Take {example}",
    )

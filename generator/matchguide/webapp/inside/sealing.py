"""A guide sealed in the browser: packed here, sealed by the cipher of the browser, put into pages here."""

from collections.abc import Mapping, Sequence

from matchguide import paths
from matchguide.mistakes import MistakesFound
from matchguide.profile.model import Profile
from matchguide.publish.packing import Packed, Sealed, fewest, pack
from matchguide.publish.passphrase import words_of
from matchguide.publish.secret import checked
from matchguide.publish.shell import PAGE_SCRIPT, page_script, single_page, site_of

INSIDE = "guide.html"


def weakness(password: str, profile: Profile) -> str:
    """Why a password is refused, in the words of the command; "" where it is not. Other words are drawn by a button
    beside the box, and stand in it: here none are named."""
    known = set(words_of(profile.model_dump(mode="json")))
    try:
        checked(password, known=known, redact=True)
    except MistakesFound as error:
        m = error.mistakes[0]
        told = f"{m.problem[:1].upper()}{m.problem[1:]} {m.allowed}"
        return told if told.endswith(".") else f"{told}."
    return ""


def pack_single(page: bytes) -> Packed:
    """The one file, packed."""
    return pack({INSIDE: page})


def pack_site(files: Mapping[str, bytes]) -> Packed:
    """The site, packed with the script that opened pages get."""
    return pack({**files, PAGE_SCRIPT: page_script(paths.TEMPLATES)}, least=fewest(files))


def sealed_single(head: str, parts: Sequence[bytes]) -> bytes:
    """One page with the sealed parts inside."""
    return single_page(paths.TEMPLATES, head, tuple(parts))


def sealed_site(head: str, parts: Sequence[bytes]) -> dict[str, bytes]:
    """Every file of the sealed site."""
    return site_of(Sealed(head, parts[0], tuple(parts[1:])), paths.TEMPLATES)

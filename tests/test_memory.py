"""What was said for one reader is remembered for the next, and not for ever."""

import pytest

from matchguide.pages import memory
from matchguide.pages.memory import Memory


def test_what_is_asked_for_again_stays_and_the_rest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_MOST", 3)
    kept, made = Memory(), list[str]()

    def of(what: str) -> str:
        def make() -> str:
            made.append(what)
            return what.upper()

        return kept.of(what, {}, make)

    of("once")
    for n in range(12):
        assert of("often") == "OFTEN"
        assert of(f"other {n}") == f"OTHER {n}"
    assert made.count("often") == 1
    assert of("once") == "ONCE"
    assert made.count("once") == 2


def test_values_of_different_kinds_are_different() -> None:
    kept = Memory()
    assert [kept.of("x", {"n": n}, lambda n=n: repr(n)) for n in (1, 1.0, True, "1", None)] == [  # type: ignore[misc]
        "1",
        "1.0",
        "True",
        "'1'",
        "None",
    ]

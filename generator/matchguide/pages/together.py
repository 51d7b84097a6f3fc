"""What several things share is said once, with all their names."""

from collections.abc import Iterable


def together(pairs: Iterable[tuple[str, str]]) -> list[tuple[list[str], str]]:
    """From (name, text): each text once, in the order of its first name, with every name that it is said of."""
    names: dict[str, list[str]] = {}
    for name, text in pairs:
        names.setdefault(text, []).append(name)
    return [(of, text) for text, of in names.items()]

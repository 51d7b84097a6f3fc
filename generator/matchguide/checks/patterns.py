"""Regular expressions that are asked often: compiled once, for there are more of them than `re` keeps."""

import re
from collections.abc import Callable
from functools import cache


@cache
def fits(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """Matches a whole text with a pattern."""
    return re.compile(pattern).fullmatch

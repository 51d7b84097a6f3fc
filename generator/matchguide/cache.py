"""Compiled templates kept in the temporary folder for the next build of this user, where that folder allows it.
For whole pages and the theme only: which single sentences were needed would tell about the reader."""

from contextlib import suppress

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class _IfItCan(FileSystemBytecodeCache):
    """A full or closed temporary folder costs the cache, not the guide."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_templates() -> FileSystemBytecodeCache | None:
    """Jinja's cache; it checks that its folder is the user's alone. None where there is no place for it."""
    try:
        return _IfItCan()
    except (RuntimeError, OSError):
        return None

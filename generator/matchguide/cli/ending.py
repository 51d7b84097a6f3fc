"""Being told to end (TERM), or losing the terminal (HUP), ends a command as Ctrl-C does: tidied up, nothing half."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Ended(KeyboardInterrupt):
    """Ctrl-C by another way."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.signal = number


@contextmanager
def ended_like_ctrl_c() -> Iterator[None]:
    """While the block runs. A signal that is ignored, as HUP is under nohup, stays so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {s: signal.getsignal(s) for s in _SIGNALS if signal.getsignal(s) == signal.SIG_DFL}
    for number in before:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, frame: FrameType | None) -> None:
    raise Ended(number)

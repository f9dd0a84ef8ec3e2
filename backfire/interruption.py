"""Interruption: Ctrl-C and SIGTERM end the work once, and leave time to save what is finished."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PATIENCE = b"\nbackfire: saving what is finished; once more to stop at once\n"
_Handler = Callable[[int, FrameType | None], None] | int | signal.Handlers | None


def interruptible() -> None:
    """Have a first signal raise `KeyboardInterrupt`, a second ask for patience, a third end the process."""
    _handle(_interrupt)


@contextmanager
def finishing() -> Iterator[None]:
    """Inside, the first signal asks for patience and the second ends the process."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = [signal.getsignal(number) for number in _SIGNALS]
    _handle(_wait)
    try:
        yield
    finally:
        for number, handler in zip(_SIGNALS, before, strict=True):
            signal.signal(number, handler)


def _interrupt(_: int, __: FrameType | None) -> None:
    _handle(_wait)
    raise KeyboardInterrupt


def _wait(_: int, __: FrameType | None) -> None:
    _handle(signal.SIG_DFL)
    os.write(2, _PATIENCE)


def _handle(handler: _Handler) -> None:
    for number in _SIGNALS:
        signal.signal(number, handler)

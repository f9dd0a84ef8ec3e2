"""Progress of long work: one line on standard error, only when that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Yield a function that shows what is being worked on.

    Parameters
    ----------
    quiet : bool
        Show nothing even on a terminal.

    Yields
    ------
    callable
        Takes a short text, which replaces the one before.
    """
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield _ignore
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("…") as status:
        yield lambda text: status.update(text.replace("[", r"\["))


def _ignore(_: str) -> None:
    return

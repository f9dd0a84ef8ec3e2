"""Progress: where long work says what it is doing."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str], None]


def silent(_: str) -> None:
    """A progress that says nothing."""

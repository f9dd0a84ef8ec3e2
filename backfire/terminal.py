"""How wide the terminal is and whether it shows colour."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from backfire.output import emit

if TYPE_CHECKING:
    from rich.console import RenderableType

_WIDTH_IN_A_FILE = 120


def show(parts: Iterable[RenderableType]) -> None:
    """Write the parts to standard output; coloured only on a terminal, and not when NO_COLOR is set."""
    emit(as_text(parts, colour=_on_a_terminal() and not os.environ.get("NO_COLOR")))


def as_text(parts: Iterable[RenderableType], *, colour: bool = False) -> str:
    """The parts as text of the terminal's width (COLUMNS, or 120 where there is no terminal)."""
    from proofs_check.report.terminal import to_text

    width = shutil.get_terminal_size(fallback=(_WIDTH_IN_A_FILE, 24)).columns
    return to_text(parts, width=width, colour=colour)


def _on_a_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()

"""Exit statuses of the command."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """What a shell learns from a run."""

    AS_EXPECTED = 0
    UNEXPECTED = 1
    BAD_INPUT = 2
    UNDECIDED = 3
    INTERRUPTED = 130

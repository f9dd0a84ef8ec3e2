"""Wording: how messages show what a user wrote, and the nearest valid name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date, datetime, time

LONGEST = 60
LARGEST_SHOWN_BITS = 256


def describe(value: object) -> str:
    """What came, in a few words: short values verbatim, long ones cut, containers by their kind.

    Examples
    --------
    >>> describe("lam / 2"), describe(True), describe([1, 2]), describe(None)
    ("'lam / 2'", 'the boolean true', 'a list of length 2', 'nothing')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, int) and value.bit_length() > LARGEST_SHOWN_BITS:
        return f"an integer of {value.bit_length()} bits"
    if isinstance(value, str):
        return f"{value!r}" if len(value) <= LONGEST else f"{value[:LONGEST]!r}… ({len(value)} characters)"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return f"a list of length {len(value)}" if value else "an empty list"
    if isinstance(value, date | datetime | time):
        return f"the date or time {value}"
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)} characters)"


def nearest(name: str, known: Iterable[str]) -> str:
    """Hint with the valid name nearest to `name`, or all valid names when none is near.

    Examples
    --------
    >>> nearest("gausian", ["gaussian", "poisson"])
    "did you mean 'gaussian'?"
    >>> nearest("zzz", ["p", "q"])
    'known: p, q'
    """
    names = tuple(known)
    close = difflib.get_close_matches(name[:LONGEST], names, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    if not names:
        return "none is declared"
    listed = ", ".join(names[:12])
    return f"known: {listed}" + (", …" if len(names) > 12 else "")

"""Reading a family's keys from a user's table."""

from __future__ import annotations

from collections.abc import Mapping

from theory.exact_input import ExactInput


def required(table: Mapping[str, object], key: str, read: ExactInput, place: str) -> object:
    """The entry that must be there.

    Raises
    ------
    InvalidInput
        When the key is missing.
    """
    if key not in table:
        raise read.refusal(place, f"a key `{key}`", "none")
    return table[key]

"""Reading a family's keys from a user's table."""

from __future__ import annotations

from collections.abc import Mapping

from theory.errors import InvalidInput


def required(table: Mapping[str, object], key: str, place: str) -> object:
    """The entry that must be there.

    Raises
    ------
    InvalidInput
        When the key is missing.
    """
    if key not in table:
        raise InvalidInput(expected=f"a key `{key}`", found="none", place=place)
    return table[key]

"""Shipped ecosystem files, each with its exact values in its comments."""

from __future__ import annotations

from importlib.resources import files

from theory.errors import InvalidInput
from theory.wording import describe, nearest

ENDING = ".toml"


def names() -> tuple[str, ...]:
    """Names of the shipped files, in alphabetical order.

    Examples
    --------
    >>> "two-curators" in names()
    True
    """
    found = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(ENDING) for name in found if name.endswith(ENDING)))


def text(name: str) -> str:
    """Text of a shipped file.

    Raises
    ------
    InvalidInput
        When there is none of that name.
    """
    known = names()
    name = name.removesuffix(ENDING)
    if name not in known:
        raise InvalidInput(
            expected="the name of a shipped ecosystem", found=describe(name), hint=nearest(name, known)
        )
    return files(__name__).joinpath(f"{name}{ENDING}").read_text(encoding="utf-8")

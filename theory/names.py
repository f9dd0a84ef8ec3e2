"""Names that a user gave, matched against the ones there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from theory.errors import InvalidInput
from theory.wording import nearest


def chosen(patterns: Iterable[str], known: Sequence[str], what: str) -> tuple[str, ...]:
    """The known names that the patterns name, in the order of `known`; all of them without a pattern.

    Parameters
    ----------
    patterns : iterable of str
        Exact names or globs (``influence.*``).
    known : sequence of str
    what : str
        What the names stand for, with its article (``a claim``).

    Raises
    ------
    InvalidInput
        On a pattern that names nothing, with the nearest name.

    Examples
    --------
    >>> chosen(["*.self"], ["influence.cone", "influence.self"], "a claim")
    ('influence.self',)
    """
    wanted: set[str] = set()
    for pattern in patterns:
        found = {name for name in known if fnmatchcase(name, pattern)}
        if not found:
            raise unknown(pattern, known, what)
        wanted |= found
    return tuple(name for name in known if not wanted or name in wanted)


def exactly(name: str, known: Sequence[str], what: str) -> str:
    """The name itself, if it is known.

    Raises
    ------
    InvalidInput
        On an unknown name, with the nearest one.
    """
    if name not in known:
        raise unknown(name, known, what)
    return name


def unknown(name: str, known: Sequence[str], what: str) -> InvalidInput:
    """The error for a name that is not among the known ones."""
    return InvalidInput(expected=what, found=repr(name), hint=nearest(name, known))

"""The budget of an attack as users write it: a number of pairs, or a part of them."""

from __future__ import annotations

import re
from fractions import Fraction

from theory.errors import InvalidInput

_COUNT = re.compile(r"[0-9]{1,9}")
_PART = re.compile(
    r"(?P<percent>[0-9]{1,3}(\.[0-9]{1,9})?)%|(?P<part>[0-9]\.[0-9]{1,9}|[0-9]{1,9}/[1-9][0-9]{0,8})"
)


def flip_budget(text: str, pairs: int) -> int:
    """How many of the pairs may be flipped; a part is rounded down.

    Parameters
    ----------
    text : str
        ``12`` is a number of pairs; ``10%``, ``0.1`` and ``1/10`` are parts of all pairs.
    pairs : int

    Raises
    ------
    InvalidInput
        On anything else, or on more than all pairs.

    Examples
    --------
    >>> [flip_budget(text, 50) for text in ("12", "10%", "0.1", "1/3")]
    [12, 5, 5, 16]
    """
    count = int(text) if _COUNT.fullmatch(text) else _part(text, pairs)
    if count is None or count > pairs:
        raise InvalidInput(
            expected=f"a number of pairs up to {pairs}, or a part of them such as 10%, 0.1 or 1/10",
            found=repr(text),
            place="--budget",
        )
    return count


def _part(text: str, pairs: int) -> int | None:
    match = _PART.fullmatch(text)
    if match is None:
        return None
    part = Fraction(match["percent"]) / 100 if match["percent"] else Fraction(match["part"])
    return int(part * pairs) if part <= 1 else None

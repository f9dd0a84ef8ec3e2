"""Support: where a family's samples live, which decides who can read whom."""

from __future__ import annotations

from enum import Enum


class Support(Enum):
    """A set of possible samples; the value is the set as shown to users."""

    REALS = "real vectors"
    NONNEGATIVE = "numbers ≥ 0"
    POSITIVE = "numbers > 0"
    UNIT = "numbers between 0 and 1"
    TAIL = "numbers above a known scale"
    COUNTS = "0, 1, 2, …"
    BINARY = "0 and 1"
    SIMPLEX = "positive parts with sum 1"
    ANGLES = "angles"
    POINTS = "given numbers"
    ATOMS = "named atoms"
    PAIRS = "pairs of a prompt and a number"

    def within(self, other: Support) -> bool:
        """Whether this set is contained in the other.

        Examples
        --------
        >>> Support.BINARY.within(Support.COUNTS), Support.REALS.within(Support.BINARY)
        (True, False)
        """
        return other in _CONTAINED_IN[self]


_CONTAINED_IN = {
    Support.REALS: {Support.REALS},
    Support.NONNEGATIVE: {Support.NONNEGATIVE, Support.REALS},
    Support.POSITIVE: {Support.POSITIVE, Support.NONNEGATIVE, Support.REALS},
    Support.UNIT: {Support.UNIT, Support.POSITIVE, Support.NONNEGATIVE, Support.REALS},
    Support.TAIL: {Support.TAIL, Support.POSITIVE, Support.NONNEGATIVE, Support.REALS},
    Support.COUNTS: {Support.COUNTS, Support.NONNEGATIVE, Support.REALS},
    Support.BINARY: {Support.BINARY, Support.COUNTS, Support.NONNEGATIVE, Support.REALS},
    Support.SIMPLEX: {Support.SIMPLEX, Support.REALS},
    Support.ANGLES: {Support.ANGLES},
    Support.POINTS: {Support.POINTS, Support.REALS},
    Support.ATOMS: {Support.ATOMS},
    Support.PAIRS: {Support.PAIRS},
}

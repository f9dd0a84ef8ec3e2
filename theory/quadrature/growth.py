"""Growth: polynomial bounds of a function on the whole real line, computed like any other value."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import arb

from theory.arithmetic.abstract import AbstractArithmetic
from theory.arithmetic.ball import BallArithmetic


@dataclass(frozen=True)
class Growth:
    """|e(u)| ≤ bound·(1 + |u|)^degree for every real u; `value` where e does not depend on u.

    An infinite `bound` says that no such bound is known.
    """

    bound: arb
    degree: int = 0
    value: arb | None = None

    def __add__(self, other: Growth) -> Growth:
        value = None if self.value is None or other.value is None else self.value + other.value
        if value is not None:
            return constant(value)
        return Growth((self.bound + other.bound).upper(), max(self.degree, other.degree))

    def __mul__(self, other: Growth) -> Growth:
        if self.value is not None and other.value is not None:
            return constant(self.value * other.value)
        return Growth((self.bound * other.bound).upper(), self.degree + other.degree)

    def __truediv__(self, other: Growth) -> Growth:
        return UNKNOWN if other.value is None else self * constant(1 / other.value)

    def __rtruediv__(self, other: int) -> Growth:
        return UNKNOWN if self.value is None else constant(other / self.value)


def constant(value: arb) -> Growth:
    """The growth of what does not depend on u."""
    bound = value.abs_upper()
    return Growth(bound if bound.is_finite() else arb.pos_inf(), 0, value)


VARIABLE = Growth(arb(1), 1)
"""The growth of u itself."""
UNKNOWN = Growth(arb.pos_inf())
_AT_MOST_ONE = Growth(arb(1))


@dataclass(frozen=True)
class GrowthArithmetic(AbstractArithmetic):
    """Runs a program on growths: inputs are `VARIABLE` and `constant` values."""

    bits: int = 64

    @cached_property
    def real(self) -> BallArithmetic:
        """The arithmetic of what does not depend on u."""
        return BallArithmetic(self.bits)

    def rational(self, numerator: int, denominator: int) -> Growth:
        return constant(self.real.rational(numerator, denominator))

    def power(self, x: Growth, exponent: int) -> Growth:
        if x.value is not None:
            return constant(self.real.power(x.value, exponent))
        return Growth((x.bound**exponent).upper(), x.degree * exponent)

    def pi(self) -> Growth:
        return constant(self.real.pi())

    def exp(self, x: Growth) -> Growth:
        if x.value is not None:
            return constant(self.real.exp(x.value))
        return Growth(x.bound.exp().upper()) if x.degree == 0 else UNKNOWN

    def log(self, x: Growth) -> Growth:
        return UNKNOWN if x.value is None else constant(self.real.log(x.value))

    def sqrt(self, x: Growth) -> Growth:
        return UNKNOWN if x.value is None else constant(self.real.sqrt(x.value))

    def sin(self, x: Growth) -> Growth:
        return _AT_MOST_ONE if x.value is None else constant(self.real.sin(x.value))

    def cos(self, x: Growth) -> Growth:
        return _AT_MOST_ONE if x.value is None else constant(self.real.cos(x.value))

    def tanh(self, x: Growth) -> Growth:
        return _AT_MOST_ONE if x.value is None else constant(self.real.tanh(x.value))

    def log_gamma(self, x: Growth) -> Growth:
        return UNKNOWN if x.value is None else constant(self.real.log_gamma(x.value))

    def polygamma(self, order: int, x: Growth) -> Growth:
        return UNKNOWN if x.value is None else constant(self.real.polygamma(order, x.value))

    def bessel_clifford(self, order: int, x: Growth) -> Growth:
        return UNKNOWN if x.value is None else constant(self.real.bessel_clifford(order, x.value))

    def precision(self) -> AbstractContextManager[Any]:
        return self.real.precision()

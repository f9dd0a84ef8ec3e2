"""Balls in the complex plane: a finite value also says that the function is analytic on the whole box."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import acb, arb

from theory.arithmetic.abstract import AbstractArithmetic
from theory.arithmetic.ball import BallArithmetic


@dataclass(frozen=True)
class ComplexBallArithmetic(AbstractArithmetic):
    """Complex boxes at `bits` of working precision; what is free of the variable stays a real ball.

    Every function answers with a non-finite box where it has a pole or a branch cut, so a program whose
    values are all finite is a composition of functions that are analytic on its box.
    """

    bits: int = 64

    @cached_property
    def real(self) -> BallArithmetic:
        """The arithmetic of the real balls."""
        return BallArithmetic(self.bits)

    def rational(self, numerator: int, denominator: int) -> arb:
        return self.real.rational(numerator, denominator)

    def power(self, x: acb | arb, exponent: int) -> acb | arb:
        return x**exponent if isinstance(x, acb) else self.real.power(x, exponent)

    def pi(self) -> arb:
        return self.real.pi()

    def exp(self, x: acb | arb) -> acb | arb:
        return x.exp()

    def log(self, x: acb | arb) -> acb | arb:
        return x.log(analytic=True) if isinstance(x, acb) else x.log()

    def sqrt(self, x: acb | arb) -> acb | arb:
        return x.sqrt(analytic=True) if isinstance(x, acb) else x.sqrt()

    def sin(self, x: acb | arb) -> acb | arb:
        return x.sin()

    def cos(self, x: acb | arb) -> acb | arb:
        return x.cos()

    def tanh(self, x: acb | arb) -> acb | arb:
        return x.tanh()

    def log_gamma(self, x: acb | arb) -> acb | arb:
        return _nothing() if isinstance(x, acb) else self.real.log_gamma(x)

    def polygamma(self, order: int, x: acb | arb) -> acb | arb:
        return _nothing() if isinstance(x, acb) else self.real.polygamma(order, x)

    def bessel_clifford(self, order: int, x: acb | arb) -> acb | arb:
        return _nothing() if isinstance(x, acb) else self.real.bessel_clifford(order, x)

    def precision(self) -> AbstractContextManager[Any]:
        return self.real.precision()


def _nothing() -> acb:
    """A box without information: these functions of the variable are not needed."""
    return acb(arb.nan(), arb.nan())

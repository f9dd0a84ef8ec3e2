"""High-precision floating point (mpmath), independent of the balls it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from mpmath.ctx_mp import MPContext

from theory.arithmetic.abstract import AbstractArithmetic


class HighPrecisionArithmetic(AbstractArithmetic):
    """mpmath numbers with `digits` decimal digits in a context of their own.

    No error bound comes with a result: it can support a claim, never prove one.
    """

    def __init__(self, digits: int = 60) -> None:
        self.digits = digits

    @cached_property
    def context(self) -> Any:
        """An mpmath context whose precision nobody else can change."""
        context = MPContext()
        context.dps = self.digits
        return context

    def rational(self, numerator: int, denominator: int) -> Any:
        return self.context.mpf(numerator) / denominator

    def power(self, x: Any, exponent: int) -> Any:
        return x**exponent

    def pi(self) -> Any:
        return +self.context.pi

    def exp(self, x: Any) -> Any:
        return self.context.exp(x)

    def log(self, x: Any) -> Any:
        return self.context.log(x)

    def sqrt(self, x: Any) -> Any:
        return self.context.sqrt(x)

    def sin(self, x: Any) -> Any:
        return self.context.sin(x)

    def cos(self, x: Any) -> Any:
        return self.context.cos(x)

    def tanh(self, x: Any) -> Any:
        return self.context.tanh(x)

    def log_gamma(self, x: Any) -> Any:
        return self.context.loggamma(x)

    def polygamma(self, order: int, x: Any) -> Any:
        return self.context.psi(order, x)

    def bessel_clifford(self, order: int, x: Any) -> Any:
        return self.context.hyp0f1(order + 1, x) / self.context.factorial(order)

    def inverse(self, size: int, entries: Sequence[Any]) -> Sequence[Any]:
        rows = [list(entries[k * size : (k + 1) * size]) for k in range(size)]
        try:
            return tuple(self.context.inverse(self.context.matrix(rows)))
        except ZeroDivisionError:
            return (self.context.nan,) * size**2

"""Rigorous ball arithmetic (Arb through python-flint): every result contains the true value."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from flint import acb, arb, arb_mat, ctx, fmpq

from theory.arithmetic.abstract import AbstractArithmetic


@dataclass(frozen=True)
class BallArithmetic(AbstractArithmetic):
    """Balls at `bits` of working precision.

    A ball that is not finite (NaN, infinite radius) carries no information: only a
    comparison that comes out True proves anything.
    """

    bits: int = 128

    def rational(self, numerator: int, denominator: int) -> arb:
        return arb(fmpq(numerator, denominator))

    def power(self, x: arb, exponent: int) -> arb:
        """x to a positive integer power; Arb's own answers NaN for an inexact ball around 0."""
        if x.mid().is_zero() and x.is_finite():
            return arb(0, x.abs_upper() ** exponent)
        return x**exponent

    def pi(self) -> arb:
        return arb.pi()

    def exp(self, x: arb) -> arb:
        return x.exp()

    def log(self, x: arb) -> arb:
        return x.log()

    def sqrt(self, x: arb) -> arb:
        return x.sqrt()

    def sin(self, x: arb) -> arb:
        return x.sin()

    def cos(self, x: arb) -> arb:
        return x.cos()

    def tanh(self, x: arb) -> arb:
        return x.tanh()

    def log_gamma(self, x: arb) -> arb:
        return x.lgamma()

    def polygamma(self, order: int, x: arb) -> arb:
        return x.digamma() if order == 0 else acb(x).polygamma(acb(order)).real

    def bessel_clifford(self, order: int, x: arb) -> arb:
        return x.hypgeom_0f1(arb(order + 1), regularized=True)

    def inverse(self, size: int, entries: Sequence[arb]) -> Sequence[arb]:
        try:
            return arb_mat(size, size, list(entries)).inv().entries()
        except ZeroDivisionError:
            return (arb("nan"),) * size**2

    def precision(self) -> AbstractContextManager[Any]:
        return ctx.workprec(self.bits)

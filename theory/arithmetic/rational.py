"""Exact rational arithmetic (python-flint's ``fmpq``)."""

from __future__ import annotations

from typing import NoReturn

from flint import fmpq, fmpz

from theory.arithmetic.abstract import AbstractArithmetic
from theory.errors import OutsideArithmetic


class RationalArithmetic(AbstractArithmetic):
    """Exact rationals; a function whose value is irrational raises `OutsideArithmetic`."""

    def rational(self, numerator: int, denominator: int) -> fmpq:
        return fmpq(numerator, denominator)

    def power(self, x: fmpq, exponent: int) -> fmpq:
        return x**exponent

    def pi(self) -> NoReturn:
        raise OutsideArithmetic("Expected a rational number, got pi: use balls instead")

    def exp(self, x: fmpq) -> fmpq:
        return _only_at(x, 0, fmpq(1), "exp")

    def log(self, x: fmpq) -> fmpq:
        return _only_at(x, 1, fmpq(0), "log")

    def sin(self, x: fmpq) -> fmpq:
        return _only_at(x, 0, fmpq(0), "sin")

    def cos(self, x: fmpq) -> fmpq:
        return _only_at(x, 0, fmpq(1), "cos")

    def sqrt(self, x: fmpq) -> fmpq:
        numerator, denominator = _exact_root(x.p), _exact_root(x.q)
        if numerator is None or denominator is None:
            raise OutsideArithmetic(f"Expected the square of a rational number, got {x}")
        return fmpq(numerator, denominator)


def _only_at(x: fmpq, where: int, value: fmpq, function: str) -> fmpq:
    if x != where:
        raise OutsideArithmetic(f"Expected a rational value, got {function}({x}): use balls instead")
    return value


def _exact_root(n: fmpz) -> fmpz | None:
    if n < 0:
        return None
    root = n.isqrt()
    return root if root * root == n else None

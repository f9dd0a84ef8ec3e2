"""Exact rational arithmetic (python-flint's ``fmpq``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from flint import fmpq, fmpq_mat, fmpz

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

    def tanh(self, x: fmpq) -> fmpq:
        return _only_at(x, 0, fmpq(0), "tanh")

    def log_gamma(self, x: fmpq) -> fmpq:
        return fmpq(0) if x in (1, 2) else _irrational("log_gamma", x)

    def polygamma(self, order: int, x: fmpq) -> NoReturn:
        _irrational(f"polygamma of order {order}", x)

    def bessel_clifford(self, order: int, x: fmpq) -> fmpq:
        return (
            1 / fmpq(fmpz.fac_ui(fmpz(order)))
            if x == 0
            else _irrational(f"bessel_clifford of order {order}", x)
        )

    def sqrt(self, x: fmpq) -> fmpq:
        numerator, denominator = _exact_root(x.p), _exact_root(x.q)
        if numerator is None or denominator is None:
            raise OutsideArithmetic(f"Expected the square of a rational number, got {x}")
        return fmpq(numerator, denominator)

    def inverse(self, size: int, entries: Sequence[fmpq]) -> Sequence[fmpq]:
        return fmpq_mat(size, size, list(entries)).inv().entries()


def _only_at(x: fmpq, where: int, value: fmpq, function: str) -> fmpq:
    return value if x == where else _irrational(function, x)


def _irrational(function: str, x: fmpq) -> NoReturn:
    raise OutsideArithmetic(f"Expected a rational value, got {function}({x}): use balls instead")


def _exact_root(n: fmpz) -> fmpz | None:
    if n < 0:
        return None
    root = n.isqrt()
    return root if root * root == n else None

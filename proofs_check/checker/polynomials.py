"""Polynomials and quotients with exact coefficients, by plain expansion."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from proofs_check.checker.terms import MAX_EXPONENT, Refused

Tree = Any
Polynomial = dict[tuple[int, ...], int | Fraction]
Key = tuple[tuple[tuple[int, ...], int | Fraction], ...]
MAX_WORK = 5_000_000
MAX_BITS = 100_000


@dataclass(frozen=True)
class Quotient:
    """A numerator over a product of powers of divisors, each divisor with leading coefficient 1."""

    algebra: Algebra
    numerator: Polynomial
    divisors: Mapping[Key, int]

    def constant(self) -> Fraction:
        """The value where it is a constant other than zero, else zero."""
        known = not self.divisors and [any(monomial) for monomial in self.numerator] == [False]
        return Fraction(*self.numerator.values()) if known else Fraction(0)

    def __add__(self, other: Quotient | Fraction) -> Quotient:
        if not isinstance(other, Quotient):
            other = Quotient(self.algebra, self.algebra.constant(other), {})
        return self.algebra.total([self, other])

    def __sub__(self, other: Quotient) -> Quotient:
        return self + other * -1

    def __mul__(self, other: Quotient | Fraction | int) -> Quotient:
        if isinstance(other, Quotient):
            return self.algebra.product([self, other])
        return Quotient(
            self.algebra, self.algebra.add_to({}, self.numerator, other), self.divisors if other else {}
        )


class Algebra:
    """Polynomials over the indeterminates `names`: variables, then atoms.

    An atom is ``pi`` or a function of an expression, treated as one more indeterminate.  Work is
    counted, and more than a fixed amount is refused.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._position = {name: k for k, name in enumerate(self.names)}
        self._one = (0,) * len(self.names)
        self._work = 0

    def constant(self, value: Fraction | int) -> Polynomial:
        """A constant polynomial."""
        return {self._one: plain(value)} if value else {}

    def indeterminate(self, name: str) -> Polynomial:
        """The polynomial of one indeterminate."""
        position = self._position[name]
        return {tuple(int(k == position) for k in range(len(self.names))): 1}

    def add_to(self, total: Polynomial, other: Polynomial, factor: int | Fraction = 1) -> Polynomial:
        """`total` plus `factor` times `other`; `total` is changed and returned."""
        self._spend(len(other))
        factor = plain(factor)
        for monomial, coefficient in other.items():
            value = total.get(monomial, 0) + factor * coefficient
            if value:
                total[monomial] = value
            else:
                total.pop(monomial, None)
        return total

    def multiply(self, left: Polynomial, right: Polynomial) -> Polynomial:
        """Product."""
        self._spend(len(left) * len(right))
        result: Polynomial = {}
        for one, a in left.items():
            for two, b in right.items():
                monomial = tuple(map(int.__add__, one, two))
                result[monomial] = result.get(monomial, 0) + a * b
        return {monomial: c for monomial, c in result.items() if c}

    def power(self, base: Polynomial, exponent: int) -> Polynomial:
        """Power with a small natural exponent."""
        if not 0 <= exponent <= MAX_EXPONENT:
            raise Refused(f"an exponent outside [0, {MAX_EXPONENT}]")
        result = self.constant(1)
        for _ in range(exponent):
            result = self.multiply(result, base)
            if any(
                max(c.numerator.bit_length(), c.denominator.bit_length()) > MAX_BITS for c in result.values()
            ):
                raise Refused("a number grows too long")
        return result

    def polynomial(self, tree: Tree) -> Polynomial:
        """An expression without divisors, expanded."""
        quotient = self.quotient(tree)
        if quotient.divisors:
            raise Refused("a divisor where a polynomial is expected")
        return quotient.numerator

    def quotient(self, tree: Tree, seen: dict[Key, None] | None = None) -> Quotient:
        """An expression as a quotient; every divisor met is added to `seen`, even if it cancels."""
        seen = {} if seen is None else seen
        if type(tree) is str:
            known = tree in self._position
            return Quotient(self, self.indeterminate(tree) if known else self.constant(Fraction(tree)), {})
        head = tree[0]
        if head == "^":
            return self._power_of(self.quotient(tree[1], seen), tree[2], seen)
        if head not in ("+", "*"):
            return Quotient(self, self.indeterminate(atom_name(tree)), {})
        parts = [self.quotient(argument, seen) for argument in tree[1:]]
        return self.total(parts) if head == "+" else self.product(parts)

    def times_divisors(self, numerator: Polynomial, divisors: Mapping[Key, int]) -> Polynomial:
        """`numerator` times the divisors to their powers."""
        for key, exponent in divisors.items():
            numerator = self.multiply(numerator, self.power(dict(key), exponent))
        return numerator

    def total(self, parts: list[Quotient]) -> Quotient:
        """Sum of quotients over a common denominator."""
        common: dict[Key, int] = {}
        for part in parts:
            for key, exponent in part.divisors.items():
                common[key] = max(exponent, common.get(key, 0))
        total: Polynomial = {}
        for part in parts:
            missing = {key: e - part.divisors.get(key, 0) for key, e in common.items()}
            self.add_to(total, self.times_divisors(part.numerator, missing))
        return Quotient(self, total, common)

    def product(self, parts: list[Quotient]) -> Quotient:
        """Product of quotients."""
        numerator, divisors = parts[0].numerator, dict(parts[0].divisors)
        for part in parts[1:]:
            numerator = self.multiply(numerator, part.numerator)
            for key, exponent in part.divisors.items():
                divisors[key] = divisors.get(key, 0) + exponent
        return Quotient(self, numerator, divisors)

    def _power_of(self, base: Quotient, exponent: int, seen: dict[Key, None]) -> Quotient:
        if exponent >= 0:
            divisors = {key: e * exponent for key, e in base.divisors.items() if exponent}
            return Quotient(self, self.power(base.numerator, exponent), divisors)
        if not base.numerator:
            raise Refused("a divisor that is zero everywhere")
        upper = self.power(self.times_divisors(self.constant(1), base.divisors), -exponent)
        lead = Fraction(base.numerator[max(base.numerator)])
        scale = self.constant(lead**exponent)
        if set(base.numerator) == {self._one}:
            return Quotient(self, self.multiply(upper, scale), {})
        key = tuple(sorted((monomial, plain(c / lead)) for monomial, c in base.numerator.items()))
        seen[key] = None
        return Quotient(self, self.multiply(upper, scale), {key: -exponent})

    def _spend(self, work: int) -> None:
        self._work += work
        if self._work > MAX_WORK:
            raise Refused("too much work to expand")


def plain(value: int | Fraction) -> int | Fraction:
    """The same number, as an integer where it is one: integers multiply much faster."""
    return value.numerator if value.denominator == 1 else value


def atom_name(tree: Tree) -> str:
    """The name under which a function of an expression counts as an indeterminate."""
    return json.dumps(tree)

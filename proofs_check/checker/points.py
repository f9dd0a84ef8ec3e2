"""Conditions at a point: decided exactly, or by balls that exclude the contrary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import isqrt
from typing import Any

from proofs_check.checker.stability import characteristic
from proofs_check.checker.terms import RELATIONS, Refused

Tree = Any
Signs = Callable[[Tree, Mapping[str, Tree]], "int | None"]
MAX_BITS = 200_000
MAX_DECIDED_ROWS = 16


class NotRational(Exception):
    """A value is irrational, or not seen to be rational."""


class Undefined(Exception):
    """A divisor is zero, or a logarithm or root leaves its domain."""


def decide(condition: Mapping[str, Any], point: Mapping[str, Tree], sign: Signs | None = None) -> bool | None:
    """Whether `condition` holds at `point`; None where it is not decided.

    Parameters
    ----------
    condition : encoded relation or ``{"schur_stable": rows}``
    point : mapping of variable to expression without variables
    sign : callable, optional
        Proves the sign (+1 or −1) of an expression at a point in balls, for irrational values; None
        when it cannot.

    Raises
    ------
    Undefined
        Where the condition has no value.
    """
    if "schur_stable" in condition:
        return _decide_stable(condition["schur_stable"], point)
    difference = ["+", condition["left"], ["*", "-1", condition["right"]]]
    try:
        value = exact_value(difference, point)
        found = (value > 0) - (value < 0)
    except NotRational:
        proved = None if sign is None else sign(difference, point)
        if proved is None:
            return None
        found = proved
    return RELATIONS[condition["is"]](found, 0)


def exact_value(tree: Tree, point: Mapping[str, Tree]) -> Fraction:
    """Value of an expression at a point, as an exact rational.

    Raises
    ------
    NotRational, Undefined
    """
    if type(tree) is str:
        return exact_value(point[tree], {}) if tree in point else Fraction(tree)
    head, arguments = tree[0], tree[1:]
    if head == "^":
        return _power(exact_value(arguments[0], point), arguments[1])
    values = [exact_value(argument, point) for argument in arguments]
    if head == "+":
        return sum(values, Fraction(0))
    if head == "*":
        return _product(values)
    return _function(head, values)


def _product(values: list[Fraction]) -> Fraction:
    result = Fraction(1)
    for value in values:
        result *= value
        _limit(result)
    return result


def _power(base: Fraction, exponent: int) -> Fraction:
    if base == 0 and exponent < 0:
        raise Undefined("a divisor is zero")
    if abs(exponent) * max(base.numerator.bit_length(), base.denominator.bit_length()) > MAX_BITS:
        raise Refused("a number grows too long")
    return base**exponent


def _limit(value: Fraction) -> None:
    if value.numerator.bit_length() + value.denominator.bit_length() > MAX_BITS:
        raise Refused("a number grows too long")


def _function(name: str, values: list[Fraction]) -> Fraction:
    if name == "pi":
        raise NotRational("pi")
    x = values[0]
    if name == "sqrt":
        return _square_root(x)
    if name == "log" and x <= 0:
        raise Undefined("the logarithm of a number that is not positive")
    if (name, x) in (("exp", 0), ("cos", 0), ("log", 1), ("sin", 0)):
        return Fraction(name in ("exp", "cos"))
    raise NotRational(name)


def _square_root(x: Fraction) -> Fraction:
    if x < 0:
        raise Undefined("the square root of a negative number")
    root = Fraction(isqrt(x.numerator), isqrt(x.denominator))
    if root * root != x:
        raise NotRational("sqrt")
    return root


def _decide_stable(rows: list[list[Tree]], point: Mapping[str, Tree]) -> bool | None:
    try:
        matrix = [[exact_value(entry, point) for entry in row] for row in rows]
    except NotRational:
        return None
    return is_schur_stable(matrix) if len(rows) <= MAX_DECIDED_ROWS else None


def is_schur_stable(matrix: list[list[Fraction]]) -> bool:
    """Whether a rational matrix has spectral radius < 1.

    The table of `stability` for its characteristic polynomial, each row divided by its leading coefficient.
    """
    return _roots_in_disc(characteristic(matrix)[::-1])


def _roots_in_disc(descending: list[Fraction]) -> bool:
    """Whether every root of a polynomial, leading coefficient first, has modulus < 1."""
    while len(descending) > 1:
        lead, last = descending[0], descending[-1]
        if abs(last) >= abs(lead):
            return False
        reduced = [lead * a - last * b for a, b in zip(descending, reversed(descending), strict=True)]
        descending = [c / reduced[0] for c in reduced[:-1]]
    return True

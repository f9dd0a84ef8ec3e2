"""Balls: rigorous enclosures of expressions and their gradients, with python-flint's arb."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

Tree = Any
POINT_BITS = (128, 512, 2048)


def sign_at(tree: Tree, point: Mapping[str, Tree]) -> int | None:
    """Proved sign (+1 or −1) of an expression at a point; None when balls do not exclude zero."""
    for bits in POINT_BITS:
        with ctx.workprec(bits):
            values = {name: _plain(value, {}) for name, value in point.items()}
            sign = sign_of(_plain(tree, values))
        if sign is not None:
            return sign
    return None


def sign_of(ball: arb) -> int | None:
    """+1 or −1 when a finite ball lies on one side of zero, else None."""
    if not ball.is_finite():
        return None
    if ball > 0:
        return 1
    return -1 if ball < 0 else None


def ball(value: Fraction) -> arb:
    """The tightest ball around an exact number."""
    return arb(fmpq(value.numerator, value.denominator))


def _plain(tree: Tree, values: Mapping[str, arb]) -> arb:
    if type(tree) is str:
        return values[tree] if tree in values else ball(Fraction(tree))
    head, arguments = tree[0], tree[1:]
    if head == "pi":
        return arb.pi()
    first = _plain(arguments[0], values)
    if head == "^":
        return power(first, arguments[1])
    if head in ("+", "*"):
        for argument in arguments[1:]:
            other = _plain(argument, values)
            first = first + other if head == "+" else first * other
        return first
    return getattr(first, head)()


def power(base: arb, exponent: int) -> arb:
    """Integer power; no information where a divisor may be zero."""
    return base**exponent if exponent >= 0 else 1 / base**-exponent

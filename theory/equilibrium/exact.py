"""Rational equilibria: midpoints rounded to simple fractions, then checked exactly."""

from __future__ import annotations

import sympy
from flint import ctx, fmpq

from theory.equilibrium.enclosures import Balls, dyadic, simplest_rational
from theory.equilibrium.identities import is_identically_zero
from theory.equilibrium.problem import FixedPointProblem, Rationals, rational_values

_LARGEST_BITS = 96
"""Numerators and denominators longer than this are not taken for simple."""


def exact_equilibrium(problem: FixedPointProblem, box: Balls, bits: int) -> Rationals | None:
    """The rational point x with G(x) = x, checked exactly, that lies in `box`; else None."""
    candidate = _simple_point(box, bits)
    if candidate is None:
        return None
    return candidate if is_exact_equilibrium(problem, candidate) else None


def is_exact_equilibrium(problem: FixedPointProblem, point: Rationals) -> bool:
    """Whether G(x) = x is proved at a rational point."""
    image = rational_values(problem.step_program, point)
    if image is not None:
        return image == point
    values = {s: to_sympy(x) for s, x in zip(problem.coordinates, point, strict=True)}
    return all(
        is_identically_zero(g.xreplace(values) - values[s])
        for s, g in zip(problem.coordinates, problem.step, strict=True)
    )


def to_sympy(value: fmpq) -> sympy.Rational:
    """The same rational number in SymPy."""
    return sympy.Rational(int(value.p), int(value.q))


def _simple_point(box: Balls, bits: int) -> Rationals | None:
    """The simplest rational in each side of the box; None where one is not simple for the width."""
    point = []
    with ctx.workprec(2 * bits):
        for x in box:
            if not x.is_finite():
                return None
            try:
                value = simplest_rational(dyadic(x.lower()), dyadic(x.upper()))
            except ValueError:
                return None
            if value.height_bits() > min(_LARGEST_BITS, bits // 5):
                return None
            point.append(value)
    return tuple(point)

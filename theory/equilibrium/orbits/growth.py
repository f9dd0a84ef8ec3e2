"""Affine maps with nonnegative coefficients, such as means of Poisson models: when the orbit is unbounded.

Let x' = Jx + b with J ≥ 0 and b ≥ 0 on a closed part, and C a group in it with block J_C.

* v > 0 on C with J_C v ≥ (1+δ)v, δ > 0: if x ≥ 0 and x_C ≥ cv, c > 0, then x'_C ≥ c(1+δ)v, and so on.
* u > 0 on C with uᵀJ_C = uᵀ exactly, and uᵀ(b_C + J_CU b_U) > 0, U what is upstream: every iterate after the
  first has x_U ≥ b_U, so uᵀx_C grows by at least that number in every later round.

With b ≤ 0 the same holds of −x.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import sympy
from flint import arb, arb_mat, ctx, fmpq, fmpq_mat

from theory.arithmetic.program import Program
from theory.equilibrium.enclosures import Balls, all_finite, largest
from theory.equilibrium.identities import is_identically_zero
from theory.equilibrium.orbits.trap import AbstractTrap, Part, strong_parts
from theory.equilibrium.problem import FixedPointProblem, ball_values, rational_values

_ROUNDS = 200


@final
@dataclass(frozen=True, kw_only=True)
class GrowingGroup(AbstractTrap):
    """{x : σx ≥ 0 on the part, σx > 0 on the group}, where the group's coordinates grow beyond every bound.

    Parameters
    ----------
    part : tuple of int
        The group and what is upstream of it.
    group : tuple of int
    names : tuple of str
        Of the group's coordinates.
    sign : int
        σ: 1 where b ≥ 0, −1 where b ≤ 0.
    factor : arb
        Lower bound on ρ(J_C), ≥ 1.
    """

    part: Part
    group: Part
    names: tuple[str, ...]
    sign: int
    factor: arb

    def entered(self, point: Balls) -> bool:
        inside = all(self.sign * point[k] > 0 for k in self.group)
        return inside and all(self.sign * point[k] >= 0 for k in self.part)

    @property
    def reason(self) -> str:
        grows = f"{', '.join(self.names)} grow{'s' if len(self.names) == 1 else ''} beyond every bound"
        factor = f"at least {self.factor.lower().str(6, radius=False)}" if self.factor > 1 else "1"
        what = (
            "the coefficient of its own past"
            if len(self.group) == 1
            else "the spectral radius of their block"
        )
        return f"{grows}: {what} in the update is {factor}, and convergence needs it < 1"


def growing_groups(problem: FixedPointProblem, bits: int) -> tuple[GrowingGroup, ...]:
    """Every group of states that is proved to grow without bound from a positive start.

    Parameters
    ----------
    problem : FixedPointProblem
    bits : int
        Working precision.
    """
    found = []
    for group, upstream in strong_parts(problem):
        part = tuple(sorted((*group, *upstream)))
        known = _affine_part(problem, part, bits)
        if known is None:
            continue
        inside = tuple(part.index(k) for k in group)
        factor = _factor(known, inside, bits) or _exact_unit_factor(known, inside, bits)
        if factor is not None:
            names = tuple(problem.coordinates[k].name for k in group)
            found.append(GrowingGroup(part=part, group=group, names=names, sign=known.sign, factor=factor))
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class _AffinePart:
    """J in exact expressions and in balls, all ≥ 0, and σb ≥ 0 in balls."""

    slopes: tuple[sympy.Expr, ...]
    jacobian: arb_mat
    constant: Balls
    sign: int


def _affine_part(problem: FixedPointProblem, part: Part, bits: int) -> _AffinePart | None:
    """A closed part with J ≥ 0 and b of one sign; None for a part of another kind."""
    slopes, constants = _slopes_and_constants(problem, part)
    states = set(problem.coordinates)
    if any(e.free_symbols & states for e in (*slopes, *constants)):
        return None
    n = len(part)
    values = ball_values(Program.compile((*slopes, *constants), ()), (), bits)
    if not all_finite(values) or not _all_nonnegative(slopes, values[: n * n]):
        return None
    jacobian = arb_mat(n, n, list(values[: n * n]))
    for sign in (1, -1):
        constant = tuple(sign * v for v in values[n * n :])
        if _all_nonnegative(constants, constant):
            return _AffinePart(slopes=slopes, jacobian=jacobian, constant=constant, sign=sign)
    return None


def _all_nonnegative(expressions: tuple[sympy.Expr, ...], values: Balls) -> bool:
    """Whether every value is proved ≥ 0, its expression perhaps proved to be exactly 0."""
    return all(v >= 0 or is_identically_zero(e) for e, v in zip(expressions, values, strict=True))


def _slopes_and_constants(
    problem: FixedPointProblem, part: Part
) -> tuple[tuple[sympy.Expr, ...], tuple[sympy.Expr, ...]]:
    """Jacobian, row by row, of a part, and G(c) − Jc at a point c (constants where the part is affine)."""
    n = problem.size
    slopes = tuple(problem.jacobian[i * n + j] for i in part for j in part)
    at = {problem.coordinates[k]: sympy.Rational(k + 2, 3 * k + 5) for k in part}
    constants = tuple(
        problem.step[i].xreplace(at)
        - sympy.Add(*(problem.jacobian[i * n + j] * at[problem.coordinates[j]] for j in part))
        for i in part
    )
    return slopes, constants


def _factor(known: _AffinePart, group: Part, bits: int) -> arb | None:
    """min (Jv)_i/v_i > 1 for an approximate Perron vector v of the group; None where that is not found."""
    n = len(group)
    with ctx.workprec(bits):
        block = arb_mat(n, n, [known.jacobian[i, j] for i in group for j in group])
        vector = arb_mat(n, 1, [1] * n)
        for _ in range(_ROUNDS):
            vector = (vector + block * vector).mid()
            vector = (vector * (1 / largest(vector.entries()))).mid()
        if not all(x > 0 for x in vector.entries()):
            return None
        ratios = [a / b for a, b in zip((block * vector).entries(), vector.entries(), strict=True)]
        least = min((r.lower() for r in ratios), key=lambda r: r.mid())
        return least if least > 1 else None


def _exact_unit_factor(known: _AffinePart, group: Part, bits: int) -> arb | None:
    """1, where 1 is exactly the Perron root of the group's rational block and something flows in."""
    n, size = len(known.constant), len(group)
    rows = [known.slopes[j * n + i] - int(i == j) for i in group for j in group]
    values = rational_values(Program.compile(rows, ()), ())
    left = None if values is None else _positive_null_vector(fmpq_mat(size, size, list(values)))
    if left is None:
        return None
    upstream = [k for k in range(n) if k not in group]
    with ctx.workprec(bits):
        inflow = [
            known.constant[i] + sum((known.jacobian[i, k] * known.constant[k] for k in upstream), arb(0))
            for i in group
        ]
        gain = sum((arb(u) * x for u, x in zip(left, inflow, strict=True)), arb(0))
        return arb(1) if gain > 0 else None


def _positive_null_vector(matrix: fmpq_mat) -> list[fmpq] | None:
    """The vector with M u = 0 and last entry 1, when there is just one and it is positive."""
    size = matrix.nrows()
    if matrix.rank() != size - 1:
        return None
    reduced, _ = matrix.rref()
    vector = [-reduced[k, size - 1] for k in range(size - 1)] + [fmpq(1)]
    image = matrix * fmpq_mat(size, 1, vector)
    return vector if all(u > 0 for u in vector) and image == fmpq_mat(size, 1, [0] * size) else None

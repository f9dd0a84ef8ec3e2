"""Stable equilibria as expressions in the parameters, where the map allows.

Affine maps: (I − J)⁻¹b.  One Gaussian with linear tilts: with k, q as in `divergence` and
Γ = k²/a² + q/a, v = (1 − √(1 − 4ΓV))/(2Γ) and m = M + kv/a.  One scalar state whose equation is
quadratic (an exponential model with one tilt): the root at which |G′| < 1.
"""

from __future__ import annotations

import sympy
from flint import ctx

from theory.arithmetic.program import Program
from theory.equilibrium.identities import is_identically_zero
from theory.equilibrium.orbits.divergence import linear_tilts
from theory.equilibrium.problem import FixedPointProblem, ball_values
from theory.expressions.differentiation import jacobian
from theory.update_map import KnobKind, UpdateMap

Point = dict[sympy.Symbol, sympy.Expr]
_BITS = 256
_LARGEST_AFFINE = 4


def symbolic_equilibrium(update_map: UpdateMap, kept: frozenset[sympy.Symbol] = frozenset()) -> Point | None:
    """The stable equilibrium's states over the parameters, or None without a closed form.

    Parameters
    ----------
    update_map : UpdateMap
    kept : frozenset of Symbol
        Knob offsets that stay symbols too; the others are 0.
    """
    problem = _symbolic_problem(update_map, kept)
    found = _affine(problem) or _one_gaussian(problem) or _quadratic(problem, dict(update_map.values))
    if found is None:
        return None
    embedding = {s: e.xreplace(found) for s, e in update_map.dependent}
    return {s: found.get(s, embedding.get(s, s)) for s in update_map.state}


def _symbolic_problem(update_map: UpdateMap, kept: frozenset[sympy.Symbol]) -> FixedPointProblem:
    offsets = {
        k.symbol: sympy.S.Zero
        for k in update_map.knobs
        if k.kind is not KnobKind.PARAMETER and k.symbol not in kept
    }
    return FixedPointProblem(
        coordinates=update_map.coordinates,
        step=tuple(g.xreplace(offsets) for g in update_map.reduced_step),
        domain=tuple(update_map.at_values(e) for e in update_map.domain),
        nonnegative=tuple(update_map.at_values(e) for e in update_map.nonnegative),
        start=(),
        embedding=(),
    )


def _affine(problem: FixedPointProblem) -> Point | None:
    states = set(problem.coordinates)
    slope = jacobian(problem.step, problem.coordinates)
    if problem.size > _LARGEST_AFFINE or slope.free_symbols & states:
        return None
    origin = dict.fromkeys(problem.coordinates, sympy.S.Zero)
    constant = sympy.Matrix([g.xreplace(origin) for g in problem.step])
    matrix = sympy.eye(problem.size) - sympy.Matrix(slope)
    determinant = sympy.expand(matrix.det(method="berkowitz"))
    if is_identically_zero(determinant):
        return None
    solved = matrix.adjugate(method="berkowitz") * constant / determinant
    return dict(zip(problem.coordinates, solved, strict=True))


def _one_gaussian(problem: FixedPointProblem) -> Point | None:
    tilts = linear_tilts(problem)
    if tilts is None or is_identically_zero(tilts.real_data_share):
        return None
    a, real_variance = tilts.real_data_share, tilts.real_variance
    gamma = tilts.drift**2 / a**2 + tilts.spread / a
    variance = real_variance
    if not is_identically_zero(gamma):
        variance = (1 - sympy.sqrt(1 - 4 * gamma * real_variance)) / (2 * gamma)
    mean = tilts.real_mean + tilts.drift * variance / a
    m, v = problem.coordinates[tilts.mean], problem.coordinates[1 - tilts.mean]
    return {m: mean, v: variance}


def _quadratic(problem: FixedPointProblem, values: Point) -> Point | None:
    """The stable root of a scalar quadratic equation, chosen at the parameters' values in balls."""
    if problem.size != 1:
        return None
    (symbol,), (step,) = problem.coordinates, problem.step
    if not step.is_rational_function(symbol):
        return None
    try:
        top = sympy.Poly(sympy.fraction(sympy.together(step - symbol))[0], symbol)
    except sympy.PolynomialError:
        return None
    if top.degree() != 2:
        return None
    c, b, a = (top.coeff_monomial(symbol**k) for k in range(3))
    root = sympy.sqrt(b**2 - 4 * a * c)
    for candidate in ((-b - root) / (2 * a), (-b + root) / (2 * a)):
        here = {symbol: candidate.xreplace(values)}
        signs = (step.diff(symbol), *problem.domain, *problem.nonnegative)
        program = Program.compile([e.xreplace(here).xreplace(values) for e in signs], ())
        slope, *conditions = ball_values(program, (), _BITS)
        with ctx.workprec(_BITS):
            if abs(slope) < 1 and all(c > 0 for c in conditions):
                return {symbol: candidate}
    return None

"""One Gaussian with linear tilts, beyond blow-up: when iteration is proved to diverge.

The map is m' = aM + (1−a)m + kv, v' = aV + (1−a)v + a(1−a)y² + 2akyv + (q−k²)v², y = m − M,
with shares w_j ≥ 0 of tilts t_j, Σw_j = 1 − a, k = Σw_j t_j and q = Σw_j t_j² ≥ k²/(1−a).

* 0 < a < 1, V > 0, k ≠ 0: if ky ≥ 0 and k²v ≥ 1 − a, then v' − v ≥ aV + av(k²v/(1−a) − 1) ≥ aV,
  and again ky' = (1−a)ky + k²v ≥ 0 and k²v' ≥ 1 − a: v grows by aV at least in every round, for ever.
* a = 0, v > 0, (k, q) ≠ 0: v' = v + (q−k²)v² ≥ v and m' = m + kv: m or v grows without bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import sympy
from flint import arb, ctx

from theory.arithmetic.program import Program
from theory.equilibrium.enclosures import Balls, all_finite
from theory.equilibrium.identities import is_identically_zero
from theory.equilibrium.orbits.trap import AbstractTrap
from theory.equilibrium.problem import FixedPointProblem, ball_values


@dataclass(frozen=True, kw_only=True)
class LinearTilts:
    """The constants of the map above, and which of the two coordinates is the mean."""

    mean: int
    real_data_share: sympy.Expr
    real_mean: sympy.Expr
    real_variance: sympy.Expr
    drift: sympy.Expr
    """k."""
    spread: sympy.Expr
    """q."""


@final
@dataclass(frozen=True, kw_only=True)
class OneGaussianTrap(AbstractTrap):
    """Where `proves_blow_up` holds."""

    tilts: LinearTilts
    bits: int

    def entered(self, point: Balls) -> bool:
        return proves_blow_up(self.tilts, point, self.bits)

    @property
    def reason(self) -> str:
        if is_identically_zero(self.tilts.real_data_share):
            return "without real data every choice moves the mean or spreads the law further, for ever"
        return "the variance is in the region where it grows for ever"


def one_gaussian_trap(problem: FixedPointProblem, bits: int) -> OneGaussianTrap | None:
    """The trap of one Gaussian with linear tilts; None for another map."""
    tilts = linear_tilts(problem)
    return None if tilts is None else OneGaussianTrap(tilts=tilts, bits=bits)


def linear_tilts(problem: FixedPointProblem) -> LinearTilts | None:
    """The constants, read off the map and checked against its form exactly; None for another map."""
    if problem.size != 2:
        return None
    return _read(problem, 0) or _read(problem, 1)


def proves_blow_up(tilts: LinearTilts, point: Balls, bits: int) -> bool:
    """Whether an enclosed iterate is proved to be in the trap from which the variance grows for ever."""
    constants = ball_values(
        Program.compile(
            [tilts.real_data_share, tilts.real_mean, tilts.real_variance, tilts.drift, tilts.spread], ()
        ),
        (),
        bits,
    )
    with ctx.workprec(bits):
        if not all_finite(constants):
            return False
        a, real_mean, real_variance, k, q = constants
        m, v = point[tilts.mean], point[1 - tilts.mean]
        if a.is_zero():
            return bool(v > 0 and (k != 0 or q != 0) and q >= k * k)
        if not (a > 0 and a < 1 and real_variance > 0 and k != 0):
            return False
        if not _spread_suffices(tilts, bits):
            return False
        return bool(k * (m - real_mean) >= 0 and k * k * v >= 1 - a)


def _spread_suffices(tilts: LinearTilts, bits: int) -> bool:
    """q ≥ k²/(1−a): Cauchy–Schwarz, so equality (one tilt) is settled exactly."""
    gap = tilts.spread * (1 - tilts.real_data_share) - tilts.drift**2
    if is_identically_zero(gap):
        return True
    return bool(ball_values(Program.compile([gap], ()), (), bits)[0] >= arb(0))


def _read(problem: FixedPointProblem, mean: int) -> LinearTilts | None:
    m, v = problem.coordinates[mean], problem.coordinates[1 - mean]
    first, second = problem.step[mean], problem.step[1 - mean]
    try:
        line = sympy.Poly(first, m, v)
        square = sympy.Poly(second, m, v)
    except sympy.PolynomialError:
        return None
    if line.total_degree() > 1 or square.total_degree() > 2:
        return None
    a, k = 1 - line.coeff_monomial(m), line.coeff_monomial(v)
    if is_identically_zero(a):
        real_mean = real_variance = sympy.S.Zero
    else:
        real_mean = line.coeff_monomial(1) / a
        real_variance = square.coeff_monomial(1) / a - (1 - a) * real_mean**2
    q = square.coeff_monomial(v**2) + k**2
    y = m - real_mean
    form = a * real_variance + (1 - a) * v + a * (1 - a) * y**2 + 2 * a * k * y * v + (q - k**2) * v**2
    wrong = [second - form, first - (a * real_mean + (1 - a) * m + k * v)]
    if not all(is_identically_zero(e) for e in wrong):
        return None
    return LinearTilts(
        mean=mean,
        real_data_share=a,
        real_mean=real_mean,
        real_variance=real_variance,
        drift=k,
        spread=q,
    )

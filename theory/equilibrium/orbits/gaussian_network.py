"""Gaussians that read each other with linear tilts, beyond blow-up: when their variances grow for ever.

Along one direction every model has a mean m_i and a variance v_i > 0. With a_i the share of its training set
that does not move (mean M_i, variance V_i), W_ij ≥ 0 the share of model j, Σ_j W_ij = 1 − a_i, K_ij the mean
and Q_ij the mean square of the tilts in it (times W_ij), the maximum-likelihood refit is

    m_i' = a_i M_i + Σ_j (W_ij m_j + K_ij v_j),
    v_i' = a_i (V_i + M_i²) + Σ_j (W_ij (v_j + m_j²) + 2 K_ij m_j v_j + Q_ij v_j²) − m_i'².

Where W_ij Q_ij ≥ K_ij² (and K_ij = 0 ≤ Q_ij where W_ij = 0), Jensen's inequality gives
v_i' ≥ a_i V_i + Σ_j W_ij v_j + a_i (1 − a_i) d_i², d_i = Σ_j (W_ij m_j + K_ij v_j)/(1 − a_i) − M_i.
Let 0 < a_i < 1, V_i > 0, K_ij ≥ 0, κ_i = Σ_j K_ij > 0, and M = max M_i. If m_j ≥ M and v_j ≥ L for all j with
κ_i² L ≥ 1 − a_i and κ_i L ≥ a_i (M − M_i) for all i, then m_i' ≥ M, d_i ≥ κ_i L/(1 − a_i), and
v_i' ≥ a_i V_i + (1 − a_i) L + a_i κ_i² L²/(1 − a_i) ≥ L + a_i V_i: so it goes on, with a larger L.
With K_ij ≤ 0 throughout, turn the direction round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import sympy
from flint import arb, ctx

from theory.arithmetic.program import Program
from theory.equilibrium.enclosures import Balls, all_finite
from theory.equilibrium.identities import is_identically_zero
from theory.equilibrium.orbits.projection import Projection, projections
from theory.equilibrium.orbits.trap import AbstractTrap
from theory.equilibrium.problem import FixedPointProblem, ball_values, in_balls

Rows = tuple[tuple[sympy.Expr, ...], ...]


@dataclass(frozen=True, kw_only=True)
class TiltNetwork:
    """The constants of the map above, exact; `shares`, `drifts`, `spreads` are W, K, Q, one row a reader."""

    still: tuple[sympy.Expr, ...]
    still_means: tuple[sympy.Expr, ...]
    still_variances: tuple[sympy.Expr, ...]
    shares: Rows
    drifts: Rows
    spreads: Rows


@final
@dataclass(frozen=True, kw_only=True)
class GrowingVariances(AbstractTrap):
    """The set above: means beyond every M_i in the direction of the tilts, variances beyond the blow-up.

    Parameters
    ----------
    program : Program
        Means, then variances, of the models along the direction, over the problem's coordinates.
    sign : int
        1 where K ≥ 0, −1 where K ≤ 0.
    still, still_means, drifts : tuple of arb
        a_i, M_i, κ_i.
    bits : int
        Working precision.
    names : tuple of str
        Of the models.
    """

    program: Program
    sign: int
    still: Balls
    still_means: Balls
    drifts: Balls
    bits: int
    names: tuple[str, ...]

    def entered(self, point: Balls) -> bool:
        n = len(self.still)
        with ctx.workprec(self.bits):
            values = in_balls(self.program, self.bits)(point)
            if not all_finite(values):
                return False
            means = [self.sign * m for m in values[:n]]
            bounds = [self.sign * m for m in self.still_means]
            least = min((v.lower() for v in values[n:]), key=lambda v: v.mid())
            beyond = all(m >= b for m in means for b in bounds)
            return beyond and all(self._suffices(i, least, bounds) for i in range(n))

    def _suffices(self, i: int, least: arb, bounds: Sequence[arb]) -> bool:
        drift, share = self.sign * self.drifts[i], self.still[i]
        enough = drift * drift * least >= 1 - share
        return bool(enough) and all(drift * least >= share * (b - bounds[i]) for b in bounds)

    @property
    def reason(self) -> str:
        with ctx.workprec(self.bits):
            edge = max(
                ((1 - a) / (k * k) for a, k in zip(self.still, self.drifts, strict=True)),
                key=lambda e: e.mid(),
            )
        whose = f"the variance{'s' if len(self.names) > 1 else ''} of {', '.join(self.names)}"
        grow = "grow" if len(self.names) > 1 else "grows"
        past = edge.upper().str(6, radius=False)
        return f"{whose} {grow} for ever, being past {past}, where the tilts outrun the rest"


def growing_variances(problem: FixedPointProblem, bits: int) -> tuple[GrowingVariances, ...]:
    """The traps of every closed group of Gaussians that tilt along one direction."""
    found = []
    for projection in projections(problem):
        network = tilt_network(projection)
        trap = None if network is None else _trap(problem, projection, network, bits)
        if trap is not None:
            found.append(trap)
    return tuple(found)


def tilt_network(projection: Projection) -> TiltNetwork | None:
    """The constants, read off the map along a direction and checked against its form; None for others."""
    means, variances = projection.means, projection.variances
    try:
        lines = [sympy.Poly(e, *means, *variances) for e in projection.mean_steps]
        squares = [sympy.Poly(e, *means, *variances) for e in projection.variance_steps]
    except sympy.PolynomialError:
        return None
    if any(p.total_degree() > 1 for p in lines) or any(p.total_degree() > 2 for p in squares):
        return None
    shares = tuple(tuple(p.coeff_monomial(m) for m in means) for p in lines)
    drifts = tuple(tuple(p.coeff_monomial(v) for v in variances) for p in lines)
    spreads = tuple(
        tuple(q.coeff_monomial(v**2) + k**2 for v, k in zip(variances, row, strict=True))
        for q, row in zip(squares, drifts, strict=True)
    )
    still = tuple(1 - sympy.Add(*row) for row in shares)
    if any(is_identically_zero(a) for a in still):
        return None
    centres = tuple(p.coeff_monomial(1) / a for p, a in zip(lines, still, strict=True))
    network = TiltNetwork(
        still=still,
        still_means=centres,
        still_variances=tuple(
            (q.coeff_monomial(1) + (a * m) ** 2) / a - m**2
            for q, a, m in zip(squares, still, centres, strict=True)
        ),
        shares=shares,
        drifts=drifts,
        spreads=spreads,
    )
    return network if _has_the_form(network, projection) else None


def _has_the_form(network: TiltNetwork, projection: Projection) -> bool:
    means, variances = projection.means, projection.variances
    for i, a in enumerate(network.still):
        columns = list(
            zip(means, variances, network.shares[i], network.drifts[i], network.spreads[i], strict=True)
        )
        mean = a * network.still_means[i] + sympy.Add(*(w * m + k * v for m, v, w, k, _ in columns))
        square = a * (network.still_variances[i] + network.still_means[i] ** 2)
        square += sympy.Add(*(w * (v + m**2) + 2 * k * m * v + q * v**2 for m, v, w, k, q in columns))
        wrong = (projection.mean_steps[i] - mean, projection.variance_steps[i] - square + mean**2)
        if not all(is_identically_zero(e) for e in wrong):
            return False
    return projection.is_faithful()


def _trap(
    problem: FixedPointProblem, projection: Projection, network: TiltNetwork, bits: int
) -> GrowingVariances | None:
    n = len(network.still)
    numbers = (*network.still, *network.still_means, *network.still_variances)
    drifts = [k for row in network.drifts for k in row]
    values = ball_values(Program.compile((*numbers, *drifts), ()), (), bits)
    if not all_finite(values) or not _spreads_suffice(network, bits):
        return None
    still, centres, own, flat = values[:n], values[n : 2 * n], values[2 * n : 3 * n], values[3 * n :]
    sign = 1 if all(k >= 0 for k in flat) else -1
    with ctx.workprec(bits):
        totals = tuple(sum(flat[i * n : (i + 1) * n], arb(0)) for i in range(n))
        inside = all(a > 0 and a < 1 and v > 0 for a, v in zip(still, own, strict=True))
        if not inside or not all(sign * k >= 0 for k in flat) or not all(sign * k > 0 for k in totals):
            return None
    functionals = (*projection.mean_functionals, *projection.variance_functionals)
    return GrowingVariances(
        program=Program.compile(functionals, problem.coordinates),
        sign=sign,
        still=still,
        still_means=centres,
        drifts=totals,
        bits=bits,
        names=projection.names,
    )


def _spreads_suffice(network: TiltNetwork, bits: int) -> bool:
    """W ≥ 0 and WQ ≥ K² entry by entry, exactly where there is equality, and K = 0 ≤ Q where W = 0."""
    entries = [
        entry
        for rows in zip(network.shares, network.drifts, network.spreads, strict=True)
        for entry in zip(*rows, strict=True)
    ]
    return all(_is_nonnegative(e, bits) for w, k, q in entries for e in (w, q, w * q - k**2))


def _is_nonnegative(expression: sympy.Expr, bits: int) -> bool:
    if is_identically_zero(expression):
        return True
    return bool(ball_values(Program.compile([expression], ()), (), bits)[0] >= 0)

"""Gaussians that read each other with linear tilts: the constants of their round along one direction.

Along one direction every model has a mean m_i and a variance v_i. With a_i the share of its training set that
does not move (mean M_i, variance V_i), W_ij the share of model j, Σ_j W_ij = 1 − a_i, K_ij the mean and Q_ij
the mean square of the tilts in it (times W_ij), the maximum-likelihood refit is

    m_i' = a_i M_i + Σ_j (W_ij m_j + K_ij v_j),
    v_i' = a_i (V_i + M_i²) + Σ_j (W_ij (v_j + m_j²) + 2 K_ij m_j v_j + Q_ij v_j²) − m_i'².
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy

from theory.arithmetic.program import Program
from theory.equilibrium.identities import is_identically_zero
from theory.equilibrium.orbits.projection import Projection
from theory.equilibrium.problem import ball_values

Rows = tuple[tuple[sympy.Expr, ...], ...]


@dataclass(frozen=True, kw_only=True)
class TiltNetwork:
    """The constants a_i, M_i, V_i, then W, K, Q, one row a reader; exact, an a_i that vanishes being 0."""

    still: tuple[sympy.Expr, ...]
    still_means: tuple[sympy.Expr, ...]
    still_variances: tuple[sympy.Expr, ...]
    shares: Rows
    drifts: Rows
    spreads: Rows


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
    still = tuple(sympy.S.Zero if is_identically_zero(a) else a for a in still)
    centres = tuple(p.coeff_monomial(1) / a if a else sympy.S.Zero for p, a in zip(lines, still, strict=True))
    network = TiltNetwork(
        still=still,
        still_means=centres,
        still_variances=tuple(
            (q.coeff_monomial(1) + (a * m) ** 2) / a - m**2 if a else sympy.S.Zero
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


def spreads_suffice(network: TiltNetwork, bits: int) -> bool:
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

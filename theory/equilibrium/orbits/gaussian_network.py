"""Gaussians that read each other with linear tilts, beyond blow-up: when their variances grow for ever.

In the notation of `tilt_network`, let W_ij ≥ 0 and W_ij Q_ij ≥ K_ij² (and K_ij = 0 ≤ Q_ij where W_ij = 0).
Jensen's inequality gives v_i' ≥ a_i V_i + Σ_j (W_ij v_j + S_ij v_j²) + a_i (1 − a_i) d_i², where
S_ij = Q_ij − K_ij²/W_ij ≥ 0 and d_i = Σ_j (W_ij m_j + K_ij v_j)/(1 − a_i) − M_i.  Three traps follow, L being
the least of the v_j.

* Growing variances. Let 0 < a_i < 1, V_i > 0, K_ij ≥ 0, κ_i = Σ_j K_ij > 0, and M = max M_i.  If m_j ≥ M for
  all j, κ_i² L ≥ 1 − a_i and κ_i L ≥ a_i (M − M_i) for all i, then m_i' ≥ M, d_i ≥ κ_i L/(1 − a_i), and
  v_i' ≥ a_i V_i + (1 − a_i) L + a_i κ_i² L²/(1 − a_i) ≥ L + a_i V_i: so it goes on, with a larger L.
  With K_ij ≤ 0 throughout, turn the direction round.
* Drifting means. Without real data, a_i = 0 for all i, v_i' ≥ L, and min m_j grows by min κ_i L at least.
* Spreading variances. If s_i = Σ_j S_ij > 0 and s_i L ≥ a_i for all i, then
  v_i' ≥ a_i V_i + (1 − a_i) L + s_i L² ≥ L + a_i V_i, and ≥ L + s_i L² where a_i = 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import final

import sympy
from flint import arb, ctx

from theory.arithmetic.program import Program
from theory.equilibrium.enclosures import Balls, all_finite
from theory.equilibrium.orbits.projection import Projection, projections
from theory.equilibrium.orbits.tilt_network import TiltNetwork, spreads_suffice, tilt_network
from theory.equilibrium.orbits.trap import AbstractTrap
from theory.equilibrium.problem import FixedPointProblem, ball_values, in_balls


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


@final
@dataclass(frozen=True, kw_only=True)
class DriftingMeans(AbstractTrap):
    """Positive variances, where no model has real data and all tilts are one way."""

    variances: Program
    bits: int
    names: tuple[str, ...]

    def entered(self, point: Balls) -> bool:
        return all(v > 0 for v in ball_values(self.variances, point, self.bits))

    @property
    def reason(self) -> str:
        whose = f"the mean{'s' if len(self.names) > 1 else ''} of {', '.join(self.names)}"
        grow = "drift" if len(self.names) > 1 else "drifts"
        return f"{whose} {grow} for ever along the reward, which no real data hold back"


@final
@dataclass(frozen=True, kw_only=True)
class SpreadingVariances(AbstractTrap):
    """Variances of at least max a_i/s_i, where tilts of one producer's output disagree."""

    variances: Program
    edge: arb
    bits: int
    names: tuple[str, ...]

    def entered(self, point: Balls) -> bool:
        values = ball_values(self.variances, point, self.bits)
        return all(v > 0 and v >= self.edge for v in values)

    @property
    def reason(self) -> str:
        whose = f"the variance{'s' if len(self.names) > 1 else ''} of {', '.join(self.names)}"
        grow = "grow" if len(self.names) > 1 else "grows"
        past = self.edge.str(6, radius=False)
        return f"{whose} {grow} for ever, being past {past}, where choices that disagree outrun the rest"


def growing_variances(problem: FixedPointProblem, bits: int) -> tuple[AbstractTrap, ...]:
    """The traps of every closed group of Gaussians that tilt along one direction."""
    found: list[AbstractTrap] = []
    for projection in projections(problem):
        network = tilt_network(projection)
        if network is not None:
            found.extend(_traps(problem, projection, network, bits))
    return tuple(found)


def _traps(
    problem: FixedPointProblem, projection: Projection, network: TiltNetwork, bits: int
) -> Iterator[AbstractTrap]:
    if not spreads_suffice(network, bits):
        return
    yield from _spreading(problem, projection, network, bits)
    n = len(network.still)
    numbers = (*network.still, *network.still_means, *network.still_variances)
    drifts = [k for row in network.drifts for k in row]
    values = ball_values(Program.compile((*numbers, *drifts), ()), (), bits)
    if not all_finite(values):
        return
    still, centres, own, flat = values[:n], values[n : 2 * n], values[2 * n : 3 * n], values[3 * n :]
    sign = 1 if all(k >= 0 for k in flat) else -1
    with ctx.workprec(bits):
        totals = tuple(sum(flat[i * n : (i + 1) * n], arb(0)) for i in range(n))
    if not all(sign * k >= 0 for k in flat) or not all(sign * k > 0 for k in totals):
        return
    if not any(network.still):
        variances = Program.compile(projection.variance_functionals, problem.coordinates)
        yield DriftingMeans(variances=variances, bits=bits, names=projection.names)
    if all(a > 0 and a < 1 and v > 0 for a, v in zip(still, own, strict=True)):
        functionals = (*projection.mean_functionals, *projection.variance_functionals)
        yield GrowingVariances(
            program=Program.compile(functionals, problem.coordinates),
            sign=sign,
            still=still,
            still_means=centres,
            drifts=totals,
            bits=bits,
            names=projection.names,
        )


def _spreading(
    problem: FixedPointProblem, projection: Projection, network: TiltNetwork, bits: int
) -> Iterator[SpreadingVariances]:
    """The trap of tilts that disagree within what is read of one producer, where every model reads such."""
    spread = tuple(
        sympy.Add(*(q - k**2 / w if w else q for w, k, q in zip(*rows, strict=True)))
        for rows in zip(network.shares, network.drifts, network.spreads, strict=True)
    )
    numbers = (*network.still, *network.still_variances, *spread)
    values = ball_values(Program.compile(numbers, ()), (), bits)
    if not all_finite(values):
        return
    n = len(spread)
    still, own, gains = values[:n], values[n : 2 * n], values[2 * n :]
    fed = (a.is_zero() or (a > 0 and v > 0) for a, v in zip(still, own, strict=True))
    if all(g > 0 for g in gains) and all(fed):
        variances = Program.compile(projection.variance_functionals, problem.coordinates)
        with ctx.workprec(bits):
            edges = [a / g for a, g in zip(still, gains, strict=True)]
        edge = max((e.upper() for e in edges), key=lambda e: e.mid())
        yield SpreadingVariances(variances=variances, edge=edge, bits=bits, names=projection.names)

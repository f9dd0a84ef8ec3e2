"""Pool integrals in balls: each transform on the grid is computed once for a κ, and its errors are proved."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from flint import arb, ctx

from theory.arithmetic.ball import BallArithmetic
from theory.quadrature.accuracy import GUARD_BITS, target_bits
from theory.quadrature.convolution import FixedPoint, convolution
from theory.quadrature.pool_grid import Factor, Grid, PoolErrors, grid_for

Balls = list[arb]


@dataclass(frozen=True)
class BallTransforms:
    """φ and ψ_{n,j} on the nodes t_k for every κ in a ball of positive numbers, filled in as needed."""

    decisiveness: arb
    grid: Grid
    bits: int
    known: dict[Factor, Balls] = field(default_factory=dict)
    kernels: dict[int, Balls] = field(default_factory=dict)
    fixed: dict[int, FixedPoint] = field(default_factory=dict)
    ratios: list[arb | None] = field(default_factory=list)

    @classmethod
    def of(cls, decisiveness: arb, bits: int) -> BallTransforms | None:
        """The transforms at a working precision; None where κ may be ≤ 0 or the grid is too large."""
        if not (decisiveness.is_finite() and decisiveness > 0):
            return None
        target = target_bits((decisiveness,), bits)
        grid = grid_for(float(decisiveness.mid()), target * math.log(2))
        return None if grid is None else cls(decisiveness, grid, target + 2 * GUARD_BITS)

    def integral(self, exponent: int, factors: Sequence[Factor]) -> arb:
        """∫ φ^m Π ψ ds, enclosed."""
        with ctx.workprec(64):
            error = PoolErrors(grid=self.grid, decisiveness=self.decisiveness).of_integral(factors)
        with ctx.workprec(self.bits):
            total = arb(0)
            columns = [self._transform(f) for f in factors]
            power = BallArithmetic(self.bits).power
            for k, phi in enumerate(self._transform((0, 0))):
                term = power(phi, exponent) if exponent else arb(1)
                for column in columns:
                    term *= column[k]
                total += term
            return total * self.decisiveness * arb(self.grid.step) + arb(0, error)

    def _transform(self, factor: Factor) -> Balls:
        if factor not in self.known:
            self.known[factor] = self._computed(factor)
        return self.known[factor]

    def _computed(self, factor: Factor) -> Balls:
        """h Σ_i u_i^n N(u_i) K_j(i − k) at each t_k, with its error."""
        power, order = factor
        grid, step = self.grid, arb(self.grid.step)
        scale = step / (2 * arb.pi()).sqrt()
        nodes = [step * i for i in range(grid.half, -grid.half - 1, -1)]
        weights = [u**power * (-u * u / 2).exp() * scale for u in nodes]
        full = convolution(FixedPoint.of(weights, self.bits), self._fixed_kernel(order))
        with ctx.workprec(64):
            bound = PoolErrors(grid=grid, decisiveness=self.decisiveness).of_factor(factor)
        error, middle = arb(0, bound), 2 * grid.half + grid.right
        return [full[middle - k] + error for k in range(-grid.left, grid.right + 1)]

    def _fixed_kernel(self, order: int) -> FixedPoint:
        if order not in self.fixed:
            self.fixed[order] = FixedPoint.of(self._kernel(order), self.bits)
        return self.fixed[order]

    def _kernel(self, order: int) -> Balls:
        """K_j(d) = r^j e^{−r} at r = e^{κhd}, for −half − right ≤ d ≤ half + left."""
        if order not in self.kernels:
            if order:
                lower = self._kernel(0)
                self.kernels[order] = [
                    self._far(order) if r is None else r**order * k
                    for r, k in zip(self.ratios, lower, strict=True)
                ]
            else:
                self.ratios.extend(self._ratio(d) for d in self._offsets())
                self.kernels[0] = [self._far(0) if r is None else (-r).exp() for r in self.ratios]
        return self.kernels[order]

    def _offsets(self) -> range:
        return range(-self.grid.half - self.grid.right, self.grid.half + self.grid.left + 1)

    def _ratio(self, offset: int) -> arb | None:
        """r, or None where it is proved to be large."""
        exponent = self.decisiveness * arb(self.grid.step) * offset
        return None if exponent > arb(self._large()).log() else exponent.exp()

    def _large(self) -> int:
        return 4 * self.bits

    def _far(self, order: int) -> arb:
        """A ball around 0 for K_j where r is large: r^j e^{−r} ≤ (2j/e)^j e^{−r/2}."""
        bound = (2 * order / arb(1).exp()) ** order if order else arb(1)
        return arb(0, (bound * (-arb(self._large()) / 2).exp()).upper())

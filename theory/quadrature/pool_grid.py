"""Grid of a pool integral: its nodes, and what is proved of the trapezoidal sums on them.

With r = e^{κ(u − t)} and c = cos of an angle < π/2, |r^j e^{−r}| ≤ (j/(ec))^j =: B_j(c) where |Im κ(u − t)|
has that angle; so every bound below is explicit.  ‖u‖_n stands for E(|u| + a)^n, u standard normal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb

Factor = tuple[int, int]
"""(n, j) of ψ_{n,j}(t) = E[u^n r^j e^{−r}]."""

_ANGLE = 1.2
_MOST_NODES = 60_000


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Nodes u = ih for |i| ≤ `half`, and t = kh for −`left` ≤ k ≤ `right`."""

    step: float
    half: int
    left: int
    right: int


def grid_for(decisiveness: float, nats: float) -> Grid | None:
    """A grid on which all errors are about e^{−nats} for this κ > 0; None where it would be too large."""
    if not 0 < decisiveness < math.inf:
        return None
    reach = math.sqrt(2 * nats) + 1
    height = min(reach, _ANGLE / decisiveness)
    step = min(
        2 * math.pi * height / (nats + height**2 / 2 + 8),
        2 * math.pi * _ANGLE / decisiveness / (nats + 12),
    )
    scale = 2.0 ** (math.floor(math.log2(step)) - 20)
    step = math.floor(step / scale) * scale
    share = min(1.0, reach / decisiveness)
    right = (nats + share**2 * decisiveness**2 / 2 + 8) / (share * decisiveness)
    left = _left(decisiveness, nats + 8)
    if left is None or (left + right + 2 * reach) / step > _MOST_NODES:
        return None
    return Grid(
        step=step,
        half=math.ceil(reach / step),
        left=math.ceil(left / step),
        right=math.ceil(right / step),
    )


def _left(decisiveness: float, nats: float) -> float | None:
    """How far left of 0 the integrand is below e^{−nats}."""
    reach = 1.0
    while reach < 1e9:
        power = _best_power(decisiveness, reach)
        if _left_exponent(power, decisiveness, reach) <= -nats:
            return reach
        reach *= 1.1
    return None


def _best_power(decisiveness: float, reach: float) -> float:
    powers: list[float] = [2.0 ** (k / 3) for k in range(-12, 60)]
    return min(powers, key=lambda p: _left_exponent(p, decisiveness, reach))


def _left_exponent(power: float, decisiveness: float, reach: float) -> float:
    most = 4 + power
    return most * (math.log(most) - 1) + power**2 * decisiveness**2 / 2 - power * decisiveness * reach


@dataclass(frozen=True, kw_only=True)
class PoolErrors:
    """Proved errors on a grid, for every κ of a ball of positive numbers."""

    grid: Grid
    decisiveness: arb

    def of_factor(self, factor: Factor) -> arb:
        """Bound on ψ_{n,j}(t) − h Σ_i …, at every real t."""
        power, order = factor
        h, kappa = arb(self.grid.step), self.decisiveness
        end = h * self.grid.half
        height = (arb(_ANGLE) / kappa.upper()).lower()
        height = min(height, arb(self.grid.half * self.grid.step))
        cosine = (kappa * height).cos()
        if not cosine > 0 or not end * end > 2 * power:
            return arb.pos_inf()
        off_line = (height * height / 2).exp() * _largest(order, cosine) * _moment(power, height)
        beyond = (
            4 * _largest(order, arb(1)) * end ** (power - 1) * (-end * end / 2).exp() / (2 * arb.pi()).sqrt()
        )
        return (2 * off_line / ((2 * arb.pi() * height / h).exp() - 1) + beyond).upper()

    def of_integral(self, factors: Sequence[Factor]) -> arb:
        """Bound on ∫ φ^m Π ψ ds − κh Σ_k …, exact values of φ ≤ 1 and ψ taken at the nodes; s = κt."""
        (power, order), *others = factors
        h, kappa = arb(self.grid.step), self.decisiveness
        height = (arb(_ANGLE) / kappa.upper()).lower()
        cosine = (kappa * height).cos()
        if not cosine > 0 or order < 1:
            return arb.pos_inf()
        strip = _moment(power, arb(0)) * arb(order).gamma() / cosine**order * _product(others, cosine)
        inside = 2 * strip / ((2 * arb.pi() * height / h).exp() - 1)
        tails = self._right(power, order) + self._left(power, order)
        return (inside + tails * _product(others, arb(1))).upper()

    def _right(self, power: int, order: int) -> arb:
        """κh Σ_{k > right} ψ_{n,j} by r^j e^{−r} ≤ j^j r^δ, 0 < δ ≤ 1."""
        end, kappa = arb(self.grid.step) * self.grid.right, self.decisiveness
        share = arb(min(1.0, float((arb(self.grid.step) * self.grid.half / kappa).mid())))
        lifted = (share * kappa) ** 2 / 2 - share * kappa * end
        return arb(order) ** order * _moment(power, share * kappa) * lifted.exp() / share

    def _left(self, power: int, order: int) -> arb:
        """κh Σ_{k < −left} ψ_{n,j} by r^j e^{−r} ≤ ((j + p)/e)^{j + p} r^{−p}, p > 0."""
        end, kappa = arb(self.grid.step) * self.grid.left, self.decisiveness
        p = arb(_best_power(float(kappa.mid()), float(end.mid())))
        most = order + p
        lifted = most * (most.log() - 1) + (p * kappa) ** 2 / 2 - p * kappa * end
        return _moment(power, p * kappa) * lifted.exp() / p


def _largest(order: int, cosine: arb) -> arb:
    """B_j(c) = sup r^j e^{−rc}."""
    return arb(1) if order == 0 else (order / (arb(1).exp() * cosine)) ** order


def _moment(power: int, shift: arb) -> arb:
    """Upper bound on E(|u| + a)^n, by E|u|^k ≤ (k − 1)!!."""
    odd = [math.prod(range(k - 1, 0, -2)) for k in range(power + 1)]
    terms = [math.comb(power, k) * odd[k] * shift ** (power - k) for k in range(power)]
    return sum(terms, arb(odd[power]))


def _product(factors: Sequence[Factor], cosine: arb) -> arb:
    result = arb(1)
    for power, order in factors:
        result = result * _largest(order, cosine) * _moment(power, arb(0))
    return result

"""Powers as sums of exponentials: x^{−q} ≈ Σ_j w_j t_j^{q−1}/(q−1)! e^{−t_j x} on 1 ≤ x ≤ R, error proved.

The sum is Gauss–Legendre quadrature of x^{−q} = ∫₀^∞ t^{q−1}/(q−1)! e^{−tx} dt over pieces of [0, T] that
grow in length by a fixed factor.  On [−1, 1] the N-point rule is exact below degree 2N, so a function with
|f| ≤ M on the Bernstein ellipse of parameter ρ, whose Chebyshev coefficients are at most 2Mρ^{−k}, is
integrated up to Σ_{k ≥ 2N, even} 2Mρ^{−k}(2 + 2) = 8Mρ^{−2N}/(1 − ρ^{−2}).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import asinh, ceil, exp, factorial, frexp, ldexp, log

from flint import arb, ctx

GUARD_BITS = 16
TAIL = 16.0
FIRST_PIECE = 1.0
GROWTH = 4
LEAST_ELLIPSE = 1.001
CELLS_AN_OCTAVE = 4


@dataclass(frozen=True, kw_only=True)
class Piece:
    """N Gauss–Legendre points on [centre − half, centre + half]; both numbers are exact binary fractions."""

    centre: float
    half: float
    points: int

    def ellipse(self, x: float) -> float:
        """ρ of the ellipse that gives about the least bound for e^{−tx}."""
        return max(LEAST_ELLIPSE, exp(asinh(2 * self.points / (x * self.half))))

    def log_error(self, x: float) -> float:
        """About the logarithm of the bound on x∫e^{−tx}, to choose the number of points by."""
        rho = self.ellipse(x)
        reach = self.half * (rho + 1 / rho) / 2
        fixed = log(8 * x * self.half) - log(1 - rho**-2) - 2 * self.points * log(rho)
        return fixed - x * (self.centre - reach)

    def error(self, low: arb, high: arb, power: int) -> arb:
        """Proved bound on x^q times the error at x^{−q}, for low ≤ x ≤ high."""
        rho = arb(self.ellipse(float(high)))
        reach = arb(self.half) * (rho + 1 / rho) / 2
        leftmost, largest = self.centre - reach, self.centre + reach
        decay = (-(low * leftmost)).exp().max((-(high * leftmost)).exp())
        size = largest ** (power - 1) * decay / factorial(power - 1)
        return high**power * 8 * self.half * size * rho ** (-2 * self.points) / (1 - rho**-2)


@dataclass(frozen=True, kw_only=True)
class ExponentialSum:
    """Σ_j w_j e^{−t_j x} for 1/x on [1, 2^octaves], and with t_j^{q−1}/(q−1)! in the weights for x^{−q}."""

    pieces: tuple[Piece, ...]
    nodes: tuple[arb, ...]
    weights: tuple[arb, ...]


@lru_cache(maxsize=64)
def exponential_sum(bits: int, octaves: int) -> ExponentialSum:
    """A sum with an error of about 2^{−bits}/x on [1, 2^octaves]; `relative_error` proves how small.

    Examples
    --------
    >>> rule = exponential_sum(53, 3)
    >>> sum(w * (-(5 * t)).exp() for t, w in zip(rule.nodes, rule.weights)).overlaps(arb(1) / 5)
    True
    """
    target = -(bits + GUARD_BITS) * log(2)
    end = -target + TAIL
    cells = [2.0 ** (k / CELLS_AN_OCTAVE) for k in range(CELLS_AN_OCTAVE * octaves + 2)]
    pieces = tuple(_piece(low, high, cells, target) for low, high in pairwise(_edges(octaves, end)))
    nodes: list[arb] = []
    weights: list[arb] = []
    with ctx.workprec(bits + 2 * GUARD_BITS):
        for piece in pieces:
            for k in range(piece.points):
                root, weight = arb.legendre_p_root(piece.points, k, weight=True)
                nodes.append(piece.centre + piece.half * root)
                weights.append(piece.half * weight)
    return ExponentialSum(pieces=pieces, nodes=tuple(nodes), weights=tuple(weights))


@lru_cache(maxsize=256)
def relative_error(bits: int, octaves: int, power: int) -> arb:
    """Proved bound on |x^q Σ_j … − 1| over 1 ≤ x ≤ 2^octaves, for the exact nodes and weights.

    Parameters
    ----------
    bits, octaves : int
        Which `exponential_sum`.
    power : int
        q ≥ 1.
    """
    rule = exponential_sum(bits, octaves)
    with ctx.workprec(64):
        worst = arb(0)
        for k in range(CELLS_AN_OCTAVE * octaves):
            low, high = (arb(2) ** (arb(j) / CELLS_AN_OCTAVE) for j in (k, k + 1))
            total = sum((piece.error(low, high, power) for piece in rule.pieces), arb(0))
            worst = worst.max(total)
        end = arb(rule.pieces[-1].centre) + arb(rule.pieces[-1].half)
        tail = (-end).exp() * sum((end**i / factorial(i) for i in range(power)), arb(0))
        return (worst + tail).upper()


def _edges(octaves: int, end: float) -> tuple[float, ...]:
    """Where pieces begin and end, with 8 significant bits: their sums and halves are exact."""
    mantissa, exponent = frexp(FIRST_PIECE * end / 2.0**octaves)
    edges = [0.0, ldexp(ceil(mantissa * 256), exponent - 8)]
    while edges[-1] < end:
        edges.append(GROWTH * edges[-1])
    return tuple(edges)


def _piece(low: float, high: float, cells: list[float], target: float) -> Piece:
    """The fewest points whose bound is below the target."""

    def reaches(points: int) -> bool:
        piece = Piece(centre=(low + high) / 2, half=(high - low) / 2, points=points)
        return max(piece.log_error(x) for x in cells) < target

    enough = bisect_left(range(2, 64 - 2 * int(target)), True, key=reaches) + 2
    return Piece(centre=(low + high) / 2, half=(high - low) / 2, points=enough)

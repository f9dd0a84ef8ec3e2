"""Ends of integration: where the rest of the line is proved to hold next to nothing.

With |f(u)| ≤ C(1 + |u|)^n and Q(u) ≤ P(u) + b for a polynomial P, and P(R + t) = q₀ + q₁t + … with
q_j ≤ 0 for j ≥ 2 and s = −q₁ − n/(1 + |R|) > 0,

    ∫_R^∞ |f| e^Q du ≤ C (1 + |R|)^n e^{q₀ + b} / s .
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, arb_poly

from theory.quadrature.growth import Growth, constant

_STEPS = 80


@dataclass(frozen=True, kw_only=True)
class Tails:
    """What bounds an integrand far out: |f| ≤ C(1 + |u|)^n and Q ≤ P + b."""

    factor: Growth
    polynomial: arb_poly
    rest: arb

    def mirrored(self) -> Tails:
        """The same for u ↦ −u."""
        return Tails(factor=self.factor, polynomial=self.polynomial(arb_poly([0, -1])), rest=self.rest)

    def without_factor(self) -> Tails:
        """The same for e^Q alone."""
        return Tails(factor=constant(arb(1)), polynomial=self.polynomial, rest=self.rest)

    def beyond(self, end: arb) -> arb | None:
        """Upper bound on ∫ |f| e^Q over (end, ∞); None when it is not shown to exist there."""
        decay = self._decay(end)
        return None if decay is None else _upper(decay[0] / decay[1])

    def summed_from(self, first: int) -> arb | None:
        """Upper bound on Σ |f(n)| e^Q(n) over n ≥ `first`; None when it is not shown to exist."""
        decay = self._decay(arb(first))
        return None if decay is None else _upper(decay[0] / (1 - (-decay[1]).exp()))

    def _decay(self, end: arb) -> tuple[arb, arb] | None:
        """(H, s) with |f| e^Q ≤ H e^{−s(u − end)} for u ≥ end and s > 0."""
        shifted = self.polynomial(arb_poly([end, 1])).coeffs()
        if len(shifted) < 2 or not _is_nonpositive(shifted[2:]):
            return None
        size = 1 + end.abs_upper()
        slope = -shifted[1] - self.factor.degree / (1 + end.abs_lower())
        if not slope > 0:
            return None
        return self.factor.bound * size**self.factor.degree * (shifted[0] + self.rest).exp(), slope


def _is_nonpositive(coefficients: list[arb]) -> bool:
    """Whether Σ q_j t^j ≤ 0 for every t ≥ 0 is shown, by q_j² ≤ q_{j−1} q_{j+1} where q_j may be > 0.

    Then q_{j−1} t^{j−1}/2 + q_j t^j + q_{j+1} t^{j+1}/2 ≤ 0, and no coefficient serves more than two others.
    """
    for j, q in enumerate(coefficients):
        if q <= 0:
            continue
        if not 0 < j < len(coefficients) - 1:
            return False
        before, after = coefficients[j - 1], coefficients[j + 1]
        if not (before < 0 and after < 0 and q * q <= before * after):
            return False
    return True


def _upper(value: arb) -> arb | None:
    bound = value.upper()
    return bound if bound.is_finite() else None


def end_beyond(tails: Tails, first: float, tolerance: arb) -> tuple[float, arb] | None:
    """An end ≥ `first` with what is proved to lie beyond it at most `tolerance`; None when none is found."""
    step = 1 / 64 * (1 + abs(first))
    end = first
    for _ in range(_STEPS):
        beyond = tails.beyond(arb(end))
        if beyond is not None and beyond <= tolerance:
            return end, beyond
        end += step
        step *= 1.25
    return None

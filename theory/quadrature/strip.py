"""Strip: how large an analytic integrand gets off the real line, and what that proves of sums.

For f e^Q =: F analytic on [A, B] + i[−y, y], real on the line, with A = (k₀ − ½)h and B = (k₁ + ½)h, the
residue theorem applied to π cot(πz/h) F(z) gives

    |∫_A^B F − h Σ_{k₀}^{k₁} F(kh)| ≤ 2 ∫_A^B |F(x + iy)| dx / (e^{2πy/h} − 1) + E_A + E_B,
    E_X = 2 ∫_0^y |F(X + it)| / (1 + e^{2πt/h}) dt .
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flint import acb, arb

from theory.quadrature.complex_ball import ComplexBallArithmetic
from theory.quadrature.integrand import Balls, Integrand

_COLUMNS = 48
_ROWS = 32
_DEPTH = 3
Rectangle = tuple[arb, arb, arb, arb]


@dataclass(frozen=True, kw_only=True)
class Strip:
    """Proved bounds on ∫ |F| along the line at height `height`, for F = f e^Q and for F = e^Q."""

    height: float
    mean: arb
    density: arb


@dataclass(frozen=True)
class Plane:
    """An integrand for evaluation on rectangles, its parameters held in balls."""

    run: Callable[[Sequence[Any]], tuple[Any, ...]]
    values: Balls

    @classmethod
    def of(cls, integrand: Integrand, values: Balls) -> Plane:
        """The integrand at 64 bits; call its methods at that precision."""
        return cls(integrand.program.bind(ComplexBallArithmetic(64)), values)

    def sizes(self, real: arb, imaginary: arb) -> tuple[arb, arb] | None:
        """Upper bounds of |f e^Q| and |e^Q| on a rectangle; None when they may not be analytic there."""
        factor, exponent = self.run([acb(real, imaginary), *self.values])
        density = acb(exponent).real.exp().upper()
        mean = (acb(factor).abs_upper() * density).upper()
        finite = acb(exponent).is_finite() and mean.is_finite() and density.is_finite()
        return (mean, density) if finite else None

    def strip(self, first: float, last: float, height: float) -> Strip | None:
        """Bounds along the top of [first, last] + i[0, height]; None unless F is proved analytic on it."""
        width = (last - first) / _COLUMNS
        order = sorted(range(_COLUMNS), key=lambda k: abs(2 * k + 1 - _COLUMNS))
        mean = density = arb(0)
        for k in order:
            left, right = first + k * width, last if k == _COLUMNS - 1 else first + (k + 1) * width
            for low, high in ((height / 2, height), (0.0, height / 2)):
                sizes = self._covered(left, right, low, high, _DEPTH)
                if sizes is None:
                    return None
                if high == height:
                    mean += sizes[0] * (arb(right) - arb(left))
                    density += sizes[1] * (arb(right) - arb(left))
        return Strip(height=height, mean=mean.upper(), density=density.upper())

    def _covered(
        self, left: float, right: float, low: float, high: float, depth: int
    ) -> tuple[arb, arb] | None:
        """Upper bounds on a rectangle, cut in four where one evaluation does not suffice."""
        sizes = self.sizes(arb(left).union(arb(right)), arb(low).union(arb(high)))
        if sizes is not None or depth == 0:
            return sizes
        x, y = (left + right) / 2, (low + high) / 2
        best = (arb(0), arb(0))
        for a, b in ((left, x), (x, right)):
            for c, d in ((y, high), (low, y)):
                part = self._covered(a, b, c, d, depth - 1)
                if part is None:
                    return None
                best = (max(best[0], part[0]), max(best[1], part[1]))
        return best

    def edge(self, at: arb, height: float, step: arb) -> tuple[arb, arb] | None:
        """Bounds on E_X for f e^Q and for e^Q; ∫_c^d 2/(1 + e^{2πt/h}) dt ≤ (h/π) e^{−2πc/h}."""
        mean = density = arb(0)
        for row in range(_ROWS):
            low, high = height * row / _ROWS, height * (row + 1) / _ROWS
            sizes = self.sizes(at, arb(low).union(arb(high)))
            if sizes is None:
                return None
            weight = step / arb.pi() * (-2 * arb.pi() * arb(low) / step).exp()
            mean += sizes[0] * weight
            density += sizes[1] * weight
        return mean.upper(), density.upper()

"""A Bradley–Terry reward fitted to labelled pairs, and what a label does to it, in symbols.

The fit minimises L = Σ (log(1 + e^u_k) − o_k u_k) + (ρ/2)|θ|² with u_k = z_kᵀθ. Everything is derived from L,
written with the chances s_k = σ(u_k): log(1 + e^u) = −log(1 − s) and ∂s/∂u = s(1 − s), so that only
polynomials are left.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.encoding.relations import positive, unequal
from proofs_check.encoding.symbols import UNIT, Matrix, Range, column, matrix, real, variables
from proofs_check.statements.statement import Relation, Variable

_SIZES: Range = (sympy.Rational(0), sympy.Rational(4))


@dataclass(frozen=True)
class LabelAttack:
    """m pairs with d features, and the velocity of the fit as the first label moves.

    Parameters
    ----------
    pairs : int
        m ≥ 1.
    features : int
        d ≥ 1.
    """

    pairs: int
    features: int

    @cached_property
    def differences(self) -> Matrix:
        """z, one row a pair."""
        return matrix("z", self.pairs, self.features)

    @cached_property
    def chances(self) -> Matrix:
        """s_k = σ(u_k)."""
        return column("s", self.pairs)

    @cached_property
    def ridge(self) -> sympy.Symbol:
        """ρ."""
        return real("rho")

    @cached_property
    def velocity(self) -> Matrix:
        """v = dθ/do_1."""
        return column("v", self.features)

    @cached_property
    def moves(self) -> Matrix:
        """z_kᵀv, how the difference of each pair moves."""
        return Matrix(self.differences * self.velocity)

    @property
    def domain(self) -> tuple[Relation, ...]:
        """0 < s < 1 and ρ > 0."""
        inside = (bound for s in self.chances for bound in (s, 1 - s))
        return tuple(positive(x) for x in (*inside, self.ridge))

    @cached_property
    def drift(self) -> tuple[sympy.Expr, ...]:
        """∂L/∂θ differentiated along o_1, with θ moving at v: zero when the fit stays a fit."""
        theta, labels = column("theta", self.features), column("o", self.pairs)
        margins = self.differences * theta
        terms = [-sympy.log(1 - s) - o * u for s, o, u in zip(self.chances, labels, margins, strict=True)]
        loss = sympy.Add(*terms) + self.ridge / 2 * theta.dot(theta)
        found = []
        for j in range(self.features):
            through = (sympy.cancel(loss.diff(s) * s * (1 - s)) * z for s, z in self._rows(j))
            slope = loss.diff(theta[j]) + sympy.Add(*through)
            carried = (slope.diff(s) * s * (1 - s) * t for s, t in zip(self.chances, self.moves, strict=True))
            own = (slope.diff(x) * v for x, v in zip(theta, self.velocity, strict=True))
            found.append(sympy.Add(slope.diff(labels[0]), *carried, *own))
        return tuple(found)

    @cached_property
    def hessian(self) -> Matrix:
        """H = Σ σ(u)σ(−u) z zᵀ + ρI, as the attack computes it."""
        z = self.differences
        curvature = sympy.diag(*(s * (1 - s) for s in self.chances))
        return Matrix(z.T * curvature * z + self.ridge * sympy.eye(self.features))

    @property
    def variables(self) -> tuple[Variable, ...]:
        """z, v, s, ρ in that order."""
        return (
            *variables(self.differences, self.velocity),
            *variables(self.chances, typical=UNIT),
            *variables(self.ridge, typical=_SIZES),
        )

    def _rows(self, j: int) -> zip[tuple[sympy.Expr, sympy.Expr]]:
        return zip(self.chances, self.differences.col(j), strict=True)


@dataclass(frozen=True)
class TiltedItems:
    """Items that a model makes with law p, honest weights a, and tilts b = e^(φᵀθ) of the attacked reward.

    Parameters
    ----------
    items : int
        n ≥ 2.
    """

    items: int

    @cached_property
    def law(self) -> Matrix:
        """p, not normalised."""
        return column("p", self.items)

    @cached_property
    def honest(self) -> Matrix:
        """a."""
        return column("a", self.items)

    @cached_property
    def tilt(self) -> Matrix:
        """b."""
        return column("b", self.items)

    @cached_property
    def feature(self) -> Matrix:
        """One feature φ of every item."""
        return column("f", self.items)

    @cached_property
    def slope(self) -> sympy.Expr:
        """∂/∂θ of E_q a, q ∝ p b, by differentiation, where ∂b/∂θ = φb."""
        drawn = [p * b for p, b in zip(self.law, self.tilt, strict=True)]
        mean = sympy.Add(*(q * a for q, a in zip(drawn, self.honest, strict=True))) / sympy.Add(*drawn)
        return sympy.Add(*(mean.diff(b) * f * b for b, f in zip(self.tilt, self.feature, strict=True)))

    @cached_property
    def covariance(self) -> sympy.Expr:
        """Cov_q(a, φ)."""
        drawn = [p * b for p, b in zip(self.law, self.tilt, strict=True)]
        total = sympy.Add(*drawn)

        def mean(values: tuple[sympy.Expr, ...]) -> sympy.Expr:
            return sympy.Add(*(q * x for q, x in zip(drawn, values, strict=True))) / total

        products = tuple(a * f for a, f in zip(self.honest, self.feature, strict=True))
        return mean(products) - mean(tuple(self.honest)) * mean(tuple(self.feature))

    @property
    def variables(self) -> tuple[Variable, ...]:
        """p, a, b, φ in that order."""
        return (
            *variables(self.law, typical=UNIT),
            *variables(self.honest, self.tilt, typical=_SIZES),
            *variables(self.feature),
        )

    @property
    def defined(self) -> Relation:
        """Σ p b ≠ 0."""
        return unequal(sympy.Add(*(p * b for p, b in zip(self.law, self.tilt, strict=True))))

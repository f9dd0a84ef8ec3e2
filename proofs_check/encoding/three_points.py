"""The family on {−1, 0, 1} with base weights (1, B, 1), written in z = e^θ > 0; its middle state is z = 1."""

from __future__ import annotations

from dataclasses import dataclass

import sympy

from proofs_check.encoding.symbols import reals

STATE, OTHER_STATE, MIDDLE, WEIGHT, REAL_SHARE = reals("z y B E a")


def mean(state: sympy.Expr, middle: sympy.Expr | int = MIDDLE) -> sympy.Expr:
    """(z − 1/z)/(z + B + 1/z)."""
    return (state**2 - 1) / (state**2 + middle * state + 1)


def variance(state: sympy.Expr, middle: sympy.Expr | int = MIDDLE) -> sympy.Expr:
    """dμ/dθ = z dμ/dz."""
    symbol = sympy.Dummy("z", real=True)
    return sympy.factor(symbol * mean(symbol, middle).diff(symbol)).xreplace({symbol: state})


@dataclass(frozen=True)
class OpposedGroups:
    """One model, real mean 0 of share a, the rest its own output curated half by e^{bx}, half by e^{−bx}.

    Parameters
    ----------
    middle, weight, real_share : Expr
        B, E = e^b and a.
    """

    middle: sympy.Expr = MIDDLE
    weight: sympy.Expr = WEIGHT
    real_share: sympy.Expr = REAL_SHARE

    def refitted(self, state: sympy.Expr) -> sympy.Expr:
        """μ' = (1 − a)(μ(zE) + μ(z/E))/2."""
        tilted = (mean(state * self.weight, self.middle), mean(state / self.weight, self.middle))
        return (1 - self.real_share) * sympy.Add(*tilted) / 2

    def surplus(self, state: sympy.Expr) -> sympy.Expr:
        """μ − μ', zero exactly at an equilibrium."""
        return sympy.factor(mean(state, self.middle) - self.refitted(state))

    def slope(self, state: sympy.Expr) -> sympy.Expr:
        """J = dμ'/dμ at any state, by differentiation in z."""
        symbol = sympy.Dummy("z", real=True)
        slope = self.refitted(symbol).diff(symbol) / mean(symbol, self.middle).diff(symbol)
        return sympy.factor(slope).xreplace({symbol: state})

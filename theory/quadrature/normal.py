"""Normal laws: means of a function of x = m + su, u standard normal, before and after a choice."""

from __future__ import annotations

import sympy

from theory.exponential_family.features import features
from theory.quadrature.expectation import mean_under, slots
from theory.quadrature.normal_pool import pooled_moment
from theory.reward import REWARD_VARIABLE

_U = slots(1)[0]
STANDARD = -(_U**2) / 2
"""The exponent of the standard normal law."""


def normal_mean(function: sympy.Expr, mean: sympy.Expr, deviation: sympy.Expr) -> sympy.Expr:
    """E[f(m + su)] for a polynomial f plus a bounded function of one sample.

    Examples
    --------
    >>> m, s = sympy.symbols("m s", real=True)
    >>> normal_mean(REWARD_VARIABLE**4, m, s)
    m**4 + 6*m**2*s**2 + 3*s**4
    """
    total = []
    for feature, coefficient in features(function, (REWARD_VARIABLE,)).items():
        if feature.is_polynomial(REWARD_VARIABLE):
            degree = int(sympy.degree(feature, REWARD_VARIABLE))
            total.append(coefficient * _power_mean(degree, mean, deviation))
        else:
            centre, scale = slots(3)[1:]
            moved = feature.xreplace({REWARD_VARIABLE: centre + scale * _U})
            total.append(coefficient * mean_under(moved, STANDARD, {centre: mean, scale: deviation}))
    return sympy.Add(*total)


def _power_mean(degree: int, mean: sympy.Expr, deviation: sympy.Expr) -> sympy.Expr:
    """E[(m + su)^n] = Σ binomial(n, 2j) (2j − 1)!! m^(n−2j) s^(2j)."""
    return sympy.Add(
        *(
            sympy.binomial(degree, j) * sympy.factorial2(j - 1) * mean ** (degree - j) * deviation**j
            for j in range(0, degree + 1, 2)
        )
    )


def tilted_moment(
    order: int, reward: sympy.Expr, strength: sympy.Expr, mean: sympy.Expr, deviation: sympy.Expr
) -> sympy.Expr:
    """E[u^n] under the density e^{−u²/2 + βr(m + su)}.

    Parameters
    ----------
    order : int
        n.
    reward : Expr
        r, a polynomial plus a bounded function of one sample.
    strength, mean, deviation : Expr
        β, m and s.
    """
    terms = features(reward, (REWARD_VARIABLE,))
    terms.pop(sympy.S.One, None)
    centre, scale, *weights = slots(3 + len(terms))[1:]
    moved = {REWARD_VARIABLE: centre + scale * _U}
    exponent = STANDARD + sympy.Add(*(w * f.xreplace(moved) for w, f in zip(weights, terms, strict=True)))
    values = {centre: mean, scale: deviation}
    values |= {w: strength * c for w, c in zip(weights, terms.values(), strict=True)}
    return mean_under(_U**order, exponent, values)


def kept_moment(order: int, candidates: int, decisiveness: sympy.Expr) -> sympy.Expr:
    """E[u_kept^n] for n = 1, 2 where of K standard normal u one is kept with weights e^{κu}.

    For K = 2, with z = (u₁ − u₂)/√2, the first is E[z tanh(κz/√2)]/√2 and the second is 1.

    Parameters
    ----------
    order : int
        n, 1 or 2.
    candidates : int
        K ≥ 2.
    decisiveness : Expr
        κ.
    """
    if candidates > 2:
        return pooled_moment(order, candidates, decisiveness)
    if order == 2:
        return sympy.S.One
    slope = slots(2)[1]
    factor = _U * sympy.tanh(slope * _U)
    return mean_under(factor, STANDARD, {slope: decisiveness / sympy.sqrt(2)}) / sympy.sqrt(2)

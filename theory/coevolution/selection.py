"""Selection weights H_i, by which a round of choice multiplies an outcome's probability, and their order."""

from __future__ import annotations

import sympy

from theory.curation.pool import expand_pool, pool
from theory.curation.pool_enumeration import multisets
from theory.errors import InvalidInput

Exprs = tuple[sympy.Expr, ...]

MOST_WRITTEN_OUT = 200
"""Up to so many multisets of other candidates a finite pool is a sum; beyond it stays one function."""


def selection_weights(law: Exprs, choice_weights: Exprs, candidates: int | None) -> Exprs:
    """H_i = E[K a_i/(a_i + a(x_1) + … + a(x_{K−1}))]: C_K keeps outcome i with probability p_i H_i.

    They are defined where p_i = 0 too.

    Parameters
    ----------
    law : tuple of Expr, shape ``(n,)``
        p.
    choice_weights : tuple of Expr, shape ``(n,)``
        a_i = e^{τ r_i}.
    candidates : int or None
        K; None is K = ∞, for which H_i = a_i/E_p[a].

    Examples
    --------
    >>> half = sympy.Rational(1, 2)
    >>> selection_weights((half, half), (sympy.S(1), sympy.S(3)), 2)
    (3/4, 5/4)
    >>> selection_weights((half, half), (sympy.S(1), sympy.S(3)), None)
    (1/2, 3/2)
    """
    if candidates is None:
        total = sympy.Add(*(p * a for p, a in zip(law, choice_weights, strict=True)))
        return tuple(a / total for a in choice_weights)
    found = tuple(candidates * a * pool(candidates - 1, 1, a, *law, *choice_weights) for a in choice_weights)
    few = multisets(candidates - 1, len(law)) <= MOST_WRITTEN_OUT
    return tuple(expand_pool(h) for h in found) if few else found


def order_factor(gap: sympy.Expr, temperature: sympy.Expr, candidates: int | None) -> sympy.Expr:
    """λ_K(d) = 1 − (1 − e^{−τd})(K − 1)/(e^{2τ} + K − 1), and e^{−τd} for K = ∞ [WXZZ26].

    Where r_i − r_j ≥ d, H_j ≤ λ_K(d) H_i at every law (coevolve.order).

    Parameters
    ----------
    gap : Expr
        d in [0, 2].
    temperature : Expr
        τ > 0.
    candidates : int or None
        K, None for K = ∞.

    Examples
    --------
    >>> order_factor(sympy.S(1), sympy.log(4), 2)
    65/68
    """
    return _factor(gap, temperature, candidates, sympy.exp(2 * temperature))


def best_order_factor(gap: sympy.Expr, temperature: sympy.Expr, candidates: int | None) -> sympy.Expr:
    """The least λ with H_j ≤ λH_i wherever r_i − r_j ≥ d: `order_factor` with e^{τ(2−d)} for e^{2τ}.

    It is attained where the law has all its mass on reward −1, r_i = 1 and r_j = 1 − d.

    Parameters
    ----------
    gap : Expr
        d in [0, 2].
    temperature : Expr
        τ > 0.
    candidates : int or None
        K, None for K = ∞.

    Examples
    --------
    >>> best_order_factor(sympy.S(1), sympy.log(4), 2)
    17/20
    """
    return _factor(gap, temperature, candidates, sympy.exp(temperature * (2 - gap)))


def _factor(
    gap: sympy.Expr, temperature: sympy.Expr, candidates: int | None, heaviest: sympy.Expr
) -> sympy.Expr:
    if candidates is not None and candidates < 2:
        raise InvalidInput(expected="at least 2 candidates", found=str(candidates), place="candidates")
    lost = 1 - sympy.exp(-temperature * gap)
    if candidates is None:
        return 1 - lost
    return 1 - lost * (candidates - 1) / (heaviest + candidates - 1)

"""Preferences that learn: selection weights written out draw by draw, and the constants of the claims.

Choice weights are scaled, a_i = e^{τ(r_i + 1)} with rewards in [−1, 1]: they lie in [1, E], E = e^{2τ}.  The
scale drops out of every choice.  D = e^{τd} stands for a reward difference d.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from proofs_check.encoding.one_curated_model import candidate_sets
from proofs_check.encoding.symbols import real

TOP = real("E")
"""e^{2τ}, the largest scaled choice weight."""

GAP = real("D")
"""e^{τd}, the least ratio of two choice weights."""


def selection_weight(
    law: Sequence[sympy.Expr], weights: Sequence[sympy.Expr], pool: int | None, atom: int
) -> sympy.Expr:
    """H_i = E[K a_i/(a_i + a(x_1) + … + a(x_{K−1}))]: what is kept of atom i is p_i H_i.

    Examples
    --------
    >>> half = sympy.Rational(1, 2)
    >>> [selection_weight((half, half), (sympy.S(1), sympy.S(2)), 2, i) for i in (0, 1)]
    [5/6, 7/6]
    >>> [selection_weight((half, half), (sympy.S(1), sympy.S(2)), None, i) for i in (0, 1)]
    [2/3, 4/3]
    """
    own = weights[atom]
    if pool is None:
        return own / sympy.Add(*(p * a for p, a in zip(law, weights, strict=True)))
    found = []
    for probability, counts in candidate_sets(law, pool - 1):
        others = sympy.Add(*(count * a for count, a in zip(counts, weights, strict=True)))
        found.append(probability * pool * own / (own + others))
    return sympy.Add(*found)


def order_factor(pool: sympy.Expr | int | None, gap: sympy.Expr = GAP) -> sympy.Expr:
    """λ_K(d) = 1 − (1 − e^{−τd})(K − 1)/(e^{2τ} + K − 1), and e^{−τd} for K = ∞."""
    if pool is None:
        return 1 / gap
    return 1 - (1 - 1 / gap) * (pool - 1) / (TOP + pool - 1)


def reduced_order_factor(pool: sympy.Expr | int | None, gap: sympy.Expr, top: sympy.Expr) -> sympy.Expr:
    """`best_order_factor` as one fraction, (E + K − 1)/(E + D(K − 1))."""
    return 1 / gap if pool is None else (top + pool - 1) / (top + gap * (pool - 1))


def best_order_factor(pool: sympy.Expr | int | None, gap: sympy.Expr = GAP) -> sympy.Expr:
    """The same with e^{τ(2 − d)} for e^{2τ}."""
    if pool is None:
        return 1 / gap
    return 1 - (1 - 1 / gap) * (pool - 1) / (TOP / gap + pool - 1)

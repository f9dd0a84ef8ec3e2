"""Readable form: an update rule arranged for people, as text and as LaTeX."""

from __future__ import annotations

from collections.abc import Collection
from math import comb

import sympy

EXPANSION_LIMIT = 60
"""Most terms that a polynomial may have and still be written out."""

_LETTERS = {"mean": r"\mu", "variance": "v", "covariance": r"\Sigma"}


def arranged(expression: sympy.Expr, state: Collection[sympy.Symbol]) -> sympy.Expr:
    """The same expression, written as a polynomial in the state where it is a short one.

    Examples
    --------
    >>> m, a = sympy.symbols("m a", real=True)
    >>> arranged((1 - a) * (m + 1) + a * m, [m])
    -a + m + 1
    """
    present = sorted(expression.free_symbols & set(state), key=lambda s: s.name)
    if not present or not expression.is_polynomial(*present):
        return expression
    if _expanded_terms(expression) > EXPANSION_LIMIT:
        return expression
    polynomial = sympy.Poly(expression, *present)
    terms = []
    for exponents, coefficient in polynomial.terms():
        powers = [s**k for s, k in zip(present, exponents, strict=True)]
        terms.append(sympy.Mul(sympy.factor_terms(coefficient), *powers))
    return sympy.Add(*terms)


def latex_names(symbols: Collection[sympy.Symbol]) -> dict[sympy.Symbol, str]:
    r"""LaTeX for names such as ``p.mean[0]``: ``\mu_{\mathrm{p},0}``."""
    return {symbol: _latex_name(symbol.name) for symbol in symbols}


def _latex_name(name: str) -> str:
    model, dot, coordinate = name.partition(".")
    if not dot:
        return str(sympy.latex(sympy.Symbol(name)))
    word, _, index = coordinate.partition("[")
    subscript = rf"\mathrm{{{_escaped(model)}}}"
    if index:
        subscript += f",{index.rstrip(']')}"
    letter = _LETTERS.get(word, rf"\mathrm{{{_escaped(word)}}}")
    return f"{letter}_{{{subscript}}}"


def _escaped(word: str) -> str:
    return word.replace("_", r"\_")


def _expanded_terms(expression: sympy.Expr) -> int:
    """Upper bound on the number of terms after expansion, stopped a little above the limit."""
    if isinstance(expression, sympy.Add):
        return min(sum(_expanded_terms(a) for a in expression.args), EXPANSION_LIMIT + 1)
    if isinstance(expression, sympy.Mul):
        product = 1
        for factor in expression.args:
            product = min(product * _expanded_terms(factor), EXPANSION_LIMIT + 1)
        return product
    if isinstance(expression, sympy.Pow) and isinstance(expression.exp, sympy.Integer) and expression.exp > 0:
        terms, power = _expanded_terms(expression.base), int(expression.exp)
        return min(comb(terms + power - 1, power), EXPANSION_LIMIT + 1)
    return 1

"""Features: a function of a sample as a combination of monomials, logarithms and other plain functions."""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from theory.errors import InvalidInput
from theory.expressions.polynomials import NotPolynomial, coefficients
from theory.expressions.render import render


class NoClosedForm(InvalidInput):
    """An expectation that a reader needs has no closed form under the producer's law."""


def features(function: sympy.Expr, variables: Sequence[sympy.Symbol]) -> dict[sympy.Expr, sympy.Expr]:
    """Coefficient of each feature of a function of a sample; coefficients do not depend on the sample.

    Examples
    --------
    >>> x, a = sympy.symbols("x a", real=True)
    >>> features((x + a) ** 2, [x])
    {x**2: 1, x: 2*a, 1: a**2}
    >>> features(2 * sympy.log(x), [x])
    {log(x): 2}
    """
    used = tuple(v for v in variables if v in function.free_symbols)
    if not used:
        return {sympy.S.One: function}
    if function in used:
        return {function: sympy.S.One}
    try:
        terms = coefficients(function, used)
    except NotPolynomial:
        return _split(function, used)
    return {
        sympy.Mul(*(v**power for v, power in zip(used, exponents, strict=True))): coefficient
        for exponents, coefficient in terms.items()
    }


def no_closed_form(feature: sympy.Expr, family: str) -> NoClosedForm:
    """The error that E[feature] has no closed form in a family."""
    return NoClosedForm(
        expected=f"a reader whose statistic has a closed-form mean under family {family!r}",
        found=f"E[{render(feature)}]",
    )


def _split(function: sympy.Expr, variables: Sequence[sympy.Symbol]) -> dict[sympy.Expr, sympy.Expr]:
    found: dict[sympy.Expr, sympy.Expr] = {}
    for term in sympy.Add.make_args(sympy.expand(function)):
        coefficient, feature = term.as_independent(*variables, as_Add=False)
        found[feature] = found.get(feature, sympy.S.Zero) + coefficient
    return found

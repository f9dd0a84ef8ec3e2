"""One scalar state whose map is a rational function: all roots of the numerator of G(x) − x."""

from __future__ import annotations

from typing import final

import sympy
from flint import arb, fmpq

from theory.equilibrium.closed_forms.rational_functions import (
    Constants,
    Root,
    coefficients,
    is_small_rational_function,
    numerator_and_denominator,
    real_roots,
    with_constants_named,
)
from theory.equilibrium.closed_forms.solutions import (
    AbstractClosedForm,
    Solution,
    SolutionSet,
    within_domain,
)
from theory.equilibrium.identities import is_identically_zero
from theory.equilibrium.problem import FixedPointProblem


@final
class OneScalar(AbstractClosedForm):
    """One exponential model with any tilts, or one Bernoulli model with infinite pools."""

    name = "one scalar"
    rank = 1

    def solve(self, problem: FixedPointProblem, bits: int) -> SolutionSet | None:
        if problem.size != 1:
            return None
        (symbol,) = problem.coordinates
        (step,), constants = with_constants_named(problem.step, (symbol,))
        if not is_small_rational_function((step,), (symbol,), constants):
            return None
        quotient = numerator_and_denominator(step - symbol, (symbol,))
        if quotient is None:
            return None
        polynomial, ends = _without_ends(quotient[0], constants, _ends(problem, symbol))
        found = real_roots(coefficients(polynomial, constants), bits)
        if found is None:
            detail = "the roots of G(x) − x could not be isolated"
            return SolutionSet(solutions=(), complete=False, method=self.name, detail=detail)
        solutions = tuple(
            Solution(point=(r.ball,), exact=None if r.exact is None else (r.exact,)) for r in (*ends, *found)
        )
        everything = SolutionSet(solutions=solutions, complete=True, method=self.name)
        return within_domain(problem, everything, bits)


def _ends(problem: FixedPointProblem, symbol: sympy.Symbol) -> tuple[sympy.Rational, ...]:
    """Rational ends of the domain: where an affine nonnegativity condition vanishes."""
    ends = []
    for condition in problem.nonnegative:
        slope = condition.diff(symbol)
        if slope.is_Rational and slope != 0:
            end = sympy.expand(symbol - condition / slope)
            if end.is_Rational:
                ends.append(end)
    return tuple(dict.fromkeys(ends))


def _without_ends(
    polynomial: sympy.Poly, constants: Constants, ends: tuple[sympy.Rational, ...]
) -> tuple[sympy.Poly, tuple[Root, ...]]:
    """The polynomial divided by x − e as often as possible for each end e, and the ends that are roots."""
    roots = []
    for end in ends:
        factor = sympy.Poly(polynomial.gen - end, polynomial.gen)
        hit = False
        while polynomial.degree() > 0:
            quotient, remainder = sympy.div(polynomial, factor)
            if not is_identically_zero(remainder.as_expr().xreplace(constants)):
                break
            polynomial, hit = quotient, True
        if hit:
            exact = fmpq(int(end.p), int(end.q))
            roots.append(Root(ball=arb(exact), exact=exact))
    return polynomial, tuple(roots)


CLOSED_FORM = OneScalar()

"""Polynomial normal form with a bound on its size: identities and rewards are decided in it.

Parameters and every other irreducible piece (``exp(lam)``, ``sqrt(2)``) stand for
independent generators, so an equality found here is an identity; one not found may still
hold between generators, and is then tried point by point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

import sympy
from flint import fmpq, fmpq_mpoly_ctx

from theory.expressions.limits import MAX_TERMS

MAX_DEGREE = 100_000
MAX_WORK = 2_000_000
"""Products of terms, and bits of coefficients, that one expansion may need."""


class TooManyTerms(ArithmeticError):
    """A normal form would exceed the bound on its terms."""


class NotPolynomial(ArithmeticError):
    """A variable stands where a polynomial cannot have it."""


@dataclass(frozen=True)
class Fraction:
    """A quotient of two polynomials over the same generators."""

    numerator: Any
    denominator: Any


def is_identically_zero(expression: sympy.Expr) -> bool:
    """Whether the expression is proved to be zero wherever it is defined.

    False proves nothing.

    Raises
    ------
    TooManyTerms
        When the normal form would exceed the bound.

    Examples
    --------
    >>> a = sympy.Symbol("a", real=True)
    >>> is_identically_zero((a + 1)**2 - a**2 - 2*a - 1), is_identically_zero(a)
    (True, False)
    """
    if expression == 0:
        return True
    form = _NormalForm(sympy.expand_power_exp(_without_cosine_squares(expression)))
    numerator = form.fraction(form.expression).numerator
    if numerator == 0:
        return True
    rebuilt = sympy.Add(*(form.term(m, number) for m, number in numerator.to_dict().items()))
    return bool(rebuilt == 0)


def coefficients(
    expression: sympy.Expr, variables: Sequence[sympy.Symbol]
) -> dict[tuple[int, ...], sympy.Expr]:
    """Coefficient of each monomial, keyed by its exponents in `variables`; zero ones left out.

    Raises
    ------
    NotPolynomial
        When the expression is not a polynomial in `variables`.
    TooManyTerms
        When it has too many terms.

    Examples
    --------
    >>> x, a = sympy.symbols("x a", real=True)
    >>> coefficients(-(x - a)**2 / 2, [x])
    {(2,): -1/2, (1,): a, (0,): -a**2/2}
    """
    form = _NormalForm(expression, tuple(variables))
    fraction = form.fraction(expression)
    collected: dict[tuple[int, ...], list[sympy.Expr]] = {}
    for monomial, number in fraction.numerator.to_dict().items():
        key = tuple(int(e) for e in monomial[: len(variables)])
        collected.setdefault(key, []).append(form.term(monomial, number))
    return {key: sympy.Add(*terms) for key, terms in collected.items()}


def _without_cosine_squares(expression: sympy.Expr) -> sympy.Expr:
    """The same expression with even powers of cosines written in sines."""

    def even(node: sympy.Basic) -> bool:
        return (
            isinstance(node, sympy.Pow)
            and isinstance(node.base, sympy.cos)
            and isinstance(node.exp, sympy.Integer)
            and node.exp > 1
        )

    def rewritten(node: Any) -> sympy.Expr:
        half, odd = divmod(int(node.exp), 2)
        return (1 - sympy.sin(node.base.args[0]) ** 2) ** half * node.base**odd

    return expression.replace(even, rewritten)


class _NormalForm:
    """One expression's generators, and its pieces as fractions over them."""

    def __init__(self, expression: sympy.Expr, variables: tuple[sympy.Symbol, ...] = ()) -> None:
        self.expression = expression
        self.variables = variables
        self.generators: dict[sympy.Expr, int] = {v: k for k, v in enumerate(variables)}
        self._find_generators(expression)
        names = tuple(f"g{k}" for k in range(max(1, len(self.generators))))
        self.context: Any = fmpq_mpoly_ctx.get(names, "degrevlex")
        self.gens: Sequence[Any] = self.context.gens()

    def _find_generators(self, expression: sympy.Expr) -> None:
        pending: list[sympy.Expr] = [expression]
        while pending:
            node = pending.pop()
            if isinstance(node, sympy.Rational):
                continue
            if isinstance(node, sympy.Add | sympy.Mul):
                pending.extend(node.args)
                continue
            base, exponent = self._base_and_exponent(node)
            if exponent == 1:
                self._add_generator(node)
            else:
                pending.append(base)

    def _base_and_exponent(self, node: sympy.Expr) -> tuple[sympy.Expr, int]:
        """The node as a power; beside variables a reciprocal is a generator of its own."""
        base, exponent = _base_and_exponent(node)
        return (node, 1) if self.variables and exponent < 0 else (base, exponent)

    def _add_generator(self, node: sympy.Expr) -> None:
        if node not in self.variables and node.free_symbols & set(self.variables):
            raise NotPolynomial(str(type(node).__name__))
        self.generators.setdefault(node, len(self.generators))

    def fraction(self, node: sympy.Expr) -> Fraction:
        """The piece as a fraction of polynomials, refused before it grows too large."""
        one = self.context.constant(1)
        if isinstance(node, sympy.Rational):
            return Fraction(self.context.constant(fmpq(int(node.p), int(node.q))), one)
        if node in self.generators:
            return Fraction(self.gens[self.generators[node]], one)
        if isinstance(node, sympy.Add):
            return self._sum([self.fraction(term) for term in node.args])
        if isinstance(node, sympy.Mul):
            return self._product([self.fraction(factor) for factor in node.args])
        inner, exponent = self._base_and_exponent(node)
        base = self.fraction(inner)
        if exponent < 0:
            base = Fraction(base.denominator, base.numerator)
        return Fraction(_power(base.numerator, abs(exponent)), _power(base.denominator, abs(exponent)))

    def _sum(self, terms: list[Fraction]) -> Fraction:
        total = terms[0]
        for term in terms[1:]:
            if total.denominator == term.denominator:
                total = Fraction(total.numerator + term.numerator, total.denominator)
            else:
                total = Fraction(
                    _times(total.numerator, term.denominator) + _times(term.numerator, total.denominator),
                    _times(total.denominator, term.denominator),
                )
        return total

    def _product(self, factors: list[Fraction]) -> Fraction:
        total = factors[0]
        for factor in factors[1:]:
            total = Fraction(
                _times(total.numerator, factor.numerator),
                _times(total.denominator, factor.denominator),
            )
        return total

    def term(self, monomial: Sequence[int], number: fmpq) -> sympy.Expr:
        """A term's coefficient with respect to the variables, as SymPy writes it."""
        scale = sympy.Rational(int(number.p), int(number.q))
        rest = tuple(self.generators)[len(self.variables) :]
        powers = monomial[len(self.variables) : len(self.generators)]
        return sympy.Mul(scale, *(g ** int(e) for g, e in zip(rest, powers, strict=True)))


def _base_and_exponent(node: sympy.Expr) -> tuple[sympy.Expr, int]:
    """The node as an integer power, exp(p·t/q) being the p-th power of exp(t/q)."""
    if isinstance(node, sympy.Pow) and isinstance(node.exp, sympy.Integer):
        return node.base, int(node.exp)
    if isinstance(node, sympy.exp):
        scale, term = node.args[0].as_coeff_Mul()
        if isinstance(scale, sympy.Rational):
            return sympy.exp(term / int(scale.q)), int(scale.p)
    return node, 1


def _times(left: Any, right: Any) -> Any:
    if len(left) * len(right) > MAX_WORK:
        raise TooManyTerms(f"a product of {len(left)} by {len(right)} terms")
    product = left * right
    if len(product) > MAX_TERMS:
        raise TooManyTerms(f"{len(product)} terms")
    return product


def _power(base: Any, exponent: int) -> Any:
    terms = len(base)
    if terms > 1:
        expected = comb(exponent + terms - 1, terms - 1) if terms + exponent < MAX_DEGREE else MAX_WORK
        if expected > MAX_TERMS:
            raise TooManyTerms(f"a power {exponent} of {terms} terms")
    return base**exponent


def as_polynomial(
    parts: Mapping[tuple[int, ...], sympy.Expr], variables: Sequence[sympy.Symbol]
) -> sympy.Expr:
    """The polynomial with these coefficients."""
    return sympy.Add(
        *(
            sympy.Mul(coefficient, *(v**e for v, e in zip(variables, exponents, strict=True)))
            for exponents, coefficient in parts.items()
        )
    )

"""Rational functions of one unknown, and all real roots of their numerators."""

from __future__ import annotations

from dataclasses import dataclass

import sympy
from flint import acb_poly, arb, ctx, fmpq, fmpq_poly

from theory.arithmetic.program import AbstractSpecialFunction, Program
from theory.equilibrium.enclosures import Balls, complex_roots
from theory.equilibrium.identities import has_pole
from theory.equilibrium.problem import ball_values

Constants = dict[sympy.Symbol, sympy.Expr]
"""Irrational constants by the symbol that stands for each."""


_MOST_WORK = 4000
"""Operations times constants beyond which no normal form is attempted."""


@dataclass(frozen=True, kw_only=True)
class Root:
    """A real root: a ball that isolates it, and the root itself when it is rational."""

    ball: arb
    exact: fmpq | None = None


def with_constants_named(
    expressions: tuple[sympy.Expr, ...], unknowns: tuple[sympy.Symbol, ...]
) -> tuple[tuple[sympy.Expr, ...], Constants]:
    """The expressions with each irrational constant (e^β, √2, …) replaced by a symbol of its own."""
    names: dict[sympy.Expr, sympy.Symbol] = {}
    unknown_set = set(unknowns)

    def rename(node: sympy.Expr) -> sympy.Expr:
        if node.is_Rational or node in unknown_set:
            return node
        if isinstance(node, AbstractSpecialFunction) and node.free_symbols & unknown_set:
            return node
        if not (node.free_symbols & unknown_set) and not (node.is_Add or node.is_Mul):
            return names.setdefault(node, sympy.Dummy(f"c{len(names)}", real=True))
        return node.func(*(rename(child) for child in node.args)) if node.args else node

    renamed = tuple(rename(e) for e in expressions)
    return renamed, {symbol: constant for constant, symbol in names.items()}


def is_small_rational_function(
    expressions: tuple[sympy.Expr, ...], unknowns: tuple[sympy.Symbol, ...], constants: Constants
) -> bool:
    """Whether all are rational functions, small enough to be put over one denominator."""
    if not all(e.is_rational_function(*unknowns) for e in expressions):
        return False
    operations = sum(int(e.count_ops()) for e in expressions)
    return operations * (1 + len(constants)) <= _MOST_WORK


def numerator_and_denominator(
    expression: sympy.Expr, unknowns: tuple[sympy.Symbol, ...]
) -> tuple[sympy.Poly, sympy.Poly] | None:
    """Coprime polynomials in the unknowns with that quotient, or None when there are none."""
    if has_pole(expression):
        return None
    top, bottom = sympy.fraction(sympy.cancel(sympy.together(expression)))
    try:
        return sympy.Poly(top, *unknowns), sympy.Poly(bottom, *unknowns)
    except sympy.PolynomialError:
        return None


def coefficients(polynomial: sympy.Poly, constants: Constants) -> list[sympy.Expr]:
    """Coefficients in increasing degree, with the named constants put back."""
    return [c.xreplace(constants) for c in reversed(polynomial.all_coeffs())]


def real_roots(coefficients: list[sympy.Expr], bits: int) -> tuple[Root, ...] | None:
    """All real roots, each once, in disjoint balls; None when they cannot be isolated."""
    if all(c.is_Rational for c in coefficients):
        return _rational_case([fmpq(int(c.p), int(c.q)) for c in coefficients], bits)
    values = ball_values(Program.compile(coefficients, ()), (), bits)
    zeros = 0
    while zeros < len(coefficients) and coefficients[zeros] == 0:
        zeros += 1
    found = _ball_case(values[zeros:], bits)
    if found is None or not zeros:
        return found
    if any(root.ball.contains(0) for root in found):
        return None
    return (Root(ball=arb(0), exact=fmpq(0)), *found)


def _rational_case(values: list[fmpq], bits: int) -> tuple[Root, ...] | None:
    polynomial = fmpq_poly(values)
    if polynomial.degree() < 0:
        return None
    exact = [fmpq(r) for r, _ in polynomial.roots()] if polynomial.degree() > 0 else []
    rest = polynomial
    for r in exact:
        while rest.degree() > 0 and rest(r) == 0:
            rest = _deflated(rest, r)
    with ctx.workprec(bits):
        roots = [Root(ball=arb(r), exact=r) for r in exact]
        if rest.degree() > 0:
            roots += [Root(ball=z.real) for z, _ in complex_roots(rest) if z.imag.is_zero()]
    return tuple(roots) if _disjoint([r.ball for r in roots]) else None


def _deflated(polynomial: fmpq_poly, root: fmpq) -> fmpq_poly:
    quotient, _ = divmod(polynomial, fmpq_poly([-root, 1]))
    return quotient


def _ball_case(values: Balls, bits: int) -> tuple[Root, ...] | None:
    if not values or not values[-1].is_finite() or values[-1].contains(0):
        return None
    if len(values) == 1:
        return ()
    with ctx.workprec(bits):
        try:
            found = acb_poly(list(values)).roots(tol=arb(2) ** (64 - bits), maxprec=8 * bits)
        except ValueError:
            return None
        real = []
        for k, z in enumerate(found):
            others = found[:k] + found[k + 1 :]
            if z.imag.contains(0):
                if any(z.conjugate().overlaps(other) for other in others):
                    return None
                real.append(Root(ball=z.real))
        return tuple(real) if _disjoint([r.ball for r in real]) else None


def _disjoint(balls: list[arb]) -> bool:
    return not any(a.overlaps(b) for k, a in enumerate(balls) for b in balls[:k])

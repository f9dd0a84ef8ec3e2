"""Finite pool: the law kept of K candidates, as one unexpanded function.

With weights a_k = e^{βr_k}, atom k is kept with probability
p_k · E[K a_k / (a_k + Σ_{m<K} a(x_m))], the other K − 1 candidates drawn from p.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import factorial
from typing import Any

import sympy
from mpmath.libmp import prec_to_dps

from theory.arithmetic.abstract import AbstractArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import AbstractSpecialFunction, Operation

Exprs = tuple[sympy.Expr, ...]


class pool(AbstractSpecialFunction):  # noqa: N801 -- SymPy prints functions by their class name
    """Σ over multisets m of L draws of multinomial(m) Π p_k^{m_k} / (s + Σ m_k a_k)^q.

    Written ``pool(L, q, s, p_1 … p_n, a_1 … a_n)``: for probabilities p it is
    E[(s + a(x_1) + … + a(x_L))^{−q}].  Atoms with equal a are merged; derivatives stay in the class.

    Examples
    --------
    >>> p, a, s = sympy.symbols("p a s", real=True)
    >>> pool(0, 2, s, p, a)
    s**(-2)
    >>> pool(2, 1, s, p, 1 - p, a, a)
    1/(2*a + s)
    """

    @classmethod
    def eval(cls, *arguments: sympy.Expr) -> sympy.Expr | None:
        draws, power, offset = arguments[:3]
        probabilities, weights = _halves(arguments[3:])
        if draws == 0:
            return offset**-power
        merged: dict[sympy.Expr, sympy.Expr] = {}
        for p, a in zip(probabilities, weights, strict=True):
            merged[a] = merged.get(a, sympy.S.Zero) + p
        kept = {a: p for a, p in merged.items() if p != 0}
        if len(kept) == 1:
            ((a, p),) = kept.items()
            return p**draws * (offset + draws * a) ** -power
        if len(kept) < len(weights):
            return cls(draws, power, offset, *kept.values(), *kept.keys())
        return None

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        draws, power, offset = self.args[:3]
        probabilities, weights = _halves(self.args[3:])
        n, k = len(weights), argindex - 4
        if argindex == 3:
            return -power * self.func(draws, power + 1, offset, *self.args[3:])
        if 0 <= k < n:
            return draws * self.func(draws - 1, power, offset + weights[k], *self.args[3:])
        if n <= k < 2 * n:
            lifted = offset + weights[k - n]
            rest = self.func(draws - 1, power + 1, lifted, *self.args[3:])
            return -power * draws * probabilities[k - n] * rest
        raise sympy.ArgumentIndexError(self, argindex)

    def _eval_evalf(self, prec: int) -> sympy.Expr | None:
        arithmetic = HighPrecisionArithmetic(prec_to_dps(prec) + 5)
        values = [a.evalf(arithmetic.digits) for a in self.args[2:]]
        if not all(isinstance(value, sympy.Float) for value in values):
            return None
        make = arithmetic.context.make_mpf
        offset, *rest = (make(value._mpf_) for value in values)
        result = _expectation(arithmetic, int(self.args[0]), int(self.args[1]), offset, rest)
        return sympy.Float(result, precision=prec)

    def _latex(self, printer: Any) -> str:
        draws, power, offset = (printer.doprint(a) for a in self.args[:3])
        groups = (", ".join(printer.doprint(a) for a in half) for half in _halves(self.args[3:]))
        arguments = "; ".join((offset, *groups))
        return rf"\operatorname{{pool}}_{{{draws},{power}}}\left({arguments}\right)"

    def operation(self) -> Operation:
        draws, power = int(self.args[0]), int(self.args[1])

        def run(arithmetic: AbstractArithmetic, values: Sequence[Any]) -> Any:
            return _expectation(arithmetic, draws, power, values[2], values[3:])

        return run


def kept_probabilities(probabilities: Exprs, weights: Exprs, candidates: int) -> Exprs:
    """Probability that each atom is kept of K candidates, by choice weights a_k = e^{βr_k}.

    Examples
    --------
    >>> half, one = sympy.Rational(1, 2), sympy.S.One
    >>> [expand_pool(p) for p in kept_probabilities((half, half), (one, 3 * one), 2)]
    [3/8, 5/8]
    """
    return tuple(
        p * candidates * a * pool(candidates - 1, 1, a, *probabilities, *weights)
        for p, a in zip(probabilities, weights, strict=True)
    )


def expand_pool(expression: sympy.Expr) -> sympy.Expr:
    """The expression with every finite pool written out as a sum (small cases only)."""
    return expression.replace(pool, _written_out)


def _written_out(*arguments: sympy.Expr) -> sympy.Expr:
    draws, power, offset = arguments[:3]
    probabilities, weights = _halves(arguments[3:])
    terms = []
    for counts in _compositions(int(draws), len(weights)):
        multinomial = sympy.Integer(factorial(sum(counts)))
        total = offset
        for m, p, a in zip(counts, probabilities, weights, strict=True):
            multinomial *= p**m / factorial(m)
            total += m * a
        terms.append(multinomial / total**power)
    return sympy.Add(*terms)


def _halves(arguments: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    n = len(arguments) // 2
    return arguments[:n], arguments[n:]


@lru_cache(maxsize=256)
def _compositions(total: int, parts: int) -> tuple[tuple[int, ...], ...]:
    """All ways to write `total` as an ordered sum of `parts` integers ≥ 0."""
    if parts == 1:
        return ((total,),)
    return tuple(
        (first, *rest) for first in range(total + 1) for rest in _compositions(total - first, parts - 1)
    )


def _expectation(
    arithmetic: AbstractArithmetic, draws: int, power: int, offset: Any, values: Sequence[Any]
) -> Any:
    """The sum over multisets, atom by atom: partial products and partial weights are shared."""
    probabilities, weights = _halves(values)
    tables = [_atom_table(arithmetic, draws, p, a) for p, a in zip(probabilities, weights, strict=True)]
    last = tables.pop()
    partial = [(draws, arithmetic.rational(factorial(draws), 1), offset)]
    for table in tables:
        partial = [
            (left - m, product * coefficient if m else product, total + shift if m else total)
            for left, product, total in partial
            for m, (coefficient, shift) in enumerate(table[: left + 1])
        ]
    result = arithmetic.rational(0, 1)
    for left, product, total in partial:
        coefficient, shift = last[left]
        result = result + product * coefficient / (total + shift) ** power
    return result


def _atom_table(arithmetic: AbstractArithmetic, draws: int, p: Any, a: Any) -> list[tuple[Any, Any]]:
    """(p^m / m!, m·a) for m = 0 … L."""
    rows = [(arithmetic.rational(1, 1), arithmetic.rational(0, 1))]
    for m in range(1, draws + 1):
        coefficient, shift = rows[-1]
        rows.append((coefficient * p / m, shift + a))
    return rows

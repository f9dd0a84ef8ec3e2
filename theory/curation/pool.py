"""Finite pool: the law kept of K candidates, as one unexpanded function.

With weights a_k = e^{βr_k}, atom k is kept with probability
p_k · E[K a_k / (a_k + Σ_{m<K} a(x_m))], the other K − 1 candidates drawn from p.  Few multisets of
candidates are enumerated; many are one integral, whose nodes all functions of the same weights share.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial
from typing import Any

import sympy
from mpmath.libmp import prec_to_dps

from theory.arithmetic.abstract import AbstractArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import AbstractSpecialFunction, Operation
from theory.arithmetic.rational import RationalArithmetic
from theory.curation.pool_enumeration import compositions, enumerated_pool, multisets
from theory.curation.pool_integral import (
    Mixture,
    bucket,
    grid_of,
    integrated_pool,
    kernel_of,
    mixture_of,
    nothing,
)
from theory.errors import OutsideArithmetic

Exprs = tuple[sympy.Expr, ...]

MOST_MULTISETS = 64
MOST_MULTISETS_LISTED = 20_000


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
        result = _value(arithmetic, int(self.args[0]), int(self.args[1]), offset, rest)
        return sympy.Float(result, precision=prec)

    def _latex(self, printer: Any) -> str:
        draws, power, offset = (printer.doprint(a) for a in self.args[:3])
        groups = (", ".join(printer.doprint(a) for a in half) for half in _halves(self.args[3:]))
        arguments = "; ".join((offset, *groups))
        return rf"\operatorname{{pool}}_{{{draws},{power}}}\left({arguments}\right)"

    @property
    def operands(self) -> Exprs:
        draws, power, offset = self.args[:3]
        probabilities, weights = _halves(self.args[3:])
        if multisets(int(draws), len(weights)) <= MOST_MULTISETS:
            return tuple(self.args[2:])
        mixture = _Mixture(sympy.Integer(bucket(int(draws))), *probabilities, *weights)
        return (offset, mixture, _Kernel(draws, power, mixture))

    def operation(self) -> Operation:
        draws, power, offset = int(self.args[0]), int(self.args[1]), self.args[2]
        weights = _halves(self.args[3:])[1]
        if multisets(draws, len(weights)) <= MOST_MULTISETS:
            return lambda arithmetic, values: enumerated_pool(
                arithmetic, draws, power, values[0], *_halves(values[1:])
            )
        counts = _counts(offset, weights)

        def run(arithmetic: AbstractArithmetic, values: Sequence[Any]) -> Any:
            s, mixture, kernel = values
            if mixture.grid is None:
                return _without_grid(arithmetic, mixture, draws, power, s)
            return integrated_pool(arithmetic, mixture, kernel, draws, power, s, counts)

        return run


class _Grid(AbstractSpecialFunction):
    """Nodes and e^{−u_j a_k}, written ``_Grid(B, a_1 … a_n)``: constant where the weights are."""

    @property
    def operands(self) -> Exprs:
        return tuple(self.args[1:])

    def operation(self) -> Operation:
        most_draws = int(self.args[0])

        def run(arithmetic: AbstractArithmetic, weights: Sequence[Any]) -> Any:
            exact = isinstance(arithmetic, RationalArithmetic)
            return None if exact else grid_of(arithmetic, most_draws, weights)

        return run


class _Mixture(AbstractSpecialFunction):
    """φ(u_j) = Σ p_k e^{−u_j a_k}, written ``_Mixture(B, p_1 … p_n, a_1 … a_n)``."""

    @property
    def operands(self) -> Exprs:
        most_draws, *rest = self.args
        weights = _halves(rest)[1]
        return (_Grid(most_draws, *weights), *rest)

    def operation(self) -> Operation:
        return lambda _, values: mixture_of(values[0], *_halves(values[1:]))


class _Kernel(AbstractSpecialFunction):
    """What the integrals at one L and q have in common, written ``_Kernel(L, q, mixture)``."""

    @property
    def operands(self) -> Exprs:
        return (self.args[2],)

    def operation(self) -> Operation:
        draws, power = int(self.args[0]), int(self.args[1])
        return lambda arithmetic, values: kernel_of(arithmetic, values[0], draws, power)


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
    for counts in compositions(int(draws), len(weights)):
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


def _counts(offset: sympy.Expr, weights: Sequence[sympy.Expr]) -> tuple[int, ...] | None:
    """Integers m_k ≥ 0 with s = Σ m_k a_k as written, or None."""
    if offset in weights:
        where = tuple(weights).index(offset)
        return tuple(int(k == where) for k in range(len(weights)))
    terms = dict(offset.as_coefficients_dict())
    counts = tuple(terms.pop(a, sympy.S.Zero) for a in weights)
    whole = not terms and all(m.is_Integer and m >= 0 for m in counts)
    return tuple(int(m) for m in counts) if whole else None


def _without_grid(arithmetic: AbstractArithmetic, mixture: Mixture, draws: int, power: int, s: Any) -> Any:
    """By enumeration, where the numbers are exact or the weights too far apart (or not proved > 0)."""
    exact = isinstance(arithmetic, RationalArithmetic)
    count = multisets(draws, len(mixture.weights))
    if count > MOST_MULTISETS_LISTED and not exact:
        return nothing(arithmetic)
    if count > MOST_MULTISETS_LISTED:
        message = f"Expected at most {MOST_MULTISETS_LISTED} multisets of candidates to list, got {count}"
        raise OutsideArithmetic(f"{message}: use balls instead")
    return enumerated_pool(arithmetic, draws, power, s, mixture.probabilities, mixture.weights)


def _value(arithmetic: AbstractArithmetic, draws: int, power: int, offset: Any, values: Sequence[Any]) -> Any:
    """One value on its own, however it is best computed."""
    probabilities, weights = _halves(values)
    few = multisets(draws, len(weights)) <= MOST_MULTISETS
    grid = None if few else grid_of(arithmetic, bucket(draws), weights)
    mixture = mixture_of(grid, probabilities, weights)
    if grid is None:
        return _without_grid(arithmetic, mixture, draws, power, offset)
    kernel = kernel_of(arithmetic, mixture, draws, power)
    return integrated_pool(arithmetic, mixture, kernel, draws, power, offset, None)

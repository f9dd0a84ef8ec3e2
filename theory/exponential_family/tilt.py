"""Tilt: the law reweighted by e^{⟨b,T⟩}, derived from a family's log-partition.

Each formula is derived once a family, with generic symbols for the state and for b,
simplified, and then filled in; so a Gaussian gives (m + b₁v)/(1 − 2b₂v), a Bernoulli
p e^b/(1 − p + p e^b).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import sympy

from theory.expressions.differentiation import jacobian, partial_derivatives
from theory.expressions.exact_matrix import Matrix, product

if TYPE_CHECKING:
    from theory.exponential_family.family import AbstractFamily

Exprs = tuple[sympy.Expr, ...]
Symbols = tuple[sympy.Symbol, ...]


@dataclass(frozen=True)
class GenericTilt:
    """State and conditions of the tilted law, over generic `state` and `tilt` symbols."""

    state: Symbols
    tilt: Symbols
    tilted: Exprs
    domain: Exprs

    def at(self, state: Exprs, tilt: Exprs) -> tuple[Exprs, Exprs]:
        """State, and the conditions that must be > 0, of one tilted law."""
        filled = dict(zip(self.state + self.tilt, state + tilt, strict=True))
        free = {s: value for s, value in filled.items() if s in self.state}
        untilted = {**free, **dict.fromkeys(self.tilt, sympy.S.Zero)}
        domain = [
            condition.xreplace(filled)
            for condition in self.domain
            if condition.xreplace(filled) != condition.xreplace(untilted)
        ]
        return tuple(entry.xreplace(filled) for entry in self.tilted), tuple(domain)


@lru_cache(maxsize=256)
def gradient(family: AbstractFamily) -> tuple[Symbols, Exprs]:
    """Generic natural parameter θ and ∇A(θ)."""
    natural = generic_symbols("t", len(family.statistic))
    partials = partial_derivatives(family.log_partition(natural), natural)
    return natural, tuple(partials.get(t, sympy.S.Zero) for t in natural)


@lru_cache(maxsize=256)
def generic_tilt(family: AbstractFamily, base: AbstractFamily) -> GenericTilt:
    """Tilt of `family` whose base measure was replaced by that of `base` (often the same)."""
    state = generic_symbols("s", len(family.coordinates))
    tilt = generic_symbols("b", len(family.statistic))
    natural, mean = gradient(base)
    slope = jacobian(mean, natural)
    if not slope.free_symbols & set(natural):
        tilted = base.refit(_affine(family, base, state, tilt, slope))
    else:
        shifted = tuple(n + b for n, b in zip(family.natural(state), tilt, strict=True))
        tilted = tuple(_tidy(entry, tilt) for entry in base.at_natural(shifted))
    return GenericTilt(state, tilt, tilted, _domain(family, base, state, tilt))


def _affine(
    family: AbstractFamily, base: AbstractFamily, state: Symbols, tilt: Symbols, slope: Matrix
) -> Exprs:
    """∇A(θ + b) = Sθ + Sb for a quadratic A; θ itself is not needed unless the base has changed."""
    shift = slope * Matrix(tilt)
    if base == family:
        return tuple(m + s for m, s in zip(family.mean_parameter(state), shift, strict=True))
    carried = product(slope, jacobian(family.natural(state), state))
    return tuple(carried * Matrix(state) + shift)


def _domain(family: AbstractFamily, base: AbstractFamily, state: Symbols, tilt: Symbols) -> Exprs:
    """Conditions for the tilted θ to be in the natural parameter space, without fractions.

    A denominator that the state's own domain makes positive is dropped.
    """
    if not base.natural_domain(generic_symbols("t", len(tilt))):
        return ()
    natural = tuple(n + b for n, b in zip(family.natural(state), tilt, strict=True))
    positive = set(family.state_domain(state))
    conditions = []
    for condition in base.natural_domain(natural):
        numerator, denominator = sympy.fraction(sympy.cancel(sympy.together(condition)))
        factors = sympy.Mul.make_args(denominator)
        if all(f.is_positive is True or f.as_base_exp()[0] in positive for f in factors):
            conditions.append(numerator)
        else:
            conditions.append(numerator * denominator)
    return tuple(conditions)


def _tidy(expression: sympy.Expr, tilt: Symbols) -> sympy.Expr:
    """One fraction without common factors, its denominator positive at zero tilt where visible."""
    if not _has_fraction_in_sum(expression):
        return expression
    numerator, denominator = sympy.fraction(sympy.cancel(sympy.together(expression)))
    untilted = dict.fromkeys(tilt, sympy.S.Zero)
    for factor in sympy.Mul.make_args(sympy.factor(denominator)):
        base, power = factor.as_base_exp()
        sign = -1 if base.xreplace(untilted).could_extract_minus_sign() else 1
        numerator *= sign**power / (sign * base) ** power
    return numerator


def _has_fraction_in_sum(expression: sympy.Expr) -> bool:
    return any(
        isinstance(node, sympy.Add) and any(sympy.fraction(term)[1].free_symbols for term in node.args)
        for node in sympy.preorder_traversal(expression)
    )


def generic_symbols(letter: str, count: int) -> Symbols:
    """Symbols that no ecosystem has, one a number that is filled in later."""
    return tuple(sympy.Dummy(f"{letter}{k}", real=True) for k in range(count))

"""Expectations under a density, by summation or quadrature in mpmath: nothing is derived here."""

from __future__ import annotations

import itertools

import mpmath
import sympy

from theory.exponential_family.support import Support
from theory.reward import reward_variables

DIGITS = 40


def to_mpf(expression):
    """Value of a closed expression at the working precision of mpmath."""
    return mpmath.mpf(sympy.N(expression, mpmath.mp.dps + 10))


def integrals(instance, functions, log_weight, centre):
    """∫ f e^{log_weight} for each f; `centre` splits a half-line or a line."""
    if instance.support is Support.ATOMS:
        points = [
            dict(zip(instance.statistic, row, strict=True))
            for row in itertools.product((0, 1), repeat=len(instance.atoms))
            if sum(row) == 1
        ]
        return [summed(f * sympy.exp(log_weight), points) for f in functions]
    (x,) = reward_variables(1)
    if instance.support is Support.BINARY:
        return [summed(f * sympy.exp(log_weight), [{x: 0}, {x: 1}]) for f in functions]
    with mpmath.workdps(DIGITS):
        integrands = [sympy.lambdify(x, f * sympy.exp(log_weight), "mpmath") for f in functions]
        if instance.support is Support.COUNTS:
            return [mpmath.nsum(g, [0, mpmath.inf]) for g in integrands]
        middle = to_mpf(centre)
        left = [-mpmath.inf, middle - 6, middle] if instance.support is Support.REALS else [0]
        return [mpmath.quad(g, [*left, middle, middle + 6, mpmath.inf]) for g in integrands]


def expectations(instance, functions, log_weight, centre):
    """∫ f e^{log_weight} / ∫ e^{log_weight} for each f, over the family's support."""
    mass, *values = integrals(instance, [sympy.S.One, *functions], log_weight, centre)
    with mpmath.workdps(DIGITS):
        return [value / mass for value in values]


def summed(expression, points):
    with mpmath.workdps(DIGITS):
        values = [to_mpf(expression.xreplace({s: sympy.Integer(v) for s, v in p.items()})) for p in points]
        return mpmath.fsum(values)


def log_density(instance, natural):
    """⟨θ, T(x)⟩ − A(θ) + log h(x) as an expression in the sample."""
    sample = instance.statistic if instance.atoms else reward_variables(instance.dimension)
    inner = sympy.Add(*(t * s for t, s in zip(natural, instance.statistic, strict=True)))
    return inner - instance.log_partition(natural) + instance.log_base(sample)


def reward_as_function(instance, reward):
    """The reward over the sample's symbols (an indicator an atom on named atoms)."""
    if reward.polynomial is not None:
        return reward.polynomial
    if instance.atoms:
        return sympy.Add(*(r * s for r, s in zip(reward.table, instance.statistic, strict=True)))
    (x,) = instance.statistic
    return reward.table[0] * (1 - x) + reward.table[1] * x

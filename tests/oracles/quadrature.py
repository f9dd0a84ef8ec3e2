"""Expectations under a density, by summation or quadrature in mpmath: nothing is derived here."""

from __future__ import annotations

import itertools
from functools import lru_cache

import mpmath
import sympy

from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import AbstractSpecialFunction, evaluate
from theory.exponential_family.support import Support

DIGITS = 34


def to_mpf(expression):
    """Value of a closed expression at the working precision of mpmath."""
    return mpmath.mpf(sympy.N(numeric(expression), mpmath.mp.dps + 10))


def numeric(expression):
    """The expression with closed special functions (implicit natural parameters, …) as numbers."""
    expression = sympy.sympify(expression)
    if not expression.has(AbstractSpecialFunction):
        return expression
    closed = [node for node in expression.atoms(AbstractSpecialFunction) if not node.free_symbols]
    return expression.xreplace({node: value_of(node, mpmath.mp.dps + 20) for node in closed})


@lru_cache(maxsize=10_000)
def value_of(node, digits):
    (value,) = evaluate([node], {}, HighPrecisionArithmetic(digits))
    return sympy.Float(value, digits)


def prompts_of(instance):
    """Each prompt's probability, values of its symbols, and its points if finitely many; one without prompts.

    Vectors are asked as ±√d times the columns of a root of S, equally often: their second moments are S.
    """
    if instance.finite_support:
        for share, menu in instance.menus(instance.statistic):
            yield share, {}, instance.support_points()[menu]
    elif instance.answers_prompts:
        d = instance.dimension
        root = sympy.sqrt(d) * instance.moments.cholesky()
        for k, sign in itertools.product(range(d), (1, -1)):
            values = dict(zip(instance.variables[:-1], sign * root.col(k), strict=True))
            yield sympy.Rational(1, 2 * d), values, ()
    else:
        yield sympy.S.One, {}, ()


def integrals(instance, functions, log_weight, centre):
    """Mean over the prompts of ∫ f e^{log_weight}, for each f; `centre` splits a half-line or a line."""
    parts = [row for _, row in by_prompt(instance, functions, log_weight, centre)]
    shares = [share for share, _, _ in prompts_of(instance)]
    with mpmath.workdps(DIGITS):
        return [
            mpmath.fsum(to_mpf(s) * v for s, v in zip(shares, c, strict=True))
            for c in zip(*parts, strict=True)
        ]


def by_prompt(instance, functions, log_weight, centre):
    """Each prompt's probability, with ∫ f e^{log_weight} over its answers for each f."""
    with mpmath.workdps(DIGITS):
        log_weight, functions = numeric(log_weight), [numeric(f) for f in functions]
    for share, values, points in prompts_of(instance):
        known = [f.xreplace(values) for f in functions]
        yield share, answered(instance, points, known, log_weight.xreplace(values), centre)


def answered(instance, points, functions, log_weight, centre):
    """∫ f e^{log_weight} for each f, the prompt being given."""
    if points:
        return [summed(f * sympy.exp(log_weight), points) for f in functions]
    x, rest = running(instance)
    with mpmath.workdps(DIGITS):
        functions, log_weight = [f.xreplace(rest) for f in functions], log_weight.xreplace(rest)
        constant, varying = sympy.expand(log_weight).as_independent(x, as_Add=True)
        factor = mpmath.exp(to_mpf(constant))
        integrands = [sympy.lambdify(x, f * sympy.exp(varying), "mpmath") for f in functions]
        if instance.support is Support.PAIRS:
            return [factor * bell(g, sympy.Poly(varying, x)) for g in integrands]
        if instance.support is Support.COUNTS:
            return [factor * series(g) for g in integrands]
        return [factor * whole(instance, g, to_mpf(centre)) for g in integrands]


def is_on_a_line(instance):
    """Whether one number runs over all that a model may make (of a given prompt)."""
    return instance.dimension == (2 if instance.support is Support.SIMPLEX else 1)


def running(instance):
    """The number that runs over the support, and what it makes of the others."""
    if instance.support is not Support.SIMPLEX:
        return instance.variables[-1], {}
    first, second = instance.variables
    return first, {second: 1 - first}


def series(term):
    """Σ over 0, 1, 2, … until the terms have stayed negligible for a while (all decay geometrically)."""
    total, quiet, k = mpmath.mpf(0), 0, 0
    while quiet < 30:
        value = term(mpmath.mpf(k))
        total += value
        quiet = quiet + 1 if abs(value) < mpmath.eps * mpmath.mpf(10) ** -8 else 0
        k += 1
    return total


def whole(instance, integrand, centre):
    """∫ over the support, on a scale where both ends decay fast."""
    if instance.support is Support.ANGLES:
        return mpmath.fsum(integrand(2 * mpmath.pi * k / 200) for k in range(200)) * mpmath.pi / 100
    if instance.support in (Support.UNIT, Support.SIMPLEX):
        return unit_interval(integrand)
    kink = to_mpf(getattr(instance, "location", sympy.S.Zero))
    if instance.support is Support.REALS:
        inner = sorted({centre - 6, centre, centre + 6, kink - 6, kink, kink + 6})
        return mpmath.quad(integrand, [-mpmath.inf, *inner, mpmath.inf])
    if instance.support is Support.TAIL:
        low = to_mpf(instance.scale)
        return half_line(lambda y: integrand(low * mpmath.exp(y)) * low * mpmath.exp(y), centre)
    return half_line(integrand, centre)


def bell(integrand, exponent):
    """∫ of a polynomial times e^exponent, exponent quadratic: a sum with steps σ/3, wrong by e^(−18π²)."""
    square, slope = (to_mpf(exponent.nth(k)) for k in (2, 1))
    step = 1 / mpmath.sqrt(-2 * square) / 3
    return step * mpmath.fsum(integrand(-slope / (2 * square) + k * step) for k in range(-48, 49))


def half_line(integrand, centre):
    """∫ over (0, ∞), substituting x = e^t; beyond e^(±t) of the last ends nothing is left to see."""
    middle = mpmath.log(abs(centre) + mpmath.mpf(1) / 10)
    ends = [middle + shift for shift in (-300, -40, -8, 0, 3, 40)]
    return mpmath.quad(lambda t: integrand(mpmath.exp(t)) * mpmath.exp(t), ends)


def unit_interval(integrand):
    """∫ over (0, 1), substituting x = e^t/(1 + e^t): the trapezoidal rule then gains digits with 1/step."""

    def substituted(t):
        grown = mpmath.exp(-abs(t))
        small, large = grown / (1 + grown), 1 / (1 + grown)
        return integrand(large if t > 0 else small) * small * large

    with mpmath.extradps(40):
        return mpmath.fsum(substituted(mpmath.mpf(k) / 6) for k in range(-420, 421)) / 6


def expectations(instance, functions, log_weight, centre):
    """∫ f e^{log_weight} / ∫ e^{log_weight} for each f, over the family's support; means over the prompts."""
    with mpmath.workdps(DIGITS):
        total = [mpmath.mpf(0)] * len(functions)
        for share, row in by_prompt(instance, [sympy.S.One, *functions], log_weight, centre):
            total = [t + to_mpf(share) * value / row[0] for t, value in zip(total, row[1:], strict=True)]
        return total


def covariances(instance, log_weight, centre):
    """Mean over the prompts of Cov(T), a dictionary by pairs of positions."""
    count = len(instance.statistic)
    pairs = [(j, k) for j in range(count) for k in range(j + 1)]
    products = [instance.statistic[j] * instance.statistic[k] for j, k in pairs]
    with mpmath.workdps(DIGITS):
        total = dict.fromkeys(pairs, mpmath.mpf(0))
        for share, row in by_prompt(instance, [*instance.statistic, *products], log_weight, centre):
            for (j, k), second in zip(pairs, row[count:], strict=True):
                total[j, k] += to_mpf(share) * (second - row[j] * row[k])
        return total


def summed(expression, points):
    with mpmath.workdps(DIGITS):
        values = [to_mpf(sympy.sympify(expression).xreplace(dict(p))) for p in points]
        return mpmath.fsum(values)


def log_density(instance, natural):
    """⟨θ, T(x)⟩ − A(θ) + log h(x) as an expression in the sample."""
    sample = instance.variables
    inner = sympy.Add(*(t * s for t, s in zip(natural, instance.statistic, strict=True)))
    return inner - instance.log_partition(natural) + instance.log_base(sample)


def reward_as_function(instance, reward):
    """The reward over the sample's symbols (an indicator an atom on named atoms)."""
    if reward.polynomial is not None:
        return reward.polynomial
    if instance.atoms:
        return sympy.Add(*(r * s for r, s in zip(reward.table, instance.statistic, strict=True)))
    (x,) = instance.variables
    rows = [(point[x], r) for point, r in zip(instance.support_points(), reward.table, strict=True)]
    return sympy.polys.polyfuncs.interpolate(rows, x)

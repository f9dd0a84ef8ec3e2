"""Variance functions: quadrature, random networks at many starts, and conditions on ecosystem files."""

from __future__ import annotations

import json
from itertools import combinations

import mpmath
import numpy as np
import pytest
import sympy

from proofs_check import registry
from proofs_check.conditions.ecosystem_condition import Holds
from proofs_check.encoding.variance_functions import (
    SIZE,
    SPREAD,
    THETA,
    at_natural,
    concave_families,
    convex_families,
    quadratic,
)
from theory.analysis import analyze
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.ecosystem_file.documents import FileFormat

FAMILIES = {f.name: f for f in (*concave_families(), *convex_families())}


def counts(weight, start=0, stop=mpmath.inf):
    return lambda f: mpmath.nsum(lambda k: f(k) * weight(k), [start, stop])


def density(weight, *ends):
    return lambda f: mpmath.quad(lambda x: f(x) * weight(x), ends)


def laws(n, s, theta):
    """Unnormalised expectations of each family at θ, written from its own law."""
    e = mpmath.exp
    whole = (-90, -40, -10, -3, 0, 3, 10, 40, 90)
    return {
        "Bernoulli": counts(lambda k: e(theta * k), 0, 1),
        "binomial": counts(lambda k: mpmath.binomial(n, k) * e(theta * k), 0, n),
        "Poisson": counts(lambda k: e(theta * k) / mpmath.factorial(k)),
        "Gaussian": density(lambda x: e(theta * x - x * x / (2 * s)), *whole),
        "gamma": density(lambda x: x ** (n - 1) * e(theta * x), 0, 1, 5, 20, 100),
        "negative binomial": counts(lambda k: mpmath.binomial(k + n - 1, k) * e(theta * k)),
        "hyperbolic secant": density(lambda x: e(theta * x) * x / mpmath.sinh(mpmath.pi * x / 2), *whole),
    }


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_the_mean_and_the_variance_function_are_those_of_the_law(name):
    with mpmath.workdps(25):
        theta, n, s = mpmath.mpf("-0.7"), 2, mpmath.mpf("1.5")
        expect = laws(n, s, theta)[name]
        total = expect(lambda _: 1)
        mean = expect(lambda x: x) / total
        variance = expect(lambda x: x * x) / total - mean**2
        values = {THETA: sympy.Rational(-7, 10), SIZE: n, SPREAD: sympy.Rational(3, 2)}
        family = FAMILIES[name]
        assert abs(mpmath.mpf(sympy.N(family.mean.xreplace(values), 25)) - mean) < 1e-12
        exact = quadratic(family.coefficients, family.mean).xreplace(values)
        assert abs(mpmath.mpf(sympy.N(exact, 25)) - variance) < 1e-12


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_functions_of_a_sum_open_into_functions_of_the_parts(name):
    family, (b,) = FAMILIES[name], sympy.symbols("b,", real=True)
    opened = at_natural(family.mean, THETA, b)
    values = {THETA: sympy.Rational(-2, 3), b: sympy.Rational(1, 5), SIZE: 2, SPREAD: 3}
    functions = (sympy.exp, sympy.cos, sympy.sin)
    parts = {
        sympy.Symbol(f"{f.__name__}_{x}", real=True): f(values[x]) for f in functions for x in (THETA, b)
    }
    moved = family.mean.subs(THETA, values[THETA] + values[b]).subs(values)
    assert abs(sympy.N(opened.subs(parts).subs(values) - moved, 30)) < 1e-25


def bernoulli_network(draw, n):
    """θ ↦ θ' of n Bernoulli models, three opposed streams each, and what the bound needs."""
    shares = draw.dirichlet(np.ones(4), n)
    producers, tilts = draw.integers(0, n, (n, 3)), draw.normal(0, 4, (n, 3))
    real = draw.uniform(0.02, 0.98, n)

    def means(theta):
        tilted = 1 / (1 + np.exp(-(theta[producers] + tilts)))
        return shares[:, 0] * real + (shares[:, 1:] * tilted).sum(1)

    def bound(theta):
        refitted = means(theta)
        return 1 - shares[:, 0] * real * (1 - real) / (refitted * (1 - refitted))

    def step(theta):
        return np.log(means(theta) / (1 - means(theta)))

    return step, bound


@pytest.mark.parametrize("seed", range(6))
def test_row_sums_by_finite_differences_stay_below_the_bound(seed):
    draw = np.random.default_rng(seed)
    step, bound = bernoulli_network(draw, 5)
    theta, width = draw.normal(0, 2, 5), 1e-6
    columns = [(step(theta + width * e) - step(theta - width * e)) / (2 * width) for e in np.eye(5)]
    rows = np.abs(np.array(columns)).sum(0)
    assert np.all(rows <= bound(theta) + 1e-7)
    assert np.all(bound(theta) < 1)


@pytest.mark.parametrize("seed", range(6))
def test_opposed_bernoulli_networks_end_in_one_state_from_every_start(seed):
    draw = np.random.default_rng(seed)
    step, _ = bernoulli_network(draw, 5)
    ends = []
    for _ in range(8):
        theta = draw.normal(0, 6, 5)
        for _ in range(3000):
            theta = step(theta)
        ends.append(theta)
    assert np.ptp(ends, axis=0).max() < 1e-6


def gamma_equilibria(draw):
    """Equilibria of one exponential model with four tilts of both signs, and J there, by its polynomial."""
    shares, strengths = draw.dirichlet(np.ones(5)), draw.normal(0, 1, 4)
    strengths *= draw.uniform(0.05, 0.6) / strengths.max() if strengths.max() > 0 else 1
    factors = [np.poly1d([-b, 1]) for b in strengths]
    whole = np.poly1d([1.0])
    for factor in factors:
        whole *= factor
    total = np.poly1d([-1.0, float(shares[0] * draw.uniform(0.2, 1.5))]) * whole
    for w, factor in zip(shares[1:], factors, strict=True):
        total = total + np.poly1d([float(w), 0]) * (whole / factor)[0]
    roots = [r.real for r in total.roots if abs(r.imag) < 1e-9 and r.real > 0]
    inside = [x for x in roots if np.all(1 - strengths * x > 1e-9)]
    return [(x, float((shares[1:] / (1 - strengths * x) ** 2).sum())) for x in inside]


def test_two_equilibria_of_opposed_exponential_curation_have_slopes_of_product_at_least_one():
    draw, several = np.random.default_rng(3), 0
    for _ in range(400):
        found = gamma_equilibria(draw)
        several += len(found) > 1
        assert sum(slope < 1 - 1e-6 for _, slope in found) <= 1
        assert all(x[1] * y[1] > 1 - 1e-6 for x, y in combinations(found, 2))
    assert several > 40


def step_of_two(shares, maps):
    """(G(x) without real data, J(x)) of two models; stream k of model i reads model k % 2 by a Möbius map."""

    def step(x):
        value, jacobian = np.zeros(2), np.zeros((2, 2))
        for i, k in np.ndindex(2, 4):
            (a, b), (c, d) = maps[i][k]
            j = k % 2
            divisor = c * x[j] + d
            if divisor <= 1e-9:
                return None
            value[i] += shares[i, k] * (a * x[j] + b) / divisor
            jacobian[i, j] += shares[i, k] * (a * d - b * c) / divisor**2
        return value, jacobian

    return step


def by_newton(step, real, x):
    """An equilibrium with positive means, or None."""
    for _ in range(60):
        found = step(x)
        if found is None:
            return None
        move = np.linalg.solve(np.eye(2) - found[1], real + found[0] - x)
        x = x + move
        if np.abs(move).max() < 1e-13:
            return x if x.min() > 0 and step(x) is not None else None
    return None


def tilts_of_two(draw):
    """Exponential means x/(1 − bx) of model 1, geometric means Ex/(1 + x − Ex) of model 2."""
    exponential = [[(1, 0), (-b, 1)] for b in draw.normal(0, 1, 4)]
    geometric = [[(e, 0), (1 - e, 1)] for e in np.exp(draw.normal(0, 1, 4))]
    return [[(exponential, geometric)[k % 2][2 * i + k // 2] for k in range(4)] for i in range(2)]


def test_two_equilibria_of_two_models_of_different_families_have_radii_of_product_at_least_one():
    draw, several = np.random.default_rng(11), 0
    for _ in range(500):
        shares = draw.dirichlet(np.ones(5), 2)[:, 1:]
        step, start = step_of_two(shares, tilts_of_two(draw)), draw.uniform(0.1, 2, 2)
        if step(start) is None:
            continue
        real = start - step(start)[0]
        ends = [by_newton(step, real, start * np.exp(draw.normal(0, 1, 2))) for _ in range(12)]
        kept = [start]
        for x in ends:
            if x is not None and all(np.abs(x - y).max() > 1e-6 for y in kept):
                kept.append(x)
        radii = [max(abs(np.linalg.eigvals(step(x)[1]))) for x in kept]
        several += len(kept) > 1
        assert all(one * other > 1 - 1e-6 for one, other in combinations(radii, 2))
    assert several > 30


def written(family="bernoulli", mean="1/3", **more):
    """Two models that read each other's curated output, the users opposed."""
    document = {
        "name": "test",
        "users": {
            "up": {"reward": "x", "strength": 2, **more},
            "down": {"reward": "-x", "strength": "1/4"},
        },
        "models": {
            name: {
                "family": family, "users": name,
                "real": {"share": "1/2", "mean": mean},
                "reads": [
                    {"from": "up", "share": "1/4", "curated": True},
                    {"from": "down", "share": "1/4", "curated": True, "by": "down"},
                ],
            }
            for name in ("up", "down")
        },
    }  # fmt: skip
    return analyze(from_text(json.dumps(document), FileFormat.JSON).ecosystem, Budget())


def condition(claim_id, analysis):
    found = registry.condition(claim_id)(analysis)
    assert found.claim == claim_id
    return found


def test_opposed_bernoulli_models_meet_both_conditions():
    analysis = written()
    concave = condition("scalar.concave-variance", analysis)
    assert concave.holds is Holds.YES
    assert concave.margin.upper <= 2 / 9 + 1e-12  # V(1/3) = 2/9
    assert condition("scalar.quadratic-variance", analysis).holds is Holds.YES


def test_real_data_on_the_boundary_do_not():
    assert condition("scalar.concave-variance", written(mean=0)).holds in (Holds.NO, Holds.UNDECIDED)


def test_pools_are_no_tilts():
    found = condition("scalar.concave-variance", written(pool=3))
    assert found.holds is Holds.NOT_APPLICABLE
    assert "K = ∞" in found.detail


def test_the_exponential_variance_is_quadratic_and_not_concave():
    document = {
        "name": "test",
        "users": {"u": {"reward": "x", "strength": "1/6"}},
        "models": {
            "m": {
                "family": "exponential", "users": "u", "real": {"share": "1/2", "mean": 1},
                "reads": [{"from": "m", "share": "1/2", "curated": True}],
            }
        },
    }  # fmt: skip
    analysis = analyze(from_text(json.dumps(document), FileFormat.JSON).ecosystem, Budget())
    assert condition("scalar.concave-variance", analysis).holds is Holds.NO
    assert condition("scalar.quadratic-variance", analysis).holds is Holds.YES

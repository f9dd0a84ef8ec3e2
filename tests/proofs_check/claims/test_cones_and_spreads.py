"""Cones, aligned pushes, cycle gains, spreads and prompts against NumPy and exact arithmetic."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
import sympy
from oracles.exact_truth import holds

from proofs_check.claims.ecosystem import cycle_gain, diversity
from proofs_check.claims.influence import aligned, cone
from proofs_check.encoding.networks import solve


def contracting(draw, d, norm):
    loop = draw.normal(size=(d, d))
    return loop * norm / np.linalg.norm(loop, 2)


def influence(loop, push, wanted):
    return wanted @ np.linalg.solve(np.eye(len(push)) - loop, push)


@pytest.mark.parametrize("d", [2, 3, 5])
def test_aligned_pushes_stay_between_the_two_bounds(d):
    draw = np.random.default_rng(d)
    for norm in draw.uniform(0, 0.99, 200):
        wanted = draw.normal(size=d)
        kept = influence(contracting(draw, d, norm), wanted, wanted) / (wanted @ wanted)
        assert 1 / (1 + norm) - 1e-9 <= kept <= 1 / (1 - norm) + 1e-9


@pytest.mark.parametrize("d", [2, 3, 5])
def test_no_inversion_inside_the_cone(d):
    draw, inside, outside = np.random.default_rng(d), 0, set()
    for norm in draw.uniform(0, 0.99, 2000):
        push, wanted = draw.normal(size=(2, d))
        cosine = push @ wanted / np.linalg.norm(push) / np.linalg.norm(wanted)
        found = influence(contracting(draw, d, norm), push, wanted)
        if cosine > norm:
            inside += 1
            assert found > 0
        elif cosine > 0:
            outside.add(bool(found > 0))
    assert inside > 100
    assert outside == {True, False}


@pytest.mark.parametrize(("alpha", "expected"), [("4/5", "-5/17"), ("3/5", "0"), ("1/2", "2/13")])
def test_the_turned_back_rotation_at_cosine_three_fifths(alpha, expected):
    size = sympy.Rational(alpha)
    loop = size * sympy.Matrix([["3/5", "4/5"], ["-4/5", "3/5"]]).applyfunc(sympy.Rational)
    wanted = sympy.Matrix([[sympy.Rational(3, 5), sympy.Rational(4, 5)]])
    assert (wanted * (sympy.eye(2) - loop).inv())[0, 0] == sympy.Rational(expected)


@pytest.mark.parametrize(
    ("module", "name", "point"),
    [
        (aligned, "no inversion", {"alpha": "1/2", "u": 1, "v": 1, "t": 0}),
        (cone, "x stays on the push's side", {"alpha": "1/2", "A": 1, "X": 1, "Q": 0}),
        (cone, "the sign of gᵀx", {"w": 1, "z": 0}),
        (cycle_gain, "closing the cycle", {"g": 1, "R": 1, "v1": 1}),
    ],
)
def test_a_hypothesis_excludes_the_violating_point(module, name, point):
    case = next(c for c in module.claim().cases if c.name == name)
    exact = {sympy.Symbol(k, real=True): sympy.Rational(v) for k, v in point.items()}
    assert not all(holds(c, exact) for c in case.statement.conclusions)
    assert not all(holds(h, exact) for h in case.statement.hypotheses)


@pytest.mark.parametrize("n", [2, 3, 4])
def test_cycle_gains_stay_below_the_radius(n):
    draw = np.random.default_rng(n)
    for _ in range(50):
        links = draw.uniform(0, 1, (n, n)) * draw.integers(0, 2, (n, n))
        radius = max(abs(np.linalg.eigvals(links)))
        for length in range(1, n + 1):
            for cycle in itertools.permutations(range(n), length):
                closed = zip(cycle, (*cycle[1:], cycle[0]), strict=True)
                gain = np.prod([links[i, j] for i, j in closed])
                assert gain <= (radius + 1e-9) ** length


def spread(values):
    return float(np.mean((values - values.mean()) ** 2))


@pytest.mark.parametrize("n", [3, 4, 6])
def test_the_spread_shrinks_by_the_spectral_gap(n):
    draw = np.random.default_rng(n)
    for strength in (0.0, 0.3, 4.0):
        links = np.triu(draw.uniform(0, 1 / n, (n, n)), 1)
        laplacian = np.diag((links + links.T).sum(axis=1)) - links - links.T
        gaps, vectors = np.linalg.eigh(laplacian)
        bound = (1 + strength * gaps[1]) ** 2
        means = draw.normal(size=n)
        settled = np.linalg.solve(np.eye(n) + strength * laplacian, means)
        assert spread(settled) <= spread(means) / bound + 1e-12
        slowest = np.linalg.solve(np.eye(n) + strength * laplacian, vectors[:, 1])
        assert np.isclose(spread(slowest), spread(vectors[:, 1]) / bound)


def test_the_spread_bound_fails_without_symmetry():
    field = [[Fraction(x) for x in row] for row in ((2, 0, -1), (0, 1, 0), (0, -1, 2))]
    settled = solve(field, [Fraction(1), Fraction(0), Fraction(1)])
    mean = sum(settled) / 3
    assert sum((x - mean) ** 2 for x in settled) / 3 == Fraction(7, 72) > Fraction(2, 9) / 4
    case = next(c for c in diversity.claim().cases if c.name.startswith("fails"))
    assert [Fraction(str(value)) for _, value in case.witness[:3]] == settled

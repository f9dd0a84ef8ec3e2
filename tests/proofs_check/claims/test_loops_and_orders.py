"""Mason's rule, frozen rests and orders of updates against flint and NumPy."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
import sympy
from flint import fmpq, fmpq_mat
from oracles.exact_truth import holds, value

from proofs_check.claims.ecosystem import norm_conservative
from proofs_check.claims.influence import frozen_rest, loop_gain
from proofs_check.encoding.loops import ReadingGraph
from proofs_check.encoding.sampled_loops import why_not_mason
from proofs_check.encoding.symbols import Matrix, matrix


def random_coupling(size, seed):
    draw = random.Random(seed)
    numbers = [fmpq(draw.randint(-5, 5), draw.randint(1, 6)) for _ in range(size * size)]
    return fmpq_mat(size, size, numbers)


def as_sympy(numbers):
    entries = [sympy.Rational(int(e.p), int(e.q)) for e in numbers.entries()]
    return Matrix(numbers.nrows(), numbers.ncols(), entries)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_the_simple_loops_are_those_of_enumeration(n):
    loops = ReadingGraph([[1] * n for _ in range(n)]).simple_loops
    enumerated = [
        (first, *rest)
        for first in range(n)
        for length in range(n - first)
        for rest in permutations(range(first + 1, n), length)
    ]
    assert sorted(loops) == sorted(enumerated)


def test_links_of_gain_zero_are_no_edges():
    graph = ReadingGraph([[0, 2, 0], [0, 0, 3], [5, 0, 7]])
    assert graph.simple_loops == ((0, 2, 1), (2,))
    assert graph.determinant() == 1 - 7 - 30
    assert graph.path_sum(2, 0) == 6


def test_a_wrong_coupling_would_be_seen_by_the_sample():
    sparse = ((Fraction(0), Fraction(1, 2)), (Fraction(2), Fraction(1)))
    assert why_not_mason(sparse) is None
    assert why_not_mason(((Fraction(1),),)) is None


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_mason_s_rule_matches_flint_s_inverse(n):
    numbers = random_coupling(n, n)
    field = fmpq_mat(n, n, [int(k % (n + 1) == 0) for k in range(n * n)]) - numbers
    coupling = as_sympy(numbers)
    graph = ReadingGraph(coupling.tolist())
    delta = graph.determinant()
    inverse = as_sympy(field.inv())
    assert delta == sympy.Rational(int(field.det().p), int(field.det().q))
    for i in range(n):
        for j in range(n):
            assert graph.path_sum(j, i) / delta == inverse[i, j]


def test_a_path_taken_the_wrong_way_is_seen():
    case = next(c for c in loop_gain.claim().cases if c.name == "N = 2, paths")
    coupling = matrix("J", 2, 2)
    point = dict(zip(coupling, map(sympy.Rational, ("1/8", "1/4", "-1/2", "1/3")), strict=True))
    assert all(holds(c, point) for c in case.statement.conclusions)
    graph = ReadingGraph(coupling.tolist())
    wrong = graph.path_sum(0, 1) / graph.determinant()
    assert value(wrong, point) != value(case.statement.conclusions[1].right, point)


def test_the_frozen_rest_decides_the_sign_on_random_stable_matrices():
    draw, seen = np.random.default_rng(5), set()
    while seen != {-1, 1}:
        jacobian = draw.uniform(-2, 2, (3, 3))
        if max(abs(np.linalg.eigvals(jacobian))) >= 1:
            continue
        own = np.linalg.inv(np.eye(3) - jacobian)[0, 0]
        above = sum(abs(z.imag) < 1e-12 and z.real > 1 for z in np.linalg.eigvals(jacobian[1:, 1:]))
        assert (own < 0) == (above % 2 == 1)
        seen.add(int(np.sign(own)))
    assert len(frozen_rest.claim().cases) == 9


@pytest.mark.parametrize("n", [2, 5, 10])
def test_the_star_s_norm_and_radius(n):
    weights = np.array(norm_conservative.star(n).tolist(), dtype=float)
    assert np.allclose(weights.sum(axis=1), 1)
    assert np.isclose(np.linalg.norm(weights, 2), np.sqrt(n - 1))
    assert np.isclose(max(abs(np.linalg.eigvals(weights))), 1)

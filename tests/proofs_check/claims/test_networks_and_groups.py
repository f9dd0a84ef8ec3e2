"""Networks of shares and groups of users, by enumeration and by the program's own update map."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
import sympy

from proofs_check.claims.ecosystem.grounded import forest_sum
from proofs_check.claims.ecosystem.linear_fixed_point import claim as linear_claim
from proofs_check.claims.false_ import cycle_gains_suffice, needs_feedback, single_model_is_safe
from proofs_check.encoding.gaussian_groups import GaussianGroups
from proofs_check.encoding.networks import is_grounded, solve, spanning_forests, spectral_radius_below_one
from proofs_check.encoding.sampled_networks import why_not_grounded_iff_stable, why_not_unique_iff_stable
from proofs_check.encoding.symbols import Matrix, matrix
from theory import examples
from theory.ecosystem_file import from_text
from theory.update_map import derive


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_cayley_counts_the_forests(n):
    assert sum(1 for _ in spanning_forests(n)) == (n + 1) ** (n - 1)


def networks(n):
    """Every pattern of links and real data on n models in which each model is trained on something."""
    rows = [bits for bits in itertools.product((0, 1), repeat=n + 1) if any(bits)]
    for pattern in itertools.product(rows, repeat=n):
        shares = [[Fraction(part, sum(row)) for part in row] for row in pattern]
        yield tuple(tuple(row[1:]) for row in shares), tuple(row[0] for row in shares)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_graph_test_forests_and_spectrum_agree_on_every_pattern(n):
    for weights, real in networks(n):
        forest = any(
            all((real[i] if j is None else weights[i][j]) for i, j in enumerate(choice))
            for choice in spanning_forests(n)
        )
        assert is_grounded(weights, real) == forest == spectral_radius_below_one(weights)
        assert why_not_grounded_iff_stable((weights, real)) is None
        assert why_not_unique_iff_stable((weights, real)) is None


def test_the_exact_spectral_test_agrees_with_floating_eigenvalues():
    for weights, _ in itertools.islice(networks(3), 0, None, 7):
        radius = max(abs(np.linalg.eigvals(np.array(weights, dtype=float))))
        if abs(radius - 1) > 1e-9:
            assert spectral_radius_below_one(weights) == (radius < 1)


def test_a_sampled_claim_can_fail():
    loop = ((Fraction(0), Fraction(1)), (Fraction(1), Fraction(0)))
    wrong_real = (Fraction(1), Fraction(0))
    assert why_not_grounded_iff_stable((loop, wrong_real)) is not None
    assert is_grounded(((0, 1), (0, 0)), (0, 1))
    assert not is_grounded(((0, 1), (0, 1)), (1, 0))


def test_forest_sum_is_not_the_determinant_without_shares_that_sum_to_one():
    weights, real = matrix("w", 2, 2), matrix("a", 2, 1)
    total = forest_sum(weights, real)
    assert sympy.expand(total - (real[0] * real[1] + real[0] * weights[1, 0] + real[1] * weights[0, 1])) == 0


def test_exact_elimination_finds_the_solution_or_says_singular():
    assert solve([[Fraction(2), Fraction(1)], [Fraction(1), Fraction(3)]], [Fraction(1), Fraction(2)]) == [
        Fraction(1, 5),
        Fraction(3, 5),
    ]
    assert solve([[Fraction(1), Fraction(2)], [Fraction(2), Fraction(4)]], [Fraction(1), Fraction(0)]) is None


def test_the_iterated_example_settles_at_its_stated_limit():
    statement = next(c.statement for c in linear_claim().cases if c.name.startswith("iteration"))
    place = dict(zip(statement.variables, statement.limit, strict=True))
    assert [e.xreplace(place) for e in statement.step] == list(statement.limit)
    assert statement.limit == (sympy.Rational(1, 4), sympy.Rational(2, 3))


def example(name):
    return derive(from_text(examples.text(name)).ecosystem)


def same(left, right):
    return sympy.simplify(left - right) == 0


def test_the_groups_update_is_the_program_s_update_map():
    update_map, groups = example("user-groups"), GaussianGroups(2)
    values = {
        **dict(zip(groups.shares, map(sympy.Rational, ("1/6", "1/3")), strict=True)),
        **dict(zip(groups.tilts, map(sympy.Rational, ("1/2", "-2/3")), strict=True)),
        **dict(zip(groups.real_law, map(sympy.Rational, ("5/18", "44/81")), strict=True)),
        **dict(zip(groups.state, update_map.state, strict=True)),
    }
    for own, theirs in zip(groups.step, update_map.step, strict=True):
        assert same(own.subs(values), update_map.at_values(theirs))


def false_step(case, system, update_map, rename):
    point = {sympy.Symbol(name, real=True): value for name, value in case.witness}
    point = {symbol: value for symbol, value in point.items() if symbol not in system.state}
    renamed = dict(zip(system.state, rename, strict=True))
    for own, theirs in zip(system.step, update_map.step, strict=True):
        assert same(own.subs(point).subs(renamed), update_map.at_values(theirs))


def test_the_feed_forward_statement_is_the_shipped_file():
    update_map = example("feed-forward")
    case = needs_feedback.claim().cases[0]
    false_step(case, needs_feedback._system(), update_map, update_map.state)


@pytest.mark.parametrize(
    ("place", "name", "total"),
    [(0, "user-groups", sympy.Rational(-1, 7)), (1, "two-targets", sympy.Rational(-1426, 265283))],
)
def test_single_model_counterexamples_have_the_stated_influence(place, name, total):
    case = single_model_is_safe.claim().cases[place]
    point = {sympy.Symbol(n, real=True): value for n, value in case.suspects[0]}
    assert case.statement.conclusions[0].left.xreplace(point) == total
    jacobian = next(h.matrix for h in case.statement.hypotheses if hasattr(h, "matrix")).xreplace(point)
    update_map = example(name)
    here = dict(zip(update_map.state, (sympy.S.Zero, sympy.S.One), strict=True))
    assert Matrix(update_map.jacobian.applyfunc(update_map.at_values)).subs(here) == jacobian


def test_feed_forward_influence_is_minus_one():
    case = needs_feedback.claim().cases[0]
    point = {sympy.Symbol(n, real=True): value for n, value in case.suspects[0]}
    assert case.statement.conclusions[0].left.xreplace(point) == -1


def test_there_are_eight_simple_cycles_on_three_models():
    gains = cycle_gains_suffice.cycle_gains(matrix("D", 3, 3))
    assert len(gains) == len(set(gains)) == 3 + 3 + 2
    assert sorted(len(g.free_symbols) for g in gains) == [1, 1, 1, 2, 2, 2, 3, 3]


@pytest.mark.parametrize("groups", [1, 2, 3])
def test_the_equilibrium_jacobian_has_its_closed_form(groups):
    system = GaussianGroups(groups)
    a, v = system.real_share, system.state[1]
    k, q = system.total_tilt, system.square_tilt
    closed = Matrix([[1 - a, k], [2 * k * v, 1 - a + 2 * v * q]])
    assert all(same(x, y) for x, y in zip(system.equilibrium_jacobian, closed, strict=True))

"""Falsehoods about reach, finite changes and first rounds, by exact iteration and direct sums."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from mpmath import mpf
from oracles.exact_truth import holds, point_of

from proofs_check.checker.certificate_check import check_certificate
from proofs_check.claim import Case
from proofs_check.claims.false_ import (
    one_step_gain_suffices,
    only_local,
    single_model_is_safe,
    stable_means_reached,
)
from proofs_check.encoding.relations import at_least, positive
from proofs_check.encoding.symbols import reals, variables
from proofs_check.engines.products import ProductsEngine
from proofs_check.engines.sum_of_squares import SumOfSquaresEngine
from proofs_check.evidence.verdict import Verdict
from proofs_check.statements.canonical import encode_statement
from proofs_check.statements.statement import Statement
from theory.budget import Budget


def mixture(parts):
    """Mean and variance of a mixture of (share, mean, variance)."""
    first = sum(w * m for w, m, _ in parts)
    return first, sum(w * (v + m * m) for w, m, v in parts) - first * first


def groups(shares, tilts, real):
    """(m, v) ↦ (m', v') of one Gaussian with groups of linear curators."""
    a = 1 - sum(shares)

    def step(state):
        m, v = state
        streams = [(w, m + t * v, v) for w, t in zip(shares, tilts, strict=True)]
        return mixture([(a, *real), *streams])

    return step


def limit(step, state, rounds=4000):
    for _ in range(rounds):
        state = step(state)
    return state


LOCAL = [
    (("1/32", "13/32"), "2", "-1/2", ("1/4", "77/144"), None),
    (("1/50", "47/150"), "5/2", "-2/3", ("143/600", "65617/120000"), "0.0204960241478449939772850712988"),
]


@pytest.mark.parametrize(("shares", "strength", "tilt", "real", "before"), LOCAL)
def test_curating_ends_below_not_curating(shares, strength, tilt, real, before):
    with mpmath.workdps(60):
        number = lambda text: mpf(Fraction(text).numerator) / Fraction(text).denominator  # noqa: E731
        w, law, other = [number(s) for s in shares], tuple(map(number, real)), number(tilt)
        tilts = [(part * number(strength), other) for part in (0, mpf(1) / 4, 1)]
        ends = [limit(groups(w, tilt, law), law) for tilt in tilts]
        before = mpf(1) / 186 if before is None else mpf(before)
        assert abs(ends[0][0] - before) < mpf(10) ** -30
        assert abs(ends[2][0]) < mpf(10) ** -40
        assert abs(ends[2][1] - 1) < mpf(10) ** -40
        assert ends[1][0] > ends[0][0]  # a little curation helps


def test_the_bound_on_the_variance_before_is_a_bound():
    known = point_of(only_local.claim().cases[1].suspects[0])
    with mpmath.workdps(40):
        law = (mpf(143) / 600, mpf(65617) / 120000)
        _, before = limit(groups((mpf(1) / 50, mpf(47) / 150), (0, -mpf(2) / 3), law), law)
        assert before < mpf(7) / 10
    assert known[sympy.Symbol("x", real=True)] == sympy.Rational(7, 10)


def lattice_mean(beta, z, values):
    law = [z**k * mpmath.exp(beta * r) for k, r in enumerate((0, 2, 1))]
    return sum(p * f for p, f in zip(law, values, strict=True)) / sum(law)


def test_the_reward_outside_the_span_lowers_its_own_alignment():
    with mpmath.workdps(40):
        points, rewards = (0, 1, 2), (0, 2, 1)
        beta, width = mpmath.log(4), mpf(10) ** -12

        def refit(target):
            return mpmath.findroot(lambda z: lattice_mean(0, z, points) - target, mpf(1))

        def round_of(z, strength):
            return refit(mpf(3) / 7 + lattice_mean(strength, z, points) / 2)

        def ends(strength):
            z = mpf(1)
            for _ in range(60):
                z = round_of(z, strength)
            return lattice_mean(0, z, rewards)

        total = (ends(beta + width) - ends(beta - width)) / (2 * width)
        after = [lattice_mean(0, round_of(mpf(1), beta + d), rewards) for d in (width, -width)]
        assert abs(round_of(mpf(1), beta) - 1) < mpf(10) ** -30
        assert abs(total + mpf(2) / 123) < mpf(10) ** -15
        assert abs((after[0] - after[1]) / (2 * width) + mpf(2) / 147) < mpf(10) ** -15
    case = single_model_is_safe.claim().cases[2]
    known = point_of(case.suspects[0])
    assert case.statement.conclusions[0].left.xreplace(known) == sympy.Rational(-2, 123)


def test_a_turned_stream_gains_in_the_first_round_and_loses_in_the_end():
    covariance, turn = np.array([[1.0, 3], [3, 10]]), np.array([[0.0, -1], [1, 0]])
    state = np.zeros(2)
    seen = []
    for _ in range(200):
        state = 0.6 * turn @ state + 0.1 * (state + covariance @ [1, 0])
        seen.append(state[0])
    assert seen[0] == pytest.approx(0.1)
    assert seen[-1] == pytest.approx(-1 / 13)
    radius = max(abs(np.linalg.eigvals(0.1 * np.eye(2) + 0.6 * turn)))
    assert radius == pytest.approx(0.6083, abs=1e-4)


def test_two_groups_gain_in_the_first_round_and_lose_in_the_end():
    real, shares = (Fraction(5, 18), Fraction(44, 81)), (Fraction(1, 6), Fraction(1, 3))
    width = Fraction(1, 10**6)
    first = [
        groups(shares, (Fraction(1, 2) + d, -Fraction(2, 3)), real)((Fraction(0), Fraction(1)))[0]
        for d in (width, -width)
    ]
    assert (first[0] - first[1]) / (2 * width) == Fraction(1, 6)
    last = [
        limit(groups((1 / 6, 1 / 3), (0.5 + d, -2 / 3), (5 / 18, 44 / 81)), (0, 1)) for d in (1e-4, -1e-4)
    ]
    assert (last[0][0] - last[1][0]) / 2e-4 == pytest.approx(-1 / 7, abs=1e-5)
    assert one_step_gain_suffices.claim().cases[1].name == "two groups"


def fixed_neighbour(state):
    """Model 2 of the first example."""
    m, v = state
    share = Fraction(1, 16)
    return mixture(
        [
            (share, Fraction(-2), Fraction(21, 4)),
            (Fraction(7, 8), Fraction(0), Fraction(1, 8)),
            (share, m + 2 * v, v),
        ]
    )


def test_the_curated_gaussian_grows_from_its_real_data_beside_a_stable_equilibrium():
    assert fixed_neighbour((Fraction(0), Fraction(1))) == (0, 1)
    state = (Fraction(-2), Fraction(21, 4))
    assert fixed_neighbour(state) == (Fraction(13, 32), Fraction(5495, 1024))
    for _ in range(6):
        following = fixed_neighbour(state)
        assert following[0] > state[0]
        assert following[1] > state[1]
        state = following
    assert limit(fixed_neighbour, (-2.0, 5.25), 7)[1] > 1e6
    near = limit(fixed_neighbour, (0.1, 1.2), 400)
    assert near == pytest.approx((0, 1), abs=1e-9)


def test_the_other_equilibrium_of_that_gaussian_is_unstable_and_below_its_real_data():
    m, v = sympy.symbols("m v", real=True)
    values = point_of(stable_means_reached.claim().cases[0].suspects[0])
    step = stable_means_reached.gaussian_step().xreplace(values)
    found = sympy.solve([step[0] - m, step[1] - v], [m, v], dict=True)
    assert len(found) == 2
    for state in found:
        jacobian = np.array(step.jacobian([m, v]).subs(state).tolist(), dtype=float)
        stable = max(abs(np.linalg.eigvals(jacobian))) < 1
        assert stable == (state[v] == 1)
        assert state[v] < sympy.Rational(21, 4)


def test_three_points_go_from_the_real_data_to_the_other_stable_state():
    case = stable_means_reached.claim().cases[1]
    known = point_of(case.suspects[0])
    assert all(holds(h, known) for h in case.statement.hypotheses)
    real_mean = float(known[sympy.Symbol("m", real=True)])

    def law_mean(z):
        return (z - 1 / z) / (z + 18 + 1 / z)

    def step(mu):
        z = (18 * mu + np.sqrt(324 * mu**2 + 4 * (1 - mu**2))) / (2 * (1 - mu))
        return real_mean / 2 + (law_mean(16 * z) + law_mean(z / 16)) / 4

    assert limit(step, -0.124) == pytest.approx(-1 / 8)
    assert limit(step, real_mean) > 0.1


def loop(state):
    """Two Gaussians in a loop, in any exact numbers."""
    m1, v1, m2, v2 = state
    q = sympy.Rational if isinstance(v2, sympy.Expr) else Fraction
    first = mixture([(q(1, 10), q(-5, 4), q(31, 8)), (q(1, 10), m1 + q(5, 4) * v1, v1), (q(4, 5), m2, v2)])
    second = mixture([(q(3, 5), q(3, 16), q(5, 256)), (q(1, 10), m1, v1), (q(3, 10), m2 - q(3, 2) * v2, v2)])
    return (*first, *second)


def test_the_loop_of_two_has_a_stable_equilibrium_and_enters_the_trap_from_its_real_data():
    rest = (Fraction(0), Fraction(1), Fraction(0), Fraction(1, 4))
    assert loop(rest) == rest
    symbols = sympy.symbols("m1 v1 m2 v2", real=True)
    at = dict(zip(symbols, map(sympy.Rational, ("0", "1", "0", "1/4")), strict=True))
    jacobian = sympy.Matrix(loop(symbols)).jacobian(symbols).xreplace(at)
    radius = max(abs(np.linalg.eigvals(np.array(jacobian.tolist(), dtype=float))))
    assert radius == pytest.approx(0.94027008)
    state = (Fraction(-5, 4), Fraction(31, 8), Fraction(3, 16), Fraction(5, 256))
    for _ in range(9):
        state = loop(state)
    m1, v1, m2, v2 = state
    assert v2 > 30
    assert 0 < v1 <= v2
    assert 4 * max(abs(m1), abs(m2)) <= v2


def proved(engine, hypotheses, conclusions):
    """Whether the engine's certificate for the implication is accepted by the checker."""
    symbols = reals("m1 v1 m2 v2")
    statement = Statement(variables=variables(*symbols), hypotheses=hypotheses, conclusions=conclusions)
    witness = tuple((s.name, sympy.Integer(x)) for s, x in zip(symbols, (0, 1, 0, 40), strict=True))
    finding = engine.attempt(
        Case(name="trap", statement=statement, witness=witness), Budget(seconds=60).started()
    )
    assert finding.verdict is Verdict.PROVED
    return check_certificate(encode_statement(statement), finding.certificate).accepted


def test_the_trap_is_kept_by_every_round_while_the_variance_doubles():
    symbols = m1, v1, m2, v2 = reals("m1 v1 m2 v2")
    trap = (
        at_least(v2, 30),
        at_least(v1),
        at_least(v2, v1),
        *(at_least(v2, 4 * sign * m) for m in (m1, m2) for sign in (1, -1)),
    )
    n1, u1, n2, u2 = loop(symbols)
    assert proved(ProductsEngine(), trap, (at_least(u2, 2 * v2),))
    assert proved(SumOfSquaresEngine(), trap, (at_least(u2, u1), positive(u1)))
    means = tuple(at_least(u2, 4 * sign * m) for m in (n1, n2) for sign in (1, -1))
    assert proved(ProductsEngine(), trap, means)

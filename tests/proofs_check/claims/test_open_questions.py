"""Open questions: their counterexamples by the program's own update maps and by plain linear algebra."""

from __future__ import annotations

import itertools
import json

import mpmath
import numpy as np
import pytest
import sympy
from oracles.exact_truth import point_of

from proofs_check.claims.false_ import (
    aligned_cross_nonnegative,
    honest_majority,
    needs_conflict,
    needs_near_instability,
    needs_unstable_rest,
    opposed_bernoulli_bistable,
    positive_links_are_safe,
    scalar_never_flips,
)
from proofs_check.claims.open import (
    finite_pool_attractor,
    matched_pairs,
    own_one_sign,
    pairwise_single,
    reward_monotone,
    saturated_stable,
)
from theory.ecosystem_file import from_text
from theory.ecosystem_file.documents import FileFormat
from theory.update_map import derive

R = sympy.Rational


def text(value):
    return str(sympy.Rational(value))


def as_ecosystem(network, known):
    """The network as a file: users by stream, real data solved from the state."""
    users, models = {}, {}
    for link in network.links:
        if link.tilt is not None:
            reward = "x" if link.target is None else f"-(x - ({known[link.target]}))**2 / 2"
            down = known[link.tilt] < 0
            strength = f"-{link.tilt}" if down else f"{link.tilt}"
            users[link.tilt.name] = {"reward": "-x" if down else reward, "strength": strength}
    for i, law in zip(range(1, network.size + 1), network.real_laws, strict=True):
        mean, variance = (text(sympy.sympify(e).xreplace(known)) for e in law)
        reads = [
            {"from": f"g{link.producer}", "share": text(known[link.share])}
            | ({} if link.tilt is None else {"curated": True, "by": link.tilt.name})
            for link in network.links
            if link.reader == i
        ]
        share = text(sympy.sympify(network.real_share(i)).xreplace(known))
        models[f"g{i}"] = {
            "family": "gaussian",
            "real": {"share": share, "mean": mean, "variance": variance},
            "reads": reads,
        }
    tilts = sorted({link.tilt for link in network.links if link.tilt is not None}, key=str)
    document = {"name": "test", "models": models, "users": users}
    document["parameters"] = {t.name: {"value": text(known[t])} for t in tilts}
    return from_text(json.dumps(document), FileFormat.JSON).ecosystem


def known_of(case, fixed):
    """All symbols of the network at a case's point; `fixed` are the values that the statement holds fast."""
    return {s: R(v) for s, v in fixed.items()} | {
        s: v for s, v in point_of(case.suspects[0]).items() if not s.name.startswith("d")
    }


def exact_moves(network, known, knob):
    """dx/dknob by the program's update map: (I − J)⁻¹ ∂G/∂knob, with the state shown stationary."""
    update = derive(as_ecosystem(network, known))
    names = {s: s.name for s in update.coordinates}
    order = [known[s] for s in network.state]
    at = dict(zip(update.coordinates, order, strict=True)) | dict(update.values)
    assert len(names) == len(order)
    assert [sympy.simplify(g.xreplace(at)) for g in update.reduced_step] == order
    jacobian = update.jacobian.xreplace(at)
    push = sympy.Matrix([g.diff(knob) for g in update.reduced_step]).xreplace(at)
    radius = max(abs(np.linalg.eigvals(np.array(jacobian.tolist(), dtype=float))))
    return list((sympy.eye(len(order)) - jacobian).LUsolve(push)), radius


OWN = ("k1", "k2", "u12", "u21")
GAUSSIAN = [
    (own_one_sign, "network", 0, dict(zip(OWN, ("2/3", "1/4", "1/90", "1/3"), strict=True)),
     (0, 1, 3, 10), "t1", 0, R(-2130, 2057)),
    (needs_conflict, "network", 0, {}, (0, 1, R(-11, 2), 2), "beta", 0, R(-1)),
    (needs_unstable_rest, "network", 0, dict(zip(OWN, ("1/10", "3/10", "7/10", "1/10"), strict=True)),
     (0, 1, R(-1, 4), R(1, 4)), "t1", 0, R(-29248, 719041)),
    (aligned_cross_nonnegative, "chain", 0, {"w21": "1/2", "w32": "1/2"},
     (0, 1, 3, 6, 5, 30), "t1", 4, R(-3, 4)),
    (aligned_cross_nonnegative, "reader", 1, {"w21": "1/4", "w22": "1/4"},
     (0, 1, 3, 3), "t1", 2, R(-1, 6)),
]  # fmt: skip


@pytest.mark.parametrize(("module", "shape", "place", "fixed", "state", "knob", "row", "total"), GAUSSIAN)
def test_gaussian_counterexamples_by_the_program_s_update_map(
    module, shape, place, fixed, state, knob, row, total
):
    network, case = getattr(module, shape)(), module.claim().cases[place]
    values = {sympy.Symbol(n, real=True): v for n, v in fixed.items()}
    known = known_of(case, values | dict(zip(network.state, state, strict=True)))
    moves, radius = exact_moves(network, known, sympy.Symbol(knob, real=True))
    assert moves[row] == total
    assert radius < 1
    point = point_of(case.suspects[0])
    assert [point[sympy.Symbol(f"d{s.name}", real=True)] for s in network.state] == moves
    assert case.statement.conclusions[0].left.xreplace(point) == total


def test_two_targets_backfire_far_from_instability():
    network, case = needs_near_instability.network(), needs_near_instability.claim().cases[0]
    names = {"w1": "1/50", "w2": "1/2", "c1": 3, "c2": -1, "m1": 0, "v1": 1}
    known = known_of(case, {sympy.Symbol(n, real=True): v for n, v in names.items()})
    moves, radius = exact_moves(network, known, sympy.Symbol("b1", real=True))
    assert -(2 * (0 - 3) * moves[0] + moves[1]) / 2 == R(-1426, 265283)
    assert radius == pytest.approx(0.440912, abs=1e-6)


def test_matched_pairs_invert_by_plain_linear_algebra():
    prompts, weights, a = matched_pairs.network()
    assert [x + sum(row) for x, row in zip(a, weights, strict=True)] == [1, 1, 1]
    assert all(s[0, 0] > 0 and s.det() > 0 for s in prompts)
    rows = []
    for i in range(3):
        hessian = a[i] * prompts[i] + sum((weights[i][j] * prompts[j] for j in range(3)), sympy.zeros(2))
        rows.append([hessian.inv() * weights[i][j] * prompts[j] for j in range(3)])
    jacobian, shift = sympy.Matrix(rows), sympy.Matrix([4, 5])
    push = sympy.Matrix([*(rows[0][0] * shift), 0, 0, 0, 0])
    moved = (sympy.eye(6) - jacobian).LUsolve(push)
    assert (shift.T * prompts[0] * push[:2, :])[0] == R(15, 103)
    assert (shift.T * prompts[0] * moved[:2, :])[0] == R(-2201248, 246488811)
    assert max(abs(np.linalg.eigvals(np.array(jacobian.tolist(), dtype=float)))) == pytest.approx(0.674006)
    conclusion = matched_pairs.claim().cases[0].statement.conclusions[0]
    assert conclusion.left.xreplace(point_of((("gamma1", 4), ("gamma2", 5)))) == R(-2201248, 246488811)


def saturated_step(p, q):
    """Both models' next laws, with every stream's curated law written out."""
    own, cross = [R(2029, 38877), R(2029, 3906), 1], [R(259180, 2029), R(12959, 868), 1]

    def kept(law, weights):
        return [
            x * e / sum(y * f for y, f in zip(law, weights, strict=True))
            for x, e in zip(law, weights, strict=True)
        ]

    real = [R(15, 17), R(1, 17), R(1, 17)]
    first = [
        R(1, 11) * r + R(2, 11) * x + R(8, 11) * y
        for r, x, y in zip(real, kept(p, own), kept(q, cross), strict=True)
    ]
    second = [
        R(1, 11) * r + R(2, 11) * x + R(8, 11) * y
        for r, x, y in zip(real[::-1], kept(q, own[::-1]), kept(p, cross[::-1]), strict=True)
    ]
    return first, second


def test_the_saturated_pair_is_stationary_unstable_and_leaves_both_ways():
    p = [R(12959, 20196), R(434, 1683), R(2029, 20196)]
    assert saturated_step(p, p[::-1]) == (p, p[::-1])
    symbols = sympy.symbols("a b c d")
    a, b, c, d = symbols
    first, second = saturated_step([a, b, 1 - a - b], [c, d, 1 - c - d])
    at = dict(zip(symbols, (*p[:2], *p[::-1][:2]), strict=True))
    jacobian = sympy.Matrix([*first[:2], *second[:2]]).jacobian(symbols).subs(at)
    assert (sympy.eye(4) - jacobian).det() == R(-58167955032016896, 4650808970671331167)
    with_mirror = [m.xreplace(saturated_stable._fixed()) for m in saturated_stable.displacements()]
    at_point = point_of(saturated_stable.claim().cases[0].suspects[0])
    product = 1
    for block in with_mirror:
        product *= (sympy.eye(2) - block.xreplace(at_point)).det()
    assert product == (sympy.eye(4) - jacobian).det()


def test_the_condorcet_cycle_has_its_characteristic_polynomial():
    jacobian = finite_pool_attractor.jacobian_at_uniform(sympy.Integer(10), R(1, 1000))
    x = sympy.Symbol("x")
    wanted = x**2 - R(999, 500) * x + R(312874311501, 308580250000)
    assert sympy.expand(jacobian.charpoly(x).as_expr() - wanted) == 0


def test_pairs_keep_a_law():
    kept = finite_pool_attractor.chosen_from_pairs((R(1, 2), R(1, 3), R(1, 6)), (R(9), R(3), R(1)))
    by_hand = 2 * R(1, 2) * (R(1, 2) / 2 + R(1, 3) * R(9, 12) + R(1, 6) * R(9, 10))
    assert sum(kept) == 1
    assert kept[0] == by_hand


def test_the_mean_and_variance_loop_flips():
    case = scalar_never_flips.claim().cases[0]
    point = point_of(case.suspects[0])
    jacobian = sympy.Matrix([[R(1, 10), R(-1, 2)], [1, R(5, 4)]])
    assert scalar_never_flips.system().jacobian.xreplace(point) == jacobian
    assert (sympy.eye(2) - jacobian).LUsolve(sympy.Matrix([R(1, 10), 0]))[0] == R(-1, 11)
    assert point[sympy.Symbol("dmu", real=True)] == R(-1, 11)


def test_positive_links_turn_a_push_round():
    first, second = sympy.Matrix([[9, 0], [0, 0]]), sympy.Matrix([[R(1, 36), R(1, 3)], [R(1, 3), 4]])
    zero, push = sympy.zeros(2), sympy.Matrix([1, -1])
    whole = sympy.Matrix([[zero, first], [second, zero]])
    moved = (sympy.eye(4) - whole).LUsolve(sympy.Matrix([*push, 0, 0]))
    assert (push.T * moved[:2, :])[0] == R(-5, 3)
    assert max(abs(np.linalg.eigvals(np.array(whole.tolist(), dtype=float)))) == pytest.approx(0.5)
    conclusion = positive_links_are_safe.claim().cases[0].statement.conclusions[0]
    point = point_of(positive_links_are_safe.claim().cases[0].suspects[0])
    assert conclusion.left.xreplace(point) == R(-5, 3)


def test_an_honest_majority_by_enumeration():
    good, bad = R(9, 10), R(1, 10)
    honest, against = good * 4 / (good * 4 + bad), good / (good + bad * 4)
    curated = R(3, 5) * honest + R(2, 5) * against
    assert honest_majority.curated_mean(good, R(4), R(2, 5)) == curated
    point = point_of(honest_majority.claim().cases[1].suspects[0])
    assert (point[sympy.Symbol("m", real=True)] + curated) / 2 == good
    assert point[sympy.Symbol("m", real=True)] > good


def test_the_middle_of_opposed_groups_is_stable():
    slope = opposed_bernoulli_bistable.slope_at_the_middle(sympy.Integer(16), R(1, 2))
    step = R(1, 10**6)
    mean = R(1, 2) + step
    after = (mean * 16 / (mean * 16 + 1 - mean) + mean / (mean + (1 - mean) * 16)) / 4 + R(1, 4)
    assert slope == R(32, 289)
    assert abs((after - R(1, 2)) / step - slope) < R(1, 10**9)


def tail_by_differences(weights, law, b):
    """Share direction of n atoms: solve the linearised equilibrium numerically exactly."""
    n = len(weights)
    kernel = [[(x - y) / (x + y) for y in weights] for x in weights]
    psi = [sum(k * p for k, p in zip(row, law, strict=True)) for row in kernel]
    matrix = sympy.Matrix(n, n, lambda i, j: (b - psi[i]) * int(i == j) - kernel[i][j] * law[j])
    moves = matrix.LUsolve(sympy.Matrix(psi))
    return [sum(law[i] * moves[i] for i in range(k, n)) for k in range(1, n)], psi


PAIRWISE = {"s1": R(2), "s2": R(3), "p1": R(1, 2), "p2": R(1, 3), "p3": R(1, 6), "e": R(1, 10)}
PAIRWISE_AT = {sympy.Symbol(name, real=True): value for name, value in PAIRWISE.items()}


def solved_tails(matrix, right, law):
    """Σ_{i ≥ k} p_i g_i at the point above, the system solved exactly."""
    moves = matrix.xreplace(PAIRWISE_AT).LUsolve(right.xreplace(PAIRWISE_AT))
    return [sum(law[i] * moves[i] for i in range(k, 3)) for k in (1, 2)]


def test_pairwise_systems_are_the_linearised_equilibrium():
    weights, law, slack = [R(1), R(3), R(12)], [R(1, 2), R(1, 3), R(1, 6)], R(1, 10)
    _, psi = tail_by_differences(weights, law, R(2))
    tails, _ = tail_by_differences(weights, law, psi[-1] + slack)
    matrix, right, symbols = pairwise_single.system(3)
    assert solved_tails(matrix, right, law) == tails
    assert matrix.xreplace(PAIRWISE_AT).det() > 0
    numerators = pairwise_single.tail_numerators(matrix, right, symbols)
    determinant = matrix.xreplace(PAIRWISE_AT).det()
    assert [e.xreplace(PAIRWISE_AT) / determinant for e in numerators] == tails
    assert min(tails) > 0


def test_pairwise_strength_is_the_slope_of_choice_between_pairs():
    """dψ_i/dβ by differences of tanh(β(r_i − r_j)/2) = (x_i − x_j)/(x_i + x_j), at 60 digits."""
    law, slack, low = [R(1, 2), R(1, 3), R(1, 6)], R(1, 10), [R(1), R(3), R(12)]
    with mpmath.workdps(60):
        rewards = [mpmath.log(int(x)) for x in low]
        step = mpmath.mpf(10) ** -25

        def psi(i, beta):
            return sum(
                mpmath.mpf(p.p) / p.q * mpmath.tanh(beta * (rewards[i] - r) / 2)
                for p, r in zip(law, rewards, strict=True)
            )

        slopes = [(psi(i, 1 + step) - psi(i, 1 - step)) / (2 * step) for i in range(3)]
        _, exact = tail_by_differences(low, law, R(2))
        kernel = [[(x - y) / (x + y) for y in low] for x in low]
        matrix = mpmath.matrix(3, 3)
        for i in range(3):
            for j in range(3):
                entry = (exact[-1] + slack - exact[i]) * int(i == j) - kernel[i][j] * law[j]
                matrix[i, j] = mpmath.mpf(int(entry.p)) / int(entry.q)
        moves = mpmath.lu_solve(matrix, mpmath.matrix(slopes))
        wanted = [sum(mpmath.mpf(law[i].p) / law[i].q * moves[i] for i in range(k, 3)) for k in (1, 2)]
        parts = [solved_tails(*pairwise_single.strength_system(3, gap)[:2], law) for gap in (1, 2)]
        widths = [rewards[1] - rewards[0], rewards[2] - rewards[1]]
        found = [
            sum(
                mpmath.mpf(int(part[k].p)) / int(part[k].q) * w for part, w in zip(parts, widths, strict=True)
            )
            for k in (0, 1)
        ]
        assert all(abs(a / b - 1) < mpmath.mpf(10) ** -20 for a, b in zip(found, wanted, strict=True))


def test_pairwise_numerators_have_positive_coefficients_only():
    for numerators in (
        pairwise_single.tail_numerators(*pairwise_single.system(2)),
        pairwise_single.tail_numerators(*pairwise_single.strength_system(2, 1)),
        pairwise_single.tail_numerators(*pairwise_single.system(3))[:1],
    ):
        assert all(c > 0 for e in numerators for c in sympy.Poly(sympy.expand(e)).coeffs())


def test_reward_totals_follow_the_iteration():
    weights, law, alpha = [R(1), R(2), R(5)], [R(1, 2), R(1, 3), R(1, 6)], R(2, 7)
    scaled = [
        e.xreplace({sympy.Symbol("alpha", real=True): alpha}) for e in reward_monotone.totals(weights, law, 5)
    ]
    now, seen = law, []
    for _ in range(5):
        seen.append(sum(p * a for p, a in zip(now, weights, strict=True)))
        now = [alpha * q + (1 - alpha) * p * a / seen[-1] for q, p, a in zip(law, now, weights, strict=True)]
    assert [late / early for early, late in itertools.pairwise(scaled)] == seen
    assert seen == sorted(seen)

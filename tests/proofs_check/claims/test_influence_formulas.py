"""The influence formulas against moved equilibria, exact inverses and random stable matrices."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy
from flint import fmpq, fmpq_mat
from oracles.exact_truth import holds, is_stable, value

from proofs_check.claims.influence import blocks, cooperative, cross, rotation_threshold, two_model_sign
from proofs_check.claims.influence import self as self_influence
from proofs_check.encoding.curation_share import CurationShare
from proofs_check.encoding.matrices import adjugate, determinant, inverse
from proofs_check.encoding.symbols import Matrix, matrix
from proofs_check.encoding.two_blocks import TwoBlocks
from proofs_check.statements.statement import Relation

SIZES = [(1, 1), (2, 1), (1, 2), (2, 2)]


def rational(generator):
    return fmpq(generator.choice((-1, 1)) * generator.randint(1, 9), generator.randint(1, 9))


def random_matrix(generator, rows, columns):
    return fmpq_mat(rows, columns, [rational(generator) for _ in range(rows * columns)])


def as_rational(number):
    return sympy.Rational(int(number.p), int(number.q))


def values_of(generic, numbers):
    return {
        generic[i, j]: as_rational(numbers[i, j]) for i in range(generic.rows) for j in range(generic.cols)
    }


def solved_case(claim, name):
    return next(case for case in claim.cases if case.name == name)


class AffineGradients:
    """Mean loss gradients affine in the state: p's under H and B, q's under its own data.

    F_p = λ(H x + h) + (1 − λ)(B x + b), F_q = Q x + r: the equilibrium is rational for every λ.
    """

    def __init__(self, generator, p, q):
        n = p + q
        self.p, self.n = p, n
        self.curated, self.other = (random_matrix(generator, p, n) for _ in range(2))
        self.curated_at, self.other_at = (random_matrix(generator, p, 1) for _ in range(2))
        self.answer, self.answer_at = random_matrix(generator, q, n), random_matrix(generator, q, 1)

    def field(self, share):
        """∂F at a share."""
        top = self.curated * share + self.other * (1 - share)
        rows = [[top[i, j] for j in range(self.n)] for i in range(self.p)]
        rows += [[self.answer[i, j] for j in range(self.n)] for i in range(self.n - self.p)]
        return fmpq_mat(rows)

    def equilibrium(self, share):
        constant = self.curated_at * share + self.other_at * (1 - share)
        entries = [-constant[i, 0] for i in range(self.p)]
        entries += [-self.answer_at[i, 0] for i in range(self.n - self.p)]
        return self.field(share).solve(fmpq_mat(self.n, 1, entries))

    def gradients(self, state):
        """E_H[∇loss] and E_B[∇loss] at a state."""
        return self.curated * state + self.curated_at, self.other * state + self.other_at


def point_on_loop(loop, blocks_of, share, state):
    """Values of ∂F, λ, h, b at the equilibrium of a loop."""
    symbols = CurationShare(loop.p)
    curated, other = loop.gradients(state)
    return {
        **values_of(blocks_of.whole, loop.field(share)),
        symbols.share: as_rational(share),
        **values_of(symbols.curated, curated),
        **values_of(symbols.other, other),
    }


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize(("module", "side"), [(self_influence, "p"), (cross, "q")])
@pytest.mark.parametrize("seed", range(3))
def test_the_formulas_are_the_derivative_of_the_equilibrium(sizes, module, side, seed):
    p, q = sizes
    loop, blocks_of = AffineGradients(random.Random(seed), p, q), TwoBlocks(p, q)
    share, small = fmpq(2, 5), fmpq(1, 10**30)
    state = loop.equilibrium(share)
    ahead, behind = loop.equilibrium(share + small), loop.equilibrium(share - small)
    place = 0 if side == "p" else p
    slope = (ahead[place, 0] - behind[place, 0]) / (2 * small)
    case = solved_case(module.claim(), f"formula, sizes ({p},{q})")
    first = Matrix([int(i == 0) for i in range(p if side == "p" else q)])
    gradient = matrix("g", first.rows, 1)
    theorem = case.statement.conclusions[0].right.xreplace(
        {sympy.Symbol(f"g{i + 1}", real=True): e for i, e in enumerate(first)}
    )
    assert gradient.rows == first.rows
    predicted = value(theorem, point_on_loop(loop, blocks_of, share, state))
    assert abs(predicted - as_rational(slope)) < sympy.Rational(1, 10**30)
    unscaled = predicted * (1 - sympy.Rational(2, 5))
    assert predicted == 0 or abs(unscaled - as_rational(slope)) > sympy.Rational(1, 10**6)


@pytest.mark.parametrize("size", [1, 2])
def test_displacement_fails_off_the_equilibrium(size):
    case = solved_case(self_influence.claim(), f"displacement in proportion, size {size}")
    share = CurationShare(size)
    off = {
        share.share: sympy.Rational(1, 2),
        **dict.fromkeys(share.curated, 1),
        **dict.fromkeys(share.other, 1),
    }
    assert not all(holds(c, off) for c in case.statement.conclusions)
    assert not all(holds(h, off) for h in case.statement.hypotheses)


@pytest.mark.parametrize("sizes", SIZES)
def test_block_formulas_match_flint_s_inverse(sizes):
    blocks_of = TwoBlocks(*sizes)
    generator = random.Random(7)
    n = sum(sizes)
    for _ in range(5):
        numbers = random_matrix(generator, n, n)
        true_inverse = numbers.inv()
        point = values_of(blocks_of.whole, numbers)
        own = inverse(blocks_of.schur_p).xreplace(point)
        cross_block = (inverse(blocks_of.schur_q) * blocks_of.coupling_q).xreplace(point)
        p = sizes[0]
        assert list(own) == [as_rational(true_inverse[i, j]) for i in range(p) for j in range(p)]
        pushed = [as_rational(true_inverse[i, j]) for i in range(p, n) for j in range(p)]
        assert list(cross_block) == pushed


def test_a_wrong_coupling_sign_is_seen():
    blocks_of = TwoBlocks(1, 1)
    conclusion = solved_case(blocks.claim(), "(q,p) block, blocks (1,1)").statement.conclusions[0]
    point = values_of(blocks_of.whole, fmpq_mat([[2, 1], [1, 3]]))
    assert holds(conclusion, point)
    assert not holds(Relation(-conclusion.left, conclusion.comparison, conclusion.right), point)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_adjugate_and_determinant_match_flint(n):
    generic, numbers = matrix("M", n, n), random_matrix(random.Random(n), n, n)
    point = values_of(generic, numbers)
    assert value(determinant(generic), point) == as_rational(numbers.det())
    adjugate_matrix = adjugate(generic).xreplace(point)
    expected = numbers.inv() * numbers.det()
    assert list(adjugate_matrix) == [as_rational(e) for e in expected.entries()]


def stable_matrices(size, count, seed):
    generator = random.Random(seed)
    found = []
    while len(found) < count:
        entries = [fmpq(generator.randint(-20, 20), 10) for _ in range(size * size)]
        candidate = fmpq_mat(size, size, entries)
        try:
            stable = is_stable(candidate)
        except ValueError:
            continue
        if stable:
            found.append(candidate)
    return found


def test_two_model_sign_on_random_stable_matrices():
    seen = set()
    for jacobian in stable_matrices(2, 200, 3):
        field = fmpq_mat([[1, 0], [0, 1]]) - jacobian
        entry, partner = field.inv()[0, 0], jacobian[1, 1]
        sign = (entry > 0) - (entry < 0)
        assert field.det() > 0
        assert sign == (partner < 1) - (partner > 1)
        seen.add(sign)
    assert {-1, 1} <= seen


def test_two_model_sign_needs_the_stability():
    cases = {case.name: case.statement for case in two_model_sign.claim().cases}
    point = values_of(matrix("J", 2, 2), fmpq_mat([[3, 0], [0, 0]]))
    assert not holds(cases["det(I − J) > 0"].conclusions[0], point)
    assert not holds(cases["J₂₂ < 1"].conclusions[0], point)


@pytest.mark.parametrize("n", [2, 3])
def test_cooperative_on_random_nonnegative_matrices(n):
    generator = random.Random(n)
    seen = 0
    while seen < 50:
        entries = [fmpq(generator.randint(0, 9), 10) for _ in range(n * n)]
        jacobian = fmpq_mat(n, n, entries)
        try:
            if not is_stable(jacobian):
                continue
        except ValueError:
            continue
        seen += 1
        identity = fmpq_mat(n, n, [int(k % (n + 1) == 0) for k in range(n * n)])
        own = (identity - jacobian).inv()[0, 0]
        assert own >= 1 / (1 - jacobian[0, 0]) >= 1


def test_a_negative_link_on_a_cycle_breaks_the_cooperative_bound():
    case = solved_case(cooperative.claim(), "N = 2")
    jacobian = fmpq_mat([[0, fmpq(-1, 2)], [fmpq(1, 2), 0]])
    point = values_of(matrix("J", 2, 2), jacobian)
    assert not holds(case.statement.conclusions[0], point)
    signs = [h for h in case.statement.hypotheses if isinstance(h, Relation)]
    assert is_stable(jacobian)
    assert sum(not holds(h, point) for h in signs) == 1


@pytest.mark.parametrize("half_angles", [(Fraction(1, 2), Fraction(1, 3)), (Fraction(-2), Fraction(1, 5))])
def test_rotation_formula_at_rational_angles(half_angles):
    (c, s), (cd, sd) = (((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t)) for t in half_angles)
    alpha = Fraction(3, 7)
    rotation = [[c, -s], [s, c]]
    field = fmpq_mat([[fmpq_of((i == j) - alpha * rotation[i][j]) for j in range(2)] for i in range(2)])
    push, wanted = fmpq_mat([[1], [2]]), fmpq_mat([[fmpq_of(cd - 2 * sd)], [fmpq_of(sd + 2 * cd)]])
    influence = (wanted.transpose() * field.inv() * push)[0, 0]
    predicted = 5 * (cd - alpha * (cd * c - sd * s)) / (1 - 2 * alpha * c + alpha**2)
    assert influence == fmpq_of(predicted)
    assert influence != fmpq_of(5 * (cd - alpha * (cd * c + sd * s)) / (1 - 2 * alpha * c + alpha**2))


def fmpq_of(number):
    number = Fraction(number)
    return fmpq(number.numerator, number.denominator)


def test_the_flip_is_at_the_stated_strength():
    cases = {case.name: case.statement for case in rotation_threshold.claim().cases}
    names = [sympy.Symbol(name, real=True) for name in ("alpha", "C", "D")]
    at_threshold = dict(zip(names, map(sympy.Rational, ("1/2", "1/2", "1")), strict=True))
    below = cases["positive below cos δ / cos(δ + ψ)"]
    assert not holds(below.hypotheses[-1], at_threshold)
    assert not holds(below.conclusions[0], at_threshold)

"""What is kept of K samples of a base: against formulas, integrals at 40 digits, sums over all candidates."""

from __future__ import annotations

import itertools

import mpmath
import numpy as np
import pytest
import sympy
from flint import arb, ctx

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program, evaluate
from theory.arithmetic.rational import RationalArithmetic
from theory.errors import OutsideArithmetic
from theory.families.exponential import Exponential
from theory.quadrature.base.counts import CountBase, CountLaw
from theory.quadrature.base.gamma import GammaBase
from theory.quadrature.chosen_mean import chosen_mean, kept_mean

R, ONE, ZERO = sympy.Rational, sympy.S.One, sympy.S.Zero
S, THETA = sympy.symbols("s theta", real=True)
LINE, LOG = (ONE, ZERO), (ZERO, ONE)


def holds(ball, value, digits=15):
    """Whether a ball holds a number known to 40 digits, and is small."""
    with ctx.workprec(256):
        inside = abs(arb(mpmath.nstr(value, 40)) - ball.mid()) <= ball.rad() + arb(10) ** -36
        return inside and ball.rad() < arb(10) ** -digits


def gamma_pair(shape, slope):
    """E[G_kept of two] = κ + E[D tanh(sD/2)]/2 with D = |G − G′| of density Σ …, for κ = 1 and 2."""
    density = {1: lambda d: mpmath.exp(-d), 2: lambda d: (1 + d) * mpmath.exp(-d) / 2}[shape]
    pieces = [0, 1, 4, 12, 40, 120]
    return shape + mpmath.quad(lambda d: density(d) * d * mpmath.tanh(slope * d / 2), pieces) / 2


@pytest.mark.parametrize("shape", [1, 2])
@pytest.mark.parametrize("slope", [R(1, 50), R(-3, 2)])
def test_pairs_of_gamma_candidates_agree_with_one_dimensional_integrals(shape, slope):
    kept = kept_mean(GammaBase(R(shape), (LINE,)), LINE, 2, (slope,))
    (ball,) = evaluate([kept], {}, BallArithmetic(192))
    with mpmath.workdps(45):
        assert holds(ball, gamma_pair(shape, mpmath.mpf(slope.p) / slope.q))


def test_pairs_of_exponential_candidates_agree_with_the_formula_and_its_derivative():
    formula = Exponential().kept_of_two((ONE,), S)
    kept = kept_mean(GammaBase(ONE, (LINE,)), LINE, 2, (S,))
    program = Program.compile([kept, formula, kept.diff(S), formula.diff(S)], [S])
    for at in (arb("0.7"), arb("0.7", "1e-20"), arb(5) / 2):
        found = program.evaluate(BallArithmetic(192), [at])
        for mine, other in (found[:2], found[2:]):
            assert mine.overlaps(other)
            assert mine.rad() < arb(10) ** -12


def test_choices_by_the_logarithm_agree_with_the_beta_law():
    """With a = G, κ = 1, K = 2 the mean is E[(G² + G′²)/(G + G′)] = E[G + G′] E[B² + (1 − B)²] = 4/3."""
    kept = kept_mean(GammaBase(ONE, (LOG,)), LINE, 2, (ONE,))
    (ball,) = evaluate([kept], {}, BallArithmetic(192))
    assert ball.overlaps(arb(4) / 3)
    assert ball.rad() < arb(10) ** -15


@pytest.mark.parametrize("shape", [ONE, R(5, 2)])
@pytest.mark.parametrize("slope", [R(3, 2), R(-2)])
def test_choices_by_the_square_root_agree_with_sums_over_a_plane(shape, slope):
    """With G = x² the density x^{2κ−1} e^{−x²} and the choice e^{sx} are smooth on the half-line."""
    kept = kept_mean(GammaBase(shape, ((R(1, 2), ZERO),)), LINE, 2, (slope,))
    (ball,) = evaluate([kept], {}, BallArithmetic(128))
    x, weight = np.polynomial.legendre.leggauss(160)
    x = 4 * (x + 1)
    weight = weight * x ** (2 * float(shape) - 1) * np.exp(-x * x)
    chance = 1 / (1 + np.exp(float(slope) * (x[None, :] - x[:, None])))
    expected = 2 * (weight * x**2) @ chance @ weight / weight.sum() ** 2
    assert abs(float(ball.mid()) - expected) < 1e-12
    assert ball.rad() < arb(10) ** -15


@pytest.mark.parametrize(
    ("base", "values"),
    [
        (GammaBase(R(5, 2), (LINE,)), (R(3, 4),)),
        (GammaBase(R(1, 2), (LOG, (R(1, 2), ZERO))), (R(-1, 3), R(1, 2))),
        (CountBase(None, ((ONE,),)), (R(1, 3), R(-1, 2))),
        (CountBase(R(3, 2), ((ONE,),)), (R(-2), R(1, 2))),
    ],
)
def test_chances_sum_to_one(base, values):
    arguments = kept_mean(base, base.rewards[0], 4, values).atoms(chosen_mean).pop().args
    constant = sympy.Tuple(sympy.Tuple(sympy.Tuple(*base.constant), 1))
    total = 4 * chosen_mean(*arguments[:4], constant, *arguments[5:])
    (ball,) = evaluate([total], {}, BallArithmetic(128))
    assert ball.contains(arb(1))
    assert ball.rad() < arb(10) ** -15
    (double,) = evaluate([total], {}, ArrayArithmetic())
    assert abs(double - 1) < 1e-11


def summed(successes, theta, slope, pool, counts=60):
    """E[X_kept] by a sum over all tuples of candidates, with its derivatives in θ and s by differences."""
    odds = mpmath.exp(theta)
    if successes is None:
        chances = [mpmath.exp(-odds) * odds**n / mpmath.factorial(n) for n in range(counts)]
    else:
        chances = [
            mpmath.rf(successes, n) / mpmath.factorial(n) * odds**n * (1 - odds) ** successes
            for n in range(counts)
        ]
    weights = [mpmath.exp(slope * n) for n in range(counts)]
    total = mpmath.mpf(0)
    for drawn in itertools.combinations_with_replacement(range(counts), pool):
        ways = mpmath.factorial(pool)
        for n in set(drawn):
            ways /= mpmath.factorial(drawn.count(n))
        chance = ways
        for n in drawn:
            chance *= chances[n]
        total += chance * sum(n * weights[n] for n in drawn) / sum(weights[n] for n in drawn)
    return total


@pytest.mark.parametrize(("successes", "theta", "pool"), [(None, R(-1, 2), 2), (R(3, 2), R(-2), 2)])
def test_pools_of_counts_agree_with_sums_over_all_candidates(successes, theta, pool):
    slope = R(3, 4)
    kept = kept_mean(CountBase(successes, ((ONE,),)), (ONE,), pool, (THETA, S))
    program = Program.compile([kept, kept.diff(THETA), kept.diff(S)], [THETA, S])
    found = program.evaluate(BallArithmetic(192), [arb(theta.p) / theta.q, arb(slope.p) / slope.q])
    with mpmath.workdps(45):
        r = None if successes is None else mpmath.mpf(successes.p) / successes.q
        at, h = (mpmath.mpf(theta.p) / theta.q, mpmath.mpf(slope.p) / slope.q), mpmath.mpf(10) ** -12
        assert holds(found[0], summed(r, *at, pool))
        moved = [
            (summed(r, at[0] + i * h, at[1] + j * h, pool) - summed(r, at[0] - i * h, at[1] - j * h, pool))
            / (2 * h)
            for i, j in ((1, 0), (0, 1))
        ]
    for ball, slope_there in zip(found[1:], moved, strict=True):
        assert abs(float(ball.mid()) - float(slope_there)) < 1e-14


def test_what_is_left_of_a_sum_of_counts_is_bounded():
    law = CountLaw(CountBase(None), arb(1).log())
    with mpmath.workdps(40):
        rest = mpmath.nsum(lambda n: n**2 * mpmath.exp(-1) / mpmath.factorial(n), [31, mpmath.inf])
        assert arb(mpmath.nstr(rest, 20)) < law.beyond(2, 30) < arb(10) ** -15


def test_wide_balls_hold_the_values_of_their_points():
    kept = kept_mean(GammaBase(R(3, 2), (LINE,)), LINE, 3, (S,))
    program = Program.compile([kept, kept.diff(S)], [S])
    wide = program.evaluate(BallArithmetic(128), [arb("-0.5", "0.001")])
    for at in ("-0.501", "-0.5", "-0.499"):
        narrow = program.evaluate(BallArithmetic(128), [arb(at)])
        assert all(w.contains(n) for w, n in zip(wide, narrow, strict=True))


def test_all_arithmetics_agree_and_exact_numbers_are_refused():
    kept = kept_mean(GammaBase(ONE, (LINE,)), LINE, 3, (S,))
    program = Program.compile([kept], [S])
    (ball,) = program.evaluate(BallArithmetic(128), [arb("0.5")])
    precise = HighPrecisionArithmetic(20)
    (number,) = program.evaluate(precise, [precise.context.mpf("0.5")])
    (doubles,) = program.evaluate(ArrayArithmetic(), [np.array([0.5, 0.25])])
    assert abs(float(ball.mid()) - float(number)) < 1e-15
    assert abs(doubles[0] - float(number)) < 1e-11
    with pytest.raises(OutsideArithmetic):
        program.evaluate(RationalArithmetic(), [1])


def test_parameters_without_a_law_and_choices_too_decisive_have_no_value():
    counts = kept_mean(CountBase(ONE, ((ONE,),)), (ONE,), 2, (THETA, S))
    gammas = kept_mean(GammaBase(ONE, (LINE,)), LINE, 2, (S,))
    for kept, at in ((counts, {THETA: ONE, S: ONE}), (gammas, {S: R(10**6)})):
        (ball,) = evaluate([kept], at, BallArithmetic(128))
        assert not ball.is_finite()

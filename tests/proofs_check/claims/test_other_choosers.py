"""Claims on crowds that disagree, against rounds computed by themselves."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import mpmath
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs_check.claims.robust import compromise, finite_pool, gaussian_disagreement, long_run, one_step
from proofs_check.encoding.noisy_groups import NOISE, NoisyGroups
from proofs_check.encoding.sampled_choices import chosen
from proofs_check.encoding.two_crowds import TwoCrowds

WEIGHT = st.integers(1, 12).map(Fraction)
SHARE = st.fractions(0, 1, max_denominator=9)


@st.composite
def crowds(draw, least=2, most=5):
    """Law, a, b and φ."""
    n = draw(st.integers(least, most))
    parts = draw(st.lists(st.integers(1, 9), min_size=n, max_size=n))
    law = tuple(Fraction(part, sum(parts)) for part in parts)
    a, b = (tuple(draw(st.lists(WEIGHT, min_size=n, max_size=n))) for _ in range(2))
    return law, a, b, draw(SHARE)


def mean(law, values):
    return sum(p * f for p, f in zip(law, values, strict=True))


def tilt(law, weights):
    total = mean(law, weights)
    return tuple(p * a / total for p, a in zip(law, weights, strict=True))


def mixed(first, second, share):
    return tuple((1 - share) * p + share * q for p, q in zip(first, second, strict=True))


def a_round(law, a, b, share):
    return mixed(tilt(law, a), tilt(law, b), share)


def filled(expression, n, law, a, b, share):
    """The value of an expression of `TwoCrowds` at an instance."""
    values = TwoCrowds(n).at(*(tuple(map(str, part)) for part in (law[:-1], a, b)), str(share))
    return Fraction(str(expression.xreplace(values)))


@settings(max_examples=30, deadline=None)
@given(crowds(most=3))
def test_one_round_is_what_the_claim_says(instance):
    law, a = instance[:2]
    gain = mean(a_round(*instance), a) - mean(law, a)
    assert filled(one_step.predicted(TwoCrowds(len(law))), len(law), *instance) == gain


@settings(max_examples=15, deadline=None)
@given(crowds(most=3), st.integers(2, 3))
def test_one_round_with_few_candidates_is_what_the_claim_says(instance, candidates):
    law, a, b, share = instance
    kept = mixed(chosen(law, a, candidates), chosen(law, b, candidates), share)
    predicted = finite_pool.predicted(TwoCrowds(len(law)), candidates)
    assert filled(predicted, len(law), *instance) == mean(kept, a) - mean(law, a)


@settings(max_examples=60, deadline=None)
@given(crowds())
def test_a_fraction_past_the_threshold_and_no_other_lowers_the_mean(instance):
    law, a, b, share = instance
    spread = mean(law, [x * x for x in a]) / mean(law, a) - mean(law, a)
    pull = mean(law, [x * y for x, y in zip(a, b, strict=True)]) / mean(law, b) - mean(law, a)
    falls = mean(a_round(*instance), a) < mean(law, a)
    assert falls == (pull < 0 and share > spread / (spread - pull))


@settings(max_examples=40, deadline=None)
@given(crowds(), crowds(), st.fractions("1/9", "8/9", max_denominator=9))
def test_the_potential_rises_by_the_divergence(instance, other, share):
    """With real data and without, at 40 digits."""
    law, a, b, fraction = instance
    for alpha, data in ((Fraction(0), law), (share, (other[0] * 3)[: len(law)])):
        real = tuple(q / sum(data) for q in data)
        after = mixed(a_round(law, a, b, fraction), real, alpha)
        with mpmath.workdps(40):
            rise = potential(after, real, alpha, instance) - potential(law, real, alpha, instance)
            divergence = mpmath.fsum(_mp(q) * mpmath.log(_mp(q / p)) for q, p in zip(after, law, strict=True))
            assert rise - divergence > -(mpmath.mpf(10) ** -36)


def _mp(value):
    return mpmath.mpf(value.numerator) / value.denominator


def potential(law, data, alpha, instance):
    _, a, b, fraction = instance
    own = mpmath.fsum(_mp(q) * mpmath.log(_mp(p)) for q, p in zip(data, law, strict=True))
    crowd = (1 - _mp(fraction)) * mpmath.log(_mp(mean(law, a))) + _mp(fraction) * mpmath.log(
        _mp(mean(law, b))
    )
    return _mp(alpha) * own + (1 - _mp(alpha)) * crowd


@pytest.mark.parametrize("phi", ["0", "1/5", "1/3", "2/5", "1/2", "3/5", "2/3", "4/5", "1"])
def test_the_example_of_the_long_run_is_its_own_round(phi):
    x = Fraction(2, 7)
    ours = long_run.step().xreplace({sympy.Symbol("x", real=True): sympy.Rational(2, 7)})
    value = ours.xreplace({sympy.Symbol("phi", real=True): sympy.Rational(phi)})
    assert Fraction(str(value)) == a_round((x, 1 - x), (2, 1), (1, 2), Fraction(phi))[0]


def test_the_compromise_follows_its_exact_trajectory():
    law = (Fraction(1, 3),) * 3
    for t in range(1, 30):
        law = a_round(law, compromise.HONEST, compromise.OTHER, Fraction(1, 2))
        assert law[2] == Fraction(6**t, 6**t + 2 * 5**t)


@settings(max_examples=60, deadline=None)
@given(crowds(least=3))
def test_the_rest_of_a_compromise_shrinks_as_claimed(instance):
    law, a, b, share = instance
    slack = min(1 - (1 - share) * x / a[-1] - share * y / b[-1] for x, y in zip(a[:-1], b[:-1], strict=True))
    if slack <= 0:
        return
    rest = 1 - law[-1]
    assert 1 - a_round(*instance)[-1] <= rest * (1 - slack) / (1 - slack * rest)


@settings(max_examples=25, deadline=None)
@given(crowds(), st.fractions("1/9", "8/9", max_denominator=9), st.lists(SHARE, min_size=5, max_size=5))
def test_equilibria_move_within_the_bound(instance, alpha, moves):
    """Rewards log a and log a + δ, real data the law of the instance; 400 rounds in floating point."""
    data, a, _, _ = instance
    moved = [float(x) * float(mpmath.exp(float(d))) for x, d in zip(a, moves, strict=False)]
    first, second = (settled(data, weights, float(alpha)) for weights in ([float(x) for x in a], moved))
    distance = sum(abs(p - q) for p, q in zip(first, second, strict=True)) / 2
    size = max(float(d) for d in moves[: len(a)])
    assert distance <= (1 - float(alpha)) / (2 * float(alpha) * float(min(data))) * size + 1e-9


def settled(data, weights, alpha):
    law = [float(q) for q in data]
    for _ in range(400):
        kept = tilt(law, weights)
        law = [alpha * float(q) + (1 - alpha) * c for q, c in zip(data, kept, strict=True)]
    return law


@pytest.mark.parametrize("noise", ["0", "19/125", "1/2"])
def test_the_influence_with_noise_matches_a_difference(noise):
    """The Gaussian of the example, iterated at 40 digits with t_1 moved both ways."""
    groups = NoisyGroups(2)
    shares, tilts = ("1/6", "1/3"), ("1/2", "-2/3")
    with mpmath.workdps(40):
        step = mpmath.mpf(10) ** -15
        high, low = (gaussian(shares, tilts, noise, moved)[0] for moved in (step, -step))
        measured = (high - low) / (2 * step)
        values = {s: sympy.Rational(v) for s, v in zip(groups.plain.shares, shares, strict=True)}
        values |= {s: sympy.Rational(v) for s, v in zip(groups.plain.tilts, tilts, strict=True)}
        variance = gaussian(shares, tilts, noise, mpmath.mpf(0))[1]
        values |= {NOISE: sympy.Rational(noise), groups.variance: sympy.Float(variance, 40)}
        assert abs(mpmath.mpf(str(groups.formula.xreplace(values).evalf(30))) - measured) < 1e-14
        assert (measured < 0) == (noise == "0")


def gaussian(shares, tilts, noise, moved):
    """Mean and variance after 3000 rounds of real data N(0, 44/81) and two noisy groups."""
    weights = [mpmath.mpf(sympy.Rational(w).p) / sympy.Rational(w).q for w in shares]
    pulls = [mpmath.mpf(sympy.Rational(t).p) / sympy.Rational(t).q for t in tilts]
    pulls[0] += moved
    chance = mpmath.mpf(sympy.Rational(noise).p) / sympy.Rational(noise).q
    mean_, variance = mpmath.mpf(0), mpmath.mpf(44) / 81
    real = 1 - sum(weights)
    start = variance
    for _ in range(1500):
        parts = [(real, mpmath.mpf(0), start)]
        for w, t in zip(weights, pulls, strict=True):
            parts += [((1 - chance) * w, mean_ + t * variance, variance), (chance * w, mean_, variance)]
        first = sum(w * m for w, m, _ in parts)
        variance = sum(w * (v + m * m) for w, m, v in parts) - first**2
        mean_ = first
    return mean_, variance


def test_a_tilted_gaussian_has_the_mean_of_its_density():
    """d = 1 by quadrature: N(1/2, 2) tilted by e^{3x/4}."""
    mean_, variance = gaussian_disagreement.tilted(1, sympy.Matrix([sympy.Rational(3, 4)]))
    values = {sympy.Symbol("m1", real=True): sympy.Rational(1, 2), sympy.Symbol("S11", real=True): 2}

    def density(x):
        return mpmath.exp(-((x - mpmath.mpf(1) / 2) ** 2) / 4 + 3 * x / 4)

    moments = [mpmath.quad(lambda x, k=k: x**k * density(x), [-20, 0, 2, 4, 24]) for k in range(3)]
    centre = moments[1] / moments[0]
    assert abs(float(mean_[0].subs(values)) - centre) < 1e-12
    assert abs(float(variance[0].subs(values)) - (moments[2] / moments[0] - centre**2)) < 1e-12


def test_draws_of_candidates_are_all_counted():
    crowd = TwoCrowds(2)
    values = crowd.at(["1/3"], (1, 3), (2, 1), 0)
    kept = [Fraction(str(p.xreplace(values))) for p in crowd.kept(crowd.honest, 3)]
    law, weights = (Fraction(1, 3), Fraction(2, 3)), (1, 3)
    expected = [Fraction(0), Fraction(0)]
    for draw in product(range(2), repeat=3):
        chance = law[draw[0]] * law[draw[1]] * law[draw[2]]
        for i in draw:
            expected[i] += chance * Fraction(weights[i], sum(weights[j] for j in draw))
    assert kept == expected

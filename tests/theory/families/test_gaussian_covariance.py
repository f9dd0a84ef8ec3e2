"""Gaussians with fitted mean and covariance, in several dimensions, against sums over a fine grid."""

from __future__ import annotations

import mpmath
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies.families import covariances, positive, rationals

from theory.budget import Budget
from theory.channel import Channel
from theory.ecosystem import Ecosystem, Model, RealData, Stream, Users, WeightedTaste
from theory.ecosystem_file import from_text
from theory.equilibrium.result import Existence, Reached
from theory.equilibrium.solve import solve
from theory.errors import InvalidInput
from theory.exact_input import ExactInput
from theory.exponential_family.law import ChanneledLaw, FamilyLaw
from theory.families.gaussian import Gaussian
from theory.families.gaussian_covariance import GaussianCovariance
from theory.families.gaussian_location import GaussianLocation
from theory.reward import Reward, Taste, reward_variables
from theory.update_map import derive

R = sympy.Rational
Matrix = sympy.ImmutableDenseMatrix
X1, X2 = reward_variables(2)
MEAN, COVARIANCE = (R(1, 2), R(-1, 3)), Matrix([[R(5, 4), R(1, 3)], [R(1, 3), R(3, 4)]])


def state(mean, covariance):
    d = len(mean)
    return (*mean, *(covariance[j, k] for j in range(d) for k in range(j, d)))


def moments(log_weight, statistic, *, half_width=14, steps=70):
    """Mean of the statistic under e^{log weight}: the trapezoidal rule, exact to far below 10^-25 here."""
    points = [mpmath.mpf(half_width * k) / steps for k in range(-steps, steps + 1)]
    functions = [sympy.lambdify((X1, X2), f, "mpmath") for f in (log_weight, *statistic)]
    totals = [mpmath.mpf(0)] * (len(statistic) + 1)
    for x in points:
        for y in points:
            weight = mpmath.exp(functions[0](x, y))
            if weight > 1e-50:
                values = (1, *(f(x, y) for f in functions[1:]))
                totals = [t + weight * v for t, v in zip(totals, values, strict=True)]
    return [t / totals[0] for t in totals[1:]]


def log_gaussian(mean, covariance):
    offset = Matrix([X1 - mean[0], X2 - mean[1]])
    return -(offset.T * covariance.inv() * offset)[0] / 2


def assert_close(found, exact):
    with mpmath.workdps(40):
        for value, number in zip(found, exact, strict=True):
            assert abs(value - mpmath.mpf(number.p) / number.q) < mpmath.mpf(10) ** -25


@pytest.mark.slow
def test_tilt_by_a_quadratic_reward_is_the_reweighted_density():
    family = GaussianCovariance(2)
    reward = R(2, 3) * X1 - X2 / 2 + X1 * X2 / 4 - X1**2 / 5 + X2**2 / 7
    base, tilted, domain = family.tilted(state(MEAN, COVARIANCE), Taste(reward=Reward(polynomial=reward)))
    assert base == family
    assert all(d > 0 for d in domain)
    with mpmath.workdps(40):
        found = moments(log_gaussian(MEAN, COVARIANCE) + reward, family.statistic)
    assert_close(found, family.mean_parameter(tilted))


@pytest.mark.slow
def test_disagreement_adds_its_own_covariance():
    """Share φ likes v·x, the rest u·x: the covariance gains φ(1−φ)Σ(u−v)(u−v)ᵀΣ."""
    share, u, v = R(1, 4), Matrix([1, R(1, 2)]), Matrix([R(-1, 2), 1])
    linear = [Reward(polynomial=w[0] * X1 + w[1] * X2) for w in (u, v)]
    people = Users(
        name="u",
        tastes=(WeightedTaste(probability=sympy.S.One, taste=Taste(reward=linear[0])),),
        adversary_share=share,
        adversary=Taste(reward=linear[1]),
    )
    family, start = GaussianCovariance(2), state(MEAN, COVARIANCE)
    stream = Stream(producer="p", share=sympy.S.One, curators="u")
    p = Model(name="p", family=family, start=start, users="u", reads=(stream,))
    update = derive(Ecosystem(name="one", models=(p,), users=(people,)))
    at = dict(zip(update.state, start, strict=True))
    after = tuple(sympy.expand(update.at_values(g).xreplace(at)) for g in update.step)
    gap = COVARIANCE * (u - v)
    shift = COVARIANCE * ((1 - share) * u + share * v)
    assert after == state(Matrix(MEAN) + shift, COVARIANCE + share * (1 - share) * gap * gap.T)
    with mpmath.workdps(40):
        log_weight = log_gaussian(MEAN, COVARIANCE)
        first, second = (moments(log_weight + r.polynomial, family.statistic) for r in linear)
        mixed = [a * mpmath.mpf(3) / 4 + b / 4 for a, b in zip(first, second, strict=True)]
    assert_close(mixed, family.mean_parameter(after))


@settings(max_examples=8)
@given(data=st.data(), d=st.integers(1, 4))
def test_linear_tilt_moves_the_mean_by_covariance_times_reward_and_keeps_the_covariance(data, d):
    covariance = Matrix(data.draw(covariances(d)))
    mean, linear = (data.draw(st.lists(rationals(-2, 2), min_size=d, max_size=d)) for _ in range(2))
    polynomial = sympy.Add(*(c * x for c, x in zip(linear, reward_variables(d), strict=True)))
    taste = Taste(reward=Reward(polynomial=polynomial))
    _, tilted, domain = GaussianCovariance(d).tilted(state(mean, covariance), taste)
    assert domain == ()
    assert tilted == state(Matrix(mean) + covariance * Matrix(linear), covariance)


@settings(max_examples=8)
@given(data=st.data(), d=st.integers(1, 3), strength=positive(2))
def test_domain_of_a_tilt_is_where_the_tilted_precision_is_positive_definite(data, d, strength):
    covariance = Matrix(data.draw(covariances(d)))
    x = Matrix(reward_variables(d))
    entries = data.draw(st.lists(rationals(-1, 1, 3), min_size=d * d, max_size=d * d))
    curvature = Matrix(d, d, entries)
    curvature = (curvature + curvature.T) / 2
    taste = Taste(reward=Reward(polynomial=sympy.expand((x.T * curvature * x)[0] / 2)), strength=strength)
    _, tilted, domain = GaussianCovariance(d).tilted(state([0] * d, covariance), taste)
    precision = covariance.inv() - strength * curvature
    inside = precision.is_positive_definite
    assert all(c > 0 for c in domain) is inside
    if inside:
        assert tilted == state([0] * d, precision.inv())


@settings(max_examples=8)
@given(mean=rationals(-2, 2), variance=positive(), bend=rationals(-1, 1), slope=rationals(-1, 1))
def test_one_dimension_is_the_gaussian_of_mean_and_variance(mean, variance, bend, slope):
    x = reward_variables(1)[0]
    taste = Taste(reward=Reward(polynomial=sympy.expand(slope * x + bend * x**2 + 3)))
    (_, wide, wide_domain), (_, plain, plain_domain) = (
        family.tilted((mean, variance), taste) for family in (GaussianCovariance(1), Gaussian())
    )
    assert wide == plain
    assert all(c > 0 for c in wide_domain) is all(c > 0 for c in plain_domain)
    assert GaussianCovariance(1).expected_reward(
        taste.reward, (mean, variance)
    ) == Gaussian().expected_reward(taste.reward, (mean, variance))


def test_channels_carry_the_covariance_to_gaussians_of_any_dimension():
    law = FamilyLaw(GaussianCovariance(2), state(MEAN, COVARIANCE))
    matrix, shift = Matrix([[2, -1], [R(1, 2), 3], [0, 1]]), Matrix([1, 0, -2])
    moved = ChanneledLaw(law, Channel(matrix=matrix, shift=shift))
    wide = GaussianCovariance(3)
    expected = state(matrix * Matrix(MEAN) + shift, matrix * COVARIANCE * matrix.T)
    assert tuple(map(sympy.expand, wide.refit(moved.expectations(wide.statistic)))) == expected
    row = ChanneledLaw(law, Channel(matrix=matrix.row(0), shift=Matrix([shift[0]])))
    plain = Gaussian().refit(row.expectations(Gaussian().statistic))
    assert tuple(map(sympy.expand, plain)) == (expected[0], expected[3])
    located = GaussianLocation(COVARIANCE)
    assert law.expectations(located.statistic) == MEAN
    read = GaussianCovariance(2).refit(FamilyLaw(located, MEAN).expectations(GaussianCovariance(2).statistic))
    assert tuple(map(sympy.expand, read)) == state(MEAN, COVARIANCE)


def test_fourth_moments_follow_isserlis():
    m, s = sympy.symbols("m0 m1"), sympy.symbols("s00 s01 s11")
    fourth = GaussianCovariance(2).expected_feature(X1**2 * X2**2, (0, 0, *s))
    assert sympy.expand(fourth) == s[0] * s[2] + 2 * s[1] ** 2
    third = GaussianCovariance(2).expected_feature(X1**2 * X2, (*m, *s))
    assert sympy.expand(third) == sympy.expand(m[1] * (m[0] ** 2 + s[0]) + 2 * m[0] * s[1])


FILE = """
name = "covariances"
[users.u]
reward = "x1 - x2/2"
strength = "1/4"
[models.p]
family = "gaussian-covariance"
dimension = 2
users = "u"
real = { share = "1/2", mean = [0, 0], covariance = [[1, "1/3"], ["1/3", 2]] }
reads = [{ from = "p", share = "1/2", curated = true }]
"""


def test_an_ecosystem_in_two_dimensions_is_solved_and_agrees_with_iteration():
    update = derive(from_text(FILE).ecosystem)
    names = ["p.mean[0]", "p.mean[1]", "p.covariance[0,0]", "p.covariance[0,1]", "p.covariance[1,1]"]
    assert [s.name for s in update.state] == names
    found = solve(update, Budget(digits=30).started())
    assert found.reached_detail is Reached.CONVERGED
    reached = found.found[found.reached]
    assert reached.existence is Existence.CERTIFIED
    u = mpmath.matrix([[mpmath.mpf(1) / 4], [-mpmath.mpf(1) / 8]])
    with mpmath.workdps(40):
        real = mpmath.matrix([[1, mpmath.mpf(1) / 3], [mpmath.mpf(1) / 3, 2]])
        mean, covariance = mpmath.matrix(2, 1), real.copy()
        for _ in range(400):
            made = mean + covariance * u
            covariance = (real + covariance) / 2 + made * made.T / 4
            mean = made / 2
        digits = [*mean, covariance[0, 0], covariance[0, 1], covariance[1, 1]]
        for ball, value in zip(reached.point, digits, strict=True):
            assert abs(mpmath.mpf(ball.mid().str(40, radius=False)) - value) < mpmath.mpf(10) ** -29


@pytest.mark.parametrize(
    ("wrong", "place", "expected"),
    [
        ("dimension = 0", "models.p.dimension", "an integer from 1 to"),
        ('dimension = "3/2"', "models.p.dimension", "an integer from 1 to"),
        ("dimension = 7", "models.p.dimension", "an integer from 1 to"),
        ("dimension = 3", "models.p.real.mean", "3 numbers"),
        ("", "models.p", "dimension"),
    ],
)
def test_a_dimension_that_does_not_fit_is_refused(wrong, place, expected):
    with pytest.raises(InvalidInput) as problem:
        from_text(FILE.replace("dimension = 2", wrong))
    assert place in str(problem.value)
    assert expected in str(problem.value)


@pytest.mark.parametrize(
    "wrong", ["[[1, 2], [2, 1]]", '[[1, 0], ["1/3", 2]]', "[[1, 0]]", "[[0, 0], [0, 1]]"]
)
def test_a_covariance_that_is_not_positive_definite_is_refused(wrong):
    text = FILE.replace('[[1, "1/3"], ["1/3", 2]]', wrong)
    with pytest.raises(InvalidInput, match=r"models\.p\.real\.covariance"):
        from_text(text)


def test_the_setting_is_required_by_the_family_itself():
    with pytest.raises(InvalidInput, match="dimension"):
        GaussianCovariance.from_settings({}, ExactInput(), "models.p")


def test_real_data_are_one_fixed_point_without_curation():
    start = state(MEAN, COVARIANCE)
    p = Model(
        name="p",
        family=GaussianCovariance(2),
        start=start,
        real=RealData(share=R(1, 3), state=start),
        reads=(Stream(producer="p", share=R(2, 3)),),
    )
    update = derive(Ecosystem(name="one", models=(p,)))
    at = dict(zip(update.state, start, strict=True))
    assert tuple(sympy.expand(g.xreplace(at)) for g in update.step) == start

"""Dirichlet laws of three parts and more: against integrals, against beta laws, and what is refused."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.iteration import difference_quotient, iterated
from oracles.iteration import to_mpf as to_number
from oracles.quadrature import to_mpf
from strategies.families import rationals

from theory.analysis import analyze
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.equilibrium.result import Existence, Reached
from theory.equilibrium.solve import solve
from theory.errors import InvalidInput
from theory.families.dirichlet import Dirichlet
from theory.update_map import derive

R = sympy.Rational
CONCENTRATIONS = (R(7, 2), R(4), R(5, 2))
parts = st.lists(rationals(R(1, 4), 6), min_size=2, max_size=6).map(tuple)


def over_three_parts(functions):
    """E[f] under the density ∏ x_k^(α_k − 1) in x₁, x₂, by the trapezoidal rule on logit scales.

    With x₁ = u, x₂ = (1 − u)v and logits of u and v; steps of 1/5 leave errors near e^(−10π²).
    """
    powers = [mpmath.mpf(a.p) / a.q for a in CONCENTRATIONS]
    logits = [mpmath.mpf(k) / 5 for k in range(-150, 151)]
    sides = [(mpmath.log1p(mpmath.exp(-t)), mpmath.log1p(mpmath.exp(t))) for t in logits]
    totals = [mpmath.mpf(0)] * (1 + len(functions))
    for near_u, far_u in sides:
        for near_v, far_v in sides:
            logs = (-near_u, -far_u - near_v, -far_u - far_v)
            exponent = sum(a * x for a, x in zip(powers, logs, strict=True))
            if exponent > -80:
                weight = mpmath.exp(exponent)
                values = (1, *(f(*logs) for f in functions))
                totals = [t + weight * v for t, v in zip(totals, values, strict=True)]
    return [t / totals[0] for t in totals[1:]]


@pytest.mark.slow
def test_moments_of_three_parts_are_integrals_over_the_triangle():
    family = Dirichlet(3)
    information = family.fisher_information(CONCENTRATIONS)
    x1, _, x3 = family.variables
    with mpmath.workdps(34):
        logs = [lambda *x, k=k: x[k] for k in range(3)]
        products = [lambda *x, j=j, k=k: x[j] * x[k] for j in range(3) for k in range(3)]
        monomial = [lambda *x: mpmath.exp(x[0] + 2 * x[2])]
        found = over_three_parts([*logs, *products, *monomial])
        means = found[:3]
        for value, exact in zip(means, family.gradient(CONCENTRATIONS), strict=True):
            assert abs(value - to_mpf(exact)) < mpmath.mpf(10) ** -25
        for position, second in enumerate(found[3:12]):
            j, k = divmod(position, 3)
            assert abs(second - means[j] * means[k] - to_mpf(information[j, k])) < mpmath.mpf(10) ** -25
        assert abs(found[12] - to_mpf(family.expected_feature(x1 * x3**2, CONCENTRATIONS))) < 1e-25


@settings(max_examples=4)
@given(concentrations=parts)
def test_gradient_and_fisher_information_are_digammas_and_trigammas(concentrations):
    family = Dirichlet(len(concentrations))
    information = family.fisher_information(concentrations)
    with mpmath.workdps(60):
        alpha = [mpmath.mpf(a.p) / a.q for a in concentrations]
        for k, mean in enumerate(family.gradient(concentrations)):
            exact = mpmath.digamma(alpha[k]) - mpmath.digamma(sum(alpha))
            assert abs(to_mpf(mean) - exact) < mpmath.mpf(10) ** -25
            for j in range(len(alpha)):
                own = mpmath.polygamma(1, alpha[k]) if j == k else 0
                exact = own - mpmath.polygamma(1, sum(alpha))
                assert abs(to_mpf(information[j, k]) - exact) < mpmath.mpf(10) ** -25


@settings(max_examples=5)
@given(concentrations=parts, data=st.data())
def test_one_part_of_many_is_a_beta_variable(concentrations, data):
    """E[x_k^n] and E[log x_k] are integrals of the marginal density, with parameters α_k and Σα − α_k."""
    family = Dirichlet(len(concentrations))
    k = data.draw(st.integers(0, len(concentrations) - 1))
    with mpmath.workdps(30):
        own, total = (mpmath.mpf(R(a).p) / R(a).q for a in (concentrations[k], sum(concentrations)))
        rest = total - own
        for n in (1, 2, 3):
            exact = mpmath.beta(own + n, rest) / mpmath.beta(own, rest)
            found = family.expected_feature(family.variables[k] ** n, concentrations)
            assert abs(to_mpf(found) - exact) < mpmath.mpf(10) ** -25
        slope = mpmath.diff(lambda a: mpmath.log(mpmath.beta(a, rest)), own)
        assert abs(to_mpf(family.mean_parameter(concentrations)[k]) - slope) < 1e-12


def test_tiny_concentrations_still_make_parts_of_a_whole():
    made = Dirichlet(3).sample(np.full((3, 2000), 1e-3), np.random.default_rng(4))
    assert np.all(np.isfinite(made))
    assert np.allclose(made.sum(axis=0), 1)
    assert np.all(abs((made > 0.5).mean(axis=1) - 1 / 3) < 0.06)


def ecosystem(family, real, rewards, reads=""):
    return f"""
[users.u]
reward = "{rewards[0]}"
strength = "1/2"
[users.v]
reward = "{rewards[1]}"
[models.p]
{family}
users = "u"
real = {{ share = "1/2", {real[0]} }}
reads = [{{ from = "p", share = "1/4", curated = true }}, {{ from = "q", share = "1/4" }}]
[models.q]
{family}
users = "v"
real = {{ share = "2/3", {real[1]} }}
reads = [{{ from = "p", share = "1/3", curated = true, by = "v" }}]
{reads}
"""


PARTS = 'family = "dirichlet"\nparts = {}'.format
TWO_PARTS = ecosystem(
    PARTS(2), ("concentrations = [2, 3]", "concentrations = [3, '5/2']"), ("log(x1)", "log(x2) - log(x1)/3")
)
BETA = ecosystem(
    'family = "beta"', ("alpha = 2, beta = 3", "alpha = 3, beta = '5/2'"), ("log(x)", "log(1 - x) - log(x)/3")
)


@pytest.mark.slow
def test_two_parts_have_the_equilibrium_of_beta_laws():
    first, second = (solve(derive(from_text(text).ecosystem), Budget()) for text in (TWO_PARTS, BETA))
    for found in (first, second):
        assert found.found[0].existence is Existence.CERTIFIED
        assert found.reached == 0
        assert found.reached_detail is Reached.CONVERGED
    for one, other in zip(first.found[0].point, second.found[0].point, strict=True):
        assert one.overlaps(other)
        assert one.rad() < 1e-25


THREE_TOPICS = ecosystem(
    PARTS(3),
    ("concentrations = [2, 3, 4]", "concentrations = [3, 3, 2]"),
    ("log(x1)", "log(x3)/2 - log(x1)/4"),
)


@pytest.mark.slow
def test_three_parts_have_a_certified_equilibrium_with_the_influences_of_finite_differences():
    found = analyze(from_text(THREE_TOPICS).ecosystem, Budget(digits=20), knob="users.v.strength")
    update, report = found.update_map, found.reached
    assert report.equilibrium.existence is Existence.CERTIFIED
    assert found.equilibria.reached_detail is Reached.CONVERGED
    with mpmath.workdps(60):
        end = iterated(update, 50, 500, mpmath.mpf(10) ** -24)
        for value, ball in zip(end, report.equilibrium.point, strict=True):
            assert abs(value - to_number(ball)) < mpmath.mpf(10) ** -22
            assert ball.rad() < 1e-20
        knobs = {k.name: k for k in update.knobs}
        for row in report.influence:
            expected = difference_quotient(update, knobs[row.knob], row.on, end, digits=45)
            assert abs(to_number(row.total) - expected) < mpmath.mpf(10) ** -14
            assert row.total.rad() < 1e-18


def test_gaussians_read_the_means_of_the_parts():
    text = """
[models.p]
family = "dirichlet"
parts = 3
real = { share = 1, concentrations = [1, 2, 3] }
[models.g]
family = "gaussian-location"
covariance = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
real = { share = "1/2", mean = [0, 0, 1] }
reads = [{ from = "p", share = "1/2" }]
"""
    update = derive(from_text(text).ecosystem)
    after = dict(zip(update.state, update.step, strict=True))
    at = dict(zip(update.state, update.start, strict=True))
    means = [after[s].xreplace(at) for s in update.state if s.name.startswith("g.")]
    assert means == [R(1, 12), R(1, 6), R(3, 4)]


def test_a_choice_that_leaves_the_domain_has_no_law():
    text = ecosystem(PARTS(3), ("concentrations = [2, 3, 4]",) * 2, ("-5*log(x1)", "log(x2)"))
    update = derive(from_text(text).ecosystem)
    at = dict(zip(update.state, update.start, strict=True))
    assert min(update.at_values(d).xreplace(at) for d in update.domain) == R(-1, 2)
    found = solve(update, Budget())
    assert found.reached is None
    assert found.reached_detail is Reached.LEAVES_DOMAIN


def test_a_beta_law_of_much_concentration_is_refused():
    with pytest.raises(InvalidInput, match=r"alpha: expected a number of at most 1000"):
        from_text(BETA.replace("alpha = 2", "alpha = 10000"))


THREE = ecosystem(PARTS(3), ("concentrations = [2, 3, 4]",) * 2, ("log(x1)", "log(x2)"))
REFUSED = {
    "no parts": ("\nparts = 3", "", "key `parts`"),
    "one part": ("parts = 3", "parts = 1", "an integer from 2 to 6"),
    "seven parts": ("parts = 3", "parts = 7", "an integer from 2 to 6"),
    "half a part": ("parts = 3", "parts = '5/2'", "an integer from 2 to 6"),
    "too few concentrations": ("[2, 3, 4]", "[2, 3]", "concentrations"),
    "no concentration": ("[2, 3, 4]", "[2, 0, 4]", r"concentrations\[1\]: expected a number > 0"),
    "much concentration": ("[2, 3, 4]", "[2, 1001, 4]", r"\[1\]: expected a number of at most 1000"),
    "a reward of shares": ("log(x2)", "x2", r"log\(x2\)"),
    "a stranger": ("log(x2)", "log(x)", "x1 to x3"),
    "a stranger among the parts": ("log(x2)", "log(x4)", "x1 to x3"),
    "a finite pool": ('"1/2"\n[users.v]', '"1/2"\npool = 3\n[users.v]', 'pool = "inf"'),
    "a channel": ('share = "1/4" }]', 'share = "1/4", channel = { shift = [0, 0, 1] } }]', "Gaussian"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), REFUSED.values(), ids=REFUSED)
def test_files_that_break_a_rule_are_refused(old, new, message):
    assert old in THREE
    with pytest.raises(InvalidInput, match=message):
        from_text(THREE.replace(old, new))


def test_other_numbers_of_parts_are_not_read():
    more = '[models.other]\nfamily = "dirichlet"\nparts = 2\n'
    more += 'real = { share = "1/2", concentrations = [1, 1] }\nreads = [{ from = "p", share = "1/2" }]'
    with pytest.raises(
        InvalidInput, match=r"reads\[0\]\.from: expected a model of dimension 2, found 'p' of di"
    ):
        from_text(THREE + more)

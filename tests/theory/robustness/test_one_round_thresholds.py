"""Thresholds of one round against the theorems in exact rationals, and against integrals."""

from __future__ import annotations

import mpmath
import pytest
import sympy
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.robustness.adversarial import adversarial_ecosystem
from theory.robustness.measures import Quantity, measures
from theory.robustness.rows import Verdict, When
from theory.robustness.short_run import short_run
from theory.update_map import derive

R = sympy.Rational
GAUSSIAN = """
[users.u]
reward = "{slope}*x"
[models.m]
family = "{family}"
{setting}
users = "u"
start = {start}
reads = [{{ from = "m", share = 1, curated = true }}]
"""


def rows(text, users="u", model="m"):
    """One row a quantity."""
    adversarial = adversarial_ecosystem(from_text(text).ecosystem, users)
    update_map = derive(adversarial.ecosystem)
    found = short_run(adversarial, update_map, measures(update_map), Budget().started())
    mine = {row.quantity: row for row in found if row.model == model}
    assert all(row.when is When.ONE_ROUND for row in mine.values())
    return mine


def share(row):
    assert row.verdict is Verdict.FALLS
    return row.course.falls.share


def on_the_line(slope, variance, *, fitted):
    family = "gaussian" if fitted else "gaussian-location"
    start = f'{{ mean = "1/3", variance = "{variance}" }}' if fitted else '{ mean = "1/3" }'
    setting = "" if fitted else f'variance = "{variance}"'
    return GAUSSIAN.format(slope=slope, family=family, setting=setting, start=start)


@pytest.mark.parametrize(("slope", "variance"), [(2, "3/16"), (1, "5/7"), ("1/2", 3)])
def test_gaussian_thresholds_are_those_of_the_theorem(slope, variance):
    """robust.sigmoid-threshold."""
    z = R(slope) ** 2 * R(variance)
    sigmoid = sympy.exp(z) / (1 + sympy.exp(z))
    for fitted in (True, False):
        found = rows(on_the_line(slope, variance, fitted=fitted))
        assert found[Quantity.REWARD].course.falls.exact == fmpq(1, 2)
        assert sympy.simplify(found[Quantity.WEIGHT_READ].formula - sigmoid) == 0
        refitted = (z - 1 + sympy.sqrt(1 + z**2)) / (2 * z) if fitted else R(1, 2)
        assert sympy.simplify(found[Quantity.WEIGHT].formula - refitted) == 0


@pytest.mark.parametrize(("slope", "variance"), [(1, "5/7"), ("1/2", 3)])
def test_enclosures_contain_the_digits_of_the_formulas(slope, variance):
    found = rows(on_the_line(slope, variance, fitted=True))
    for row in (found[Quantity.WEIGHT], found[Quantity.WEIGHT_READ]):
        digits = arb(str(sympy.N(row.formula, 60)))
        assert abs(share(row) - digits) < arb("1e-58")
        assert share(row).rad() < arb("1e-30")


def test_thresholds_of_a_refit_by_roots_are_exact_or_enclosed():
    """E[r] of an asymmetric Laplace model is a mean; E[a] after the fit holds √(u² − v²)."""
    text = """
[users.u]
reward = "x - abs(x)/3"
strength = "1/4"
adversary = { share = "1/10", reward = "-x", strength = "1/3" }
[models.m]
family = "asymmetric-laplace"
users = "u"
real = { share = "1/2", above = 1, below = "1/2" }
reads = [{ from = "m", share = "1/2", curated = true }]
"""
    found = rows(text)

    def mean(slope, rise):
        up, down = 1 / (1 - rise - slope), 1 / (2 - rise + slope)
        return up - down - (up**2 + down**2) / (up + down) / 3

    honest, other = mean(R(1, 4), -R(1, 12)), mean(-R(1, 3), R(0))
    start = mean(R(0), R(0))
    assert (honest - start) / (honest - other) == R(2596, 6187)
    assert found[Quantity.REWARD].course.falls.exact == fmpq(2596, 6187)
    assert abs(share(found[Quantity.WEIGHT]) - arb("0.437376017055")) < arb("1e-12")


@st.composite
def crowds(draw):
    """A law, weights e^r of the users and of the adversaries, on three atoms."""
    law = [draw(st.integers(1, 5)) for _ in range(3)]
    weights = [[R(draw(st.integers(1, 8)), 2) for _ in range(3)] for _ in range(2)]
    return [R(p, sum(law)) for p in law], *weights


@settings(max_examples=25, deadline=None)
@given(crowds())
def test_threshold_of_the_weight_is_exact_on_finite_supports(crowd):
    """robust.threshold: V/(V + |C|) where the covariance C is negative, else none."""
    law, a, b = crowd
    mean_a, mean_b = (sum(p * w for p, w in zip(law, weights, strict=True)) for weights in (a, b))
    spread = sum(p * w**2 for p, w in zip(law, a, strict=True)) / mean_a - mean_a
    joint = sum(p * w * v for p, w, v in zip(law, a, b, strict=True)) / mean_b - mean_a
    listed = [str([f"log({w})" for w in weights]).replace("'", '"') for weights in (a, b)]
    found = rows(f"""
[users.u]
reward = {listed[0]}
adversary = {{ share = 0, reward = {listed[1]} }}
[models.m]
family = "categorical"
atoms = ["one", "two", "three"]
users = "u"
start = {{ probabilities = {str([str(p) for p in law]).replace("'", '"')} }}
reads = [{{ from = "m", share = 1, curated = true }}]
""")
    row = found[Quantity.WEIGHT]
    assert Quantity.WEIGHT_READ not in found
    if joint < 0:
        wanted = spread / (spread - joint)
        assert row.course.falls.exact == fmpq(int(wanted.p), int(wanted.q))
        assert row.course.crossings[-1].exact == row.course.falls.exact or spread == 0
    elif spread == joint == 0:
        assert row.verdict is Verdict.UNAFFECTED
    else:
        assert row.verdict is Verdict.NEVER


def test_integrals_agree_about_another_family():
    """Exponential law of mean 1, e^{x/6}: E of what is read, by quadrature."""
    found = rows("""
[users.u]
reward = "x"
strength = "1/6"
[models.m]
family = "exponential"
users = "u"
real = { share = "1/2", mean = 1 }
reads = [{ from = "m", share = "1/2", curated = true }]
""")
    row = found[Quantity.WEIGHT_READ]
    phi = mpmath.mpf(str(row.course.falls.exact.p)) / int(row.course.falls.exact.q)

    def mean(tilt, function):
        total = mpmath.quad(lambda x: mpmath.exp((tilt - 1) * x), [0, mpmath.inf])
        return mpmath.quad(lambda x: function(x) * mpmath.exp((tilt - 1) * x), [0, mpmath.inf]) / total

    def weight(x):
        return mpmath.exp(x / 6)

    sixth = mpmath.mpf(1) / 6
    kept = (1 - phi) * mean(sixth, weight) + phi * mean(-sixth, weight)
    assert abs(kept - mean(0, weight)) < 1e-10
    assert found[Quantity.REWARD].course.falls.exact == fmpq(7, 12)


def test_choices_that_do_not_exist_are_said_not_to():
    found = rows("""
[users.u]
reward = "-2*x**2"
[models.m]
family = "gaussian"
users = "u"
real = { share = "1/2", mean = 0, variance = 1 }
reads = [{ from = "m", share = "1/2", curated = true }]
""")
    assert {row.verdict for row in found.values()} == {Verdict.UNDEFINED}


def test_model_that_reads_nothing_curated_is_unaffected():
    text = (
        on_the_line(1, 1, fitted=True)
        + """
[models.other]
family = "gaussian"
users = "u"
real = { share = 1, mean = 0, variance = 1 }
"""
    )
    found = rows(text, model="other")
    assert found[Quantity.REWARD].verdict is Verdict.UNAFFECTED

"""Witnesses of the catalogue, found again from ecosystem files alone."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
import sympy
from flint import arb, ctx, fmpq

from theory.analysis import analyze
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.stability import Stability
from theory.update_map import derive

DIGITS = 30
FLIP = """
[users.up]
reward = "x"
[users.down]
reward = "-x"
[users.half]
reward = "x"
strength = "1/2"
[models.p]
family = "gaussian-location"
variance = 1
users = "up"
real = { share = "2/5", mean = 12 }
start = { mean = 1 }
reads = [
  { from = "p", share = "1/10", curated = true },
  { from = "q", share = "1/2", curated = true, by = "down" },
]
[models.q]
family = "gaussian-scale"
users = "half"
real = { share = "1/4", variance = 4 }
start = { variance = 8 }
reads = [{ from = "p", share = "1/2" }, { from = "q", share = "1/4", curated = true, by = "half" }]
"""
LATTICE = """
[users.u]
reward = [0, 2, 1]
strength = "2*log(2)"
[models.p]
family = "lattice"
support = [0, 1, 2]
users = "u"
real = { share = "1/2", mean = "6/7" }
reads = [{ from = "p", share = "1/2", curated = true }]
"""
PITCHFORK = """
[users.up]
reward = "x"
strength = "4*log(2)"
[users.down]
reward = "-x"
strength = "4*log(2)"
[models.p]
family = "lattice"
support = [-1, 0, 1]
weights = [1, 18, 1]
users = "up"
real = {{ share = "1/2", mean = 0 }}
start = {{ mean = "{start}" }}
reads = [
  {{ from = "p", share = "1/4", curated = true }},
  {{ from = "p", share = "1/4", curated = true, by = "down" }},
]
"""
FOLD = """
[parameters]
beta = {{ value = "1/100", range = [0, 10] }}
[users.u]
reward = "x"
strength = "beta"
[models.p]
family = "{family}"
{settings}
users = "u"
real = {{ share = "{share}", mean = "{mean}" }}
reads = [{{ from = "p", share = "{rest}", curated = true }}]
"""


def reached(text):
    """The reached equilibrium of a file's ecosystem."""
    found = analyze(from_text(text).ecosystem, Budget(digits=DIGITS)).reached
    assert found is not None
    assert found.equilibrium.stability is Stability.STABLE
    return found


def effect(report, knob, on):
    (found,) = (i for i in report.influence if (i.knob, i.on) == (knob, on))
    return found


def exactly(ball, value):
    """Whether a ball holds a rational number and little else."""
    with ctx.workprec(4096):
        return ball.contains(fmpq(*value)) and ball.rad() < arb(10) ** -DIGITS


def test_a_model_of_another_family_flips_a_mean():
    influence = effect(reached(FLIP), "users.up.strength", "p")
    assert exactly(influence.total, (-1, 11))
    assert exactly(influence.direct, (1, 10))


def test_a_lattice_model_alone_loses_by_its_own_strength():
    influence = effect(reached(LATTICE), "users.u.strength", "p")
    assert exactly(influence.total, (-2, 123))
    assert exactly(influence.direct, (-2, 147))


@pytest.mark.parametrize("start", ["1/5", "-1/5"])
def test_a_neutral_model_has_two_stable_means(start):
    (mean,) = reached(PITCHFORK.format(start=start)).equilibrium.point
    expected = arb("0.13106663454547701255812478645301 +/- 1e-32")
    assert (mean if start == "1/5" else -mean).overlaps(expected)
    assert mean.rad() < arb(10) ** -DIGITS


@pytest.mark.parametrize("share", ["1/3", "1/2", "3/4"])
@pytest.mark.parametrize(("base", "odds"), [(2, 3), (18, 16), (18, 5), (40, 30)])
def test_the_neutral_mean_loses_its_stability_where_it_should(share, base, odds):
    """J at 0 exceeds 1 iff (1 − a)(2 + BC)(2 + B) > (2C + B)², C = cosh b."""
    text = PITCHFORK.format(start=0).replace("18", str(base)).replace("4*log(2)", f"log({odds})")
    curated = str((1 - Fraction(share)) / 2)
    update = derive(from_text(text.replace('"1/2"', f'"{share}"').replace('"1/4"', f'"{curated}"')).ecosystem)
    program = Program.compile([update.at_values(e) for e in update.jacobian], update.coordinates)
    with mpmath.workdps(DIGITS):
        (slope,) = program.evaluate(HighPrecisionArithmetic(DIGITS), [mpmath.mpf(0)])
    c, a = Fraction(odds * odds + 1, 2 * odds), Fraction(share)
    assert (slope > 1) == ((1 - a) * (2 + base * c) * (2 + base) > (2 * c + base) ** 2)


@pytest.mark.parametrize(
    ("family", "settings", "shape"),
    [("gamma", "shape = 3", 3), ("exponential", "", 1), ("geometric", "", None), ("poisson", "", None)],
)
@pytest.mark.parametrize(("share", "mean"), [("1/2", "5/18"), ("1/5", "2"), ("9/10", "1/3")])
def test_folds_are_where_the_claim_says(family, settings, shape, share, mean):
    """μ = G(μ) and G'(μ) = 1 solved in (μ, β) at 50 digits from the derived map, against the closed form."""
    rest = str(1 - Fraction(share))
    text = FOLD.format(family=family, settings=settings, share=share, mean=mean, rest=rest)
    update = derive(from_text(text).ecosystem)
    (mu,), (beta,) = update.coordinates, [s for s, _ in update.values if s.name == "beta"]
    offsets = {s: sympy.S.Zero for s, _ in update.values if s != beta}
    step = update.reduced_step[0].xreplace(offsets)
    program = Program.compile([step - mu, step.diff(mu) - 1], (mu, beta))
    with mpmath.workdps(50):
        strength, place = fold(family, shape, decimal(share), decimal(mean))
        arithmetic = HighPrecisionArithmetic(50)
        if place is None:
            (_, slope) = program.evaluate(arithmetic, [mpmath.mpf(7), strength])
            assert abs(slope) < mpmath.mpf(10) ** -45
            return
        near = (place * mpmath.mpf("1.001"), strength * mpmath.mpf("0.999"))
        found = mpmath.findroot(lambda *x: list(program.evaluate(arithmetic, list(x))), near)
        assert abs(found[1] - strength) < mpmath.mpf(10) ** -DIGITS
        assert abs(found[0] - place) < mpmath.mpf(10) ** -DIGITS


def decimal(text):
    number = Fraction(text)
    return mpmath.mpf(number.numerator) / number.denominator


def fold(family, shape, share, mean):
    """The greatest strength and the mean there, by the claim's closed forms; no fold for Poisson laws."""
    root = mpmath.sqrt(1 - share)
    if family == "poisson":
        return -mpmath.log(1 - share), None
    if family == "geometric":
        q, p = mpmath.sqrt(mean), root * mpmath.sqrt(1 + mean)
        return mpmath.log(1 + share / (q + p) ** 2), q * (q + p)
    return shape * (1 - root) / (1 + root) / mean, (1 + root) * mean

"""Thresholds at equilibrium against known digits, laws, and equilibria that are solved apart."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
import sympy
from flint import arb, fmpq

from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.equilibrium.exact import to_sympy
from theory.equilibrium.solve import solve
from theory.robustness.adversarial import adversarial_ecosystem
from theory.robustness.course import Side
from theory.robustness.long_run import long_run
from theory.robustness.measures import Quantity, measures
from theory.robustness.rows import Reference, Verdict
from theory.update_map import derive

CROSSING = "0.52840680475076414752242110955542"
THREE_POINTS = """
[users.u]
reward = ["-log(2)", 0, "log(2)"]
[models.m]
family = "categorical"
atoms = ["low", "middle", "high"]
users = "u"
real = { share = "1/2", probabilities = ["1/4", "1/2", "1/4"] }
reads = [{ from = "m", share = "1/2", curated = true }]
"""
TWO_ATOMS = """
[users.u]
reward = ["log(2)", 0]
adversary = { share = 0, reward = [0, "log(2)"] }
[models.m]
family = "categorical"
atoms = ["one", "two"]
users = "u"
start = { probabilities = ["1/3", "2/3"] }
reads = [{ from = "m", share = 1, curated = true }]
"""
FOLD = """
[users.u]
reward = "x"
strength = "1/10"
adversary = {{ share = 0, reward = "x", strength = "{strength}" }}
[models.m]
family = "exponential"
users = "u"
real = {{ share = "1/2", mean = 1 }}
reads = [{{ from = "m", share = "1/2", curated = true }}]
"""


def rows(text, users="u"):
    adversarial = adversarial_ecosystem(from_text(text).ecosystem, users)
    update_map = derive(adversarial.ecosystem)
    found = long_run(adversarial, update_map, measures(update_map), Budget())
    return {(row.model, row.quantity, row.reference): row for row in found}


def test_crossing_of_the_equilibrium_identity_is_enclosed_to_thirty_digits():
    """robust.equilibrium-identity: E e^r; by symmetry E r crosses at one half."""
    found = rows(THREE_POINTS)
    row = found["m", Quantity.WEIGHT, Reference.REAL_DATA]
    (crossing,) = row.course.crossings
    assert abs(crossing.share - arb(CROSSING)) < arb("1e-31")
    assert crossing.share.rad() < arb("1e-30")
    assert row.course.until == 1
    cubic = lambda x: 11200 * x**3 - 31152 * x**2 + 10020 * x + 1751  # noqa: E731
    assert cubic(crossing.share).contains(0)
    plain = found["m", Quantity.REWARD, Reference.REAL_DATA].course.falls
    assert plain.share.contains(arb("0.5"))
    assert plain.share.rad() < arb("1e-30")


def test_shipped_example_has_that_crossing(example_text):
    found = rows(example_text("adversaries"), "fans")
    assert abs(found["m", Quantity.WEIGHT, Reference.REAL_DATA].course.falls.share - arb(CROSSING)) < arb(
        "1e-31"
    )


def test_without_raw_reading_no_choice_is_the_real_data():
    found = rows(THREE_POINTS)
    for quantity in (Quantity.REWARD, Quantity.WEIGHT):
        real, none = (found["m", quantity, r] for r in (Reference.REAL_DATA, Reference.NO_CHOICE))
        assert real.course.falls.share.overlaps(none.course.falls.share)


def test_first_adversaries_lower_what_users_gain():
    found = rows(THREE_POINTS)
    row = found["m", Quantity.REWARD, Reference.NO_ADVERSARIES]
    assert (row.course.at_zero, row.course.after_zero) == (Side.EQUAL, Side.BELOW)
    assert (row.verdict, row.course.falls.exact) == (Verdict.FALLS, 0)


def test_curve_is_given_up_where_the_vertex_loses_stability():
    """robust.long-run: p*(x_1) = clip(2 − 3φ, 0, 1) leaves the vertex at φ = 1/3."""
    row = rows(TWO_ATOMS)["m", Quantity.REWARD, Reference.NO_ADVERSARIES]
    assert row.verdict is Verdict.UNDECIDED
    assert fmpq(33, 100) < row.course.until < fmpq(1, 3)
    assert "stable" in row.detail


@pytest.mark.parametrize("strength", ["1/2", "1/3"])
def test_curve_ends_before_the_equilibria_vanish(strength):
    """People who want the same more decisively: the fold of the exponential model (scalar.folds)."""
    adversarial = adversarial_ecosystem(from_text(FOLD.format(strength=strength)).ecosystem, "u")
    update_map = derive(adversarial.ecosystem)
    found = rows(FOLD.format(strength=strength))
    until = found["m", Quantity.REWARD, Reference.NO_ADVERSARIES].course.until
    assert 0 < until < 1
    (symbol,), (step,) = update_map.coordinates, update_map.reduced_step
    at = update_map.at_values(step)

    def equilibria(share):
        equation = sympy.together(at.xreplace({adversarial.share: share}) - symbol)
        roots = sympy.Poly(sympy.fraction(equation)[0], symbol).real_roots()
        return [r for r in roots if 0 < r < 1 / max(sympy.Rational(strength), sympy.Rational(1, 10))]

    assert len(equilibria(to_sympy(until))) >= 2
    assert len(equilibria(to_sympy(until + fmpq(1, 1000)))) < len(equilibria(sympy.S.Zero) or [0, 0])


@pytest.mark.parametrize("name", ["conflict-atoms", "two-curators"])
def test_crossings_separate_equilibria_that_are_solved_apart(name, example_text):
    text = example_text(name)
    users = from_text(text).ecosystem.users[0].name
    adversarial = adversarial_ecosystem(from_text(text).ecosystem, users)
    update_map = derive(adversarial.ecosystem)
    row = rows(text, users)[users_model(adversarial.ecosystem, users), Quantity.REWARD, Reference.NO_CHOICE]
    reference = alignment(derive(adversarial.without_choice()), row.model)
    crossing = Fraction(str(sympy.Rational(str(float(row.course.falls.share.mid())))))
    for offset, side in ((Fraction(-1, 1000), 1), (Fraction(1, 1000), -1)):
        share = sympy.Rational(crossing + offset)
        values = (*update_map.values, (adversarial.share, share))
        there = alignment(replace(update_map, values=values), row.model)
        assert (there - reference) * side > 0


def users_model(ecosystem, users):
    return next(m.name for m in ecosystem.models if m.users == users)


def alignment(update_map, model):
    """At the equilibrium that iteration reaches, in balls."""
    found = solve(update_map, Budget(digits=15).started())
    point = dict(zip(update_map.state, found.found[found.reached].point, strict=True))
    value = update_map.at_values(dict(update_map.alignments)[model])
    return sympy.lambdify(list(point), value)(*point.values())


def test_weight_without_a_mean_in_the_real_data_is_left_open():
    """The model's own users weigh by e^{2x}, whose mean under the exponential law of mean 1 is infinite."""
    found = rows(
        """
[users.keen]
reward = "x"
strength = 2
[users.u]
reward = "x"
strength = "1/10"
[models.m]
family = "exponential"
users = "keen"
real = { share = "1/2", mean = 1 }
reads = [{ from = "m", share = "1/2", curated = true, by = "u" }]
"""
    )
    row = found["m", Quantity.WEIGHT, Reference.REAL_DATA]
    assert (row.verdict, row.course) == (Verdict.UNDECIDED, None)
    assert "not proved to exist" in row.detail
    assert found["m", Quantity.REWARD, Reference.REAL_DATA].verdict is Verdict.FALLS

"""Closed-form equilibria and influences against balls and against the published formulas."""

from __future__ import annotations

import sympy
from flint import arb, ctx
from strategies.small_ecosystems import ecosystem, locations, one_exponential

from theory.analysis import analyze
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import Program
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.equilibrium.closed_forms.symbolic import symbolic_equilibrium
from theory.examples import text
from theory.influence.symbolic import symbolic_total
from theory.update_map import derive

GROUPS = """
name = "two groups"
[parameters]
a = { value = "1/2", range = ["1/10", "9/10"] }
w1 = { value = "1/6", range = ["0", "9/10"] }
t1 = { value = "1/2", range = [0, 2] }
t2 = { value = "2/3", range = [0, 2] }
M = { value = "5/18", range = [-5, 5] }
V = { value = "44/81", range = ["1/10", 5] }
[users.up]
reward = "x"
strength = "t1"
[users.down]
reward = "-x"
strength = "t2"
[models.m]
family = "gaussian"
users = "up"
real = { share = "a", mean = "M", variance = "V" }
reads = [
  { from = "m", share = "w1", curated = true },
  { from = "m", share = "1 - a - w1", curated = true, by = "down" },
]
"""
BITS = 400


def value(expression, update):
    at = expression.xreplace(dict(update.values))
    with ctx.workprec(BITS):
        return Program.compile([at], ()).evaluate(BallArithmetic(BITS), ())[0]


def assert_matches_balls(made):
    analysis = analyze(made, Budget(digits=30))
    update, reached = analysis.update_map, analysis.reached
    point = symbolic_equilibrium(update)
    for symbol, ball in zip(update.state, reached.equilibrium.point, strict=True):
        assert abs(value(point[symbol], update) - ball) < arb("1e-60")
    assert reached.influence
    for row in reached.influence:
        found = value(symbolic_total(update, row.knob, row.on), update)
        assert found.overlaps(row.total)
        assert abs(found - row.total) < arb("1e-60")


def test_user_groups_influence_is_the_published_formula():
    update = derive(ecosystem(GROUPS))
    a, w1, t1, t2, real_mean, real_variance = sympy.symbols("a w1 t1 t2 M V", real=True)
    w2, s2 = 1 - a - w1, -t2
    k = w1 * t1 + w2 * s2
    gamma = k**2 / a**2 + (w1 * t1**2 + w2 * s2**2) / a
    v = (1 - sympy.sqrt(1 - 4 * gamma * real_variance)) / (2 * gamma)
    point = symbolic_equilibrium(update)
    mean, variance = (point[s] for s in update.state)
    inner = w2 * s2 * (s2 - t1)
    published = (w1 * v / a) * (1 - (2 * v / a) * inner) / (1 - 2 * gamma * v)
    total = symbolic_total(update, "users.up.strength", "m")
    points = [
        dict(update.values),
        {
            a: sympy.Rational(3, 5),
            w1: sympy.Rational(1, 10),
            t1: sympy.Rational(1, 3),
            t2: sympy.Rational(1, 4),
            real_mean: sympy.Rational(-2),
            real_variance: sympy.Rational(7, 5),
        },
    ]
    for at in points:
        for found, expected in (
            (variance, v),
            (mean, real_mean + k * v / a),
            (total, published),
        ):
            with ctx.workprec(BITS):
                pair = [e.xreplace(at) for e in (found, expected)]
                first, second = Program.compile(pair, ()).evaluate(BallArithmetic(BITS), ())
                assert abs(first - second) < arb("1e-90")
    assert sympy.simplify(total.xreplace(dict(update.values))) == sympy.Rational(-1, 7)


def test_closed_forms_agree_with_certified_balls():
    assert_matches_balls(ecosystem(GROUPS))
    assert_matches_balls(from_text(text("user-groups")).ecosystem)
    assert_matches_balls(one_exponential(strength="1/6"))
    assert_matches_balls(one_exponential(strength="1/7", real="2/3"))


def test_affine_equilibrium_agrees_and_is_rational_in_the_parameters():
    made = ecosystem("""
name = "affine"
[parameters]
w = { value = "1/4", range = [0, "1/2"] }
[users.u]
reward = "x"
[models.p]
family = "gaussian-location"
variance = 2
users = "u"
real = { share = "1/2", mean = 3 }
reads = [{ from = "p", share = "w", curated = true }, { from = "q", share = "1/2 - w" }]
[models.q]
family = "gaussian-location"
variance = 1
users = "u"
real = { share = "2/3", mean = -1 }
reads = [{ from = "p", share = "1/3", channel = { matrix = [[-1]] } }]
""")
    assert_matches_balls(made)
    assert symbolic_equilibrium(derive(made))[sympy.Symbol("p.mean", real=True)].is_rational_function()


def test_no_closed_form_is_none():
    update = derive(from_text(text("conflict-atoms")).ecosystem)
    assert symbolic_equilibrium(update) is None
    assert symbolic_total(update, "models.p.curation", "p") is None
    assert symbolic_equilibrium(derive(locations(shares=(("1/2", "1/2"), ("1/3", "2/3"))))) is None

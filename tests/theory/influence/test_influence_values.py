"""Influences of known ecosystems: exact values, verdicts, isolated models, proved zeros."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flint import arb, ctx, fmpq
from strategies.small_ecosystems import ecosystem, locations, one_exponential

from theory.analysis import analyze
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.errors import InvalidInput
from theory.examples import text
from theory.influence import InfluenceVerdict, Sign

BUDGET = Budget(digits=30)


def shipped(name, **chosen):
    return analyze(from_text(text(name)).ecosystem, BUDGET, **chosen)


def row(analysis, knob, on):
    return next(r for r in analysis.reached.influence if (r.knob, r.on) == (knob, on))


def assert_encloses(ball, value):
    with ctx.workprec(400):
        exact = arb(value)
        assert abs(ball - exact) < arb("1e-25")
        assert ball.overlaps(exact)
        assert ball.rad() <= arb("1e-25")


@pytest.mark.parametrize(
    ("name", "knob", "on", "value"),
    [
        ("user-groups", "users.up.strength", "m", fmpq(-1, 7)),
        ("feed-forward", "users.p.strength", "p", fmpq(-1)),
        ("opposed-loop", "users.p.strength", "p", fmpq(-29248, 719041)),
        ("two-targets", "users.right.strength", "m", fmpq(-1426, 265283)),
        ("divided-crowd", "users.crowd.strength", "m", fmpq(-7, 108)),
    ],
)
def test_backfire_is_exact(name, knob, on, value):
    found = row(shipped(name, knob=knob, on=on), knob, on)
    assert_encloses(found.total, value)
    assert (found.sign, found.verdict) == (Sign.NEGATIVE, InfluenceVerdict.INVERTS)
    assert found.direct > 0


def test_exponential_fold_amplifies_and_its_unstable_branch_is_not_judged():
    stable, unstable = shipped("exponential-fold").reports
    first = stable.influence[0]
    assert_encloses(first.total, fmpq(18))
    assert_encloses(first.direct, fmpq(2))
    assert_encloses(first.isolated, fmpq(18))
    assert first.verdict is InfluenceVerdict.AMPLIFIES
    assert unstable.influence[0].total < 0
    assert all(r.verdict is None and r.isolated is None for r in unstable.influence)


def test_conflict_atoms_curation_is_misaligned_and_helps_the_other():
    analysis = shipped("conflict-atoms")
    with ctx.workprec(400):
        assert abs(dict(analysis.reached.alignment)["p"] + arb("0.12584688053083851804")) < arb("1e-19")
    own, other = (row(analysis, "models.p.curation", on) for on in "pq")
    assert (own.sign, own.verdict) == (Sign.NEGATIVE, InfluenceVerdict.MISALIGNED)
    assert (other.sign, other.verdict, other.kind) == (Sign.POSITIVE, None, "cross")
    assert other.direct.is_zero()
    # With K = ∞ and one loop, d = J/λ exactly (THEORY's remark on A4 and A6).
    with ctx.workprec(400):
        assert abs(own.direct - 2 * dict(analysis.reached.alignment)["p"]) < arb("1e-40")


CONFLICT = [
    ("0", "1/10", (".29423", ".21905"), (".38083", ".21652")),
    ("1/5", "4/5", (".18567", "-.18567"), (".24165", "-.20138")),
    ("3/10", "2/5", (".10325", ".03551"), (".13581", ".02952")),
    ("7/10", "3/10", ("-.12585", ".12585"), ("-.15572", ".12977")),
    ("1/5", "3/10", (".15970", ".08938"), (".20865", ".08363")),
    ("7/10", "4/5", ("-.05599", "-.11302"), ("-.07003", "-.11004")),
]


def conflict(share, k_p, k_q):
    return ecosystem(f"""
name = "conflict"
[parameters]
lam = {{ value = "{share}", range = [0, 1] }}
[users.warm]
reward = ["4/5", 0, "-4/5"]
[users.cool]
reward = ["-4/5", 0, "4/5"]
[models.p]
family = "categorical"
atoms = ["a", "b", "c"]
users = "warm"
real = {{ share = "1 - lam", probabilities = ["1/3", "1/3", "1/3"] }}
reads = [{{ from = "p", share = "lam*(1 - {k_p})", curated = true }},
         {{ from = "q", share = "lam*{k_p}", curated = true }}]
[models.q]
family = "categorical"
atoms = ["a", "b", "c"]
users = "cool"
real = {{ share = "1/2", probabilities = ["1/3", "1/3", "1/3"] }}
reads = [{{ from = "q", share = "(1 - {k_q})/2", curated = true }},
         {{ from = "p", share = "{k_q}/2", curated = true }}]
""")


@pytest.mark.parametrize(("k_p", "k_q", "before", "after"), CONFLICT)
def test_conflict_settings_reproduce_the_published_table(k_p, k_q, before, after):
    for share, expected in (("1/2", before), ("3/5", after)):
        analysis = analyze(conflict(share, k_p, k_q), BUDGET, on="p", knob="lam")
        found = dict(analysis.reached.alignment)
        for name, value in zip("pq", expected, strict=True):
            assert abs(found[name] - arb(value)) < arb("0.0000051")


def test_a_knob_without_a_path_is_exactly_neutral_and_without_return_path_unchanged():
    made = ecosystem("""
name = "one way"
[users.u]
reward = "x"
[users.w]
reward = "x"
[models.p]
family = "gaussian-location"
variance = "exp(1)"
users = "u"
real = { share = "1/2", mean = 0 }
reads = [{ from = "q", share = "1/2", curated = true, by = "u" }]
[models.q]
family = "gaussian-location"
variance = 2
users = "w"
real = { share = 1, mean = "sqrt(2)" }
""")
    analysis = analyze(made, BUDGET)
    own = row(analysis, "users.u.strength", "p")
    assert (own.verdict, own.sign) == (InfluenceVerdict.UNCHANGED, Sign.POSITIVE)
    assert own.isolated.is_zero()
    silent = row(analysis, "users.w.strength", "q")
    assert silent.total.is_zero()
    assert (silent.sign, silent.verdict) == (Sign.ZERO, InfluenceVerdict.NEUTRAL)
    assert row(analysis, "models.p.curation", "p").isolated is None


def test_isolated_model_keeps_its_own_stream_and_gives_other_shares_to_real_data():
    analysis = shipped("opposed-loop", knob="users.p.strength", on="p")
    alone = ecosystem("""
name = "p alone"
[users.p]
reward = "x"
strength = "3/8"
[models.p]
family = "gaussian"
users = "p"
real = { share = "9/10", mean = "11/16", variance = "733/256" }
reads = [{ from = "p", share = "1/10", curated = true }]
""")
    expected = row(analyze(alone, BUDGET), "users.p.strength", "p").total
    assert_encloses(row(analysis, "users.p.strength", "p").isolated, expected)


def test_one_model_alone_is_its_own_isolated_model():
    found = row(analyze(one_exponential(strength="1/8"), BUDGET), "models.m.curation", "m")
    assert_encloses(found.isolated, found.total)


def test_kinds_and_order_of_the_table():
    rows = shipped("two-curators").reached.influence
    assert [(r.knob, r.on, r.kind) for r in rows] == [
        ("lam", "p", "parameter"),
        ("lam", "q", "parameter"),
        ("users.warm.strength", "p", "self"),
        ("users.warm.strength", "q", "cross"),
        ("users.cool.strength", "p", "cross"),
        ("users.cool.strength", "q", "self"),
        ("models.p.curation", "p", "self"),
        ("models.p.curation", "q", "cross"),
    ]
    assert all((r.verdict is None) == (r.kind != "self") for r in rows)


def test_filters_choose_rows_and_refuse_unknown_names():
    rows = shipped("two-curators", on="q", knob="lam").reached.influence
    assert [(r.knob, r.on) for r in rows] == [("lam", "q")]
    with pytest.raises(InvalidInput, match="a model with users"):
        shipped("two-curators", on="r")
    with pytest.raises(InvalidInput, match=r"users\.warm\.strength"):
        shipped("two-curators", knob="users.warn.strength")


def test_no_influence_where_the_inverse_does_not_exist():
    fold = analyze(one_exponential(strength="1/3", real="3/4"), BUDGET)
    assert fold.reports[0].influence == ()
    singular = analyze(locations(shares=(("1/2", "1/2"), ("1/3", "2/3"))), BUDGET)
    assert singular.reports[0].influence == ()


def test_one_model_that_nobody_judges_has_no_influence_row():
    made = one_exponential(strength="1/100")
    (model,) = made.models
    analysis = analyze(made.with_model(replace(model, users=None)), BUDGET)
    assert (analysis.reached.alignment, analysis.reached.influence) == ((), ())


@pytest.mark.parametrize("pool", ['"inf"', "3"])
def test_zero_is_proved_at_a_rational_equilibrium_of_an_irrational_map(pool):
    made = ecosystem(f"""
name = "everybody has the trait"
[users.u]
reward = "x"
strength = "1/2"
pool = {pool}
[models.m]
family = "bernoulli"
users = "u"
start = {{ mean = "1/2" }}
real = {{ share = "1/2", mean = 1 }}
reads = [{{ from = "m", share = "1/4" }}, {{ from = "m", share = "1/4", curated = true }}]
""")
    found = analyze(made, BUDGET)
    for knob in ("users.u.strength", "models.m.curation"):
        (total, verdict) = (row(found, knob, "m").total, row(found, knob, "m").verdict)
        assert (total.is_zero(), verdict) == (True, InfluenceVerdict.NEUTRAL)

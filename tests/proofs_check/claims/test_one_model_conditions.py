"""Conditions of the claims about one model: who meets them, who does not, and the numbers they give."""

from __future__ import annotations

import json
from functools import cache

import pytest
import sympy
from flint import arb, ctx, fmpq

from proofs_check import registry
from proofs_check.conditions.ecosystem_condition import Holds
from theory.analysis import analyze
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.ecosystem_file.documents import FileFormat

R = sympy.Rational
YES, NO, NOT = Holds.YES, Holds.NO, Holds.NOT_APPLICABLE
SATURATED = (
    "single.isolated-curation-helps", "single.closed-form-equilibrium", "single.hilbert-contraction",
    "robust.reward-stability", "single.reward-floor", "robust.real-data", "robust.lyapunov",
)  # fmt: skip
CHOICE = ("single.concentrates", "single.gain-bound", "single.repeated-tilt")
CROWDS = ("robust.one-step", "robust.threshold", "robust.long-run")
LAW, TASTE, RIVAL = (R(1, 4), R(1, 2), R(1, 4)), (1, 2, 4), (4, 2, 1)


@cache
def analysis_of(text):
    return analyze(from_text(text, FileFormat.JSON).ecosystem, Budget(digits=20))


def at(claim_id, document):
    found = registry.condition(claim_id)(analysis_of(json.dumps({"name": "test", **document})))
    assert found.claim == claim_id
    assert not found.gives or found.holds is YES
    return found


def atoms(*, real="1/2", raw="0", law=LAW, taste=TASTE, start=None, **people):
    """Three atoms with real data and its own output, curated by e^r = `taste`."""
    model = {
        "family": "categorical",
        "atoms": ["one", "two", "three"],
        "users": "u",
        "reads": [{"from": "m", "share": f"1 - ({real}) - ({raw})", "curated": True}],
    }
    if raw != "0":
        model["reads"].append({"from": "m", "share": raw})
    if real != "0":
        model["real"] = {"share": real, "probabilities": [str(p) for p in law]}
    if start is not None or real == "0":
        model["start"] = {"probabilities": [str(p) for p in start or law]}
    return {"users": {"u": {"reward": logs(taste), **people}}, "models": {"m": model}}


def logs(weights):
    return [f"log({w})" for w in weights]


def rival(share):
    return {"share": share, "reward": logs(RIVAL)}


def gaussian(family="gaussian", settings=(), **model):
    return {"users": {"u": {"reward": "x", **model.pop("people", {})}}, "models": {"m": {
        "family": family, **dict(settings), "users": "u", **model}}}  # fmt: skip


def mean(law, values):
    return sum(p * v for p, v in zip(law, values, strict=True))


def number(found, name):
    interval = dict(found.gives)[name]
    with ctx.workprec(256):
        return interval.lower.union(interval.upper)


def is_about(found, name, wanted):
    with ctx.workprec(256):
        exact = arb(fmpq(int(R(wanted).p), int(R(wanted).q)))
        return abs(number(found, name) - exact) < arb("1e-14")


@pytest.mark.parametrize("claim_id", SATURATED)
def test_one_saturated_model_with_real_data_meets_them_all(claim_id):
    assert at(claim_id, atoms()).holds is YES
    assert at(claim_id, atoms()).gives


@pytest.mark.parametrize("claim_id", SATURATED)
def test_without_real_data_or_on_another_family_none_applies(claim_id):
    assert at(claim_id, atoms(real="0")).holds is NOT
    assert at(claim_id, gaussian(real={"share": 1, "mean": 0, "variance": 1})).holds is NOT


@pytest.mark.parametrize("claim_id", [c for c in SATURATED if c != "single.reward-floor"])
def test_atom_without_real_data_fails_those_that_ask_for_full_support(claim_id):
    thin = at(claim_id, atoms(law=(R(1, 2), R(1, 2), R(0)), start=LAW))
    assert thin.holds is (YES if claim_id == "robust.real-data" else NO)


@pytest.mark.parametrize("claim_id", ["single.isolated-curation-helps", "single.hilbert-contraction"])
def test_adversaries_and_pools_make_the_tilt_claims_inapplicable(claim_id):
    assert at(claim_id, atoms(adversary=rival("1/3"))).holds is NOT
    assert at(claim_id, atoms(pool=2)).holds is NOT


def test_raw_output_is_allowed_where_it_drops_out():
    assert at("single.isolated-curation-helps", atoms(raw="1/4")).holds is YES
    assert at("robust.lyapunov", atoms(raw="1/4", adversary=rival("1/3"))).holds is YES
    assert at("single.hilbert-contraction", atoms(raw="1/4")).holds is NOT


def test_constant_reward_fails_what_curation_should_raise():
    assert at("single.isolated-curation-helps", atoms(taste=(2, 2, 2))).holds is NO


def test_levels_solve_their_equations():
    raw = at("single.isolated-curation-helps", atoms(raw="1/6"))
    closed = at("single.closed-form-equilibrium", atoms())
    with ctx.workprec(256):
        c, z = number(raw, "c"), number(closed, "Z")
        law = [arb(fmpq(int(p.p), int(p.q))) for p in LAW]
        odds = sum((p * a / (c - a) for p, a in zip(law, TASTE, strict=True)), arb(0))
        share = sum((p * a / 2 / (z - a / arb(2)) for p, a in zip(law, TASTE, strict=True)), arb(0))
        assert abs(odds - arb(fmpq(1, 3)) * 2) < arb("1e-13")  # (1/3)/(1/2), curated over real
        assert abs(share - 1) < arb("1e-13")


def test_factor_and_constant_are_those_of_the_smallest_atom():
    assert is_about(at("single.hilbert-contraction", atoms()), "factor", R(4, 5))
    assert is_about(at("robust.reward-stability", atoms()), "constant", 2)


def test_ceiling_needs_few_candidates_and_the_real_start():
    found = at("single.kl-ceiling", atoms(real="3/4", pool=3))
    assert found.holds is YES
    assert is_about(found, "ceiling", 3)
    assert at("single.kl-ceiling", atoms(real="1/3", pool=2)).holds is NO
    assert at("single.kl-ceiling", atoms(real="3/4", pool=3, start=(R(1, 3),) * 3)).holds is NO
    assert at("single.kl-ceiling", atoms(real="3/4")).holds is NOT


@pytest.mark.parametrize(("pool", "factor"), [("inf", R(1)), (2, R(1, 2))])
def test_floors_are_below_the_equilibrium(pool, factor):
    document = atoms(pool=pool)
    found, level = at("single.reward-floor", document), mean(LAW, TASTE)
    spread = mean(LAW, [a**2 for a in TASTE]) - level**2
    assert is_about(found, "floor", level + R(1, 2) * factor * spread / 4)
    point = analysis_of(json.dumps({"name": "test", **document})).reached.equilibrium.point
    with ctx.workprec(256):
        assert sum((p * a for p, a in zip(point, TASTE, strict=True)), arb(0)) > number(found, "floor")
    assert at("single.reward-floor", atoms(pool=pool, start=(R(1), R(0), R(0)))).holds is NO
    assert is_about(at("robust.real-data", document), "floor of E[a], t ≥ 1", (level + 1) / 2)


@pytest.mark.parametrize("claim_id", CHOICE)
def test_choice_alone_meets_them_and_real_data_do_not(claim_id):
    assert at(claim_id, atoms(real="0")).holds is YES
    assert at(claim_id, atoms(real="1/2")).holds is NOT
    assert at(claim_id, atoms(real="0", adversary=rival("1/3"))).holds is NOT


@pytest.mark.parametrize(("pool", "rate"), [("inf", R(1, 2)), (2, R(2, 3))])
def test_concentration_has_the_rate_of_the_next_best(pool, rate):
    found = at("single.concentrates", atoms(real="0", pool=pool))
    assert is_about(found, "rate", rate)
    assert is_about(found, "P_0(argmax)", R(1, 4))
    missing = at("single.concentrates", atoms(real="0", pool=pool, law=(R(1, 2), R(1, 2), R(0))))
    assert is_about(missing, "P_0(argmax)", R(1, 2))


def test_tilts_that_end_are_counted():
    pure = {"start": {"mean": "1/2"}, "reads": [{"from": "m", "share": 1, "curated": True}]}
    found = at("single.repeated-tilt", gaussian("exponential", people={"strength": "2/3"}, **pure))
    assert found.holds is YES
    assert is_about(found, "t below", 3)
    assert at("single.repeated-tilt", gaussian("exponential", people={"strength": 2}, **pure)).holds is NO
    assert at("single.repeated-tilt", gaussian("poisson", **pure)).gives == ()


@pytest.mark.parametrize("claim_id", CROWDS)
def test_two_crowds_meet_them_and_one_does_not(claim_id):
    assert at(claim_id, atoms(real="0", adversary=rival("1/3"))).holds is YES
    assert at(claim_id, atoms(real="0")).holds is NOT
    assert at(claim_id, atoms(real="1/2", adversary=rival("1/3"))).holds is NOT
    assert at(claim_id, atoms(real="0", adversary=rival("1/3"), noise="1/5")).holds is NOT


def test_gain_of_the_first_round_is_that_of_the_update_map():
    document = atoms(real="0", adversary=rival("1/3"))
    update_map = analysis_of(json.dumps({"name": "test", **document})).update_map
    start = dict(zip(update_map.state, update_map.start, strict=True))
    after = [sympy.simplify(update_map.at_values(g.xreplace(start))) for g in update_map.step]
    found = at("robust.one-step", document)
    assert is_about(found, "gain of E[a]", mean(after, TASTE) - mean(LAW, TASTE))
    kept = [mean(LAW, [a * b for a, b in zip(TASTE, w, strict=True)]) / mean(LAW, w) for w in (TASTE, RIVAL)]
    own, joint = (k - mean(LAW, TASTE) for k in kept)
    assert is_about(at("robust.threshold", document), "threshold at the start", own / (own - joint))


@pytest.mark.parametrize(("share", "limit"), [("1/4", 1), ("1/2", R(1, 2)), ("5/9", R(1, 3)), ("3/4", 0)])
def test_long_run_on_two_atoms_is_the_clipped_line(share, limit):
    document = {
        "users": {"u": {"reward": logs((2, 1)), "adversary": {"share": share, "reward": logs((1, 2))}}},
        "models": {"m": {
            "family": "bernoulli", "users": "u", "start": {"mean": "2/5"},
            "reads": [{"from": "m", "share": 1, "curated": True}],
        }},
    }  # fmt: skip
    assert is_about(at("robust.long-run", document), "limit of the first atom", limit)


def test_two_linear_crowds_move_and_widen_a_gaussian():
    adversary = {"share": "1/4", "reward": "-x", "strength": 2}
    own = {"reads": [{"from": "m", "share": 1, "curated": True}], "start": {"mean": 1, "variance": "1/2"}}
    document = gaussian(people={"adversary": adversary}, **own)
    found = at("robust.gaussian-disagreement", document)
    update_map = analysis_of(json.dumps({"name": "test", **document})).update_map
    start = dict(zip(update_map.state, update_map.start, strict=True))
    after = [update_map.at_values(g.xreplace(start)) for g in update_map.step]
    moved, spread = (g - s for g, s in zip(after, update_map.start, strict=True))
    assert is_about(found, "mean moves by", moved)
    assert is_about(found, "variance grows by", spread)
    assert is_about(found, "uᵀΣv", -1)
    bent = gaussian(people={"adversary": {"share": "1/4", "reward": "-x**2"}}, **own)
    assert at("robust.gaussian-disagreement", bent).holds is NOT


def curated_gaussian(strength):
    return gaussian(
        real={"share": "1/2", "mean": 0, "variance": "3/8"},
        people={"strength": strength},
        reads=[{"from": "m", "share": "1/2", "curated": True}],
    )


def test_gaussian_below_its_critical_strength_knows_it():
    found = at("single.gaussian-blow-up", curated_gaussian("1/2"))
    assert found.holds is YES
    with ctx.workprec(256):
        assert abs(number(found, "critical strength") ** 2 - arb(fmpq(1, 3))) < arb("1e-14")
    assert at("single.gaussian-blow-up", atoms()).holds is NOT


@pytest.mark.slow
def test_gaussian_past_its_critical_strength_fails():
    assert at("single.gaussian-blow-up", curated_gaussian("3/5")).holds is NO


def test_raw_retraining_has_the_rate_of_its_real_share():
    model = {"real": {"share": "1/4", "mean": 2}, "reads": [{"from": "m", "share": "3/4"}]}
    found = at("single.retraining-rate", gaussian("poisson", **model))
    assert is_about(found, "rate", R(3, 4))
    edge = {"real": {"share": "1/4", "mean": 0}, "reads": [{"from": "m", "share": "3/4"}]}
    assert at("single.retraining-rate", gaussian("bernoulli", **edge)).holds is NO
    assert at("single.retraining-rate", atoms()).holds is NOT


def test_noise_scales_the_influence_by_the_factor_given():
    def noisy(noise, family="gaussian-location", **more):
        settings = {"variance": 2} if family == "gaussian-location" else {}
        data = {"share": "1/2", "mean": 1, **more}
        reads = [{"from": "m", "share": "1/2", "curated": True}]
        return gaussian(family, settings, real=data, reads=reads, people={"noise": noise, "strength": "1/3"})

    found = at("robust.uniform-noise", noisy("1/5"))
    assert is_about(found, "factor of u", R(4, 5))
    influences = []
    for noise in ("0", "1/5"):
        reached = analysis_of(json.dumps({"name": "test", **noisy(noise)})).reached
        influences.append(next(i.total for i in reached.influence if i.knob == "users.u.strength"))
    with ctx.workprec(256):
        assert abs(influences[1] / influences[0] - number(found, "factor of u")) < arb("1e-14")
    assert at("robust.uniform-noise", noisy("0")).holds is NOT
    assert at("robust.uniform-noise", noisy("1/5", family="gaussian", variance=1)).holds is NOT

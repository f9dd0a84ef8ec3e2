"""Whether claims recognise their hypotheses in small ecosystems, each way."""

from __future__ import annotations

import json

import pytest
import sympy
from flint import arb, ctx, fmpq

from proofs_check import registry
from proofs_check.conditions.ecosystem_condition import Holds
from theory import examples
from theory.analysis import analyze
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.ecosystem_file.documents import FileFormat


def analysed(models, users=None, **settings):
    document = {"name": "test", "models": models, **settings, **({"users": users} if users else {})}
    return analyze(from_text(json.dumps(document), FileFormat.JSON).ecosystem, Budget())


def shipped(name):
    return analyze(from_text(examples.text(name)).ecosystem, Budget())


def judged(claim_id, analysis):
    return registry.condition(claim_id)(analysis)


def has_margin(found, number):
    exact = sympy.Rational(number)
    with ctx.workprec(200):
        return abs(found.margin.lower - arb(fmpq(int(exact.p), int(exact.q)))) < arb("1e-20")


def location(mean, real_share, *reads, **more):
    real = {"share": real_share, "mean": mean}
    return {"family": "gaussian-location", "variance": 1, "real": real, "reads": list(reads), **more}


def read(producer, share, **more):
    return {"from": producer, "share": share, **more}


def pair(first, second, **more):
    """Two location models; each tuple is real share, own share, share of the other."""
    return analysed(
        {
            "p": location(0, first[0], read("p", first[1]), read("q", first[2])),
            "q": location(1, second[0], read("q", second[1]), read("p", second[2])),
        },
        **more,
    )


def test_raw_location_models_are_stable_by_their_shares():
    found = judged("ecosystem.network", pair(("1/2", "1/4", "1/4"), ("1/2", "1/4", "1/4")))
    assert found.holds is Holds.YES
    assert has_margin(found, "1/2")
    assert judged("ecosystem.network", shipped("two-curators")).holds is Holds.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("second", "holds"),
    [
        (("1/2", "1/4", "1/4"), Holds.YES),
        (("1/2", "3/8", "1/8"), Holds.NO),
        (("1/3", "1/3", "1/3"), Holds.NO),
    ],
)
def test_symmetric_sharing_needs_equal_real_shares_and_equal_links(second, holds):
    assert judged("ecosystem.diversity", pair(("1/2", "1/4", "1/4"), second)).holds is holds


def test_two_models_that_read_only_each_other():
    loop = analysed({"p": location(0, "1/2", read("q", "1/2")), "q": location(1, "1/4", read("p", "3/4"))})
    assert judged("ecosystem.update-order", loop).holds is Holds.YES
    itself = pair(("1/2", "1/4", "1/4"), ("1/2", "1/4", "1/4"))
    assert judged("ecosystem.update-order", itself).holds is Holds.NO


def own_knob(*, by_others=False):
    users = {"up": {"reward": "x", "strength": "1/2"}}
    reads = [read("p", "1/4", curated=True), read("q", "1/4")]
    other = [read("p", "1/4", curated=True)] if by_others else [read("p", "1/4")]
    return analysed(
        {"p": location(0, "1/2", *reads, users="up"), "q": location(1, "3/4", *other)}, users=users
    )


def test_baselines_are_for_own_knobs():
    found = judged("influence.baseline", own_knob())
    assert found.holds is Holds.YES
    assert has_margin(found, "1/2")
    assert judged("influence.baseline", own_knob(by_others=True)).holds is Holds.NOT_APPLICABLE


@pytest.mark.parametrize("claim_id", ["influence.frozen-rest", "influence.loop-gain", "influence.blocks"])
def test_scalar_loops_meet_what_is_asked_of_the_whole_map(claim_id):
    loop = pair(("1/2", "1/4", "1/4"), ("1/2", "1/4", "1/4"))
    assert judged(claim_id, loop).holds is Holds.YES


@pytest.mark.parametrize("claim_id", ["influence.frozen-rest", "influence.loop-gain"])
def test_mean_and_variance_are_two_states(claim_id):
    assert judged(claim_id, shipped("opposed-loop")).holds is Holds.NOT_APPLICABLE


def test_blocks_are_regular_in_the_opposed_loop():
    assert judged("influence.blocks", shipped("opposed-loop")).holds is Holds.YES
    assert judged("influence.blocks", shipped("user-groups")).holds is Holds.NOT_APPLICABLE


def atoms(real_share, *reads):
    real = {"share": real_share, "probabilities": ["1/4", "1/2", "1/4"]}
    return {
        "family": "categorical",
        "atoms": ["a", "b", "c"],
        "users": "u",
        "real": real,
        "reads": list(reads),
    }


def test_one_saturated_model_and_its_real_share():
    users = {"u": {"reward": [0, 1, 2]}}
    found = judged(
        "robust.equilibrium-identity", analysed({"m": atoms("1/3", read("m", "2/3", curated=True))}, users)
    )
    assert found.holds is Holds.YES
    assert has_margin(found, "1/3")
    raw = analysed({"m": atoms("1/3", read("m", "2/3"))}, users)
    assert judged("robust.equilibrium-identity", raw).holds is Holds.NOT_APPLICABLE


def test_the_conflict_starts_from_neutral_data():
    found = judged("influence.conflict", shipped("conflict-atoms"))
    assert found.holds is Holds.YES
    assert has_margin(found, "1/2")
    taken = {"u": {"reward": [0, 1, 2]}}
    assert judged(
        "influence.conflict", analysed({"m": atoms("1/3", read("m", "2/3", curated=True))}, taken)
    ).holds is not Holds.YES  # fmt: skip


def attacked(adversary):
    users = {"u": {"reward": "x", "strength": "1/5", "adversary": {"share": "1/10", **adversary}}}
    real = {"share": "1/2", "mean": 0, "variance": 1}
    model = {"family": "gaussian", "users": "u", "real": real, "reads": [read("m", "1/2", curated=True)]}
    return analysed({"m": model}, users)


def test_adversaries_with_the_negative_reward():
    found = judged("robust.sigmoid-threshold", attacked({"reward": "-x", "strength": "1/5"}))
    assert found.holds is Holds.YES
    assert found.margin.lower > arb("0.04")  # z = v/25, and v > 1
    assert judged("robust.sigmoid-threshold", attacked({"reward": "-x"})).holds is Holds.UNDECIDED
    assert judged("robust.sigmoid-threshold", shipped("user-groups")).holds is Holds.NOT_APPLICABLE


def pairs(moments, *reads, **more):
    real = {"share": "1/4", "coefficients": [0, 1]}
    return {
        "family": "linear-gaussian",
        "prompt_moments": moments,
        "real": real,
        "reads": list(reads),
        **more,
    }


def test_pairs_with_matched_prompts_of_two_models():
    users = {"u": {"reward": "x1*y"}}
    p = pairs([[3, -2], [-2, 2]], read("p", "1/4", curated=True), read("q", "1/2"), users="u")
    q = pairs([[2, 1], [1, 1]], read("p", "3/4"))
    found = judged("influence.pairs", analysed({"p": p, "q": q}, users))
    assert found.holds is Holds.YES
    assert has_margin(found, "1/4")
    elsewhere = p | {"judged_moments": [[1, 0], [0, 1]]}
    assert judged("influence.pairs", analysed({"p": elsewhere, "q": q}, users)).holds is Holds.NO


def test_pairs_of_three_models_need_one_basis():
    three = shipped("matched-prompts")
    assert judged("influence.pairs", three).holds is Holds.NO
    assert judged("open.matched-pairs", three).holds is Holds.YES
    other = shipped("mismatched-prompts")
    assert judged("influence.pairs", other).holds is Holds.NO
    assert judged("open.matched-pairs", other).holds is Holds.NOT_APPLICABLE


@pytest.mark.parametrize("name", ["matched-prompts", "mismatched-prompts", "prompted-answers"])
def test_claims_on_moment_matching_leave_pairs_alone(name):
    analysis = shipped(name)
    for claim_id in registry.claim_ids():
        if claim_id.startswith(("safe.", "scalar.", "gaussian.", "robust.")) and registry.condition(claim_id):
            assert judged(claim_id, analysis).holds is Holds.NOT_APPLICABLE


def test_prompts_that_models_learn_settle_at_their_mixture():
    def asks(real_share, real, *reads):
        data = {"share": real_share, "probabilities": real}
        return {"family": "categorical", "atoms": ["praise", "harm"], "real": data, "reads": list(reads)}

    p = asks("1/2", [1, 0], read("q", "1/2"))
    q = asks("1/4", ["1/5", "4/5"], read("p", "1/2"), read("q", "1/4"))
    analysis = analysed({"p": p, "q": q})
    found = judged("ecosystem.prompts", analysis)
    assert found.holds is Holds.YES
    shares = sympy.Matrix([["0", "1/2"], ["1/2", "1/4"]])
    settled = (sympy.eye(2) - shares).inv() * sympy.Matrix([sympy.Rational(1, 2), sympy.Rational(1, 20)])
    praise = analysis.reached.equilibrium.exact[::2]
    assert [sympy.Rational(int(v.p), int(v.q)) for v in praise] == list(settled)
    users = {"u": {"reward": [0, 1]}}
    chosen = p | {"users": "u", "reads": [read("q", "1/2", curated=True, by="u")]}
    assert judged("ecosystem.prompts", analysed({"p": chosen, "q": q}, users)).holds is Holds.NOT_APPLICABLE

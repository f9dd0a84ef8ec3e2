"""Conditions of the safe strengths: shapes, margins, and what the analysis then shows."""

from __future__ import annotations

import json
from functools import cache

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
from theory.influence.result import Sign

ALONE, ONE, WEAK = "safe.own-no-feedback", "safe.only-one-curated", "safe.weak-curation"
COMMUTING, SCALAR, FIXED = "safe.commuting", "safe.scalar-cooperative", "influence.fixed-covariance"
ALL = (ALONE, ONE, WEAK, COMMUTING, SCALAR, FIXED)
YES, NOT = Holds.YES, Holds.NOT_APPLICABLE


@cache
def written(text):
    return analyze(from_text(text, FileFormat.JSON).ecosystem, Budget())


def at(claim_id, document):
    found = registry.condition(claim_id)(written(json.dumps({"name": "test", **document})))
    assert found.claim == claim_id
    return found


def holds(document):
    return {claim_id for claim_id in ALL if at(claim_id, document).holds is YES}


def encloses(interval, number):
    with ctx.workprec(300):
        exact = arb(fmpq(int(sympy.Rational(number).p), int(sympy.Rational(number).q)))
        return all(abs(exact - end) < arb("1e-20") for end in (interval.lower, interval.upper))


def stream(producer, share, **more):
    return {"from": producer, "share": share, **more}


def users(reward="x", **more):
    return {"reward": reward, "strength": "1/4", **more}


def location(real_mean, *reads, real="1/2", **more):
    return {
        "family": "gaussian-location",
        "variance": 2,
        "real": {"share": real, "mean": real_mean},
        "reads": list(reads),
        **more,
    }


def gaussian(*reads, real="1/2", mean=0, **more):
    data = {"share": real, "mean": mean, "variance": 1}
    return {"family": "gaussian", "real": data, "reads": list(reads), **more}


def chosen(producer, share, **more):
    return stream(producer, share, curated=True, **more)


OWN_LOOP = {
    "users": {"u": users()},
    "models": {
        "p": location(0, chosen("p", "1/4"), stream("q", "1/4"), users="u"),
        "q": location(1, stream("p", "1/2")),
    },
}


def test_own_strength_in_a_loop_of_location_models_has_the_margin_of_its_share():
    assert holds(OWN_LOOP) == {ONE, COMMUTING, SCALAR, FIXED}
    assert encloses(at(ONE, OWN_LOOP).margin, "1/4")
    assert at(ALONE, OWN_LOOP).holds is NOT
    assert "way back" in at(ALONE, OWN_LOOP).detail


def test_without_the_loop_the_own_strength_stands_alone():
    document = OWN_LOOP | {"models": OWN_LOOP["models"] | {"q": location(1, stream("q", "1/2"))}}
    assert ALONE in holds(document)
    assert encloses(at(ALONE, document).margin, "1/4")


def test_mean_variance_gaussians_are_safe_only_where_one_stream_is_chosen():
    models = {
        "p": gaussian(chosen("p", "1/4"), stream("q", "1/4"), users="u"),
        "q": gaussian(stream("p", "1/2"), mean=1),
    }
    document = {"users": {"u": users(strength="1/10")}, "models": models}
    assert holds(document) == {ONE}
    both = {"users": {"u": users(strength="1/10")}, "models": dict(models)}
    both["models"]["q"] = gaussian(chosen("p", "1/2"), mean=1, users="u")
    assert holds(both) == set()
    assert at(ONE, both).holds is NOT


def test_at_strength_zero_every_family_is_safe():
    document = {
        "users": {"u": users(strength=0)},
        "models": {
            "p": gaussian(chosen("p", "1/8"), chosen("q", "3/8", by="u"), users="u"),
            "q": gaussian(stream("p", "1/2"), mean=1),
        },
    }
    assert holds(document) == {WEAK}
    assert 0 < at(WEAK, document).margin.lower < arb("0.5")
    louder = document | {"users": {"u": users(strength="1/100")}}
    assert at(WEAK, louder).holds is NOT
    assert at(WEAK, louder).detail == "every strength 0"


@pytest.mark.parametrize(
    ("reads_p", "reads_q", "known"),
    [
        ((chosen("p", "1/4"), chosen("q", "1/4", by="u")), (stream("p", "1/2"),), True),
        ((stream("p", "1/4"), stream("q", "1/4")), (chosen("p", "1/2"),), False),
        ((chosen("p", "1/4"), stream("q", "1/4")), (chosen("p", "1/2"),), True),
        ((chosen("p", "1/4"), stream("q", "1/4")), (chosen("q", "1/2", by="u"),), False),
    ],
)
def test_reach_of_a_strength_own_consumer_producer_or_none(reads_p, reads_q, known):
    document = {
        "users": {"u": users()},
        "models": {"p": location(0, *reads_p, users="u"), "q": location(1, *reads_q)},
    }
    assert (FIXED in holds(document)) == known
    assert (COMMUTING in holds(document)) == known
    assert at(SCALAR, document).holds is YES


def test_a_channel_noise_or_an_order_takes_the_promise_back():
    back = stream("q", "1/4", channel={"matrix": [["-1"]], "shift": [0]})
    models = OWN_LOOP["models"]
    turned = OWN_LOOP | {"models": models | {"p": location(0, chosen("p", "1/4"), back, users="u")}}
    assert holds(turned) == set()
    assert at(SCALAR, turned).detail == "no channels"
    noisy = OWN_LOOP | {"users": {"u": users(noise="1/10")}}
    assert holds(noisy) == {SCALAR}
    assert holds(OWN_LOOP | {"order": ["p", "q"]}) == set()


def test_a_reward_outside_the_span_or_a_finite_pool_is_not_covered():
    bent = OWN_LOOP | {"users": {"u": users("-x**2")}}
    assert holds(bent) == set()
    coin = {
        "family": "bernoulli",
        "users": "u",
        "real": {"share": "1/2", "mean": "1/3"},
        "reads": [chosen("p", "1/2")],
    }
    document = {"users": {"u": users([0, 1])}, "models": {"p": coin}}
    assert holds(document) == {ALONE, ONE, COMMUTING, SCALAR}
    assert holds(document | {"users": {"u": users([0, 1], pool=3)}}) == set()


def test_a_constant_reward_promises_no_gain():
    coin = {
        "family": "bernoulli",
        "users": "u",
        "real": {"share": "1/2", "mean": "1/3"},
        "reads": [chosen("p", "1/2")],
    }
    document = {"users": {"u": users([1, 1])}, "models": {"p": coin}}
    assert at(ALONE, document).holds is Holds.NO
    assert at(COMMUTING, document).holds is YES


def test_different_statistics_are_not_covered():
    mixed = {
        "users": {"u": users(strength="1/10")},
        "models": {
            "p": gaussian(chosen("p", "1/4"), stream("q", "1/4"), users="u"),
            "q": location(1, stream("p", "1/2")),
        },
    }
    assert holds(mixed) == set()
    assert at(SCALAR, mixed).detail == "one statistic common to all models"


def safe_self_signs(analysis):
    report = analysis.reached
    return [i.sign for i in report.influence if i.kind == "self" and i.knob.endswith(".strength")]


DOCUMENTS = (
    OWN_LOOP,
    {
        "users": {"u": users(), "v": users("-x", strength=1)},
        "models": {
            "p": location(0, chosen("p", "1/4"), chosen("q", "1/4", by="u"), users="u"),
            "q": location(1, chosen("q", "1/4"), stream("p", "1/4"), users="v"),
        },
    },
    {
        "users": {"u": users("x1 + x2"), "v": users("x1 - 3*x2", strength=2)},
        "models": {
            "p": {
                "family": "gaussian-location",
                "covariance": [[1, -2], [-2, 5]],
                "users": "u",
                "real": {"share": "1/4", "mean": [0, 1]},
                "reads": [chosen("p", "1/4"), stream("q", "1/2")],
            },
            "q": {
                "family": "gaussian-location",
                "covariance": [[2, 1], [1, 3]],
                "users": "v",
                "real": {"share": "1/4", "mean": [0, 1]},
                "reads": [chosen("q", "1/4"), stream("p", "1/2")],
            },
        },
    },
)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_where_a_condition_holds_the_analysis_shows_no_loss(document):
    assert COMMUTING in holds(document)
    signs = safe_self_signs(written(json.dumps({"name": "test", **document})))
    assert signs
    assert set(signs) <= {Sign.POSITIVE, Sign.ZERO}


@pytest.mark.parametrize("name", examples.names())
def test_no_safe_claim_covers_an_example_that_backfires(name):
    analysis = analyze(from_text(examples.text(name)).ecosystem, Budget())
    covered = [
        claim_id
        for claim_id in (ALONE, ONE, WEAK, COMMUTING, FIXED)
        if registry.condition(claim_id)(analysis).holds is YES
    ]
    if covered:
        assert Sign.NEGATIVE not in safe_self_signs(analysis)

"""Ecosystems of different families: each reader matches its own statistic under the producer's law."""

from __future__ import annotations

import mpmath
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.one_round import trained_statistic
from oracles.quadrature import to_mpf

from theory.ecosystem_file import from_text
from theory.errors import InvalidInput
from theory.update_map import derive

PAIRS = {
    "gamma": 'family = "gamma"\nshape = "5/2"\nreal = { share = "1/2", mean = "3/2" }',
    "exponential": 'family = "exponential"\nreal = { share = "1/2", mean = "3/2" }',
    "weibull": 'family = "weibull"\nshape = "3/2"\nreal = { share = "1/2", mean_power = 2 }',
    "rayleigh": 'family = "rayleigh"\nreal = { share = "1/2", mean_square = 2 }',
    "poisson": 'family = "poisson"\nreal = { share = "1/2", mean = 2 }',
    "geometric": 'family = "geometric"\nreal = { share = "1/2", mean = 2 }',
    "bernoulli": 'family = "bernoulli"\nreal = { share = "1/2", mean = "1/3" }',
    "pareto": 'family = "pareto"\nscale = 2\nreal = { share = "1/2", mean_log = "1/3" }',
    "laplace": 'family = "laplace"\nlocation = 1\nreal = { share = "1/2", deviation = "4/3" }',
    "asymmetric-laplace": (
        'family = "asymmetric-laplace"\nlocation = 1\nreal = { share = "1/2", above = "4/3", below = 1 }'
    ),
    "gaussian": 'family = "gaussian"\nreal = { share = "1/2", mean = 1, variance = 2 }',
    "gaussian-scale": 'family = "gaussian-scale"\nlocation = -1\nreal = { share = "1/2", variance = 2 }',
}
READABLE = [
    ("gamma", "weibull"), ("gamma", "rayleigh"), ("weibull", "gamma"), ("rayleigh", "exponential"),
    ("exponential", "gaussian"), ("poisson", "gaussian"), ("bernoulli", "poisson"),
    ("geometric", "exponential"),
    ("laplace", "gaussian"), ("laplace", "gaussian-scale"), ("gaussian", "gaussian-scale"),
    ("laplace", "asymmetric-laplace"), ("asymmetric-laplace", "laplace"), ("asymmetric-laplace", "gaussian"),
    ("gaussian-scale", "gaussian"), ("poisson", "geometric"), ("weibull", "gaussian-scale"),
]  # fmt: skip
REFUSED = {
    ("gaussian", "exponential"): "which makes real vectors",
    ("gamma", "poisson"): "which makes numbers > 0",
    ("gamma", "pareto"): "which makes numbers > 0",
    ("poisson", "gamma"): "which makes 0, 1, 2",
    ("pareto", "gaussian"): "has a closed form",
    ("exponential", "laplace"): "has a closed form",
}


REWARDS = {"rayleigh": "x**2", "weibull": "1", "laplace": "x/2 - abs(2 - 2*x)/3", "pareto": "1"}


def ecosystem(producer, reader, curated=""):
    text = f"""
name = "pair"
[users.u]
reward = "{REWARDS.get(producer, "x / 9")}"
strength = "1/5"
[models.made]
users = "u"
{PAIRS[producer].replace('"1/2"', "1")}
[models.reads]
{PAIRS[reader]}
reads = [{{ from = "made", share = "1/2"{curated} }}]
"""
    if producer == "gaussian-scale":
        text = text.replace('reward = "x / 9"', 'reward = "x**2 / 9 + 2 * x / 9"')
    return from_text(text, source="pair.toml").ecosystem


@pytest.mark.slow
@pytest.mark.parametrize(("producer", "reader"), READABLE, ids=lambda name: name)
@pytest.mark.parametrize("curated", ["", ", curated = true"], ids=["raw", "curated"])
def test_reader_matches_its_own_statistic_under_the_producer_s_law(producer, reader, curated):
    pair = ecosystem(producer, reader, curated)
    states = {model.name: model.start for model in pair.models}
    update = derive(pair)
    after = dict(zip(update.state, update.step, strict=True))
    values = dict(zip(update.state, update.start, strict=True)) | dict(update.values)
    model = pair.model("reads")
    symbols = [s for s in update.state if s.name.startswith("reads.")]
    matched = model.family.mean_parameter(tuple(after[s].xreplace(values) for s in symbols))
    for value, exact in zip(trained_statistic(pair, model, states), matched, strict=True):
        with mpmath.workdps(40):
            assert abs(value - to_mpf(exact)) < mpmath.mpf(10) ** -25 * (1 + abs(value))


@pytest.mark.parametrize(("producer", "reader"), REFUSED, ids=lambda name: name)
def test_what_a_reader_cannot_match_is_refused_with_its_place(producer, reader):
    with pytest.raises(InvalidInput, match=r"models\.reads\.reads\[0\]\.from") as problem:
        ecosystem(producer, reader)
    assert REFUSED[producer, reader] in str(problem.value)


@settings(max_examples=15)
@given(real=st.integers(1, 40), share=st.integers(1, 9))
def test_poisson_readers_of_poisson_models_average_means(real, share):
    text = f"""
name = "counts"
[models.a]
family = "poisson"
real = {{ share = 1, mean = "{real}/7" }}
[models.b]
family = "poisson"
real = {{ share = "{10 - share}/10", mean = 1 }}
reads = [{{ from = "a", share = "{share}/10" }}]
"""
    update = derive(from_text(text).ecosystem)
    after = update.step[1].xreplace(dict(zip(update.state, update.start, strict=True)))
    assert after == sympy.Rational(10 - share, 10) + sympy.Rational(share * real, 70)

"""Every registered family against SciPy's distribution of the same law; a family without one says why."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.quadrature import log_density, numeric
from strategies.families import instances, states

from theory.families.registry import families
from theory.reward import reward_variables


def gaussian_covariance(family, *state):
    d = family.dimension
    upper = np.zeros((d, d))
    upper[np.triu_indices(d)] = state[d:]
    return scipy.stats.multivariate_normal(state[:d], upper + upper.T - np.diag(np.diag(upper)))


def gaussian_location(family, *mean):
    return scipy.stats.multivariate_normal(mean, np.array(family.covariance, dtype=float))


def asymmetric_laplace(family, above, below):
    scale, ratio = np.sqrt(above * below), np.sqrt(below / above)
    return scipy.stats.laplace_asymmetric(ratio, loc=float(family.location), scale=scale)


def negative_binomial(family, mean):
    successes = float(family.successes)
    return scipy.stats.nbinom(successes, successes / (successes + mean))


def von_mises(family, cosine, sine):
    exact = (sympy.Rational(cosine), sympy.Rational(sine))
    first, second = (float(numeric(t)) for t in family.natural(exact))
    return scipy.stats.vonmises(np.hypot(first, second), loc=np.arctan2(second, first))


PEERS = {
    "asymmetric-laplace": asymmetric_laplace,
    "bernoulli": lambda family, mean: scipy.stats.bernoulli(mean),
    "beta": lambda family, alpha, beta: scipy.stats.beta(alpha, beta),
    "dirichlet": lambda family, *concentrations: scipy.stats.dirichlet(concentrations),
    "exponential": lambda family, mean: scipy.stats.expon(scale=mean),
    "gamma": lambda family, mean: scipy.stats.gamma(float(family.shape), scale=mean / float(family.shape)),
    "gaussian": lambda family, mean, variance: scipy.stats.norm(mean, np.sqrt(variance)),
    "gaussian-covariance": gaussian_covariance,
    "gaussian-location": gaussian_location,
    "gaussian-scale": lambda family, variance: scipy.stats.norm(float(family.location), np.sqrt(variance)),
    "geometric": lambda family, mean: scipy.stats.geom(1 / (1 + mean), loc=-1),
    "inverse-gaussian": lambda family, mean, shape: scipy.stats.invgauss(mean / shape, scale=shape),
    "laplace": lambda family, deviation: scipy.stats.laplace(float(family.location), deviation),
    "negative-binomial": negative_binomial,
    "pareto": lambda family, mean_log: scipy.stats.pareto(1 / mean_log, scale=float(family.scale)),
    "poisson": lambda family, mean: scipy.stats.poisson(mean),
    "rayleigh": lambda family, square: scipy.stats.rayleigh(scale=np.sqrt(square / 2)),
    "von-mises": von_mises,
    "weibull": lambda family, power: scipy.stats.weibull_min(
        float(family.shape), scale=power ** (1 / float(family.shape))
    ),
}
WITHOUT = {
    "categorical": "its samples are names, not numbers",
    "linear-gaussian": "a law of answers given prompts",
    "prompted-categorical": "its samples are names, not numbers",
    "lattice": "its base weights and statistics are the user's own",
}


def test_every_family_has_a_peer_or_a_reason():
    assert PEERS.keys() | WITHOUT.keys() == set(families())
    assert not PEERS.keys() & WITHOUT.keys()


@pytest.mark.parametrize("name", sorted(PEERS))
@settings(max_examples=2)
@given(data=st.data())
def test_density_is_that_of_scipy(name, data):
    family = data.draw(instances(families()[name]))
    state = data.draw(states(family))
    peer = PEERS[name](family, *map(float, state))
    theirs = peer.logpmf if hasattr(peer, "pmf") else peer.logpdf
    law = numeric(log_density(family, family.natural(state)))
    variables = reward_variables(family.dimension)
    for point in peer.rvs(size=3, random_state=7).reshape(3, -1):
        values = [sympy.Float(float(value), 40) for value in point]
        ours = law.xreplace(dict(zip(variables, values, strict=True)))
        wanted = np.squeeze(theirs(point if len(point) > 1 else point[0]))
        assert float(sympy.N(ours)) == pytest.approx(float(wanted), rel=1e-9, abs=1e-9)

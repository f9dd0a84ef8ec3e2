"""One round of retraining from first principles: each stream's law is integrated or enumerated.

Returns the means that decide the fit, E_D[T] for the reader's statistic T among them, which maximum
likelihood matches; no moment, tilt or refit formula of the program is used.
"""

from __future__ import annotations

import itertools

import mpmath
import sympy
from oracles.quadrature import DIGITS, expectations, log_density, prompts_of, reward_as_function, to_mpf

from theory.reward import reward_variables


def trained_statistic(ecosystem, model, states):
    """Means of `fitted` under what the model reads, real data included, in one dimension or on atoms."""
    reader = model.family
    with mpmath.workdps(DIGITS):
        total = [mpmath.mpf(0)] * len(reader.fitted)
        if model.real is not None:
            source = model.real.source or reader
            law = stream_law(source, model.real.state)
            total = plus(total, model.real.share, law_mean(source, law, reader.fitted, model.real.state))
        for stream in model.reads:
            producer = ecosystem.model(stream.producer).family
            state = states[stream.producer]
            functions = [through(f, stream.channel) for f in reader.fitted]
            people = None if stream.curators is None else ecosystem.users_named(stream.curators)
            total = plus(total, stream.share, curated_mean(producer, state, people, functions))
        return total


def predicted(family, state, means):
    """What the model in a state expects of T, and of the prompts, where it is asked what the data ask."""
    if not family.answers_prompts:
        return [to_mpf(m) for m in family.mean_parameter(state)]
    asked = means[: len(means) - len(family.statistic)]
    if family.atoms:
        size = len(state) // len(asked)
        return [*asked, *(q * to_mpf(p) for q, p in zip(repeated(asked, size), state, strict=True))]
    (square,), (coefficient,) = asked, state
    return [square, square * to_mpf(coefficient)]


def repeated(values, times):
    return [value for value in values for _ in range(times)]


def through(function, channel):
    if channel is None:
        return function
    (x,) = reward_variables(1)
    return function.subs(x, channel.matrix[0] * x + channel.shift[0])


def plus(total, share, values):
    return [t + to_mpf(share) * v for t, v in zip(total, values, strict=True)]


def stream_law(family, state):
    return log_density(family, family.natural(state))


def law_mean(family, law, functions, state):
    return expectations(family, functions, law, state[0])


def curated_mean(family, state, people, functions):
    """Mean of each function under the mixture of raw, own and adversarial choices."""
    raw = stream_law(family, state)
    if people is None:
        return law_mean(family, raw, functions, state)
    noise, share = people.noise, people.adversary_share
    total = [mpmath.mpf(0)] * len(functions)
    total = plus(total, noise, law_mean(family, raw, functions, state))
    own = [((1 - share) * t.probability, t.taste) for t in people.tastes]
    for weight, taste in (*own, (share, people.adversary)):
        if weight != 0:
            chosen = choice_mean(family, state, raw, taste, people.pool, functions)
            total = plus(total, (1 - noise) * weight, chosen)
    return total


def choice_mean(family, state, raw, taste, pool, functions):
    reward = taste.strength * reward_as_function(family, taste.reward)
    if pool is None:
        return law_mean(family, raw + reward, functions, state)
    return enumerated_choice(family, raw, reward, pool, functions)


def enumerated_choice(family, raw, reward, pool, functions):
    """Mean over the prompts of the choice among candidates that answer one prompt."""
    total = [mpmath.mpf(0)] * len(functions)
    for share, _, points in prompts_of(family):
        total = plus(total, share, enumerated_at(points, raw, reward, pool, functions))
    return total


def enumerated_at(points, raw, reward, pool, functions):
    """Every tuple of candidates, each candidate chosen with Luce's probability."""
    mass = [to_mpf(sympy.exp(sympy.sympify(raw).xreplace(p))) for p in points]
    weight = [to_mpf(sympy.exp(sympy.sympify(reward).xreplace(p))) for p in points]
    values = [[to_mpf(sympy.sympify(f).xreplace(p)) for p in points] for f in functions]
    total = [mpmath.mpf(0)] * len(functions)
    for draw in itertools.product(range(len(points)), repeat=pool):
        probability = mpmath.fprod(mass[k] for k in draw)
        attraction = mpmath.fsum(weight[k] for k in draw)
        for k in draw:
            kept = probability * weight[k] / attraction
            total = [t + kept * v[k] for t, v in zip(total, values, strict=True)]
    return total

"""Random exact ecosystems: any families that can read each other, every kind of curator."""

from __future__ import annotations

from fractions import Fraction

import sympy
from hypothesis import assume
from hypothesis import strategies as st
from strategies.families import accepts, drawn_family, positive, rationals, rewards, sources, states

from theory.channel import Channel
from theory.ecosystem import Ecosystem, Model, RealData, Stream, Users, WeightedTaste
from theory.exponential_family.features import NoClosedForm
from theory.exponential_family.inverse_gradient import inverse_gradient
from theory.exponential_family.law import FamilyLaw
from theory.reward import Taste
from theory.update_map import derive


@st.composite
def ecosystems(draw, *, names=None, models=3, dimension=None, reward_scale=Fraction(1, 4), finite=True):
    """An ecosystem whose first round is defined.

    Parameters: `names` limits the families; `models` is the greatest number of models;
    `dimension` that of each sample; small `reward_scale` keeps equilibria stable.
    """
    count = draw(st.integers(1, models))
    first = draw(drawn_family(dimension, names))
    others = [draw(drawn_family(dimension or first.dimension, names)) for _ in range(count - 1)]
    instances = [first, *(other if readable(first, other) else first for other in others)]
    people = tuple(
        draw(users(instance, f"u{k}", reward_scale, finite)) for k, instance in enumerate(instances)
    )
    built = tuple(draw(model(k, instances, people, channels=True)) for k in range(count))
    implicit = any(is_implicit(instance) for instance in instances)
    orders = (None,) if implicit else (None, tuple(m.name for m in reversed(built)))
    order = draw(st.sampled_from(orders))
    ecosystem = Ecosystem(name="random", models=built, users=people, order=order)
    assume(is_defined_at_start(ecosystem))
    return ecosystem


def readable(reader, producer):
    """Whether the reader's family could have made what the producer makes, and knows what to match."""
    if not reader.could_have_made(producer) or producer.atoms != reader.atoms:
        return False
    state = tuple(sympy.Dummy(real=True) for _ in producer.coordinates)
    try:
        FamilyLaw(producer, state).expectations(reader.fitted)
    except NoClosedForm:
        return False
    return producer.dimension == reader.dimension


def is_implicit(instance):
    """Whether natural parameters have no formula: rounds in a sequence then nest too deeply for SymPy."""
    state = tuple(sympy.Dummy(real=True) for _ in instance.coordinates)
    return any(e.has(inverse_gradient) for e in instance.natural(state))


def is_defined_at_start(ecosystem):
    """Whether every tilt of the first round exists."""
    update = derive(ecosystem)
    at = dict(zip(update.state, update.start, strict=True))
    values = [sympy.N(update.at_values(d).xreplace(at)) for d in update.domain]
    return all(v.is_Number and v > 0 for v in values)


@st.composite
def users(draw, instance, name, reward_scale, finite):
    """Users whose rewards suit the family; sometimes of two tastes, noisy, opposed, or with a finite pool."""
    pools = [None, 2, 3] if finite and instance.finite_support else [None]
    adversary = draw(st.booleans())
    return Users(
        name=name,
        tastes=draw(tastes(instance, reward_scale)),
        pool=draw(st.sampled_from(pools)),
        noise=draw(st.sampled_from([sympy.S.Zero, sympy.Rational(1, 5)])),
        adversary_share=draw(rationals(0, Fraction(1, 2))) if adversary else sympy.S.Zero,
        adversary=Taste(reward=draw(rewards(instance, scale=reward_scale))) if adversary else None,
    )


@st.composite
def tastes(draw, instance, reward_scale):
    """One taste, or two with probabilities, the second sometimes with a strength of its own."""
    first = Taste(reward=draw(rewards(instance, scale=reward_scale)), strength=draw(positive(2)))
    if draw(st.integers(0, 2)):
        return (WeightedTaste(probability=sympy.S.One, taste=first),)
    share, own = draw(rationals(0, 1)), draw(st.booleans())
    strength = draw(positive(2)) if own else first.strength
    second = Taste(reward=draw(rewards(instance, scale=reward_scale)), strength=strength)
    return (
        WeightedTaste(probability=1 - share, taste=first),
        WeightedTaste(probability=share, taste=second, has_own_strength=own),
    )


@st.composite
def model(draw, index, instances, people, *, channels):
    """Model number `index`: some real data, and streams from those that it can read."""
    instance = instances[index]
    producers = [k for k, other in enumerate(instances) if readable(instance, other)]
    chosen = draw(st.lists(st.sampled_from(producers), min_size=1, max_size=3))
    weights = [draw(st.integers(1, 4)) for _ in chosen]
    real_weight = draw(st.integers(2, 8))
    total = real_weight + sum(weights)
    reads = tuple(
        Stream(
            producer=f"m{k}",
            share=sympy.Rational(weight, total),
            curators=draw(st.sampled_from([None, *curators(instances[k], people)])),
            channel=draw(affine(instance, instances[k])) if channels else None,
        )
        for k, weight in zip(chosen, weights, strict=True)
    )
    state = draw(states(instance))
    return Model(
        name=f"m{index}",
        family=instance,
        start=state,
        real=RealData(share=sympy.Rational(real_weight, total), state=state, source=draw(sources(instance))),
        users=f"u{index}",
        reads=reads,
    )


def curators(instance, people):
    """Names of the users who can choose among what the family produces."""
    return [
        u.name
        for u in people
        if (u.pool is None or instance.finite_support)
        and all(accepts(instance, t.reward) for t in u.all_tastes)
    ]


@st.composite
def affine(draw, reader, producer):
    """No channel, or one of the right shape between Gaussian families."""
    if not (reader.takes_channels and producer.takes_channels) or draw(st.booleans()):
        return None
    rows, columns = reader.dimension, producer.dimension
    entries = [draw(rationals(-1, 1, 4)) for _ in range(rows * columns)]
    shift = [draw(rationals(-1, 1, 4)) for _ in range(rows)]
    return Channel(
        matrix=sympy.ImmutableDenseMatrix(rows, columns, entries),
        shift=sympy.ImmutableDenseMatrix(rows, 1, shift),
    )

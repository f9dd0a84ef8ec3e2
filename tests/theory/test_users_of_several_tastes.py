"""Users of several tastes: mixtures of what each keeps, mean rewards, and what the strength moves."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import sympy

from theory.ecosystem_file import FileFormat, from_text
from theory.update_map import derive

R = sympy.Rational
UP, DOWN, THIRD, TWO = {"reward": "x"}, {"reward": "-x + 1"}, "1/3", "2/3"
FAMILIES = {
    "gaussian": ({"mean": "1/2", "variance": 1}, {}),
    "poisson": ({"mean": 2}, {}),
    "bernoulli": ({"mean": "1/3"}, {"pool": 3, "noise": "1/7"}),
    "bernoulli, adversary": (
        {"mean": "1/3"},
        {"adversary": {"share": "1/5", "reward": [0, 2]}, "noise": "1/7"},
    ),
}


def written(family, users, real, parameters=None):
    reads = [{"from": "m", "share": "1/2", "curated": True}]
    model = {"family": family, "users": "u", "real": {"share": "1/2", **real}, "reads": reads}
    document = {"name": "t", "parameters": parameters or {}, "users": {"u": users}, "models": {"m": model}}
    return derive(from_text(json.dumps(document), FileFormat.JSON).ecosystem)


def crowd(first, second, **more):
    entries = [{**first, "probability": TWO}, {**second, "probability": THIRD}]
    return {"rewards": entries, "strength": "1/4", **more}


@pytest.mark.parametrize("name", FAMILIES)
def test_the_curated_law_is_the_mixture_of_what_each_taste_keeps(name):
    (real, more), family = FAMILIES[name], name.split(",")[0]
    mixed = written(family, crowd(UP, {**DOWN, "strength": 2}, **more), real)
    alone = [
        written(family, {**taste, "strength": strength, **more}, real)
        for taste, strength in ((UP, "1/4"), (DOWN, 2))
    ]
    means = [
        m.ecosystem.models[0].family.mean_parameter(tuple(m.at_values(g) for g in m.step))
        for m in (mixed, *alone)
    ]
    for whole, first, second in zip(*means, strict=True):
        assert sympy.simplify(sympy.expand(whole - R(2, 3) * first - R(1, 3) * second)) == 0
    rewards = [dict(m.alignments)["m"] for m in (mixed, *alone)]
    assert sympy.expand(rewards[0] - R(2, 3) * rewards[1] - R(1, 3) * rewards[2]) == 0


def test_the_strength_moves_the_tastes_without_one_of_their_own():
    knob = sympy.Symbol("users.u.strength", real=True)
    real = FAMILIES["gaussian"][0]
    update = written("gaussian", crowd(UP, {**DOWN, "strength": 2}), real)
    moved = [g.xreplace({**dict(update.values), knob: R(1, 5)}) for g in update.step]
    other = written("gaussian", {**crowd(UP, {**DOWN, "strength": 2}), "strength": R(9, 20).__str__()}, real)
    assert [sympy.expand(a - other.at_values(b)) for a, b in zip(moved, other.step, strict=True)] == [0, 0]
    fixed = written("gaussian", crowd({**UP, "strength": 1}, {**DOWN, "strength": 2}), real)
    assert not any(g.has(knob) for g in fixed.step)


def test_one_entry_is_the_users_one_reward():
    real = FAMILIES["gaussian"][0]
    one = written("gaussian", {"rewards": [{**UP, "probability": 1}], "strength": "1/4"}, real)
    assert one.ecosystem == written("gaussian", {**UP, "strength": "1/4"}, real).ecosystem
    (people,) = one.ecosystem.users
    assert people.single_taste is not None
    own = replace(people, tastes=(replace(people.tastes[0], has_own_strength=True),))
    assert own.single_taste is None


def test_probabilities_may_be_parameters_and_move_the_alignment_directly():
    entries = [{**UP, "probability": "s**2"}, {"reward": "-x", "probability": "1 - s*s"}]
    parameters = {"s": {"value": "1/2"}}
    update = written("gaussian", {"rewards": entries}, FAMILIES["gaussian"][0], parameters)
    mean, s = update.state[0], sympy.Symbol("s", real=True)
    assert sympy.expand(dict(update.alignments)["m"] - (2 * s**2 - 1) * mean) == 0


def test_choices_are_probabilities():
    people = written("bernoulli", crowd(UP, DOWN, **FAMILIES["bernoulli, adversary"][1]), {"mean": "1/3"})
    (users,) = people.ecosystem.users
    assert [p for p, _ in users.choices()] == [R(1, 7), R(16, 35), R(8, 35), R(6, 35)]
    assert [t is None for _, t in users.choices()] == [True, False, False, False]

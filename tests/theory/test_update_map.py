"""The update map: known answers, knobs, order of updates, printing."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import sympy
from hypothesis import given, settings
from strategies.ecosystems import ecosystems

from theory import examples
from theory.ecosystem_file import from_text
from theory.ecosystem_file.documents import FileFormat
from theory.expressions import parse
from theory.update_map import KnobKind, derive

R = sympy.Rational


def shipped(name):
    return from_text(examples.text(name)).ecosystem


def written(**document):
    return from_text(json.dumps({"name": "test", **document}), FileFormat.JSON).ecosystem


def symbol(name):
    return sympy.Symbol(name, real=True)


def total_influence(update, point, knob, model):
    """∇R (I − J)⁻¹ ∂G/∂τ + ∂R/∂τ by exact linear algebra at an exact fixed point."""
    at = {**dict(zip(update.coordinates, point, strict=True)), **dict(update.values)}
    reward = dict(update.alignments)[model].xreplace(dict(update.dependent))
    n = len(update.coordinates)
    jacobian = update.jacobian.xreplace(at)
    push = sympy.Matrix([g.diff(symbol(knob)) for g in update.reduced_step]).xreplace(at)
    slope = sympy.Matrix([[reward.diff(s) for s in update.coordinates]]).xreplace(at)
    moved = (sympy.eye(n) - jacobian).LUsolve(push)
    return sympy.simplify((slope * moved)[0] + reward.diff(symbol(knob)).xreplace(at))


KNOWN = [
    ("user-groups", (0, 1), "users.up.strength", "m", R(-1, 7)),
    ("two-targets", (0, 1), "users.right.strength", "m", R(-1426, 265283)),
    ("feed-forward", (0, 1, R(-11, 2), 2), "users.p.strength", "p", R(-1)),
    ("opposed-loop", (0, 1, R(-1, 4), R(1, 4)), "users.p.strength", "p", R(-29248, 719041)),
    ("exponential-fold", (R(3, 2),), "users.u.strength", "m", R(18)),
]


@pytest.mark.parametrize(("name", "point", "knob", "model", "influence"), KNOWN)
def test_known_equilibria_and_influences_hold_exactly(name, point, knob, model, influence):
    update = derive(shipped(name))
    at = dict(zip(update.coordinates, map(sympy.sympify, point), strict=True))
    moved = [sympy.simplify(update.at_values(g).xreplace(at)) for g in update.reduced_step]
    assert moved == list(at.values())
    assert total_influence(update, list(at.values()), knob, model) == influence


def test_unstable_branch_of_the_exponential_fold():
    update = derive(shipped("exponential-fold"))
    at = {update.state[0]: sympy.Integer(2), **dict(update.values)}
    assert update.step[0].xreplace(at) == 2
    assert update.jacobian[0].xreplace(at) == R(9, 8)


@pytest.mark.parametrize("name", examples.names())
def test_knobs_come_in_file_order(name):
    ecosystem = shipped(name)
    update = derive(ecosystem)
    parameters = [p.name for p in ecosystem.parameters]
    strengths = [f"users.{u.name}.strength" for u in ecosystem.users]
    curations = [k.name for k in update.knobs if k.kind is KnobKind.CURATION]
    assert [k.name for k in update.knobs] == [*parameters, *strengths, *curations]
    known = ecosystem.parameter_values()
    values = {m.name: sympy.sympify(m.curation_share).xreplace(known) for m in ecosystem.models}
    assert curations == [f"models.{name}.curation" for name, share in values.items() if 0 < share < 1]
    assert dict(update.values) == {
        k.symbol: ecosystem.parameter_values().get(k.symbol, 0) for k in update.knobs
    }


def test_curation_knob_scales_curated_streams_and_shrinks_the_rest():
    ecosystem = shipped("two-curators")
    update = derive(ecosystem)
    offset, lam = symbol("models.p.curation"), symbol("lam")
    share = lam + R(1, 5)
    model = ecosystem.model("p")
    grown = share + R(1, 20)
    reads = tuple(
        replace(s, share=s.share * (grown / share if s.curators else (1 - grown) / (1 - share)))
        for s in model.reads
    )
    real = replace(model.real, share=model.real.share * (1 - grown) / (1 - share))
    changed = derive(ecosystem.with_model(replace(model, reads=reads, real=real)))
    knobs = {**dict(update.values), offset: R(1, 20)}
    for moved, expected in zip(update.step, changed.step, strict=True):
        assert sympy.expand(moved.xreplace(knobs) - changed.at_values(expected)) == 0


def test_strength_knob_moves_own_users_but_not_their_adversary():
    ecosystem = shipped("two-curators")
    update = derive(ecosystem)
    warm = ecosystem.users_named("warm")
    (own,) = warm.tastes
    keener = replace(own.taste, strength=own.taste.strength + R(1, 7))
    stronger = replace(warm, tastes=(replace(own, taste=keener),))
    users = tuple(stronger if u.name == "warm" else u for u in ecosystem.users)
    changed = derive(replace(ecosystem, users=users))
    knobs = {**dict(update.values), symbol("users.warm.strength"): R(1, 7)}
    for moved, expected in zip(update.step, changed.step, strict=True):
        assert sympy.expand(moved.xreplace(knobs) - changed.at_values(expected)) == 0


@pytest.mark.parametrize(("share", "exists"), [("0", False), ("1/3", True), ("1", False)])
def test_curation_knob_exists_strictly_between_none_and_all(share, exists):
    reads = [{"from": "m", "share": share, "curated": True}]
    real = {"share": f"1 - {share}", "mean": "1/2"}
    model = {"family": "bernoulli", "users": "u", "real": real, "reads": reads}
    update = derive(written(users={"u": {"reward": "x"}}, models={"m": model}))
    assert ("models.m.curation" in [k.name for k in update.knobs]) is exists


def test_sequential_round_uses_states_already_updated():
    ecosystem = shipped("two-curators")
    p, q = (sympy.symbols(f"{m}.mean {m}.variance", real=True) for m in "pq")
    at_once = derive(ecosystem)
    in_turn = derive(replace(ecosystem, order=("p", "q")))
    assert in_turn.step[:2] == at_once.step[:2]
    fed = dict(zip(p, at_once.step[:2], strict=True))
    for turned, expected in zip(in_turn.step[2:], at_once.step[2:], strict=True):
        assert turned == expected.xreplace(fed)
    backwards = derive(replace(ecosystem, order=("q", "p")))
    assert backwards.step[2:] == at_once.step[2:]
    fed = dict(zip(q, at_once.step[2:], strict=True))
    assert backwards.step[:2] == tuple(g.xreplace(fed) for g in at_once.step[:2])


def test_sequential_rounds_carry_the_updated_producer_into_the_domain():
    users = {"u": {"reward": "x", "strength": "1/5"}}
    model = {"family": "exponential", "real": {"share": "1/2", "mean": 1}}
    models = {
        "a": {**model, "reads": [{"from": "b", "share": "1/2"}]},
        "b": {**model, "reads": [{"from": "a", "share": "1/2", "curated": True, "by": "u"}]},
    }
    update = derive(written(users=users, models=models, order=["a", "b"]))
    a, b = update.state
    offset = symbol("users.u.strength")
    assert set(update.domain) == {a, b, 1 - (b / 2 + R(1, 2)) * (offset + R(1, 5))}


def test_categorical_lists_every_atom_and_frees_all_but_one():
    update = derive(shipped("conflict-atoms"))
    assert [s.name for s in update.state] == [f"{m}.{a}" for m in "pq" for a in ("warm", "neutral", "cool")]
    assert [s.name for s in update.coordinates] == ["p.warm", "p.neutral", "q.warm", "q.neutral"]
    assert update.jacobian.shape == (4, 4)
    assert update.nonnegative == update.state


@pytest.mark.parametrize("name", examples.names())
def test_text_is_the_same_map_in_the_file_language(name):
    update = derive(shipped(name))
    offsets = {k.symbol: sympy.S.Zero for k in update.knobs if k.kind is not KnobKind.PARAMETER}
    known = {k.name: k.symbol for k in update.knobs}
    spelled = {s.name: f"state{k}" for k, s in enumerate(update.state)}
    point = {s: R(2 * k + 3, 7) for k, s in enumerate(update.state)}
    for (state, rule), exact in zip(update.text(), update.step, strict=True):
        assert state in spelled
        if "pool(" in rule:
            continue  # a function with a name of its own, which files do not know
        plain = rule
        for long, short in sorted(spelled.items(), key=lambda item: -len(item[0])):
            plain = plain.replace(long, short)
        names = {**known, **{short: symbol(long) for long, short in spelled.items()}}
        parsed = parse(plain, names, "update_map").xreplace(point).xreplace(dict(update.values))
        expected = exact.xreplace(offsets).xreplace(point).xreplace(dict(update.values))
        assert abs(sympy.N(parsed - expected, 40)) < sympy.Float(10) ** -35


def test_polynomial_rules_print_collected():
    assert dict(derive(shipped("user-groups")).text())["m.mean"] == "m.mean/2 - 5*m.variance/36 + 5/36"
    assert dict(derive(shipped("exponential-fold")).text())["m.mean"] == "m.mean/(2*(1 - m.mean/6)) + 1/2"


def test_latex_names_states_by_model():
    printed = derive(shipped("user-groups")).latex()
    assert printed.startswith("\\begin{aligned}\n\\mu_{\\mathrm{m}}' &= \\frac{\\mu_{\\mathrm{m}}}{2}")
    assert printed.count("'") == 2
    assert printed.count("\\\\\n") == 1


@settings(max_examples=10)
@given(ecosystem=ecosystems())
def test_identical_ecosystems_give_identical_maps(ecosystem):
    first, second = derive(ecosystem), derive(ecosystem)
    assert first.step == second.step
    assert first.text() == second.text()

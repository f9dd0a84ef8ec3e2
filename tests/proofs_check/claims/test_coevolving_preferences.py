"""Claims about co-evolving preferences, against orbits and Lipschitz quotients computed here."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import numpy as np
import pytest
import sympy

from proofs_check import registry
from proofs_check.checker.certificate_check import check_certificate
from proofs_check.encoding import sampled_coevolution as sampled
from proofs_check.encoding.coevolving import GAP, TOP, best_order_factor, order_factor, selection_weight
from proofs_check.encoding.one_curated_model import kept
from proofs_check.statements.canonical import encode_statement
from proofs_check.statements.limit_statement import LimitStatement
from theory.coevolution.selection import best_order_factor as best_model_factor
from theory.coevolution.selection import order_factor as model_factor
from theory.coevolution.selection import selection_weights

COEVOLVE = [claim_id for claim_id in registry.claim_ids() if claim_id.startswith("coevolve.")]


def chosen(law, weights, pool):
    """C_K by ordered draws."""
    if pool is None:
        return law * weights / (law @ weights)
    new = np.zeros(len(law))
    for draw in itertools.product(range(len(law)), repeat=pool):
        shares = weights[list(draw)] / weights[list(draw)].sum()
        np.add.at(new, list(draw), np.prod(law[list(draw)]) * shares)
    return new


def random_law(draw, n):
    parts = np.array([draw.random() ** 3 + 1e-6 for _ in range(n)])
    return parts / parts.sum()


def test_all_rows_are_there():
    assert {claim_id.removeprefix("coevolve.") for claim_id in COEVOLVE} == {
        "order", "lock-in", "duplicates", "unique-equilibrium",
    }  # fmt: skip


@pytest.mark.parametrize("claim_id", COEVOLVE)
def test_sharpness_is_accepted_by_the_checker(claim_id):
    claim = registry.load(claim_id)
    assert claim.sharpness
    for item in claim.sharpness:
        outcome = check_certificate(encode_statement(item.weakened), item.certificate)
        assert outcome.accepted
        assert outcome.shows == "refuted"


@pytest.mark.parametrize("claim_id", COEVOLVE)
def test_predicted_limits_stay_and_their_coordinates_are_the_step_s(claim_id):
    for case in registry.load(claim_id).cases:
        if isinstance(case.statement, LimitStatement):
            at = dict(zip(case.statement.variables, case.statement.limit, strict=True))
            ends = [complex(step.subs(at).evalf(30)) for step in case.statement.step]
            assert ends == pytest.approx([complex(x) for x in case.statement.limit], abs=1e-20)


@pytest.mark.parametrize("pool", [2, 3, 5, None])
def test_lipschitz_constants_hold_and_the_law_s_is_approached(pool):
    draw, heat = random.Random(3), 0.8
    top = np.exp(2 * heat)
    most = top if pool is None else pool * top / (top + pool - 1)
    for _ in range(25):
        first, second = random_law(draw, 3), random_law(draw, 3)
        features = np.array([[np.cos(a), np.sin(a)] for a in (draw.random() * 7 for _ in range(3))])
        w, v = (np.array([draw.uniform(-0.7, 0.7) for _ in range(2)]) for _ in range(2))
        new = [chosen(law, np.exp(heat * features @ taste), pool) for law, taste in ((first, w), (second, v))]
        moved = np.abs(new[0] - new[1]).sum() / 2
        assert moved <= most * np.abs(first - second).sum() / 2 + heat / 2 * np.linalg.norm(w - v) + 1e-12
    tiny = 1e-7
    rise = chosen(np.array([tiny, 1 - tiny]), np.exp([heat, -heat]), pool)[0] / tiny
    assert rise == pytest.approx(most, rel=1e-5)


@pytest.mark.parametrize("pool", [2, None])
def test_three_equilibria_attract_as_their_slopes_say(pool):
    share = 13 / 22 if pool is None else 20 / 29

    def step(mass):
        weights = 16.0 ** np.array([mass, 1 - mass])
        return (1 - share) / 2 + share * chosen(np.array([mass, 1 - mass]), weights, pool)[0]

    for start, end in ((0.1, 0.25), (0.49, 0.25), (0.5, 0.5), (0.51, 0.75), (0.9, 0.75)):
        mass = start
        for _ in range(200):
            mass = step(mass)
        assert mass == pytest.approx(end, abs=1e-9)


def test_odds_fall_by_the_factor_in_a_basin():
    draw, heat, pool = random.Random(5), 1.3, 4
    features = np.array([[1, 0], [0.6, 0.8], [-1, 0]])
    margin = 0.4
    lost = 1 - np.exp(-heat * margin / 2)
    factor = 1 - lost * (pool - 1) / (np.exp(2 * heat) + pool - 1)
    law = np.array([1 - margin / 8, margin / 12, margin / 24])
    taste = features[0] * (1 - margin / 4)
    for _ in range(6):
        new = chosen(law, np.exp(heat * features @ taste), pool)
        assert (1 - new[0]) / new[0] <= factor * (1 - law[0]) / law[0]
        rate = draw.random()
        law, taste = new, (1 - rate) * taste + rate * new @ features
        assert np.linalg.norm(taste - features[0]) <= margin / 4


@pytest.mark.parametrize("pool", [2, 3, None])
def test_the_claims_selection_weights_are_the_model_s(pool):
    law = tuple(sympy.symbols("p1:4", positive=True))
    weights = tuple(sympy.symbols("a1:4", positive=True))
    written = [selection_weight(law, weights, pool, i) for i in range(3)]
    for mine, theirs in zip(written, selection_weights(law, weights, pool), strict=True):
        at = {s: sympy.Rational(k + 2, 7) for k, s in enumerate((*law, *weights))}
        assert mine.subs(at) == theirs.subs(at)
    heat, gap = sympy.log(3), sympy.Rational(1, 2)
    scaled = {TOP: sympy.Integer(9), GAP: sympy.sqrt(3)}
    for encoded, exact in ((order_factor, model_factor), (best_order_factor, best_model_factor)):
        assert sympy.simplify(sympy.sympify(encoded(pool)).subs(scaled) - exact(gap, heat, pool)) == 0


def test_predicates_accept_and_refuse():
    third = Fraction(1, 3)
    law, weights = (third, third, third), (Fraction(1), Fraction(2), Fraction(5))
    assert sampled.why_not_in_order((law, weights, 3)) is None
    other = (Fraction(1, 2), Fraction(1, 4), Fraction(1, 4))
    assert sampled.why_farther_apart(((law, weights, 3), other)) is None
    start = ((Fraction(1, 2), Fraction(-3)), Fraction(1), Fraction(99, 100), Fraction(1), Fraction(1), 3)
    assert sampled.why_not_locked_in(start) is None
    outside = ((Fraction(5),), Fraction(1, 5), Fraction(41, 10), Fraction(1), Fraction(0), None)
    assert sampled.why_not_locked_in(outside) is not None


def test_predicates_see_choices_that_go_the_wrong_way(monkeypatch):
    def backwards(law, weights, pool):
        return kept(law, tuple(1 / a**3 for a in weights), pool)

    monkeypatch.setattr(sampled, "kept", backwards)
    law = (Fraction(1, 100), Fraction(99, 100))
    pair = ((law, (Fraction(1), Fraction(5)), 2), (Fraction(0), Fraction(1)))
    assert sampled.why_farther_apart(pair) is not None
    start = ((Fraction(1),), Fraction(3), Fraction(99, 100), Fraction(1), Fraction(0), 2)
    assert sampled.why_not_locked_in(start) is not None

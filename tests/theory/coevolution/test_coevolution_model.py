"""One round of co-evolving preferences, against enumeration of all draws and against its laws."""

from __future__ import annotations

import itertools

import mpmath
import pytest
import sympy

from theory.coevolution.contraction import sharp_contraction, stated_contraction
from theory.coevolution.model import Coevolution, CoevolutionState
from theory.coevolution.orbits import is_equilibrium, orbit
from theory.coevolution.projection import on_unit_ball
from theory.coevolution.selection import best_order_factor, order_factor, selection_weights
from theory.curation.pool import expand_pool, pool
from theory.errors import InvalidInput

R = sympy.Rational
PLANE = ((R(1), R(0)), (R(3, 5), R(4, 5)), (R(-1), R(0)))


def model(**changes):
    made = {
        "features": PLANE, "temperature": R(3, 2), "candidates": 3, "synthetic_share": R(2, 3),
        "reference": (R(1, 2), R(1, 3), R(1, 6)), "learning_rate": R(1, 4),
    }  # fmt: skip
    return Coevolution(**(made | changes))


def state():
    return CoevolutionState(law=(R(1, 5), R(1, 2), R(3, 10)), preference=(R(1, 3), R(-1, 2)))


def enumerated(law, weights, candidates):
    """Every ordered draw, in 40 digits."""
    kept = [mpmath.mpf(0)] * len(law)
    for draw in itertools.product(range(len(law)), repeat=candidates):
        chance = mpmath.fprod(law[i] for i in draw)
        total = mpmath.fsum(weights[i] for i in draw)
        for i in draw:
            kept[i] += chance * weights[i] / total
    return kept


@pytest.mark.parametrize("candidates", [2, 3, 4, None])
def test_a_round_is_what_enumeration_says(candidates):
    made, at = model(candidates=candidates), state()
    with mpmath.workdps(40):
        law = [mpmath.mpf(p.p) / p.q for p in at.law]
        rewards = [sum(w * x for w, x in zip(at.preference, f, strict=True)) for f in PLANE]
        weights = [mpmath.exp(mpmath.mpf(3) / 2 * r.p / r.q) for r in rewards]
        if candidates is None:
            total = mpmath.fdot(law, weights)
            kept = [p * a / total for p, a in zip(law, weights, strict=True)]
        else:
            kept = enumerated(law, weights, candidates)
        new = [mpmath.mpf(q.p) / q.q / 3 + 2 * c / 3 for q, c in zip(made.reference, kept, strict=True)]
        following = made.step(at)
        for found, expected in zip(following.law, new, strict=True):
            assert abs(mpmath.mpf(found.evalf(35)) - expected) < mpmath.mpf(10) ** -30
        seen = [sum(p * f[k].p / f[k].q for p, f in zip(new, PLANE, strict=True)) for k in (0, 1)]
        for found, old, mean in zip(following.preference, at.preference, seen, strict=True):
            expected = mpmath.mpf(3) / 4 * old.p / old.q + mean / 4
            assert abs(mpmath.mpf(found.evalf(35)) - expected) < mpmath.mpf(10) ** -30


@pytest.mark.parametrize("candidates", [2, 3, None])
def test_selection_weights_average_to_one(candidates):
    p, a, b = sympy.symbols("p a b", positive=True)
    law = (p, 1 - p)
    found = selection_weights(law, (a, b), candidates)
    assert sympy.simplify(sum(x * h for x, h in zip(law, found, strict=True)) - 1) == 0


def test_the_best_factor_is_attained_and_below_the_stated_one():
    heat, gap = sympy.log(5), R(1, 2)
    weights = (R(5), 5 * sympy.exp(-heat / 2), R(1, 5))
    for candidates in (2, 3, 5):
        better, worse, _ = selection_weights((R(0), R(0), R(1)), weights, candidates)
        best = best_order_factor(gap, heat, candidates)
        assert sympy.simplify(worse / better - best) == 0
        assert best < order_factor(gap, heat, candidates) < 1


def test_factors_tend_to_the_tilt_s():
    finite = [order_factor(R(1), R(1), k) for k in (2, 10, 10**6)]
    values = [float(x) for x in (*finite, order_factor(R(1), R(1), None))]
    assert values == sorted(values, reverse=True)
    assert values[-2] == pytest.approx(values[-1], rel=1e-4)


def test_learning_never_leaves_the_ball():
    made, at = model(), CoevolutionState(law=(R(0), R(1), R(0)), preference=(R(3, 5), R(4, 5)))
    following = made.step(at)
    numbers = tuple(w.evalf(30) for w in following.preference)
    assert sum(w**2 for w in numbers) <= 1
    assert on_unit_ball((R(1, 3), R(1, 3))) == (R(1, 3), R(1, 3))
    assert on_unit_ball((R(5), R(12))) == (R(5, 13), R(12, 13))


@pytest.mark.parametrize(("share", "candidates"), [(R(13, 22), None), (R(20, 29), 2)])
def test_the_three_equilibria_are_exact(share, candidates):
    made = model(
        features=((R(1), R(0)), (R(0), R(1))), temperature=sympy.log(16), candidates=candidates,
        synthetic_share=share, reference=(R(1, 2), R(1, 2)),
    )  # fmt: skip
    for mass in (R(1, 4), R(1, 2), R(3, 4)):
        at = CoevolutionState(law=(mass, 1 - mass), preference=(mass, 1 - mass))
        assert is_equilibrium(made, at)
    off = CoevolutionState(law=(R(1, 3), R(2, 3)), preference=(R(1, 3), R(2, 3)))
    assert not is_equilibrium(made, off)
    moved = CoevolutionState(law=(R(1, 4), R(3, 4)), preference=(R(1, 4), R(1, 4)))
    assert not is_equilibrium(made, moved)


def test_two_orbits_approach_by_the_contraction_factor():
    made = model(temperature=R(1, 5), synthetic_share=R(1, 3), learning_rate=R(1, 2))
    bound = sharp_contraction(made)
    assert bound.proves_uniqueness
    starts = (
        CoevolutionState(law=(R(1), R(0), R(0)), preference=(R(1), R(0))),
        CoevolutionState(law=(R(0), R(0), R(1)), preference=(R(-1), R(0))),
    )
    first, second = (orbit(made, start, 8, 30) for start in starts)

    def apart(t):
        variation = sum(abs(p - q) for p, q in zip(first.laws[t], second.laws[t], strict=True)) / 2
        tastes = zip(first.preferences[t], second.preferences[t], strict=True)
        return max(variation, mpmath.sqrt(sum((w - v) ** 2 for w, v in tastes)) / 2)

    for t in range(8):
        assert apart(t + 1) <= float(bound.factor) * apart(t)


def test_the_sharp_constants_ask_for_less():
    for candidates in (2, 7, None):
        made = model(candidates=candidates)
        assert sharp_contraction(made).smallness < stated_contraction(made).smallness
    assert not sharp_contraction(model(learning_rate=R(0), synthetic_share=R(0))).proves_uniqueness


def test_mass_is_kept_over_many_rounds():
    laws = orbit(model(synthetic_share=R(1)), state(), 300, 30).laws
    assert abs(sum(laws[-1]) - 1) < 1e-25
    assert all(p >= 0 for p in laws[-1])


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"features": ((R(1), R(1)), (R(1), R(0)), (R(0), R(1)))}, "features[0]"),
        ({"features": ((R(1),), (R(1), R(0)), (R(0), R(1)))}, "features[1]"),
        ({"features": ((R(1),),)}, "features"),
        ({"reference": (R(1, 2), R(1, 2))}, "reference"),
        ({"reference": (R(1), R(1), R(-1))}, "reference"),
        ({"temperature": R(0)}, "temperature"),
        ({"candidates": 1}, "candidates"),
        ({"synthetic_share": R(3, 2)}, "synthetic_share"),
        ({"learning_rate": R(-1)}, "learning_rate"),
    ],
)
def test_bad_models_are_refused_with_their_place(changes, place):
    with pytest.raises(InvalidInput) as error:
        model(**changes)
    assert error.value.place == place


def test_a_factor_for_one_candidate_is_refused():
    with pytest.raises(InvalidInput):
        order_factor(R(1), R(1), 1)


def test_large_pools_are_not_written_out():
    made = model(candidates=20)
    following = made.step(state())
    assert following.law[0].has(pool)
    weights = made.choice_weights(state().preference)
    law = state().law
    expected = R(1, 3) * R(1, 2) + R(2, 3) * expand_pool(
        law[0] * 20 * weights[0] * pool(19, 1, weights[0], *law, *weights)
    )
    assert abs(following.law[0].evalf(25) - expected.evalf(25)) < R(1, 10**20)
    assert abs(sum(orbit(made, state(), 3, 25).laws[-1]) - 1) < 1e-20

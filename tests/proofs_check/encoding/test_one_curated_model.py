"""Choice among K candidates, draw by draw, against two other ways to compute it."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from proofs_check.encoding.one_curated_model import (
    OneCuratedModel,
    candidate_sets,
    kept,
    mean_and_variance,
    within_set,
)
from proofs_check.encoding.sampled_choices import chosen
from proofs_check.encoding.sampled_rounds import (
    gain,
    why_far_from_the_tilt,
    why_not_above_the_floor,
    why_not_the_gain,
)
from theory.curation.pool import expand_pool, kept_probabilities

LAW = (Fraction(1, 7), Fraction(2, 7), Fraction(4, 7))
WEIGHTS = (Fraction(1), Fraction(5), Fraction(3, 2))


@pytest.mark.parametrize("pool", [1, 2, 3, 4])
def test_kept_agrees_with_ordered_enumeration_and_with_the_engine_s_formula(pool):
    found = kept(LAW, WEIGHTS, pool)
    assert found == chosen(LAW, WEIGHTS, pool)
    exact = [tuple(map(sympy.Rational, map(str, values))) for values in (LAW, WEIGHTS)]
    assert [sympy.Rational(str(x)) for x in found] == [
        expand_pool(x) for x in kept_probabilities(*exact, pool)
    ]
    assert sum(found) == 1


def test_the_tilt_is_what_finite_pools_tend_to():
    tilted = kept(LAW, WEIGHTS, None)
    apart = [
        max(abs(a - b) for a, b in zip(kept(LAW, WEIGHTS, pool), tilted, strict=True)) for pool in (4, 8)
    ]
    assert sum(tilted) == 1
    assert 0 < apart[1] < apart[0] * Fraction(2, 3)


@pytest.mark.parametrize("size", [1, 2, 5])
def test_candidate_sets_are_all_outcomes(size):
    sets = list(candidate_sets(LAW, size))
    assert sum(chance for chance, _ in sets) == 1
    assert all(sum(counts) == size for _, counts in sets)
    mean, variance = mean_and_variance(LAW, WEIGHTS)
    inside = [(chance, *within_set(counts, WEIGHTS)) for chance, counts in sets]
    assert sum(chance * m for chance, m, _ in inside) == mean
    assert sum(chance * v for chance, _, v in inside) == Fraction(size - 1, size) * variance


def test_a_gain_and_its_bounds():
    assert gain((Fraction(1, 2),) * 2, (Fraction(1), Fraction(3)), 2) == Fraction(1, 4)
    assert why_not_the_gain((LAW, WEIGHTS, 3)) is None
    assert why_far_from_the_tilt((LAW, WEIGHTS, 3)) is None
    assert why_not_above_the_floor((Fraction(5), (LAW, WEIGHTS, 3))) is None


def test_predicates_see_what_is_wrong():
    not_a_law = (Fraction(1, 7), Fraction(1, 7), Fraction(1, 7))
    assert why_not_the_gain((not_a_law, WEIGHTS, 2)) is not None
    assert why_far_from_the_tilt(((Fraction(9),) * 3, WEIGHTS, 3)) is not None
    assert why_not_above_the_floor((Fraction(-1, 2), (LAW, WEIGHTS, 2))) is not None


def test_symbols_of_a_model():
    model = OneCuratedModel(3)
    assert sympy.Add(*model.law) == 1
    assert model.rising[2] - model.rising[1] == model.gaps[2]
    assert model.mean([sympy.Integer(1)] * 3) == 1

"""Conditions at exact points, against independent arithmetic."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies.statements import EQ, GE, GT, NE, encoded, implication, real, relation, stable

from proofs_check.checker.balls import sign_at
from proofs_check.checker.points import NotRational, Undefined, decide, exact_value, is_schur_stable
from proofs_check.checker.terms import Refused


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(
            st.lists(st.fractions(-2, 2, max_denominator=7), min_size=n, max_size=n), min_size=n, max_size=n
        )
    )
)
def test_stability_agrees_with_eigenvalues(matrix):
    radius = max(abs(np.linalg.eigvals(np.array(matrix, dtype=float))))
    assume(abs(radius - 1) > 1e-6)
    assert is_schur_stable(matrix) is bool(radius < 1)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["1"]], False),
        ([["-1"]], False),
        ([["99/100"]], True),
        ([["0", "-1"], ["1", "0"]], False),
        ([["0", "1"], ["0", "0"]], True),
        ([["0", "0", "1"], ["1", "0", "0"], ["0", "1", "0"]], False),
        ([["3/5", "-4/5"], ["4/5", "3/5"]], False),
    ],
)
def test_stability_on_the_boundary(rows, expected):
    assert decide({"schur_stable": rows}, {}) is expected


def test_values_that_are_not_rational_are_not_guessed():
    for tree in (["pi"], ["exp", "1"], ["sqrt", "2"], ["sin", "1"], ["log", "2"], ["cos", "1/2"]):
        with pytest.raises(NotRational):
            exact_value(tree, {})


def test_values_that_are_rational_are_found():
    assert exact_value(["sqrt", "9/4"], {}) == Fraction(3, 2)
    assert exact_value(["+", ["exp", "0"], ["cos", "0"], ["log", "1"], ["sin", "0"]], {}) == 2


@pytest.mark.parametrize(
    "tree", [["^", "0", -1], ["log", "0"], ["log", "-1"], ["sqrt", "-1"], ["^", ["+", "x", "-1"], -2]]
)
def test_undefined_values_are_no_values(tree):
    with pytest.raises(Undefined):
        exact_value(tree, {"x": "1"})


def test_a_tower_of_powers_is_refused_at_once():
    tree = "2"
    for _ in range(5):
        tree = ["^", tree, 200]
    with pytest.raises(Refused, match="too long"):
        exact_value(tree, {})


def test_balls_decide_strict_relations_only():
    exponential = {"left": ["exp", "1"], "is": ">", "right": "27/10"}
    assert decide(exponential, {}) is None
    assert decide(exponential, {}, sign_at) is True
    assert decide({**exponential, "is": "="}, {}, sign_at) is False
    same = {"left": ["exp", "1"], "is": "=", "right": ["exp", "1"]}
    assert decide(same, {}, sign_at) is None
    assert decide({**same, "is": ">="}, {}, sign_at) is None


def test_a_hypothesis_is_undefined_where_its_divisor_is_zero():
    (x,) = real("x")
    statement = encoded(implication([x], [relation(1 / x, NE, 5)], [relation(x, GE)]))
    with pytest.raises(Undefined):
        decide(statement["hypotheses"][0], {"x": "0"}, sign_at)


def test_an_irrational_matrix_is_not_decided():
    (x,) = real("x")
    statement = encoded(
        implication([x], [stable([[x]]), relation(x, EQ, x), relation(x, GT, -9)], [relation(x, GE)])
    )
    assert decide(statement["hypotheses"][0], {"x": ["sqrt", "1/2"]}, sign_at) is None

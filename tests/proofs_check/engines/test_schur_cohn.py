"""schur-cohn: matrices of numbers and of a few parameters, exact for signed entries."""

from __future__ import annotations

import json
from random import Random

import mpmath
import pytest
import sympy
from strategies.statements import GE, GT, LT, encoded, implication, real, relation, stable

from proofs_check.checker.certificate_check import check_certificate
from proofs_check.claim import Case
from proofs_check.engines.schur_cohn import MAX_PARAMETERS, SchurCohnEngine
from proofs_check.evidence.verdict import Verdict
from theory.budget import Budget

pytestmark = pytest.mark.slow

R = sympy.Rational
T, U = real("t u")


def verdict(statement):
    case = Case.__new__(Case)
    object.__setattr__(case, "statement", statement)
    finding = SchurCohnEngine().attempt(case, Budget(seconds=60.0).started())
    if finding.certificate is not None:
        outcome = check_certificate(encoded(statement), json.loads(json.dumps(finding.certificate)))
        assert (outcome.accepted, outcome.reason) == (True, "")
    return finding.verdict


def radius(rows):
    with mpmath.workdps(60):
        matrix = mpmath.matrix([[mpmath.mpf(int(x.p)) / int(x.q) for x in row] for row in rows])
        return max(abs(z) for z in mpmath.eig(matrix, left=False, right=False))


@pytest.mark.parametrize("size", [2, 3, 4, 5, 7])
def test_numbers_to_ten_digits_about_the_unit_circle(size):
    draw = Random(size)
    for k in range(6):
        rows = [[R(draw.randint(-9, 9)) for _ in range(size)] for _ in range(size)]
        away = 1 + (1 if k % 2 else -1) * R(1, 10**10)
        scale = away / R(int(radius(rows) * 10**14), 10**14)
        scaled = [[x * scale for x in row] for row in rows]
        inside = radius(scaled) < 1
        assert (verdict(implication([], [], [stable(scaled)])) is Verdict.PROVED) is bool(inside)


def ring(size, last):
    """A cycle of `size` states with links t, closed by `last`."""
    rows = [[T if j == i + 1 else R(0) for j in range(size)] for i in range(size)]
    rows[-1][0] = last
    return rows


@pytest.mark.parametrize("size", [4, 5, 6])
def test_a_ring_with_a_negative_link_is_stable_up_to_one(size):
    for limit, expected in ((1, Verdict.PROVED), (R(11, 10), Verdict.UNKNOWN)):
        given = [relation(T, GT, -limit), relation(T, LT, limit)]
        assert verdict(implication([T], given, [stable(ring(size, -T))])) is expected


def test_a_rotation_whose_absolute_value_is_unstable():
    """t·Rot(45°) twice over, coupled one way: ρ = t·√2 with t² < 1/2."""
    rows = [[T, -T, U, 0], [T, T, 0, U], [0, 0, T, -T], [0, 0, T, T]]
    given = [relation(T, GE), relation(T, LT, R(7, 10)), relation(U, GE), relation(U, LT, 5)]
    assert verdict(implication([T, U], given, [stable(rows)])) is Verdict.PROVED
    wide = [relation(T, GE), relation(T, LT, R(3, 4)), *given[2:]]
    assert verdict(implication([T, U], wide, [stable(rows)])) is Verdict.UNKNOWN


def test_quotients_keep_their_domain():
    rows = [[0, 1 / (T + 1), 0, 0], [0, 0, T / (T + 1), 0], [0, 0, 0, R(1, 2)], [1, 0, 0, 0]]
    inside = implication([T], [relation(T, GT, 0)], [stable(rows)])
    assert verdict(inside) is Verdict.PROVED
    assert verdict(implication([T], [relation(T, GE, -1)], [stable(rows)])) is Verdict.UNKNOWN


def test_more_parameters_than_it_handles_are_refused():
    symbols = real(" ".join(f"m{k}" for k in range(MAX_PARAMETERS + 1)))
    rows = [[s if i == j else R(0) for j, s in enumerate(symbols)] for i in range(len(symbols))]
    assert "parameters" in SchurCohnEngine().refusal(implication(symbols, [], [stable(rows)]))

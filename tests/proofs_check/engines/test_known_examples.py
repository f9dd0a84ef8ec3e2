"""Statements whose truth is known, through every engine that accepts them."""

from __future__ import annotations

import pytest
import sympy
from strategies.statements import EQ, GE, GT, LE, LT, NE, case, implication, motzkin, real, relation, stable
from sympy import Rational

from proofs_check.evidence.evidence import audit, combine_case
from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import engines
from theory.budget import Budget

A, B, C, D, X, Y = real("a b c d x y")
PROVING = ("identity", "sign-product", "bernstein", "products", "sum-of-squares", "balls")
DET = (1 - A) * (1 - D) - B * C
ZERO = {A: 0, B: 0, C: 0, D: 0}


def examined(tested, names, seconds=20.0):
    chosen = [item for item in engines() if item.name in names]
    found = [audit(item.check(tested, Budget(seconds=seconds)), tested) for item in chosen]
    return combine_case(tested.name, found)


def substochastic(size):
    w = sympy.Matrix(size, size, lambda i, j: sympy.Symbol(f"w{i}{j}", real=True))
    hypotheses = [relation(entry, GE) for entry in w]
    hypotheses += [relation(sum(w.row(i)), LT, 1) for i in range(size)]
    return w, hypotheses, dict.fromkeys(w, 0)


def jury_over_substochastic(size):
    w, hypotheses, witness = substochastic(size)
    return case(implication(list(w), hypotheses, [stable(w.tolist())]), witness)


def own_entry(size):
    """J ≥ 0 with leading minors of I − J positive gives (I − J)⁻¹₁₁ ≥ 1."""
    j = sympy.Matrix(size, size, lambda r, k: sympy.Symbol(f"j{r}{k}", real=True))
    gap = sympy.eye(size) - j
    minors = [
        relation(gap[size - k :, size - k :].det(method="berkowitz").expand(), GT) for k in range(1, size + 1)
    ]
    entry = gap[1:, 1:].det(method="berkowitz").expand() / gap.det(method="berkowitz").expand()
    hypotheses = [*(relation(e, GE) for e in j), *minors]
    return case(implication(list(j), hypotheses, [relation(entry, GE, 1)]), dict.fromkeys(j, 0))


TRUE = {
    "binomial": case(
        implication([X, Y], [], [relation((X + Y) ** 3, EQ, X**3 + 3 * X**2 * Y + 3 * X * Y**2 + Y**3)])
    ),
    "circle": case(
        implication([X, Y], [relation(X**2 + Y**2, EQ, 1)], [relation(X**4 + X**2 * Y**2, EQ, X**2)]),
        {X: 0, Y: 1},
    ),
    "stationarity": case(
        implication([A, X, Y], [relation(A, NE), relation(A * X, EQ, Y)], [relation(X**2, EQ, Y**2 / A**2)]),
        {A: 1, X: 2, Y: 2},
    ),
    "own entry has the sign of 1 − d": case(
        implication(
            [A, B, C, D], [stable([[A, B], [C, D]]), relation(D, NE, 1)], [relation((1 - D) ** 2 / DET, GT)]
        ),
        ZERO,
    ),
    "determinant of a stable matrix": case(
        implication([A, B, C, D], [stable([[A, B], [C, D]])], [relation(DET, GT)]), ZERO
    ),
    "substochastic, N = 2": jury_over_substochastic(2),
    "substochastic, N = 3": jury_over_substochastic(3),
    "own entry, N = 2": own_entry(2),
    "reciprocal": case(implication([X], [relation(X, GT)], [relation(1 / (1 + X), LT, 1)]), {X: 1}),
    "root": case(implication([X], [relation(X, GT)], [relation(sympy.sqrt(X), GT)]), {X: 1}),
    "exponential on a box": case(
        implication(
            [X], [relation(X, GE, Rational(1, 10)), relation(X, LE, 1)], [relation(sympy.exp(X), GT, 1 + X)]
        ),
        {X: 1},
    ),
    "two circles of a box": case(
        implication(
            [X, Y],
            [
                relation(X, GE),
                relation(X, LE, 1),
                relation(Y, GE),
                relation(Y, LE, 1),
                relation(X * Y, GE, Rational(1, 2)),
            ],
            [relation(X + Y, GT, Rational(14, 10))],
        ),
        {X: 1, Y: 1},
    ),
}

FALSE = {
    "a stable J has a positive own entry": case(
        implication([A, B, C, D], [stable([[A, B], [C, D]])], [relation((1 - D) / DET, GT)]), ZERO
    ),
    "the known witness": case(
        implication(
            [A, B, C, D],
            [
                stable([[A, B], [C, D]]),
                relation(A, EQ, Rational(-3, 4)),
                relation(D, EQ, 2),
                relation(B, EQ, -2),
                relation(C, EQ, 1),
            ],
            [relation((1 - D) / DET, GT)],
        ),
        {A: Rational(-3, 4), B: -2, C: 1, D: 2},
    ),
    "cycle gains below 1 suffice": case(
        implication([X], [relation(X, GE), relation(X, LT, 1)], [stable([[0, X, X], [X, 0, X], [X, X, 0]])]),
        {X: 0},
    ),
    "Motzkin minus a little": case(
        implication([X, Y], [], [relation(motzkin(X, Y) - Rational(1, 1000), GE)])
    ),
    "nilpotent coupling cannot invert": case(
        implication([X], [relation(X, GT), stable([[0, X], [0, 0]])], [relation(1 - X + 1, GT)]), {X: 1}
    ),
    "cancelling a factor that may vanish": case(
        implication([A, X], [relation(A * X, EQ, A)], [relation(X, EQ, 1)]), {A: 1, X: 1}
    ),
    "a sliver": case(
        implication(
            [X, Y],
            [relation(X, GE), relation(Y, GE), relation(X + Y, LE, 1)],
            [relation(X * Y, LT, Rational(2499, 10000))],
        ),
        {X: 0, Y: 0},
    ),
    "the boundary": case(implication([X], [relation(X, GE)], [relation(X, GT)]), {X: 1}),
    "tangent line": case(
        implication([X], [relation(X, GE, -1), relation(X, LE, 1)], [relation(sympy.exp(X), GT, 1 + X)]),
        {X: 1},
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_true_statement_is_proved_with_a_certificate_that_stands(name):
    report = examined(TRUE[name], PROVING)
    assert report.verdict is Verdict.PROVED
    assert not report.alarm


@pytest.mark.slow
@pytest.mark.parametrize("name", TRUE)
def test_a_true_statement_is_never_refuted(name):
    report = examined(TRUE[name], ("falsification",), seconds=2.0)
    assert report.verdict in (Verdict.SUPPORTED, Verdict.UNKNOWN)


@pytest.mark.parametrize("name", FALSE)
def test_a_false_statement_is_never_proved(name):
    report = examined(FALSE[name], PROVING)
    assert report.verdict is not Verdict.PROVED
    assert not report.alarm


@pytest.mark.parametrize("name", FALSE)
def test_a_false_statement_is_refuted_by_an_exact_point(name):
    report = examined(FALSE[name], ("falsification", "smt", "balls"))
    assert report.verdict is Verdict.REFUTED
    assert not report.alarm


def test_motzkin_is_not_refuted():
    report = examined(
        case(implication([X, Y], [], [relation(motzkin(X, Y) * (X**2 + Y**2), GE)])), ("falsification",), 3.0
    )
    assert report.verdict is Verdict.SUPPORTED

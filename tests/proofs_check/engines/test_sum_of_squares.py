"""The engine of sums of squares: exact certificates for what is true, silence on what is false."""

from __future__ import annotations

import copy
import importlib.util

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies.statements import EQ, GE, GT, LE, LT, NE, case, implication, motzkin, real, relation, stable
from sympy import Rational

from proofs_check.checker.certificate_check import check_certificate
from proofs_check.engines.sum_of_squares import SumOfSquaresEngine
from proofs_check.evidence.evidence import audit
from proofs_check.evidence.verdict import Verdict
from proofs_check.proving import semidefinite
from proofs_check.statements.canonical import encode_statement
from theory.budget import Budget

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("clarabel") is None, reason="the package clarabel is not installed"
    ),
]

A, B, C, D, X, Y, Z = real("a b c d x y z")
TINY = Rational(1, 10**9)


def found(tested, seconds=30.0):
    """Audited evidence: a proof that the checker refuses does not count."""
    evidence = audit(SumOfSquaresEngine().check(tested, Budget(seconds=seconds)), tested)
    assert not evidence.alarm
    return evidence.verdict


def anywhere(symbols, conclusion):
    return case(implication(symbols, [], [conclusion]), dict.fromkeys(symbols, 1))


def above(symbols, hypotheses, conclusion, values=None):
    return case(implication(symbols, hypotheses, [conclusion]), values or dict.fromkeys(symbols, 1))


def numbered(name, count):
    return real(" ".join(f"{name}{k}" for k in range(count)))


def covariance(weights, left, right):
    """Σw Σwxy − Σwx Σwy."""
    both = sum(w * u * v for w, u, v in zip(weights, left, right, strict=True))
    one, two = (sum(w * u for w, u in zip(weights, values, strict=True)) for values in (left, right))
    return sum(weights) * both - one * two


def cauchy_schwarz(count):
    weights, values = numbered("w", count), numbered("x", count)
    hypotheses = [relation(w, GE) for w in weights]
    return above([*weights, *values], hypotheses, relation(covariance(weights, values, values), GE))


def chebyshev(count):
    weights, left, right = numbered("w", count), numbered("x", count), numbered("y", count)
    hypotheses = [relation(w, GE) for w in weights]
    for values in (left, right):
        hypotheses += [relation(values[k + 1], GE, values[k]) for k in range(count - 1)]
    goal = relation(covariance(weights, left, right), GE)
    return above([*weights, *left, *right], hypotheses, goal)


def mixture_variance():
    share, *means = real("p m1 m2")
    variances = real("v1 v2")
    shares = (share, 1 - share)
    mean = sum(s * m for s, m in zip(shares, means, strict=True))
    second = sum(s * (v + m**2) for s, v, m in zip(shares, variances, means, strict=True))
    average = sum(s * v for s, v in zip(shares, variances, strict=True))
    hypotheses = [relation(share, GE), relation(share, LE, 1), *(relation(v, GE) for v in variances)]
    goal = relation(second - mean**2, GE, average)
    symbols = (share, *means, *variances)
    return above(symbols, hypotheses, goal, {**dict.fromkeys(symbols, 0), variances[0]: 1})


def nonnegative(*symbols):
    return [relation(symbol, GE) for symbol in symbols]


def positive(*symbols):
    return [relation(symbol, GT) for symbol in symbols]


TRUE = {
    "Cauchy–Schwarz, 3 points": cauchy_schwarz(3),
    "Cauchy–Schwarz, 4 points": cauchy_schwarz(4),
    "Cauchy–Schwarz, 5 points": cauchy_schwarz(5),
    "Chebyshev, 3 points": chebyshev(3),
    "Chebyshev, 4 points": chebyshev(4),
    "mixture variance": mixture_variance(),
    "Motzkin times a square": anywhere([X, Y], relation(sympy.expand(motzkin(X, Y) * (X**2 + Y**2)), GE)),
    "Motzkin": anywhere([X, Y], relation(motzkin(X, Y), GE)),
    "means of three cubes": above(
        [A, B, C], nonnegative(A, B, C), relation(A**3 + B**3 + C**3, GE, 3 * A * B * C)
    ),
    "means of three": above([A, B, C], nonnegative(A, B, C), relation((A + B + C) ** 3, GE, 27 * A * B * C)),
    "means of four fourth powers": anywhere(
        [A, B, C, D], relation(A**4 + B**4 + C**4 + D**4, GE, 4 * A * B * C * D)
    ),
    "means of four": above(
        [A, B, C, D], nonnegative(A, B, C, D), relation((A + B + C + D) ** 4, GE, 256 * A * B * C * D)
    ),
    "Schur": above(
        [A, B, C],
        positive(A, B, C),
        relation(A * (A - B) * (A - C) + B * (B - A) * (B - C) + C * (C - A) * (C - B), GE),
    ),
    "Nesbitt": above(
        [A, B, C], positive(A, B, C), relation(A / (B + C) + B / (C + A) + C / (A + B), GE, Rational(3, 2))
    ),
    "a real root has a discriminant ≥ 0": above(
        [A, B, C, X],
        [relation(A * X**2 + B * X + C, EQ)],
        relation(B**2, GE, 4 * A * C),
        {A: 1, B: 2, C: 1, X: -1},
    ),
    "a root of a convex quadratic": above(
        [B, C, X],
        [relation(X**2 + B * X + C, EQ), relation(X, GT, 1)],
        relation(B**2 - 4 * C, GE),
        {B: -4, C: 4, X: 2},
    ),
    "circle": above(
        [X, Y], [relation(X**2 + Y**2, EQ, 1)], relation(X + Y, LT, Rational(3, 2)), {X: 1, Y: 0}
    ),
    "two equations": above(
        [X, Y, Z],
        [relation(X**2 + Y**2 + Z**2, EQ, 1), relation(X * Y + Y * Z + Z * X, EQ, 0)],
        relation(X + Y + Z, LE, 1),
        {X: 1, Y: 0, Z: 0},
    ),
    "disk": above([X, Y], [relation(X**2 + Y**2, LE, 1)], relation(X + Y, LT, Rational(3, 2)), {X: 1, Y: 0}),
    "quartic": anywhere([X], relation(X**4 - X + 1, GT)),
    "strict square": anywhere([X, Y], relation(X**2 + Y**2 + 1, GT, 2 * X * Y)),
    "strict form": anywhere([X, Y], relation(X**2 + Y**2 + 1, GT, Rational(199, 100) * X * Y)),
    "a known zero": above([X], [relation(X, NE, 1)], relation((X - 1) ** 2 * (X**2 + X + 1), GT), {X: 2}),
    "large coefficients": anywhere([X, Y], relation(10**8 * X**2 - 2 * 10**8 * X * Y + 10**9 * Y**2, GE)),
    "a rotation shrunk": above(
        [A, B, X],
        [relation(A**2 + B**2, EQ, 1), relation(X, LT, 1), relation(X, GT, -1)],
        stable([[A * X, -B * X], [B * X, A * X]]),
        {A: 1, B: 0, X: 0},
    ),
    "Jury": above(
        [A, B, C, D],
        [stable([[A, B], [C, D]]), relation(D, NE, 1)],
        relation((1 - D) ** 2 / ((1 - A) * (1 - D) - B * C), GT),
        {A: 0, B: 0, C: 0, D: 0},
    ),
}

FALSE = {
    "Motzkin minus a little": anywhere([X, Y], relation(motzkin(X, Y), GE, Rational(1, 1000))),
    "Motzkin is never zero": anywhere([X, Y], relation(motzkin(X, Y), GT)),
    "a sliver": anywhere([X], relation(X**4 - 2 * X**2 + 1, GE, TINY)),
    "a sliver at irrational points": anywhere([X], relation((X**2 - 2) ** 2, GE, TINY)),
    "irrational zeros": anywhere([X], relation((X**2 - 2) ** 2, GT)),
    "irrational zeros of a cubic": anywhere([X], relation((X**3 - 2) ** 2 * (X**2 + 1), GT)),
    "a double zero": anywhere([X], relation((X - 1) ** 2 * (X**2 + X + 1), GT)),
    "means of three, sharper": above(
        [A, B, C],
        nonnegative(A, B, C),
        relation(A**3 + B**3 + C**3, GE, (3 + Rational(1, 10**6)) * A * B * C),
    ),
    "circle, too narrow": above(
        [X, Y],
        [relation(X**2 + Y**2, EQ, 1)],
        relation(X + Y, LT, Rational(14142135, 10**7)),
        {X: 1, Y: 0},
    ),
    "Schur stable own entry": above(
        [A, B, C, D],
        [stable([[A, B], [C, D]])],
        relation((1 - D) / ((1 - A) * (1 - D) - B * C), GT),
        {A: 0, B: 0, C: 0, D: 0},
    ),
    "covariance of anything": above(
        numbered("w", 3),
        nonnegative(*numbered("w", 3)),
        relation(covariance(numbered("w", 3), (1, 2, 3), (1, 3, 2)), GE, TINY),
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_true_inequality_is_proved_by_an_accepted_certificate(name):
    assert found(TRUE[name]) is Verdict.PROVED


@pytest.mark.parametrize("name", FALSE)
def test_a_false_inequality_is_never_proved(name):
    assert found(FALSE[name]) is Verdict.UNKNOWN


def test_what_cannot_be_a_sum_of_squares_stays_unknown():
    """Motzkin's form has zeros at infinity in every direction that a multiplier could use."""
    form = X**4 * Y**2 + X**2 * Y**4 - 3 * X**2 * Y**2 * Z**2 + Z**6
    assert found(anywhere([X, Y, Z], relation(form, GE))) is Verdict.UNKNOWN


def test_a_dropped_hypothesis_is_noticed():
    whole = TRUE["means of three cubes"].statement
    weaker = implication(whole.symbols, whole.hypotheses[:2], whole.conclusions)
    assert found(case(weaker, dict.fromkeys(whole.symbols, 1))) is Verdict.UNKNOWN


roots = st.lists(
    st.dictionaries(
        st.tuples(st.integers(0, 2), st.integers(0, 2)),
        st.fractions(min_value=-3, max_value=3, max_denominator=4),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=3,
)


def sum_of_squares(parts):
    polynomials = [
        sum(Rational(c.numerator, c.denominator) * X**i * Y**j for (i, j), c in part.items())
        for part in parts
    ]
    return polynomials, sympy.expand(sum(p**2 for p in polynomials))


@given(parts=roots)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_a_random_sum_of_squares_is_proved(parts):
    _, total = sum_of_squares(parts)
    assert found(anywhere([X, Y], relation(total, GE))) is Verdict.PROVED
    assert found(anywhere([X, Y], relation(total + 1, GT))) is Verdict.PROVED


@given(parts=roots, power=st.integers(1, 14), shift=st.tuples(st.integers(-2, 2), st.integers(-2, 2)))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_a_random_sum_of_squares_pushed_below_zero_is_not_proved(parts, power, shift):
    """Each square vanishes at the shift, so the sum less a sliver is negative there."""
    polynomials, _ = sum_of_squares(parts)
    place = {X: shift[0], Y: shift[1]}
    total = sympy.expand(sum((p - p.subs(place)) ** 2 for p in map(sympy.sympify, polynomials)))
    assert found(anywhere([X, Y], relation(total, GE, Rational(1, 10**power)))) is Verdict.UNKNOWN
    assert found(anywhere([X, Y], relation(total, GT))) is Verdict.UNKNOWN


@pytest.mark.parametrize("name", ["means of three", "Motzkin times a square", "two equations"])
def test_a_tampered_certificate_is_refused(name):
    tested = TRUE[name]
    certificate = SumOfSquaresEngine().attempt(tested, Budget()).certificate
    encoded = encode_statement(tested.statement)
    assert check_certificate(encoded, certificate).accepted
    for index, step in enumerate(certificate["steps"]):
        for place in range(len(step["sum"])):
            forged = copy.deepcopy(certificate)
            entry = forged["steps"][index]["sum"][place]
            entry["coefficient"] = str(Rational(entry["coefficient"]) + Rational(1, 10**12))
            assert not check_certificate(encoded, forged).accepted


def test_two_runs_give_the_same_certificate():
    tested = TRUE["means of four"]
    first, second = (SumOfSquaresEngine().attempt(tested, Budget()).certificate for _ in range(2))
    assert first == second


def test_a_spent_budget_is_an_honest_unknown():
    assert found(TRUE["means of four"], seconds=0.0) is Verdict.UNKNOWN


def test_without_clarabel_it_says_so(monkeypatch):
    monkeypatch.setattr(semidefinite, "installed", lambda: False)
    evidence = SumOfSquaresEngine().check(TRUE["quartic"], Budget())
    assert evidence.verdict is Verdict.NOT_RUN
    assert "clarabel" in evidence.detail

"""What the kernel accepts as a proof, and what it must not."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
import sympy
from strategies.statements import EQ, GE, GT, LE, NE, encoded, implication, real, relation, stable

from proofs_check.checker.facts import problem_of
from proofs_check.checker.kernel import check
from proofs_check.checker.points import is_schur_stable
from proofs_check.checker.terms import digest

A, X, Y = real("a x y")
ONE = [{"coefficient": "1", "facts": {}}]


def outcome(statement, *steps):
    data = encoded(statement)
    return check(
        data,
        {
            "schema": "backfire.certificate/1",
            "statement": digest(data),
            "kind": "positivstellensatz",
            "steps": list(steps),
        },
    )


def step(show, times=ONE, total=(), modulo=()):
    return {"show": show, "times": times, "sum": list(total), "modulo": list(modulo)}


def term(coefficient="1", **facts):
    return {"coefficient": coefficient, "facts": facts}


def square(tree):
    return {"coefficient": "1", "facts": {}, "square": tree}


def test_a_square_is_nonnegative_but_not_positive():
    data = [square("x")]
    assert outcome(implication([X], [], [relation(X**2, GE)]), step("c0", total=data)).accepted
    refused = outcome(implication([X], [], [relation(X**2, GT)]), step("c0", total=data))
    assert "does not give >" in refused.reason


def test_a_weak_hypothesis_does_not_give_a_strict_conclusion():
    weak = implication([X], [relation(X, GE)], [relation(X, GT)])
    strict = implication([X], [relation(X, GT)], [relation(X, GE)])
    assert not outcome(weak, step("c0", total=[term(h0=1)])).accepted
    assert outcome(strict, step("c0", total=[term(h0=1)])).accepted


def test_a_multiplier_that_may_vanish_proves_only_with_a_strict_sum():
    statement = implication([A, X], [relation(A, GE), relation(A * X, GE)], [relation(X, GE)])
    assert not outcome(statement, step("c0", times=[term(h0=1)], total=[term(h1=1)])).accepted
    strict = implication([A, X], [relation(A, GE), relation(A * X, GT)], [relation(X, GT)])
    assert outcome(strict, step("c0", times=[term(h0=1)], total=[term(h1=1)])).accepted


def test_an_equation_needs_a_multiplier_that_cannot_vanish():
    cancel = implication([A, X], [relation(A, GE), relation(A * X, EQ)], [relation(X, EQ)])
    entry = {"equation": "h1", "cofactor": "1"}
    assert not outcome(cancel, step("c0", times=[term(h0=1)], modulo=[entry])).accepted
    nonzero = implication([A, X], [relation(A, NE), relation(A * X, EQ)], [relation(X, EQ)])
    squared = {"equation": "h1", "cofactor": "a"}
    assert outcome(nonzero, step("c0", times=[term(h0=2)], modulo=[squared])).accepted
    assert not outcome(nonzero, step("c0", times=[term(h0=1)], modulo=[entry])).accepted


def test_an_inequality_is_no_equation():
    statement = implication([X], [relation(X, GE)], [relation(X, EQ)])
    assert not outcome(statement, step("c0", modulo=[{"equation": "h0", "cofactor": "1"}])).accepted


def test_a_conclusion_with_a_divisor_needs_the_divisor_shown():
    quotient = implication([X], [], [relation(X / X**2 * X**3, GE)])
    assert outcome(quotient, step("c0", total=[square("x")])).accepted
    pole = implication([X], [], [relation(1 / X**2, GT)])
    alone = outcome(pole, step("c0", total=ONE))
    assert "c0.d0" in alone.reason
    kept = implication([X], [relation(X, NE)], [relation(1 / X**2, GT)])
    divisor = step("c0.d0", times="x", total=[term(h0=2)])
    assert outcome(kept, step("c0", total=ONE), divisor).accepted


def test_a_hypothesis_says_that_its_own_divisors_are_nonzero():
    statement = implication([X], [relation(1 / X, GE, -7)], [relation(X, NE)])
    proof = step("c0", times="x", total=[{"coefficient": "1", "facts": {"h0.d0": 2}}])
    assert outcome(statement, proof).accepted


def test_the_sign_of_an_odd_divisor_counts():
    statement = implication([X], [relation(X, NE)], [relation(1 / X, GT)])
    divisor = step("c0.d0", times="x", total=[term(h0=2)])
    assert not outcome(statement, divisor, step("c0", total=ONE)).accepted
    assert problem_of(encoded(statement)).goals["c0"].polynomial == {(1,): 1}


def test_a_root_brings_its_square_and_its_domain():
    known = implication([X], [relation(sympy.sqrt(X), GE, -1)], [relation(X, GE)])
    assert outcome(known, step("c0", total=[{"coefficient": "1", "facts": {"a0.domain": 1}}])).accepted
    unknown = implication([X], [], [relation(sympy.sqrt(X), GE)])
    early = step("c0", total=[{"coefficient": "1", "facts": {"a0.nonnegative": 1}}])
    assert not outcome(unknown, early).accepted


def test_a_logarithm_only_in_the_conclusion_needs_its_domain():
    identity = implication([X], [], [relation(sympy.log(X) ** 2 + 1, GT)])
    shown = step("c0", total=[*ONE, square(["log", "x"])])
    assert "a0.domain" in outcome(identity, shown).reason


def test_sine_and_cosine_lie_on_the_circle():
    statement = implication([X], [], [relation(sympy.sin(X) ** 2 + sympy.cos(X) ** 2, EQ, 1)])
    names = [name for name in problem_of(encoded(statement)).facts if name.endswith("circle")]
    proof = step("c0", modulo=[{"equation": names[0], "cofactor": "1"}])
    assert outcome(statement, proof).accepted


def test_a_variable_may_not_be_called_like_a_function():
    (odd,) = real("sqrt")
    assert "expected a name" in outcome(implication([odd], [], [relation(odd**2, GE)])).reason


@pytest.mark.parametrize("size", [1, 2, 3])
def test_jurys_inequalities_say_that_the_matrix_is_stable(size):
    symbols = real(" ".join(f"m{i}{j}" for i in range(size) for j in range(size)))
    rows = [symbols[size * i : size * (i + 1)] for i in range(size)]
    problem = problem_of(encoded(implication(symbols, [], [stable(rows)])))
    grid = [sympy.Rational(p, 4) for p in range(-6, 7)]
    draw = Random(size)
    for _ in range(300):
        values = [draw.choice(grid) for _ in symbols]
        jury = all(_value(c.polynomial, values) > 0 for c in problem.goals.values())
        matrix = [[_fraction(v) for v in values[size * i : size * (i + 1)]] for i in range(size)]
        assert jury is is_schur_stable(matrix)


def test_the_table_of_a_generic_matrix_with_four_rows_is_too_long():
    symbols = real(" ".join(f"m{k}" for k in range(16)))
    data = implication(symbols, [], [stable([symbols[4 * i : 4 * i + 4] for i in range(4)])])
    assert "the table of 4 rows has more than" in outcome(data).reason


def test_steps_may_use_only_what_was_shown_before():
    statement = implication([X], [relation(X, GE, 1)], [relation(X, GE), relation(X**2, GE)])
    first = step("c0", total=[term(h0=1), term()])
    second = step("c1", total=[term(c0=2)])
    assert outcome(statement, first, second).accepted
    assert not outcome(statement, second, first).accepted


def test_a_goal_may_not_be_shown_twice_or_by_itself():
    statement = implication([X], [relation(X, LE, 1)], [relation(X, LE, 2)])
    good = step("c0", total=[term(h0=1), term()])
    assert outcome(statement, good).accepted
    assert not outcome(statement, good, good).accepted
    assert not outcome(statement, step("c0", total=[term(c0=1)])).accepted


def test_polynomial_coefficients_stay_exact():
    statement = implication([X, Y], [], [relation((X / 3 + Y / 7) ** 5 / (2 + 3 * X) ** 3, GE)])
    for condition in problem_of(encoded(statement)).goals.values():
        assert not any(isinstance(c, float) for c in condition.polynomial.values())


def _value(polynomial, values):
    total = sympy.S.Zero
    for exponents, coefficient in polynomial.items():
        product = sympy.Rational(str(coefficient))
        for value, exponent in zip(values, exponents, strict=True):
            product *= value**exponent
        total += product
    return total


def _fraction(value):
    return Fraction(int(value.p), int(value.q))

"""The encoded statement depends on what is said, and on nothing else."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from strategies.statements import EQ, GE, GT, LE, implication, real, relation

from proofs_check.checker.points import exact_value
from proofs_check.checker.terms import check_statement, read_json
from proofs_check.statements.canonical import encode_expression, encode_statement, statement_hash
from proofs_check.statements.statement import Statement, Variable

X, Y, Z = real("x y z")


def expressions():
    leaves = st.sampled_from([X, Y, Z]) | st.fractions(max_denominator=9).map(
        lambda f: sympy.Rational(f.numerator, f.denominator)
    )
    return st.recursive(
        leaves,
        lambda inner: (
            st.tuples(inner, inner).map(lambda pair: pair[0] + pair[1])
            | st.tuples(inner, inner).map(lambda pair: pair[0] * pair[1])
            | st.tuples(inner, st.integers(0, 3)).map(lambda pair: pair[0] ** pair[1])
        ),
        max_leaves=12,
    )


@given(expressions(), st.tuples(*[st.fractions(max_denominator=5)] * 3))
def test_the_tree_has_the_expressions_value(expression, values):
    point = dict(zip("xyz", map(str, values), strict=True))
    exact = expression.subs(
        {s: sympy.Rational(v.numerator, v.denominator) for s, v in zip((X, Y, Z), values, strict=True)},
        simultaneous=True,
    )
    assert sympy.Rational(str(exact_value(encode_expression(expression), point))) == exact


def test_the_order_of_terms_does_not_matter_and_sides_do():
    one = sympy.Add(X, Y, Z, evaluate=False)
    two = sympy.Add(Z, X, Y, evaluate=False)
    assert encode_expression(one) == encode_expression(two)
    forward = implication([X, Y], [], [relation(X, GE, Y)])
    backward = implication([X, Y], [], [relation(Y, GE, X)])
    assert statement_hash(forward) != statement_hash(backward)


def test_ranges_worth_sampling_do_not_enter_the_hash():
    narrow = Variable(symbol=X, typical=(sympy.S.Zero, sympy.S.One))
    conclusion = (relation(X**2, GE),)
    plain = implication([X], [], conclusion)
    ranged = Statement(variables=(narrow,), hypotheses=(), conclusions=conclusion)
    assert statement_hash(plain) == statement_hash(ranged)


@pytest.mark.parametrize(
    "change",
    [
        {"hypotheses": (relation(X, GE),)},
        {"conclusions": (relation(X, GT),)},
        {"conclusions": (relation(X, GE, 1),)},
        {"conclusions": (relation(X, LE),)},
        {"conclusions": (relation(X, GE), relation(X, EQ))},
        {"variables": (Variable(symbol=X), Variable(symbol=Y))},
    ],
)
def test_every_change_of_meaning_changes_the_hash(change):
    base = {"variables": (Variable(symbol=X),), "hypotheses": (), "conclusions": (relation(X, GE),)}
    assert statement_hash(Statement(**base)) != statement_hash(Statement(**{**base, **change}))


def test_the_encoding_survives_its_own_text_and_is_accepted():
    statement = implication(
        [X], [relation(X, GT)], [relation(sympy.sqrt(X) ** 3 * sympy.pi, GE, sympy.exp(-X) - 1)]
    )
    data = encode_statement(statement)
    assert read_json(json.dumps(data)) == data
    check_statement(data)


def test_another_process_computes_the_same_hash():
    code = (
        "import sympy; from proofs_check.statements.canonical import encode_expression as e; "
        "a, b, c = sympy.symbols('a b c', real=True); print(e((a + b*c)**2/(1 - a*b) + c - sympy.exp(a*c)))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] != ""

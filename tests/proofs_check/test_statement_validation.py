"""A statement refuses what would make it mean something else than it says."""

from __future__ import annotations

import pytest
import sympy
from strategies.statements import EQ, GE, GT, case, implication, real, relation, stable

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.limit_statement import LimitStatement

X, Y = real("x y")


@pytest.mark.parametrize(
    ("expression", "complaint"),
    [
        (X + sympy.Float("0.5"), "Float"),
        (X + Y, "free symbol y"),
        (sympy.Abs(X), "Abs"),
        (sympy.tan(X), "tan"),
        (sympy.Max(X, 0), "Max"),
        (sympy.cbrt(X), "Pow"),
        (sympy.Integer(2) ** X, "Pow"),
        (sympy.I * X, "ImaginaryUnit"),
        (X + sympy.oo, "Infinity"),
        (X * sympy.nan, "NaN"),
        (sympy.Symbol("x"), "free symbol x"),
        (sympy.Symbol("x", positive=True), "free symbol x"),
    ],
)
def test_expressions_outside_the_language_are_refused(expression, complaint):
    with pytest.raises(ValueError, match=complaint):
        implication([X], [], [relation(expression, GE)])


@pytest.mark.parametrize(
    "symbol", [sympy.Symbol("p", positive=True), sympy.Symbol("q"), sympy.Symbol("n", integer=True)]
)
def test_symbols_with_other_assumptions_are_refused(symbol):
    with pytest.raises(ValueError, match="real=True only"):
        implication([symbol], [], [relation(1, GT)])


def test_repeated_variables_are_refused():
    with pytest.raises(ValueError, match="distinct"):
        implication([X, X], [], [relation(X, GE)])


def test_no_conclusion_is_refused():
    with pytest.raises(ValueError, match="at least one conclusion"):
        implication([X], [relation(X, GE)], [])


def test_a_matrix_that_is_not_square_is_refused():
    with pytest.raises(ValueError, match="square"):
        implication([X], [], [stable([[X, 1]])])


def test_a_bound_on_a_plain_symbol_stays_a_hypothesis():
    statement = implication([X], [relation(X, GT)], [relation(X, GE)])
    assert str(statement.hypotheses[0]) == "x > 0"


def test_a_case_with_hypotheses_needs_a_witness():
    with pytest.raises(ValueError, match="witness"):
        case(implication([X], [relation(X, GT)], [relation(X, GE)]))


@pytest.mark.parametrize(
    ("hypothesis", "value", "complaint"),
    [
        (relation(X, GT, 1), 1, "violates: x > 1"),
        (relation(X**2, EQ, 2), sympy.Rational(7, 5), "violates"),
        (relation(1 / X, GE, -5), 0, "is defined"),
        (relation(sympy.exp(X), EQ, 1 + X), 1, "violates"),
        (relation(sympy.exp(X), EQ, 2), sympy.log(2), "not seen"),
        (stable([[X, 1], [0, X]]), 1, "violates"),
        (relation(sympy.log(X), GE, -5), -1, "is defined"),
    ],
)
def test_a_witness_that_breaks_a_hypothesis_is_refused(hypothesis, value, complaint):
    with pytest.raises(ValueError, match=complaint):
        case(implication([X], [hypothesis], [relation(X, GE)]), {X: value})


@pytest.mark.parametrize(
    ("hypothesis", "value"),
    [
        (relation(X**2, EQ, 2), sympy.sqrt(2)),
        (relation(sympy.sqrt(X), EQ, 3), 9),
        (relation(sympy.exp(X), GT, 1 + X), 1),
        (relation(sympy.exp(X), EQ, 1), 0),
        (stable([[X, 1], [0, X]]), sympy.Rational(99, 100)),
    ],
)
def test_a_good_witness_is_accepted_or_refused_only_for_want_of_proof(hypothesis, value):
    statement = implication([X], [hypothesis], [relation(X, GE)])
    if value == sympy.sqrt(2):
        with pytest.raises(ValueError, match="not seen"):
            case(statement, {X: value})
    else:
        assert case(statement, {X: value}).witness is not None


def test_a_witness_names_every_variable_once():
    statement = implication([X, Y], [relation(X, GT)], [relation(X, GE)])
    with pytest.raises(ValueError, match="each of x, y"):
        case(statement, {X: 1})


def test_an_experiment_needs_functions_of_a_module():
    with pytest.raises(ValueError, match="function of a module"):
        Experiment(name="anonymous", strategy=lambda: None, predicate=str)


@pytest.mark.parametrize(
    "changes",
    [{"step": ()}, {"limit": (X,)}, {"start": (sympy.Float(1),)}, {"rate": X}, {"variables": ()}],
)
def test_a_limit_statement_is_closed_and_exact(changes):
    fields = {"variables": (X,), "step": (X / 2,), "start": (sympy.S.One,), "limit": (sympy.S.Zero,)}
    with pytest.raises(ValueError, match="Expected"):
        LimitStatement(**{**fields, **changes})


@pytest.mark.parametrize(
    ("claim_id", "names"), [("Bad Id", ("a",)), ("good.id", ()), ("good.id", ("a", "a"))]
)
def test_a_claim_has_an_id_and_distinct_cases(claim_id, names):
    statement = implication([X], [], [relation(X**2, GE)])
    with pytest.raises(ValueError, match="Expected"):
        Claim(
            id=claim_id,
            title="",
            provenance=Provenance.DERIVED,
            source="",
            statement="",
            latex="",
            hypotheses=(),
            cases=tuple(Case(name=name, statement=statement) for name in names),
            scope="",
        )

"""The engine of products proves by certificates that the checker accepts, and is silent otherwise."""

from __future__ import annotations

import copy

import pytest
import sympy

from proofs_check.checker.certificate_check import check_certificate
from proofs_check.claim import Case
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import point, reals, variables
from proofs_check.engines.products import ProductsEngine
from proofs_check.evidence.verdict import Verdict
from proofs_check.statements.canonical import encode_statement
from proofs_check.statements.statement import Statement
from theory.budget import Budget

A, V, K, Q = reals("a v k q")
X, Y = reals("x y")


def case(symbols, hypotheses, conclusion, witness):
    statement = Statement(variables=variables(*symbols), hypotheses=hypotheses, conclusions=(conclusion,))
    return Case(name="test", statement=statement, witness=point(dict(zip(symbols, witness, strict=True))))


BETWEEN = case((K, Q), (at_least(Q, K**2), less(Q, 1)), less(K**2, 1), (0, "1/2"))
PRODUCT_OF_SUMS = case((X, Y), (positive(X - 1), positive(Y - 1)), positive(X * Y - 1), (2, 2))
SQUARES = case(
    (A, V, K, Q),
    (positive(A), positive(V), at_least(Q), less(2 * V * (K**2 + A * Q), A**2)),
    positive(A - 2 * V * Q),
    (1, "1/8", 1, 1),
)
FALSE = case((X, Y), (positive(X), positive(Y)), positive(X * Y - 1), (2, 2))
OUT_OF_REACH = case((X, Y), (), at_least(X**2 + X * Y + Y**2, 0), (1, 1))


@pytest.mark.parametrize("true", [BETWEEN, PRODUCT_OF_SUMS, SQUARES])
def test_a_combination_of_products_is_found_and_accepted(true):
    found = ProductsEngine().attempt(true, Budget())
    assert found.verdict is Verdict.PROVED
    outcome = check_certificate(encode_statement(true.statement), found.certificate)
    assert (outcome.accepted, outcome.shows) == (True, "proved")


@pytest.mark.parametrize("silent", [FALSE, OUT_OF_REACH])
def test_nothing_is_claimed_where_no_combination_exists(silent):
    found = ProductsEngine().attempt(silent, Budget())
    assert found.verdict is Verdict.UNKNOWN
    assert found.certificate is None


def test_a_tampered_certificate_is_refused():
    found = ProductsEngine().attempt(SQUARES, Budget())
    encoded = encode_statement(SQUARES.statement)
    for index, step in enumerate(found.certificate["steps"]):
        for part in ("times", "sum"):
            for place in range(len(step[part]) if isinstance(step[part], list) else 0):
                forged = copy.deepcopy(found.certificate)
                entry = forged["steps"][index][part][place]
                entry["coefficient"] = str(sympy.Rational(entry["coefficient"]) + sympy.Rational(1, 97))
                assert not check_certificate(encoded, forged).accepted


def test_equations_and_limits_are_not_its_business():
    identity = Statement(variables=variables(X), hypotheses=(), conclusions=(equal(X * 2, X + X + 1),))
    assert ProductsEngine().refusal(identity) is not None

"""m-matrix: what it proves, with which certificate, and what it must leave open."""

from __future__ import annotations

import json
from random import Random

import pytest
import sympy
from flint import fmpq, fmpq_mat
from strategies.statements import GE, GT, LE, LT, encoded, implication, real, relation, stable

from proofs_check.checker.certificate_check import check_certificate
from proofs_check.claim import Case
from proofs_check.engines.m_matrix import MMatrixEngine
from proofs_check.evidence.verdict import Verdict
from proofs_check.proving.stability_ways import numeric_weights
from proofs_check.statements.statement import Comparison
from theory.budget import Budget

pytestmark = pytest.mark.slow

R = sympy.Rational
(A,) = real("a")


def found(statement, seconds=60.0):
    case = Case.__new__(Case)
    object.__setattr__(case, "statement", statement)
    finding = MMatrixEngine().attempt(case, Budget(seconds=seconds).started())
    if finding.certificate is not None:
        outcome = check_certificate(encoded(statement), json.loads(json.dumps(finding.certificate)))
        assert (outcome.accepted, outcome.reason) == (True, "")
    return finding


def way_of(finding):
    return finding.certificate["stable"]["c0"]


def square(size, name="m"):
    return sympy.Matrix(
        size, size, real(" ".join(f"{name}{i}_{j}" for i in range(size) for j in range(size)))
    )


def nonnegative(symbols):
    return [relation(s, GE) for s in symbols]


def test_rows_below_one_less_a_share_of_real_data():
    for size in (2, 3, 4):
        weights = square(size)
        sums = [relation(sum(weights.row(i)), LE, 1 - A) for i in range(size)]
        given = [*nonnegative(weights), relation(A, GT), *sums]
        finding = found(implication([*weights, A], given, [stable(weights.tolist())]))
        assert finding.verdict is Verdict.PROVED
        assert way_of(finding)["norm"] == "rows"
        weak = [*nonnegative(weights), relation(A, GE), *sums]
        assert found(implication([*weights, A], weak, [stable(weights.tolist())])).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("size", [2, 3, 4])
def test_columns_below_one(size):
    weights = square(size)
    given = [*nonnegative(weights), *(relation(sum(weights.col(i)), LT, 1) for i in range(size))]
    finding = found(implication([*weights], given, [stable(weights.tolist())]))
    assert finding.verdict is Verdict.PROVED
    assert way_of(finding)["norm"] == "columns"


@pytest.mark.parametrize("size", [2, 3, 4])
def test_positive_leading_minors(size):
    weights = square(size)
    field = sympy.eye(size) - weights
    minors = [relation(field[:k, :k].det(method="berkowitz").expand(), GT) for k in range(1, size + 1)]
    finding = found(implication([*weights], [*nonnegative(weights), *minors], [stable(weights.tolist())]))
    assert finding.verdict is Verdict.PROVED
    assert way_of(finding) == "minors"
    signed = found(implication([*weights], minors, [stable(weights.tolist())]))
    assert signed.verdict is Verdict.UNKNOWN
    fewer = implication([*weights], [*nonnegative(weights), *minors[:-1]], [stable(weights.tolist())])
    assert found(fewer).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("size", [2, 3, 4])
def test_signed_entries_within_bounds(size):
    links, bounds = square(size), square(size, "b")
    within = [relation(b, GE, m) for b, m in zip(bounds, links, strict=True)]
    within += [relation(m, GE, -b) for b, m in zip(bounds, links, strict=True)]
    below = [relation(sum(bounds.row(i)), LT, 1) for i in range(size)]
    statement = implication([*links, *bounds], [*within, *below], [stable(links.tolist())])
    assert found(statement).verdict is Verdict.PROVED
    half = implication([*links, *bounds], [*within[1:], *below], [stable(links.tolist())])
    assert found(half).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("size", [2, 4])
def test_weights_that_the_hypotheses_speak_of(size):
    links, weights = square(size), real(" ".join(f"v{i}" for i in range(size)))
    below = [
        relation(sum(links[i, j] * weights[j] for j in range(size)), LT, weights[i]) for i in range(size)
    ]
    given = [*nonnegative(links), *(relation(v, GT) for v in weights), *below]
    finding = found(implication([*links, *weights], given, [stable(links.tolist())]))
    assert finding.verdict is Verdict.PROVED
    assert way_of(finding)["weights"] == [v.name for v in weights]


def test_a_loop_of_two_through_the_adjugate():
    """Signed links: |J| has the leading minors 1 and 1 − |xy|, with weights from adj(I − B)."""
    x, y = real("x y")
    given = [relation(x, GE), relation(y, GE), relation(x * y, LT, 1)]
    finding = found(implication([x, y], given, [stable([[0, -x], [y, 0]])]))
    assert finding.verdict is Verdict.PROVED
    assert way_of(finding)["weights"] != ["1", "1"]


def test_products_of_bounded_factors_and_sums_of_terms():
    x, y, b = real("x y b")
    given = [relation(y, LE, b), relation(y, GE, -b), relation(x, GE), relation(1 - x * b - x, GT)]
    assert (
        found(implication([x, y, b], given, [stable([[x * y, x], [0, R(1, 2)]])])).verdict is Verdict.PROVED
    )


@pytest.mark.parametrize("size", [5, 16])
def test_numbers(size):
    draw = Random(size)
    rows = [[R(draw.randint(-20, 20), 12 * size) for _ in range(size)] for _ in range(size)]
    finding = found(implication([], [], [stable(rows)]))
    assert finding.verdict is Verdict.PROVED
    assert finding.certificate["steps"] == []


@pytest.mark.slow
def test_sixty_four_rows_of_numbers():
    test_numbers(64)


@pytest.mark.parametrize("above", [False, True])
def test_numbers_at_a_radius_of_one(above):
    """The star of n = 4: ρ = 1 from the hub's rows, moved by 10⁻¹²."""
    scale = 1 + (1 if above else -1) * R(1, 10**12)
    rows = [
        [scale * R(int(i > 0 and j == 0)) + scale * R(int(i == 0 and j > 0), 3) for j in range(4)]
        for i in range(4)
    ]
    finding = found(implication([], [], [stable(rows)]))
    assert finding.verdict is (Verdict.UNKNOWN if above else Verdict.PROVED)


def test_a_stable_matrix_whose_absolute_value_is_not_is_left_open():
    rows = [[R(1, 2), -R(1, 2)], [R(1, 2), R(1, 2)]]
    assert found(implication([], [], [stable(rows)])).verdict is Verdict.UNKNOWN


def test_two_matrices_and_a_relation_in_one_statement():
    x, y = real("x y")
    given = [relation(x, GE), relation(y, GE), relation(x + y, LT, 1)]
    to_show = [stable([[x, y], [0, R(1, 2)]]), relation(x * y, LT, 1), stable([[0, x], [y, 0]])]
    assert found(implication([x, y], given, to_show)).verdict is Verdict.PROVED
    assert found(implication([x, y], given, [*to_show, relation(x, GT)])).verdict is Verdict.UNKNOWN


def test_weights_of_numbers_are_short_where_they_can_be():
    bound = fmpq_mat([[fmpq(1, 7), fmpq(3, 11)], [fmpq(2, 13), fmpq(1, 3)]])
    assert [str(v) for v in next(numeric_weights(bound))] == ["18", "19"]
    assert list(numeric_weights(fmpq_mat([[fmpq(1)]]))) == []
    assert list(numeric_weights(fmpq_mat([[fmpq(2)]]))) == []


def test_it_needs_a_matrix():
    x, y = real("x y")
    unequal = implication([x, y], [relation(x, GT, 1)], [relation(x, Comparison.UNEQUAL, 1)])
    assert "no matrix" in MMatrixEngine().refusal(unequal)


def adjugate_entries(size):
    """J ≥ 0 with ρ(J) < 1, and every entry of adj(I − J)."""
    links = square(size)
    entries = list((sympy.eye(size) - links).adjugate(method="berkowitz").applyfunc(sympy.expand))
    return links, entries


@pytest.mark.parametrize("size", [2, 3, 4])
def test_a_stable_nonnegative_matrix_has_a_nonnegative_adjugate(size):
    links, entries = adjugate_entries(size)
    to_show = [relation(entry, GE) for entry in entries]
    finding = found(implication([*links], [*nonnegative(links), stable(links.tolist())], to_show))
    assert finding.verdict is Verdict.PROVED
    strict = [relation(entry, GT) for entry in entries]
    wrong = implication([*links], [*nonnegative(links), stable(links.tolist())], strict)
    assert found(wrong).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("size", [2, 3])
def test_links_within_those_of_a_stable_matrix(size):
    links, bounds = square(size), square(size, "b")
    within = [relation(b, GE, m) for b, m in zip(bounds, links, strict=True)]
    within += [relation(m, GE, -b) for b, m in zip(bounds, links, strict=True)]
    given = [*nonnegative(bounds), *within, stable(bounds.tolist())]
    assert found(implication([*links, *bounds], given, [stable(links.tolist())])).verdict is Verdict.PROVED
    assert (
        found(implication([*links, *bounds], given[:-1], [stable(links.tolist())])).verdict is Verdict.UNKNOWN
    )


def test_entries_in_an_interval_that_is_not_about_zero():
    x, y = real("x y")
    given = [
        relation(x, GE, -R(1, 2)),
        relation(x, LE, R(1, 4)),
        relation(y, GE, -R(1, 8)),
        relation(y, LE, R(3, 8)),
    ]
    assert found(implication([x, y], given, [stable([[x, y], [y, x]])])).verdict is Verdict.PROVED
    given[0] = relation(x, GE, -R(3, 4))
    assert found(implication([x, y], given, [stable([[x, y], [y, x]])])).verdict is Verdict.UNKNOWN

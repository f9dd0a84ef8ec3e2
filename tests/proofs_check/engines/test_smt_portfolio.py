"""Two solvers, asked apart: what each says, what both say, and inputs on which real versions were wrong."""

from __future__ import annotations

import time

import pytest
from strategies.statements import EQ, GE, GT, LE, LT, NE, case, implication, real, relation, stable
from sympy import Rational

from proofs_check.engines import smt
from proofs_check.evidence.evidence import audit
from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import engine
from proofs_check.solving.child import ask_in_child
from proofs_check.solving.solver import AbstractSolver, Answer
from proofs_check.statements.canonical import encode_statement
from theory.budget import Budget

A, B, C, D, X, Y, Z = real("a b c d x y z")
MEANS = case(implication([X, Y], [relation(X * Y, GT, 1)], [relation(X**2 + Y**2, GT, 2)]), {X: 2, Y: 1})
SIGNS = case(implication([X, Y], [relation(X * Y, GT, 1)], [relation(X + Y, GT)]), {X: 2, Y: 1})
IRRATIONAL = case(implication([X], [], [relation(X**2, NE, 2)]))
BOTH = pytest.mark.skipif(
    not all(solver.installed for solver in smt.SOLVERS), reason="a solver is not installed"
)


class Scripted(AbstractSolver):
    """Says what it is told to; its package is always there."""

    package = "json"

    def __init__(self, label, word, model=None):
        self.label, self.answer = label, Answer(word=word, model=model or {})

    @property
    def name(self):
        return self.label

    def ask(self, question, seconds):
        return self.answer

    @property
    def installed(self):
        return self.label != "absent"


def said(monkeypatch, *solvers, about=SIGNS):
    monkeypatch.setattr(smt, "SOLVERS", solvers)
    monkeypatch.setattr(smt, "ask_in_child", lambda solver, encoded, seconds: solver.ask(None, seconds))
    return audit(engine("smt").check(about, Budget(seconds=5.0)), about)


def ask(about, seconds=20.0):
    return audit(engine("smt").check(about, Budget(seconds=seconds)), about)


@BOTH
def test_both_solvers_assert_and_neither_proves():
    found = ask(MEANS)
    assert found.verdict is Verdict.SUPPORTED
    assert found.certificate is None
    assert found.detail.startswith("asserted by z3 and cvc5")
    assert dict(found.versions).keys() == {"z3-solver", "cvc5"}


@pytest.mark.parametrize("solver", smt.SOLVERS, ids=lambda solver: solver.name)
def test_each_solver_finds_truth_and_a_model(solver):
    if not solver.installed:
        pytest.skip(f"{solver.package} is not installed")
    assert ask_in_child(solver, encode_statement(MEANS.statement), 20.0).word == "unsat"
    answer = ask_in_child(solver, encode_statement(SIGNS.statement), 20.0)
    assert answer.word == "sat"
    x, y = answer.model["x"], answer.model["y"]
    assert x * y > 1
    assert x + y <= 0


@pytest.mark.parametrize("solver", smt.SOLVERS, ids=lambda solver: solver.name)
def test_an_irrational_model_comes_out_near_it(solver):
    if not solver.installed:
        pytest.skip(f"{solver.package} is not installed")
    answer = ask_in_child(solver, encode_statement(IRRATIONAL.statement), 20.0)
    assert answer.word == "sat"
    assert abs(answer.model["x"] ** 2 - 2) < 1


@pytest.mark.parametrize("solver", smt.SOLVERS, ids=lambda solver: solver.name)
def test_a_solver_that_cannot_finish_is_ended(solver):
    if not solver.installed:
        pytest.skip(f"{solver.package} is not installed")
    names = real("p q r s t u v w k")
    matrix = stable([names[0:3], names[3:6], names[6:9]])
    hard = case(implication(names, [matrix], [relation(sum(names), LT, 9)]), dict.fromkeys(names, 0))
    began = time.monotonic()
    ask_in_child(solver, encode_statement(hard.statement), 0.3)
    assert time.monotonic() - began < 20.0


def test_one_unsat_is_said_to_be_of_one(monkeypatch):
    found = said(monkeypatch, Scripted("one", "unsat"), Scripted("two", "unknown"), about=MEANS)
    assert (found.verdict, found.detail) == (Verdict.SUPPORTED, "asserted by one, without a certificate")


def test_a_missing_solver_is_said(monkeypatch):
    found = said(monkeypatch, Scripted("one", "unsat"), Scripted("absent", ""), about=MEANS)
    assert found.verdict is Verdict.SUPPORTED
    assert found.detail == "asserted by one, without a certificate; absent is not installed"
    found = said(monkeypatch, Scripted("absent", ""), Scripted("absent", ""), about=MEANS)
    assert found.verdict is Verdict.NOT_RUN


def test_a_wrong_unsat_is_overruled_by_an_exact_model(monkeypatch):
    found = said(monkeypatch, Scripted("liar", "unsat"), Scripted("honest", "sat", {"x": -2, "y": -1}))
    assert found.verdict is Verdict.REFUTED
    assert "liar asserted that there is none, wrongly" in found.detail


def test_a_wrong_model_refutes_nothing(monkeypatch):
    lie = Scripted("liar", "sat", {"x": 2, "y": 1})
    found = said(monkeypatch, lie, Scripted("honest", "unsat"), about=MEANS)
    assert found.verdict is Verdict.UNKNOWN
    assert found.detail == "honest asserts it, liar gives a model that could not be made exact"
    assert said(monkeypatch, lie, Scripted("mute", "unknown"), about=MEANS).verdict is Verdict.UNKNOWN


def test_silence_is_unknown(monkeypatch):
    found = said(monkeypatch, Scripted("one", "unknown"), Scripted("two", "unknown"), about=MEANS)
    assert (found.verdict, found.detail) == (Verdict.UNKNOWN, "no answer in time from one and two")


def coverings_projection():
    """cvc5 issue 12926, ``unsat`` by cvc5 1.3.4: it fails at x1 = x2 = z = 0, x = 3^(−1/4)."""
    hypotheses = [relation(A**5, EQ), relation(B**5, EQ)]
    conclusion = relation(Rational(1, 3) - X**4 + B * Z + A * Z**3, NE)
    return case(implication([A, B, X, Z], hypotheses, [conclusion]), {A: 0, B: 0, X: 0, Z: 0})


def coverings_nullification():
    """cvc5 issue 12927, ``unsat`` by cvc5 1.3.4: it fails at z = 0, x = 1/2, x1 = 1, x2 = 0."""
    hypotheses = [
        relation((B - 1) * (A - 1) ** 3, EQ),
        relation(B**3, EQ),
        relation(X, GT),
        relation(Z - X + 1, GT),
    ]
    cubic = Z**3 + 2 * (B + (X - 1) ** 3) - 3 * Z * (A - 1 + (X - 1) ** 2)
    return case(implication([A, B, X, Z], hypotheses, [relation(cubic, GE)]), {A: 1, B: 0, X: 1, Z: 1})


def nlsat_shuffled():
    """z3 issue 2650 without its root: c = a(24 − a²) = a² + 1 > 1 with a² < 1, at irrational points."""
    hypotheses = [relation(A * (24 - A**2), EQ, C), relation(C, GT, 1), relation(A**2, LT, 1)]
    witness = {A: Rational(1, 2), C: Rational(95, 8)}
    return case(implication([A, C], hypotheses, [relation(A**2, NE, C - 1)]), witness)


def nlsat_reordered():
    """z3 issue 5161, a duplicate of 2650, ``unsat`` without reordering: it fails at a = b = 2."""
    hypotheses = [relation(A, GE), relation(A * (1 - A), LT), relation(A, NE)]
    return case(implication([A, B], hypotheses, [relation(B**2, LE, A)]), {A: 2, B: 1})


def asked_twice():
    """z3 issue 7114, ``unsat`` when asked twice: 0 < a, −b = a(a + b) and a² + b² = 1 meet."""
    hypotheses = [relation(A, GT), relation(-B, EQ, A * (A + B))]
    witness = {A: 1, B: Rational(-1, 2)}
    return case(implication([A, B], hypotheses, [relation(A**2 + B**2, NE, 1)]), witness)


def variable_elimination():
    """cvc5 issue 8638, ``unsat`` by cvc5 1.0.0: it fails at c = 14, a = −10, b = 17, y = 3/2, x = 1."""
    p, y = real("p y")
    hypotheses = [
        *(relation(C, GT, 13), relation(C, LT, 19), relation(A, GT, -11), relation(A * C, LT, y + p - B)),
        *(relation(B, GT, 16), relation(B, LT, 48), relation(y**4 * B, GT)),
        relation(y * (1 - p / 2 + y**2 * p / 6), GT),
        *(relation(p, GT, Rational(15707963, 5000000)), relation(p, LT, Rational(31415927, 10000000))),
        *(relation(p / 2, GT, y), relation(X, GT)),
    ]
    witness = {A: -10, B: 17, C: 14, X: 2, y: Rational(3, 2), p: Rational(26353589, 8388608)}
    return case(implication([A, B, C, X, y, p], hypotheses, [relation(y, LE, X)]), witness)


TRAPS = (
    coverings_projection,
    coverings_nullification,
    nlsat_shuffled,
    nlsat_reordered,
    asked_twice,
    variable_elimination,
)


@BOTH
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.__name__)
def test_a_false_statement_on_which_a_solver_once_erred_is_not_supported(trap, order, monkeypatch):
    monkeypatch.setattr(smt, "SOLVERS", smt.SOLVERS[::order])
    found = ask(trap(), seconds=20.0)
    assert found.verdict in (Verdict.REFUTED, Verdict.UNKNOWN)
    assert not found.alarm


@BOTH
@pytest.mark.parametrize("trap", [coverings_nullification, nlsat_reordered, variable_elimination])
def test_where_the_trap_has_a_rational_point_it_is_refuted(trap):
    assert ask(trap(), seconds=20.0).verdict is Verdict.REFUTED

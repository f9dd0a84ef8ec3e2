"""Six Jury inequalities (ρ < 1) over every substochastic 3 × 3 matrix, against z3 on one of them."""

from __future__ import annotations

import time

import sympy

from benchmarks.measurement import Contest, medians
from proofs_check.checker.certificate_check import check_certificate
from proofs_check.proving.bernstein import BernsteinMethod
from proofs_check.proving.prover import Prover
from proofs_check.solving import z3_solver
from proofs_check.solving.solver import question_of
from proofs_check.statements.canonical import encode_statement
from proofs_check.statements.statement import Comparison, Relation, SchurStable, Statement, Variable

SIZE = 3
MOST_SECONDS = 0.1
PATIENCE = 20.0


def weights() -> sympy.ImmutableDenseMatrix:
    entries = [[sympy.Symbol(f"w{i}{j}", real=True) for j in range(SIZE)] for i in range(SIZE)]
    return sympy.ImmutableDenseMatrix(entries)


def statement(conclusion: SchurStable | Relation) -> Statement:
    """Entries ≥ 0 and row sums < 1 imply the conclusion."""
    w = weights()
    hypotheses = [Relation(entry, Comparison.GREATER_EQUAL, sympy.S.Zero) for entry in w]
    hypotheses += [Relation(sum(w.row(i)), Comparison.LESS, sympy.S.One) for i in range(SIZE)]
    return Statement(
        variables=tuple(Variable(symbol=entry) for entry in w),
        hypotheses=tuple(hypotheses),
        conclusions=(conclusion,),
    )


def ours() -> float:
    """Seconds of CPU to find the certificate of all six; it is checked after the clock has stopped."""
    encoded = encode_statement(statement(SchurStable(weights())))
    start = time.process_time()
    certificate, missing = Prover(encoded, BernsteinMethod).prove()
    end = time.process_time()
    if certificate is None or not check_certificate(encoded, certificate).accepted:
        raise SystemExit(f"Expected a certificate that is accepted, got none: {missing}")
    return end - start


def peer() -> float:
    """Seconds of CPU for z3 on det(I + W) > 0 alone; its answer, if any, carries no certificate."""
    gap = (sympy.eye(SIZE) + sympy.Matrix(weights())).det(method="berkowitz").expand()
    positive = Relation(gap, Comparison.GREATER, sympy.S.Zero)
    question = question_of(encode_statement(statement(positive)))
    start = time.process_time()
    answer = z3_solver.SOLVER.ask(question, PATIENCE)
    end = time.process_time()
    if answer.word == "sat":
        raise SystemExit("Expected unsat or no answer, got sat")
    return end - start


def contests(repeat: int) -> tuple[Contest, ...]:
    a, b = medians("jury_inequalities", repeat)
    return (
        Contest(
            name=f"Six Jury inequalities over substochastic matrices, N = {SIZE}, against z3 on one",
            unit="CPU, imports apart",
            ours=a,
            peer=b,
            bound=10,
            note=f"search for the certificate; the peer: det(I + W) > 0, stopped after {PATIENCE:g} s",
        ),
        Contest(
            name=f"Six Jury inequalities over substochastic matrices, N = {SIZE}, by themselves",
            unit="CPU, imports apart",
            ours=a,
            peer=0.0,
            bound=MOST_SECONDS,
            difference=True,
            note="search for the certificate, which is checked apart",
        ),
    )

"""Mutants of a claim, generated from its statements alone and in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import combinations

import sympy

from proofs_check.checker.terms import canonical_text
from proofs_check.claim import Case, Claim, Expectation
from proofs_check.mutation.conditions import (
    change_coefficient,
    change_sign,
    flip,
    new_divisors,
    swap,
    tighten,
)
from proofs_check.statements.canonical import encode_statement, statement_hash
from proofs_check.statements.statement import Comparison, Condition, Relation, Statement

PLANTED = 8
ENOUGH = 5
_Variations = Iterator[tuple[str, Statement]]


def planted(claim: Claim) -> Claim:
    """The claim with its mutants for cases; each keeps the witness and the suspects of its original.

    Only claims that are held to be true have mutants: at most eight, a kind at a time, spread over the
    cases from the simplest on.

    Raises
    ------
    ValueError
        When the claim has no mutant: it is no theorem, or has no implication.
    """
    return replace(claim, cases=tuple(_chosen(claim)), sharpness=())


def has_mutants(claim: Claim) -> bool:
    """Whether mutants are planted for the claim."""
    return claim.expected is Expectation.NOT_REFUTED and any(
        isinstance(case.statement, Statement) for case in claim.cases
    )


def _chosen(claim: Claim) -> list[Case]:
    if not has_mutants(claim):
        return []
    cases = sorted(
        _implications(claim), key=lambda case: len(canonical_text(encode_statement(case.statement)))
    )
    streams = [_stream(kind, _turned(cases, turn)) for turn, kind in enumerate(_KINDS)]
    seen = {statement_hash(case.statement) for case in cases}
    chosen: list[Case] = []
    while streams and len(chosen) < PLANTED:
        stream = streams.pop(0)
        fresh = next((case for case in stream if statement_hash(case.statement) not in seen), None)
        if fresh is not None:
            seen.add(statement_hash(fresh.statement))
            chosen.append(replace(fresh, name=f"mutant {len(chosen) + 1}: {fresh.name}"))
            streams.append(stream)
    return chosen


def _implications(claim: Claim) -> list[Case]:
    return [case for case in claim.cases if isinstance(case.statement, Statement)]


def _turned(cases: Sequence[Case], turn: int) -> list[Case]:
    """The cases, another one first for each kind."""
    start = turn % len(cases)
    return [*cases[start:], *cases[:start]]


def _stream(kind: Callable[[Statement], _Variations], cases: Sequence[Case]) -> Iterator[Case]:
    for case in cases:
        statement = case.statement
        if isinstance(statement, Statement):
            for what, mutated in kind(statement):
                with suppress(ValueError):  # the witness may lie where the mutant is not defined
                    yield replace(case, name=f"{case.name}: {what}", statement=mutated)


def _with(statement: Statement, conclusion: Condition, original: Condition) -> Statement:
    """The same hypotheses with that one conclusion, where it is defined."""
    zero = sympy.Integer(0)
    defined = (Relation(d, Comparison.UNEQUAL, zero) for d in new_divisors(conclusion, original))
    return replace(statement, hypotheses=(*statement.hypotheses, *defined), conclusions=(conclusion,))


def _flipped(statement: Statement) -> _Variations:
    for k, conclusion in enumerate(statement.conclusions):
        if isinstance(conclusion, Relation):
            mutated = flip(conclusion)
            what = f"conclusion {k + 1}, {conclusion.comparison.value} becomes {mutated.comparison.value}"
            yield what, _with(statement, mutated, conclusion)


def _tightened(statement: Statement) -> _Variations:
    for k, conclusion in enumerate(statement.conclusions):
        yield (
            f"conclusion {k + 1}, a bound tightened by 1/100",
            _with(statement, tighten(conclusion), conclusion),
        )


def _swapped(statement: Statement) -> _Variations:
    for k, conclusion in enumerate(statement.conclusions):
        used = {symbol for side in conclusion.expressions for symbol in side.free_symbols}
        names = [symbol for symbol in statement.symbols if symbol in used]
        for first, second in combinations(names, 2):
            mutated = swap(conclusion, first, second)
            if mutated != conclusion:
                yield (
                    f"conclusion {k + 1}, {first} and {second} swapped",
                    _with(statement, mutated, conclusion),
                )


def _coefficients(statement: Statement) -> _Variations:
    for k, conclusion in enumerate(statement.conclusions):
        for mutated in change_coefficient(conclusion):
            yield f"conclusion {k + 1}, a coefficient doubled", _with(statement, mutated, conclusion)


def _signs(statement: Statement) -> _Variations:
    for k, conclusion in enumerate(statement.conclusions):
        for symbol in statement.symbols:
            mutated = change_sign(conclusion, symbol)
            if mutated != conclusion:
                yield f"conclusion {k + 1}, -{symbol} for {symbol}", _with(statement, mutated, conclusion)


def _dropped(statement: Statement) -> _Variations:
    """Without one hypothesis; those that only keep divisors from zero are left alone."""
    for k, hypothesis in enumerate(statement.hypotheses):
        if not (isinstance(hypothesis, Relation) and hypothesis.comparison is Comparison.UNEQUAL):
            others = (*statement.hypotheses[:k], *statement.hypotheses[k + 1 :])
            yield f"hypothesis {k + 1} dropped", replace(statement, hypotheses=others)


_KINDS = (_flipped, _tightened, _swapped, _dropped, _coefficients, _signs)

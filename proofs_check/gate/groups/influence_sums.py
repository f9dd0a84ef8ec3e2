"""Sums of influences: traces and row sums of (I − J)⁻¹."""

from __future__ import annotations

import sympy

from proofs_check.encoding.matrices import identity_minus, inverse
from proofs_check.encoding.relations import all_nonnegative, at_least, less, positive
from proofs_check.encoding.symbols import Matrix, matrix, reals
from proofs_check.gate.planted import Planted, false, true
from proofs_check.statements.statement import Relation, SchurStable

_J = matrix("J", 2, 2)
_S = inverse(identity_minus(_J))
_G = matrix("G", 3, 3)
_T = inverse(identity_minus(_G))
_A, _B, _C, _D = reals("a b c d")
_ZERO = {"J11": 0, "J12": 0, "J21": 0, "J22": 0}
_EMPTY = {symbol.name: 0 for symbol in _G}


def planted() -> tuple[Planted, ...]:
    """The group's statements."""
    return (*_traces(), *_more_traces(), *_sums())


def _traces() -> tuple[Planted, ...]:
    """Σ 1/(1 − λ) = χ'(1)/χ(1) for χ(z) = z⁴ + az³ + bz² + cz + d."""
    companion = Matrix([[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [-_D, -_C, -_B, -_A]])
    nothing = dict.fromkeys("abcd", 0)
    trace = (4 + 3 * _A + 2 * _B + _C) / (1 + _A + _B + _C + _D)
    half = sympy.Rational(3, 2)
    cubic = {"a": 0, "b": 0, "c": 0}
    three = Matrix([[0, 1, 0], [0, 0, 1], [-_C, -_B, -_A]])
    return (
        true(
            "self-influences-sum-above-half",
            "J stable on two models has (I − J)⁻¹₁₁ + (I − J)⁻¹₂₂ > 1",
            given=(SchurStable(_J),),
            then=positive(_S[0, 0] + _S[1, 1] - 1),
            witness=_ZERO,
            why="each eigenvalue adds 1/(1 − λ), of real part above 1/2 in the disc",
        ),
        true(
            "three-self-influences",
            "three models with χ(z) = z³ + az² + bz + c stable have tr (I − J)⁻¹ > 3/2",
            given=(SchurStable(three),),
            then=positive((3 + 2 * _A + _B) / (1 + _A + _B + _C) - half),
            witness=cubic,
            why="χ'(1)/χ(1) sums 1/(1 − λ), of real part above 1/2",
        ),
        true(
            "four-self-influences",
            "four models with χ(z) = z⁴ + az³ + bz² + cz + d stable have tr (I − J)⁻¹ > 2",
            given=(SchurStable(companion),),
            then=positive(trace - 2),
            witness=nothing,
            why="the same with four eigenvalues",
        ),
    )


def _more_traces() -> tuple[Planted, ...]:
    """Σ 1/(1 − λ) = χ'(1)/χ(1) for χ(z) = z⁴ + az³ + bz² + cz + d."""
    companion = Matrix([[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [-_D, -_C, -_B, -_A]])
    nothing = dict.fromkeys("abcd", 0)
    trace = (4 + 3 * _A + 2 * _B + _C) / (1 + _A + _B + _C + _D)
    return (
        false(
            "four-self-influences-with-a-margin",
            "four models with χ(z) = z⁴ + az³ + bz² + cz + d stable have tr (I − J)⁻¹ > 21/10",
            given=(SchurStable(companion),),
            then=positive(trace - sympy.Rational(21, 10)),
            witness=nothing,
            fails_at={**nothing, "d": "99/100"},
            why="z⁴ + 99/100: the trace is 4/1.99",
        ),
    )


def _sums() -> tuple[Planted, ...]:
    ninth = sympy.Rational(9, 10)
    rows = tuple(at_least(ninth, sympy.Add(*_G.row(i))) for i in range(3))
    return (
        true(
            "row-sums-of-the-inverse",
            "J ≥ 0 on three models with row sums at most 9/10 has row sums of (I − J)⁻¹ at most 10",
            given=(*all_nonnegative(_G), *rows),
            then=at_least(10, sympy.Add(*_T.row(0))),
            witness=_EMPTY,
            why="J1 ≤ (9/10)1, so that (I − J)⁻¹1 ≤ 10·1; attained at row sums 9/10",
        ),
        true(
            "dominance-down-the-column",
            "J ≥ 0 on three models with row sums below 1 has (I − J)⁻¹₁₁ ≥ (I − J)⁻¹₂₁",
            given=_substochastic(),
            then=at_least(_T[0, 0], _T[1, 0]),
            witness=_EMPTY,
            why="from model 2 one gets to model 1 at most surely, and then on as from model 1",
        ),
        false(
            "row-sums-a-little-smaller",
            "J ≥ 0 on three models with row sums at most 9/10 has row sums of (I − J)⁻¹ at most 9999/1000",
            given=(*all_nonnegative(_G), *rows),
            then=at_least(sympy.Rational(9999, 1000), sympy.Add(*_T.row(0))),
            witness=_EMPTY,
            fails_at={**_EMPTY, "G11": "9/10"},
            why="the sum is 10 where all row sums that model 1 depends on are 9/10",
            sliver=True,
        ),
        false(
            "self-influence-at-most-nine",
            "J ≥ 0 on two models with row sums at most 9/10 has (I − J)⁻¹₁₁ ≤ 9",
            given=(*all_nonnegative(_J), *(at_least(ninth, sympy.Add(*_J.row(i))) for i in range(2))),
            then=at_least(9, _S[0, 0]),
            witness=_ZERO,
            fails_at={**_ZERO, "J11": "9/10"},
            why="a self-loop of 9/10 alone gives 10",
        ),
    )


def _substochastic() -> tuple[Relation, ...]:
    rows = tuple(less(sympy.Add(*_G.row(i)), 1) for i in range(3))
    return (*all_nonnegative(_G), *rows)

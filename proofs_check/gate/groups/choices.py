"""Curation on finite supports: tilts, Luce choices among two candidates, total variation."""

from __future__ import annotations

import sympy

from proofs_check.encoding.relations import at_least, equal, less, positive, unequal
from proofs_check.encoding.symbols import column, reals
from proofs_check.gate.planted import Planted, false, true

_P, _Q, _A, _B = reals("p q a b")
_TWO = (at_least(_P), at_least(1, _P), positive(_A), positive(_B))
_EVEN = {"p": "1/2", "a": 1, "b": 1}
_LUCE = _P**2 + 2 * _P * (1 - _P) * _A / (_A + _B)
_TILT = _P * _A / (_P * _A + (1 - _P) * _B)
_X, _R = column("x", 3), column("r", 3)
_LAW = (*(at_least(x) for x in _X), equal(sum(_X), 1), *(positive(r) for r in _R))
_FLAT = {"x1": "1/3", "x2": "1/3", "x3": "1/3", "r1": 1, "r2": 1, "r3": 1}
_MEAN = sympy.Add(*(x * r for x, r in zip(_X, _R, strict=True)))
_SQUARE = sympy.Add(*(x * r**2 for x, r in zip(_X, _R, strict=True)))


def planted() -> tuple[Planted, ...]:
    """The group's statements."""
    return (
        *_pairs(),
        *_pairs_true(),
        *_total_variation(),
        *_more_total_variation(),
        *_gains(),
        *_gains_true(),
        *_three_atoms(),
    )


def _pairs() -> tuple[Planted, ...]:
    return (
        false(
            "pair-gain-over-the-worse",
            "K = 2 on two atoms: p' − p ≥ p(1 − p)(a − b)/(2b) for a ≥ b",
            given=(*_TWO, at_least(_A, _B)),
            then=at_least(_LUCE - _P, _P * (1 - _P) * (_A - _B) / (2 * _B)),
            witness=_EVEN,
            fails_at={**_EVEN, "a": 2},
            why="the gain is p(1 − p)(a − b)/(a + b), and a + b ≥ 2b",
        ),
        false(
            "pair-beats-the-tilt",
            "K = 2 picks the better of two atoms at least as often as the tilt",
            given=(*_TWO, at_least(_A, _B)),
            then=at_least(_LUCE, _TILT),
            witness=_EVEN,
            fails_at={"p": "1/4", "a": 3, "b": 1},
            why="for p = 1/4 and a = 3b it is 11/32 against 1/2",
        ),
        false(
            "pair-is-half-a-tilt",
            "K = 2 moves p half as far as the tilt does",
            given=_TWO,
            then=equal(2 * (_LUCE - _P), _TILT - _P),
            witness=_EVEN,
            fails_at={"p": "1/4", "a": 3, "b": 1},
            why="at p = 1/4 and a = 3b it is 3/16 against 1/4, though they agree at p = 1/2",
        ),
        false(
            "preferred-atom-doubles-at-most-by-half",
            "K = 2 raises p at most to 3p/2",
            given=_TWO,
            then=at_least(sympy.Rational(3, 2) * _P, _LUCE),
            witness=_EVEN,
            fails_at={"p": "1/10", "a": 9, "b": 1},
            why="a rare atom with a ≫ b nearly doubles",
        ),
    )


def _pairs_true() -> tuple[Planted, ...]:
    return (
        true(
            "pair-gain",
            "K = 2 on two atoms: p' − p = p(1 − p)(a − b)/(a + b)",
            given=_TWO,
            then=equal(_LUCE - _P, _P * (1 - _P) * (_A - _B) / (_A + _B)),
            witness=_EVEN,
            why="p + 2(1 − p)a/(a + b) − 1 = (1 − p)(a − b)/(a + b)",
        ),
        true(
            "tilt-beats-the-pair",
            "the tilt picks the better of two atoms at least as often as K = 2",
            given=(*_TWO, at_least(_A, _B)),
            then=at_least(_TILT, _LUCE),
            witness=_EVEN,
            why="the gains compare as 1/(pa + (1 − p)b) with 1/(a + b)",
        ),
        true(
            "at-most-doubled",
            "K = 2 raises p at most to 2p, and 2p − p' ≥ p²",
            given=_TWO,
            then=at_least(2 * _P - _LUCE, _P**2),
            witness=_EVEN,
            why="2p − p² − 2p(1 − p)a/(a + b) ≥ 2p − p² − 2p(1 − p) = p²",
        ),
        true(
            "tilt-keeps-odds",
            "the tilt multiplies the odds p/(1 − p) by a/b",
            given=(*_TWO, less(_P, 1)),
            then=equal(_TILT / (1 - _TILT), _P * _A / ((1 - _P) * _B)),
            witness=_EVEN,
            why="by definition",
        ),
    )


def _total_variation() -> tuple[Planted, ...]:
    other = _TILT.xreplace({_P: _Q})
    given = (*_TWO, at_least(_Q), at_least(1, _Q), at_least(_A, _B))
    start = {**_EVEN, "q": "1/2"}
    ratio = _A / _B
    return (
        true(
            "tilt-lipschitz-on-two-atoms",
            "|p' − q'| ≤ (a/b)|p − q| for the tilt with a ≥ b, squared",
            given=given,
            then=at_least(ratio**2 * (_P - _Q) ** 2, (_TILT - other) ** 2),
            witness=start,
            why="p' − q' = (p − q)ab/(product of two means in [b, a])",
        ),
        false(
            "tilt-lipschitz-a-little-less",
            "|p' − q'| ≤ (1 − 10⁻³)(a/b)|p − q| for the tilt with 2b ≤ a ≤ 3b, squared",
            given=(*given, at_least(_A, 2 * _B), at_least(3 * _B, _A)),
            then=at_least(sympy.Rational(999, 1000) ** 2 * ratio**2 * (_P - _Q) ** 2, (_TILT - other) ** 2),
            witness={**start, "a": 2},
            fails_at={"p": 0, "q": "1/10000", "a": 2, "b": 1},
            why="the ratio is (a/b)/((1 + (a/b − 1)p)(1 + (a/b − 1)q)), close to a/b only for p, q near 0",
            sliver=True,
        ),
        false(
            "tilt-contracts",
            "the tilt brings two laws on two atoms no further apart",
            given=given,
            then=at_least((_P - _Q) ** 2, (_TILT - other) ** 2),
            witness=start,
            fails_at={"p": 0, "q": "1/2", "a": 3, "b": 1},
            why="1/2 apart becomes 3/4 apart",
        ),
    )


def _more_total_variation() -> tuple[Planted, ...]:
    other = _TILT.xreplace({_P: _Q})
    given = (*_TWO, at_least(_Q), at_least(1, _Q), at_least(_A, _B))
    start = {**_EVEN, "q": "1/2"}
    ratio = _A / _B
    return (
        false(
            "tilt-apart-by-the-root",
            "p' − q' ≤ √(a/b)(p − q) for p ≥ q",
            given=(*given, at_least(_P, _Q)),
            then=at_least(sympy.sqrt(ratio) * (_P - _Q), _TILT - other),
            witness=start,
            fails_at={"p": "1/10", "q": 0, "a": 4, "b": 1},
            why="near p = q = 0 the factor is a/b itself: 4/13 against 2/10",
        ),
    )


def _gains() -> tuple[Planted, ...]:
    gain, variance = _SQUARE / _MEAN - _MEAN, _SQUARE - _MEAN**2
    top = (at_least(_R[0], _R[1]), at_least(_R[0], _R[2]))
    tiny = sympy.Rational(1, 10**5)
    return (
        false(
            "gain-over-the-mean-squared",
            "the tilt gains at least Var(a)/E[a]²",
            given=_LAW,
            then=at_least(gain, variance / _MEAN**2),
            witness=_FLAT,
            fails_at={**_FLAT, "x3": 0, "x1": "1/2", "x2": "1/2", "r1": "1/2", "r2": "1/4"},
            why="it gains Var(a)/E[a], which is less for E[a] < 1",
        ),
        false(
            "gain-bound-a-little-more",
            "the tilt gains at least (1 + 10⁻⁵) Var(a)/a₁ for a₁ = max a ≤ 2 min a",
            given=(*_LAW, *top, at_least(2 * _R[1], _R[0]), at_least(2 * _R[2], _R[0])),
            then=at_least(gain, (1 + tiny) * variance / _R[0]),
            witness={**_FLAT, "r1": 2},
            fails_at={"x1": "999999/1000000", "x2": "1/1000000", "x3": 0, "r1": 2, "r2": 1, "r3": 1},
            why="it gains Var(a)/E[a], and E[a] exceeds a₁/(1 + 10⁻⁵) when nearly all mass is at the maximum",
            sliver=True,
        ),
        false(
            "strict-gain",
            "the tilt raises E[a] when a₁ > a₂ ≥ a₃ and x₁ > 0",
            given=(*_LAW, positive(_R[0] - _R[1]), at_least(_R[1], _R[2]), positive(_X[0])),
            then=positive(gain),
            witness={**_FLAT, "r1": 2},
            fails_at={"x1": 1, "x2": 0, "x3": 0, "r1": 2, "r2": 1, "r3": 1},
            why="a law on the maximum alone stays",
            sliver=True,
        ),
    )


def _gains_true() -> tuple[Planted, ...]:
    gain, variance = _SQUARE / _MEAN - _MEAN, _SQUARE - _MEAN**2
    cube = sympy.Add(*(x * r**3 for x, r in zip(_X, _R, strict=True)))
    return (
        true(
            "gain-is-variance-over-mean",
            "the tilt gains Var(a)/E[a]",
            given=_LAW,
            then=equal(gain, variance / _MEAN),
            witness=_FLAT,
            why="the tilted mean is E[a²]/E[a]",
        ),
        true(
            "second-tilt-gains-too",
            "E[a³]/E[a²] ≥ E[a²]/E[a]",
            given=_LAW,
            then=at_least(cube / _SQUARE, _SQUARE / _MEAN),
            witness=_FLAT,
            why="Cauchy–Schwarz: E[a²]² ≤ E[a]E[a³]",
        ),
        false(
            "gains-shrink",
            "the second tilt gains at most what the first did",
            given=_LAW,
            then=at_least(gain, cube / _SQUARE - _SQUARE / _MEAN),
            witness=_FLAT,
            fails_at={"x1": "99/100", "x2": "1/100", "x3": 0, "r1": 1, "r2": 2, "r3": 1},
            why="a rare good atom is found by the first tilt and used by the second",
        ),
    )


def _three_atoms() -> tuple[Planted, ...]:
    """K = 2 on three atoms: p₂' = 2 p₂ Σ_j p_j a₂/(a₂ + a_j)."""
    shift = sympy.Add(*(x * (_R[1] - r) / (_R[1] + r) for x, r in zip(_X, _R, strict=True)))
    return (
        true(
            "above-average-gains",
            "K = 2: an atom with a₂ ≥ E[a] does not lose mass",
            given=(*_LAW, at_least(_R[1], _MEAN)),
            then=at_least(shift),
            witness=_FLAT,
            why="(a₂ − a)/(a₂ + a) is convex in a: its mean is at least (a₂ − E[a])/(a₂ + E[a]) ≥ 0",
        ),
        false(
            "below-average-loses",
            "K = 2: an atom with a₂ ≤ E[a] does not gain mass",
            given=(*_LAW, at_least(_MEAN, _R[1])),
            then=at_least(0, shift),
            witness=_FLAT,
            fails_at={"x1": "1/4", "x2": "1/2", "x3": "1/4", "r1": 10, "r2": 3, "r3": "1/10"},
            why="against a = 10 and 1/10 in equal parts a₂ = 3 wins more than it loses",
        ),
        false(
            "top-atom-strictly-gains",
            "K = 2: the atom with a₂ ≥ a₁, a₃, of mass below 1, gains mass unless all are equal",
            given=(
                *_LAW, at_least(_R[1], _R[0]), at_least(_R[1], _R[2]), less(_X[1], 1), unequal(_R[0], _R[2]),
            ),
            then=positive(shift),
            witness={**_FLAT, "r1": "1/2"},
            fails_at={"x1": "1/2", "x2": "1/2", "x3": 0, "r1": 1, "r2": 1, "r3": "1/2"},
            why="an equal rival may hold all the other mass",
            sliver=True,
        ),
    )  # fmt: skip

"""Cones, rotations and norms: when gᵀ(I − A)⁻¹a keeps its sign."""

from __future__ import annotations

import sympy

from proofs_check.encoding.matrices import identity_minus, inverse
from proofs_check.encoding.relations import at_least, equal, less, positive, unequal
from proofs_check.encoding.symbols import Matrix, column, matrix, reals
from proofs_check.gate.planted import Planted, false, true
from proofs_check.statements.statement import Relation

_K, _C, _S, _P, _Q = reals("k c s p q")
_A = Matrix([[_K * _C, -_K * _S], [_K * _S, _K * _C]])
_N = inverse(identity_minus(_A))
_HALF = sympy.Rational(1, 2)
_TURN = equal(_C**2 + _S**2, 1)
_SHRINKS = (positive(_K), less(_K, 1))
_UNIT = equal(_P**2 + _Q**2, 1)
_AGREE = _P * _N[0, 0] + _Q * _N[1, 0]
_START = {"k": "1/2", "c": "3/5", "s": "4/5", "p": 1, "q": 0}
_ALONE = {"k": "1/2", "c": "3/5", "s": "4/5"}


def planted() -> tuple[Planted, ...]:
    """The group's statements."""
    return (*_angles(), *_mixed_up(), *_slivers(), *_more_slivers(), *_norms(), *_true())


def _angles() -> tuple[Planted, ...]:
    return (
        false(
            "right-angle-is-safe",
            "a shrunk rotation by at most a right angle keeps gᵀ(I − A)⁻¹a > 0 when gᵀa > 0",
            given=(_TURN, *_SHRINKS, _UNIT, positive(_P), at_least(_C)),
            then=positive(_AGREE),
            witness=_START,
            fails_at={"k": "9/10", "c": "3/5", "s": "4/5", "p": "7/25", "q": "-24/25"},
            why="g lies 74° on one side of a, and (I − A)⁻¹a well to the other",
        ),
        false(
            "cosine-above-the-square",
            "gᵀa > k² is enough for a rotation shrunk by k",
            given=(_TURN, *_SHRINKS, _UNIT, positive(_P - _K**2)),
            then=positive(_AGREE),
            witness=_START,
            fails_at={"k": "4/5", "c": "20/29", "s": "21/29", "p": "20/29", "q": "-21/29"},
            why="it takes gᵀa > k: at k = 4/5 the cosine 20/29 lies between k² and k",
        ),
        false(
            "one-side-only",
            "gᵀa ≥ 1/2 is enough when the rotation shrinks by k ≤ 7/10",
            given=(_TURN, *_SHRINKS, _UNIT, at_least(_P, _HALF), at_least(sympy.Rational(7, 10), _K)),
            then=positive(_AGREE),
            witness=_START,
            fails_at={"k": "7/10", "c": "3/5", "s": "4/5", "p": "3/5", "q": "-4/5"},
            why="the rotation by the angle between g and a itself leaves 3/5 − 7/10",
        ),
    )


def _mixed_up() -> tuple[Planted, ...]:
    return (
        false(
            "transposed-resolvent",
            "gᵀ(I − A)⁻¹a = gᵀ(I − Aᵀ)⁻¹a for shrunk rotations",
            given=(_TURN, *_SHRINKS, _UNIT),
            then=equal(_AGREE, _P * _N[0, 0] + _Q * _N[0, 1]),
            witness=_START,
            fails_at={**_START, "p": "3/5", "q": "4/5"},
            why="the rotation's other sense enters with the opposite sign",
        ),
        false(
            "first-two-rounds",
            "the sign of gᵀ(I − A)⁻¹a is that of gᵀ(a + Aa)",
            given=(_TURN, *_SHRINKS, _UNIT),
            then=at_least(_AGREE * (_P + _K * (_P * _C + _Q * _S))),
            witness=_START,
            fails_at={"k": "9/10", "c": "3/5", "s": "4/5", "p": "3/5", "q": "-4/5"},
            why="two rounds give 6/10 − 252/1000 > 0, the whole series 6/10 − 9/10 < 0",
        ),
        false(
            "middle-norm",
            "|(I − A)⁻¹a|² ≤ 1/(1 + k²) for a unit a and a rotation by at least 60°",
            given=(_TURN, *_SHRINKS, at_least(_HALF, _C)),
            then=at_least(1 / (1 + _K**2), _N[0, 0] ** 2 + _N[1, 0] ** 2),
            witness={"k": "1/2", "c": "-3/5", "s": "4/5"},
            fails_at={"k": "1/2", "c": "5/13", "s": "12/13"},
            why="it is 1/(1 − 2kc + k²), larger for every acute angle",
        ),
    )


def _slivers() -> tuple[Planted, ...]:
    near = sympy.Rational(9999, 10000)
    return (
        false(
            "cosine-a-little-smaller",
            "gᵀa ≥ (1 − 10⁻⁴)k is enough for a rotation shrunk by k",
            given=(_TURN, *_SHRINKS, _UNIT, at_least(_P, near * _K)),
            then=positive(_AGREE),
            witness=_START,
            fails_at={"k": "60003/100000", "c": "3/5", "s": "4/5", "p": "3/5", "q": "-4/5"},
            why="rotating by the angle between g and a leaves gᵀa − k, negative for gᵀa in [(1 − 10⁻⁴)k, k)",
            sliver=True,
        ),
        false(
            "half-of-the-direct-effect",
            "aᵀ(I − A)⁻¹a ≥ (1/2 + 10⁻⁶)|a|² for shrunk rotations by at least 90°",
            given=(_TURN, *_SHRINKS, at_least(0, _C)),
            then=at_least(_N[0, 0], sympy.Rational(500001, 1000000)),
            witness={**_ALONE, "c": "-3/5"},
            fails_at={"k": "9999999/10000000", "c": -1, "s": 0},
            why="it tends to 1/2 as k tends to 1: at c = −1 it is 1/(1 + k)",
            sliver=True,
        ),
        false(
            "nilpotent-a-little-past-two",
            "A = [[0, k], [0, 0]] with |k| ≤ 2 + 10⁻⁶ has gᵀ(I − A)⁻¹g ≥ 0 for every g",
            given=(at_least(2 + sympy.Rational(1, 10**6), _K), at_least(_K, -2)),
            then=at_least(_P**2 + _K * _P * _Q + _Q**2),
            witness={"k": 0, "p": 1, "q": 0},
            fails_at={"k": "2000001/1000000", "p": 1, "q": -1},
            why="at g = (1, −1) it is 2 − k",
            sliver=True,
        ),
    )


def _more_slivers() -> tuple[Planted, ...]:
    return (
        false(
            "strictly-inside-the-cone",
            "gᵀa ≥ k gives gᵀ(I − A)⁻¹a > 0 for rotations shrunk by k",
            given=(_TURN, *_SHRINKS, _UNIT, at_least(_P, _K)),
            then=positive(_AGREE),
            witness=_START,
            fails_at={"k": "3/5", "c": "3/5", "s": "4/5", "p": "3/5", "q": "-4/5"},
            why="it is 0 when gᵀa = k and the rotation is by the angle between g and a",
            sliver=True,
        ),
    )


def _quadratic(entries: Matrix, direction: Matrix) -> sympy.Expr:
    return (direction.T * inverse(identity_minus(entries)) * direction)[0, 0]


def _norms() -> tuple[Planted, ...]:
    entries, g = matrix("A", 2, 2), column("g", 2)
    size = sympy.Add(*(entry**2 for entry in entries))
    start = {"A11": 0, "A12": 0, "A21": 0, "A22": 0, "g1": 1, "g2": 0}
    field = identity_minus(entries)
    invertible: Relation = unequal(field.det())
    return (
        true(
            "frobenius-below-one",
            "A with squared entries summing to less than 1 has gᵀ(I − A)⁻¹g ≥ 0",
            given=(less(size, 1), invertible),
            then=at_least(_quadratic(entries, g)),
            witness=start,
            why="‖A‖₂ ≤ ‖A‖_F < 1, so that the symmetric part of I − A is positive definite",
        ),
        false(
            "frobenius-below-two",
            "A with squared entries summing to less than 2 has gᵀ(I − A)⁻¹g ≥ 0",
            given=(less(size, 2), invertible),
            then=at_least(_quadratic(entries, g)),
            witness=start,
            fails_at={**start, "A11": "6/5"},
            why="A₁₁ = 6/5 alone gives −5",
        ),
        false(
            "frobenius-a-little-past-one",
            "A with squared entries summing to at most 1 + 10⁻³ has gᵀ(I − A)⁻¹g ≥ 0",
            given=(at_least(1 + sympy.Rational(1, 1000), size), invertible),
            then=at_least(_quadratic(entries, g)),
            witness=start,
            fails_at={**start, "A11": "10001/10000"},
            why="A₁₁ = 1.0001 alone, up to the 0.0005 that the others may have",
            sliver=True,
        ),
    )


def _true() -> tuple[Planted, ...]:
    return (
        true(
            "above-half",
            "aᵀ(I − A)⁻¹a > |a|²/2 for every shrunk rotation",
            given=(_TURN, *_SHRINKS),
            then=positive(_N[0, 0] - _HALF),
            witness=_ALONE,
            why="(1 − kc)/(1 − 2kc + k²) > 1/2 as k² < 1",
        ),
        true(
            "turning-back-helps",
            "a shrunk rotation turning away from g's side (s·q ≥ 0) keeps gᵀ(I − A)⁻¹a > 0 when gᵀa > 0",
            given=(_TURN, *_SHRINKS, _UNIT, positive(_P), at_least(_S * _Q)),
            then=positive(_AGREE),
            witness=_START,
            why="the numerator is p(1 − kc) + kqs, of two terms ≥ 0, the first > 0",
        ),
        true(
            "obtuse-turns-shorten",
            "|(I − A)⁻¹a| < |a| when 2c < k",
            given=(_TURN, *_SHRINKS, less(2 * _C, _K)),
            then=less(_N[0, 0] ** 2 + _N[1, 0] ** 2, 1),
            witness={"k": "1/2", "c": 0, "s": 1},
            why="its square is 1/(1 − 2kc + k²), and 1 − 2kc + k² > 1",
        ),
        true(
            "cosine-of-the-moved-push",
            "(I − A)⁻¹a makes an angle of cosine above √(1 − k²) with a, squared",
            given=(_TURN, *_SHRINKS),
            then=at_least(_N[0, 0] ** 2, (1 - _K**2) * (_N[0, 0] ** 2 + _N[1, 0] ** 2)),
            witness=_ALONE,
            why="(1 − kc)² − (1 − k²)(1 − 2kc + k²) = k²(c − k)²",
        ),
    )

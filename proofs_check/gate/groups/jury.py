"""Stability of small matrices: Jury's conditions, and what they do not say."""

from __future__ import annotations

import sympy

from proofs_check.encoding.matrices import determinant, identity_minus
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import Matrix, matrix, reals
from proofs_check.gate.planted import Planted, false, true
from proofs_check.statements.statement import Relation, SchurStable

_J = matrix("J", 2, 2)
_A, _B = matrix("A", 2, 2), matrix("B", 2, 2)
_TRACE, _DET = _J[0, 0] + _J[1, 1], determinant(_J)
_P, _Q, _R = reals("p q r")
_COMPANION = Matrix([[0, 1, 0], [0, 0, 1], [-_R, -_Q, -_P]])
_TINY = sympy.Rational(1, 10**6)
_ZERO = {"J11": 0, "J12": 0, "J21": 0, "J22": 0}
_NOTHING = {"p": 0, "q": 0, "r": 0}
_SMALL = {"A11": 0, "A12": 0, "A21": 0, "A22": 0, "B11": 0, "B12": 0, "B21": 0, "B22": 0}


def planted() -> tuple[Planted, ...]:
    """The group's statements."""
    return (
        *_conditions_missing(),
        *_bounds(),
        *_two_matrices(),
        *_slivers(),
        *_more_slivers(),
        *_true(),
        *_more_true(),
        *_true_for_three(),
    )


def _conditions_missing() -> tuple[Planted, ...]:
    stable = SchurStable(_J)
    return (
        false(
            "trace-and-determinant-bounded",
            "|tr J| < 2 and |det J| < 1 make J stable",
            given=(less(_TRACE, 2), less(-2, _TRACE), less(_DET, 1), less(-1, _DET)),
            then=stable,
            witness=_ZERO,
            fails_at={**_ZERO, "J11": "3/2"},
            why="diag(3/2, 0) has trace 3/2 and determinant 0",
        ),
        false(
            "value-at-one-forgotten",
            "det J < 1 and 1 + tr J + det J > 0 make J stable",
            given=(less(_DET, 1), positive(1 + _TRACE + _DET)),
            then=stable,
            witness=_ZERO,
            fails_at={**_ZERO, "J11": 2},
            why="diag(2, 0) satisfies both",
        ),
        false(
            "last-inequality-of-three-forgotten",
            "z³ + pz² + qz + r with values > 0 at 1, < 0 at −1 and |r| < 1 has its roots in the disc",
            given=(positive(1 + _P + _Q + _R), positive(1 - _P + _Q - _R), less(_R, 1), less(-1, _R)),
            then=SchurStable(_COMPANION),
            witness=_NOTHING,
            fails_at={**_NOTHING, "q": 2},
            why="z³ + 2z has the roots ±i√2",
        ),
        false(
            "value-at-minus-one-follows",
            "|det J| < 1, tr J ≥ −2 and 1 − tr J + det J > 0 give 1 + tr J + det J > 0",
            given=(less(_DET, 1), less(-1, _DET), at_least(_TRACE, -2), positive(1 - _TRACE + _DET)),
            then=positive(1 + _TRACE + _DET),
            witness=_ZERO,
            fails_at={**_ZERO, "J11": -2},
            why="diag(−2, 0): the value at −1 is −1",
        ),
    )


def _bounds() -> tuple[Planted, ...]:
    stable = SchurStable(_J)
    return (
        false(
            "entries-below-one",
            "a stable J has J₁₁ ≤ 1",
            given=(stable,),
            then=at_least(1, _J[0, 0]),
            witness=_ZERO,
            fails_at={"J11": 2, "J12": "-9/2", "J21": 1, "J22": -2},
            why="[[2, −9/2], [1, −2]] has trace 0 and determinant 1/2",
        ),
        false(
            "small-in-norm",
            "a stable J has squared entries summing to less than 4",
            given=(stable,),
            then=less(sum(entry**2 for entry in _J), 4),
            witness=_ZERO,
            fails_at={**_ZERO, "J12": 2},
            why="a nilpotent J has ρ = 0 whatever its entry",
        ),
        false(
            "symmetric-part",
            "the symmetric part of a stable J is stable",
            given=(stable,),
            then=SchurStable(Matrix((_J + _J.T) / 2)),
            witness=_ZERO,
            fails_at={**_ZERO, "J12": 3},
            why="[[0, 3], [0, 0]] is stable, [[0, 3/2], [3/2, 0]] is not",
        ),
        false(
            "determinant-below-trace",
            "a stable J with tr J ≥ 0 has det J ≤ tr J",
            given=(stable, at_least(_TRACE)),
            then=at_least(_TRACE, _DET),
            witness=_ZERO,
            fails_at={"J11": 0, "J12": "-1/2", "J21": 1, "J22": 0},
            why="a quarter turn shrunk to determinant 1/2 has trace 0",
        ),
    )


def _two_matrices() -> tuple[Planted, ...]:
    given = (SchurStable(_A), SchurStable(_B))
    opposed = {**_SMALL, "A12": 4, "B21": 4}
    return (
        false(
            "product-of-stable",
            "the product of two stable 2 × 2 matrices is stable",
            given=given,
            then=SchurStable(Matrix(_A * _B)),
            witness=_SMALL,
            fails_at=opposed,
            why="[[0, 4], [0, 0]] · [[0, 0], [4, 0]] = diag(16, 0)",
        ),
        false(
            "average-of-stable",
            "the mean of two stable 2 × 2 matrices is stable",
            given=given,
            then=SchurStable(Matrix((_A + _B) / 2)),
            witness=_SMALL,
            fails_at=opposed,
            why="the mean of the same two has the eigenvalues ±2",
        ),
    )


def _slivers() -> tuple[Planted, ...]:
    return (
        false(
            "away-from-one",
            "a stable J has det(I − J) ≥ 10⁻⁶",
            given=(SchurStable(_J),),
            then=at_least(determinant(identity_minus(_J)), _TINY),
            witness=_ZERO,
            fails_at={**_ZERO, "J11": "9999999/10000000"},
            why="an eigenvalue 1 − 10⁻⁷ and another 0",
            sliver=True,
        ),
        false(
            "determinant-a-little-below-one",
            "a stable J has det J ≤ 1 − 10⁻⁶",
            given=(SchurStable(_J),),
            then=at_least(1 - _TINY, _DET),
            witness=_ZERO,
            fails_at={"J11": 0, "J12": "-9999999/10000000", "J21": 1, "J22": 0},
            why="a quarter turn, shrunk by √(1 − 10⁻⁷)",
            sliver=True,
        ),
    )


def _more_slivers() -> tuple[Planted, ...]:
    shell = 1 - _R**2 + _TINY * 10
    relaxed: tuple[Relation, ...] = (
        positive(1 + _P + _Q + _R),
        positive(1 - _P + _Q - _R),
        less(_R, 1),
        less(-1, _R),
        positive(shell - (_Q - _P * _R)),
        positive(shell + (_Q - _P * _R)),
    )
    return (
        false(
            "a-thin-shell-too-much",
            "Jury's conditions for n = 3, the last with 10⁻⁵ to spare, make the companion matrix stable",
            given=relaxed,
            then=SchurStable(_COMPANION),
            witness=_NOTHING,
            fails_at={"p": 0, "q": "750001/1000000", "r": "1/2"},
            why="z³ + (3/4 + 10⁻⁶)z + 1/2 has a pair of roots just outside the circle",
            sliver=True,
        ),
    )


def _true() -> tuple[Planted, ...]:
    square = Matrix(_J * _J)
    return (
        true(
            "trace-below-two",
            "a stable J has |tr J| < 2",
            given=(SchurStable(_J),),
            then=(less(_TRACE, 2), less(-2, _TRACE)),
            witness=_ZERO,
            why="the trace is the sum of two eigenvalues in the open disc",
        ),
        true(
            "determinant-of-the-field-below-four",
            "a stable J has det(I − J) < 4",
            given=(SchurStable(_J),),
            then=less(determinant(identity_minus(_J)), 4),
            witness=_ZERO,
            why="it is the product of two numbers 1 − λ of modulus below 2",
        ),
        true(
            "square-of-stable",
            "J² is stable with J",
            given=(SchurStable(_J),),
            then=SchurStable(square),
            witness=_ZERO,
            why="its eigenvalues are the squares",
        ),
    )


def _more_true() -> tuple[Planted, ...]:
    symmetric = Matrix([[_P, _Q], [_Q, _R]])
    return (
        true(
            "reversed-sign",
            "−Jᵀ is stable with J",
            given=(SchurStable(_J),),
            then=SchurStable(Matrix(-_J.T)),
            witness=_ZERO,
            why="its eigenvalues are −λ",
        ),
        true(
            "stable-and-symmetric",
            "a symmetric stable matrix has its diagonal below 1 and squared entries summing to less than 2",
            given=(SchurStable(symmetric),),
            then=(less(_P, 1), less(_P**2 + 2 * _Q**2 + _R**2, 2)),
            witness=_NOTHING,
            why="diagonal entries are means of eigenvalues; the squared entries sum to that of their squares",
        ),
    )


def _true_for_three() -> tuple[Planted, ...]:
    scale, c, s = reals("k c s")
    turned = Matrix([[scale * c, -scale * s], [scale * s, scale * c]])
    return (
        true(
            "coefficients-of-three",
            "z³ + pz² + qz + r with its roots in the disc has |r| < 1 and p < 3",
            given=(SchurStable(_COMPANION),),
            then=(less(_R**2, 1), less(_P, 3)),
            witness=_NOTHING,
            why="−r is the product and −p the sum of the roots",
        ),
        true(
            "second-coefficient-of-three",
            "z³ + pz² + qz + r with its roots in the disc has −1 < q < 3",
            given=(SchurStable(_COMPANION),),
            then=(less(-1, _Q), less(_Q, 3)),
            witness=_NOTHING,
            why="the values at ±1 give 1 + q > |p + r| ≥ 0; q is a sum of three products of modulus below 1",
        ),
        true(
            "shrunk-rotation",
            "a rotation scaled by |k| < 1 is stable",
            given=(equal(c**2 + s**2, 1), less(scale, 1), less(-1, scale)),
            then=SchurStable(turned),
            witness={"k": "1/2", "c": "3/5", "s": "4/5"},
            why="its eigenvalues have modulus |k|",
        ),
    )

"""influence.cone: no inversion while the push lies in a cone about what the users want.

Statement. If ‖A‖₂ ≤ α < 1, a, g ≠ 0 and cos(g, a) > α, then gᵀ(I − A)⁻¹a > 0. Sharp in every dimension ≥ 2:
for 0 < cos(g, a) < α < 1 some rotation times α makes it negative.

Argument. x = (I − A)⁻¹a has |x − a| = |Ax| ≤ α|x|, so Q = xᵀa satisfies 2Q ≥ (1 − α²)|x|² + |a|², hence Q > 0
and Q² ≥ (1 − α²)|x|²|a|²: the angle between x and a is at most arcsin α. With P = gᵀa > α|g||a| the angle
between g and a is below arccos α = 90° − arcsin α, so the angle between g and x is below 90°. In numbers:
the determinant of the Gram matrix of (g, a, x) is ≥ 0, which reads

    (PQ − gᵀx |a|²)² ≤ (|g|²|a|² − P²)(|x|²|a|² − Q²) ≤ (1 − α²)|g|²|a|² · α²|x|²|a|² < P²Q²

so PQ − gᵀx|a|² < PQ, and gᵀx > 0. Sharpness: influence.rotation-threshold with ψ = −δ, where cos(δ + ψ) =
1 and the threshold is α* = cos δ.

At equality cos(g, a) = ‖A‖₂ the influence is ≥ 0, and 0 is attained: α = cos δ and that rotation.

Machine-checked. Each step as a statement about the Gram numbers, in every dimension; the Gram determinant
as a sum of squares in dimensions 2 and 3; the sharp rotation for every 0 < cos δ < α < 1, and 0 at α = cos
δ.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import at_least, equal, less, negative, positive, unequal
from proofs_check.encoding.sharp_influence import needs_a_near_push, needs_a_small_norm
from proofs_check.encoding.symbols import Matrix, column, point, real, reals, variables
from proofs_check.statements.statement import Relation, Statement

_ALPHA = real("alpha")
_GG, _AA, _XX = reals("G A X")
_P, _Q, _R = reals("P Q R")
_COS, _SIN = reals("c s")
_DIVISOR = 1 - 2 * _ALPHA * _COS + _ALPHA**2


def claim() -> Claim:
    """The claim ``influence.cone``."""
    return Claim(
        id="influence.cone",
        title="No inversion while cos(g, a) exceeds the loop's norm",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "‖A‖₂ ≤ α < 1 and cos(g, a) > α: gᵀ(I − A)⁻¹a > 0. In dimension ≥ 2 a rotation of norm α inverts "
            "whenever 0 < cos(g, a) < α."
        ),
        latex=r"\cos(g,a)>\|A\|_2,\ \|A\|_2<1\;\Rightarrow\;g^{\top}(I-A)^{-1}a>0",
        hypotheses=("‖A‖₂ ≤ α < 1.", "a, g ≠ 0 and cos(g, a) > α."),
        cases=(
            _near_push(),
            _arithmetic_and_geometric(),
            _products(),
            _sides(),
            *(_gram_determinant(d) for d in (2, 3)),
            _rotation(),
            _sharp(),
            _boundary(),
        ),
        scope="every dimension from the Gram determinant, itself in dimensions 2, 3; sharp in dimension 2",
        sharpness=(needs_a_small_norm(0), needs_a_near_push(1)),
    )


def _near_push() -> Case:
    """|x − a|² ≤ α²|x|² puts x on a's side."""
    return Case(
        name="x stays on the push's side",
        statement=Statement(
            variables=variables(_ALPHA, _AA, _XX, _Q),
            hypotheses=(
                at_least(_ALPHA),
                less(_ALPHA, 1),
                positive(_AA),
                at_least(_XX),
                at_least(_ALPHA**2 * _XX, _XX - 2 * _Q + _AA),
            ),
            conclusions=(positive(_Q), at_least(2 * _Q, (1 - _ALPHA**2) * _XX + _AA)),
        ),
        witness=point({_ALPHA: "1/2", _AA: 1, _XX: 1, _Q: 1}),
    )


def _arithmetic_and_geometric() -> Case:
    """2Q ≥ y + A ≥ 0 gives Q² ≥ yA, with y = (1 − α²)X."""
    scaled = real("y")
    return Case(
        name="the angle between x and a",
        statement=Statement(
            variables=variables(scaled, _AA, _Q),
            hypotheses=(at_least(scaled), positive(_AA), at_least(2 * _Q, scaled + _AA)),
            conclusions=(
                equal((scaled + _AA) ** 2 - 4 * scaled * _AA, (scaled - _AA) ** 2),
                at_least(4 * _Q**2, (scaled + _AA) ** 2),
            ),
        ),
        witness=point({scaled: 1, _AA: 1, _Q: 1}),
    )


def _products() -> Case:
    """With E = |g|²|a|², F = |x|²|a|²: P² > α²E and Q² ≥ (1 − α²)F > 0 outweigh (E − P²)(F − Q²)."""
    spread, reach = reals("E F")
    return Case(
        name="the two angles add to less than a right angle",
        statement=Statement(
            variables=variables(_ALPHA, spread, reach, _P, _Q),
            hypotheses=(
                at_least(_ALPHA),
                less(_ALPHA, 1),
                at_least(spread, _P**2),
                less(_ALPHA**2 * spread, _P**2),
                positive(reach),
                at_least(reach, _Q**2),
                at_least(_Q**2, (1 - _ALPHA**2) * reach),
            ),
            conclusions=(less((spread - _P**2) * (reach - _Q**2), _P**2 * _Q**2),),
        ),
        witness=point({_ALPHA: "1/2", spread: 1, reach: 1, _P: "4/5", _Q: 1}),
    )


def _sides() -> Case:
    """(PQ − z)² < (PQ)² with PQ > 0 gives z > 0, where z = gᵀx |a|²."""
    whole, turned = reals("w z")
    return Case(
        name="the sign of gᵀx",
        statement=Statement(
            variables=variables(whole, turned),
            hypotheses=(positive(whole), less((whole - turned) ** 2, whole**2)),
            conclusions=(positive(turned),),
        ),
        witness=point({whole: 1, turned: 1}),
    )


def _gram_determinant(d: int) -> Case:
    """(GA − P²)(XA − Q²) − (PQ − RA)² = A · det Gram, and det Gram = det(g a x)² or 0."""
    wanted, push, moved = (column(name, d) for name in "gax")
    gg, aa, xx = (v.dot(v) for v in (wanted, push, moved))
    p, q, r = wanted.dot(push), moved.dot(push), wanted.dot(moved)
    volume = determinant(Matrix.hstack(wanted, push, moved)) if d == 3 else sympy.Integer(0)
    left = (gg * aa - p**2) * (xx * aa - q**2) - (p * q - r * aa) ** 2
    return Case(
        name=f"Gram determinant, dimension {d}",
        statement=Statement(
            variables=variables(wanted, push, moved),
            hypotheses=(),
            conclusions=(equal(left, aa * volume**2),),
        ),
    )


def _turned_back() -> tuple[sympy.Expr, tuple[Relation, ...]]:
    """gᵀ(I − αR)⁻¹a for a = (1, 0), g at the angle δ, and R the rotation by −δ; with cos²δ + sin²δ = 1."""
    loop = Matrix([[_ALPHA * _COS, _ALPHA * _SIN], [-_ALPHA * _SIN, _ALPHA * _COS]])
    field = identity_minus(loop)
    influence = (Matrix([[_COS, _SIN]]) * inverse(field) * Matrix([1, 0]))[0, 0]
    circle = equal(_SIN**2, 1 - _COS**2)
    return influence, (circle, positive(_COS), less(_ALPHA, 1), unequal(determinant(field)))


def _rotation() -> Case:
    influence, shape = _turned_back()
    return Case(
        name="the influence under that rotation",
        statement=Statement(
            variables=variables(_ALPHA, _COS, _SIN),
            hypotheses=(*shape, unequal(_DIVISOR)),
            conclusions=(equal(influence, (_COS - _ALPHA) / _DIVISOR),),
        ),
        witness=point({_ALPHA: "4/5", _COS: "3/5", _SIN: "4/5"}),
    )


def _sharp() -> Case:
    return Case(
        name="it inverts for 0 < cos(g, a) < α",
        statement=Statement(
            variables=variables(_ALPHA, _COS),
            hypotheses=(positive(_COS), less(_COS, _ALPHA), less(_ALPHA, 1)),
            conclusions=(positive(_DIVISOR), negative((_COS - _ALPHA) / _DIVISOR)),
        ),
        witness=point({_ALPHA: "4/5", _COS: "3/5"}),
    )


def _boundary() -> Case:
    influence, shape = _turned_back()
    return Case(
        name="0 at cos(g, a) = α",
        statement=Statement(
            variables=variables(_ALPHA, _COS, _SIN),
            hypotheses=(*shape, equal(_ALPHA, _COS)),
            conclusions=(equal(influence, 0),),
        ),
        witness=point({_ALPHA: "3/5", _COS: "3/5", _SIN: "4/5"}),
    )

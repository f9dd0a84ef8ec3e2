"""influence.aligned: a contracting loop never inverts a push in the very direction that the users want.

Statement. Let ‖A‖₂ ≤ α < 1 and let the push be a positive multiple of what the users want, g ≠ 0 itself
without loss. Then |g|²/(1 + α) ≤ gᵀ(I − A)⁻¹g ≤ |g|²/(1 − α). Moreover gᵀ(I − A)⁻¹g > 0 for every g ≠ 0 iff
xᵀAx < |x|² for every x ≠ 0: the largest eigenvalue of (A + Aᵀ)/2 is below 1 (I − A invertible).

Argument. x = (I − A)⁻¹g has x − g = Ax, so |x − g|² ≤ α²|x|². With u = |g|², v = |x|², t = gᵀx this is (1 −
α²)v − 2t + u ≤ 0, and t² ≤ uv (Cauchy–Schwarz). Hence t > 0, and after multiplication by u, (1 − α²)t² −
2tu + u² = ((1 + α)t − u)((1 − α)t − u) ≤ 0. The first factor is the larger one, so it is ≥ 0 and the second
≤ 0: the two bounds. For the second part, gᵀx = xᵀ(I − A)x, and g runs through all vectors as x does.

The norm is needed: A = [[0, 3], [0, 0]] has ρ(A) = 0, and g = (1, −1) gives −1 with gᵀg = 2
(false.small-spectral-radius-suffices).

Machine-checked. Each step as a statement about u, v, t and α, in every dimension: t > 0, the quadratic, its
factors and the two bounds. In dimensions 2 and 3: Cauchy–Schwarz, and gᵀ(I − A)⁻¹g = xᵀ(I − A)x. In
dimension 1 the bounds are attained, by A = ∓α.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.matrices import identity_minus
from proofs_check.encoding.relations import all_equal, at_least, equal, less, negative, positive
from proofs_check.encoding.sharp_influence import needs_a_near_push, needs_a_small_norm
from proofs_check.encoding.symbols import Matrix, column, entries, matrix, point, real, reals, variables
from proofs_check.statements.statement import Relation, Statement

_ALPHA = real("alpha")
_U, _V, _T = reals("u v t")
_F, _H = reals("f h")


def claim() -> Claim:
    """The claim ``influence.aligned``."""
    return Claim(
        id="influence.aligned",
        title="A contracting loop keeps an aligned push, within 1/(1 ± ‖A‖)",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "‖A‖₂ ≤ α < 1, g a positive multiple of the push: |g|²/(1 + α) ≤ gᵀ(I − A)⁻¹g ≤ |g|²/(1 − α). "
            "Positive for every g ≠ 0 iff the largest eigenvalue of (A + Aᵀ)/2 is below 1."
        ),
        latex=r"\tfrac{|g|^2}{1+\alpha}\le g^{\top}(I-A)^{-1}g\le\tfrac{|g|^2}{1-\alpha},\ \|A\|\le\alpha<1",
        hypotheses=("‖A‖₂ ≤ α < 1.", "The push is a positive multiple of g ≠ 0."),
        cases=(
            _positive(),
            _quadratic(),
            _factors(),
            _larger_factor(),
            _bounds(),
            *(_cauchy_schwarz(d) for d in (2, 3)),
            *(_change_of_variables(d) for d in (2, 3)),
            _attained(),
        ),
        scope="every dimension from Cauchy–Schwarz, itself in dimensions 2, 3",
        sharpness=(needs_a_small_norm(0), needs_a_near_push(1)),
    )


def _contracting() -> tuple[Relation, ...]:
    """0 ≤ α < 1, u > 0, v ≥ 0, |x − g|² ≤ α²|x|²."""
    ball = at_least(2 * _T, (1 - _ALPHA**2) * _V + _U)
    return at_least(_ALPHA), less(_ALPHA, 1), positive(_U), at_least(_V), ball


def _positive() -> Case:
    return Case(
        name="no inversion",
        statement=Statement(
            variables=variables(_ALPHA, _U, _V, _T), hypotheses=_contracting(), conclusions=(positive(_T),)
        ),
        witness=point({_ALPHA: "1/2", _U: 1, _V: 1, _T: 1}),
    )


def _quadratic() -> Case:
    """The ball times u, with t² ≤ uv."""
    return Case(
        name="quadratic",
        statement=Statement(
            variables=variables(_ALPHA, _U, _V, _T),
            hypotheses=(*_contracting(), at_least(_U * _V, _T**2)),
            conclusions=(at_least(2 * _T * _U - _U**2 - (1 - _ALPHA**2) * _T**2),),
        ),
        witness=point({_ALPHA: "1/2", _U: 1, _V: 1, _T: 1}),
    )


def _factors() -> Case:
    product = ((1 + _ALPHA) * _T - _U) * (_U - (1 - _ALPHA) * _T)
    return Case(
        name="factors",
        statement=Statement(
            variables=variables(_ALPHA, _U, _T),
            hypotheses=(),
            conclusions=(equal(product, 2 * _T * _U - _U**2 - (1 - _ALPHA**2) * _T**2),),
        ),
    )


def _larger_factor() -> Case:
    """Two numbers with positive sum and product ≥ 0 are both ≥ 0."""
    return Case(
        name="signs of the factors",
        statement=Statement(
            variables=variables(_F, _H),
            hypotheses=(positive(_F + _H), at_least(_F * _H)),
            conclusions=(at_least(_F), at_least(_H)),
        ),
        witness=point({_F: 1, _H: 1}),
    )


def _bounds() -> Case:
    """f = (1 + α)t − u ≥ 0 and h = u − (1 − α)t ≥ 0; their sum is 2αt > 0 unless α = 0."""
    first, second = (1 + _ALPHA) * _T - _U, _U - (1 - _ALPHA) * _T
    return Case(
        name="bounds",
        statement=Statement(
            variables=variables(_ALPHA, _U, _T),
            hypotheses=(at_least(_ALPHA), less(_ALPHA, 1), at_least(first), at_least(second)),
            conclusions=(
                equal(first + second, 2 * _ALPHA * _T),
                at_least(_T, _U / (1 + _ALPHA)),
                at_least(_U / (1 - _ALPHA), _T),
            ),
        ),
        witness=point({_ALPHA: "1/2", _U: 1, _T: 1}),
    )


def _cauchy_schwarz(d: int) -> Case:
    """|g|²|x|² − (gᵀx)² is the sum of squared minors."""
    wanted, moved = column("g", d), column("x", d)
    minors = [wanted[i] * moved[j] - wanted[j] * moved[i] for i in range(d) for j in range(i + 1, d)]
    defect = wanted.dot(wanted) * moved.dot(moved) - wanted.dot(moved) ** 2
    return Case(
        name=f"Cauchy–Schwarz, dimension {d}",
        statement=Statement(
            variables=variables(wanted, moved),
            hypotheses=(),
            conclusions=(equal(defect, sympy.Add(*(m**2 for m in minors))),),
        ),
    )


def _change_of_variables(d: int) -> Case:
    """g = (I − A)x: gᵀx = xᵀ(I − A)x = |x|² − xᵀ(A + Aᵀ)x/2, and |x − g|² = |Ax|²."""
    loop, wanted, moved = matrix("A", d, d), column("g", d), column("x", d)
    symmetric = Matrix((loop + loop.T) / 2)
    return Case(
        name=f"gᵀx from the symmetric part, dimension {d}",
        statement=Statement(
            variables=variables(loop, wanted, moved),
            hypotheses=all_equal(wanted, Matrix(identity_minus(loop) * moved)),
            conclusions=(
                equal(wanted.dot(moved), moved.dot(moved) - moved.dot(symmetric * moved)),
                equal((moved - wanted).dot(moved - wanted), (loop * moved).dot(loop * moved)),
            ),
        ),
        witness=point(
            entries({loop: [[0] * d] * d, wanted: [[1]] * d, moved: [[1]] * d}),
        ),
    )


def _attained() -> Case:
    """g²/(1 − A) at A = −α and A = α; and beyond α = 1 the sign turns."""
    push = real("g")
    return Case(
        name="attained in dimension 1, inverted beyond norm 1",
        statement=Statement(
            variables=variables(_ALPHA, push),
            hypotheses=(less(1, _ALPHA), positive(push**2)),
            conclusions=(negative(push**2 / (1 - _ALPHA)), positive(push**2 / (1 + _ALPHA))),
        ),
        witness=point({_ALPHA: 3, push: 1}),
    )

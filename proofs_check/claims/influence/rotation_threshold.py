"""influence.rotation-threshold: a rotating loop turns help into harm past an exact strength.

Statement. In the plane let A = αRot(ψ), a ≠ 0 the push and g = γRot(δ)a, γ > 0, what the users want. For 0
≤ α < 1

    gᵀ(I − A)⁻¹a = γ|a|² (cos δ − α cos(δ + ψ)) / (1 − 2α cos ψ + α²),

and the divisor is positive. With a direct effect that helps, cos δ > 0, the influence is negative for some
α in (0, 1) iff cos δ < cos(δ + ψ); then it flips exactly once, at α* = cos δ / cos(δ + ψ): positive below,
negative above.

Argument. (I − αR)⁻¹ = (I − αRᵀ)/(1 − 2α cos ψ + α²), because (I − αR)(I − αRᵀ) = (1 + α²)I − α(R + Rᵀ). gᵀa
= γ|a|² cos δ and gᵀRᵀa = (Rg)ᵀa = γ|a|² cos(δ + ψ). The divisor is (cos ψ − α)² + sin²ψ, zero only when |α|
= 1. The numerator C − αD, with C = cos δ > 0 and D = cos(δ + ψ), is affine in α and positive at α = 0: it
is negative somewhere in (0, 1) iff it is negative at 1, that is D > C, and then it changes sign once, at
C/D.

Machine-checked. The formula for every a, γ, α and all angles, with cosines and sines as points of the unit
circle; the positive divisor; and the two directions of the flip for all real C > 0 and D.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import at_least, equal, less, negative, positive, unequal
from proofs_check.encoding.symbols import Matrix, column, entries, point, real, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Relation, Statement

_ALPHA = real("alpha")
_C, _S = reals("cpsi spsi")
_COS, _SIN = reals("cdelta sdelta")
_DIRECT, _TURNED = reals("C D")


def claim() -> Claim:
    """The claim ``influence.rotation-threshold``."""
    return Claim(
        id="influence.rotation-threshold",
        title="A rotating loop inverts past the strength cos δ / cos(δ + ψ)",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "A = αRot(ψ) in the plane, δ the angle from a to g: gᵀ(I − A)⁻¹a is proportional to "
            "(cos δ − α cos(δ + ψ))/(1 − 2α cos ψ + α²). With cos δ > 0 it turns negative within 0 < α < 1 "
            "iff "
            "cos δ < cos(δ + ψ), exactly at α* = cos δ / cos(δ + ψ)."
        ),
        latex=(
            r"g^{\top}(I-A)^{-1}a\;\propto\;\frac{\cos\delta-\alpha\cos(\delta+\psi)}{1-2\alpha\cos\psi+\alpha^2},"
            r"\qquad \alpha^*=\frac{\cos\delta}{\cos(\delta+\psi)}"
        ),
        hypotheses=("d = 2, A = αRot(ψ), 0 ≤ α < 1.", "g = γRot(δ)a with γ > 0, a ≠ 0."),
        cases=(_formula(), _divisor(), _flips(), _below(), _above(), _never()),
        scope="d = 2, all angles, all 0 ≤ α < 1",
        sharpness=(_full_strength(), _opposed()),
    )


def _rotation(cosine: sympy.Expr, sine: sympy.Expr) -> Matrix:
    return Matrix([[cosine, -sine], [sine, cosine]])


def _on_circle(cosine: sympy.Expr, sine: sympy.Expr) -> Relation:
    return equal(sine**2, 1 - cosine**2)


def _formula() -> Case:
    push, scale = column("a", 2), real("gamma")
    loop = Matrix(_ALPHA * _rotation(_C, _S))
    wanted = Matrix(scale * _rotation(_COS, _SIN) * push)
    field = identity_minus(loop)
    influence = (wanted.T * inverse(field) * push)[0, 0]
    turned = _COS * _C - _SIN * _S
    divisor = 1 - 2 * _ALPHA * _C + _ALPHA**2
    predicted = scale * (push.T * push)[0, 0] * (_COS - _ALPHA * turned) / divisor
    return Case(
        name="formula",
        statement=Statement(
            variables=variables(_ALPHA, _C, _S, _COS, _SIN, scale, push),
            hypotheses=(
                _on_circle(_C, _S),
                _on_circle(_COS, _SIN),
                unequal(determinant(field)),
                unequal(divisor),
            ),
            conclusions=(equal(influence, predicted),),
        ),
        witness=point(
            {_ALPHA: "1/2", _C: "3/5", _S: "4/5", _COS: "4/5", _SIN: "3/5", scale: 1}
            | entries({push: [[1], [0]]})
        ),
    )


def _divisor() -> Case:
    return Case(
        name="divisor positive",
        statement=Statement(
            variables=variables(_ALPHA, _C),
            hypotheses=(at_least(1, _C), at_least(_ALPHA), less(_ALPHA, 1)),
            conclusions=(positive(1 - 2 * _ALPHA * _C + _ALPHA**2),),
        ),
        witness=point({_ALPHA: "1/2", _C: "3/5"}),
    )


def _implication(
    name: str, hypotheses: tuple[Relation, ...], conclusions: tuple[Relation, ...], witness: dict[str, str]
) -> Case:
    return Case(
        name=name,
        statement=Statement(
            variables=variables(_ALPHA, _DIRECT, _TURNED),
            hypotheses=(positive(_ALPHA), less(_ALPHA, 1), positive(_DIRECT), *hypotheses),
            conclusions=conclusions,
        ),
        witness=point({real(name): value for name, value in witness.items()}),
    )


def _flips() -> Case:
    """Negative somewhere in (0, 1) only if C < D."""
    return _implication(
        "inverted only if cos δ < cos(δ + ψ)",
        (negative(_DIRECT - _ALPHA * _TURNED),),
        (less(_DIRECT, _TURNED),),
        {"alpha": "3/4", "C": "1/2", "D": "1"},
    )


def _below() -> Case:
    return _implication(
        "positive below cos δ / cos(δ + ψ)",
        (less(_DIRECT, _TURNED), less(_ALPHA, _DIRECT / _TURNED)),
        (positive(_DIRECT - _ALPHA * _TURNED),),
        {"alpha": "1/4", "C": "1/2", "D": "1"},
    )


def _above() -> Case:
    return _implication(
        "negative above cos δ / cos(δ + ψ) < 1",
        (less(_DIRECT, _TURNED), less(_DIRECT / _TURNED, _ALPHA)),
        (negative(_DIRECT - _ALPHA * _TURNED), less(_DIRECT / _TURNED, 1)),
        {"alpha": "3/4", "C": "1/2", "D": "1"},
    )


def _never() -> Case:
    return _implication(
        "positive when cos δ ≥ cos(δ + ψ)",
        (at_least(_DIRECT, _TURNED),),
        (positive(_DIRECT - _ALPHA * _TURNED),),
        {"alpha": "1/2", "C": "1/2", "D": "1/4"},
    )


def _full_strength() -> Sharpness:
    """α = 1 without rotation: the divisor is 0."""
    return dropping(_divisor(), less(_ALPHA, 1), hypothesis=0, point=point({_ALPHA: 1, _C: 1}))


def _opposed() -> Sharpness:
    """γ = −1: users who want the contrary see the contrary sign."""
    scale, square = reals("gamma square")
    numerator, divisor = _DIRECT - _ALPHA * _TURNED, real("divisor")
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=variables(scale, square, _ALPHA, _DIRECT, _TURNED, divisor),
            hypotheses=(positive(square), positive(divisor), positive(numerator)),
            conclusions=(positive(scale * square * numerator / divisor),),
        ),
        point=point({scale: -1, square: 1, _ALPHA: 0, _DIRECT: 1, _TURNED: 1, divisor: 1}),
    )

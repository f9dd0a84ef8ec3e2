"""influence.gaussian-mechanism: in the paper's Gaussian loop curation of p ends up hurting q's users.

Statement. Model p is refitted to θ = φ + λa, model q to φ = A(t)θ, with J_p = g_pᵀθ − η_p|θ|²/2 and J_q
likewise in φ. Wherever I − A is invertible and λ ≠ 1, the derivatives of J_p and J_q along the stable
point equal the theorem's ∇J_pᵀ S_p m_H/(1−λ) and ∇J_qᵀ S_q C_q m_H/(1−λ). With the twelve blocks of
[WZZ26, Fig. 3] and λ = 2/5, on t in [1/20, 1]: dJ_q/dλ has exactly one zero, near 0.86215275208239,
positive before and negative after, while the cosine between ∇J_q and the first push Aa stays between 0.19
and 0.23; dJ_p/dλ is positive throughout, above its direct effect ∇J_pᵀa before one crossing near
0.62884484 and below it after, the direct effect staying positive.

Argument. (1) A is block diagonal and J is a sum over blocks, so every matrix in either side is block
diagonal and both sides are sums of the same expression over 2 × 2 blocks. p trains on (1−λ) raw output of
q, of mean φ, and λ of a curated law H of mean φ + a: F_p = θ − φ − λa, m_H = φ + a − θ = (1−λ)a at the
stable point; F_q = φ − Aθ; hence S_p = S_q = (I−A)⁻¹, C_q = A. For a block with arbitrary entries the two
sides are the same rational function (case 1, an identity).
(2) A block of the mechanism is A = [[x, −y], [y, x]], for which the sides reduce to closed forms in the
inner products of a and g (case 2, an identity in x, y with n = x² + y²); with x = t b cos ψ, y = t b sin
ψ, n = t²b² by Pythagoras, and the products of turned vectors by the addition theorems, each influence
becomes a sum of twelve rational functions of t.
(3) A sum that is positive up to r₁, has a negative derivative on [r₁, r₂] and is negative from r₂ on has
exactly one zero, which lies in (r₁, r₂). The signs are shown by covering each interval with boxes (cases
3 …), r₂ − r₁ = 10⁻²².
(4) c₁ < cos(u, v) < c₂ with 0 < c₁ < c₂ iff uᵀv > 0 and c₁²|u|²|v|² < (uᵀv)² < c₂²|u|²|v|².
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.matrices import determinant, identity_minus
from proofs_check.encoding.relations import at_least, equal, less, negative, positive, unequal
from proofs_check.encoding.sharp_influence import needs_no_eigenvalue_one
from proofs_check.encoding.symbols import point, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Relation, Statement
from theory.expressions.differentiation import partial_derivatives
from theory.gaussian_mechanism.closed_form import products_of
from theory.gaussian_mechanism.constants import CURATION
from theory.gaussian_mechanism.curves import COUPLING, CURATION_SHARE, MechanismCurves, mechanism
from theory.gaussian_mechanism.two_sides import LinearLoop, conformal_loop, explicit, generic_loop, theorem

Pair = tuple[sympy.Expr, sympy.Expr]

_GRID = 10**22
_WEAKEST, _STRONGEST = sympy.Rational(1, 20), sympy.Integer(1)
_Q_ZERO = tuple(sympy.Rational(8621527520823931049319 + k, _GRID) for k in (0, 1))
_P_EVEN = tuple(sympy.Rational(6288448439657668012311 + k, _GRID) for k in (0, 1))
_COSINE = (sympy.Rational(19, 100), sympy.Rational(23, 100))


def claim() -> Claim:
    """The claim ``influence.gaussian-mechanism``."""
    curves = mechanism()
    return Claim(
        id="influence.gaussian-mechanism",
        title="In the Gaussian loop curation inverts for q's users though every first push helps them",
        provenance=Provenance.ENCODED,
        source="WZZ26",
        statement=(
            "θ = φ + λa, φ = A(t)θ, A(t) = blkdiag(t b_i Rot(ψ_i)), S = (I − A)⁻¹: "
            "dJ_p/dλ = ∇J_pᵀ S m_H/(1−λ) and dJ_q/dλ = ∇J_qᵀ S A m_H/(1−λ). "
            "With the constants of Fig. 3, λ = 2/5, t in [1/20, 1]: dJ_q/dλ has exactly one zero, "
            "t = 0.8621527520823931049319…, + before and − after, while 0.19 < cos(∇J_q, Aa) < 0.23; "
            "dJ_p/dλ > 0, amplified against its direct effect for t < 0.6288448439657668012311…, "
            "dampened after."
        ),
        latex=(
            r"\theta=\varphi+\lambda a,\ \varphi=A(t)\theta:\quad"
            r"\frac{dJ_p}{d\lambda}=\nabla J_p^{\top}S\,\frac{m_H}{1-\lambda},\quad"
            r"\frac{dJ_q}{d\lambda}=\nabla J_q^{\top}SA\,\frac{m_H}{1-\lambda};\qquad"
            r"\frac{dJ_q}{d\lambda}=0\iff t=0.86215275\ldots"
            r"\quad(t\in[\tfrac1{20},1],\ \lambda=\tfrac25)"
        ),
        hypotheses=(
            "I − A invertible and λ ≠ 1 (the two sides).",
            "The constants of [WZZ26, Fig. 3], b_i NumPy's doubles, λ = 2/5, 1/20 ≤ t ≤ 1 (the signs).",
        ),
        cases=(_sides(), _closed_forms(), *_q_signs(curves), *_p_signs(curves), _alignment(curves)),
        scope="the two sides: every block; the signs: the paper's twelve blocks, λ = 2/5, t in [1/20, 1]",
        sharpness=(needs_no_eigenvalue_one(0, "A"), _negative_coupling(curves)),
    )


def _sides() -> Case:
    loop = generic_loop()
    pairs = zip(explicit(loop), theorem(loop), strict=True)
    return _block_case(
        "explicit derivative = theorem, any 2 × 2 block", loop, pairs, unequal(loop.curation, 1)
    )


def _closed_forms() -> Case:
    loop = conformal_loop()
    theta, phi = loop.stable_point
    p_slope, q_slope = loop.alignment_gradient(theta), loop.alignment_gradient(phi)
    push = loop.channel * loop.pull
    form = products_of(loop)
    pairs = (
        *zip(explicit(loop), (form.p_influence, form.q_influence), strict=True),
        ((p_slope.T * loop.pull)[0, 0], form.p_direct),
        ((q_slope.T * push)[0, 0], form.q_direct),
        ((q_slope.T * q_slope)[0, 0], form.q_gradient_square),
        ((push.T * push)[0, 0], form.n * form.pull_square),
    )
    return _block_case("closed forms of a scaled rotation", loop, pairs)


def _block_case(name: str, loop: LinearLoop, pairs: Iterable[Pair], *extra: Relation) -> Case:
    entries = sorted(loop.channel.free_symbols, key=str)
    symbols = (*entries, *loop.pull, *loop.taste, loop.cost, loop.curation)
    witness = [sympy.Rational(1, k + 2) for k in range(len(symbols))]
    return Case(
        name=name,
        statement=Statement(
            variables=variables(*symbols),
            hypotheses=(unequal(determinant(identity_minus(loop.channel))), *extra),
            conclusions=tuple(equal(left, right) for left, right in pairs),
        ),
        witness=point(dict(zip(symbols, witness, strict=True))),
    )


def _q_signs(curves: MechanismCurves) -> tuple[Case, ...]:
    total = _at_paper_share(curves.q_influence)
    before, after = _Q_ZERO
    return (
        _coupling_case("dJ_q/dλ before its zero", (_WEAKEST, before), positive(total)),
        _coupling_case("dJ_q/dλ falls through its zero", (before, after), negative(_slope(total))),
        _coupling_case("dJ_q/dλ after its zero", (after, _STRONGEST), negative(total)),
    )


def _p_signs(curves: MechanismCurves) -> tuple[Case, ...]:
    total, direct = _at_paper_share(curves.p_influence), _at_paper_share(curves.p_direct)
    gain = total - direct
    before, after = _P_EVEN
    return (
        _coupling_case("p is never inverted", (_WEAKEST, _STRONGEST), positive(total), positive(direct)),
        _coupling_case("p is amplified", (_WEAKEST, before), positive(gain)),
        _coupling_case("p's gain over one round falls through 0", (before, after), negative(_slope(gain))),
        _coupling_case("p is dampened", (after, _STRONGEST), negative(gain)),
    )


def _alignment(curves: MechanismCurves) -> Case:
    inner = _at_paper_share(curves.q_direct)
    squares = _at_paper_share(curves.q_gradient_square) * curves.push_square
    low, high = _COSINE
    return _coupling_case(
        "0.19 < cos(∇J_q, Aa) < 0.23",
        (_WEAKEST, _STRONGEST),
        positive(inner),
        less(low**2 * squares, inner**2),
        less(inner**2, high**2 * squares),
    )


def _coupling_case(name: str, interval: Pair, *conclusions: Relation) -> Case:
    low, high = interval
    return Case(
        name=f"{name}: {_interval(low, high)}",
        statement=Statement(
            variables=variables(COUPLING, typical=interval),
            hypotheses=(at_least(COUPLING, low), at_least(high, COUPLING)),
            conclusions=conclusions,
        ),
        witness=point({COUPLING: (low + high) / 2}),
    )


def _slope(curve: sympy.Expr) -> sympy.Expr:
    return partial_derivatives(curve, [COUPLING])[COUPLING]


def _at_paper_share(expression: sympy.Expr) -> sympy.Expr:
    return expression.xreplace({CURATION_SHARE: CURATION})


def _interval(low: sympy.Expr, high: sympy.Expr) -> str:
    if high - low == sympy.Rational(1, _GRID):
        return f"10⁻²² around {float(low):.8g}"
    return f"{float(low):.8g} ≤ t ≤ {float(high):.8g}"


def _negative_coupling(curves: MechanismCurves) -> Sharpness:
    """At t = −1 already the influence on q's users is negative."""
    before = _q_signs(curves)[0]
    at = point({COUPLING: -1})
    return dropping(before, at_least(COUPLING, _WEAKEST), hypothesis=1, point=at)

"""influence.conflict: users of two models who want opposite things, on three outputs.

Statement. Three atoms, K = ∞, producers curate, p = (1 − λ)p_ref + λ[(1 − k_p)C(p; r_p) + k_p C(q; r_q)] and
q likewise with λ_q = 1/2 and k_q. (a) If E_ref r_p = 0, the direct effect of λ is J_p/λ: where J_p < 0, one
round of more curation already hurts, which is misaligned, not inverted. (b) In the settings A1–A6 of
[WZZ26] (r_p = (.8, 0, −.8) = −r_q, uniform real data), λ from .5 to .6 raises J_p where it is positive and
lowers it in A4 and A6, where J_p < 0. (c) A true inversion: λ = 2/3, k_p = 3/5, e^{r_p} = (150, 100, 1),
e^{r_q} = (1, 4, 1), q reads only itself (share 1/4) and real data: direct effect > 0, influence < 0.

Argument. (a) E_p r = (1 − λ)E_ref r + λE_m r, m the curated mixture, and the direct effect is E_m r − E_ref
r. (c) With the laws p = (5/8, 1/3, 1/24), q = (7/11, 3/11, 1/11) prescribed, real data follow as rational
laws: p_ref from p and the two tilts, q_ref = (161, 36, 23)/220. Then J, the direct effect and the displaced
law are rational, and the influence is Σ (dp/dλ)_i log e^{r_i}. Real data have E_ref r_p ≠ 0 here, so that
(a) says nothing.

Machine-checked. (a) for every law; (c) exactly: stationarity, stability, the displacement, and both signs by
balls. (b), numbers at laws that are not rational, is outside this scope; the tests reproduce its table.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.matrices import identity_minus
from proofs_check.encoding.relations import equal, negative, positive, unequal
from proofs_check.encoding.symbols import Matrix, column, point, real, reals, variables
from proofs_check.statements.statement import SchurStable, Statement

_SHARE, _CROSS = sympy.Rational(2, 3), sympy.Rational(3, 5)
_WEIGHTS, _OTHER_WEIGHTS = (150, 100, 1), (1, 4, 1)
_LAW = tuple(map(sympy.Rational, ("5/8", "1/3", "1/24")))
_OTHER = tuple(map(sympy.Rational, ("7/11", "3/11", "1/11")))


def claim() -> Claim:
    """The claim ``influence.conflict``."""
    return Claim(
        id="influence.conflict",
        title="Opposed users on three outputs: misaligned in A4 and A6, inverted in a sharper example",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Three atoms, K = ∞, opposed users. With E_ref r_p = 0 the direct effect of λ is J_p/λ, so that "
            "J_p < 0 is misaligned. e^{r_p} = (150, 100, 1), e^{r_q} = (1, 4, 1), λ = 2/3, k_p = 3/5 inverts."
        ),
        latex=r"\mathbb{E}_{\mathrm{ref}}r_p=0\;\Rightarrow\;d_p=J_p/\lambda",
        hypotheses=(
            "Each model can be any law on three atoms; K = ∞; producers curate.",
            "λ is a curation share; real data have the rest.",
        ),
        cases=(_direct(), _settled(), _signs()),
        scope="(a) every law, (c) one exact example; (b) is not machine-checked",
    )


def _direct() -> Case:
    """Means of r_p: e under real data, m under the curated mixture, (1 − λ)e + λm at the equilibrium."""
    real_mean, mixed, share = reals("e m lam")
    alignment = (1 - share) * real_mean + share * mixed
    return Case(
        name="direct effect J_p/λ",
        statement=Statement(
            variables=variables(real_mean, mixed, share),
            hypotheses=(equal(real_mean, 0), unequal(share)),
            conclusions=(equal(mixed - real_mean, alignment / share),),
        ),
        witness=point({real_mean: 0, mixed: 1, share: "1/2"}),
    )


def _tilted(law: tuple[sympy.Expr, ...], weights: tuple[int, ...]) -> tuple[sympy.Expr, ...]:
    total = sympy.Add(*(p * a for p, a in zip(law, weights, strict=True)))
    return tuple(p * a / total for p, a in zip(law, weights, strict=True))


def mixture(law: tuple[sympy.Expr, ...]) -> tuple[sympy.Expr, ...]:
    """m = (1 − k_p)C(p; r_p) + k_p C(q; r_q) with q at its prescribed law."""
    own, other = _tilted(law, _WEIGHTS), _tilted(_OTHER, _OTHER_WEIGHTS)
    return tuple((1 - _CROSS) * x + _CROSS * y for x, y in zip(own, other, strict=True))


def real_data() -> tuple[sympy.Expr, ...]:
    """p_ref that makes the prescribed p stationary."""
    return tuple((p - _SHARE * m) / (1 - _SHARE) for p, m in zip(_LAW, mixture(_LAW), strict=True))


def _displacement() -> tuple[Matrix, Matrix, Matrix]:
    """J in the first two probabilities of p, ∂G/∂λ = m − p_ref, and dp/dλ."""
    first, second = real("p1"), real("p2")
    step = [_SHARE * m for m in mixture((first, second, 1 - first - second))[:2]]
    jacobian = Matrix(sympy.Matrix(step).jacobian([first, second])).xreplace(
        {first: _LAW[0], second: _LAW[1]}
    )
    direct = Matrix([m - r for m, r in zip(mixture(_LAW)[:2], real_data()[:2], strict=True)])
    return Matrix(jacobian), direct, Matrix(identity_minus(Matrix(jacobian)).LUsolve(direct))


def _other_jacobian() -> Matrix:
    """∂q'/∂q in q's first two probabilities; q does not read p, so that J is block triangular."""
    first, second = real("q1"), real("q2")
    step = [c / 4 for c in _tilted((first, second, 1 - first - second), _OTHER_WEIGHTS)[:2]]
    jacobian = sympy.Matrix(step).jacobian([first, second])
    return Matrix(jacobian).xreplace({first: _OTHER[0], second: _OTHER[1]})


def _settled() -> Case:
    """Both laws are stationary with real data that are laws, J is stable, and dp/dλ solves its equation."""
    jacobian, direct, moved = _displacement()
    moves, real_law = column("dp", 2), real_data()
    curated = _tilted(_OTHER, _OTHER_WEIGHTS)
    other_real = [(4 * q - c) / 3 for q, c in zip(_OTHER, curated, strict=True)]
    return Case(
        name="inversion, the equilibrium",
        statement=Statement(
            variables=variables(moves),
            hypotheses=tuple(
                equal(left, right)
                for left, right in zip(identity_minus(jacobian) * moves, direct, strict=True)
            ),
            conclusions=(
                *(positive(p) for p in (*real_law, *other_real)),
                equal(sympy.Add(*real_law), 1),
                equal(sympy.Add(*other_real), 1),
                SchurStable(jacobian),
                SchurStable(_other_jacobian()),
                *(equal(left, right) for left, right in zip(moves, moved, strict=True)),
            ),
        ),
        witness=point(dict(zip(moves, moved, strict=True))),
    )


def _signs() -> Case:
    """Σ d_i log e^{r_i} > 0 > Σ (dp/dλ)_i log e^{r_i}; the third weight is 1."""
    _, direct, moved = _displacement()
    rewards = [sympy.log(a) for a in _WEIGHTS[:2]]
    return Case(
        name="inversion, the signs",
        statement=Statement(
            variables=(),
            hypotheses=(),
            conclusions=(
                positive(sympy.Add(*(d * r for d, r in zip(direct, rewards, strict=True)))),
                negative(sympy.Add(*(d * r for d, r in zip(moved, rewards, strict=True)))),
            ),
        ),
    )

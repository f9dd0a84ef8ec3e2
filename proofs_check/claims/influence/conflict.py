"""influence.conflict: users of two models who want opposite things, on three outputs.

Statement. Three atoms, K = ∞, producers curate, p = (1 − λ)p_ref + λ[(1 − k_p)C(p; r_p) + k_p C(q; r_q)]
and q likewise with λ_q and k_q. (a) If E_ref r_p = 0, the direct effect of λ is J_p/λ: where J_p < 0, one
round of more curation already hurts, which is misaligned, not inverted. (b) The settings A1–A6 of [WZZ26]:
r_p = (.8, 0, −.8) = −r_q, uniform real data, λ_q = 1/2. For λ = 1/2, at every equilibrium (a law that one
round moves by at most 10⁻⁹ will do) the alignments are, within 10⁻⁶:

         k_p  k_q       J_p        J_q
    A1   0    .1      .294233    .219048
    A2   .2   .8      .185668   −.185668
    A3   .3   .4      .103245    .035510
    A4   .7   .3     −.125847    .125847
    A5   .2   .3      .159704    .089377
    A6   .7   .8     −.055985   −.113022

so that A4 and A6 are misaligned; influence.conflict-raised has the values for λ = 3/5. (c) True inversions.
With e^{r_p} = (150, 100, 1), e^{r_q} = (1, 4, 1), λ = 2/3, λ_q = 1/4, k_p = 3/5, k_q = 0 and p_ref = q_ref
= (20, 5, 1)/26: direct effect .0122086707, influence −.0271917919; and, with real data such that the
equilibrium is rational, both signs exactly.

Argument. (a) E_p r = (1 − λ)E_ref r + λE_m r, m the curated mixture, and the direct effect is E_m r − E_ref
r. (b) An equilibrium exists by Brouwer's theorem, and each p_i is at least (1 − λ)/3, each q_i at least
1/6; on what is left of the simplices, balls exclude every pair of laws that would be stationary with other
alignments. (c) q stays where it is. Stationarity makes p_iD_i > 0 for D_i = 1 − λ(1 − k_p)e^{r_i}/E_p
e^{r_p}; with g_i = dp_i/p_i, ⟨g, (I − J)g⟩_p = Σ p_iD_ig_i² + λ(1 − k_p)(E_p e^{r_p}g)²/(E_p e^{r_p})² > 0,
and J is positive semidefinite there: ρ(J) < 1. dp/dλ follows from its linear equation; the influence is Σ
r_i dp_i/dλ. In the rational example the laws p = (5/8, 1/3, 1/24), q = (7/11, 3/11, 1/11) are prescribed
and the real data follow, p_ref from p and the two tilts, q_ref = (161, 36, 23)/220. Real data have E_ref
r_p ≠ 0 in (c), so that (a) says nothing there.

Machine-checked. (a) for every law; (b) for each setting at λ = 1/2, by branch and bound over all laws; (c)
the decimals, and d > 0 > s, at every equilibrium; and the rational example exactly: stationarity,
stability, the displacement, and both signs by balls.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.saturated_models import curated_by_producers_from_neutral_data
from proofs_check.encoding.inverted_conflict import InvertedConflict
from proofs_check.encoding.matrices import identity_minus
from proofs_check.encoding.opposed_users import SETTINGS, OpposedUsers, tabled
from proofs_check.encoding.relations import equal, less, negative, positive, unequal
from proofs_check.encoding.symbols import UNIT, Matrix, column, point, real, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import SchurStable, Statement
from theory.analysis import Analysis

_SHARE, _CROSS = sympy.Rational(2, 3), sympy.Rational(3, 5)
_WEIGHTS, _OTHER_WEIGHTS = (150, 100, 1), (1, 4, 1)
_LAW = tuple(map(sympy.Rational, ("5/8", "1/3", "1/24")))
_OTHER = tuple(map(sympy.Rational, ("7/11", "3/11", "1/11")))


def claim() -> Claim:
    """The claim ``influence.conflict``."""
    return Claim(
        id="influence.conflict",
        title="Opposed users on three outputs: misaligned in A4 and A6, inverted in a sharper example",
        provenance=Provenance.ENCODED,
        source="WZZ26",
        statement=(
            "Three atoms, K = ∞, opposed users. With E_ref r_p = 0 the direct effect of λ is J_p/λ, so that "
            "J_p < 0 is misaligned, as in A4 and A6 of the settings A1–A6, where J_p falls from λ = .5 to "
            ".6. "
            "e^{r_p} = (150, 100, 1), e^{r_q} = (1, 4, 1), λ = 2/3, λ_q = 1/4, k_p = 3/5, real data "
            "(20, 5, 1)/26 invert: d = .0122086707, s = −.0271917919. (The direct effect and the inversions "
            "are derived here.)"
        ),
        latex=r"\mathbb{E}_{\mathrm{ref}}r_p=0\;\Rightarrow\;d_p=J_p/\lambda",
        hypotheses=(
            "Each model can be any law on three atoms; K = ∞; producers curate.",
            "λ is a curation share; real data have the rest.",
            "E_ref r_p = 0 (for the direct effect).",
        ),
        cases=(
            _direct(),
            _settled(),
            _signs(),
            _inversion(),
            *(tabled(name, 0) for name in SETTINGS),
        ),
        scope="(a) every law; (b) A1–A6 at λ = 1/2, all equilibria; (c) two examples",
        sharpness=(_needs_producers(), _needs_real_data(), _needs_neutral_data()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether E_ref r = 0 for each model whose data, but for real data, are curated by producers."""
    return curated_by_producers_from_neutral_data("influence.conflict", analysis)


def _direct() -> Case:
    """Means of r_p: e under real data, m under the curated mixture, (1 − λ)e + λm at the equilibrium."""
    real_mean, mixed, share = reals("e m lam")
    alignment = (1 - share) * real_mean + share * mixed
    return Case(
        name="direct effect J_p/λ",
        statement=Statement(
            variables=variables(real_mean, mixed, share),
            hypotheses=(equal(real_mean, 0), unequal(share)),
            conclusions=(equal(alignment.diff(share), alignment / share),),
        ),
        witness=point({real_mean: 0, mixed: 1, share: "1/2"}),
    )


def _needs_producers() -> Sharpness:
    """A4 with consumers who choose: J_p is positive."""
    first, second = map(sympy.Rational, SETTINGS["A4"][0])
    model = OpposedUsers(share=sympy.Rational(1, 2), crosses=(first, second), consumers=True)
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(*model.free, typical=UNIT),
            hypotheses=(*model.nearly_stationary(), *model.domain()),
            conclusions=(negative(model.alignments[0]),),
        ),
        point=model.witness(),
    )


def _needs_real_data() -> Sharpness:
    """λ taken from raw output u, and not from real data: the direct effect is m − u = 0, not J_p/λ."""
    mixed, other, share, real_share = reals("m u lam a")
    alignment = share * mixed + (1 - share - real_share) * other
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=variables(mixed, other, share, real_share),
            hypotheses=(unequal(share),),
            conclusions=(equal(alignment.diff(share), alignment / share),),
        ),
        point=point({mixed: 1, other: 1, share: "1/4", real_share: "1/2"}),
    )


def _needs_neutral_data() -> Sharpness:
    """Real data of mean reward 1 and a curated mixture of mean 2: the direct effect is 1, and J_p/λ = 3."""
    case = _direct()
    real_mean, mixed, share = reals("e m lam")
    at = point({real_mean: 1, mixed: 2, share: "1/2"})
    return dropping(case, equal(real_mean, 0), hypothesis=2, point=at)


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


def _inversion() -> Case:
    """Ten decimals of d and of s, hence d > 0 > s, at every equilibrium."""
    model = InvertedConflict()
    off = (
        model.direct_effect - sympy.Rational("0.0122086707"),
        model.influence + sympy.Rational("0.0271917919"),
    )
    return Case(
        name="inversion from one law of real data",
        statement=Statement(
            variables=variables(*model.free, typical=UNIT),
            hypotheses=(*model.nearly_stationary(), *model.domain()),
            conclusions=(less(sympy.Add(*(error**2 for error in off)), sympy.Rational(1, 10**20)),),
        ),
        witness=model.witness(),
    )

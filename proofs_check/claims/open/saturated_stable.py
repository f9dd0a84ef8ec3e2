"""open.saturated-stable: full-support real data do not make every saturated equilibrium stable.

Statement. Models that can be any law on n atoms, each trained on real data of full support (share a > 0)
and on streams tilted by e^r (K = ∞): every equilibrium is stable. The answer is no in the version where each
stream has its own curators: two models on three atoms refute it.

Argument. By a counterexample. a = 1/11; each model reads its own output (share 2/11) and the other's (8/11),
each stream chosen by curators of its own. Model 2 is the mirror image of model 1 (atoms reversed). p_1 =
(12959/20196, 434/1683, 2029/20196) is stationary with real data (15, 1, 1)/17, own curated stream (1, 4,
3)/8 and curated stream from model 2 (20, 6, 1)/27; so the weights e^r are the ratios of these laws to p_1
and to p_2, the reversed p_1. det(I − J) = −58167955032016896/4650808970671331167 < 0 and ρ(J) = 1.0235…; the
unstable equilibrium separates two stable ones.

What is true (by argument): one model (a Lyapunov function); two atoms (scalar.concave-variance); and every
network in which each model reads at most one stream besides real data: for relative perturbations u' =
K(x)(u(x) − E_q u) with K = 1 − a·real/p < 1, so the oscillation of u contracts. Open: one reward a producer
on every edge.

Machine-checked. The counterexample in the mirrored family: with these shares, p and own curators, and
every choice of the cross curators for which p is stationary with positive real data, J in the first two
probabilities of each model is not always Schur-stable. By the mirror
symmetry J splits into its action on mirrored and anti-mirrored displacements, J_own ± J_cross R, whose
spectra together are J's; the statement asks for both.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.relations import positive, with_values
from proofs_check.encoding.symbols import UNIT, Matrix, column, point, reals, variables
from proofs_check.statements.statement import SchurStable, Statement

_REAL_SHARE, _OWN_SHARE, _CROSS_SHARE = reals("a u w")
_LAW, _OWN_WEIGHTS, _CROSS_WEIGHTS = (column(name, 3) for name in ("p", "e", "f"))


def claim() -> Claim:
    """The claim ``open.saturated-stable``."""
    return Claim(
        id="open.saturated-stable",
        title="Saturated models with real data are stable at every equilibrium (refuted, curators by stream)",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "K = ∞, finite supports, real data of full support: every equilibrium is stable. Refuted by two "
            "mirrored models on three atoms whose streams have curators of their own: det(I − J) < 0, "
            "ρ(J) = 1.0235."
        ),
        latex=r"p_i=a\,\bar p_i+\sum_jw_{ij}\,\frac{e^{r_{ij}}p_j}{\mathbb E_{p_j}e^{r_{ij}}}"
        r"\;\Rightarrow\;\rho(J)<1\quad\text{(open; refuted for }N=2)",
        hypotheses=(
            "Two models on three atoms, model 2 the mirror image of model 1; K = ∞.",
            "Real share a > 0 of full support; own and cross streams with positive shares and weights e^r.",
            "p is stationary.",
        ),
        cases=(_case(),),
        scope="N = 2 mirrored, three atoms, the cross curators free, all else as in the refutation",
        expected=Expectation.OPEN,
    )


def _tilted(law: Matrix, weights: Matrix) -> Matrix:
    total = (law.T * weights)[0, 0]
    return Matrix([p * e / total for p, e in zip(law, weights, strict=True)])


def _reversed(law: Matrix) -> Matrix:
    return Matrix(list(law)[::-1])


def _response(share: sympy.Expr, weights: Matrix, law: Matrix) -> Matrix:
    """share · ∂(tilted law)/∂p for displacements of sum zero, shape ``(2, 2)`` in the first two atoms."""
    free = Matrix([law[0], law[1], 1 - law[0] - law[1]])
    stream = share * _tilted(free, weights)
    return Matrix(sympy.Matrix(stream[:2]).jacobian(list(law[:2])))


def displacements() -> tuple[Matrix, Matrix]:
    """J on mirrored and on anti-mirrored displacements of the two models."""
    own = _response(_OWN_SHARE, _OWN_WEIGHTS, _LAW)
    # d(q) for q = reversed p: (q1, q2, q3) = (p3, p2, p1), so in the first two atoms (−d1 − d2, d2).
    mirror = Matrix([[-1, -1], [0, 1]])
    partner = column("q", 3)
    cross = _response(_CROSS_SHARE, _CROSS_WEIGHTS, partner).xreplace(
        {partner[0]: 1 - _LAW[0] - _LAW[1], partner[1]: _LAW[1]}
    )
    return Matrix(own + cross * mirror), Matrix(own - cross * mirror)


def _case() -> Case:
    """All but the cross curators' weights as in the counterexample; the real data follow."""
    fixed = _fixed()
    fitted = _OWN_SHARE * _tilted(_LAW, _OWN_WEIGHTS) + _CROSS_SHARE * _tilted(
        _reversed(_LAW), _CROSS_WEIGHTS
    )
    real_data = [(p - g) / _REAL_SHARE for p, g in zip(_LAW, fitted, strict=True)]
    free = tuple(_CROSS_WEIGHTS[:2])
    known = point(dict(zip(free, ("259180/2029", "12959/868"), strict=True)))
    conditions = (*(positive(e) for e in free), *(positive(r) for r in real_data))
    return Case(
        name="two mirrored models, three atoms",
        statement=Statement(
            variables=variables(*free, typical=UNIT),
            hypotheses=tuple(with_values(c, fixed) for c in conditions),
            conclusions=tuple(with_values(SchurStable(j), fixed) for j in displacements()),
        ),
        witness=known,
        suspects=(known,),
    )


def _fixed() -> dict[sympy.Symbol, sympy.Expr]:
    """Shares, p, own weights, and the cross weight of the last atom, which is 1."""
    shares = ("1/11", "2/11", "8/11")
    law = ("12959/20196", "434/1683", "2029/20196")
    pairs = (
        *zip((_REAL_SHARE, _OWN_SHARE, _CROSS_SHARE), shares, strict=True),
        *zip(_LAW, law, strict=True),
        *zip(_OWN_WEIGHTS, ("2029/38877", "2029/3906", 1), strict=True),
        (_CROSS_WEIGHTS[2], 1),
    )
    return {symbol: sympy.Rational(value) for symbol, value in pairs}

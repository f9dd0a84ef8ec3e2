"""robust.gaussian-disagreement: two crowds with linear rewards widen a Gaussian between their targets.

Statement. A Gaussian N(m, Σ) is refitted, mean and covariance, to what is kept of its own output at K = ∞:
by the reward u·x with probability 1 − φ, by v·x with probability φ. Then its mean moves by Σ((1 − φ)u +
φv), and its covariance grows by φ(1 − φ) Σ(u − v)(u − v)ᵀΣ. The weights a = e^{u·x} and b = e^{v·x} have a
covariance of the sign of uᵀΣv.

Argument. The tilt of N(m, Σ) by e^{u·x} is N(m + Σu, Σ): its cumulants are those of the cumulant generating
function K(k) = k·m + kᵀΣk/2 at u. A mixture has the mean of the means and the covariance Σ + φ(1 − φ)δδᵀ, δ
= Σ(u − v) being the distance of the means. E[ab] = e^{K(u + v)} and E[a]E[b] = e^{K(u) + K(v)}, whose
exponents differ by uᵀΣv.

Machine-checked. Mean and covariance for d = 1, 2 and 3 from the first and second derivatives of K and the
second moments of the mixture; the difference of the exponents.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.gaussians_alone import disagreement
from proofs_check.encoding.relations import all_equal, equal
from proofs_check.encoding.symbols import Matrix, column, point, real, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis

_SIZES = (1, 2, 3)
_SHARE = real("phi")


def claim() -> Claim:
    """The claim ``robust.gaussian-disagreement``."""
    return Claim(
        id="robust.gaussian-disagreement",
        title="What two crowds with linear rewards make of a Gaussian",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "N(m, Σ) chosen by u·x with probability 1 − φ and by v·x with probability φ, K = ∞: the mean "
            "moves by Σ((1 − φ)u + φv), the covariance grows by φ(1 − φ)Σ(u − v)(u − v)ᵀΣ, and "
            "Cov(e^{u·x}, e^{v·x}) has the sign of uᵀΣv."
        ),
        latex=(
            r"\Delta m=\Sigma((1-\varphi)u+\varphi v),\quad \Delta\Sigma=\varphi(1-\varphi)"
            r"\Sigma(u-v)(u-v)^{\mathsf T}\Sigma"
        ),
        hypotheses=(
            "A Gaussian refitted in mean and covariance to its own curated output alone.",
            "Linear rewards, K = ∞.",
        ),
        cases=(*(_refit(d) for d in _SIZES), *(_agreement(d) for d in _SIZES)),
        scope="d = 1, 2, 3 symbolic; every d by the argument",
        sharpness=(_needs_no_real_data(), _needs_linear_rewards()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one Gaussian reads only its own output, chosen by two linear rewards."""
    return disagreement("robust.gaussian-disagreement", analysis)


def spread(d: int) -> Matrix:
    """A generic symmetric Σ."""
    return Matrix(d, d, lambda i, j: real(f"S{min(i, j) + 1}{max(i, j) + 1}"))


def cumulants(k: Matrix, mean: Matrix, covariance: Matrix) -> sympy.Expr:
    """K(k) = k·m + kᵀΣk/2."""
    return (k.T * mean)[0, 0] + (k.T * covariance * k)[0, 0] / 2


def tilted(d: int, target: Matrix) -> tuple[Matrix, Matrix]:
    """Mean and covariance of the tilt, from the derivatives of K at the target."""
    k = column("k", d)
    gradient = Matrix([cumulants(k, column("m", d), spread(d))]).jacobian(k).T
    there = dict(zip(k, target, strict=True))
    return Matrix(gradient.xreplace(there)), Matrix(gradient.jacobian(k).xreplace(there))


def _symbols(d: int) -> tuple[Matrix, Matrix, Matrix, tuple[sympy.Symbol, ...]]:
    """m, u, v and the entries of Σ."""
    return column("m", d), column("u", d), column("v", d), tuple(dict.fromkeys(spread(d)))


def _refit(d: int) -> Case:
    """Mean and covariance of the mixture of the two tilts."""
    mean, first, second, covariances = _symbols(d)
    laws = ((1 - _SHARE, *tilted(d, first)), (_SHARE, *tilted(d, second)))
    moved = sum((w * mu for w, mu, _ in laws), sympy.zeros(d, 1))
    moments = sum((w * (s + mu * mu.T) for w, mu, s in laws), sympy.zeros(d, d))
    gap = spread(d) * (first - second)
    return Case(
        name=f"d = {d}, mean and covariance",
        statement=Statement(
            variables=variables(mean, first, second, *covariances, _SHARE),
            hypotheses=(),
            conclusions=(
                *all_equal(moved - mean, spread(d) * ((1 - _SHARE) * first + _SHARE * second)),
                *all_equal(moments - moved * moved.T - spread(d), _SHARE * (1 - _SHARE) * gap * gap.T),
            ),
        ),
        witness=point(_values(d)),
    )


def _agreement(d: int) -> Case:
    """log E[ab] − log E[a]E[b] = uᵀΣv."""
    mean, first, second, covariances = _symbols(d)
    joint, *apart = (cumulants(k, mean, spread(d)) for k in (first + second, first, second))
    return Case(
        name=f"d = {d}, agreement",
        statement=Statement(
            variables=variables(mean, first, second, *covariances),
            hypotheses=(),
            conclusions=(equal(joint - sum(apart), (first.T * spread(d) * second)[0, 0]),),
        ),
        witness=point({s: value for s, value in _values(d).items() if s != _SHARE}),
    )


def _values(d: int) -> dict[sympy.Symbol, sympy.Expr]:
    """m = 0, u = 1, v = −1 in every coordinate, Σ the identity, φ = ¼."""
    mean, first, second, covariances = _symbols(d)
    diagonal = {spread(d)[i, i] for i in range(d)}
    return {
        **dict.fromkeys(mean, sympy.S.Zero),
        **dict.fromkeys(first, sympy.S.One),
        **dict.fromkeys(second, sympy.S.NegativeOne),
        **{s: sympy.Integer(s in diagonal) for s in covariances},
        _SHARE: sympy.Rational(1, 4),
    }


def _needs_no_real_data() -> Sharpness:
    """Half the training set is N(m, Σ) itself: half the shift."""
    mean, first, second, covariances = _symbols(1)
    moved = (1 - _SHARE) * tilted(1, first)[0] + _SHARE * tilted(1, second)[0]
    target = spread(1) * ((1 - _SHARE) * first + _SHARE * second)
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(mean, first, second, *covariances, _SHARE),
            hypotheses=(),
            conclusions=all_equal((moved + mean) / 2 - mean, target),
        ),
        point=point(_values(1)),
    )


def _needs_linear_rewards() -> Sharpness:
    """−x²/2 added to the reward u·x: N(0, 1) is tilted to N(u/2, 1/2), half the shift."""
    first = real("u1")
    mean = first / (1 + 1)
    return Sharpness(
        hypothesis=1,
        weakened=Statement(variables=variables(first), hypotheses=(), conclusions=(equal(mean, first),)),
        point=point({first: 1}),
    )

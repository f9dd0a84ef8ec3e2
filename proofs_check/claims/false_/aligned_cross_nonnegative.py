"""false.aligned-cross-nonnegative: "users who want the same never hurt each other".

Refuted three times, each time with rewards that agree.

A chain without any loop. Model 1 has real data only, N(0, 1), users with the reward x choose at strength
t_1 = 1 among its output, which is half of model 2's data (the rest is N(5, 3)); users with the reward x
choose at strength t_2 = 1 among model 2's output, which is half of model 3's data (the rest is N(1, 22)).
The laws N(0, 1), N(3, 6), N(5, 30) are stationary and J is nilpotent. d m_2/d t_1 = +1/2, and d m_3/d t_1 =
−3/4: the stronger choice lifts model 1's stream towards model 2's own data, so model 2 narrows, and the
curated stream that model 3 reads, m_2 + t_2 v_2, falls.

Two models. Model 2 also curates its own output: shares 1/4 and 1/4, t_2 = 1/2, real data N(13/4, 13/16) of
share 1/2; N(0, 1) and N(3, 3) are stationary, ρ(J) = 0.7965…, d m_2/d t_1 = −1/6.

One reward vector, two aspects. Fixed covariances in two dimensions: model 1 has Σ_1 = [[1, −2], [−2, 5]]
and its users the reward c_1·x, c_1 = (1, 0); model 2 reads model 1 and its users value c_2·x, c_2 = (1, 1),
with c_1·c_2 = 1 > 0. A curated mean moves along Σ_1c_1 = (1, −2), so model 2's alignment changes with the
sign of c_2ᵀΣ_1c_1 = −1: not the angle between the rewards but their covariance under the curated law
counts.

What the statement says. For every ecosystem with these shares and stationary laws, both
strengths free and positive, at a stable equilibrium: the
mean of the last model does not fall with the first strength; and c_2ᵀΣc_1 ≥ 0 whenever Σ is positive
definite and c_1·c_2 > 0. Each refutation is one exact rational point.
"""

from __future__ import annotations

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.gaussian_network import GaussianNetwork, Link
from proofs_check.encoding.relations import at_least, positive
from proofs_check.encoding.symbols import Matrix, column, entries, point, reals, variables
from proofs_check.statements.statement import Statement

_READ, _OWN, _LAST = reals("w21 w22 w32")
_TILTS = reals("t1 t2")


def chain() -> GaussianNetwork:
    """1 → 2 → 3, each stream chosen by the producer's users."""
    return GaussianNetwork(
        3,
        (
            Link(reader=2, producer=1, share=_READ, tilt=_TILTS[0]),
            Link(reader=3, producer=2, share=_LAST, tilt=_TILTS[1]),
        ),
    )


def reader() -> GaussianNetwork:
    """Model 2 reads model 1 and its own output, each chosen by the producer's users."""
    return GaussianNetwork(
        2,
        (
            Link(reader=2, producer=1, share=_READ, tilt=_TILTS[0]),
            Link(reader=2, producer=2, share=_OWN, tilt=_TILTS[1]),
        ),
    )


def claim() -> Claim:
    """The claim ``false.aligned-cross-nonnegative``."""
    return Claim(
        id="false.aligned-cross-nonnegative",
        title="Users who want the same never hurt each other",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False: with equal rewards, or rewards at an acute angle, cross-influence is ≥ 0. A chain of "
            "three Gaussians, all rewards x and no loop: −3/4; two Gaussians: −1/6; fixed covariance "
            "[[1, −2], [−2, 5]] with rewards (1, 0) and (1, 1): −1."
        ),
        latex=r"r_1=r_2\;\not\Rightarrow\;\frac{dR_2}{d\beta_1}\ge 0,\qquad "
        r"c_1^{\top}c_2>0\;\not\Rightarrow\;c_2^{\top}\Sigma c_1\ge 0",
        hypotheses=(
            "Mean–variance Gaussians, every reward x, K = ∞, at a stable equilibrium; or",
            "a fixed positive definite covariance and linear rewards with c₁·c₂ > 0.",
        ),
        cases=(_chain(), _two_models(), _covariance()),
        scope="a chain N = 3; N = 2 with an own curated stream; d = 2 with a fixed covariance",
        expected=Expectation.REFUTED,
    )


def _chain() -> Case:
    model = chain()
    values = dict(zip((_READ, _LAST, *_TILTS), ("1/2", "1/2", 1, 1), strict=True))
    state = dict(zip(model.state, (0, 1, 3, 6, 5, 30), strict=True))
    upward = tuple(positive(t) for t in _TILTS)
    return model.never_lowers(
        "a chain of three, no loop", _TILTS[0], model.state[4], values | state, extra=upward, free=_TILTS
    )


def _two_models() -> Case:
    model = reader()
    values = dict(zip((_READ, _OWN, *_TILTS), ("1/4", "1/4", 1, "1/2"), strict=True))
    state = dict(zip(model.state, (0, 1, 3, 3), strict=True))
    upward = tuple(positive(t) for t in _TILTS)
    return model.never_lowers(
        "two models", _TILTS[0], model.state[2], values | state, extra=upward, free=_TILTS
    )


def _covariance() -> Case:
    first, second = column("c", 2), column("e", 2)
    a, b, d = reals("S11 S12 S22")
    covariance = Matrix([[a, b], [b, d]])
    known = point({a: 1, b: -2, d: 5} | entries({first: [[1], [0]], second: [[1], [1]]}))
    return Case(
        name="fixed covariance, d = 2",
        statement=Statement(
            variables=variables(a, b, d, first, second),
            hypotheses=(
                positive(a),
                positive(a * d - b**2),
                positive((first.T * second)[0, 0]),
            ),
            conclusions=(at_least((second.T * covariance * first)[0, 0]),),
        ),
        witness=known,
        suspects=(known,),
    )

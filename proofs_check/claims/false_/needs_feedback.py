"""false.needs-feedback: "without feedback between models, users do not lose by choosing more strongly".

Refuted by `feed-forward.toml`. Model q has real data only, and model p reads it; nothing leads from p to q,
the rewards agree, and p is alone on its own loop. p's users (reward x, strength β) curate p's own output
(share w) and, as consumers, what q makes (share s). With real data N(−1/16, 23/256) of share 4/5, w = s =
1/10, β = 2 and q = N(−11/2, 2), p settles at N(0, 1), stable with ρ(J) = 0.98989795…, and d(mean of p)/dβ =
−1: choosing more strongly among q's far-away output pulls it nearer and shrinks p's variance, and with it
the shift that the curation of p's own output earns.

What the statement says. For every ecosystem of this shape (all numbers free): if the state (m, v) of p and
that of q are stationary and stable, shares, variances and the strength are positive, and the moves solve (I
− J)dx = ∂G/∂β, then the mean of p does not fall. The refutation is one exact rational point.
"""

from __future__ import annotations

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.equilibrium import KnobAtEquilibrium
from proofs_check.encoding.gaussian_streams import GaussianStream, refit
from proofs_check.encoding.relations import at_least, equal, positive
from proofs_check.encoding.symbols import reals, variables
from proofs_check.statements.statement import Statement

_REAL_SHARE, _OWN_SHARE, _READ_SHARE, _STRENGTH = reals("a w s beta")
_REAL = reals("M V")
_OTHER_REAL = reals("Mq Vq")
_OWN = reals("m v")
_OTHER = reals("mq vq")


def claim() -> Claim:
    """The claim ``false.needs-feedback``."""
    return Claim(
        id="false.needs-feedback",
        title="Backfire needs feedback between models",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False: if nothing leads from p back to p through other models, p's users never lose by "
            "choosing more strongly at a stable equilibrium. "
            "In feed-forward.toml, p reads q, q reads nothing, the rewards agree, and d(mean of p)/dβ = −1."
        ),
        latex=r"\text{no path } p\to q\to p,\ \rho(J)<1\;\not\Rightarrow\;\frac{dR_p}{d\beta_p}\ge 0",
        hypotheses=(
            "Two mean–variance Gaussians; q has real data only; p reads real data, itself and q.",
            "p's users (reward x, strength β > 0, K = ∞) curate p's own output and what p reads from q.",
            "The equilibrium is stable.",
        ),
        cases=(_case(),),
        scope="the feed-forward family with two Gaussians, all numbers free",
        expected=Expectation.REFUTED,
    )


def _system() -> KnobAtEquilibrium:
    curated = (
        GaussianStream(_OWN_SHARE, *_OWN).tilted_linearly(_STRENGTH),
        GaussianStream(_READ_SHARE, *_OTHER).tilted_linearly(_STRENGTH),
    )
    step = (*refit(GaussianStream(_REAL_SHARE, *_REAL), *curated), *_OTHER_REAL)
    return KnobAtEquilibrium(state=(*_OWN, *_OTHER), step=step, knob=_STRENGTH)


def _case() -> Case:
    system = _system()
    shares = (_REAL_SHARE, _OWN_SHARE, _READ_SHARE)
    known = system.point(
        dict(zip(shares, ("4/5", "1/10", "1/10"), strict=True))
        | dict(zip((*_REAL, *_OTHER_REAL), ("-1/16", "23/256", "-11/2", 2), strict=True))
        | dict(zip(system.state, (0, 1, "-11/2", 2), strict=True))
        | {_STRENGTH: 2}
    )
    variances = (_REAL[1], _OTHER_REAL[1], _OWN[1], _OTHER[1])
    return Case(
        name="p reads q, q reads nothing",
        statement=Statement(
            variables=variables(*shares, _STRENGTH, *_REAL, *_OTHER_REAL, *system.state, *system.moves),
            hypotheses=(
                *(positive(symbol) for symbol in (*shares, _STRENGTH, *variances)),
                equal(_REAL_SHARE, 1 - _OWN_SHARE - _READ_SHARE),
                *system.hypotheses(),
            ),
            conclusions=(at_least(system.influence(_OWN[0])),),
        ),
        witness=known,
        suspects=(known,),
    )

"""false.needs-conflict: "users lose by choosing more strongly only when others want something else".

Refuted. All users in the ecosystem of `feed-forward.toml` have the one reward x. Model 2 has real data
only, N(−11/2, 2); model 1 has real data N(−1/16, 23/256) of share 4/5 and reads 1/10 of its own output and
1/10 of model 2's, both chosen by its users with the strength β = 2. It settles at N(0, 1), stable, and
d(mean)/dβ = −1: its own users, with nobody against them, get less of what they want by choosing more
strongly. Choosing among model 2's far-away output pulls that stream nearer to model 1, which narrows model
1, and a narrower model leaves less to choose from.

What the statement says. For every ecosystem of this shape with these two stationary laws,
shares and strength free: if shares, variances and the
strength are positive, the laws are stationary and stable, and the moves solve (I − J)dx = ∂G/∂β, then the
mean of model 1 does not fall. The refutation is one exact rational point.
"""

from __future__ import annotations

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.gaussian_network import GaussianNetwork, Link
from proofs_check.encoding.relations import positive
from proofs_check.encoding.symbols import reals

_OWN_SHARE, _READ_SHARE, _STRENGTH = reals("w s beta")


def network() -> GaussianNetwork:
    """Model 1's users choose among its own output and model 2's; model 2 reads nothing."""
    return GaussianNetwork(
        2,
        (
            Link(reader=1, producer=1, share=_OWN_SHARE, tilt=_STRENGTH),
            Link(reader=1, producer=2, share=_READ_SHARE, tilt=_STRENGTH),
        ),
    )


def claim() -> Claim:
    """The claim ``false.needs-conflict``."""
    return Claim(
        id="false.needs-conflict",
        title="Backfire needs a conflict of rewards",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False: if every reward in the ecosystem is the same, nobody loses by choosing more strongly. "
            "In feed-forward.toml every reward is x and d(mean of 1)/dβ = −1."
        ),
        latex=r"r_1=r_2=\dots=x,\ \rho(J)<1\;\not\Rightarrow\;\frac{dm_1^*}{d\beta}\ge 0",
        hypotheses=(
            "Two mean–variance Gaussians; all curation is by the reward x at one strength β > 0; K = ∞.",
            "The equilibrium is stable.",
        ),
        cases=(_case(),),
        scope="the feed-forward family with two Gaussians, shares and strength free",
        expected=Expectation.REFUTED,
    )


def _case() -> Case:
    model = network()
    known = {_OWN_SHARE: "1/10", _READ_SHARE: "1/10", _STRENGTH: 2}
    state = dict(zip(model.state, (0, 1, "-11/2", 2), strict=True))
    return model.never_lowers(
        "every reward is x",
        _STRENGTH,
        model.state[0],
        known | state,
        extra=(positive(_STRENGTH),),
        free=(_OWN_SHARE, _READ_SHARE, _STRENGTH),
    )

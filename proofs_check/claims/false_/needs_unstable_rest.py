"""false.needs-unstable-rest: "a model's influence flips only if the others, with it frozen, run away".

Refuted by `opposed-loop.toml`. For scalar states it is true (influence.two-model-sign); with a mean and a
variance a model it is false. Model 1: real data N(11/16, 733/256) of share 1/5, own output curated by x at
strength 3/8 (share 1/10), model 2's output (share 7/10). Model 2: real data N(−17/192, 221/36864) of share
3/5, model 1's output (1/10), own output curated by −x at strength 13/8 (3/10). At the equilibrium N(0, 1),
N(−1/4, 1/4), both J and model 2's own block of J are stable (ρ = 0.896… for the block), the direct effect
of model 1's strength on its mean is 1/10, and the total is −29248/719041.

What the statement says. For every ecosystem with these shares and stationary laws, tilts t_1 > 0
> t_2 free: if the laws are stationary,
ρ(J) < 1, the block of J that is left with model 1 frozen has ρ < 1, and the moves solve (I − J)dx = ∂G/∂t,
then d m_1/d t_1 ≥ 0. The refutation is one exact rational point.
"""

from __future__ import annotations

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.gaussian_network import GaussianNetwork, two_own_curators
from proofs_check.encoding.relations import negative, positive
from proofs_check.encoding.symbols import reals
from proofs_check.statements.statement import SchurStable

_OWN, _READ, _TILTS = reals("k1 k2"), reals("u12 u21"), reals("t1 t2")


def network() -> GaussianNetwork:
    """Two models with opposed own curators that read each other."""
    return two_own_curators(_OWN, _READ, _TILTS)


def claim() -> Claim:
    """The claim ``false.needs-unstable-rest``."""
    return Claim(
        id="false.needs-unstable-rest",
        title="A flip needs a partner that would run away on its own",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False beyond scalar states: if ρ(J) < 1 and the other models are stable with model 1 frozen, "
            "its own curation moves it the users' way. opposed-loop.toml: direct +1/10, total −29248/719041, "
            "ρ of the rest 0.896."
        ),
        latex=r"\rho(J)<1,\ \rho(J_{22})<1\;\not\Rightarrow\;\frac{dm_1^*}{dt_1}\ge 0",
        hypotheses=(
            "Two mean–variance Gaussians with real data, own curators x and −x, raw streams between; K = ∞.",
            "The equilibrium is stable, and so is model 2 with model 1 frozen.",
        ),
        cases=(_case(),),
        scope="N = 2 with opposed own curators, both tilts free",
        expected=Expectation.REFUTED,
    )


def _case() -> Case:
    model = network()
    values = dict(
        zip((*_OWN, *_READ, *_TILTS), ("1/10", "3/10", "7/10", "1/10", "3/8", "-13/8"), strict=True)
    ) | dict(zip(model.state, (0, 1, "-1/4", "1/4"), strict=True))
    rest = SchurStable(model.rest(1))
    extra = (positive(_TILTS[0]), negative(_TILTS[1]), rest)
    return model.never_lowers(
        "opposed own curators", _TILTS[0], model.state[0], values, extra=extra, free=_TILTS
    )

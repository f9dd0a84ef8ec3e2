"""open.own-one-sign: own curation can backfire though every reward is x.

Statement. Mean–variance Gaussians with K = ∞ candidates, users who curate only their own model's output
(share k_i, reward x, tilt t_i > 0), raw streams between the models and real data: at every stable
equilibrium d m_1/d t_1 ≥ 0. The answer is no: two models suffice to refute it.

Argument. By a counterexample. t = (1/5, 1/3). Model 1: real share 29/90 with the law N(−15/29, 122/4205),
own output curated 2/3, model 2's output 1/90. Model 2: real share 5/12 with N(17/5, 238/75), own output
curated 1/4, model 1's output 1/3. The laws N(0, 1) and N(3, 10) are stationary, ρ(J) = 0.950130999…, the
direct effect of t_1 on m_1 is +2/3, and d m_1/d t_1 = −2130/2057. Raising m_1 towards the larger m_2
narrows model 2's training set; its own curation, proportional to its variance, then moves m_2 less, m_2
falls, and drags m_1 below where it was.

What remains open: a bound away from instability. No inversion was found with ρ(J) ≤ 9/10, and none can
occur where model 1 does not reach itself through others (safe.own-no-feedback).

Machine-checked. The point: stationarity, ρ(J) < 1 by Jury's conditions, the linearised equilibrium, and the
sign, in the family with these shares and stationary laws where both tilts are free (the real data follow).
"""

from __future__ import annotations

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.gaussian_network import GaussianNetwork, two_own_curators
from proofs_check.encoding.relations import positive
from proofs_check.encoding.symbols import reals

_OWN = reals("k1 k2")
_READ = reals("u12 u21")
_TILTS = reals("t1 t2")


def network() -> GaussianNetwork:
    """Two models, each with curated own output and the other's raw output."""
    return two_own_curators(_OWN, _READ, _TILTS)


def claim() -> Claim:
    """The claim ``open.own-one-sign``."""
    return Claim(
        id="open.own-one-sign",
        title="Own curation by rewards of one sign never backfires (refuted by two models)",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Mean–variance Gaussians whose users curate only their own model's output by the reward x: "
            "dm₁/dt₁ ≥ 0 at a stable equilibrium. Refuted: N = 2 with dm₁/dt₁ = −2130/2057 at ρ = 0.9501."
        ),
        latex=r"t_i>0,\ \rho(J)<1\;\Rightarrow\;\frac{dm_1^*}{dt_1}\ge 0\quad\text{(open; refuted for }N=2)",
        hypotheses=(
            "Two mean–variance Gaussians with real data; raw streams between them; K = ∞.",
            "Each model's users curate only its own output, by the reward x with t_i > 0.",
            "The equilibrium is stable.",
        ),
        cases=(_case(),),
        scope="N = 2, shares and stationary laws of the counterexample, tilts free",
        expected=Expectation.OPEN,
    )


def _case() -> Case:
    model = network()
    values = dict(zip((*_OWN, *_READ, *_TILTS), ("2/3", "1/4", "1/90", "1/3", "1/5", "1/3"), strict=True))
    known = values | dict(zip(model.state, (0, 1, 3, 10), strict=True))
    upward = tuple(positive(t) for t in _TILTS)
    return model.never_lowers("two models", _TILTS[0], model.state[0], known, extra=upward, free=_TILTS)

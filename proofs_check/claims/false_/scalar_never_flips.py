"""false.scalar-never-flips: "models with one state each never invert their own users' push".

Refuted when the models have different statistics. (With a common statistic and shares only, all links are
non-negative and it is true.) Model 1 is N(μ, 1) with T = x, model 2 is N(0, s) with T = x²: model 1 reads
real data of mean 12 (share 2/5), its own output curated by x at strength 1 (share 1/10) and model 2's
output curated by −x at strength 1 (share 1/2), of mean −s; model 2 reads real data of second moment 4
(share 1/4), model 1's output (1/2), and its own output curated by x at strength 1/2 (1/4), of second moment
s + s²/4. At the equilibrium (1, 8), J = [[1/10, −1/2], [1, 5/4]] is stable, and the direct effect 1/10 of
model 1's own strength t on its mean becomes −1/11.

What the statement says. For all real means and second moments, shares as above, strengths t of model 1's
own users and k, h of the other two groups free: if the state is stationary and stable and the moves solve
(I − J)dx = ∂G/∂t, then dμ ≥ 0. The refutation is one exact rational point.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.equilibrium import KnobAtEquilibrium
from proofs_check.encoding.relations import at_least, positive
from proofs_check.encoding.symbols import reals, variables
from proofs_check.statements.statement import Statement

_MEAN, _MOMENT = reals("mu s")
_OWN, _AGAINST, _SECOND = reals("t k h")
_REAL_MEAN, _REAL_MOMENT = reals("M S")


def claim() -> Claim:
    """The claim ``false.scalar-never-flips``."""
    return Claim(
        id="false.scalar-never-flips",
        title="Models with one state each never flip",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False without a common statistic: a mean model and a variance model that curate each other have "
            "J = [[1/10, −1/2], [1, 5/4]], stable, and model 1's own strength moves its mean by −1/11."
        ),
        latex=r"\dim\theta_i=1,\ \rho(J)<1\;\not\Rightarrow\;\frac{d\mu^*}{dt}\ge 0",
        hypotheses=(
            "Two models with one state each, N(μ, 1) with T = x and N(0, s) with T = x²; K = ∞.",
            "The equilibrium is stable.",
        ),
        cases=(_case(),),
        scope="these two families and shares; strengths and real data free",
        expected=Expectation.REFUTED,
    )


def system() -> KnobAtEquilibrium:
    """The two updates, with t as the knob."""
    q = sympy.Rational
    mean = q(2, 5) * _REAL_MEAN + q(1, 10) * (_MEAN + _OWN) - q(1, 2) * _AGAINST * _MOMENT
    curated = _MOMENT + (_SECOND * _MOMENT) ** 2
    moment = q(1, 4) * _REAL_MOMENT + q(1, 2) * (_MEAN**2 + 1) + q(1, 4) * curated
    return KnobAtEquilibrium(state=(_MEAN, _MOMENT), step=(mean, moment), knob=_OWN)


def _case() -> Case:
    model = system()
    symbols = (_OWN, _AGAINST, _SECOND, _REAL_MEAN, _REAL_MOMENT, _MEAN, _MOMENT)
    known = model.point(dict(zip(symbols, (1, 1, "1/2", 12, 4, 1, 8), strict=True)))
    return Case(
        name="a mean model and a variance model",
        statement=Statement(
            variables=variables(*symbols, *model.moves),
            hypotheses=(
                *(positive(s) for s in (_OWN, _AGAINST, _SECOND, _REAL_MOMENT, _MOMENT)),
                *model.hypotheses(),
            ),
            conclusions=(at_least(model.influence(_MEAN)),),
        ),
        witness=known,
        suspects=(known,),
    )

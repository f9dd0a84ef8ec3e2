"""false.honest-majority: "curation helps if and only if the honest are a majority".

Refuted in both directions. Honest users choose by r, a fraction φ of adversaries by −r; K = ∞.

A majority is not needed. For a Gaussian with r = cx, z = c²v, E[e^r] rises from the law to its curated
law iff (1 − φ)e^z + φe^{−z} > 1, that is iff φ < e^z/(1 + e^z): with E = e^z = 3 it still rises at φ = 3/5.

A majority does not suffice. For one Bernoulli model at its equilibrium with real share 1/2, mean 9/10 of the
reward bit and e^r = 4, two fifths of adversaries lower the mean below the real data's: the choice among
nine good and one bad leaves the honest little to gain and the adversaries much to spoil. The mean 9/10 is
stationary for real data of mean 2259/2405 > 9/10.

What the statement says. (Needed) for E > 1 and 1/2 < φ < 1, (1 − φ)E + φ/E ≤ 1. (Suffices) for every
stationary mean 0 < μ < 1 of a Bernoulli model with real share 0 < a < 1, weight E = e^r > 1 and φ < 1/2 the
mean is at least the real data's, μ ≥ m. Each refutation is an exact point.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, point, reals, variables
from proofs_check.statements.statement import Statement

_WEIGHT, _ADVERSARIES = reals("E phi")
_REAL_SHARE, _REAL_MEAN, _MEAN = reals("a m mu")


def claim() -> Claim:
    """The claim ``false.honest-majority``."""
    return Claim(
        id="false.honest-majority",
        title="Curation helps iff the honest are a majority",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False both ways, adversaries choosing by −r: for a Gaussian E[e^r] rises iff φ < sigmoid(c²v): "
            "at e^{c²v} = 3 it rises with φ = 3/5; a Bernoulli model, mean 9/10, e^r = 4, is below its "
            "real data with φ = 2/5."
        ),
        latex=r"\varphi<\tfrac12\;\not\Leftrightarrow\;\text{curation raises the reward}",
        hypotheses=("K = ∞; honest users choose by r, a fraction φ of adversaries by −r.",),
        cases=(_needed(), _suffices()),
        scope="one round for a Gaussian; the equilibrium of a Bernoulli model",
        expected=Expectation.REFUTED,
    )


def _needed() -> Case:
    known = point({_WEIGHT: 3, _ADVERSARIES: "3/5"})
    return Case(
        name="a majority is needed",
        statement=Statement(
            variables=variables(_WEIGHT, _ADVERSARIES),
            hypotheses=(less(1, _WEIGHT), less(sympy.Rational(1, 2), _ADVERSARIES), less(_ADVERSARIES, 1)),
            conclusions=(at_least(1, (1 - _ADVERSARIES) * _WEIGHT + _ADVERSARIES / _WEIGHT),),
        ),
        witness=known,
        suspects=(known,),
    )


def curated_mean(mean: sympy.Expr, weight: sympy.Expr, adversaries: sympy.Expr) -> sympy.Expr:
    """Mean of the curated Bernoulli law: odds times E for the honest, divided by E for the others."""
    honest = mean * weight / (mean * weight + 1 - mean)
    against = mean / (mean + (1 - mean) * weight)
    return (1 - adversaries) * honest + adversaries * against


def _suffices() -> Case:
    curated = curated_mean(_MEAN, _WEIGHT, _ADVERSARIES)
    values = {_WEIGHT: sympy.Integer(4), _ADVERSARIES: sympy.Rational(2, 5), _MEAN: sympy.Rational(9, 10)}
    real_mean = 2 * values[_MEAN] - curated.xreplace(values)
    known = point({**values, _REAL_SHARE: "1/2", _REAL_MEAN: real_mean})
    return Case(
        name="a majority suffices",
        statement=Statement(
            variables=variables(_WEIGHT, _ADVERSARIES, _MEAN, _REAL_SHARE, _REAL_MEAN, typical=UNIT),
            hypotheses=(
                less(1, _WEIGHT),
                positive(_ADVERSARIES),
                less(_ADVERSARIES, sympy.Rational(1, 2)),
                *(c for s in (_MEAN, _REAL_SHARE, _REAL_MEAN) for c in (positive(s), less(s, 1))),
                equal(_MEAN, _REAL_SHARE * _REAL_MEAN + (1 - _REAL_SHARE) * curated),
            ),
            conclusions=(at_least(_MEAN, _REAL_MEAN),),
        ),
        witness=known,
        suspects=(known,),
    )

"""false.opposed-bernoulli-bistable: "strongly opposed groups split a Bernoulli model into two stable states".

Refuted, and by more than a point: with the concave variance μ(1 − μ) every equilibrium with real data of
mean strictly between 0 and 1 is stable, whatever the opposed tilts (scalar.concave-variance), so there is
never a second stable one. What splits is the three-point law {−1, 0, 1} with much mass in the middle, whose
variance is not concave; a Bernoulli law under the same tilts does not.

What the statement says. One Bernoulli model with real data of mean 1/2 and share a, the rest its own output
curated half by +x, half by −x at weight E = e^b: if the opposition is as strong as where the three-point law
splits (E ≥ 16, a ≤ 1/2), the middle state 1/2 is unstable, J > 1. At E = 16, a = 1/2 in fact J = (1 −
a)·4E/(1 + E)² = 32/289. The refutation is an exact point.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.relations import at_least, less, positive
from proofs_check.encoding.symbols import UNIT, point, reals, variables
from proofs_check.statements.statement import Statement

_WEIGHT, _REAL_SHARE = reals("E a")


def claim() -> Claim:
    """The claim ``false.opposed-bernoulli-bistable``."""
    return Claim(
        id="false.opposed-bernoulli-bistable",
        title="Strongly opposed groups make a Bernoulli model bistable",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False: with tilts e^{±b}, e^b ≥ 16, and real share a ≤ 1/2 the middle state of a Bernoulli "
            "model is unstable. At e^b = 16, a = 1/2, J = 32/289; its concave variance keeps every "
            "equilibrium stable."
        ),
        latex=r"e^b\ge 16,\ a\le\tfrac12\;\not\Rightarrow\;J(\tfrac12)=(1-a)\frac{4e^b}{(1+e^b)^2}>1",
        hypotheses=(
            "One Bernoulli model, real data of mean 1/2 and share 0 < a ≤ 1/2, K = ∞.",
            "Two groups of equal size curate its output by +x and −x with e^b ≥ 16.",
        ),
        cases=(_case(),),
        scope="symmetric opposed groups at the middle state, weight and share free",
        expected=Expectation.REFUTED,
    )


def slope_at_the_middle(weight: sympy.Expr, real_share: sympy.Expr) -> sympy.Expr:
    """J at μ = 1/2, differentiated from the two curated means."""
    (mean,) = reals("mu")
    up = mean * weight / (mean * weight + 1 - mean)
    down = mean / (mean + (1 - mean) * weight)
    step = (1 - real_share) * (up + down) / 2
    return sympy.factor(step.diff(mean).xreplace({mean: sympy.Rational(1, 2)}))


def _case() -> Case:
    known = point({_WEIGHT: 16, _REAL_SHARE: "1/2"})
    return Case(
        name="the middle state",
        statement=Statement(
            variables=variables(_WEIGHT, _REAL_SHARE, typical=UNIT),
            hypotheses=(
                at_least(_WEIGHT, 16),
                positive(_REAL_SHARE),
                at_least(sympy.Rational(1, 2), _REAL_SHARE),
            ),
            conclusions=(less(1, slope_at_the_middle(_WEIGHT, _REAL_SHARE)),),
        ),
        witness=known,
        suspects=(known,),
    )
